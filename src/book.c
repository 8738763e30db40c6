/* SPDX-License-Identifier: MIT
 *
 * In: notes, twice. Out: one PDF of all. A note goes through the stages as any other, up
 * to its pages; what becomes of them is pdf/book.h's. */
#include "infonote.h"

#include <stdlib.h>

#include "pdf/book.h"
#include "print.h"
#include "sheets.h"
#include "stages.h"

struct infonote_book {
    infonote_engine *engine;
    infonote_book_settings settings;
    struct arena arena;
    struct diag_sink sink; /* of what is wrong with the book, not with a note */
    struct pdf_book *pdf;
};

static const struct text_face *open_face(void *user, str file, uint32_t index)
{
    infonote_book *book = user;
    return text_face_open(engine_text(book->engine), file, index);
}

static str read_profile(void *user, str path)
{
    infonote_book *book = user;
    return print_read_profile(path, &book->arena);
}

static int write_bytes(void *user, const char *bytes, size_t n)
{
    infonote_book *book = user;
    return book->settings.write(book->settings.user, bytes, n);
}

infonote_book *infonote_book_new(infonote_engine *engine,
                                 const infonote_book_settings *settings)
{
    infonote_book *book = engine_calloc(sizeof *book);
    book->engine = engine;
    book->settings = *settings;
    arena_init(&book->arena);
    diag_init(&book->sink, &book->arena);
    str title = str_from(settings->title);
    book->pdf = pdf_book_new(&(struct pdf_book_options){
        .shared = engine_pdf(engine), .duplex = settings->duplex,
        .title = title.n ? title : STR("Notes"), .user = book, .face = open_face,
        .profile = read_profile, .write = write_bytes});
    return book;
}

void infonote_book_free(infonote_book *book)
{
    if (book) {
        pdf_book_free(book->pdf);
        arena_done(&book->arena);
        free(book);
    }
}

static infonote_status status_of(const infonote_book *book)
{
    return (infonote_status)diag_exit_status(&book->sink);
}

/* Its pages, if they can be part of a book. */
static bool lay_out(infonote_note *note)
{
    if (!stages_run(note, STAGE_CHECK)) {
        return false;
    }
    if (sheets_wanted(note)) {
        diag_report(&note->sink, DIAG_BAD_VALUE, PLACE_NONE,
                    "impose each note in a file of its own",
                    "a PDF of many notes is not imposed");
        stages_run(note, STAGE_CHECK); /* tells the record */
        return false;
    }
    if (note->note->attachments.n && !print_will(note)) {
        diag_report(&note->sink, DIAG_LEFT_OUT, note->note->attachments.v[0].at,
                    "make a PDF of each note, which can have them",
                    "a PDF of many notes has no attachments");
        stages_run(note, STAGE_CHECK); /* tells the record */
    }
    return true;
}

static infonote_status give(infonote_note *note, const struct buf *out,
                            const char **bytes, size_t *size)
{
    bool good = !diag_has_errors(&note->sink);
    *bytes = good ? out->p : NULL;
    *size = good ? out->n : 0;
    return infonote_note_status(note);
}

infonote_status infonote_book_survey(infonote_book *book, infonote_note *note,
                                     const char **bytes, size_t *size)
{
    struct buf out;
    struct pdf_standard standard;
    struct pdf_options options;
    struct pdf_print print;
    buf_init(&out, &note->arena);
    if (lay_out(note) && stages_pdf_options(note, &standard, &options) &&
        (!print_will(note) || stages_print(note, &options, &print))) {
        pdf_book_survey(book->pdf, note->pages, &options, &out, &note->sink);
    }
    return give(note, &out, bytes, size);
}

infonote_status infonote_book_plan(infonote_book *book, const char *bytes, size_t size)
{
    pdf_book_plan(book->pdf, (str){bytes, size}, &book->sink);
    return status_of(book);
}

infonote_status infonote_book_begin(infonote_book *book)
{
    if (status_of(book) == INFONOTE_OK) {
        pdf_book_begin(book->pdf, &book->sink);
    }
    return status_of(book);
}

infonote_status infonote_book_part(infonote_book *book, size_t index, infonote_note *note,
                                   const char **bytes, size_t *size)
{
    struct buf out;
    buf_init(&out, &note->arena);
    if (lay_out(note) && (!print_will(note) || print_sheets(note))) {
        pdf_book_part(book->pdf, (uint32_t)index, note->pages, &out, &note->sink);
    }
    return give(note, &out, bytes, size);
}

infonote_status infonote_book_add(infonote_book *book, const char *bytes, size_t size,
                                  const char *name, const char *prefix)
{
    if (status_of(book) == INFONOTE_OK) {
        pdf_book_add(book->pdf, (str){bytes, size}, str_from(name), str_from(prefix),
                     &book->sink);
    }
    return status_of(book);
}

infonote_status infonote_book_end(infonote_book *book)
{
    if (status_of(book) == INFONOTE_OK) {
        pdf_book_end(book->pdf, &book->sink);
    }
    return status_of(book);
}

size_t infonote_book_page_count(const infonote_book *book)
{
    return pdf_book_pages(book->pdf);
}

const char *infonote_book_problem(const infonote_book *book)
{
    return book->sink.list.n ? book->sink.list.v[0].message.p : "";
}

/* pdf/book.h: many page lists, one after the other, in one file.
 *
 * The parts of the file share its fonts, its pictures and its colour profiles, and hang
 * in one structure tree; each has an entry of its own in the outline. They are written as
 * they come: what is kept of each is where it begins. That takes two rounds. In the first
 * every part says what it needs: glyphs, pictures, numbers of objects. Then the fonts are
 * made and every number is known, so that in the second round the parts can be written in
 * any order, by processes that were forked in between, and put together in theirs.
 *
 *     for each part:  pdf_book_survey(book, pages, options, &survey, sink);
 *     in their order: pdf_book_plan(book, survey, sink);
 *     once:           pdf_book_begin(book, sink);
 *     for each part:  pdf_book_part(book, index, pages, &part, sink);
 *     in their order: pdf_book_add(book, part, name, prefix, sink);
 *     once:           pdf_book_end(book, sink); */
#ifndef INFONOTE_PDF_BOOK_H
#define INFONOTE_PDF_BOOK_H

#include "pdf/pdf.h"

struct pdf_book;

struct pdf_book_options {
    struct pdf_shared *shared;
    bool duplex;               /* every part begins on a right page */
    str title;                 /* of the file, if the parts have several */
    void *user;                /* for these: */
    const struct text_face *(*face)(void *user, str file, uint32_t index);
    str (*profile)(void *user, str path);                  /* its bytes; or none */
    int (*write)(void *user, const char *bytes, size_t n); /* 0, or errno */
};

struct pdf_book *pdf_book_new(const struct pdf_book_options *options);
void pdf_book_free(struct pdf_book *book);

/* Appends what a part needs; the buffer's arena is for the work, too. False, with
 * reports, if it cannot be written. The options of the first one planned are those of the
 * file; its date stays if all have the same. */
bool pdf_book_survey(struct pdf_book *book, const struct page_list *pages,
                     const struct pdf_options *options, struct buf *out,
                     struct diag_sink *sink);

/* False, with a report, if the file would have too many objects, or if the parts are not
 * for the same press. */
bool pdf_book_plan(struct pdf_book *book, str survey, struct diag_sink *sink);

/* How many parts are planned; they count from 0. */
uint32_t pdf_book_count(const struct pdf_book *book);

/* Writes what all parts share. */
bool pdf_book_begin(struct pdf_book *book, struct diag_sink *sink);

/* Appends a part to `out`. The pages are those that were surveyed as this one. */
bool pdf_book_part(struct pdf_book *book, uint32_t index, const struct page_list *pages,
                   struct buf *out, struct diag_sink *sink);

/* Puts a part at the end of the file: its name in the outline, what stands before its
 * page numbers in the page labels. A part may be missing, unless another one needs a
 * picture that it has. False, with a report, if it cannot be written. */
bool pdf_book_add(struct pdf_book *book, str part, str name, str prefix,
                  struct diag_sink *sink);

/* So far. */
uint32_t pdf_book_pages(const struct pdf_book *book);

/* False, with a report, if the file is not whole. */
bool pdf_book_end(struct pdf_book *book, struct diag_sink *sink);

#endif

/* SPDX-License-Identifier: MIT
 *
 * The pipeline, stage by stage, behind the public API:
 *
 *     read source -> values -> note -> layout -> tree -> pages -> check -> PDF
 *
 * Stages run once, when something first needs what they make, in the order of STAGES
 * below. A stage that cannot work on what the one before it left (STOP) ends the run;
 * one that merely found errors does not, so that one run reports what is wrong with the
 * note and with its layout. Nothing is laid out while there are errors, nothing is
 * written. */
#include "infonote.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "attachments.h"
#include "base/file.h"
#include "engine.h"
#include "flow/flow.h"
#include "note/note.h"
#include "page/page.h"
#include "pdf/pdf.h"
#include "record.h"
#include "report.h"
#include "standard.h"
#include "style/style.h"
#include "tree/tree.h"
#include "yaml/value.h"

#ifndef INFONOTE_DATA_DIR
#define INFONOTE_DATA_DIR NULL
#endif

static const char DEFAULT_LAYOUT[] = "information-note";

struct infonote_note {
    struct infonote_engine *engine;
    struct arena arena;           /* everything below */
    struct diag_sink sink;
    infonote_options options;     /* `layout` is copied */
    struct source source;
    bool in_memory;               /* the text was given, there is no file to read */
    size_t next;                  /* the stage to run next */
    bool stopped;                 /* no further stage can run */

    struct value *root;           /* values */
    struct note *note;            /* note */
    const struct source *record;  /* where its data came from; or NULL */
    struct layout *layout;        /* layout; the engine's */
    struct engine_layout *failed; /* layout: holds the sources of its reports */
    struct tree *tree;            /* tree */
    struct page_list *pages;      /* pages */
    struct buf pdf;               /* PDF */
};

enum next { GO_ON, STOP };

/* --- the stages, in their order --- */

static const char *reason_of(struct file_result r)
{
    return r.status == FILE_MISSING       ? "there is no such file"
           : r.status == FILE_NOT_REGULAR ? "it is not a file"
                                          : strerror(r.errno_value);
}

static enum next read_source(infonote_note *n)
{
    if (n->in_memory) {
        return GO_ON;
    }
    str path = n->source.path.n ? n->source.path : STR("-");
    struct file_result r = file_read(&n->arena, path, VALUE_LIMITS.max_bytes);
    struct place at = {.source = &n->source};
    if (r.status == FILE_TOO_LARGE) {
        diag_report(&n->sink, DIAG_TOO_LARGE, at, "split it into several notes",
                    "the file is over %zu MiB", VALUE_LIMITS.max_bytes >> 20);
    } else if (r.status != FILE_OK) {
        diag_report(&n->sink, DIAG_CANNOT_READ, at, NULL, "cannot read the note: %s",
                    reason_of(r));
    }
    n->source.text = r.bytes;
    return r.status == FILE_OK ? GO_ON : STOP;
}

static enum next read_values(infonote_note *n)
{
    n->root = value_read(&n->source, &VALUE_LIMITS, &n->arena, &n->sink);
    return n->root ? GO_ON : STOP;
}

/* In debug builds and where $INFONOTE_CHECK is set, each product is checked. */
static bool checks_wanted(void)
{
#ifdef NDEBUG
    return getenv("INFONOTE_CHECK") != NULL;
#else
    return true;
#endif
}

static void report_inconsistent(infonote_note *n, const char *what)
{
    diag_report(&n->sink, DIAG_INTERNAL, (struct place){.source = &n->source}, NULL,
                "the %s is not consistent", what);
}

static enum next load_note(infonote_note *n)
{
    struct note_data data;
    bool readable = record_read(&n->options, &n->arena, &n->sink, &data);
    n->record = readable && data.record ? data.record->at.source : NULL;
    n->note = readable ? note_load_merged(n->root, &data, &n->arena, &n->sink) : NULL;
    if (!n->note) {
        return STOP;
    }
    n->note->source = &n->source;
    if (!diag_has_errors(&n->sink) && checks_wanted() && !note_check(n->note)) {
        report_inconsistent(n, "note");
    }
    return GO_ON;
}

/* A note with errors still gets its layout read: both are reported in one run. */
static enum next load_layout(infonote_note *n)
{
    struct infonote_engine *e = n->engine;
    str asked = str_from(n->options.layout);
    struct engine_request request = {.name = asked};
    if (!asked.n && n->note->layout.n) {
        request.name = n->note->layout;
        request.at = n->note->layout_at;
    } else if (!asked.n) {
        request.name = str_from(DEFAULT_LAYOUT);
        request.at.source = &n->source;
    }
    if (!e->has_data) {
        diag_report(&n->sink, DIAG_SYSTEM, PLACE_NONE,
                    "set INFONOTE_DATA to the folder that holds them",
                    "the folders layouts/ and fonts/ are not in `%.*s`",
                    STR_ARG(e->data_dir.n ? e->data_dir : STR("share/infonote")));
        return STOP;
    }
    str path = n->source.path;
    request.near = path.n ? file_directory(&n->arena, path) : STR(".");
    request.root = n->source.root;
    n->layout = engine_find_layout(e, &request, &n->sink, &n->failed);
    return n->layout && !diag_has_errors(&n->sink) ? GO_ON : STOP;
}

static enum next build_tree(infonote_note *n)
{
    n->tree = tree_build(&(struct tree_request){
        n->note, n->layout, engine_text(n->engine), &n->arena, &n->sink,
        &n->engine->images});
    if (n->tree && checks_wanted() && !tree_check(n->tree)) {
        report_inconsistent(n, "layout tree");
    }
    return n->tree && !diag_has_errors(&n->sink) ? GO_ON : STOP;
}

static enum next flow_pages(infonote_note *n)
{
    n->pages = flow_run(n->tree, engine_text(n->engine), &n->arena, &n->sink);
    return n->pages && !diag_has_errors(&n->sink) ? GO_ON : STOP;
}

static enum next check_pages(infonote_note *n)
{
    return !checks_wanted() || page_check(n->pages, &n->sink) ? GO_ON : STOP;
}

/* "2009-09-28" as seconds since 1970; what else a date may say has no such value. */
static bool date_seconds(str date, int64_t *seconds)
{
    int64_t part[3] = {0};
    static const size_t AT[] = {0, 5, 8}, END[] = {4, 7, 10};
    if (date.n != 10 || date.p[4] != '-' || date.p[7] != '-') {
        return false;
    }
    for (int i = 0; i < 3; i++) {
        for (size_t k = AT[i]; k < END[i]; k++) {
            if (date.p[k] < '0' || date.p[k] > '9') {
                return false;
            }
            part[i] = part[i] * 10 + (date.p[k] - '0');
        }
    }
    /* Days since 1970 of the proleptic Gregorian calendar; the year begins in March. */
    int64_t year = part[0] - (part[1] <= 2), month = (part[1] + 9) % 12;
    int64_t era_days = year / 400 * 146097, of_era = year % 400;
    int64_t days = era_days + of_era * 365 + of_era / 4 - of_era / 100 +
                   (153 * month + 2) / 5 + part[2] - 1 - 719468;
    *seconds = days * 86400;
    return true;
}

/* Where the first attachment is named. */
static struct place first_attachment(const infonote_note *n)
{
    struct place whole = {.source = &n->source};
    return n->note->attachments.n ? n->note->attachments.v[0].at : whole;
}

/* Attachments, and whether the file can be what it is asked to be. */
static bool prepare_file(infonote_note *n, struct pdf_standard *standard)
{
    attachments_collect(&(struct attach_request){
        n->note, n->layout, n->tree, n->pages, n->options.embed_source, n->record,
        &n->arena, &n->sink});
    str asked = str_from(n->options.standard);
    if (asked.n && standard_read(asked, standard, &n->sink)) {
        standard_fits(standard, n->pages, first_attachment(n), &n->sink);
    }
    return !diag_has_errors(&n->sink);
}

static enum next write_pdf(infonote_note *n)
{
    struct pdf_standard standard = {0};
    if (!prepare_file(n, &standard)) {
        return STOP;
    }
    struct pdf_options options = {
        .has_date = n->options.has_date,
        .date = n->options.date,
        .tagged = !n->options.untagged,
        .standard = n->options.standard ? &standard : NULL,
        .uncompressed = n->options.uncompressed,
        .producer = STR("infonote " INFONOTE_VERSION),
    };
    if (!options.has_date) {
        options.has_date = date_seconds(n->note->date, &options.date);
    }
    buf_init(&n->pdf, &n->arena);
    bool written = pdf_write(n->pages, &options, &n->arena, &n->pdf, &n->sink);
    return written && !diag_has_errors(&n->sink) ? GO_ON : STOP;
}

enum stage { SOURCE, VALUES, NOTE, LAYOUT, TREE, PAGES, CHECK, PDF, STAGE_COUNT };

static enum next (*const STAGES[STAGE_COUNT])(infonote_note *) = {
    [SOURCE] = read_source, [VALUES] = read_values, [NOTE] = load_note,
    [LAYOUT] = load_layout, [TREE] = build_tree,    [PAGES] = flow_pages,
    [CHECK] = check_pages,  [PDF] = write_pdf,
};

/* Runs what has not run yet, up to `last`; true if its product can be used. */
static bool run_to(infonote_note *n, enum stage last)
{
    while (n->next <= last && !n->stopped) {
        n->stopped = STAGES[n->next](n) == STOP;
        n->next += !n->stopped;
    }
    return n->next > last;
}

/* --- engines and notes --- */

infonote_engine *infonote_engine_new(const infonote_settings *settings)
{
    infonote_engine *e = engine_calloc(sizeof *e);
    engine_init(e, settings, INFONOTE_DATA_DIR);
    return e;
}

void infonote_engine_free(infonote_engine *engine)
{
    if (engine) {
        engine_done(engine);
        free(engine);
    }
}

static infonote_note *note_new(infonote_engine *engine, const infonote_options *options)
{
    infonote_note *n = engine_calloc(sizeof *n);
    n->engine = engine;
    engine->notes++;
    arena_init(&n->arena);
    diag_init(&n->sink, &n->arena);
    if (options) {
        n->options = *options;
        if (options->standard) {
            n->options.standard = str_copy(&n->arena, str_from(options->standard)).p;
        }
        n->options.layout = str_copy(&n->arena, str_from(options->layout)).p;
        n->source.root = str_copy(&n->arena, str_from(options->root));
        record_copy(options, &n->arena, &n->options);
    }
    return n;
}

infonote_note *infonote_note_load(infonote_engine *engine, const char *path,
                                  const infonote_options *options)
{
    infonote_note *n = note_new(engine, options);
    bool standard_input = strcmp(path, "-") == 0;
    str name = str_copy(&n->arena, str_from(path));
    n->source.name = standard_input ? STR("<stdin>") : name;
    n->source.path = standard_input ? STR_NONE : name;
    run_to(n, NOTE);
    return n;
}

infonote_note *infonote_note_load_bytes(infonote_engine *engine, const char *name,
                                        const char *bytes, size_t size,
                                        const infonote_options *options)
{
    infonote_note *n = note_new(engine, options);
    n->source.name = str_copy(&n->arena, str_from(name));
    n->in_memory = true;
    if (size > VALUE_LIMITS.max_bytes) { /* what is too long is not copied either */
        size = VALUE_LIMITS.max_bytes + 1;
    }
    n->source.text = str_copy(&n->arena, (str){bytes, size});
    run_to(n, NOTE);
    return n;
}

void infonote_note_free(infonote_note *note)
{
    if (note) {
        struct infonote_engine *e = note->engine;
        engine_layout_free(note->failed);
        arena_done(&note->arena);
        free(note);
        if (--e->notes == 0 && e->text) {
            text_engine_trim(e->text);
            image_tools_trim(&e->images);
        }
    }
}

/* --- results --- */

infonote_status infonote_note_status(const infonote_note *note)
{
    return (infonote_status)diag_exit_status(&note->sink);
}

size_t infonote_report_count(const infonote_note *note)
{
    size_t n = 0;
    for (int severity = DIAG_NOTE; severity <= DIAG_FATAL; severity++) {
        n += note->sink.counts[severity];
    }
    return n;
}

size_t infonote_page_count(const infonote_note *note)
{
    return note->pages ? note->pages->pages.n : 0;
}

infonote_status infonote_check(infonote_note *note)
{
    run_to(note, PDF);
    return infonote_note_status(note);
}

infonote_status infonote_write_bytes(infonote_note *note, const char **bytes,
                                     size_t *size)
{
    bool made = run_to(note, PDF);
    *bytes = made ? note->pdf.p : NULL;
    *size = made ? note->pdf.n : 0;
    return infonote_note_status(note);
}

infonote_status infonote_write_file(infonote_note *note, const char *path)
{
    if (!run_to(note, PDF)) {
        return infonote_note_status(note);
    }
    int error = file_write(str_from(path), buf_str(&note->pdf));
    if (error) {
        const char *name = strcmp(path, "-") == 0 ? "<stdout>" : path;
        diag_report(&note->sink, DIAG_CANNOT_WRITE, PLACE_NONE, NULL,
                    "cannot write `%s`: %s", name, strerror(error));
        return INFONOTE_FAILED;
    }
    return infonote_note_status(note);
}

infonote_status infonote_dump(infonote_note *note, infonote_stage stage,
                              const char **bytes, size_t *size)
{
    static const enum stage LAST[] = {
        [INFONOTE_STAGE_YAML] = VALUES, [INFONOTE_STAGE_NOTE] = NOTE,
        [INFONOTE_STAGE_TREE] = TREE, [INFONOTE_STAGE_PAGES] = CHECK,
    };
    struct buf out;
    buf_init(&out, &note->arena);
    if (run_to(note, LAST[stage])) {
        switch (stage) {
        case INFONOTE_STAGE_YAML:  value_dump(note->root, &out); break;
        case INFONOTE_STAGE_NOTE:  note_dump(note->note, &out); break;
        case INFONOTE_STAGE_TREE:  tree_dump(note->tree, &out); break;
        case INFONOTE_STAGE_PAGES: page_dump(note->pages, &out); break;
        }
    }
    *bytes = out.p;
    *size = out.n;
    return infonote_note_status(note);
}

/* --- reports --- */

struct infonote_printer {
    FILE *file;
    struct arena arena;
    struct buf out;
    struct report_printer printer;
};

static void printer_flush(infonote_printer *p)
{
    if (p->out.n) {
        fwrite(p->out.p, 1, p->out.n, p->file);
    }
    arena_reset(&p->arena);
    buf_init(&p->out, &p->arena);
}

infonote_printer *infonote_printer_new(FILE *out, infonote_format format, unsigned flags)
{
    infonote_printer *p = engine_calloc(sizeof *p);
    p->file = out;
    arena_init(&p->arena);
    buf_init(&p->out, &p->arena);
    report_init(&p->printer, (enum report_format)format, flags, &p->out);
    return p;
}

void infonote_printer_add(infonote_printer *printer, infonote_note *note)
{
    report_add(&printer->printer, &note->sink, &note->source);
    printer_flush(printer);
}

void infonote_printer_free(infonote_printer *printer)
{
    report_done(&printer->printer);
    printer_flush(printer);
    arena_done(&printer->arena);
    free(printer);
}

void infonote_print_reports(infonote_note *note, FILE *out, infonote_format format)
{
    unsigned flags = note->engine->color ? INFONOTE_PRINT_COLOR : 0;
    infonote_printer *p = infonote_printer_new(out, format, flags);
    infonote_printer_add(p, note);
    infonote_printer_free(p);
}

void infonote_set_color(infonote_engine *engine, bool color)
{
    engine->color = color;
}

/* --- lists and schemas --- */

static const char *finish(struct buf *out)
{
    buf_char(out, '\0');
    return out->p;
}

const char *infonote_list_layouts(infonote_engine *engine)
{
    struct buf out;
    buf_init(&out, &engine->arena);
    layout_list(&engine->layout_paths, &engine->arena, &out);
    return finish(&out);
}

const char *infonote_list_fonts(infonote_engine *engine, bool verify, bool *complete)
{
    struct buf out;
    buf_init(&out, &engine->arena);
    *complete = text_list_families(engine_text(engine), verify, &engine->arena, &out);
    return finish(&out);
}

const char *infonote_schema_note(infonote_engine *engine)
{
    struct buf out;
    buf_init(&out, &engine->arena);
    note_schema(&out);
    return finish(&out);
}

const char *infonote_schema_layout(infonote_engine *engine)
{
    struct buf out;
    buf_init(&out, &engine->arena);
    layout_schema(&out);
    return finish(&out);
}

void infonote_set_out_of_memory(void (*handler)(size_t wanted))
{
    oom_set_handler(handler);
}

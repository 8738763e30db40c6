/* SPDX-License-Identifier: MIT
 *
 * The pipeline, stage by stage:
 *
 *     read source -> values -> note -> layout -> tree -> pages -> check -> PDF
 *
 * Stages run once, when something first needs what they make, in the order of STAGES
 * below. A stage that cannot work on what the one before it left (STOP) ends the run;
 * one that merely found errors does not, so that one run reports what is wrong with the
 * note and with its layout. Nothing is laid out while there are errors, nothing is
 * written. */
#include "stages.h"

#include <stdlib.h>
#include <string.h>

#include "attachments.h"
#include "base/file.h"
#include "flow/flow.h"
#include "note/note.h"
#include "page/page.h"
#include "pdf/pdf.h"
#include "print.h"
#include "record.h"
#include "sheets.h"
#include "standard.h"
#include "style/style.h"
#include "tree/tree.h"
#include "yaml/value.h"

static const char DEFAULT_LAYOUT[] = "information-note";

enum next { GO_ON, STOP };

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
    str path = n->source->path.n ? n->source->path : STR("-");
    struct file_result r = file_read(&n->arena, path, VALUE_LIMITS.max_bytes);
    struct place at = {.source = n->source};
    if (r.status == FILE_TOO_LARGE) {
        diag_report(&n->sink, DIAG_TOO_LARGE, at, "split it into several notes",
                    "the file is over %zu MiB", VALUE_LIMITS.max_bytes >> 20);
    } else if (r.status != FILE_OK) {
        diag_report(&n->sink, DIAG_CANNOT_READ, at, NULL, "cannot read the note: %s",
                    reason_of(r));
    }
    n->source->text = r.bytes;
    return r.status == FILE_OK ? GO_ON : STOP;
}

/* What is asked for wrongly is told once, before anything is made of it. */
static enum next read_values(infonote_note *n)
{
    struct pdf_standard standard;
    struct page_imposition sheets;
    if (n->options.standard) {
        standard_read(str_from(n->options.standard), &standard, &n->sink);
    }
    sheets_read(&n->options, &sheets, &n->sink);
    n->root = value_read(n->source, &VALUE_LIMITS, &n->arena, &n->sink);
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
    diag_report(&n->sink, DIAG_INTERNAL, (struct place){.source = n->source}, NULL,
                "the %s is not consistent", what);
}

static enum next load_note(infonote_note *n)
{
    bool readable = n->filled ||
                    record_read(&n->options, &n->arena, &n->sink, &n->data);
    n->data.parsed = engine_parsed(n->engine);
    n->note = readable ? note_load_merged(record_email(&n->options, n->root, &n->arena,
                                                       &n->sink),
                                          &n->data, &n->arena, &n->sink) : NULL;
    if (!n->note) {
        return STOP;
    }
    n->note->source = n->source;
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
        request.at.source = n->source;
    }
    if (!e->has_data) {
        diag_report(&n->sink, DIAG_SYSTEM, PLACE_NONE,
                    "set INFONOTE_DATA to the folder that holds them",
                    "the folders layouts/ and fonts/ are not in `%.*s`",
                    STR_ARG(e->data_dir.n ? e->data_dir : STR("share/infonote")));
        return STOP;
    }
    str path = n->source->path;
    request.near = path.n ? file_directory(&n->arena, path) : STR(".");
    request.root = n->source->root;
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
    n->pages = flow_run_request(&(struct flow_request){
        .tree = n->tree, .engine = engine_text(n->engine), .arena = &n->arena,
        .sink = &n->sink, .reasons = n->options.explain ? &n->reasons : NULL,
        .show_boxes = n->options.show_boxes, .known = engine_flow(n->engine),
        .binding = print_will(n) ? n->layout->print.binding : 0, .slug = print_slug(n),
        .slug_date = print_slug_date(n)});
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
    struct place whole = {.source = n->source};
    return n->note->attachments.n ? n->note->attachments.v[0].at : whole;
}

/* What is printed has nothing in it but pages. */
bool stages_print(infonote_note *n, struct pdf_options *options, struct pdf_print *print)
{
    if (n->options.embed_source) {
        diag_report(&n->sink, DIAG_BAD_STANDARD, PLACE_NONE,
                    "embed the note in the file for screens",
                    "a file for print holds no other files");
        return false;
    }
    options->print = print;
    options->tagged = false;
    options->date = options->has_date ? options->date : 0;
    options->has_date = true; /* such a file must have one */
    return (!options->standard || standard_prints(options->standard, &n->sink)) &&
           print_prepare(n, print) && print_sheets(n);
}

static bool prepare_sheets(infonote_note *n, bool prints, struct pdf_standard *standard,
                           struct pdf_options *options)
{
    return (prints || sheets_fit(n, standard, options)) && sheets_impose(n, prints);
}

bool stages_pdf_options(infonote_note *n, struct pdf_standard *standard,
                        struct pdf_options *options)
{
    *standard = (struct pdf_standard){0};
    if (n->options.standard && !diag_has_errors(&n->sink) &&
        standard_read(str_from(n->options.standard), standard, &n->sink)) {
        standard_fits(standard, n->pages, first_attachment(n), &n->sink);
    }
    *options = (struct pdf_options){
        .shared = engine_pdf(n->engine),
        .has_date = n->options.has_date,
        .date = n->options.date,
        .tagged = !n->options.untagged,
        .standard = n->options.standard ? standard : NULL,
        .uncompressed = n->options.uncompressed,
        .producer = STR("infonote " INFONOTE_VERSION),
    };
    if (!options->has_date) {
        options->has_date = date_seconds(n->note->date, &options->date);
    }
    return !diag_has_errors(&n->sink);
}

static enum next write_pdf(infonote_note *n)
{
    struct pdf_standard standard;
    struct pdf_options options;
    struct pdf_print print;
    bool prints = print_will(n), sheets = sheets_wanted(n);
    if (!prints && !sheets) {
        attachments_collect(&(struct attach_request){
            .note = n->note, .layout = n->layout, .tree = n->tree, .pages = n->pages,
            .source = n->options.embed_source,
            .layout_given = n->options.layout != NULL,
            .data = &n->data, .arena = &n->arena, .sink = &n->sink});
    }
    if (!stages_pdf_options(n, &standard, &options) ||
        (prints && !stages_print(n, &options, &print)) ||
        (sheets && !prepare_sheets(n, prints, &standard, &options))) {
        return STOP;
    }
    buf_init(&n->pdf, &n->arena);
    options.digest = n->digest;
    bool written = pdf_write(n->pages, &options, &n->arena, &n->pdf, &n->sink);
    if (!written || diag_has_errors(&n->sink)) {
        n->digest[0] = '\0';
        return STOP;
    }
    return GO_ON;
}

static enum next (*const STAGES[STAGE_COUNT])(infonote_note *) = {
    [STAGE_SOURCE] = read_source, [STAGE_VALUES] = read_values,
    [STAGE_NOTE] = load_note,     [STAGE_LAYOUT] = load_layout,
    [STAGE_TREE] = build_tree,    [STAGE_PAGES] = flow_pages,
    [STAGE_CHECK] = check_pages,  [STAGE_PDF] = write_pdf,
};

void stages_tell_record(infonote_note *n)
{
    for (size_t i = n->told; n->record_at.source && i < n->sink.list.n; i++) {
        struct diag *d = &n->sink.list.v[i];
        if (!d->second_message.n && d->at.source != n->record_at.source) {
            diag_second(&n->sink, d, n->record_at, "in this record");
        }
    }
    n->told = n->sink.list.n;
}

/* Runs what has not run yet, up to `last`; true if its product can be used. */
bool stages_run(infonote_note *n, enum note_stage last)
{
    while (n->next <= last && !n->stopped) {
        n->stopped = STAGES[n->next](n) == STOP;
        n->next += !n->stopped;
    }
    stages_tell_record(n);
    return n->next > last;
}

/* stages.h: a note on its way through the stages. */
#ifndef INFONOTE_STAGES_H
#define INFONOTE_STAGES_H

#include "engine.h"
#include "base/buf.h"
#include "flow/explain.h"
#include "note/note.h"
#include "pdf/pdf.h"
#include "screen/screen.h"

/* In their order. */
enum note_stage {
    STAGE_SOURCE, STAGE_VALUES, STAGE_NOTE, STAGE_LAYOUT, STAGE_TREE, STAGE_PAGES,
    STAGE_CHECK, STAGE_PDF, STAGE_COUNT
};

struct infonote_note {
    struct infonote_engine *engine;
    struct arena arena;           /* everything below */
    struct diag_sink sink;
    infonote_options options;     /* `layout` is copied */
    struct source *source;        /* its own, or its template's */
    struct source own_source;
    bool in_memory;               /* the text was given, there is no file to read */
    size_t next;                  /* the stage to run next */
    bool stopped;                 /* no further stage can run */

    struct value *root;           /* values */
    struct note *note;            /* note */
    struct note_data data;        /* note */
    bool filled;                  /* it is */
    size_t told;                  /* reports that tell of the record, as far as they do */
    struct place record_at;       /* where the record stands; reports tell it */
    struct layout *layout;        /* layout; the engine's */
    struct engine_layout *failed; /* layout: holds the sources of its reports */
    struct tree *tree;            /* tree */
    struct page_list *pages;      /* pages */
    struct flow_reasons reasons;  /* pages; if the options ask for it */
    struct buf pdf;               /* PDF */
    char digest[65];              /* PDF: its SHA-256 */
    struct tree *cover;           /* of its covering text; or NULL */
    struct screen_pictures pictures; /* of its HTML */
    infonote_email *email;        /* what was told of the message; or NULL */
};

/* A note without a source, which the caller gives it; `options` may be NULL, and is then
 * the caller's to set. */
infonote_note *stages_note_new(infonote_engine *engine, const infonote_options *options);

/* Runs what has not run yet, up to `last`; true if its product can be used. */
bool stages_run(infonote_note *n, enum note_stage last);

/* Reports of a note that was filled tell where its record stands: those that came since
 * this was asked, or a stage was run. */
void stages_tell_record(infonote_note *n);

/* How the note is to be written, and whether it can be; `standard` is room for a part of
 * it. False, with reports, if not. */
bool stages_pdf_options(infonote_note *n, struct pdf_standard *standard,
                        struct pdf_options *options);

/* The same for a note that is printed, whose pages get ready for their sheets; `print` is
 * room for a part of it. */
bool stages_print(infonote_note *n, struct pdf_options *options, struct pdf_print *print);

#endif

/* SPDX-License-Identifier: MIT
 *
 * The public API: engines, notes, their results, lists and schemas. What a note must go
 * through for a result is in stages.c, how reports are printed in printer.c. */
#include "infonote.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "engine.h"
#include "note/note.h"
#include "page/page.h"
#include "print.h"
#include "record.h"
#include "stages.h"
#include "style/style.h"
#include "tree/tree.h"
#include "yaml/value.h"

#ifndef INFONOTE_DATA_DIR
#define INFONOTE_DATA_DIR NULL
#endif

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

/* Options that are not given stay NULL. */
static void keep_text(infonote_note *n, const char **text)
{
    if (*text) {
        *text = str_copy(&n->arena, str_from(*text)).p;
    }
}

infonote_note *stages_note_new(infonote_engine *engine, const infonote_options *options)
{
    infonote_note *n = engine_calloc(sizeof *n);
    n->engine = engine;
    engine->notes++;
    n->arena = engine->spare; /* taken until the note is freed */
    arena_init(&engine->spare);
    diag_init(&n->sink, &n->arena);
    n->source = &n->own_source;
    if (options) {
        n->options = *options;
        keep_text(n, &n->options.standard);
        keep_text(n, &n->options.print_profile);
        keep_text(n, &n->options.impose);
        keep_text(n, &n->options.sheet);
        keep_text(n, &n->options.paper_thickness);
        n->options.layout = str_copy(&n->arena, str_from(options->layout)).p;
        n->source->root = str_copy(&n->arena, str_from(options->root));
        record_copy(options, &n->arena, &n->options);
    }
    return n;
}

infonote_note *infonote_note_load(infonote_engine *engine, const char *path,
                                  const infonote_options *options)
{
    infonote_note *n = stages_note_new(engine, options);
    bool standard_input = strcmp(path, "-") == 0;
    str name = str_copy(&n->arena, str_from(path));
    n->source->name = standard_input ? STR("<stdin>") : name;
    n->source->path = standard_input ? STR_NONE : name;
    stages_run(n, STAGE_NOTE);
    return n;
}

infonote_note *infonote_note_load_bytes(infonote_engine *engine, const char *name,
                                        const char *bytes, size_t size,
                                        const infonote_options *options)
{
    infonote_note *n = stages_note_new(engine, options);
    n->source->name = str_copy(&n->arena, str_from(name));
    n->in_memory = true;
    if (size > VALUE_LIMITS.max_bytes) { /* what is too long is not copied either */
        size = VALUE_LIMITS.max_bytes + 1;
    }
    n->source->text = str_copy(&n->arena, (str){bytes, size});
    stages_run(n, STAGE_NOTE);
    return n;
}

void infonote_note_free(infonote_note *note)
{
    if (note) {
        struct infonote_engine *e = note->engine;
        engine_layout_free(note->failed);
        engine_keep_arena(e, &note->arena);
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

size_t infonote_warning_count(const infonote_note *note)
{
    return infonote_report_count(note) - note->sink.counts[DIAG_NOTE];
}

bool infonote_for_print(infonote_note *note)
{
    return stages_run(note, STAGE_LAYOUT) && print_wanted(note, NULL);
}

size_t infonote_page_count(const infonote_note *note)
{
    return note->pages ? note->pages->pages.n : 0;
}

infonote_status infonote_check(infonote_note *note)
{
    stages_run(note, STAGE_PDF);
    return infonote_note_status(note);
}

infonote_status infonote_write_bytes(infonote_note *note, const char **bytes,
                                     size_t *size)
{
    bool made = stages_run(note, STAGE_PDF);
    *bytes = made ? note->pdf.p : NULL;
    *size = made ? note->pdf.n : 0;
    return infonote_note_status(note);
}

const char *infonote_digest(const infonote_note *note)
{
    return note->digest;
}

infonote_status infonote_write_file(infonote_note *note, const char *path)
{
    if (!stages_run(note, STAGE_PDF)) {
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
    static const enum note_stage LAST[] = {
        [INFONOTE_STAGE_YAML] = STAGE_VALUES, [INFONOTE_STAGE_NOTE] = STAGE_NOTE,
        [INFONOTE_STAGE_TREE] = STAGE_TREE, [INFONOTE_STAGE_PAGES] = STAGE_CHECK,
    };
    struct buf out;
    if (stage == INFONOTE_STAGE_TEXT || stage == INFONOTE_STAGE_HTML) {
        return (stage == INFONOTE_STAGE_TEXT ? infonote_write_text
                                             : infonote_write_html)(note, false, bytes,
                                                                    size);
    }
    buf_init(&out, &note->arena);
    if (stages_run(note, LAST[stage])) {
        switch (stage) {
        case INFONOTE_STAGE_YAML:  value_dump(note->root, &out); break;
        case INFONOTE_STAGE_NOTE:  note_dump(note->note, &out); break;
        case INFONOTE_STAGE_TREE:  tree_dump(note->tree, &out); break;
        case INFONOTE_STAGE_PAGES: page_dump(note->pages, &out); break;
        default: break;
        }
    }
    *bytes = out.p;
    *size = out.n;
    return infonote_note_status(note);
}

infonote_status infonote_explain(infonote_note *note, infonote_format format,
                                 const char **bytes, size_t *size)
{
    struct buf out;
    buf_init(&out, &note->arena);
    if (stages_run(note, STAGE_PAGES) && note->options.explain) {
        (format == INFONOTE_TEXT ? flow_explain_text
                                 : flow_explain_json)(&note->reasons, &out);
    }
    *bytes = out.p;
    *size = out.n;
    return infonote_note_status(note);
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

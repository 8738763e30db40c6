/* SPDX-License-Identifier: MIT
 *
 * In: a note's file, then records. Out: a note for each record. The file is read into
 * values once; every note borrows them, and its own way through the stages begins behind
 * them. */
#include "infonote.h"

#include <stdlib.h>

#include "base/file.h"
#include "base/sha256.h"
#include "note/kept.h"
#include "note/merge.h"
#include "record.h"
#include "stages.h"
#include "yaml/value.h"

struct infonote_template {
    infonote_note *note;  /* went as far as values; its options are those of all */
    struct note_data set; /* what --set says */
    struct note_kept *kept; /* what its constant texts became; or NULL */
    bool listed;          /* `names` is made */
    struct map names;     /* that it asks for */
};

infonote_template *infonote_template_load(infonote_engine *engine, const char *path,
                                          const infonote_options *options)
{
    infonote_template *t = engine_calloc(sizeof *t);
    infonote_options all = options ? *options : (infonote_options){0};
    all.data = NULL;
    infonote_note *n = t->note = stages_note_new(engine, &all);
    engine->notes--; /* it uses nothing of what the engine may forget between notes */
    str name = str_copy(&n->arena, str_from(path));
    bool standard_input = str_is(name, "-");
    n->source->name = standard_input ? STR("<stdin>") : name;
    n->source->path = standard_input ? STR_NONE : name;
    stages_run(n, STAGE_VALUES);
    record_read(&n->options, &n->arena, &n->sink, &t->set);
    t->kept = n->root ? note_kept_new(n->root) : NULL;
    map_init(&t->names, &n->arena);
    return t;
}

void infonote_template_free(infonote_template *template)
{
    if (template) {
        template->note->engine->notes++;
        infonote_note_free(template->note);
        note_kept_free(template->kept);
        free(template);
    }
}

infonote_status infonote_template_status(const infonote_template *template)
{
    return infonote_note_status(template->note);
}

/* --- Filling --- */

static const struct value *read_text(const infonote_record *record, struct source *source,
                                     infonote_note *n)
{
    str text = str_copy(&n->arena, (str){record->text, record->size});
    source->text = value_from_json(&n->arena, text);
    n->data.file = record_file(&n->arena, text);
    const struct value *v = value_read(source, &VALUE_LIMITS, &n->arena, &n->sink);
    if (v && v->kind != VALUE_MAPPING) {
        diag_report(&n->sink, DIAG_WRONG_TYPE, v->at, "give a mapping: `name: value`",
                    "a record is a mapping, not %s", value_kind_name(v));
        return NULL;
    }
    return v;
}

static bool take_record(infonote_note *n, const infonote_record *record)
{
    struct source *source = NEW(&n->arena, struct source);
    str name = str_copy(&n->arena, str_from(record->source));
    *source = (struct source){.name = name.n ? name : STR("<record>"),
                              .first_line = record->line};
    n->record_at = (struct place){source, record->line, 0, 0};
    n->data.record = record->text ? read_text(record, source, n)
                                  : record_of_fields(record, n->record_at, &n->arena,
                                                     &n->sink);
    return n->data.record != NULL;
}

static void tell_again(infonote_note *n, const struct diag_sink *from)
{
    for (size_t i = 0; i < from->list.n; i++) {
        const struct diag *d = &from->list.v[i];
        const char *hint = d->hint.n ? d->hint.p : NULL;
        struct diag *again = diag_report(&n->sink, d->code, d->at, hint, "%.*s",
                                         STR_ARG(d->message));
        if (d->second_message.n) {
            diag_second(&n->sink, again, d->second, d->second_message.p);
        }
    }
    n->told = n->sink.list.n;
}

infonote_note *infonote_template_fill(infonote_template *template,
                                      const infonote_record *record)
{
    const infonote_note *from = template->note;
    infonote_note *n = stages_note_new(from->engine, NULL);
    n->options = from->options;
    n->source = from->source;
    n->root = from->root;
    n->filled = true;
    n->next = STAGE_NOTE;
    n->data = template->set;
    n->data.kept = template->kept;
    tell_again(n, &from->sink);
    bool broken = from->stopped || diag_has_errors(&from->sink);
    n->stopped = broken || (record && !take_record(n, record));
    stages_run(n, STAGE_NOTE);
    return n;
}

/* --- What it is made of --- */

bool infonote_template_uses(infonote_template *template, const char *field)
{
    infonote_note *n = template->note;
    if (!template->listed && n->root) {
        note_merge_names(n->root, &n->arena, &template->names);
    }
    template->listed = true;
    str rest, first = str_trim(str_cut(str_from(field), '.', &rest));
    return map_find(&template->names, first) != NULL;
}

static void add_text(struct sha256 *h, str text)
{
    char size[24];
    snprintf(size, sizeof size, "%zu:", text.n);
    sha256_add(h, str_from(size));
    sha256_add(h, text);
}

/* The layout, with what it extends; the fields in its name, if there are any, are the
 * template's own. */
static void add_layout(infonote_template *t, struct sha256 *h)
{
    infonote_note *n = infonote_template_fill(t, NULL);
    stages_run(n, STAGE_LAYOUT);
    for (size_t i = 0; n->layout && i < n->layout->n_sources; i++) {
        add_text(h, n->layout->sources[i].file->text);
    }
    infonote_note_free(n);
}

void infonote_template_digest(infonote_template *template, char out[65])
{
    const infonote_note *n = template->note;
    const infonote_options *o = &n->options;
    struct sha256 h;
    unsigned char digest[32];
    char flags[64];
    sha256_init(&h);
    add_text(&h, STR("infonote " INFONOTE_VERSION));
    add_text(&h, n->source->text);
    add_layout(template, &h);
    add_text(&h, str_from(o->layout));
    add_text(&h, str_from(o->standard));
    add_text(&h, str_from(o->print_profile));
    add_text(&h, str_from(o->impose));
    add_text(&h, str_from(o->sheet));
    add_text(&h, str_from(o->paper_thickness));
    for (size_t i = 0; o->set && o->set[i]; i++) {
        add_text(&h, str_from(o->set[i]));
    }
    for (size_t i = 0; o->email && o->email[i]; i++) {
        add_text(&h, str_from(o->email[i]));
    }
    snprintf(flags, sizeof flags, "%d%d%d%d%d%d %lld", o->has_date, o->uncompressed,
             o->untagged, o->embed_source, o->show_boxes, o->print,
             o->has_date ? (long long)o->date : 0);
    add_text(&h, str_from(flags));
    sha256_end(&h, digest);
    sha256_hex(digest, out);
}

/* SPDX-License-Identifier: MIT
 *
 * In: a compiled text and what its names stand for. Out: the text with the values in it,
 * and its runs: which bytes are the template's, which are values, where they stand. */
#include "note/template.h"

#include <string.h>

struct filling {
    struct note_merge *m;
    struct note_template *t;
    const struct note_record *record;
    struct buf *out;
    struct arena *arena; /* of the runs; NULL: none are wanted */
    VEC(struct value_run) runs;
};

static void fill_pieces(struct filling *f, size_t from, size_t to);

/* Whoever brings records has limits for them; here what multiplies is counted. */
static bool is_counted(const struct filling *f)
{
    return !f->record || f->m->scope;
}

/* Bytes from `at` on have come from the piece. */
static void add_run(struct filling *f, const struct note_piece *piece, size_t at)
{
    if (f->arena) {
        struct value_run run = piece->start;
        run.at = at;
        vec_push(f->arena, &f->runs, run);
    }
    if (is_counted(f)) {
        note_merge_made(f->m, 0, f->out->n - at, piece->at);
    }
}

/* --- Fields --- */

static void report_kind(struct filling *f, struct note_piece *piece,
                        const struct value *v)
{
    str name = piece->name.whole;
    str hint = v->kind == VALUE_SEQUENCE
                   ? str_format(f->m->sink->arena,
                                "repeat over it: `{{#%.*s}}…{{/%.*s}}`", STR_ARG(name),
                                STR_ARG(name))
                   : str_format(f->m->sink->arena, "name one of its fields: `{{%.*s.…}}`",
                                STR_ARG(name));
    struct diag *d = diag_report(f->m->sink, DIAG_WRONG_TYPE, piece->at, hint.p,
                                 "`%.*s` is %s, not text", STR_ARG(name),
                                 value_kind_name(v));
    diag_second(f->m->sink, d, v->at, "the value");
    piece->told = true;
}

/* As much of a value as a message needs. */
static str shown(str text)
{
    size_t n = text.n < 60 ? text.n : 60;
    while (n < text.n && n > 0 && ((unsigned char)text.p[n] & 0xC0) == 0x80) {
        n--;
    }
    return str_sub(text, 0, n);
}

static void report_misfit(struct filling *f, struct note_piece *piece,
                          const struct note_found *found, const char *wanted,
                          const char *hint)
{
    struct diag *d = diag_report(f->m->sink, DIAG_BAD_VALUE, piece->at, hint,
                                 "`%.*s` is `%.*s`, which is not %s",
                                 STR_ARG(piece->name.whole), STR_ARG(shown(found->text)),
                                 wanted);
    if (found->value && found->value->at.line) {
        diag_second(f->m->sink, d, found->value->at, "the value");
    }
    piece->told = true;
}

/* The value of a field through its formats; false, and a report, if one does not fit. */
static bool format_value(struct filling *f, struct note_piece *piece,
                         const struct note_found *found)
{
    struct note_found now = *found;
    bool missing = !found->found;
    for (size_t i = 0; i < piece->n_formats; i++) {
        const struct note_format *format = &piece->formats[i];
        const char *hint = NULL;
        if (format->kind == NOTE_FORMAT_DEFAULT) {
            now.text = str_trim(now.text).n ? now.text : format->argument;
            missing = false;
            continue;
        }
        if (missing || str_trim(now.text).n == 0) {
            continue;
        }
        struct buf *made = &f->m->scratch[i % 2]; /* the other one may hold the text */
        buf_clear(made);
        const char *wanted = note_format_apply(format, f->m->lang, now.text, made, &hint);
        if (wanted && !piece->told) {
            report_misfit(f, piece, &now, wanted, hint);
        }
        now.text = wanted ? now.text : buf_str(made);
    }
    if (!missing) {
        buf_put(f->out, now.text);
    }
    return !missing;
}

static void fill_field(struct filling *f, struct note_piece *piece)
{
    struct note_found found = note_merge_find(f->m, &piece->name, f->record);
    size_t at = f->out->n;
    if (found.value &&
        (found.value->kind == VALUE_SEQUENCE || found.value->kind == VALUE_MAPPING)) {
        if (!piece->told) {
            report_kind(f, piece, found.value);
        }
        return;
    }
    if (found.value && found.value->kind == VALUE_NULL) {
        found.text = STR_NONE; /* `~` is not what it says */
    }
    if (!format_value(f, piece, &found) && !piece->told) {
        note_merge_missing(f->m, &piece->name, f->record, piece->at);
        piece->told = true;
    }
    add_run(f, piece, at);
}

/* --- Sections --- */

static void fill_within(struct filling *f, const struct value *v, size_t index,
                        size_t count, size_t section)
{
    struct note_scope scope = {v, index, count, f->m->scope};
    f->m->scope = &scope;
    fill_pieces(f, section + 1, f->t->pieces.v[section].end);
    f->m->scope = scope.outer;
}

static void fill_section(struct filling *f, size_t section)
{
    struct note_piece *piece = &f->t->pieces.v[section];
    struct note_found found = note_merge_find(f->m, &piece->name, f->record);
    bool set = note_found_is_true(&found);
    if (!found.found && !piece->told) {
        note_merge_absent(f->m, &piece->name, f->record, piece->at);
        piece->told = true;
    }
    if (piece->kind == NOTE_PIECE_INVERTED) {
        if (!set) {
            fill_pieces(f, section + 1, piece->end);
        }
        return;
    }
    const struct value *v = set ? found.value : NULL;
    if (v && v->kind == VALUE_SEQUENCE) {
        for (size_t i = 0; i < v->n && !f->m->stopped; i++) {
            fill_within(f, v->items[i], i, v->n, section);
        }
    } else if (v) {
        fill_within(f, v, 0, 0, section);
    } else if (set) {
        fill_pieces(f, section + 1, piece->end);
    }
}

/* --- Pieces --- */

static void fill_pieces(struct filling *f, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        struct note_piece *piece = &f->t->pieces.v[i];
        size_t at = f->out->n;
        if (is_counted(f) && !note_merge_step(f->m, piece->at)) {
            return;
        }
        switch (piece->kind) {
        case NOTE_PIECE_TEXT:
            buf_put(f->out, piece->text);
            add_run(f, piece, at);
            break;
        case NOTE_PIECE_FIELD:
        case NOTE_PIECE_MARKDOWN: fill_field(f, piece); break;
        case NOTE_PIECE_SECTION:
        case NOTE_PIECE_INVERTED:
            fill_section(f, i);
            i = piece->end;
            break;
        case NOTE_PIECE_END: break;
        }
    }
}

void note_template_text(struct note_merge *m, struct note_template *t,
                        const struct note_record *record, struct buf *out)
{
    struct filling f = {.m = m, .t = t, .record = record, .out = out};
    if (!t->bad) {
        fill_pieces(&f, 0, t->pieces.n);
    }
}

static bool has_default(const struct note_piece *piece)
{
    for (size_t i = 0; i < piece->n_formats; i++) {
        if (piece->formats[i].kind == NOTE_FORMAT_DEFAULT) {
            return true;
        }
    }
    return false;
}

/* A template that cannot be filled may have wrong names, too: those outside of sections
 * are told, so that one run tells them all. */
static void check_names(struct note_merge *m, struct note_template *t)
{
    for (size_t i = 0; i < t->pieces.n; i++) {
        struct note_piece *piece = &t->pieces.v[i];
        bool field = piece->kind == NOTE_PIECE_FIELD ||
                     piece->kind == NOTE_PIECE_MARKDOWN;
        if (piece->kind == NOTE_PIECE_SECTION || piece->kind == NOTE_PIECE_INVERTED) {
            i = piece->end > i ? piece->end : t->pieces.n - 1;
        } else if (field && piece->name.n && !piece->told && !has_default(piece) &&
                   !note_merge_find(m, &piece->name, NULL).found) {
            note_merge_missing(m, &piece->name, NULL, piece->at);
            piece->told = true;
        }
    }
}

const struct value *note_template_fill(struct note_merge *m, struct note_template *t,
                                       const struct note_record *record,
                                       struct arena *a)
{
    struct buf text;
    struct filling f = {.m = m, .t = t, .record = record, .out = &text, .arena = a};
    if (t->bad && !record) {
        check_names(m, t);
    }
    if (t->bad || !note_merge_made(m, 1, 0, t->scalar->at)) {
        return t->scalar;
    }
    buf_init(&text, a);
    fill_pieces(&f, 0, t->pieces.n);
    struct value *v = NEW(a, struct value);
    struct value_merged *merged = NEW(a, struct value_merged);
    *v = *t->scalar;
    v->text = str_copy(a, buf_str(&text));
    v->merged = merged;
    *merged = (struct value_merged){t->scalar, f.runs.v, f.runs.n};
    return v;
}

/* SPDX-License-Identifier: MIT
 *
 * In: the mapping under `rows:` of a table, and the file that it names. Out: the rows'
 * texts, one for each column of the table. A cell is a field of the file, or what a
 * template makes of several, compiled once. Whatever a field holds is text and never
 * Markdown, and so is what stands around it. */
#include "note/load.h"

#include <string.h>

#include "base/file.h"

struct rows {
    const struct value *file, *each, *header, *separator;
};

static const struct note_key DATA_KEYS[] = {
    {"file", NOTE_TYPE_TEXT, NOTE_REQUIRED, note_keep_value, NOTE_IN(rows, file),
     "A CSV file in the note's folder or below it, in UTF-8."},
    {"each", NOTE_TYPE_LIST, 0, note_keep_value, NOTE_IN(rows, each),
     "What stands in each column: text in which `{{name}}` is a field of the row. "
     "Without it, the file has one field for each column, in their order."},
    {"header", NOTE_TYPE_FLAG, 0, note_keep_value, NOTE_IN(rows, header),
     "`false` if the first line is a row, too: fields are then `{{1}}`, `{{2}}` and so "
     "on."},
    {"separator", NOTE_TYPE_TEXT, 0, note_keep_value, NOTE_IN(rows, separator),
     "What stands between fields: `,` `;` `|` or `tab`; else the one that fits."},
};

const struct note_keys NOTE_DATA_KEYS =
    NOTE_KEYS_TABLE("data", "rows from a file", DATA_KEYS);

/* --- Templates --- */

/* What stands in a column: a text with fields; or, without any, always the same. */
struct column {
    struct note_template *template; /* NULL: `same` */
    str same;
};

/* What reading a file needs. */
struct reading {
    struct note_loader *l;
    const struct rows *rows;
    const struct value *at;      /* the mapping */
    uint32_t columns;            /* of the table */
    struct data_csv csv;
    struct column *cells;        /* by column; NULL: fields by their places */
    struct note_record record;   /* the one at hand, for templates */
    const struct data_record *current;
    struct data_filling filling;
    bool stopped;                /* reported */
};

static int column_named(void *user, str name)
{
    struct reading *r = user;
    for (size_t i = 0; i < r->record.n; i++) {
        if (str_is(name, r->record.names[i])) {
            return (int)i;
        }
    }
    return -1;
}

static str text_of_column(void *user, int column)
{
    struct reading *r = user;
    return r->current->fields[column];
}

static void name_fields(struct reading *r, const struct data_record *names)
{
    const char **list = NEW_ARRAY(r->l->arena, const char *, names->n);
    for (uint32_t i = 0; i < names->n; i++) {
        list[i] = r->csv.header ? str_copy(r->l->arena, str_trim(names->fields[i])).p
                                : str_format(r->l->arena, "%u", i + 1).p;
    }
    r->record = (struct note_record){r, column_named, text_of_column, list, names->n};
}

static void compile(struct reading *r, const struct value *v, struct column *out)
{
    out->same = v->text;
    out->template = note_template_new(&r->l->merge, v, &r->record);
    if (out->template && note_template_is_broken(out->template)) {
        out->template = NULL; /* reported; the others may have faults of their own */
        return;
    }
    bool plain = out->template ? note_template_is_plain(out->template)
                               : note_markdown_is_plain(v->text);
    if (!plain) {
        diag_report(r->l->sink, DIAG_BAD_VALUE, v->at,
                    "leave Markdown and `{{{…}}}` out, or write the rows into the note",
                    "cells from a file are plain text");
        r->stopped = true;
    }
}

static void compile_all(struct reading *r, const struct data_record *names)
{
    const struct value *each = r->rows->each;
    if (each->n != r->columns) {
        diag_report(r->l->sink, DIAG_BAD_VALUE, each->at,
                    "write one text for each column; `\"\"` for an empty one",
                    "`each` has %zu cell%s, the table %u column%s", each->n,
                    each->n == 1 ? "" : "s", r->columns, r->columns == 1 ? "" : "s");
        r->stopped = true;
        return;
    }
    name_fields(r, names);
    r->cells = NEW_ARRAY(r->l->arena, struct column, r->columns);
    for (uint32_t i = 0; i < r->columns; i++) {
        const struct value *v = each->items[i];
        if (v->kind == VALUE_NULL) {
            continue;
        }
        if (note_type_check(r->l, NOTE_TYPE_TEXT, v, STR("a cell of `each`"))) {
            compile(r, v, &r->cells[i]);
        } else {
            r->stopped = true;
        }
    }
}

/* --- Rows --- */

static void take_header(void *user, const struct data_record *names)
{
    struct reading *r = user;
    if (r->rows->each) {
        compile_all(r, names);
    } else if (names->n != r->columns) {
        struct diag *d = diag_report(
            r->l->sink, DIAG_BAD_DATA, r->rows->file->at,
            "say with `each` which field goes into which column",
            "the file has %u field%s in a row, the table %u column%s", names->n,
            names->n == 1 ? "" : "s", r->columns, r->columns == 1 ? "" : "s");
        diag_second(r->l->sink, d, data_csv_place(&r->csv, names, 0), "the fields");
        r->stopped = true;
    }
}

static void put_cell(struct reading *r, const struct data_record *record, uint32_t column)
{
    struct buf *text = &r->filling.text;
    if (!r->cells) {
        buf_put(text, record->fields[column]);
    } else if (r->cells[column].template) {
        struct note_merge *m = &r->l->merge;
        m->bytes = m->steps = 0; /* the limits here are those of tables */
        note_template_text(m, r->cells[column].template, &r->record, text);
    } else {
        buf_put(text, r->cells[column].same);
    }
}

static bool take_row(void *user, const struct data_record *record)
{
    struct reading *r = user;
    r->current = record;
    for (uint32_t i = 0; i < r->columns && !r->stopped; i++) {
        put_cell(r, record, i);
        if (!data_table_end_field(&r->filling)) {
            diag_report(r->l->sink, DIAG_TOO_LARGE,
                        (struct place){r->csv.source, record->line, 1, 0},
                        "split it into several tables",
                        "the table has more than %d cells, or %d MiB", DATA_MAX_FIELDS,
                        DATA_MAX_BYTES >> 20);
            r->stopped = true;
        }
    }
    data_table_end_row(&r->filling, record->line);
    return !r->stopped;
}

/* --- The file --- */

static const struct source *open_file(struct note_loader *l, const struct value *v)
{
    static const struct note_file_words WORDS = {
        "data", "copy the file beside the note", DIAG_NO_FILE,
    };
    struct source *source = NEW(l->arena, struct source);
    source->path = note_find_file(l, v->text, v->at, &WORDS);
    if (!source->path.n) {
        return NULL;
    }
    source->name = source->path;
    struct file_result file = file_read(l->arena, source->path, DATA_MAX_BYTES);
    source->text = file.bytes;
    if (file.status == FILE_TOO_LARGE) {
        diag_report(l->sink, DIAG_TOO_LARGE, v->at, "split it into several files",
                    "the file `%.*s` is over %d MiB", STR_ARG(v->text),
                    DATA_MAX_BYTES >> 20);
    } else if (file.status != FILE_OK) {
        diag_report(l->sink, DIAG_CANNOT_READ, v->at, NULL, "cannot read `%.*s`: %s",
                    STR_ARG(v->text), strerror(file.errno_value));
    }
    if (file.status != FILE_OK) {
        return NULL;
    }
    vec_push(l->arena, &l->note->data_files, source);
    return source;
}

/* False, with a report, if it is none of those that there are. */
static bool read_separator(struct note_loader *l, const struct value *v, char *out)
{
    static const char *const NAMES[] = {",", ";", "|", "tab", "\t", "comma", "semicolon"};
    static const char VALUES[] = {',', ';', '|', '\t', '\t', ',', ';'};
    if (!v) {
        return true;
    }
    for (size_t i = 0; i < sizeof VALUES; i++) {
        if (str_is(v->text, NAMES[i])) {
            *out = VALUES[i];
            return true;
        }
    }
    diag_report(l->sink, DIAG_BAD_VALUE, v->at, "write \",\", \";\", \"|\" or tab",
                "`%.*s` cannot separate fields", STR_ARG(v->text));
    return false;
}

const struct data_table *note_data_rows(struct note_loader *l, const struct value *v,
                                        uint32_t columns)
{
    struct rows rows = {0};
    struct reading r = {.l = l, .rows = &rows, .at = v, .columns = columns};
    note_keys_read(l, &NOTE_DATA_KEYS, v, &rows);
    r.csv.header = true;
    if (!rows.file || (rows.header && !note_read_flag(l, rows.header, &r.csv.header)) ||
        !read_separator(l, rows.separator, &r.csv.separator) ||
        !(r.csv.source = open_file(l, rows.file))) {
        return NULL;
    }
    r.csv.user = &r;
    r.csv.on_header = take_header;
    r.csv.on_record = take_row;
    data_table_begin(&r.filling);
    struct arena scratch;
    arena_init(&scratch);
    bool good = data_csv_read(&r.csv, &scratch, l->sink) && !r.stopped;
    arena_done(&scratch);
    struct data_table *table = data_table_end(&r.filling, good ? l->arena : NULL);
    if (table) {
        table->source = r.csv.source;
        table->columns = columns;
    }
    if (table && table->rows == 0) {
        diag_report(l->sink, DIAG_EMPTY_VALUE, rows.file->at,
                    "give it rows, or leave the table out", "the file has no rows");
    }
    return table;
}

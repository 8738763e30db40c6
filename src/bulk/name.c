/* SPDX-License-Identifier: MIT
 *
 * In: a pattern, rows. Out: names of files. A pattern is text with `{{field}}`,
 * `{{@number}}` (of the record) and `{{@folder}}` (one for each thousand records). What a
 * field holds may be part of one name, never a path of its own, nor a name that some
 * system keeps for itself: a run that works here works where the files are taken to. */
#include "bulk/name.h"

#include <string.h>
#include <stdlib.h>
#include <unicase.h>
#include <uninorm.h>

#include "base/utf8.h"

enum { PER_FOLDER = 1000 };

/* --- Patterns --- */

static int column_of(const struct data_source *data, str name)
{
    for (uint32_t i = 0; i < data->n_names && data->names; i++) {
        if (str_eq(data->names[i], name)) {
            return (int)i;
        }
    }
    return -1;
}

static str suggest(const struct data_source *data, str name, struct arena *a)
{
    const char **names = NEW_ARRAY(a, const char *, data->n_names);
    for (uint32_t i = 0; i < data->n_names; i++) {
        names[i] = data->names[i].p;
    }
    return diag_suggest(a, name, names, data->n_names);
}

static struct place place_in(const struct source *source, str part)
{
    struct place at = diag_place_of_offset(source, (size_t)(part.p - source->text.p));
    at.width = part.n ? (uint32_t)utf8_count(part) : 1;
    return at;
}

static bool add_field(struct bulk_name *name, str field, const struct data_source *data,
                      struct arena *a, struct diag_sink *sink)
{
    size_t bar;
    str inner = str_trim(field);
    struct bulk_piece piece = {inner, true, column_of(data, inner)};
    vec_push(a, &name->pieces, piece);
    if (str_is(inner, "@number") || str_is(inner, "@folder")) {
        return true;
    }
    bool plain = inner.n && !strchr("#^/!&{@", inner.p[0]);
    if (!plain || str_find_char(inner, '|', &bar)) {
        diag_report(sink, DIAG_BAD_NAME, place_in(name->source, field),
                    "write `{{field}}`, `{{@number}}` or `{{@folder}}`",
                    "names of files hold fields alone");
        return false;
    }
    if (data->names && piece.column < 0) {
        str hint = suggest(data, inner, a);
        diag_report(sink, DIAG_NO_FIELD, place_in(name->source, field),
                    hint.n ? hint.p : "take the name of a column",
                    "the data has no field `%.*s`", STR_ARG(inner));
        return false;
    }
    return true;
}

static void begin(struct bulk_name *name, str option, const char *pattern,
                  struct diag_sink *sink)
{
    struct source *source = NEW(sink->arena, struct source); /* reports outlive the run */
    *source = (struct source){.name = option,
                              .text = str_copy(sink->arena, str_from(pattern))};
    *name = (struct bulk_name){.source = source};
}

static bool read_pieces(struct bulk_name *name, const struct data_source *data,
                        struct arena *a, struct diag_sink *sink)
{
    const struct source *source = name->source;
    str rest = source->text;
    bool good = true;
    size_t open, close;
    while (str_find(rest, STR("{{"), &open)) {
        struct bulk_piece text = {str_sub(rest, 0, open), false, -1};
        vec_push(a, &name->pieces, text);
        rest = str_sub(rest, open + 2, rest.n);
        if (!str_find(rest, STR("}}"), &close)) {
            diag_report(sink, DIAG_BAD_NAME, place_in(source, rest), "close it with `}}`",
                        "a field that does not end");
            return false;
        }
        good = add_field(name, str_sub(rest, 0, close), data, a, sink) && good;
        rest = str_sub(rest, close + 2, rest.n);
    }
    struct bulk_piece last = {rest, false, -1};
    vec_push(a, &name->pieces, last);
    return good;
}

bool bulk_label_read(struct bulk_name *name, const char *pattern,
                     const struct data_source *data, struct arena *a,
                     struct diag_sink *sink)
{
    begin(name, STR("--outline"), pattern, sink);
    return read_pieces(name, data, a, sink);
}

bool bulk_name_read(struct bulk_name *name, const char *pattern,
                    const struct data_source *data, struct arena *a,
                    struct diag_sink *sink)
{
    begin(name, STR("--output"), pattern, sink);
    return read_pieces(name, data, a, sink);
}

bool bulk_name_check_end(const struct bulk_name *name, const char *ending,
                         struct diag_sink *sink)
{
    str last = name->pieces.v[name->pieces.n - 1].text;
    size_t n = strlen(ending);
    str end = last.n > n ? str_sub(last, last.n - n, last.n) : last;
    if (end.n == n && strncasecmp(end.p, ending, n) == 0) {
        return true;
    }
    bool pdf = strcmp(ending, ".pdf") == 0;
    diag_report(sink, DIAG_BAD_NAME, place_in(name->source, last),
                str_format(sink->arena, "end it with `%s`: then no name can be that of "
                           "the template, the data or a journal", ending).p,
                "the names of %s do not end with `%s`", pdf ? "PDFs" : "messages",
                ending);
    return false;
}

/* --- Names --- */

bool bulk_field(const struct data_row *row, str name, str *value)
{
    for (uint32_t i = 0; i < row->n; i++) {
        if (str_eq(row->names[i], name)) {
            *value = row->values[i];
            return true;
        }
    }
    return false;
}

static bool field_of(const struct bulk_piece *piece, const struct data_row *row,
                     str *value)
{
    if (piece->column >= 0 && (uint32_t)piece->column < row->n) {
        *value = row->values[piece->column];
        return true;
    }
    return bulk_field(row, piece->text, value);
}

static const char *fault_of_value(str value)
{
    if (value.n == 0) {
        return "the field `%.*s`, which names the file, is empty";
    }
    for (size_t i = 0; i < value.n; i++) {
        unsigned char c = (unsigned char)value.p[i];
        if (c == '/' || c == '\\' || c < 0x20 || c == 0x7F) {
            return c == '/' || c == '\\'
                       ? "the field `%.*s`, which names the file, holds a slash"
                       : "the field `%.*s`, which names the file, holds a line end or "
                         "another control character";
        }
    }
    return NULL;
}

/* Names that Windows keeps for devices, whatever follows behind a dot. */
static bool is_reserved(str part)
{
    static const char *const NAMES[] = {"con", "prn", "aux", "nul", "com", "lpt"};
    str rest, stem = str_trim(str_cut(part, '.', &rest));
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES && stem.n >= 3; i++) {
        bool device = i < 4;
        char lower[3] = {(char)(stem.p[0] | 0x20), (char)(stem.p[1] | 0x20),
                         (char)(stem.p[2] | 0x20)};
        bool ends = device ? stem.n == 3
                           : stem.n == 4 && stem.p[3] >= '1' && stem.p[3] <= '9';
        if (ends && memcmp(lower, NAMES[i], 3) == 0) {
            return true;
        }
    }
    return false;
}

static const char *fault_of_part(str part)
{
    char first = part.n ? part.p[0] : 'x', last = part.n ? part.p[part.n - 1] : 'x';
    if (first == '-' || first == '.') {
        return first == '-' ? "the name `%.*s` begins with `-`, like an option"
                            : "the name `%.*s` begins with a dot";
    }
    return last == '.' || last == ' '   ? "the name `%.*s` ends with a dot or a blank"
           : first == ' '               ? "the name `%.*s` begins with a blank"
           : part.n > BULK_MAX_NAME     ? "the name `%.*s` is longer than 255 bytes"
           : is_reserved(part)          ? "the name `%.*s` is one that Windows keeps"
                                        : NULL;
}

/* The parts between slashes that hold something of a field, which is `from` to `to`. */
static const char *fault_of_parts(str name, size_t from, size_t to, str *culprit)
{
    while (from > 0 && name.p[from - 1] != '/') {
        from--;
    }
    while (to < name.n && name.p[to] != '/') {
        to++;
    }
    *culprit = str_sub(name, from, to);
    return fault_of_part(*culprit);
}

static void put_number(struct buf *out, const struct bulk_piece *piece, uint64_t number)
{
    uint64_t n = str_is(piece->text, "@folder") ? (number - 1) / PER_FOLDER : number;
    buf_int(out, (int64_t)n);
}

const char *bulk_name_fill(const struct bulk_name *name, const struct data_row *row,
                           struct buf *out, str *culprit)
{
    size_t last_from = 0, last_to = 0;
    const char *fault = NULL;
    buf_clear(out);
    for (size_t i = 0; i < name->pieces.n && !fault; i++) {
        const struct bulk_piece *piece = &name->pieces.v[i];
        str value = piece->text;
        size_t from = out->n;
        if (piece->field && piece->text.p[0] == '@') {
            put_number(out, piece, row->number);
            continue;
        }
        *culprit = piece->text;
        if (piece->field) {
            if (!field_of(piece, row, &value)) {
                return "the record has no field `%.*s`, which names its file";
            }
            value = str_trim(value);
            fault = fault_of_value(value);
        }
        buf_put(out, value);
        /* A part of the path is judged when all of it is there. */
        size_t slash;
        bool ends = !piece->field && str_find_char(value, '/', &slash);
        if (ends && last_to && !fault) {
            fault = fault_of_parts(buf_str(out), last_from, last_to, culprit);
            last_to = 0;
        }
        if (piece->field) {
            last_from = from;
            last_to = out->n;
        }
    }
    if (!fault && last_to) {
        fault = fault_of_parts(buf_str(out), last_from, last_to, culprit);
    }
    if (!fault && (out->n == 0 || out->n > BULK_MAX_PATH)) {
        *culprit = buf_str(out);
        fault = out->n ? "the name `%.*s` is too long" : "the name%.*s is empty";
    }
    return fault;
}

const char *bulk_label_fill(const struct bulk_name *name, const struct data_row *row,
                            struct buf *out, str *culprit)
{
    buf_clear(out);
    for (size_t i = 0; i < name->pieces.n; i++) {
        const struct bulk_piece *piece = &name->pieces.v[i];
        str value = piece->text;
        if (piece->field && piece->text.p[0] == '@') {
            put_number(out, piece, row->number);
            continue;
        }
        if (piece->field && !field_of(piece, row, &value)) {
            *culprit = piece->text;
            return "the record has no field `%.*s`, which names it in the outline";
        }
        buf_put(out, piece->field ? str_trim(value) : value);
    }
    return NULL;
}

/* --- What is the same name elsewhere --- */

str bulk_name_fold(str name, struct buf *scratch)
{
    bool ascii = true;
    buf_clear(scratch);
    char *p = buf_room(scratch, name.n);
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];
        ascii = ascii && (unsigned char)c < 0x80;
        p[i] = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
    }
    scratch->n = name.n;
    if (!ascii) {
        size_t n = 0;
        uint8_t *folded = u8_casefold((const uint8_t *)name.p, name.n, NULL, UNINORM_NFC,
                                      NULL, &n);
        if (!folded) {
            oom_report(name.n);
        }
        buf_clear(scratch);
        buf_put(scratch, (str){(const char *)folded, n});
        free(folded);
    }
    return buf_str(scratch);
}

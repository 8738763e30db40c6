/* SPDX-License-Identifier: MIT
 *
 * In: `table` and `image` blocks. Out: TABLE nodes; images are looked for, so that what
 * is wrong with them is known, and then refused. */
#include "note/load.h"

#include <stdlib.h>

#include "base/file.h"

static const char *const ALIGNS[] = {"none",  "left",    "center",
                                     "right", "decimal", "centre"};

enum { MAX_COLUMNS = 1000 };

struct table {
    const struct value *columns, *align, *rows, *caption;
};

static void table_columns(struct note_loader *l, const struct value *v, void *into)
{
    (void)l;
    ((struct table *)into)->columns = v;
}

static void table_align(struct note_loader *l, const struct value *v, void *into)
{
    (void)l;
    ((struct table *)into)->align = v;
}

static void table_rows(struct note_loader *l, const struct value *v, void *into)
{
    (void)l;
    ((struct table *)into)->rows = v;
}

static void table_caption(struct note_loader *l, const struct value *v, void *into)
{
    (void)l;
    ((struct table *)into)->caption = v;
}

static const struct note_key TABLE_KEYS[] = {
    {"columns", NOTE_TYPE_LIST, NOTE_REQUIRED, table_columns,
     "The headings of the columns."},
    {"align", NOTE_TYPE_LIST, 0, table_align,
     "The alignment of each column: none, left, center, right, or decimal: numbers "
     "with their points below each other."},
    {"rows", NOTE_TYPE_LIST, NOTE_REQUIRED, table_rows,
     "The rows, each a list of cells."},
    {"caption", NOTE_TYPE_TEXT, 0, table_caption, "A caption, in inline Markdown."},
};

const struct note_keys NOTE_TABLE_KEYS = NOTE_KEYS_TABLE("table", "a table", TABLE_KEYS);

static void add_row(struct note_loader *l, const struct value *cells, bool header,
                    struct note_node *table)
{
    struct note_node *row = note_node_new(l, NOTE_ROW, cells->at);
    row->as.row.header = header;
    note_append(table, row);
    for (size_t i = 0; i < cells->n; i++) {
        const struct value *v = cells->items[i];
        struct note_node *cell = note_node_new(l, NOTE_CELL, v->at);
        note_append(row, cell);
        if (v->kind != VALUE_NULL &&
            note_type_check(l, NOTE_TYPE_TEXT, v, STR("a cell"))) {
            note_markdown_inline(l, v, cell);
        }
    }
}

static void read_rows(struct note_loader *l, const struct value *rows,
                      struct note_node *table)
{
    size_t columns = table->as.table.columns;
    for (size_t i = 0; i < rows->n; i++) {
        const struct value *row = rows->items[i];
        if (!note_type_check(l, NOTE_TYPE_LIST, row, STR("a row"))) {
            continue;
        }
        if (row->n != columns) {
            diag_report(l->sink, DIAG_BAD_VALUE, row->at,
                        "write one cell for each column; `\"\"` for an empty one",
                        "the row has %zu cell%s, the table %zu column%s", row->n,
                        row->n == 1 ? "" : "s", columns, columns == 1 ? "" : "s");
            continue;
        }
        add_row(l, row, false, table);
    }
}

static void read_align(struct note_loader *l, const struct value *align,
                       struct note_node *table)
{
    if (align->n > table->as.table.columns) {
        diag_report(l->sink, DIAG_BAD_VALUE, align->at, "write one for each column",
                    "%zu alignments for %zu columns", align->n, table->as.table.columns);
    }
    for (size_t i = 0; i < align->n && i < table->as.table.columns; i++) {
        if (note_type_check(l, NOTE_TYPE_TEXT, align->items[i], STR("`align`"))) {
            int word = note_read_word(l, align->items[i], ALIGNS,
                                      sizeof ALIGNS / sizeof *ALIGNS);
            table->as.table.align[i] = (uint8_t)(word == 5 ? 2 : word < 0 ? 0 : word);
        }
    }
}

void note_table(struct note_loader *l, const struct value *v, struct note_node *into)
{
    struct table t = {0};
    note_keys_read(l, &NOTE_TABLE_KEYS, v, &t);
    if (!t.columns || !t.rows) {
        return;
    }
    if (t.columns->n == 0 || t.columns->n > MAX_COLUMNS) {
        diag_report(l->sink, DIAG_OUT_OF_RANGE, t.columns->at, NULL,
                    "a table has 1 to %d columns, not %zu", MAX_COLUMNS, t.columns->n);
        return;
    }
    struct note_node *table = note_node_new(l, NOTE_TABLE, v->at);
    table->as.table.columns = t.columns->n;
    table->as.table.align = NEW_ARRAY(l->arena, uint8_t, t.columns->n);
    note_append(into, table);
    add_row(l, t.columns, true, table);
    read_rows(l, t.rows, table);
    if (t.align) {
        read_align(l, t.align, table);
    }
    if (t.caption) {
        table->as.table.caption = note_node_new(l, NOTE_PARAGRAPH, t.caption->at);
        note_markdown_inline(l, t.caption, table->as.table.caption);
    }
}

/* --- Images --- */

struct image {
    const struct value *file, *alt;
    bool decorative;
};

static void image_file(struct note_loader *l, const struct value *v, void *into)
{
    (void)l;
    ((struct image *)into)->file = v;
}

static void image_alt(struct note_loader *l, const struct value *v, void *into)
{
    (void)l;
    ((struct image *)into)->alt = v;
}

static void image_decorative(struct note_loader *l, const struct value *v, void *into)
{
    note_read_flag(l, v, &((struct image *)into)->decorative);
}

static void image_length(struct note_loader *l, const struct value *v, void *into)
{
    struct len_spec spec;
    (void)into;
    enum len_error error = len_parse(v->text, &spec);
    if (error != LEN_OK) {
        diag_report(l->sink, DIAG_BAD_UNIT, v->at, "write it as `80mm` or `50%`",
                    error == LEN_NO_UNIT        ? "the length `%.*s` has no unit"
                    : error == LEN_UNKNOWN_UNIT ? "the length `%.*s` has an unknown unit"
                                                : "`%.*s` is not a length",
                    STR_ARG(v->text));
    }
}

static const struct note_key IMAGE_KEYS[] = {
    {"file", NOTE_TYPE_TEXT, NOTE_REQUIRED, image_file, "The file, beside the note."},
    {"alt", NOTE_TYPE_TEXT, 0, image_alt,
     "What the picture shows, for who cannot see it."},
    {"decorative", NOTE_TYPE_FLAG, 0, image_decorative,
     "It shows nothing of importance."},
    {"width", NOTE_TYPE_LENGTH, 0, image_length, "The width; % of the column."},
    {"height", NOTE_TYPE_LENGTH, 0, image_length, "The height."},
    {"caption", NOTE_TYPE_TEXT, 0, NULL, "A caption, in inline Markdown."},
};

const struct note_keys NOTE_IMAGE_KEYS = NOTE_KEYS_TABLE("image", "an image", IMAGE_KEYS);

/* Whether `a/../b` climbs above where it starts. */
static bool climbs(str path)
{
    int depth = 0;
    while (path.n) {
        str part = str_cut(path, '/', &path);
        depth += str_is(part, "..") ? -1 : part.n && !str_is(part, ".") ? 1 : 0;
        if (depth < 0) {
            return true;
        }
    }
    return false;
}

/* Whether a file that is there is below `folder` when links are followed. */
static bool is_below(struct note_loader *l, str file)
{
    char *root = realpath(str_copy(l->arena, l->folder).p, NULL);
    char *real = realpath(str_copy(l->arena, file).p, NULL);
    str inside = str_from(root);
    bool below = root && real && str_starts(str_from(real), inside) &&
                 (str_is(inside, "/") || real[inside.n] == '/');
    free(root);
    free(real);
    return below;
}

static bool check_file(struct note_loader *l, const struct value *file)
{
    str path = file_join(l->arena, l->folder, file->text);
    bool outside = str_starts(file->text, STR("/")) || climbs(file->text);
    bool there = !outside && file_exists(path);
    if (outside || (there && !is_below(l, path))) {
        diag_report(l->sink, DIAG_OUTSIDE_ROOT, file->at, "copy it beside the note",
                    "`%.*s` is outside the note's folder", STR_ARG(file->text));
        return false;
    }
    if (!there) {
        diag_report(l->sink, DIAG_NO_IMAGE, file->at,
                    "names of files count from the note's folder",
                    "there is no file `%.*s`", STR_ARG(file->text));
    }
    return there;
}

void note_image(struct note_loader *l, const struct value *v, struct note_node *into)
{
    struct image image = {0};
    (void)into;
    if (v->kind == VALUE_SCALAR) {
        image.file = v;
    } else {
        note_keys_read(l, &NOTE_IMAGE_KEYS, v, &image);
    }
    if (!image.alt && !image.decorative) {
        diag_report(l->sink, DIAG_MISSING_KEY, v->at,
                    "add `alt: …`, or `decorative: true` if it shows nothing",
                    "`alt` is missing in an image");
    }
    if (image.file && image.file->text.n && check_file(l, image.file)) {
        diag_report(l->sink, DIAG_NOT_SUPPORTED, image.file->at,
                    "leave it out, or attach the picture to the message",
                    "this version cannot set images yet");
    }
}

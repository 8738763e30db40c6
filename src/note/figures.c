/* SPDX-License-Identifier: MIT
 *
 * In: `table` blocks. Out: TABLE nodes. */
#include "note/load.h"

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

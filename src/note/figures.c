/* SPDX-License-Identifier: MIT
 *
 * In: `table` blocks. Out: TABLE nodes whose cells know their columns: no two overlap,
 * none is missing. */
#include "note/load.h"

static const char *const ALIGNS[] = {"none",  "left",    "center",
                                     "right", "decimal", "centre"};

enum { MAX_COLUMNS = 1000, MAX_SPAN = 1000 };

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
     "The rows, each a list of cells: text, or a mapping."},
    {"caption", NOTE_TYPE_TEXT, 0, table_caption, "A caption, in inline Markdown."},
};

const struct note_keys NOTE_TABLE_KEYS = NOTE_KEYS_TABLE("table", "a table", TABLE_KEYS);

struct cell {
    const struct value *text;
    int columns, rows;
    bool head;
};

static void cell_text(struct note_loader *l, const struct value *v, void *into)
{
    (void)l;
    ((struct cell *)into)->text = v;
}

static void cell_columns(struct note_loader *l, const struct value *v, void *into)
{
    note_read_number(l, v, 1, MAX_COLUMNS, &((struct cell *)into)->columns);
}

static void cell_rows(struct note_loader *l, const struct value *v, void *into)
{
    note_read_number(l, v, 1, MAX_SPAN, &((struct cell *)into)->rows);
}

static void cell_head(struct note_loader *l, const struct value *v, void *into)
{
    note_read_flag(l, v, &((struct cell *)into)->head);
}

static const struct note_key CELL_KEYS[] = {
    {"text", NOTE_TYPE_TEXT, 0, cell_text, "What the cell says, in inline Markdown."},
    {"columns", NOTE_TYPE_NUMBER, 0, cell_columns, "How many columns it spans."},
    {"rows", NOTE_TYPE_NUMBER, 0, cell_rows, "How many rows it spans."},
    {"head", NOTE_TYPE_FLAG, 0, cell_head, "It heads its row."},
};

const struct note_keys NOTE_CELL_KEYS = NOTE_KEYS_TABLE("cell", "a cell", CELL_KEYS);

/* A table under construction: which columns are taken by cells of rows above. */
struct grid {
    struct note_node *table;
    int columns;
    int *taken; /* by column: how many rows more, the one at hand included */
    struct place *by; /* and by which cell */
};

static struct cell read_cell(struct note_loader *l, const struct value *v)
{
    struct cell cell = {.columns = 1, .rows = 1};
    if (v->kind == VALUE_MAPPING) {
        note_keys_read(l, &NOTE_CELL_KEYS, v, &cell);
    } else if (v->kind != VALUE_NULL &&
               note_type_check(l, NOTE_TYPE_TEXT, v, STR("a cell"))) {
        cell.text = v;
    }
    return cell;
}

/* Claims the columns from `at` on; false, with a report, if they are not free. */
static bool claim(struct note_loader *l, struct grid *g, int at, const struct cell *cell,
                  struct place place)
{
    if (at + cell->columns > g->columns) {
        diag_report(l->sink, DIAG_BAD_VALUE, place,
                    "leave cells out, or make some narrower",
                    "the row reaches beyond the table's %d column%s", g->columns,
                    g->columns == 1 ? "" : "s");
        return false;
    }
    for (int i = at; i < at + cell->columns; i++) {
        if (g->taken[i]) {
            struct diag *d = diag_report(l->sink, DIAG_BAD_VALUE, place,
                                         "make one of them smaller", "two cells overlap");
            diag_second(l->sink, d, g->by[i], "this one reaches here");
            return false;
        }
    }
    for (int i = at; i < at + cell->columns; i++) {
        g->taken[i] = cell->rows;
        g->by[i] = place;
    }
    return true;
}

static int next_free(const struct grid *g, int at)
{
    while (at < g->columns && g->taken[at]) {
        at++;
    }
    return at;
}

static void add_cells(struct note_loader *l, struct grid *g, const struct value *cells,
                      struct note_node *row)
{
    int at = next_free(g, 0);
    for (size_t i = 0; i < cells->n; i++) {
        const struct value *v = cells->items[i];
        struct cell cell = read_cell(l, v);
        if (!claim(l, g, at, &cell, v->at)) {
            return;
        }
        struct note_node *node = note_node_new(l, NOTE_CELL, v->at);
        node->as.cell.column = at;
        node->as.cell.columns = cell.columns;
        node->as.cell.rows = cell.rows;
        node->as.cell.head = cell.head;
        note_append(row, node);
        if (cell.text) {
            note_markdown_inline(l, cell.text, node);
        }
        at = next_free(g, at + cell.columns);
    }
    if (at < g->columns) {
        diag_report(l->sink, DIAG_BAD_VALUE, cells->at,
                    "write one cell for each column; `\"\"` for an empty one",
                    "the row has %zu cell%s, the table %d column%s", cells->n,
                    cells->n == 1 ? "" : "s", g->columns, g->columns == 1 ? "" : "s");
    }
}

static void add_row(struct note_loader *l, struct grid *g, const struct value *cells,
                    bool header)
{
    struct note_node *row = note_node_new(l, NOTE_ROW, cells->at);
    row->as.row.header = header;
    note_append(g->table, row);
    add_cells(l, g, cells, row);
    for (int i = 0; i < g->columns; i++) {
        g->taken[i] -= g->taken[i] > 0;
    }
}

static void read_rows(struct note_loader *l, const struct value *rows, struct grid *g)
{
    for (size_t i = 0; i < rows->n; i++) {
        const struct value *row = rows->items[i];
        if (note_type_check(l, NOTE_TYPE_LIST, row, STR("a row"))) {
            add_row(l, g, row, false);
        }
    }
    for (int i = 0; i < g->columns; i++) {
        if (g->taken[i]) {
            diag_report(l->sink, DIAG_BAD_VALUE, g->by[i], "make it span fewer",
                        "the cell spans more rows than there are");
            return;
        }
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

/* The heading says how many columns there are. */
static size_t count_columns(const struct value *heading)
{
    size_t n = 0;
    for (size_t i = 0; i < heading->n && n <= MAX_COLUMNS; i++) {
        const struct value *span = value_find(heading->items[i], "columns");
        int32_t milli = 1000;
        if (span && span->kind == VALUE_SCALAR) {
            len_parse_milli(span->text, &milli);
        }
        n += milli >= 2000 ? (size_t)milli / 1000 : 1;
    }
    return n;
}

void note_table(struct note_loader *l, const struct value *v, struct note_node *into)
{
    struct table t = {0};
    note_keys_read(l, &NOTE_TABLE_KEYS, v, &t);
    if (!t.columns || !t.rows) {
        return;
    }
    size_t columns = count_columns(t.columns);
    if (columns == 0 || columns > MAX_COLUMNS) {
        diag_report(l->sink, DIAG_OUT_OF_RANGE, t.columns->at, NULL,
                    "a table has 1 to %d columns, not %zu", MAX_COLUMNS, columns);
        return;
    }
    struct note_node *table = note_node_new(l, NOTE_TABLE, v->at);
    table->as.table.columns = columns;
    table->as.table.align = NEW_ARRAY(l->arena, uint8_t, columns);
    note_append(into, table);
    struct grid g = {.table = table, .columns = (int)columns};
    g.taken = NEW_ARRAY(l->arena, int, g.columns);
    g.by = NEW_ARRAY(l->arena, struct place, g.columns);
    add_row(l, &g, t.columns, true);
    read_rows(l, t.rows, &g);
    if (t.align) {
        read_align(l, t.align, table);
    }
    if (t.caption) {
        table->as.table.caption = note_node_new(l, NOTE_PARAGRAPH, t.caption->at);
        table->as.table.caption->parent = table;
        note_markdown_inline(l, t.caption, table->as.table.caption);
    }
}

/* SPDX-License-Identifier: MIT
 *
 * In: rows of a table: lists of cells, or mappings that hold them. Out: ROW nodes whose
 * cells know their columns: no two overlap, none is missing. A cell holds the inlines of
 * a paragraph, or blocks. */
#include "note/cells.h"

static const char *const ALIGNS[] = {"none",  "left",    "center",
                                     "right", "decimal", "centre"};

enum { ALIGN_CENTER = 2, ALIGN_CENTRE = 5 };

uint8_t note_read_align(struct note_loader *l, const struct value *v)
{
    int word = note_read_word(l, v, ALIGNS, sizeof ALIGNS / sizeof *ALIGNS);
    return (uint8_t)(word == ALIGN_CENTRE ? ALIGN_CENTER : word < 0 ? 0 : word);
}

struct cell {
    const struct value *text, *body, *image;
    int columns, rows;
    bool head, aligned;
    uint8_t align;
    const struct note_style *style;
    enum note_change change;
};

/* What a cell holds is one of three. */
static void hold(struct note_loader *l, const struct value *v, const struct value **kept,
                 const struct cell *cell)
{
    const struct value *other = cell->text   ? cell->text
                                : cell->body ? cell->body : cell->image;
    if (other) {
        struct diag *d = diag_report(l->sink, DIAG_BAD_VALUE, v->at,
                                     "put both into `body`",
                                     "a cell has `text`, `body` or `image`, not two");
        diag_second(l->sink, d, other->at, "the other one");
        return;
    }
    *kept = v;
}

static void cell_text(struct note_loader *l, const struct value *v, void *into)
{
    hold(l, v, &((struct cell *)into)->text, into);
}

static void cell_body(struct note_loader *l, const struct value *v, void *into)
{
    hold(l, v, &((struct cell *)into)->body, into);
}

static void cell_image(struct note_loader *l, const struct value *v, void *into)
{
    hold(l, v, &((struct cell *)into)->image, into);
}

static void cell_columns(struct note_loader *l, const struct value *v, void *into)
{
    note_read_number(l, v, 1, NOTE_MAX_COLUMNS, &((struct cell *)into)->columns);
}

static void cell_rows(struct note_loader *l, const struct value *v, void *into)
{
    note_read_number(l, v, 1, NOTE_MAX_SPAN, &((struct cell *)into)->rows);
}

static void cell_align(struct note_loader *l, const struct value *v, void *into)
{
    ((struct cell *)into)->align = note_read_align(l, v);
    ((struct cell *)into)->aligned = true;
}

static const struct note_key CELL_KEYS[] = {
    {"text", NOTE_TYPE_TEXT, 0, cell_text, 0, "What the cell says, in inline Markdown."},
    {"body", NOTE_TYPE_BODY, 0, cell_body, 0,
     "Or Markdown of several paragraphs, or blocks."},
    {"image", NOTE_TYPE_IMAGE, 0, cell_image, 0,
     "Or a picture, as in an `image` block."},
    {"columns", NOTE_TYPE_NUMBER, 0, cell_columns, 0, "How many columns it spans."},
    {"rows", NOTE_TYPE_NUMBER, 0, cell_rows, 0, "How many rows it spans."},
    {"head", NOTE_TYPE_FLAG, 0, note_keep_flag, NOTE_IN(cell, head),
     "It heads its row."},
    {"align", NOTE_TYPE_TEXT, 0, cell_align, 0,
     "Its alignment, if not its column's; a heading over several columns is centred."},
    {"style", NOTE_TYPE_TEXT, 0, note_keep_style, NOTE_IN(cell, style),
     "A style of the layout, for this cell."},
    {"changed", NOTE_TYPE_FLAG, 0, note_keep_change, NOTE_IN(cell, change),
     "A bar in the margin says that the cell is new."},
    NOTE_MERGE_KEYS
};

const struct note_keys NOTE_CELL_KEYS = NOTE_KEYS_TABLE("cell", "a cell", CELL_KEYS);

struct row {
    const struct value *cells;
    const struct note_style *style;
    enum note_change change;
};

static const struct note_key ROW_KEYS[] = {
    {"cells", NOTE_TYPE_LIST, NOTE_REQUIRED, note_keep_value, NOTE_IN(row, cells),
     "Its cells: texts or mappings, one for each column."},
    {"style", NOTE_TYPE_TEXT, 0, note_keep_style, NOTE_IN(row, style),
     "A style of the layout, for the whole row."},
    {"changed", NOTE_TYPE_FLAG, 0, note_keep_change, NOTE_IN(row, change),
     "A bar in the margin says that the row is new."},
    NOTE_MERGE_KEYS
};

const struct note_keys NOTE_ROW_KEYS = NOTE_KEYS_TABLE("row", "a row", ROW_KEYS);

void note_grid_init(struct note_loader *l, struct note_grid *g, struct note_node *table,
                    int level)
{
    size_t columns = table->as.table.columns;
    *g = (struct note_grid){.table = table, .level = level, .columns = (int)columns};
    g->taken = NEW_ARRAY(l->arena, int, columns);
    g->by = NEW_ARRAY(l->arena, struct place, columns);
}

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
static bool claim(struct note_loader *l, struct note_grid *g, int at,
                  const struct cell *cell, struct place place)
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

static int next_free(const struct note_grid *g, int at)
{
    while (at < g->columns && g->taken[at]) {
        at++;
    }
    return at;
}

/* What a cell holds, into its node. */
static void fill(struct note_loader *l, const struct note_grid *g,
                 const struct cell *cell, struct note_node *node)
{
    if (cell->text) {
        note_markdown_inline(l, cell->text, node);
        return;
    }
    node->as.cell.blocks = cell->body || cell->image;
    g->table->as.table.blocks = g->table->as.table.blocks || node->as.cell.blocks;
    if (cell->body) {
        note_body(l, cell->body, g->level, node);
    } else if (cell->image) {
        note_image(l, cell->image, node);
    }
}

static void add_cells(struct note_loader *l, struct note_grid *g,
                      const struct value *cells, struct note_node *row)
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
        bool over_several = row->as.row.header && cell.columns > 1;
        uint8_t usual = over_several ? ALIGN_CENTER : g->table->as.table.align[at];
        node->as.cell.align = cell.aligned ? cell.align : usual;
        node->style = cell.style;
        node->change = cell.change;
        note_append(row, node);
        fill(l, g, &cell, node);
        at = next_free(g, at + cell.columns);
    }
    if (at < g->columns) {
        diag_report(l->sink, DIAG_BAD_VALUE, cells->at,
                    "write one cell for each column; `\"\"` for an empty one",
                    "the row has %zu cell%s, the table %d column%s", cells->n,
                    cells->n == 1 ? "" : "s", g->columns, g->columns == 1 ? "" : "s");
    }
}

struct note_node *note_grid_row(struct note_loader *l, struct note_grid *g,
                                const struct value *v, enum note_part part)
{
    struct row about = {0};
    if (v->kind == VALUE_MAPPING) {
        note_keys_read(l, &NOTE_ROW_KEYS, v, &about);
    } else if (note_type_check(l, NOTE_TYPE_LIST, v, STR("a row"))) {
        about.cells = v;
    }
    if (!about.cells) {
        return NULL;
    }
    struct note_node *row = note_node_new(l, NOTE_ROW, v->at);
    row->as.row.header = part == NOTE_PART_HEAD;
    row->as.row.foot = part == NOTE_PART_FOOT;
    row->style = about.style;
    row->change = about.change;
    note_append(g->table, row);
    add_cells(l, g, about.cells, row);
    for (int i = 0; i < g->columns; i++) {
        g->taken[i] -= g->taken[i] > 0;
    }
    return row;
}

void note_grid_end(struct note_loader *l, struct note_grid *g)
{
    bool told = false;
    for (int i = 0; i < g->columns; i++) {
        if (g->taken[i] && !told) {
            diag_report(l->sink, DIAG_BAD_VALUE, g->by[i], "make it span fewer",
                        "the cell spans more rows than there are");
            told = true;
        }
        g->taken[i] = 0;
    }
}

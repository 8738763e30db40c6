/* SPDX-License-Identifier: MIT
 *
 * In: a table. Out: its rows as lines. Columns get what they ask for; if that is more
 * than there is, each at least its longest word, and of the rest a share by what it
 * lacks. Where not even the words fit, a row becomes a list: what heads a column, and the
 * cell. */
#include "screen/screen.h"

enum { BETWEEN = 2, WIDE = 100000, LONGEST_WORD = 24 };

struct column {
    int most, least, width;
    int before, after; /* the point of its decimal numbers */
    str head;          /* for lists */
};

struct cell {
    const struct box *box; /* or NULL: of data */
    str text;              /* of data */
    uint32_t column, columns;
    enum style_align align;
    bool decimal;
};

struct grid {
    const struct screen_request *r;
    const struct box *table;
    int width;
    struct column *columns;
    uint32_t n;
    struct screen_lines *out;
    struct cell *cells; /* of the row at hand */
    uint32_t n_cells;
};

/* --- Cells --- */

static const struct box *paragraph_of(const struct box *box)
{
    while (box && box->kind != BOX_PARAGRAPH) {
        box = box->first;
    }
    return box;
}

static void load_row(struct grid *g, const struct box *row)
{
    g->n_cells = 0;
    for (const struct box *c = row->first; c && g->n_cells < g->n; c = c->next) {
        const struct box *p = paragraph_of(c->first);
        g->cells[g->n_cells++] = (struct cell){
            .box = c, .column = c->column, .columns = c->span_columns,
            .align = p ? p->style->align : STYLE_START, .decimal = p && p->decimal,
        };
    }
}

static void load_data(struct grid *g, uint32_t row)
{
    const struct box_data *d = g->table->data;
    g->n_cells = d->table->columns < g->n ? d->table->columns : g->n;
    for (uint32_t i = 0; i < g->n_cells; i++) {
        g->cells[i] = (struct cell){
            .text = data_field(d->table, row, i), .column = i, .columns = 1,
            .align = d->columns[i].text->align, .decimal = d->columns[i].decimal,
        };
    }
}

static str cell_text(struct grid *g, const struct cell *c, int width)
{
    return c->box ? str_trim(screen_box_text(g->r, c->box, width)) : c->text;
}

/* Cells of the columns from `i` on. */
static int width_of(const struct grid *g, const struct cell *c)
{
    int width = 0;
    for (uint32_t i = c->column; i < c->column + c->columns && i < g->n; i++) {
        width += g->columns[i].width + (i > c->column ? BETWEEN : 0);
    }
    return width;
}

/* --- Widths --- */

static int larger(int a, int b)
{
    return a > b ? a : b;
}

static int smaller(int a, int b)
{
    return a < b ? a : b;
}

/* Words that are too long may be broken, but for addresses. */
static int longest_word(str text)
{
    int most = 0;
    while (text.n) {
        size_t end = 0;
        while (end < text.n && text.p[end] != ' ' && text.p[end] != '\n') {
            end++;
        }
        str word = str_sub(text, 0, end);
        int width = screen_width(word);
        width = screen_is_address(word) ? width : smaller(width, LONGEST_WORD);
        most = larger(width, most);
        text = str_sub(text, end + 1, text.n);
    }
    return most;
}

static int longest_line(str text)
{
    int most = 0;
    while (text.n) {
        int width = screen_width(str_cut(text, '\n', &text));
        most = width > most ? width : most;
    }
    return most;
}

static void measure_cell(struct grid *g, const struct cell *c)
{
    if (c->columns != 1 || c->column >= g->n) {
        return;
    }
    struct column *column = &g->columns[c->column];
    str text = cell_text(g, c, WIDE);
    int most = longest_line(text);
    if (c->decimal) {
        str head = str_sub(text, 0, text_find_point(text, g->r->tree->lang));
        column->before = larger(screen_width(head), column->before);
        column->after = larger(most - screen_width(head), column->after);
        most = column->before + column->after;
    }
    column->most = larger(most, column->most);
    int least = c->decimal ? smaller(most, LONGEST_WORD) : longest_word(text);
    column->least = larger(least, column->least);
}

static void measure_row(struct grid *g)
{
    for (uint32_t i = 0; i < g->n_cells; i++) {
        measure_cell(g, &g->cells[i]);
    }
}

static void each_row(struct grid *g, void (*visit)(struct grid *g))
{
    const struct box *row = g->table->first;
    for (; row && !row->foot; row = row->next) {
        load_row(g, row);
        visit(g);
    }
    for (uint32_t i = 0; g->table->data && i < g->table->data->table->rows; i++) {
        load_data(g, i);
        visit(g);
    }
    for (; row; row = row->next) {
        load_row(g, row);
        visit(g);
    }
}

/* False if the longest words are too long. */
static bool set_widths(struct grid *g)
{
    int most = 0, least = 0, room = g->width - BETWEEN * (int)(g->n - 1);
    for (uint32_t i = 0; i < g->n; i++) {
        most += g->columns[i].most;
        least += g->columns[i].least;
    }
    if (least > room) {
        return false;
    }
    for (uint32_t i = 0; i < g->n; i++) {
        struct column *c = &g->columns[i];
        int lacks = c->most - c->least;
        c->width = most <= room ? c->most
                                : c->least + (int)((long)lacks * (room - least) /
                                                   larger(most - least, 1));
    }
    return true;
}

/* --- Columns --- */

struct set_cell {
    struct screen_lines lines;
    int at, width;
};

static int pad_of(const struct grid *g, const struct cell *c, str line, int width)
{
    int spare = width - screen_width(line);
    if (c->decimal && c->columns == 1) {
        const struct column *column = &g->columns[c->column];
        str head = str_sub(line, 0, text_find_point(line, g->r->tree->lang));
        int from = width - column->before - column->after;
        return larger(from + column->before - screen_width(head), 0);
    }
    switch (c->align) {
    case STYLE_RIGHT: case STYLE_END: return spare;
    case STYLE_CENTER: return spare / 2;
    default: return 0;
    }
}

static void put_line(struct grid *g, const struct set_cell *set, size_t at)
{
    struct buf line;
    int column = 0;
    buf_init(&line, g->r->arena);
    for (uint32_t i = 0; i < g->n_cells; i++) {
        if (at >= set[i].lines.all.n) {
            continue;
        }
        str text = set[i].lines.all.v[at];
        int pad = pad_of(g, &g->cells[i], text, set[i].width);
        int blanks = set[i].at + (pad > 0 ? pad : 0) - column;
        if (text.n) {
            buf_repeat(&line, ' ', (size_t)(blanks > 0 ? blanks : column ? 1 : 0));
            buf_put(&line, text);
            column += larger(blanks, column ? 1 : 0) + screen_width(text);
        }
    }
    vec_push(g->r->arena, &g->out->all, buf_str(&line));
}

static void put_row(struct grid *g)
{
    struct set_cell *set = NEW_ARRAY(g->r->arena, struct set_cell, g->n_cells);
    size_t lines = 0;
    for (uint32_t i = 0; i < g->n_cells; i++) {
        const struct cell *c = &g->cells[i];
        set[i].width = width_of(g, c);
        for (uint32_t k = 0; k < c->column && k < g->n; k++) {
            set[i].at += g->columns[k].width + BETWEEN;
        }
        str text = cell_text(g, c, set[i].width);
        screen_break(text, set[i].width, g->r->arena, &set[i].lines);
        lines = set[i].lines.all.n > lines ? set[i].lines.all.n : lines;
    }
    for (size_t i = 0; i < lines; i++) {
        put_line(g, set, i);
    }
}

static void put_rule(struct grid *g)
{
    struct buf line;
    buf_init(&line, g->r->arena);
    for (uint32_t i = 0; i < g->n; i++) {
        buf_repeat(&line, ' ', i ? BETWEEN : 0);
        buf_repeat(&line, '-', (size_t)g->columns[i].width);
    }
    vec_push(g->r->arena, &g->out->all, buf_str(&line));
}

/* A rule below the head, one above the totals. */
static void put_columns(struct grid *g)
{
    bool ruled = true;
    const struct box *row = g->table->first;
    for (; row && row->header; row = row->next) {
        load_row(g, row);
        put_row(g);
        ruled = false;
    }
    if (!ruled) {
        put_rule(g);
    }
    for (; row && !row->foot; row = row->next) {
        load_row(g, row);
        put_row(g);
    }
    for (uint32_t i = 0; g->table->data && i < g->table->data->table->rows; i++) {
        load_data(g, i);
        put_row(g);
    }
    if (row) {
        put_rule(g);
    }
    for (; row; row = row->next) {
        load_row(g, row);
        put_row(g);
    }
}

/* --- Lists --- */

static str one_line(str text, struct arena *a)
{
    str copy = str_copy(a, text);
    char *p = (char *)(uintptr_t)copy.p;
    for (size_t i = 0; i < copy.n; i++) {
        p[i] = p[i] == '\n' ? ' ' : p[i];
    }
    return copy;
}

static void list_cell(struct grid *g, const struct cell *c)
{
    struct screen_lines lines = {0};
    str head = c->column < g->n ? g->columns[c->column].head : STR_NONE;
    str text = one_line(cell_text(g, c, WIDE), g->r->arena);
    if (head.n) {
        text = str_format(g->r->arena, "%.*s: %.*s", STR_ARG(head), STR_ARG(text));
    }
    screen_break(text, g->width - 4, g->r->arena, &lines);
    for (size_t i = 0; i < lines.all.n; i++) {
        str line = str_format(g->r->arena, "%s%.*s", i ? "    " : "",
                              STR_ARG(lines.all.v[i]));
        vec_push(g->r->arena, &g->out->all, line);
    }
}

static void list_row(struct grid *g)
{
    bool header = g->n_cells && g->cells[0].box && g->cells[0].box->parent->header;
    for (uint32_t i = 0; header && i < g->n_cells; i++) {
        const struct cell *c = &g->cells[i];
        str text = one_line(cell_text(g, c, WIDE), g->r->arena);
        for (uint32_t k = c->column; k < c->column + c->columns && k < g->n; k++) {
            str *head = &g->columns[k].head;
            *head = head->n ? str_format(g->r->arena, "%.*s, %.*s", STR_ARG(*head),
                                         STR_ARG(text)) : text;
        }
    }
    if (header) {
        return;
    }
    if (g->out->all.n) {
        vec_push(g->r->arena, &g->out->all, STR_NONE);
    }
    for (uint32_t i = 0; i < g->n_cells; i++) {
        list_cell(g, &g->cells[i]);
    }
}

void screen_table(const struct screen_request *r, const struct box *table, int width,
                  struct screen_lines *lines)
{
    struct grid g = {.r = r, .table = table, .width = width, .n = table->columns,
                     .out = lines};
    g.columns = NEW_ARRAY(r->arena, struct column, g.n);
    g.cells = NEW_ARRAY(r->arena, struct cell, g.n);
    each_row(&g, measure_row);
    if (set_widths(&g)) {
        put_columns(&g);
    } else {
        each_row(&g, list_row);
    }
}

/* SPDX-License-Identifier: MIT
 *
 * Rows on pages. First what is behind and between the cells of all rows of a region:
 * backgrounds of table, rows and cells, rules between columns, the table's edges; parts
 * of a divided row share theirs. Then, row by row, its rules and its text. All of it but
 * the text is decoration. */
#include "flow/measure.h"

/* A row in a region: lines [first, last), which are one row or parts of it. */
struct band {
    const struct flow_framed *s;
    size_t first, last;
    const struct flow_row *row; /* undivided */
    len x, top, bottom;
};

static len top_of(const struct flow_framed *s, size_t line)
{
    return s->tops[line - s->range.first];
}

static len bottom_of(const struct flow_framed *s, size_t line)
{
    return top_of(s, line) + s->lines->v[line].height;
}

static const struct flow_row *whole_of(const struct flow_line *l)
{
    return l->row->whole ? l->row->whole : l->row;
}

static bool is_row(const struct flow_framed *s, size_t line)
{
    const struct flow_line *l = &s->lines->v[line];
    return line < s->range.last && l->kind == FLOW_ROW && l->row->table;
}

static struct band band_at(const struct flow_framed *s, size_t first)
{
    const struct flow_line *l = &s->lines->v[first];
    struct band b = {s, first, first + 1, whole_of(l), s->x + l->x, top_of(s, first),
                     bottom_of(s, first)};
    b.top -= first == s->range.first && l->repeat ? l->row->open_above : 0;
    for (; is_row(s, b.last) && whole_of(&s->lines->v[b.last]) == b.row; b.last++) {
        len bottom = bottom_of(s, b.last);
        b.bottom = bottom > b.bottom ? bottom : b.bottom;
    }
    b.bottom += b.last == s->range.last ? s->lines->v[b.last - 1].row->open_below : 0;
    return b;
}

/* Where the last of `rows` rows from the band on ends in this region. */
static len bottom_of_rows(const struct band *band, uint32_t rows)
{
    struct band b = *band;
    for (uint32_t i = 1; i < rows && is_row(b.s, b.last); i++) {
        struct band next = band_at(b.s, b.last);
        if (next.row->table != b.row->table) {
            break;
        }
        b = next;
    }
    return b.bottom;
}

static void fill(struct flow *f, struct page *p, struct page_rect rect,
                 struct color color)
{
    if (color.space != COLOR_NONE && rect.width > 0 && rect.height > 0) {
        flow_place_rule(f, p, rect, color);
    }
}

/* A cell's area: its text, and the room beside it, over `rows` rows from the band on. */
static struct page_rect cell_area(const struct band *b, const struct flow_cell *c,
                                  uint32_t rows)
{
    const struct style *s = c->box->style;
    bool rtl = b->row->table->rtl;
    len left = c->x - (rtl ? s->indent_end : s->indent_start);
    return (struct page_rect){
        b->x + left, b->top, c->width + s->indent_start + s->indent_end,
        bottom_of_rows(b, rows) - b->top,
    };
}

static void draw_cell(struct flow *f, struct page *p, const struct band *b,
                      const struct flow_cell *c, uint32_t rows)
{
    const struct style *s = c->box->style;
    if (!style_is_framed(s)) {
        return;
    }
    struct page_rect r = cell_area(b, c, rows);
    bool rtl = b->row->table->rtl, all = s->border_sides == STYLE_SIDES_ALL;
    bool start = s->border_sides == STYLE_SIDES_START;
    bool ends = all || s->border_sides == STYLE_SIDES_ENDS;
    len t = s->border;
    fill(f, p, r, s->background);
    const struct { bool drawn; struct page_rect rect; } SIDES[] = {
        {ends, {r.x, r.y, r.width, t}},
        {ends, {r.x, r.y + r.height - t, r.width, t}},
        {all || (start && !rtl), {r.x, r.y, t, r.height}},
        {all || (start && rtl), {r.x + r.width - t, r.y, t, r.height}},
    };
    for (size_t i = 0; i < sizeof SIDES / sizeof *SIDES && t > 0; i++) {
        if (SIDES[i].drawn) {
            fill(f, p, SIDES[i].rect, s->border_color);
        }
    }
}

/* Cells that began in rows above go on where a region begins with the band. */
static void draw_reaching(struct flow *f, struct page *p, const struct band *b)
{
    uint32_t up = 1;
    for (const struct flow_row *row = b->row->above; row; row = row->above, up++) {
        for (uint32_t i = 0; i < row->n; i++) {
            uint32_t rows = row->cells[i].box->span_rows;
            if (rows > up) {
                draw_cell(f, p, b, &row->cells[i], rows - up);
            }
        }
    }
}

static bool has_edges(const struct style *s)
{
    return s->border > 0 && s->border_sides == STYLE_SIDES_ALL;
}

/* Rules between columns, but not through cells, and the edges of the table. */
static void draw_columns(struct flow *f, struct page *p, const struct band *b)
{
    const struct flow_table *t = b->row->table;
    const struct style *s = t->box->style;
    len height = b->bottom - b->top;
    for (uint32_t i = 1; i < t->n && s->column_rule > 0; i++) {
        if (b->row->spans && (b->row->spans[i] & FLOW_SPANS_FROM)) {
            continue;
        }
        len x = t->rtl ? t->width - t->columns[i].x : t->columns[i].x;
        fill(f, p, (struct page_rect){b->x + x - s->column_rule / 2, b->top,
                                      s->column_rule, height}, s->rule_color);
    }
    if (has_edges(s)) {
        fill(f, p, (struct page_rect){b->x, b->top, s->border, height}, s->border_color);
        fill(f, p, (struct page_rect){b->x + t->width - s->border, b->top, s->border,
                                      height}, s->border_color);
    }
}

/* Backgrounds of rows before those of cells, which may reach into the next rows. */
void flow_place_tables(struct flow *f, struct page *p, const struct flow_framed *s)
{
    for (size_t i = s->range.first; i < s->range.last;) {
        if (!is_row(s, i)) {
            i++;
            continue;
        }
        struct band b = band_at(s, i);
        struct page_rect r = {b.x, b.top, b.row->table->width, b.bottom - b.top};
        fill(f, p, r, b.row->background);
        i = b.last;
    }
    for (size_t i = s->range.first; i < s->range.last;) {
        if (!is_row(s, i)) {
            i++;
            continue;
        }
        struct band b = band_at(s, i);
        if (i == s->range.first) {
            draw_reaching(f, p, &b);
        }
        for (uint32_t k = 0; k < b.row->n; k++) {
            draw_cell(f, p, &b, &b.row->cells[k], b.row->cells[k].box->span_rows);
        }
        draw_columns(f, p, &b);
        i = b.last;
    }
}

/* Between rows of a head without a grid, only headings over several columns have a rule
 * below them, as wide as their text may be. */
static bool is_group_of_heads(const struct flow_row *row)
{
    const struct style *s = row->table->box->style;
    const struct box *box = row->n ? row->cells[0].box->parent : NULL;
    return box && box->header && box->next && box->next->header && !s->column_rule &&
           !s->row_rule;
}

static void rules_below_heads(struct flow *f, struct page *p, const struct flow_row *row,
                              struct page_rect r)
{
    for (uint32_t i = 0; i < row->n; i++) {
        const struct flow_cell *c = &row->cells[i];
        if (c->box->span_columns > 1 && c->box->span_rows == 1) {
            fill(f, p, (struct page_rect){r.x + c->x, r.y, c->width, r.height},
                 row->below_color);
        }
    }
}

/* A rule below a row is left out where a cell goes on. */
static void rule_below(struct flow *f, struct page *p, const struct flow_row *row,
                       struct page_rect r)
{
    const struct flow_table *t = row->table;
    if (t && is_group_of_heads(row)) {
        rules_below_heads(f, p, row, r);
        return;
    }
    if (!t || !row->spans) {
        fill(f, p, r, row->below_color);
        return;
    }
    for (uint32_t i = 0, j; i < t->n; i = j) {
        bool on = row->spans[i] & FLOW_SPANS_ON;
        len width = 0;
        for (j = i; j < t->n && (row->spans[j] & FLOW_SPANS_ON) == on; j++) {
            width += t->columns[j].width;
        }
        len x = t->rtl ? t->width - t->columns[i].x - width : t->columns[i].x;
        if (!on) {
            fill(f, p, (struct page_rect){r.x + x, r.y, width, r.height},
                 row->below_color);
        }
    }
}

void flow_place_row(struct flow *f, struct page *p, const struct flow_line *l, len x,
                    len y)
{
    const struct flow_row *row = l->row;
    fill(f, p, (struct page_rect){x, y, l->width, row->rule_above}, row->above_color);
    for (uint32_t i = 0; i < row->n; i++) {
        const struct flow_cell *c = &row->cells[i];
        flow_place_lines(f, p, &c->lines, x + c->x, y + row->rule_above + c->y);
    }
    len below = y + l->height - row->rule_below;
    rule_below(f, p, row, (struct page_rect){x, below, l->width, row->rule_below});
}

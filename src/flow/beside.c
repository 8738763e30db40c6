/* SPDX-License-Identifier: MIT
 *
 * Boxes side by side. As many as fit, each at least as wide as it must be, stand in a
 * row, which is one line; the rows are filled evenly. They belong to what stands before
 * them, as signatures do: a page that begins with them is a stranded one. */
#include "flow/measure.h"

/* Boxes that have room to spare do not take all of it: this share of their least. */
enum { WIDEST_PERCENT = 140 };

struct grid {
    uint32_t a_row; /* boxes in a row */
    len width, gap;
};

static struct grid share_width(const struct measure *m, const struct box *box, uint32_t n)
{
    len least = box->least_width < m->width ? box->least_width : m->width;
    least = least > 0 ? least : 1;
    uint32_t fit = (uint32_t)(((len64)m->width + box->gap) / ((len64)least + box->gap));
    uint32_t rows = (n + fit - 1) / fit;
    struct grid g = {.a_row = (n + rows - 1) / rows, .gap = box->gap};
    len64 gaps = (len64)g.gap * (g.a_row - 1);
    len64 width = (m->width - gaps) / g.a_row;
    len64 widest = (len64)least * WIDEST_PERCENT / 100;
    g.width = (len)(width < widest ? width : widest);
    return g;
}

static len measure_cell(struct measure *m, struct flow_cell *cell, const struct box *box,
                        const struct grid *g)
{
    struct measure inside = {.f = m->f, .out = &cell->lines, .full = g->width,
                             .width = g->width};
    cell->box = box;
    cell->width = g->width;
    flow_measure_box(&inside, box);
    cell->y = cell->lines.n ? cell->lines.v[0].before : 0;
    len64 height = cell->y + flow_height(&cell->lines, 0, cell->lines.n);
    return (len)(height < LEN_MAX / 2 ? height : LEN_MAX / 2);
}

static bool reads_from_right(const struct flow_row *row)
{
    for (uint32_t i = 0; i < row->n; i++) {
        for (size_t k = 0; k < row->cells[i].lines.n; k++) {
            if (row->cells[i].lines.v[k].rtl) {
                return true;
            }
        }
    }
    return false;
}

/* A row of boxes from `box` on; gives the first one behind it. */
static const struct box *add_row(struct measure *m, const struct box *box,
                                 const struct grid *g)
{
    struct flow_row *row = NEW(&m->f->work, struct flow_row);
    const struct box *parent = box->parent;
    len height = 0;
    row->cells = NEW_ARRAY(&m->f->work, struct flow_cell, g->a_row);
    for (; box && row->n < g->a_row; box = box->next, row->n++) {
        len own = measure_cell(m, &row->cells[row->n], box, g);
        height = own > height ? own : height;
    }
    bool rtl = reads_from_right(row);
    for (uint32_t i = 0; i < row->n; i++) {
        len x = (len)(((len64)g->width + g->gap) * i);
        row->cells[i].x = rtl ? m->width - x - g->width : x;
    }
    struct flow_line *line = flow_add_line(m, parent);
    line->kind = FLOW_ROW;
    line->row = row;
    line->x = rtl ? m->full - m->x - m->width : m->x;
    line->width = m->width;
    line->height = height;
    line->rtl = rtl;
    return box;
}

void flow_measure_beside(struct measure *m, const struct box *box)
{
    uint32_t n = 0;
    for (const struct box *child = box->first; child; child = child->next) {
        n++;
    }
    if (n == 0) {
        return;
    }
    int32_t stranded = m->f->layout->breaking.stranded / 2;
    m->penalty = m->penalty > stranded ? m->penalty : stranded;
    struct grid g = share_width(m, box, n);
    for (const struct box *child = box->first; child;) {
        child = add_row(m, child, &g);
    }
}

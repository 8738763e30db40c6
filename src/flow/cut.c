/* SPDX-License-Identifier: MIT
 *
 * In: rows that are together higher than a page. Out: parts of them, each a line, between
 * which pages may end. A part ends where the next line of any cell does; it holds all
 * lines that end there. What stands before the next part is what the row had there, less
 * than nothing where a line of another cell reaches up: without a page break everything
 * stands where it stood in the row, behind one it begins at the top. So that nothing
 * reaches above that, a part begins where the first of all lines does that reach into it;
 * breaks beside something high, such as a picture, cost something.
 *
 * Footnotes come out with the part that has their mark, so they change their order: cell
 * by cell becomes part by part. */
#include "flow/measure.h"

/* A cell that has lines left; tops and bottoms count from the first row's top. */
struct left {
    const struct flow_cell *cell;
    size_t next;      /* line */
    len64 top, bottom; /* of that line */
    uint32_t row, nth; /* which row's, which of its cells */
};

struct cutter {
    struct measure *m;
    const struct flow_joined *group;
    VEC(struct left) open;   /* cells of the rows so far that have lines left */
    VEC(uint32_t) order;     /* notes, in the order of parts */
    VEC(uint32_t) moved;     /* where each of them was */
    uint32_t notes;          /* before the group */
    len64 row_top, row_end;  /* of the row at hand */
    len64 end;               /* of the last part */
    size_t line;             /* the last part's, or SIZE_MAX: none of this row */
};

static struct flow_line *line_of(const struct left *l, size_t i)
{
    return &l->cell->lines.v[i];
}

/* From the end of the line before to the end of the next one. */
static void measure_next(struct left *l, len64 from)
{
    const struct flow_line *line = line_of(l, l->next);
    l->top = from + (l->next ? line->before : line->open_above);
    l->bottom = l->top + flow_line_height(line);
}

static void open_row(struct cutter *c, uint32_t number)
{
    const struct flow_joined_row *g = &c->group->v[number];
    for (uint32_t i = 0; i < g->row->n; i++) {
        struct left left = {.cell = &g->row->cells[i], .row = number, .nth = i};
        if (left.cell->lines.n) {
            measure_next(&left, c->row_top + g->row->rule_above + left.cell->y);
            vec_push(&c->m->f->work, &c->open, left);
        }
    }
    c->line = SIZE_MAX;
}

/* Where the notes that are marked on a line of a cell end, in the old order. */
static uint32_t notes_behind(const struct cutter *c, const struct left *l)
{
    if (l->next + 1 < l->cell->lines.n) {
        return line_of(l, l->next + 1)->notes;
    }
    uint32_t nth = l->nth + 1;
    for (uint32_t r = l->row; r < c->group->n; r++, nth = 0) {
        const struct flow_row *row = c->group->v[r].row;
        for (; nth < row->n; nth++) {
            if (row->cells[nth].lines.n) {
                return row->cells[nth].lines.v[0].notes;
            }
        }
    }
    return (uint32_t)c->m->f->order.n;
}

static void take_notes(struct cutter *c, const struct left *l)
{
    struct arena *a = &c->m->f->work;
    uint32_t last = notes_behind(c, l);
    for (uint32_t i = line_of(l, l->next)->notes; i < last; i++) {
        vec_push(a, &c->order, c->m->f->order.v[i]);
        vec_push(a, &c->moved, i);
    }
}

/* The line of `l` into a part that begins at `top`; how much room it needs. */
static len take_line(struct cutter *c, struct left *l, len64 top, struct flow_cell *to)
{
    *to = *l->cell;
    to->lines.v = line_of(l, l->next);
    to->lines.n = to->lines.cap = 1;
    to->y = (len)(l->top > top ? l->top - top : 0);
    to->y -= l->next == 0 && to->y >= to->lines.v[0].open_above
                 ? to->lines.v[0].open_above : 0;
    to->below = 0;
    take_notes(c, l);
    len64 from = l->bottom;
    len64 need = to->y + flow_height(&to->lines, 0, 1);
    if (++l->next < l->cell->lines.n) {
        measure_next(l, from);
    }
    return (len)(need < LEN_MAX / 2 ? need : LEN_MAX / 2);
}

/* Where a part that ends at `end` begins, how many lines it has, and what a break before
 * it costs. */
static len64 top_of_part(const struct cutter *c, len64 end, int32_t *penalty,
                         uint32_t *n)
{
    len64 top = end;
    for (size_t i = 0; i < c->open.n; i++) {
        const struct left *l = &c->open.v[i];
        const struct flow_line *line = line_of(l, l->next);
        int32_t own = l->next && l->bottom <= end ? line->penalty : 0;
        bool beside = c->end - l->top > line->box->style->leading;
        own = beside ? c->m->f->layout->breaking.widow : own;
        *penalty = own > *penalty ? own : *penalty;
        top = l->top < top ? l->top : top;
        *n += l->bottom <= end;
    }
    return top;
}

static void drop_empty(struct cutter *c)
{
    size_t kept = 0;
    for (size_t i = 0; i < c->open.n; i++) {
        if (c->open.v[i].next < c->open.v[i].cell->lines.n) {
            c->open.v[kept++] = c->open.v[i];
        }
    }
    c->open.n = kept;
}

/* Where a page divides the row, its text has the same room above and below as whole; what
 * is above goes below the head that stands there again. */
static void set_padding(const struct box *row, struct flow_line *line,
                        struct flow_row *part, bool begins)
{
    const struct style *s = row->first ? row->first->style : row->style;
    part->open_above = begins ? 0 : s->space_before;
    part->open_below = s->space_after;
    line->open_below += part->open_below;
}

/* A part of row `number` up to `end`, with all lines that end there. */
static void add_part(struct cutter *c, uint32_t number, len64 end)
{
    struct measure *m = c->m;
    const struct flow_joined_row *g = &c->group->v[number];
    struct flow_row *part = NEW(&m->f->work, struct flow_row);
    bool begins = c->line == SIZE_MAX;
    int32_t penalty = 0;
    uint32_t n = 0;
    len64 top = top_of_part(c, end, &penalty, &n);
    top = begins ? c->row_top : top;
    *part = *g->row;
    part->whole = g->row;
    part->rule_above = begins ? g->row->rule_above : 0;
    part->rule_below = 0;
    part->cells = NEW_ARRAY(&m->f->work, struct flow_cell, n);
    part->n = 0;
    part->least = (len)(end - top) - part->rule_above;
    uint32_t notes = c->notes + (uint32_t)c->order.n;
    for (size_t i = 0; i < c->open.n; i++) {
        if (c->open.v[i].bottom <= end && part->n < n) {
            len need = take_line(c, &c->open.v[i], top + part->rule_above,
                                 &part->cells[part->n++]);
            part->least = need > part->least ? need : part->least;
        }
    }
    drop_empty(c);
    if (c->end > 0 || number > 0) { /* not the first part */
        m->penalty = penalty;
        m->space = (len)(top - c->end);
    }
    flow_add_row(m, g->box, part);
    struct flow_line *line = &m->out->v[m->out->n - 1];
    line->height = part->least + part->rule_above;
    line->notes = notes;
    set_padding(g->box, line, part, begins);
    c->line = m->out->n - 1;
    c->end = end;
}

/* The last part of a row has what is below its text. */
static void close_row(struct cutter *c, uint32_t number)
{
    if (c->line == SIZE_MAX) {
        add_part(c, number, c->row_end > c->row_top ? c->row_end : c->row_top);
    }
    struct flow_line *line = &c->m->out->v[c->line];
    struct flow_row *part = NEW(&c->m->f->work, struct flow_row);
    *part = *line->row;
    part->rule_below = c->group->v[number].row->rule_below;
    line->open_below -= part->open_below;
    part->open_below = 0;
    line->row = part;
    len64 more = c->row_end - c->end;
    line->height += (len)(more > 0 ? more : part->rule_below);
    c->end = more > 0 ? c->row_end : c->end + part->rule_below;
    c->row_top = c->end;
}

/* The end of the line that ends next. */
static len64 next_end(const struct cutter *c)
{
    len64 end = INT64_MAX;
    for (size_t i = 0; i < c->open.n; i++) {
        end = c->open.v[i].bottom < end ? c->open.v[i].bottom : end;
    }
    return end;
}

/* Notes that are marked in a note are before its `end`, which moves with it. */
static void reorder_notes(struct cutter *c)
{
    struct flow *f = c->m->f;
    for (size_t i = 0; i < c->order.n; i++) {
        uint32_t at = c->notes + (uint32_t)i;
        struct flow_note *note = &f->notes[c->order.v[i]];
        note->end = note->end - c->moved.v[i] + at;
        f->order.v[at] = c->order.v[i];
    }
}

void flow_cut_rows(struct measure *m, const struct flow_joined *g)
{
    struct cutter c = {.m = m, .group = g, .notes = g->v[0].notes};
    for (uint32_t i = 0; i < g->n; i++) {
        bool last = i + 1 == g->n;
        c.row_end = c.row_top + g->v[i].height;
        g->v[i].row->above = i > 0 ? g->v[i - 1].row : NULL;
        open_row(&c, i);
        len64 text_end = c.row_end - g->v[i].row->rule_below;
        for (len64 end = next_end(&c); c.open.n && (last || end <= text_end);
             end = next_end(&c)) {
            add_part(&c, i, end);
        }
        close_row(&c, i);
    }
    reorder_notes(&c);
}

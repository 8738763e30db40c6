/* SPDX-License-Identifier: MIT
 *
 * Tables to rows. A row is one line, which no page break divides; rows that a cell joins
 * stay together. Only of rows that are together higher than a page, with what they need
 * of their notes, parts become lines of their own: cut.c. The rows of the head stand
 * again above each part of the table. */
#include "flow/measure.h"

#include "flow/data.h"

enum {
    ROW_ALONE = 4,    /* a row parted from its table costs this share of a widow */
    LONG_TABLE = 400, /* rows from data; in more, pages end where they are full */
    LOOSE_END = 200,  /* but for the last rows */
};

/* A cell that reaches into rows below the one at hand. */
struct reach {
    uint32_t rows;     /* still to come, with the one at hand */
    bool goes_on_from; /* the column before belongs to the same cell */
    len height;        /* that its text still needs */
};

struct rows {
    struct flow_table t;
    struct reach *reaches;         /* by column */
    struct flow_joined group;       /* rows that wait to be lines */
    const struct flow_lines *head; /* to be repeated; or NULL */
    const struct flow_lines *head_of_parts;
    struct arena *arena;
    const struct box *before;      /* the row before, and its rule */
    len rule_before;
    bool shaded;                   /* the group at hand */
};

static len thicker(len a, len b)
{
    return a > b ? a : b;
}

static len width_of(const struct flow_table *t, const struct box *cell)
{
    len width = 0;
    for (uint32_t i = 0; i < cell->span_columns; i++) {
        width += t->columns[cell->column + i].width;
    }
    return width;
}

/* The lines of a cell, from the corner of its row. */
static void measure_cell(struct measure *m, const struct flow_table *t,
                         struct flow_cell *cell)
{
    const struct style *s = cell->box->style;
    const struct flow_column *c = &t->columns[cell->box->column];
    len width = width_of(t, cell->box);
    cell->x = t->rtl ? t->width - c->x - width + s->indent_end : c->x + s->indent_start;
    cell->y = s->space_before;
    cell->below = s->space_after;
    cell->width = width - s->indent_start - s->indent_end;
    struct measure inside = {.f = m->f, .out = &cell->lines, .full = cell->width,
                             .width = cell->width};
    const struct box *first = cell->box->first;
    for (const struct box *p = first; p; p = p->next) {
        flow_measure_box(&inside, p);
    }
    bool number = first && first->decimal && cell->lines.n == 1;
    if (number && cell->box->span_columns == 1) {
        len point = cell->width - c->after;
        cell->lines.v[0].x = point - flow_width_before_point(m->f, first);
    }
}

static len cell_height(const struct flow_cell *c)
{
    len64 height = c->y + flow_height(&c->lines, 0, c->lines.n) + c->below;
    return (len)(height < LEN_MAX / 2 ? height : LEN_MAX / 2);
}

/* Cells that go on below count in their last row. */
static len row_height(const struct flow_row *row)
{
    len height = row->least;
    for (uint32_t i = 0; i < row->n; i++) {
        if (row->cells[i].box->span_rows == 1) {
            len own = cell_height(&row->cells[i]);
            height = own > height ? own : height;
        }
    }
    return height + row->rule_above + row->rule_below;
}

void flow_add_row(struct measure *m, const struct box *box, const struct flow_row *row)
{
    const struct flow_table *t = row->table;
    len room = m->width - t->width;
    enum style_align align = t->box->style->block_align;
    bool end = align == STYLE_END || align == (t->rtl ? STYLE_LEFT : STYLE_RIGHT);
    len in = align == STYLE_CENTER ? room / 2 : end ? room : 0;
    in = m->x + (in > 0 ? in : 0); /* from the side where text begins */
    struct flow_line *line = flow_add_line(m, box);
    line->kind = FLOW_ROW;
    line->row = row;
    line->rtl = t->rtl;
    line->x = t->rtl ? m->full - in - t->width : in;
    line->width = t->width;
    line->height = row_height(row);
}

/* Cells have their rules for the whole row; a foot has one above its first row. */
static void cell_rules(const struct rows *r, const struct box *box, struct flow_row *row)
{
    bool goes_on = box->foot && r->before && r->before->foot;
    for (const struct box *cell = box->first; cell; cell = cell->next) {
        const struct style *s = cell->style;
        if (s->rule_above > row->rule_above && !goes_on) {
            row->rule_above = s->rule_above;
            row->above_color = s->rule_color;
        }
        if (s->rule_below > row->rule_below) {
            row->rule_below = s->rule_below;
            row->below_color = s->rule_color;
        }
    }
}

/* The table's rules are those above its first and below its last row. Of two rules that
 * meet, the thicker one is drawn. */
static void set_rules(struct rows *r, const struct box *box, struct flow_row *row)
{
    const struct style *s = r->t.box->style, *own = box->style;
    len around = s->border_sides == STYLE_SIDES_START ? 0 : s->border;
    bool between = s->row_rule > own->rule_below;
    row->rule_above = own->rule_above;
    row->above_color = own->rule_color;
    row->rule_below = between ? s->row_rule : own->rule_below;
    row->below_color = between ? s->rule_color : own->rule_color;
    cell_rules(r, box, row);
    if (!r->before) {
        row->rule_above = thicker(s->rule_above, around);
        row->above_color = s->rule_color;
    } else if (row->rule_above <= r->rule_before) {
        row->rule_above = 0;
    }
    if (!box->next && !(r->t.data && box->header)) {
        row->rule_below = thicker(s->rule_below, around);
        row->below_color = s->rule_color;
    }
    r->before = box;
    r->rule_before = row->rule_below;
}

/* What the cells of this row, and those that reach into it, do to its columns. */
static void mark_spans(struct rows *r, struct flow_row *row)
{
    uint8_t *spans = NULL;
    for (uint32_t i = 0; i < r->t.n; i++) {
        const struct reach *reach = &r->reaches[i];
        uint8_t marks = (uint8_t)((reach->rows > 1 ? FLOW_SPANS_ON : 0) |
                                  (reach->rows && reach->goes_on_from ? FLOW_SPANS_FROM
                                                                      : 0));
        if (marks && !spans) {
            spans = NEW_ARRAY(r->arena, uint8_t, r->t.n);
        }
        if (spans) {
            spans[i] = marks;
        }
    }
    row->spans = spans;
}

static void reach_out(struct rows *r, const struct flow_cell *cell)
{
    const struct box *box = cell->box;
    if (box->span_rows == 1 && box->span_columns == 1) {
        return;
    }
    for (uint32_t i = 0; i < box->span_columns; i++) {
        bool first = i == 0, below = box->span_rows > 1;
        r->reaches[box->column + i] = (struct reach){
            box->span_rows, !first, first && below ? cell_height(cell) : 0};
    }
}

static struct flow_row *make_row(struct measure *m, struct rows *r, const struct box *box)
{
    struct flow_row *row = NEW(&m->f->work, struct flow_row);
    for (const struct box *cell = box->first; cell; cell = cell->next) {
        row->n++;
    }
    row->cells = NEW_ARRAY(&m->f->work, struct flow_cell, row->n);
    row->table = &r->t;
    const struct box *cell = box->first;
    for (uint32_t i = 0; i < row->n; i++, cell = cell->next) {
        row->cells[i].box = cell;
        measure_cell(m, &r->t, &row->cells[i]);
        reach_out(r, &row->cells[i]);
    }
    for (uint32_t i = 0; i < r->t.n; i++) {
        if (r->reaches[i].rows == 1 && r->reaches[i].height > row->least) {
            row->least = r->reaches[i].height;
        }
    }
    mark_spans(r, row);
    set_rules(r, box, row);
    return row;
}

/* A row of `height` is set; true if cells reach beyond it. */
static bool reach_on(struct rows *r, len height)
{
    bool any = false;
    for (uint32_t i = 0; i < r->t.n; i++) {
        struct reach *reach = &r->reaches[i];
        reach->rows -= reach->rows > 0;
        reach->height = reach->height > height ? reach->height - height : 0;
        any = any || reach->rows > 0;
    }
    return any;
}

/* The height of a page's body: what rows may have together at most. */
static len64 height_limit(const struct measure *m, const struct flow_lines *head)
{
    const struct layout *l = m->f->layout;
    len64 body = l->page.height - l->page.top - l->page.bottom - flow_frame_room(m);
    len64 limit = body - (head ? flow_height(head, 0, head->n) : 0);
    return limit > body / 2 ? limit : body / 2;
}

/* Headings end above the rule below them, however many lines their neighbours have. */
static void lower_headings(const struct rows *r)
{
    for (size_t i = 0; i < r->group.n; i++) {
        const struct flow_joined_row *g = &r->group.v[i];
        for (uint32_t k = 0; g->box->header && k < g->row->n; k++) {
            struct flow_cell *cell = &g->row->cells[k];
            len64 room = -cell_height(cell);
            for (uint32_t n = 0; n < cell->box->span_rows && i + n < r->group.n; n++) {
                room += r->group.v[i + n].height;
            }
            room -= g->row->rule_above;
            room -= r->group.v[i + cell->box->span_rows - 1].row->rule_below;
            cell->y += room > 0 ? (len)room : 0;
        }
    }
}

static void add_whole_rows(struct measure *m, struct rows *r)
{
    lower_headings(r);
    for (size_t i = 0; i < r->group.n; i++) {
        const struct flow_joined_row *g = &r->group.v[i];
        m->keep = m->keep || i > 0;
        flow_add_row(m, g->box, g->row);
        m->out->v[m->out->n - 1].notes = g->notes;
    }
}

/* The head with room below it: the part of a row that follows has none above. */
static const struct flow_lines *head_above_part(struct measure *m, struct rows *r,
                                                const struct flow_line *part)
{
    if (r->head && !r->head_of_parts) {
        struct flow_lines *head = NEW(&m->f->work, struct flow_lines);
        for (size_t i = 0; i < r->head->n; i++) {
            vec_push(&m->f->work, head, r->head->v[i]);
        }
        struct flow_line room = {.kind = FLOW_TEXT, .box = part->box,
                                 .height = part->row->open_above};
        vec_push(&m->f->work, head, room);
        r->head_of_parts = head;
    }
    return r->head_of_parts;
}

/* The rows that wait become lines. */
static void add_group(struct measure *m, struct rows *r)
{
    size_t first = m->out->n;
    len64 height = 0;
    for (size_t i = 0; i < r->group.n; i++) {
        height += r->group.v[i].height;
    }
    uint32_t notes = r->group.n ? r->group.v[0].notes : 0;
    height += flow_least_notes_height(m->f, notes, (uint32_t)m->f->order.n);
    if (height > height_limit(m, r->head)) {
        flow_cut_rows(m, &r->group);
    } else {
        add_whole_rows(m, r);
    }
    for (size_t i = first; i < m->out->n; i++) {
        struct flow_line *line = &m->out->v[i];
        line->repeat = line->row->open_above ? head_above_part(m, r, line) : r->head;
    }
    r->group.n = 0;
}

static struct color background_of(const struct rows *r, const struct box *box)
{
    const struct style *table = r->t.box->style;
    if (box->style->background.space != COLOR_NONE) {
        return box->style->background;
    }
    bool shaded = r->shaded && !box->header && !box->foot;
    return shaded && table->zebra.space != COLOR_NONE ? table->zebra : table->background;
}

static void measure_row(struct measure *m, struct rows *r, const struct box *box)
{
    struct flow_joined_row g = {.box = box, .notes = (uint32_t)m->f->order.n};
    g.row = make_row(m, r, box);
    g.row->background = background_of(r, box);
    g.height = row_height(g.row);
    vec_push(&m->f->work, &r->group, g);
    if (!reach_on(r, g.height)) {
        add_group(m, r);
        r->shaded = !box->header && !r->shaded;
    }
}

/* The head's rows once more, for the pages on which the table goes on, below its name if
 * the layout asks for it. */
static const struct flow_lines *copy_head(struct measure *m, const struct box *table,
                                          size_t first)
{
    struct flow_lines *head = NEW(&m->f->work, struct flow_lines);
    if (table->continued) {
        struct measure name = {.f = m->f, .out = head, .full = m->full, .x = m->x,
                               .width = m->width};
        flow_measure_box(&name, table->continued);
    }
    len gap = table->continued ? table->continued->style->space_after : 0;
    for (size_t i = first; i < m->out->n; i++) {
        struct flow_line line = m->out->v[i];
        line.before = i == first ? gap : line.before;
        vec_push(&m->f->work, head, line);
    }
    return head;
}

/* --- Rows from data --- */

/* What differs from row to row is what other rows have: asked once for each kind. */
static void set_kinds(struct rows *r, struct flow_data *d)
{
    bool ends = !(r->t.box->last && r->t.box->last->foot);
    bool single = flow_data_count(d) == 1;
    const enum flow_data_kind last = single ? FLOW_DATA_FIRST : FLOW_DATA_LAST;
    for (int i = FLOW_DATA_FIRST; i < FLOW_DATA_KINDS; i++) {
        struct flow_row *row = &d->rows[i];
        *row = (struct flow_row){.cells = d->cells, .n = d->table.n, .table = &d->table};
        d->sample->next = ends && i == (int)last ? NULL : d->sample;
        if (i == FLOW_DATA_FIRST || !single) {
            set_rules(r, d->sample, row);
        }
    }
    bool first = r->shaded;
    d->backgrounds[0] = background_of(r, d->sample);
    r->shaded = !first;
    d->backgrounds[1] = background_of(r, d->sample);
    r->shaded = first != (flow_data_count(d) % 2 == 1);
}

/* Room for the lines of all rows at once: growing by halves would leave the halves. */
static void make_room(struct measure *m, size_t rows)
{
    struct flow_lines *out = m->out;
    size_t cap = out->n + rows + 64;
    if (rows > LONG_TABLE && cap > out->cap) {
        out->v = arena_grow(&m->f->work, out->v, out->n * sizeof *out->v,
                            cap * sizeof *out->v);
        out->cap = cap;
    }
}

static void add_data_row(struct measure *m, struct rows *r, uint32_t row, len height)
{
    struct flow_data *d = r->t.data;
    uint32_t rows = flow_data_count(d);
    enum flow_data_kind kind = row == 0          ? FLOW_DATA_FIRST
                               : row + 1 == rows ? FLOW_DATA_LAST
                                                 : FLOW_DATA_INNER;
    const struct flow_row *like = &d->rows[kind];
    d->heights[row] = height + like->rule_above + like->rule_below;
    if (d->heights[row] > height_limit(m, r->head)) {
        bool behind = r->shaded;
        r->shaded = behind != ((rows - row) % 2 == 1);
        measure_row(m, r, flow_data_boxes(m, d, row));
        r->shaded = behind;
        return;
    }
    struct flow_row bare = {.table = &d->table};
    flow_add_row(m, r->t.box, &bare);
    struct flow_line *line = &m->out->v[m->out->n - 1];
    line->kind = FLOW_DATA;
    line->row = NULL;
    line->data = d;
    line->data_row = row;
    line->height = d->heights[row];
    line->repeat = r->head;
    line->dense = rows > LONG_TABLE && row > 1 && row + LOOSE_END < rows &&
                  line->penalty == 0;
}

/* Behind the rows that are boxes, but before the foot. */
static void measure_data(struct measure *m, struct rows *r)
{
    struct flow_data *d = r->t.data;
    uint32_t rows = flow_data_count(d);
    flow_data_begin(m, &r->t);
    set_kinds(r, d);
    make_room(m, rows);
    struct flow_setting s;
    flow_data_set_up(&s, d, m->f->sink);
    s.f.arena = &s.arena;
    for (uint32_t row = 0; row < rows; row++) {
        bool last = row + 1 == rows && d->sample->next == NULL;
        if (row == 1 || (row > 0 && last)) {
            m->penalty = m->f->layout->breaking.widow / ROW_ALONE;
        }
        add_data_row(m, r, row, flow_data_height(&s, d, row));
    }
    flow_data_done(&s);
}

/* Rows that are no part of the head begin. */
static void end_head(struct measure *m, struct rows *r, size_t first)
{
    if (!r->head && m->out->n > first) {
        r->head = copy_head(m, r->t.box, first);
        m->keep = true; /* a head is never alone */
    }
}

void flow_measure_table(struct measure *m, const struct box *box)
{
    struct rows *r = NEW(&m->f->work, struct rows);
    r->t.box = box;
    r->arena = &m->f->work;
    flow_measure_widths(m, &r->t);
    r->reaches = NEW_ARRAY(&m->f->work, struct reach, r->t.n);
    int32_t alone = m->f->layout->breaking.widow / ROW_ALONE;
    size_t first = m->out->n, rows = 0;
    bool data = r->t.data != NULL;
    for (const struct box *row = box->first; row || data; row = row ? row->next : NULL) {
        if (data && (!row || row->foot)) {
            end_head(m, r, first);
            measure_data(m, r);
            data = false;
        }
        if (!row) {
            break;
        }
        bool begins = r->group.n == 0, waits = !r->head;
        m->keep = m->keep || (row->header && row != box->first);
        if (!row->header && waits && m->out->n > first) {
            end_head(m, r, first);
        } else if (!row->header && begins && (rows == 1 || !row->next || row->foot)) {
            m->penalty = alone;
        }
        rows += !row->header;
        measure_row(m, r, row);
    }
    add_group(m, r);
}

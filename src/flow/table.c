/* SPDX-License-Identifier: MIT
 *
 * Tables to rows. Widths come from the content, as in HTML's automatic layout: a column
 * is at least as wide as its widest word, at most as wide as its longest cell; what lies
 * between is shared out in proportion. A row is one line, which no page break divides;
 * but of a row that is higher than a page, every line is a row of its own. */
#include "flow/measure.h"

enum { ROW_ALONE = 4 }; /* a row parted from its table costs this share of a widow */

struct column {
    len least, most;   /* with the room beside the text */
    len before, after; /* the point of its decimal numbers */
    len width, x;
};

struct table {
    const struct box *box;
    struct column *columns;
    uint32_t n;
    struct reach *reaches; /* by column */
    len width;
    bool rtl;
};

/* A cell that reaches into rows below the one at hand. */
struct reach {
    uint32_t rows; /* still to come, with the one at hand */
    len height;    /* that its text still needs */
};

/* What a paragraph needs: its widest piece that cannot be broken, and all of it. */
static void paragraph_widths(struct flow *f, const struct box *box, struct column *c,
                             bool *rtl)
{
    struct text_para_request request = {flow_late_spans(f, &box->spans), box->spans.n,
                                        false, f->tree->lang};
    struct text_para *p = text_para_new(f->engine, &request, &f->scratch, f->sink);
    len64 all = 0, word = 0;
    for (size_t i = 0; i < p->n; i++) {
        const struct text_item *t = &p->items[i];
        bool emergency = t->kind == TEXT_BREAK && (t->flags & TEXT_BREAK_EMERGENCY);
        bool forced = t->kind == TEXT_BREAK && (t->flags & TEXT_BREAK_FORCED);
        bool ends = (t->kind == TEXT_GLUE && !t->no_break) ||
                    (t->kind == TEXT_BREAK && !emergency);
        all += t->kind == TEXT_BREAK ? 0 : t->width;
        word = ends ? 0 : word + (t->kind == TEXT_BREAK ? 0 : t->width);
        c->least = word > c->least ? (len)word : c->least;
        c->most = all > c->most ? (len)(all < LEN_MAX ? all : LEN_MAX) : c->most;
        all = forced ? 0 : all;
    }
    *rtl = *rtl || (p->n > 1 && p->rtl);
    arena_reset(&f->scratch);
}

/* The width of a number up to its point: the last `.` or `,` with only digits behind. */
static len width_before_point(struct flow *f, const struct box *p)
{
    str text = p->spans.n == 1 ? p->spans.v[0].text : STR_NONE;
    size_t at = text.n;
    while (at > 0 && text.p[at - 1] >= '0' && text.p[at - 1] <= '9') {
        at--;
    }
    bool point = at > 0 && at < text.n &&
                 (text.p[at - 1] == '.' || text.p[at - 1] == ',');
    struct text_span head = p->spans.n ? p->spans.v[0] : (struct text_span){0};
    head.text = point ? str_sub(text, 0, at - 1) : text;
    struct tree_spans spans = {&head, 1, 1};
    struct box number = *p;
    number.spans = p->spans.n == 1 ? spans : p->spans;
    struct column c = {0};
    bool rtl = false;
    paragraph_widths(f, &number, &c, &rtl);
    return c.most;
}

static void measure_decimal(struct flow *f, const struct box *p, len whole,
                            struct column *c)
{
    len before = width_before_point(f, p), after = whole - before;
    c->before = before > c->before ? before : c->before;
    c->after = after > c->after ? after : c->after;
}

/* What a cell needs, with the room beside its text. */
static struct column cell_needs(struct measure *m, struct table *t,
                                const struct box *cell)
{
    struct column need = {0};
    for (const struct box *p = cell->first; p; p = p->next) {
        paragraph_widths(m->f, p, &need, &t->rtl);
    }
    if (cell->first && cell->first->decimal) {
        struct column *c = &t->columns[cell->column];
        measure_decimal(m->f, cell->first, need.most, c);
        need.least = need.most = c->before + c->after;
    }
    len beside = cell->style->indent_start + cell->style->indent_end;
    need.least += beside;
    need.most += beside;
    return need;
}

/* A cell over several columns: what they lack is shared out evenly. */
static void widen(struct table *t, const struct box *cell, struct column need)
{
    len64 least = 0, most = 0;
    uint32_t n = cell->span_columns;
    for (uint32_t i = 0; i < n; i++) {
        least += t->columns[cell->column + i].least;
        most += t->columns[cell->column + i].most;
    }
    for (uint32_t i = 0; i < n; i++) {
        struct column *c = &t->columns[cell->column + i];
        c->least += need.least > least ? (len)((need.least - least) / n) : 0;
        c->most += need.most > most ? (len)((need.most - most) / n) : 0;
        c->most = c->most < c->least ? c->least : c->most;
    }
}

/* Cells of one column first, so that wider ones ask only for what is still missing. */
static void measure_columns(struct measure *m, struct table *t)
{
    for (int wide = 0; wide < 2; wide++) {
        for (const struct box *row = t->box->first; row; row = row->next) {
            for (const struct box *cell = row->first; cell; cell = cell->next) {
                if ((cell->span_columns > 1) != wide) {
                    continue;
                }
                struct column need = cell_needs(m, t, cell);
                struct column *c = &t->columns[cell->column];
                if (wide) {
                    widen(t, cell, need);
                    continue;
                }
                c->least = need.least > c->least ? need.least : c->least;
                c->most = need.most > c->most ? need.most : c->most;
            }
        }
    }
}

static void report_too_wide(struct measure *m, const struct table *t, len64 least)
{
    struct buf over;
    buf_init(&over, &m->f->work);
    buf_decimal(&over, len_muldiv(least - m->width, 254, 72 * LEN_PT), 1);
    diag_report(m->f->sink, DIAG_TABLE_TOO_WIDE, t->box->at,
                "shorten the longest words, or give the table fewer columns",
                "the table is %.*s mm wider than its column", STR_ARG(buf_str(&over)));
}

/* Each column its least, and a share of what is left in proportion to what it wants. */
static void share_width(struct measure *m, struct table *t)
{
    len64 least = 0, most = 0;
    for (uint32_t i = 0; i < t->n; i++) {
        least += t->columns[i].least;
        most += t->columns[i].most;
    }
    if (least > m->width) {
        report_too_wide(m, t, least);
    }
    len64 left = least < m->width ? m->width - least : 0, wanted = most - least;
    left = left < wanted ? left : wanted;
    len64 x = 0, seen = 0, given = 0;
    for (uint32_t i = 0; i < t->n; i++) {
        struct column *c = &t->columns[i];
        seen += c->most - c->least;
        len64 share = wanted ? len_muldiv(left, seen, wanted) : 0;
        c->width = c->least + (len)(share - given);
        given = share;
        c->x = (len)x;
        x += c->width;
    }
    t->width = (len)(x < LEN_MAX ? x : LEN_MAX);
}

static len width_of(const struct table *t, const struct box *cell)
{
    len width = 0;
    for (uint32_t i = 0; i < cell->span_columns; i++) {
        width += t->columns[cell->column + i].width;
    }
    return width;
}

/* The lines of a cell, from the corner of its row. */
static void measure_cell(struct measure *m, const struct table *t, struct flow_cell *cell)
{
    const struct style *s = cell->box->style;
    const struct column *c = &t->columns[cell->box->column];
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
    if (first && first->decimal && cell->lines.n == 1) {
        len point = cell->width - c->after;
        cell->lines.v[0].x = point - width_before_point(m->f, first);
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

static struct flow_row *new_row(struct flow *f, uint32_t n)
{
    struct flow_row *row = NEW(&f->work, struct flow_row);
    row->cells = NEW_ARRAY(&f->work, struct flow_cell, n);
    row->n = n;
    return row;
}

static void add_row(struct measure *m, const struct table *t, const struct box *box,
                    const struct flow_row *row)
{
    struct flow_line *line = flow_add_line(m, box);
    line->kind = FLOW_ROW;
    line->row = row;
    line->x = t->rtl ? m->full - m->x - t->width : m->x;
    line->width = t->width;
    line->height = row_height(row);
}

/* The next line of each cell, as a row of its own. */
static struct flow_row *cut_row(struct measure *m, struct flow_row *rest)
{
    struct flow_row *part = new_row(m->f, rest->n);
    part->rule_color = rest->rule_color;
    part->rule_above = rest->rule_above;
    rest->rule_above = 0;
    for (uint32_t i = 0; i < rest->n; i++) {
        struct flow_cell *from = &rest->cells[i], *to = &part->cells[i];
        *to = *from;
        to->lines.n = from->lines.n > 0;
        to->below = 0;
        from->y = 0;
        from->lines.v += to->lines.n;
        from->lines.n -= to->lines.n;
    }
    return part;
}

static size_t most_lines(const struct flow_row *row)
{
    size_t most = 0;
    for (uint32_t i = 0; i < row->n; i++) {
        most = row->cells[i].lines.n > most ? row->cells[i].lines.n : most;
    }
    return most;
}

/* The height of a page's body: what a row may have at most. */
static len row_limit(const struct measure *m, const struct flow_lines *head)
{
    const struct layout *l = m->f->layout;
    len64 body = l->page.height - l->page.top - l->page.bottom - flow_frame_room(m);
    len64 limit = body - (head ? flow_height(head, 0, head->n) : 0);
    return (len)(limit > body / 2 ? limit : body / 2);
}

/* Rules of the table are those above its first and below its last row. */
static void set_rules(const struct table *t, const struct box *box, struct flow_row *row)
{
    row->rule_above = box->style->rule_above;
    row->rule_below = box->style->rule_below;
    row->rule_color = box->style->rule_color;
    for (const struct box *cell = box->first; cell; cell = cell->next) {
        if (cell->style->rule_below > row->rule_below) {
            row->rule_below = cell->style->rule_below;
            row->rule_color = cell->style->rule_color;
        }
    }
    if (box == t->box->first) {
        row->rule_above = t->box->style->rule_above;
    }
    if (!box->next) {
        row->rule_below = t->box->style->rule_below;
    }
}

static struct flow_row *make_row(struct measure *m, const struct table *t,
                                 const struct box *box)
{
    uint32_t n = 0;
    for (const struct box *cell = box->first; cell; cell = cell->next) {
        n++;
    }
    struct flow_row *row = new_row(m->f, n);
    const struct box *cell = box->first;
    for (uint32_t i = 0; i < n; i++, cell = cell->next) {
        row->cells[i].box = cell;
        measure_cell(m, t, &row->cells[i]);
        if (cell->span_rows > 1) {
            t->reaches[cell->column] =
                (struct reach){cell->span_rows, cell_height(&row->cells[i])};
        }
    }
    for (uint32_t i = 0; i < t->n; i++) {
        if (t->reaches[i].rows == 1 && t->reaches[i].height > row->least) {
            row->least = t->reaches[i].height;
        }
    }
    set_rules(t, box, row);
    return row;
}

/* A row of `height` is set; true if cells reach beyond it. */
static bool reach_on(struct table *t, len height)
{
    bool any = false;
    for (uint32_t i = 0; i < t->n; i++) {
        struct reach *r = &t->reaches[i];
        r->rows -= r->rows > 0;
        r->height = r->height > height ? r->height - height : 0;
        any = any || r->rows > 0;
    }
    return any;
}

/* Rows that a cell joins stay together; others may be divided if they must. */
static void measure_row(struct measure *m, struct table *t, const struct box *box,
                        const struct flow_lines *head)
{
    uint32_t notes = (uint32_t)m->f->order.n; /* before those of its cells */
    size_t at = m->out->n;
    struct flow_row *row = make_row(m, t, box);
    bool joined = reach_on(t, row_height(row));
    bool divided = !joined && row_height(row) > row_limit(m, head);
    while (divided && most_lines(row) > 1) {
        add_row(m, t, box, cut_row(m, row));
    }
    add_row(m, t, box, row);
    for (size_t i = at; i < m->out->n; i++) {
        m->out->v[i].repeat = head;
        m->out->v[i].notes = i == at ? notes : (uint32_t)m->f->order.n;
    }
    m->keep = joined;
}

/* The head's rows once more, for the pages on which the table goes on. */
static const struct flow_lines *copy_head(struct measure *m, size_t first)
{
    struct flow_lines *head = NEW(&m->f->work, struct flow_lines);
    for (size_t i = first; i < m->out->n; i++) {
        vec_push(&m->f->work, head, m->out->v[i]);
    }
    return head;
}

void flow_measure_table(struct measure *m, const struct box *box)
{
    struct table t = {.box = box, .n = box->columns};
    t.columns = NEW_ARRAY(&m->f->work, struct column, t.n);
    t.reaches = NEW_ARRAY(&m->f->work, struct reach, t.n);
    measure_columns(m, &t);
    share_width(m, &t);
    int32_t alone = m->f->layout->breaking.widow / ROW_ALONE;
    const struct flow_lines *head = NULL;
    size_t first = m->out->n, rows = 0;
    for (const struct box *row = box->first; row; row = row->next) {
        m->keep = m->keep || (row->header && row != box->first);
        if (!row->header && !head && m->out->n > first) {
            head = copy_head(m, first);
            m->keep = true; /* a head is never alone */
        } else if (!row->header && (rows == 1 || !row->next)) {
            m->penalty = alone;
        }
        rows += !row->header;
        measure_row(m, &t, row, head);
    }
}

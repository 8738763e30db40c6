/* SPDX-License-Identifier: MIT
 *
 * In: a table's cells, the widths that its author gave. Out: a width for each column. A
 * column without a width of its own gets it from its content, as in HTML's automatic
 * layout: it is at least as wide as its widest word, at most as wide as its longest
 * cell. Columns that need less than an even share get all they need; what lies between
 * is shared out to the others in proportion. */
#include "flow/measure.h"

#include "flow/data.h"

/* A piece ends at an item: never, in need, or like any word. */
enum end { END_NONE, END_IN_NEED, END_OF_WORD };

static enum end end_at(const struct text_item *t)
{
    bool emergency = t->kind == TEXT_BREAK && (t->flags & TEXT_BREAK_EMERGENCY);
    bool word = (t->kind == TEXT_GLUE && !t->no_break) || t->kind == TEXT_BREAK;
    return emergency ? END_IN_NEED : word ? END_OF_WORD : END_NONE;
}

static len larger(len64 a, len b)
{
    return a > b ? (len)(a < LEN_MAX / 4 ? a : LEN_MAX / 4) : b;
}

struct flow_needs flow_paragraph_needs(struct flow *f, const struct box *box)
{
    struct text_para_request request = {flow_late_spans(f, &box->spans), box->spans.n,
                                        false, f->tree->lang};
    struct text_para *p = text_para_new(f->engine, &request, &f->scratch, f->sink);
    struct flow_needs need = {0};
    len64 all = 0, word = 0, piece = 0;
    for (size_t i = 0; i < p->n; i++) {
        const struct text_item *t = &p->items[i];
        bool forced = t->kind == TEXT_BREAK && (t->flags & TEXT_BREAK_FORCED);
        enum end end = end_at(t);
        len width = t->kind == TEXT_BREAK ? 0 : t->width;
        all += width;
        word = end == END_OF_WORD ? 0 : word + width;
        piece = end == END_NONE ? piece + width : 0;
        need.least = larger(word, need.least);
        need.tight = larger(piece, need.tight);
        need.most = larger(all, need.most);
        all = forced ? 0 : all;
    }
    arena_reset(&f->scratch);
    return need;
}

static struct flow_needs box_needs(struct measure *m, const struct box *box);

/* Boxes below each other. */
static struct flow_needs children_needs(struct measure *m, const struct box *box)
{
    struct flow_needs need = {0};
    for (const struct box *child = box->first; child; child = child->next) {
        struct flow_needs own = box_needs(m, child);
        need.least = larger(own.least, need.least);
        need.tight = larger(own.tight, need.tight);
        need.most = larger(own.most, need.most);
    }
    return need;
}

/* A table inside a cell. */
static struct flow_needs table_needs(struct measure *m, const struct box *box)
{
    struct flow_table t = {.box = box};
    struct measure inside = *m;
    inside.width = LEN_MAX / 4;
    struct diag_sink *sink = m->f->sink, silent;
    diag_init(&silent, &m->f->work);
    m->f->sink = &silent; /* it is measured once more, in its place */
    flow_measure_widths(&inside, &t);
    m->f->sink = sink;
    len64 least = 0, most = 0;
    for (uint32_t i = 0; i < t.n; i++) {
        least += t.columns[i].least;
        most += t.columns[i].most;
    }
    return (struct flow_needs){larger(least, 0), larger(least, 0), larger(most, 0)};
}

/* Boxes beside each other: one of them is enough. */
static struct flow_needs beside_needs(const struct box *box)
{
    len64 all = 0;
    for (const struct box *child = box->first; child; child = child->next) {
        all += (len64)box->least_width + (child->next ? box->gap : 0);
    }
    return (struct flow_needs){box->least_width, box->least_width, larger(all, 0)};
}

/* What a box takes beside its content. */
static len64 room_beside(const struct box *box)
{
    const struct style *s = box->style;
    len64 room = (len64)s->indent_start + box->indent + s->indent_end;
    if (style_is_framed(s) && box->kind != BOX_CELL && box->kind != BOX_TABLE) {
        bool all = s->border_sides == STYLE_SIDES_ALL;
        room += (len64)style_frame_start(s) + (all ? s->border : 0) + s->padding;
    }
    return room;
}

/* Depth is bounded by the note's own limit on nesting. */
static struct flow_needs box_needs(struct measure *m, const struct box *box)
{
    struct flow_needs need = {0};
    switch (box->kind) {
    case BOX_PARAGRAPH: need = flow_paragraph_needs(m->f, box); break;
    case BOX_IMAGE:
        flow_image_needs(m->f, box, &need.least, &need.most);
        need.tight = need.least;
        break;
    case BOX_TABLE: need = table_needs(m, box); break;
    case BOX_BESIDE: need = beside_needs(box); break;
    default: need = children_needs(m, box); break;
    }
    len64 beside = room_beside(box);
    need.least = larger(need.least + beside, 0);
    need.tight = larger(need.tight + beside, 0);
    need.most = larger(need.most + beside, 0);
    return need;
}

/* What a cell needs, with the room beside its text. */
static struct flow_needs cell_needs(struct measure *m, struct flow_table *t,
                                    const struct box *cell)
{
    struct flow_needs need = box_needs(m, cell);
    const struct box *text = cell->first;
    if (text && text->decimal && cell->span_columns == 1) {
        struct flow_column *c = &t->columns[cell->column];
        len beside = cell->style->indent_start + cell->style->indent_end;
        len before = flow_width_before_point(m->f, text);
        c->before = larger(before, c->before);
        c->after = larger(need.most - beside - before, c->after);
        need.most = larger((len64)c->before + c->after + beside, 0);
        need.least = need.tight = need.most;
    }
    return need;
}

static void report_narrow(struct measure *m, const struct box *cell,
                          const struct flow_table *t, len64 missing)
{
    const struct note_table_widths *w = t->box->widths;
    struct buf mm;
    buf_init(&mm, &m->f->work);
    buf_decimal(&mm, len_muldiv(missing, 254, 72 * LEN_PT), 1);
    struct diag *d = diag_report(m->f->sink, DIAG_TABLE_TOO_WIDE, cell->at,
                                 "make the column wider, or write `auto` for it",
                                 "a word is %.*s mm wider than the column",
                                 STR_ARG(buf_str(&mm)));
    diag_second(m->f->sink, d, w->columns[cell->column].at, "whose width is given here");
}

static void widen_single(struct measure *m, struct flow_table *t, const struct box *cell)
{
    struct flow_needs need = cell_needs(m, t, cell);
    struct flow_column *c = &t->columns[cell->column];
    if (c->fixed) {
        if (need.tight > c->width + LEN_PT / 16) {
            report_narrow(m, cell, t, need.tight - c->width);
            c->width = need.tight; /* told once */
        }
        return;
    }
    c->least = larger(need.least, c->least);
    c->most = larger(need.most, c->most);
}

/* A cell over several columns: what they lack is shared out evenly by those that can
 * grow; where none can, the text must fit. */
static void widen_several(struct measure *m, struct flow_table *t, const struct box *cell)
{
    struct flow_needs need = cell_needs(m, t, cell);
    struct flow_column *v = &t->columns[cell->column];
    len64 least = 0, most = 0, growing = 0;
    for (uint32_t i = 0; i < cell->span_columns; i++) {
        least += v[i].fixed ? v[i].width : v[i].least;
        most += v[i].fixed ? v[i].width : v[i].most;
        growing += !v[i].fixed;
    }
    if (growing == 0 && need.tight > least + LEN_PT / 16) {
        report_narrow(m, cell, t, need.tight - least);
    }
    for (uint32_t i = 0; i < cell->span_columns && growing; i++) {
        if (!v[i].fixed) {
            v[i].least += need.least > least ? (len)((need.least - least) / growing) : 0;
            v[i].most += need.most > most ? (len)((need.most - most) / growing) : 0;
            v[i].most = v[i].most < v[i].least ? v[i].least : v[i].most;
        }
    }
}

/* Cells of one column first, so that wider ones ask only for what is still missing. */
static void measure_cells(struct measure *m, struct flow_table *t)
{
    bool wide = false;
    for (const struct box *row = t->box->first; row; row = row->next) {
        for (const struct box *cell = row->first; cell; cell = cell->next) {
            wide = wide || cell->span_columns > 1;
            if (cell->span_columns == 1) {
                widen_single(m, t, cell);
            }
        }
    }
    for (const struct box *row = t->box->first; row && wide; row = row->next) {
        for (const struct box *cell = row->first; cell; cell = cell->next) {
            if (cell->span_columns > 1) {
                widen_several(m, t, cell);
            }
        }
    }
}

static void report_too_wide(struct measure *m, const struct flow_table *t,
                            struct place at, len64 over)
{
    bool own = at.line > 0;
    struct buf mm;
    buf_init(&mm, &m->f->work);
    buf_decimal(&mm, len_muldiv(over, 254, 72 * LEN_PT), 1);
    diag_report(m->f->sink, DIAG_TABLE_TOO_WIDE, own ? at : t->box->at,
                own ? "ask for less; `100%` is all there is"
                    : "shorten the longest words, or give the table fewer columns",
                "the table is %.*s mm wider than its column", STR_ARG(buf_str(&mm)));
}

static len resolve(const struct measure *m, const struct flow_table *t,
                   struct len_spec length)
{
    len size = t->box->style->size;
    len width = len_resolve(length, size, size / 2, m->width);
    return width < LEN_MAX / 4 ? width : LEN_MAX / 4;
}

static void set_fixed(struct measure *m, struct flow_table *t)
{
    const struct note_table_widths *w = t->box->widths;
    for (uint32_t i = 0; w && i < t->n; i++) {
        if (w->columns[i].fixed) {
            t->columns[i].fixed = true;
            t->columns[i].width = resolve(m, t, w->columns[i].length);
        }
    }
}

/* The width that the table is to have at least; 0: none. */
static len least_width(struct measure *m, const struct flow_table *t)
{
    const struct note_table_widths *w = t->box->widths;
    if (!w || !w->whole.fixed) {
        return 0;
    }
    len width = resolve(m, t, w->whole.length);
    if (width > m->width + LEN_PT / 16) {
        report_too_wide(m, t, w->whole.at, (len64)width - m->width);
    }
    return width < m->width ? width : m->width;
}

static len64 wish(const struct flow_column *c)
{
    return c->most - c->least;
}

/* A short heading or number is not divided to make long texts a little wider. Gives what
 * is left of `left`. */
static len64 settle_short(struct flow_table *t, len whole, len64 left)
{
    len64 room = whole, n = 0;
    for (uint32_t i = 0; i < t->n; i++) {
        room -= t->columns[i].fixed ? t->columns[i].width : 0;
        n += !t->columns[i].fixed;
    }
    for (uint32_t i = 0; i < t->n && n > 0; i++) {
        struct flow_column *c = &t->columns[i];
        if (!c->fixed && c->most <= room / n && wish(c) <= left) {
            left -= wish(c);
            c->width = c->least = c->most;
        }
    }
    return left;
}

/* Shares `amount` out in proportion to what `weight` says of each column that is free. */
static void share(struct flow_table *t, len64 amount,
                  len64 (*weight)(const struct flow_column *c))
{
    len64 all = 0, seen = 0, given = 0;
    for (uint32_t i = 0; i < t->n; i++) {
        all += t->columns[i].fixed ? 0 : weight(&t->columns[i]);
    }
    for (uint32_t i = 0; i < t->n && all > 0; i++) {
        struct flow_column *c = &t->columns[i];
        if (!c->fixed) {
            seen += weight(c);
            len64 part = len_muldiv(amount, seen, all);
            c->width += (len)(part - given);
            given = part;
        }
    }
}

static len64 content(const struct flow_column *c)
{
    return (len64)c->most + 1;
}

static void add_up(struct flow_table *t)
{
    len64 x = 0;
    for (uint32_t i = 0; i < t->n; i++) {
        t->columns[i].x = (len)(x < LEN_MAX / 2 ? x : LEN_MAX / 2);
        x += t->columns[i].width;
    }
    t->width = (len)(x < LEN_MAX / 2 ? x : LEN_MAX / 2);
}

/* Each column its least, and a share of what is left in proportion to what it wants. */
static void share_width(struct measure *m, struct flow_table *t)
{
    len64 least = 0, wanted = 0;
    for (uint32_t i = 0; i < t->n; i++) {
        struct flow_column *c = &t->columns[i];
        c->width = c->fixed ? c->width : c->least;
        least += c->width;
        wanted += c->fixed ? 0 : wish(c);
    }
    if (least > m->width + (len64)t->n) { /* percentages are rounded */
        report_too_wide(m, t, PLACE_NONE, least - m->width);
    }
    len64 left = least < m->width ? m->width - least : 0;
    left = left < wanted ? settle_short(t, m->width, left) : wanted;
    share(t, left, wish);
    add_up(t);
    len whole = least_width(m, t);
    if (whole > t->width) {
        share(t, whole - t->width, content);
        add_up(t);
    }
}

void flow_measure_widths(struct measure *m, struct flow_table *t)
{
    t->n = t->box->columns;
    t->columns = NEW_ARRAY(&m->f->work, struct flow_column, t->n);
    t->rtl = flow_reads_rtl(m->f, t->box);
    set_fixed(m, t);
    measure_cells(m, t);
    if (t->box->data) {
        flow_data_widen(m, t, report_narrow);
    }
    share_width(m, t);
}

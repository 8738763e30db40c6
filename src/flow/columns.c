/* SPDX-License-Identifier: MIT
 *
 * Columns inside a region: the lines of a `columns` block as a group, one column wide;
 * then how high any lines are, those of groups among them. */
#include "flow/measure.h"

enum { LEAST_LETTERS = 4 };

/* --- Measuring --- */

/* As many columns as there is room for. */
static void share_width(struct measure *m, const struct box *box, struct flow_group *g)
{
    len least = m->width < LEAST_LETTERS * box->style->size
                    ? m->width : LEAST_LETTERS * box->style->size;
    g->columns = box->columns < FLOW_MAX_COLUMNS ? box->columns : FLOW_MAX_COLUMNS;
    for (; g->columns > 1; g->columns--) {
        len64 gaps = (len64)box->gap * (g->columns - 1);
        g->width = gaps < m->width ? (len)((m->width - gaps) / g->columns) : 0;
        if (g->width >= least) {
            break;
        }
    }
    g->width = g->columns == 1 ? m->width : g->width;
    if (g->columns < box->columns) {
        diag_report(m->f->sink, DIAG_OVERFULL_LINE, box->at,
                    "ask for fewer columns, or for a smaller gap",
                    "%u columns are too narrow here: the text has %u", box->columns,
                    g->columns);
    }
}

static void measure_children(struct measure *m, const struct box *box)
{
    for (const struct box *child = box->first; child; child = child->next) {
        flow_measure_box(m, child);
    }
}

/* The lines since `first` become a group, which takes what waits as a line does. */
static void close_group(struct measure *m, struct flow_group *g, size_t first)
{
    struct flow_line *v = m->out->v;
    g->first = first;
    g->last = m->out->n;
    g->head = (struct flow_line){.kind = FLOW_RULE, .box = v[first].box,
                                 .before = m->space};
    flow_frame_line(m, &g->head);
    for (const struct flow_frame *frame = m->frame; frame; frame = frame->parent) {
        g->padding += frame->style->padding_block;
    }
    for (size_t i = first; i < g->last; i++) {
        v[i].group = g;
        g->rtl = g->rtl || (i == first && v[i].rtl);
    }
    v[first].before = m->space;
    flow_balance_ready(m->f, m->out, g);
    g->x = g->rtl ? m->full - m->x - m->width : m->x;
}

void flow_measure_columns(struct measure *m, const struct box *box)
{
    if (m->out != &m->f->body || m->in_columns || m->f->layout->page.columns > 1) {
        measure_children(m, box);
        return;
    }
    struct flow_group *g = NEW(&m->f->work, struct flow_group);
    *g = (struct flow_group){.gap = box->gap, .rule = box->rule,
                              .rule_color = box->style->rule_color};
    share_width(m, box, g);
    struct measure inside = {
        .f = m->f, .out = m->out, .full = g->width, .width = g->width,
        .penalty = m->penalty, .forced = m->forced, .right = m->right,
        .keep = m->keep,
        .fresh = true, .in_columns = true,
    };
    size_t first = m->out->n;
    measure_children(&inside, box);
    if (m->out->n > first) {
        close_group(m, g, first);
        m->space = inside.space;
    }
    m->penalty = inside.penalty;
    m->forced = inside.forced;
    m->right = inside.right;
    m->keep = inside.keep;
}

/* --- The height of columns --- */

len64 flow_repeated_height(const struct flow_line *line)
{
    return line->repeat ? flow_height(line->repeat, 0, line->repeat->n) : 0;
}

int32_t flow_break_penalty(const struct flow_lines *lines, size_t line)
{
    const struct flow_line *l = &lines->v[line];
    bool inside = l->group && l->group->first < line;
    return inside && l->group->keep ? FLOW_NEVER : l->penalty;
}

/* What a line adds to its column, but for what is open below. */
static len64 added(const struct flow_line *l, bool begins)
{
    return flow_line_height(l) +
           (begins ? l->open_above + flow_repeated_height(l) : l->before);
}

void flow_stack_start(struct flow_stack *s, const struct flow_lines *lines, size_t first)
{
    *s = (struct flow_stack){.lines = lines, .first = first, .next = first};
}

/* The line begins a group, or a region does inside one. */
static void begin_part(struct flow_stack *s, const struct flow_group *g)
{
    bool whole = s->next == g->first, top = s->next == s->first;
    s->sum = 0;
    flow_balance_start(s, g, s->next);
    s->closed += !top ? g->head.before : whole ? g->head.open_above : g->padding;
    s->closed += whole ? g->head.above : 0;
}

static void add_to_group(struct flow_stack *s, const struct flow_line *l)
{
    const struct flow_group *g = l->group;
    if (s->next == s->first || s->next == g->first) {
        begin_part(s, g);
    }
    len64 high = flow_balance_add(s)->height;
    if (s->next + 1 < g->last) {
        s->height = s->closed + high + g->padding;
    } else {
        s->closed += high + g->head.below;
        s->height = s->closed + g->head.open_below;
    }
}

void flow_stack_add(struct flow_stack *s)
{
    const struct flow_line *l = &s->lines->v[s->next];
    if (l->group) {
        add_to_group(s, l);
    } else {
        s->closed += added(l, s->next == s->first);
        s->height = s->closed + l->open_below;
    }
    s->next++;
}

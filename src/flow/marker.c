/* SPDX-License-Identifier: MIT
 *
 * What hangs before a paragraph's first line: a list's mark, a heading's number, a check
 * box. */
#include "flow/measure.h"

/* What is filled in late is another one in each. */
static bool same_marker(const struct tree_spans *a, const struct tree_spans *b)
{
    const struct text_span *p = a->v, *q = b->v;
    return a->n == 1 && b->n == 1 && p->style == q->style && p->flags == q->flags &&
           str_eq(p->text, q->text) && str_eq(p->lang, q->lang) && !p->object &&
           !q->object;
}

/* Items of a list mostly have the same marker: it is set for the first of them. */
static void set_text(struct flow *f, const struct tree_spans *marker,
                     struct text_line *out)
{
    const struct text_span *spans = flow_late_spans(f, marker);
    bool lasts = spans == marker->v;
    if (lasts && f->marker && same_marker(marker, f->marker)) {
        *out = f->marker_text;
        return;
    }
    struct text_para_request request = {spans, marker->n, false, f->tree->lang};
    struct text_para *p = text_para_new(f->engine, &request, &f->scratch, f->sink);
    struct text_line_request whole = {.last = p->n - 1, .target = -1};
    text_set_line(f->engine, p, &whole, f->arena, out);
    if (lasts) {
        f->marker = marker;
        f->marker_text = *out;
    }
}

void flow_set_marker(struct measure *m, struct flow_line *line, bool rtl)
{
    const struct box *box = line->box;
    len inner = 0; /* what stands between marker and text */
    len edge = (rtl ? m->full - m->x : m->x) + (rtl ? 1 : -1) * box->marker_indent;
    if (box->mark) {
        line->has_mark = true;
        inner = box->marker_gap + box->mark_size;
        line->mark_x = rtl ? edge + box->marker_gap : edge - inner;
    }
    set_text(m->f, &box->marker, &line->marker);
    len gap = box->marker_room ? box->marker_room - line->marker.width : box->marker_gap;
    gap += inner;
    line->marker_x = rtl ? edge + gap : edge - gap - line->marker.width;
    line->marker_spans = box->marker.v;
}

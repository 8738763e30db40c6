/* SPDX-License-Identifier: MIT
 *
 * What hangs before a paragraph's first line: a list's mark, a heading's number, a check
 * box. */
#include "flow/measure.h"

void flow_set_marker(struct measure *m, struct flow_line *line, bool rtl)
{
    const struct box *box = line->box;
    struct flow *f = m->f;
    len inner = 0; /* what stands between marker and text */
    len edge = (rtl ? m->full - m->x : m->x) + (rtl ? 1 : -1) * box->marker_indent;
    if (box->mark) {
        line->has_mark = true;
        inner = box->marker_gap + box->mark_size;
        line->mark_x = rtl ? edge + box->marker_gap : edge - inner;
    }
    struct text_para_request request = {flow_late_spans(f, &box->marker),
                                        box->marker.n, false, f->tree->lang};
    text_set_label(f->engine, &request, f->arena, f->sink, &line->marker);
    len gap = box->marker_room ? box->marker_room - line->marker.width : box->marker_gap;
    gap += inner;
    line->marker_x = rtl ? edge + gap : edge - gap - line->marker.width;
    line->marker_spans = box->marker.v;
}

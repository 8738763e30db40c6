/* SPDX-License-Identifier: MIT
 *
 * Beside program text: the number of each line, and a sign where one goes on. They are
 * seen, but who copies or hears the code does not get them. */
#include "flow/measure.h"

void flow_mark_code(struct measure *m, struct flow_line *line, size_t nth, bool begins)
{
    const struct box_code *code = line->box->code;
    const struct tree_spans *spans = begins ? &code->numbers : &code->sign;
    size_t at = begins ? nth : 0;
    if (at >= spans->n || line->marker.n) {
        return; /* a list's marker stands there */
    }
    struct flow *f = m->f;
    struct text_para_request request = {&spans->v[at], 1, false, f->tree->lang};
    text_set_label(f->engine, &request, f->arena, f->sink, &line->marker);
    line->marker_spans = &spans->v[at];
    line->marker_artifact = begins ? STRUCTURE_PAGINATION : STRUCTURE_DECORATION;
    len before = begins ? code->number_gap + line->marker.width : 0;
    line->marker_x = line->rtl ? m->full - m->x + before - line->marker.width
                               : m->x - before;
}

/* SPDX-License-Identifier: MIT
 *
 * In: a paragraph's spans, its style, its measure. Out: its lines. It is shaped and
 * broken in scratch memory; what stays is its lines' pieces. */
#include "flow/paragraph.h"

static bool is_forced(const struct text_para *p, const struct line_break *b)
{
    const struct text_item *end = &p->items[b->last];
    return end->kind == TEXT_BREAK && (end->flags & TEXT_BREAK_FORCED);
}

/* How far line `i` is moved in, beside its paragraph. */
static len line_indent(const struct box *box, const struct flow_text *p, size_t i)
{
    if (i == 0) {
        return box->style->indent_first;
    }
    return box->code && !p->v[i - 1].forced ? box->code->indent : 0;
}

static void set_line(struct flow *f, const struct flow_broken *broken, size_t i,
                     bool justified, struct flow_set_line *line)
{
    const struct text_para *p = broken->para;
    struct line_break b = broken->breaks->v[i];
    len width = line->width;
    bool justify = justified && !line->forced && !b.overfull && !b.early;
    struct text_line_request request = {b.first, b.last, justify ? width : -1, justified};
    text_set_line(f->engine, p, &request, f->arena, &line->text);
    if (line->text.width > width) { /* a last line may have to shrink */
        request.target = width;
        text_set_line(f->engine, p, &request, f->arena, &line->text);
    }
}

void flow_set_breaks(struct flow *f, const struct box *box, len width,
                     const struct flow_broken *broken, struct flow_text *out)
{
    const struct text_para *p = broken->para;
    const struct line_breaks *breaks = broken->breaks;
    *out = (struct flow_text){.rtl = p->rtl, .n = breaks->n};
    out->v = NEW_ARRAY(&f->scratch, struct flow_set_line, breaks->n);
    for (size_t i = 0; i < breaks->n; i++) {
        struct flow_set_line *line = &out->v[i];
        line->indent = line_indent(box, out, i);
        line->overfull = breaks->v[i].overfull;
        line->forced = is_forced(p, &breaks->v[i]);
        line->width = width - line->indent;
        set_line(f, broken, i, box->style->align == STYLE_JUSTIFY, line);
    }
}

void flow_set_paragraph(struct flow *f, const struct box *box, len width,
                        struct flow_text *out)
{
    const struct style *s = box->style;
    struct flow_setting setting = {
        .box = box,
        .spans = flow_late_spans(f, &box->spans),
        .lang = box->spans.n ? box->spans.v[0].lang : f->tree->lang,
        .width = width,
        .shape = {width - s->indent_first, width, s->align, s->size, f->layout, false},
    };
    if (box->code) {
        setting.shape.rest = width - box->code->indent;
        setting.shape.restart = true;
    }
    if (!flow_known_find(f, &setting, out)) {
        struct line_breaks breaks;
        struct text_para *p = flow_break_paragraph(f, &setting, &breaks);
        flow_set_breaks(f, box, width, &(struct flow_broken){p, &breaks}, out);
        flow_known_keep(f, &setting, out);
    }
}

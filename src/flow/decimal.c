/* SPDX-License-Identifier: MIT
 *
 * In: a cell's paragraph. Out: how far its number reaches before its decimal point, so
 * that points can stand below each other. */
#include "flow/measure.h"

/* The mark of a footnote is no digit of the number. */
static bool is_mark(const struct text_span *s)
{
    return s->flags & TEXT_SPAN_MARK;
}

len flow_width_before_point(struct flow *f, const struct box *box)
{
    struct buf text;
    buf_init(&text, &f->work);
    for (size_t i = 0; i < box->spans.n; i++) {
        if (!is_mark(&box->spans.v[i])) {
            buf_put(&text, box->spans.v[i].text);
        }
    }
    str lang = box->spans.n ? box->spans.v[0].lang : f->tree->lang;
    size_t left = text_find_point(buf_str(&text), lang);
    struct box head = *box;
    head.spans = (struct tree_spans){0};
    for (size_t i = 0; i < box->spans.n && left > 0; i++) {
        struct text_span span = box->spans.v[i];
        if (!is_mark(&span)) {
            span.text = str_sub(span.text, 0, left < span.text.n ? left : span.text.n);
            left -= span.text.n;
            vec_push(&f->work, &head.spans, span);
        }
    }
    return flow_paragraph_needs(f, &head).most;
}

/* SPDX-License-Identifier: MIT
 *
 * What a layout asks for and lines cannot hold: words that are too wide, letters that are
 * higher than what the style says is from line to line. It is set as it is, and told. */
#include "flow/measure.h"

/* The picture that is too wide, if it is one. */
static bool report_picture(struct measure *m, const struct flow_line *line)
{
    for (uint32_t i = 0; i < line->text.n; i++) {
        const struct text_span *span = &line->box->spans.v[line->text.pieces[i].span];
        if (span->object && span->object->width > line->width) {
            diag_report(m->f->sink, DIAG_OVERFULL_LINE, span->at,
                        "make it an `image` block, which has a `width`",
                        "a picture is %s wider than its line",
                        flow_in_mm(m->f, span->object->width - line->width));
            return true;
        }
    }
    return false;
}

void flow_report_wide(struct measure *m, const struct flow_line *line, bool overfull)
{
    const struct box *box = line->box;
    len edge = line->rtl ? m->full - line->x : line->x + line->text.width;
    bool outside = edge > m->full + box->style->size / 2; /* a letter hangs out less */
    if ((!overfull && !outside) || line->text.n == 0) {
        return;
    }
    if (report_picture(m, line)) {
        return;
    }
    struct place at = box->spans.n ? box->spans.v[line->text.pieces[0].span].at : box->at;
    diag_report(m->f->sink, DIAG_OVERFULL_LINE, at,
                "shorten it, or allow a break with a soft hyphen",
                "a word is wider than its line");
}

/* What letters need: most faces have them, from top to bottom, of about the size. */
static len64 needed(const struct text_span *span)
{
    const struct style *s = span->style;
    len64 rise = s->rise < 0 ? -(len64)s->rise : s->rise;
    return span->text.n ? s->size + rise : 0;
}

static bool is_known(const struct flow *f, str style)
{
    for (size_t i = 0; i < f->tight.n; i++) {
        if (str_eq(f->tight.v[i], style)) {
            return true;
        }
    }
    return false;
}

void flow_report_tight(struct flow *f, const struct box *box,
                       const struct tree_spans *spans)
{
    len leading = box->style->leading;
    for (size_t i = 0; i < spans->n; i++) {
        len64 need = needed(&spans->v[i]);
        /* A quarter may meet the next line, where hardly a letter has ink. */
        if (need * 4 <= (len64)leading * 5 || is_known(f, box->style->name)) {
            continue;
        }
        vec_push(&f->work, &f->tight, box->style->name);
        diag_report(f->sink, DIAG_TIGHT_LINES, spans->v[i].at,
                    "make the `leading` of its style larger, or its letters smaller",
                    "in style `%.*s` letters need %s and lines have %s: they overlap",
                    STR_ARG(box->style->name), flow_in_mm(f, need),
                    flow_in_mm(f, leading));
    }
}

/* SPDX-License-Identifier: MIT
 *
 * In: a paragraph's text and measure. Out: its shaped text and where its lines end.
 *
 * Most paragraphs have good lines as they are, and are done. For the others, in turn,
 * until the lines are good enough for what comes next: its letters a hair closer together
 * or wider apart, all of them alike; its words divided; both. Of all that was tried, the
 * lines with the fewest demerits are taken. When nothing gives lines that are even
 * enough, or hyphens would stand below each other, the spaces may gape; when a word is
 * wider than the line, it is cut. */
#include "flow/paragraph.h"

/* What each line of a paragraph may have for demerits before its letters are moved: as if
 * its spaces grew by a third of what they may; and before its words are divided: by two
 * thirds. A hyphen has nine times as many. */
enum { GOOD_AT_ONCE = 1500, GOOD_LINE = 5000 };

/* Of a paragraph that is not as wide as it was made. */
enum { TRACKED = 5000 };

/* The letters of a paragraph of more words, spaces and breaks than a chapter has are left
 * where they are: nobody wrote it, and each attempt costs as much as the one before. */
enum { MOVED_ITEMS = 10000 };

struct attempt {
    struct flow *f;
    const struct flow_setting *s;
    struct text_para *p;
    struct line_breaks best;  /* n is 0: none so far */
    struct text_para *best_p;
    int32_t best_tracking;
    bool tracks;              /* it may be set closer or wider */
};

static struct text_para *shape_text(struct flow *f, const struct flow_setting *s,
                                    bool hyphenate)
{
    struct text_para_request request = {s->spans, s->box->spans.n, hyphenate, s->lang};
    return text_para_new(f->engine, &request, &f->scratch, f->sink);
}

/* Whether lines are better than the best so far. Pairs of hyphens weigh more than all
 * else, so demerits tell those, too. */
static bool is_better(const struct attempt *a, const struct line_breaks *now)
{
    return a->best.n == 0 || now->demerits < a->best.demerits;
}

static void try_tracking(struct attempt *a, enum line_effort effort, int32_t tracking)
{
    struct line_breaks now = {0};
    a->p->tracking = tracking;
    if (!flow_break_lines(a->p, &a->s->shape, effort, &a->f->scratch, &now)) {
        return;
    }
    now.demerits += tracking ? TRACKED : 0;
    if (is_better(a, &now)) {
        a->best = now;
        a->best_p = a->p;
        a->best_tracking = tracking;
    }
}

static bool is_good(const struct attempt *a)
{
    return a->best.n > 0 && a->best.demerits <= GOOD_LINE * (int64_t)a->best.n;
}

/* Closer and wider; both are equally good. */
static void try_both(struct attempt *a, enum line_effort effort)
{
    int32_t most = a->s->box->style->tracking;
    if (a->tracks) {
        try_tracking(a, effort, -most);
        try_tracking(a, effort, most);
    }
}

static struct text_para *choose(const struct attempt *a, struct line_breaks *breaks)
{
    a->best_p->tracking = a->best_tracking;
    *breaks = a->best;
    return a->best_p;
}

/* Hyphens below each other, or no way at all. */
static void try_harder(struct attempt *a)
{
    if (a->best.n && a->best.pair) {
        try_tracking(a, LINE_LOOSE, 0);
        try_both(a, LINE_LOOSE);
    } else if (a->best.n == 0) {
        try_tracking(a, LINE_EMERGENCY, 0);
        try_both(a, LINE_EMERGENCY);
    }
}

struct text_para *flow_break_paragraph(struct flow *f, const struct flow_setting *s,
                                       struct line_breaks *breaks)
{
    const struct style *style = s->box->style;
    struct attempt a = {.f = f, .s = s, .p = shape_text(f, s, false)};
    try_tracking(&a, LINE_PLAIN, 0);
    if (a.best.n && a.best.demerits <= GOOD_AT_ONCE * (int64_t)a.best.n) {
        return choose(&a, breaks);
    }
    a.tracks = s->shape.align == STYLE_JUSTIFY && style->tracking &&
               a.p->n <= MOVED_ITEMS && text_may_track(a.p);
    try_both(&a, LINE_PLAIN);
    if (is_good(&a)) {
        return choose(&a, breaks);
    }
    if (style->hyphenate) {
        a.p = shape_text(f, s, true);
    }
    try_tracking(&a, LINE_TOLERANT, 0);
    if (!is_good(&a)) {
        try_both(&a, LINE_TOLERANT);
    }
    try_harder(&a);
    return choose(&a, breaks);
}

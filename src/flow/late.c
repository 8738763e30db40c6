/* SPDX-License-Identifier: MIT
 *
 * Page numbers inside the text. They are known when pages are, and pages depend on how
 * wide they are; so the whole flow runs again with the numbers that came out, until the
 * same come out again. The first run guesses two figures for each; almost always the
 * second run settles. Runs before the last one count for nothing: neither their pages
 * nor what they reported.
 *
 * A number may never settle: "page 9" makes a paragraph so short that it moves to page
 * 10, where "page 10" makes it long enough to begin on page 9. After CALM runs numbers
 * are therefore as wide as they were at their widest, with figure spaces before them;
 * figures are of one width in nearly every face, so that then nothing moves.
 *
 * So it is with footnotes whose numbers each page begins anew: numbers.c. */
#include "flow/numbers.h"

#include "base/utf8.h"

enum { CALM = 5, RUNS = 8 };

static const char FIGURE_SPACE[] = "\xE2\x80\x87";

void flow_late_init(struct flow_late *l, struct tree *t)
{
    *l = (struct flow_late){.tree = t};
    arena_init(&l->arena);
    arena_init(&l->first);
    l->labels = flow_labels_new(t, &l->arena);
    if (t->page_refs.n == 0) {
        return;
    }
    l->numbers = NEW_ARRAY(&l->arena, str, t->anchors.n + 1);
    l->widest = NEW_ARRAY(&l->arena, size_t, t->anchors.n + 1);
    for (size_t i = 0; i < t->page_refs.n; i++) {
        l->numbers[t->page_refs.v[i].anchor] = STR("00");
    }
}

void flow_late_done(struct flow_late *l)
{
    arena_done(&l->first);
    arena_done(&l->arena);
}

/* The reports so far come along, so that what was said is not said again. */
static void copy_sink(struct diag_sink *out, const struct diag_sink *sink,
                      struct arena *a)
{
    *out = *sink;
    out->arena = a;
    out->list.v = NULL;
    out->list.n = out->list.cap = 0;
    for (size_t i = 0; i < sink->list.n; i++) {
        vec_push(a, &out->list, sink->list.v[i]);
    }
}

struct arena *flow_late_start(struct flow_late *l, struct flow *f, struct arena *a,
                              struct diag_sink *sink)
{
    f->late = l;
    f->sink = sink;
    if (l->tree->page_refs.n == 0 && !l->labels) {
        return a;
    }
    /* With page numbers to guess, the first run is not the last one. */
    bool again = l->runs++ == 0 && l->tree->page_refs.n > 0;
    struct arena *of_run = again ? &l->first : a;
    copy_sink(&l->sink, sink, of_run);
    f->sink = &l->sink;
    return of_run;
}

/* The number of the page on which an anchor stands, as wide as it has to be. */
static str number_of(struct flow_late *l, const struct page_list *pages, uint32_t anchor)
{
    const struct page_anchor *a = &pages->anchors.v[anchor - 1];
    if (!a->placed) {
        return l->numbers[anchor];
    }
    str label = pages->pages.v[a->page].label;
    size_t n = utf8_count(label);
    l->widest[anchor] = n > l->widest[anchor] ? n : l->widest[anchor];
    struct buf number;
    buf_init(&number, &l->arena);
    for (; l->runs >= CALM && n < l->widest[anchor]; n++) {
        buf_puts(&number, FIGURE_SPACE);
    }
    buf_put(&number, label);
    return buf_str(&number);
}

static bool page_refs_settled(struct flow_late *l, const struct page_list *pages)
{
    bool settled = true;
    struct place at = PLACE_NONE;
    for (size_t i = 0; i < l->tree->page_refs.n; i++) {
        const struct tree_page_ref *ref = &l->tree->page_refs.v[i];
        str number = number_of(l, pages, ref->anchor);
        if (!str_eq(number, l->numbers[ref->anchor])) {
            l->numbers[ref->anchor] = number;
            at = settled ? ref->at : at;
            settled = false;
        }
    }
    if (!settled && l->runs >= RUNS) {
        diag_report(&l->sink, DIAG_UNSETTLED_PAGE, at,
                    "add or take a few words before it",
                    "the number of this page moves what stands on it");
        return true;
    }
    return settled;
}

bool flow_late_settled(struct flow_late *l, const struct page_list *pages)
{
    bool settled = flow_labels_settled(l->labels, l->runs);
    return page_refs_settled(l, pages) && settled;
}

void flow_late_report(const struct flow_late *l, struct diag_sink *sink)
{
    if (l->runs == 0) {
        return;
    }
    for (size_t i = sink->list.n; i < l->sink.list.n; i++) {
        const struct diag *d = &l->sink.list.v[i];
        const char *hint = d->hint.n ? d->hint.p : NULL;
        struct diag *copy = diag_report(sink, d->code, d->at, hint,
                                        "%.*s", STR_ARG(d->message));
        if (d->second_message.n) {
            diag_second(sink, copy, d->second, d->second_message.p);
        }
    }
    for (size_t i = 0; i <= DIAG_FATAL; i++) {
        sink->counts[i] = l->sink.counts[i];
    }
    for (size_t i = 0; i < DIAG_CODE_COUNT; i++) {
        sink->per_code[i] = l->sink.per_code[i];
    }
}

const struct text_span *flow_late_spans(struct flow *f, const struct tree_spans *spans)
{
    size_t i = 0;
    while (i < spans->n && !spans->v[i].page_of) {
        i++;
    }
    if (i == spans->n && !flow_has_labels(f, spans)) {
        return spans->v;
    }
    struct text_span *filled = NEW_ARRAY(&f->scratch, struct text_span, spans->n);
    for (i = 0; i < spans->n; i++) {
        filled[i] = spans->v[i];
        if (filled[i].page_of) {
            filled[i].text = f->late->numbers[filled[i].page_of];
        } else if (f->late->labels) {
            filled[i] = flow_label_guess(f->late->labels, filled[i]);
        }
    }
    return filled;
}

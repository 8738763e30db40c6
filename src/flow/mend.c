/* SPDX-License-Identifier: MIT
 *
 * In: regions of which some end badly. Out: the paragraphs that may mend them, each with
 * its other settings. A region ends badly if it costs more than a paragraph does at
 * least that is not set as is best for it: only then can it be worth it. The paragraphs
 * of that region and of a few before it are asked, the longest ones of each, since they
 * can give most easily. So a note whose pages end well pays nothing, and no region costs
 * more than so many paragraphs. */
#include "flow/choices.h"

/* Of one region; shorter ones have nothing to give. */
enum { ASKED_PARAGRAPHS = 6, LEAST_LINES = 3 };

/* Whether `a` is asked before `b`. */
static bool comes_first(const struct flow_paragraph *a, const struct flow_paragraph *b)
{
    return !b || a->n > b->n;
}

/* The first paragraph that ends behind a line. */
static size_t paragraph_at(const struct flow *f, size_t line)
{
    size_t low = 0, above = f->paragraphs.n;
    while (low < above) {
        size_t middle = low + (above - low) / 2;
        const struct flow_paragraph *p = &f->paragraphs.v[middle];
        if (p->first + p->n <= line) {
            low = middle + 1;
        } else {
            above = middle;
        }
    }
    return low;
}

static void ask(struct flow_mending *m, size_t paragraph)
{
    struct flow_offer offer;
    if (flow_offer_settings(m->f, &m->f->paragraphs.v[paragraph], &offer)) {
        vec_push(&m->f->work, &m->offers, offer);
        size_t at = m->offers.n - 1;
        for (; at > 0 && m->offers.v[at - 1].first > offer.first; at--) {
            m->offers.v[at] = m->offers.v[at - 1];
        }
        m->offers.v[at] = offer;
    }
}

void flow_mend_in(struct flow_mending *m, struct flow_range lines)
{
    const struct flow *f = m->f;
    size_t from = paragraph_at(f, lines.first);
    for (int asked = 0; asked < ASKED_PARAGRAPHS; asked++) {
        const struct flow_paragraph *best = NULL;
        for (size_t i = from; i < f->paragraphs.n; i++) {
            const struct flow_paragraph *p = &f->paragraphs.v[i];
            if (p->first >= lines.last) {
                break;
            }
            bool can = p->n >= LEAST_LINES && p->first >= f->front_lines;
            if (can && m->asked[i] < m->round && comes_first(p, best)) {
                best = p;
            }
        }
        if (!best) {
            return;
        }
        size_t i = (size_t)(best - f->paragraphs.v);
        if (m->asked[i] == 0) {
            ask(m, i);
        }
        m->asked[i] = m->round;
    }
}

/* SPDX-License-Identifier: MIT
 *
 * A paragraph once more, in a line fewer or more than is best for it, for a page that
 * would end badly. What its lines cost beyond the best ones says how much that may mend:
 * every line whose spaces become 0.4 em wide adds the least cost once more. The layout's
 * tolerance holds for these lines, too, so that many a paragraph has no other setting.
 *
 * The new lines take from the old ones what came from around the paragraph: spaces,
 * frames, keeps. The notes marked on them were measured before; they are only counted. */
#include "flow/choices.h"
#include "flow/measure.h"
#include "flow/paragraph.h"

/* The demerits of a line with spaces of about 0.4 em. */
enum { LINE_DEMERITS = 60000 };

/* Longer paragraphs are left as they are. */
enum { MOST_LINES = 60 };

/* --- Its frame among the other lines --- */

/* Notes `from` to `to` of the order are those of a paragraph. */
struct own_notes {
    uint32_t from, to;
};

/* How far into the order those marked on a line reach. A mark may also be one of a note
 * that was marked before, in a float, say. */
static uint32_t notes_up_to(const struct flow *f, struct own_notes own,
                            const struct tree_spans *spans, const struct text_line *line)
{
    for (uint32_t i = 0; i < line->n; i++) {
        uint32_t note = spans->v[line->pieces[i].span].note, k = own.from;
        while (note && k < own.to && f->order.v[k] != note - 1) {
            k++;
        }
        if (note && k < own.to && f->notes[note - 1].end > own.from) {
            own.from = f->notes[note - 1].end;
        }
    }
    return own.from;
}

static void count_notes(const struct flow *f, const struct flow_lines *lines,
                        struct own_notes own)
{
    const struct box *box = lines->v[0].box;
    for (size_t i = 0; i < lines->n; i++) {
        struct flow_line *l = &lines->v[i];
        l->notes = own.from;
        own.from = notes_up_to(f, own, &box->marker, &l->marker);
        own.from = notes_up_to(f, own, &box->spans, &l->text);
    }
}

/* The first and the last line of the old lines say what is around the new ones. */
static void take_edges(const struct flow_line *first, const struct flow_line *last,
                       const struct flow_lines *lines)
{
    struct flow_line *v = lines->v, *end = &v[lines->n - 1];
    v[0].before = first->before;
    v[0].penalty = first->penalty;
    v[0].forced = first->forced;
    v[0].right = first->right;
    v[0].opens = first->opens;
    v[0].above = first->above;
    v[0].open_above = first->open_above;
    end->closes = last->closes;
    end->below = last->below;
    end->open_below = last->open_below;
    for (size_t i = 1; i < lines->n && first[1].penalty >= FLOW_NEVER; i++) {
        v[i].penalty = FLOW_NEVER; /* something around it is kept together */
    }
}

static void set_again(struct flow *f, const struct flow_paragraph *p,
                      struct text_para *text, const struct line_breaks *breaks,
                      struct flow_lines *out)
{
    const struct flow_line *first = &f->body.v[p->first];
    struct measure m = {.f = f, .out = out, .full = p->full, .x = p->x,
                        .width = p->width, .frame = first->frame};
    struct flow_text set;
    flow_set_breaks(f, p->box, p->width, &(struct flow_broken){text, breaks}, &set);
    flow_add_lines(&m, p->box, &set);
    uint32_t behind = flow_notes_before(f, p->first + p->n);
    count_notes(f, out, (struct own_notes){first->notes, behind});
    take_edges(first, first + p->n - 1, out);
}

/* --- What it costs --- */

static int32_t cost_of(const struct flow *f, int64_t worse)
{
    int64_t least = f->layout->breaking.looseness;
    int64_t times = worse > 0 ? worse / 1024 : 0; /* both are small numbers now */
    int64_t cost = least + least * times / (LINE_DEMERITS / 1024);
    return (int32_t)(cost < FLOW_NEVER ? cost : FLOW_NEVER);
}

bool flow_offer_settings(struct flow *f, const struct flow_paragraph *p,
                         struct flow_offer *offer)
{
    const struct style *s = p->box->style;
    const struct tree_spans *spans = &p->box->spans;
    if (p->n > MOST_LINES || spans->n == 0) {
        return false;
    }
    struct line_shape shape = {p->width - s->indent_first, p->width, s->align, s->size,
                               f->layout, false};
    struct text_para_request request = {flow_late_spans(f, spans), spans->n, s->hyphenate,
                                        spans->v[0].lang};
    struct text_para *text = text_para_new(f->engine, &request, &f->scratch, f->sink);
    text->tracking = f->body.v[p->first].text.tracking;
    struct line_counted ways[LINE_COUNTS];
    flow_count_lines(text, &shape, p->n, &f->scratch, ways);
    *offer = (struct flow_offer){.first = p->first, .last = p->first + p->n};
    for (int i = 0; i < LINE_COUNTS; i++) {
        int32_t cost = cost_of(f, ways[i].demerits - ways[1].demerits);
        if (i != 1 && ways[i].breaks.n && cost < FLOW_NEVER) {
            set_again(f, p, text, &ways[i].breaks, &offer->others[offer->n]);
            offer->costs[offer->n++] = cost;
        }
    }
    arena_reset(&f->scratch);
    return offer->n > 0;
}

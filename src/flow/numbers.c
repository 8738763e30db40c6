/* SPDX-License-Identifier: MIT
 *
 * Footnotes whose numbers begin anew on each page. A number is known when pages are, and
 * pages depend on how wide it is. So lines are measured with labels that are likely to be
 * as wide; when pages are chosen, each note gets the number that it has among those that
 * begin on its page, and what is printed is that number, in the room of the one that was
 * measured. A mark on another page than its note says which page that is. Where a label
 * is not as wide as its room, the flow runs again with the labels that came out: see
 * late.c. Figures are of one width in nearly every face: then one run is enough.
 *
 * Widths may move marks from page to page and back for ever. After CALM runs all labels
 * are therefore measured as the widest one that any page had, and those of marks that
 * were ever on another page than their note as that; what is narrower leaves room behind
 * it. So each further run needs a page with more notes than any before, or one more mark
 * apart from its note. */
#include "flow/numbers.h"

enum { CALM = 4, RUNS = 12 };

struct flow_labels {
    struct arena *a;
    struct tree *tree;
    str *measured, *wanted; /* by link: what this run measures, what it should have */
    bool *far;              /* by link: the mark of a note on another page */
    uint32_t *numbers;      /* by note - 1: on its page; 0: none yet */
    uint32_t *pages;        /* where it begins */
    uint32_t most;          /* notes that a page had at most, ever */
    str widest;             /* label of so many */
    bool calm;
    bool again;             /* a label had not the room that it needs */
};

struct flow_labels *flow_labels_new(struct tree *t, struct arena *a)
{
    if (t->layout->notes.restart != LAYOUT_PER_PAGE || t->notes.n == 0) {
        return NULL;
    }
    struct flow_labels *l = NEW(a, struct flow_labels);
    *l = (struct flow_labels){.a = a, .tree = t, .most = t->note_labels};
    l->measured = NEW_ARRAY(a, str, t->links.n + 1);
    l->wanted = NEW_ARRAY(a, str, t->links.n + 1);
    l->far = NEW_ARRAY(a, bool, t->links.n + 1);
    for (size_t i = 0; i < t->links.n; i++) {
        uint32_t note = t->links.v[i].note;
        uint32_t guess = (note - 1) % t->note_labels + 1;
        l->measured[i + 1] = note ? tree_note_label(t->layout, guess, a) : STR_NONE;
    }
    return l;
}

static uint32_t note_of(const struct flow_labels *l, const struct text_span *span)
{
    return span->link ? l->tree->links.v[span->link - 1].note : 0;
}

struct text_span flow_label_guess(const struct flow_labels *l, struct text_span span)
{
    if (note_of(l, &span)) {
        span.text = l->measured[span.link];
    }
    return span;
}

/* Rows from data are set without runs, and have no notes. */
static struct flow_labels *labels_of(const struct flow *f)
{
    return f->late ? f->late->labels : NULL;
}

bool flow_has_labels(const struct flow *f, const struct tree_spans *spans)
{
    const struct flow_labels *l = labels_of(f);
    for (size_t i = 0; l && i < spans->n; i++) {
        if (note_of(l, &spans->v[i])) {
            return true;
        }
    }
    return false;
}

/* --- Numbers --- */

/* The notes of a page while they are counted. */
struct count {
    struct flow_labels *l;
    uint32_t page, n;
};

static void number_note(struct count *c, uint32_t note)
{
    if (note < c->l->tree->notes.n && c->l->numbers[note] == 0) {
        c->l->numbers[note] = ++c->n;
        c->l->pages[note] = c->page;
    }
}

static void number_order(struct count *c, const struct flow_order *order)
{
    for (size_t i = 0; i < order->n; i++) {
        number_note(c, order->v[i]);
    }
}

static void number_floats(struct count *c, const struct flow *f,
                          const struct flow_fill *fill, bool bottom)
{
    for (uint32_t i = fill->floats_first; i < fill->floats_last; i++) {
        if (f->floats.v[i].bottom == bottom) {
            number_order(c, &f->floats.v[i].notes);
        }
    }
}

/* Those of a fill that begin there; one that goes on from before does not. */
static struct flow_range begin_in(const struct flow_fill *fill)
{
    return (struct flow_range){fill->notes_first.note + (fill->notes_first.line > 0),
                               fill->notes_last.note + (fill->notes_last.line > 0)};
}

/* In the order of what is marked: the note's front, what floats on top, text, what floats
 * at the foot. What is marked here may have no room before the page's next column. */
static void number_fill(struct count *c, struct flow *f, const struct flow_fill *fill)
{
    struct flow_range range = begin_in(fill);
    const uint32_t *sorted = flow_sort_notes(f, fill->notes_first, fill->notes_last);
    uint32_t front = flow_notes_before(f, f->front_lines);
    size_t i = range.first;
    for (; i < range.last && i < front; i++) {
        number_note(c, sorted[i - fill->notes_first.note]);
    }
    number_floats(c, f, fill, false);
    for (; i < range.last; i++) {
        number_note(c, sorted[i - fill->notes_first.note]);
    }
    uint32_t marked = flow_notes_before(f, fill->last);
    for (i = flow_notes_before(f, fill->first); i < marked; i++) {
        if (c->l->pages[f->order.v[i]] == c->page) {
            number_note(c, f->order.v[i]);
        }
    }
    number_floats(c, f, fill, true);
}

static void find_pages(struct flow *f, struct flow_labels *l)
{
    for (size_t i = 0; i < f->fills.n; i++) {
        struct flow_range range = begin_in(&f->fills.v[i]);
        for (size_t k = range.first; k < range.last; k++) {
            l->pages[f->order.v[k]] = flow_region(f, f->fills.v[i].region).page;
        }
    }
}

static struct text_line set_span(struct flow *f, const struct text_span *span)
{
    struct text_para_request request = {span, 1, false, f->tree->lang};
    struct text_line line;
    text_set_label(f->engine, &request, f->arena, f->sink, &line);
    return line;
}

static len label_width(struct flow *f, str label)
{
    struct text_span span = f->tree->notes.v[0].first->marker.v[0];
    span.text = label;
    return set_span(f, &span).width;
}

/* So many notes were on no page yet: all notes' text moves behind the widest number. */
static void widen(struct flow *f, struct flow_labels *l, uint32_t most)
{
    struct tree *t = f->tree;
    len widest = l->widest.n ? label_width(f, l->widest) : 0;
    for (uint32_t i = l->widest.n ? l->most + 1 : 1; i <= most; i++) {
        str label = tree_note_label(t->layout, i, l->a);
        len width = label_width(f, label);
        l->widest = width > widest ? label : l->widest;
        widest = width > widest ? width : widest;
    }
    l->again = l->again || most > l->most;
    l->most = most;
    for (size_t i = 0; i < t->notes.n; i++) {
        t->notes.v[i].box->indent = widest + t->layout->notes.number_gap;
        t->notes.v[i].first->marker_room = t->notes.v[i].box->indent;
    }
}

/* The notes of a disclaimer at the first page's foot are the last ones there. */
static uint32_t end_page(struct count *c, const struct flow *f)
{
    if (c->page == 0) {
        number_order(c, &f->first_foot_notes);
    }
    return c->n;
}

void flow_number_notes(struct flow *f)
{
    struct flow_labels *l = f->late->labels;
    if (!l) {
        return;
    }
    l->numbers = NEW_ARRAY(&f->work, uint32_t, f->tree->notes.n);
    l->pages = NEW_ARRAY(&f->work, uint32_t, f->tree->notes.n + 1);
    find_pages(f, l);
    struct count c = {.l = l};
    uint32_t most = l->most;
    for (size_t i = 0; i < f->fills.n; i++) {
        uint32_t page = flow_region(f, f->fills.v[i].region).page;
        if (page != c.page) {
            uint32_t n = end_page(&c, f);
            most = n > most ? n : most;
            c = (struct count){l, page, 0};
        }
        number_fill(&c, f, &f->fills.v[i]);
    }
    uint32_t n = end_page(&c, f);
    widen(f, l, n > most ? n : most);
}

/* --- Labels --- */

static bool is_elsewhere(const struct flow *f, const struct text_span *span,
                         uint32_t note)
{
    bool mark = span->flags & TEXT_SPAN_MARK;
    return mark && f->late->labels->pages[note - 1] + 1 != f->pages->pages.n;
}

/* "2", or for a note that begins on another page "2 (page 7)". */
static str label_of(const struct flow *f, const struct text_span *span, uint32_t note)
{
    struct flow_labels *l = f->late->labels;
    str label = tree_note_label(f->layout, l->numbers[note - 1], l->a);
    if (!is_elsewhere(f, span, note)) {
        return label;
    }
    struct layout_values values = {
        .number = str_format(l->a, "%u", l->pages[note - 1] + 1)};
    str words = layout_label(f->layout, span->lang, "ref-page");
    str page = words.n ? layout_fill(f->layout, words, span->lang, &values, l->a)
                       : values.number;
    return str_format(l->a, "%.*s\xC2\xA0(%.*s)", STR_ARG(label), STR_ARG(page));
}

bool flow_set_label(struct flow *f, const struct text_span *span, len room,
                    struct flow_label *out)
{
    struct flow_labels *l = labels_of(f);
    uint32_t note = l ? note_of(l, span) : 0;
    if (!note || l->numbers[note - 1] == 0) {
        return false;
    }
    str label = label_of(f, span, note), *measured = &l->measured[span->link];
    f->pages->links.v[span->link - 1].contents = str_copy(f->arena, label);
    l->far[span->link] = is_elsewhere(f, span, note) || (l->calm && l->far[span->link]);
    l->wanted[span->link] = label;
    if (str_eq(label, *measured)) {
        return false;
    }
    out->span = *span;
    out->span.text = label;
    out->line = set_span(f, &out->span);
    if (l->calm && out->line.width <= room) {
        l->wanted[span->link] = *measured;
    } else if (out->line.width != room) {
        l->again = true;
    }
    return true;
}

bool flow_labels_settled(struct flow_labels *l, int runs)
{
    if (!l || !l->again || runs >= RUNS) {
        return true;
    }
    l->again = false;
    l->calm = runs >= CALM;
    for (size_t i = 1; i <= l->tree->links.n; i++) {
        str wanted = l->calm && !l->far[i] ? l->widest : l->wanted[i];
        l->measured[i] = l->wanted[i].n ? wanted : l->measured[i];
    }
    return false;
}

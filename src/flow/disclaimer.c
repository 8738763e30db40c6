/* SPDX-License-Identifier: MIT
 *
 * The disclaimer, where the layout has it: as a footnote behind those of the front, at
 * the foot of the first page, behind the text, or at the foot of the last page. */
#include "flow/measure.h"

enum { LEAST_LINES = 2 }; /* of text between the front and the first foot */

/* As a note without a number. */
static void as_note(struct flow *f)
{
    struct flow_note *note = &f->notes[f->tree->notes.n];
    vec_push(&f->work, &f->order, (uint32_t)f->tree->notes.n);
    flow_measure_list(f, f->tree->disclaimer, f->column_width, &note->lines);
    flow_note_ready(f, note);
    note->end = (uint32_t)f->order.n;
}

static void measure_first_foot(struct flow *f, len width)
{
    f->first_foot = (struct flow_lines){0};
    flow_measure_list(f, f->tree->disclaimer, width, &f->first_foot);
}

/* Whether there is room left. A front across columns does not go on to other pages. */
static bool leaves_room(const struct flow *f)
{
    struct layout *l = f->layout;
    len64 used = flow_height(&f->front, 0, f->front.n) +
                 flow_height(&f->first_foot, 0, f->first_foot.n);
    return used + LEAST_LINES * style_root(l)->leading <=
           l->page.height - f->first_top - l->page.bottom;
}

static void move_notes(struct flow_lines *lines, size_t by)
{
    for (size_t i = 0; i < lines->n; i++) {
        lines->v[i].notes += (uint32_t)by; /* modulo 2^32: may be less */
    }
}

/* A front in one column may go on, with its notes, on other pages; those that are marked
 * at the first page's foot may not. So the last `n` notes come first. */
static void come_first(struct flow *f, size_t n)
{
    size_t others = f->order.n - n;
    struct flow_order order = {0};
    for (size_t i = 0; i < f->order.n; i++) {
        uint32_t number = f->order.v[(others + i) % f->order.n];
        struct flow_note *note = &f->notes[number];
        size_t by = i < n ? 0 - others : n;
        vec_push(&f->work, &order, number);
        move_notes(&note->lines, by);
        note->end += (uint32_t)by;
    }
    f->order = order;
    move_notes(&f->body, n);
}

/* Its notes stand with it, if they can: those of the front may be so long that no more
 * begin on the first page. */
static void at_first_foot(struct flow *f, len width)
{
    struct flow_order outer = flow_begin_own_notes(f);
    len column = f->column_width;
    f->column_width = width; /* of its notes */
    measure_first_foot(f, width);
    flow_end_own_notes(f, &f->first_foot);
    f->column_width = column;
    if (leaves_room(f)) {
        f->first_foot_notes = f->order;
        f->order = outer;
    } else {
        flow_forget_own_notes(f, outer);
        measure_first_foot(f, width);
        come_first(f, f->order.n - outer.n);
    }
    len before = f->first_foot.n ? f->first_foot.v[0].before : 0;
    f->first_foot_height = before + flow_height(&f->first_foot, 0, f->first_foot.n);
}

void flow_disclaimer_of_front(struct flow *f, len width)
{
    enum layout_disclaimer place = f->layout->disclaimer.place;
    if (f->tree->disclaimer && place == LAYOUT_AS_FOOTNOTE) {
        as_note(f);
    } else if (f->tree->disclaimer && place == LAYOUT_FIRST_FOOT) {
        at_first_foot(f, width);
    }
}

/* Its lines stay together at the foot of the last page. */
static void at_last_foot(struct measure *m)
{
    size_t first = m->out->n;
    flow_measure_box(m, m->f->tree->disclaimer);
    for (size_t i = first; i < m->out->n; i++) {
        m->out->v[i].at_foot = true;
        m->out->v[i].penalty = i > first ? FLOW_NEVER : m->out->v[i].penalty;
    }
}

void flow_disclaimer_of_body(struct measure *m)
{
    enum layout_disclaimer place = m->f->layout->disclaimer.place;
    if (m->f->tree->disclaimer && place == LAYOUT_AFTER_BODY) {
        flow_measure_box(m, m->f->tree->disclaimer);
    } else if (m->f->tree->disclaimer && place == LAYOUT_LAST_FOOT) {
        at_last_foot(m);
    }
}

/* SPDX-License-Identifier: MIT
 *
 * Backgrounds and borders. While boxes become lines, each line learns what the frames
 * around it take above and below: where a frame begins or ends, its padding and border;
 * where only a region does, its padding, so that text never touches an edge. A border is
 * not drawn there: the open side says that the box goes on.
 *
 * When lines are placed, a frame reaches from its first to its last line in the region;
 * outer frames are drawn before inner ones, all of them before the text. */
#include "flow/measure.h"

static bool has_side(const struct style *s, enum style_sides sides)
{
    return s->border > 0 &&
           (s->border_sides == STYLE_SIDES_ALL || s->border_sides == sides);
}

static len border_beside(const struct style *s, enum style_sides sides)
{
    return has_side(s, sides) ? s->border : 0;
}

/* What a frame takes above its first line, and below its last. */
static len end_room(const struct style *s)
{
    return s->padding_block + border_beside(s, STYLE_SIDES_ENDS);
}

/* Moves the box in, but leaves it room for a letter. */
static void move_in(struct measure *m, const struct style *s)
{
    len64 start = style_frame_start(s);
    len64 end = (len64)(s->border_sides == STYLE_SIDES_ALL ? s->border : 0) + s->padding;
    len64 room = m->width > s->size ? m->width - s->size : 0;
    if (start + end > room) {
        start = len_muldiv(room, start, start + end);
        end = room - start;
    }
    m->x += (len)start;
    m->width -= (len)(start + end);
}

struct flow_frame *flow_open_frame(struct measure *m, const struct box *box)
{
    const struct style *s = box->style;
    struct flow_frame *frame = NEW(&m->f->work, struct flow_frame);
    *frame = (struct flow_frame){m->frame, s, m->x, m->width, false};
    move_in(m, s);
    m->frame = frame;
    m->fresh = true;
    m->opens++;
    m->above += end_room(s);
    return frame;
}

void flow_frame_line(struct measure *m, struct flow_line *line)
{
    line->frame = m->frame;
    line->opens = m->opens;
    line->above = m->above;
    uint16_t level = 0;
    for (const struct flow_frame *f = m->frame; f; f = f->parent, level++) {
        line->open_above += level < m->opens ? 0 : f->style->padding_block;
        line->open_below += f->style->padding_block;
    }
    m->fresh = false;
    m->opens = 0;
    m->above = 0;
}

/* Mirrors the frame where its text runs from right to left. */
static void turn(struct flow_frame *frame, len full)
{
    frame->rtl = true;
    frame->x = full - frame->x - frame->width;
}

void flow_close_frame(struct measure *m, struct flow_frame *frame, size_t first)
{
    m->frame = frame->parent;
    if (m->out->n == first) { /* nothing inside: nothing to draw around */
        m->opens--;
        m->above -= end_room(frame->style);
        m->fresh = m->opens > 0;
        return;
    }
    struct flow_line *last = &m->out->v[m->out->n - 1];
    last = last->group ? &last->group->head : last;
    last->closes++;
    last->below += end_room(frame->style);
    last->open_below -= frame->style->padding_block;
    m->space = 0;
    if (m->out->v[first].rtl) {
        turn(frame, m->full);
    }
}

len flow_frame_room(const struct measure *m)
{
    len64 room = 0;
    for (const struct flow_frame *f = m->frame; f; f = f->parent) {
        room += 2 * end_room(f->style);
    }
    return (len)(room < LEN_MAX / 4 ? room : LEN_MAX / 4);
}

len64 flow_line_height(const struct flow_line *l)
{
    return (len64)l->above + l->height + l->below;
}

/* --- Placing --- */

/* Where a frame stands in a region. */
struct part {
    const struct flow_frame *frame;
    struct page_rect rect;
    bool begins, ends; /* here, and not in another region */
};

static bool is_inside(const struct flow_line *l, const struct flow_frame *frame)
{
    for (const struct flow_frame *f = l->frame; f; f = f->parent) {
        if (f == frame) {
            return true;
        }
    }
    return false;
}

/* From the first line's top up to the frame's edge: over the frames inside it. */
static len up_to_edge(const struct flow_line *l, const struct flow_frame *frame,
                      bool *begins)
{
    len room = 0;
    uint16_t level = 0;
    for (const struct flow_frame *f = l->frame;; f = f->parent, level++) {
        bool opens = level < l->opens;
        room += opens ? end_room(f->style) : f->style->padding_block;
        if (f == frame) {
            *begins = opens;
            return room;
        }
    }
}

static len down_to_edge(const struct flow_line *l, const struct flow_frame *frame,
                        bool *ends)
{
    len room = 0;
    uint16_t level = 0;
    for (const struct flow_frame *f = l->frame;; f = f->parent, level++) {
        bool closes = level < l->closes;
        room += closes ? end_room(f->style) : f->style->padding_block;
        if (f == frame) {
            *ends = closes;
            return room;
        }
    }
}

static void draw_borders(struct flow *f, struct page *p, const struct part *part)
{
    const struct style *s = part->frame->style;
    struct page_rect r = part->rect;
    len t = s->border < r.width / 2 ? s->border : r.width / 2;
    t = t < r.height / 2 ? t : r.height / 2;
    bool both = s->border_sides == STYLE_SIDES_ALL;
    bool left = both || (has_side(s, STYLE_SIDES_START) && !part->frame->rtl);
    bool right = both || (has_side(s, STYLE_SIDES_START) && part->frame->rtl);
    bool ends = has_side(s, STYLE_SIDES_ENDS);
    if (t <= 0) {
        return;
    }
    const struct { bool drawn; struct page_rect rect; } SIDES[] = {
        {ends && part->begins, {r.x, r.y, r.width, t}},
        {ends && part->ends, {r.x, r.y + r.height - t, r.width, t}},
        {left, {r.x, r.y, t, r.height}},
        {right, {r.x + r.width - t, r.y, t, r.height}},
    };
    for (size_t i = 0; i < sizeof SIDES / sizeof *SIDES; i++) {
        if (SIDES[i].drawn) {
            flow_place_rule(f, p, SIDES[i].rect, s->border_color);
        }
    }
}

/* The part of `frame` that begins with line `i`. */
static void draw_part(struct flow *f, struct page *p, const struct flow_framed *s,
                      const struct flow_frame *frame, size_t i)
{
    size_t last = i;
    while (last + 1 < s->range.last && is_inside(&s->lines->v[last + 1], frame)) {
        last++;
    }
    struct part part = {.frame = frame};
    const struct flow_line *from = &s->lines->v[i], *to = &s->lines->v[last];
    len top = s->tops[i - s->range.first] - up_to_edge(from, frame, &part.begins);
    top -= i == s->range.first ? s->lead : 0;
    len bottom = s->tops[last - s->range.first] + to->height +
                 down_to_edge(to, frame, &part.ends);
    part.rect = (struct page_rect){s->x + frame->x, top, frame->width, bottom - top};
    if (frame->style->background.space != COLOR_NONE) {
        flow_place_rule(f, p, part.rect, frame->style->background);
    }
    draw_borders(f, p, &part);
}

/* The frames of line `i` that begin with it in this region, from the outermost. */
static void draw_frames(struct flow *f, struct page *p, const struct flow_framed *s,
                        size_t i)
{
    const struct flow_line *l = &s->lines->v[i];
    const struct flow_line *before = i > s->range.first ? &s->lines->v[i - 1] : NULL;
    size_t n = 0;
    for (const struct flow_frame *frame = l->frame; frame; frame = frame->parent) {
        n += !before || !is_inside(before, frame);
    }
    for (; n > 0; n--) {
        const struct flow_frame *frame = l->frame;
        for (size_t k = 1; k < n; k++) {
            frame = frame->parent;
        }
        draw_part(f, p, s, frame, i);
    }
}

void flow_place_frames(struct flow *f, struct page *p, const struct flow_framed *s)
{
    for (size_t i = s->range.first; i < s->range.last; i++) {
        if (s->lines->v[i].frame) {
            draw_frames(f, p, s, i);
        }
    }
    flow_place_tables(f, p, s);
}

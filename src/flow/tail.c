/* SPDX-License-Identifier: MIT
 *
 * Tails: the page numbers at the far edge of lines, and the dots that lead to them.
 * Lines were broken with room for them, so that they wait until all pages are known and
 * move nothing.
 *
 * Numbers end at the edge. All leaders end at one place, before the widest number, and
 * are counted from there: so dots stand below dots. Items belong where the line is, for
 * whoever reads them in order: they are made at the page's end and moved there, the last
 * ones first, so that places noted before stay right. */
#include "flow/vertical.h"

#include <string.h>

/* A number ready to be placed. */
struct set_tail {
    const struct flow_tail *at;
    struct flow_line *number;
};

static const struct box *box_of(struct flow *f, const struct box *like,
                                const struct text_span *span)
{
    struct box *box = NEW(f->arena, struct box);
    box->kind = BOX_PARAGRAPH;
    box->style = like->style;
    box->at = like->at;
    box->element = like->element;
    vec_push(f->arena, &box->spans, *span);
    return box;
}

/* One line of the paragraph's own height, so that it stands on the same baseline. */
static struct flow_line *set_span(struct flow *f, const struct box *like,
                                  struct text_span span)
{
    span.page_of = 0;
    struct flow_line *line = flow_set_single(f, box_of(f, like, &span), LEN_MAX / 4);
    line->x = 0;
    return line;
}

static str number_of(const struct flow *f, uint32_t anchor)
{
    const struct page_anchor *a = &f->pages->anchors.v[anchor - 1];
    return a->placed ? f->pages->pages.v[a->page].label : STR("?");
}

static str repeated(struct flow *f, str what, len64 times)
{
    struct buf b;
    buf_init(&b, f->arena);
    for (len64 i = 0; i < times; i++) {
        buf_put(&b, what);
    }
    return buf_str(&b);
}

/* The left edge of something `width` wide that ends `before` the tail's edge. */
static len left_of(const struct flow_line *line, len before, len width)
{
    return line->rtl ? line->edge + before : line->edge - before - width;
}

static void place_leader(struct flow *f, struct page *p, const struct flow_tail *t,
                         len widest)
{
    const struct box *box = t->line->box;
    struct text_span leader = box->tail->leader;
    if (leader.text.n == 0) {
        return;
    }
    len gap = leader.style->marker_gap, apart = leader.style->letter_space;
    len one = set_span(f, box, leader)->text.width + apart, before = widest + gap;
    len end = t->line->rtl ? t->line->x : t->line->x + t->line->text.width;
    len64 room = t->line->rtl ? (len64)end - t->line->edge : (len64)t->line->edge - end;
    len64 times = one > 0 ? (room - before - gap + apart) / one : 0;
    if (times < 2) {
        return;
    }
    leader.text = repeated(f, leader.text, times);
    struct flow_line *line = set_span(f, box, leader);
    size_t from = p->items.n;
    flow_place_line(f, p, line, t->x + left_of(t->line, before, line->text.width), t->y);
    for (size_t i = from; i < p->items.n; i++) {
        p->items.v[i].artifact = STRUCTURE_DECORATION;
    }
}

/* Moves what was added behind `from` to `to`. */
static void move_items(struct flow *f, struct page *p, size_t from, size_t to)
{
    size_t n = p->items.n - from;
    struct page_item *moved = NEW_ARRAY(&f->scratch, struct page_item, n + 1);
    memcpy(moved, p->items.v + from, n * sizeof *moved);
    memmove(p->items.v + to + n, p->items.v + to, (from - to) * sizeof *moved);
    memcpy(p->items.v + to, moved, n * sizeof *moved);
    page_move_later(p, to, n);
    arena_reset(&f->scratch);
}

static void place_tail(struct flow *f, const struct set_tail *s, len widest)
{
    const struct flow_tail *t = s->at;
    struct page *p = &f->pages->pages.v[t->page];
    size_t from = p->items.n;
    place_leader(f, p, t, widest);
    flow_place_line(f, p, s->number,
                    t->x + left_of(t->line, 0, s->number->text.width), t->y);
    move_items(f, p, from, t->item);
}

void flow_note_tail(struct flow *f, const struct page *p, const struct flow_line *line,
                    len x, len y)
{
    struct flow_tail tail = {
        line, (size_t)(p - f->pages->pages.v), p->items.n, x, y,
    };
    vec_push(&f->work, &f->tails, tail);
}

void flow_set_tails(struct flow *f)
{
    struct set_tail *set = NEW_ARRAY(&f->work, struct set_tail, f->tails.n + 1);
    len widest = 0;
    for (size_t i = 0; i < f->tails.n; i++) {
        const struct box *box = f->tails.v[i].line->box;
        struct text_span number = box->tail->number;
        str label = number_of(f, number.page_of);
        number.text = label;
        len width = set_span(f, box, number)->text.width;
        /* The leader is no text; whoever hears the entry needs a space there. */
        number.text = str_format(f->arena, "\xC2\xA0%.*s", STR_ARG(label));
        set[i] = (struct set_tail){&f->tails.v[i], set_span(f, box, number)};
        widest = width > widest ? width : widest;
    }
    for (size_t i = f->tails.n; i-- > 0;) {
        place_tail(f, &set[i], widest);
    }
}

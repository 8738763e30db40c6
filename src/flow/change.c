/* SPDX-License-Identifier: MIT
 *
 * Bars beside what is new. Each line that is placed and is new, or has words that are,
 * makes a bar as high as it is, or the bar of the line before it longer, so that the
 * space between two blocks does not divide it. When all lines stand, bars that touch
 * become one. They stand in the outer margin: on the right; on left pages of two-sided
 * layouts, and where text is read from right to left, on the left; beside the first of
 * several columns on the left, beside all others on the right. They are no content and
 * move nothing. */
#include "flow/measure.h"

#include <stdlib.h>

void flow_bars_in(struct flow *f, const struct flow_region *r)
{
    const struct flow_region *now = &f->beside;
    if (now->page != r->page || now->rect.x != r->rect.x ||
        now->rect.width != r->rect.width) {
        f->bar_goes_on = false;
    }
    f->beside = *r;
}

/* Words that are new; a space at a line's end is none. */
static bool has_new_words(const struct flow_line *line)
{
    for (uint32_t i = 0; i < line->text.n; i++) {
        const struct text_piece *piece = &line->text.pieces[i];
        bool is_new = line->box->spans.v[piece->span].flags & TEXT_SPAN_CHANGED;
        if (is_new && !(piece->flags & TEXT_PIECE_SPACE)) {
            return true;
        }
    }
    return false;
}

/* A row is new as a whole where one of its cells is. */
static bool is_new(const struct flow_line *line)
{
    bool is_new = line->box->changed;
    for (uint32_t i = 0; line->row && i < line->row->n; i++) {
        is_new = is_new || line->row->cells[i].box->changed;
    }
    return is_new || (line->kind == FLOW_TEXT && has_new_words(line));
}

static len bar_x(const struct flow *f)
{
    const struct layout *l = f->layout;
    const struct flow_region *r = &f->beside;
    bool right = r->columns > 1      ? r->column > 0
                 : l->page.two_sided ? r->page % 2 == 0
                                     : !f->rtl;
    len gap = l->change_bars.gap, width = l->change_bars.width;
    len x = right ? r->rect.x + r->rect.width + gap : r->rect.x - gap - width;
    len most = l->page.width - width;
    return x < 0 ? 0 : x > most ? most : x;
}

/* Frames that begin or end with a line of a new block are new with it. */
static struct flow_bar bar_of(const struct flow *f, const struct flow_line *line, len y)
{
    bool whole = line->box->changed;
    return (struct flow_bar){
        .page = f->beside.page, .x = bar_x(f),
        .top = y - (whole ? line->above : 0),
        .bottom = y + line->height + (whole ? line->below : 0),
    };
}

void flow_bar_line(struct flow *f, const struct flow_line *line, len y)
{
    if (!f->tree->has_changes || !f->layout->change_bars.shown) {
        return;
    }
    if (!is_new(line)) {
        f->bar_goes_on = false;
        return;
    }
    struct flow_bar bar = bar_of(f, line, y);
    struct flow_bar *last = f->bars.n ? &f->bars.v[f->bars.n - 1] : NULL;
    if (f->bar_goes_on && last && bar.top >= last->top) { /* not the next cell of a row */
        last->bottom = bar.bottom > last->bottom ? bar.bottom : last->bottom;
    } else {
        vec_push(&f->work, &f->bars, bar);
    }
    f->bar_goes_on = true;
}

static int compare(len a, len b)
{
    return (a > b) - (a < b);
}

static int by_place(const void *a, const void *b)
{
    const struct flow_bar *one = a, *other = b;
    int order = compare((len)one->page, (len)other->page);
    order = order ? order : compare(one->x, other->x);
    order = order ? order : compare(one->top, other->top);
    return order ? order : compare(one->bottom, other->bottom);
}

void flow_place_bars(struct flow *f)
{
    struct flow_bar *v = f->bars.v;
    size_t n = f->bars.n;
    if (n == 0) {
        return;
    }
    struct color color = tree_running(f->tree, STR_NONE, "change-bar",
                                      &f->work)->style->color;
    qsort(v, n, sizeof *v, by_place);
    for (size_t i = 0, j; i < n; i = j) {
        struct flow_bar bar = v[i];
        for (j = i + 1; j < n && v[j].page == bar.page && v[j].x == bar.x &&
                        v[j].top <= bar.bottom; j++) {
            bar.bottom = v[j].bottom > bar.bottom ? v[j].bottom : bar.bottom;
        }
        struct page_rect rect = {bar.x, bar.top, f->layout->change_bars.width,
                                 bar.bottom - bar.top};
        flow_place_rule(f, &f->pages->pages.v[bar.page], rect, color);
    }
}

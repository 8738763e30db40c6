/* SPDX-License-Identifier: MIT
 *
 * For whoever designs a layout: what cannot be seen, drawn over the page in thin light
 * lines that are no content. Pages have their body and their columns, every line of text,
 * row, cell and picture its box and its baseline; where a page had better not end stands
 * a tick, and beside it what a break there costs. No line moves. */
#include "flow/vertical.h"

enum { HAIR = LEN_PT / 4, TICK = 6 * LEN_PT };

static const struct color BOX = {COLOR_RGB, {650, 800, 950, 0}, 0};
static const struct color BASELINE = {COLOR_RGB, {980, 720, 720, 0}, 0};
static const struct color BODY = {COLOR_RGB, {550, 800, 550, 0}, 0};
static const struct color BREAK = {COLOR_RGB, {850, 450, 450, 0}, 0};

/* What of a rule is on the page. */
static void rule(struct flow *f, struct page *p, struct page_rect r, struct color color)
{
    len64 right = (len64)r.x + r.width, bottom = (len64)r.y + r.height;
    r.x = r.x > 0 ? r.x : 0;
    r.y = r.y > 0 ? r.y : 0;
    right = right < p->width ? right : p->width;
    bottom = bottom < p->height ? bottom : p->height;
    if (right > r.x && bottom > r.y) {
        r.width = (len)(right - r.x);
        r.height = (len)(bottom - r.y);
        flow_place_rule(f, p, r, color);
    }
}

static void outline(struct flow *f, struct page *p, struct page_rect r,
                    struct color color)
{
    if (r.width <= 0 || r.height <= 0) {
        return;
    }
    rule(f, p, (struct page_rect){r.x, r.y, r.width, HAIR}, color);
    rule(f, p, (struct page_rect){r.x, r.y + r.height - HAIR, r.width, HAIR}, color);
    rule(f, p, (struct page_rect){r.x, r.y, HAIR, r.height}, color);
    rule(f, p, (struct page_rect){r.x + r.width - HAIR, r.y, HAIR, r.height}, color);
}

void flow_show_line(struct flow *f, struct page *p, const struct flow_line *l, len x,
                    len y)
{
    if (!f->show) {
        return;
    }
    outline(f, p, (struct page_rect){x + l->x, y, l->width, l->height}, BOX);
    if (l->kind == FLOW_TEXT) {
        rule(f, p, (struct page_rect){x + l->x, y + l->baseline, l->width, HAIR},
             BASELINE);
    }
}

/* "300", "2.5k", or what must not be. */
static str penalty_text(struct flow *f, int32_t penalty)
{
    if (penalty >= FLOW_NEVER) {
        return STR("never");
    }
    struct buf out;
    buf_init(&out, f->arena);
    buf_decimal(&out, penalty < 1000 ? penalty : penalty / 100, penalty < 1000 ? 0 : 1);
    buf_puts(&out, penalty < 1000 ? "" : "k");
    return buf_str(&out);
}

/* A tick beside the column, beyond the lines' numbers; gives where text `width` wide
 * stands behind it. */
static len place_tick(struct flow *f, struct page *p, const struct flow_region *r,
                      len width, len y)
{
    len gap = LEN_PT + (f->layout->line_numbers.every ? 20 * LEN_PT : 0);
    bool last = r->column > 0 && r->column + 1 == r->columns;
    len x = last ? r->rect.x + r->rect.width + gap : r->rect.x - gap - TICK;
    rule(f, p, (struct page_rect){x, y - HAIR / 2, TICK, HAIR}, BREAK);
    return last ? x + TICK + 2 * LEN_PT : x - 2 * LEN_PT - width;
}

void flow_show_penalty(struct flow *f, struct page *p, size_t line,
                       const struct flow_region *r, len y)
{
    int32_t penalty = f->show ? flow_break_penalty(&f->body, line) : 0;
    if (penalty <= 0) {
        return;
    }
    struct box *box = tree_running(f->tree, penalty_text(f, penalty), "line-number",
                                   f->arena);
    bool goes_on = f->bar_goes_on;
    struct arena outer = f->scratch; /* the page is being placed: keep its memory */
    arena_init(&f->scratch);
    struct flow_line *set = flow_set_single(f, box, f->layout->page.width);
    arena_done(&f->scratch);
    f->scratch = outer;
    size_t from = p->items.n;
    set->x = 0;
    f->show = false; /* what is shown has no boxes itself */
    len x = place_tick(f, p, r, set->text.width, y);
    flow_place_line(f, p, set, x, y + set->box->style->size / 3 - set->baseline);
    f->show = true;
    f->bar_goes_on = goes_on;
    for (size_t i = from; i < p->items.n; i++) {
        p->items.v[i].artifact = STRUCTURE_DECORATION;
        if (p->items.v[i].kind == PAGE_TEXT) {
            p->items.v[i].as.text.color = BREAK;
        }
    }
}

void flow_show_pages(struct flow *f)
{
    size_t columns = (size_t)f->layout->page.columns;
    for (size_t i = 0; f->show && i < f->pages->pages.n; i++) {
        struct page *p = &f->pages->pages.v[i];
        outline(f, p, p->body, BODY);
        for (size_t k = 0; k < columns; k++) {
            outline(f, p, flow_region(f, i * columns + k).rect, BODY);
        }
        len left = p->body.x, right = left + p->body.width;
        rule(f, p, (struct page_rect){left, 0, HAIR, p->height}, BODY);
        rule(f, p, (struct page_rect){right, 0, HAIR, p->height}, BODY);
        len foot = p->body.y + p->body.height;
        rule(f, p, (struct page_rect){0, p->body.y, p->width, HAIR}, BODY);
        rule(f, p, (struct page_rect){0, foot, p->width, HAIR}, BODY);
    }
    f->show = false; /* headers and footers stand in the margins */
}

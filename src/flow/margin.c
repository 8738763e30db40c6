/* SPDX-License-Identifier: MIT
 *
 * What stands around the text and behind it, beside headers, footers and letterhead: the
 * banner that classifies every page, a watermark, line numbers. None of it is content but
 * the first banner; none of it moves a line. */
#include "flow/furniture.h"

#include <string.h>

#include "base/angle.h"

/* Moves the last items of a page before all others: they are drawn first. */
static void put_behind(struct flow *f, struct page *p, size_t from)
{
    size_t n = p->items.n - from;
    struct page_item *last = NEW_ARRAY(&f->scratch, struct page_item, n + 1);
    memcpy(last, p->items.v + from, n * sizeof *last);
    memmove(p->items.v + n, p->items.v, from * sizeof *last);
    memcpy(p->items.v, last, n * sizeof *last);
    page_move_later(p, 0, n);
    arena_reset(&f->scratch);
}

/* --- The banner --- */

static len leading_of(const struct furnish *u, const char *style)
{
    return tree_running(u->f->tree, STR_NONE, style, &u->f->work)->style->leading;
}

/* Where what stands nearer to the text begins: the header, or the text. */
len flow_room_above(const struct furnish *u)
{
    const struct page *p = &u->f->pages->pages.v[u->page];
    len header = u->f->layout->page.header_gap + leading_of(u, "header");
    return p->body.y - (u->header ? header : 0);
}

static len room_below(const struct furnish *u)
{
    const struct page *p = &u->f->pages->pages.v[u->page];
    len footer = u->f->layout->page.footer_gap + leading_of(u, "footer");
    return p->height - p->body.y - p->body.height - (u->footer ? footer : 0);
}

/* The distance from the sheet's edge: the layout's, or less where that is too much. */
static len edge_of(const struct furnish *u, len wanted, len room, len height, bool above)
{
    if (room < height) {
        flow_report_margin(u, "the banner",
                           above ? "make the top margin larger, or `header-gap` smaller"
                                 : "make the bottom margin larger, or `footer-gap` "
                                   "smaller");
    }
    len most = room - height;
    return wanted < most ? wanted : most > 0 ? most : 0;
}

/* At the head of the first page it is to be read, before everything else. */
static void make_content(const struct furnish *u, struct page *p, size_t from)
{
    for (size_t i = from; i < p->items.n; i++) {
        if (p->items.v[i].kind == PAGE_TEXT) {
            p->items.v[i].element = u->f->tree->banner;
            p->items.v[i].artifact = STRUCTURE_CONTENT;
        }
    }
    put_behind(u->f, p, from);
}

static void place_banner(const struct furnish *u, struct flow_line *line, bool above)
{
    const struct layout *l = u->f->layout;
    struct page *p = &u->f->pages->pages.v[u->page];
    size_t from = p->items.n;
    len edge = edge_of(u, above ? l->banner.top : l->banner.bottom,
                       above ? flow_room_above(u) : room_below(u), line->height, above);
    line->x = (p->width - line->text.width) / 2;
    flow_place_line(u->f, p, line, 0, above ? edge : p->height - edge - line->height);
    flow_mark_as_artifact(p, from, above ? STRUCTURE_HEADER : STRUCTURE_FOOTER);
    if (above && u->page == 0 && u->f->tree->banner) {
        make_content(u, p, from);
    }
}

void flow_banner(const struct furnish *u)
{
    struct flow_line *line =
        flow_set_text(u, flow_fill(u, u->f->layout->banner.text), "classification");
    if (!line) {
        return;
    }
    if (line->text.width > u->f->layout->page.width) {
        flow_report_margin(u, "the banner", "shorten `classification`");
        return;
    }
    place_banner(u, line, true);
    place_banner(u, line, false);
}

/* --- The watermark --- */

/* How long a line through the middle of the sheet is, in that direction. */
static len64 diagonal(const struct page *p, int angle)
{
    int32_t sine = angle_sin(angle), cosine = angle_cos(angle);
    len64 across = cosine ? len_muldiv(p->width, ANGLE_ONE, cosine) : INT64_MAX;
    len64 down = sine ? len_muldiv(p->height, ANGLE_ONE, sine) : INT64_MAX;
    return across < down ? across : down;
}

/* Makes an item's text smaller, or larger, by `to` / `from`. */
static void scale_text(struct flow *f, struct page_item *item, len64 to, len64 from)
{
    uint32_t n = item->as.text.n;
    struct text_piece *pieces = NEW_ARRAY(f->arena, struct text_piece, n);
    for (uint32_t i = 0; i < n; i++) {
        pieces[i] = item->as.text.pieces[i];
        pieces[i].x = (len)len_muldiv(pieces[i].x, to, from);
        pieces[i].width = (len)len_muldiv(pieces[i].width, to, from);
    }
    item->as.text.pieces = pieces;
    item->as.text.size = (len)len_muldiv(item->as.text.size, to, from);
    item->as.text.letter_space = (len)len_muldiv(item->as.text.letter_space, to, from);
}

/* The middle of the text, at half the height of its capitals, is that of the sheet. */
static void turn_text(const struct page *p, struct page_item *item, len64 width,
                      int angle)
{
    const struct text_face *face = item->as.text.face;
    len64 sine = angle_sin(angle), cosine = angle_cos(angle);
    len64 back = width / 2;
    len64 down = text_scale(face->cap_height, item->as.text.size, face->upem) / 2;
    item->as.text.angle = angle;
    item->as.text.x = (len)(p->width / 2 - len_muldiv(back, cosine, ANGLE_ONE) +
                            len_muldiv(down, sine, ANGLE_ONE));
    item->as.text.y = (len)(p->height / 2 + len_muldiv(back, sine, ANGLE_ONE) +
                            len_muldiv(down, cosine, ANGLE_ONE));
}

void flow_watermark(const struct furnish *u)
{
    struct flow *f = u->f;
    struct page *p = &f->pages->pages.v[u->page];
    struct flow_line *line =
        flow_set_text(u, flow_fill(u, f->layout->watermark.text), "watermark");
    if (!line || line->text.width <= 0) {
        return;
    }
    int angle = f->layout->watermark.angle;
    len64 width = line->text.width, most = diagonal(p, angle) * 8 / 10;
    size_t from = p->items.n;
    line->x = 0;
    flow_place_line(f, p, line, 0, 0);
    for (size_t i = from; i < p->items.n; i++) {
        if (p->items.v[i].kind == PAGE_TEXT && width > most) {
            scale_text(f, &p->items.v[i], most, width);
        }
        if (p->items.v[i].kind == PAGE_TEXT) {
            turn_text(p, &p->items.v[i], width < most ? width : most, angle);
        }
    }
    flow_mark_as_artifact(p, from, STRUCTURE_WATERMARK);
    put_behind(f, p, from);
}

/* --- Line numbers --- */

static bool is_in(const struct box *box, const struct box *around)
{
    while (box && box != around) {
        box = box->parent;
    }
    return box == around;
}

/* Beside the column: where its lines begin, or at the outer side of the last of several,
 * be it the last from the left. */
static len number_x(const struct flow *f, const struct flow_region *r, len width)
{
    len gap = f->layout->line_numbers.gap;
    bool right = r->columns > 1 ? r->column > 0 && r->column + 1 == r->columns : f->rtl;
    return right ? r->rect.x + r->rect.width + gap : r->rect.x - gap - width;
}

void flow_number_line(struct flow *f, struct page *p, const struct flow_line *line,
                      const struct flow_region *r, len y)
{
    const struct layout *l = f->layout;
    if (l->line_numbers.every == 0 || line->kind != FLOW_TEXT ||
        is_in(line->box, f->tree->front)) {
        return;
    }
    if (l->line_numbers.per == LAYOUT_PER_PAGE && f->numbered_page != r->page) {
        f->numbered_page = r->page;
        f->numbered_lines = 0;
    }
    if (++f->numbered_lines % (uint32_t)l->line_numbers.every) {
        return;
    }
    str number = str_format(f->arena, "%u", f->numbered_lines);
    struct box *box = tree_running(f->tree, number, "line-number", f->arena);
    bool goes_on = f->bar_goes_on; /* beside the lines, not beside their numbers */
    struct arena outer = f->scratch; /* the page is being placed: keep its memory */
    arena_init(&f->scratch);
    struct flow_line *set = flow_set_single(f, box, l->page.width);
    arena_done(&f->scratch);
    f->scratch = outer;
    size_t from = p->items.n;
    set->x = 0;
    len top = y + line->baseline - set->baseline; /* they share the baseline */
    flow_place_line(f, p, set, number_x(f, r, set->text.width), top);
    f->bar_goes_on = goes_on;
    flow_mark_as_artifact(p, from, STRUCTURE_PAGINATION);
}

/* SPDX-License-Identifier: MIT
 *
 * In: items in drawing order. Out: the shortest operators that draw them. State is
 * written when it changes: marked content, font, colour, letter space, line. Text goes
 * into one TJ array as long as nothing changes, across pieces and items.
 *
 * Places on the page are hundredths of a point. Along a line the viewer's pen is followed
 * with the widths as they are written in the file; where the next glyph should stand
 * elsewhere by three quarters of a thousandth of an em or more (kerning, justified
 * spaces), a number in the array moves the pen. What rounding leaves is carried on, so
 * that errors never add up; it is half a thousandth at most, so that a number is not
 * taken back by the next. */
#include "pdf/content.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/angle.h"
#include "pdf/pen.h"
#include "pdf/syntax.h"

enum {
    TJ_UNIT = PDF_EM / 1000,   /* what 1 in a TJ array stands for */
    TJ_LEAST = 3 * TJ_UNIT / 4,
    TJ_REACH = 30 * PDF_EM,    /* beyond, a new line is set */
};

/* Along the line, where letters may be wider than their size says. The fraction is in
 * lower terms, so that a length on a page needs no wide division. */
static int64_t in_em(const struct pdf_pen *p, len64 value)
{
    static const int64_t SCALE = (int64_t)PDF_MICRO * 1000 * TEXT_EXPANSION / LEN_PT;
    static_assert((int64_t)PDF_MICRO * 1000 * TEXT_EXPANSION % LEN_PT == 0, "no rest");
    return len_muldiv(value, SCALE, p->em * (TEXT_EXPANSION + p->expansion));
}

static int64_t em_to_micro(const struct pdf_pen *p, int64_t em)
{
    int64_t wide = TEXT_EXPANSION + p->expansion;
    return len_muldiv(em, p->em * wide, (int64_t)1000 * TEXT_EXPANSION);
}

static int64_t micro_to_em(const struct pdf_pen *p, int64_t micro)
{
    int64_t wide = TEXT_EXPANSION + p->expansion;
    return len_muldiv(micro, (int64_t)1000 * TEXT_EXPANSION, p->em * wide);
}

/* Moves the pen within the line by a number in the array. */
static void shift(struct pdf_pen *p, int64_t by)
{
    int64_t n = (llabs(by) + TJ_UNIT / 2) / TJ_UNIT;
    if (by < 0) {
        n = -n;
    }
    pdf_pen_open_array(p);
    pdf_pen_close_string(p);
    buf_int(p->out, -n);
    p->has_numbers = true;
    p->at += n * TJ_UNIT;
}

/* Where the viewer's pen is, in 1/PDF_MICRO pt from the page's left edge. */
static int64_t pen_x(const struct pdf_pen *p)
{
    return len_muldiv(p->item->as.text.x, PDF_MICRO, LEN_PT) +
           em_to_micro(p, p->at);
}

static void begin_line(struct pdf_pen *p, int64_t x, int64_t y)
{
    pdf_pen_close_array(p);
    pdf_put_centi(p->out, x - p->line_x);
    buf_char(p->out, ' ');
    pdf_put_centi(p->out, y - p->line_y);
    buf_puts(p->out, " Td\n");
    p->line_x = x;
    p->line_y = y;
}

/* Goes to the item's first piece: further on the same line, or to a new one. */
static void go_to(struct pdf_pen *p, const struct page_item *item, bool on_line,
                  int64_t was)
{
    int64_t y = pdf_centi((len64)p->page_height - item->as.text.y);
    len64 left = (len64)item->as.text.x + item->as.text.pieces[0].x;
    int64_t origin = len_muldiv(item->as.text.x, PDF_MICRO, LEN_PT);
    int64_t ahead = len_muldiv(left, PDF_MICRO, LEN_PT) - was;
    p->item = item;
    if (on_line && y == p->line_y &&
        llabs(micro_to_em(p, ahead)) < TJ_REACH) {
        p->at = micro_to_em(p, was - origin);
        return;
    }
    begin_line(p, pdf_centi(left), y);
    p->at = micro_to_em(p, p->line_x * (PDF_MICRO / 100) - origin);
}

static void open_string(struct pdf_pen *p)
{
    if (!p->in_string) {
        pdf_pen_open_array(p);
        buf_char(p->out, '(');
        p->in_string = true;
    }
}

static int64_t to_em(const struct pdf_font *font, int64_t units)
{
    return units * PDF_EM / font->face->upem;
}

/* Where glyphs go, while they do. It is kept out of memory: any byte written might be
 * part of it, for all that C knows. */
struct track {
    char *q, *end;  /* where the next byte goes; the end of the room */
    int64_t at;     /* the viewer's pen */
    int64_t off;    /* where the next glyph should stand, less that */
};

/* What is the same for all glyphs of a line. */
struct steps {
    const struct pdf_font *font;
    const struct pdf_glyph *glyphs;
    const uint16_t *slots;
    int64_t space, space_error, word_space;
};

static struct steps steps_of(const struct pdf_pen *p)
{
    return (struct steps){p->font, p->font->glyphs.v, p->font->slots, p->space,
                          p->space_error, p->word_space};
}

static inline struct track put_glyph(const struct steps *s, struct track t,
                                     const struct text_glyph *g)
{
    const struct pdf_glyph *known = &s->glyphs[s->slots[g->id] - 1];
    int64_t stretched = known->code == ' ' ? s->word_space : 0;
    memcpy(t.q, known->shown, PDF_SHOWN);
    t.q += known->n_shown;
    t.at += known->width + s->space + stretched;
    t.off += s->space_error - stretched;
    t.off += g->advance == known->advance ? known->error
                                          : to_em(s->font, g->advance) - known->width;
    return t;
}

static bool is_off(int64_t off)
{
    return llabs(off) >= TJ_LEAST;
}

/* Moves the pen to what is ahead of it, and `dx` beyond, if that is far enough; gives
 * what is ahead then. */
static int64_t catch_up(struct pdf_pen *p, int64_t ahead, int64_t dx)
{
    int64_t before = p->at;
    if (is_off(ahead + dx)) {
        shift(p, ahead + dx);
    }
    return ahead - (p->at - before);
}

/* A string with room for `n` glyphs more. */
static struct track enter(struct pdf_pen *p, int64_t off, size_t n)
{
    open_string(p);
    char *q = buf_room(p->out, PDF_SHOWN * n);
    return (struct track){q, p->out->p + p->out->cap, p->at, off};
}

static void leave(struct pdf_pen *p, struct track t)
{
    p->out->n = (size_t)(t.q - p->out->p);
    p->at = t.at;
}

static void need_mark(struct pdf_pen *p)
{
    if (!p->marked) {
        pdf_pen_set_mark(p, p->item); /* behind glyphs that had a mark of their own */
    }
}

/* Shows glyphs [from, to) of a run; gives how far the line is behind them. `ahead` is
 * where the first should stand, less where the pen is. */
static int64_t show(struct pdf_pen *p, const struct text_run *run, uint32_t from,
                    uint32_t to, int64_t ahead)
{
    const struct steps steps = steps_of(p);
    const struct text_glyph *g = run->glyphs + from, *end = run->glyphs + to;
    if (g < end) {
        need_mark(p);
    }
    while (g < end) {
        int64_t dx = g->dx ? to_em(p->font, g->dx) : 0;
        int16_t dy = g->dy;
        if (dy || p->rise) {
            pdf_pen_set_rise(p, len_muldiv((len64)dy * p->size, 1000,
                                           (len64)p->font->face->upem * LEN_PT));
        }
        struct track t = enter(p, catch_up(p, ahead, dx), (size_t)(end - g));
        do {
            t = put_glyph(&steps, t, g++);
        } while (g < end && !g->dx && g->dy == dy && !is_off(t.off));
        leave(p, t);
        ahead = t.off;
    }
    return ahead;
}

/* Every glyph reads as what it is, and stands on the line. */
static bool is_plain(const struct pdf_pen *p, const struct text_piece *piece)
{
    return piece->run->plain && !(piece->flags & TEXT_PIECE_HYPHEN) && !p->font->mixed &&
           !p->rise;
}

static struct track again(struct pdf_pen *p, struct track t, size_t n)
{
    leave(p, t);
    need_mark(p);
    return enter(p, catch_up(p, t.off, 0), n);
}

/* Shows pieces from number `i` on as long as they are plain, as nearly all of a note are:
 * the same as `show` for each, but from one to the next nothing is put down. Gives the
 * first that is not. */
static uint32_t show_plain(struct pdf_pen *p, const struct page_item *item, uint32_t i)
{
    const struct steps steps = steps_of(p);
    struct track t = {p->out->p + p->out->n, p->out->p + p->out->cap, p->at, 0};
    for (; i < item->as.text.n && is_plain(p, &item->as.text.pieces[i]); i++) {
        const struct text_piece *piece = &item->as.text.pieces[i];
        const struct text_glyph *g = piece->run->glyphs + piece->from;
        const struct text_glyph *end = piece->run->glyphs + piece->to;
        t.off = in_em(p, piece->x) - t.at;
        if (g < end && (!p->in_string || t.end - t.q < PDF_SHOWN * (end - g))) {
            t = again(p, t, (size_t)(end - g));
        }
        for (; g < end; g++) {
            if (is_off(t.off)) {
                t = again(p, t, (size_t)(end - g));
            }
            t = put_glyph(&steps, t, g);
        }
    }
    leave(p, t);
    return i;
}

/* Shows glyphs that do not read as what they are: the text stands beside them. Content
 * has it on a mark of its own, because Poppler loses what is behind a mark in a mark. */
static int64_t show_as(struct pdf_pen *p, const struct text_run *run,
                       const struct pdf_cluster *cluster, int64_t ahead)
{
    if (p->c->structure && p->item->artifact == STRUCTURE_CONTENT) {
        pdf_pen_end_mark(p);
        pdf_pen_begin_mark(p, p->item, cluster->text);
        ahead = show(p, run, cluster->from, cluster->to, ahead);
        pdf_pen_end_mark(p);
        return ahead;
    }
    pdf_pen_close_array(p);
    buf_puts(p->out, "/Span<</ActualText");
    pdf_put_text(p->out, cluster->text);
    buf_puts(p->out, ">>BDC\n");
    ahead = show(p, run, cluster->from, cluster->to, ahead);
    pdf_pen_close_array(p);
    buf_puts(p->out, "EMC\n");
    return ahead;
}

static void draw_piece(struct pdf_pen *p, const struct text_piece *piece)
{
    int64_t ahead = in_em(p, piece->x) - p->at;
    if (piece->flags & TEXT_PIECE_HYPHEN) {
        struct pdf_cluster hyphen = {piece->from, piece->to, STR("\xC2\xAD")};
        show_as(p, piece->run, &hyphen, ahead);
        return;
    }
    uint32_t shown = piece->from;
    for (uint32_t i = piece->from; i < piece->to;) {
        uint32_t id = piece->run->glyphs[i].id;
        if (pdf_glyph_is(p->font, id, pdf_plain_character(piece->run, i))) {
            i++;
            continue;
        }
        struct pdf_cluster cluster = pdf_cluster_at(piece, i);
        if (!pdf_cluster_reads(p->font, piece->run, &cluster)) {
            ahead = show(p, piece->run, shown, i, ahead);
            ahead = show_as(p, piece->run, &cluster, ahead);
            shown = cluster.to;
        }
        i = cluster.to;
    }
    show(p, piece->run, shown, piece->to, ahead);
}

/* Small black letters are printed over what is behind them: a plate that is a little off
 * would leave white edges. */
static bool overprints(const struct pdf_pen *p, const struct page_item *item)
{
    return p->c->inks && pdf_inks_is_black(p->fill) &&
           item->as.text.size < p->c->inks->print->overprint_below;
}

static void draw_upright(struct pdf_pen *p, const struct page_item *item)
{
    const struct pdf_font *font = pdf_font_find(p->c->fonts, item->as.text.face);
    if (!item->as.text.n || !font) {
        return; /* nothing to show */
    }
    bool on_line = p->in_text && p->item;
    int64_t was = on_line ? pen_x(p) : 0;
    pdf_pen_begin_text(p);
    pdf_pen_set_mark(p, item);
    pdf_pen_set_fill(p, item->as.text.color);
    pdf_pen_set_overprint(p, overprints(p, item));
    pdf_pen_set_font(p, font, item->as.text.size);
    pdf_pen_set_expansion(p, item->as.text.expansion);
    pdf_pen_set_letter_space(p, item->as.text.letter_space);
    pdf_pen_set_word_space(p, item);
    go_to(p, item, on_line, was);
    for (uint32_t i = show_plain(p, item, 0); i < item->as.text.n;) {
        draw_piece(p, &item->as.text.pieces[i]);
        i = show_plain(p, item, i + 1);
    }
    pdf_pen_set_rise(p, 0);
}

static void put_matrix(struct pdf_pen *p, const struct page_item *item)
{
    int angle = item->as.text.angle;
    int32_t sine = angle_sin(angle), cosine = angle_cos(angle);
    const int32_t turn[] = {cosine, sine, -sine, cosine};
    for (size_t i = 0; i < sizeof turn / sizeof *turn; i++) {
        buf_decimal(p->out, turn[i], 6);
        buf_char(p->out, ' ');
    }
    buf_points(p->out, item->as.text.x);
    buf_char(p->out, ' ');
    buf_points(p->out, (len64)p->page_height - item->as.text.y);
    buf_puts(p->out, " cm\n");
}

/* In a system of coordinates of its own, whose state ends with it. */
static void draw_turned(struct pdf_pen *p, const struct page_item *item)
{
    struct page_item upright = *item;
    upright.as.text.x = 0;
    upright.as.text.y = p->page_height;
    pdf_pen_end_text(p);
    pdf_pen_end_mark(p);
    struct pdf_pen around = *p;
    buf_puts(p->out, "q ");
    put_matrix(p, item);
    draw_upright(p, &upright);
    pdf_pen_end_text(p);
    buf_puts(p->out, "Q\n");
    *p = around;
}

static void draw_text(struct pdf_pen *p, const struct page_item *item)
{
    if (item->as.text.angle) {
        draw_turned(p, item);
    } else {
        draw_upright(p, item);
    }
}

/* It grows to both sides. */
static void thicken(len *from, len *size)
{
    if (*size > 0 && *size < PDF_HAIRLINE) {
        *from -= (PDF_HAIRLINE - *size) / 2;
        *size = PDF_HAIRLINE;
    }
}

static void draw_rule(struct pdf_pen *p, const struct page_item *item)
{
    struct page_rect rect = item->as.rule.rect, *r = &rect;
    if (p->c->inks) {
        thicken(&r->x, &r->width);
        thicken(&r->y, &r->height);
    }
    pdf_pen_end_text(p);
    pdf_pen_set_mark(p, item);
    pdf_pen_set_fill(p, item->as.rule.color);
    pdf_pen_set_overprint(p, false);
    buf_points(p->out, r->x);
    buf_char(p->out, ' ');
    buf_points(p->out, (len64)p->page_height - r->y - r->height);
    buf_char(p->out, ' ');
    buf_points(p->out, r->width);
    buf_char(p->out, ' ');
    buf_points(p->out, r->height);
    buf_puts(p->out, " re f\n");
}

static void draw_path(struct pdf_pen *p, const struct page_item *item)
{
    struct page_path path = item->as.path;
    pdf_pen_end_text(p);
    pdf_pen_set_mark(p, item);
    if (p->c->structure && item->artifact == STRUCTURE_CONTENT &&
        p->c->pages->structure.elements.v[item->element].role == STRUCTURE_FIGURE) {
        struct page_rect bounds = page_path_bounds(&path);
        pdf_structure_box(p->c->structure, item->element, &bounds, p->page_height);
    }
    if (path.fill) {
        pdf_pen_set_fill(p, path.fill_color);
    }
    if (path.stroke) {
        path.stroke_color = pdf_pen_color(p, path.stroke_color);
        bool thin = p->c->inks && path.stroke_width < PDF_HAIRLINE;
        path.stroke_width = thin ? PDF_HAIRLINE : path.stroke_width;
    }
    pdf_pen_set_overprint(p, false);
    pdf_put_path(p->out, &path, p->page_height, &p->stroke);
}

static void draw_image(struct pdf_pen *p, const struct page_item *item)
{
    pdf_pen_end_text(p);
    pdf_pen_set_mark(p, item);
    if (p->c->structure && item->artifact == STRUCTURE_CONTENT) {
        pdf_structure_box(p->c->structure, item->element, &item->as.image.rect,
                          p->page_height);
    }
    pdf_pen_set_overprint(p, false);
    pdf_put_image(p->out, p->c->images, item, p->page_height);
}

void pdf_content_init(struct pdf_content *c, const struct page_list *pages,
                      struct pdf_fonts *fonts, struct pdf_structure *structure,
                      struct arena *a)
{
    *c = (struct pdf_content){.pages = pages, .fonts = fonts, .structure = structure,
                              .left = pages->sheet.margin, .below = pages->sheet.margin};
    buf_init(&c->out, a);
}

static void draw_item(struct pdf_pen *p, const struct page_item *item)
{
    static const char *const WHAT[] = {
        [PAGE_TEXT] = "text", [PAGE_RULE] = "a line or an area", [PAGE_PATH] = "a shape",
        [PAGE_IMAGE] = "a picture", [PAGE_LINK] = "a link",
    };
    p->shown.what = WHAT[item->kind];
    p->shown.item = item;
    switch (item->kind) {
    case PAGE_TEXT:  draw_text(p, item); break;
    case PAGE_RULE:  draw_rule(p, item); break;
    case PAGE_PATH:  draw_path(p, item); break;
    case PAGE_IMAGE: draw_image(p, item); break;
    case PAGE_LINK:  break;
    }
}

/* The page's own corner, on a sheet that is larger. */
static void begin_sheet(struct pdf_content *c)
{
    if (c->left || c->below) {
        buf_puts(&c->out, "1 0 0 1 ");
        buf_points(&c->out, c->left);
        buf_char(&c->out, ' ');
        buf_points(&c->out, c->below);
        buf_puts(&c->out, " cm\n");
    }
}

void pdf_content_page(struct pdf_content *c, const struct page *page)
{
    struct pdf_pen p = {.c = c, .out = &c->out, .page_height = page->height,
                    .shown.page = page,
                    .fill = COLOR_BLACK, /* what every page begins with */
                    .stroke = PDF_STROKE_START};
    buf_clear(&c->out);
    begin_sheet(c);
    for (size_t i = 0; i < page->items.n; i++) {
        draw_item(&p, &page->items.v[i]);
    }
    for (size_t i = 0; i < page->marks.n; i++) {
        draw_item(&p, &page->marks.v[i]);
    }
    pdf_pen_end_text(&p);
    pdf_pen_end_mark(&p);
}

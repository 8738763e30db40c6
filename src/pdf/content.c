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

#include <stdlib.h>
#include <string.h>

#include "pdf/path.h"
#include "base/angle.h"
#include "pdf/syntax.h"

enum {
    TJ_UNIT = PDF_EM / 1000,   /* what 1 in a TJ array stands for */
    TJ_LEAST = 3 * TJ_UNIT / 4,
    TJ_REACH = 30 * PDF_EM,    /* beyond, a new line is set */
    MICRO = 1000000,           /* in a point: the unit of the pen between items */
    CODE_ROOM = 4,             /* what a code needs at most */
};

/* What the viewer knows at this point of the stream. */
struct pen {
    struct pdf_content *c;
    struct buf *out;
    len page_height;

    /* Marked content. Artifacts are below 0, elements are 0 and more. */
    bool marked, marked_in_text;
    int64_t mark;
    str mark_lang;

    /* Graphics and text state. */
    const struct pdf_font *font;
    len size, letter_space;
    int expansion;             /* as in text/run.h */
    int64_t rise, word;        /* 1/1000 pt */
    struct color fill;
    struct pdf_stroke stroke;
    bool in_text, in_array, in_string, has_numbers;
    size_t array_start;        /* of the open array in `out` */
    int64_t line_x, line_y;    /* where the line starts, as written */

    /* Along the line, in 1/PDF_EM from the item's x. */
    const struct page_item *item;
    int64_t em;                /* the font size as written, 1/1000 pt */
    int64_t at;                /* the viewer's pen */
    int64_t space;             /* the letter space as written */
    int64_t space_error;       /* the letter space as it should be, minus that */
    int64_t word_space;        /* what Tw adds to a space */
};

static int64_t milli(len64 value)
{
    return len_muldiv(value, 1000, LEN_PT);
}

/* Along the line, where letters may be wider than their size says. */
static int64_t in_em(const struct pen *p, len64 value)
{
    int64_t wide = TEXT_EXPANSION + p->expansion;
    return len_muldiv(value, (int64_t)MICRO * 1000 * TEXT_EXPANSION,
                      p->em * wide * LEN_PT);
}

static int64_t em_to_micro(const struct pen *p, int64_t em)
{
    int64_t wide = TEXT_EXPANSION + p->expansion;
    return len_muldiv(em, p->em * wide, (int64_t)1000 * TEXT_EXPANSION);
}

static int64_t micro_to_em(const struct pen *p, int64_t micro)
{
    int64_t wide = TEXT_EXPANSION + p->expansion;
    return len_muldiv(micro, (int64_t)1000 * TEXT_EXPANSION, p->em * wide);
}

static void close_string(struct pen *p)
{
    if (p->in_string) {
        buf_char(p->out, ')');
        p->in_string = false;
    }
}

/* An array of one string is written without its brackets. */
static void close_array(struct pen *p)
{
    close_string(p);
    if (!p->in_array) {
        return;
    }
    if (p->has_numbers) {
        buf_puts(p->out, "]TJ\n");
    } else {
        char *start = p->out->p + p->array_start;
        size_t n = p->out->n - p->array_start - 1;
        memmove(start, start + 1, n);
        p->out->n--;
        buf_puts(p->out, "Tj\n");
    }
    p->in_array = false;
}

static void open_array(struct pen *p)
{
    if (!p->in_array) {
        p->array_start = p->out->n;
        buf_char(p->out, '[');
        p->in_array = true;
        p->has_numbers = false;
    }
}

static void end_mark(struct pen *p)
{
    if (p->marked) {
        close_array(p);
        buf_puts(p->out, "EMC\n");
        p->marked = false;
    }
}

static void end_text(struct pen *p)
{
    if (p->in_text) {
        close_array(p);
        if (p->marked_in_text) {
            end_mark(p);
        }
        buf_puts(p->out, "ET\n");
        p->in_text = false;
    }
}

static void begin_text(struct pen *p)
{
    if (!p->in_text) {
        end_mark(p); /* what began outside must not end inside */
        buf_puts(p->out, "BT\n");
        p->in_text = true;
        p->line_x = p->line_y = 0;
    }
}

static const char *const ARTIFACTS[] = {
    [STRUCTURE_HEADER] = "/Artifact<</Type/Pagination/Subtype/Header>>BDC\n",
    [STRUCTURE_FOOTER] = "/Artifact<</Type/Pagination/Subtype/Footer>>BDC\n",
    [STRUCTURE_WATERMARK] = "/Artifact<</Type/Pagination/Subtype/Watermark>>BDC\n",
    [STRUCTURE_DECORATION] = "/Artifact<</Type/Layout>>BDC\n",
};

/* The language that an element has by itself or by what it is in. */
static str element_lang(const struct page_list *pages, uint32_t e)
{
    const struct structure_element *all = pages->structure.elements.v;
    while (e >= STRUCTURE_GRIDS) {
        e = structure_parent_of(&pages->structure, e);
    }
    while (!all[e].more->lang.n && e) {
        e = all[e].parent;
    }
    return all[e].more->lang.n ? all[e].more->lang : pages->lang;
}

/* The language that a mark says: what the item's element does not say already. */
static str own_lang(const struct pen *p, const struct page_item *item)
{
    bool content = item->artifact == STRUCTURE_CONTENT;
    str lang = item->kind == PAGE_TEXT && content ? item->as.text.lang : STR_NONE;
    bool known = lang.n && str_eq(lang, element_lang(p->c->pages, item->element));
    return known ? STR_NONE : lang;
}

/* `actual`: the text of what is shown, where its glyphs say another; else empty. */
static void begin_mark(struct pen *p, const struct page_item *item, str actual)
{
    str lang = own_lang(p, item);
    p->marked = true;
    p->marked_in_text = p->in_text;
    p->mark_lang = lang;
    if (item->artifact != STRUCTURE_CONTENT) {
        p->mark = -(int64_t)item->artifact;
        buf_puts(p->out, ARTIFACTS[item->artifact]);
        return;
    }
    p->mark = item->element;
    buf_char(p->out, '/');
    buf_puts(p->out, structure_role_name(structure_role_of(&p->c->pages->structure,
                                                           item->element)));
    buf_puts(p->out, "<</MCID ");
    buf_int(p->out, pdf_structure_mark(p->c->structure, item->element));
    if (lang.n) {
        buf_puts(p->out, "/Lang");
        pdf_put_text(p->out, lang);
    }
    if (actual.n) {
        buf_puts(p->out, "/ActualText");
        pdf_put_text(p->out, actual);
    }
    buf_puts(p->out, ">>BDC\n");
}

/* Makes sure that what follows is marked as the item's. */
static void set_mark(struct pen *p, const struct page_item *item)
{
    if (!p->c->structure) {
        return;
    }
    bool content = item->artifact == STRUCTURE_CONTENT;
    int64_t mark = content ? (int64_t)item->element : -(int64_t)item->artifact;
    if (p->marked && p->mark == mark && str_eq(p->mark_lang, own_lang(p, item))) {
        return;
    }
    end_mark(p);
    begin_mark(p, item, STR_NONE);
}

static void set_fill(struct pen *p, struct color color)
{
    if (p->c->screen_colors) {
        color = color_on_screen(color);
    }
    if (!color_eq(p->fill, color)) {
        close_array(p);
        pdf_put_fill(p->out, color);
        p->fill = color;
    }
}

static void set_font(struct pen *p, const struct pdf_font *font, len size)
{
    if (p->font != font || p->size != size) {
        close_array(p);
        buf_format(p->out, "/F%u ", font->index);
        buf_points(p->out, size);
        buf_puts(p->out, " Tf\n");
        p->font = font;
        p->size = size;
        p->em = milli(size);
    }
}

static void set_letter_space(struct pen *p, len space)
{
    if (p->letter_space != space) {
        close_array(p);
        buf_points(p->out, space);
        buf_puts(p->out, " Tc\n");
        p->letter_space = space;
    }
    p->space = len_muldiv(milli(space), MICRO, p->em);
    p->space_error = len_muldiv(space, (int64_t)MICRO * 1000, p->em * LEN_PT) - p->space;
}

/* All that stands on the line afterwards is wider, word and letter space too. */
static void set_expansion(struct pen *p, int expansion)
{
    if (p->expansion != expansion) {
        close_array(p);
        buf_decimal(p->out, (int64_t)TEXT_EXPANSION + expansion, 2);
        buf_puts(p->out, " Tz\n");
        p->expansion = expansion;
    }
}

/* How much the item's first space is wider than its glyph, letter space apart. The
 * others differ by the rounding of layout at most. One at the end holds nothing apart. */
static int64_t stretch(const struct page_item *item)
{
    for (uint32_t i = 0; i + 1 < item->as.text.n; i++) {
        const struct text_piece *piece = &item->as.text.pieces[i];
        if (piece->flags & TEXT_PIECE_SPACE) {
            const struct text_run *run = piece->run;
            int64_t wide = TEXT_EXPANSION + item->as.text.expansion;
            len64 width = len_muldiv(piece->width, TEXT_EXPANSION, wide);
            return milli(width - item->as.text.letter_space -
                         text_scale(run->advance, item->as.text.size, run->face->upem));
        }
    }
    return 0;
}

/* Word spacing stretches the spaces of simple fonts without a number at each. */
static void set_word_space(struct pen *p, const struct page_item *item)
{
    int64_t word = p->font->simple ? stretch(item) : 0;
    if (p->word != word) {
        close_array(p);
        buf_decimal(p->out, word, 3);
        buf_puts(p->out, " Tw\n");
        p->word = word;
    }
    p->word_space = len_muldiv(word, MICRO, p->em);
}

static void set_rise(struct pen *p, int64_t rise)
{
    if (p->rise != rise) {
        close_array(p);
        buf_decimal(p->out, rise, 3);
        buf_puts(p->out, " Ts\n");
        p->rise = rise;
    }
}

/* Moves the pen within the line by a number in the array. */
static void shift(struct pen *p, int64_t by)
{
    int64_t n = (llabs(by) + TJ_UNIT / 2) / TJ_UNIT;
    if (by < 0) {
        n = -n;
    }
    open_array(p);
    close_string(p);
    buf_int(p->out, -n);
    p->has_numbers = true;
    p->at += n * TJ_UNIT;
}

/* Where the viewer's pen is, in 1/MICRO pt from the page's left edge. */
static int64_t pen_x(const struct pen *p)
{
    return len_muldiv(p->item->as.text.x, MICRO, LEN_PT) +
           em_to_micro(p, p->at);
}

static void begin_line(struct pen *p, int64_t x, int64_t y)
{
    close_array(p);
    pdf_put_centi(p->out, x - p->line_x);
    buf_char(p->out, ' ');
    pdf_put_centi(p->out, y - p->line_y);
    buf_puts(p->out, " Td\n");
    p->line_x = x;
    p->line_y = y;
}

/* Goes to the item's first piece: further on the same line, or to a new one. */
static void go_to(struct pen *p, const struct page_item *item, bool on_line, int64_t was)
{
    int64_t y = pdf_centi((len64)p->page_height - item->as.text.y);
    len64 left = (len64)item->as.text.x + item->as.text.pieces[0].x;
    int64_t origin = len_muldiv(item->as.text.x, MICRO, LEN_PT);
    int64_t ahead = len_muldiv(left, MICRO, LEN_PT) - was;
    p->item = item;
    if (on_line && y == p->line_y &&
        llabs(micro_to_em(p, ahead)) < TJ_REACH) {
        p->at = micro_to_em(p, was - origin);
        return;
    }
    begin_line(p, pdf_centi(left), y);
    p->at = micro_to_em(p, p->line_x * (MICRO / 100) - origin);
}

/* A code in a string, its bytes escaped. */
static void put_code(struct pen *p, uint16_t code)
{
    static const char ESCAPES[256] = {
        ['('] = '(', [')'] = ')', ['\\'] = '\\', ['\r'] = 'r'};
    if (!p->in_string) {
        open_array(p);
        buf_char(p->out, '(');
        p->in_string = true;
    }
    char *start = buf_room(p->out, CODE_ROOM), *q = start;
    const uint8_t bytes[2] = {(uint8_t)(code >> 8), (uint8_t)code};
    for (int i = p->font->simple; i < 2; i++) {
        if (ESCAPES[bytes[i]]) {
            *q++ = '\\';
            *q++ = ESCAPES[bytes[i]];
        } else {
            *q++ = (char)bytes[i];
        }
    }
    p->out->n += (size_t)(q - start);
}

static int64_t to_em(const struct pen *p, int64_t units)
{
    return units * PDF_EM / p->font->face->upem;
}

/* Shows glyphs [from, to) of a run; gives how far the line is behind them. `ahead` is
 * where the first should stand, less where the pen is. */
static int64_t show(struct pen *p, const struct text_run *run, uint32_t from, uint32_t to,
                    int64_t ahead)
{
    if (from < to && !p->marked) {
        set_mark(p, p->item); /* behind glyphs that had a mark of their own */
    }
    for (uint32_t i = from; i < to; i++) {
        const struct text_glyph *g = &run->glyphs[i];
        const struct pdf_glyph *known = pdf_glyph(p->font, g->id);
        int64_t dx = g->dx ? to_em(p, g->dx) : 0;
        if (g->dy || p->rise) {
            set_rise(p, len_muldiv((len64)g->dy * p->size, 1000,
                                   (len64)p->font->face->upem * LEN_PT));
        }
        if (llabs(ahead + dx) >= TJ_LEAST) {
            int64_t before = p->at;
            shift(p, ahead + dx);
            ahead -= p->at - before;
        }
        put_code(p, known->code);
        bool stretched = p->font->simple && known->code == ' ';
        p->at += known->width + p->space + (stretched ? p->word_space : 0);
        ahead += p->space_error - (stretched ? p->word_space : 0);
        ahead += g->advance == known->advance ? known->error
                                              : to_em(p, g->advance) - known->width;
    }
    return ahead;
}

/* Shows glyphs that do not read as what they are: the text stands beside them. Content
 * has it on a mark of its own, because Poppler loses what is behind a mark in a mark. */
static int64_t show_as(struct pen *p, const struct text_run *run,
                       const struct pdf_cluster *cluster, int64_t ahead)
{
    if (p->c->structure && p->item->artifact == STRUCTURE_CONTENT) {
        end_mark(p);
        begin_mark(p, p->item, cluster->text);
        ahead = show(p, run, cluster->from, cluster->to, ahead);
        end_mark(p);
        return ahead;
    }
    close_array(p);
    buf_puts(p->out, "/Span<</ActualText");
    pdf_put_text(p->out, cluster->text);
    buf_puts(p->out, ">>BDC\n");
    ahead = show(p, run, cluster->from, cluster->to, ahead);
    close_array(p);
    buf_puts(p->out, "EMC\n");
    return ahead;
}

static void draw_piece(struct pen *p, const struct text_piece *piece)
{
    int64_t ahead = in_em(p, piece->x) - p->at;
    if (piece->flags & TEXT_PIECE_HYPHEN) {
        struct pdf_cluster hyphen = {piece->from, piece->to, STR("\xC2\xAD")};
        show_as(p, piece->run, &hyphen, ahead);
        return;
    }
    uint32_t shown = piece->from;
    for (uint32_t i = piece->from; i < piece->to;) {
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

static void draw_upright(struct pen *p, const struct page_item *item)
{
    const struct pdf_font *font = pdf_font_find(p->c->fonts, item->as.text.face);
    if (!item->as.text.n || !font) {
        return; /* nothing to show */
    }
    bool on_line = p->in_text && p->item;
    int64_t was = on_line ? pen_x(p) : 0;
    begin_text(p);
    set_mark(p, item);
    set_fill(p, item->as.text.color);
    set_font(p, font, item->as.text.size);
    set_expansion(p, item->as.text.expansion);
    set_letter_space(p, item->as.text.letter_space);
    set_word_space(p, item);
    go_to(p, item, on_line, was);
    for (uint32_t i = 0; i < item->as.text.n; i++) {
        draw_piece(p, &item->as.text.pieces[i]);
    }
    set_rise(p, 0);
}

static void put_matrix(struct pen *p, const struct page_item *item)
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
static void draw_turned(struct pen *p, const struct page_item *item)
{
    struct page_item upright = *item;
    upright.as.text.x = 0;
    upright.as.text.y = p->page_height;
    end_text(p);
    end_mark(p);
    struct pen around = *p;
    buf_puts(p->out, "q ");
    put_matrix(p, item);
    draw_upright(p, &upright);
    end_text(p);
    buf_puts(p->out, "Q\n");
    *p = around;
}

static void draw_text(struct pen *p, const struct page_item *item)
{
    if (item->as.text.angle) {
        draw_turned(p, item);
    } else {
        draw_upright(p, item);
    }
}

static void draw_rule(struct pen *p, const struct page_item *item)
{
    const struct page_rect *r = &item->as.rule.rect;
    end_text(p);
    set_mark(p, item);
    set_fill(p, item->as.rule.color);
    buf_points(p->out, r->x);
    buf_char(p->out, ' ');
    buf_points(p->out, (len64)p->page_height - r->y - r->height);
    buf_char(p->out, ' ');
    buf_points(p->out, r->width);
    buf_char(p->out, ' ');
    buf_points(p->out, r->height);
    buf_puts(p->out, " re f\n");
}

static void draw_path(struct pen *p, const struct page_item *item)
{
    struct page_path path = item->as.path;
    end_text(p);
    set_mark(p, item);
    if (p->c->structure && item->artifact == STRUCTURE_CONTENT &&
        p->c->pages->structure.elements.v[item->element].role == STRUCTURE_FIGURE) {
        struct page_rect bounds = page_path_bounds(&path);
        pdf_structure_box(p->c->structure, item->element, &bounds, p->page_height);
    }
    if (path.fill) {
        set_fill(p, path.fill_color);
    }
    if (p->c->screen_colors) {
        path.stroke_color = color_on_screen(path.stroke_color);
    }
    pdf_put_path(p->out, &path, p->page_height, &p->stroke);
}

static void draw_image(struct pen *p, const struct page_item *item)
{
    end_text(p);
    set_mark(p, item);
    if (p->c->structure && item->artifact == STRUCTURE_CONTENT) {
        pdf_structure_box(p->c->structure, item->element, &item->as.image.rect,
                          p->page_height);
    }
    pdf_put_image(p->out, p->c->images, item, p->page_height);
}

void pdf_content_init(struct pdf_content *c, const struct page_list *pages,
                      struct pdf_fonts *fonts, struct pdf_structure *structure,
                      struct arena *a)
{
    *c = (struct pdf_content){.pages = pages, .fonts = fonts, .structure = structure};
    buf_init(&c->out, a);
}

void pdf_content_page(struct pdf_content *c, const struct page *page)
{
    struct pen p = {.c = c, .out = &c->out, .page_height = page->height,
                    .fill = COLOR_BLACK, /* what every page begins with */
                    .stroke = PDF_STROKE_START};
    buf_clear(&c->out);
    for (size_t i = 0; i < page->items.n; i++) {
        const struct page_item *item = &page->items.v[i];
        if (item->kind == PAGE_TEXT) {
            draw_text(&p, item);
        } else if (item->kind == PAGE_RULE) {
            draw_rule(&p, item);
        } else if (item->kind == PAGE_PATH) {
            draw_path(&p, item);
        } else if (item->kind == PAGE_IMAGE) {
            draw_image(&p, item);
        }
    }
    end_text(&p);
    end_mark(&p);
}

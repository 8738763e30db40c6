/* SPDX-License-Identifier: MIT
 *
 * In: pages. Out: faces of sheets with pages on them, as they are, none smaller. Where
 * sheets are cut, two bleeds are between pages, and marks lead to each cut; where they
 * are folded, pages meet at the fold, and each ends there.
 *
 * Creep: sheets of a booklet, or of a signature of it, lie in one another, so each stands
 * out of the one around it by the paper's thickness, and what stands out is cut off.
 * Pages are therefore moved towards the fold, those of each sheet further in by one
 * thickness more. */
#include "page/page.h"
#include "style/style.h"

/* How a block is made of pages. */
struct grid {
    uint32_t columns, rows;
    len width, height;     /* of a page */
    len gap;               /* between two */
    bool folded;
};

static len64 side_of(uint32_t n, len page, len gap)
{
    return (len64)n * page + (len64)(n - 1) * gap;
}

static struct grid grid_of(const struct page_list *l, enum page_imposing how)
{
    const struct page *p = &l->pages.v[0]; /* as large as all others */
    struct grid g = {2, 1, p->width, p->height, 2 * l->sheet.bleed, false};
    if (how == PAGE_4_UP) {
        g.rows = 2;
    } else if (how == PAGE_BOOKLET) {
        g.folded = true;
        g.gap = 0;
    } else if (p->width > p->height) {
        g.columns = 1;
        g.rows = 2;
    }
    return g;
}

static struct page_face *add_face(struct page_list *l, const struct grid *g)
{
    struct page_face face = {.block = {
        .width = (len)side_of(g->columns, g->width, g->gap),
        .height = (len)side_of(g->rows, g->height, g->gap)}};
    vec_push(l->arena, &l->sheets.faces, face);
    return &l->sheets.faces.v[l->sheets.faces.n - 1];
}

/* --- Pages that are cut apart --- */

static void place_apart(struct page_list *l, const struct grid *g)
{
    uint32_t each = g->columns * g->rows;
    len bleed = l->sheet.bleed;
    struct page_face *face = NULL;
    for (uint32_t i = 0; i < l->pages.n; i++) {
        uint32_t column = i % each % g->columns, row = i % each / g->columns;
        if (i % each == 0) {
            face = add_face(l, g);
        }
        column = l->rtl ? g->columns - 1 - column : column;
        struct page_placed p = {.page = i,
                                .x = (len)column * (g->width + g->gap),
                                .y = (len)row * (g->height + g->gap)};
        p.clip = (struct page_rect){p.x - bleed, p.y - bleed, g->width + 2 * bleed,
                                    g->height + 2 * bleed};
        vec_push(l->arena, &face->placed, p);
    }
}

/* --- Booklets --- */

static len creep_of(const struct page_imposition *how, size_t face)
{
    return (len)page_booklet_sheet(how->signature, (uint32_t)face) * how->thickness;
}

static void place_half(struct page_list *l, const struct grid *g, uint32_t number,
                       bool right, const struct page_imposition *how)
{
    struct page_face *face = &l->sheets.faces.v[number];
    uint32_t page = page_in_booklet((uint32_t)l->pages.n, how->signature, number,
                                    right != l->rtl);
    len creep = creep_of(how, number);
    len bleed = l->sheet.bleed;
    if (page >= l->pages.n) {
        return;
    }
    struct page_placed p = {.page = page, .x = right ? g->width - creep : creep,
                            .clip = {right ? g->width : -bleed, -bleed,
                                     g->width + bleed, g->height + 2 * bleed}};
    vec_push(l->arena, &face->placed, p);
}

static void place_folded(struct page_list *l, const struct grid *g,
                         const struct page_imposition *how)
{
    uint32_t n = page_booklet_faces((uint32_t)l->pages.n);
    for (uint32_t i = 0; i < n; i++) {
        add_face(l, g);
        place_half(l, g, i, false, how);
        place_half(l, g, i, true, how);
    }
}

static void put_mm(struct buf *b, len64 value)
{
    const char *unit;
    buf_decimal(b, len_in_unit(value, LEN_UNIT_MM, &unit), 2);
}

/* What is left of the margin at the fold when a page is moved. */
static len64 margin_of(const struct page_list *l, const struct page_placed *p,
                       const struct grid *g)
{
    const struct page *page = &l->pages.v[p->page];
    bool right = p->clip.x > 0;
    return right ? page->body.x : (len64)g->width - page->body.x - page->body.width;
}

/* Text must not get into the fold. */
static bool check_creep(const struct page_list *l, const struct grid *g,
                        const struct page_imposition *how, struct diag_sink *sink)
{
    len64 least = LEN_MAX, creep = 0;
    for (size_t f = 0; f < l->sheets.faces.n; f++) {
        const struct page_face *face = &l->sheets.faces.v[f];
        len64 moved = creep_of(how, f);
        creep = moved > creep ? moved : creep;
        for (size_t i = 0; i < face->placed.n && moved; i++) {
            len64 margin = margin_of(l, &face->placed.v[i], g);
            least = moved >= margin && margin < least ? margin : least;
        }
    }
    if (least == LEN_MAX) {
        return true;
    }
    struct buf text;
    buf_init(&text, sink->arena);
    buf_puts(&text, "paper of ");
    put_mm(&text, how->thickness);
    buf_puts(&text, " mm moves the innermost pages ");
    put_mm(&text, creep);
    buf_puts(&text, " mm towards the fold, over their inner margin of ");
    put_mm(&text, least);
    diag_report(sink, DIAG_BAD_GEOMETRY, PLACE_NONE,
                "take thinner paper, a wider inner margin, fewer pages, or a smaller "
                "signature",
                "%.*s mm", STR_ARG(buf_str(&text)));
    return false;
}

/* --- Sheets --- */

static bool fits(len64 sheet, len64 needed)
{
    return sheet + STYLE_PAPER_SLACK >= needed;
}

static void put_size(struct buf *b, len64 width, len64 height)
{
    put_mm(b, width);
    buf_puts(b, " \xC3\x97 ");
    put_mm(b, height);
    buf_puts(b, " mm");
}

static bool report_small(const struct page_list *l, len64 width, len64 height,
                         struct diag_sink *sink)
{
    const struct page *block = &l->sheets.faces.v[0].block;
    struct buf b;
    buf_init(&b, sink->arena);
    put_size(&b, l->sheets.width, l->sheets.height);
    buf_puts(&b, " is too small: ");
    buf_puts(&b, l->sheet.margin ? "with what is around them the pages need "
                                 : "the pages need ");
    put_size(&b, width, height);
    diag_report(sink, DIAG_BAD_GEOMETRY, PLACE_NONE,
                block->width == width ? "take a larger sheet, or smaller pages"
                : "take a larger sheet, smaller pages, or fewer marks",
                "the sheet of %.*s", STR_ARG(buf_str(&b)));
    return false;
}

/* The way round in which the block lies on it; the other one if only that has room. */
static void turn_sheet(struct page_sheets *s, len64 width, len64 height)
{
    bool wide = width > height, lies = s->width > s->height;
    bool fits_now = fits(s->width, width) && fits(s->height, height);
    bool fits_turned = fits(s->height, width) && fits(s->width, height);
    if (fits_turned && (wide != lies || !fits_now)) {
        len side = s->width;
        s->width = s->height;
        s->height = side;
    }
}

static bool place_blocks(struct page_list *l, const struct page_imposition *how,
                         struct diag_sink *sink)
{
    enum { MOST = 14400 }; /* points that a side may have */
    const struct page *block = &l->sheets.faces.v[0].block;
    struct page_sheets *s = &l->sheets;
    len64 width = block->width + 2 * (len64)l->sheet.margin;
    len64 height = block->height + 2 * (len64)l->sheet.margin;
    if (width > (len64)MOST * LEN_PT || height > (len64)MOST * LEN_PT) {
        diag_report(sink, DIAG_BAD_GEOMETRY, PLACE_NONE, "put fewer pages on a sheet",
                    "the sheet would be larger than a PDF can say");
        return false;
    }
    s->width = how->width ? how->width : (len)width;
    s->height = how->width ? how->height : (len)height;
    if (!how->width) {
        style_round_to_paper(&s->width, &s->height);
    }
    turn_sheet(s, width, height);
    s->left = (s->width - block->width) / 2;
    s->top = (s->height - block->height) / 2;
    return (fits(s->width, width) && fits(s->height, height)) ||
           report_small(l, width, height, sink);
}

bool page_impose(struct page_list *l, const struct page_imposition *how,
                 struct diag_sink *sink)
{
    if (how->how == PAGE_SINGLE || !l->pages.n) {
        return true;
    }
    struct grid g = grid_of(l, how->how);
    l->sheets.folded = g.folded;
    if (g.folded) {
        place_folded(l, &g, how);
    } else {
        place_apart(l, &g);
    }
    bool good = !g.folded || check_creep(l, &g, how, sink);
    return page_mark_sheets(l, how->marks, sink) && place_blocks(l, how, sink) && good;
}

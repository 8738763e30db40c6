/* SPDX-License-Identifier: MIT
 *
 * Marks on the sheet around a page, all in one band outside the bleed:
 *
 *        |          +  [][][][]        |       | crop marks, in line with the edges
 *      --                                --    + where plates are aligned, on each side
 *        +---------------------------+        [] patches: each ink, full and half
 *        |           page            |        a line of text, below the page
 *
 * Around a block of pages, marks lead to every cut between them, and dashes to a fold.
 * What stands beside the middle of an edge there stands beside that of the first page, or
 * of the last one, out of the way of those.
 *
 * Crop and register marks are printed from every plate: in the colour "All". */
#include "page/page.h"

#include <string.h>

#define MM(n) (((n) * 72 * LEN_PT * 10 + 127) / 254) /* millimetres */

enum {
    THIN = LEN_PT / 4,
    GAP = MM(1),                   /* from the bleed; from the page, if that is more */
    LEAST_OFF = MM(2),
    LONG = MM(5),                  /* crop marks; the band's width */
    RADIUS = MM(3) / 2, CROSS = MM(5) / 2,
    DASH = MM(1),                  /* of a mark to fold at: black, white, and so on */
    PATCH = MM(4), PATCHES = 8, CLEAR = MM(6), /* beside the middle */
    BEYOND = MM(1),                /* from the band to the sheet's edge */
    SHEET_MAX = 14400,             /* points */
};

struct marker {
    struct page_list *list;
    struct page *page;  /* or block */
    len width, height;  /* of a page; of one in the block */
    len gap;            /* between pages of the block; 0: they meet */
    struct color all;
    len off;   /* from the page's edges to the band */
};

static struct page_item *add(struct marker *m, enum page_item_kind kind)
{
    struct page_item item = {.kind = kind, .artifact = STRUCTURE_AID};
    vec_push(m->list->arena, &m->page->marks, item);
    return &m->page->marks.v[m->page->marks.n - 1];
}

static struct page_segment *add_path(struct marker *m, len x, len y, uint32_t n)
{
    struct page_item *item = add(m, PAGE_PATH);
    struct page_segment *segments = NEW_ARRAY(m->list->arena, struct page_segment, n);
    item->as.path = (struct page_path){.x = x, .y = y, .segments = segments, .n = n,
                                       .stroke = true, .stroke_color = m->all,
                                       .stroke_width = THIN};
    return segments;
}

static void add_line(struct marker *m, struct page_rect r)
{
    struct page_segment *s = add_path(m, r.x, r.y, 2);
    s[0] = (struct page_segment){.kind = PAGE_MOVE};
    s[1] = (struct page_segment){.kind = PAGE_LINE, .x = r.width, .y = r.height};
}

/* In line with something upright at `x`: above and below. */
static void add_upright(struct marker *m, len x)
{
    add_line(m, (struct page_rect){x, -m->off - LONG, 0, LONG});
    add_line(m, (struct page_rect){x, m->page->height + m->off, 0, LONG});
}

/* In line with something level at `y`: on the left and on the right. */
static void add_level(struct marker *m, len y)
{
    add_line(m, (struct page_rect){-m->off - LONG, y, LONG, 0});
    add_line(m, (struct page_rect){m->page->width + m->off, y, LONG, 0});
}

/* At all edges of all pages. */
static void add_crop_marks(struct marker *m)
{
    for (len x = 0; x < m->page->width; x += m->width + m->gap) {
        if (x == 0 || m->gap) {
            add_upright(m, x);
        }
        add_upright(m, x + m->width);
    }
    for (len y = 0; y < m->page->height; y += m->height + m->gap) {
        if (y == 0 || m->gap) {
            add_level(m, y);
        }
        add_level(m, y + m->height);
    }
}

/* A booklet is cut at the edges of its sheets alone. */
static void add_fold_marks(struct marker *m)
{
    const len down[] = {-m->off - LONG, m->page->height + m->off};
    add_upright(m, 0);
    add_upright(m, m->page->width);
    add_level(m, 0);
    add_level(m, m->page->height);
    for (size_t i = 0; i < 2; i++) {
        for (len at = 0; at < LONG; at += 2 * DASH) {
            add_line(m, (struct page_rect){m->width, down[i] + at, 0, DASH});
        }
    }
}

static void add_circle(struct marker *m, len x, len y, len r)
{
    static const int8_t ARCS[4][6] = { /* x1 y1 x2 y2 x y, from the right, by signs */
        {1, 1, 1, 1, 0, 1}, {-1, 1, -1, 1, -1, 0}, {-1, -1, -1, -1, 0, -1},
        {1, -1, 1, -1, 1, 0},
    };
    len k = (len)len_muldiv(r, 5523, 10000); /* a quarter of a circle, nearly */
    struct page_segment *s = add_path(m, x, y, 6);
    s[0] = (struct page_segment){.kind = PAGE_MOVE, .x = r};
    for (int i = 0; i < 4; i++) {
        const int8_t *a = ARCS[i];
        bool flat = i % 2 == 0; /* begins at the side: first upright, then level */
        s[i + 1] = (struct page_segment){
            .kind = PAGE_CURVE, .x = a[4] * r, .y = a[5] * r,
            .x1 = a[0] * (flat ? r : k), .y1 = a[1] * (flat ? k : r),
            .x2 = a[2] * (flat ? k : r), .y2 = a[3] * (flat ? r : k)};
    }
    s[5] = (struct page_segment){.kind = PAGE_CLOSE};
}

static void add_target(struct marker *m, len x, len y)
{
    add_circle(m, x, y, RADIUS);
    add_line(m, (struct page_rect){x - CROSS, y, 2 * CROSS, 0});
    add_line(m, (struct page_rect){x, y - CROSS, 0, 2 * CROSS});
}

static void add_targets(struct marker *m)
{
    len w = m->page->width, h = m->page->height, middle = m->off + CROSS;
    add_target(m, m->width / 2, -middle);
    add_target(m, m->width / 2, h + middle);
    add_target(m, -middle, m->height / 2);
    add_target(m, w + middle, m->height / 2);
}

/* Each ink, all of it and half of it. */
static void add_patches(struct marker *m)
{
    len x = m->page->width - m->width / 2 + CLEAR, y = -m->off - (LONG + PATCH) / 2;
    for (int i = 0; i < PATCHES; i++) {
        struct page_item *item = add(m, PAGE_RULE);
        struct color ink = {.space = COLOR_CMYK};
        ink.part[i % 4] = i < 4 ? 1000 : 500;
        item->as.rule.rect = (struct page_rect){x + i * PATCH, y, PATCH, PATCH};
        item->as.rule.color = ink;
    }
}

/* The palette, with the colour of all plates behind the others. */
static struct color add_all(struct page_list *l)
{
    size_t n = l->palette.n;
    struct color_plates *plates = NEW_ARRAY(l->arena, struct color_plates, n + 1);
    for (size_t i = 0; i < n; i++) {
        plates[i] = l->palette.v[i];
    }
    plates[n] = (struct color_plates){.name = STR("all plates"), .spot = STR("All"),
                                      .ink = {1000, 1000, 1000, 1000}, .tint = 1000};
    l->palette = (struct color_palette){plates, n + 1};
    return (struct color){.space = COLOR_GRAY, .name = (uint16_t)(n + 1)};
}

static bool refuse(struct diag_sink *sink, const char *what)
{
    diag_report(sink, DIAG_BAD_GEOMETRY, PLACE_NONE,
                "in the layout's `print:` say `marks: crop`, or `marks: none`",
                "the marks do not fit: %s", what);
    return false;
}

static bool refuse_sheet(enum page_marks marks, struct diag_sink *sink)
{
    if (marks != PAGE_NO_MARKS) {
        return refuse(sink, "with them the sheet is larger than a PDF can say");
    }
    diag_report(sink, DIAG_BAD_GEOMETRY, PLACE_NONE,
                "a side has 14400 pt (5.08 m) at most: make the page smaller, or its "
                "bleed",
                "with its bleed the sheet is larger than a PDF can say");
    return false;
}

static bool check_room(const struct page_list *l, enum page_marks marks,
                       struct diag_sink *sink)
{
    len64 most = (len64)SHEET_MAX * LEN_PT;
    for (size_t i = 0; i < l->pages.n; i++) {
        len64 w = l->pages.v[i].width, h = l->pages.v[i].height;
        if (w + 2 * l->sheet.margin > most || h + 2 * l->sheet.margin > most) {
            return refuse_sheet(marks, sink);
        }
        if (marks == PAGE_ALL_MARKS &&
            (w < 2 * (CLEAR + PATCHES * PATCH) || h < 4 * CROSS)) {
            return refuse(sink, "the page must be 76 mm wide and 10 mm high");
        }
    }
    return true;
}

/* The lines of text that flow placed below pages: there, or above an upper page. */
static void take_lines(struct marker *m, const struct page *from, len x, len y)
{
    len down = y + m->off + LONG / 2;
    if (y + from->height < m->page->height) {
        down = y - from->height - m->off - LONG / 2;
    }
    for (size_t i = 0; i < from->marks.n; i++) {
        struct page_item item = from->marks.v[i];
        if (item.kind == PAGE_TEXT) {
            item.as.text.x += x;
            item.as.text.y += down;
        }
        vec_push(m->list->arena, &m->page->marks, item);
    }
}

static void add_marks(struct marker *m, enum page_marks marks, bool folded)
{
    (folded ? add_fold_marks : add_crop_marks)(m);
    if (marks == PAGE_ALL_MARKS) {
        add_targets(m);
        add_patches(m);
    }
}

static void mark_pages(struct marker *m, enum page_marks marks)
{
    for (size_t i = 0; i < m->list->pages.n; i++) {
        struct page *p = m->page = &m->list->pages.v[i];
        struct page lines = *p;
        m->width = p->width;
        m->height = p->height;
        memset(&p->marks, 0, sizeof p->marks);
        take_lines(m, &lines, 0, 0);
        add_marks(m, marks, false);
    }
}

static void mark_blocks(struct marker *m, enum page_marks marks, bool folded)
{
    struct page_list *l = m->list;
    m->width = l->pages.v[0].width;
    m->height = l->pages.v[0].height;
    m->gap = 2 * l->sheet.bleed;
    for (size_t f = 0; f < l->sheets.faces.n; f++) {
        struct page_face *face = &l->sheets.faces.v[f];
        m->page = &face->block;
        for (size_t i = 0; i < face->placed.n; i++) {
            const struct page_placed *p = &face->placed.v[i];
            take_lines(m, &l->pages.v[p->page], p->x, p->y);
        }
        add_marks(m, marks, folded);
    }
    for (size_t i = 0; i < l->pages.n; i++) {
        l->pages.v[i].marks.n = 0;
    }
}

bool page_mark_sheets(struct page_list *l, enum page_marks marks, struct diag_sink *sink)
{
    struct marker m = {.list = l, .off = l->sheet.bleed + GAP};
    m.off = m.off < LEAST_OFF ? LEAST_OFF : m.off;
    if (marks != PAGE_NO_MARKS) {
        l->sheet.margin = m.off + LONG + BEYOND;
    }
    if (!check_room(l, marks, sink)) {
        return false;
    }
    if (marks == PAGE_NO_MARKS) {
        return true;
    }
    m.all = add_all(l);
    if (l->sheets.faces.n) {
        mark_blocks(&m, marks, l->sheets.folded);
    } else {
        mark_pages(&m, marks);
    }
    return true;
}

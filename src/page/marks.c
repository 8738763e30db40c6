/* SPDX-License-Identifier: MIT
 *
 * Marks on the sheet around a page, all in one band outside the bleed:
 *
 *        |          +  [][][][]        |       | crop marks, in line with the edges
 *      --                                --    + where plates are aligned, on each side
 *        +---------------------------+        [] patches: each ink, full and half
 *        |           page            |        a line of text, below the page
 *
 * Crop and register marks are printed from every plate: in the colour "All". */
#include "page/page.h"

#define MM(n) (((n) * 72 * LEN_PT * 10 + 127) / 254) /* millimetres */

enum {
    THIN = LEN_PT / 4,
    GAP = MM(1),                   /* from the bleed; from the page, if that is more */
    LEAST_OFF = MM(2),
    LONG = MM(5),                  /* crop marks; the band's width */
    RADIUS = MM(3) / 2, CROSS = MM(5) / 2,
    PATCH = MM(4), PATCHES = 8, CLEAR = MM(6), /* beside the middle */
    BEYOND = MM(1),                /* from the band to the sheet's edge */
    SHEET_MAX = 14400,             /* points */
};

struct marker {
    struct page_list *list;
    struct page *page;
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

/* Two lines at each corner; `band` is where the upper and left ones begin. */
static void add_crop_marks(struct marker *m)
{
    len w = m->page->width, h = m->page->height, off = m->off;
    const len across[] = {-off - LONG, w + off}, down[] = {-off - LONG, h + off};
    for (size_t i = 0; i < 2; i++) {
        add_line(m, (struct page_rect){across[i], 0, LONG, 0});
        add_line(m, (struct page_rect){across[i], h, LONG, 0});
        add_line(m, (struct page_rect){0, down[i], 0, LONG});
        add_line(m, (struct page_rect){w, down[i], 0, LONG});
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
    add_target(m, w / 2, -middle);
    add_target(m, w / 2, h + middle);
    add_target(m, -middle, h / 2);
    add_target(m, w + middle, h / 2);
}

/* Each ink, all of it and half of it. */
static void add_patches(struct marker *m)
{
    len x = m->page->width / 2 + CLEAR, y = -m->off - (LONG + PATCH) / 2;
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

static bool check_room(const struct page_list *l, enum page_marks marks,
                       struct diag_sink *sink)
{
    len64 most = (len64)SHEET_MAX * LEN_PT;
    for (size_t i = 0; i < l->pages.n; i++) {
        len64 w = l->pages.v[i].width, h = l->pages.v[i].height;
        if (w + 2 * l->sheet.margin > most || h + 2 * l->sheet.margin > most) {
            return refuse(sink, "with them the sheet is larger than a PDF can say");
        }
        if (marks == PAGE_ALL_MARKS &&
            (w < 2 * (CLEAR + PATCHES * PATCH) || h < 4 * CROSS)) {
            return refuse(sink, "the page must be 76 mm wide and 10 mm high");
        }
    }
    return true;
}

bool page_mark_sheets(struct page_list *l, enum page_marks marks, struct diag_sink *sink)
{
    struct marker m = {.list = l, .off = l->sheet.bleed + GAP};
    m.off = m.off < LEAST_OFF ? LEAST_OFF : m.off;
    if (marks == PAGE_NO_MARKS) {
        return true;
    }
    l->sheet.margin = m.off + LONG + BEYOND;
    if (!check_room(l, marks, sink)) {
        return false;
    }
    m.all = add_all(l);
    for (size_t i = 0; i < l->pages.n; i++) {
        m.page = &l->pages.v[i];
        for (size_t k = 0; k < m.page->marks.n; k++) {
            if (m.page->marks.v[k].kind == PAGE_TEXT) {
                m.page->marks.v[k].as.text.y += m.off + LONG / 2;
            }
        }
        add_crop_marks(&m);
        if (marks == PAGE_ALL_MARKS) {
            add_targets(&m);
            add_patches(&m);
        }
    }
    return true;
}

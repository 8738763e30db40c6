/* SPDX-License-Identifier: MIT
 *
 * Pages to pages that can be printed on a larger sheet and cut. Paper is never cut quite
 * where it should be: what ends at the edge must go on beyond it, and what must not be
 * cut keeps away from it. */
#include "page/page.h"

#include "base/map.h"

enum {
    HALF_PPI = 500,                 /* 1/1000: what rounding may take */
    TOUCHES = LEN_PT / 10,          /* so near, it reaches the edge */
    MILLIMETRES_3 = 8708,           /* of len */
};

struct sides {
    bool left, right, top, bottom;
};

/* --- Where things are --- */

static struct page_rect text_bounds(const struct page_item *item)
{
    const struct text_face *face = item->as.text.face;
    const struct text_piece *first = item->as.text.pieces;
    const struct text_piece *last = first + item->as.text.n - 1;
    len size = item->as.text.size;
    len above = text_scale(face->ascender, size, face->upem);
    len below = text_scale(face->descender, size, face->upem);
    return (struct page_rect){item->as.text.x + first->x, item->as.text.y - above,
                              last->x + last->width - first->x, above - below};
}

/* False for what draws nothing, or is no part of the page's design. */
static bool bounds_of(const struct page_item *item, struct page_rect *out)
{
    bool counts = item->artifact != STRUCTURE_AID &&
                  item->artifact != STRUCTURE_WATERMARK;
    switch (item->kind) {
    case PAGE_TEXT:
        counts = counts && item->as.text.n > 0 && !item->as.text.angle;
        *out = counts ? text_bounds(item) : (struct page_rect){0};
        return counts;
    case PAGE_RULE:
        *out = item->as.rule.rect;
        return counts;
    case PAGE_PATH:
        *out = page_path_bounds(&item->as.path);
        return counts;
    case PAGE_IMAGE:
        *out = item->as.image.rect;
        return counts;
    case PAGE_LINK:
        break;
    }
    return false;
}

/* How far above or below an area a text is; -1: it has no place, or stands beside it. */
static len64 gap_to(const struct page_item *item, const struct page_rect *area)
{
    struct page_rect r;
    if (!item->at.source || item->kind != PAGE_TEXT || !bounds_of(item, &r) ||
        r.x > (len64)area->x + area->width || (len64)r.x + r.width < area->x) {
        return -1;
    }
    len64 middle = (len64)r.y + r.height / 2, end = (len64)area->y + area->height;
    return middle < area->y ? area->y - middle : middle > end ? middle - end : 0;
}

struct place page_place_of(const struct page *p, const struct page_item *item)
{
    struct page_rect area;
    struct place at = item->at;
    len64 least = INT64_MAX;
    if (at.source || item->kind == PAGE_TEXT || !bounds_of(item, &area)) {
        return at;
    }
    for (size_t i = 0; i < p->items.n && least; i++) {
        len64 gap = gap_to(&p->items.v[i], &area);
        if (gap >= 0 && gap < least) {
            least = gap;
            at = p->items.v[i].at;
        }
    }
    return at;
}

static len64 right_of(const struct page_rect *r)
{
    return (len64)r->x + r->width;
}

static len64 bottom_of(const struct page_rect *r)
{
    return (len64)r->y + r->height;
}

/* The edges that it reaches. Only areas go on beyond one. */
static struct sides reached(const struct page *p, const struct page_item *item)
{
    struct page_rect r;
    bool area = item->kind == PAGE_RULE || item->kind == PAGE_IMAGE;
    if (!area || !bounds_of(item, &r)) {
        return (struct sides){0};
    }
    return (struct sides){r.x <= TOUCHES, right_of(&r) >= (len64)p->width - TOUCHES,
                          r.y <= TOUCHES, bottom_of(&r) >= (len64)p->height - TOUCHES};
}

static bool any(struct sides s)
{
    return s.left || s.right || s.top || s.bottom;
}

/* --- What is wrong --- */

/* Pixels to the inch of what is printed, thousandths; the lesser of both directions. */
static int64_t resolution(const struct page_item *item)
{
    const struct image *image = item->as.image.image;
    struct page_rect r = item->as.image.whole;
    int64_t inch = (int64_t)72 * LEN_PT * 1000;
    int64_t x = len_muldiv(image_width(image), inch, r.width > 0 ? r.width : 1);
    int64_t y = len_muldiv(image_height(image), inch, r.height > 0 ? r.height : 1);
    return x < y ? x : y;
}

static bool check_resolution(const struct page_item *item, struct diag_sink *sink)
{
    const struct image *image = item->as.image.image;
    if (image->drawing) {
        return true;
    }
    int64_t ppi = resolution(item);
    bool coarse = ppi < PAGE_LEAST_PPI * 1000 - HALF_PPI;
    if (ppi < PAGE_GOOD_PPI * 1000 - HALF_PPI) {
        diag_report(sink, coarse ? DIAG_COARSE_IMAGE : DIAG_LOW_RESOLUTION, item->at,
                    "use a larger picture, or show it smaller",
                    "`%.*s` is printed with %d pixels to the inch; print needs %d%s",
                    STR_ARG(image->name), (int)(ppi / 1000),
                    coarse ? PAGE_LEAST_PPI : PAGE_GOOD_PPI, coarse ? " at least" : "");
    }
    return !coarse;
}

/* The least distance from an edge that it does not reach; of text, which never goes on,
 * from any. */
static len64 distance(const struct page *p, const struct page_item *item,
                      const struct page_rect *r)
{
    struct sides s = reached(p, item);
    const len64 all[] = {s.left ? p->width : r->x,
                         s.right ? p->width : p->width - right_of(r),
                         s.top ? p->width : r->y,
                         s.bottom ? p->width : p->height - bottom_of(r)};
    len64 least = all[0];
    for (size_t i = 1; i < sizeof all / sizeof *all; i++) {
        least = all[i] < least ? all[i] : least;
    }
    return least;
}

/* What is near an edge, told once however many lines or rows it has, on however many
 * pages it stands. */
struct near {
    struct place at;         /* of what comes first of it */
    size_t first, last;      /* pages, from 0 */
    len64 least;
};

struct nears {
    struct arena *arena;
    struct map known;        /* by near_key: struct near */
    VEC(struct near *) list;
};

/* The list, the table, the paragraph that an element is part of. */
static uint32_t thing_of(const struct structure *s, uint32_t element)
{
    for (;;) {
        uint32_t parent = structure_parent_of(s, element);
        enum structure_role role = structure_role_of(s, parent);
        if (parent == element || role == STRUCTURE_DOCUMENT || role == STRUCTURE_SECT ||
            role == STRUCTURE_DIV) {
            return element;
        }
        element = parent;
    }
}

/* Content by what it is part of; what belongs to none, as backgrounds of rows, by how far
 * from the edge it is. */
static str near_key(const struct page_list *l, const struct page_item *item, len64 near,
                    struct arena *a)
{
    const struct structure *s = &l->structure;
    bool content = item->artifact == STRUCTURE_CONTENT && structure_has(s, item->element);
    uint64_t key[2] = {content, content ? thing_of(s, item->element) : (uint64_t)near};
    return str_copy(a, (str){(const char *)key, sizeof key});
}

static void check_edges(const struct page_list *l, size_t number, const struct page *p,
                        const struct page_item *item, struct nears *nears)
{
    struct page_rect r;
    if (!bounds_of(item, &r)) {
        return;
    }
    len64 distant = distance(p, item, &r);
    if (distant >= MILLIMETRES_3) {
        return;
    }
    str key = near_key(l, item, distant, nears->arena);
    struct near *near = map_find(&nears->known, key);
    if (!near) {
        near = NEW(nears->arena, struct near);
        *near = (struct near){page_place_of(p, item), number, number, distant};
        map_put(&nears->known, key, near);
        vec_push(nears->arena, &nears->list, near);
    }
    near->last = number;
    near->least = distant < near->least ? distant : near->least;
}

static void report_near(const struct near *near, struct diag_sink *sink)
{
    const char *unit;
    struct buf b, pages;
    buf_init(&b, sink->arena);
    buf_init(&pages, sink->arena);
    len64 least = near->least > 0 ? near->least : 0;
    buf_decimal(&b, len_in_unit(least, LEN_UNIT_MM, &unit), 2);
    buf_format(&pages, near->last > near->first ? "pages %zu to " : "page %zu",
               near->first + 1);
    if (near->last > near->first) {
        buf_format(&pages, "%zu", near->last + 1);
    }
    diag_report(sink, DIAG_NEAR_EDGE, near->at,
                "leave 3 mm, or let it reach the edge: it then goes on beyond it",
                "%.*s: something ends %.*s mm from the edge, and the cut may meet it",
                STR_ARG(buf_str(&pages)), STR_ARG(buf_str(&b)));
}

/* --- The bleed --- */

static struct page_rect grown(struct page_rect r, struct sides s, len bleed)
{
    r.x -= s.left ? bleed : 0;
    r.y -= s.top ? bleed : 0;
    r.width += (s.left ? bleed : 0) + (s.right ? bleed : 0);
    r.height += (s.top ? bleed : 0) + (s.bottom ? bleed : 0);
    return r;
}

/* Where a side of length `size` in place of `was`, at `from`, begins: the end that stays
 * is the one that does not bleed. */
static len place_side(len from, len was, len size, bool before, bool behind)
{
    len more = size - was;
    return before == behind ? from - more / 2 : before ? from - more : from;
}

/* A picture goes on beyond the edge with what of it is not shown yet; where that is too
 * little, all of it is shown larger. */
static void bleed_image(struct page_item *item, struct sides s, len bleed)
{
    struct page_rect r = grown(item->as.image.rect, s, bleed);
    struct page_rect w = item->as.image.whole;
    bool covers = w.x <= r.x && w.y <= r.y && right_of(&w) >= right_of(&r) &&
                  bottom_of(&w) >= bottom_of(&r);
    if (!covers && w.width > 0 && w.height > 0) {
        len64 wide = len_muldiv(r.width, LEN_PT * 1024, w.width);
        len64 high = len_muldiv(r.height, LEN_PT * 1024, w.height);
        len64 scale = (wide > high ? wide : high) + 1;
        len width = (len)len_muldiv(w.width, scale, LEN_PT * 1024) + 1;
        len height = (len)len_muldiv(w.height, scale, LEN_PT * 1024) + 1;
        item->as.image.whole = (struct page_rect){
            place_side(w.x, w.width, width, s.left, s.right),
            place_side(w.y, w.height, height, s.top, s.bottom), width, height};
    }
    item->as.image.rect = r;
}

static void bleed_item(const struct page *p, struct page_item *item, len bleed)
{
    struct sides s = reached(p, item);
    if (!any(s)) {
        return;
    }
    if (item->kind == PAGE_IMAGE) {
        bleed_image(item, s, bleed);
    } else {
        item->as.rule.rect = grown(item->as.rule.rect, s, bleed);
    }
}

void page_bleed_items(struct page *p, size_t first, len bleed)
{
    for (size_t i = first; bleed && i < p->items.n; i++) {
        bleed_item(p, &p->items.v[i], bleed);
    }
}

static bool reaches_edges(const struct page_list *l)
{
    struct arena made;
    struct page room;
    bool reaches = false;
    arena_init(&made);
    for (size_t p = 0; p < l->pages.n && !reaches; p++) {
        const struct page *page = page_open(&l->pages.v[p], &made, &room);
        for (size_t i = 0; i < page->items.n && !reaches; i++) {
            reaches = any(reached(page, &page->items.v[i]));
        }
        arena_reset(&made);
    }
    arena_done(&made);
    return reaches;
}

/* A bleed of half a page is a slip: no sheet is cut so. */
static bool check_bleed(const struct page_list *l, const struct page_print *print,
                        struct diag_sink *sink)
{
    for (size_t p = 0; p < l->pages.n; p++) {
        const struct page *page = &l->pages.v[p];
        len side = page->width < page->height ? page->width : page->height;
        if (l->sheet.bleed >= side / 2) {
            const char *unit;
            struct buf b;
            buf_init(&b, sink->arena);
            buf_decimal(&b, len_in_unit(l->sheet.bleed, LEN_UNIT_MM, &unit), 2);
            diag_report(sink, DIAG_BAD_GEOMETRY, print->bleed_at,
                        "3mm is what printers ask for, 5mm for large sheets",
                        "a bleed of %.*s mm on both sides is larger than the paper",
                        STR_ARG(buf_str(&b)));
            return false;
        }
    }
    return true;
}

/* With its bleed: a picture that grew into it has fewer pixels to the inch. */
static bool check_page(const struct page_list *l, size_t number, struct nears *nears,
                       struct arena *made, struct diag_sink *sink)
{
    struct page room;
    const struct page *p = page_open(&l->pages.v[number], made, &room);
    bool good = true;
    for (size_t i = 0; i < p->items.n; i++) {
        const struct page_item *item = &p->items.v[i];
        check_edges(l, number, p, item, nears);
        if (item->kind == PAGE_IMAGE) {
            good = check_resolution(item, sink) && good;
        }
    }
    arena_reset(made);
    return good;
}

static bool check_pages(const struct page_list *l, struct diag_sink *sink)
{
    struct arena made, scratch;
    bool good = true;
    arena_init(&made);
    arena_init(&scratch);
    struct nears nears = {.arena = &scratch};
    map_init(&nears.known, &scratch);
    for (size_t p = 0; p < l->pages.n; p++) {
        good = check_page(l, p, &nears, &made, sink) && good;
    }
    for (size_t i = 0; i < nears.list.n; i++) {
        report_near(nears.list.v[i], sink);
    }
    arena_done(&scratch);
    arena_done(&made);
    return good;
}

bool page_for_print(struct page_list *l, const struct page_print *print,
                    struct diag_sink *sink)
{
    len bleed = print->bleed >= 0 ? print->bleed : reaches_edges(l) ? MILLIMETRES_3 : 0;
    l->sheet = (struct page_sheet){bleed, bleed};
    if (!check_bleed(l, print, sink)) {
        return false;
    }
    for (size_t p = 0; p < l->pages.n; p++) {
        struct page *page = &l->pages.v[p];
        page_bleed_items(page, 0, bleed);
        page->bleed = bleed;
    }
    bool good = check_pages(l, sink);
    return page_mark_sheets(l, print->marks, sink) && good;
}

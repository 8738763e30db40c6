/* SPDX-License-Identifier: MIT
 *
 * The page list as flow/ fills it: pages in their order, items in drawing order. All of
 * it lives in the list's arena; what is given out moves when the next one is added. Items
 * that are made later live in whatever arena their reader brings. */
#include "page/page.h"

void page_list_init(struct page_list *l, struct arena *a)
{
    *l = (struct page_list){.arena = a};
}

/* A page will hold about as much as the one before it, with its header and footer:
 * an array that grew to that would leave as much behind. */
enum { FURNITURE = 6 };

struct page *page_add(struct page_list *l, len width, len height)
{
    struct page p = {.width = width, .height = height};
    if (l->pages.n) {
        p.items.cap = l->pages.v[l->pages.n - 1].items.n + FURNITURE;
        p.items.v = arena_alloc_raw(l->arena, p.items.cap * sizeof *p.items.v);
    }
    vec_push(l->arena, &l->pages, p);
    return &l->pages.v[l->pages.n - 1];
}

struct page_item *page_add_item(struct page_list *l, struct page *p,
                                enum page_item_kind kind)
{
    vec_push(l->arena, &p->items, (struct page_item){.kind = kind});
    return &p->items.v[p->items.n - 1];
}

void page_add_later(struct page_list *l, struct page *p, struct page_later later)
{
    later.before = p->items.n;
    vec_push(l->arena, &p->later, later);
}

void page_move_later(struct page *p, size_t at, size_t n)
{
    for (size_t i = 0; i < p->later.n; i++) {
        p->later.v[i].before += p->later.v[i].before >= at ? n : 0;
    }
}

static void copy_items(struct page *to, const struct page *from, size_t first,
                       size_t last, struct arena *a)
{
    for (size_t i = first; i < last; i++) {
        vec_push(a, &to->items, from->items.v[i]);
    }
}

const struct page *page_open(const struct page *p, struct arena *a, struct page *room)
{
    if (p->later.n == 0) {
        return p;
    }
    struct page_list list;
    page_list_init(&list, a);
    *room = *p;
    room->items.v = NULL;
    room->items.n = room->items.cap = 0;
    room->later.n = 0;
    size_t at = 0;
    for (size_t i = 0; i < p->later.n; i++) {
        const struct page_later *later = &p->later.v[i];
        copy_items(room, p, at, later->before, a);
        at = later->before;
        size_t first = room->items.n;
        later->make(later->what, &list, room);
        page_bleed_items(room, first, p->bleed);
    }
    copy_items(room, p, at, p->items.n, a);
    return room;
}

struct page_rect page_path_bounds(const struct page_path *path)
{
    len64 left = INT64_MAX, right = INT64_MIN, top = INT64_MAX, bottom = INT64_MIN;
    for (uint32_t i = 0; i < path->n; i++) {
        const struct page_segment *s = &path->segments[i];
        const len points[][2] = {{s->x, s->y}, {s->x1, s->y1}, {s->x2, s->y2}};
        size_t n = s->kind == PAGE_CLOSE ? 0 : s->kind == PAGE_CURVE ? 3 : 1;
        for (size_t k = 0; k < n; k++) {
            left = points[k][0] < left ? points[k][0] : left;
            right = points[k][0] > right ? points[k][0] : right;
            top = points[k][1] < top ? points[k][1] : top;
            bottom = points[k][1] > bottom ? points[k][1] : bottom;
        }
    }
    if (left > right) {
        return (struct page_rect){path->x, path->y, 0, 0};
    }
    len half = path->stroke ? (path->stroke_width + 1) / 2 : 0;
    return (struct page_rect){
        .x = (len)(path->x + left - half), .y = (len)(path->y + top - half),
        .width = (len)(right - left + 2 * half),
        .height = (len)(bottom - top + 2 * half),
    };
}

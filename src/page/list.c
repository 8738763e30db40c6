/* SPDX-License-Identifier: MIT
 *
 * The page list as flow/ fills it: pages in their order, items in drawing order. All of
 * it lives in the list's arena; what is given out moves when the next one is added. */
#include "page/page.h"

void page_list_init(struct page_list *l, struct arena *a)
{
    *l = (struct page_list){.arena = a};
}

struct page *page_add(struct page_list *l, len width, len height)
{
    vec_push(l->arena, &l->pages, (struct page){.width = width, .height = height});
    return &l->pages.v[l->pages.n - 1];
}

struct page_item *page_add_item(struct page_list *l, struct page *p,
                                enum page_item_kind kind)
{
    vec_push(l->arena, &p->items, (struct page_item){.kind = kind});
    return &p->items.v[p->items.n - 1];
}

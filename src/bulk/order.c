/* SPDX-License-Identifier: MIT
 *
 * In: numbers in their order, results in any. Out: results in the order of the numbers. A
 * ring: what was given first leaves it first. */
#include "bulk/order.h"

void bulk_order_init(struct bulk_order *o)
{
    o->first = o->n = 0;
    for (size_t i = 0; i < BULK_HELD; i++) {
        arena_init(&o->held[i].arena);
    }
}

void bulk_order_done(struct bulk_order *o)
{
    for (size_t i = 0; i < BULK_HELD; i++) {
        arena_done(&o->held[i].arena);
    }
}

static struct bulk_held *held_at(struct bulk_order *o, size_t i)
{
    return &o->held[(o->first + i) % BULK_HELD];
}

bool bulk_order_has_room(const struct bulk_order *o)
{
    return o->n < BULK_HELD;
}

void bulk_order_expect(struct bulk_order *o, uint64_t number)
{
    struct bulk_held *h = held_at(o, o->n++);
    arena_reset(&h->arena);
    h->settled = false;
    h->result = (struct bulk_result){.number = number};
}

static void keep(struct bulk_held *h, const struct bulk_result *r)
{
    h->result = *r;
    h->result.key = str_copy(&h->arena, r->key);
    h->result.file = str_copy(&h->arena, r->file);
    h->result.text = str_copy(&h->arena, r->text);
    h->result.json = str_copy(&h->arena, r->json);
    h->result.pdf = str_copy(&h->arena, r->pdf);
    h->result.extra = str_copy(&h->arena, r->extra);
    h->result.reason = str_copy(&h->arena, r->reason);
    h->settled = true;
}

void bulk_order_add(struct bulk_order *o, const struct bulk_result *result)
{
    for (size_t i = 0; i < o->n; i++) {
        struct bulk_held *h = held_at(o, i);
        if (h->result.number == result->number && !h->settled) {
            keep(h, result);
            return;
        }
    }
}

struct bulk_result *bulk_order_next(struct bulk_order *o)
{
    struct bulk_held *h = held_at(o, 0);
    if (o->n == 0 || !h->settled) {
        return NULL;
    }
    o->first = (o->first + 1) % BULK_HELD;
    o->n--;
    return &h->result;
}

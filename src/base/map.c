/* SPDX-License-Identifier: MIT */
#include "base/map.h"

void map_init(struct map *m, struct arena *a)
{
    *m = (struct map){.arena = a};
}

static struct map_slot *slot_of(const struct map *m, str key, uint64_t hash)
{
    size_t i = (size_t)hash & (m->cap - 1);
    while (m->slots[i].value) {
        if (m->slots[i].hash == hash && str_eq(m->slots[i].key, key)) {
            break;
        }
        i = (i + 1) & (m->cap - 1);
    }
    return &m->slots[i];
}

void *map_find(const struct map *m, str key)
{
    return m->cap ? slot_of(m, key, str_hash(key))->value : NULL;
}

static void grow(struct map *m)
{
    struct map old = *m;
    m->cap = old.cap ? old.cap * 2 : 16;
    m->slots = NEW_ARRAY(m->arena, struct map_slot, m->cap);
    for (size_t i = 0; i < old.cap; i++) {
        if (old.slots[i].value) {
            *slot_of(m, old.slots[i].key, old.slots[i].hash) = old.slots[i];
        }
    }
}

void *map_put(struct map *m, str key, void *value)
{
    if ((m->n + 1) * 4 > m->cap * 3) {
        grow(m);
    }
    uint64_t hash = str_hash(key);
    struct map_slot *slot = slot_of(m, key, hash);
    void *before = slot->value;
    if (!before) {
        m->n++;
    }
    *slot = (struct map_slot){key, hash, value};
    return before;
}

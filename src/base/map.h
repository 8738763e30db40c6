/* base/map.h: a hash table from slices to pointers, in an arena.
 *
 * Keys are borrowed: they must live as long as the table. Open addressing, linear
 * probing; there is no removal. Iterate over your own array when order matters. */
#ifndef INFONOTE_BASE_MAP_H
#define INFONOTE_BASE_MAP_H

#include "base/str.h"

struct map_slot {
    str key;
    uint64_t hash;
    void *value; /* NULL: the slot is free */
};

struct map {
    struct arena *arena;
    struct map_slot *slots;
    size_t n, cap; /* cap is 0 or a power of two */
};

void map_init(struct map *m, struct arena *a);

/* NULL when there is no such key. */
void *map_find(const struct map *m, str key);

/* Adds or replaces; `value` must not be NULL. Gives what was there before, or NULL. */
void *map_put(struct map *m, str key, void *value);

#endif

/* base/map.h: a hash table from slices to pointers, in an arena.
 *
 * Keys are borrowed: they must live as long as the table. Open addressing, linear
 * probing; there is no removal. The order of the slots is another in every run: to walk
 * over what is in it, keep an array of your own. */
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
    const struct map_secret *secret; /* of this process: see map.c */
};

void map_init(struct map *m, struct arena *a);

/* NULL when there is no such key. */
void *map_find(const struct map *m, str key);

/* Adds or replaces; `value` must not be NULL. Gives what was there before, or NULL. */
void *map_put(struct map *m, str key, void *value);

/* The same for who looks a long key up more than once: all tables of a process agree on
 * the hash of a key. */
uint64_t map_hash(const struct map *m, str key);
void *map_find_hashed(const struct map *m, str key, uint64_t hash);
void *map_put_hashed(struct map *m, str key, uint64_t hash, void *value);

#endif

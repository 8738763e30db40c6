/* SPDX-License-Identifier: MIT
 *
 * Each half is an arena with a table in it; forgetting is resetting the arena. */
#include "base/cache.h"

enum { LARGEST_SHARE = 8 };

static void half_init(struct cache_half *h)
{
    map_init(&h->map, &h->arena);
}

void cache_init(struct cache *c, size_t budget)
{
    *c = (struct cache){.budget = budget};
    arena_init(&c->young.arena);
    arena_init(&c->old.arena);
    half_init(&c->young);
    half_init(&c->old);
}

void cache_done(struct cache *c)
{
    arena_done(&c->young.arena);
    arena_done(&c->old.arena);
}

static void forget(struct cache_half *h, size_t budget)
{
    arena_reset_whole(&h->arena, budget);
    half_init(h);
}

void cache_clear(struct cache *c)
{
    forget(&c->young, c->budget);
    forget(&c->old, c->budget);
}

/* The old half is forgotten; the young one grows old. */
static void turn(struct cache *c)
{
    struct cache_half gone = c->old;
    c->old = c->young;
    c->old.map.arena = &c->old.arena;
    c->young = gone;
    forget(&c->young, c->budget);
}

static void turn_when_full(struct cache *c)
{
    if (c->young.arena.used > c->budget) {
        turn(c);
    }
}

static str *keep(struct cache_half *h, str key, uint64_t hash, str value)
{
    str *kept = NEW(&h->arena, str);
    *kept = str_copy(&h->arena, value);
    map_put_hashed(&h->map, str_copy(&h->arena, key), hash, kept);
    return kept;
}

uint64_t cache_hash(const struct cache *c, str key)
{
    return map_hash(&c->young.map, key);
}

const str *cache_find(struct cache *c, str key)
{
    return cache_find_hashed(c, key, cache_hash(c, key));
}

const str *cache_find_hashed(struct cache *c, str key, uint64_t hash)
{
    turn_when_full(c); /* before anything is found that this could forget */
    str *found = map_find_hashed(&c->young.map, key, hash);
    if (!found) {
        found = map_find_hashed(&c->old.map, key, hash);
        found = found ? keep(&c->young, key, hash, *found) : NULL;
    }
    return found;
}

bool cache_wants(struct cache *c, str key)
{
    return cache_wants_hashed(c, cache_hash(c, key));
}

bool cache_wants_hashed(struct cache *c, uint64_t hash)
{
    uint32_t *asked = c->asked[hash % CACHE_ASKED], part = (uint32_t)(hash >> 32);
    bool met = asked[0] == part || asked[1] == part;
    if (asked[0] != part) {
        asked[1] = asked[0];
        asked[0] = part;
    }
    return met;
}

void cache_put(struct cache *c, str key, str value)
{
    cache_put_hashed(c, key, cache_hash(c, key), value);
}

void cache_put_hashed(struct cache *c, str key, uint64_t hash, str value)
{
    if (key.n < c->budget && value.n < c->budget &&
        key.n + value.n <= c->budget / LARGEST_SHARE) {
        turn_when_full(c);
        keep(&c->young, key, hash, value);
    }
}

/* base/cache.h: results by the bytes that they were made from, within a bound.
 *
 * What took long to make is kept under all that decides it, so that it can be had again:
 * an answer is right because the key is the whole question. Keys and values are copied.
 *
 * Two halves hold up to `budget` bytes each. What is asked for moves to the young half;
 * when that is full, the other one is forgotten as a whole and the two change places. So
 * what is asked for often stays, what came once goes, and memory never grows beyond both.
 *
 * Most of what is asked for once is never asked for again: `cache_wants` is true from the
 * second time on, so that memory holds what comes again, and is full early or never.
 *
 *     const str *found = cache_find(&cache, key);
 *     if (!found && cache_wants(&cache, key)) {
 *         cache_put(&cache, key, made);
 *     } */
#ifndef INFONOTE_BASE_CACHE_H
#define INFONOTE_BASE_CACHE_H

#include "base/map.h"

struct cache_half {
    struct arena arena;
    struct map map; /* to str */
};

enum { CACHE_ASKED = 2048 };

struct cache {
    struct cache_half young, old;
    size_t budget; /* bytes of a half */
    uint32_t asked[CACHE_ASKED][2]; /* parts of hashes: keys `cache_wants` has met; two,
                                       so that one does not keep out another for ever */
};

void cache_init(struct cache *c, size_t budget);
void cache_done(struct cache *c);

/* Forgets everything; the memory stays for what comes next. */
void cache_clear(struct cache *c);

/* NULL if nothing is kept under the key. The value stands at an address for any type and
 * is valid until the next call for this cache. */
const str *cache_find(struct cache *c, str key);

/* Whether the key was met before; of some thousands the latest are remembered. */
bool cache_wants(struct cache *c, str key);

/* The key must not be there yet. What takes more than an eighth of a half is not kept. */
void cache_put(struct cache *c, str key, str value);

/* The same for long keys, which are hashed once. */
uint64_t cache_hash(const struct cache *c, str key);
const str *cache_find_hashed(struct cache *c, str key, uint64_t hash);
bool cache_wants_hashed(struct cache *c, uint64_t hash);
void cache_put_hashed(struct cache *c, str key, uint64_t hash, str value);

#endif

/* SPDX-License-Identifier: MIT
 *
 * The keys may be a stranger's. With a public hash function he could choose thousands
 * that all fall on one slot, and every look-up would walk over them; so slots are found
 * by SipHash-1-3 under a key that the kernel made for this process. What a table answers
 * does not depend on it. */
#include "base/map.h"

#include <string.h>
#include <sys/auxv.h>

static uint64_t rotate(uint64_t x, int by)
{
    return x << by | x >> (64 - by);
}

static void sip_round(uint64_t v[4])
{
    v[0] += v[1], v[2] += v[3];
    v[1] = rotate(v[1], 13) ^ v[0];
    v[3] = rotate(v[3], 16) ^ v[2];
    v[0] = rotate(v[0], 32);
    v[2] += v[1], v[0] += v[3];
    v[1] = rotate(v[1], 17) ^ v[2];
    v[3] = rotate(v[3], 21) ^ v[0];
    v[2] = rotate(v[2], 32);
}

static void sip_word(uint64_t v[4], uint64_t word)
{
    v[3] ^= word;
    sip_round(v);
    v[0] ^= word;
}

uint64_t map_hash(const struct map *m, str key)
{
    const uint64_t *k = m->secret;
    uint64_t v[4] = {k[0] ^ 0x736f6d6570736575, k[1] ^ 0x646f72616e646f6d,
                     k[0] ^ 0x6c7967656e657261, k[1] ^ 0x7465646279746573};
    size_t i = 0;
    for (; key.n - i >= 8; i += 8) {
        uint64_t word;
        memcpy(&word, key.p + i, 8);
        sip_word(v, word);
    }
    uint64_t last = (uint64_t)key.n << 56;
    if (i < key.n) {
        memcpy(&last, key.p + i, key.n - i);
    }
    sip_word(v, last);
    v[2] ^= 0xff;
    sip_round(v);
    sip_round(v);
    sip_round(v);
    return v[0] ^ v[1] ^ v[2] ^ v[3];
}

void map_init(struct map *m, struct arena *a)
{
    *m = (struct map){.arena = a};
    const void *random = (const void *)(uintptr_t)getauxval(AT_RANDOM);
    if (random) {
        memcpy(m->secret, random, sizeof m->secret);
    }
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

void *map_find_hashed(const struct map *m, str key, uint64_t hash)
{
    return m->cap ? slot_of(m, key, hash)->value : NULL;
}

void *map_find(const struct map *m, str key)
{
    return m->cap ? map_find_hashed(m, key, map_hash(m, key)) : NULL;
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

void *map_put_hashed(struct map *m, str key, uint64_t hash, void *value)
{
    if ((m->n + 1) * 4 > m->cap * 3) {
        grow(m);
    }
    struct map_slot *slot = slot_of(m, key, hash);
    void *before = slot->value;
    if (!before) {
        m->n++;
    }
    *slot = (struct map_slot){key, hash, value};
    return before;
}

void *map_put(struct map *m, str key, void *value)
{
    return map_put_hashed(m, key, map_hash(m, key), value);
}

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

struct sip {
    uint64_t a, b, c, d;
};

static inline struct sip sip_round(struct sip v)
{
    v.a += v.b, v.c += v.d;
    v.b = rotate(v.b, 13) ^ v.a;
    v.d = rotate(v.d, 16) ^ v.c;
    v.a = rotate(v.a, 32);
    v.c += v.b, v.a += v.d;
    v.b = rotate(v.b, 17) ^ v.c;
    v.d = rotate(v.d, 21) ^ v.a;
    v.c = rotate(v.c, 32);
    return v;
}

static inline struct sip sip_word(struct sip v, uint64_t word)
{
    v.d ^= word;
    v = sip_round(v);
    v.a ^= word;
    return v;
}

uint64_t map_hash(const struct map *m, str key)
{
    const uint64_t *k = m->secret;
    struct sip v = {k[0] ^ 0x736f6d6570736575, k[1] ^ 0x646f72616e646f6d,
                    k[0] ^ 0x6c7967656e657261, k[1] ^ 0x7465646279746573};
    uint64_t word;
    size_t i = 0;
    for (; key.n - i >= 8; i += 8) {
        memcpy(&word, key.p + i, 8);
        v = sip_word(v, word);
    }
    word = (uint64_t)key.n << 56;
    for (int bit = 0; i < key.n; i++, bit += 8) {
        word |= (uint64_t)(unsigned char)key.p[i] << bit;
    }
    v = sip_word(v, word);
    v.c ^= 0xff;
    v = sip_round(sip_round(sip_round(v)));
    return v.a ^ v.b ^ v.c ^ v.d;
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

/* SPDX-License-Identifier: MIT
 *
 * The keys may be a stranger's. With a public hash function he could choose thousands
 * that all fall on one slot, and every look-up would walk over them; so slots are found
 * by SipHash-1-3 under a key that the kernel made for this process. What a table answers
 * does not depend on it.
 *
 * Long keys are made eight times shorter before that, by NH of UMAC (Black, Halevi,
 * Krawczyk, Krovetz, Rogaway 1999): whatever two different blocks are, for one in 2^64 of
 * its keys they become the same. */
#include "base/map.h"

#include <pthread.h>
#include <string.h>
#include <sys/auxv.h>

enum { BLOCK_WORDS = 16, BLOCK = BLOCK_WORDS * 8 };

struct map_secret {
    uint64_t sip[2], block[BLOCK_WORDS];
};

__extension__ typedef unsigned __int128 wide;

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

static uint64_t word_at(const char *p)
{
    uint64_t word;
    memcpy(&word, p, sizeof word);
    return word;
}

static inline struct sip sip_block(struct sip v, const uint64_t *keys, const char *p)
{
    wide sum = 0;
    for (size_t i = 0; i < BLOCK_WORDS; i += 2) {
        uint64_t a = word_at(p + 8 * i) + keys[i];
        uint64_t b = word_at(p + 8 * i + 8) + keys[i + 1];
        sum += (wide)a * b;
    }
    return sip_word(sip_word(v, (uint64_t)sum), (uint64_t)(sum >> 64));
}

static uint64_t hash(const struct map_secret *secret, str key)
{
    const uint64_t *k = secret->sip;
    struct sip v = {k[0] ^ 0x736f6d6570736575, k[1] ^ 0x646f72616e646f6d,
                    k[0] ^ 0x6c7967656e657261, k[1] ^ 0x7465646279746573};
    size_t i = 0;
    for (; key.n - i >= BLOCK; i += BLOCK) {
        v = sip_block(v, secret->block, key.p + i);
    }
    for (; key.n - i >= 8; i += 8) {
        v = sip_word(v, word_at(key.p + i));
    }
    uint64_t last = (uint64_t)key.n << 56;
    for (int bit = 0; i < key.n; i++, bit += 8) {
        last |= (uint64_t)(unsigned char)key.p[i] << bit;
    }
    v = sip_word(v, last);
    v.c ^= 0xff;
    v = sip_round(sip_round(sip_round(v)));
    return v.a ^ v.b ^ v.c ^ v.d;
}

static struct map_secret process_secret;

static void make_secret(void)
{
    struct map_secret *s = &process_secret;
    const void *random = (const void *)(uintptr_t)getauxval(AT_RANDOM);
    if (random) {
        memcpy(s->sip, random, sizeof s->sip);
    }
    for (size_t i = 0; i < BLOCK_WORDS; i++) {
        s->block[i] = hash(s, (str){(const char *)&i, sizeof i});
    }
}

uint64_t map_hash(const struct map *m, str key)
{
    return hash(m->secret, key);
}

void map_init(struct map *m, struct arena *a)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, make_secret);
    *m = (struct map){.arena = a, .secret = &process_secret};
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

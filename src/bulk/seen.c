/* SPDX-License-Identifier: MIT
 *
 * A set of names for a million records and more. Of a name 16 bytes of its SHA-256 are
 * kept, so two names that only look alike here would take longer to find than there is
 * time. Open addressing, at most three quarters full; each size has an arena of its own,
 * which goes when the next one stands. */
#include "bulk/seen.h"

#include <string.h>

#include "base/sha256.h"

enum { FIRST_SIZE = 1024 };

static void make(struct bulk_seen *s, size_t cap)
{
    *s = (struct bulk_seen){.cap = cap};
    arena_init(&s->arena);
    s->digests = arena_alloc_array(&s->arena, cap, sizeof *s->digests);
    s->lines = arena_alloc_array(&s->arena, cap, sizeof *s->lines);
}

void bulk_seen_init(struct bulk_seen *s)
{
    make(s, FIRST_SIZE);
}

void bulk_seen_done(struct bulk_seen *s)
{
    arena_done(&s->arena);
}

/* The slot of the digest, or the free one where it belongs. */
static size_t find(const struct bulk_seen *s, const unsigned char digest[16])
{
    static const unsigned char FREE[16];
    uint64_t hash;
    memcpy(&hash, digest, sizeof hash);
    size_t i = (size_t)hash & (s->cap - 1);
    while (memcmp(s->digests[i], FREE, sizeof FREE) != 0 &&
           memcmp(s->digests[i], digest, sizeof FREE) != 0) {
        i = (i + 1) & (s->cap - 1);
    }
    return i;
}

static void put(struct bulk_seen *s, size_t slot, const unsigned char digest[16],
                uint32_t line)
{
    memcpy(s->digests[slot], digest, sizeof s->digests[slot]);
    s->lines[slot] = line;
    s->n++;
}

static void grow(struct bulk_seen *s)
{
    static const unsigned char FREE[16];
    struct bulk_seen old = *s;
    make(s, 2 * old.cap);
    for (size_t i = 0; i < old.cap; i++) {
        if (memcmp(old.digests[i], FREE, sizeof FREE) != 0) {
            put(s, find(s, old.digests[i]), old.digests[i], old.lines[i]);
        }
    }
    arena_done(&old.arena);
}

bool bulk_seen_add(struct bulk_seen *s, str name, uint32_t line, uint32_t *first)
{
    struct sha256 h;
    unsigned char digest[32];
    if (s->n >= s->cap / 4 * 3) {
        grow(s);
    }
    sha256_init(&h);
    sha256_add(&h, name);
    sha256_end(&h, digest);
    digest[15] |= 1; /* never all zero, nor where slots are told apart */
    size_t slot = find(s, digest);
    if (memcmp(s->digests[slot], digest, 16) == 0) {
        *first = s->lines[slot];
        return false;
    }
    put(s, slot, digest, line);
    return true;
}

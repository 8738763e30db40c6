/* text/patterns.h: hyphenation patterns as hyphen_load.c leaves them for hyphen.c. */
#ifndef INFONOTE_TEXT_PATTERNS_H
#define INFONOTE_TEXT_PATTERNS_H

#include "text/hyphen.h"

enum {
    PATTERN_MAX_NO_HYPHEN = 16,
    PATTERN_SHORT = 2,            /* letters: beginnings that are not filtered */
    PATTERN_BEGINNINGS = 1 << 16,
};

struct pattern_slot {
    uint32_t hash, at; /* at: 1 + offset of the pattern's line; 0: free */
};

struct pattern_level {
    struct pattern_slot *slots;
    size_t n, cap;        /* cap: a power of two */
    size_t longest;       /* letters of the longest pattern */
    uint64_t *beginnings; /* a bit for each hash of some that patterns begin with */
    uint8_t left, right;  /* fewest letters before the first, behind the last break */
};

struct text_patterns {
    str file;
    bool utf8;
    uint32_t high[128]; /* the characters of bytes 128..255, if not UTF-8 */
    struct pattern_level levels[2];
    int n_levels;
    uint8_t compound_left, compound_right;
    str no_hyphen[PATTERN_MAX_NO_HYPHEN]; /* no breaks beside these */
    size_t n_no_hyphen;
};

/* FNV-1a, letter by letter; `pattern_hash_end` mixes what tables take. */
static const uint32_t PATTERN_HASH_START = 0x811C9DC5u;

static inline uint32_t pattern_hash_step(uint32_t h, char c)
{
    return (h ^ (unsigned char)c) * 0x01000193u;
}

static inline uint32_t pattern_hash_end(uint32_t h)
{
    return h ^ (h >> 15);
}

static inline bool pattern_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

#endif

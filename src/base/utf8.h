/* base/utf8.h: UTF-8, by code point.
 *
 * Everything after the YAML reader holds valid UTF-8; `utf8_valid` is asked once,
 * there. Decoding malformed bytes gives U+FFFD and moves on by one byte. */
#ifndef INFONOTE_BASE_UTF8_H
#define INFONOTE_BASE_UTF8_H

#include "base/str.h"

#define UTF8_REPLACEMENT 0xFFFDu

/* For `utf8_next`, where it is more than one byte. */
uint32_t utf8_next_long(str s, size_t *at);

/* The code point at `*at`, which moves behind it; `*at` must be below `s.n`. */
static inline uint32_t utf8_next(str s, size_t *at)
{
    unsigned char lead = (unsigned char)s.p[*at];
    if (lead < 0x80) {
        (*at)++;
        return lead;
    }
    return utf8_next_long(s, at);
}

/* The code point before `*at`, which moves to its start; `*at` must be above 0. */
uint32_t utf8_prev(str s, size_t *at);

/* Writes 1 to 4 bytes; gives their number. Surrogates and values above U+10FFFF are
 * written as U+FFFD. */
size_t utf8_put(char out[4], uint32_t c);

/* True if `s` is well-formed (Unicode 15, table 3-7); else `*bad` is the offset of the
 * first byte that is not. */
bool utf8_valid(str s, size_t *bad);

size_t utf8_count(str s); /* code points */

/* True if nothing of `s` is seen: spaces, and characters without width or ink. */
bool utf8_is_blank(str s);

/* UTF-16BE of `s` in the arena, with a byte order mark when asked. */
str utf8_to_utf16be(struct arena *a, str s, bool mark);

#endif

/* SPDX-License-Identifier: MIT */
#include "base/utf8.h"

/* Length by lead byte, and the range its second byte must be in (table 3-7). */
static size_t sequence_length(unsigned char lead, unsigned char *low, unsigned char *high)
{
    *low = 0x80;
    *high = 0xBF;
    if (lead < 0x80) {
        return 1;
    }
    if (lead >= 0xC2 && lead <= 0xDF) {
        return 2;
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
        *low = lead == 0xE0 ? 0xA0 : 0x80;
        *high = lead == 0xED ? 0x9F : 0xBF;
        return 3;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        *low = lead == 0xF0 ? 0x90 : 0x80;
        *high = lead == 0xF4 ? 0x8F : 0xBF;
        return 4;
    }
    return 0;
}

/* The length of the well-formed sequence at `at`, or 0. */
static size_t well_formed(str s, size_t at)
{
    unsigned char low, high;
    size_t n = sequence_length((unsigned char)s.p[at], &low, &high);
    if (n == 0 || n > s.n - at) {
        return 0;
    }
    for (size_t i = 1; i < n; i++) {
        unsigned char c = (unsigned char)s.p[at + i];
        if (c < low || c > high) {
            return 0;
        }
        low = 0x80;
        high = 0xBF;
    }
    return n;
}

uint32_t utf8_next_long(str s, size_t *at)
{
    unsigned char lead = (unsigned char)s.p[*at];
    size_t n = well_formed(s, *at);
    if (n == 0) {
        (*at)++;
        return UTF8_REPLACEMENT;
    }
    uint32_t c = lead & (0x7Fu >> n);
    for (size_t i = 1; i < n; i++) {
        c = c << 6 | ((unsigned char)s.p[*at + i] & 0x3Fu);
    }
    *at += n;
    return c;
}

uint32_t utf8_prev(str s, size_t *at)
{
    size_t from = *at - 1;
    while (from > 0 && *at - from < 4 && ((unsigned char)s.p[from] & 0xC0) == 0x80) {
        from--;
    }
    size_t behind = from;
    uint32_t c = utf8_next(s, &behind);
    if (behind != *at) {
        from = *at - 1;
        c = UTF8_REPLACEMENT;
    }
    *at = from;
    return c;
}

size_t utf8_put(char out[4], uint32_t c)
{
    if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) {
        c = UTF8_REPLACEMENT;
    }
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xC0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xE0 | c >> 12);
        out[1] = (char)(0x80 | (c >> 6 & 0x3F));
        out[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | c >> 18);
    out[1] = (char)(0x80 | (c >> 12 & 0x3F));
    out[2] = (char)(0x80 | (c >> 6 & 0x3F));
    out[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

bool utf8_valid(str s, size_t *bad)
{
    size_t i = 0;
    while (i < s.n) {
        size_t n = (unsigned char)s.p[i] < 0x80 ? 1 : well_formed(s, i);
        if (n == 0) {
            if (bad) {
                *bad = i;
            }
            return false;
        }
        i += n;
    }
    return true;
}

size_t utf8_count(str s)
{
    size_t count = 0;
    for (size_t i = 0; i < s.n; count++) {
        utf8_next(s, &i);
    }
    return count;
}

static size_t put16(char *out, uint32_t unit)
{
    out[0] = (char)(unit >> 8);
    out[1] = (char)(unit & 0xFF);
    return 2;
}

/* Spaces, fillers, what only joins, parts, orders or chooses a form. */
static const struct {
    uint32_t first, last;
} BLANKS[] = {
    {0, 0x20},          {0x7F, 0xA0},       {0xAD, 0xAD},       {0x34F, 0x34F},
    {0x61C, 0x61C},     {0x115F, 0x1160},   {0x1680, 0x1680},   {0x17B4, 0x17B5},
    {0x180B, 0x180F},   {0x2000, 0x200F},   {0x2028, 0x202F},   {0x205F, 0x206F},
    {0x3000, 0x3000},   {0x3164, 0x3164},   {0xFE00, 0xFE0F},   {0xFEFF, 0xFEFF},
    {0xFFA0, 0xFFA0},   {0xE0000, 0xE0FFF},
};

bool utf8_is_blank(str s)
{
    for (size_t at = 0; at < s.n;) {
        uint32_t c = utf8_next(s, &at);
        size_t i = 0;
        while (i < sizeof BLANKS / sizeof *BLANKS && c > BLANKS[i].last) {
            i++;
        }
        if (i == sizeof BLANKS / sizeof *BLANKS || c < BLANKS[i].first) {
            return false;
        }
    }
    return true;
}

str utf8_to_utf16be(struct arena *a, str s, bool mark)
{
    char *out = arena_alloc_raw(a, 2 * s.n + 2);
    size_t n = mark ? put16(out, 0xFEFF) : 0;
    for (size_t i = 0; i < s.n;) {
        uint32_t c = utf8_next(s, &i);
        if (c >= 0x10000) {
            n += put16(out + n, 0xD800 + ((c - 0x10000) >> 10));
            n += put16(out + n, 0xDC00 + ((c - 0x10000) & 0x3FF));
        } else {
            n += put16(out + n, c);
        }
    }
    return (str){out, n};
}

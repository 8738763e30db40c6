/* SPDX-License-Identifier: MIT */
#include "base/str.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

str str_copy(struct arena *a, str s)
{
    return (str){arena_copy(a, s.p, s.n), s.n};
}

str str_sub(str s, size_t from, size_t to)
{
    if (to > s.n) {
        to = s.n;
    }
    if (from >= to) {
        return STR_NONE;
    }
    return (str){s.p + from, to - from};
}

bool str_starts(str s, str prefix)
{
    return s.n >= prefix.n && str_eq(str_sub(s, 0, prefix.n), prefix);
}

bool str_ends(str s, str suffix)
{
    return s.n >= suffix.n && str_eq(str_sub(s, s.n - suffix.n, s.n), suffix);
}

int str_compare(str a, str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int order = n ? memcmp(a.p, b.p, n) : 0;
    return order ? order : (a.n > b.n) - (a.n < b.n);
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

str str_trim(str s)
{
    while (s.n && is_space(s.p[0])) {
        s.p++, s.n--;
    }
    while (s.n && is_space(s.p[s.n - 1])) {
        s.n--;
    }
    return s;
}

bool str_find_char(str s, char c, size_t *at)
{
    const char *hit = s.n ? memchr(s.p, c, s.n) : NULL;
    if (hit && at) {
        *at = (size_t)(hit - s.p);
    }
    return hit != NULL;
}

bool str_find(str s, str what, size_t *at)
{
    bool nothing = what.n == 0; /* stands before everything */
    const char *first = !nothing && s.n ? memchr(s.p, what.p[0], s.n) : NULL;
    const char *hit = first ? memmem(first, s.n - (size_t)(first - s.p), what.p, what.n)
                            : NULL;
    if (at && (hit || nothing)) {
        *at = hit ? (size_t)(hit - s.p) : 0;
    }
    return hit || nothing;
}

uint64_t str_hash(str s)
{
    uint64_t h = 14695981039346656037u;
    for (size_t i = 0; i < s.n; i++) {
        h = (h ^ (unsigned char)s.p[i]) * 1099511628211u;
    }
    return h ^ (h >> 32);
}

str str_cut(str s, char c, str *rest)
{
    size_t at;
    if (!str_find_char(s, c, &at)) {
        *rest = STR_NONE;
        return s;
    }
    *rest = (str){s.p + at + 1, s.n - at - 1};
    return (str){s.p, at};
}

str str_format(struct arena *a, const char *format, ...)
{
    va_list args, again;
    char room[256]; /* enough nearly always */
    va_start(args, format);
    va_copy(again, args);
    int told = vsnprintf(room, sizeof room, format, args);
    va_end(args);
    size_t n = told < 0 ? 0 : (size_t)told;
    char *text = arena_alloc_raw(a, n + 1);
    if (n < sizeof room) {
        memcpy(text, room, n);
        text[n] = '\0';
    } else {
        vsnprintf(text, n + 1, format, again);
    }
    va_end(again);
    return (str){text, n};
}

enum { DISTANCE_MAX = 64 };

static unsigned least(unsigned a, unsigned b, unsigned c)
{
    unsigned m = a < b ? a : b;
    return m < c ? m : c;
}

unsigned str_distance(str a, str b, unsigned limit)
{
    if (a.n > DISTANCE_MAX || b.n > DISTANCE_MAX) {
        return limit + 1;
    }
    unsigned row[3][DISTANCE_MAX + 1]; /* the rows i-2, i-1 and i, in turn */
    for (size_t i = 0; i <= a.n; i++) {
        unsigned *now = row[i % 3], *prev = row[(i + 2) % 3], *prev2 = row[(i + 1) % 3];
        now[0] = (unsigned)i;
        for (size_t j = 1; j <= b.n; j++) {
            if (i == 0) {
                now[j] = (unsigned)j;
                continue;
            }
            unsigned cost = a.p[i - 1] != b.p[j - 1];
            now[j] = least(prev[j] + 1, now[j - 1] + 1, prev[j - 1] + cost);
            bool swapped = i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] &&
                           a.p[i - 2] == b.p[j - 1];
            if (swapped && prev2[j - 2] + 1 < now[j]) {
                now[j] = prev2[j - 2] + 1;
            }
        }
    }
    unsigned d = row[a.n % 3][b.n];
    return d > limit ? limit + 1 : d;
}

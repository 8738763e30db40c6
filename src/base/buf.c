/* SPDX-License-Identifier: MIT */
#include "base/buf.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

void buf_init(struct buf *b, struct arena *a)
{
    *b = (struct buf){.arena = a};
}

str buf_str(const struct buf *b)
{
    return (str){b->p, b->n};
}

void buf_clear(struct buf *b)
{
    b->n = 0;
}

void buf_grow(struct buf *b, size_t n)
{
    if (n > PTRDIFF_MAX / 4 - b->n) {
        oom_report(n);
    }
    size_t cap = b->cap ? b->cap : 64;
    while (cap - b->n < n) {
        cap *= 2;
    }
    b->p = arena_grow(b->arena, b->p, b->cap, cap);
    b->cap = cap;
}

void buf_put_grown(struct buf *b, str s)
{
    bool own = b->p && s.p >= b->p && s.p < b->p + b->n;
    size_t at = own ? (size_t)(s.p - b->p) : 0; /* it moves */
    buf_grow(b, s.n);
    memcpy(b->p + b->n, own ? b->p + at : s.p, s.n);
    b->n += s.n;
}

void buf_repeat(struct buf *b, char c, size_t n)
{
    memset(buf_room(b, n + 1), c, n);
    b->n += n;
}

void buf_code_point(struct buf *b, uint32_t c)
{
    b->n += utf8_put(buf_room(b, 4), c);
}

void buf_format(struct buf *b, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    size_t room = b->cap - b->n;
    int n = vsnprintf(room ? b->p + b->n : NULL, room, format, args);
    va_end(args);
    if (n > 0 && (size_t)n >= room) {
        vsnprintf(buf_room(b, (size_t)n + 1), (size_t)n + 1, format, again);
    }
    b->n += n > 0 ? (size_t)n : 0;
    va_end(again);
}

/* The absolute value; that of INT64_MIN has no place in an int64_t. */
static uint64_t magnitude(int64_t n)
{
    return n < 0 ? -(uint64_t)n : (uint64_t)n;
}

enum { DIGITS_MAX = 20, NUMBER_MAX = DIGITS_MAX + 2 }; /* with a sign and a point */

static int count_digits(uint64_t n)
{
    int count = 1;
    for (uint64_t least = 10; count < DIGITS_MAX && n >= least; least *= 10) {
        count++;
    }
    return count;
}

/* Puts the last `count` digits of `n` before `end`; gives what stands before them. */
static uint64_t put_digits(char *end, uint64_t n, int count)
{
    for (; count > 0; count--, n /= 10) {
        *--end = (char)('0' + n % 10);
    }
    return n;
}

static void put_whole(struct buf *b, bool negative, uint64_t n)
{
    int digits = count_digits(n);
    char *at = buf_room(b, NUMBER_MAX);
    *at = '-';
    put_digits(at + negative + digits, n, digits);
    b->n += (size_t)(negative + digits);
}

void buf_int(struct buf *b, int64_t n)
{
    put_whole(b, n < 0, magnitude(n));
}

void buf_decimal(struct buf *b, int64_t value, int places)
{
    uint64_t n = magnitude(value);
    while (places > 0 && n % 10 == 0) {
        n /= 10, places--;
    }
    if (places <= 0) {
        put_whole(b, value < 0, n);
        return;
    }
    int digits = count_digits(n), whole = digits > places ? digits - places : 1;
    char *at = buf_room(b, NUMBER_MAX), *point = at + (value < 0) + whole;
    *at = '-';
    n = put_digits(point + 1 + places, n, places);
    *point = '.';
    put_digits(point, n, whole);
    b->n += (size_t)(point + 1 + places - at);
}

void buf_points(struct buf *b, len64 value)
{
    buf_decimal(b, len_muldiv(value, 1000, LEN_PT), 3);
}

void buf_json_string(struct buf *b, str s)
{
    buf_char(b, '"');
    for (size_t i = 0; i < s.n;) {
        uint32_t c = utf8_next(s, &i);
        if (c == '"' || c == '\\') {
            buf_char(b, '\\');
            buf_char(b, (char)c);
        } else if (c == '\n') {
            buf_puts(b, "\\n");
        } else if (c == '\t') {
            buf_puts(b, "\\t");
        } else if (c < 0x20 || (c >= 0x7F && c < 0xA0)) {
            buf_format(b, "\\u%04x", (unsigned)c);
        } else {
            buf_code_point(b, c);
        }
    }
    buf_char(b, '"');
}

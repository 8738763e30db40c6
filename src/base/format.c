/* SPDX-License-Identifier: MIT
 *
 * In: a format of printf and what goes into it. Out: text. Hundreds of short texts are
 * made for a note, and the C library sets up a file in memory for each. So %s, %.*s, %d,
 * %u, %zu, %c and %% are done here; a format in which anything else stands is left to
 * the C library as a whole, and both say the same. */
#include "base/format.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

struct text {
    char *p;
    size_t room, n; /* `n` goes on where there is no room */
};

static void put(struct text *t, const char *p, size_t n)
{
    if (t->n < t->room) {
        size_t left = t->room - t->n;
        memcpy(t->p + t->n, p, n < left ? n : left);
    }
    t->n += n;
}

static void put_number(struct text *t, bool negative, uint64_t n)
{
    char digits[24], *q = digits + sizeof digits;
    do {
        *--q = (char)('0' + n % 10);
        n /= 10;
    } while (n);
    if (negative) {
        *--q = '-';
    }
    put(t, q, (size_t)(digits + sizeof digits - q));
}

static bool put_string(struct text *t, const char *s, size_t most)
{
    if (s) {
        put(t, s, most == SIZE_MAX ? strlen(s) : strnlen(s, most));
    }
    return s;
}

/* One conversion, whose letters begin at `f`; gives what follows them, or NULL if it is
 * none of ours. */
static const char *put_one(struct text *t, const char *f, va_list *args)
{
    if (*f == 's') {
        return put_string(t, va_arg(*args, const char *), SIZE_MAX) ? f + 1 : NULL;
    }
    if (*f == 'd') {
        int64_t n = va_arg(*args, int);
        put_number(t, n < 0, (uint64_t)(n < 0 ? -n : n));
        return f + 1;
    }
    if (*f == 'u') {
        put_number(t, false, va_arg(*args, unsigned));
        return f + 1;
    }
    if (*f == 'c') {
        char c = (char)va_arg(*args, int);
        put(t, &c, 1);
        return f + 1;
    }
    if (*f == '%') {
        put(t, f, 1);
        return f + 1;
    }
    if (f[0] == 'z' && f[1] == 'u') {
        put_number(t, false, va_arg(*args, size_t));
        return f + 2;
    }
    if (f[0] == '.' && f[1] == '*' && f[2] == 's') {
        int most = va_arg(*args, int); /* below 0: as if there were none */
        const char *s = va_arg(*args, const char *);
        return put_string(t, s, most < 0 ? SIZE_MAX : (size_t)most) ? f + 3 : NULL;
    }
    return NULL;
}

static size_t leave_it(struct text *t, const char *format, va_list args)
{
    int n = vsnprintf(t->p, t->room, format, args);
    if (n <= 0 && t->room) {
        t->p[0] = '\0';
    }
    return n > 0 ? (size_t)n : 0;
}

size_t format_text(char *out, size_t room, const char *format, va_list args)
{
    struct text t = {out, room, 0};
    va_list ours;
    va_copy(ours, args);
    const char *f = format;
    while (f && *f) {
        size_t plain = (size_t)(strchrnul(f, '%') - f);
        put(&t, f, plain);
        f += plain;
        f = *f ? put_one(&t, f + 1, &ours) : f;
    }
    va_end(ours);
    if (!f) {
        return leave_it(&t, format, args);
    }
    if (room) {
        out[t.n < room ? t.n : room - 1] = '\0';
    }
    return t.n;
}

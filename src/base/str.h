/* base/str.h: text as slices: a pointer, then a length in bytes.
 *
 * A `str` borrows; it is valid as long as what it points into (the source, an
 * arena). It need not end in NUL and may hold any byte. The empty slice may have
 * a NULL pointer. Comparisons are of bytes, independent of any locale. */
#ifndef INFONOTE_BASE_STR_H
#define INFONOTE_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"

typedef struct str {
    const char *p;
    size_t n; /* bytes */
} str;

#define STR_NONE ((str){0})
#define STR(literal) ((str){"" literal, sizeof(literal) - 1})
#define STR_ARG(s) (int)(s).n, (s).n ? (s).p : "" /* for "%.*s" */

/* Asked for every few bytes of a note: they belong into their callers. */

/* Borrows; NULL gives the empty slice. */
static inline str str_from(const char *c_string)
{
    return c_string ? (str){c_string, strlen(c_string)} : STR_NONE;
}

static inline bool str_eq(str a, str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static inline bool str_is(str a, const char *c_string)
{
    return str_eq(a, str_from(c_string));
}

str str_copy(struct arena *a, str s);      /* a copy with a NUL behind it */
str str_sub(str s, size_t from, size_t to); /* bounds are clamped */
bool str_starts(str s, str prefix);
bool str_ends(str s, str suffix);
int str_compare(str a, str b);             /* <0, 0, >0, by bytes */
str str_trim(str s);                       /* without ASCII white space at both ends */
bool str_find_char(str s, char c, size_t *at);
bool str_find(str s, str what, size_t *at);
uint64_t str_hash(str s);                  /* FNV-1a, the same on every machine */

/* Cuts `s` at the first `c`: gives what is before, leaves what is behind in
 * `*rest` (empty when there is no `c`). */
str str_cut(str s, char c, str *rest);

/* printf into the arena. */
str str_format(struct arena *a, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The number of single insertions, deletions, replacements and swaps of neighbours
 * that turn `a` into `b` (optimal string alignment), or `limit` + 1 when it is more
 * than `limit`. Slices over 64 bytes count as far apart. */
unsigned str_distance(str a, str b, unsigned limit);

#endif

/* base/buf.h: bytes that grow, in an arena; numbers without a locale.
 *
 * What is written never fails (memory ends in the arena's handler). `buf_str` borrows
 * the bytes until the next write. */
#ifndef INFONOTE_BASE_BUF_H
#define INFONOTE_BASE_BUF_H

#include "base/len.h"

struct buf {
    struct arena *arena;
    char *p;
    size_t n, cap;
};

void buf_init(struct buf *b, struct arena *a);
str buf_str(const struct buf *b);
void buf_clear(struct buf *b);

/* Makes room for `n` more bytes where there is none. */
void buf_grow(struct buf *b, size_t n);

/* Room for `n` more bytes; write them at the returned place, then add to `b->n`. */
static inline char *buf_room(struct buf *b, size_t n)
{
    if (b->cap - b->n < n) {
        buf_grow(b, n);
    }
    return b->p + b->n;
}

static inline void buf_char(struct buf *b, char c)
{
    *buf_room(b, 1) = c;
    b->n++;
}

/* For `buf_put`: makes the room, too. */
void buf_put_grown(struct buf *b, str s);

/* `s` may be a part of what is written already. */
static inline void buf_put(struct buf *b, str s)
{
    if (b->cap - b->n < s.n) {
        buf_put_grown(b, s);
    } else if (s.n) {
        memcpy(b->p + b->n, s.p, s.n);
        b->n += s.n;
    }
}

static inline void buf_puts(struct buf *b, const char *c_string)
{
    buf_put(b, str_from(c_string));
}

void buf_repeat(struct buf *b, char c, size_t n);
void buf_code_point(struct buf *b, uint32_t c); /* as UTF-8 */

/* printf for integers and strings only: a floating-point conversion would follow the
 * locale, so there is none in this program. */
void buf_format(struct buf *b, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

void buf_int(struct buf *b, int64_t n);

/* `value` / 10^places as a decimal number, without trailing zeros: (1250, 3) is 1.25.
 * `places` is 0 to 18. */
void buf_decimal(struct buf *b, int64_t value, int places);

/* A length in points with up to three decimals: 1536 is 1.5. */
void buf_points(struct buf *b, len64 value);

/* A JSON string with its quotes: control characters, quote and backslash escaped, bytes
 * that are no UTF-8 as U+FFFD. */
void buf_json_string(struct buf *b, str s);

#endif

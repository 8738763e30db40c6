/* SPDX-License-Identifier: MIT
 *
 * In: numbers and texts. Out: bytes; and back. A text has its length before it. */
#include "base/wire.h"

#include <string.h>

void wire_put_number(struct buf *out, uint64_t n)
{
    memcpy(buf_room(out, sizeof n), &n, sizeof n);
    out->n += sizeof n;
}

void wire_put_text(struct buf *out, str text)
{
    wire_put_number(out, text.n);
    buf_put(out, text);
    buf_char(out, '\0');
}

uint64_t wire_number(struct wire *w)
{
    uint64_t n = 0;
    if (w->rest.n >= sizeof n) {
        memcpy(&n, w->rest.p, sizeof n);
    }
    w->rest = str_sub(w->rest, sizeof n, w->rest.n);
    return n;
}

str wire_text(struct wire *w)
{
    uint64_t n = wire_number(w);
    if (n >= w->rest.n) {
        w->rest = STR_NONE;
        return STR("");
    }
    str text = {w->rest.p, (size_t)n}; /* of an empty one, its NUL: never NULL */
    w->rest = str_sub(w->rest, (size_t)n + 1, w->rest.n);
    return text;
}

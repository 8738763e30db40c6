/* SPDX-License-Identifier: MIT
 *
 * In: numbers and texts. Out: messages; and back. Numbers are as the machine has them:
 * both ends are on it. */
#include "bulk/wire.h"

#include <string.h>

void bulk_wire_begin(struct buf *out)
{
    buf_clear(out);
    bulk_wire_number(out, 0);
}

void bulk_wire_number(struct buf *out, uint64_t n)
{
    memcpy(buf_room(out, sizeof n), &n, sizeof n);
    out->n += sizeof n;
}

void bulk_wire_text(struct buf *out, str text)
{
    bulk_wire_number(out, text.n);
    buf_put(out, text);
    buf_char(out, '\0');
}

void bulk_wire_end(struct buf *out)
{
    uint64_t n = out->n;
    memcpy(out->p, &n, sizeof n);
}

size_t bulk_wire_size(str bytes)
{
    uint64_t n = 0;
    if (bytes.n >= sizeof n) {
        memcpy(&n, bytes.p, sizeof n);
    }
    return n >= sizeof n && n <= bytes.n ? (size_t)n : 0;
}

struct bulk_wire bulk_wire_open(str message)
{
    return (struct bulk_wire){str_sub(message, sizeof(uint64_t), message.n)};
}

uint64_t bulk_wire_next_number(struct bulk_wire *w)
{
    uint64_t n = 0;
    if (w->rest.n >= sizeof n) {
        memcpy(&n, w->rest.p, sizeof n);
    }
    w->rest = str_sub(w->rest, sizeof n, w->rest.n);
    return n;
}

str bulk_wire_next_text(struct bulk_wire *w)
{
    uint64_t n = bulk_wire_next_number(w);
    if (n >= w->rest.n) {
        w->rest = STR_NONE;
        return STR("");
    }
    str text = str_sub(w->rest, 0, (size_t)n);
    w->rest = str_sub(w->rest, (size_t)n + 1, w->rest.n);
    return text;
}

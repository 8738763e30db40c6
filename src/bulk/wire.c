/* SPDX-License-Identifier: MIT
 *
 * In: what a message holds. Out: the message, its length before it; and back. */
#include "bulk/wire.h"

#include <string.h>

void bulk_wire_begin(struct buf *out)
{
    buf_clear(out);
    wire_put_number(out, 0);
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

struct wire bulk_wire_open(str message)
{
    return (struct wire){str_sub(message, sizeof(uint64_t), message.n)};
}

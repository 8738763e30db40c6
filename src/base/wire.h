/* base/wire.h: numbers and texts in a row, for another process of this program.
 *
 * What is written in an order is read in the same. Numbers are as the machine has them:
 * both ends are on it.
 *
 *     wire_put_number(&out, 17);
 *     wire_put_text(&out, name);
 *     struct wire w = {buf_str(&out)};
 *     uint64_t n = wire_number(&w);
 *     str text = wire_text(&w); */
#ifndef INFONOTE_BASE_WIRE_H
#define INFONOTE_BASE_WIRE_H

#include "base/buf.h"

void wire_put_number(struct buf *out, uint64_t n);
void wire_put_text(struct buf *out, str text); /* with a NUL behind it */

struct wire {
    str rest; /* what is not read yet */
};

/* Beyond the end there is 0, and "". A text is where the bytes are. */
uint64_t wire_number(struct wire *w);
str wire_text(struct wire *w);

#endif

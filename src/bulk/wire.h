/* bulk/wire.h: what goes between the parent and its workers, over a socket.
 *
 * A message is its length, then numbers and texts in an order that both know: they are
 * one program. */
#ifndef INFONOTE_BULK_WIRE_H
#define INFONOTE_BULK_WIRE_H

#include "base/buf.h"

enum { BULK_MAX_MESSAGE = 64 << 20 };

/* A message that is being written; `bulk_wire_end` sets its length. */
void bulk_wire_begin(struct buf *out);
void bulk_wire_number(struct buf *out, uint64_t n);
void bulk_wire_text(struct buf *out, str text); /* with a NUL behind it */
void bulk_wire_end(struct buf *out);

/* The bytes of the message that `bytes` begins with, its length included; 0: it is not
 * all there. */
size_t bulk_wire_size(str bytes);

/* A message that is being read, behind its length. Beyond its end there is 0, and "". */
struct bulk_wire {
    str rest;
};

struct bulk_wire bulk_wire_open(str message);
uint64_t bulk_wire_next_number(struct bulk_wire *w);
str bulk_wire_next_text(struct bulk_wire *w);

#endif

/* bulk/wire.h: messages between the parent and its workers, over a socket.
 *
 * A message is its length, then what base/wire.h puts into it, in an order that both
 * know: they are one program. */
#ifndef INFONOTE_BULK_WIRE_H
#define INFONOTE_BULK_WIRE_H

#include "base/wire.h"

enum { BULK_MAX_MESSAGE = 64 << 20 };

/* A message that is being written; `bulk_wire_end` sets its length. */
void bulk_wire_begin(struct buf *out);
void bulk_wire_end(struct buf *out);

/* The bytes of the message that `bytes` begins with, its length included; 0: it is not
 * all there. */
size_t bulk_wire_size(str bytes);

/* A message that is being read, behind its length. */
struct wire bulk_wire_open(str message);

#endif

/* bulk/order.h: results, put back into the order of the records.
 *
 * Workers end when they end; what takes all that they make one after the other (a server,
 * a mailbox) gets it in the order of the data, whatever the number of workers. */
#ifndef INFONOTE_BULK_ORDER_H
#define INFONOTE_BULK_ORDER_H

#include "bulk/bulk.h"

enum { BULK_HELD = 64 }; /* records, from the oldest that is outstanding */

struct bulk_held {
    struct arena arena;
    bool settled;
    struct bulk_result result; /* its number from the beginning; the rest when settled */
};

struct bulk_order {
    struct bulk_held held[BULK_HELD];
    size_t first, n;
};

void bulk_order_init(struct bulk_order *o);
void bulk_order_done(struct bulk_order *o);

/* A record was given to a worker; only while there is room. */
bool bulk_order_has_room(const struct bulk_order *o);
void bulk_order_expect(struct bulk_order *o, uint64_t number);

/* Keeps a copy. */
void bulk_order_add(struct bulk_order *o, const struct bulk_result *result);

/* The next one whose turn it is; NULL: its worker is still at it. Valid until the next
 * record is expected. */
struct bulk_result *bulk_order_next(struct bulk_order *o);

#endif

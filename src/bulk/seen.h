/* bulk/seen.h: which names there are already, 20 bytes each instead of the name. */
#ifndef INFONOTE_BULK_SEEN_H
#define INFONOTE_BULK_SEEN_H

#include "base/str.h"

struct bulk_seen {
    struct arena arena;
    unsigned char (*digests)[16]; /* of the names; all zero: the slot is free */
    uint32_t *lines;              /* and where their records begin */
    size_t n, cap;                /* cap is a power of two */
};

void bulk_seen_init(struct bulk_seen *s);
void bulk_seen_done(struct bulk_seen *s);

/* Adds a name; false if it is there already, and then `*first` is its line. */
bool bulk_seen_add(struct bulk_seen *s, str name, uint32_t line, uint32_t *first);

#endif

/* bulk/failed.h: the records that failed, as data for another run. */
#ifndef INFONOTE_BULK_FAILED_H
#define INFONOTE_BULK_FAILED_H

#include "bulk/bulk.h"

/* A set of records, by their numbers. */
struct bulk_set {
    uint64_t *words;
    uint64_t n; /* numbers that it has room for */
};

void bulk_set_init(struct bulk_set *s, uint64_t n, struct arena *a);
void bulk_set_add(struct bulk_set *s, uint64_t number);
bool bulk_set_has(const struct bulk_set *s, uint64_t number);

/* Writes the records of the set, as they stand in the data, behind its header. False,
 * with a report, if that cannot be. */
bool bulk_failed_write(const struct bulk_job *job, const struct bulk_set *failed);

#endif

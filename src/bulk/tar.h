/* bulk/tar.h: all PDFs of a run in one archive, in the order of the records. */
#ifndef INFONOTE_BULK_TAR_H
#define INFONOTE_BULK_TAR_H

#include "bulk/bulk.h"

struct bulk_tar;

/* Begins the archive that `job->tar` names: beside its place, or on standard output.
 * NULL, with a report, if that cannot be. */
struct bulk_tar *bulk_tar_open(const struct bulk_job *job);

/* A record was given to a worker; in the order of the archive. Only while there is room:
 * those that wait for an earlier one are held in memory. */
void bulk_tar_expect(struct bulk_tar *t, uint64_t number);
bool bulk_tar_has_room(const struct bulk_tar *t);

/* What became of it. 0, or errno of writing. */
int bulk_tar_take(struct bulk_tar *t, const struct bulk_result *result);

/* Ends it. With `whole` it takes its place; else it is removed. 0, or errno. */
int bulk_tar_close(struct bulk_tar *t, bool whole);

#endif

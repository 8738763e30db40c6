/* bulk/merge.h: all records of a run in one PDF, for print: infonote.h's book.
 *
 * Workers make each record twice: in the first round to find out what it needs, in the
 * second to write it. A record that fails in the first is not in the file. */
#ifndef INFONOTE_BULK_MERGE_H
#define INFONOTE_BULK_MERGE_H

#include "bulk/bulk.h"

struct bulk_merge;

struct bulk_merge_request {
    const char *path;  /* "-": standard output */
    const char *title; /* of the file, where its notes have several */
    bool duplex;       /* every record begins on a right page */
};

/* Makes sure that the file can be written; lets `job` make it: sets its maker and post.
 * The job's label names records in the outline; without one their keys do, or titles.
 * NULL, with a report, if that cannot be. Close it after the run, even one that was not
 * begun. The path is borrowed. */
struct bulk_merge *bulk_merge_open(const struct bulk_merge_request *request,
                                   struct bulk_job *job);

/* Frees it; a file that is not whole was removed. Gives the bytes of one that is. */
uint64_t bulk_merge_close(struct bulk_merge *m); /* may be NULL */

#endif

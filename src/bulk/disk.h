/* bulk/disk.h: files that were made, on their way to the disk. */
#ifndef INFONOTE_BULK_DISK_H
#define INFONOTE_BULK_DISK_H

#include <sys/types.h>

#include "bulk/bulk.h"

struct bulk_disk {
    int folder;         /* of the outputs; -1: not known yet */
    pid_t syncer;       /* 0: there is none */
    int pipe;           /* closed by the syncer's end; -1: there is none */
    uint64_t records;   /* that it brings to the disk */
    int64_t since;      /* when it was begun; milliseconds */
};

#define BULK_DISK_NONE ((struct bulk_disk){.folder = -1, .pipe = -1})

/* Says where files go. */
void bulk_disk_of(struct bulk_disk *d, str file, struct arena *a);

/* Begins to bring what was made so far to the disk, unless that is being done. Nothing
 * waits for it. */
void bulk_disk_begin(struct bulk_disk *d, uint64_t records);

/* Once `pipe` can be read, or else waits for it: whether `records` are there. */
bool bulk_disk_end(struct bulk_disk *d);

/* Brings all there, and waits for it; false if it may not be there. */
bool bulk_disk_close(struct bulk_disk *d);

#endif

/* bulk/draft.h: a file that is written piece by piece and takes its place when it is
 * whole. */
#ifndef INFONOTE_BULK_DRAFT_H
#define INFONOTE_BULK_DRAFT_H

#include "base/str.h"

struct bulk_draft {
    int fd;                   /* -1: it is not open */
    const char *path, *draft; /* NULL: standard output */
};

/* Begins it beside its place ("-": standard output); 0, or errno. */
int bulk_draft_open(struct bulk_draft *d, const char *path, struct arena *a);

/* 0, or errno. */
int bulk_draft_write(struct bulk_draft *d, str bytes);

/* With `whole` it takes its place; else it is removed. 0, or errno. */
int bulk_draft_close(struct bulk_draft *d, bool whole);

#endif

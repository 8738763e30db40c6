/* bulk/pool.h: workers, and who has which record. */
#ifndef INFONOTE_BULK_POOL_H
#define INFONOTE_BULK_POOL_H

#include <sys/types.h>

#include "bulk/bulk.h"

/* Tasks that a worker is given ahead, so that it never waits for the next. */
enum { BULK_DEPTH = 16 };

struct bulk_slot {
    struct arena arena;
    struct buf task;
    size_t sent; /* bytes of it */
};

struct bulk_hand {
    pid_t pid;             /* 0: there is no process now */
    int fd;
    struct arena arena;
    struct buf in;         /* what it has said */
    struct bulk_slot slots[BULK_DEPTH];
    size_t first, n;       /* of the slots: those whose results are outstanding */
    unsigned answered;     /* tasks, by this process */
    int64_t since;         /* when the first of them became the first; milliseconds */
    bool killed;           /* by this process: it was later than its own timer */
};

struct bulk_pool {
    const struct bulk_job *job;
    struct bulk_hand *hands;
    size_t n;              /* hands */
    size_t open;           /* of them, those that are given tasks: one until it is warm */
    size_t outstanding;    /* tasks */
    int64_t usual;         /* microseconds that a task took lately; 0: not known */
    bool warm;             /* this process has done a task as well */
    int tried;             /* tasks that failed before one could warm it */
    int error;             /* errno; else 0: workers can be made */
    void *user;
    void (*done)(void *user, const struct bulk_result *result);
};

void bulk_pool_init(struct bulk_pool *p, const struct bulk_job *job, struct arena *a);

/* Ends the workers, those that are at work too; what is outstanding stays undone. */
void bulk_pool_done(struct bulk_pool *p);

/* Whether a task can be given now. */
bool bulk_pool_has_room(const struct bulk_pool *p);

/* Gives a task to the worker that has least to do. */
void bulk_pool_give(struct bulk_pool *p, const struct data_row *row, str file, str key);

/* Waits for results and tells them; at most so long. `extra` is watched too, unless it is
 * negative; true if something can be read of it. */
bool bulk_pool_wait(struct bulk_pool *p, int milliseconds, int extra);

#endif

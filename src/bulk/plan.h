/* bulk/plan.h: what a run has to do, before it does any of it. */
#ifndef INFONOTE_BULK_PLAN_H
#define INFONOTE_BULK_PLAN_H

#include "bulk/bulk.h"
#include "bulk/name.h"

/* Which records a run is for. */
struct bulk_choice {
    str field, value;       /* of --only; no field: all */
    str key;                /* the field that names records; empty: their numbers do */
    unsigned shard, shards; /* 0: all */
};

struct bulk_plan {
    struct bulk_choice choice;
    struct bulk_name name;  /* unused if records are only checked */
    uint64_t records;       /* of the source */
    uint64_t planned;       /* of this run, done before or not */
    char digest[65];        /* of the data */
    char template[65];      /* of what notes look like, and of their names */
};

/* Reads all records once. False, with reports: nothing may be written. */
bool bulk_plan_make(struct bulk_plan *plan, const struct bulk_job *job, struct arena *a);

/* The key of a row; in `scratch` if it is its number. */
str bulk_key(const struct bulk_choice *choice, const struct data_row *row,
             struct buf *scratch);

/* Whether the row is one of --only and of this shard; not whether the limit is passed. */
bool bulk_chosen(const struct bulk_choice *choice, const struct data_row *row,
                 struct buf *scratch);

#endif

/* bulk/collect.h: the journals of all parts of a run, joined.
 *
 * In:  journals. Out: whether every record was done, and done once; what is missing, what
 * was done more than once, what failed and was not made good by another run. */
#ifndef INFONOTE_BULK_COLLECT_H
#define INFONOTE_BULK_COLLECT_H

#include "bulk/journal.h"

enum bulk_lack {
    BULK_LACK_SHARD,   /* there is no journal of it */
    BULK_LACK_END,     /* a journal of a run that has not ended, or not well */
    BULK_LACK_RECORDS, /* not done, and none says why: from `number` to `last` */
    BULK_LACK_FAILED,  /* done by none: what the last journal says of it */
    BULK_LACK_DOUBLED, /* done by several runs */
};

/* Something that should be otherwise; valid while it is told. Texts of records are as
 * they stand in the journal: escaped. */
struct bulk_finding {
    enum bulk_lack lack;
    uint64_t number, last;       /* of records, from 1; SHARD: which one */
    str journal, other;          /* where it stands; DOUBLED: the first and another */
    uint32_t line, other_line;   /* there */
    str key, status;             /* FAILED; END: how the run ended, or nothing */
    bool alike;                  /* DOUBLED: the same bytes */
};

struct bulk_collected {
    uint64_t journals, shards;   /* shards: 0 if the run was not divided */
    uint64_t records, planned;   /* of the data; that the runs were for */
    uint64_t done, failed, missing, doubled;
    uint64_t pages, bytes;       /* of what is done */
};

struct bulk_collect_request {
    const char *const *paths;    /* of journals, `n` of them; the same file counts once */
    size_t n;
    struct diag_sink *sink;
    void *user;
    void (*tell)(void *user, const struct bulk_finding *finding);
};

/* 0: every record was done once; 4: not; 1 or 3, with reports, if these are no journals,
 * or not of one run. */
int bulk_collect(const struct bulk_collect_request *request,
                 struct bulk_collected *collected);

#endif

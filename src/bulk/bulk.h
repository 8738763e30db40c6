/* bulk/bulk.h: a PDF for each record of a source.
 *
 * In:  a template and a source of records. Out: files, and a journal of what became of
 * each record. The steps, one file each:
 *
 *     name     the pattern of output names, filled for a record
 *     plan     all names, made and checked before anything is written
 *     journal  what was done, line by line; what a resumed run need not do again
 *     pool     workers forked from this process, which has warmed up; records for them
 *     worker   what a worker does with a record
 *     tar      the archive, if there is to be one
 *     run      all of it, in turn
 *
 * It uses the library as any program would, through infonote.h. It prints nothing: what
 * happens is told to a watcher, what is wrong with the run as a whole to a sink. */
#ifndef INFONOTE_BULK_BULK_H
#define INFONOTE_BULK_BULK_H

#include "base/buf.h"
#include "data/source.h"
#include "infonote.h"

enum {
    BULK_MAX_WORKERS = 256,
    BULK_MAX_SHARDS = 100000,
    BULK_MAX_TIMEOUT = 86400, /* seconds */
};

enum bulk_outcome {
    BULK_DONE,
    BULK_INVALID, /* the note has errors */
    BULK_FAILED,  /* the file could not be written */
    BULK_CRASHED, /* its worker died */
    BULK_TIMEOUT, /* it took too long */
};

/* What became of a record; valid while the watcher is told. */
struct bulk_result {
    uint64_t number;       /* of the record, from 1 */
    uint32_t line;         /* in the source; 0: it has none */
    enum bulk_outcome outcome;
    int error;             /* FAILED: errno; CRASHED: the signal, or 0 */
    str key, file;
    uint64_t pages, bytes; /* DONE */
    char sha256[65];
    str text;              /* its reports for people */
    str json;              /* the members of a JSON object; empty: there are none */
    str pdf;               /* DONE, for an archive: the file itself */
};

struct bulk_progress {
    uint64_t total;        /* records that this run has to do */
    uint64_t before;       /* done by a run before */
    uint64_t done, failed;
    uint64_t warned;       /* done, but something was reported */
    uint64_t pages, bytes;
    int64_t milliseconds;  /* since the first one was given to a worker */
};

enum bulk_event { BULK_PLANNED, BULK_RECORD, BULK_TICK };

struct bulk_watcher {
    void *user;
    /* `result` is NULL unless a record is told. */
    void (*tell)(void *user, enum bulk_event event, const struct bulk_progress *p,
                 const struct bulk_result *result);
};

/* What is to be done. Zeroed, all but the first five have their defaults. */
struct bulk_job {
    infonote_engine *engine;
    infonote_template *template;
    struct data_source *data;
    const char *output;         /* the pattern of names; NULL: only check the records */
    struct diag_sink *sink;
    const char *tar;            /* an archive of them, "-": to standard output; or NULL */
    int64_t date;               /* of the files in it, seconds since 1970 */
    const char *journal;        /* NULL: none */
    const char *failed;         /* a file for the records that failed; NULL: none */
    const char *only;           /* "id=17": those records alone */
    const char *key;            /* the field that names records; NULL: `id`, or none */
    uint64_t limit;             /* how many records at most; 0: all */
    unsigned workers;           /* 0: one */
    unsigned timeout;           /* seconds a record may take; 0: any */
    unsigned shard, shards;     /* part `shard` of `shards`, from 1; 0: all */
    bool resume;                /* what the journal says is done is not done again */
    bool stop_on_error;
    struct bulk_watcher watcher;
};

/* The exit status of it: 0; 1 or 3 when nothing could be begun or go on, with reports; 4
 * when records failed; 130 or 143 after a signal, which the process has then got. */
int bulk_run(const struct bulk_job *job, struct bulk_progress *progress);

#endif

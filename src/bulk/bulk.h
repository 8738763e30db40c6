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
 *     order    results in the order of the records, for what takes them one by one
 *     tar      the archive, if there is to be one
 *     merge    one PDF of all records, for print
 *     draft    files that take their place when they are whole
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
    BULK_FAILED,  /* the file could not be written; the server had no time for it */
    BULK_CRASHED, /* its worker died */
    BULK_TIMEOUT, /* it took too long */
    BULK_REFUSED, /* the server does not want it */
    BULK_DOUBT,   /* it may have been sent, or not */
    BULK_AGAIN,   /* it is made once more, in the next round; nobody is told */
};

/* What became of a record; valid while the watcher is told. */
struct bulk_result {
    uint64_t number;       /* of the record, from 1 */
    uint32_t line;         /* in the source; 0: it has none */
    enum bulk_outcome outcome;
    int error;             /* FAILED: errno, or 0; CRASHED: the signal, or 0 */
    str reason;            /* FAILED without an error, REFUSED, DOUBT: for people */
    str key, file;
    uint64_t pages, bytes; /* DONE */
    uint64_t microseconds; /* that the worker took; 0: not known */
    uint64_t page;         /* where it begins in the one file of all; 0: there is none */
    char sha256[65];
    str text;              /* its reports for people */
    bool warned;           /* some of them are more than notes */
    str json;              /* the members of a JSON object; empty: there are none */
    str pdf;               /* DONE, for an archive or a post: the file itself */
    str extra;             /* what a maker tells a post besides */
};

struct bulk_progress {
    uint64_t total;        /* records that this run has to do */
    uint64_t before;       /* done by a run before */
    uint64_t done, failed;
    uint64_t warned;       /* done, but with warnings */
    uint64_t laid;         /* to be made once more, in the next round */
    uint64_t pages, bytes;
    int64_t milliseconds;  /* since the first one was given to a worker */
};

struct bulk_made {
    uint64_t number; /* of the record, which the maker is told */
    str bytes, extra;
};

enum bulk_event { BULK_PLANNED, BULK_RECORD, BULK_TICK };

struct bulk_watcher {
    void *user;
    /* `result` is NULL unless a record is told. */
    void (*tell)(void *user, enum bulk_event event, const struct bulk_progress *p,
                 const struct bulk_result *result);
};

/* Makes something else of a record than a PDF. In a worker. */
struct bulk_maker {
    void *user;
    const char *mark; /* all that decides what it makes: a run with another is another */
    const char *ending; /* of names of files: ".eml" */
    const char *field; /* of the data, that it asks for besides the template; or NULL */
    const char *option; /* for reports: what asks for it */
    /* Its bytes are in the arena or the note's. If it gives another status than OK, it
     * has reported why to the note. */
    infonote_status (*make)(void *user, infonote_note *note,
                            const infonote_record *record, struct arena *a,
                            struct bulk_made *made);
};

/* For what cannot be undone. */
struct bulk_intent {
    void *run;
    /* 0, and it is on the disk that only a result will tell whether this record was done;
     * or errno, then it must not be begun. */
    int (*write)(void *run);
    /* For sure it was not done after all; it may be begun again. */
    void (*withdraw)(void *run);
};

/* Takes what was made, in place of files: in this process, one after the other, in the
 * order of the data. */
struct bulk_post {
    void *user;
    const char *name; /* where it all goes, for the journal; or NULL */
    bool whole;       /* what was taken counts when all is: the journal need not be on the
                         disk before */
    /* Sets the outcome and, unless it is DONE, the reason, in the arena. False: it was
     * not taken, nothing more will be; why, has been reported, unless it is a signal. */
    bool (*take)(void *user, struct bulk_result *result, const struct bulk_intent *intent,
                 struct arena *a);
    /* After all of them: whether those that were put off (BULK_AGAIN) are made again, by
     * workers that are forked then. NULL: no. */
    bool (*again)(void *user);
    /* After all of them; `whole`: the run came to its end. 0, or errno. */
    int (*close)(void *user, bool whole);
};

/* What is to be done. Zeroed, all but the first five have their defaults. */
struct bulk_job {
    infonote_engine *engine;
    infonote_template *template;
    struct data_source *data;
    const char *output;         /* the pattern of names; NULL: only check the records */
    struct diag_sink *sink;
    const char *label;          /* a pattern of names for what is no file; "": the key, if
                                   a field has it; NULL: no names */
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
    bool doubtful_again;        /* what a run before may have sent is sent again */
    const struct bulk_maker *maker; /* NULL: PDFs */
    const struct bulk_post *post;   /* NULL: files */
    struct bulk_watcher watcher;
};

/* The exit status of it: 0; 1 or 3 when nothing could be begun or go on, with reports; 4
 * when records failed; 130 or 143 after a signal, which the process has then got. */
int bulk_run(const struct bulk_job *job, struct bulk_progress *progress);

/* Whether a signal has asked the run of this process to end. */
bool bulk_is_stopped(void);

#endif

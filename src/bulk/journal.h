/* bulk/journal.h: what became of each record, line by line, in a file that a run can be
 * resumed from.
 *
 * The first line says what the run is made of; then comes a line for each record as soon
 * as its file is there, in no particular order, and now and then one that says that all
 * files so far are on the disk:
 *
 *     {"infonote":"0.1.0","journal":1,"template":"…","data":"…","output":"…",…}
 *     {"record":1,"line":2,"key":"17","status":"done","file":"out/17.pdf","pages":2,
 *      "bytes":21034,"sha256":"…"}
 *     {"record":2,"line":3,"key":"18","status":"invalid","file":"…","reports":[…],…}
 *     {"synced":2}
 *     {"sending":3}
 *     {"sending":0}
 *     {"end":"done","done":1,"failed":1}
 *
 * Each is one line. A line that was cut by a loss of power counts for nothing. `sending`
 * stands there before what cannot be undone: if no line of that record follows, it is in
 * doubt; unless a 0 follows, which says that it was not done, and may be tried again. */
#ifndef INFONOTE_BULK_JOURNAL_H
#define INFONOTE_BULK_JOURNAL_H

#include "bulk/plan.h"

/* A file that may not have reached the disk. */
struct bulk_recent {
    uint64_t number;
    char sha256[65];
};

enum { JOURNAL_DOUBT = 1 }; /* no file has one byte */

struct bulk_journal {
    int fd;               /* -1: there is none */
    const struct source *source; /* for reports */
    struct arena arena;
    struct buf lines;     /* that are not written yet */
    uint64_t written;     /* records told, in this run and before */
    uint32_t *sizes;      /* of each record's file, by its number; 0: it is not done;
                             JOURNAL_DOUBT: that is not known */
    uint64_t sending;     /* by the run before, when it ended; 0: nothing */
    bool posted;          /* there are no files to look at */
    uint64_t n_sizes;
    VEC(struct bulk_recent) recent; /* done after the last `synced` */
};

/* Begins the journal, or goes on with it. False, with reports, if that cannot be. */
bool bulk_journal_open(struct bulk_journal *j, const struct bulk_job *job,
                       const struct bulk_plan *plan);
void bulk_journal_close(struct bulk_journal *j);

/* Whether a run before has made the record's file, and it is still there. */
bool bulk_journal_has(struct bulk_journal *j, uint64_t number, str file);

/* Whether nobody knows if a run before has done it. */
bool bulk_journal_doubts(const struct bulk_journal *j, uint64_t number);

/* Now it is being done; 0: it was not, nothing is. */
void bulk_journal_sending(struct bulk_journal *j, uint64_t number);

void bulk_journal_add(struct bulk_journal *j, const struct bulk_result *result);
void bulk_journal_synced(struct bulk_journal *j, uint64_t records);
void bulk_journal_end(struct bulk_journal *j, const char *how,
                      const struct bulk_progress *p);

/* Writes the lines so far; 0, or errno. With `hard` they are on the disk then. */
int bulk_journal_flush(struct bulk_journal *j, bool hard);

/* journal_line.c: the value behind `name` in a line, `name` with its quotes and colon; as
 * it stands there. Empty: it has none. And the number that such a value is. */
str bulk_journal_member(str line, str name);
uint64_t bulk_journal_number(str text);

#endif

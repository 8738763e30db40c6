/* SPDX-License-Identifier: MIT
 *
 * In: a job. Out: its files, its journal. Records are planned; then they are read a
 * second time and given to the workers as these have room. One loop gives, waits, writes
 * lines of the journal, and sees to it that the disk has what was made. */
#include "bulk/bulk.h"

#include <errno.h>
#include <malloc.h>
#include <signal.h>
#include <string.h>

#include "bulk/clock.h"
#include "bulk/disk.h"
#include "bulk/failed.h"
#include "bulk/journal.h"
#include "bulk/order.h"
#include "bulk/pool.h"
#include "bulk/tar.h"

enum {
    TICK = 200,       /* ms between what a terminal is told */
    SYNC_EVERY = 5000,
    MAPPED = 128 << 10, /* bytes: larger blocks go back to the system as they are freed */
    GRACE = 2000,     /* ms for what workers are at, after a signal */
    STATUS_FAILED = 4,
};

struct run {
    const struct bulk_job *job;
    struct arena arena;
    struct bulk_plan plan;
    struct bulk_journal journal;
    struct bulk_pool pool;
    struct bulk_tar *tar; /* NULL: files */
    struct bulk_order order; /* for the post */
    uint64_t taking;      /* the record that the post has */
    struct bulk_set failed;
    struct bulk_progress *progress;
    struct buf name, key;
    uint64_t given;       /* records of the plan met so far, in this round */
    int round;            /* from 0 */
    int64_t began, stopped_at, ticked_at;
    bool ended;           /* there are no more records to give */
    bool stopped;         /* no more are given */
    int fault;            /* errno: what no further record would survive */
    struct bulk_disk disk;
    bool changed;         /* the data is not what was planned */
};

static volatile sig_atomic_t caught; /* the signal, or 0 */

static void on_signal(int number)
{
    caught = number;
}

bool bulk_is_stopped(void)
{
    return caught != 0;
}

static void tell(struct run *r, enum bulk_event event, const struct bulk_result *result)
{
    const struct bulk_watcher *w = &r->job->watcher;
    r->progress->milliseconds = r->began ? clock_milliseconds() - r->began : 0;
    if (w->tell) {
        w->tell(w->user, event, r->progress, result);
    }
}

/* --- Results --- */

static bool is_fatal(int error)
{
    return error == ENOSPC || error == EDQUOT || error == EROFS || error == EIO;
}

static void take_result(void *user, const struct bulk_result *result)
{
    struct run *r = user;
    struct bulk_progress *p = r->progress;
    if (result->outcome == BULK_AGAIN) {
        p->laid++;
        return;
    }
    if (result->outcome == BULK_DONE) {
        p->done++;
        p->pages += result->pages;
        p->bytes += result->bytes;
        p->warned += result->warned;
        if (r->job->output && !r->tar) {
            bulk_disk_of(&r->disk, result->file, &r->arena);
        }
    } else {
        p->failed++;
        if (result->outcome != BULK_DOUBT) { /* who runs those again must know it */
            bulk_set_add(&r->failed, result->number);
        }
        r->stopped = r->stopped || r->job->stop_on_error;
    }
    if (result->outcome == BULK_FAILED && is_fatal(result->error)) {
        r->fault = result->error;
        r->stopped = true;
    }
    if (r->tar) {
        int error = bulk_tar_take(r->tar, result);
        r->fault = r->fault ? r->fault : error;
        r->stopped = r->stopped || error;
    }
    bulk_journal_add(&r->journal, result);
    tell(r, BULK_RECORD, result);
}

/* --- The post --- */

static int intend(void *user)
{
    struct run *r = user;
    bulk_journal_sending(&r->journal, r->taking);
    return bulk_journal_flush(&r->journal, true);
}

/* Not waited for: without this line, the record is in doubt, which loses nothing. */
static void withdraw(void *user)
{
    struct run *r = user;
    bulk_journal_sending(&r->journal, 0);
    int error = bulk_journal_flush(&r->journal, false);
    r->fault = r->fault ? r->fault : error;
}

/* False: it was not taken, nothing more will be. */
static bool post(struct run *r, struct bulk_result *result)
{
    const struct bulk_post *p = r->job->post;
    const struct bulk_intent intent = {r, intend, withdraw};
    struct arena scratch;
    arena_init(&scratch);
    r->taking = result->number;
    bool taken = result->outcome != BULK_DONE ||
                 p->take(p->user, result, &intent, &scratch);
    if (taken) {
        take_result(r, result);
        int error = bulk_journal_flush(&r->journal, !p->whole);
        r->fault = r->fault ? r->fault : error;
    }
    arena_done(&scratch);
    return taken && !r->fault;
}

static void take_in_order(void *user, const struct bulk_result *result)
{
    struct run *r = user;
    struct bulk_result *next;
    bulk_order_add(&r->order, result);
    while (!r->stopped && !caught && (next = bulk_order_next(&r->order)) != NULL) {
        r->stopped = !post(r, next) || r->stopped;
    }
}

/* --- Records --- */

/* What the run before may have sent is told, and not sent again. */
static void tell_doubt(struct run *r, const struct data_row *row)
{
    struct bulk_result result = {
        .number = row->number, .line = row->line, .outcome = BULK_DOUBT,
        .key = bulk_key(&r->plan.choice, row, &r->key),
        .reason = STR("the run before ended while it was sent; whether the server took "
                      "it over is not known"),
    };
    take_result(r, &result);
}

/* False: it cannot be made, which the plan would have told. */
static bool fill_name(struct run *r, const struct data_row *row)
{
    const struct bulk_job *job = r->job;
    str culprit;
    if (job->output) {
        return !bulk_name_fill(&r->plan.name, row, &r->name, &culprit);
    }
    if (job->label && *job->label) {
        return !bulk_label_fill(&r->plan.name, row, &r->name, &culprit);
    }
    buf_clear(&r->name);
    if (job->label && r->plan.choice.key.n) {
        buf_put(&r->name, bulk_key(&r->plan.choice, row, &r->key));
    }
    return true;
}

/* The next record that has to be done; false: there is none. */
static bool next_record(struct run *r, struct data_row *row)
{
    const struct bulk_job *job = r->job;
    for (;;) {
        enum data_next next = data_next(job->data, row);
        if (next != DATA_ROW || caught || (job->limit && r->given == job->limit)) {
            /* What is not as it was planned must not be gone on with. */
            r->changed = r->changed || next == DATA_FAULT || next == DATA_STOP;
            return false;
        }
        if (!bulk_chosen(&r->plan.choice, row, &r->key)) {
            continue;
        }
        r->given++;
        if (r->round && bulk_set_has(&r->failed, row->number)) {
            continue;
        }
        if (!job->output && !job->post) {
            return true;
        }
        if (bulk_journal_doubts(&r->journal, row->number)) {
            if (job->doubtful_again) {
                return true;
            }
            tell_doubt(r, row);
            continue;
        }
        if (!fill_name(r, row)) {
            r->changed = true;
            return false;
        }
        if (!bulk_journal_has(&r->journal, row->number, buf_str(&r->name))) {
            return true;
        }
        r->progress->before++;
    }
}

static bool has_room(struct run *r)
{
    return bulk_pool_has_room(&r->pool) && (!r->tar || bulk_tar_has_room(r->tar)) &&
           (!r->job->post || bulk_order_has_room(&r->order));
}

static void give(struct run *r)
{
    struct data_row row;
    while (!r->ended && !r->stopped && !caught && has_room(r)) {
        if (!next_record(r, &row)) {
            r->ended = true;
            return;
        }
        if (r->tar) {
            bulk_tar_expect(r->tar, row.number);
        }
        if (r->job->post) {
            bulk_order_expect(&r->order, row.number);
        }
        bulk_pool_give(&r->pool, &row, buf_str(&r->name),
                       bulk_key(&r->plan.choice, &row, &r->key));
        if (r->pool.error) {
            r->stopped = true;
        }
    }
}

static bool goes_on(struct run *r)
{
    bool stopping = r->stopped || caught;
    if (stopping && !r->stopped_at) {
        r->stopped_at = clock_milliseconds();
    }
    if (caught && clock_milliseconds() - r->stopped_at > GRACE) {
        return false;
    }
    return r->pool.outstanding > 0 || (!r->ended && !stopping);
}

static void write_lines(struct run *r)
{
    int error = bulk_journal_flush(&r->journal, false);
    if (error && !r->fault) {
        r->fault = error;
        r->stopped = true;
    }
}

static void end_sync(struct run *r)
{
    if (bulk_disk_end(&r->disk)) {
        bulk_journal_synced(&r->journal, r->disk.records);
    }
}

static void work(struct run *r)
{
    while (goes_on(r)) {
        give(r);
        if (r->pool.outstanding &&
            bulk_pool_wait(&r->pool, TICK, r->disk.pipe)) {
            end_sync(r);
        }
        write_lines(r);
        int64_t time = clock_milliseconds();
        if (r->job->journal && time - r->disk.since > SYNC_EVERY) {
            r->disk.since = time;
            bulk_disk_begin(&r->disk, r->journal.written);
        }
        if (time - r->ticked_at >= TICK) {
            r->ticked_at = time;
            tell(r, BULK_TICK, NULL);
        }
    }
}

/* --- The end --- */

/* The data that was read is the data that was planned. */
static void check_data(struct run *r)
{
    char digest[65];
    if (r->stopped || caught || (r->job->limit && !r->changed)) {
        return;
    }
    data_digest(r->job->data, digest);
    r->changed = r->changed || strcmp(digest, r->plan.digest) != 0;
    if (r->changed) {
        diag_report(r->job->sink, DIAG_CHANGED_INPUT,
                    (struct place){.source = r->job->data->file},
                    "leave it as it is until the run has ended, and run it again",
                    "the data changed while it was used");
    }
}

static void finish_journal(struct run *r)
{
    if (r->disk.syncer) {
        end_sync(r);
    }
    write_lines(r);
    if (bulk_disk_close(&r->disk)) {
        bulk_journal_synced(&r->journal, r->journal.written);
    }
    const char *how = caught ? "interrupted" : r->stopped ? "stopped" : "done";
    bulk_journal_end(&r->journal, how, r->progress);
    int error = bulk_journal_flush(&r->journal, true);
    r->fault = r->fault ? r->fault : error;
}

static const char *hint_of(const struct run *r)
{
    return !is_fatal(r->fault) ? NULL
           : r->job->journal   ? "make room, then go on with `--resume`"
                               : "make room";
}

static int status_of(struct run *r)
{
    if (r->fault || r->pool.error) {
        diag_report(r->job->sink, DIAG_SYSTEM, PLACE_NONE, hint_of(r),
                    r->fault ? "nothing more can be written: %s"
                             : "no worker can be started: %s",
                    strerror(r->fault ? r->fault : r->pool.error));
    }
    int status = diag_exit_status(r->job->sink);
    return caught              ? 128 + caught
           : status            ? status
           : r->progress->failed ? STATUS_FAILED
                                 : 0;
}

/* --- All of it --- */

/* One that comes just before the waiting begins is seen a tick later. */
static void catch_signals(struct sigaction old[2])
{
    struct sigaction action = {.sa_handler = on_signal};
    caught = 0;
    sigaction(SIGINT, &action, &old[0]);
    sigaction(SIGTERM, &action, &old[1]);
}

static void release_signals(const struct sigaction old[2])
{
    sigaction(SIGINT, &old[0], NULL);
    sigaction(SIGTERM, &old[1], NULL);
}

static void run_round(struct run *r)
{
    bulk_pool_init(&r->pool, r->job, &r->arena);
    if (r->round) { /* this process is warm from the round before */
        r->pool.warm = true;
        r->pool.open = r->pool.n;
    }
    r->pool.user = r;
    r->pool.done = r->job->post ? take_in_order : take_result;
    work(r);
    bulk_pool_done(&r->pool);
    check_data(r);
}

static bool begin_next_round(struct run *r)
{
    const struct bulk_post *p = r->job->post;
    if (!p || !p->again || caught || r->stopped || r->changed || !p->again(p->user)) {
        return false;
    }
    r->round++;
    r->given = 0;
    r->ended = false;
    return data_rewind(r->job->data);
}

static void run_planned(struct run *r)
{
    struct sigaction old[2];
    catch_signals(old);
    bulk_order_init(&r->order);
    bulk_set_init(&r->failed, r->plan.records + 1, &r->arena);
    r->began = r->disk.since = clock_milliseconds();
    do {
        run_round(r);
    } while (begin_next_round(r));
    if (r->tar) {
        int error = bulk_tar_close(r->tar, !caught && !r->fault);
        r->fault = r->fault ? r->fault : error;
    }
    if (r->job->post) {
        bool whole = !caught && !r->stopped && !r->changed;
        int error = r->job->post->close(r->job->post->user, whole);
        r->fault = r->fault ? r->fault : error;
    }
    bulk_order_done(&r->order);
    finish_journal(r);
    if (r->job->failed) {
        bulk_failed_write(r->job, &r->failed);
    }
    tell(r, BULK_TICK, NULL);
    release_signals(old);
}

/* Left to itself, the C library puts ever larger blocks where they leave holes: a third
 * of a worker's memory after some thousand notes. */
static void keep_memory_flat(void)
{
#ifdef M_MMAP_THRESHOLD
    mallopt(M_MMAP_THRESHOLD, MAPPED);
    mallopt(M_TRIM_THRESHOLD, 4 * MAPPED);
#endif
}

int bulk_run(const struct bulk_job *job, struct bulk_progress *progress)
{
    struct run r = {.job = job, .progress = progress, .disk = BULK_DISK_NONE};
    *progress = (struct bulk_progress){0};
    keep_memory_flat();
    arena_init(&r.arena);
    buf_init(&r.name, &r.arena);
    buf_init(&r.key, &r.arena);
    if (bulk_plan_make(&r.plan, job, &r.arena)) {
        progress->total = r.plan.planned;
        bool begun = bulk_journal_open(&r.journal, job, &r.plan) &&
                     data_rewind(job->data) &&
                     (!job->tar || (r.tar = bulk_tar_open(job)) != NULL);
        if (begun) {
            tell(&r, BULK_PLANNED, NULL);
            run_planned(&r);
        }
        bulk_journal_close(&r.journal);
    }
    int status = status_of(&r);
    arena_done(&r.arena);
    return status;
}

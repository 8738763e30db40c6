/* SPDX-License-Identifier: MIT
 *
 * In: results; or a journal that an earlier run has left. Out: its lines; or which
 * records are done. Only what this file writes itself need be read, so the few members
 * that matter are looked for where they stand. What a journal says is believed as far as
 * the files agree: their sizes, and, of those that may not have reached the disk, their
 * digests. */
#include "bulk/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/sha256.h"
#include "data/window.h"

enum { MAX_FILE = 1 << 30 }; /* bytes of a PDF that is read again */

/* --- Lines --- */

static const char *status_name(enum bulk_outcome outcome)
{
    static const char *const NAMES[] = {
        [BULK_DONE] = "done", [BULK_INVALID] = "invalid", [BULK_FAILED] = "failed",
        [BULK_CRASHED] = "crashed", [BULK_TIMEOUT] = "timeout",
        [BULK_REFUSED] = "refused", [BULK_DOUBT] = "doubtful",
    };
    return NAMES[outcome];
}

static void put_text(struct buf *out, const char *name, str text)
{
    buf_format(out, ",\"%s\":", name);
    buf_json_string(out, text);
}

/* What was made, or why nothing was. */
static void put_outcome(struct buf *out, const struct bulk_result *r)
{
    if (r->outcome == BULK_DONE) {
        buf_puts(out, ",\"pages\":");
        buf_int(out, (int64_t)r->pages);
    }
    if (r->outcome == BULK_DONE && !r->page) {
        buf_puts(out, ",\"bytes\":");
        buf_int(out, (int64_t)r->bytes);
        put_text(out, "sha256", str_from(r->sha256));
    } else if (r->reason.n) {
        put_text(out, "error", r->reason);
    } else if (r->outcome == BULK_FAILED) {
        put_text(out, "error", str_from(strerror(r->error)));
    } else if (r->outcome == BULK_CRASHED && r->error) {
        buf_format(out, ",\"signal\":%d", r->error);
    }
    if (r->microseconds) {
        buf_puts(out, ",\"ms\":");
        buf_decimal(out, (int64_t)r->microseconds, 3);
    }
}

void bulk_journal_add(struct bulk_journal *j, const struct bulk_result *r)
{
    struct buf *out = &j->lines;
    j->written++;
    if (j->fd < 0) {
        return;
    }
    buf_puts(out, "{\"record\":");
    buf_int(out, (int64_t)r->number);
    if (r->line) {
        buf_format(out, ",\"line\":%u", r->line);
    }
    put_text(out, "key", r->key);
    buf_format(out, ",\"status\":\"%s\"", status_name(r->outcome));
    if (r->file.n) {
        put_text(out, "file", r->file);
    }
    if (r->page) {
        buf_puts(out, ",\"page\":");
        buf_int(out, (int64_t)r->page);
    }
    put_outcome(out, r);
    if (r->json.n) {
        buf_char(out, ',');
        buf_put(out, r->json);
    }
    buf_puts(out, "}\n");
}

void bulk_journal_sending(struct bulk_journal *j, uint64_t number)
{
    if (j->fd >= 0) {
        buf_puts(&j->lines, "{\"sending\":");
        buf_int(&j->lines, (int64_t)number);
        buf_puts(&j->lines, "}\n");
    }
}

void bulk_journal_synced(struct bulk_journal *j, uint64_t records)
{
    if (j->fd >= 0) {
        buf_puts(&j->lines, "{\"synced\":");
        buf_int(&j->lines, (int64_t)records);
        buf_puts(&j->lines, "}\n");
    }
}

void bulk_journal_end(struct bulk_journal *j, const char *how,
                      const struct bulk_progress *p)
{
    if (j->fd >= 0) {
        buf_format(&j->lines, "{\"end\":\"%s\",\"planned\":", how);
        buf_int(&j->lines, (int64_t)p->total);
        buf_puts(&j->lines, ",\"before\":");
        buf_int(&j->lines, (int64_t)p->before);
        buf_puts(&j->lines, ",\"done\":");
        buf_int(&j->lines, (int64_t)p->done);
        buf_puts(&j->lines, ",\"failed\":");
        buf_int(&j->lines, (int64_t)p->failed);
        buf_puts(&j->lines, "}\n");
    }
}

int bulk_journal_flush(struct bulk_journal *j, bool hard)
{
    int error = j->fd >= 0 ? file_write_to(j->fd, buf_str(&j->lines)) : 0;
    buf_clear(&j->lines);
    if (!error && hard && j->fd >= 0 && fdatasync(j->fd) != 0 && errno != EINVAL) {
        error = errno;
    }
    return error;
}

/* --- The first line --- */

static const char *output_of(const struct bulk_job *job)
{
    return job->output || !job->post ? job->output : job->post->name;
}

static void put_head(struct bulk_journal *j, const struct bulk_job *job,
                     const struct bulk_plan *plan)
{
    struct buf *out = &j->lines;
    buf_puts(out, "{\"infonote\":\"" INFONOTE_VERSION "\",\"journal\":1");
    put_text(out, "data", job->data->file->name);
    put_text(out, "output", str_from(output_of(job)));
    put_text(out, "template_sha256", str_from(plan->template));
    put_text(out, "data_sha256", str_from(plan->digest));
    buf_puts(out, ",\"records\":");
    buf_int(out, (int64_t)plan->records);
    buf_puts(out, ",\"planned\":");
    buf_int(out, (int64_t)plan->planned);
    if (job->tar || (job->post && job->post->whole)) {
        buf_puts(out, ",\"whole\":true");
    }
    if (plan->choice.shards) {
        buf_format(out, ",\"shard\":\"%u/%u\"", plan->choice.shard, plan->choice.shards);
    }
    buf_puts(out, "}\n");
}

static bool is_same(struct bulk_journal *j, const struct bulk_job *job, str was,
                    const char *is, const char *what)
{
    if (str_is(was, is)) {
        return true;
    }
    diag_report(job->sink, DIAG_CHANGED_INPUT, (struct place){j->source, 1, 1, 1},
                "make all of it again, with another journal; or undo the change",
                "%s changed since this journal was begun", what);
    return false;
}

static bool check_head(struct bulk_journal *j, const struct bulk_job *job,
                       const struct bulk_plan *plan, str line)
{
    if (!str_starts(line, STR("{\"infonote\":"))) {
        diag_report(job->sink, DIAG_BAD_DATA, (struct place){j->source, 1, 1, 1},
                    "name the file that `--report` wrote", "this is no journal of a run");
        return false;
    }
    char shard[32] = "";
    if (plan->choice.shards) {
        snprintf(shard, sizeof shard, "%u/%u", plan->choice.shard, plan->choice.shards);
    }
    str template = bulk_journal_member(line, STR("\"template_sha256\":"));
    bool good = is_same(j, job, template, plan->template,
                        "the template, its layout, the options or the names of files");
    str data = bulk_journal_member(line, STR("\"data_sha256\":"));
    good = is_same(j, job, data, plan->digest, "the data") && good;
    str part = bulk_journal_member(line, STR("\"shard\":"));
    return is_same(j, job, part, shard, "the shard") && good;
}

/* --- What is done --- */

static void take_line(struct bulk_journal *j, str line)
{
    if (str_starts(line, STR("{\"synced\":"))) {
        j->recent.n = 0;
        return;
    }
    uint64_t number = bulk_journal_number(bulk_journal_member(line, STR("\"record\":")));
    if (str_starts(line, STR("{\"sending\":"))) {
        j->sending = bulk_journal_number(bulk_journal_member(line, STR("\"sending\":")));
        return;
    }
    str status = bulk_journal_member(line, STR("\"status\":"));
    bool record = str_starts(line, STR("{\"record\":"));
    if (!record || number == 0 || number >= j->n_sizes) {
        return;
    }
    j->written++;
    j->sending = j->sending == number ? 0 : j->sending;
    if (!str_is(status, "done")) {
        j->sizes[number] = str_is(status, "doubtful") ? JOURNAL_DOUBT : 0;
        return;
    }
    uint64_t bytes = bulk_journal_number(bulk_journal_member(line, STR("\"bytes\":")));
    str digest = bulk_journal_member(line, STR("\"sha256\":"));
    j->sizes[number] = bytes < UINT32_MAX ? (uint32_t)bytes : UINT32_MAX;
    struct bulk_recent recent = {.number = number};
    if (digest.n == 64) {
        memcpy(recent.sha256, digest.p, 64);
    }
    vec_push(&j->arena, &j->recent, recent);
}

/* Reads all whole lines and cuts off what is behind them. */
static bool read_lines(struct bulk_journal *j, const struct bulk_job *job,
                       const struct bulk_plan *plan)
{
    struct data_window w;
    off_t whole = 0;
    bool good = true;
    data_window_init_file(&w, j->fd);
    for (;;) {
        w.keep = w.at;
        str line = data_window_line(&w);
        if (line.n == 0) {
            break;
        }
        bool ended = str_ends(line, STR("\n"));
        if (whole == 0 && ended) {
            good = check_head(j, job, plan, line);
            if (!good) {
                break;
            }
        } else if (ended) {
            take_line(j, line);
        }
        whole += ended ? (off_t)line.n : 0;
        if (!ended && w.end) {
            break;
        }
    }
    data_window_done(&w);
    if (good && ftruncate(j->fd, whole) != 0) {
        diag_report(job->sink, DIAG_CANNOT_WRITE, (struct place){.source = j->source},
                    NULL, "cannot write the journal: %s", strerror(errno));
        good = false;
    }
    if (good && whole == 0) {
        put_head(j, job, plan);
    }
    return good;
}

static bool is_file(str file, struct stat *st)
{
    char path[BULK_MAX_PATH + 1];
    if (file.n >= sizeof path) {
        return false;
    }
    memcpy(path, file.p, file.n);
    path[file.n] = '\0';
    return stat(path, st) == 0 && S_ISREG(st->st_mode);
}

static bool has_digest(str file, const char *digest)
{
    struct arena scratch;
    char found[65] = "";
    arena_init(&scratch);
    struct file_result r = file_read(&scratch, file, MAX_FILE);
    if (r.status == FILE_OK) {
        str_sha256(r.bytes, found);
    }
    arena_done(&scratch);
    return strcmp(found, digest) == 0;
}

static int compare_recent(const void *a, const void *b)
{
    const struct bulk_recent *left = a, *right = b;
    return (left->number > right->number) - (left->number < right->number);
}

bool bulk_journal_doubts(const struct bulk_journal *j, uint64_t number)
{
    return number < j->n_sizes && j->sizes[number] == JOURNAL_DOUBT;
}

bool bulk_journal_has(struct bulk_journal *j, uint64_t number, str file)
{
    struct stat st;
    if (number >= j->n_sizes || j->sizes[number] <= JOURNAL_DOUBT) {
        return false;
    }
    if (j->posted || !is_file(file, &st)) {
        return j->posted;
    }
    uint32_t size = j->sizes[number];
    if (size != UINT32_MAX && (uint64_t)st.st_size != size) {
        return false;
    }
    struct bulk_recent key = {.number = number};
    const struct bulk_recent *recent = j->recent.n
        ? bsearch(&key, j->recent.v, j->recent.n, sizeof key, compare_recent) : NULL;
    return !recent || has_digest(file, recent->sha256);
}

/* --- The file --- */

static bool refuse(struct bulk_journal *j, const struct bulk_job *job, int error)
{
    bool there = error == EEXIST, locked = error == EWOULDBLOCK;
    diag_report(job->sink, DIAG_CANNOT_WRITE, (struct place){.source = j->source},
                there    ? "go on with it: `--resume`; or name another"
                : locked ? "wait until it has ended"
                         : NULL,
                "cannot write the journal: %s",
                there    ? "it is there already"
                : locked ? "another run is writing it"
                         : strerror(error));
    return false;
}

bool bulk_journal_open(struct bulk_journal *j, const struct bulk_job *job,
                       const struct bulk_plan *plan)
{
    *j = (struct bulk_journal){.fd = -1};
    arena_init(&j->arena);
    buf_init(&j->lines, &j->arena);
    if (!job->journal) {
        return true;
    }
    struct source *source = NEW(job->sink->arena, struct source);
    source->name = source->path = str_copy(job->sink->arena, str_from(job->journal));
    j->source = source;
    int flags = O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | (job->resume ? 0 : O_EXCL);
    j->fd = open(job->journal, flags, 0666);
    if (j->fd < 0 || flock(j->fd, LOCK_EX | LOCK_NB) != 0) {
        return refuse(j, job, errno);
    }
    j->posted = job->post != NULL;
    j->n_sizes = plan->records + 1;
    j->sizes = NEW_ARRAY(&j->arena, uint32_t, j->n_sizes);
    if (!read_lines(j, job, plan)) {
        return false;
    }
    if (j->sending && j->sending < j->n_sizes) {
        j->sizes[j->sending] = JOURNAL_DOUBT;
    }
    if (j->recent.n) {
        qsort(j->recent.v, j->recent.n, sizeof *j->recent.v, compare_recent);
    }
    int error = bulk_journal_flush(j, true);
    return error ? refuse(j, job, error) : true;
}

void bulk_journal_close(struct bulk_journal *j)
{
    if (j->fd >= 0) {
        close(j->fd);
    }
    arena_done(&j->arena);
}

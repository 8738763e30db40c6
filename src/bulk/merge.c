/* SPDX-License-Identifier: MIT
 *
 * In: what workers make of records, in the order of the data. Out: one PDF. In the first
 * round that is what each record needs; then the fonts are made, and workers that are
 * forked now know all numbers; in the second round it is the records' parts of the file.
 *
 * The names of records in the outline are those of the run; the keys of records stand
 * before the page numbers, so that "1042-2" finds a page. */
#include "bulk/merge.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "bulk/draft.h"

struct bulk_merge {
    struct arena arena;
    struct bulk_maker maker;
    struct bulk_post post;
    struct diag_sink *sink;
    const char *path;
    infonote_book *book;
    struct bulk_draft draft;
    VEC(uint64_t) numbers; /* of the records that are planned, ascending */
    bool second;           /* the second round */
    bool whole;
    uint64_t bytes;        /* written */
};

static int write_bytes(void *user, const char *bytes, size_t n)
{
    struct bulk_merge *m = user;
    m->bytes += n;
    return bulk_draft_write(&m->draft, (str){bytes, n});
}

static bool report(struct bulk_merge *m, infonote_status status)
{
    bool large = status == INFONOTE_INVALID;
    diag_report(m->sink, large ? DIAG_TOO_LARGE : DIAG_CANNOT_WRITE, PLACE_NONE,
                large ? "make several: `--shard 1/4` to `--shard 4/4`, or `--limit`"
                      : NULL,
                "%s", infonote_book_problem(m->book));
    return false;
}

/* --- In a worker --- */

static int compare_numbers(const void *a, const void *b)
{
    const uint64_t *left = a, *right = b;
    return (*left > *right) - (*left < *right);
}

static infonote_status make(void *user, infonote_note *note,
                            const infonote_record *record, struct arena *a,
                            struct bulk_made *made)
{
    struct bulk_merge *m = user;
    (void)record;
    (void)a;
    if (!m->second) {
        return infonote_book_survey(m->book, note, &made->bytes.p, &made->bytes.n);
    }
    const uint64_t *at = bsearch(&made->number, m->numbers.v, m->numbers.n, sizeof *at,
                                 compare_numbers);
    return infonote_book_part(m->book, (size_t)(at - m->numbers.v), note,
                              &made->bytes.p, &made->bytes.n);
}

/* --- In this process --- */

static bool plan(struct bulk_merge *m, struct bulk_result *r)
{
    infonote_status status = infonote_book_plan(m->book, r->pdf.p, r->pdf.n);
    if (status != INFONOTE_OK) {
        return report(m, status);
    }
    vec_push(&m->arena, &m->numbers, r->number);
    r->outcome = BULK_AGAIN;
    return true;
}

static bool add(struct bulk_merge *m, struct bulk_result *r, struct arena *a)
{
    str prefix = str_format(a, "%.*s-", STR_ARG(r->key));
    r->page = infonote_book_page_count(m->book) + 1;
    const char *name = r->file.n ? r->file.p : NULL;
    infonote_status status = infonote_book_add(m->book, r->pdf.p, r->pdf.n, name,
                                               prefix.p);
    r->file = STR_NONE; /* none of its own */
    r->bytes = 0;
    r->sha256[0] = '\0';
    return status == INFONOTE_OK || report(m, status);
}

static bool take(void *user, struct bulk_result *r, const struct bulk_intent *intent,
                 struct arena *a)
{
    struct bulk_merge *m = user;
    (void)intent;
    return m->second ? add(m, r, a) : plan(m, r);
}

static bool open_draft(struct bulk_merge *m)
{
    int error = bulk_draft_open(&m->draft, m->path, &m->arena);
    if (error) {
        diag_report(m->sink, DIAG_CANNOT_WRITE, PLACE_NONE, NULL,
                    "cannot write `%s`: %s", m->path, strerror(error));
    }
    return !error;
}

static bool again(void *user)
{
    struct bulk_merge *m = user;
    if (m->second || !m->numbers.n || !open_draft(m)) {
        return false;
    }
    infonote_status status = infonote_book_begin(m->book);
    m->second = status == INFONOTE_OK;
    return m->second || report(m, status);
}

static int end(void *user, bool whole)
{
    struct bulk_merge *m = user;
    infonote_status status = INFONOTE_OK;
    bool wanted = whole && m->second && infonote_book_page_count(m->book);
    if (wanted) {
        status = infonote_book_end(m->book);
    }
    if (status != INFONOTE_OK) {
        report(m, status);
    }
    m->whole = wanted && status == INFONOTE_OK;
    int error = bulk_draft_close(&m->draft, m->whole);
    m->whole = m->whole && !error;
    return error;
}

/* --- Beginning and end --- */

static struct bulk_merge *new_merge(struct bulk_job *job)
{
    struct bulk_merge *m = calloc(1, sizeof *m);
    if (!m) {
        oom_report(sizeof *m);
    }
    arena_init(&m->arena);
    m->draft.fd = -1;
    m->sink = job->sink;
    return m;
}

struct bulk_merge *bulk_merge_open(const struct bulk_merge_request *request,
                                   struct bulk_job *job)
{
    struct bulk_merge *m = new_merge(job);
    m->path = request->path;
    if (!open_draft(m)) {
        bulk_merge_close(m);
        return NULL;
    }
    bulk_draft_close(&m->draft, false); /* only whether it can be written was asked */
    m->book = infonote_book_new(job->engine, &(infonote_book_settings){
        .duplex = request->duplex, .title = request->title, .write = write_bytes,
        .user = m});
    job->label = job->label ? job->label : "";
    str mark = str_format(&m->arena, "merge %d %s", request->duplex, job->label);
    m->maker = (struct bulk_maker){.user = m, .mark = mark.p, .make = make};
    m->post = (struct bulk_post){.user = m, .name = request->path, .whole = true,
                                 .take = take, .again = again, .close = end};
    job->maker = &m->maker;
    job->post = &m->post;
    return m;
}

uint64_t bulk_merge_close(struct bulk_merge *m)
{
    uint64_t bytes = 0;
    if (m) {
        bytes = m->whole ? m->bytes : 0;
        bulk_draft_close(&m->draft, false);
        infonote_book_free(m->book);
        arena_done(&m->arena);
        free(m);
    }
    return bytes;
}

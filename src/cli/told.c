/* SPDX-License-Identifier: MIT
 *
 * In: what happens in a bulk run. Out: on a terminal, a line that is written over; else
 * a plain line now and then; the reports of the first records that failed; a summary.
 * With --format json, one object a line on standard output, for what failed and for the
 * end. */
#include "cli/bulk.h"

#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "report.h"

enum {
    SHOWN = 20,          /* failed records that are told in full */
    PLAIN_EVERY = 10000, /* ms */
};

void cli_told_init(struct cli_told *t, const struct cli_call *call)
{
    *t = (struct cli_told){
        .call = call, .json = cli_format(call) == INFONOTE_JSON,
        .quiet = call->values[CLI_QUIET] != NULL, .next = PLAIN_EVERY,
        .terminal = isatty(STDERR_FILENO)};
}

static void clear_line(struct cli_told *t)
{
    if (t->line) {
        fputs("\r\x1B[K", stderr);
        t->line = false;
    }
}

static uint64_t rate_of(const struct bulk_progress *p)
{
    uint64_t n = p->done + p->failed;
    return p->milliseconds > 0 ? n * 1000 / (uint64_t)p->milliseconds : n;
}

static void put_progress(const struct bulk_progress *p)
{
    uint64_t over = p->before + p->done + p->failed, rate = rate_of(p);
    if (p->laid && !p->done) { /* the first of two rounds */
        fprintf(stderr, "%" PRIu64 " of %" PRIu64 " laid out", p->laid, p->total);
        return;
    }
    fprintf(stderr, "%" PRIu64 " of %" PRIu64, over, p->total);
    if (p->failed) {
        fprintf(stderr, ", %" PRIu64 " failed", p->failed);
    }
    fprintf(stderr, ", %" PRIu64 "/s", rate);
    if (rate && over < p->total && !p->laid) {
        uint64_t left = (p->total - over) / rate;
        fprintf(stderr, left < 120 ? ", %" PRIu64 " s left" : ", %" PRIu64 " min left",
                left < 120 ? left : left / 60);
    }
}

static void tick(struct cli_told *t, const struct bulk_progress *p)
{
    if (t->quiet || p->done + p->failed + p->before + p->laid == 0) {
        return;
    }
    if (t->terminal) {
        clear_line(t);
        put_progress(p);
        fflush(stderr);
        t->line = true;
    } else if (p->milliseconds >= t->next) {
        put_progress(p);
        fputc('\n', stderr);
        t->next = p->milliseconds + PLAIN_EVERY;
    }
}

/* --- Records --- */

static void put_reason(const struct bulk_result *r)
{
    switch (r->outcome) {
    case BULK_REFUSED:
    case BULK_DOUBT: fprintf(stderr, "%.*s\n", STR_ARG(r->reason)); break;
    case BULK_FAILED:
        if (r->reason.n) {
            fprintf(stderr, "%.*s\n", STR_ARG(r->reason));
            break;
        }
        fprintf(stderr, "cannot write `%.*s`: %s\n", STR_ARG(r->file),
                strerror(r->error));
        break;
    case BULK_CRASHED:
        fprintf(stderr, r->error ? "its worker was killed by signal %d\n"
                                 : "its worker ended\n", r->error);
        break;
    default: fputs("it takes too long; see `--record-timeout`\n", stderr); break;
    }
}

static void put_failure(struct cli_told *t, const struct bulk_result *r)
{
    if (t->shown++ >= SHOWN) {
        return;
    }
    clear_line(t);
    if (r->text.n) {
        fwrite(r->text.p, 1, r->text.n, stderr);
    }
    if (r->outcome != BULK_INVALID) {
        fprintf(stderr, "%s:%" PRIu64 ": error: ", t->data,
                r->line ? r->line : r->number);
        put_reason(r);
    }
    if (t->shown == SHOWN) {
        fputs("infonote: further records that fail are counted, not told\n", stderr);
    }
}

static void put_json(const struct bulk_result *r)
{
    static const char *const NAMES[] = {"done", "invalid", "failed", "crashed",
                                        "timeout", "refused", "doubtful"};
    struct arena scratch;
    struct buf out;
    arena_init(&scratch);
    buf_init(&out, &scratch);
    buf_puts(&out, "{\"record\":");
    buf_int(&out, (int64_t)r->number);
    if (r->line) {
        buf_format(&out, ",\"line\":%u", r->line);
    }
    buf_puts(&out, ",\"key\":");
    buf_json_string(&out, r->key);
    buf_format(&out, ",\"status\":\"%s\"", NAMES[r->outcome]);
    if (r->reason.n) {
        buf_puts(&out, ",\"error\":");
        buf_json_string(&out, r->reason);
    }
    if (r->json.n) {
        buf_char(&out, ',');
        buf_put(&out, r->json);
    }
    buf_puts(&out, "}\n");
    fwrite(out.p, 1, out.n, stdout);
    arena_done(&scratch);
}

static void put_record(struct cli_told *t, const struct bulk_result *r)
{
    if (r->outcome != BULK_DONE) {
        if (t->json) {
            put_json(r);
        } else {
            put_failure(t, r);
        }
    } else if (r->text.n && !t->warned && !t->quiet && !t->json) {
        clear_line(t);
        fwrite(r->text.p, 1, r->text.n, stderr);
        t->warned = true;
    }
}

void cli_told_event(void *user, enum bulk_event event, const struct bulk_progress *p,
                    const struct bulk_result *result)
{
    struct cli_told *t = user;
    if (event == BULK_RECORD) {
        put_record(t, result);
    } else if (!t->json) {
        tick(t, p);
    }
}

/* --- The run --- */

void cli_told_reports(struct cli_told *t, struct diag_sink *sink)
{
    static const struct source NONE;
    struct arena scratch;
    struct buf out;
    struct report_printer printer;
    size_t n = sink->counts[DIAG_NOTE] + sink->counts[DIAG_WARNING] +
               sink->counts[DIAG_ERROR] + sink->counts[DIAG_FATAL];
    clear_line(t);
    if (n == 0) {
        return;
    }
    arena_init(&scratch);
    buf_init(&out, &scratch);
    unsigned flags = t->quiet ? REPORT_ERRORS_ONLY : 0;
    flags |= cli_color_wanted(stderr) && !t->json ? REPORT_COLOR : 0;
    report_init(&printer, t->json ? REPORT_JSON : REPORT_TEXT, flags, &out);
    report_add(&printer, sink, &NONE);
    report_done(&printer);
    for (size_t i = 0; t->json && i + 1 < out.n; i++) {
        out.p[i] = out.p[i] == '\n' ? ' ' : out.p[i]; /* one object, one line */
    }
    if (out.n) { /* warnings are not told to who wants errors only */
        fwrite(out.p, 1, out.n, t->json ? stdout : stderr);
    }
    arena_done(&scratch);
}

static void put_summary(const struct cli_told *t, const struct bulk_progress *p)
{
    uint64_t tenths = (uint64_t)p->milliseconds / 100;
    fprintf(stderr, "%" PRIu64 " record%s: %" PRIu64 " %s", p->total,
            p->total == 1 ? "" : "s", p->done, t->checking ? "without errors" : "done");
    if (p->before) {
        fprintf(stderr, ", %" PRIu64 " done before", p->before);
    }
    if (p->failed) {
        fprintf(stderr, ", %" PRIu64 " failed", p->failed);
    }
    uint64_t over = p->done + p->failed + p->before;
    if (over < p->total) {
        fprintf(stderr, ", %" PRIu64 " not begun or not ended", p->total - over);
    }
    if (p->warned) {
        fprintf(stderr, "; %" PRIu64 " with warnings", p->warned);
    }
    fprintf(stderr, "; %" PRIu64 " page%s, %" PRIu64 " KB, %" PRIu64 ".%" PRIu64 " s, %"
            PRIu64 "/s\n", p->pages, p->pages == 1 ? "" : "s", p->bytes / 1000,
            tenths / 10, tenths % 10, rate_of(p));
}

void cli_told_end(struct cli_told *t, const struct bulk_progress *p, int status)
{
    clear_line(t);
    if (t->json) {
        printf("{\"total\":%" PRIu64 ",\"before\":%" PRIu64 ",\"done\":%" PRIu64
               ",\"failed\":%" PRIu64 ",\"warned\":%" PRIu64 ",\"pages\":%" PRIu64
               ",\"bytes\":%" PRIu64 ",\"status\":%d}\n", p->total, p->before, p->done,
               p->failed, p->warned, p->pages, p->bytes, status);
    } else if (!t->quiet && p->total && p->milliseconds >= 0 &&
               p->done + p->failed + p->before) {
        put_summary(t, p);
    }
}

/* SPDX-License-Identifier: MIT
 *
 * `bulk --collect`: names of journals, or a pattern of names, into what bulk/collect.h
 * says of them. Findings are results: lines, or one JSON object a line, on standard
 * output. */
#include "cli/bulk.h"

#include <glob.h>
#include <inttypes.h>
#include <string.h>

#include "bulk/collect.h"

enum { SHOWN = 20 }; /* findings of a kind that people are told */

enum { LACKS = BULK_LACK_DOUBLED + 1 };

struct collecting {
    bool json;
    uint64_t shown[LACKS];
};

/* --- Findings --- */

static void put_place(const char *before, str journal, uint32_t line)
{
    printf("%s%.*s", before, STR_ARG(journal));
    if (line) {
        printf(":%u", line);
    }
}

static void put_records(const struct bulk_finding *f)
{
    printf("record%s %" PRIu64, f->last > f->number ? "s" : "", f->number);
    if (f->last > f->number) {
        printf(" to %" PRIu64, f->last);
    }
}

static void put_text(const struct bulk_finding *f)
{
    switch (f->lack) {
    case BULK_LACK_SHARD:
        printf("shard %" PRIu64 ": there is no journal of it\n", f->number);
        break;
    case BULK_LACK_END:
        put_place("", f->journal, 0);
        if (f->status.n) {
            printf(": the run was %.*s\n", STR_ARG(f->status));
        } else {
            puts(": the run has not ended, or was cut off");
        }
        break;
    case BULK_LACK_RECORDS:
        put_records(f);
        puts(": missing");
        break;
    case BULK_LACK_FAILED:
        put_place("", f->journal, f->line);
        fputs(": ", stdout);
        put_records(f);
        if (f->key.n) {
            printf(" (%.*s)", STR_ARG(f->key));
        }
        printf(": %.*s\n", STR_ARG(f->status));
        break;
    case BULK_LACK_DOUBLED:
        put_place("", f->other, f->other_line);
        fputs(": ", stdout);
        put_records(f);
        printf(": done twice, %s", f->alike ? "with the same bytes" : "not alike");
        put_place("; first in ", f->journal, f->line);
        puts("");
        break;
    }
}

static void put_member(struct buf *out, const char *name, str text)
{
    buf_format(out, ",\"%s\":", name);
    buf_json_string(out, text);
}

static void put_json(const struct bulk_finding *f, struct arena *a)
{
    static const char *const STATUSES[] = {"missing", "unended", "missing", "",
                                           "doubled"};
    struct buf out;
    bool failed = f->lack == BULK_LACK_FAILED;
    buf_init(&out, a);
    str status = failed ? f->status : str_from(STATUSES[f->lack]);
    buf_format(&out, "{\"status\":\"%.*s\"", STR_ARG(status));
    if (f->number) {
        bool shard = f->lack == BULK_LACK_SHARD;
        buf_puts(&out, shard ? ",\"shard\":" : ",\"record\":");
        buf_int(&out, (int64_t)f->number);
    }
    if (f->last > f->number) {
        buf_puts(&out, ",\"last\":");
        buf_int(&out, (int64_t)f->last);
    }
    if (failed) { /* as it stands in the journal, which is JSON */
        buf_format(&out, ",\"key\":\"%.*s\"", STR_ARG(f->key));
    }
    if (f->journal.n) {
        put_member(&out, "journal", f->journal);
    }
    if (f->line) {
        buf_format(&out, ",\"line\":%u", f->line);
    }
    if (f->other.n) {
        put_member(&out, "other", f->other);
        buf_format(&out, ",\"other_line\":%u,\"alike\":%s", f->other_line,
                   f->alike ? "true" : "false");
    }
    buf_puts(&out, "}\n");
    fwrite(out.p, 1, out.n, stdout);
}

static void tell(void *user, const struct bulk_finding *f)
{
    struct collecting *c = user;
    uint64_t shown = c->shown[f->lack]++;
    if (c->json) {
        struct arena scratch;
        arena_init(&scratch);
        put_json(f, &scratch);
        arena_done(&scratch);
    } else if (shown < SHOWN) {
        put_text(f);
    } else if (shown == SHOWN) {
        puts("(more of these are counted, not told)");
    }
}

/* --- The end --- */

static void put_summary(const struct bulk_collected *s)
{
    printf("%" PRIu64 " record%s", s->planned, s->planned == 1 ? "" : "s");
    if (s->planned != s->records) {
        printf(" of %" PRIu64, s->records);
    }
    printf(", %" PRIu64 " journal%s", s->journals, s->journals == 1 ? "" : "s");
    if (s->shards) {
        printf(" of %" PRIu64 " shards", s->shards);
    }
    printf(": %" PRIu64 " done", s->done);
    const struct {
        uint64_t n;
        const char *what;
    } OTHERS[] = {{s->failed, "failed"}, {s->missing, "missing"},
                  {s->doubled, "done more than once"}};
    for (size_t i = 0; i < sizeof OTHERS / sizeof *OTHERS; i++) {
        if (OTHERS[i].n) {
            printf(", %" PRIu64 " %s", OTHERS[i].n, OTHERS[i].what);
        }
    }
    if (s->done == s->planned && !s->doubled) {
        fputs(", each once", stdout);
    }
    printf("; %" PRIu64 " page%s, %" PRIu64 " KB\n", s->pages, s->pages == 1 ? "" : "s",
           s->bytes / 1000);
}

static void put_sums(const struct bulk_collected *s, int status)
{
    printf("{\"journals\":%" PRIu64 ",\"shards\":%" PRIu64 ",\"records\":%" PRIu64
           ",\"planned\":%" PRIu64 ",\"done\":%" PRIu64 ",\"failed\":%" PRIu64
           ",\"missing\":%" PRIu64 ",\"doubled\":%" PRIu64 ",\"pages\":%" PRIu64
           ",\"bytes\":%" PRIu64 ",\"status\":%d}\n", s->journals, s->shards, s->records,
           s->planned, s->done, s->failed, s->missing, s->doubled, s->pages, s->bytes,
           status);
}

/* What a shell has not done: a pattern in quotes has no limit of words. */
static bool find_paths(const struct cli_call *call, glob_t *found)
{
    const char *pattern = call->values[CLI_COLLECT];
    int result = glob(pattern, GLOB_NOCHECK, NULL, found);
    for (int i = 0; i < call->n_args && result == 0; i++) {
        result = glob(call->args[i], GLOB_NOCHECK | GLOB_APPEND, NULL, found);
    }
    if (result != 0) {
        cli_wrong_use(call, "cannot look for `%s`", pattern);
    }
    return result == 0;
}

int cli_collect(const struct cli_call *call)
{
    struct collecting c = {.json = cli_format(call) == INFONOTE_JSON};
    struct bulk_collected sums;
    struct diag_sink sink;
    struct cli_told told;
    glob_t found = {0};
    if (cli_format(call) == INFONOTE_SARIF) {
        return cli_wrong_use(call, "of records, `--format` takes text or json");
    }
    if (call->values[CLI_DATA] || call->values[CLI_OUTPUT]) {
        return cli_wrong_use(call, "`--collect` reads journals, and makes nothing");
    }
    if (!find_paths(call, &found)) {
        return CLI_WRONG_USE;
    }
    diag_init(&sink, call->arena);
    cli_told_init(&told, call);
    int status = bulk_collect(&(struct bulk_collect_request){
        .paths = (const char *const *)found.gl_pathv, .n = found.gl_pathc,
        .sink = &sink, .user = &c, .tell = tell}, &sums);
    cli_told_reports(&told, &sink);
    if (c.json) {
        put_sums(&sums, status);
    } else if ((status == 0 || status == CLI_SOME_FAILED) && !told.quiet) {
        put_summary(&sums);
    }
    globfree(&found);
    return status;
}

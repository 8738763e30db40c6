/* SPDX-License-Identifier: MIT
 *
 * In: drafts. Out: an mbox, in a file or on standard output: a line `From …` before each,
 * a blank one behind it; lines that begin with `From ` get a > in front, and so do those
 * that have it already (mboxrd), so that a reader gets every message back as it was. */
#include "mail/post.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct mbox {
    struct arena *arena;
    struct diag_sink *sink;
    const char *path, *draft;
    bool piped; /* to standard output: there is no file that could take its place */
    FILE *out;  /* NULL: nothing was taken yet */
    char date[32];
};

static void put_message(FILE *out, str text)
{
    while (text.n) {
        const char *end = memchr(text.p, '\n', text.n);
        size_t n = end ? (size_t)(end - text.p) + 1 : text.n, quotes = 0;
        while (quotes < n && text.p[quotes] == '>') {
            quotes++;
        }
        if (str_starts(str_sub(text, quotes, n), STR("From "))) {
            fputc('>', out);
        }
        fwrite(text.p, 1, n, out);
        if (!end) {
            fputc('\n', out);
        }
        text = str_sub(text, n, text.n);
    }
    fputc('\n', out);
}

static bool refuse(const struct mbox *m)
{
    diag_report(m->sink, DIAG_CANNOT_WRITE, PLACE_NONE, NULL, "cannot write `%s`: %s",
                m->piped ? "<stdout>" : m->path, strerror(errno));
    return false;
}

static bool take(void *user, struct bulk_result *r, const struct bulk_intent *intent,
                 struct arena *a)
{
    struct mbox *m = user;
    str id, sender;
    (void)intent, (void)a;
    if (!m->out) {
        m->out = m->piped ? stdout : fopen(m->draft, "we");
    }
    if (!m->out) {
        return refuse(m);
    }
    id = str_cut(r->extra, '\n', &sender);
    sender = str_cut(sender, '\n', &id);
    sender = sender.n ? sender : STR("MAILER-DAEMON");
    fprintf(m->out, "From %.*s %s", STR_ARG(sender), m->date);
    put_message(m->out, r->pdf);
    return ferror(m->out) ? refuse(m) : true;
}

static int close_mbox(void *user, bool whole)
{
    struct mbox *m = user;
    int error = 0;
    if (!m->out) {
        return 0;
    }
    if (fflush(m->out) != 0 || ferror(m->out) ||
        (!m->piped && fsync(fileno(m->out)) != 0)) {
        error = errno ? errno : EIO;
    }
    if (m->piped) {
        return error;
    }
    error = fclose(m->out) != 0 && !error ? errno : error;
    if (!whole || error || rename(m->draft, m->path) != 0) {
        error = whole && !error ? errno : error;
        unlink(m->draft);
    }
    return error;
}

struct bulk_post mail_post_mbox(const char *path, int64_t date, struct diag_sink *sink,
                                struct arena *a)
{
    struct mbox *m = NEW(a, struct mbox);
    time_t seconds = (time_t)date;
    struct tm tm;
    *m = (struct mbox){.arena = a, .sink = sink, .path = path,
                       .piped = strcmp(path, "-") == 0,
                       .draft = str_format(a, "%s.part", path).p};
    gmtime_r(&seconds, &tm);
    asctime_r(&tm, m->date); /* always in English, and with a line end */
    return (struct bulk_post){.user = m, .name = path, .whole = true, .take = take,
                              .close = close_mbox};
}

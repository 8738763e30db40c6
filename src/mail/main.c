/* SPDX-License-Identifier: MIT
 *
 * infonote-mail: reads a note, composes the message, puts it where it is wanted. */
#include "mail/mail.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "mail/options.h"

static void print_reports(const struct mail_options *o, infonote_note *note)
{
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
    bool color = isatty(STDERR_FILENO) && !(no_color && *no_color) && term &&
                 strcmp(term, "dumb") != 0;
    unsigned flags = (o->quiet ? INFONOTE_PRINT_ERRORS_ONLY : 0u) |
                     (color ? INFONOTE_PRINT_COLOR : 0u);
    if (infonote_report_count(note) || o->format != INFONOTE_TEXT) {
        infonote_printer *printer = infonote_printer_new(stderr, o->format, flags);
        infonote_printer_add(printer, note);
        infonote_printer_free(printer);
    }
}

/* 0, or what is to be told of a place that took nothing. */
static int failed(const char *where, int error)
{
    if (error) {
        fprintf(stderr, "infonote: cannot write `%s`: %s\n",
                strcmp(where, "-") == 0 ? "<stdout>" : where, strerror(error));
    }
    return error;
}

static void tell(const struct mail_options *o, const struct mail_message *m,
                 const char *where)
{
    if (o->verbose) {
        fprintf(stderr, "%s: %zu bytes, %zu recipient%s -> %s\n", o->path, m->bytes.n,
                m->recipients.n, m->recipients.n == 1 ? "" : "s", where);
    }
}

static int deliver(const struct mail_options *o, const struct mail_message *m,
                   struct arena *a)
{
    if (o->output) {
        if (failed(o->output, mail_write_file(m, o->output, a))) {
            return MAIL_FAILED;
        }
        tell(o, m, o->output);
    }
    if (o->maildir) {
        if (failed(o->maildir, mail_write_maildir(m, o->maildir, a))) {
            return MAIL_FAILED;
        }
        tell(o, m, o->maildir);
    }
    return MAIL_DONE;
}

static int run(const struct mail_options *o, struct arena *a)
{
    infonote_engine *engine = infonote_engine_new(NULL);
    infonote_note *note = infonote_note_load(engine, o->path, &o->note);
    struct mail_message message;
    bool made = mail_compose(note, &o->message, a, &message);
    int status = (int)infonote_note_status(note);
    print_reports(o, note);
    if (made && status == MAIL_DONE) {
        status = deliver(o, &message, a);
    }
    infonote_note_free(note);
    infonote_engine_free(engine);
    return status;
}

int main(int argc, char **argv)
{
    struct arena arena;
    struct mail_options options;
    signal(SIGPIPE, SIG_IGN); /* both come back as errors of write() */
    signal(SIGXFSZ, SIG_IGN);
    arena_init(&arena);
    int status = mail_options_read(&options, argc, argv, &arena) ? run(&options, &arena)
                                                                 : MAIL_WRONG_USE;
    arena_done(&arena);
    return status;
}

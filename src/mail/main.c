/* SPDX-License-Identifier: MIT
 *
 * infonote-mail: reads a note, composes the message, puts it where it is wanted. */
#include "mail/mail.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "mail/bulk.h"
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

static str seal(void *user, str pdf, struct arena *a, const char **fault)
{
    const struct mail_options *o = user;
    return mail_seal_pdf(&o->delivery, NULL, pdf, a, fault);
}

static bool compose(const struct mail_options *o, infonote_note *note, struct arena *a,
                    struct mail_message *m)
{
    const char *fault = "";
    if (!mail_check_print(&o->delivery, note) ||
        !mail_compose(note, &o->message, a, m) ||
        (o->delivery.server.url && !mail_check_envelope(note, m))) {
        return false;
    }
    if (!mail_seal_message(&o->delivery, m, a, &fault)) {
        infonote_report_email(note, INFONOTE_BAD_SEAL, NULL, fault, NULL);
        return false;
    }
    mail_check_size(note, o->max_size, m, a);
    return true;
}

static int run(const struct mail_options *o, struct arena *a)
{
    infonote_engine *engine = infonote_engine_new(NULL);
    infonote_note *note = infonote_note_load(engine, o->path, &o->note);
    struct mail_message message;
    bool made = compose(o, note, a, &message);
    int status = (int)infonote_note_status(note);
    print_reports(o, note);
    if (made && status == MAIL_DONE) {
        status = mail_deliver(o, &message, a);
    }
    infonote_note_free(note);
    infonote_engine_free(engine);
    return status;
}

/* `infonote bulk --mail` hands its options over as they are. */
static bool is_bulk(int argc, char **argv)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strcmp(argv[i], "--mail") == 0) {
            return true;
        }
    }
    return false;
}

int main(int argc, char **argv)
{
    struct arena arena;
    struct mail_options options;
    signal(SIGPIPE, SIG_IGN); /* both come back as errors of write() */
    signal(SIGXFSZ, SIG_IGN);
    if (is_bulk(argc, argv)) {
        return mail_bulk(argc, argv);
    }
    arena_init(&arena);
    int status;
    if (mail_options_read(&options, argc, argv, &arena, &status)) {
        options.message.seal = seal;
        options.message.user = &options;
        status = run(&options, &arena);
    }
    mail_delivery_done(&options.delivery);
    arena_done(&arena);
    return status;
}

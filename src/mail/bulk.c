/* SPDX-License-Identifier: MIT
 *
 * In: the command line of `infonote bulk --mail`, which parsed it before. Out: a run
 * whose workers compose and seal messages, and whose post, if it has one, sends them or
 * puts them into a mailbox. Keys are loaded, and the server's password is read, once. */
#include "mail/bulk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cli/bulk.h"
#include "mail/post.h"

struct bulk_mail {
    struct arena arena;
    struct mail_delivery delivery;
    struct mail_settings settings;
    size_t max_size;
    struct bulk_maker maker;
    struct bulk_post post;
    bool sends, drafts;     /* drafts: for files and mailboxes, with Bcc */
    const char *password;   /* of the record that is being made; NULL: the one of all */
};

/* --- In workers --- */

static str seal(void *user, str pdf, struct arena *a, const char **fault)
{
    struct bulk_mail *b = user;
    return mail_seal_pdf(&b->delivery, b->password, pdf, a, fault);
}

/* Never NULL where one is asked for: an empty one is refused. */
static const char *password_of(const struct bulk_mail *b, const infonote_record *record)
{
    const char *field = b->delivery.password_field;
    for (size_t i = 0; field && i < record->n; i++) {
        if (strcmp(record->names[i], field) == 0) {
            return record->values[i];
        }
    }
    return field ? "" : NULL;
}

static infonote_status fail(infonote_note *note)
{
    infonote_status status = infonote_note_status(note);
    return status == INFONOTE_OK ? INFONOTE_INVALID : status;
}

static infonote_status make(void *user, infonote_note *note,
                            const infonote_record *record, struct arena *a,
                            struct bulk_made *made)
{
    struct bulk_mail *b = user;
    struct mail_message m;
    const char *fault = "";
    b->password = password_of(b, record);
    b->settings.record = made->number;
    if (!mail_check_print(&b->delivery, note) ||
        !mail_compose(note, &b->settings, a, &m) ||
        (b->sends && !mail_check_envelope(note, &m))) {
        return fail(note);
    }
    if (!mail_seal_message(&b->delivery, &m, a, &fault)) {
        infonote_report_email(note, INFONOTE_BAD_SEAL, NULL, fault, NULL);
        return fail(note);
    }
    mail_check_size(note, b->max_size, &m, a);
    made->bytes = b->drafts ? mail_draft(&m, a) : m.bytes;
    made->extra = mail_envelope_text(&m, a);
    return infonote_note_status(note);
}

/* --- The run --- */

/* What changes the bytes of messages, and is not in the template's digest. */
static const char *mark_of(struct bulk_mail *b, const struct mail_wishes *w)
{
    return str_format(&b->arena, "mail%s%s%s%s%s", w->sign ? " signed" : "",
                      w->smime ? " smime" : "", w->encrypt ? " encrypted " : "",
                      w->password_field ? w->password_field : "",
                      b->drafts ? " draft" : "").p;
}

static int choose_post(struct bulk_mail *b, const struct cli_call *call,
                       struct bulk_job *job)
{
    const char *const *v = call->values;
    if (b->sends) {
        b->post = mail_post_send(&b->delivery.server, job->sink, &b->arena);
    } else if (v[CLI_MBOX]) {
        b->post = mail_post_mbox(v[CLI_MBOX], b->settings.date, job->sink, &b->arena);
    } else if (v[CLI_MAILDIR]) {
        b->post = mail_post_maildir(v[CLI_MAILDIR], b->settings.date, job->sink,
                                    &b->arena);
    }
    job->post = b->post.take ? &b->post : NULL;
    return CLI_DONE;
}

static int begin(void *user, const struct cli_call *call, struct bulk_job *job,
                 infonote_options *options)
{
    struct bulk_mail *b = user;
    struct mail_wishes w = {0};
    const char *size = call->values[CLI_MAX_SIZE];
    int status;
    for (int i = 0; i < call->n_given; i++) {
        mail_wish(&w, CLI_OPTIONS[call->given[i].id].name, call->given[i].value);
    }
    const char *fault = mail_delivery_init(&b->delivery, &w, true, &b->arena, &status);
    if (fault && status == CLI_FAILED) {
        fprintf(stderr, "infonote: %s\n", fault);
        return status;
    }
    b->settings = (struct mail_settings){
        .date = options->has_date ? options->date : (int64_t)time(NULL),
        .seal = seal, .user = b};
    b->max_size = MAIL_MAX_SIZE;
    b->delivery.date = b->settings.date;
    if (fault || (size && !mail_read_size(size, &b->max_size))) {
        return cli_wrong_use(call, fault ? "%s" : "`--max-size` takes a size such as "
                             "10MB, not `%s`", fault ? fault : size);
    }
    if (!mail_delivery_allows(&b->delivery, options->standard)) {
        return cli_wrong_use(call, "an encrypted PDF cannot be PDF/A: --standard ua-1");
    }
    b->delivery.asked = options->standard;
    options->standard = mail_delivery_standard(&b->delivery, options->standard);
    b->sends = w.send != NULL;
    b->drafts = !b->sends;
    b->maker = (struct bulk_maker){.user = b, .mark = mark_of(b, &w),
                                   .ending = ".eml", .field = w.password_field,
                                   .option = "`--password-field`", .make = make};
    job->maker = &b->maker;
    return choose_post(b, call, job);
}

int mail_bulk(int argc, char **argv)
{
    struct bulk_mail b = {0};
    arena_init(&b.arena);
    struct cli_call call = {.arena = &b.arena};
    struct cli_bulk_parts parts = {&b, begin};
    char **words = NEW_ARRAY(&b.arena, char *, argc + 2); /* with the command's name */
    int status = CLI_WRONG_USE;
    words[0] = argv[0];
    words[1] = (char *)(uintptr_t)"bulk";
    memcpy(words + 2, argv + 1, (size_t)(argc - 1) * sizeof *words);
    if (cli_parse(&call, argc + 1, words)) {
        status = cli_bulk_run(&call, true, &parts);
    }
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fputs("infonote: cannot write to standard output\n", stderr);
        status = CLI_FAILED;
    }
    mail_delivery_done(&b.delivery);
    arena_done(&b.arena);
    return status;
}

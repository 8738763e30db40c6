/* SPDX-License-Identifier: MIT
 *
 * In: a message. Out: it is in its file, its Maildir, on its way: in this order, so that
 * what was sent is there to be looked at. */
#include "mail/options.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

static volatile sig_atomic_t caught; /* the signal, or 0 */

static void on_signal(int number)
{
    caught = number;
}

static bool is_stopped(void)
{
    return caught != 0;
}

static void tell(const struct mail_options *o, const struct mail_message *m,
                 const char *where)
{
    if (o->verbose) {
        fprintf(stderr, "%s: %zu bytes, %zu recipient%s -> %s\n", o->path, m->bytes.n,
                m->recipients.n, m->recipients.n == 1 ? "" : "s", where);
    }
}

static int write_to(const struct mail_options *o, const char *where, int error,
                    const struct mail_message *m)
{
    if (error) {
        fprintf(stderr, "infonote: cannot write `%s`: %s\n",
                strcmp(where, "-") == 0 ? "<stdout>" : where, strerror(error));
        return MAIL_FAILED;
    }
    tell(o, m, where);
    return MAIL_DONE;
}

/* A signal ends the sending as long as nothing is sent; then the answer is waited for. */
static enum smtp_outcome send_message(struct smtp_server *server,
                                      const struct mail_message *m, struct arena *a,
                                      struct smtp_result *said)
{
    struct sigaction action = {.sa_handler = on_signal};
    struct smtp_envelope envelope = {
        .from = m->sender, .to = m->recipients.v, .n = m->recipients.n};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    server->stopped = is_stopped;
    struct smtp *smtp = smtp_new(server, a);
    enum smtp_outcome outcome = smtp_send(smtp, &envelope, m->bytes, said);
    smtp_free(smtp);
    return outcome;
}

static int send_to(const struct mail_options *o, const struct mail_message *m,
                   struct arena *a)
{
    struct smtp_server server = o->delivery.server;
    struct smtp_result said;
    switch (send_message(&server, m, a, &said)) {
    case SMTP_SENT: tell(o, m, server.url); return MAIL_DONE;
    case SMTP_DOUBT:
        fprintf(stderr, "infonote: whether the message was sent is not known: %s; look "
                "there for its Message-ID before it is sent again: <%.*s>\n", said.text,
                STR_ARG(m->id));
        return MAIL_FAILED;
    case SMTP_STOPPED:
        fputs("infonote: stopped; nothing was sent\n", stderr);
        return 128 + (int)caught;
    default:
        fprintf(stderr, "infonote: nothing was sent%s: %s\n",
                said.tries > 1 ? ", after several tries" : "", said.text);
        return MAIL_FAILED;
    }
}

int mail_deliver(const struct mail_options *o, const struct mail_message *m,
                 struct arena *a)
{
    int status = MAIL_DONE;
    if (o->output) {
        status = write_to(o, o->output, mail_write_file(m, o->output, a), m);
    }
    if (o->maildir && status == MAIL_DONE) {
        int error = mail_write_maildir(m, o->maildir, a);
        status = write_to(o, o->maildir, error, m);
    }
    if (o->delivery.server.url && status == MAIL_DONE) {
        status = send_to(o, m, a);
    }
    return status;
}

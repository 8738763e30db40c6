/* SPDX-License-Identifier: MIT
 *
 * In: messages, in the order of the records. Out: what the server says to each. One
 * connection for all of them. Before the last byte of a message goes out, the journal
 * says so on the disk; after the server's answer, the answer. So a run that dies leaves
 * one message at most that nobody knows about, and the journal names it. */
#include "mail/post.h"

struct sender {
    struct arena *arena;
    const struct smtp_server *server;
    struct smtp *smtp; /* NULL: nothing was sent yet */
    struct diag_sink *sink;
    const struct bulk_intent *intent; /* of the message that is being sent */
    int error;                        /* of writing it */
};

/* --- Envelopes: lines, as no address has a line end --- */

str mail_envelope_text(const struct mail_message *m, struct arena *a)
{
    struct buf out;
    buf_init(&out, a);
    buf_put(&out, m->id);
    buf_char(&out, '\n');
    buf_put(&out, m->sender);
    for (size_t i = 0; i < m->recipients.n; i++) {
        buf_char(&out, '\n');
        buf_put(&out, m->recipients.v[i]);
    }
    return buf_str(&out);
}

static struct smtp_envelope read_envelope(str text, str *id, struct arena *a)
{
    VEC(str) to = {0};
    struct smtp_envelope e = {0};
    *id = str_cut(text, '\n', &text);
    e.from = str_cut(text, '\n', &text);
    while (text.n) {
        str next = str_cut(text, '\n', &text);
        vec_push(a, &to, next);
    }
    e.to = to.v;
    e.n = to.n;
    return e;
}

/* --- Sending --- */

static bool may_end(void *user)
{
    struct sender *s = user;
    s->error = s->intent->write(s->intent->run);
    return s->error == 0;
}

static void declined(void *user)
{
    struct sender *s = user;
    s->intent->withdraw(s->intent->run);
}

static void stop(struct sender *s, enum smtp_outcome outcome, const char *text)
{
    if (outcome == SMTP_NO_WAY) {
        diag_report(s->sink, DIAG_SYSTEM, PLACE_NONE,
                    "what was sent is in the report: go on with `--resume`",
                    "nothing more can be sent: %s", text);
    } else if (s->error) {
        diag_report(s->sink, DIAG_SYSTEM, PLACE_NONE, NULL,
                    "nothing is sent that the report cannot tell: it cannot be written");
    }
}

static bool take(void *user, struct bulk_result *r, const struct bulk_intent *intent,
                 struct arena *a)
{
    struct sender *s = user;
    struct smtp_result said;
    str id;
    struct smtp_envelope e = read_envelope(r->extra, &id, a);
    s->smtp = s->smtp ? s->smtp : smtp_new(s->server, s->arena);
    s->intent = intent;
    s->error = 0;
    e.user = s;
    e.may_end = may_end;
    e.declined = declined;
    enum smtp_outcome outcome = smtp_send(s->smtp, &e, r->pdf, &said);
    switch (outcome) {
    case SMTP_SENT: return true;
    case SMTP_REFUSED: r->outcome = BULK_REFUSED; break;
    case SMTP_LATER: r->outcome = BULK_FAILED; break;
    case SMTP_DOUBT: r->outcome = BULK_DOUBT; break;
    default: stop(s, outcome, said.text); return false;
    }
    r->reason = outcome == SMTP_DOUBT
        ? str_format(a, "%s; its Message-ID is <%.*s>", said.text, STR_ARG(id))
        : str_copy(a, str_from(said.text));
    return true;
}

static int close_sender(void *user, bool whole)
{
    struct sender *s = user;
    (void)whole;
    smtp_free(s->smtp);
    return 0;
}

struct bulk_post mail_post_send(const struct smtp_server *server, struct diag_sink *sink,
                                struct arena *a)
{
    struct sender *s = NEW(a, struct sender);
    *s = (struct sender){.arena = a, .server = server, .sink = sink};
    return (struct bulk_post){
        .user = s, .name = server->url, .take = take, .close = close_sender};
}

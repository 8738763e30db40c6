/* SPDX-License-Identifier: MIT
 *
 * In: an envelope and a message. Out: what became of it. The end of a message, a line
 * with a dot alone, goes out by itself when all before it is sent: until then the server
 * cannot have the message. After a no to an envelope the connection is kept (RSET). */
#include "mail/smtp.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "bulk/clock.h"
#include "mail/smtp_line.h"

enum {
    AHEAD = 50,   /* commands that are out before the first is answered */
    NAP = 100000, /* us between two looks at `stopped` */
};

struct smtp {
    const struct smtp_server *server;
    struct smtp_line line;
    const struct smtp_envelope *envelope;
    bool ended;   /* the end of the message is out */
    int final;    /* the code of the answer to it; 0: none */
    int64_t next; /* when the next message may begin, us */
};

static bool is_stopped(const struct smtp *s)
{
    return s->server->stopped && s->server->stopped();
}

struct smtp *smtp_new(const struct smtp_server *server, struct arena *a)
{
    struct smtp *s = NEW(a, struct smtp);
    s->server = server;
    curl_global_init(CURL_GLOBAL_DEFAULT);
    smtp_line_init(&s->line, server, a);
    return s;
}

void smtp_free(struct smtp *s)
{
    if (s) {
        smtp_line_close(&s->line, true);
        curl_global_cleanup();
    }
}

/* --- What is said --- */

/* A message on its way, as it is said. */
struct letter {
    const str *commands; /* MAIL, then RCPT for each recipient; with their line ends */
    size_t n;
    str body;            /* with its dots doubled; it ends a line */
    size_t size;         /* of the message itself */
};

/* A line that begins with a dot gets another one, which the server takes away. */
static str double_dots(str message, struct arena *a)
{
    struct buf out;
    buf_init(&out, a);
    while (message.n) {
        const char *end = memchr(message.p, '\n', message.n);
        size_t n = end ? (size_t)(end - message.p) + 1 : message.n;
        buf_puts(&out, message.p[0] == '.' ? "." : "");
        buf_put(&out, str_sub(message, 0, n));
        buf_puts(&out, end ? "" : "\r\n");
        message = str_sub(message, n, message.n);
    }
    return buf_str(&out);
}

static struct letter letter_of(const struct smtp_envelope *e, str message,
                               struct arena *a)
{
    str *commands = NEW_ARRAY(a, str, e->n + 1);
    commands[0] = str_format(a, "MAIL FROM:<%.*s>", STR_ARG(e->from));
    for (size_t i = 0; i < e->n; i++) {
        commands[i + 1] = str_format(a, "RCPT TO:<%.*s>\r\n", STR_ARG(e->to[i]));
    }
    return (struct letter){commands, e->n + 1, double_dots(message, a), message.n};
}

/* Several commands at once, if the server takes them so, then their answers. The first no
 * stays the answer; true if there is none. */
static bool say_together(struct smtp *s, const str *commands, size_t n, struct arena *a)
{
    struct smtp_line *l = &s->line;
    char reply[sizeof l->reply];
    struct buf all;
    int no = 0;
    buf_init(&all, a);
    for (size_t i = 0; i < n; i++) {
        buf_put(&all, commands[i]);
    }
    smtp_line_note(l, commands[0]);
    if (!smtp_line_put(l, buf_str(&all))) {
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        if (!no) {
            smtp_line_note(l, commands[i]);
        }
        int code = smtp_line_hear(l);
        if (!code) {
            return false;
        }
        if (!no && code / 100 != 2) {
            no = code;
            memcpy(reply, l->reply, sizeof reply);
        }
    }
    if (no) {
        l->code = no;
        memcpy(l->reply, reply, sizeof reply);
    }
    return !no;
}

static bool say_envelope(struct smtp *s, const struct letter *letter, struct arena *a)
{
    const struct smtp_line *l = &s->line;
    size_t ahead = l->pipelining ? AHEAD : 1;
    str *commands = NEW_ARRAY(a, str, letter->n);
    memcpy(commands, letter->commands, letter->n * sizeof *commands);
    commands[0] = l->sizes
        ? str_format(a, "%.*s SIZE=%zu\r\n", STR_ARG(commands[0]), letter->size)
        : str_format(a, "%.*s\r\n", STR_ARG(commands[0]));
    for (size_t i = 0; i < letter->n; i += ahead) {
        size_t left = letter->n - i;
        if (!say_together(s, commands + i, left < ahead ? left : ahead, a)) {
            return false;
        }
    }
    return true;
}

/* From its first command to the answer to its end; what is wrong is in `s`. */
static void say(struct smtp *s, const struct letter *letter, struct arena *a)
{
    const struct smtp_server *v = s->server;
    const struct smtp_envelope *e = s->envelope;
    struct smtp_line *l = &s->line;
    if (!say_envelope(s, letter, a)) {
        return;
    }
    smtp_line_note(l, STR("DATA"));
    if (!smtp_line_put(l, STR("DATA\r\n")) || smtp_line_hear(l) / 100 != 3 ||
        !smtp_line_put(l, letter->body)) {
        return;
    }
    if (is_stopped(s) || (e->may_end && !e->may_end(e->user))) {
        l->aborted = true;
        return;
    }
    s->ended = l->deaf = true;
    l->patience = v->final_timeout ? v->final_timeout : SMTP_FINAL_TIMEOUT;
    if (smtp_line_put(l, STR(".\r\n"))) {
        s->final = smtp_line_hear(l);
    }
}

/* --- One try --- */

/* Of the message or of a recipient, or of the whole way to the server. */
static bool concerns_message(const struct smtp *s)
{
    const char *command = s->line.command;
    return s->ended || strncmp(command, "MAIL", 4) == 0 ||
           strncmp(command, "RCPT", 4) == 0 || strncmp(command, "DATA", 4) == 0;
}

/* "Authentication required", and what is like it: no other message would fare better. */
static bool concerns_login(const struct smtp *s)
{
    int code = s->line.code;
    return code == 530 || code == 534 || code == 535 || code == 538;
}

/* Only such an answer says that a message was not taken over. */
static bool is_no(int code)
{
    return code / 100 == 4 || code / 100 == 5;
}

static enum smtp_outcome judge(const struct smtp *s)
{
    const struct smtp_line *l = &s->line;
    if (s->final / 100 == 2) {
        return SMTP_SENT;
    }
    if (s->ended && !is_no(s->final)) {
        return SMTP_DOUBT;
    }
    if (l->aborted) {
        return SMTP_STOPPED;
    }
    bool whole_way = l->nonsense || l->late || l->code == 421 || concerns_login(s);
    if (!whole_way && concerns_message(s) && is_no(l->code)) {
        return l->code / 100 == 5 ? SMTP_REFUSED : SMTP_LATER;
    }
    return SMTP_NO_WAY;
}

/* Whether the way to the server may be open later. */
static bool may_open(const struct smtp *s, CURLcode code)
{
    const struct smtp_line *l = &s->line;
    switch (code) {
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
        return false;
    case CURLE_USE_SSL_FAILED:
    case CURLE_LOGIN_DENIED:
        return l->code / 100 == 4;
    default:
        return l->code / 100 != 5 && !l->nonsense && !l->no_login;
    }
}

static void explain_refusal(const struct smtp *s, struct smtp_result *r)
{
    const char *what = s->ended ? "the message" : s->line.command;
    snprintf(r->text, sizeof r->text, "the server refused %s%s%s: %.300s",
             s->ended ? "" : "`", what, s->ended ? "" : "`", s->line.reply);
}

static void explain_way(const struct smtp *s, CURLcode code, struct smtp_result *r)
{
    const struct smtp_line *l = &s->line;
    const char *fault = *l->fault ? l->fault : curl_easy_strerror(code);
    size_t size = sizeof r->text;
    if (l->no_login) {
        snprintf(r->text, size, "the server takes no passwords");
    } else if (l->nonsense) {
        snprintf(r->text, size, "what answers is no mail server; it said `%.80s`",
                 l->reply);
    } else if (l->late || code == CURLE_OPERATION_TIMEDOUT) {
        snprintf(r->text, size, "the server does not answer%s%s%s",
                 *l->command ? " `" : "", l->command, *l->command ? "`" : "");
    } else if (code == CURLE_USE_SSL_FAILED && l->code / 100 == 2) {
        snprintf(r->text, size, "the server offers no TLS");
    } else if (code == CURLE_PEER_FAILED_VERIFICATION) {
        snprintf(r->text, size, "the server's certificate is not to be trusted: %.300s",
                 fault);
    } else if (code == CURLE_LOGIN_DENIED) {
        snprintf(r->text, size, "the server does not accept the name and the password: "
                 "%.300s", l->reply);
    } else if (l->code / 100 > 3 || (code == CURLE_OK && !*l->fault)) {
        snprintf(r->text, size, "the server does not want to talk: %.300s", l->reply);
    } else {
        snprintf(r->text, size, "no way to the server: %.300s", fault);
    }
    smtp_line_keep(r->text, size, str_from(r->text));
}

static void explain(const struct smtp *s, enum smtp_outcome outcome, CURLcode code,
                    struct smtp_result *r)
{
    r->code = s->line.code;
    *r->text = '\0';
    if (outcome == SMTP_REFUSED || outcome == SMTP_LATER) {
        explain_refusal(s, r);
    } else if (outcome == SMTP_NO_WAY) {
        explain_way(s, code, r);
    } else if (outcome == SMTP_DOUBT) {
        snprintf(r->text, sizeof r->text, "the server had the whole message and did not "
                 "say whether it took it over");
    }
}

/* The connection is for the next message, if the server has forgotten this one. */
static void keep_or_close(struct smtp *s, enum smtp_outcome outcome)
{
    struct smtp_line *l = &s->line;
    bool settled = outcome == SMTP_SENT || (s->ended && is_no(s->final));
    bool refused = !s->ended && (outcome == SMTP_REFUSED || outcome == SMTP_LATER);
    if (refused) {
        settled = smtp_line_put(l, STR("RSET\r\n")) && smtp_line_hear(l) / 100 == 2;
    }
    if (!settled || s->final == 421) {
        smtp_line_close(l, !l->late && !l->nonsense);
    }
}

/* A connection that was kept may have been left by the server in the meantime: then there
 * is nothing to wait for. */
static CURLcode say_on_line(struct smtp *s, const struct letter *letter, struct arena *a)
{
    struct smtp_line *l = &s->line;
    smtp_line_begin(l);
    if (smtp_line_is_open(l)) {
        say(s, letter, a);
        if (s->ended || strncmp(l->command, "MAIL", 4) != 0 ||
            !(l->code == 421 || (!l->code && *l->fault))) {
            return CURLE_OK;
        }
        smtp_line_begin(l);
    }
    smtp_line_close(l, false);
    CURLcode code = smtp_line_open(l);
    if (code == CURLE_OK) {
        say(s, letter, a);
    }
    return code;
}

static enum smtp_outcome try_once(struct smtp *s, const struct letter *letter,
                                  struct smtp_result *r, bool *again)
{
    struct arena scratch;
    arena_init(&scratch);
    s->ended = false;
    s->final = 0;
    CURLcode code = say_on_line(s, letter, &scratch);
    enum smtp_outcome outcome = judge(s);
    if (s->ended && is_no(s->final) && s->envelope->declined) {
        s->envelope->declined(s->envelope->user);
    }
    explain(s, outcome, code, r);
    *again = outcome == SMTP_LATER || (outcome == SMTP_NO_WAY && may_open(s, code));
    keep_or_close(s, outcome);
    arena_done(&scratch);
    return outcome;
}

/* --- All tries --- */

/* Until then; false: it was stopped. */
static bool rest_until(const struct smtp *s, int64_t end)
{
    int64_t left;
    while ((left = end - clock_microseconds()) > 0) {
        struct timespec t = {.tv_nsec = (long)(left < NAP ? left : NAP) * 1000};
        if (is_stopped(s)) {
            return false;
        }
        nanosleep(&t, NULL);
    }
    return !is_stopped(s);
}

/* Pauses are not made up for later: no burst follows them. */
static bool keep_pace(struct smtp *s)
{
    int64_t time = clock_microseconds();
    int64_t begin = s->next > time ? s->next : time;
    s->next = begin + s->server->pace;
    return rest_until(s, begin);
}

enum smtp_outcome smtp_send(struct smtp *s, const struct smtp_envelope *envelope,
                            str message, struct smtp_result *result)
{
    const struct smtp_server *v = s->server;
    struct arena scratch;
    arena_init(&scratch);
    struct letter letter = letter_of(envelope, message, &scratch);
    *result = (struct smtp_result){0};
    s->envelope = envelope;
    int64_t wait = v->wait ? v->wait : SMTP_WAIT;
    unsigned tries = v->retries < 0 ? 1 : (unsigned)(v->retries ? v->retries
                                                                : SMTP_RETRIES) + 1;
    enum smtp_outcome outcome = SMTP_STOPPED;
    for (bool again = keep_pace(s); again && result->tries < tries;) {
        if (result->tries && !rest_until(s, clock_microseconds() + wait * 1000)) {
            outcome = SMTP_STOPPED;
            break;
        }
        wait = result->tries && wait < SMTP_MAX_WAIT ? wait * 2 : wait;
        result->tries++;
        outcome = try_once(s, &letter, result, &again);
    }
    arena_done(&scratch);
    return outcome;
}

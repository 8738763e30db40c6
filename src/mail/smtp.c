/* SPDX-License-Identifier: MIT
 *
 * In: an envelope and a message. Out: what became of it. libcurl speaks; what it says and
 * hears passes by here (its debug and header functions), because three things must be
 * known that its own result does not tell: which command was refused, whether what
 * answers is a mail server at all, and whether the end of the message was out when the
 * connection broke.
 *
 * The last bytes of a message are handed over alone: they are asked for when all before
 * them is sent, so until then the server cannot have the end of the message. No piece
 * ends within or behind a line end: libcurl, which doubles dots there, may add a byte
 * where one is parted. */
#include "mail/smtp.h"

#include <curl/curl.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "bulk/clock.h"

enum {
    MAX_REPLY = 400,        /* bytes of an answer that are kept */
    MAX_REPLY_LINES = 1000, /* more is no answer */
    MAX_COMMAND = 300,
    TAIL = 3,               /* bytes that go last: a character and its line end */
    NAP = 100000,           /* us between two looks at `stopped` */
};

struct smtp {
    const struct smtp_server *server;
    struct arena *arena;
    CURL *curl;
    char *url;                /* with the name of this side */
    char fault[CURL_ERROR_SIZE];
    const struct smtp_envelope *envelope;
    str rest;                 /* of the message, not handed over yet */
    bool ended;               /* the last bytes are */
    char command[MAX_COMMAND]; /* the last one, without secrets */
    char reply[MAX_REPLY];    /* the last line of an answer */
    int code, lines;
    int final;                /* the code of the answer to the message; 0: none */
    bool leaving;             /* QUIT is out: what follows says nothing */
    bool nonsense, no_login;  /* why the header function gave up */
    bool secure, login;       /* TLS is on; the server takes passwords */
    bool aborted;             /* by `stopped`, by `may_end` */
    bool late;                /* by the same: no answer */
    int64_t heard;            /* when something last happened, ms */
    int64_t next;             /* when the next message may begin, us */
};

static bool is_stopped(const struct smtp *s)
{
    return s->server->stopped && s->server->stopped();
}

/* --- What passes by --- */

/* One line of printable text: what a server says may hold anything. */
static void keep_line(char *out, size_t size, const char *p, size_t n)
{
    size_t length = 0;
    for (size_t i = 0; i < n && length + 1 < size; i++) {
        unsigned char c = (unsigned char)p[i];
        if (c != '\r' && c != '\n') {
            out[length++] = c < 0x20 || c > 0x7E ? '?' : (char)c;
        }
    }
    out[length] = '\0';
}

static int limit_of(const struct smtp *s)
{
    const struct smtp_server *v = s->server;
    return s->ended ? v->final_timeout ? v->final_timeout : SMTP_FINAL_TIMEOUT
                    : v->timeout ? v->timeout : SMTP_TIMEOUT;
}

/* How long libcurl itself waits for an answer; that to QUIT, which it says when something
 * went wrong, too. */
static void set_patience(struct smtp *s, int seconds)
{
    curl_easy_setopt(s->curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, (long)seconds);
}

/* The bytes of the next piece; all that is left, if it is the last one. */
static size_t piece_of(str rest, size_t room)
{
    size_t n = rest.n > TAIL ? rest.n - TAIL : 0;
    n = n < room ? n : room;
    while (n && (rest.p[n - 1] == '\r' || rest.p[n - 1] == '\n')) {
        n--;
    }
    return n ? n : rest.n < room ? rest.n : room;
}

static size_t hand_over(char *out, size_t size, size_t count, void *user)
{
    struct smtp *s = user;
    size_t n = piece_of(s->rest, size * count);
    bool last = n == s->rest.n;
    s->heard = clock_milliseconds();
    if (last && !s->ended && s->envelope->may_end &&
        !s->envelope->may_end(s->envelope->user)) {
        s->aborted = true;
        return CURL_READFUNC_ABORT;
    }
    if (last) {
        s->ended = true;
        set_patience(s, limit_of(s) + 1);
    }
    if (n) {
        memcpy(out, s->rest.p, n);
        s->rest = str_sub(s->rest, n, s->rest.n);
    }
    return n;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The greeting of the side that is about to be given a password must offer that. */
static bool lacks_login(struct smtp *s, str line)
{
    str rest = line.n > 4 ? str_sub(line, 4, line.n) : STR_NONE;
    bool hello = strncmp(s->command, "EHLO", 4) == 0;
    s->login = s->login || (hello && (str_starts(rest, STR("AUTH ")) ||
                                      str_starts(rest, STR("auth "))));
    bool last = line.n < 4 || line.p[3] == ' ';
    return hello && last && s->code == 250 && s->server->user && s->secure && !s->login;
}

static size_t hear(char *p, size_t size, size_t count, void *user)
{
    struct smtp *s = user;
    size_t n = size * count;
    bool good = n >= 3 && is_digit(p[0]) && is_digit(p[1]) && is_digit(p[2]) &&
                (n == 3 || strchr(" -\r\n", p[3]));
    s->heard = clock_milliseconds();
    if (s->leaving) {
        return n;
    }
    keep_line(s->reply, sizeof s->reply, p, n);
    if (!good || ++s->lines > MAX_REPLY_LINES) {
        s->nonsense = true;
        return 0;
    }
    s->code = (p[0] - '0') * 100 + (p[1] - '0') * 10 + (p[2] - '0');
    if (n > 3 && p[3] == '-') {
        s->no_login = lacks_login(s, (str){p, n});
        return n;
    }
    s->lines = 0;
    s->final = s->ended ? s->code : 0;
    s->no_login = lacks_login(s, (str){p, n});
    if (strcmp(s->command, "STARTTLS") == 0 && s->code == 220) {
        s->secure = true;
        s->login = false; /* what was offered before it counts for nothing */
    }
    return s->no_login ? 0 : n;
}

/* Keeps the command that is answered next; of a login its first word alone. */
static int see(CURL *curl, curl_infotype type, char *p, size_t n, void *user)
{
    static const char *const SHOWN[] = {"EHLO", "HELO", "STARTTLS", "MAIL", "RCPT",
                                        "DATA", "RSET"};
    struct smtp *s = user;
    (void)curl;
    if (type != CURLINFO_HEADER_OUT) {
        return 0;
    }
    s->heard = clock_milliseconds();
    s->leaving = s->leaving || (n >= 4 && memcmp(p, "QUIT", 4) == 0);
    for (size_t i = 0; !s->leaving && i < sizeof SHOWN / sizeof *SHOWN; i++) {
        size_t length = strlen(SHOWN[i]);
        if (n >= length && memcmp(p, SHOWN[i], length) == 0) {
            keep_line(s->command, sizeof s->command, p, n);
            return 0;
        }
    }
    if (!s->leaving) {
        keep_line(s->command, sizeof s->command, "AUTH", 4);
    }
    return 0;
}

static int watch(void *user, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
    struct smtp *s = user;
    (void)a, (void)b, (void)c, (void)d;
    s->late = clock_milliseconds() - s->heard > (int64_t)limit_of(s) * 1000;
    if (is_stopped(s) && !s->ended) { /* else the answer is worth waiting for */
        s->aborted = true;
    }
    if (s->late || s->aborted) {
        set_patience(s, 1);
        return 1;
    }
    return 0;
}

/* --- The server --- */

static void set_up(struct smtp *s)
{
    const struct smtp_server *v = s->server;
    CURL *c = s->curl;
    curl_easy_setopt(c, CURLOPT_URL, s->url);
    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(c, CURLOPT_PROXY, ""); /* nobody else is asked */
    curl_easy_setopt(c, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    curl_easy_setopt(c, CURLOPT_USE_SSL, (long)(v->plain ? CURLUSESSL_NONE
                                                         : CURLUSESSL_ALL));
    curl_easy_setopt(c, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(c, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(c, CURLOPT_SSL_VERIFYHOST, 2L);
    if (v->ca) {
        curl_easy_setopt(c, CURLOPT_CAINFO, v->ca);
        curl_easy_setopt(c, CURLOPT_CAPATH, NULL);
    }
    if (v->user) {
        curl_easy_setopt(c, CURLOPT_USERNAME, v->user);
        curl_easy_setopt(c, CURLOPT_PASSWORD, v->password ? v->password : "");
    }
    curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT,
                     (long)(v->timeout ? v->timeout : SMTP_TIMEOUT));
    curl_easy_setopt(c, CURLOPT_ERRORBUFFER, s->fault);
    curl_easy_setopt(c, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(c, CURLOPT_READFUNCTION, hand_over);
    curl_easy_setopt(c, CURLOPT_READDATA, s);
    curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, hear);
    curl_easy_setopt(c, CURLOPT_HEADERDATA, s);
    curl_easy_setopt(c, CURLOPT_VERBOSE, 1L);
    curl_easy_setopt(c, CURLOPT_DEBUGFUNCTION, see);
    curl_easy_setopt(c, CURLOPT_DEBUGDATA, s);
    curl_easy_setopt(c, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(c, CURLOPT_XFERINFOFUNCTION, watch);
    curl_easy_setopt(c, CURLOPT_XFERINFODATA, s);
}

struct smtp *smtp_new(const struct smtp_server *server, struct arena *a)
{
    struct smtp *s = NEW(a, struct smtp);
    s->server = server;
    s->arena = a;
    curl_global_init(CURL_GLOBAL_DEFAULT);
    s->curl = curl_easy_init();
    if (!s->curl) {
        oom_report(1);
    }
    /* libcurl says the path of the URL as its name; its own choice, the machine's name,
     * is nobody's business. */
    const char *shown = server->name ? server->name : "[127.0.0.1]";
    char *name = curl_easy_escape(s->curl, shown, 0);
    size_t n = strlen(server->url);
    n -= n && server->url[n - 1] == '/';
    s->url = (char *)(uintptr_t)str_format(a, "%.*s/%s", (int)n, server->url, name).p;
    curl_free(name);
    set_up(s);
    return s;
}

void smtp_free(struct smtp *s)
{
    if (s) {
        set_patience(s, 1);
        curl_easy_cleanup(s->curl);
        curl_global_cleanup();
    }
}

/* --- One try --- */

/* Of the message or of a recipient, or of the whole way to the server. */
static bool concerns_message(const struct smtp *s)
{
    return s->ended || strncmp(s->command, "MAIL", 4) == 0 ||
           strncmp(s->command, "RCPT", 4) == 0 || strncmp(s->command, "DATA", 4) == 0;
}

/* "Authentication required", and what is like it: no other message would fare better. */
static bool concerns_login(const struct smtp *s)
{
    return s->code == 530 || s->code == 534 || s->code == 535 || s->code == 538;
}

/* Only such an answer says that a message was not taken over. */
static bool is_no(int code)
{
    return code / 100 == 4 || code / 100 == 5;
}

static enum smtp_outcome judge(struct smtp *s, CURLcode code)
{
    if (code == CURLE_OK || s->final / 100 == 2) {
        return SMTP_SENT;
    }
    if (s->ended && !is_no(s->final)) {
        return SMTP_DOUBT;
    }
    if (s->aborted) {
        return SMTP_STOPPED;
    }
    bool whole_way = s->nonsense || s->late || s->code == 421 || concerns_login(s);
    if (!whole_way && concerns_message(s) && is_no(s->code)) {
        return s->code / 100 == 5 ? SMTP_REFUSED : SMTP_LATER;
    }
    return SMTP_NO_WAY;
}

/* Whether the way to the server may be open later. */
static bool may_open(const struct smtp *s, CURLcode code)
{
    switch (code) {
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_WRITE_ERROR: /* `hear` gave up */
        return false;
    case CURLE_USE_SSL_FAILED:
    case CURLE_LOGIN_DENIED:
        return s->code / 100 == 4;
    default:
        return s->code / 100 != 5;
    }
}

static void explain_refusal(const struct smtp *s, struct smtp_result *r)
{
    const char *what = s->ended ? "the message" : s->command;
    snprintf(r->text, sizeof r->text, "the server refused %s%s%s: %.300s",
             s->ended ? "" : "`", what, s->ended ? "" : "`", s->reply);
}

static void explain_way(const struct smtp *s, CURLcode code, struct smtp_result *r)
{
    const char *fault = *s->fault ? s->fault : curl_easy_strerror(code);
    char line[CURL_ERROR_SIZE];
    keep_line(line, sizeof line, fault, strlen(fault));
    if (s->no_login) {
        snprintf(r->text, sizeof r->text, "the server takes no passwords");
    } else if (s->nonsense) {
        snprintf(r->text, sizeof r->text, "what answers is no mail server; it said "
                 "`%.80s`", s->reply);
    } else if (s->late || code == CURLE_OPERATION_TIMEDOUT) {
        snprintf(r->text, sizeof r->text, "the server does not answer%s%s%s",
                 *s->command ? " `" : "", s->command, *s->command ? "`" : "");
    } else if (code == CURLE_USE_SSL_FAILED && s->code / 100 == 2) {
        snprintf(r->text, sizeof r->text, "the server offers no TLS");
    } else if (code == CURLE_PEER_FAILED_VERIFICATION) {
        snprintf(r->text, sizeof r->text, "the server's certificate is not to be "
                 "trusted: %s", line);
    } else if (code == CURLE_LOGIN_DENIED) {
        snprintf(r->text, sizeof r->text, "the server does not accept the name and the "
                 "password: %.300s", s->reply);
    } else if (s->code / 100 > 3) {
        snprintf(r->text, sizeof r->text, "the server does not want to talk: %.300s",
                 s->reply);
    } else {
        snprintf(r->text, sizeof r->text, "no way to the server: %s", line);
    }
}

static enum smtp_outcome try_once(struct smtp *s, str message, struct smtp_result *r,
                                  bool *again)
{
    bool smtps = strncmp(s->url, "smtps:", 6) == 0;
    s->rest = message;
    s->ended = s->leaving = s->aborted = s->late = false;
    s->nonsense = s->no_login = s->login = false;
    s->secure = smtps || s->server->plain;
    s->code = s->lines = s->final = 0;
    *s->command = *s->reply = *s->fault = '\0';
    s->heard = clock_milliseconds();
    set_patience(s, limit_of(s) + 1);
    CURLcode code = curl_easy_perform(s->curl);
    enum smtp_outcome outcome = judge(s, code);
    if (s->ended && is_no(s->final) && s->envelope->declined) {
        s->envelope->declined(s->envelope->user);
    }
    r->code = s->code;
    *r->text = '\0';
    *again = outcome == SMTP_LATER;
    if (outcome == SMTP_REFUSED || outcome == SMTP_LATER) {
        explain_refusal(s, r);
    } else if (outcome == SMTP_NO_WAY) {
        explain_way(s, code, r);
        *again = may_open(s, code);
    } else if (outcome == SMTP_DOUBT) {
        snprintf(r->text, sizeof r->text, "the server had the whole message and did not "
                 "say whether it took it over");
    }
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

/* The slist's strings are copies. */
static struct curl_slist *list_of(const struct smtp_envelope *e, struct arena *a)
{
    struct curl_slist *list = NULL;
    for (size_t i = 0; i < e->n; i++) {
        const char *to = str_format(a, "<%.*s>", STR_ARG(e->to[i])).p;
        struct curl_slist *longer = curl_slist_append(list, to);
        if (!longer) {
            oom_report(1);
        }
        list = longer;
    }
    return list;
}

enum smtp_outcome smtp_send(struct smtp *s, const struct smtp_envelope *envelope,
                            str message, struct smtp_result *result)
{
    const struct smtp_server *v = s->server;
    struct arena scratch;
    arena_init(&scratch);
    struct curl_slist *to = list_of(envelope, &scratch);
    const char *from = str_format(&scratch, "<%.*s>", STR_ARG(envelope->from)).p;
    curl_easy_setopt(s->curl, CURLOPT_MAIL_FROM, from);
    curl_easy_setopt(s->curl, CURLOPT_MAIL_RCPT, to);
    curl_easy_setopt(s->curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)message.n);
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
        outcome = try_once(s, message, result, &again);
    }
    curl_easy_setopt(s->curl, CURLOPT_MAIL_RCPT, NULL);
    curl_slist_free_all(to);
    arena_done(&scratch);
    return outcome;
}

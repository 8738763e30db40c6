/* SPDX-License-Identifier: MIT
 *
 * In: a server. Out: a connection to it, and lines over it. While libcurl makes it, what
 * it says and hears passes by here (its debug and header functions), because it must be
 * known what was refused, and whether what answers is a mail server at all. */
#include "mail/smtp_line.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "bulk/clock.h"

enum {
    MAX_REPLY_LINES = 1000, /* more is no answer */
    NAP = 100,              /* ms between two looks at `stopped` */
};

/* What a server says may hold anything. */
void smtp_line_keep(char *out, size_t size, str line)
{
    size_t length = 0;
    for (size_t i = 0; i < line.n && length + 1 < size; i++) {
        unsigned char c = (unsigned char)line.p[i];
        if (c != '\r' && c != '\n') {
            out[length++] = c < 0x20 || c > 0x7E ? '?' : (char)c;
        }
    }
    out[length] = '\0';
}

void smtp_line_note(struct smtp_line *l, str command)
{
    smtp_line_keep(l->command, sizeof l->command, command);
}

/* --- Answers --- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool offers(str line, const char *what)
{
    size_t n = strlen(what);
    return line.n >= 4 + n && strncasecmp(line.p + 4, what, n) == 0 &&
           (line.n == 4 + n || strchr(" \r\n", line.p[4 + n]));
}

/* The greeting of the side that is about to be given a password must offer that. */
static void take_offer(struct smtp_line *l, str line, bool last)
{
    if (strncmp(l->command, "EHLO", 4) != 0) {
        return;
    }
    l->login = l->login || offers(line, "AUTH");
    l->pipelining = l->pipelining || offers(line, "PIPELINING");
    l->sizes = l->sizes || offers(line, "SIZE");
    l->no_login = last && l->code == 250 && l->server->user && l->secure && !l->login;
}

/* False: this is no answer. `*last`: it ends with this line. */
static bool take_line(struct smtp_line *l, str line, bool *last)
{
    const char *p = line.p;
    bool good = line.n >= 3 && is_digit(p[0]) && is_digit(p[1]) && is_digit(p[2]) &&
                (line.n == 3 || strchr(" -\r\n", p[3]));
    l->heard = clock_milliseconds();
    smtp_line_keep(l->reply, sizeof l->reply, line);
    if (!good || ++l->lines > MAX_REPLY_LINES) {
        l->nonsense = true;
        return false;
    }
    l->code = (p[0] - '0') * 100 + (p[1] - '0') * 10 + (p[2] - '0');
    *last = line.n == 3 || p[3] != '-';
    l->lines = *last ? 0 : l->lines;
    return true;
}

/* --- While libcurl connects --- */

static size_t hear(char *p, size_t size, size_t count, void *user)
{
    struct smtp_line *l = user;
    str line = {p, size * count};
    bool last;
    if (l->leaving) {
        return line.n;
    }
    if (!take_line(l, line, &last)) {
        return 0;
    }
    take_offer(l, line, last);
    if (last && strcmp(l->command, "STARTTLS") == 0 && l->code == 220) {
        l->secure = true; /* what was offered before it counts for nothing */
        l->login = l->pipelining = l->sizes = false;
    }
    return l->no_login ? 0 : line.n;
}

/* Keeps the command that is answered next; of a login its first word alone. */
static int see(CURL *curl, curl_infotype type, char *p, size_t n, void *user)
{
    static const char *const SHOWN[] = {"EHLO", "HELO", "STARTTLS"};
    struct smtp_line *l = user;
    str said = {p, n};
    (void)curl;
    if (type != CURLINFO_HEADER_OUT) {
        return 0;
    }
    l->heard = clock_milliseconds();
    l->leaving = l->leaving || str_starts(said, STR("QUIT"));
    for (size_t i = 0; !l->leaving && i < sizeof SHOWN / sizeof *SHOWN; i++) {
        if (str_starts(said, str_from(SHOWN[i]))) {
            smtp_line_note(l, said);
            return 0;
        }
    }
    if (!l->leaving) {
        smtp_line_note(l, STR("AUTH"));
    }
    return 0;
}

/* Whether there is a reason to give up. */
static bool gives_up(struct smtp_line *l)
{
    const struct smtp_server *v = l->server;
    l->late = clock_milliseconds() - l->heard > (int64_t)l->patience * 1000;
    l->aborted = !l->deaf && v->stopped && v->stopped();
    return l->late || l->aborted;
}

static int watch(void *user, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
    struct smtp_line *l = user;
    (void)a, (void)b, (void)c, (void)d;
    if (!gives_up(l)) {
        return 0;
    }
    curl_easy_setopt(l->curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, 1L); /* that to QUIT */
    return 1;
}

static void set_security(CURL *c, const struct smtp_server *v)
{
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
}

static void set_up(struct smtp_line *l)
{
    CURL *c = l->curl;
    curl_easy_setopt(c, CURLOPT_URL, l->url);
    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(c, CURLOPT_CONNECT_ONLY, 1L);
    curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(c, CURLOPT_PROXY, ""); /* nobody else is asked */
    curl_easy_setopt(c, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, (long)l->patience);
    curl_easy_setopt(c, CURLOPT_SERVER_RESPONSE_TIMEOUT, (long)l->patience + 1);
    curl_easy_setopt(c, CURLOPT_ERRORBUFFER, l->fault);
    curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, hear);
    curl_easy_setopt(c, CURLOPT_HEADERDATA, l);
    curl_easy_setopt(c, CURLOPT_VERBOSE, 1L);
    curl_easy_setopt(c, CURLOPT_DEBUGFUNCTION, see);
    curl_easy_setopt(c, CURLOPT_DEBUGDATA, l);
    curl_easy_setopt(c, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(c, CURLOPT_XFERINFOFUNCTION, watch);
    curl_easy_setopt(c, CURLOPT_XFERINFODATA, l);
    set_security(c, l->server);
}

/* --- The connection --- */

/* libcurl says the path of the URL as its name; its own choice, the machine's name, is
 * nobody's business. */
void smtp_line_init(struct smtp_line *l, const struct smtp_server *server,
                    struct arena *a)
{
    const char *shown = server->name ? server->name : "[127.0.0.1]";
    *l = (struct smtp_line){.server = server};
    char *name = curl_easy_escape(NULL, shown, 0);
    size_t n = strlen(server->url);
    n -= n && server->url[n - 1] == '/';
    l->url = str_format(a, "%.*s/%s", (int)n, server->url, name).p;
    curl_free(name);
}

void smtp_line_begin(struct smtp_line *l)
{
    const struct smtp_server *v = l->server;
    l->patience = v->timeout ? v->timeout : SMTP_TIMEOUT;
    l->deaf = l->nonsense = l->no_login = l->leaving = l->aborted = l->late = false;
    l->code = l->lines = 0;
    *l->command = *l->reply = *l->fault = '\0';
    l->heard = clock_milliseconds();
}

CURLcode smtp_line_open(struct smtp_line *l)
{
    l->secure = strncmp(l->url, "smtps:", 6) == 0 || l->server->plain;
    l->login = l->pipelining = l->sizes = false;
    l->n_in = 0;
    l->curl = curl_easy_init();
    if (!l->curl) {
        oom_report(1);
    }
    set_up(l);
    CURLcode code = curl_easy_perform(l->curl);
    if (code == CURLE_OK) {
        code = curl_easy_getinfo(l->curl, CURLINFO_ACTIVESOCKET, &l->socket);
    }
    if (code != CURLE_OK) {
        smtp_line_close(l, false);
    }
    return code;
}

bool smtp_line_is_open(const struct smtp_line *l)
{
    struct pollfd p = {.fd = l->socket, .events = POLLIN};
    return l->curl && !l->n_in && poll(&p, 1, 0) == 0;
}

void smtp_line_close(struct smtp_line *l, bool politely)
{
    size_t n;
    if (l->curl && politely) {
        curl_easy_send(l->curl, "QUIT\r\n", 6, &n);
    }
    curl_easy_cleanup(l->curl);
    l->curl = NULL;
    l->n_in = 0;
}

/* --- Lines --- */

/* Until the socket is ready, or there is a reason to give up. */
static bool wait_for(struct smtp_line *l, short events)
{
    struct pollfd p = {.fd = l->socket, .events = events};
    while (!gives_up(l)) {
        if (poll(&p, 1, NAP) > 0) {
            return true;
        }
    }
    return false;
}

static bool lose(struct smtp_line *l, CURLcode code)
{
    if (!*l->fault) {
        snprintf(l->fault, sizeof l->fault, "%s", code == CURLE_OK
                 ? "the server closed the connection" : curl_easy_strerror(code));
    }
    return false;
}

bool smtp_line_put(struct smtp_line *l, str bytes)
{
    l->heard = clock_milliseconds();
    while (bytes.n) {
        size_t n = 0;
        CURLcode code = curl_easy_send(l->curl, bytes.p, bytes.n, &n);
        if (code == CURLE_AGAIN || (code == CURLE_OK && !n)) {
            if (!wait_for(l, POLLOUT)) {
                return false;
            }
            continue;
        }
        if (code != CURLE_OK) {
            return lose(l, code);
        }
        l->heard = clock_milliseconds();
        bytes = str_sub(bytes, n, bytes.n);
        if (!l->deaf && gives_up(l)) {
            return false;
        }
    }
    return true;
}

static bool read_more(struct smtp_line *l)
{
    for (;;) {
        size_t n = 0, room = sizeof l->in - l->n_in;
        CURLcode code = curl_easy_recv(l->curl, l->in + l->n_in, room, &n);
        if (code == CURLE_OK && n) {
            l->n_in += n;
            return true;
        }
        if (code != CURLE_AGAIN) {
            return lose(l, code);
        }
        if (!wait_for(l, POLLIN)) {
            return false;
        }
    }
}

/* The next line, or what is too long for one. */
static bool read_line(struct smtp_line *l, char *out, size_t *n)
{
    const char *end;
    while ((end = memchr(l->in, '\n', l->n_in)) == NULL && l->n_in < sizeof l->in) {
        if (!read_more(l)) {
            return false;
        }
    }
    *n = end ? (size_t)(end - l->in) + 1 : l->n_in;
    memcpy(out, l->in, *n);
    l->n_in -= *n;
    memmove(l->in, l->in + *n, l->n_in);
    return true;
}

int smtp_line_hear(struct smtp_line *l)
{
    char line[SMTP_MAX_INPUT];
    size_t n;
    bool last = false;
    l->lines = l->code = 0;
    l->heard = clock_milliseconds();
    while (!last) {
        if (!read_line(l, line, &n)) {
            l->code = 0;
            return 0;
        }
        if (!take_line(l, (str){line, n}, &last)) {
            return 0;
        }
    }
    return l->code;
}

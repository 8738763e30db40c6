/* mail/smtp_line.h: the line to a server, for smtp.c.
 *
 * libcurl makes the connection: it finds the host, turns to TLS, looks at the
 * certificate, says who we are and logs in. Then it hands over (CURLOPT_CONNECT_ONLY):
 * its own way to send a message would not do, since it ends the connection when a
 * recipient is refused, and does not tell whether the end of a message was out when the
 * connection broke. So commands and messages are said here, and answers are read. */
#ifndef INFONOTE_MAIL_SMTP_LINE_H
#define INFONOTE_MAIL_SMTP_LINE_H

#include <curl/curl.h>

#include "mail/smtp.h"

enum {
    SMTP_MAX_REPLY = 400,   /* bytes of an answer that are kept */
    SMTP_MAX_COMMAND = 300,
    SMTP_MAX_INPUT = 4096,  /* a longer line is no answer */
};

struct smtp_line {
    const struct smtp_server *server;
    const char *url;       /* with the name of this side */
    CURL *curl;            /* NULL: there is no connection */
    curl_socket_t socket;
    char fault[CURL_ERROR_SIZE];
    char command[SMTP_MAX_COMMAND]; /* the last one, without secrets */
    char reply[SMTP_MAX_REPLY];     /* the last line of an answer */
    int code, lines;       /* of the answer */
    int patience;          /* seconds for an answer, for what is sent to go out */
    bool deaf;             /* to `stopped`: what is to come must be known */
    bool pipelining, sizes; /* the server takes several commands; wants to know sizes */
    bool nonsense, no_login; /* why it was given up: no answers; no passwords */
    bool secure, login;    /* TLS is on; the server takes passwords */
    bool leaving;          /* QUIT is out: what follows says nothing */
    bool aborted, late;    /* given up: by `stopped`; since nothing came */
    int64_t heard;         /* when something last happened, ms */
    char in[SMTP_MAX_INPUT]; /* that is no line yet */
    size_t n_in;
};

void smtp_line_init(struct smtp_line *l, const struct smtp_server *server,
                    struct arena *a);

/* Connects, and greets, and logs in. */
CURLcode smtp_line_open(struct smtp_line *l);

/* Whether it is open and the server has not taken leave of it since. */
bool smtp_line_is_open(const struct smtp_line *l);

/* With `politely`, the server is told, and not waited for. */
void smtp_line_close(struct smtp_line *l, bool politely);

/* Forgets what was said and heard before: a new try begins. */
void smtp_line_begin(struct smtp_line *l);

/* All of it is out of our hands; false: it cannot be. */
bool smtp_line_put(struct smtp_line *l, str bytes);

/* The code of the next answer; 0: none came, and none will. */
int smtp_line_hear(struct smtp_line *l);

/* Keeps what is answered next, for people. */
void smtp_line_note(struct smtp_line *l, str command);

/* One line of printable text, as long as there is room. */
void smtp_line_keep(char *out, size_t size, str line);

#endif

/* mail/smtp.h: messages to a server, each at most once.
 *
 * In:  a server's address, an envelope, the bytes of a message. Out: what became of it.
 * The policy, which no option weakens but the one that names it:
 *
 *     smtps://  TLS from the first byte.
 *     smtp://   STARTTLS; a server that does not offer it gets nothing.
 *     Both ask for a certificate that is valid for the host's name.
 *     plain     no TLS at all; then no password either, but to this machine itself.
 *
 * What is temporary (4xx, no connection, no answer) is tried again after a while that
 * doubles. What is final (5xx) is not. Once the last byte of a message is out, silence
 * says nothing about it: then it is in doubt, and not sent again here.
 *
 *     struct smtp *s = smtp_new(&server, &arena);
 *     switch (smtp_send(s, &envelope, message, &result)) { … }
 *     smtp_free(s); */
#ifndef INFONOTE_MAIL_SMTP_H
#define INFONOTE_MAIL_SMTP_H

#include "base/str.h"

enum {
    SMTP_TIMEOUT = 60,        /* seconds for a connection, an answer */
    SMTP_FINAL_TIMEOUT = 600, /* for the answer to a whole message, as RFC 5321 has it */
    SMTP_RETRIES = 6,         /* a minute, with these pauses */
    SMTP_WAIT = 1000,         /* ms before the second try */
    SMTP_MAX_WAIT = 120000,   /* ms between two tries */
};

/* Where to, and how. Zeroed, all but `url` have their defaults. */
struct smtp_server {
    const char *url;       /* "smtp://host:587"; smtp_read_url makes it */
    const char *user;      /* NULL: none */
    const char *password;  /* needed with a user */
    const char *ca;        /* a file of certificates to trust, instead of the system's */
    const char *name;      /* what this side says to be; NULL: an address, no name */
    bool plain;            /* without TLS */
    int timeout;           /* seconds; 0: SMTP_TIMEOUT */
    int final_timeout;     /* seconds; 0: SMTP_FINAL_TIMEOUT */
    int retries;           /* after the first try; negative: none; 0: SMTP_RETRIES */
    int wait;              /* ms; 0: SMTP_WAIT */
    int64_t pace;          /* us between the beginnings of two messages, at least */
    bool (*stopped)(void); /* whether to give up as soon as that is safe; NULL: never */
};

struct smtp_envelope {
    str from;      /* addresses alone: "ada@example.org"; empty: <> */
    const str *to;
    size_t n;      /* 1 at least */
    void *user;
    /* Asked when all but the last byte is out: from then on the server may take the
     * message over. False: it is not sent. NULL: true. */
    bool (*may_end)(void *user);
    /* Told when the server has said no, or not now, to the end: it was not taken over.
     * NULL: nobody asks. */
    void (*declined)(void *user);
};

enum smtp_outcome {
    SMTP_SENT,     /* the server has taken it over, for all recipients */
    SMTP_REFUSED,  /* 5xx: it does not want this message */
    SMTP_LATER,    /* 4xx for this message, at each try */
    SMTP_NO_WAY,   /* no server, no TLS, no login: no message would get through */
    SMTP_DOUBT,    /* the message is out, no answer came */
    SMTP_STOPPED,  /* by `stopped`, by `may_end`; it was not sent */
};

struct smtp_result {
    unsigned tries;
    int code;          /* the server's last, or 0 */
    char text[900];    /* for people: what was wrong; one line, UTF-8 */
};

/* Reads "smtp(s)://[user@]host[:port]" into `server`; the user may be an address itself.
 * Gives what is wrong with it, or NULL. */
const char *smtp_read_url(const char *url, struct smtp_server *server, struct arena *a);

/* Whether the host of a URL that smtp_read_url made is this machine itself. */
bool smtp_is_local(const char *url);

struct smtp;
struct smtp *smtp_new(const struct smtp_server *server, struct arena *a);
void smtp_free(struct smtp *s); /* takes leave of the server; may be NULL */

/* The connection is kept for the next message. */
enum smtp_outcome smtp_send(struct smtp *s, const struct smtp_envelope *envelope,
                            str message, struct smtp_result *result);

#endif

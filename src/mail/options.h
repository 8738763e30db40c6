/* mail/options.h: the command line of infonote-mail.
 *
 * `infonote mail` has checked that options are there and have what they need. */
#ifndef INFONOTE_MAIL_OPTIONS_H
#define INFONOTE_MAIL_OPTIONS_H

#include "mail/delivery.h"

struct mail_options {
    const char *path;            /* of the note */
    infonote_options note;       /* its lists end with NULL */
    const char *output;          /* "-": standard output; NULL: not into a file */
    infonote_format format;
    bool quiet, verbose;
    struct mail_settings message;
    struct mail_delivery delivery;
    size_t max_size;             /* bytes; a larger message is warned about */
    const char *maildir;         /* or NULL */
};

/* False if they are wrong, or a file that they name is; it has then said so on standard
 * error, and `*status` is the program's. */
bool mail_options_read(struct mail_options *o, int argc, char **argv, struct arena *a,
                       int *status);

/* deliver.c: puts the message everywhere it is wanted; gives the exit status, and has
 * said what went wrong. */
int mail_deliver(const struct mail_options *o, const struct mail_message *m,
                 struct arena *a);

#endif

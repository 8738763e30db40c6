/* mail/options.h: the command line of infonote-mail.
 *
 * `infonote mail` has checked that options are there and have what they need. */
#ifndef INFONOTE_MAIL_OPTIONS_H
#define INFONOTE_MAIL_OPTIONS_H

#include "mail/mail.h"

struct mail_options {
    const char *path;            /* of the note */
    infonote_options note;       /* its lists end with NULL */
    const char *output;          /* "-": standard output; NULL: none was named */
    const char *maildir;         /* NULL: none */
    infonote_format format;
    bool quiet, verbose;
    struct mail_settings message;
};

/* False if they are wrong, which it has then said on standard error. */
bool mail_options_read(struct mail_options *o, int argc, char **argv, struct arena *a);

#endif

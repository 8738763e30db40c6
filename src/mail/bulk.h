/* mail/bulk.h: `infonote bulk --mail`, a message for each record. */
#ifndef INFONOTE_MAIL_BULK_H
#define INFONOTE_MAIL_BULK_H

/* Main's arguments: the options of `bulk` and the template; gives the exit status. */
int mail_bulk(int argc, char **argv);

#endif

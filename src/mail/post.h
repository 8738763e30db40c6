/* mail/post.h: where the messages of a bulk run go, one after the other.
 *
 * In:  messages that workers have composed, each with its envelope. Out: they are sent,
 * or in a mailbox. Files need none of this: workers write them. */
#ifndef INFONOTE_MAIL_POST_H
#define INFONOTE_MAIL_POST_H

#include "bulk/bulk.h"
#include "mail/delivery.h"

/* The envelope as a text that goes from a worker to the post. */
str mail_envelope_text(const struct mail_message *m, struct arena *a);

/* A post that sends; all is in the arena. `sink` gets what ends the run. */
struct bulk_post mail_post_send(const struct smtp_server *server, struct diag_sink *sink,
                                struct arena *a);

/* One that makes an mbox (mboxrd) of drafts: it takes its place when it is whole; "-": on
 * standard output, as it is made. `date` stands in front of each message. */
struct bulk_post mail_post_mbox(const char *path, int64_t date, struct diag_sink *sink,
                                struct arena *a);

/* One that puts drafts into a Maildir, which is made if it is not there. */
struct bulk_post mail_post_maildir(const char *path, int64_t date, struct diag_sink *sink,
                                   struct arena *a);

#endif

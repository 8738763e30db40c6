/* SPDX-License-Identifier: MIT
 *
 * In: drafts, in the order of the records. Out: files of a Maildir. A name is made from
 * what is in the message, so one that a run put there before it was cut off, and that its
 * journal does not know, is not there twice. */
#include "mail/post.h"

#include <inttypes.h>
#include <string.h>

#include "base/sha256.h"

struct maildir {
    const char *path;
    int64_t date;
    struct diag_sink *sink;
};

static bool take(void *user, struct bulk_result *r, const struct bulk_intent *intent,
                 struct arena *a)
{
    struct maildir *m = user;
    char digest[65];
    (void)intent;
    str_sha256(r->pdf, digest);
    str name = str_format(a, "%" PRId64 ".%.40s.infonote", m->date, digest);
    int error = mail_put_maildir(r->pdf, name, m->path, a);
    if (error) {
        diag_report(m->sink, DIAG_CANNOT_WRITE, PLACE_NONE, NULL,
                    "cannot write the Maildir `%s`: %s", m->path, strerror(error));
    }
    return error == 0;
}

static int close_maildir(void *user, bool whole)
{
    (void)user, (void)whole;
    return 0;
}

struct bulk_post mail_post_maildir(const char *path, int64_t date, struct diag_sink *sink,
                                   struct arena *a)
{
    struct maildir *m = NEW(a, struct maildir);
    *m = (struct maildir){path, date, sink};
    return (struct bulk_post){
        .user = m, .name = path, .take = take, .close = close_maildir};
}

/* mail/mail.h: infonote-mail, the note as a message with its PDF attached.
 *
 * In:  a note that was loaded. Out: a composed message: bytes, and the envelope they
 * travel in. Composing knows nothing of where the message goes; delivering (a file, a
 * Maildir, a server) knows nothing of what is in it.
 *
 *     struct mail_message m;
 *     if (mail_compose(note, &settings, &arena, &m)) {
 *         error = mail_write_file(&m, "note.eml", &arena);
 *     }
 *
 * A program of its own, because GMime is more than all that rendering needs; `infonote
 * mail` runs it. */
#ifndef INFONOTE_MAIL_MAIL_H
#define INFONOTE_MAIL_MAIL_H

#include "base/str.h"
#include "base/vec.h"
#include "infonote.h"

enum mail_status { /* the program's exit status, as infonote's */
    MAIL_DONE = 0,
    MAIL_INVALID = 1,
    MAIL_WRONG_USE = 2,
    MAIL_FAILED = 3,
};

enum { MAIL_MAX_SIZE = 10000000 }; /* bytes that nearly all servers take */

/* What composing needs besides the note. */
struct mail_settings {
    int64_t date;    /* seconds since 1970, UTC */
    uint64_t record; /* the number of the one that it is made of: two that are the same
                        are two messages; 0: none */
    /* Gives what is attached in place of the PDF; empty: it cannot be, and why. NULL: the
     * PDF itself. */
    str (*seal)(void *user, str pdf, struct arena *a, const char **fault);
    void *user;
};

/* A part that may be heavy: what people call it, and its bytes in the message. */
struct mail_part {
    str name;
    size_t bytes;
};

/* A composed message. All of it lives in the arena that it was composed in. */
struct mail_message {
    str bytes;  /* as a server is given it: lines end with CR LF and have at most 998
                   bytes; no Bcc. Leading dots are the transport's business */
    str bcc;    /* the lines of the Bcc header that a draft has besides; or empty */
    str id;     /* its Message-ID, without < and >: the same for the same message */
    int64_t date; /* as in the settings */
    str sender; /* envelope: where errors go, an address in ASCII; empty: `from` was not
                   given, and only a program that fills it in can send the message */
    VEC(str) recipients; /* envelope: to, cc, bcc, each mailbox once, in ASCII */
    VEC(struct mail_part) parts; /* as they are in `bytes`, encoded */
};

/* Makes the message that `infonote_email_of(note)` describes, from that note. False if
 * it cannot be made, which the note's reports then say. May be called for many notes;
 * bytes depend on the note and the settings alone. */
bool mail_compose(infonote_note *note, const struct mail_settings *settings,
                  struct arena *a, struct mail_message *out);

/* Text as it travels (quoted.c): its lines end with CR LF, and keep what they hold. */
str mail_quoted_printable(str text, struct arena *a);

/* --- Sizes (size.c) --- */

/* "10MB", "600KB", "45000": decimal, as mail servers count; false if it is none. */
bool mail_read_size(const char *text, size_t *out);

/* Warns about a message of more than `most` bytes, and names its heaviest parts. To be
 * asked when the message is as it will be sent. */
void mail_check_size(infonote_note *note, size_t most, const struct mail_message *m,
                     struct arena *a);

/* --- Out (write.c, maildir.c); each gives 0 or errno --- */

/* The message as a draft: what `sendmail -t` and mail programs take. Lines end as in
 * files, with LF; a Bcc header stands in it, which the sending program takes out. */
str mail_draft(const struct mail_message *m, struct arena *a);

/* The draft, whole or not at all; "-": standard output. */
int mail_write_file(const struct mail_message *m, const char *path, struct arena *a);

/* The draft as a new message of a Maildir, which is made if it is not there. */
int mail_write_maildir(const struct mail_message *m, const char *folder, struct arena *a);

/* A draft under this name in a Maildir, likewise; one that has it already is the same. On
 * the disk when this returns. */
int mail_put_maildir(str draft, str name, const char *folder, struct arena *a);

/* --- Addresses (mailbox.c) --- */

/* "name@host" with its host in ASCII (IDNA 2008); empty, and `*reason`, if that cannot
 * be. */
str mail_ascii_mailbox(str mailbox, struct arena *a, const char **reason);

#endif

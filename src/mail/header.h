/* mail/header.h: values of headers, in ASCII and folded.
 *
 * In:  texts in any script. Out: what RFC 5322 lets stand in a header: RFC 2047's encoded
 * words for what is not ASCII, or would be taken for one of them; each at most 75
 * characters, each line with one at most 76, none begun or ended within a character, nor
 * within what is seen as one, where that fits into a word. Names of files are written as
 * RFC 2231 has it.
 *
 * A value begins behind the colon, with a blank; its lines end with LF: as GMime takes
 * values that it shall not touch.
 *
 *     struct header h;
 *     header_begin(&h, &arena, "Subject");
 *     header_put_text(&h, subject);
 *     value = header_end(&h); */
#ifndef INFONOTE_MAIL_HEADER_H
#define INFONOTE_MAIL_HEADER_H

#include "base/buf.h"

struct header {
    struct buf out;
    size_t column;      /* where the line goes on, from 0 */
    bool any;           /* an address is there already */
    struct arena *arena;
};

void header_begin(struct header *h, struct arena *a, const char *name);
str header_end(struct header *h); /* ends with NUL, which does not count */

/* What is in ASCII and is not folded. */
void header_put_value(struct header *h, str value);

/* Any text on one line, as a subject is. */
void header_put_text(struct header *h, str text);

/* One address more of a list. `mailbox` is ASCII; `name` any text, or empty. */
void header_put_address(struct header *h, str name, str mailbox);

/* A parameter of Content-Disposition, `filename`, that is a name in any script. */
void header_put_filename(struct header *h, str name);

/* A parameter of Content-Type, `name`, for programs that cannot read the former: letters
 * lose their accents, what has no letters in ASCII is `_`. */
void header_put_plain_name(struct header *h, str name);

#endif

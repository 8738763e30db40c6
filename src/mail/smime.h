/* mail/smime.h: messages that are signed (S/MIME, RFC 8551).
 *
 * In:  a message as it would be sent, with CRLF at its lines' ends. Out: the same headers
 * but for those of its content, then multipart/signed: the content as it was, which any
 * reader shows, and the signature beside it. */
#ifndef INFONOTE_MAIL_SMIME_H
#define INFONOTE_MAIL_SMIME_H

#include "mail/sign.h"

/* Appends the signed message; false: `*fault` says why. */
bool smime_sign(const struct sign_key *k, str message, struct buf *out,
                const char **fault);

#endif

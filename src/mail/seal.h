/* mail/seal.h: PDFs that are signed, encrypted, or both.
 *
 * In:  a PDF of this program. Out: the same, written again by qpdf. Signed: a signature
 * field that is not seen, PAdES baseline B-B (ETSI.CAdES.detached) over the whole file;
 * what was PDF/A and PDF/UA still is. Encrypted: AES-256 (revision 6); opened by the
 * password alone, everything allowed then, screen readers too. PDF/A forbids that, so the
 * file must not claim it.
 *
 * Signed files are the same for the same input; encrypted ones never are. */
#ifndef INFONOTE_MAIL_SEAL_H
#define INFONOTE_MAIL_SEAL_H

#include "mail/sign.h"

enum { SEAL_MAX_PASSWORD = 127 }; /* bytes; revision 6 cuts longer ones off */

struct seal {
    const struct sign_key *key; /* NULL: not signed */
    const char *password;       /* NULL: not encrypted; else not empty */
    int64_t date;               /* of the signature, seconds since 1970 */
};

/* Appends the sealed file; false: `*fault` says why, in the arena of `out`. */
bool seal_pdf(const struct seal *s, str pdf, struct buf *out, const char **fault);

/* What is wrong with a password, or NULL. */
const char *seal_password_fault(str password);

#endif

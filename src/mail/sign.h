/* mail/sign.h: signatures over bytes, by OpenSSL.
 *
 * In:  a key and its certificate, read once; slices. Out: a detached CMS signature (DER)
 * of all of them in turn, SHA-256, with the certificates of the file and the signing
 * certificate named in it (ESS, v2), as PAdES baseline B-B and S/MIME want it. No time is
 * in it: the same bytes and an RSA key give the same signature. */
#ifndef INFONOTE_MAIL_SIGN_H
#define INFONOTE_MAIL_SIGN_H

#include "base/buf.h"

enum { SIGN_MAX_FILE = 1 << 20 }; /* bytes of a key, of certificates */

struct sign_key;

/* Reads a key (PEM; encrypted, with the password) and the file of its certificate, behind
 * which those stand that lead to a root. NULL: `*fault` says why, in the arena. */
struct sign_key *sign_key_load(const char *key, const char *cert, const char *password,
                               struct arena *a, const char **fault);
void sign_key_free(struct sign_key *k); /* may be NULL */

/* The most bytes that a signature of this key takes. */
size_t sign_room(const struct sign_key *k);

/* Appends the signature; false: OpenSSL could not make it, `*fault` says why. */
bool sign_slices(const struct sign_key *k, const str *slices, size_t n, struct buf *out,
                 const char **fault);

#endif

/* text/sha256.h: SHA-256 (FIPS 180-4), for the checksums in fonts/. */
#ifndef INFONOTE_TEXT_SHA256_H
#define INFONOTE_TEXT_SHA256_H

#include "base/str.h"

/* Writes the digest of `bytes` as 64 hexadecimal digits and a NUL. */
void text_sha256(str bytes, char out[65]);

#endif

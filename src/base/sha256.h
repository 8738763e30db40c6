/* base/sha256.h: SHA-256 (FIPS 180-4), for checksums and for the ID of a file. */
#ifndef INFONOTE_BASE_SHA256_H
#define INFONOTE_BASE_SHA256_H

#include "base/str.h"

/* Writes the digest of `bytes` as 64 hexadecimal digits and a NUL. */
void str_sha256(str bytes, char out[65]);

#endif

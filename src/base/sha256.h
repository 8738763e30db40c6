/* base/sha256.h: SHA-256 (FIPS 180-4), for checksums and for the ID of a file. */
#ifndef INFONOTE_BASE_SHA256_H
#define INFONOTE_BASE_SHA256_H

#include "base/str.h"

/* A digest of what comes in pieces. */
struct sha256 {
    uint32_t state[8];
    uint64_t n;              /* bytes so far */
    unsigned char block[64]; /* those that fill no block yet */
};

void sha256_init(struct sha256 *h);
void sha256_add(struct sha256 *h, str bytes);
void sha256_end(struct sha256 *h, unsigned char out[32]);

/* 64 hexadecimal digits and a NUL. */
void sha256_hex(const unsigned char digest[32], char out[65]);

/* Writes the digest of `bytes` as 64 hexadecimal digits and a NUL. */
void str_sha256(str bytes, char out[65]);

#endif

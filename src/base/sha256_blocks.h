/* base/sha256_blocks.h: what the ways to compute SHA-256 share; only they include it. */
#ifndef INFONOTE_BASE_SHA256_BLOCKS_H
#define INFONOTE_BASE_SHA256_BLOCKS_H

#include <stddef.h>
#include <stdint.h>

/* Takes `n` blocks of 64 bytes into the eight words of the state. */
typedef void str_sha256_take(uint32_t state[8], const unsigned char *p, size_t n);

extern const uint32_t STR_SHA256_K[64];

str_sha256_take str_sha256_plain;

/* By the processor's own instructions; NULL if it has none. */
str_sha256_take *str_sha256_x86(void);

#endif

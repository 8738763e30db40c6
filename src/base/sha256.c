/* SPDX-License-Identifier: MIT
 *
 * FIPS 180-4, section 6.2: blocks of 64 bytes change eight words. Where the processor has
 * instructions for it, sha256_x86.c takes them. */
#include "base/sha256.h"

#include <string.h>

#include "base/sha256_blocks.h"

const uint32_t STR_SHA256_K[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4,
    0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe,
    0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f,
    0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7,
    0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc,
    0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
    0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116,
    0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
    0xc67178f2,
};

static uint32_t rotate(uint32_t x, unsigned n)
{
    return x >> n | x << (32 - n);
}

static void spread(const unsigned char *p, uint32_t w[64])
{
    for (int i = 0; i < 16; i++, p += 4) {
        w[i] = (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
    }
    for (int i = 16; i < 64; i++) {
        uint32_t a = w[i - 15], b = w[i - 2];
        w[i] = w[i - 16] + w[i - 7] + (rotate(a, 7) ^ rotate(a, 18) ^ a >> 3) +
               (rotate(b, 17) ^ rotate(b, 19) ^ b >> 10);
    }
}

/* Word `k` of the eight is where the words stood `i` steps ago: they move on by one with
 * every step, and moving an index costs nothing when the loop is unrolled. */
#define WORD(k) s[((k) - i) & 7]

static void take_block(uint32_t state[8], const unsigned char *p)
{
    uint32_t w[64], s[8];
    spread(p, w);
    memcpy(s, state, sizeof s);
    for (unsigned step = 0; step < 64; step += 8) {
#pragma GCC unroll 8
        for (unsigned i = 0; i < 8; i++) {
            uint32_t e = WORD(4), a = WORD(0);
            uint32_t one = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
            uint32_t choice = (e & WORD(5)) ^ (~e & WORD(6));
            uint32_t key = STR_SHA256_K[step + i] + w[step + i];
            uint32_t first = WORD(7) + one + choice + key;
            uint32_t zero = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
            uint32_t most = (a & WORD(1)) ^ (a & WORD(2)) ^ (WORD(1) & WORD(2));
            WORD(3) += first;
            WORD(7) = first + zero + most;
        }
    }
    for (int i = 0; i < 8; i++) {
        state[i] += s[i];
    }
}

void str_sha256_plain(uint32_t state[8], const unsigned char *p, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        take_block(state, p + 64 * i);
    }
}

void sha256_init(struct sha256 *h)
{
    *h = (struct sha256){.state = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                   0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19}};
}

static void take(struct sha256 *h, const void *bytes, size_t blocks)
{
    str_sha256_take *take_blocks = str_sha256_x86();
    (take_blocks ? take_blocks : str_sha256_plain)(h->state, bytes, blocks);
}

void sha256_add(struct sha256 *h, str bytes)
{
    size_t held = (size_t)(h->n % sizeof h->block), at = 0;
    h->n += bytes.n;
    if (bytes.n == 0) {
        return;
    }
    if (held) {
        at = sizeof h->block - held < bytes.n ? sizeof h->block - held : bytes.n;
        memcpy(h->block + held, bytes.p, at);
        if (held + at < sizeof h->block) {
            return;
        }
        take(h, h->block, 1);
    }
    size_t whole = (bytes.n - at) / sizeof h->block;
    take(h, bytes.p + at, whole);
    at += whole * sizeof h->block;
    if (at < bytes.n) {
        memcpy(h->block, bytes.p + at, bytes.n - at);
    }
}

void sha256_end(struct sha256 *h, unsigned char out[32])
{
    unsigned char last[2 * sizeof h->block] = {0};
    size_t rest = (size_t)(h->n % sizeof h->block);
    memcpy(last, h->block, rest);
    last[rest] = 0x80;
    size_t size = rest < 56 ? 64 : 128;
    for (size_t i = 0; i < 8; i++) {
        last[size - 1 - i] = (unsigned char)(h->n * 8 >> (8 * i));
    }
    take(h, last, size / 64);
    for (size_t i = 0; i < 32; i++) {
        out[i] = (unsigned char)(h->state[i / 4] >> (24 - 8 * (i % 4)));
    }
}

void sha256_hex(const unsigned char digest[32], char out[65])
{
    for (size_t i = 0; i < 64; i++) {
        out[i] = "0123456789abcdef"[digest[i / 2] >> (i % 2 ? 0 : 4) & 15];
    }
    out[64] = '\0';
}

void str_sha256(str bytes, char out[65])
{
    struct sha256 h;
    unsigned char digest[32];
    sha256_init(&h);
    sha256_add(&h, bytes);
    sha256_end(&h, digest);
    sha256_hex(digest, out);
}

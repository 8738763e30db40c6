/* SPDX-License-Identifier: MIT
 *
 * In: a message, a key. Out: the message, signed. Its headers are parted: those of the
 * content (Content-…) go into the first part, which is what is signed, byte for byte; all
 * others stay in front. The boundary is a hash of the message, so the same message is
 * signed to the same bytes. */
#include "mail/smime.h"

#include <string.h>
#include <strings.h>

#include "base/sha256.h"

enum { BASE64_LINE = 57 }; /* bytes that make 76 characters */

/* The next header with its folded lines and its line end, or nothing: behind the empty
 * line, `*rest` is the body. */
static str next_header(str *rest)
{
    size_t end = 0;
    do {
        const char *p = memchr(rest->p + end, '\n', rest->n - end);
        end = p ? (size_t)(p - rest->p) + 1 : rest->n;
    } while (end < rest->n && (rest->p[end] == ' ' || rest->p[end] == '\t'));
    str header = str_sub(*rest, 0, end);
    *rest = str_sub(*rest, end, rest->n);
    return header.n > 2 ? header : STR_NONE;
}

static bool is_of_content(str header)
{
    return header.n > 8 && strncasecmp(header.p, "Content-", 8) == 0;
}

static void put_base64(struct buf *out, str bytes)
{
    static const char DIGITS[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < bytes.n; i += 3) {
        size_t n = bytes.n - i < 3 ? bytes.n - i : 3;
        uint32_t v = 0;
        for (size_t k = 0; k < 3; k++) {
            v = v << 8 | (k < n ? (unsigned char)bytes.p[i + k] : 0);
        }
        for (size_t k = 0; k < 4; k++) {
            buf_char(out, k <= n ? DIGITS[v >> (18 - 6 * k) & 63] : '=');
        }
        if ((i + 3) % BASE64_LINE == 0 || i + 3 >= bytes.n) {
            buf_puts(out, "\r\n");
        }
    }
}

static void put_head(struct buf *out, const char *boundary)
{
    buf_puts(out, "Content-Type: multipart/signed; "
                  "protocol=\"application/pkcs7-signature\";\r\n"
                  " micalg=sha-256; boundary=\"");
    buf_puts(out, boundary);
    buf_puts(out, "\"\r\n\r\nThis message is signed (S/MIME).\r\n\r\n--");
    buf_puts(out, boundary);
    buf_puts(out, "\r\n");
}

static void put_signature(struct buf *out, const char *boundary, str signature)
{
    buf_puts(out, "\r\n--");
    buf_puts(out, boundary);
    buf_puts(out, "\r\nContent-Type: application/pkcs7-signature; name=\"smime.p7s\"\r\n"
                  "Content-Transfer-Encoding: base64\r\n"
                  "Content-Disposition: attachment; filename=\"smime.p7s\"\r\n"
                  "Content-Description: S/MIME signature\r\n\r\n");
    put_base64(out, signature);
    buf_puts(out, "--");
    buf_puts(out, boundary);
    buf_puts(out, "--\r\n");
}

/* The message's digest, and what is no line of base64 and of no text a person writes. */
static void make_boundary(str message, char out[80])
{
    char digest[65];
    str_sha256(message, digest);
    memcpy(out, "=_signed-", 9);
    memcpy(out + 9, digest, 32);
    out[41] = '\0';
}

bool smime_sign(const struct sign_key *k, str message, struct buf *out,
                const char **fault)
{
    struct arena scratch;
    struct buf content, signature;
    char boundary[80];
    str rest = message, header;
    arena_init(&scratch);
    buf_init(&content, &scratch);
    buf_init(&signature, &scratch);
    while (rest.n && (header = next_header(&rest)).n) {
        buf_put(is_of_content(header) ? &content : out, header);
    }
    buf_puts(&content, "\r\n");
    buf_put(&content, rest);
    str part = buf_str(&content);
    make_boundary(message, boundary);
    bool good = sign_slices(k, &part, 1, &signature, fault);
    if (good) {
        put_head(out, boundary);
        buf_put(out, part);
        put_signature(out, boundary, buf_str(&signature));
    }
    arena_done(&scratch);
    return good;
}

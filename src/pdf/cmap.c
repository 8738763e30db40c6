/* SPDX-License-Identifier: MIT
 *
 * ToUnicode maps (ISO 32000-1, 9.10.3). Codes whose texts are consecutive characters make
 * a range; neither a range of codes nor its characters may cross a change of the high
 * byte. A block holds at most 100 entries. A text that no map may hold becomes a
 * zero-width space. */
#include "pdf/font.h"

#include "base/utf8.h"

enum { BLOCK_MAX = 100 };

struct entry {
    uint16_t first, last; /* codes */
    str text;             /* of the first */
};

struct entries {
    struct entry *v;
    size_t n;
    int bytes; /* of a code */
};

static void put_hex(struct buf *b, const uint8_t *bytes, size_t n)
{
    static const char DIGITS[] = "0123456789abcdef";
    buf_char(b, '<');
    for (size_t i = 0; i < n; i++) {
        buf_char(b, DIGITS[bytes[i] >> 4]);
        buf_char(b, DIGITS[bytes[i] & 15]);
    }
    buf_char(b, '>');
}

static void put_code(struct buf *b, uint16_t code, int bytes)
{
    const uint8_t be[2] = {(uint8_t)(code >> 8), (uint8_t)code};
    put_hex(b, be + 2 - bytes, (size_t)bytes);
}

/* No map may hold U+0000 or U+FEFF, nor U+FFFE. */
static void put_target(struct buf *b, str text)
{
    struct buf clean;
    buf_init(&clean, b->arena);
    for (size_t at = 0; at < text.n;) {
        uint32_t c = utf8_next(text, &at);
        if (c != 0 && c != 0xFEFF && c != 0xFFFE) {
            buf_code_point(&clean, c);
        }
    }
    if (!clean.n) {
        buf_code_point(&clean, 0x200B);
    }
    str wide = utf8_to_utf16be(b->arena, buf_str(&clean), false);
    put_hex(b, (const uint8_t *)wide.p, wide.n);
}

/* The only character of a text, if it is one of the Basic Multilingual Plane; else 0. */
static uint32_t single(str text)
{
    size_t at = 0;
    uint32_t c = text.n ? utf8_next(text, &at) : 0;
    return at == text.n && c <= 0xFFFF ? c : 0;
}

static bool continues(const struct entry *e, const struct pdf_char *g)
{
    uint32_t first = single(e->text), c = single(g->text);
    uint32_t n = (uint32_t)(g->code - e->first);
    return first && g->code == e->last + 1 && c == first + n &&
           g->code >> 8 == e->first >> 8 && c >> 8 == first >> 8 && c != 0xFFFE;
}

static struct entries gather(struct arena *a, const struct pdf_char *chars, size_t n,
                             int bytes)
{
    struct entries all = {NEW_ARRAY(a, struct entry, n + 1), 0, bytes};
    for (size_t i = 0; i < n; i++) {
        const struct pdf_char *g = &chars[i];
        if (all.n && continues(&all.v[all.n - 1], g)) {
            all.v[all.n - 1].last = g->code;
        } else {
            all.v[all.n++] = (struct entry){g->code, g->code, g->text};
        }
    }
    return all;
}

/* Writes all entries that are ranges, or all that are not. */
static void put_blocks(struct buf *b, const struct entries *all, bool ranges)
{
    size_t left = 0, in_block = 0;
    for (size_t i = 0; i < all->n; i++) {
        left += (all->v[i].first != all->v[i].last) == ranges;
    }
    const char *kind = ranges ? "range" : "char";
    for (size_t i = 0; i < all->n; i++) {
        const struct entry *e = &all->v[i];
        if ((e->first != e->last) != ranges) {
            continue;
        }
        if (!in_block) {
            in_block = left < BLOCK_MAX ? left : BLOCK_MAX;
            buf_format(b, "%zu beginbf%s\n", in_block, kind);
        }
        put_code(b, e->first, all->bytes);
        if (ranges) {
            put_code(b, e->last, all->bytes);
        }
        put_target(b, e->text);
        left--;
        if (!--in_block) {
            buf_format(b, "\nendbf%s\n", kind);
        }
    }
}

void pdf_cmap_write(struct buf *b, const struct pdf_char *chars, size_t n, int bytes)
{
    struct entries all = gather(b->arena, chars, n, bytes);
    buf_puts(b, "/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                "/CMapName/U def\n/CMapType 2 def\n1 begincodespacerange\n");
    put_code(b, 0, bytes);
    put_code(b, 0xFFFF, bytes);
    buf_puts(b, "\nendcodespacerange\n");
    put_blocks(b, &all, true);
    put_blocks(b, &all, false);
    buf_puts(b, "endcmap\nend\nend");
}

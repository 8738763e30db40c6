/* SPDX-License-Identifier: MIT
 *
 * ICC.1:2004-10: a header of 128 bytes, a table of tags, the tags' values, each on a
 * multiple of four. Colorants are those of sRGB adapted to D50 by the Bradford matrix
 * ("chad"); the tone curve is the standard's own formula, so there is no table. */
#include "pdf/icc.h"

#include "base/buf.h"

enum { HEADER = 128, TAG_ROW = 12, TAGS = 10 };

static void put32(struct buf *b, uint32_t v)
{
    for (int shift = 24; shift >= 0; shift -= 8) {
        buf_char(b, (char)(v >> shift));
    }
}

static void put_fixed(struct buf *b, const int32_t *values, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        put32(b, (uint32_t)values[i]);
    }
}

/* All in 1/65536. */
static const int32_t D50[] = {0xF6D6, 0x10000, 0xD32D};
static const int32_t RED[] = {0x6FA2, 0x38F5, 0x0390};
static const int32_t GREEN[] = {0x6299, 0xB785, 0x18DA};
static const int32_t BLUE[] = {0x24A0, 0x0F84, 0xB6CF};
static const int32_t TO_D50[] = {
    68674, 1502, -3290, 1939, 64912, -1118, -605, 988, 49262,
};
/* Function type 3 (in the upper half), then g a b c d. */
static const int32_t CURVE[] = {3 << 16, 157286, 62119, 3417, 5072, 2651};

static void put_text(struct buf *b, const char *text)
{
    size_t n = str_from(text).n;
    buf_puts(b, "mluc");
    put_fixed(b, (const int32_t[]){0, 1, 12}, 3);
    buf_puts(b, "enUS");
    put_fixed(b, (const int32_t[]){(int32_t)(2 * n), 28}, 2);
    for (size_t i = 0; i < n; i++) {
        buf_char(b, '\0');
        buf_char(b, text[i]);
    }
}

static void put_values(struct buf *b, const char *type, const int32_t *values, size_t n)
{
    buf_puts(b, type);
    put32(b, 0);
    put_fixed(b, values, n);
}

static void put_header(struct buf *b, uint32_t size)
{
    put32(b, size);
    put32(b, 0);
    put32(b, 0x04200000);
    buf_puts(b, "mntrRGB XYZ ");
    put_fixed(b, (const int32_t[]){2000 << 16 | 1, 1 << 16, 0}, 3); /* a date must be */
    buf_puts(b, "acsp");
    buf_repeat(b, '\0', 28);
    put_fixed(b, D50, 3);
    buf_repeat(b, '\0', 48);
}

struct profile {
    struct buf rows, values;
    size_t at; /* of the value written last */
};

/* Names the value that was written last. */
static void add_tag(struct profile *p, const char *name)
{
    buf_puts(&p->rows, name);
    put32(&p->rows, (uint32_t)(HEADER + 4 + TAGS * TAG_ROW + p->at));
    put32(&p->rows, (uint32_t)(p->values.n - p->at));
}

static void next_value(struct profile *p)
{
    buf_repeat(&p->values, '\0', (4 - p->values.n % 4) % 4);
    p->at = p->values.n;
}

static void add_text(struct profile *p, const char *name, const char *text)
{
    next_value(p);
    put_text(&p->values, text);
    add_tag(p, name);
}

static void add_values(struct profile *p, const char *name, const char *type,
                       const int32_t *values, size_t n)
{
    next_value(p);
    put_values(&p->values, type, values, n);
    add_tag(p, name);
}

str pdf_icc_srgb(struct arena *a)
{
    struct profile p = {0};
    struct buf all;
    buf_init(&p.rows, a);
    buf_init(&p.values, a);
    buf_init(&all, a);
    add_text(&p, "desc", "sRGB");
    add_text(&p, "cprt", "CC0");
    add_values(&p, "wtpt", "XYZ ", D50, 3);
    add_values(&p, "chad", "sf32", TO_D50, 9);
    add_values(&p, "rXYZ", "XYZ ", RED, 3);
    add_values(&p, "gXYZ", "XYZ ", GREEN, 3);
    add_values(&p, "bXYZ", "XYZ ", BLUE, 3);
    add_values(&p, "rTRC", "para", CURVE, 6);
    add_tag(&p, "gTRC"); /* the same curve for all three */
    add_tag(&p, "bTRC");
    put_header(&all, (uint32_t)(HEADER + 4 + p.rows.n + p.values.n));
    put32(&all, TAGS);
    buf_put(&all, buf_str(&p.rows));
    buf_put(&all, buf_str(&p.values));
    return buf_str(&all);
}

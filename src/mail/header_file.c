/* SPDX-License-Identifier: MIT
 *
 * In: the name of a file. Out: parameters that hold it. RFC 2231 would let a plain
 * `filename` stand beside `filename*`; but readers take the one for the other, or find
 * fault with it. So it stands in the Content-Type, which is asked when the other is not
 * understood. */
#include "mail/header.h"

#include <stdlib.h>
#include <string.h>
#include <uninorm.h>

#include "base/utf8.h"

enum { LINE = 76 };

/* Begins a parameter of so many letters, on this line or on the next. */
static void begin(struct header *h, size_t letters)
{
    bool fits = h->column + 2 + letters <= LINE;
    buf_puts(&h->out, fits ? "; " : ";\n ");
    h->column = fits ? h->column + 2 : 1;
}

static bool is_plain(str name)
{
    size_t at;
    for (size_t i = 0; i < name.n; i++) {
        if (name.p[i] < 0x20 || name.p[i] > 0x7E) {
            return false;
        }
    }
    return !str_find(name, STR("=?"), &at); /* some would decode it */
}

static void put_quoted(struct header *h, const char *key, str name)
{
    size_t from = h->out.n;
    begin(h, strlen(key) + name.n + 3);
    buf_puts(&h->out, key);
    buf_puts(&h->out, "=\"");
    for (size_t i = 0; i < name.n; i++) {
        if (name.p[i] == '"' || name.p[i] == '\\') {
            buf_char(&h->out, '\\');
        }
        buf_char(&h->out, name.p[i]);
    }
    buf_char(&h->out, '"');
    h->column += h->out.n - from;
}

/* --- In any script --- */

static bool is_literal(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (c && strchr("!#$&+-.^_`|~", c));
}

static str escaped(struct header *h, str name)
{
    struct buf out;
    buf_init(&out, h->arena);
    for (size_t i = 0; i < name.n; i++) {
        if (is_literal(name.p[i])) {
            buf_char(&out, name.p[i]);
        } else {
            buf_format(&out, "%%%02X", (unsigned char)name.p[i]);
        }
    }
    return buf_str(&out);
}

/* As many whole characters as have room, one at least. */
static str piece_of(struct header *h, str *name, size_t room)
{
    size_t good = 0;
    for (size_t at = 0; at < name->n;) {
        utf8_next(*name, &at);
        if (good && escaped(h, str_sub(*name, 0, at)).n > room) {
            break;
        }
        good = at;
    }
    str piece = escaped(h, str_sub(*name, 0, good));
    *name = str_sub(*name, good, name->n);
    return piece;
}

void header_put_filename(struct header *h, str name)
{
    static const char KEY[] = "filename*=utf-8''";
    str all = escaped(h, name);
    if (is_plain(name)) {
        put_quoted(h, "filename", name);
        return;
    }
    if (sizeof KEY + all.n < LINE) {
        begin(h, strlen(KEY) + all.n);
        buf_puts(&h->out, KEY);
        buf_put(&h->out, all);
        return;
    }
    for (int i = 0; name.n; i++) {
        str head = str_format(h->arena, "filename*%d*=%s", i, i ? "" : "utf-8''");
        buf_puts(&h->out, ";\n ");
        buf_put(&h->out, head);
        buf_put(&h->out, piece_of(h, &name, LINE - 2 - head.n)); /* a blank, and ; */
    }
}

/* --- In ASCII --- */

/* Letters that are not one with a sign above or below. */
static const char *latin_of(uint32_t c)
{
    static const struct { uint32_t c; const char *text; } TABLE[] = {
        {0xC6, "AE"}, {0xD0, "D"}, {0xD8, "O"}, {0xDE, "Th"}, {0xDF, "ss"},
        {0xE6, "ae"}, {0xF0, "d"}, {0xF8, "o"}, {0xFE, "th"}, {0x110, "D"},
        {0x111, "d"}, {0x131, "i"}, {0x141, "L"}, {0x142, "l"}, {0x152, "OE"},
        {0x153, "oe"}, {0x1E9E, "SS"}, {0x2010, "-"}, {0x2011, "-"}, {0x2012, "-"},
        {0x2013, "-"}, {0x2014, "-"}, {0x2018, "'"}, {0x2019, "'"},
    };
    for (size_t i = 0; i < sizeof TABLE / sizeof *TABLE; i++) {
        if (TABLE[i].c == c) {
            return TABLE[i].text;
        }
    }
    return NULL;
}

static bool is_mark(uint32_t c)
{
    return (c >= 0x300 && c < 0x370) || c == 0x200D || (c >= 0xFE00 && c <= 0xFE0F);
}

/* One `_` for all of a word that has no letters in ASCII. */
static str plain_of(struct header *h, str name)
{
    struct buf out;
    size_t n = 0;
    buf_init(&out, h->arena);
    const uint8_t *bytes = (const uint8_t *)name.p;
    uint8_t *parts = u8_normalize(UNINORM_NFKD, bytes, name.n, NULL, &n);
    if (!parts) {
        oom_report(name.n);
    }
    bool lost = false;
    for (size_t at = 0; at < n;) {
        uint32_t c = utf8_next((str){(const char *)parts, n}, &at);
        const char *text = latin_of(c);
        bool same = c >= 0x20 && c < 0x7F && !strchr("\"\\=?", (int)c);
        if (same) {
            buf_char(&out, (char)c);
        } else if (text) {
            buf_puts(&out, text);
        } else if (!is_mark(c) && !lost) {
            buf_char(&out, '_');
        }
        lost = !same && !text && (lost || !is_mark(c));
    }
    free(parts);
    return buf_str(&out);
}

void header_put_plain_name(struct header *h, str name)
{
    put_quoted(h, "name", is_plain(name) ? name : plain_of(h, name));
}

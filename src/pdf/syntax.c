/* SPDX-License-Identifier: MIT
 *
 * Values to bytes. Everything is written as short as the syntax allows: a number is
 * followed by a space only where something needs it. */
#include "pdf/syntax.h"

#include "base/utf8.h"

void pdf_put_ref(struct buf *b, uint32_t number)
{
    buf_char(b, ' ');
    buf_int(b, number);
    buf_puts(b, " 0 R");
}

void pdf_put_name(struct buf *b, str name)
{
    buf_char(b, '/');
    for (size_t i = 0; i < name.n; i++) {
        unsigned char c = (unsigned char)name.p[i];
        bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                     (c >= 'a' && c <= 'z') || c == '-' || c == '_' || c == '.';
        if (plain) {
            buf_char(b, (char)c);
        } else {
            buf_format(b, "#%02X", c);
        }
    }
}

void pdf_put_string(struct buf *b, str bytes)
{
    char *start = buf_room(b, 2 * bytes.n + 2);
    char *p = start;
    *p++ = '(';
    for (size_t i = 0; i < bytes.n; i++) {
        char c = bytes.p[i];
        if (c == '(' || c == ')' || c == '\\' || c == '\r') {
            *p++ = '\\';
            c = c == '\r' ? 'r' : c; /* a bare CR would be read as LF */
        }
        *p++ = c;
    }
    *p++ = ')';
    b->n += (size_t)(p - start);
}

static bool is_ascii(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c >= 0x7F || (c < 0x20 && c != '\n' && c != '\t')) {
            return false;
        }
    }
    return true;
}

void pdf_put_text(struct buf *b, str utf8)
{
    if (is_ascii(utf8)) {
        pdf_put_string(b, utf8);
    } else {
        pdf_put_string(b, utf8_to_utf16be(b->arena, utf8, true));
    }
}

struct civil {
    int64_t year;
    int month, day, hour, minute, second;
};

/* Seconds since 1970 to the Gregorian calendar, with years that begin in March so that
 * the leap day is the last one. */
static struct civil civil_of(int64_t seconds)
{
    int64_t days = seconds / 86400, rest = seconds % 86400;
    if (rest < 0) {
        rest += 86400;
        days--;
    }
    int64_t z = days + 719468;
    int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    int64_t day_of_era = z - era * 146097;
    int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 -
                           day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 -
                                        year_of_era / 100);
    int64_t march = (5 * day_of_year + 2) / 153;
    int month = (int)(march < 10 ? march + 3 : march - 9);
    return (struct civil){
        .year = year_of_era + era * 400 + (month <= 2),
        .month = month,
        .day = (int)(day_of_year - (153 * march + 2) / 5 + 1),
        .hour = (int)(rest / 3600),
        .minute = (int)(rest / 60 % 60),
        .second = (int)(rest % 60),
    };
}

void pdf_put_date(struct buf *b, int64_t seconds, bool xmp)
{
    struct civil c = civil_of(seconds);
    buf_format(b, xmp ? "%04lld-%02d-%02dT%02d:%02d:%02dZ"
                      : "(D:%04lld%02d%02d%02d%02d%02dZ)",
               (long long)c.year, c.month, c.day, c.hour, c.minute, c.second);
}

static const struct {
    int parts;
    const char *fill, *stroke;
} SPACES[] = {
    [COLOR_GRAY] = {1, "g\n", "G\n"},
    [COLOR_RGB] = {3, "rg\n", "RG\n"},
    [COLOR_CMYK] = {4, "k\n", "K\n"},
};

static void put_parts(struct buf *b, struct color c)
{
    for (int i = 0; i < SPACES[c.space].parts; i++) {
        buf_decimal(b, c.part[i], 3);
        buf_char(b, ' ');
    }
}

static void put_named(struct buf *b, struct color c, const char *space, const char *set)
{
    if (c.name == PDF_RGB) {
        buf_format(b, "/sRGB %s ", space);
        put_parts(b, c);
    } else {
        buf_format(b, "/S%u %s ", c.name, space);
        buf_decimal(b, c.part[0], 3);
        buf_char(b, ' ');
    }
    buf_puts(b, set);
}

void pdf_put_fill(struct buf *b, struct color c)
{
    if (c.name) {
        put_named(b, c, "cs", "scn\n");
        return;
    }
    put_parts(b, c);
    buf_puts(b, SPACES[c.space].fill);
}

void pdf_put_stroke(struct buf *b, struct color c)
{
    if (c.name) {
        put_named(b, c, "CS", "SCN\n");
        return;
    }
    put_parts(b, c);
    buf_puts(b, SPACES[c.space].stroke);
}

int64_t pdf_centi(len64 value)
{
    return len_muldiv(value, 100, LEN_PT);
}

void pdf_put_centi(struct buf *b, int64_t centi)
{
    buf_decimal(b, centi, 2);
}

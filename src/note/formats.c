/* SPDX-License-Identifier: MIT
 *
 * In: the text of a value and a format. Out: the value as the language writes it. Numbers
 * are lists of digits: they are rounded and grouped, never converted. */
#include "note/formats.h"

#include <string.h>

#include "note/languages.h"
#include "note/load.h"

enum { MAX_DIGITS = 64, MAX_PLACES = 20 };

#define MINUS "\xE2\x88\x92" /* U+2212 */

/* --- What is written behind `|` --- */

static const struct {
    const char *name;
    enum note_format_kind kind;
} FORMATS[] = {
    {"default", NOTE_FORMAT_DEFAULT}, {"number", NOTE_FORMAT_NUMBER},
    {"money", NOTE_FORMAT_MONEY},     {"long", NOTE_FORMAT_LONG},
    {"short", NOTE_FORMAT_SHORT},     {"month-year", NOTE_FORMAT_MONTH},
};

enum { N_FORMATS = sizeof FORMATS / sizeof *FORMATS };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_currency(str code)
{
    for (size_t i = 0; i < code.n; i++) {
        if (code.p[i] < 'A' || code.p[i] > 'Z') {
            return false;
        }
    }
    return code.n == 3;
}

/* One or two digits; -1 for anything else. */
static int read_places(str text)
{
    int n = 0;
    for (size_t i = 0; i < text.n; i++) {
        n = is_digit(text.p[i]) && n < 100 ? n * 10 + (text.p[i] - '0') : 1000;
    }
    return text.n && n <= MAX_PLACES ? n : -1;
}

static bool refuse(struct note_merge *m, struct place at, const char *hint,
                   const char *message, str word)
{
    diag_report(m->sink, DIAG_BAD_MERGE, at, hint, message, STR_ARG(word));
    return false;
}

/* `argument` has been found behind a colon, if `colon` is set. */
static bool read_argument(struct note_merge *m, str argument, bool colon, struct place at,
                          struct note_format *out)
{
    out->argument = argument;
    out->places = -1;
    switch (out->kind) {
    case NOTE_FORMAT_DEFAULT:
        return colon || refuse(m, at, "write `default:` and the text",
                               "`default` without a text%.*s", STR_NONE);
    case NOTE_FORMAT_MONEY:
        return is_currency(argument) ||
               refuse(m, at, "write its three capital letters, as in `money:CHF`",
                      "`money` takes a currency, not `%.*s`", argument);
    case NOTE_FORMAT_NUMBER:
        out->places = read_places(argument);
        return !colon || out->places >= 0 ||
               refuse(m, at, "write how many, as in `number:2`",
                      "`number` takes 0 to 20 decimals, not `%.*s`", argument);
    default:
        return !colon || refuse(m, at, "delete the colon and what is behind it",
                                "this format takes nothing behind a colon%.*s", STR_NONE);
    }
}

bool note_format_read(struct note_merge *m, str text, struct place at,
                      struct note_format *out)
{
    size_t colon = text.n;
    bool has_colon = str_find_char(text, ':', &colon);
    str name = str_trim(str_sub(text, 0, colon));
    const char *names[N_FORMATS];
    for (int i = 0; i < N_FORMATS; i++) {
        names[i] = FORMATS[i].name;
        if (str_is(name, FORMATS[i].name)) {
            *out = (struct note_format){.kind = FORMATS[i].kind};
            str argument = str_trim(str_sub(text, colon + 1, text.n));
            return read_argument(m, has_colon ? argument : STR_NONE, has_colon, at, out);
        }
    }
    str hint = diag_suggest(m->sink->arena, name, names, N_FORMATS);
    return refuse(m, at, hint.n ? hint.p : "write `number`, `number:2`, `money:CHF`, "
                                           "`long`, `short`, `month-year` or "
                                           "`default:…`",
                  "there is no format `%.*s`", name);
}

/* --- Numbers --- */

struct number {
    bool negative;
    char digits[1 + MAX_DIGITS + MAX_PLACES]; /* the first one: for a carry */
    int n, point;                /* digits, and how many of them stand before the point */
};

/* Digits with at most one point between them, perhaps a sign before. */
static bool read_number(str text, struct number *out)
{
    bool point = false;
    *out = (struct number){.digits = {0}, .n = 1, .point = 1};
    text = str_trim(text);
    out->negative = str_starts(text, STR("-")) || str_starts(text, STR(MINUS));
    size_t sign = str_starts(text, STR(MINUS)) ? 3
                  : out->negative || str_starts(text, STR("+")) ? 1 : 0;
    text = str_sub(text, sign, text.n);
    if (text.n == 0 || text.n > MAX_DIGITS || !is_digit(text.p[0]) ||
        !is_digit(text.p[text.n - 1])) {
        return false;
    }
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '.' && !point) {
            point = true;
        } else if (is_digit(text.p[i])) {
            out->digits[out->n++] = (char)(text.p[i] - '0');
            out->point += !point;
        } else {
            return false;
        }
    }
    return true;
}

/* To `places` decimals; halves away from zero. */
static void round_number(struct number *x, int places)
{
    int n = x->point + places;
    while (x->n < n) {
        x->digits[x->n++] = 0;
    }
    bool up = x->n > n && x->digits[n] >= 5;
    x->n = x->n > n ? n : x->n;
    for (int i = n - 1; up && i >= 0; i--) {
        up = x->digits[i] == 9;
        x->digits[i] = (char)(up ? 0 : x->digits[i] + 1);
    }
}

static bool is_zero(const struct number *x)
{
    for (int i = 0; i < x->n; i++) {
        if (x->digits[i]) {
            return false;
        }
    }
    return true;
}

static void put_number(const struct number *x, const struct note_language *language,
                       bool money, struct buf *out)
{
    int first = 0;
    while (first + 1 < x->point && x->digits[first] == 0) {
        first++;
    }
    bool grouped = x->point - first >= 3 + language->least;
    for (int i = first; i < x->n; i++) {
        if (i == x->point) {
            buf_puts(out, money ? language->money_decimal : language->decimal);
        } else if (grouped && i > first && (x->point - i) % 3 == 0 && i < x->point) {
            buf_puts(out, money ? language->money_group : language->group);
        }
        buf_char(out, (char)('0' + x->digits[i]));
    }
}

static bool put_plain(const struct note_format *format, str lang, str text,
                      struct buf *out)
{
    struct number x;
    if (!read_number(text, &x)) {
        return false;
    }
    if (format->places >= 0) {
        round_number(&x, format->places);
    }
    if (x.negative && !is_zero(&x)) {
        buf_puts(out, MINUS);
    }
    put_number(&x, note_language_find(lang), false, out);
    return true;
}

/* Letters do not touch digits, whatever the pattern says. */
static bool needs_space(str sign, char before, char after)
{
    char inner = sign.n ? (before == '#' ? sign.p[0] : sign.p[sign.n - 1]) : '\0';
    return (before == '#' || after == '#') && inner >= 'A' && inner <= 'Z';
}

static bool put_money(const struct note_format *format, str lang, str text,
                      struct buf *out)
{
    struct number x;
    const struct note_language *language = note_language_find(lang);
    str sign = note_currency_sign(format->argument, lang);
    if (!read_number(text, &x)) {
        return false;
    }
    round_number(&x, note_currency_places(format->argument));
    bool minus = x.negative && !is_zero(&x);
    for (const char *p = language->money; *p; p++) {
        if (*p == '-') {
            buf_puts(out, minus ? MINUS : "");
        } else if (*p == '#') {
            put_number(&x, language, true, out);
        } else if (*p == '$') {
            buf_put(out, sign);
            buf_puts(out, needs_space(sign, '\0', p[1]) ? "\xC2\xA0" : "");
        } else {
            buf_char(out, *p);
        }
    }
    return true;
}

/* --- Dates --- */

static int digits_at(str s, size_t from, size_t n)
{
    int value = 0;
    for (size_t i = from; i < from + n; i++) {
        value = value * 10 + (s.p[i] - '0');
    }
    return value;
}

/* `long` patterns: letters stand for parts, by how many of them there are. */
static void put_part(char letter, int count, const int date[3],
                     const char *const *months, struct buf *out)
{
    int value = letter == 'y' ? date[0] : letter == 'M' ? date[1] : date[2];
    if (letter == 'M' && count == 4) {
        buf_puts(out, months[value - 1]);
    } else {
        buf_format(out, letter == 'y' ? "%04d" : count == 2 ? "%02d" : "%d", value);
    }
}

static void put_date(const char *pattern, const int date[3], const char *const *months,
                     struct buf *out)
{
    bool quoted = false;
    for (const char *p = pattern; *p; p++) {
        if (*p == '\'') {
            quoted = !quoted;
        } else if (!quoted && strchr("dMy", *p)) {
            int count = 1;
            while (p[1] == *p) {
                p++;
                count++;
            }
            put_part(*p, count, date, months, out);
        } else {
            buf_char(out, *p);
        }
    }
}

/* Year, month and day, perhaps with a time behind it. */
static bool put_day(const struct note_format *format, str lang, str text,
                    struct buf *out)
{
    const struct note_language *language = note_language_find(lang);
    text = str_trim(text);
    bool timed = text.n > 10 && (text.p[10] == 'T' || text.p[10] == ' ');
    str day = str_sub(text, 0, 10);
    if ((text.n != 10 && !timed) || !note_is_date(day)) {
        return false;
    }
    int date[3] = {digits_at(day, 0, 4), digits_at(day, 5, 2), digits_at(day, 8, 2)};
    put_date(format->kind == NOTE_FORMAT_LONG    ? language->long_date
             : format->kind == NOTE_FORMAT_SHORT ? language->short_date
                                                 : language->month_year,
             date, language->months, out);
    return true;
}

const char *note_format_apply(const struct note_format *format, str lang, str text,
                              struct buf *out, const char **hint)
{
    bool number = format->kind == NOTE_FORMAT_NUMBER;
    if (number || format->kind == NOTE_FORMAT_MONEY) {
        *hint = "write digits, and a point before decimals: 1234.50";
        bool good = number ? put_plain(format, lang, text, out)
                           : put_money(format, lang, text, out);
        return good ? NULL : "a number";
    }
    *hint = "write year, month and day: 2009-09-28";
    return put_day(format, lang, text, out) ? NULL : "a date";
}

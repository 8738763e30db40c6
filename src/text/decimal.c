/* SPDX-License-Identifier: MIT
 *
 * In: a text. Out: where its number has its decimal point. The number is the first one:
 * digits with what groups them (spaces, apostrophes, `.`, `,`). Which of `.` and `,` is
 * the point, the number itself says: the last of two kinds; one that stands alone, unless
 * three digits behind it make it a group in the language of the text. Where there is no
 * point, the number ends where its last digit does; a text without digits ends whole. */
#include "text/text.h"

#include "base/utf8.h"

enum { GROUP = 3, ARABIC_POINT = 0x66B };

/* Languages that write 1.5; all others write 1,5. */
static const char *const POINTS[] = {
    "en", "zh", "ja", "ko", "th", "he", "hi", "bn", "ta", "te", "ur", "fa", "ar", "ms",
    "fil", "ga", "cy", "mt", "sw", "de-CH", "de-LI", "it-CH", "fr-CH", "es-MX", "es-US",
};

static bool writes_point(str lang)
{
    for (size_t i = 0; i < sizeof POINTS / sizeof *POINTS; i++) {
        str tag = str_from(POINTS[i]);
        if (str_starts(lang, tag) && (lang.n == tag.n || lang.p[tag.n] == '-')) {
            return true;
        }
    }
    return false;
}

static bool is_digit(uint32_t c)
{
    return (c >= '0' && c <= '9') || (c >= 0x660 && c <= 0x669) ||
           (c >= 0x6F0 && c <= 0x6F9);
}

static bool is_space(uint32_t c)
{
    return c == ' ' || c == 0xA0 || c == 0x2009 || c == 0x202F;
}

static bool groups(uint32_t c)
{
    return is_space(c) || c == '\'' || c == 0x2019 || c == 0x66C || c == '.' ||
           c == ',' || c == ARABIC_POINT;
}

/* How many digits stand from `at` on. */
static size_t count_digits(str text, size_t at)
{
    size_t n = 0;
    while (at < text.n && is_digit(utf8_next(text, &at))) {
        n++;
    }
    return n;
}

/* What a number has of one sign. */
struct sign {
    size_t n, last;    /* how many, and where the last is */
    size_t digits;     /* behind that one */
};

static size_t find_point(const struct sign *point, const struct sign *comma, size_t end,
                         bool english)
{
    if (point->n && comma->n) {
        const struct sign *last = point->last > comma->last ? point : comma;
        return last->n == 1 ? last->last : end;
    }
    const struct sign *only = point->n ? point : comma;
    bool own = (only == point) == english;
    bool group = only->n > 1 || (!own && only->digits == GROUP);
    return only->n && !group ? only->last : end;
}

/* Where the number of `text` has its point, or ends; all of it without a number. */
static size_t point_of(str text, bool english)
{
    struct sign point = {0}, comma = {0};
    size_t i = 0, end = text.n;
    bool begun = false;
    while (i < text.n) {
        size_t at = i;
        uint32_t c = utf8_next(text, &i);
        if (is_digit(c)) {
            begun = true;
            end = i;
            continue;
        }
        size_t digits = begun ? count_digits(text, i) : 0;
        if (begun && (!groups(c) || digits == 0 || (is_space(c) && digits < GROUP))) {
            break;
        }
        if (begun && c == ARABIC_POINT) {
            return at;
        }
        struct sign *sign = c == '.' ? &point : c == ',' ? &comma : NULL;
        if (begun && sign) {
            *sign = (struct sign){sign->n + 1, at, digits};
        } else if (!begun && (c == '.' || c == ',') && count_digits(text, i) > 0) {
            return at; /* .5 */
        }
    }
    return begun ? find_point(&point, &comma, end, english) : text.n;
}

size_t text_find_point(str text, str lang)
{
    return point_of(text, writes_point(lang));
}

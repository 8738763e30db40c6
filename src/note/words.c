/* SPDX-License-Identifier: MIT
 *
 * In: small values written by people: language tags, dates. Out: whether they are what
 * they look like. */
#include "note/load.h"

#include "base/language.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool note_check_language(struct note_loader *l, str text, struct place at)
{
    if (language_is_tag(text)) {
        return true;
    }
    str hint = language_suggest(l->sink->arena, text);
    diag_report(l->sink, DIAG_BAD_LANGUAGE, at,
                hint.n ? hint.p : "write a tag such as `en`, `en-GB` or `de-CH`",
                text.n ? "`%.*s` is not a language tag" : "a language%.*s is empty",
                STR_ARG(text));
    return false;
}

static int number_at(str s, size_t from, size_t n)
{
    int value = 0;
    for (size_t i = from; i < from + n; i++) {
        value = value * 10 + (s.p[i] - '0');
    }
    return value;
}

static bool looks_like_date(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        bool dash = i == 4 || i == 7;
        if (dash ? s.p[i] != '-' : !is_digit(s.p[i])) {
            return false;
        }
    }
    return s.n == 10;
}

static int days_in(int year, int month)
{
    static const int DAYS[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : DAYS[month - 1];
}

bool note_is_date(str text)
{
    if (!looks_like_date(text)) {
        return false;
    }
    int year = number_at(text, 0, 4), month = number_at(text, 5, 2);
    int day = number_at(text, 8, 2);
    return year > 0 && month >= 1 && month <= 12 && day >= 1 &&
           day <= days_in(year, month);
}

bool note_check_date(struct note_loader *l, str text, struct place at)
{
    if (!looks_like_date(text) || note_is_date(text)) {
        return true;
    }
    int year = number_at(text, 0, 4), month = number_at(text, 5, 2);
    bool known = year > 0 && month >= 1 && month <= 12;
    str hint = known ? str_format(l->sink->arena, "that month has %d days",
                                  days_in(year, month))
                     : STR("write it as year, month and day: 2009-09-28");
    diag_report(l->sink, DIAG_BAD_DATE, at, hint.p, "there is no day `%.*s`",
                STR_ARG(text));
    return false;
}

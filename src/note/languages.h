/* note/languages.h: how languages write numbers, money and dates. */
#ifndef INFONOTE_NOTE_LANGUAGES_H
#define INFONOTE_NOTE_LANGUAGES_H

#include "base/str.h"

struct note_language {
    const char *tag;      /* "de-CH"; "es": any region without a row; "": the rest */
    const char *decimal, *group;
    const char *money_decimal, *money_group;
    int least;            /* digits before the first group that is set apart */
    const char *money;    /* `#`: the number, `$`: the currency, `-`: a minus goes here */
    const char *long_date, *short_date, *month_year; /* d, dd, M, MM, MMMM, y; '…' */
    const char *const *months; /* twelve, or NULL */
};

/* The row for a language tag; never NULL. */
const struct note_language *note_language_find(str tag);

/* What stands for a currency: its sign where that cannot be mistaken, else the code. */
str note_currency_sign(str code, str tag);

/* Its decimals: 2 for all but a few. */
int note_currency_places(str code);

#endif

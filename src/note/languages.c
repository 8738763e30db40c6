/* SPDX-License-Identifier: MIT
 *
 * In: a language tag, a currency. Out: a row of the tables below. They are those of the
 * languages that the layouts speak, from the Unicode CLDR, release 41 (numbers: latn,
 * standard formats; dates: gregorian, long, short, yMMMM), and ISO 4217 for currencies;
 * but short dates have years of four digits, long ones no break behind the day, and
 * numbers a minus sign, not a hyphen. */
#include "note/languages.h"

#include <string.h>

#define NBSP "\xC2\xA0"    /* U+00A0 */
#define NARROW "\xE2\x80\xAF" /* U+202F, narrow and without a break */
#define APOSTROPHE "\xE2\x80\x99" /* U+2019 */

static const char *const ENGLISH[] = {
    "January", "February", "March", "April", "May", "June", "July", "August",
    "September", "October", "November", "December",
};
static const char *const GERMAN[] = {
    "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September",
    "Oktober", "November", "Dezember",
};
static const char *const AUSTRIAN[] = {
    "Jänner", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September",
    "Oktober", "November", "Dezember",
};
static const char *const FRENCH[] = {
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
    "octobre", "novembre", "décembre",
};
static const char *const ITALIAN[] = {
    "gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto",
    "settembre", "ottobre", "novembre", "dicembre",
};
static const char *const SPANISH[] = {
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto",
    "septiembre", "octubre", "noviembre", "diciembre",
};

#define POINT ".", ",", ".", ",", 1
#define COMMA ",", ".", ",", ".", 1
#define SWISS ".", APOSTROPHE, ".", APOSTROPHE, 1
#define SPACED ",", NARROW, ",", NARROW, 1
#define BEHIND "-#" NBSP "$"
#define ES_LONG "d" NBSP "'de' MMMM 'de' y"
#define ES_MONTH "MMMM 'de' y"

static const struct note_language LANGUAGES[] = {
    {"en", POINT, "-$#", "MMMM" NBSP "d, y", "M/d/y", "MMMM y", ENGLISH},
    {"en-US", POINT, "-$#", "MMMM" NBSP "d, y", "M/d/y", "MMMM y", ENGLISH},
    {"en-CA", POINT, "-$#", "MMMM" NBSP "d, y", "y-MM-dd", "MMMM y", ENGLISH},
    {"en-*", POINT, "-$#", "d" NBSP "MMMM y", "dd/MM/y", "MMMM y", ENGLISH},
    {"de", COMMA, BEHIND, "d." NBSP "MMMM y", "dd.MM.y", "MMMM y", GERMAN},
    {"de-AT", ",", NBSP, ",", ".", 1, "-$" NBSP "#", "d." NBSP "MMMM y", "dd.MM.y",
     "MMMM y", AUSTRIAN},
    {"de-CH", SWISS, "$" NBSP "-#", "d." NBSP "MMMM y", "dd.MM.y", "MMMM y", GERMAN},
    {"de-LI", SWISS, "$" NBSP "-#", "d." NBSP "MMMM y", "dd.MM.y", "MMMM y", GERMAN},
    {"fr", SPACED, BEHIND, "d" NBSP "MMMM y", "dd/MM/y", "MMMM y", FRENCH},
    {"fr-CA", ",", NBSP, ",", NBSP, 1, BEHIND, "d" NBSP "MMMM y", "y-MM-dd", "MMMM y",
     FRENCH},
    {"fr-CH", ",", NARROW, ".", NARROW, 1, BEHIND, "d" NBSP "MMMM y", "dd.MM.y", "MMMM y",
     FRENCH},
    {"it", COMMA, BEHIND, "d" NBSP "MMMM y", "dd/MM/y", "MMMM y", ITALIAN},
    {"it-CH", SWISS, "$" NBSP "-#", "d" NBSP "MMMM y", "dd.MM.y", "MMMM y", ITALIAN},
    {"es", ",", ".", ",", ".", 2, BEHIND, ES_LONG, "d/M/y", ES_MONTH, SPANISH},
    {"es-MX", POINT, "-$#", ES_LONG, "dd/MM/y", ES_MONTH, SPANISH},
    {"es-US", POINT, "-$#", ES_LONG, "d/M/y", ES_MONTH, SPANISH},
    {"", ".", NARROW, ".", NARROW, 1, "$" NBSP "-#", "y-MM-dd", "y-MM-dd", "y-MM", NULL},
};

enum { N_LANGUAGES = sizeof LANGUAGES / sizeof *LANGUAGES };

static char lower(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

static bool same(str a, str b)
{
    for (size_t i = 0; i < a.n && a.n == b.n; i++) {
        if (lower(a.p[i]) != lower(b.p[i])) {
            return false;
        }
    }
    return a.n == b.n;
}

/* "CH" of "de-Latn-CH-1996": the first part of two letters or three digits. */
static str region_of(str tag)
{
    str_cut(tag, '-', &tag);
    while (tag.n) {
        str part = str_cut(tag, '-', &tag);
        if (part.n == 2 || (part.n == 3 && part.p[0] >= '0' && part.p[0] <= '9')) {
            return part;
        }
    }
    return STR_NONE;
}

const struct note_language *note_language_find(str tag)
{
    str rest, language = str_cut(tag, '-', &rest), region = region_of(tag);
    const struct note_language *best = &LANGUAGES[N_LANGUAGES - 1];
    for (int i = 0; i < N_LANGUAGES - 1; i++) {
        str of_row, row = str_cut(str_from(LANGUAGES[i].tag), '-', &of_row);
        if (!same(row, language)) {
            continue;
        }
        if (of_row.n == 0 || (str_is(of_row, "*") && region.n) ) {
            best = best->tag[0] == '\0' || str_is(of_row, "*") ? &LANGUAGES[i] : best;
        }
        if (region.n && same(of_row, region)) {
            return &LANGUAGES[i];
        }
    }
    return best;
}

/* --- Currencies --- */

str note_currency_sign(str code, str tag)
{
    str rest, language = str_cut(tag, '-', &rest), region = region_of(tag);
    bool american = same(language, STR("en")) && (!region.n || same(region, STR("US")));
    return str_is(code, "EUR")               ? STR("€")
           : str_is(code, "GBP")             ? STR("£")
           : str_is(code, "USD") && american ? STR("$")
                                             : code;
}

static bool holds_code(const char *list, str code)
{
    size_t at;
    return code.n == 3 && str_find(str_from(list), code, &at) && at % 4 == 0;
}

int note_currency_places(str code)
{
    return holds_code("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF",
                      code)                                        ? 0
           : holds_code("BHD IQD JOD KWD LYD OMR TND", code) ? 3
                                                                   : 2;
}

/* SPDX-License-Identifier: MIT
 *
 * In: what somebody wrote for a language. Out: whether it is a tag of BCP 47, and which
 * was meant. A tag is read part by part, in the order of its grammar:
 *
 *     language [-ext]{0,3} [-Script] [-REGION] [-variant]* [-s-extension…]* [-x-private…]
 *     x-private… */
#include "base/language.h"

enum { TAG_MAX_BYTES = 127, PART_MAX = 8 };

/* What a part is made of. */
enum { LETTERS = 1, DIGITS = 2 };

struct reader {
    str part, rest;
    bool ended; /* `part` is none */
};

static void next(struct reader *r)
{
    r->ended = r->rest.n == 0;
    r->part = r->ended ? STR_NONE : str_cut(r->rest, '-', &r->rest);
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool same(str a, const char *small)
{
    size_t i = 0;
    while (i < a.n && small[i] && lower(a.p[i]) == small[i]) {
        i++;
    }
    return i == a.n && !small[i];
}

static bool is_part(str part, size_t least, size_t most, int of)
{
    for (size_t i = 0; i < part.n; i++) {
        char c = lower(part.p[i]);
        bool letter = c >= 'a' && c <= 'z', digit = c >= '0' && c <= '9';
        if (!(letter && of & LETTERS) && !(digit && of & DIGITS)) {
            return false;
        }
    }
    return part.n >= least && part.n <= most;
}

/* At least one part behind a singleton. */
static bool read_extension(struct reader *r, size_t least)
{
    bool any = false;
    for (next(r); is_part(r->part, least, PART_MAX, LETTERS | DIGITS); next(r)) {
        any = true;
    }
    return any;
}

static bool is_private(str part)
{
    return same(part, "x");
}

/* Great Britain is GB; UK is kept for it by ISO 3166, and no region of BCP 47. */
static bool is_region(str part)
{
    return (is_part(part, 2, 2, LETTERS) && !same(part, "uk")) ||
           is_part(part, 3, 3, DIGITS);
}

static bool is_variant(str part)
{
    return is_part(part, 5, PART_MAX, LETTERS | DIGITS) ||
           (is_part(part, 4, 4, LETTERS | DIGITS) && is_part(str_sub(part, 0, 1), 1, 1,
                                                             DIGITS));
}

bool language_is_tag(str text)
{
    struct reader r = {.rest = text};
    if (text.n > TAG_MAX_BYTES || str_ends(text, STR("-"))) {
        return false;
    }
    next(&r);
    if (is_private(r.part)) {
        return read_extension(&r, 1) && r.ended;
    }
    if (!is_part(r.part, 2, 3, LETTERS)) {
        return false;
    }
    next(&r);
    for (int i = 0; i < 3 && is_part(r.part, 3, 3, LETTERS); i++) {
        next(&r);
    }
    if (is_part(r.part, 4, 4, LETTERS)) {
        next(&r);
    }
    if (is_region(r.part)) {
        next(&r);
    }
    while (is_variant(r.part)) {
        next(&r);
    }
    bool good = true;
    while (good && is_part(r.part, 1, 1, LETTERS | DIGITS) && !is_private(r.part)) {
        good = read_extension(&r, 2);
    }
    return good && (!is_private(r.part) || read_extension(&r, 1)) && r.ended;
}

/* Names that people write, in English and in the language itself. */
static const struct {
    const char *name, *tag;
} NAMES[] = {
    {"arabic", "ar"},        {"chinese", "zh"},       {"czech", "cs"},
    {"danish", "da"},        {"dansk", "da"},         {"deutsch", "de"},
    {"dutch", "nl"},         {"english", "en"},       {"espanol", "es"},
    {"español", "es"},       {"finnish", "fi"},       {"francais", "fr"},
    {"français", "fr"},      {"french", "fr"},        {"german", "de"},
    {"greek", "el"},         {"hebrew", "he"},        {"hungarian", "hu"},
    {"italian", "it"},       {"italiano", "it"},      {"japanese", "ja"},
    {"korean", "ko"},        {"latin", "la"},         {"nederlands", "nl"},
    {"norwegian", "no"},     {"polish", "pl"},        {"polski", "pl"},
    {"portuguese", "pt"},    {"português", "pt"},     {"romanian", "ro"},
    {"russian", "ru"},       {"spanish", "es"},       {"suomi", "fi"},
    {"svenska", "sv"},       {"swedish", "sv"},       {"turkish", "tr"},
    {"ukrainian", "uk"},
};

/* `de_CH.UTF-8@euro` and `en-UK` as a tag, which it may still not be. */
static str repaired(struct arena *a, str text)
{
    str behind;
    text = str_cut(str_cut(str_trim(text), '.', &behind), '@', &behind);
    char *p = arena_copy(a, text.p, text.n);
    for (size_t i = 0; i < text.n; i++) {
        p[i] = p[i] == '_' || p[i] == ' ' ? '-' : p[i];
    }
    if (text.n >= 5 && same((str){p + 2, 3}, "-uk")) {
        p[3] = 'G';
        p[4] = 'B';
    }
    return (str){p, text.n};
}

str language_suggest(struct arena *a, str text)
{
    if (text.n == 0 || text.n > TAG_MAX_BYTES) {
        return STR_NONE;
    }
    str tag = repaired(a, text);
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        tag = same(tag, NAMES[i].name) ? str_from(NAMES[i].tag) : tag;
    }
    bool likely = language_is_tag(tag) && tag.p[1] != '-'; /* a private one is not */
    return likely ? str_format(a, "did you mean `%.*s`?", STR_ARG(tag)) : STR_NONE;
}

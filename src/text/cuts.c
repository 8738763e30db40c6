/* SPDX-License-Identifier: MIT
 *
 * In:  a word, that is, text without spaces. Out: the kinds of cuts between its letters.
 *
 * UAX #14 as libunistring has it, with corrections where its rules are older than
 * today's or good typography asks for more:
 *   - no break behind `.` `,` `:` `;` before a letter (LB29: "U.S.", "un.org");
 *   - none behind a hyphen that begins the word (LB20a: "-x", "--option");
 *   - none behind `!` `?` `}` `|` `+` inside a word of ASCII ("a!b", "c++");
 *   - a slash or hyphen with one or two letters beside it is no place to break, or a
 *     bad one ("km/h", "e-mail");
 *   - an em dash ends a line and does not begin one.
 * Then URLs and addresses by their punctuation, hyphenation of stretches of letters, and
 * for words that may have to be cut anywhere, every grapheme cluster. */
#include "text/cuts.h"

#include <string.h>
#include <unicase.h>
#include <unictype.h>
#include <unigbrk.h>
#include <unilbrk.h>

#include "base/utf8.h"
#include "text/hyphen.h"

const struct text_cut_meaning TEXT_CUT_MEANING[TEXT_CUT_KIND_COUNT] = {
#define X(symbol, flags, penalty) {flags, penalty},
    TEXT_CUT_KINDS(X)
#undef X
};

enum {
    MIN_HYPHENATED = 5, /* letters */
    MAX_HYPHENATED = 128, /* bytes */
    MIN_EMERGENCY = 20, /* letters without a better cut, to be cut anywhere */
    MIN_URL_HEAD = 3,   /* characters on a line before a cut in a URL, and behind it */
    MIN_SLASH = 3,      /* letters beside a slash */
};

/* A word, decoded. */
struct decoded {
    uint32_t *c;   /* characters */
    uint32_t *at;  /* their offsets; at[n] is the end */
    size_t n;
};

static struct decoded decode(struct arena *a, str text)
{
    struct decoded d = {NEW_ARRAY(a, uint32_t, text.n + 1),
                        NEW_ARRAY(a, uint32_t, text.n + 1), 0};
    for (size_t i = 0; i < text.n;) {
        d.at[d.n] = (uint32_t)i;
        d.c[d.n++] = utf8_next(text, &i);
    }
    d.at[d.n] = (uint32_t)text.n;
    return d;
}

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(uint32_t c)
{
    if (c < 128) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
    return uc_is_general_category(c, UC_LETTER) || uc_is_general_category(c, UC_MARK);
}

static bool is_hyphen(uint32_t c)
{
    return c == '-' || c == 0x2010;
}

static bool is_apostrophe(uint32_t c)
{
    return c == '\'' || c == 0x2019;
}

/* Scripts that break between any two letters. */
static bool is_ideographic(uint32_t c)
{
    return (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7FF) ||
           (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE4F) ||
           (c >= 0xFF00 && c <= 0xFFEF) || (c >= 0x1B000 && c <= 0x1B2FF) ||
           (c >= 0x20000 && c <= 0x3FFFF);
}

/* Letters and digits directly before (step -1) or from (step 1) index `i`. */
static size_t count_letters(const struct decoded *d, size_t i, bool forward)
{
    size_t n = 0;
    if (forward) {
        while (i + n < d->n && (is_letter(d->c[i + n]) || is_digit(d->c[i + n]))) {
            n++;
        }
    } else {
        while (n < i && (is_letter(d->c[i - n - 1]) || is_digit(d->c[i - n - 1]))) {
            n++;
        }
    }
    return n;
}

/* Behind character i - 1, a hyphen. */
static enum text_cut_kind hyphen_kind(const struct decoded *d, size_t i)
{
    size_t before = count_letters(d, i - 1, false), after = count_letters(d, i, true);
    if (before == 0 || after == 0) {
        return TEXT_CUT_NONE;
    }
    return before < 2 || after < 2 ? TEXT_CUT_SHORT_HYPHEN : TEXT_CUT_HYPHEN;
}

/* What a break that UAX #14 allows before character i is worth. */
static enum text_cut_kind judge(const struct decoded *d, size_t i)
{
    uint32_t before = d->c[i - 1], after = d->c[i];
    if (is_hyphen(before)) {
        return hyphen_kind(d, i);
    }
    if (before == '/') {
        bool wide = count_letters(d, i - 1, false) >= MIN_SLASH &&
                    count_letters(d, i, true) >= MIN_SLASH;
        return wide ? TEXT_CUT_SLASH : TEXT_CUT_NONE;
    }
    bool dash_follows = after == 0x2013 || after == 0x2014;
    if (!dash_follows && (is_ideographic(before) || is_ideographic(after))) {
        return TEXT_CUT_FREE;
    }
    if (dash_follows || i == 1) {
        return TEXT_CUT_NONE;
    }
    if (before == 0x2013) {
        return is_digit(after) ? TEXT_CUT_RANGE : TEXT_CUT_DASH;
    }
    if (before == 0x2014) {
        return TEXT_CUT_DASH;
    }
    return before < 128 ? TEXT_CUT_NONE : TEXT_CUT_OTHER;
}

/* Nearly every word is letters of ASCII, of whose breaks `judge` would take none. */
static bool may_have_cuts(const struct decoded *d)
{
    for (size_t i = 0; i < d->n; i++) {
        if (d->c[i] >= 128 || d->c[i] == '-' || d->c[i] == '/') {
            return true;
        }
    }
    return false;
}

static void find_unicode_cuts(struct arena *a, str text, const struct decoded *d,
                              uint8_t *kinds)
{
    if (!may_have_cuts(d)) {
        return;
    }
    char *marks = NEW_ARRAY(a, char, text.n + 1);
    u8_possible_linebreaks((const uint8_t *)text.p, text.n, "UTF-8", marks);
    for (size_t i = 1; i < d->n; i++) {
        if (marks[d->at[i]] == UC_BREAK_POSSIBLE) {
            kinds[d->at[i]] = (uint8_t)judge(d, i);
        }
    }
}

/* Before which character a URL may break, and what it costs: what begins a line with a
 * slash or a dot goes on, and no full stop seems to end it (so says the Chicago Manual of
 * Style). A hyphen at a line's end would be taken for one of ours. */
static enum text_cut_kind url_kind_before(uint32_t c)
{
    switch (c) {
    case '/': return TEXT_CUT_URL_SLASH;
    case '?': case '&': case '#': return TEXT_CUT_URL_QUERY;
    case '-': case '_': case '~': return TEXT_CUT_URL_DASH;
    case '.': case ',': case ';': return TEXT_CUT_URL_DOT;
    case '@': case '%': return TEXT_CUT_URL_JOINER;
    default: return TEXT_CUT_NONE;
    }
}

/* Behind which: character i - 1. */
static enum text_cut_kind url_kind_behind(const struct decoded *d, size_t i)
{
    uint32_t c = d->c[i - 1];
    if (c == '/' && i >= 3 && d->c[i - 2] == '/' && d->c[i - 3] == ':') {
        return TEXT_CUT_URL_SCHEME;
    }
    bool lone = count_letters(d, i - 1, false) < 2;
    return lone                        ? TEXT_CUT_NONE
           : c == '='                  ? TEXT_CUT_URL_QUERY
           : c == ':' && d->c[i] != '/' ? TEXT_CUT_URL_JOINER : TEXT_CUT_NONE;
}

/* No line ends behind a lone letter or with two marks apart; an encoded byte (%20) stays
 * whole, since the break goes before it. */
static void find_url_cuts(const struct decoded *d, uint8_t *kinds)
{
    for (size_t i = MIN_URL_HEAD; i + MIN_URL_HEAD <= d->n; i++) {
        enum text_cut_kind kind = count_letters(d, i, false) >= 2
                                      ? url_kind_before(d->c[i]) : url_kind_behind(d, i);
        kinds[d->at[i]] = (uint8_t)kind;
    }
}

/* An address that stands in plain text. */
static bool looks_like_url(str text)
{
    size_t at;
    return str_find(text, STR("://"), &at) || str_starts(text, STR("www.")) ||
           (str_find_char(text, '@', &at) && at > 0 && at + 1 < text.n);
}

static bool is_word_char(uint32_t c)
{
    return is_letter(c) || is_apostrophe(c);
}

/* Letters [from, to) may be hyphenated: long enough, no digit beside them (but for a
 * footnote's number, which is another span), no capital inside that its neighbours do not
 * have, too. */
static bool may_hyphenate(const struct text_cut_request *r, const struct decoded *d,
                          size_t from, size_t to)
{
    size_t letters = 0;
    for (size_t i = from; i < to; i++) {
        letters += is_letter(d->c[i]);
        bool capital = i > from && d->c[i] != uc_tolower(d->c[i]);
        if (capital && !(r->flags & TEXT_WORD_CAPITALS)) {
            return false;
        }
    }
    bool digit_before = from > 0 && is_digit(d->c[from - 1]) &&
                        !(r->borders && r->borders[d->at[from]]);
    bool digit_after = to < d->n && is_digit(d->c[to]) &&
                       !(r->borders && r->borders[d->at[to]]);
    return letters >= MIN_HYPHENATED && !digit_before && !digit_after;
}

static enum text_cut_kind hyphenation_kind(const struct text_cut_request *r,
                                           const struct decoded *d, size_t from,
                                           size_t to)
{
    bool part = (from > 1 && is_hyphen(d->c[from - 1])) ||
                (to + 1 < d->n && is_hyphen(d->c[to]));
    if (part) {
        return TEXT_CUT_HYPHENATE_PART;
    }
    char base[9];
    str lang = text_lang_base(r->font->lang, base);
    bool capital = d->c[from] != uc_tolower(d->c[from]) &&
                   !(r->flags & TEXT_WORD_CAPITALS);
    return capital && !str_is(lang, "de") && !str_is(lang, "lb") ? TEXT_CUT_HYPHENATE_NAME
                                                                 : TEXT_CUT_HYPHENATE;
}

/* Hyphenates what is between the apostrophes at the ends of characters [from, to). */
static void hyphenate_letters(const struct text_cut_request *r, const struct decoded *d,
                              size_t from, size_t to, uint8_t *kinds)
{
    while (from < to && is_apostrophe(d->c[from])) {
        from++;
    }
    while (from < to && is_apostrophe(d->c[to - 1])) {
        to--;
    }
    if (from == to || !may_hyphenate(r, d, from, to)) {
        return;
    }
    str letters = str_sub(r->text, d->at[from], d->at[to]);
    uint8_t breaks[MAX_HYPHENATED];
    if (letters.n > sizeof breaks) {
        return;
    }
    text_patterns_apply(r->font->patterns, letters, breaks);
    enum text_cut_kind kind = hyphenation_kind(r, d, from, to);
    for (size_t i = 1; i < letters.n; i++) {
        if (breaks[i] && !kinds[d->at[from] + i]) {
            kinds[d->at[from] + i] = (uint8_t)kind;
        }
    }
}

static void find_hyphenation(const struct text_cut_request *r, const struct decoded *d,
                             uint8_t *kinds)
{
    for (size_t from = 0, to; from < d->n; from = to + 1) {
        to = from;
        while (to < d->n && is_word_char(d->c[to])) {
            to++;
        }
        if (to - from >= MIN_HYPHENATED) {
            hyphenate_letters(r, d, from, to, kinds);
        }
    }
}

void text_grapheme_breaks(str text, uint8_t *breaks)
{
    u8_grapheme_breaks((const uint8_t *)text.p, text.n, (char *)breaks);
}

/* Whether a stretch that is cut anywhere shows hyphens: letters of a script that has
 * them. In a number or a name with digits they would be read as part of it. */
static bool shows_hyphens(str stretch)
{
    for (size_t i = 0; i < stretch.n;) {
        uint32_t c = utf8_next(stretch, &i);
        bool mark = c >= 128 && uc_is_general_category(c, UC_MARK);
        if (!mark && !is_apostrophe(c) &&
            !(is_letter(c) && text_script_hyphenates(text_script_of(c)))) {
            return false;
        }
    }
    return true;
}

/* Fills stretches of at least `longest` clusters that have no other cut. */
static void find_emergency_cuts(struct arena *a, str text, size_t longest, uint8_t *kinds)
{
    if (text.n < longest) {
        return;
    }
    uint8_t *breaks = NEW_ARRAY(a, uint8_t, text.n + 1);
    text_grapheme_breaks(text, breaks);
    for (size_t from = 0, to; from < text.n; from = to) {
        size_t clusters = 1;
        for (to = from + 1; to < text.n && !kinds[to]; to++) {
            clusters += breaks[to] != 0;
        }
        if (clusters < longest) {
            continue;
        }
        bool hyphens = longest && shows_hyphens(str_sub(text, from, to));
        for (size_t i = from + 1; i < to; i++) {
            kinds[i] = !breaks[i] ? TEXT_CUT_NONE
                       : hyphens  ? TEXT_CUT_EMERGENCY_HYPHEN : TEXT_CUT_EMERGENCY;
        }
    }
}

void text_find_cuts(struct text_engine *e, const struct text_cut_request *r,
                    uint8_t *kinds)
{
    struct arena *a = &e->scratch;
    struct arena_mark mark = arena_mark(a);
    struct decoded d = decode(a, r->text);
    memset(kinds, 0, r->text.n);
    bool verbatim = r->flags & TEXT_WORD_VERBATIM;
    bool url = !verbatim && ((r->flags & TEXT_WORD_URL) || looks_like_url(r->text));
    if (url) {
        find_url_cuts(&d, kinds);
    } else if (!verbatim) {
        find_unicode_cuts(a, r->text, &d, kinds);
        if ((r->flags & TEXT_WORD_HYPHENATE) && r->font->patterns) {
            find_hyphenation(r, &d, kinds);
        }
    }
    find_emergency_cuts(a, r->text, verbatim || url ? 0 : MIN_EMERGENCY, kinds);
    arena_rewind(a, mark);
}

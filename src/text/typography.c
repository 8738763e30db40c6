/* SPDX-License-Identifier: MIT
 *
 * In:  text as typed. Out: text as printed: quotes, apostrophes, dashes, ellipses, and
 * the narrow spaces of French.
 *
 * Quotes are those of Unicode CLDR 42 (common/main, delimiters). A straight mark opens
 * where a space, a bracket or a dash stands before it, and closes elsewhere; behind a
 * digit, with nothing open, it is a prime and stays. Addresses stay as they are. */
#include "text/text.h"

#include <string.h>
#include <unicase.h>
#include <unictype.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "text/engine.h"

struct quotes {
    const char *lang;      /* a language, or language and region */
    uint16_t open, close;  /* for " */
    uint16_t open2, close2; /* for ' */
};

static const struct quotes QUOTES[] = {
    {"en", 0x201C, 0x201D, 0x2018, 0x2019}, /* the first serves all others */
    {"ar", 0x201D, 0x201C, 0x2019, 0x2018},    {"be", 0xAB, 0xBB, 0x201E, 0x201C},
    {"bg", 0x201E, 0x201C, 0x201E, 0x201C},    {"ca", 0xAB, 0xBB, 0x201C, 0x201D},
    {"cs", 0x201E, 0x201C, 0x201A, 0x2018},    {"de", 0x201E, 0x201C, 0x201A, 0x2018},
    {"de-CH", 0xAB, 0xBB, 0x2039, 0x203A},     {"de-LI", 0xAB, 0xBB, 0x2039, 0x203A},
    {"el", 0xAB, 0xBB, 0x201C, 0x201D},        {"es", 0xAB, 0xBB, 0x201C, 0x201D},
    {"et", 0x201E, 0x201C, 0xAB, 0xBB},        {"fa", 0xAB, 0xBB, 0x2039, 0x203A},
    {"fi", 0x201D, 0x201D, 0x2019, 0x2019},    {"fr", 0xAB, 0xBB, 0x201C, 0x201D},
    {"fr-CH", 0xAB, 0xBB, 0x2039, 0x203A},     {"he", 0x201D, 0x201D, 0x2019, 0x2019},
    {"hr", 0x201E, 0x201C, 0x201A, 0x2018},    {"hu", 0x201E, 0x201D, 0xBB, 0xAB},
    {"hy", 0xAB, 0xBB, 0xAB, 0xBB},            {"is", 0x201E, 0x201C, 0x201A, 0x2018},
    {"it", 0xAB, 0xBB, 0x201C, 0x201D},        {"it-CH", 0xAB, 0xBB, 0x2039, 0x203A},
    {"ja", 0x300C, 0x300D, 0x300E, 0x300F},    {"ka", 0x201E, 0x201C, 0xAB, 0xBB},
    {"lb", 0x201E, 0x201C, 0x201A, 0x2018},    {"lt", 0x201E, 0x201C, 0x201E, 0x201C},
    {"mk", 0x201E, 0x201C, 0x2019, 0x2018},    {"nb", 0xAB, 0xBB, 0x2018, 0x2019},
    {"nn", 0xAB, 0xBB, 0x2018, 0x2019},        {"no", 0xAB, 0xBB, 0x2018, 0x2019},
    {"pl", 0x201E, 0x201D, 0xAB, 0xBB},        {"pt-PT", 0xAB, 0xBB, 0x201C, 0x201D},
    {"rm", 0xAB, 0xBB, 0x2039, 0x203A},        {"ro", 0x201E, 0x201D, 0xAB, 0xBB},
    {"ru", 0xAB, 0xBB, 0x201E, 0x201C},        {"sk", 0x201E, 0x201C, 0x201A, 0x2018},
    {"sl", 0x201E, 0x201C, 0x201A, 0x2018},    {"sq", 0xAB, 0xBB, 0x201C, 0x201D},
    {"sr", 0x201E, 0x201D, 0x2019, 0x2019},    {"sv", 0x201D, 0x201D, 0x2019, 0x2019},
    {"uk", 0xAB, 0xBB, 0x201E, 0x201C},
};

enum { DOUBLE_OPEN = 1, SINGLE_OPEN = 2 };
enum { NARROW_SPACE = 0x202F, APOSTROPHE = 0x2019 };

struct pass {
    str in;
    struct buf out;
    struct text_typography *state;
    const struct quotes *quotes;
    bool french;
};

/* The whole tag counts, then its language; case does not matter in tags. */
static const struct quotes *quotes_of(str lang)
{
    char base[9];
    str l = text_lang_base(lang, base);
    const struct quotes *found = &QUOTES[0];
    for (size_t i = 1; i < sizeof QUOTES / sizeof *QUOTES; i++) {
        str name = str_from(QUOTES[i].lang);
        if (str_eq(name, l)) {
            found = &QUOTES[i];
        } else if (name.n == lang.n && name.n > 3 && str_starts(name, l) &&
                   (lang.p[3] & ~32) == name.p[3] && (lang.p[4] & ~32) == name.p[4]) {
            return &QUOTES[i];
        }
    }
    return found;
}

static uint32_t peek(const struct pass *p, size_t at)
{
    return at < p->in.n ? utf8_next(p->in, &at) : 0;
}

static void put(struct pass *p, uint32_t c)
{
    buf_code_point(&p->out, c);
    p->state->before = c;
}

static bool is_space(uint32_t c)
{
    return c == 0 || c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 ||
           (c >= 0x2000 && c <= 0x200B) || c == 0x2028 || c == NARROW_SPACE ||
           c == 0x3000;
}

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(uint32_t c)
{
    return (c | 32) >= 'a' && c < 128 ? (c | 32) <= 'z'
                                      : c >= 128 && uc_is_general_category(c, UC_LETTER);
}

/* Characters behind which a quote opens. */
static bool opens_behind(uint32_t c)
{
    static const uint16_t OPENERS[] = {'(',    '[',    '{',  '<',    '/',    '-',
                                       '=',    '"',    '\'', 0x2010, 0x2011, 0x2012,
                                       0x2013, 0x2014, 0xAB, 0x2018, 0x201A, 0x201C,
                                       0x201E, 0x2039, 0xBF, 0xA1};
    for (size_t i = 0; i < sizeof OPENERS / sizeof *OPENERS; i++) {
        if (c == OPENERS[i]) {
            return true;
        }
    }
    return is_space(c);
}

/* French sets a narrow space between guillemets and what they hold. */
static void put_open(struct pass *p, uint32_t mark)
{
    put(p, mark);
    if (p->french && (mark == 0xAB || mark == 0x2039)) {
        put(p, NARROW_SPACE);
    }
}

static void put_close(struct pass *p, uint32_t mark)
{
    if (p->french && (mark == 0xBB || mark == 0x203A) &&
        p->state->before != NARROW_SPACE) {
        put(p, NARROW_SPACE);
    }
    put(p, mark);
}

static void double_quote(struct pass *p, size_t at)
{
    struct text_typography *s = p->state;
    uint32_t before = s->before, after = peek(p, at + 1);
    bool open = s->depth & DOUBLE_OPEN;
    bool may_open = opens_behind(before) && !(open && before == p->quotes->close2);
    if (may_open && !(open && is_space(after))) {
        s->depth |= DOUBLE_OPEN;
        put_open(p, p->quotes->open);
    } else if (is_digit(before) && !open) {
        put(p, '"');
    } else {
        s->depth &= ~DOUBLE_OPEN;
        put_close(p, p->quotes->close);
    }
}

/* 'tis, '90s, rock 'n' roll: an apostrophe before a word. */
static bool is_elision(const struct pass *p, size_t at)
{
    static const char *const WORDS[] = {"tis", "twas", "twere", "twill", "til", "em",
                                        "cause", "bout", "round", "n", "s", "t"};
    str rest = str_sub(p->in, at + 1, p->in.n);
    size_t n = 0;
    while (n < rest.n && is_letter((unsigned char)rest.p[n]) && !(rest.p[n] & 0x80)) {
        n++;
    }
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
        bool same = n == strlen(WORDS[i]);
        for (size_t k = 0; same && k < n; k++) {
            same = (rest.p[k] | 32) == WORDS[i][k];
        }
        if (same && !(n == 1 && rest.n > 1 && rest.p[1] == ' ')) {
            return true;
        }
    }
    bool decade = rest.n >= 2 && is_digit((unsigned char)rest.p[0]) &&
                  is_digit((unsigned char)rest.p[1]);
    return decade && (rest.n == 2 || !is_digit((unsigned char)rest.p[2]));
}

static void single_quote(struct pass *p, size_t at)
{
    struct text_typography *s = p->state;
    uint32_t before = s->before, after = peek(p, at + 1);
    bool open = s->depth & SINGLE_OPEN;
    if (opens_behind(before) && !(open && is_space(after))) {
        if (is_space(after) || is_elision(p, at)) {
            put(p, APOSTROPHE);
        } else {
            s->depth |= SINGLE_OPEN;
            put_open(p, p->quotes->open2);
        }
    } else if (is_letter(after)) {
        put(p, APOSTROPHE);
    } else if (is_digit(before) && !open) {
        put(p, '\'');
    } else if (open) {
        s->depth &= ~SINGLE_OPEN;
        put_close(p, p->quotes->close2);
    } else {
        put(p, APOSTROPHE);
    }
}

static size_t count_same(const struct pass *p, size_t at)
{
    size_t n = 1;
    while (at + n < p->in.n && p->in.p[at + n] == p->in.p[at]) {
        n++;
    }
    return n;
}

/* Two hyphens, three hyphens; but not "--option", nor a drawn line. */
static size_t dashes(struct pass *p, size_t at)
{
    size_t n = count_same(p, at);
    bool option = is_space(p->state->before) && is_letter(peek(p, at + n));
    if ((n == 2 && !option) || n == 3) {
        put(p, n == 2 ? 0x2013 : 0x2014);
    } else {
        for (size_t i = 0; i < n; i++) {
            put(p, '-');
        }
    }
    return n;
}

static size_t dots(struct pass *p, size_t at)
{
    size_t n = count_same(p, at);
    if (n == 3 || n == 4) { /* an ellipsis, and the full stop behind one */
        put(p, 0x2026);
    }
    for (size_t i = n == 3 || n == 4 ? 3 : 0; i < n; i++) {
        put(p, '.');
    }
    return n;
}

static bool is_url_start(str s)
{
    size_t n = 0;
    while (n < s.n && n < 12 && is_letter((unsigned char)s.p[n]) && !(s.p[n] & 0x80)) {
        n++;
    }
    str rest = str_sub(s, n, s.n);
    return (n > 1 && str_starts(rest, STR("://"))) || str_starts(s, STR("www.")) ||
           str_starts(s, STR("mailto:"));
}

/* What an address does not go on behind, nor anything else that is seen as a whole. */
static bool ends_word(char c)
{
    return strchr(" \t\r\n\"<>", c);
}

/* Copies an address; gives its bytes, 0 if there is none at `at`. */
static size_t address(struct pass *p, size_t at)
{
    if (is_letter(p->state->before) || is_digit(p->state->before) ||
        !is_url_start(str_sub(p->in, at, p->in.n))) {
        return 0;
    }
    size_t end = at;
    while (end < p->in.n && !ends_word(p->in.p[end])) {
        end++;
    }
    for (size_t i = at; i < end;) {
        put(p, utf8_next(p->in, &i));
    }
    return end - at;
}

/* A typed space before ; : ! ? or inside guillemets becomes a narrow no-break one. */
static bool is_french_space(const struct pass *p, size_t at, uint32_t c)
{
    if (c != ' ' && c != 0xA0) {
        return false;
    }
    if (p->state->before == 0xAB || p->state->before == 0x2039) {
        return true;
    }
    uint32_t mark = peek(p, at);
    if (mark == 0xBB || mark == 0x203A) {
        return true;
    }
    uint32_t next = peek(p, at + 1);
    return (mark == ';' || mark == ':' || mark == '!' || mark == '?') &&
           (is_space(next) || strchr("!?)]\"'.,", (int)(next < 128 ? next : 'x')) ||
            next == 0xBB || next == 0x201D);
}

static size_t step(struct pass *p, size_t at)
{
    size_t next = at;
    uint32_t c = utf8_next(p->in, &next);
    switch (c) {
    case '"':
        double_quote(p, at);
        return next;
    case '\'':
        single_quote(p, at);
        return next;
    case '-':
        return at + dashes(p, at);
    case '.':
        return at + dots(p, at);
    default:
        if (p->french && is_french_space(p, next, c)) {
            c = NARROW_SPACE;
        } else if (c < 128 && is_letter(c)) {
            size_t n = address(p, at);
            if (n) {
                return at + n;
            }
        }
        put(p, c);
        return next;
    }
}

/* Where `c`, or two of them, stand in the bytes `from` to `to`; `to` if they do not. */
static size_t find_in(const struct pass *p, size_t from, size_t to, char c, bool twice)
{
    const char *at = p->in.p + from, *end = p->in.p + to;
    for (; at < end && (at = memchr(at, c, (size_t)(end - at))); at++) {
        size_t i = (size_t)(at - p->in.p);
        if (!twice || (i + 1 < p->in.n && at[1] == c)) {
            return i;
        }
    }
    return to;
}

/* The start of the next word in which something may change, or the end; `at` is the start
 * of one. Most text has nothing to change. */
static size_t find_change(const struct pass *p, size_t at)
{
    enum { AT_ONCE = 256 }; /* so that many changes do not cost many looks at all */
    for (size_t from = at; from < p->in.n; from += AT_ONCE) {
        size_t end = p->in.n - from < AT_ONCE ? p->in.n : from + AT_ONCE;
        size_t i = find_in(p, from, end, '"', false);
        i = find_in(p, from, i, '\'', false);
        i = find_in(p, from, i, '-', true);
        i = find_in(p, from, i, '.', true);
        i = p->french ? find_in(p, from, i, ' ', false) : i;
        i = p->french ? find_in(p, from, i, '\xC2', false) : i;
        if (i < end) {
            while (i > at && !ends_word(p->in.p[i - 1])) {
                i--;
            }
            return i;
        }
    }
    return p->in.n;
}

static size_t put_settled(struct pass *p, size_t from, size_t to)
{
    if (to > from) {
        size_t at = to;
        buf_put(&p->out, str_sub(p->in, from, to));
        p->state->before = utf8_prev(p->in, &at);
    }
    return to;
}

str text_make_typographic(str text, str lang, struct text_typography *state,
                          struct arena *a)
{
    char base[9];
    struct pass p = {.in = text, .state = state};
    p.french = str_is(text_lang_base(lang, base), "fr");
    size_t at = find_change(&p, 0);
    if (at == text.n) {
        state->before = at ? utf8_prev(text, &at) : state->before;
        return text;
    }
    p.quotes = quotes_of(lang);
    buf_init(&p.out, a);
    buf_room(&p.out, text.n + 16);
    at = put_settled(&p, 0, at);
    while (at < text.n) {
        at = step(&p, at);
        if (ends_word(text.p[at - 1])) {
            at = put_settled(&p, at, find_change(&p, at));
        }
    }
    return buf_str(&p.out);
}

str text_capitalise(str text, struct arena *a)
{
    struct buf out;
    size_t at = 0;
    if (text.n == 0) {
        return text;
    }
    buf_init(&out, a);
    buf_code_point(&out, (uint32_t)uc_totitle(utf8_next(text, &at)));
    buf_put(&out, str_sub(text, at, text.n));
    return buf_str(&out);
}

/* SPDX-License-Identifier: MIT
 *
 * In:  patterns, and words. Out: where a word may be divided.
 *
 * Franklin Liang's rule: every pattern that occurs in the word, with '.' for its ends,
 * puts its digits between the letters; the highest digit at each place counts, and odd
 * ones allow a break. The first of two levels finds the borders of compounds, the second
 * divides their parts. Everything works on bytes of the file's charset. */
#include "text/hyphen.h"

#include <string.h>
#include <unicase.h>

#include "base/utf8.h"
#include "text/patterns.h"

enum { MAX_WORD = 96 };

/* Few stretches of a word begin like a pattern, and this tells most others without a
 * look at the table, which is larger than a processor's near memory. */
static bool may_begin(const struct pattern_level *l, uint32_t h)
{
    uint32_t bit = pattern_hash_end(h) % PATTERN_BEGINNINGS;
    return l->beginnings[bit / 64] >> bit % 64 & 1;
}

/* True if the pattern at `at` has exactly these letters. */
static bool pattern_is(const struct text_patterns *p, size_t at, const char *letters,
                       size_t n)
{
    size_t i = 0;
    for (; at < p->file.n && (unsigned char)p->file.p[at] > ' '; at++) {
        if (pattern_is_digit(p->file.p[at])) {
            continue;
        }
        if (i == n || letters[i] != p->file.p[at]) {
            return false;
        }
        i++;
    }
    return i == n;
}

/* A word in the file's charset and lower case, with the ends marked; what each byte was
 * in the original. */
struct prepared {
    char bytes[MAX_WORD + 4];
    uint16_t origin[MAX_WORD + 4]; /* byte offset of its character in the word */
    bool first[MAX_WORD + 4];      /* it begins a character */
    uint8_t values[MAX_WORD + 5];  /* values[i]: between bytes i - 1 and i */
    size_t n;
};

static bool put_character(const struct text_patterns *p, struct prepared *w, uint32_t c,
                          size_t origin)
{
    char bytes[4];
    size_t n = 1;
    if (p->utf8) {
        n = utf8_put(bytes, c);
    } else if (c < 128) {
        bytes[0] = (char)c;
    } else {
        uint32_t i = 0;
        while (i < 128 && p->high[i] != c) {
            i++;
        }
        if (i == 128) {
            return false;
        }
        bytes[0] = (char)(128 + i);
    }
    if (w->n + n > MAX_WORD) {
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        w->first[w->n] = i == 0;
        w->origin[w->n] = (uint16_t)origin;
        w->bytes[w->n++] = bytes[i];
    }
    return true;
}

/* False when the word is too long or has a character that the charset lacks. */
static bool prepare(const struct text_patterns *p, str word, struct prepared *w)
{
    memset(w, 0, sizeof *w);
    if (word.n > MAX_WORD) {
        return false;
    }
    for (size_t i = 0; i < word.n;) {
        size_t from = i;
        uint32_t c = uc_tolower(utf8_next(word, &i));
        c = c >= '0' && c <= '9' ? '.' : c; /* digits would read as values */
        c = c == 0x2019 && !p->utf8 ? '\'' : c;
        if (!put_character(p, w, c, from)) {
            return false;
        }
    }
    return true;
}

static void raise_values(const struct text_patterns *p, size_t at, uint8_t *values)
{
    for (; at < p->file.n && (unsigned char)p->file.p[at] > ' '; at++) {
        char c = p->file.p[at];
        if (!pattern_is_digit(c)) {
            values++;
        } else if (*values < (uint8_t)(c - '0')) {
            *values = (uint8_t)(c - '0');
        }
    }
}

/* Applies a level to `text` = '.' + letters + '.'; values[i] stands before text[i]. */
static void apply_level(const struct text_patterns *p, const struct pattern_level *l,
                        const char *text, size_t n, uint8_t *values)
{
    for (size_t from = 0; l->cap && from < n; from++) {
        uint32_t h = PATTERN_HASH_START;
        for (size_t k = 0; k < l->longest && from + k < n; k++) {
            h = pattern_hash_step(h, text[from + k]);
            if (k >= PATTERN_SHORT && !may_begin(l, h)) {
                break;
            }
            uint32_t mixed = pattern_hash_end(h);
            size_t mask = l->cap - 1;
            for (size_t i = mixed & mask; l->slots[i].at; i = (i + 1) & mask) {
                if (l->slots[i].hash == mixed &&
                    pattern_is(p, l->slots[i].at - 1, text + from, k + 1)) {
                    raise_values(p, l->slots[i].at - 1, values + from);
                }
            }
        }
    }
}

/* Values between the letters of bytes [from, to), as a word of its own. */
static void apply_part(const struct text_patterns *p, const struct pattern_level *l,
                       struct prepared *w, size_t from, size_t to)
{
    char text[MAX_WORD + 8];
    uint8_t values[MAX_WORD + 9] = {0};
    size_t n = to - from;
    text[0] = '.';
    memcpy(text + 1, w->bytes + from, n);
    text[n + 1] = '.';
    apply_level(p, l, text, n + 2, values);
    for (size_t i = 1; i < n; i++) {
        w->values[from + i] = values[i + 1];
    }
}

static bool is_border(str word, size_t at, str mark)
{
    return at + mark.n <= word.n && memcmp(word.p + at, mark.p, mark.n) == 0;
}

/* Odd values on both sides of what NOHYPHEN names by default: hyphen, apostrophe. */
static void mark_separators(const struct text_patterns *p, struct prepared *w)
{
    str word = {w->bytes, w->n};
    for (size_t at = 0; at < w->n; at++) {
        for (size_t i = 0; i < p->n_no_hyphen; i++) {
            if (is_border(word, at, p->no_hyphen[i])) {
                w->values[at] = 1;
                w->values[at + p->no_hyphen[i].n] = 1;
            }
        }
    }
}

/* Clears breaks that leave fewer than `left` letters behind `from`, or fewer than
 * `right` before `to`. */
static void keep_ends(struct prepared *w, size_t from, size_t to, unsigned left,
                      unsigned right)
{
    unsigned seen = 0;
    for (size_t i = from; i < to; i++) {
        if (w->first[i] && i > from && seen < left) {
            w->values[i] = 0;
        }
        seen += w->first[i];
    }
    seen = 0;
    for (size_t i = to; i-- > from + 1;) {
        seen += w->first[i];
        if (w->first[i] && seen < right) {
            w->values[i] = 0;
        }
    }
}

/* Divides each part between the borders that the first level found. */
static void apply_parts(const struct text_patterns *p, struct prepared *w)
{
    size_t from = 0;
    for (size_t to = 1; to <= w->n; to++) {
        if (to < w->n && !(w->values[to] % 2)) {
            continue;
        }
        if (to - from > 1) {
            apply_part(p, &p->levels[1], w, from, to);
            keep_ends(w, from, to, from ? p->compound_left : 0,
                      to < w->n ? p->compound_right : 0);
        }
        from = to;
    }
}

static void clear_no_hyphen(const struct text_patterns *p, struct prepared *w)
{
    str word = {w->bytes, w->n};
    for (size_t at = 0; at < w->n; at++) {
        for (size_t i = 0; i < p->n_no_hyphen; i++) {
            if (is_border(word, at, p->no_hyphen[i])) {
                w->values[at] = 0;
                w->values[at + p->no_hyphen[i].n] = 0;
            }
        }
    }
}

void text_patterns_apply(const struct text_patterns *p, str word, uint8_t *breaks)
{
    struct prepared w;
    memset(breaks, 0, word.n);
    if (word.n < 2 || !prepare(p, word, &w)) {
        return;
    }
    if (p->n_levels == 2) {
        apply_part(p, &p->levels[0], &w, 0, w.n);
    } else {
        mark_separators(p, &w);
    }
    apply_parts(p, &w);
    keep_ends(&w, 0, w.n, p->levels[0].left, p->levels[0].right);
    clear_no_hyphen(p, &w);
    for (size_t i = 1; i < w.n; i++) {
        if (w.first[i] && w.values[i] % 2) {
            breaks[w.origin[i]] = 1;
        }
    }
}

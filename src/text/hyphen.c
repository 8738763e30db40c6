/* SPDX-License-Identifier: MIT
 *
 * In:  a pattern file as libhyphen reads it, and words. Out: where a word may be divided.
 *
 * A file is a charset, settings, and patterns, one a line: letters with digits between
 * them ("1na", ".ab3ol"). Franklin Liang's rule: every pattern that occurs in the word,
 * with '.' for its ends, puts its digits between the letters; the highest digit at each
 * place counts, and odd ones allow a break. A file may have two levels, separated by
 * NEXTLEVEL: the first finds the borders of compounds, the second divides their parts.
 * Without the line, hyphens and apostrophes are such borders.
 *
 * A table per level maps the letters of each pattern to its place in the mapped file.
 * Everything works on bytes of the file's charset. Patterns with a replacement ("/ff=f")
 * change the spelling at a break; they are left out. */
#include "text/hyphen.h"

#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <unicase.h>

#include "base/file.h"
#include "base/utf8.h"

enum {
    MAX_WORD = 96,
    MAX_PATTERN = 64,
    MAX_NO_HYPHEN = 16,
    SHORT = 2,               /* letters: beginnings of patterns that are not filtered */
    BEGINNINGS = 1 << 16,
};

struct slot {
    uint32_t hash, at; /* at: 1 + offset of the pattern's line; 0: free */
};

struct level {
    struct slot *slots;
    size_t n, cap;      /* cap: a power of two */
    size_t longest;     /* letters of the longest pattern */
    uint64_t *beginnings; /* a bit for each hash of some that patterns begin with */
    uint8_t left, right; /* fewest letters before the first, behind the last break */
};

struct text_patterns {
    str file;
    bool utf8;
    uint32_t high[128]; /* the characters of bytes 128..255, if not UTF-8 */
    struct level levels[2];
    int n_levels;
    uint8_t compound_left, compound_right;
    str no_hyphen[MAX_NO_HYPHEN]; /* no breaks beside these */
    size_t n_no_hyphen;
};

static uint32_t hash_step(uint32_t h, char c)
{
    return (h ^ (unsigned char)c) * 0x01000193u;
}

static const uint32_t HASH_START = 0x811C9DC5u;

static uint32_t hash_end(uint32_t h)
{
    return h ^ (h >> 15);
}

/* Few stretches of a word begin like a pattern, and this tells most others without a
 * look at the table, which is larger than a processor's near memory. */
static bool may_begin(const struct level *l, uint32_t h)
{
    uint32_t bit = hash_end(h) % BEGINNINGS;
    return l->beginnings[bit / 64] >> bit % 64 & 1;
}

static void add_beginning(struct level *l, uint32_t h)
{
    uint32_t bit = hash_end(h) % BEGINNINGS;
    l->beginnings[bit / 64] |= (uint64_t)1 << bit % 64;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* True if the pattern at `at` has exactly these letters. */
static bool pattern_is(const struct text_patterns *p, size_t at, const char *letters,
                       size_t n)
{
    size_t i = 0;
    for (; at < p->file.n && (unsigned char)p->file.p[at] > ' '; at++) {
        if (is_digit(p->file.p[at])) {
            continue;
        }
        if (i == n || letters[i] != p->file.p[at]) {
            return false;
        }
        i++;
    }
    return i == n;
}

/* The first size follows from what is left of the file: a pattern takes more than five
 * bytes, and the table is not to grow while it is filled. */
static void grow(struct level *l, size_t bytes_left)
{
    size_t cap = l->cap ? l->cap * 2 : 64;
    while (!l->cap && cap < bytes_left / 5) {
        cap *= 2;
    }
    struct slot *slots = calloc(cap, sizeof *slots);
    if (!slots) {
        oom_report(cap * sizeof *slots);
    }
    for (size_t i = 0; i < l->cap; i++) {
        if (l->slots[i].at) {
            size_t k = l->slots[i].hash & (cap - 1);
            while (slots[k].at) {
                k = (k + 1) & (cap - 1);
            }
            slots[k] = l->slots[i];
        }
    }
    free(l->slots);
    l->slots = slots;
    l->cap = cap;
    if (!l->beginnings) {
        l->beginnings = calloc(BEGINNINGS / 64, sizeof *l->beginnings);
        if (!l->beginnings) {
            oom_report(BEGINNINGS / 8);
        }
    }
}

/* The hash of the letters of a pattern's line, and their number; 0: it is none. */
static uint32_t hash_pattern(str line, size_t *n)
{
    uint32_t h = HASH_START;
    *n = 0;
    for (size_t i = 0; i < line.n; i++) {
        if (line.p[i] == '/' || (unsigned char)line.p[i] <= ' ') {
            *n = 0;
            return 0;
        }
        if (!is_digit(line.p[i])) {
            h = hash_step(h, line.p[i]);
            ++*n;
        }
    }
    return hash_end(h);
}

static void add_beginnings(struct level *l, str line)
{
    uint32_t h = HASH_START;
    size_t n = 0;
    for (size_t i = 0; i < line.n; i++) {
        if (!is_digit(line.p[i])) {
            h = hash_step(h, line.p[i]);
            if (++n > SHORT) {
                add_beginning(l, h);
            }
        }
    }
}

/* Enters the pattern that is the line [at, at + line.n). The first of two patterns with
 * the same letters would hide the second; both are kept, and a search visits both. */
static void add_pattern(struct level *l, str line, size_t at, size_t bytes_left)
{
    size_t n;
    uint32_t h = hash_pattern(line, &n);
    if (n == 0 || n > MAX_PATTERN) {
        return;
    }
    if (l->n * 4 >= l->cap * 3) {
        grow(l, bytes_left);
    }
    size_t k = h & (l->cap - 1);
    while (l->slots[k].at) {
        k = (k + 1) & (l->cap - 1);
    }
    l->slots[k] = (struct slot){h, (uint32_t)at + 1};
    l->n++;
    l->longest = n > l->longest ? n : l->longest;
    add_beginnings(l, line);
}

static uint8_t number_behind(str line)
{
    unsigned value = 0;
    for (size_t i = 0; i < line.n; i++) {
        if (is_digit(line.p[i]) && value < 100) {
            value = value * 10 + (unsigned)(line.p[i] - '0');
        }
    }
    return (uint8_t)(value < 100 ? value : 99);
}

static void read_no_hyphen(struct text_patterns *p, str list)
{
    list = str_trim(list);
    while (list.n && p->n_no_hyphen < MAX_NO_HYPHEN) {
        str one = str_cut(list, ',', &list);
        if (one.n) {
            p->no_hyphen[p->n_no_hyphen++] = one;
        }
    }
}

/* True if the line was a setting. */
static bool read_setting(struct text_patterns *p, str line)
{
    const struct {
        const char *key;
        uint8_t *value;
    } numbers[] = {
        {"LEFTHYPHENMIN", &p->levels[0].left},
        {"RIGHTHYPHENMIN", &p->levels[0].right},
        {"COMPOUNDLEFTHYPHENMIN", &p->compound_left},
        {"COMPOUNDRIGHTHYPHENMIN", &p->compound_right},
    };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        if (str_starts(line, str_from(numbers[i].key))) {
            *numbers[i].value = number_behind(line);
            return true;
        }
    }
    if (str_starts(line, STR("NOHYPHEN"))) {
        read_no_hyphen(p, str_sub(line, 8, line.n));
        return true;
    }
    return false;
}

static bool is_setting_letter(char c)
{
    return c >= 'A' && c <= 'Z';
}

static void read_line(struct text_patterns *p, str line, size_t at)
{
    if (!line.n || line.p[0] == '#' || line.p[0] == '%') {
        return;
    }
    if (is_setting_letter(line.p[0])) {
        if (str_starts(line, STR("NEXTLEVEL")) && p->n_levels == 1) {
            p->n_levels = 2;
            return;
        }
        if (read_setting(p, line)) {
            return;
        }
    }
    add_pattern(&p->levels[p->n_levels - 1], line, at, p->file.n - at);
}

/* The characters of the upper half of a one-byte charset. */
static bool read_charset(struct text_patterns *p, str name)
{
    char c_name[40];
    name = str_trim(name);
    if (!name.n || name.n >= sizeof c_name - 4) {
        return false;
    }
    p->utf8 = str_is(name, "UTF-8");
    bool latin1 = str_is(name, "ISO8859-1");
    for (uint32_t i = 0; i < 128; i++) {
        p->high[i] = latin1 ? 128 + i : 0;
    }
    if (p->utf8 || latin1) {
        return true;
    }
    memcpy(c_name, name.p, name.n);
    c_name[name.n] = '\0';
    iconv_t conv = iconv_open("UTF-32LE", c_name);
    if (conv == (iconv_t)-1) {
        return false;
    }
    for (uint32_t i = 0; i < 128; i++) {
        char in = (char)(128 + i);
        unsigned char out[8] = {0};
        char *from = &in, *to = (char *)out;
        size_t n_in = 1, n_out = sizeof out;
        if (iconv(conv, &from, &n_in, &to, &n_out) == 0) {
            p->high[i] =
                (uint32_t)out[0] | (uint32_t)out[1] << 8 | (uint32_t)out[2] << 16;
        }
    }
    iconv_close(conv);
    return true;
}

/* Without NEXTLEVEL: the patterns are the second level, below one that knows hyphens
 * and apostrophes only (see compound_borders). */
static void end_levels(struct text_patterns *p)
{
    if (p->n_levels == 1) {
        uint8_t left = p->levels[0].left, right = p->levels[0].right;
        p->levels[1] = p->levels[0];
        p->levels[0] = (struct level){.left = left, .right = right};
        if (!p->n_no_hyphen) {
            read_no_hyphen(p, p->utf8 ? STR("',\xe2\x80\x93,\xe2\x80\x99,-")
                                      : STR("',-"));
        }
    }
    struct level *first = &p->levels[0];
    first->left = first->left ? first->left : 2;
    first->right = first->right ? first->right : 2;
}

struct text_patterns *text_patterns_load(str path)
{
    struct file_result file = file_map(path);
    if (file.status != FILE_OK || file.bytes.n > (64u << 20)) {
        return NULL;
    }
    struct text_patterns *p = calloc(1, sizeof *p);
    if (!p) {
        oom_report(sizeof *p);
    }
    p->file = file.bytes;
    p->n_levels = 1;
    str rest;
    str charset = str_cut(p->file, '\n', &rest);
    if (!read_charset(p, charset)) {
        text_patterns_free(p);
        return NULL;
    }
    while (rest.n) {
        size_t at = (size_t)(rest.p - p->file.p);
        str line = str_cut(rest, '\n', &rest);
        if (line.n && line.p[line.n - 1] == '\r') {
            line.n--;
        }
        read_line(p, line, at);
    }
    end_levels(p);
    return p;
}

void text_patterns_free(struct text_patterns *p)
{
    if (p) {
        for (int i = 0; i < 2; i++) {
            free(p->levels[i].slots);
            free(p->levels[i].beginnings);
        }
        file_unmap(p->file);
        free(p);
    }
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
        if (!is_digit(c)) {
            values++;
        } else if (*values < (uint8_t)(c - '0')) {
            *values = (uint8_t)(c - '0');
        }
    }
}

/* Applies a level to `text` = '.' + letters + '.'; values[i] stands before text[i]. */
static void apply_level(const struct text_patterns *p, const struct level *l,
                        const char *text, size_t n, uint8_t *values)
{
    for (size_t from = 0; l->cap && from < n; from++) {
        uint32_t h = HASH_START;
        for (size_t k = 0; k < l->longest && from + k < n; k++) {
            h = hash_step(h, text[from + k]);
            if (k >= SHORT && !may_begin(l, h)) {
                break;
            }
            uint32_t mixed = hash_end(h);
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
static void apply_part(const struct text_patterns *p, const struct level *l,
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

/* SPDX-License-Identifier: MIT
 *
 * In:  a pattern file as libhyphen reads it. Out: tables of its patterns.
 *
 * A file is a charset, settings, and patterns, one a line: letters with digits between
 * them ("1na", ".ab3ol"). It may have two levels, separated by NEXTLEVEL; without the
 * line, hyphens and apostrophes are the borders that the first one would find.
 *
 * A table per level maps the letters of each pattern to its place in the mapped file.
 * Patterns with a replacement ("/ff=f") change the spelling at a break; they are left
 * out. */
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "text/patterns.h"

enum { MAX_PATTERN = 64 };

static void add_beginning(struct pattern_level *l, uint32_t h)
{
    uint32_t bit = pattern_hash_end(h) % PATTERN_BEGINNINGS;
    l->beginnings[bit / 64] |= (uint64_t)1 << bit % 64;
}

/* The first size follows from what is left of the file: a pattern takes more than five
 * bytes, and the table is not to grow while it is filled. */
static void grow(struct pattern_level *l, size_t bytes_left)
{
    size_t cap = l->cap ? l->cap * 2 : 64;
    while (!l->cap && cap < bytes_left / 5) {
        cap *= 2;
    }
    struct pattern_slot *slots = calloc(cap, sizeof *slots);
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
        l->beginnings = calloc(PATTERN_BEGINNINGS / 64, sizeof *l->beginnings);
        if (!l->beginnings) {
            oom_report(PATTERN_BEGINNINGS / 8);
        }
    }
}

/* The hash of the letters of a pattern's line, and their number; 0: it is none. */
static uint32_t hash_pattern(str line, size_t *n)
{
    uint32_t h = PATTERN_HASH_START;
    *n = 0;
    for (size_t i = 0; i < line.n; i++) {
        if (line.p[i] == '/' || (unsigned char)line.p[i] <= ' ') {
            *n = 0;
            return 0;
        }
        if (!pattern_is_digit(line.p[i])) {
            h = pattern_hash_step(h, line.p[i]);
            ++*n;
        }
    }
    return pattern_hash_end(h);
}

static void add_beginnings(struct pattern_level *l, str line)
{
    uint32_t h = PATTERN_HASH_START;
    size_t n = 0;
    for (size_t i = 0; i < line.n; i++) {
        if (!pattern_is_digit(line.p[i])) {
            h = pattern_hash_step(h, line.p[i]);
            if (++n > PATTERN_SHORT) {
                add_beginning(l, h);
            }
        }
    }
}

/* Enters the pattern that is the line [at, at + line.n). The first of two patterns with
 * the same letters would hide the second; both are kept, and a search visits both. */
static void add_pattern(struct pattern_level *l, str line, size_t at, size_t bytes_left)
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
    l->slots[k] = (struct pattern_slot){h, (uint32_t)at + 1};
    l->n++;
    l->longest = n > l->longest ? n : l->longest;
    add_beginnings(l, line);
}

static uint8_t number_behind(str line)
{
    unsigned value = 0;
    for (size_t i = 0; i < line.n; i++) {
        if (pattern_is_digit(line.p[i]) && value < 100) {
            value = value * 10 + (unsigned)(line.p[i] - '0');
        }
    }
    return (uint8_t)(value < 100 ? value : 99);
}

static void read_no_hyphen(struct text_patterns *p, str list)
{
    list = str_trim(list);
    while (list.n && p->n_no_hyphen < PATTERN_MAX_NO_HYPHEN) {
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
        p->levels[0] = (struct pattern_level){.left = left, .right = right};
        if (!p->n_no_hyphen) {
            read_no_hyphen(p, p->utf8 ? STR("',\xe2\x80\x93,\xe2\x80\x99,-")
                                      : STR("',-"));
        }
    }
    struct pattern_level *first = &p->levels[0];
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

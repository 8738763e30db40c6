/* SPDX-License-Identifier: MIT
 *
 * Questions to the tables: rows by key, keys of a mapping, papers by name. The tables
 * are small and a layout is read once, so every search is a walk. */
#include "style/table.h"

#include <string.h>

const struct style_word *style_find_word(const struct style_word *words, str text)
{
    for (; words && words->word; words++) {
        if (str_is(text, words->word)) {
            return words;
        }
    }
    return NULL;
}

const struct style_prop *style_find_prop(str key)
{
    for (size_t i = 0; i < STYLE_PROP_COUNT; i++) {
        if (str_is(key, STYLE_PROPS[i].key)) {
            return &STYLE_PROPS[i];
        }
    }
    return NULL;
}

const struct style_prop *style_find_layout_prop(const char *path, str key)
{
    for (size_t i = 0; i < LAYOUT_PROP_COUNT; i++) {
        const struct style_prop *p = &LAYOUT_PROPS[i];
        if (strcmp(p->path, path) == 0 && str_is(key, p->key)) {
            return p;
        }
    }
    return NULL;
}

const char *style_group_key(const struct style_group *g)
{
    const char *dot = strrchr(g->path, '.');
    return dot ? dot + 1 : g->path;
}

/* True if `g` stands directly inside `path`. */
static bool is_inside(const struct style_group *g, const char *path)
{
    size_t n = strlen(path);
    const char *dot = strrchr(g->path, '.');
    if (n == 0) {
        return dot == NULL;
    }
    return dot && (size_t)(dot - g->path) == n && strncmp(g->path, path, n) == 0;
}

const struct style_group *style_find_group(const char *path, str key)
{
    for (const struct style_group *g = STYLE_GROUPS; g->path; g++) {
        if (is_inside(g, path) && str_is(key, style_group_key(g))) {
            return g;
        }
    }
    return NULL;
}

static void add_key(const char **keys, size_t *n, const char *key)
{
    if (*n < STYLE_KEYS_MAX) {
        keys[(*n)++] = key;
    }
}

size_t style_list_keys(const char *path, const char **keys)
{
    size_t n = 0;
    for (size_t i = 0; i < LAYOUT_PROP_COUNT; i++) {
        if (strcmp(LAYOUT_PROPS[i].path, path) == 0) {
            add_key(keys, &n, LAYOUT_PROPS[i].key);
        }
    }
    for (size_t i = 0; i < STYLE_PROP_COUNT; i++) {
        if (strcmp(STYLE_PROPS[i].path, path) == 0) {
            add_key(keys, &n, STYLE_PROPS[i].key);
        }
    }
    for (const struct style_group *g = STYLE_GROUPS; g->path; g++) {
        if (is_inside(g, path)) {
            add_key(keys, &n, style_group_key(g));
        }
    }
    if (strcmp(path, "header") == 0 || strcmp(path, "footer") == 0) {
        add_key(keys, &n, "all");
    }
    for (const struct style_name *k = STYLE_MIX_KEYS; k->name; k++) {
        if (strcmp(path, "colors") == 0) {
            add_key(keys, &n, k->name);
        }
    }
    return n;
}

const char *style_kind_name(enum style_kind kind)
{
    static const char *const NAMES[STYLE_KIND_COUNT] = {
        [STYLE_LENGTH] = "a length such as 4mm, 6pt or 1.5em",
        [STYLE_LENGTH_AUTO] = "a length such as 4mm, or `auto`",
        [STYLE_SIZE] = "a font size such as 11pt, 0.8em or 80%",
        [STYLE_LEADING] = "a length such as 14.5pt, or a factor such as 1.3 or 130%",
        [STYLE_RISE] = "a length such as 0.33em",
        [STYLE_COLOR] = "a colour such as \"#1f4e79\", or a name in `colors:`",
        [STYLE_ENUM] = "one word",
        [STYLE_BOOL] = "true or false",
        [STYLE_TOGGLE] = "true, false or toggle",
        [STYLE_INTEGER] = "a whole number",
        [STYLE_WEIGHT] = "a word such as bold, or a number from 100 to 900",
        [STYLE_PERCENT] = "a percentage such as 50%",
        [STYLE_FONT] = "a role in `fonts:` or a family's name",
        [STYLE_FEATURES] = "a mapping of OpenType tags such as {ss04: 1}",
        [STYLE_TEXT] = "text",
        [STYLE_EXTENDS] = "a name",
        [STYLE_TEMPLATE] = "text, with placeholders such as {page}",
        [STYLE_FORMATS] = "a number format such as \"{1}.\", or a list of them",
        [STYLE_BULLETS] = "a text, or a list of texts",
        [STYLE_PAPER] = "a paper such as A4, or [width, height]",
    };
    return NAMES[kind];
}

bool style_name_in(const struct style_name *names, str name)
{
    for (; names->name; names++) {
        if (str_is(name, names->name)) {
            return true;
        }
    }
    return false;
}

/* In tenths of a millimetre, so that inches are exact, too. */
static const struct {
    const char *name;
    int32_t width, height;
} PAPERS[] = {
    {"A2", 4200, 5940}, {"A3", 2970, 4200}, {"A4", 2100, 2970}, {"A5", 1480, 2100},
    {"A6", 1050, 1480}, {"B4", 2500, 3530}, {"B5", 1760, 2500}, {"SRA2", 4500, 6400},
    {"SRA3", 3200, 4500}, {"SRA4", 2250, 3200}, {"Letter", 2159, 2794},
    {"Legal", 2159, 3556}, {"Tabloid", 2794, 4318}};

const char *const STYLE_PAPERS[] = {"A2", "A3", "A4", "A5", "A6", "B4", "B5", "SRA2",
                                    "SRA3", "SRA4", "Letter", "Legal", "Tabloid", NULL};

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_same_word(str a, const char *b)
{
    if (a.n != strlen(b)) {
        return false;
    }
    for (size_t i = 0; i < a.n; i++) {
        if (lower(a.p[i]) != lower(b[i])) {
            return false;
        }
    }
    return true;
}

static len of_tenths(int32_t tenths)
{
    return (len)len_muldiv(tenths, LEN_PT * 72, 254);
}

bool style_find_paper(str name, len *width, len *height)
{
    for (size_t i = 0; i < sizeof PAPERS / sizeof PAPERS[0]; i++) {
        if (is_same_word(name, PAPERS[i].name)) {
            *width = of_tenths(PAPERS[i].width);
            *height = of_tenths(PAPERS[i].height);
            return true;
        }
    }
    return false;
}

/* Two sheets of A5 are A4 but for one millimetre. */
static bool hardly_larger(len paper, len side)
{
    len more = paper - side;
    return more >= -(len)STYLE_PAPER_SLACK && more <= of_tenths(11);
}

void style_round_to_paper(len *width, len *height)
{
    for (size_t i = 0; i < sizeof PAPERS / sizeof PAPERS[0]; i++) {
        len narrow = of_tenths(PAPERS[i].width), wide = of_tenths(PAPERS[i].height);
        bool turned = *width > *height;
        len w = turned ? wide : narrow, h = turned ? narrow : wide;
        if (hardly_larger(w, *width) && hardly_larger(h, *height)) {
            *width = w;
            *height = h;
            return;
        }
    }
}

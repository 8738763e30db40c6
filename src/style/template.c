/* SPDX-License-Identifier: MIT
 *
 * Texts with placeholders: headers, footers, labels, number formats. One scanner cuts
 * them into pieces; checking and filling walk the same pieces:
 *
 *     template = { text | "{" name "}" | "[" template "]" }     doubled: the character
 */
#include "style/sheet.h"

enum piece_kind { PIECE_TEXT, PIECE_NAME, PIECE_OPEN, PIECE_CLOSE, PIECE_BROKEN };

struct piece {
    enum piece_kind kind;
    str text;  /* TEXT: as it is; NAME: between the braces */
    size_t at; /* offset of its first byte */
};

/* The next piece from `*at`, which moves behind it. Without `groups`, square brackets
 * are text. */
static struct piece next_piece(str s, size_t *at, bool groups)
{
    size_t from = *at;
    char c = s.p[from];
    bool is_special = c == '{' || c == '}' || (groups && (c == '[' || c == ']'));
    if (is_special && from + 1 < s.n && s.p[from + 1] == c) {
        *at = from + 2;
        return (struct piece){PIECE_TEXT, str_sub(s, from, from + 1), from};
    }
    if (c == '{') {
        size_t end;
        str rest = str_sub(s, from + 1, s.n);
        if (!str_find_char(rest, '}', &end)) {
            *at = s.n;
            return (struct piece){PIECE_BROKEN, str_sub(s, from, s.n), from};
        }
        *at = from + end + 2;
        return (struct piece){PIECE_NAME, str_sub(rest, 0, end), from};
    }
    *at = from + 1;
    if (is_special) {
        enum piece_kind kind = c == '[' ? PIECE_OPEN : c == ']' ? PIECE_CLOSE
                                                                : PIECE_BROKEN;
        return (struct piece){kind, str_sub(s, from, from + 1), from};
    }
    while (*at < s.n && s.p[*at] != '{' && s.p[*at] != '}' &&
           !(groups && (s.p[*at] == '[' || s.p[*at] == ']'))) {
        (*at)++;
    }
    return (struct piece){PIECE_TEXT, str_sub(s, from, *at), from};
}

/* Checking */

static size_t names_of(const struct style_name *names, const char **out)
{
    size_t n = 0;
    for (; names[n].name && n < STYLE_KEYS_MAX; n++) {
        out[n] = names[n].name;
    }
    return n;
}

static struct place place_of(const struct value *v, struct piece p)
{
    struct place at = value_place(v, p.at);
    at.width = (uint32_t)p.text.n + (p.kind == PIECE_NAME ? 2 : 0);
    return at;
}

static void report_broken(struct style_reader *r, const struct value *v, struct piece p)
{
    const char *hint = p.kind == PIECE_OPEN || p.kind == PIECE_CLOSE
                           ? "brackets stand in pairs and not inside each other; double "
                             "one to print it"
                           : "braces stand in pairs; double one to print it";
    diag_report(r->sink, DIAG_BAD_VALUE, place_of(v, p), hint,
                "a `%.*s` stands alone", 1, p.text.p);
}

static void check_name(struct style_reader *r, const struct value *v, struct piece p,
                       bool labels)
{
    static const char PREFIX[] = "labels.";
    const struct style_name *names = STYLE_PLACEHOLDERS;
    str name = p.text;
    bool is_label = labels && str_starts(name, str_from(PREFIX));
    if (is_label) {
        names = STYLE_LABELS;
        name = str_sub(name, sizeof PREFIX - 1, name.n);
    }
    if (style_name_in(names, name) || (is_label && str_starts(name, STR("x-")))) {
        return;
    }
    const char *known[STYLE_KEYS_MAX];
    str near = diag_suggest(r->sink->arena, name, known, names_of(names, known));
    if (!near.n && labels && style_name_in(STYLE_LABELS, name)) {
        near = str_format(r->sink->arena, "did you mean `labels.%.*s`?", STR_ARG(name));
    }
    diag_report(r->sink, DIAG_BAD_VALUE, place_of(v, p),
                near.n ? near.p : "there are {page}, {pages}, {title}, {section}, "
                                  "{date}, {reference}, {classification}, {subject}, "
                                  "{authors}, {recipient} and {labels.KEY}",
                "unknown placeholder `{%.*s}`", STR_ARG(p.text));
}

static void check(struct style_reader *r, const struct value *v, bool is_label)
{
    struct piece open = {.at = SIZE_MAX};
    for (size_t at = 0; at < v->text.n;) {
        struct piece p = next_piece(v->text, &at, !is_label);
        if (p.kind == PIECE_NAME) {
            check_name(r, v, p, !is_label);
        } else if (p.kind == PIECE_BROKEN ||
                   (p.kind == PIECE_OPEN && open.at != SIZE_MAX) ||
                   (p.kind == PIECE_CLOSE && open.at == SIZE_MAX)) {
            report_broken(r, v, p);
        } else if (p.kind == PIECE_OPEN) {
            open = p;
        } else if (p.kind == PIECE_CLOSE) {
            open.at = SIZE_MAX;
        }
    }
    if (open.at != SIZE_MAX) {
        report_broken(r, v, open);
    }
}

void style_check_template(struct style_reader *r, const struct value *v)
{
    check(r, v, false);
}

void style_check_label(struct style_reader *r, const struct value *v)
{
    check(r, v, true);
}

/* Numbers */

static const char NUMBER_STYLES[] = "1aAiI";

static bool is_number_style(char c)
{
    size_t at;
    return str_find_char(str_from(NUMBER_STYLES), c, &at);
}

/* "2", "2:a" and "a": a level (0: the last) and a style. */
static bool parse_number(str name, int *level, char *style)
{
    *level = 0;
    *style = '1';
    if (name.n && name.p[0] >= '1' && name.p[0] <= '6') {
        *level = name.p[0] - '0';
        name = str_sub(name, 1, name.n);
        if (name.n == 0) {
            return true;
        }
        if (name.p[0] != ':') {
            return false;
        }
        name = str_sub(name, 1, name.n);
    }
    if (name.n != 1 || !is_number_style(name.p[0])) {
        return false;
    }
    *style = name.p[0];
    return true;
}

void style_check_format(struct style_reader *r, const struct value *v)
{
    for (size_t at = 0; at < v->text.n;) {
        struct piece p = next_piece(v->text, &at, false);
        int level;
        char style;
        if (p.kind == PIECE_BROKEN) {
            report_broken(r, v, p);
        } else if (p.kind == PIECE_NAME && !parse_number(p.text, &level, &style)) {
            diag_report(r->sink, DIAG_BAD_VALUE, place_of(v, p),
                        "write {1} to {6} for a level's count, {1:a} {1:A} {1:i} {1:I} "
                        "for letters and roman numerals",
                        "unknown number `{%.*s}`", STR_ARG(p.text));
        }
    }
}

/* 1 is a, 26 is z, 27 is aa. */
static void put_letters(struct buf *out, int n, char first)
{
    char digits[8];
    size_t length = 0;
    for (; n > 0; n = (n - 1) / 26) {
        digits[length++] = (char)(first + (n - 1) % 26);
    }
    while (length > 0) {
        buf_char(out, digits[--length]);
    }
}

static void put_roman(struct buf *out, int n, bool upper)
{
    static const struct {
        int value;
        const char *lower, *upper;
    } ROMANS[] = {{1000, "m", "M"}, {900, "cm", "CM"}, {500, "d", "D"}, {400, "cd", "CD"},
                  {100, "c", "C"}, {90, "xc", "XC"}, {50, "l", "L"}, {40, "xl", "XL"},
                  {10, "x", "X"}, {9, "ix", "IX"}, {5, "v", "V"}, {4, "iv", "IV"},
                  {1, "i", "I"}};
    for (size_t i = 0; n > 0; i++) {
        for (; n >= ROMANS[i].value; n -= ROMANS[i].value) {
            buf_puts(out, upper ? ROMANS[i].upper : ROMANS[i].lower);
        }
    }
}

void layout_count(struct buf *out, int n, char style)
{
    bool roman = style == 'i' || style == 'I';
    if (n <= 0 || style == '1' || (roman && n > LAYOUT_ROMAN_MAX)) {
        buf_int(out, n);
    } else if (roman) {
        put_roman(out, n, style == 'I');
    } else {
        put_letters(out, n, style);
    }
}

void layout_number(struct buf *out, str format, const int *counts, int n)
{
    for (size_t at = 0; at < format.n;) {
        struct piece p = next_piece(format, &at, false);
        int level;
        char style;
        if (p.kind != PIECE_NAME || !parse_number(p.text, &level, &style)) {
            buf_put(out, p.text);
            continue;
        }
        level = level ? level : n;
        if (level >= 1 && level <= n) {
            layout_count(out, counts[level - 1], style);
        }
    }
}

struct layout_number_form layout_number_form(str format, struct arena *a)
{
    struct layout_number_form form = {.style = 0};
    struct buf part;
    buf_init(&part, a);
    for (size_t at = 0; at < format.n;) {
        struct piece p = next_piece(format, &at, false);
        int level;
        char style;
        if (!form.style && p.kind == PIECE_NAME &&
            parse_number(p.text, &level, &style)) {
            form.before = buf_str(&part);
            form.style = style;
            buf_init(&part, a);
        } else if (p.kind != PIECE_NAME) {
            buf_put(&part, p.text);
        }
    }
    *(form.style ? &form.after : &form.before) = buf_str(&part);
    return form;
}

/* Labels and filling */

/* Language tags are the same in any case: zh-hant, zh-Hant. */
static bool is_same_language(str a, str b)
{
    size_t i = 0;
    while (i < a.n && i < b.n &&
           (a.p[i] == b.p[i] || ((a.p[i] | 32) == (b.p[i] | 32) && a.p[i] > '@'))) {
        i++;
    }
    return i == a.n && i == b.n;
}

static const struct style_entry *find_label(const struct layout *l, str name, str lang)
{
    const struct style_entries *labels = &l->sheet->labels;
    for (size_t i = 0; i < labels->list.n; i++) {
        const struct style_entry *e = &labels->list.v[i];
        if (str_eq(e->name, name) && is_same_language(e->lang, lang)) {
            return e;
        }
    }
    return NULL;
}

str layout_label(const struct layout *l, str lang, const char *key)
{
    str name = str_from(key);
    while (lang.n) {
        const struct style_entry *e = find_label(l, name, lang);
        if (e) {
            return e->text;
        }
        size_t n = lang.n; /* fr-Latn-CH, fr-Latn, fr */
        while (n > 0 && lang.p[n - 1] != '-') {
            n--;
        }
        lang = str_sub(lang, 0, n ? n - 1 : 0);
    }
    const struct style_entry *e = find_label(l, name, STR("en"));
    return e ? e->text : STR_NONE;
}

static str value_of(const struct layout_values *v, str name)
{
    const struct {
        const char *name;
        str value;
    } VALUES[] = {{"page", v->page}, {"pages", v->pages}, {"title", v->title},
                  {"section", v->section}, {"date", v->date},
                  {"reference", v->reference}, {"classification", v->classification},
                  {"subject", v->subject}, {"authors", v->authors},
                  {"recipient", v->recipient}, {"number", v->number}};
    for (size_t i = 0; i < sizeof VALUES / sizeof VALUES[0]; i++) {
        if (str_is(name, VALUES[i].name)) {
            return VALUES[i].value;
        }
    }
    return STR_NONE;
}

struct filler {
    const struct layout *l;
    str lang;
    const struct layout_values *values;
    struct buf out;
};

/* False if a placeholder in it was empty. */
static bool fill_label(struct filler *f, str text)
{
    bool full = true;
    for (size_t at = 0; at < text.n;) {
        struct piece p = next_piece(text, &at, false);
        str s = p.kind == PIECE_NAME ? value_of(f->values, p.text) : p.text;
        full = full && (s.n || p.kind != PIECE_NAME);
        buf_put(&f->out, s);
    }
    return full;
}

static bool fill_name(struct filler *f, str name, struct arena *a)
{
    if (str_starts(name, STR("labels."))) {
        const char *key = str_copy(a, str_sub(name, 7, name.n)).p;
        str label = layout_label(f->l, f->lang, key);
        return fill_label(f, label) && label.n;
    }
    str s = value_of(f->values, name);
    buf_put(&f->out, s);
    return s.n > 0;
}

str layout_fill(const struct layout *l, str text, str lang,
                const struct layout_values *values, struct arena *a)
{
    struct filler f = {.l = l, .lang = lang, .values = values};
    buf_init(&f.out, a);
    size_t start = 0; /* of the group in `out` */
    bool full = true; /* no placeholder in the group was empty */
    for (size_t at = 0; at < text.n;) {
        struct piece p = next_piece(text, &at, true);
        if (p.kind == PIECE_NAME) {
            full = fill_name(&f, p.text, a) && full;
        } else if (p.kind == PIECE_OPEN) {
            start = f.out.n;
            full = true;
        } else if (p.kind == PIECE_CLOSE) {
            f.out.n = full ? f.out.n : start;
        } else {
            buf_put(&f.out, p.text);
        }
    }
    return str_trim(buf_str(&f.out));
}

/* SPDX-License-Identifier: MIT
 *
 * In: the values of one layout file. Out: specs in the sheet, over what the layouts that
 * it extends have put there. So maps merge by key, at any depth, and anything else is
 * replaced. Unknown keys are reported with the nearest known one. */
#include "style/sheet.h"

#include <string.h>

#include "base/language.h"

static void report_mapping(struct style_reader *r, const struct value *v,
                           const char *what)
{
    diag_report(r->sink, DIAG_WRONG_TYPE, v->at, "write keys and values below it",
                "`%s` cannot be %s", what, value_kind_name(v));
}

static bool is_mapping(struct style_reader *r, const struct value *v, const char *what)
{
    if (v->kind != VALUE_MAPPING) {
        report_mapping(r, v, what);
    }
    return v->kind == VALUE_MAPPING;
}

/* Unknown keys */

/* What people who know CSS write. */
static const char *const FOREIGN[][2] = {
    {"font-size", "size"}, {"font-family", "font"}, {"font-weight", "weight"},
    {"font-style", "italic"}, {"line-height", "leading"}, {"text-align", "align"},
    {"letter-spacing", "letter-space"}, {"text-indent", "indent-first"},
    {"margin-top", "space-before"}, {"margin-bottom", "space-after"},
    {"margin-left", "indent-start"}, {"margin-right", "indent-end"},
    {"hyphens", "hyphenate"}, {"break-before", "page-break-before"}};

static const char *foreign_hint(struct style_reader *r, const char *path, str key)
{
    for (size_t i = 0; i < sizeof FOREIGN / sizeof FOREIGN[0]; i++) {
        if (strcmp(path, "styles") == 0 && str_is(key, FOREIGN[i][0])) {
            return str_format(r->sink->arena, "here it is called `%s`", FOREIGN[i][1]).p;
        }
    }
    return NULL;
}

/* A key that exists, but in another mapping. */
static const char *elsewhere_hint(struct style_reader *r, str key)
{
    struct arena *a = r->sink->arena;
    for (size_t i = 0; i < LAYOUT_PROP_COUNT; i++) {
        const struct style_prop *p = &LAYOUT_PROPS[i];
        if (p->path[0] && str_is(key, p->key)) {
            return str_format(a, "`%s` belongs into `%s`", p->key, p->path).p;
        }
    }
    for (const struct style_group *g = STYLE_GROUPS; g->path; g++) {
        const char *dot = strchr(g->path, '.');
        if (dot && str_is(key, dot + 1)) {
            return str_format(a, "`%s` belongs into `%.*s`", dot + 1,
                              (int)(dot - g->path), g->path).p;
        }
    }
    if (style_find_prop(key)) {
        return str_format(a, "`%.*s` belongs to a style", STR_ARG(key)).p;
    }
    return style_name_in(STYLE_NAMES, key) ? "styles stand in `styles:`" : NULL;
}

void style_report_unknown(struct style_reader *r, const char *path,
                          const struct value *key)
{
    const char *keys[STYLE_KEYS_MAX];
    size_t n = style_is_kept(r, DIAG_UNKNOWN_KEY) ? style_list_keys(path, keys) : 0;
    str near = diag_suggest(r->sink->arena, key->text, keys, n);
    const char *hint = foreign_hint(r, path, key->text);
    hint = hint ? hint : near.n ? near.p : elsewhere_hint(r, key->text);
    if (path[0]) {
        diag_report(r->sink, DIAG_UNKNOWN_KEY, key->at, hint,
                    "unknown key `%.*s` in `%s`", STR_ARG(key->text), path);
    } else {
        diag_report(r->sink, DIAG_UNKNOWN_KEY, key->at, hint,
                    "unknown key `%.*s` in a layout", STR_ARG(key->text));
    }
}

/* Groups of layout keys */

static void read_prop(struct style_reader *r, const struct style_prop *p,
                      const struct value *v)
{
    style_read_spec(r, p, v, &r->sheet->layout[p - LAYOUT_PROPS]);
}

static void read_group(struct style_reader *r, const char *path, const struct value *v);

/* One length for all four sides. */
static void read_margin(struct style_reader *r, const struct value *v)
{
    static const char *const SIDES[] = {"top", "bottom", "inner", "outer"};
    struct style_spec spec;
    const struct style_prop *top = style_find_layout_prop("page.margins", STR("top"));
    if (!style_read_spec(r, top, v, &spec)) {
        return;
    }
    for (size_t i = 0; i < 4; i++) {
        const struct style_prop *p =
            style_find_layout_prop("page.margins", str_from(SIDES[i]));
        r->sheet->layout[p - LAYOUT_PROPS] = spec;
    }
}

/* A word alone: whether every PDF is for print. */
static void read_print(struct style_reader *r, const struct value *v)
{
    read_prop(r, style_find_layout_prop("print", STR("always")), v);
}

/* A form alone. */
static void read_window(struct style_reader *r, const struct value *v)
{
    read_prop(r, style_find_layout_prop("letter.window", STR("form")), v);
}

/* The slots of `all` go into each kind of page. */
static void read_all(struct style_reader *r, const char *path, const struct value *v)
{
    static const char *const KINDS[] = {"first", "left", "right"};
    struct arena *a = r->sink->arena;
    if (!is_mapping(r, v, "all")) {
        return;
    }
    const char *first = str_format(a, "%s.first", path).p;
    for (size_t i = 0; i < v->n; i++) {
        const struct value_pair *pair = &v->pairs[i];
        const struct style_prop *p = style_find_layout_prop(first, pair->key->text);
        struct style_spec spec;
        if (!p) {
            style_report_unknown(r, first, pair->key);
            continue;
        }
        if (!style_read_spec(r, p, pair->value, &spec)) {
            continue;
        }
        for (size_t k = 0; k < 3; k++) {
            const char *kind = str_format(a, "%s.%s", path, KINDS[k]).p;
            p = style_find_layout_prop(kind, pair->key->text);
            r->sheet->layout[p - LAYOUT_PROPS] = spec;
        }
    }
}

static bool is_running(const char *path)
{
    return strcmp(path, "header") == 0 || strcmp(path, "footer") == 0;
}

static void read_pair(struct style_reader *r, const char *path,
                      const struct value_pair *pair)
{
    const struct style_prop *p = style_find_layout_prop(path, pair->key->text);
    const struct style_group *g = style_find_group(path, pair->key->text);
    if (p) {
        read_prop(r, p, pair->value);
    } else if (!g) {
        style_report_unknown(r, path, pair->key);
    } else if (strcmp(g->path, "page.margins") == 0 &&
               pair->value->kind == VALUE_SCALAR) {
        read_margin(r, pair->value);
    } else if (strcmp(g->path, "letter.window") == 0 &&
               pair->value->kind == VALUE_SCALAR) {
        read_window(r, pair->value);
    } else if (strcmp(g->path, "print") == 0 && pair->value->kind == VALUE_SCALAR) {
        read_print(r, pair->value);
    } else {
        read_group(r, g->path, pair->value);
    }
}

static void read_group(struct style_reader *r, const char *path, const struct value *v)
{
    if (!is_mapping(r, v, path)) {
        return;
    }
    /* First, wherever it stands, so that the others say what differs. */
    const struct value *all = is_running(path) ? value_find(v, "all") : NULL;
    if (all) {
        read_all(r, path, all);
    }
    for (size_t i = 0; i < v->n; i++) {
        if (v->pairs[i].value != all) {
            read_pair(r, path, &v->pairs[i]);
        }
    }
}

/* Names of the layout's own: roles, colours, labels */

const struct style_entry *style_find_entry(const struct style_entries *e, str name,
                                           str lang)
{
    for (size_t i = 0; i < e->list.n; i++) {
        if (str_eq(e->list.v[i].name, name) && str_eq(e->list.v[i].lang, lang)) {
            return &e->list.v[i];
        }
    }
    return NULL;
}

str style_suggest_entry(const struct style_entries *e, str name, struct arena *a)
{
    const char **names = NEW_ARRAY(a, const char *, e->list.n);
    for (size_t i = 0; i < e->list.n; i++) {
        names[i] = str_copy(a, e->list.v[i].name).p;
    }
    return diag_suggest(a, name, names, e->list.n);
}

static void put_entry(struct style_reader *r, struct style_entries *e,
                      struct style_entry entry)
{
    for (size_t i = 0; i < e->list.n; i++) {
        struct style_entry *old = &e->list.v[i];
        if (str_eq(old->name, entry.name) && str_eq(old->lang, entry.lang)) {
            *old = entry;
            return;
        }
    }
    if (e->list.n == STYLE_ENTRIES_MAX) {
        diag_report(r->sink, DIAG_TOO_LARGE, entry.at, "define fewer",
                    "a layout defines at most %d of these", STYLE_ENTRIES_MAX);
        return;
    }
    vec_push(r->arena, &e->list, entry);
}

static bool is_text(struct style_reader *r, const struct value_pair *pair,
                    const char *hint)
{
    if (pair->value->kind != VALUE_SCALAR || pair->value->text.n == 0) {
        diag_report(r->sink, DIAG_WRONG_TYPE, pair->value->at, hint,
                    "`%.*s` cannot be %s", STR_ARG(pair->key->text),
                    pair->value->kind == VALUE_SCALAR ? "empty"
                                                      : value_kind_name(pair->value));
        return false;
    }
    return true;
}

bool style_is_short(struct style_reader *r, const struct value *v)
{
    if (v->text.n > STYLE_TEXT_MAX) {
        diag_report(r->sink, DIAG_TOO_LARGE, v->at, "shorten it",
                    "a text of %zu bytes; one of a layout has at most %d", v->text.n,
                    STYLE_TEXT_MAX);
        return false;
    }
    return true;
}

static void read_fonts(struct style_reader *r, const struct value *v)
{
    size_t n = is_mapping(r, v, "fonts") ? v->n : 0;
    for (size_t i = 0; i < n; i++) {
        const struct value_pair *pair = &v->pairs[i];
        if (is_text(r, pair, "write a family's name, such as gentium-plus")) {
            put_entry(r, &r->sheet->fonts,
                      (struct style_entry){.name = pair->key->text,
                                           .text = pair->value->text,
                                           .at = pair->value->at});
        }
    }
}

const char *style_color_hint(str text)
{
    size_t at;
    bool call = str_find_char(text, '(', &at);
    return call && !str_ends(text, STR(")"))
               ? "between { and } a colour with commas needs quotes"
           : call && str_starts(text, STR("cmyk"))
               ? "write four inks, each 0 to 100 percent: cmyk(100, 60, 0, 10)"
               : "write \"#1f4e79\", gray(50%), rgb(31, 78, 121), "
                 "cmyk(100, 60, 0, 10) or a name in `colors:`";
}

static void read_color(struct style_reader *r, const struct value_pair *pair)
{
    struct style_entry entry = {.name = pair->key->text, .text = pair->value->text,
                                .at = pair->value->at};
    struct color c;
    if (pair->value->kind == VALUE_MAPPING) {
        entry.mix = style_read_mix(r, pair);
        entry.text = STR("black"); /* until all is read; so it is where it is wrong */
    } else if (!is_text(r, pair, "write a colour such as \"#1f4e79\"")) {
        return;
    } else if (!color_parse(entry.text, &c)) {
        diag_report(r->sink, DIAG_BAD_COLOR, pair->value->at,
                    style_color_hint(entry.text), "`%.*s` is not a colour",
                    STR_ARG(entry.text));
    }
    /* A wrong one counts, too: who uses its name has done nothing wrong. */
    put_entry(r, &r->sheet->colors, entry);
}

static void read_colors(struct style_reader *r, const struct value *v)
{
    size_t n = is_mapping(r, v, "colors") ? v->n : 0;
    for (size_t i = 0; i < n; i++) {
        read_color(r, &v->pairs[i]);
    }
}

static void read_label(struct style_reader *r, str lang, const struct value_pair *pair)
{
    str key = pair->key->text;
    if (!style_name_in(STYLE_LABELS, key) && !str_starts(key, STR("x-"))) {
        const char *keys[STYLE_KEYS_MAX];
        size_t n = 0;
        bool kept = style_is_kept(r, DIAG_UNKNOWN_KEY);
        for (; kept && STYLE_LABELS[n].name && n < STYLE_KEYS_MAX; n++) {
            keys[n] = STYLE_LABELS[n].name;
        }
        str near = diag_suggest(r->sink->arena, key, keys, n);
        diag_report(r->sink, DIAG_UNKNOWN_KEY, pair->key->at,
                    near.n ? near.p : "begin a label of your own with `x-`",
                    "unknown label `%.*s`", STR_ARG(key));
        return;
    }
    if (pair->value->kind != VALUE_SCALAR) {
        is_text(r, pair, "write the words that stand for it");
        return;
    }
    if (!style_is_short(r, pair->value)) {
        return;
    }
    style_check_label(r, pair->value);
    put_entry(r, &r->sheet->labels,
              (struct style_entry){.name = key, .lang = lang, .text = pair->value->text,
                                   .at = pair->value->at});
}

static void read_labels(struct style_reader *r, const struct value *v)
{
    size_t n = is_mapping(r, v, "labels") ? v->n : 0;
    for (size_t i = 0; i < n; i++) {
        const struct value_pair *pair = &v->pairs[i];
        if (!language_is_tag(pair->key->text)) {
            str hint = language_suggest(r->sink->arena, pair->key->text);
            diag_report(r->sink, DIAG_BAD_LANGUAGE, pair->key->at,
                        hint.n ? hint.p
                               : "labels stand below their language: `en:`, `fr:`, "
                                 "`pt-BR:`",
                        "`%.*s` is not a language", STR_ARG(pair->key->text));
            continue;
        }
        if (!is_mapping(r, pair->value, "labels")) {
            continue;
        }
        for (size_t k = 0; k < pair->value->n; k++) {
            read_label(r, pair->key->text, &pair->value->pairs[k]);
        }
    }
}

/* Styles */

struct style_rule *style_find_rule(const struct style_sheet *s, str name)
{
    return map_find(&s->rules_by_name, name);
}

struct style_rule *style_add_rule(struct style_reader *r, str name, struct place at)
{
    struct style_rule *rule = NEW(r->arena, struct style_rule);
    rule->name = name;
    rule->at = at;
    vec_push(r->arena, &r->sheet->rules, rule);
    map_put(&r->sheet->rules_by_name, name, rule);
    return rule;
}

/* A style that nobody knows is a slip, unless it says what it extends. */
static bool is_new_style_meant(struct style_reader *r, const struct value_pair *pair)
{
    str name = pair->key->text;
    if (style_name_in(STYLE_NAMES, name) || style_find_rule(r->sheet, name) ||
        value_find(pair->value, "extends")) {
        return true;
    }
    const char *names[STYLE_KEYS_MAX];
    size_t n = 0;
    bool kept = style_is_kept(r, DIAG_UNKNOWN_STYLE);
    for (; kept && STYLE_NAMES[n].name && n < STYLE_KEYS_MAX; n++) {
        names[n] = STYLE_NAMES[n].name;
    }
    str near = diag_suggest(r->sink->arena, name, names, n);
    if (!near.n && r->partial) {
        return true;
    }
    if (!near.n && kept) {
        near = style_suggest(r->layout, name, r->sink->arena);
    }
    str hint = str_format(r->sink->arena, "%.*s%sa style of your own says what it "
                          "`extends`", STR_ARG(near), near.n ? " Else: " : "");
    diag_report(r->sink, DIAG_UNKNOWN_STYLE, pair->key->at, hint.p,
                "unknown style `%.*s`", STR_ARG(name));
    return false;
}

static void read_style(struct style_reader *r, const struct value_pair *pair)
{
    const struct value *v = pair->value;
    if (!is_new_style_meant(r, pair) ||
        !is_mapping(r, v, str_copy(r->sink->arena, pair->key->text).p)) {
        return;
    }
    struct style_rule *rule = style_find_rule(r->sheet, pair->key->text);
    if (!rule) {
        rule = style_add_rule(r, pair->key->text, pair->key->at);
    }
    for (size_t i = 0; i < v->n; i++) {
        const struct style_prop *p = style_find_prop(v->pairs[i].key->text);
        if (!p) {
            style_report_unknown(r, "styles", v->pairs[i].key);
            continue;
        }
        struct style_spec spec, *old = &rule->specs[p - STYLE_PROPS];
        if (style_read_spec(r, p, v->pairs[i].value, &spec)) {
            *old = spec;
        }
    }
}

static void read_styles(struct style_reader *r, const struct value *v)
{
    if (!is_mapping(r, v, "styles")) {
        return;
    }
    if (v->n + r->sheet->rules.n > STYLE_RULES_MAX) {
        diag_report(r->sink, DIAG_TOO_LARGE, v->at, "define fewer",
                    "a layout defines at most %d styles", STYLE_RULES_MAX);
        return;
    }
    for (size_t i = 0; i < v->n; i++) {
        read_style(r, &v->pairs[i]);
    }
}

void style_read_layout(struct style_reader *r, const struct value *root)
{
    static const struct {
        const char *key;
        void (*read)(struct style_reader *r, const struct value *v);
    } SPECIAL[] = {{"fonts", read_fonts}, {"colors", read_colors},
                   {"labels", read_labels}, {"styles", read_styles}};
    enum { N_SPECIAL = sizeof SPECIAL / sizeof SPECIAL[0] };
    if (!is_mapping(r, root, "layout")) {
        return;
    }
    for (size_t i = 0; i < root->n; i++) {
        size_t k = 0;
        while (k < N_SPECIAL && !str_is(root->pairs[i].key->text, SPECIAL[k].key)) {
            k++;
        }
        if (k < N_SPECIAL) {
            SPECIAL[k].read(r, root->pairs[i].value);
        } else {
            read_pair(r, "", &root->pairs[i]);
        }
    }
}

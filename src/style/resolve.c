/* SPDX-License-Identifier: MIT
 *
 * In: the sheet, once all layouts of a chain are read. Out: flat rules, every colour and
 * role looked up, the fields of the layout in `len`, the root style; and a page that has
 * room for text, or a report. */
#include "style/sheet.h"

#include <string.h>

/* Rules */

enum { EXTENDS = STYLE_PROP_COUNT - 1 }; /* the row `extends` */

static void inherit_specs(struct style_rule *rule, const struct style_rule *base)
{
    for (size_t i = 0; i < EXTENDS; i++) {
        if (!rule->specs[i].set) {
            rule->specs[i] = base->specs[i];
        }
    }
}

static struct style_rule *find_base(struct style_reader *r, const struct style_rule *rule)
{
    const struct style_spec *extends = &rule->specs[EXTENDS];
    struct style_rule *base = style_find_rule(r->sheet, extends->text);
    if (!base) {
        str near = style_is_kept(r, DIAG_UNKNOWN_STYLE)
                       ? style_suggest(r->layout, extends->text, r->sink->arena)
                       : STR_NONE;
        diag_report(r->sink, DIAG_UNKNOWN_STYLE, extends->at, near.p,
                    "the style `%.*s` extends `%.*s`, which does not exist",
                    STR_ARG(rule->name), STR_ARG(extends->text));
    }
    return base;
}

/* Follows `extends` down to a rule that has none or is flat, then copies on the way
 * back: a loop, so that no chain is too long. `chain` has room for all rules. */
static void flatten(struct style_reader *r, struct style_rule *rule,
                    struct style_rule **chain)
{
    size_t n = 0;
    struct style_rule *base = rule;
    while (base && base->state == STYLE_RULE_READ) {
        base->state = STYLE_RULE_OPEN;
        chain[n++] = base;
        base = base->specs[EXTENDS].set ? find_base(r, base) : NULL;
    }
    if (base && base->state == STYLE_RULE_OPEN) {
        struct diag *d = diag_report(
            r->sink, DIAG_LAYOUT_CYCLE, chain[n - 1]->specs[EXTENDS].at,
            "let one of them extend something else",
            "the style `%.*s` extends itself", STR_ARG(base->name));
        diag_second(r->sink, d, base->at, "the style begins here");
        base = NULL;
    }
    while (n > 0) {
        struct style_rule *next = chain[--n];
        if (base) {
            inherit_specs(next, base);
        }
        next->state = STYLE_RULE_FLAT;
        base = next;
    }
}

static void check_color(struct style_reader *r, const struct style_spec *spec,
                        const struct style_word *words)
{
    bool found;
    style_color_of(r->sheet, spec->text, &found);
    found = found || style_find_entry(&r->sheet->colors, spec->text, STR_NONE);
    if (found || style_find_word(words, spec->text)) {
        return;
    }
    str near = style_is_kept(r, DIAG_BAD_COLOR)
                   ? style_suggest_entry(&r->sheet->colors, spec->text, r->sink->arena)
                   : STR_NONE;
    diag_report(r->sink, DIAG_BAD_COLOR, spec->at,
                near.n ? near.p : style_color_hint(spec->text),
                "`%.*s` is not a colour", STR_ARG(spec->text));
}

/* What is no role is a family, which text/ looks for. A near miss of a role is a slip;
 * who means such a family says so in `fonts:`. */
static void check_font(struct style_reader *r, const struct style_spec *spec)
{
    const struct style_entries *fonts = &r->sheet->fonts;
    bool known = style_find_entry(fonts, spec->text, STR_NONE) != NULL;
    for (size_t i = 0; i < fonts->list.n && !known; i++) {
        known = str_eq(fonts->list.v[i].text, spec->text);
    }
    str near = known || !style_is_kept(r, DIAG_NO_FONT)
                   ? STR_NONE
                   : style_suggest_entry(fonts, spec->text, r->sink->arena);
    if (near.n) {
        str hint = str_format(r->sink->arena, "%.*s Families of such a name go into "
                              "`fonts:`", STR_ARG(near));
        diag_report(r->sink, DIAG_NO_FONT, spec->at, hint.p,
                    "there is no font role `%.*s`", STR_ARG(spec->text));
    }
}

static void check_references(struct style_reader *r, const struct style_rule *rule)
{
    for (size_t i = 0; i < STYLE_PROP_COUNT; i++) {
        const struct style_spec *spec = &rule->specs[i];
        if (!spec->set) {
            continue;
        }
        if (STYLE_PROPS[i].kind == STYLE_COLOR) {
            check_color(r, spec, STYLE_PROPS[i].words);
        } else if (STYLE_PROPS[i].kind == STYLE_FONT) {
            check_font(r, spec);
        }
    }
}

/* A layout without a rule that later stages ask for gets an empty one, which looks like
 * the text around it. */
static void resolve_rules(struct style_reader *r, struct place at)
{
    for (const struct style_name *name = STYLE_NAMES; name->name; name++) {
        if (!style_find_rule(r->sheet, str_from(name->name))) {
            style_add_rule(r, str_from(name->name), at);
        }
    }
    for (size_t i = 0; i < r->sheet->rules.n; i++) {
        check_references(r, r->sheet->rules.v[i]);
    }
    struct style_rule **chain = NEW_ARRAY(r->sink->arena, struct style_rule *,
                                          r->sheet->rules.n);
    for (size_t i = 0; i < r->sheet->rules.n; i++) {
        flatten(r, r->sheet->rules.v[i], chain);
    }
}

/* The layout's own fields */

static len column_width(const struct layout *l)
{
    len64 text = (len64)l->page.width - l->page.inner - l->page.outer;
    len64 gutters = (len64)l->page.gutter * (l->page.columns - 1);
    return (len)((text - gutters) / l->page.columns);
}

static len whole_of(const struct layout *l, enum style_whole whole)
{
    switch (whole) {
    case STYLE_OF_PAGE_WIDTH:
        return l->page.width;
    case STYLE_OF_PAGE_HEIGHT:
        return l->page.height;
    case STYLE_OF_COLUMN:
        return column_width(l);
    case STYLE_OF_SIZE:
        break;
    }
    return l->sheet->root->size;
}

static len clamp_length(len64 value, const struct style_prop *p)
{
    len64 min = (len64)p->min * LEN_PT, max = (len64)p->max * LEN_PT;
    return (len)(value < min ? min : value > max ? max : value);
}

/* Number formats end where they end; bullets and list numbers go on for deeper levels. */
static void fill_texts(str *out, const struct style_prop *p,
                       const struct style_spec *spec)
{
    bool goes_on = strcmp(p->path, "lists") == 0;
    uint32_t n = spec->n_texts;
    for (uint32_t i = 0; i < (uint32_t)p->max; i++) {
        out[i] = i < n ? spec->texts[i] : goes_on && n ? spec->texts[n - 1] : STR_NONE;
    }
}

static void fill_length(struct layout *l, const struct style_prop *p,
                        const struct style_spec *spec, void *out)
{
    len em = l->sheet->root->size;
    bool bleed = p->offset == offsetof(struct layout, print.bleed);
    len value = spec->special ? bleed ? LAYOUT_BLEED_AUTO : l->page.top
                              : clamp_length(len_resolve(spec->length[0], em, em / 2,
                                                         whole_of(l, p->whole)), p);
    memcpy(out, &value, sizeof value);
}

static void fill_field(struct layout *l, const struct style_prop *p,
                       const struct style_spec *spec)
{
    void *out = (char *)l + p->offset;
    bool yes = spec->number != 0;
    switch (p->kind) {
    case STYLE_PAPER:
        l->page.width = spec->length[0].amount;
        l->page.height = spec->length[1].amount;
        break;
    case STYLE_BOOL:
        memcpy(out, &yes, sizeof yes);
        break;
    case STYLE_ENUM:
    case STYLE_INTEGER:
    case STYLE_PERCENT:
        memcpy(out, &spec->number, sizeof spec->number);
        break;
    case STYLE_TEXT:
    case STYLE_TEMPLATE:
        memcpy(out, &spec->text, sizeof spec->text);
        break;
    case STYLE_FORMATS:
    case STYLE_BULLETS:
        fill_texts(out, p, spec);
        break;
    case STYLE_EXTENDS:
        break;
    default:
        fill_length(l, p, spec, out);
    }
}

static const struct style_spec *spec_of(const struct style_reader *r, const char *path,
                                        str key)
{
    return &r->sheet->layout[style_find_layout_prop(path, key) - LAYOUT_PROPS];
}

static void keep_places(struct style_reader *r)
{
    r->layout->print.bleed_at = spec_of(r, "print", STR("bleed"))->at;
    r->layout->print.binding_at = spec_of(r, "print", STR("binding"))->at;
}

/* In the table's order: a page has its width before anything is relative to it. */
static void fill_layout(struct style_reader *r)
{
    for (size_t i = 0; i < LAYOUT_PROP_COUNT; i++) {
        struct style_spec *spec = &r->sheet->layout[i];
        if (!spec->set) {
            *spec = style_initial_spec(r, &LAYOUT_PROPS[i]);
        }
        fill_field(r->layout, &LAYOUT_PROPS[i], spec);
    }
}

/* Geometry */

static struct place place_of(const struct style_spec *spec, struct place at)
{
    return spec->at.source ? spec->at : at;
}

/* A length in the unit that the layout has at `spec`: "120mm". */
static str in_unit_of(struct style_reader *r, const struct style_spec *spec, len64 value)
{
    struct buf b;
    const char *unit;
    buf_init(&b, r->sink->arena);
    buf_decimal(&b, len_in_unit(value, spec->length[0].unit, &unit), 2);
    buf_puts(&b, unit);
    return buf_str(&b);
}

/* Room for a few words and lines; less than that is a slip. */
static const len LEAST = 36 * LEN_PT;

static void check_width(struct style_reader *r, struct place at)
{
    const struct layout *l = r->layout;
    len64 margins = (len64)l->page.inner + l->page.outer;
    const struct style_spec *inner = spec_of(r, "page.margins", STR("inner"));
    str width = in_unit_of(r, inner, l->page.width);
    if (l->page.width - margins < LEAST) {
        diag_report(r->sink, DIAG_BAD_GEOMETRY, place_of(inner, at),
                    "make the margins smaller or the page wider",
                    "inner and outer margins of %.*s leave no room on a page "
                    "%.*s wide", STR_ARG(in_unit_of(r, inner, margins)), STR_ARG(width));
    } else if (column_width(l) < LEAST) {
        diag_report(r->sink, DIAG_BAD_GEOMETRY,
                    place_of(spec_of(r, "page", STR("columns")), at),
                    "use fewer columns, a narrower gutter or smaller margins",
                    "%d columns on a page %.*s wide leave %.*s for each",
                    l->page.columns, STR_ARG(width),
                    STR_ARG(in_unit_of(r, inner, column_width(l))));
    }
}

static void check_height(struct style_reader *r, struct place at, len top,
                         const char *path, str key)
{
    const struct layout *l = r->layout;
    len64 margins = (len64)top + l->page.bottom;
    len least = l->sheet->root->leading * 2;
    least = least > LEAST ? least : LEAST;
    if (l->page.height - margins < least) {
        const struct style_spec *top_spec = spec_of(r, path, key);
        diag_report(r->sink, DIAG_BAD_GEOMETRY, place_of(top_spec, at),
                    "make the margins smaller or the page higher",
                    "top and bottom margins of %.*s leave no room on a page "
                    "%.*s high", STR_ARG(in_unit_of(r, top_spec, margins)),
                    STR_ARG(in_unit_of(r, top_spec, l->page.height)));
    }
}

void style_resolve(struct style_reader *r, struct place at)
{
    struct layout *l = r->layout;
    for (size_t i = 0; i < STYLE_PROP_COUNT; i++) {
        r->sheet->initial[i] = style_initial_spec(r, &STYLE_PROPS[i]);
    }
    style_resolve_mixes(r);
    resolve_rules(r, at);
    style_resolve_screens(r);
    style_compute_root(l);
    style_check_contrast(r);
    fill_layout(r);
    keep_places(r);
    check_width(r, at);
    check_height(r, at, l->page.top, "page.margins", STR("top"));
    if (l->page.first_top != l->page.top) {
        check_height(r, at, l->page.first_top, "page", STR("first-top"));
    }
}

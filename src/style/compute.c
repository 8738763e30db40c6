/* SPDX-License-Identifier: MIT
 *
 * The cascade. A computed style starts from its parent's inherited fields and the
 * initial values of the others; the rule's specs are laid over, in the table's order.
 * Each (parent, rule) is computed once, and results that are equal in every field are
 * one: styles nested without end (strong in emphasis in strong …) come to a close. */
#include "style/sheet.h"

#include <string.h>

static void *field(struct style *s, const struct style_prop *p)
{
    return (char *)s + p->offset;
}

static void put_int(struct style *s, const struct style_prop *p, int32_t value)
{
    memcpy(field(s, p), &value, sizeof value);
}

static void put_bool(struct style *s, const struct style_prop *p, bool value)
{
    memcpy(field(s, p), &value, sizeof value);
}

static bool bool_of(const struct style *s, const struct style_prop *p)
{
    bool value;
    memcpy(&value, (const char *)s + p->offset, sizeof value);
    return value;
}

/* Initial values */

static size_t size_of(const struct style_prop *p)
{
    switch (p->kind) {
    case STYLE_FONT:
        return sizeof(str);
    case STYLE_COLOR:
        return sizeof(struct color);
    case STYLE_BOOL:
    case STYLE_TOGGLE:
        return sizeof(bool);
    case STYLE_WEIGHT:
        return sizeof(uint16_t);
    case STYLE_EXTENDS:
    case STYLE_FEATURES: /* two fields; see inherit_features */
        return 0;
    default:
        return sizeof(int32_t);
    }
}

/* Looking up */

struct color style_color_of(const struct style_sheet *s, str text, bool *found)
{
    struct color c = COLOR_BLACK;
    const struct style_entry *e = style_find_entry(&s->colors, text, STR_NONE);
    *found = color_parse(e ? e->text : text, &c);
    c.name = e && *found ? e->palette : 0;
    return c;
}

static void set_family(struct style *out, const struct style_sheet *s,
                       const struct style_spec *spec)
{
    const struct style_entry *e = style_find_entry(&s->fonts, spec->text, STR_NONE);
    out->family = e ? e->text : spec->text;
    out->family_at = e ? e->at : spec->at;
}

static len clamp(len64 value, const struct style_prop *p)
{
    len64 min = (len64)p->min * LEN_PT, max = (len64)p->max * LEN_PT;
    return (len)(value < min ? min : value > max ? max : value);
}

/* The child's tags over the parent's, in the parent's order, new ones behind. */
static void add_features(struct style *s, struct style_features add, struct arena *a)
{
    struct style_feature *v = NEW_ARRAY(a, struct style_feature, s->n_features + add.n);
    uint32_t n = s->n_features;
    if (n) {
        memcpy(v, s->features, n * sizeof *v);
    }
    for (uint32_t i = 0; i < add.n; i++) {
        uint32_t k = 0;
        while (k < n && memcmp(v[k].tag, add.v[i].tag, sizeof v[k].tag) != 0) {
            k++;
        }
        v[k] = add.v[i];
        n += k == n;
    }
    s->features = v;
    s->n_features = n;
}

/* Applying */

struct cascade {
    struct layout *l;
    const struct style *parent; /* of the initial values for the root */
    struct style_computed *c;
};

static void apply_leading(struct style_computed *c, const struct style_prop *p,
                          const struct style_spec *spec)
{
    struct style *s = &c->style;
    c->leading_factor = spec->special ? spec->number : 0;
    if (!spec->special) {
        put_int(s, p, clamp(len_resolve(spec->length[0], s->size, s->size / 2, s->size),
                            p));
    }
}

static void apply_color(struct cascade *k, const struct style_prop *p,
                        const struct style_spec *spec)
{
    struct style *s = &k->c->style;
    bool found;
    struct color c = style_color_of(k->l->sheet, spec->text, &found);
    const struct style_word *word = found ? NULL : style_find_word(p->words, spec->text);
    if (word && word->value == STYLE_COLOR_OF_TEXT) {
        c = s->color;
    } else if (word) {
        c = (struct color){.space = COLOR_NONE};
    }
    memcpy(field(s, p), &c, sizeof c);
}

static void apply(struct cascade *k, const struct style_prop *p,
                  const struct style_spec *spec)
{
    struct style *s = &k->c->style;
    len em = p->kind == STYLE_SIZE ? k->parent->size : s->size;
    len length = len_resolve(spec->length[0], em, em / 2, em);
    switch (p->kind) {
    case STYLE_LEADING:
        apply_leading(k->c, p, spec);
        break;
    case STYLE_RISE:
        put_int(s, p, clamp((len64)k->parent->rise + length, p));
        break;
    case STYLE_COLOR:
        apply_color(k, p, spec);
        break;
    case STYLE_TOGGLE:
        put_bool(s, p, spec->special ? !bool_of(k->parent, p) : spec->number != 0);
        break;
    case STYLE_BOOL:
        put_bool(s, p, spec->number != 0);
        break;
    case STYLE_WEIGHT:
        s->weight = (uint16_t)spec->number;
        break;
    case STYLE_FONT:
        set_family(s, k->l->sheet, spec);
        break;
    case STYLE_FEATURES:
        add_features(s, spec->features, k->l->arena);
        break;
    case STYLE_EXTENDS: /* the rule is flat */
        break;
    case STYLE_ENUM:
    case STYLE_INTEGER:
    case STYLE_PERCENT:
        put_int(s, p, spec->number);
        break;
    default:
        put_int(s, p, clamp(length, p));
    }
}

/* A field without a spec: the parent's where it is inherited, else the initial one. */
static void apply_default(struct cascade *k, const struct style_prop *p)
{
    const struct style_spec *initial = &k->l->sheet->initial[p - STYLE_PROPS];
    if (!p->inherited) {
        apply(k, p, initial);
    } else if (p->kind != STYLE_FEATURES) {
        memcpy(field(&k->c->style, p), (const char *)k->parent + p->offset, size_of(p));
    }
}

static void cascade(struct cascade *k, const struct style_computed *parent,
                    const struct style_rule *rule)
{
    struct style *s = &k->c->style;
    s->name = rule->name;
    s->family_at = parent->style.family_at;
    s->features = parent->style.features;
    s->n_features = parent->style.n_features;
    k->c->leading_factor = parent->leading_factor;
    for (size_t i = 0; i < STYLE_PROP_COUNT; i++) {
        if (rule->specs[i].set) {
            apply(k, &STYLE_PROPS[i], &rule->specs[i]);
        } else {
            apply_default(k, &STYLE_PROPS[i]);
        }
    }
    if (k->c->leading_factor) {
        s->leading = (len)len_muldiv(s->size, k->c->leading_factor, 1000);
    }
}

/* What the root's own parent is: every field at its initial value. */
static void compute_initial(struct layout *l, struct style_computed *out)
{
    struct style zero = {0};
    struct cascade k = {l, &zero, out};
    for (size_t i = 0; i < STYLE_PROP_COUNT; i++) {
        apply(&k, &STYLE_PROPS[i], &l->sheet->initial[i]);
    }
}

/* Interning */

/* All that a style holds, as bytes: equal styles have equal keys. Field by field, since
 * the bytes between fields are anything. */
static str key_of(const struct style_computed *c, struct arena *a)
{
    const struct style *s = &c->style;
    struct buf key;
    buf_init(&key, a);
    buf_put(&key, s->name);
    buf_char(&key, '\n');
    buf_put(&key, s->family);
    buf_format(&key, "\n%d", c->leading_factor);
    for (size_t i = 0; i < STYLE_PROP_COUNT; i++) {
        const struct style_prop *p = &STYLE_PROPS[i];
        if (p->kind == STYLE_COLOR) {
            struct color color;
            memcpy(&color, (const char *)s + p->offset, sizeof color);
            buf_format(&key, " %d,%d,%d,%d,%d,%d", color.space, color.name, color.part[0],
                       color.part[1], color.part[2], color.part[3]);
        } else if (p->kind != STYLE_FONT) {
            buf_put(&key, (str){(const char *)s + p->offset, size_of(p)});
        }
    }
    for (uint32_t i = 0; i < s->n_features; i++) {
        buf_format(&key, " %.4s=%u", s->features[i].tag, s->features[i].value);
    }
    return buf_str(&key);
}

static struct style_computed *intern(struct layout *l, const struct style_computed *c)
{
    struct style_sheet *sheet = l->sheet;
    str key = key_of(c, l->arena);
    struct style_computed *found = map_find(&sheet->interned, key);
    if (found) {
        return found;
    }
    found = NEW(l->arena, struct style_computed);
    *found = *c;
    found->style.id = (uint32_t)sheet->computed.n;
    map_init(&found->children, l->arena);
    vec_push(l->arena, &sheet->computed, found);
    map_put(&sheet->interned, key, found);
    return found;
}

static struct style_computed *compute(struct layout *l,
                                      const struct style_computed *parent,
                                      const struct style_rule *rule)
{
    struct arena_mark mark = arena_mark(l->arena);
    size_t before = l->sheet->computed.n;
    struct style_computed c = {0};
    struct cascade k = {l, &parent->style, &c};
    cascade(&k, parent, rule);
    struct style_computed *result = intern(l, &c);
    if (l->sheet->computed.n == before) {
        arena_rewind(l->arena, mark); /* it was there; the key was for nothing */
    }
    return result;
}

const struct style *style_compute_root(struct layout *l)
{
    struct style_computed initial = {0};
    compute_initial(l, &initial);
    const struct style_rule *body = style_find_rule(l->sheet, STR("body"));
    l->sheet->root = &compute(l, &initial, body)->style;
    return l->sheet->root;
}

const struct style *style_root(struct layout *l)
{
    return l->sheet->root;
}

const struct style *style_compute(struct layout *l, const struct style *parent, str name)
{
    struct style_computed *from = l->sheet->computed.v[parent->id];
    struct style_computed *to = map_find(&from->children, name);
    const struct style_rule *rule = to ? NULL : style_find_rule(l->sheet, name);
    if (rule) {
        to = compute(l, from, rule);
        map_put(&from->children, rule->name, to);
    }
    return to ? &to->style : NULL;
}

bool style_is_computed(const struct layout *l, const struct style *s)
{
    const struct style_sheet *sheet = l->sheet;
    return s->id < sheet->computed.n && &sheet->computed.v[s->id]->style == s;
}

bool style_exists(const struct layout *l, str name)
{
    return style_find_rule(l->sheet, name) != NULL;
}

str style_suggest(const struct layout *l, str name, struct arena *a)
{
    size_t n = l->sheet->rules.n;
    const char **names = NEW_ARRAY(a, const char *, n);
    for (size_t i = 0; i < n; i++) {
        names[i] = str_copy(a, l->sheet->rules.v[i]->name).p;
    }
    return diag_suggest(a, name, names, n);
}

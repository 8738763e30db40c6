/* SPDX-License-Identifier: MIT
 *
 * In: the values of a note, and data. Out: values in which lists hold what `when:` keeps
 * and `each:` repeats, and texts hold their fields' values. What needs no change is not
 * copied. A mapping in a list is repeated if it has `each` or `when` and something
 * beside them; keys are merged only where they are labels, since any other key is
 * structure, which no value may touch. */
#include "note/merge.h"

#include <string.h>

#include "note/conditions.h"
#include "note/template.h"

/* What the keys of a mapping are. */
enum keys {
    KEYS_FIXED,
    KEYS_LABELS, /* labels, here and below */
    KEYS_TERMS,  /* labels here */
    KEYS_ROWS,   /* those of `rows: {file: …, each: …}` */
};

static const struct value *merge_value(struct note_merge *m, const struct value *v,
                                       enum keys keys);

void note_merge_init(struct note_merge *m, struct arena *a, struct diag_sink *sink)
{
    *m = (struct note_merge){.arena = a, .sink = sink, .lang = STR("en")};
    map_init(&m->templates, a);
    map_init(&m->conditions, a);
    map_init(&m->keys, a);
    buf_init(&m->scratch[0], a);
    buf_init(&m->scratch[1], a);
}

/* --- Texts --- */

/* Compiled once, however often it is filled. */
struct compiled {
    const struct value *scalar; /* its address is the key */
    struct note_template *template;
};

static const struct value *merge_scalar(struct note_merge *m, const struct value *v)
{
    if (!note_has_fields(v->text)) {
        return v;
    }
    struct compiled *c = map_find(&m->templates, (str){(const char *)&v, sizeof v});
    if (!c) {
        c = NEW(m->arena, struct compiled);
        c->scalar = v;
        c->template = note_template_new(m, v, NULL);
        map_put(&m->templates, (str){(const char *)&c->scalar, sizeof v}, c);
    }
    return note_template_fill(m, c->template, NULL, m->arena);
}

/* --- Mappings --- */

static bool is_control(const struct value *key)
{
    return str_is(key->text, "each") || str_is(key->text, "when");
}

static enum keys keys_below(enum keys keys, const struct value *key)
{
    if (keys == KEYS_LABELS) {
        return KEYS_LABELS;
    }
    return str_is(key->text, "definitions") ? KEYS_TERMS
           : str_is(key->text, "rows")      ? KEYS_ROWS
                                            : KEYS_FIXED;
}

static struct value_pair merge_pair(struct note_merge *m, struct value_pair pair,
                                    enum keys keys)
{
    bool rows = keys == KEYS_ROWS && str_is(pair.key->text, "each");
    struct value_pair made = pair;
    if (keys == KEYS_LABELS || keys == KEYS_TERMS) {
        made.key = (struct value *)(uintptr_t)merge_scalar(m, pair.key);
    }
    if (!rows) {
        made.value = (struct value *)(uintptr_t)merge_value(m, pair.value,
                                                            keys_below(keys, pair.key));
    }
    return made;
}

static struct value *copy_of(struct note_merge *m, const struct value *v)
{
    struct value *copy = NEW(m->arena, struct value);
    *copy = *v;
    note_merge_made(m, 1, 0, v->at);
    return copy;
}

/* `map` merged; with `bare`, and without its `each` and `when`. */
static const struct value *merge_mapping(struct note_merge *m, const struct value *map,
                                         enum keys keys, bool bare)
{
    struct value *made = bare ? copy_of(m, map) : NULL;
    size_t n = 0;
    if (made) {
        made->pairs = NEW_ARRAY(m->arena, struct value_pair, map->n);
    }
    for (size_t i = 0; i < map->n && !m->stopped; i++) {
        if (bare && is_control(map->pairs[i].key)) {
            continue;
        }
        struct value_pair pair = merge_pair(m, map->pairs[i], keys);
        bool same = pair.key == map->pairs[i].key && pair.value == map->pairs[i].value;
        if (!same && !made) {
            made = copy_of(m, map);
            made->pairs = NEW_ARRAY(m->arena, struct value_pair, map->n);
            memcpy(made->pairs, map->pairs, i * sizeof *map->pairs);
        }
        if (made) {
            made->pairs[n] = pair;
        }
        n++;
    }
    if (made) {
        made->n = n;
    }
    return made ? made : map;
}

/* --- Lists --- */

struct items {
    struct note_merge *m;
    const struct value *list;
    enum keys keys;
    bool changed;
    VEC(struct value *) made; /* if something has changed */
};

static void add_item(struct items *items, const struct value *v)
{
    note_merge_made(items->m, items->changed, 0, items->list->at);
    vec_push(items->m->arena, &items->made, (struct value *)(uintptr_t)v);
}

/* From now on there is a list of our own, which begins with `n` items as they were. */
static void change(struct items *items, size_t n)
{
    for (size_t i = 0; i < n && !items->changed; i++) {
        vec_push(items->m->arena, &items->made, items->list->items[i]);
    }
    items->changed = true;
}

/* Whether the mapping is more than what `each` and `when` say. */
static bool is_controlled(const struct value *v)
{
    size_t controls = 0;
    for (size_t i = 0; v->kind == VALUE_MAPPING && i < v->n; i++) {
        controls += is_control(v->pairs[i].key);
    }
    return controls > 0 && controls < v->n;
}

/* A mapping of a list, in its own language. */
static const struct value *merge_item(struct note_merge *m, const struct value *v,
                                      enum keys keys, bool bare)
{
    const struct value *lang = keys == KEYS_FIXED ? value_find(v, "lang") : NULL;
    str around = m->lang;
    if (lang && lang->kind == VALUE_SCALAR) {
        m->lang = merge_scalar(m, lang)->text;
    }
    const struct value *made = v->kind == VALUE_MAPPING ? merge_mapping(m, v, keys, bare)
                                                        : merge_value(m, v, keys);
    m->lang = around;
    return made;
}

static void add_if(struct items *items, const struct value *v)
{
    const struct value *when = value_find(v, "when");
    if (!when || note_condition_holds(items->m, when)) {
        add_item(items, merge_item(items->m, v, items->keys, true));
    }
}

static void repeat(struct items *items, const struct value *v, const struct value *list)
{
    struct note_merge *m = items->m;
    for (size_t i = 0; i < list->n && note_merge_step(m, v->at); i++) {
        struct note_scope scope = {list->items[i], i, list->n, m->scope};
        m->scope = &scope;
        add_if(items, v);
        m->scope = scope.outer;
    }
}

static const struct value *merge_list(struct note_merge *m, const struct value *list,
                                      enum keys keys)
{
    enum keys below = keys == KEYS_ROWS ? KEYS_FIXED : keys;
    struct items items = {.m = m, .list = list, .keys = below};
    for (size_t i = 0; i < list->n && !m->stopped; i++) {
        const struct value *item = list->items[i];
        if (is_controlled(item)) {
            const struct value *each = value_find(item, "each");
            const struct value *over = each ? note_condition_list(m, each) : NULL;
            change(&items, i);
            if (over) {
                repeat(&items, item, over);
            } else if (!each) {
                add_if(&items, item);
            }
            continue;
        }
        const struct value *made = merge_item(m, item, below, false);
        if (made != item) {
            change(&items, i);
        }
        if (items.changed) {
            add_item(&items, made);
        }
    }
    if (!items.changed) {
        return list;
    }
    struct value *made = copy_of(m, list);
    made->items = items.made.v;
    made->n = items.made.n;
    return made;
}

static const struct value *merge_value(struct note_merge *m, const struct value *v,
                                       enum keys keys)
{
    if (!note_merge_step(m, v->at)) {
        return v;
    }
    switch (v->kind) {
    case VALUE_SCALAR: return merge_scalar(m, v);
    case VALUE_SEQUENCE: return merge_list(m, v, keys);
    case VALUE_MAPPING: return merge_mapping(m, v, keys, false);
    default: return v;
    }
}

/* --- Data --- */

static struct value_pair *find_pair(struct value *map, str key)
{
    for (size_t i = 0; i < map->n; i++) {
        if (str_eq(map->pairs[i].key->text, key)) {
            return &map->pairs[i];
        }
    }
    return NULL;
}

/* `over` laid over `under`, key by key; with `deep`, mappings inside mappings too. */
static const struct value *overlay(struct arena *a, const struct value *under,
                                   const struct value *over, bool deep)
{
    bool both = under && over && under->kind == VALUE_MAPPING &&
                over->kind == VALUE_MAPPING;
    if (!both) {
        return over ? over : under;
    }
    struct value *made = NEW(a, struct value);
    *made = *under;
    made->pairs = NEW_ARRAY(a, struct value_pair, under->n + over->n);
    memcpy(made->pairs, under->pairs, under->n * sizeof *under->pairs);
    for (size_t i = 0; i < over->n; i++) {
        const struct value_pair *pair = &over->pairs[i];
        struct value_pair *found = find_pair(made, pair->key->text);
        if (!found) {
            made->pairs[made->n++] = *pair;
        } else if (deep) {
            found->value = (struct value *)(uintptr_t)overlay(a, found->value,
                                                              pair->value, true);
        } else {
            found->value = pair->value;
        }
    }
    return made;
}

static void collect_data(struct note_merge *m, const struct value *root,
                         const struct note_data *data)
{
    const struct value *own = value_find(root, "data");
    m->data = own && own->kind == VALUE_MAPPING ? own : NULL;
    if (data) {
        m->data = overlay(m->arena, m->data, data->record, false);
        m->data = overlay(m->arena, m->data, data->set, true);
    }
    for (size_t i = 0; m->data && i < m->data->n; i++) {
        map_put(&m->keys, m->data->pairs[i].key->text, &m->data->pairs[i]);
    }
}

static void report_fields(struct note_merge *m)
{
    if (m->fields == 0) {
        return;
    }
    str more = m->fields > 1 ? str_format(m->sink->arena, " and %zu more", m->fields - 1)
                             : STR_NONE;
    diag_report(m->sink, DIAG_NO_FIELD, m->first,
                "give values with `data:`, `--data FILE` or `--set NAME=VALUE`; write "
                "`\\{{` for the braces themselves",
                "there is no data for the field `%.*s`%.*s", STR_ARG(m->first_name),
                STR_ARG(more));
}

/* --- The note --- */

/* Its own keys: `data` stays as it is, and `fields` has labels. */
static enum keys top_keys(const struct value *key)
{
    return str_is(key->text, "fields") ? KEYS_LABELS : KEYS_FIXED;
}

const struct value *note_merge(struct note_merge *m, const struct value *root,
                               const struct note_data *data)
{
    collect_data(m, root, data);
    const struct value *lang = value_find(root, "lang");
    if (lang && lang->kind == VALUE_SCALAR) {
        m->lang = merge_scalar(m, lang)->text;
    }
    struct value *made = NEW(m->arena, struct value);
    *made = *root;
    made->pairs = NEW_ARRAY(m->arena, struct value_pair, root->n);
    for (size_t i = 0; i < root->n; i++) {
        struct value_pair pair = root->pairs[i];
        if (!str_is(pair.key->text, "data")) {
            pair.value = (struct value *)(uintptr_t)merge_value(m, pair.value,
                                                                top_keys(pair.key));
        }
        made->pairs[i] = pair;
    }
    report_fields(m);
    return m->stopped ? NULL : made;
}

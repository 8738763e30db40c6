/* SPDX-License-Identifier: MIT
 *
 * In: the values of a template. Out: the names that it asks for, in its texts, labels,
 * conditions and repetitions, whether or not a record would ever get there. Nothing is
 * filled, and what is wrong with a text is told when it is. */
#include "note/conditions.h"
#include "note/template.h"

static void walk(struct note_merge *m, const struct value *v);

static void walk_pair(struct note_merge *m, const struct value_pair *pair)
{
    if (str_is(pair->key->text, "when")) {
        note_condition_holds(m, pair->value);
    } else if (str_is(pair->key->text, "each") && pair->value->kind == VALUE_SCALAR) {
        note_condition_list(m, pair->value);
    } else {
        walk(m, pair->key);
        walk(m, pair->value);
    }
}

static void walk(struct note_merge *m, const struct value *v)
{
    if (!note_merge_step(m, v->at)) {
        return;
    }
    switch (v->kind) {
    case VALUE_SCALAR: note_template_new(m, v, NULL); break;
    case VALUE_SEQUENCE:
        for (size_t i = 0; i < v->n; i++) {
            walk(m, v->items[i]);
        }
        break;
    case VALUE_MAPPING:
        for (size_t i = 0; i < v->n; i++) {
            walk_pair(m, &v->pairs[i]);
        }
        break;
    default: break;
    }
}

void note_merge_names(const struct value *root, struct arena *a, struct map *into)
{
    struct diag_sink unheard;
    struct note_merge m;
    diag_init(&unheard, a);
    note_merge_init(&m, a, &unheard);
    m.asked = into;
    for (size_t i = 0; root->kind == VALUE_MAPPING && i < root->n; i++) {
        if (!str_is(root->pairs[i].key->text, "data")) {
            walk_pair(&m, &root->pairs[i]);
        }
    }
}

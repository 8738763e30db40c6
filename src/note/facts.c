/* SPDX-License-Identifier: MIT
 *
 * In: `fields`, a mapping or a list of pairs. Out: FACTS, in the file's order. A value
 * is one paragraph, a list of texts is several, a mapping or a list of pairs is facts
 * below the label. */
#include "note/load.h"

static void add_facts(struct note_loader *l, const struct value *v,
                      struct note_node *into);

static struct note_node *add_paragraph(struct note_loader *l, const struct value *v,
                                       struct note_node *fact)
{
    struct note_node *paragraph = note_node_new(l, NOTE_PARAGRAPH, v->at);
    note_append(fact, paragraph);
    note_markdown_inline(l, v, paragraph);
    return paragraph;
}

/* A list whose items are pairs, not texts. */
static bool is_pairs(const struct value *v)
{
    return v->n > 0 && (v->items[0]->kind == VALUE_SEQUENCE ||
                        v->items[0]->kind == VALUE_MAPPING);
}

static void add_texts(struct note_loader *l, const struct value *v,
                      struct note_node *fact)
{
    for (size_t i = 0; i < v->n; i++) {
        if (note_type_check(l, NOTE_TYPE_TEXT, v->items[i], STR("a fact's paragraph"))) {
            add_paragraph(l, v->items[i], fact);
        }
    }
}

static void add_fact(struct note_loader *l, const struct value *label,
                     const struct value *v, struct note_node *facts)
{
    struct note_node *fact = note_node_new(l, NOTE_FACT, label->at);
    struct note_node *name = note_node_new(l, NOTE_LABEL, label->at);
    note_append(facts, fact);
    note_append(fact, name);
    note_markdown_inline(l, label, name);
    if (v->kind == VALUE_NULL) {
        diag_report(l->sink, DIAG_EMPTY_VALUE, label->at,
                    "write a value, or delete the field", "the field `%.*s` is empty",
                    STR_ARG(label->text));
    } else if (v->kind == VALUE_SCALAR) {
        add_paragraph(l, v, fact);
    } else if (v->kind == VALUE_SEQUENCE && !is_pairs(v)) {
        add_texts(l, v, fact);
    } else {
        struct note_node *below = note_node_new(l, NOTE_FACTS, v->at);
        note_append(fact, below);
        add_facts(l, v, below);
    }
}

/* `[label, value]`. */
static void add_pair(struct note_loader *l, const struct value *pair,
                     struct note_node *facts)
{
    if (pair->n != 2 || pair->items[0]->kind != VALUE_SCALAR) {
        diag_report(l->sink, DIAG_WRONG_TYPE, pair->at, "write `[Label, value]`",
                    "a field in a list is a pair of a label and a value");
        return;
    }
    add_fact(l, pair->items[0], pair->items[1], facts);
}

static void add_mapping(struct note_loader *l, const struct value *map,
                        struct note_node *facts)
{
    for (size_t i = 0; i < map->n; i++) {
        add_fact(l, map->pairs[i].key, map->pairs[i].value, facts);
    }
}

static void add_facts(struct note_loader *l, const struct value *v,
                      struct note_node *into)
{
    if (v->kind == VALUE_MAPPING) {
        add_mapping(l, v, into);
        return;
    }
    for (size_t i = 0; i < v->n; i++) {
        const struct value *item = v->items[i];
        if (item->kind == VALUE_MAPPING) {
            add_mapping(l, item, into);
        } else if (item->kind == VALUE_SEQUENCE) {
            add_pair(l, item, into);
        } else {
            diag_report(l->sink, DIAG_WRONG_TYPE, item->at,
                        "write `[Label, value]` or `Label: value`",
                        "a field is a label and a value, not %s", value_kind_name(item));
        }
    }
}

struct note_node *note_facts(struct note_loader *l, const struct value *v)
{
    struct note_node *facts = note_node_new(l, NOTE_FACTS, v->at);
    add_facts(l, v, facts);
    return facts;
}

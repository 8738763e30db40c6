/* SPDX-License-Identifier: MIT
 *
 * In: a list of who signs: names, or mappings of name, title and date. Out: a node of
 * kind SIGNATURES. */
#include "note/load.h"

static struct note_node *add_paragraph(struct note_loader *l, const struct value *v,
                                       struct note_node *into)
{
    if (str_trim(v->text).n == 0) {
        return NULL;
    }
    struct note_node *paragraph = note_node_new(l, NOTE_PARAGRAPH, v->at);
    note_append(into, paragraph);
    note_markdown_inline(l, v, paragraph);
    return paragraph;
}

static void signature_name(struct note_loader *l, const struct value *v, void *into)
{
    struct note_node *node = into;
    node->as.signature.name = add_paragraph(l, v, node);
}

static void signature_title(struct note_loader *l, const struct value *v, void *into)
{
    struct note_node *node = into;
    node->as.signature.title = add_paragraph(l, v, node);
}

static void signature_date(struct note_loader *l, const struct value *v, void *into)
{
    struct note_node *node = into;
    if (note_check_date(l, v->text, v->at)) {
        node->as.signature.date = add_paragraph(l, v, node);
        node->as.signature.dated = true;
    }
}

static const struct note_key SIGNATURE_KEYS[] = {
    {"name", NOTE_TYPE_TEXT, 0, signature_name, 0, "Who signs, in inline Markdown."},
    {"title", NOTE_TYPE_TEXT, 0, signature_title, 0, "As what, in inline Markdown."},
    {"date", NOTE_TYPE_TEXT, 0, signature_date, 0,
     "When: year-month-day, or any text; `\"\"` for a line to write it on."},
    NOTE_MERGE_KEYS
};

const struct note_keys NOTE_SIGNATURE_KEYS =
    NOTE_KEYS_TABLE("signature", "a signature", SIGNATURE_KEYS);

static void add_signature(struct note_loader *l, const struct value *v,
                          struct note_node *into)
{
    if (v->kind != VALUE_MAPPING && v->kind != VALUE_SCALAR) {
        diag_report(l->sink, DIAG_WRONG_TYPE, v->at, "write a name, or `name: …`",
                    "a signature takes text or a mapping, not %s",
                    value_kind_name(v));
        return;
    }
    struct note_node *node = note_node_new(l, NOTE_SIGNATURE, v->at);
    note_append(into, node);
    if (v->kind == VALUE_SCALAR) {
        signature_name(l, v, node);
    } else {
        note_keys_read(l, &NOTE_SIGNATURE_KEYS, v, node);
    }
}

void note_signatures(struct note_loader *l, const struct value *v,
                     struct note_node *into)
{
    if (v->n == 0) {
        diag_report(l->sink, DIAG_EMPTY_VALUE, v->at, "write who signs, or delete it",
                    "nobody signs");
    }
    for (size_t i = 0; i < v->n; i++) {
        add_signature(l, v->items[i], into);
    }
}

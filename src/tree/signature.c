/* SPDX-License-Identifier: MIT
 *
 * Signatures to boxes side by side: for each a line to sign on, and below it name, title
 * and date. */
#include "tree/build.h"

static struct box *add_paragraph(struct tree_builder *b, const struct tree_context *c,
                                 const char *rule, struct place at)
{
    struct box *box = tree_add_box(b, c, BOX_PARAGRAPH, rule, at);
    box->element = tree_element(b, STRUCTURE_P, c->element);
    return box;
}

static void add_written(struct tree_builder *b, const struct tree_context *c,
                        const char *rule, const struct note_node *node)
{
    if (node) {
        tree_collect(b, c, add_paragraph(b, c, rule, node->at), node);
    }
}

/* Room and a line; gives the box that they are in. */
static struct tree_context add_line(struct tree_builder *b, const struct tree_context *c,
                                    const struct note_node *node)
{
    struct box *box = tree_add_box(b, c, BOX_STACK, "signature", node->at);
    struct tree_context in = tree_inside(c, box, node);
    if (tree_style(b, in.style, "signature-line")->rule_above > 0) {
        tree_add_box(b, &in, BOX_RULE, "signature-line", node->at);
    }
    return in;
}

/* What the layout calls a date stands before it, or below a line of its own. */
static void add_date(struct tree_builder *b, const struct tree_context *c,
                     const struct note_node *node)
{
    const struct note_node *date = node->as.signature.date;
    str word = layout_label(b->layout, c->lang, "date");
    struct tree_context in = date ? *c : add_line(b, c, node);
    struct box *box = add_paragraph(b, &in, "signature-date", node->at);
    struct text_span s = {
        .style = box->style, .lang = c->lang, .element = box->element, .at = node->at,
    };
    if (word.n) {
        const char *end = date ? ": " : "";
        tree_add_text(b, &box->spans, &s,
                      str_format(b->arena, "%.*s%s", STR_ARG(word), end));
    }
    if (date) {
        tree_collect(b, c, box, date);
    }
}

static void signature(struct tree_builder *b, const struct tree_context *c,
                      const struct note_node *node)
{
    struct tree_context one = *c;
    one.element = tree_element(b, STRUCTURE_DIV, c->element);
    struct tree_context in = add_line(b, &one, node);
    in.parent->element = one.element;
    add_written(b, &in, "signature-name", node->as.signature.name);
    add_written(b, &in, "signature-title", node->as.signature.title);
    if (node->as.signature.dated) {
        add_date(b, &in, node);
    }
}

void tree_signatures(struct tree_builder *b, const struct tree_context *c,
                     const struct note_node *node)
{
    struct box *box = tree_add_box(b, c, BOX_BESIDE, "signatures", node->at);
    box->element = tree_element(b, STRUCTURE_DIV, c->element);
    box->least_width = b->layout->signatures.width;
    box->gap = b->layout->signatures.gap;
    tree_apply_own(b, box, node);
    struct tree_context in = tree_inside(c, box, node);
    for (const struct note_node *n = node->first; n; n = n->next) {
        signature(b, &in, n);
    }
}

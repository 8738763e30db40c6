/* SPDX-License-Identifier: MIT
 *
 * Callouts to boxes: a title, which is the note's or the layout's word, and what stands
 * below it, in a style that has a frame. */
#include "tree/build.h"

static struct box *add_title(struct tree_builder *b, const struct tree_context *c,
                             struct place at)
{
    struct box *box = tree_add_box(b, c, BOX_PARAGRAPH, "callout-title", at);
    box->element = tree_element(b, STRUCTURE_P, c->element);
    return box;
}

static void title(struct tree_builder *b, const struct tree_context *c,
                  const struct note_node *node)
{
    if (node->first && node->first->kind == NOTE_LABEL) {
        tree_collect(b, c, add_title(b, c, node->first->at), node->first);
        return;
    }
    str word = layout_label(b->layout, c->lang, note_callout_name(node->as.callout.kind));
    if (word.n == 0 || node->as.callout.untitled) {
        return;
    }
    struct box *box = add_title(b, c, node->at);
    struct text_span s = {
        .style = box->style, .lang = c->lang, .element = box->element, .at = node->at,
    };
    tree_add_text(b, &box->spans, &s, word);
}

void tree_callout(struct tree_builder *b, const struct tree_context *c,
                  const struct note_node *node)
{
    str rule = str_format(b->arena, "callout-%s",
                          note_callout_name(node->as.callout.kind));
    struct box *box = tree_add_box(b, c, BOX_STACK, rule.p, node->at);
    box->element = tree_element(b, STRUCTURE_DIV, c->element);
    tree_apply_own(b, box, node);
    struct tree_context in = tree_inside(c, box, node);
    title(b, &in, node);
    tree_blocks(b, &in, node);
}

/* SPDX-License-Identifier: MIT
 *
 * Blocks in columns: a box that says how many there are. They are read one after the
 * other, as if there were one: the structure knows only a division. */
#include "tree/build.h"

void tree_columns(struct tree_builder *b, const struct tree_context *c,
                  const struct note_node *node)
{
    struct box *box = tree_add_box(b, c, BOX_COLUMNS, "columns", node->at);
    box->element = tree_element(b, STRUCTURE_DIV, c->element);
    tree_apply_own(b, box, node);
    const struct style *s = box->style;
    box->columns = (uint32_t)node->as.columns.count;
    box->gap = b->layout->columns.gap;
    if (node->as.columns.own_gap) {
        box->gap = len_resolve(node->as.columns.gap, s->size, s->size / 2, 0);
    }
    box->rule = node->as.columns.rule ? b->layout->columns.rule : 0;
    struct tree_context in = tree_inside(c, box, node);
    tree_blocks(b, &in, node);
}

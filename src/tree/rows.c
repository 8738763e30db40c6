/* SPDX-License-Identifier: MIT
 *
 * Rows of a table that come from a file. They get no boxes: there may be a million cells.
 * What boxes would have is the same in every row; it is kept once for each column. */
#include "tree/build.h"

enum { ALIGN_DECIMAL = 4 };

static struct box_column column_of(struct tree_builder *b, const struct style *row,
                                   uint8_t align)
{
    static const char *const ALIGN_RULES[] = {
        "plain", "cell-left", "cell-center", "cell-right", "cell-right", /* see note.h */
    };
    struct box_column c = {.cell = tree_style(b, row, "table-cell"),
                           .decimal = align == ALIGN_DECIMAL};
    c.text = tree_style(b, c.cell, ALIGN_RULES[align]);
    return c;
}

void tree_rows(struct tree_builder *b, const struct tree_context *c,
               const struct note_node *node)
{
    const struct data_table *table = node->as.table.data;
    struct box *box = c->parent;
    if (!table || table->rows == 0 || box->data) {
        return;
    }
    struct box_data *data = NEW(b->arena, struct box_data);
    uint32_t body = tree_element(b, STRUCTURE_TBODY, c->element);
    data->table = table;
    data->lang = c->lang;
    data->row = tree_style(b, box->style, "table-row");
    data->columns = NEW_ARRAY(b->arena, struct box_column, table->columns);
    for (uint32_t i = 0; i < table->columns; i++) {
        data->columns[i] = column_of(b, data->row, node->as.table.align[i]);
    }
    data->first = structure_add_grid(&b->tree->structure, b->arena, body, table->rows,
                                     table->columns);
    box->data = data;
}

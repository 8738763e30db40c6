/* SPDX-License-Identifier: MIT
 *
 * Tables: a caption with its number, rows of cells. A cell holds one paragraph, whose
 * text is the cell's own in the structure. */
#include "tree/build.h"

static const char *const ALIGN_RULES[] = {
    NULL, "cell-left", "cell-center", "cell-right", "cell-right", /* as in note.h */
};

enum { ALIGN_DECIMAL = 4 };

static uint8_t align_of(const struct note_node *table, size_t column)
{
    return column < table->as.table.columns ? table->as.table.align[column] : 0;
}

static uint32_t cell_element(struct tree_builder *b, const struct tree_context *c,
                             const struct note_node *node, bool head)
{
    uint32_t number = tree_element(b, head ? STRUCTURE_TH : STRUCTURE_TD, c->element);
    struct structure_element *e = &b->tree->structure.elements.v[number];
    e->columns = (uint16_t)node->as.cell.columns;
    e->rows = (uint16_t)node->as.cell.rows;
    e->row_head = head && !c->parent->header;
    return number;
}

static void cell(struct tree_builder *b, const struct tree_context *c,
                 const struct note_node *node)
{
    bool head = c->parent->header || node->as.cell.head;
    uint8_t align = align_of(node->parent->parent,
                             (size_t)node->as.cell.column);
    const char *rule = c->parent->header ? "table-head"
                     : head              ? "table-row-head" : "table-cell";
    struct box *box = tree_add_box(b, c, BOX_CELL, rule, node->at);
    box->element = cell_element(b, c, node, head);
    box->column = (uint32_t)node->as.cell.column;
    box->span_columns = (uint32_t)node->as.cell.columns;
    box->span_rows = (uint32_t)node->as.cell.rows;
    box->style = tree_user_style(b, box->style, node);
    struct tree_context in = *c;
    in.parent = box;
    in.style = box->style;
    in.element = box->element;
    struct box *text = tree_add_box(b, &in, BOX_PARAGRAPH,
                                    ALIGN_RULES[align] ? ALIGN_RULES[align] : "plain",
                                    node->at);
    text->decimal = align == ALIGN_DECIMAL && !head;
    text->element = box->element;
    tree_collect(b, &in, text, node);
}

static void row(struct tree_builder *b, const struct tree_context *c,
                const struct note_node *node)
{
    struct box *box = tree_add_box(b, c, BOX_ROW, "table-row", node->at);
    box->element = tree_element(b, STRUCTURE_TR, c->element);
    box->header = node->as.row.header;
    struct tree_context in = *c;
    in.parent = box;
    in.style = box->style;
    in.element = box->element;
    for (const struct note_node *n = node->first; n; n = n->next) {
        cell(b, &in, n);
    }
}

static void caption(struct tree_builder *b, const struct tree_context *c,
                    const struct note_node *table)
{
    const struct note_node *node = table->as.table.caption;
    struct box *box = tree_add_box(b, c, BOX_PARAGRAPH, "table-caption", node->at);
    box->element = tree_element(b, STRUCTURE_CAPTION, c->element);
    str label = layout_label(b->layout, c->lang, "table");
    struct text_span s = {
        .style = tree_style(b, box->style, "caption-label"), .lang = c->lang,
        .element = box->element, .at = node->at,
    };
    tree_add_text(b, &box->spans, &s,
                  str_format(b->arena, "%.*s %.*s. ", STR_ARG(label),
                             STR_ARG(tree_number_of(b, table))));
    struct tree_context in = *c;
    in.element = box->element; /* its notes; a table holds nothing beside rows */
    tree_collect(b, &in, box, node);
}

void tree_table(struct tree_builder *b, const struct tree_context *c,
                const struct note_node *node)
{
    struct tree_context in = *c;
    in.element = tree_element(b, STRUCTURE_TABLE, c->element);
    if (node->as.table.caption) {
        caption(b, &in, node);
    }
    struct box *box = tree_add_box(b, &in, BOX_TABLE, "table", node->at);
    box->element = in.element;
    box->style = tree_user_style(b, box->style, node);
    box->columns = (uint32_t)node->as.table.columns;
    if (node->id.n) {
        box->anchor = tree_anchor(b, node->id);
    }
    in.parent = box;
    in.style = box->style;
    in.tight = true;
    uint32_t table = in.element;
    bool header = false;
    for (const struct note_node *n = node->first; n; n = n->next) {
        if (n == node->first || n->as.row.header != header) {
            header = n->as.row.header;
            enum structure_role part = header ? STRUCTURE_THEAD : STRUCTURE_TBODY;
            in.element = tree_element(b, part, table);
        }
        row(b, &in, n);
    }
}

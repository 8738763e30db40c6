/* SPDX-License-Identifier: MIT
 *
 * Tables: a caption with its number above or below, rows of cells, remarks. A cell holds
 * one paragraph, whose text is the cell's own in the structure, or blocks. Captions are
 * inside the Table, remarks behind it, as PDF/UA asks. */
#include "tree/build.h"

static const char *const ALIGN_RULES[] = {
    NULL, "cell-left", "cell-center", "cell-right", "cell-right", /* as in note.h */
};

enum { ALIGN_DECIMAL = 4 };

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

/* What a cell's style begins with. */
static const char *cell_rule(const struct box *row, const struct note_node *node)
{
    if (row->header) {
        return "table-head";
    }
    return row->foot            ? "table-foot"
           : node->as.cell.head ? "table-row-head" : "table-cell";
}

static void cell_content(struct tree_builder *b, const struct tree_context *c,
                         const struct note_node *node, bool head)
{
    uint8_t align = node->as.cell.align;
    const char *rule = ALIGN_RULES[align] ? ALIGN_RULES[align] : "plain";
    if (node->as.cell.blocks) {
        struct box *stack = tree_add_box(b, c, BOX_STACK, rule, node->at);
        struct tree_context in = *c;
        in.parent = stack;
        in.style = stack->style;
        in.tight = node->first == node->last;
        tree_blocks(b, &in, node);
        return;
    }
    struct box *text = tree_add_box(b, c, BOX_PARAGRAPH, rule, node->at);
    text->decimal = align == ALIGN_DECIMAL && !head;
    text->element = c->element;
    tree_collect(b, c, text, node);
}

/* A style for a cell need not say how much room a cell has beside its text. */
static const struct style *cell_style(struct tree_builder *b, const struct style *cell,
                                      const struct note_node *node)
{
    const struct style *wanted = tree_user_style(b, cell, node);
    if (wanted == cell) {
        return cell;
    }
    struct style *own = NEW(b->arena, struct style);
    *own = *wanted;
    if (!own->indent_start && !own->indent_end) {
        own->indent_start = cell->indent_start;
        own->indent_end = cell->indent_end;
    }
    if (!own->space_before && !own->space_after) {
        own->space_before = cell->space_before;
        own->space_after = cell->space_after;
    }
    return own;
}

static void cell(struct tree_builder *b, const struct tree_context *c,
                 const struct note_node *node)
{
    bool head = c->parent->header || node->as.cell.head;
    struct box *box = tree_add_box(b, c, BOX_CELL, cell_rule(c->parent, node), node->at);
    box->element = cell_element(b, c, node, head);
    box->column = (uint32_t)node->as.cell.column;
    box->span_columns = (uint32_t)node->as.cell.columns;
    box->span_rows = (uint32_t)node->as.cell.rows;
    box->style = cell_style(b, box->style, node);
    struct tree_context in = *c;
    in.parent = box;
    in.style = box->style;
    in.element = box->element;
    cell_content(b, &in, node, head);
}

static void row(struct tree_builder *b, const struct tree_context *c,
                const struct note_node *node)
{
    struct box *box = tree_add_box(b, c, BOX_ROW, "table-row", node->at);
    box->element = tree_element(b, STRUCTURE_TR, c->element);
    box->header = node->as.row.header;
    box->foot = node->as.row.foot;
    box->style = tree_user_style(b, box->style, node);
    struct tree_context in = *c;
    in.parent = box;
    in.style = box->style;
    in.element = box->element;
    for (const struct note_node *n = node->first; n; n = n->next) {
        bool before = tree_begin_change(b, n);
        cell(b, &in, n);
        tree_end_change(b, before);
    }
}

static struct text_span label_span(struct tree_builder *b, const struct tree_context *c,
                                   const struct box *box)
{
    return (struct text_span){
        .style = tree_style(b, box->style, "caption-label"), .lang = c->lang,
        .element = box->element, .at = box->at,
    };
}

static void caption(struct tree_builder *b, const struct tree_context *c,
                    const struct note_node *table)
{
    const struct note_node *node = table->as.table.caption;
    bool above = b->layout->captions.tables == LAYOUT_ABOVE;
    struct box *box = tree_add_box(b, c, BOX_PARAGRAPH,
                                   above ? "table-caption" : "table-caption-below",
                                   node->at);
    box->element = tree_element(b, STRUCTURE_CAPTION, c->element);
    box->follows = !above;
    str label = layout_label(b->layout, c->lang, "table");
    struct text_span s = label_span(b, c, box);
    tree_add_text(b, &box->spans, &s,
                  str_format(b->arena, "%.*s %.*s. ", STR_ARG(label),
                             STR_ARG(tree_number_of(b, table))));
    struct tree_context inside = *c;
    inside.element = box->element; /* its notes; a table holds nothing beside rows */
    tree_collect(b, &inside, box, node);
}

/* "Table 3 (continued)": above the head where the table goes on. */
static struct box *continuation(struct tree_builder *b, const struct tree_context *c,
                                const struct note_node *table)
{
    struct tree_context apart = *c;
    apart.parent = NULL;
    struct box *box = tree_add_box(b, &apart, BOX_PARAGRAPH, "table-caption", table->at);
    str label = layout_label(b->layout, c->lang, "table");
    str on = layout_label(b->layout, c->lang, "continued");
    struct text_span s = label_span(b, c, box), plain = s;
    plain.style = box->style;
    tree_add_text(b, &box->spans, &s,
                  str_format(b->arena, "%.*s %.*s ", STR_ARG(label),
                             STR_ARG(tree_number_of(b, table))));
    tree_add_text(b, &box->spans, &plain, str_format(b->arena, "(%.*s)", STR_ARG(on)));
    return box;
}

static void remark(struct tree_builder *b, const struct tree_context *c,
                   const struct note_node *node)
{
    struct box *box = tree_add_box(b, c, BOX_PARAGRAPH, "table-notes", node->at);
    box->element = tree_element(b, STRUCTURE_P, c->element);
    box->follows = true;
    tree_collect(b, c, box, node);
}

enum part { PART_NONE, PART_HEAD, PART_BODY, PART_FOOT };

static enum part part_of(const struct note_node *row)
{
    return row->as.row.header ? PART_HEAD : row->as.row.foot ? PART_FOOT : PART_BODY;
}

static void rows(struct tree_builder *b, const struct tree_context *c,
                 const struct note_node *table)
{
    static const enum structure_role ROLES[] = {
        [PART_HEAD] = STRUCTURE_THEAD, [PART_BODY] = STRUCTURE_TBODY,
        [PART_FOOT] = STRUCTURE_TFOOT,
    };
    struct tree_context in = *c;
    enum part part = PART_NONE;
    for (const struct note_node *n = table->first; n; n = n->next) {
        if (n->kind != NOTE_ROW) {
            continue;
        }
        if (part_of(n) == PART_FOOT) {
            tree_rows(b, c, table);
        }
        if (part != part_of(n)) {
            part = part_of(n);
            in.element = tree_element(b, ROLES[part], c->element);
        }
        bool before = tree_begin_change(b, n);
        row(b, &in, n);
        tree_end_change(b, before);
    }
    tree_rows(b, c, table);
}

void tree_table(struct tree_builder *b, const struct tree_context *c,
                const struct note_node *node)
{
    bool above = b->layout->captions.tables == LAYOUT_ABOVE;
    const struct note_node *words = node->as.table.caption;
    struct tree_context in = *c;
    in.element = tree_element(b, STRUCTURE_TABLE, c->element);
    in.lang = node->lang.n ? node->lang : c->lang;
    if (words && above) {
        caption(b, &in, node);
    }
    struct box *box = tree_add_box(b, &in, BOX_TABLE, "table", node->at);
    box->element = in.element;
    tree_apply_own(b, box, node);
    box->columns = (uint32_t)node->as.table.columns;
    box->widths = node->as.table.widths;
    if (words && b->layout->captions.continued) {
        box->continued = continuation(b, &in, node);
    }
    struct tree_context inside = in;
    inside.parent = box;
    inside.style = box->style;
    inside.tight = true;
    rows(b, &inside, node);
    tree_heads(b, box);
    if (words && !above) {
        caption(b, &in, node);
    }
    struct tree_context behind = *c;
    behind.lang = in.lang;
    for (const struct note_node *n = node->first; n; n = n->next) {
        if (n->kind == NOTE_PARAGRAPH && n != words) {
            remark(b, &behind, n);
        }
    }
}

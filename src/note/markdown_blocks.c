/* SPDX-License-Identifier: MIT
 *
 * Blocks of cmark's tree: lists, tables, code, HTML, headings, paragraphs. Quotations,
 * callouts and tasks are in github.c, pictures in pictures.c. */
#include "note/markdown.h"

#include <cmark-gfm-core-extensions.h>
#include <string.h>

static void fill_list(struct note_node *node, cmark_node *list)
{
    node->as.list.ordered = cmark_node_get_list_type(list) == CMARK_ORDERED_LIST;
    node->as.list.tight = cmark_node_get_list_tight(list);
    node->as.list.start = node->as.list.ordered ? cmark_node_get_list_start(list) : 1;
    node->as.list.delimiter =
        cmark_node_get_list_delim(list) == CMARK_PAREN_DELIM ? ')' : '.';
}

static void fill_table(struct markdown *m, struct note_node *node, cmark_node *table)
{
    size_t n = cmark_gfm_extensions_get_table_columns(table);
    const uint8_t *align = cmark_gfm_extensions_get_table_alignments(table);
    node->as.table.columns = n;
    node->as.table.align = NEW_ARRAY(m->l->arena, uint8_t, n);
    for (size_t i = 0; i < n && align; i++) {
        node->as.table.align[i] = align[i] == 'l'   ? 1
                                  : align[i] == 'c' ? 2
                                  : align[i] == 'r' ? 3
                                                    : 0;
    }
}

static str without_last_line_end(str s)
{
    return str_ends(s, STR("\n")) ? str_sub(s, 0, s.n - 1) : s;
}

static void add_code_block(struct markdown *m, cmark_node *node)
{
    struct place at = markdown_node_place(m, node);
    struct note_node *code = markdown_add(m, NOTE_CODE_BLOCK, at);
    str text = without_last_line_end(str_from(cmark_node_get_literal(node)));
    code->text = note_inserts_restore(m->l, note_lines_restore(m->l->arena, text), true);
    code->as.code_block.one_line = m->cursor->scalar->style != VALUE_LITERAL;
    code->as.code_block.info =
        markdown_restore(m, str_from(cmark_node_get_fence_info(node)));
}

static void add_html_block(struct markdown *m, cmark_node *node)
{
    struct place at = markdown_node_place(m, node);
    str html = str_trim(markdown_restore(m, str_from(cmark_node_get_literal(node))));
    markdown_report_html(m, html, at);
    struct note_node *paragraph = markdown_add(m, NOTE_PARAGRAPH, at);
    struct note_node *text = note_node_new(m->l, NOTE_TEXT, at);
    text->text = html;
    note_append(paragraph, text);
}

static struct note_node *enter_table(struct markdown *m, cmark_node *node)
{
    const char *type = cmark_node_get_type_string(node);
    struct place at = markdown_node_place(m, node);
    struct note_node *made = NULL;
    if (strcmp(type, "table") == 0) {
        made = markdown_add(m, NOTE_TABLE, at);
        fill_table(m, made, node);
    } else if (strcmp(type, "table_cell") == 0) {
        made = markdown_add(m, NOTE_CELL, at);
        made->as.cell.column = made->prev ? made->prev->as.cell.column + 1 : 0;
        made->as.cell.columns = made->as.cell.rows = 1;
        const struct note_node *table = made->parent->parent;
        size_t column = (size_t)made->as.cell.column;
        made->as.cell.align =
            column < table->as.table.columns ? table->as.table.align[column] : 0;
    } else {
        made = markdown_add(m, NOTE_ROW, at);
        made->as.row.header = strcmp(type, "table_header") == 0;
    }
    return made;
}

static struct note_node *enter_heading(struct markdown *m, cmark_node *node)
{
    struct place at = markdown_node_place(m, node);
    struct note_node *heading = markdown_add(m, NOTE_HEADING, at);
    int level = m->level + cmark_node_get_heading_level(node);
    heading->as.heading.level = level > 6 ? 6 : level;
    return heading;
}

static struct note_node *enter_paragraph(struct markdown *m, cmark_node *node)
{
    struct place at = markdown_node_place(m, node);
    if (node == m->title) {
        return markdown_add(m, NOTE_LABEL, at);
    }
    return markdown_is_image(node) ? markdown_image(m, node, at)
                                   : markdown_add(m, NOTE_PARAGRAPH, at);
}

struct note_node *markdown_enter_block(struct markdown *m, cmark_node *node)
{
    bool inside = m->at->kind != NOTE_HEADING && m->at->kind != NOTE_PARAGRAPH &&
                  m->at->kind != NOTE_LABEL &&
                  (m->at->kind != NOTE_CELL || m->at->as.cell.blocks);
    struct note_node *list;
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_DOCUMENT: return m->at;
    case CMARK_NODE_PARAGRAPH:
        return inside ? enter_paragraph(m, node) : m->at;
    case CMARK_NODE_HEADING: return enter_heading(m, node);
    case CMARK_NODE_BLOCK_QUOTE: return markdown_quote(m, node);
    case CMARK_NODE_ITEM: return markdown_item(m, node);
    case CMARK_NODE_LIST:
        list = markdown_add(m, NOTE_LIST, markdown_node_place(m, node));
        fill_list(list, node);
        return list;
    default: return enter_table(m, node);
    }
}

bool markdown_leaf_block(struct markdown *m, cmark_node *node)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_CODE_BLOCK: add_code_block(m, node); return true;
    case CMARK_NODE_HTML_BLOCK: add_html_block(m, node); return true;
    case CMARK_NODE_THEMATIC_BREAK:
        markdown_add(m, NOTE_RULE, markdown_node_place(m, node));
        return true;
    default: return false;
    }
}

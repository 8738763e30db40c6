/* SPDX-License-Identifier: MIT
 *
 * Program text to boxes: one paragraph with forced line breaks. Each line is a paragraph
 * of its own for who hears the note, or the last word of one would run into the first
 * of the next. */
#include "tree/build.h"

#include "base/utf8.h"

/* Blanks instead of tabs, where the note says how far apart the stops are. */
static str expand_tabs(struct tree_builder *b, str line, int tab)
{
    struct buf out;
    buf_init(&out, b->arena);
    int column = 0;
    for (size_t at = 0; at < line.n;) {
        uint32_t c = utf8_next(line, &at);
        int width = c == '\t' ? tab - column % tab : 1;
        if (c == '\t') {
            buf_repeat(&out, ' ', (size_t)width);
        } else {
            buf_code_point(&out, c);
        }
        column += width;
    }
    return buf_str(&out);
}

static str code_of(const struct note_node *node)
{
    bool ends = str_ends(node->text, STR("\n"));
    return str_sub(node->text, 0, node->text.n - ends);
}

/* The elements of a line: P and Code below the block's own, or below `parent`. */
static uint32_t line_element(struct tree_builder *b, uint32_t parent)
{
    return tree_element(b, STRUCTURE_CODE, tree_element(b, STRUCTURE_P, parent));
}

static void add_lines(struct tree_builder *b, const struct tree_context *c,
                      struct box *box, const struct note_node *node)
{
    struct text_span s = {
        .style = box->style, .lang = c->lang, .flags = TEXT_SPAN_VERBATIM,
        .at = node->at,
    };
    for (str rest = code_of(node); rest.n;) {
        str line = str_cut(rest, '\n', &rest);
        if (node->as.code_block.tab) {
            line = expand_tabs(b, line, node->as.code_block.tab);
        }
        s.element = line_element(b, box->element);
        tree_add_text(b, &box->spans, &s,
                      str_format(b->arena, "%.*s%s", STR_ARG(line),
                                 rest.n ? "\xE2\x80\xA8" : ""));
        s.at.line += !node->as.code_block.one_line;
    }
}

static struct box_code *lines_of(struct tree_builder *b, const struct box *box)
{
    struct box_code *code = NEW(b->arena, struct box_code);
    struct text_span s = {
        .style = tree_style(b, box->style, "code-number"), .lang = b->tree->lang,
        .flags = TEXT_SPAN_VERBATIM, .at = box->at,
    };
    code->indent = b->layout->code.indent;
    if (b->layout->code.sign.n) {
        tree_add_text(b, &code->sign, &s, b->layout->code.sign);
    }
    return code;
}

/* A number for each line, and room for the widest of them beside the text. */
static void add_numbers(struct tree_builder *b, struct box *box, struct box_code *code)
{
    struct text_span s = {
        .style = tree_style(b, box->style, "code-number"), .lang = b->tree->lang,
        .flags = TEXT_SPAN_VERBATIM, .at = box->at,
    };
    for (size_t i = 0; i < box->spans.n; i++) {
        tree_add_text(b, &code->numbers, &s, str_format(b->arena, "%zu", i + 1));
    }
    if (code->numbers.n) {
        struct tree_spans last = {&code->numbers.v[code->numbers.n - 1], 1, 1};
        code->number_gap = s.style->marker_gap * 2;
        box->indent = tree_spans_width(b, &last) + code->number_gap;
    }
}

void tree_code(struct tree_builder *b, const struct tree_context *c,
               const struct note_node *node)
{
    bool numbers = node->as.code_block.numbers;
    struct box *box = tree_add_box(b, c, numbers ? BOX_STACK : BOX_PARAGRAPH,
                                   "code-block", node->at);
    box->element = tree_element(b, STRUCTURE_DIV, c->element);
    tree_apply_own(b, box, node);
    struct tree_context in = tree_inside(c, box, node);
    if (numbers) { /* beside the numbers, which stand on the block's background */
        box = tree_add_box(b, &in, BOX_PARAGRAPH, "plain", node->at);
    }
    struct box_code *code = lines_of(b, box);
    add_lines(b, &in, box, node);
    if (numbers) {
        add_numbers(b, box, code);
    }
    box->code = code;
}

/* SPDX-License-Identifier: MIT
 *
 * Blocks to boxes: one small builder a kind, found in a table. Numbers of headings
 * become markers here, as text. */
#include "tree/build.h"

#include "base/utf8.h"

typedef void block_builder(struct tree_builder *b, const struct tree_context *c,
                           const struct note_node *node);

void tree_apply_own(struct tree_builder *b, struct box *box,
                    const struct note_node *node)
{
    box->style = tree_user_style(b, box->style, node);
    if (node->id.n) {
        box->anchor = tree_anchor(b, node->id);
    }
    if (node->lang.n && box->element) {
        tree_more(b, box->element)->lang = node->lang;
    }
}

struct tree_context tree_inside(const struct tree_context *c, struct box *box,
                                const struct note_node *node)
{
    return (struct tree_context){
        .parent = box,
        .style = box->style,
        .lang = node->lang.n ? node->lang : c->lang,
        .element = box->element,
    };
}

/* What a paragraph ends with, before its last marks. */
static str last_words(const struct box *box)
{
    size_t n = box->spans.n;
    while (n && (box->spans.v[n - 1].flags & TEXT_SPAN_MARK)) {
        n--;
    }
    return n ? str_trim(box->spans.v[n - 1].text) : STR_NONE;
}

static void paragraph(struct tree_builder *b, const struct tree_context *c,
                      const struct note_node *node)
{
    const char *rule = c->tight ? "plain" : "paragraph";
    struct box *box = tree_add_box(b, c, BOX_PARAGRAPH, rule, node->at);
    box->element = tree_element(b, STRUCTURE_P, c->element);
    tree_apply_own(b, box, node);
    tree_collect(b, c, box, node);
    bool list_follows = node->next && node->next->kind == NOTE_LIST;
    if (list_follows) {
        bool in_item = node->parent->kind == NOTE_ITEM;
        box->introduces = in_item || str_ends(last_words(box), STR(":"));
    }
}

/* The note's title is the H1; what the note calls level 1 comes below it. */
static enum structure_role heading_role(int level)
{
    int deepest = STRUCTURE_H6 - STRUCTURE_H1;
    return (enum structure_role)(STRUCTURE_H1 + (level < deepest ? level : deepest));
}

/* The number stands before the text; lines that follow align with the text. A centred
 * heading has nothing to align with: there the number is part of the text. */
static void add_heading_number(struct tree_builder *b, const struct tree_context *c,
                               struct box *box, str number)
{
    struct text_span s = {
        .style = tree_style(b, box->style, "heading-number"), .lang = c->lang,
        .element = box->element, .flags = TEXT_SPAN_VERBATIM, .at = box->at,
    };
    if (box->style->align == STYLE_CENTER) {
        tree_add_text(b, &box->spans, &s,
                      str_format(b->arena, "%.*s\xE2\x80\x82", STR_ARG(number)));
        return;
    }
    tree_add_text(b, &box->marker, &s, number);
    box->marker_room = tree_spans_width(b, &box->marker) + b->layout->headings.number_gap;
    box->indent = box->marker_room;
    /* The gap is not text; whoever hears or copies the heading needs a space there. */
    box->marker.v[0].text = str_format(b->arena, "%.*s\xC2\xA0", STR_ARG(number));
}

static void heading(struct tree_builder *b, const struct tree_context *c,
                    const struct note_node *node)
{
    static const char *const RULES[LAYOUT_HEADING_LEVELS] = {
        "heading-1", "heading-2", "heading-3", "heading-4", "heading-5", "heading-6",
    };
    int level = node->as.heading.level;
    level = level < 1 ? 1 : level > LAYOUT_HEADING_LEVELS ? LAYOUT_HEADING_LEVELS : level;
    struct box *box = tree_add_box(b, c, BOX_PARAGRAPH, RULES[level - 1], node->at);
    /* A heading in a footnote heads no part of the text around the note's mark, whose
     * levels may not be broken: it is a paragraph that looks like one. */
    enum structure_role role = b->in_note ? STRUCTURE_P : heading_role(level);
    box->element = tree_element(b, role, c->element);
    tree_apply_own(b, box, node);
    str number = tree_number_of(b, node);
    if (number.n) {
        add_heading_number(b, c, box, number);
    }
    tree_collect(b, c, box, node);
    if (b->in_note) {
        return;
    }
    str text = note_plain_text(node, b->arena);
    box->outline_level = level;
    box->outline_title = number.n
        ? str_format(b->arena, "%.*s %.*s", STR_ARG(number), STR_ARG(text)) : text;
    tree_more(b, box->element)->title = text;
}

static void section(struct tree_builder *b, const struct tree_context *c,
                    const struct note_node *node)
{
    struct tree_context in = *c;
    in.element = tree_element(b, STRUCTURE_SECT, c->element);
    if (node->lang.n) {
        in.lang = node->lang;
        tree_more(b, in.element)->lang = node->lang;
    }
    if (node->style || node->id.n) {
        struct box *box = tree_add_box(b, &in, BOX_STACK, "plain", node->at);
        tree_apply_own(b, box, node);
        in.parent = box;
        in.style = box->style;
    }
    tree_blocks(b, &in, node);
}

static void quote(struct tree_builder *b, const struct tree_context *c,
                  const struct note_node *node)
{
    struct box *box = tree_add_box(b, c, BOX_STACK, "quote", node->at);
    box->element = tree_element(b, STRUCTURE_BLOCK_QUOTE, c->element);
    tree_apply_own(b, box, node);
    struct tree_context in = tree_inside(c, box, node);
    tree_blocks(b, &in, node);
}

static void rule(struct tree_builder *b, const struct tree_context *c,
                 const struct note_node *node)
{
    struct box *box = tree_add_box(b, c, BOX_RULE, "rule", node->at);
    tree_apply_own(b, box, node);
}

static void page_break(struct tree_builder *b, const struct tree_context *c,
                       const struct note_node *node)
{
    tree_add_box(b, c, BOX_PAGE_BREAK, "plain", node->at);
}

static block_builder *const BUILDERS[NOTE_KIND_COUNT] = {
    [NOTE_SECTION] = section,       [NOTE_HEADING] = heading,
    [NOTE_PARAGRAPH] = paragraph,   [NOTE_LIST] = tree_list,
    [NOTE_DEFINITIONS] = tree_definitions, [NOTE_CALLOUT] = tree_callout,
    [NOTE_SIGNATURES] = tree_signatures, [NOTE_COLUMNS] = tree_columns,
    [NOTE_QUOTE] = quote,           [NOTE_CODE_BLOCK] = tree_code,
    [NOTE_TOC] = tree_toc,
    [NOTE_RULE] = rule,             [NOTE_PAGE_BREAK] = page_break,
    [NOTE_TABLE] = tree_table,   [NOTE_IMAGE] = tree_figure,
    [NOTE_QR] = tree_qr,
};

/* A box around what the note itself keeps or moves as a whole, for it may be several. */
static struct tree_context kept(struct tree_builder *b, const struct tree_context *c,
                                const struct note_node *node)
{
    struct tree_context in = *c;
    in.parent = tree_add_box(b, c, BOX_STACK, "plain", node->at);
    in.parent->place = node->place;
    in.parent->keep_whole = node->keep == NOTE_KEEP_WHOLE;
    in.parent->keep_with_next = node->keep == NOTE_KEEP_WITH_NEXT;
    return in;
}

void tree_blocks(struct tree_builder *b, const struct tree_context *c,
                 const struct note_node *parent)
{
    for (const struct note_node *n = parent->first; n; n = n->next) {
        struct tree_context in = n->keep || n->place ? kept(b, c, n) : *c;
        bool before = tree_begin_change(b, n);
        if (BUILDERS[n->kind]) {
            BUILDERS[n->kind](b, &in, n);
        }
        tree_end_change(b, before);
    }
}

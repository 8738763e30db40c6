/* SPDX-License-Identifier: MIT
 *
 * Blocks to boxes: one small builder a kind, found in a table. Numbers of headings and
 * list items become markers here, as text. */
#include "tree/build.h"

#include "base/utf8.h"

typedef void block_builder(struct tree_builder *b, const struct tree_context *c,
                           const struct note_node *node);

/* What a node itself says about style, language and id, before what stands inside. */
static void apply_own(struct tree_builder *b, struct box *box,
                      const struct note_node *node)
{
    box->style = tree_user_style(b, box->style, node);
    if (node->id.n) {
        box->anchor = tree_anchor(b, node->id);
    }
    if (node->lang.n && box->element) {
        b->tree->structure.elements.v[box->element].lang = node->lang;
    }
}

static struct tree_context inside(const struct tree_context *c, struct box *box,
                                  const struct note_node *node)
{
    return (struct tree_context){
        .parent = box,
        .style = box->style,
        .lang = node->lang.n ? node->lang : c->lang,
        .element = box->element,
    };
}

static void paragraph(struct tree_builder *b, const struct tree_context *c,
                      const struct note_node *node)
{
    const char *rule = c->tight ? "plain" : "paragraph";
    struct box *box = tree_add_box(b, c, BOX_PARAGRAPH, rule, node->at);
    box->element = tree_element(b, STRUCTURE_P, c->element);
    apply_own(b, box, node);
    tree_collect(b, c, box, node);
    bool list_follows = node->next && node->next->kind == NOTE_LIST;
    if (list_follows && box->spans.n) {
        str text = str_trim(box->spans.v[box->spans.n - 1].text);
        bool in_item = node->parent->kind == NOTE_ITEM;
        box->introduces = in_item || str_ends(text, STR(":"));
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
    int level = node->as.heading.level;
    level = level < 1 ? 1 : level > LAYOUT_HEADING_LEVELS ? LAYOUT_HEADING_LEVELS : level;
    str rule = str_format(b->arena, "heading-%d", level);
    struct box *box = tree_add_box(b, c, BOX_PARAGRAPH, rule.p, node->at);
    box->element = tree_element(b, heading_role(level), c->element);
    apply_own(b, box, node);
    str number = tree_number_of(b, node);
    if (number.n) {
        add_heading_number(b, c, box, number);
    }
    tree_collect(b, c, box, node);
    str text = note_plain_text(node, b->arena);
    box->outline_level = level;
    box->outline_title = number.n
        ? str_format(b->arena, "%.*s %.*s", STR_ARG(number), STR_ARG(text)) : text;
    b->tree->structure.elements.v[box->element].title = text;
}

static void section(struct tree_builder *b, const struct tree_context *c,
                    const struct note_node *node)
{
    struct tree_context in = *c;
    in.element = tree_element(b, STRUCTURE_SECT, c->element);
    if (node->lang.n) {
        in.lang = node->lang;
        b->tree->structure.elements.v[in.element].lang = node->lang;
    }
    if (node->style.n || node->id.n) {
        struct box *box = tree_add_box(b, &in, BOX_STACK, "plain", node->at);
        apply_own(b, box, node);
        in.parent = box;
        in.style = box->style;
    }
    tree_blocks(b, &in, node);
}

/* The marker of item `nth` (from 0) of a list. */
static str item_label(struct tree_builder *b, const struct note_node *list, int nth)
{
    static const char CODES[] = {
        [NOTE_DECIMAL] = '1', [NOTE_LOWER_ALPHA] = 'a', [NOTE_UPPER_ALPHA] = 'A',
        [NOTE_LOWER_ROMAN] = 'i', [NOTE_UPPER_ROMAN] = 'I',
    };
    int deepest = LAYOUT_LIST_DEPTH - 1;
    if (!list->as.list.ordered) {
        int depth = b->bullet_depth < deepest ? b->bullet_depth : deepest;
        return b->layout->lists.bullets[depth];
    }
    int depth = b->number_depth < deepest ? b->number_depth : deepest;
    str format = b->layout->lists.numbers[depth];
    if (list->as.list.numbering != NOTE_DECIMAL) {
        format = str_format(b->arena, "{%c}%c", CODES[list->as.list.numbering],
                            list->as.list.delimiter ? list->as.list.delimiter : '.');
    }
    int number = list->as.list.start + nth;
    struct buf label;
    buf_init(&label, b->arena);
    layout_number(&label, format, &number, 1);
    return buf_str(&label);
}

static enum structure_numbering list_numbering(const struct note_node *list)
{
    static const enum structure_numbering MAP[] = {
        [NOTE_DECIMAL] = STRUCTURE_DECIMAL,
        [NOTE_LOWER_ALPHA] = STRUCTURE_LOWER_ALPHA,
        [NOTE_UPPER_ALPHA] = STRUCTURE_UPPER_ALPHA,
        [NOTE_LOWER_ROMAN] = STRUCTURE_LOWER_ROMAN,
        [NOTE_UPPER_ROMAN] = STRUCTURE_UPPER_ROMAN,
    };
    return list->as.list.ordered ? MAP[list->as.list.numbering] : STRUCTURE_DISC;
}

/* Room for the widest marker: at least the item style's own indent. */
static len item_room(struct tree_builder *b, const struct note_node *list,
                     const struct style *item)
{
    len room = item->indent_start;
    struct text_span s = {
        .style = tree_style(b, item, "list-marker"), .lang = b->tree->lang,
        .flags = TEXT_SPAN_VERBATIM,
    };
    int nth = 0;
    for (const struct note_node *n = list->first; n; n = n->next, nth++) {
        if (!list->as.list.ordered && nth > 0) {
            break; /* bullets are all alike */
        }
        struct tree_spans spans = {0};
        tree_add_text(b, &spans, &s, item_label(b, list, nth));
        len width = tree_spans_width(b, &spans) + item->marker_gap;
        room = width > room ? width : room;
    }
    return room;
}

/* The first paragraph inside `box`, which carries the marker; made if there is none. */
static struct box *marked_paragraph(struct tree_builder *b, const struct tree_context *c,
                                    struct box *box)
{
    struct box *first = box->first;
    while (first && first->kind == BOX_STACK && first->first && first->marker.n == 0) {
        first = first->first;
    }
    if (first && first->kind == BOX_PARAGRAPH && first->marker.n == 0) {
        return first;
    }
    struct tree_context in = *c;
    in.parent = NULL;
    struct box *empty = tree_add_box(b, &in, BOX_PARAGRAPH, "plain", box->at);
    empty->parent = box;
    empty->next = box->first;
    box->first = empty;
    box->last = box->last ? box->last : empty;
    return empty;
}

static void item(struct tree_builder *b, const struct tree_context *c,
                 const struct note_node *node, str label)
{
    const struct note_node *list = node->parent;
    struct box *box = tree_add_box(b, c, BOX_STACK, "list-item", node->at);
    uint32_t li = tree_element(b, STRUCTURE_LI, c->element);
    uint32_t lbl = tree_element(b, STRUCTURE_LBL, li);
    box->element = tree_element(b, STRUCTURE_LBODY, li);
    apply_own(b, box, node);
    box->indent = c->parent->marker_room - box->style->indent_start;
    struct tree_context in = inside(c, box, node);
    in.tight = list->as.list.tight;
    tree_blocks(b, &in, node);
    struct box *first = marked_paragraph(b, &in, box);
    struct text_span s = {
        .style = tree_style(b, box->style, "list-marker"), .lang = in.lang,
        .element = lbl, .flags = TEXT_SPAN_VERBATIM, .at = node->at,
    };
    tree_add_text(b, &first->marker, &s, label);
    first->marker_gap = box->style->marker_gap;
}

static void list(struct tree_builder *b, const struct tree_context *c,
                 const struct note_node *node)
{
    int *depth = node->as.list.ordered ? &b->number_depth : &b->bullet_depth;
    const char *rule = b->bullet_depth + b->number_depth ? "list-nested" : "list";
    struct box *box = tree_add_box(b, c, BOX_STACK, rule, node->at);
    box->element = tree_element(b, STRUCTURE_L, c->element);
    b->tree->structure.elements.v[box->element].numbering = list_numbering(node);
    apply_own(b, box, node);
    const char *item_rule = "list-item";
    box->marker_room = item_room(b, node, tree_style(b, box->style, item_rule));
    struct tree_context in = inside(c, box, node);
    int nth = 0;
    for (const struct note_node *n = node->first; n; n = n->next, nth++) {
        str label = item_label(b, node, nth);
        (*depth)++;
        item(b, &in, n, label);
        (*depth)--;
    }
}

static void quote(struct tree_builder *b, const struct tree_context *c,
                  const struct note_node *node)
{
    struct box *box = tree_add_box(b, c, BOX_STACK, "quote", node->at);
    box->element = tree_element(b, STRUCTURE_BLOCK_QUOTE, c->element);
    apply_own(b, box, node);
    struct tree_context in = inside(c, box, node);
    tree_blocks(b, &in, node);
}

/* One paragraph with forced line breaks: every line of the code is a line. */
static void code_block(struct tree_builder *b, const struct tree_context *c,
                       const struct note_node *node)
{
    struct box *box = tree_add_box(b, c, BOX_PARAGRAPH, "code-block", node->at);
    uint32_t p = tree_element(b, STRUCTURE_P, c->element);
    box->element = tree_element(b, STRUCTURE_CODE, p);
    apply_own(b, box, node);
    struct text_span s = {
        .style = box->style, .lang = c->lang, .element = box->element,
        .flags = TEXT_SPAN_VERBATIM, .at = node->at,
    };
    str rest = node->text;
    if (str_ends(rest, STR("\n"))) {
        rest.n--;
    }
    while (rest.n) {
        str line = str_cut(rest, '\n', &rest);
        const char *end = rest.n ? "\xE2\x80\xA8" : "";
        tree_add_text(b, &box->spans, &s,
                      str_format(b->arena, "%.*s%s", STR_ARG(line), end));
        s.at.line++;
    }
}

static void rule(struct tree_builder *b, const struct tree_context *c,
                 const struct note_node *node)
{
    struct box *box = tree_add_box(b, c, BOX_RULE, "rule", node->at);
    apply_own(b, box, node);
}

static void page_break(struct tree_builder *b, const struct tree_context *c,
                       const struct note_node *node)
{
    tree_add_box(b, c, BOX_PAGE_BREAK, "plain", node->at);
}

static block_builder *const BUILDERS[NOTE_KIND_COUNT] = {
    [NOTE_SECTION] = section,       [NOTE_HEADING] = heading,
    [NOTE_PARAGRAPH] = paragraph,   [NOTE_LIST] = list,
    [NOTE_QUOTE] = quote,           [NOTE_CODE_BLOCK] = code_block,
    [NOTE_RULE] = rule,             [NOTE_PAGE_BREAK] = page_break,
    [NOTE_TABLE] = tree_table,   [NOTE_IMAGE] = tree_figure,
};

void tree_blocks(struct tree_builder *b, const struct tree_context *c,
                 const struct note_node *parent)
{
    for (const struct note_node *n = parent->first; n; n = n->next) {
        if (BUILDERS[n->kind]) {
            BUILDERS[n->kind](b, c, n);
        }
    }
}

/* SPDX-License-Identifier: MIT
 *
 * Lists to boxes. Numbers and bullets become markers, as text; check boxes are left to
 * flow/ to draw. All text of a list begins on one line, behind the widest marker. */
#include "tree/build.h"

/* How a list's numbers are written. */
static struct layout_number_form form_of(struct tree_builder *b,
                                         const struct note_node *list)
{
    static const char CODES[] = {
        [NOTE_DECIMAL] = '1', [NOTE_LOWER_ALPHA] = 'a', [NOTE_UPPER_ALPHA] = 'A',
        [NOTE_LOWER_ROMAN] = 'i', [NOTE_UPPER_ROMAN] = 'I',
    };
    int deepest = LAYOUT_LIST_DEPTH - 1;
    if (!list->as.list.ordered) {
        int depth = b->bullet_depth < deepest ? b->bullet_depth : deepest;
        return (struct layout_number_form){.before = b->layout->lists.bullets[depth]};
    }
    int depth = b->number_depth < deepest ? b->number_depth : deepest;
    struct layout_number_form form =
        layout_number_form(b->layout->lists.numbers[depth], b->arena);
    if (list->as.list.own_numbering) {
        form.style = CODES[list->as.list.numbering];
    }
    if (list->as.list.own_prefix) {
        form.before = list->as.list.prefix;
    }
    if (list->as.list.own_suffix) {
        form.after = list->as.list.suffix;
    }
    return form;
}

/* The marker of item `nth` (from 0) of a list. */
static str item_label(struct tree_builder *b, const struct note_node *list,
                      const struct layout_number_form *form, int nth)
{
    struct buf label;
    buf_init(&label, b->arena);
    buf_put(&label, form->before);
    if (form->style) {
        layout_count(&label, list->as.list.start + nth, form->style);
    }
    buf_put(&label, form->after);
    return buf_str(&label);
}

static enum structure_numbering list_numbering(const struct note_node *list, char style)
{
    switch (style) {
    case '1': return STRUCTURE_DECIMAL;
    case 'a': return STRUCTURE_LOWER_ALPHA;
    case 'A': return STRUCTURE_UPPER_ALPHA;
    case 'i': return STRUCTURE_LOWER_ROMAN;
    case 'I': return STRUCTURE_UPPER_ROMAN;
    default: return list->as.list.ordered ? STRUCTURE_UNORDERED : STRUCTURE_DISC;
    }
}

/* Letters begin with 1; roman numerals end, too. */
static void check_numbers(struct tree_builder *b, const struct note_node *list,
                          char style)
{
    int first = list->as.list.start, last = first - 1;
    for (const struct note_node *n = list->first; n; n = n->next) {
        last++;
    }
    bool roman = style == 'i' || style == 'I';
    if (style && style != '1' && first < 1) {
        diag_report(b->sink, DIAG_OUT_OF_RANGE, list->at,
                    "begin with 1 or more, or set `numbering: decimal`",
                    "%s have no %d", roman ? "roman numerals" : "letters", first);
    } else if (roman && last > LAYOUT_ROMAN_MAX) {
        diag_report(b->sink, DIAG_OUT_OF_RANGE, list->at, "set `numbering: decimal`",
                    "roman numerals end at %d, this list at %d", LAYOUT_ROMAN_MAX, last);
    }
}

/* A check box is as high as the capitals beside it. */
static len mark_size(struct tree_builder *b, const struct style *s)
{
    const struct text_face *face = text_face_of(b->engine, s, PLACE_NONE, b->sink);
    return face && face->cap_height > 0
        ? text_scale(face->cap_height, s->size, face->upem) : s->size * 2 / 3;
}

/* Room for the widest marker: at least the item style's own indent. */
static len item_room(struct tree_builder *b, const struct note_node *list,
                     const struct layout_number_form *form, const struct style *item)
{
    bool ordered = list->as.list.ordered;
    len room = item->indent_start, bullet = -1;
    struct text_span s = {
        .style = tree_style(b, item, "list-marker"), .lang = b->tree->lang,
        .flags = TEXT_SPAN_VERBATIM,
    };
    len mark = mark_size(b, s.style) + item->marker_gap;
    int nth = 0;
    for (const struct note_node *n = list->first; n; n = n->next, nth++) {
        len width = n->as.item.is_task ? mark : 0;
        if (ordered || (!n->as.item.is_task && bullet < 0)) {
            struct tree_spans spans = {0};
            tree_add_text(b, &spans, &s, item_label(b, list, form, nth));
            bullet = tree_spans_width(b, &spans) + item->marker_gap;
        }
        width += ordered || !n->as.item.is_task ? bullet : 0;
        room = width > room ? width : room;
    }
    return room;
}

static bool is_marked(const struct box *box)
{
    return box->marker.n > 0 || box->mark || (box->code && box->code->numbers.n);
}

struct box *tree_first_paragraph(struct tree_builder *b, const struct tree_context *c,
                                 struct box *box, len *further_in)
{
    struct box *first = box->first;
    len in = 0;
    while (first && first->kind == BOX_STACK && first->first && !is_marked(first) &&
           !first->place) {
        in += first->indent + first->style->indent_start +
              style_frame_start(first->style);
        first = first->first;
    }
    if (first && first->kind == BOX_PARAGRAPH && !is_marked(first)) {
        *further_in = in + first->indent + first->style->indent_start +
                      style_frame_start(first->style);
        return first;
    }
    struct tree_context alone = *c;
    alone.parent = NULL;
    struct box *empty = tree_add_box(b, &alone, BOX_PARAGRAPH, "plain", box->at);
    empty->parent = box;
    empty->next = box->first;
    box->first = empty;
    box->last = box->last ? box->last : empty;
    *further_in = empty->style->indent_start;
    return empty;
}

/* The box is a picture; what it says is an element of its own inside the label. */
static void add_mark(struct tree_builder *b, struct box *first,
                     const struct note_node *item, const struct text_span *label)
{
    bool done = item->as.item.checked;
    first->mark = done ? BOX_DONE : BOX_TO_DO;
    first->mark_style = label->style;
    first->mark_size = mark_size(b, label->style);
    first->mark_element = tree_element(b, STRUCTURE_SPAN, label->element);
    str words = layout_label(b->layout, label->lang, done ? "done" : "to-do");
    str character = done ? STR("\xE2\x98\x91") : STR("\xE2\x98\x90");
    tree_more(b, first->mark_element)->alt = words.n ? words : character;
}

static void item(struct tree_builder *b, const struct tree_context *c,
                 const struct note_node *node, str label)
{
    const struct note_node *list = node->parent;
    struct box *box = tree_add_box(b, c, BOX_STACK, "list-item", node->at);
    uint32_t li = tree_element(b, STRUCTURE_LI, c->element);
    uint32_t lbl = tree_element(b, STRUCTURE_LBL, li);
    box->element = tree_element(b, STRUCTURE_LBODY, li);
    tree_apply_own(b, box, node);
    box->indent = c->parent->marker_room - box->style->indent_start;
    struct tree_context in = tree_inside(c, box, node);
    in.tight = list->as.list.tight;
    tree_blocks(b, &in, node);
    len further_in;
    struct box *first = tree_first_paragraph(b, &in, box, &further_in);
    struct text_span s = {
        .style = tree_style(b, box->style, "list-marker"), .lang = in.lang,
        .element = lbl, .flags = TEXT_SPAN_VERBATIM, .at = node->at,
    };
    first->marker_gap = box->style->marker_gap;
    first->marker_indent = further_in;
    if (node->as.item.is_task) {
        add_mark(b, first, node, &s);
    }
    if (list->as.list.ordered || !node->as.item.is_task) {
        tree_add_text(b, &first->marker, &s, label);
    }
}

void tree_list(struct tree_builder *b, const struct tree_context *c,
               const struct note_node *node)
{
    int *depth = node->as.list.ordered ? &b->number_depth : &b->bullet_depth;
    const char *rule = b->bullet_depth + b->number_depth ? "list-nested" : "list";
    struct layout_number_form form = form_of(b, node);
    struct box *box = tree_add_box(b, c, BOX_STACK, rule, node->at);
    box->element = tree_element(b, STRUCTURE_L, c->element);
    b->tree->structure.elements.v[box->element].numbering =
        (uint8_t)list_numbering(node, form.style);
    check_numbers(b, node, form.style);
    tree_apply_own(b, box, node);
    box->marker_room = item_room(b, node, &form, tree_style(b, box->style, "list-item"));
    struct tree_context in = tree_inside(c, box, node);
    int nth = 0;
    for (const struct note_node *n = node->first; n; n = n->next, nth++) {
        str label = item_label(b, node, &form, nth);
        (*depth)++;
        bool before = tree_begin_change(b, n);
        item(b, &in, n, label);
        tree_end_change(b, before);
        (*depth)--;
    }
}

/* --- Definitions --- */

static void definition(struct tree_builder *b, const struct tree_context *c,
                       const struct note_node *node)
{
    struct box *box = tree_add_box(b, c, BOX_STACK, "definition", node->at);
    uint32_t li = tree_element(b, STRUCTURE_LI, c->element);
    uint32_t lbl = tree_element(b, STRUCTURE_LBL, li);
    struct tree_context in = tree_inside(c, box, node);
    in.element = tree_element(b, STRUCTURE_LBODY, li); /* for the term's footnotes, too */
    struct box *term =
        tree_add_box(b, &in, BOX_PARAGRAPH, "definition-term", node->first->at);
    term->element = lbl;
    tree_collect(b, &in, term, node->first);
    struct box *body = tree_add_box(b, &in, BOX_STACK, "definition-body", node->at);
    in = tree_inside(&in, body, node);
    in.tight = node->first->next == node->last;
    tree_blocks(b, &in, node);
}

void tree_definitions(struct tree_builder *b, const struct tree_context *c,
                      const struct note_node *node)
{
    struct box *box = tree_add_box(b, c, BOX_STACK, "definitions", node->at);
    box->element = tree_element(b, STRUCTURE_L, c->element);
    tree_apply_own(b, box, node);
    struct tree_context in = tree_inside(c, box, node);
    for (const struct note_node *n = node->first; n; n = n->next) {
        definition(b, &in, n);
    }
}

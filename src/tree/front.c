/* SPDX-License-Identifier: MIT
 *
 * What stands before the body (title, subtitle, the block of facts) and what the layout
 * puts somewhere itself (the disclaimer).
 *
 * Facts are a list whose markers are their labels: run in with the text, or in a column
 * of their own. A fact that holds facts has them indented below its label. */
#include "tree/build.h"

#include <string.h>

static struct box *inline_box(struct tree_builder *b, const struct tree_context *c,
                              const struct note_node *node, const char *rule)
{
    struct box *box = tree_add_box(b, c, BOX_PARAGRAPH, rule, node->at);
    box->style = tree_user_style(b, box->style, node);
    return box;
}

static void title(struct tree_builder *b, const struct tree_context *c)
{
    struct box *box = inline_box(b, c, b->note->title, "title");
    box->element = tree_element(b, STRUCTURE_H1, c->element);
    tree_more(b, box->element)->title = b->tree->title;
    tree_collect(b, c, box, b->note->title);
}

static void subtitle(struct tree_builder *b, const struct tree_context *c)
{
    struct box *box = inline_box(b, c, b->note->subtitle, "subtitle");
    box->element = tree_element(b, STRUCTURE_P, c->element);
    tree_collect(b, c, box, b->note->subtitle);
}

static void facts(struct tree_builder *b, const struct tree_context *c,
                  const struct note_node *node, int depth);

/* Labels end in a colon, unless they end in a mark of their own. */
static bool wants_colon(const struct tree_spans *spans, size_t from)
{
    if (spans->n == from) {
        return false;
    }
    str last = spans->v[spans->n - 1].text;
    char end = last.n ? last.p[last.n - 1] : ' ';
    return end != ':' && end != '.' && end != '?' && end != '!';
}

/* The label's inlines as spans of `box`, in the label's style and element. */
static void add_label(struct tree_builder *b, const struct tree_context *c,
                      struct box *box, const struct note_node *label, int depth)
{
    struct box as_label = *box;
    as_label.style = tree_style(b, box->style, depth ? "fact-sublabel" : "fact-label");
    as_label.spans = (struct tree_spans){0};
    tree_collect(b, c, &as_label, label);
    if (wants_colon(&as_label.spans, 0)) {
        struct text_span s = as_label.spans.v[as_label.spans.n - 1];
        s = (struct text_span){.style = as_label.style, .lang = s.lang,
                               .element = box->element, .at = s.at};
        tree_add_text(b, &as_label.spans, &s, STR(":"));
    }
    box->spans = as_label.spans;
}

/* A value's first paragraph, behind its label and a space where the label runs in. */
static void add_value(struct tree_builder *b, const struct tree_context *c,
                      struct box *box, const struct note_node *value)
{
    box->element = tree_element(b, STRUCTURE_P, c->element);
    if (box->spans.n) {
        struct text_span space = {.style = box->style, .lang = c->lang,
                                  .element = box->element, .at = box->at};
        tree_add_text(b, &box->spans, &space, STR(" "));
    }
    tree_collect(b, c, box, value);
}

static void add_more_values(struct tree_builder *b, const struct tree_context *c,
                            const struct note_node *value, int depth)
{
    for (; value; value = value->next) {
        if (value->kind == NOTE_FACTS) {
            facts(b, c, value, depth + 1);
            continue;
        }
        struct box *box = inline_box(b, c, value, "plain");
        box->element = tree_element(b, STRUCTURE_P, c->element);
        tree_collect(b, c, box, value);
    }
}

/* The label runs into the value's first paragraph, or stands above its facts. */
static void run_in(struct tree_builder *b, const struct tree_context *c,
                   const struct note_node *fact, int depth)
{
    const struct note_node *value = fact->first->next;
    struct box *box = tree_add_box(b, c, BOX_PARAGRAPH, "plain", fact->at);
    uint32_t li = c->element;
    box->element = tree_element(b, STRUCTURE_LBL, li);
    struct tree_context in = *c;
    in.element = tree_element(b, STRUCTURE_LBODY, li); /* for the label's notes, too */
    add_label(b, &in, box, fact->first, depth);
    if (value && value->kind == NOTE_PARAGRAPH) {
        add_value(b, &in, box, value);
        value = value->next;
    } else {
        box->style = tree_style(b, box->style, "fact-heading");
    }
    add_more_values(b, &in, value, depth);
}

/* A label wider than its column stands above its value, from the column's edge on. */
static bool stands_above(struct tree_builder *b, const struct tree_context *c,
                         const struct box *label)
{
    len room = b->layout->facts.label_width - c->style->marker_gap;
    if (tree_spans_width(b, &label->spans) <= room) {
        return false;
    }
    struct box *box = tree_add_box(b, c, BOX_PARAGRAPH, "fact-heading", label->at);
    box->indent = -b->layout->facts.label_width;
    box->element = label->element;
    box->spans = label->spans;
    return true;
}

/* The label stands in a column of its own, on the line of the value's first paragraph,
 * wherever in nested facts that is. */
static void beside(struct tree_builder *b, const struct tree_context *c,
                   const struct note_node *fact)
{
    struct box label = {.style = c->style, .at = fact->at};
    label.element = tree_element(b, STRUCTURE_LBL, c->element);
    struct tree_context in = *c;
    in.element = tree_element(b, STRUCTURE_LBODY, c->element);
    add_label(b, &in, &label, fact->first, 0);
    bool above = stands_above(b, c, &label);
    add_more_values(b, &in, fact->first->next, 0);
    if (above) {
        return;
    }
    struct box *first = c->parent->first;
    len room = b->layout->facts.label_width;
    while (first && first->kind == BOX_STACK) {
        room += first->style->indent_start + first->indent;
        first = first->first;
    }
    if (!first) { /* a label alone */
        first = tree_add_box(b, &in, BOX_PARAGRAPH, "plain", fact->at);
    }
    first->marker = label.spans;
    first->marker_room = room + first->style->indent_start;
}

static void facts_as(struct tree_builder *b, const struct tree_context *c,
                     const struct note_node *node, const char *rule)
{
    int depth = strcmp(rule, "facts-nested") == 0;
    struct box *box = tree_add_box(b, c, BOX_STACK, rule, node->at);
    box->element = tree_element(b, STRUCTURE_L, c->element);
    struct tree_context in = {
        .parent = box, .style = box->style, .lang = c->lang, .element = box->element,
    };
    for (const struct note_node *fact = node->first; fact; fact = fact->next) {
        struct box *one = tree_add_box(b, &in, BOX_STACK, "fact-value", fact->at);
        one->indent = !b->layout->facts.run_in && depth == 0
            ? b->layout->facts.label_width : 0;
        struct tree_context inner = in;
        inner.parent = one;
        inner.style = one->style;
        inner.element = tree_element(b, STRUCTURE_LI, box->element);
        if (b->layout->facts.run_in || depth > 0) {
            run_in(b, &inner, fact, depth);
        } else {
            beside(b, &inner, fact);
        }
    }
}

static void facts(struct tree_builder *b, const struct tree_context *c,
                  const struct note_node *node, int depth)
{
    facts_as(b, c, node, depth ? "facts-nested" : "facts");
}

void tree_facts(struct tree_builder *b, const struct tree_context *c,
                const struct note_node *node, const char *rule)
{
    facts_as(b, c, node, rule);
}

/* The first thing that is read says who may read on; on later pages it is no content. */
static void banner(struct tree_builder *b, const struct tree_context *c)
{
    struct tree *t = b->tree;
    struct layout_values values = {
        .page = STR("1"), .pages = STR("1"), .title = t->title, .date = t->date,
        .reference = t->reference, .classification = t->classification,
        .subject = t->subject, .authors = t->authors,
    };
    str text = layout_fill(b->layout, b->layout->banner.text, t->lang, &values, b->arena);
    if (str_trim(text).n) {
        t->banner = tree_element(b, STRUCTURE_P, c->element);
    }
}

void tree_front(struct tree_builder *b, const struct tree_context *c)
{
    banner(b, c);
    tree_logo(b, c);
    tree_letter_head(b, c);
    if (b->note->title) {
        title(b, c);
    }
    if (b->note->subtitle) {
        subtitle(b, c);
    }
    if (b->note->facts && !b->tree->letter) {
        facts(b, c, b->note->facts, 0);
    }
}

void tree_disclaimer(struct tree_builder *b, const struct tree_context *c)
{
    struct tree_context in = *c;
    in.element = tree_element(b, STRUCTURE_DIV, c->element);
    in.parent = NULL;
    struct box *box = tree_add_box(b, &in, BOX_STACK, "disclaimer",
                                   b->note->disclaimer->at);
    b->tree->disclaimer = box;
    in.parent = box;
    in.style = box->style;
    in.tight = b->note->disclaimer->first == b->note->disclaimer->last;
    tree_blocks(b, &in, b->note->disclaimer);
    str label = layout_label(b->layout, b->tree->lang, "disclaimer");
    struct box *first = box->first;
    if (!b->layout->disclaimer.heading || label.n == 0 || !first ||
        first->kind != BOX_PARAGRAPH) {
        return;
    }
    struct text_span s = {
        .style = tree_style(b, first->style, "disclaimer-label"), .lang = b->tree->lang,
        .element = first->element, .at = box->at,
    };
    struct tree_spans spans = {0};
    tree_add_text(b, &spans, &s, str_format(b->arena, "%.*s. ", STR_ARG(label)));
    for (size_t i = 0; i < first->spans.n; i++) {
        vec_push(b->arena, &spans, first->spans.v[i]);
    }
    first->spans = spans;
}

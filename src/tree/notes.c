/* SPDX-License-Identifier: MIT
 *
 * Footnotes: their labels, their boxes, the links to the mark and back. */
#include "tree/build.h"

/* The order of Chicago and most house styles; doubled, tripled, … when they run out. */
static const char *const SYMBOLS[] = {"*", "†", "‡", "§", "‖", "¶"};
enum { N_SYMBOLS = sizeof SYMBOLS / sizeof SYMBOLS[0] };

str tree_note_label(struct tree_builder *b, uint32_t number)
{
    struct buf label;
    buf_init(&label, b->arena);
    if (b->layout->notes.numbering == LAYOUT_NOTES_DECIMAL) {
        buf_int(&label, number);
        return buf_str(&label);
    }
    for (uint32_t i = 0; i <= (number - 1) / N_SYMBOLS; i++) {
        buf_puts(&label, SYMBOLS[(number - 1) % N_SYMBOLS]);
    }
    return buf_str(&label);
}

/* Names that no heading can have: ids never hold a colon. */
str tree_note_id(struct tree_builder *b, const char *prefix, uint32_t number)
{
    return str_format(b->arena, "%s:%u", prefix, number);
}

static struct tree_note *note_at(struct tree_builder *b, uint32_t number)
{
    while (b->tree->notes.n < number) {
        vec_push(b->arena, &b->tree->notes, (struct tree_note){0});
    }
    return &b->tree->notes.v[number - 1];
}

static void add_number(struct tree_builder *b, struct box *paragraph, uint32_t note,
                       const struct note_footnote *f)
{
    uint32_t label = tree_element(b, STRUCTURE_LBL, note);
    struct text_span s = {
        .style = tree_style(b, paragraph->style, "footnote-number"),
        .lang = b->tree->lang,
        .element = tree_element(b, STRUCTURE_LINK, label),
        .flags = TEXT_SPAN_VERBATIM,
        .anchor = tree_anchor(b, tree_note_id(b, "note", f->number)),
        .at = f->at,
    };
    struct tree_link back = {
        .anchor = tree_anchor(b, tree_note_id(b, "mark", f->number)),
        .contents = tree_note_label(b, f->number),
        .element = s.element,
    };
    vec_push(b->arena, &b->tree->links, back);
    s.link = (uint32_t)b->tree->links.n;
    tree_add_text(b, &paragraph->marker, &s, tree_note_label(b, f->number));
    paragraph->marker_room = b->note_room;
}

void tree_note_of_mark(struct tree_builder *b, const struct tree_context *c,
                       const struct note_footnote *f)
{
    if (note_at(b, f->number)->box) {
        return;
    }
    uint32_t element = tree_element(b, STRUCTURE_NOTE, c->element);
    struct tree_context inside = {
        .style = style_root(b->layout), .lang = b->tree->lang, .element = element,
    };
    struct box *box = tree_add_box(b, &inside, BOX_STACK, "footnote", f->at);
    *note_at(b, f->number) =
        (struct tree_note){box, tree_note_label(b, f->number), f->at};
    box->indent = b->note_room;
    inside.parent = box;
    inside.style = box->style;
    inside.tight = f->body->first == f->body->last;
    /* The number's elements come before the text's: first a place for them. */
    struct box number = {.style = box->style};
    add_number(b, &number, element, f);
    struct tree_builder outside = *b;
    b->bullet_depth = b->number_depth = 0;
    b->in_note = true;
    tree_blocks(b, &inside, f->body);
    b->in_note = outside.in_note;
    b->bullet_depth = outside.bullet_depth;
    b->number_depth = outside.number_depth;
    /* What leads to an empty note, or to one that begins with a list, must lead
     * somewhere: it gets a paragraph for its number. */
    len further_in;
    struct box *first = tree_first_paragraph(b, &inside, box, &further_in);
    first->marker = number.marker;
    first->marker_room = number.marker_room;
    first->marker_indent = further_in;
}

/* All notes' text begins at the same place: behind the widest number. */
void tree_measure_note_room(struct tree_builder *b)
{
    struct tree_context c = {.style = style_root(b->layout)};
    const struct style *footnote = tree_style(b, c.style, "footnote");
    struct text_span s = {
        .style = tree_style(b, footnote, "footnote-number"), .lang = b->tree->lang,
        .flags = TEXT_SPAN_VERBATIM,
    };
    len widest = 0;
    for (size_t i = 0; i < b->note->footnotes.n; i++) {
        uint32_t number = b->note->footnotes.v[i]->number;
        if (number == 0) {
            continue;
        }
        struct tree_spans spans = {0};
        tree_add_text(b, &spans, &s, tree_note_label(b, number));
        len width = tree_spans_width(b, &spans);
        widest = width > widest ? width : widest;
    }
    b->note_room = widest + b->layout->notes.number_gap;
}

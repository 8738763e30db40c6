/* SPDX-License-Identifier: MIT
 *
 * Footnotes: their labels, their boxes, the links to the mark and back. */
#include "tree/build.h"

/* The order of Chicago and most house styles; doubled, tripled, … when they run out. */
static const char *const SYMBOLS[] = {"*", "†", "‡", "§", "‖", "¶"};
enum { N_SYMBOLS = sizeof SYMBOLS / sizeof SYMBOLS[0] };

str tree_note_label(const struct layout *l, uint32_t number, struct arena *a)
{
    struct buf label;
    buf_init(&label, a);
    if (l->notes.numbering == LAYOUT_NOTES_DECIMAL) {
        buf_int(&label, number);
        return buf_str(&label);
    }
    for (uint32_t i = 0; i <= (number - 1) / N_SYMBOLS; i++) {
        buf_puts(&label, SYMBOLS[(number - 1) % N_SYMBOLS]);
    }
    return buf_str(&label);
}

/* --- Numbers --- */

/* What a note marks comes directly behind it. Notes nest to a limit. */
static void meet(struct tree_builder *b, const struct note_node *mark)
{
    const struct note_footnote *f = mark->as.mark.footnote;
    struct tree_met *met = &b->met[f->number - 1];
    if (met->number) {
        return;
    }
    *met = (struct tree_met){++b->notes_met, mark};
    for (struct note_node *n = f->body; n; n = note_next(n, f->body)) {
        if (n->kind == NOTE_FOOTNOTE_MARK && n->as.mark.footnote) {
            meet(b, n);
        }
    }
}

/* Numbers follow the marks as they stand on the pages: the note itself cannot know
 * whether a caption is above its table or below. */
struct tree_met tree_note_met(struct tree_builder *b, const struct note_node *mark)
{
    if (!b->met) {
        b->met = NEW_ARRAY(b->arena, struct tree_met, b->note->footnotes.n);
    }
    meet(b, mark);
    return b->met[mark->as.mark.footnote->number - 1];
}

static uint32_t number_of(const struct tree_builder *b, const struct note_footnote *f)
{
    return b->met[f->number - 1].number;
}

static str label_of(struct tree_builder *b, uint32_t number)
{
    return tree_note_label(b->layout, number, b->arena);
}

/* --- Boxes --- */

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
    uint32_t number = number_of(b, f);
    uint32_t label = tree_element(b, STRUCTURE_LBL, note);
    struct text_span s = {
        .style = tree_style(b, paragraph->style, "footnote-number"),
        .lang = b->tree->lang,
        .element = tree_element(b, STRUCTURE_LINK, label),
        .flags = TEXT_SPAN_VERBATIM,
        .anchor = tree_anchor(b, tree_note_id(b, "note", number)),
        .at = f->at,
    };
    struct tree_link back = {
        .anchor = tree_anchor(b, tree_note_id(b, "mark", number)),
        .contents = label_of(b, number),
        .element = s.element,
        .note = number,
    };
    vec_push(b->arena, &b->tree->links, back);
    s.link = (uint32_t)b->tree->links.n;
    tree_add_text(b, &paragraph->marker, &s, back.contents);
    paragraph->marker_room = b->note_room;
}

void tree_note_of_mark(struct tree_builder *b, const struct tree_context *c,
                       const struct note_footnote *f)
{
    uint32_t nth = number_of(b, f);
    if (note_at(b, nth)->box) {
        return;
    }
    uint32_t element = tree_element(b, STRUCTURE_NOTE, c->element);
    struct tree_context inside = {
        .style = style_root(b->layout), .lang = b->tree->lang, .element = element,
    };
    struct box *box = tree_add_box(b, &inside, BOX_STACK, "footnote", f->at);
    *note_at(b, nth) = (struct tree_note){box, label_of(b, nth), f->at, NULL};
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
    note_at(b, nth)->first = first;
}

/* Where numbers begin anew on each page, rarely one has more notes: flow/ sees to it. */
enum { NOTES_A_PAGE = 9 };

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
    uint32_t n = (uint32_t)b->note->footnotes.n, *most = &b->tree->note_labels;
    bool anew = b->layout->notes.restart == LAYOUT_PER_PAGE;
    bool symbols = b->layout->notes.numbering == LAYOUT_NOTES_SYMBOLS;
    uint32_t usual = symbols ? N_SYMBOLS : NOTES_A_PAGE;
    *most = anew && n > usual ? usual : n;
    for (uint32_t number = 1; number <= *most; number++) {
        struct tree_spans spans = {0};
        tree_add_text(b, &spans, &s, label_of(b, number));
        len width = tree_spans_width(b, &spans);
        widest = width > widest ? width : widest;
    }
    b->note_room = widest + b->layout->notes.number_gap;
}

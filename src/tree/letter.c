/* SPDX-License-Identifier: MIT
 *
 * In: the facts of a note whose layout has a window. Out: the parts of a letter, each
 * from the facts whose labels the layout names: sender, the small line above the address,
 * remarks and recipient, which are paragraphs of one line each; information, which is all
 * the rest, with reference and date; and below the text enclosures and copies.
 *
 * They are made in the order in which they are to be read, wherever they stand. */
#include "tree/build.h"

static const char LINE_END[] = "\xE2\x80\xA8"; /* U+2028 */

/* The n-th fact of a part, from 0; NULL if there are not so many. */
static const struct note_node *find_fact(const struct tree_builder *b,
                                         enum layout_part part, int nth)
{
    const struct note_node *facts = b->note->facts;
    for (const struct note_node *f = facts ? facts->first : NULL; f; f = f->next) {
        str label = note_plain_text(f->first, b->arena);
        if (layout_part_of(b->layout, label) == part && nth-- == 0) {
            return f;
        }
    }
    return NULL;
}

/* The lines of a fact as spans of `box`, behind those that it has. */
static void add_lines(struct tree_builder *b, const struct tree_context *c,
                      struct box *box, const struct note_node *fact)
{
    for (const struct note_node *n = fact->first->next; n; n = n->next) {
        if (n->kind != NOTE_PARAGRAPH) {
            diag_report(b->sink, DIAG_WRONG_TYPE, n->at, "write a list of lines",
                        "this part of a letter takes lines, not facts with labels");
            continue;
        }
        if (box->spans.n) {
            struct text_span end = box->spans.v[box->spans.n - 1];
            end.note = end.link = end.anchor = end.page_of = 0;
            end.element = box->element;
            tree_add_text(b, &box->spans, &end, STR("\xE2\x80\xA8"));
        }
        tree_collect(b, c, box, n);
    }
}

/* All facts of a part as one paragraph. */
static struct box *lines_of(struct tree_builder *b, const struct tree_context *c,
                            enum layout_part part, const char *rule)
{
    const struct note_node *fact = find_fact(b, part, 0);
    if (!fact) {
        return NULL;
    }
    struct tree_context apart = *c;
    apart.parent = NULL;
    struct box *box = tree_add_box(b, &apart, BOX_PARAGRAPH, rule, fact->at);
    box->element = tree_element(b, STRUCTURE_P, c->element);
    for (int i = 0; (fact = find_fact(b, part, i)) != NULL; i++) {
        add_lines(b, &apart, box, fact);
    }
    return box;
}

/* --- The small line above the address --- */

static str template_of_line(struct tree_builder *b)
{
    const struct tree *t = b->tree;
    struct layout_values values = {
        .title = t->title, .date = t->date, .reference = t->reference,
        .classification = t->classification, .subject = t->subject,
        .authors = t->authors,
    };
    return layout_fill(b->layout, b->layout->letter.sender_line, t->lang, &values,
                       b->arena);
}

/* Name, street and town, one behind the other. */
static str sender_in_a_line(struct tree_builder *b)
{
    const struct note_node *sender = find_fact(b, LAYOUT_SENDER, 0);
    struct buf out;
    int lines = 0;
    buf_init(&out, b->arena);
    for (const struct note_node *n = sender ? sender->first->next : NULL;
         n && lines < 3; n = n->next, lines++) {
        buf_puts(&out, lines ? " \xC2\xB7 " : "");
        buf_put(&out, note_plain_text(n, b->arena));
    }
    return buf_str(&out);
}

static struct box *sender_line(struct tree_builder *b, const struct tree_context *c)
{
    static const char RULE[] = "letter-sender-line";
    struct box *box = lines_of(b, c, LAYOUT_SENDER_LINE, RULE);
    str text = box ? STR_NONE : template_of_line(b);
    if (box) {
        return box;
    }
    b->tree->letter->sender_line_repeats = text.n == 0;
    if (text.n == 0 && b->tree->letter->sheet.line_height) {
        text = sender_in_a_line(b);
    }
    if (text.n == 0) {
        return NULL;
    }
    const struct note_node *sender = find_fact(b, LAYOUT_SENDER, 0);
    struct tree_context apart = *c;
    apart.parent = NULL;
    box = tree_add_box(b, &apart, BOX_PARAGRAPH, RULE,
                       sender ? sender->at : PLACE_NONE);
    box->element = b->tree->letter->sender_line_repeats
        ? c->element : tree_element(b, STRUCTURE_P, c->element);
    struct text_span s = {.style = box->style, .lang = c->lang, .element = box->element,
                          .at = box->at};
    tree_add_text(b, &box->spans, &s, text);
    return box;
}

/* --- Information --- */

/* A fact that the note has no node for. */
static struct note_node *make_fact(struct tree_builder *b, str label, str value)
{
    struct note_node *nodes = NEW_ARRAY(b->arena, struct note_node, 5);
    struct note_node *fact = &nodes[0], *name = &nodes[1], *paragraph = &nodes[2];
    *fact = (struct note_node){.kind = NOTE_FACT, .first = name, .last = paragraph};
    *name = (struct note_node){.kind = NOTE_LABEL, .parent = fact, .next = paragraph,
                               .first = &nodes[3], .last = &nodes[3]};
    *paragraph = (struct note_node){.kind = NOTE_PARAGRAPH, .parent = fact, .prev = name,
                                    .first = &nodes[4], .last = &nodes[4]};
    nodes[3] = (struct note_node){.kind = NOTE_TEXT, .parent = name, .text = label};
    nodes[4] = (struct note_node){.kind = NOTE_TEXT, .parent = paragraph, .text = value};
    return fact;
}

static void append(struct note_node *facts, struct note_node *fact)
{
    fact->parent = facts;
    fact->prev = facts->last;
    fact->next = NULL;
    *(facts->last ? &facts->last->next : &facts->first) = fact;
    facts->last = fact;
}

/* True if the note's facts have one with that label. */
static bool has_fact(struct tree_builder *b, str label)
{
    const struct note_node *facts = b->note->facts;
    for (const struct note_node *f = facts ? facts->first : NULL; f; f = f->next) {
        if (str_eq(str_trim(note_plain_text(f->first, b->arena)), label)) {
            return true;
        }
    }
    return false;
}

static void append_own(struct tree_builder *b, struct note_node *facts, const char *key,
                       str value)
{
    str label = layout_label(b->layout, b->tree->lang, key);
    if (value.n && label.n && !has_fact(b, label)) {
        append(facts, make_fact(b, label, value));
    }
}

/* Copies of the facts of some parts, as facts of their own. */
static struct note_node *copy_facts(struct tree_builder *b, unsigned parts)
{
    struct note_node *facts = NEW(b->arena, struct note_node);
    *facts = (struct note_node){.kind = NOTE_FACTS};
    const struct note_node *all = b->note->facts;
    for (const struct note_node *f = all ? all->first : NULL; f; f = f->next) {
        str label = note_plain_text(f->first, b->arena);
        if (parts >> layout_part_of(b->layout, label) & 1) {
            struct note_node *copy = NEW(b->arena, struct note_node);
            *copy = *f;
            append(facts, copy);
        }
    }
    facts->at = facts->first ? facts->first->at : PLACE_NONE;
    return facts;
}

static struct box *information_block(struct tree_builder *b, const struct tree_context *c,
                                     const struct note_node *facts)
{
    struct tree_context apart = *c;
    struct tree_context root = {.style = c->style};
    apart.parent = tree_add_box(b, &root, BOX_STACK, "plain", facts->at);
    tree_facts(b, &apart, facts, "letter-information");
    return apart.parent;
}

static void line_entry(struct tree_builder *b, const struct tree_context *c,
                       const struct note_node *fact)
{
    struct tree_context in = *c;
    in.parent = tree_add_box(b, c, BOX_STACK, "fact-value", fact->at);
    uint32_t li = tree_element(b, STRUCTURE_LI, c->element);
    in.parent->element = li;
    in.style = in.parent->style;
    struct box *label = tree_add_box(b, &in, BOX_PARAGRAPH, "letter-label", fact->at);
    label->element = tree_element(b, STRUCTURE_LBL, li);
    tree_collect(b, &in, label, fact->first);
    in.element = tree_element(b, STRUCTURE_LBODY, li);
    struct box *value = tree_add_box(b, &in, BOX_PARAGRAPH, "plain", fact->at);
    value->element = tree_element(b, STRUCTURE_P, in.element);
    add_lines(b, &in, value, fact);
}

/* Labels above their values, side by side: the text's first block. */
static void information_line(struct tree_builder *b, const struct tree_context *c,
                             const struct note_node *facts)
{
    struct box *box = tree_add_box(b, c, BOX_BESIDE, "letter-information", facts->at);
    box->element = tree_element(b, STRUCTURE_L, c->element);
    box->gap = box->style->size;
    len room = b->layout->page.width - b->layout->page.inner - b->layout->page.outer;
    box->least_width = (room - 3 * box->gap) / 4; /* as in DIN 5008 */
    struct tree_context in = {.parent = box, .style = box->style, .lang = c->lang,
                              .element = box->element};
    for (const struct note_node *fact = facts->first; fact; fact = fact->next) {
        line_entry(b, &in, fact);
    }
}

/* --- All parts --- */

static str first_line(const struct box *box)
{
    for (size_t i = 0; box && i < box->spans.n; i++) {
        str text = str_trim(box->spans.v[i].text);
        if (text.n && !str_is(text, LINE_END)) {
            return text;
        }
    }
    return STR_NONE;
}

void tree_letter_head(struct tree_builder *b, const struct tree_context *c)
{
    struct tree_letter letter = {0};
    if (!layout_letter(b->layout, &letter.sheet)) {
        return;
    }
    struct tree_letter *l = b->tree->letter = NEW(b->arena, struct tree_letter);
    *l = letter;
    l->sender = lines_of(b, c, LAYOUT_SENDER, "letter-sender");
    l->sender_line = sender_line(b, c);
    l->remarks = lines_of(b, c, LAYOUT_REMARKS, "letter-remarks");
    l->recipient = lines_of(b, c, LAYOUT_RECIPIENT, "letter-recipient");
    b->tree->recipient = first_line(l->recipient);
    struct note_node *facts = copy_facts(b, 1u << LAYOUT_INFORMATION);
    append_own(b, facts, "reference", b->tree->reference);
    append_own(b, facts, "date", b->tree->date);
    if (!facts->first) {
        return;
    }
    if (b->layout->letter.information == LAYOUT_INFORMATION_LINE) {
        information_line(b, c, facts);
    } else {
        l->information = information_block(b, c, facts);
    }
}

void tree_letter_end(struct tree_builder *b, const struct tree_context *c)
{
    if (!b->tree->letter) {
        return;
    }
    struct note_node *facts = copy_facts(b, 1u << LAYOUT_ENCLOSURES |
                                                 1u << LAYOUT_COPIES);
    if (facts->first) {
        tree_facts(b, c, facts, "letter-end");
    }
}

/* SPDX-License-Identifier: MIT
 *
 * In: the note, before any box is made. Out: the numbers of its headings, tables and
 * figures, so that a reference may look forward; and the words of references.
 *
 * One walk over the blocks counts as the layout's formats say. Footnotes come last, and
 * a heading there is no section. Pages are known to flow/ alone: where a reference names
 * one, a span asks for it (text.h: page_of). */
#include "tree/build.h"

enum target_kind { TARGET_PLAIN, TARGET_SECTION, TARGET_FIGURE, TARGET_TABLE };

struct tree_target {
    const struct note_node *node;
    enum target_kind kind;
    str number;   /* as printed; empty: none */
};

/* Stands for the number while a label is filled; no note holds it. */
static const char HOLE[] = "\x1A";

/* --- Counting --- */

/* Nodes are found by their address: a table has a number without having an id. */
static str key_of(const struct note_node *const *node)
{
    return (str){(const char *)node, sizeof *node};
}

static const struct tree_target *target_of(const struct tree_builder *b,
                                           const struct note_node *node)
{
    return map_find(&b->targets, key_of(&node));
}

static void add_target(struct tree_builder *b, const struct note_node *node,
                       enum target_kind kind, str number)
{
    struct tree_target *t = NEW(b->arena, struct tree_target);
    *t = (struct tree_target){node, kind, number};
    map_put(&b->targets, key_of(&t->node), t);
    if (node->id.n) {
        map_put(&b->targets_by_id, node->id, t);
    }
}

static str heading_number(struct tree_builder *b, const struct note_node *node,
                          int counts[LAYOUT_HEADING_LEVELS])
{
    int level = node->as.heading.level;
    level = level < 1 ? 1 : level > LAYOUT_HEADING_LEVELS ? LAYOUT_HEADING_LEVELS : level;
    if (!b->layout->headings.numbered || node->as.heading.unnumbered) {
        return STR_NONE;
    }
    struct buf number;
    buf_init(&number, b->arena);
    counts[level - 1]++;
    for (int i = level; i < LAYOUT_HEADING_LEVELS; i++) {
        counts[i] = 0;
    }
    layout_number(&number, b->layout->headings.format[level - 1], counts, level);
    return buf_str(&number);
}

/* What holds inlines holds nothing that is counted. */
static bool is_leaf(const struct note_node *n)
{
    return n->kind == NOTE_PARAGRAPH || n->kind == NOTE_HEADING ||
           (n->kind == NOTE_TABLE && !n->as.table.blocks) ||
           (n->kind == NOTE_CELL && !n->as.cell.blocks);
}

static const struct note_node *next_block(const struct note_node *n,
                                          const struct note_node *root)
{
    if (!is_leaf(n)) {
        return note_next(n, root);
    }
    while (n != root && !n->next) {
        n = n->parent;
    }
    return n == root ? NULL : n->next;
}

struct counts {
    int headings[LAYOUT_HEADING_LEVELS];
    int figures, tables;
};

static str next_count(struct tree_builder *b, int *count)
{
    return str_format(b->arena, "%d", ++*count);
}

static void count(struct tree_builder *b, const struct note_node *n, struct counts *c)
{
    if (n->kind == NOTE_HEADING) {
        add_target(b, n, TARGET_SECTION, heading_number(b, n, c->headings));
        vec_push(b->arena, &b->headings, n);
    } else if (n->kind == NOTE_TABLE && n->as.table.caption) {
        add_target(b, n, TARGET_TABLE, next_count(b, &c->tables));
    } else if (n->kind == NOTE_IMAGE && n->as.image.caption) {
        add_target(b, n, TARGET_FIGURE, next_count(b, &c->figures));
    } else if (n->id.n) {
        add_target(b, n, TARGET_PLAIN, STR_NONE);
    }
}

/* `sections`: headings count. */
static void count_below(struct tree_builder *b, const struct note_node *root,
                        struct counts *c, bool sections)
{
    for (const struct note_node *n = root; n; n = next_block(n, root)) {
        if (sections || n->kind != NOTE_HEADING) {
            count(b, n, c);
        }
    }
}

void tree_number_all(struct tree_builder *b)
{
    struct counts c = {{0}, 0, 0};
    map_init(&b->targets, b->arena);
    map_init(&b->targets_by_id, b->arena);
    count_below(b, b->note->body, &c, true);
    if (b->note->disclaimer) {
        count_below(b, b->note->disclaimer, &c, true);
    }
    for (size_t i = 0; i < b->note->footnotes.n; i++) {
        count_below(b, b->note->footnotes.v[i]->body, &c, false);
    }
}

str tree_number_of(const struct tree_builder *b, const struct note_node *node)
{
    const struct tree_target *t = target_of(b, node);
    return t ? t->number : STR_NONE;
}

/* --- Words --- */

/* "2.1." is 2.1 in a sentence. */
static str bare_number(str number)
{
    while (number.n && (number.p[number.n - 1] == '.' || number.p[number.n - 1] == ':' ||
                        (number.p[number.n - 1] == ')' && number.p[0] != '('))) {
        number.n--;
    }
    return number;
}

/* The heading or caption in the quotation marks of the language. */
static str title_of(struct tree_builder *b, const struct tree_target *t, str lang,
                    bool quoted)
{
    const struct note_node *from = t->kind == TARGET_TABLE    ? t->node->as.table.caption
                                   : t->kind == TARGET_FIGURE ? t->node->as.image.caption
                                                              : t->node;
    const char *mark = quoted ? "\"" : "";
    struct text_typography state = {0};
    return text_make_typographic(
        str_format(b->arena, "%s%.*s%s", mark, STR_ARG(note_plain_text(from, b->arena)),
                   mark), lang, &state, b->arena);
}

static str fill_label(struct tree_builder *b, const char *label, str number, str lang)
{
    struct layout_values values = {.number = number};
    str text = layout_label(b->layout, lang, label);
    if (text.n == 0) {
        return number; /* a layout without words still has its numbers */
    }
    return layout_fill(b->layout, text, lang, &values, b->arena);
}

struct words {
    str text;
    bool page; /* HOLE in it stands for the page's number */
};

static struct words page_words(struct tree_builder *b, str lang)
{
    return (struct words){fill_label(b, "ref-page", str_from(HOLE), lang), true};
}

static struct words words_of(struct tree_builder *b, const struct note_node *link,
                             str lang)
{
    static const char *const LABELS[] = {
        [TARGET_SECTION] = "ref-section", [TARGET_FIGURE] = "ref-figure",
        [TARGET_TABLE] = "ref-table",
    };
    const struct tree_target *t = map_find(&b->targets_by_id, link->as.link.url);
    enum note_reference form = link->as.link.reference;
    bool plain = !t || t->kind == TARGET_PLAIN;
    if (plain || form == NOTE_REF_PAGE) {
        return page_words(b, lang);
    }
    if (form == NOTE_REF_TITLE || t->number.n == 0) {
        return (struct words){title_of(b, t, lang, form != NOTE_REF_TITLE), false};
    }
    str number = bare_number(t->number);
    if (form == NOTE_REF_NUMBER) {
        return (struct words){number, false};
    }
    return (struct words){fill_label(b, LABELS[t->kind], number, lang), false};
}

str tree_reference_contents(struct tree_builder *b, const struct note_node *link,
                            str lang)
{
    const struct tree_target *t = map_find(&b->targets_by_id, link->as.link.url);
    struct words w = words_of(b, link, lang);
    return !w.page ? w.text : t && t->kind != TARGET_PLAIN ? title_of(b, t, lang, false)
                                                           : link->as.link.url;
}

void tree_add_reference(struct tree_builder *b, struct tree_spans *spans,
                        const struct text_span *like, const struct note_node *link,
                        bool starts)
{
    struct words w = words_of(b, link, like->lang);
    struct text_span s = *like;
    s.flags |= TEXT_SPAN_VERBATIM;
    if (starts && link->as.link.reference == NOTE_REF_AUTO) {
        w.text = text_capitalise(w.text, b->arena);
    }
    str behind = STR_NONE, before = w.page ? str_cut(w.text, HOLE[0], &behind) : w.text;
    if (before.n) {
        tree_add_text(b, spans, &s, before);
    }
    if (w.page) {
        struct text_span number = s;
        number.page_of = tree_anchor(b, link->as.link.url);
        vec_push(b->arena, &b->tree->page_refs,
                 (struct tree_page_ref){number.page_of, link->at});
        tree_add_text(b, spans, &number, STR("00"));
    }
    if (behind.n) {
        tree_add_text(b, spans, &s, behind);
    }
}

/* SPDX-License-Identifier: MIT
 *
 * The table of contents: one paragraph an entry, with the heading's number hanging
 * before it and the number of its page behind it, which flow/ puts in (tree.h: box_tail).
 *
 * Numbers of one level stand on one edge, and so do their texts; a level begins where
 * the text of the level above does, or as far in as its style says. */
#include "tree/build.h"

enum { STYLES = 3 }; /* toc-1 to toc-3; deeper levels look like the last */

struct toc {
    struct tree_builder *b;
    int depth;
    const struct style *styles[LAYOUT_HEADING_LEVELS];
    len start[LAYOUT_HEADING_LEVELS]; /* where a level begins … */
    len text[LAYOUT_HEADING_LEVELS];  /* … and where its text does, behind the number */
};

static int level_of(const struct note_node *heading)
{
    int level = heading->as.heading.level;
    return level < 1 ? 1 : level > LAYOUT_HEADING_LEVELS ? LAYOUT_HEADING_LEVELS : level;
}

/* The next heading that is listed, from the `i`th on; NULL at the end. */
static const struct note_node *listed(const struct toc *t, size_t *i)
{
    while (*i < t->b->headings.n && level_of(t->b->headings.v[*i]) > t->depth) {
        (*i)++;
    }
    return *i < t->b->headings.n ? t->b->headings.v[(*i)++] : NULL;
}

static len number_width(struct toc *t, const struct style *style, str number)
{
    struct text_span s = {
        .style = tree_style(t->b, style, "heading-number"), .lang = t->b->tree->lang,
        .flags = TEXT_SPAN_VERBATIM,
    };
    struct tree_spans spans = {0};
    tree_add_text(t->b, &spans, &s, number);
    return tree_spans_width(t->b, &spans);
}

static void measure_levels(struct toc *t, const struct style *around)
{
    len room[LAYOUT_HEADING_LEVELS] = {0};
    for (int i = 0; i < t->depth; i++) {
        int n = i < STYLES ? i + 1 : STYLES;
        t->styles[i] = tree_style(t->b, around, str_format(t->b->arena, "toc-%d", n).p);
    }
    size_t next = 0;
    for (const struct note_node *h; (h = listed(t, &next)) != NULL;) {
        int i = level_of(h) - 1;
        str number = tree_number_of(t->b, h);
        len width = number.n ? number_width(t, t->styles[i], number) +
                                   t->b->layout->headings.number_gap : 0;
        room[i] = width > room[i] ? width : room[i];
    }
    len edge = 0;
    for (int i = 0; i < t->depth; i++) {
        len indent = t->styles[i]->indent_start;
        t->start[i] = indent > edge ? indent : edge;
        t->text[i] = t->start[i] + room[i];
        edge = room[i] ? t->text[i] : edge;
    }
}

static struct box_tail *new_tail(struct toc *t, const struct text_span *like,
                                 uint32_t anchor)
{
    struct box_tail *tail = NEW(t->b->arena, struct box_tail);
    tail->number = *like;
    tail->number.style = tree_style(t->b, like->style, "toc-page");
    tail->number.page_of = anchor;
    tail->leader = *like;
    tail->leader.style = tree_style(t->b, like->style, "toc-leader");
    tail->leader.text = t->b->layout->toc.leader;
    tail->leader.link = 0;
    return tail;
}

static void entry(struct toc *t, const struct tree_context *c, const struct note_node *h)
{
    struct tree_builder *b = t->b;
    int i = level_of(h) - 1;
    struct box *box = tree_add_box(b, c, BOX_PARAGRAPH, t->styles[i]->name.p, h->at);
    box->style = t->styles[i];
    uint32_t item = tree_element(b, STRUCTURE_TOCI, c->element);
    box->element = tree_element(b, STRUCTURE_LINK,
                                tree_element(b, STRUCTURE_REFERENCE, item));
    uint32_t anchor = tree_anchor(b, h->id);
    struct tree_link link = {.anchor = anchor, .contents = note_plain_text(h, b->arena),
                             .element = box->element};
    vec_push(b->arena, &b->tree->links, link);
    struct text_span like = {
        .style = box->style, .lang = h->lang.n ? h->lang : c->lang,
        .element = box->element, .link = (uint32_t)b->tree->links.n,
        .at = h->at,
    };
    tree_collect_quoted(b, box, &like, h);
    str number = tree_number_of(b, h);
    box->indent = (number.n ? t->text[i] : t->start[i]) - box->style->indent_start;
    like.flags |= TEXT_SPAN_VERBATIM;
    if (number.n) {
        struct text_span s = like;
        s.style = tree_style(b, box->style, "heading-number");
        box->marker_room = t->text[i] - t->start[i];
        /* The gap is not text; whoever hears the entry needs a space there. */
        tree_add_text(b, &box->marker, &s,
                      str_format(b->arena, "%.*s\xC2\xA0", STR_ARG(number)));
    }
    box->tail = new_tail(t, &like, anchor);
}

/* The title heads no part of the note, so it is no heading: the table's caption. */
static void title(struct tree_builder *b, const struct tree_context *c,
                  const struct note_node *node, uint32_t toc)
{
    str label = layout_label(b->layout, c->lang, "contents");
    if (node->as.toc.untitled || (!node->as.toc.title && label.n == 0)) {
        return;
    }
    struct box *box = tree_add_box(b, c, BOX_PARAGRAPH, "toc-title", node->at);
    box->element = tree_element(b, STRUCTURE_CAPTION, toc);
    if (node->as.toc.title) {
        struct tree_context in = *c;
        in.element = box->element; /* for its notes */
        tree_collect(b, &in, box, node->as.toc.title);
        return;
    }
    struct text_span s = {.style = box->style, .lang = c->lang, .element = box->element,
                          .at = node->at};
    tree_add_text(b, &box->spans, &s, label);
}

/* Entries of deeper levels are a TOC inside the TOC. */
static void entries(struct toc *t, const struct tree_context *c)
{
    uint32_t open[LAYOUT_HEADING_LEVELS + 1] = {[1] = c->element};
    int level = 1;
    size_t next = 0;
    for (const struct note_node *h; (h = listed(t, &next)) != NULL;) {
        int to = level_of(h);
        if (to > level && c->parent->last) {
            c->parent->last->introduces = true;
        }
        if (to > level) {
            open[to] = tree_element(t->b, STRUCTURE_TOC, open[level]);
        }
        for (int i = to + 1; i <= LAYOUT_HEADING_LEVELS; i++) {
            open[i] = 0;
        }
        for (level = to; !open[level]; level--) {
        }
        struct tree_context in = *c;
        in.element = open[level];
        entry(t, &in, h);
    }
}

void tree_toc(struct tree_builder *b, const struct tree_context *c,
              const struct note_node *node)
{
    struct toc t = {.b = b, .depth = node->as.toc.depth};
    t.depth = t.depth ? t.depth : b->layout->toc.depth;
    size_t first = 0;
    if (!listed(&t, &first)) {
        diag_report(b->sink, DIAG_EMPTY_VALUE, node->at,
                    "give the note sections or headings, or leave it out",
                    "a table of contents without entries");
        return;
    }
    uint32_t toc = tree_element(b, STRUCTURE_TOC, c->element);
    title(b, c, node, toc);
    struct box *box = tree_add_box(b, c, BOX_STACK, "toc", node->at);
    box->element = toc;
    tree_apply_own(b, box, node);
    struct tree_context in = *c;
    in.parent = box;
    in.element = box->element;
    in.style = box->style;
    in.lang = node->lang.n ? node->lang : c->lang;
    measure_levels(&t, box->style);
    entries(&t, &in);
}

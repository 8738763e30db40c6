/* note/markdown.h: one conversion of cmark's tree into nodes. */
#ifndef INFONOTE_NOTE_MARKDOWN_H
#define INFONOTE_NOTE_MARKDOWN_H

#include <cmark-gfm.h>

#include "note/lines.h"
#include "note/load.h"

/* Where a piece of the pending text came from. */
struct markdown_piece {
    size_t at; /* in the pending text */
    struct place place;
};

struct markdown {
    struct note_loader *l;
    struct value_cursor *cursor; /* of the scalar; only moves forward */
    const struct note_lines *lines;
    struct note_node *at;        /* children go here */
    int level;                   /* headings are this much deeper */
    size_t found;                /* inlines before this byte of the text are done */
    size_t furthest;             /* the last offset that was asked for a place */
    struct buf pending;          /* adjacent text, not yet a node */
    VEC(struct markdown_piece) pieces;
    int links;                   /* open LINK nodes */
    struct {
        struct note_node *parent, *made; /* the same where cmark's node has none here */
    } stack[NOTE_MAX_NESTING];
    int depth;
    cmark_node *title;           /* of the callout that was opened last, or NULL */
    bool too_deep;               /* reported */
    bool changed;                /* cmark's tree is not what it was */
    bool entities;               /* characters are written as numbers */
    VEC(str) foreign;            /* elements shown as text, reported, not yet closed */
};

/* Places (markdown_place.c): that of a byte of the prepared text. */
struct place markdown_place(struct markdown *m, size_t offset);

/* The offset of cmark's line and column, or SIZE_MAX when it gave none; its place. */
size_t markdown_offset(const struct markdown *m, cmark_node *node);
struct place markdown_node_place(struct markdown *m, cmark_node *node);

/* Where the text of an inline node begins; the search goes on behind it. */
size_t markdown_find(struct markdown *m, cmark_node *node, str literal);

/* Over the delimiter that opens or closes an inline node, if the search stands at it. */
void markdown_pass_delimiter(struct markdown *m, cmark_node *node);

/* The search goes on behind the next line end; gives where that is. */
size_t markdown_pass_line_end(struct markdown *m);

/* Blocks (markdown_blocks.c), inlines (markdown_inlines.c): what holds others, entered;
 * and what holds none, added as a whole, false if `node` is not one. */
struct note_node *markdown_enter_block(struct markdown *m, cmark_node *node);
bool markdown_leaf_block(struct markdown *m, cmark_node *node);
struct note_node *markdown_enter_inline(struct markdown *m, cmark_node *node);
bool markdown_leaf_inline(struct markdown *m, cmark_node *node);

/* Entities (entities.c): a text at `offset` without what no text may hold; and the same
 * of one whose offset is that of its first character. */
str markdown_clean(struct markdown *m, str s, size_t offset);
str markdown_clean_text(struct markdown *m, str literal, size_t offset);

/* GitHub's blocks (github.c): items, which may be tasks, and quotations, which may be
 * callouts; those lose their first line. */
struct note_node *markdown_item(struct markdown *m, cmark_node *node);
void markdown_item_end(struct note_node *item, cmark_node *node);
struct note_node *markdown_quote(struct markdown *m, cmark_node *node);

/* A node of `kind` below `m->at`, with the pending text before it. */
struct note_node *markdown_add(struct markdown *m, enum note_kind kind,
                               struct place at);

/* A literal of cmark's tree as it was written, and with the values of merge fields. */
str markdown_restore(struct markdown *m, str s);

/* Text to be joined with its neighbours; it stands at `offset`. */
void markdown_text(struct markdown *m, str text, size_t offset);

/* Makes nodes of the pending text: web and mail addresses in it become links. */
void markdown_flush(struct markdown *m);

/* Links (links.c): checks the address, fills `node`. */
void markdown_link(struct markdown *m, struct note_node *node, str url);
void markdown_linkify(struct markdown *m, str text);

/* A link without text: a reference inside the note, or an address to be shown. */
void markdown_empty_link(struct markdown *m, struct note_node *node);

/* Images (pictures.c): whether a paragraph is one and nothing else; then the IMAGE. The
 * search stands at its start, which is at `at`. */
bool markdown_is_image(cmark_node *paragraph);
struct note_node *markdown_image(struct markdown *m, cmark_node *paragraph,
                                 struct place at);

/* An image inside a line: a PICTURE. */
struct note_node *markdown_picture(struct markdown *m, cmark_node *node);

/* Raw HTML (html.c): `<span>`, `<sup>`, `<sub>` open and close nodes, `<br>` breaks the
 * line; anything else is text. */
void markdown_html(struct markdown *m, str html, size_t offset);

/* Ends what was opened since `until` and is not closed. */
void markdown_html_end(struct markdown *m, struct note_node *until);

void markdown_report_html(struct markdown *m, str html, struct place at);

#endif

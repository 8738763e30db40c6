/* screen/screen.h: a note for screens that are not paper: a terminal, a mail program.
 *
 * In:  the layout tree. Out: plain text in columns of letters, or one HTML page. Both
 * walk the boxes in reading order; what a box is for, its structure element says, how it
 * looks, its style. Numbers, labels and quotation marks are the same as in the PDF, since
 * the tree has them; there are no pages, so footnotes stand at the end. */
#ifndef INFONOTE_SCREEN_SCREEN_H
#define INFONOTE_SCREEN_SCREEN_H

#include "tree/tree.h"

struct screen_request {
    const struct tree *tree;
    const uint32_t *pages; /* of the PDF: where each anchor is, from page 1; 0: nowhere;
                              NULL: not known */
    bool bare;             /* the body and its notes alone: no title, no facts */
    struct arena *arena;
};

/* No line is wider than this, unless a word is, or a line of code. */
enum { SCREEN_COLUMNS = 72 };

/* Plain text, lines ending with LF: lists hang, tables are aligned, notes are [1]. Widths
 * are those of a terminal's cells. */
void screen_text(const struct screen_request *r, struct buf *out);

/* A picture that the HTML shows as `cid:ID`. */
struct screen_picture {
    const struct image *image;
    str id;
};

struct screen_pictures {
    VEC(struct screen_picture) all;
};

/* One HTML document with its styles in its elements: no style sheet that matters, no
 * scripts, nothing loaded but by `cid:`. `pictures` are those that it shows. */
void screen_html(const struct screen_request *r, struct buf *out,
                 struct screen_pictures *pictures);

/* --- Asked by both (boxes.c) --- */

enum structure_role screen_role(const struct tree *t, const struct box *box);
str screen_alt(const struct tree *t, uint32_t element);

/* The first paragraph in a box with a marker or a check box before its text; NULL: it
 * begins with none. */
const struct box *screen_marked(const struct box *box);

/* The number of the page that a span stands for; the link's words if it is not known. */
str screen_page(const struct screen_request *r, const struct text_span *span);

/* The footnote, from 1, that a span is the mark of; 0: none. */
uint32_t screen_note(const struct tree *t, const struct text_span *span);

/* What the layout prints on the first page beside the note; lines, or empty. */
str screen_banner(const struct screen_request *r);
str screen_letterhead(const struct screen_request *r);

/* The parts of a letter before its text, in reading order; gives how many. */
enum { SCREEN_LETTER_PARTS = 4 };
size_t screen_letter(const struct screen_request *r,
                     const struct box *out[SCREEN_LETTER_PARTS]);

/* --- Text (words.c, text.c, grid.c) --- */

/* The words of spans on lines of no certain length; '\n' between lines that the note
 * has. `around` is the paragraph's style: what differs from it is marked. */
str screen_words(const struct screen_request *r, const struct tree_spans *spans,
                 const struct style *around);

/* What stands before a paragraph: a number, a bullet, a label; may be empty. */
str screen_marker(const struct screen_request *r, const struct box *paragraph);

int screen_width(str line); /* cells of a terminal */

/* A word that is an address of the web or of mail: lines are not broken inside it. */
bool screen_is_address(str word);

/* Where the lines of one piece of text end: puts them into `lines`, each without blanks
 * at its end, none wider than `width` if its words are not. */
struct screen_lines {
    VEC(str) all;
};
void screen_break(str text, int width, struct arena *a, struct screen_lines *lines);

/* What a box is as text of this width. */
str screen_box_text(const struct screen_request *r, const struct box *box, int width);

/* A table as columns, or, where they would be too narrow, as a list of its rows. */
void screen_table(const struct screen_request *r, const struct box *table, int width,
                  struct screen_lines *lines);

#endif

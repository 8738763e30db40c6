/* screen/html.h: what the files that write HTML share. */
#ifndef INFONOTE_SCREEN_HTML_H
#define INFONOTE_SCREEN_HTML_H

#include "screen/screen.h"

/* What holds around an element. */
struct html_around {
    const struct style *style; /* its characters are inherited */
    str lang;
};

struct html_writer {
    const struct screen_request *r;
    const struct tree *t;
    struct arena *a;
    struct buf *out;
    struct screen_pictures *pictures;
    len base;              /* the size of running text, which is 16 px */
    bool rtl;              /* what is written runs from right to left */
    const struct box *taken; /* its marker is written already */
    const struct box *ticked; /* and the box of its task */
    bool backed;           /* what is written stands on a background of the layout */
    VEC(struct color) colors; /* of text that stands on none: dark screens change them */
};

enum { HTML_WIDTH = 640 }; /* px, of the note */

/* --- Characters (html_words.c) --- */

void html_escape(struct buf *out, str text); /* for text and for attributes */

/* The spans as they stand in a paragraph of style `around`. */
void html_words(struct html_writer *w, const struct tree_spans *spans,
                const struct html_around *around);

/* ` lang="…" dir="…"` where they differ; true if they do. */
bool html_lang(struct html_writer *w, str lang, str around);
bool html_is_rtl(str lang);

/* ` id="…"` of an anchor; 0: nothing. */
void html_id(struct html_writer *w, uint32_t anchor);

/* --- Styles (html_style.c) --- */

/* Pixels of a length of the layout. */
int html_pixels(const struct html_writer *w, len length);

/* "font-size:1.2em;font-weight:bold" and so on, as far as it differs from `around`;
 * without what `strong` and its like say already, as `given` has it. HTML_LARGE: a
 * heading, which has a size of its own that must be said otherwise. */
enum html_given { HTML_BOLD = 1, HTML_ITALIC = 2, HTML_SIZE = 4, HTML_STRUCK = 8,
                  HTML_UNDERLINED = 16, HTML_LARGE = 32 };
void html_characters(struct html_writer *w, struct buf *css, const struct style *s,
                     const struct style *around, unsigned given);

/* "margin:0 0 8px;": only what follows is kept at a distance. */
void html_margin(struct buf *css, int below);

/* "color:#1f4e79;" of text; on a background, which dark screens leave as it is, it has a
 * blank in it, by which html_dark knows it. */
void html_text_color(struct html_writer *w, struct buf *css, struct color color);

/* A style sheet by which programs that know it make the colours of text lighter on dark
 * screens, all that were written so far. */
void html_dark(const struct html_writer *w, struct buf *out);

/* Background, border and padding of a frame. */
void html_frame(const struct html_writer *w, struct buf *css, const struct style *s);

/* The colour of a line behind its form, and the `;`. */
void html_line_color(struct buf *css, struct color color);

/* The family with what to show where it is not there. */
void html_family(struct buf *css, str family);

/* "left" or "right": where text begins. */
const char *html_start(const struct html_writer *w);

/* --- Pictures (html_image.c) --- */

/* The id by which a picture is shown; empty: mail programs cannot show it. */
str html_picture(struct html_writer *w, const struct image *image);
void html_image(struct html_writer *w, const struct box *box);

/* --- Blocks (html_blocks.c, html_table.c) --- */

void html_children(struct html_writer *w, const struct box *box,
                   const struct html_around *around);
void html_table(struct html_writer *w, const struct box *table,
                const struct html_around *around);

/* What is raised or lowered. */
#define HTML_RAISED "font-size:75%;line-height:0"

/* --- Numbers (html_decimal.c) --- */

enum { HTML_NO_NUMBER = -1 };

/* What stands behind the point of the number in a cell: digits, or HTML_NO_NUMBER; and
 * raised ones, the marks of footnotes. */
struct html_tail {
    int digits, marks;
};

/* That of a cell; the most of each column of a table. */
struct html_tail html_cell_tail(struct html_writer *w, const struct box *cell);
struct html_tail html_data_tail(const struct box_data *d, uint32_t row, uint32_t column);
struct html_tail *html_most_tails(struct html_writer *w, const struct box *table);

/* Spaces in place of the digits, the point and the marks that others in the column
 * have. */
void html_put_tail(struct buf *out, struct html_tail own, struct html_tail most);

/* The space that a box has before it, also by what it begins with; in pixels, what stands
 * behind it. */
len html_before(const struct html_writer *w, const struct box *box);
int html_behind(const struct html_writer *w, const struct box *box);

#endif

/* pdf/pen.h: the state in which a page's operators are read, written when it changes. */
#ifndef INFONOTE_PDF_PEN_H
#define INFONOTE_PDF_PEN_H

#include "pdf/content.h"
#include "pdf/path.h"

enum { PDF_MICRO = 1000000 }; /* in a point: the unit of the pen between items */

/* What the viewer knows at this point of the stream. */
struct pdf_pen {
    struct pdf_content *c;
    struct buf *out;
    len page_height;

    /* Marked content. Artifacts are below 0, elements are 0 and more. */
    bool marked, marked_in_text;
    int64_t mark;
    str mark_lang;

    /* Graphics and text state. */
    const struct pdf_font *font;
    len size, letter_space;
    int expansion;             /* as in text/run.h */
    int64_t rise, word;        /* 1/1000 pt */
    struct color fill;         /* as written */
    bool overprint;
    struct pdf_shown shown;    /* the item, for reports */
    struct pdf_stroke stroke;
    bool in_text, in_array, in_string, has_numbers;
    size_t array_start;        /* of the open array in `out` */
    int64_t line_x, line_y;    /* where the line starts, as written */

    /* Along the line, in 1/PDF_EM from the item's x. */
    const struct page_item *item;
    int64_t em;                /* the font size as written, 1/1000 pt */
    int64_t at;                /* the viewer's pen */
    int64_t space;             /* the letter space as written */
    int64_t space_error;       /* the letter space as it should be, minus that */
    int64_t word_space;        /* what Tw adds to a space */
};

/* The open TJ array and the string in it. */
void pdf_pen_open_array(struct pdf_pen *p);
void pdf_pen_close_array(struct pdf_pen *p);
void pdf_pen_close_string(struct pdf_pen *p);

/* BT and ET. Marked content that began outside ends before the one, what began inside
 * before the other. */
void pdf_pen_begin_text(struct pdf_pen *p);
void pdf_pen_end_text(struct pdf_pen *p);

/* marks.c: makes sure that what follows is marked as the item's. */
void pdf_pen_set_mark(struct pdf_pen *p, const struct page_item *item);

/* A mark anew. `actual`: the text of what is shown, where its glyphs say another; else
 * empty. */
void pdf_pen_begin_mark(struct pdf_pen *p, const struct page_item *item, str actual);
void pdf_pen_end_mark(struct pdf_pen *p);

/* What a colour of the page list is in this file. */
struct color pdf_pen_color(struct pdf_pen *p, struct color color);

/* Colour and text state. */
void pdf_pen_set_fill(struct pdf_pen *p, struct color color);
void pdf_pen_set_overprint(struct pdf_pen *p, bool overprint);
void pdf_pen_set_font(struct pdf_pen *p, const struct pdf_font *font, len size);
void pdf_pen_set_expansion(struct pdf_pen *p, int expansion);
void pdf_pen_set_letter_space(struct pdf_pen *p, len space);
void pdf_pen_set_word_space(struct pdf_pen *p, const struct page_item *item);
void pdf_pen_set_rise(struct pdf_pen *p, int64_t rise); /* 1/1000 pt */

#endif

/* svg/svg.h: what the files of `infonote-svg` share.
 *
 * A program of its own, because the libraries that it needs are heavier than all of
 * infonote. In: a drawing (SVG) on standard input; faces of fonts as arguments,
 * `FAMILY=FILE`. Out, on standard output, lines and objects of a PDF:
 *
 *     infonote-svg 1
 *     external LINE TEXT      the drawing refers to TEXT outside itself: not drawn
 *     missing LINE CODE       no face has this character (hexadecimal)
 *     ignored LINE ELEMENT    an element that is not drawn
 *     wrong LINE COLUMN TEXT  it cannot be drawn: TEXT says why; 0: no place is known
 *     size WIDTH HEIGHT       how large it wants to be, 1/1024 pt
 *     form WIDTH HEIGHT       the coordinates of object 1, a form XObject, 1/1024
 *     objects COUNT
 *     object N BYTES STREAM   N from 1; behind it BYTES of a dictionary and STREAM
 *                             bytes of its stream, -1: none; \1N\1 stands for a
 *                             reference to N
 *     end
 *
 * Without `end` the answer is worth nothing. The exit status is 0 if it is whole. */
#ifndef INFONOTE_SVG_SVG_H
#define INFONOTE_SVG_SVG_H

#include "base/buf.h"
#include "base/vec.h"

enum {
    SVG_MAX_BYTES = 16 << 20, /* of a drawing */
    SVG_MAX_OUTPUT = 64 << 20,
    SVG_CODE_POINTS = 0x110000,
};

/* A face that text may be set in. */
struct svg_face {
    str family;
    const char *file;
};

/* What a look at the drawing showed before it is drawn. */
struct svg_look {
    struct arena *arena;
    struct buf *out;       /* where reports go */
    bool has_text;
    bool has_pixels;       /* filters and masks are drawn in pixels */
    bool wrong;            /* reported */
    uint32_t *characters;  /* by code point: the line where text has it first, or 0 */
};

/* look.c: false, with `wrong` written, if it is no drawing. */
bool svg_look(struct svg_look *look, str bytes);

/* fonts.c: makes the faces that text needs the only fonts there are, and reports the
 * characters that none has. */
void svg_choose_fonts(struct svg_look *look, str bytes, const struct svg_face *faces,
                      size_t n);

/* draw.c: the drawing as a PDF of one page; how large it wants to be and how large the
 * page is, 1/1024 pt. False, with `wrong` written, if it cannot be drawn. */
struct svg_page {
    struct buf pdf;
    int32_t width, height, page_width, page_height;
};
bool svg_draw(struct svg_look *look, str bytes, struct svg_page *page);

/* objects.c: the page as objects. */
bool svg_put_objects(struct buf *out, const struct svg_page *page, struct arena *a);

/* confine.c: limits of this process; it opens no connection and starts no program. */
void svg_limit(void);

/* Writes "wrong". The text is cut at its first line end. */
bool svg_wrong(struct svg_look *look, int line, int column, const char *text);

#endif

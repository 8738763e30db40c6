/* preflight/scan.h: what a content stream paints.
 *
 * One scan is of one page; forms and patterns are scanned where they are drawn, with the
 * graphics state of that moment. */
#ifndef INFONOTE_PREFLIGHT_SCAN_H
#define INFONOTE_PREFLIGHT_SCAN_H

#include "preflight/space.h"

enum { SCAN_FILL, SCAN_STROKE };

/* The part of the graphics state that matters here (ISO 32000-1, 8.4). */
struct pen {
    double matrix[6];
    const struct space *space[2]; /* of fills, of strokes */
    double tints[2][PREFLIGHT_MAX_COMPONENTS];
    bool overprint[2];
    double width;                 /* of strokes, in units of the matrix */
    double size, stretch;         /* of the font; what the text's matrix makes of it */
    int mode;                     /* how text is rendered */
};

enum { SCAN_OPERANDS = 64 };

struct scan {
    struct preflight *p;
    struct preflight_page *page;
    size_t number;                /* of the page, from 1 */
    qpdf_oh resources;
    struct pen pen;
    VEC(struct pen) saved;
    double operands[SCAN_OPERANDS];
    int n_operands;
    str name;                     /* the last operand that was one */
    bool drawn;                   /* there is a path; `x0` … are its bounds on the page */
    double x0, y0, x1, y1;
    bool bar;                     /* it is one rectangle, `thin` thousandths wide */
    int64_t thin;
    int depth;
    size_t forms;                 /* that were drawn so far */
};

/* Scans a stream with these resources. */
void scan_content(struct scan *s, str content, qpdf_oh resources);

/* Puts a matrix before the pen's. */
void scan_transform(struct scan *s, const double m[6]);

/* A length in the pen's units, in thousandths of a point. */
int64_t scan_length(const struct scan *s, double length);

/* Takes down what a colour prints; `what` is told where it is wrong. */
struct space_ink scan_paint(struct scan *s, int use, const char *what);
void scan_check_space(struct scan *s, const struct space *space);

/* state.c: `gs`. */
void scan_state(struct scan *s, qpdf_oh state);
void scan_check_intent(struct scan *s, str name);

/* pictures.c: `Do` and inline images. */
void scan_picture(struct scan *s, qpdf_oh image);
void scan_shading(struct scan *s, qpdf_oh shading);

/* forms.c: forms, and patterns that colours name. */
void scan_form(struct scan *s, qpdf_oh form);
void scan_pattern(struct scan *s, str name);

#endif

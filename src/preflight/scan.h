/* preflight/scan.h: what a content stream paints.
 *
 * One scan is of one page; forms and patterns are scanned where they are drawn, with the
 * graphics state of that moment. */
#ifndef INFONOTE_PREFLIGHT_SCAN_H
#define INFONOTE_PREFLIGHT_SCAN_H

#include "preflight/space.h"

enum { SCAN_FILL, SCAN_STROKE };

/* On the page, in points. */
struct scan_area {
    double x0, y0, x1, y1;
};

/* The part of the graphics state that matters here (ISO 32000-1, 8.4). */
struct pen {
    double matrix[6];
    const struct space *space[2]; /* of fills, of strokes */
    double tints[2][PREFLIGHT_MAX_COMPONENTS];
    bool overprint[2];
    int mode_of_overprint;        /* OPM */
    struct scan_area clip;        /* what of the page may be painted, at most */
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
    bool drawn;                   /* there is a path; its bounds are `path` */
    struct scan_area path;
    bool clips;                   /* it is to be clipped at, once it was painted */
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

/* edges.c: paints, or clips at, what has these bounds; `thick` is half of a line's. */
void scan_reach(struct scan *s, struct scan_area bounds, double thick);
void scan_clip(struct scan *s, struct scan_area bounds);

/* The bounds of a rectangle behind the pen's matrix. */
struct scan_area scan_bounds(const struct scan *s, struct scan_area r);
extern const struct scan_area SCAN_EVERYWHERE;

/* Reports what reaches an edge without a bleed. */
void scan_check_bleed(struct preflight *p, const struct preflight_page *page);

/* state.c: `gs`. */
void scan_state(struct scan *s, qpdf_oh state);
void scan_check_intent(struct scan *s, str name);

/* OPM 1 says which inks of DeviceCMYK are 0; those of a profile have no such inks. */
void scan_check_overprint(struct scan *s, int use, const struct space *space,
                          const char *what);

/* inline.c: the picture between BI and EI; `t` is behind BI, then before EI. */
struct tokens;
void scan_inline(struct scan *s, struct tokens *t);

/* pictures.c: `Do` and inline images. */
void scan_picture(struct scan *s, qpdf_oh image);
void scan_shading(struct scan *s, qpdf_oh shading);

/* forms.c: forms, and patterns that colours name. */
void scan_form(struct scan *s, qpdf_oh form);
void scan_pattern(struct scan *s, str name);

#endif

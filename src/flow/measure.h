/* flow/measure.h: what the files that make lines of boxes share. */
#ifndef INFONOTE_FLOW_MEASURE_H
#define INFONOTE_FLOW_MEASURE_H

#include "flow/vertical.h"

/* Where the walk through the boxes stands. */
struct measure {
    struct flow *f;
    struct flow_lines *out;
    len full;        /* the width of the region */
    len x, width;    /* of the box at hand */
    len space;       /* before the next line */
    int32_t penalty; /* of a break before the next line */
    bool forced;
    bool keep;       /* the next line belongs to the one before */
};

/* A new last line, which takes what waits in `m`: space, penalty, keep. */
struct flow_line *flow_add_line(struct measure *m, const struct box *box);

/* The lines of a box and of all inside it. */
void flow_measure_box(struct measure *m, const struct box *box);

/* image.c: a picture's line; then, when the caption has its lines, a figure that is
 * higher than a page becomes smaller. Its lines begin at `first`. */
void flow_measure_image(struct measure *m, const struct box *box);
void flow_fit_figure(struct measure *m, size_t first);

/* table.c: a table's rows, one line each. */
void flow_measure_table(struct measure *m, const struct box *box);

#endif

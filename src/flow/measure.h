/* flow/measure.h: what the files that make lines of boxes share. */
#ifndef INFONOTE_FLOW_MEASURE_H
#define INFONOTE_FLOW_MEASURE_H

#include "flow/lines.h"
#include "flow/row.h"

/* Where the walk through the boxes stands. */
struct measure {
    struct flow *f;
    struct flow_lines *out;
    len full;        /* the width of the region */
    len x, width;    /* of the box at hand */
    len space;       /* before the next line */
    int32_t penalty; /* of a break before the next line */
    bool forced, right;
    bool keep;       /* the next line belongs to the one before */
    bool in_columns; /* of a group */
    bool floats;     /* it is a float that is measured */

    const struct flow_frame *frame; /* around the box at hand */
    bool fresh;      /* no line since it began: spaces vanish, as at a region's top */
    uint16_t opens;  /* frames that wait for their first line */
    len above;       /* what they need above it */
};

/* frame.c: a frame around what is measured until it is closed. */
struct flow_frame *flow_open_frame(struct measure *m, const struct box *box);
void flow_close_frame(struct measure *m, struct flow_frame *frame, size_t first);

/* Puts what waits for the next line into it. */
void flow_frame_line(struct measure *m, struct flow_line *line);

/* What the frames around the box at hand take above and below together. */
len flow_frame_room(const struct measure *m);

/* A new last line, which takes what waits in `m`: space, penalty, keep. */
struct flow_line *flow_add_line(struct measure *m, const struct box *box);

/* The lines of a box and of all inside it. */
void flow_measure_box(struct measure *m, const struct box *box);

/* measure.c: the lines of a paragraph that is set. */
struct flow_text; /* flow/paragraph.h */
void flow_add_lines(struct measure *m, const struct box *box,
                    const struct flow_text *text);

/* The lines of a box in a region of that width. */
void flow_measure_list(struct flow *f, const struct box *box, len width,
                       struct flow_lines *out);

/* image.c: a picture's line; then, when the caption has its lines, a figure that is
 * higher than a page becomes smaller. Its lines begin at `first`. */
void flow_measure_image(struct measure *m, const struct box *box);
void flow_fit_figure(struct measure *m, size_t first);

/* Whether what is around a box reads from right to left; how far what is `room` narrower
 * than its column is moved into it. */
bool flow_reads_rtl(struct flow *f, const struct box *box);
len flow_move_in_room(const struct box *box, len room, bool rtl);

/* qr.c */
void flow_measure_qr(struct measure *m, const struct box *box);

/* overfull.c: tells of lines that are too wide, of letters too high for their lines. */
void flow_report_wide(struct measure *m, const struct flow_line *line, bool overfull);
void flow_report_tight(struct flow *f, const struct box *box,
                       const struct tree_spans *spans);

/* marker.c: the marker of a line's box, before the text, whose direction says on which
 * side that is. */
void flow_set_marker(struct measure *m, struct flow_line *line, bool rtl);

/* code.c: what stands beside line `nth` of a piece of code; `begins`: not where a long
 * one goes on. */
void flow_mark_code(struct measure *m, struct flow_line *line, size_t nth, bool begins);

/* columns.c: a group of lines. Only a region of the body's own width has columns; else
 * the box is a stack. */
void flow_measure_columns(struct measure *m, const struct box *box);

/* floats.c: false if the box cannot float and is to be measured like others. */
bool flow_measure_float(struct measure *m, const struct box *box);

/* The notes marked between the two stand below the lines, not at the region's foot; then
 * `order` becomes again what the first one gave. */
struct flow_order flow_begin_own_notes(struct flow *f);
void flow_end_own_notes(struct flow *f, struct flow_lines *lines);

/* As if they had not been marked. */
void flow_forget_own_notes(struct flow *f, struct flow_order outer);

/* disclaimer.c: where the layout has it, behind the front or behind the body. */
void flow_disclaimer_of_front(struct flow *f, len width);
void flow_disclaimer_of_body(struct measure *m);

/* beside.c: boxes side by side, a row of them one line. */
void flow_measure_beside(struct measure *m, const struct box *box);

/* The narrowest that a picture may be beside other things, and how wide it would be;
 * whether a box reads from right to left, by its language. */
void flow_image_needs(const struct flow *f, const struct box *box, len *least, len *most);
bool flow_reads_rtl(struct flow *f, const struct box *box);

/* table.c: a table's rows, one line each. */
void flow_measure_table(struct measure *m, const struct box *box);

/* Rows that belong together: one, or all that a cell joins. */
struct flow_joined_row {
    const struct box *box;
    struct flow_row *row;
    len height;
    uint32_t notes; /* marked on earlier rows */
};
struct flow_joined {
    struct flow_joined_row *v;
    size_t n, cap;
};

/* A row as one line; cut.c: rows in parts, each of them a line. */
void flow_add_row(struct measure *m, const struct box *box, const struct flow_row *row);
void flow_cut_rows(struct measure *m, const struct flow_joined *g);

/* widths.c: how wide each column of a table is. */
void flow_measure_widths(struct measure *m, struct flow_table *t);

/* decimal.c: the width of a number up to its point. */
len flow_width_before_point(struct flow *f, const struct box *paragraph);

/* widths.c: the widest piece of a paragraph that no line can break, with and without
 * breaks inside words; all of it. */
struct flow_needs {
    len least, tight, most;
};
struct flow_needs flow_paragraph_needs(struct flow *f, const struct box *box);

#endif

/* flow/row.h: tables and their rows, which are lines of the kind ROW. */
#ifndef INFONOTE_FLOW_ROW_H
#define INFONOTE_FLOW_ROW_H

#include "flow/vertical.h"

/* Boxes side by side. */
struct flow_cell {
    const struct box *box;
    struct flow_lines lines;
    len x, y, width; /* of its text, from the row's corner */
    len below;       /* room below its text */
};

struct flow_column {
    len least, most;   /* with the room beside the text */
    len before, after; /* the point of its decimal numbers */
    len width, x;
    bool fixed;
};

struct flow_table {
    const struct box *box;
    struct flow_column *columns;
    uint32_t n;
    len width;
    bool rtl;
    struct flow_data *data; /* rows that are no boxes; or NULL */
};

/* What of a column a row's cells do. */
enum { FLOW_SPANS_ON = 1,    /* a cell goes on below: no rule there */
       FLOW_SPANS_FROM = 2 };/* a cell goes on from the column before */

struct flow_row {
    struct flow_cell *cells;
    uint32_t n;
    len least;                  /* height, beside its cells' */
    len rule_above, rule_below; /* thickness; `width` of the line is theirs, too */
    struct color above_color, below_color;

    const struct flow_table *table;   /* or NULL: boxes side by side */
    const struct flow_row *whole;     /* of a part: the row that was divided */
    const struct flow_row *above;     /* the row that a cell joins with this one, if a
                                         page may end between them; or NULL */
    const uint8_t *spans;             /* by column; or NULL: no cell spans anything */
    struct color background;
    len open_above, open_below; /* of a part: the room where a region begins or ends with
                                   it: below the head, and at the foot */
};

#endif

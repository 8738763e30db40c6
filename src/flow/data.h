/* flow/data.h: rows of a table that come from data.
 *
 * They are measured over their texts, without boxes; each becomes one line that knows no
 * more than its height; and what stands on a page is made when the page is asked for. */
#ifndef INFONOTE_FLOW_DATA_H
#define INFONOTE_FLOW_DATA_H

#include "flow/measure.h"
#include "text/plain.h"

struct flow_data_column {
    const struct style *cell, *text;
    bool decimal;
    bool simple;          /* a plain text is set as text_plain_set has it */
    bool common;          /* some texts are not plain */
    struct text_plain *plain;
    len most;             /* what its texts take on one line */
    len x, width;         /* of the text, from the row's left edge */
    len after;            /* decimal: from the point to the right edge */
    len leading, baseline;
};

/* The first, the last, all between; how the rules and backgrounds of rows differ. */
enum flow_data_kind { FLOW_DATA_FIRST, FLOW_DATA_INNER, FLOW_DATA_LAST, FLOW_DATA_KINDS };

/* Lives as long as the pages. */
struct flow_data {
    const struct box *box;
    const struct box_data *data;
    struct tree *tree;
    struct layout *layout;
    struct text_engine *engine;
    struct flow_table table;
    struct flow_data_column *columns;
    bool special;         /* some texts have characters that are set as others */
    struct box *sample;   /* a ROW of CELLs, for what only their styles decide */
    struct flow_cell *cells; /* of the sample, in their columns */
    struct flow_row rows[FLOW_DATA_KINDS];
    struct color backgrounds[2]; /* of rows with even and odd numbers */
    len *heights;         /* of the rows, with their rules */
};

static inline uint32_t flow_data_count(const struct flow_data *d)
{
    return d->data->table->rows;
}

/* A cell's text, as it is set. */
str flow_data_text(const struct flow_data *d, uint32_t row, uint32_t column,
                   struct arena *a);

/* A cell by way of a paragraph, in the memory of `f`. */
void flow_data_cell(struct flow *f, const struct flow_data *d, uint32_t row,
                    uint32_t column, struct flow_cell *out);

/* The width of a decimal number up to its point. */
len flow_data_before_point(struct flow *f, const struct flow_data *d, uint32_t column,
                           str text);

/* A flow of its own, to set cells with; its memory ends with flow_data_done. */
struct flow_setting {
    struct flow f;
    struct arena arena;
};
void flow_data_set_up(struct flow_setting *s, const struct flow_data *d,
                      struct diag_sink *sink);
void flow_data_forget(struct flow_setting *s); /* what was set so far */
void flow_data_done(struct flow_setting *s);

/* What the texts of a table ask of its columns, which have no widths yet. A word that is
 * too wide for a column of given width is told by `narrow`. */
void flow_data_widen(struct measure *m, struct flow_table *t,
                     void (*narrow)(struct measure *m, const struct box *cell,
                                    const struct flow_table *t, len64 missing));

/* The columns have their widths. */
void flow_data_begin(struct measure *m, const struct flow_table *t);

/* The height of a row with its rules; the row as boxes, if it has to be cut. */
len flow_data_height(struct flow_setting *s, struct flow_data *d, uint32_t row);
struct box *flow_data_boxes(struct measure *m, const struct flow_data *d, uint32_t row);

#endif

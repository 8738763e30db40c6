/* flow/furniture.h: what the files that furnish a page share. */
#ifndef INFONOTE_FLOW_FURNITURE_H
#define INFONOTE_FLOW_FURNITURE_H

#include "flow/vertical.h"

/* One page to be furnished, and what placeholders stand for there. */
struct furnish {
    struct flow *f;
    size_t page;
    struct layout_values values;
    bool header, footer; /* there is one on the page */
};

/* A template filled for the page; empty: nothing is to stand there. */
str flow_fill(const struct furnish *u, str template);

/* A line of text as wide as it is; NULL for nothing. */
struct flow_line *flow_set_text(const struct furnish *u, str text, const char *style);

/* What was added from item `from` on is no content. */
void flow_mark_as_artifact(struct page *p, size_t from, enum structure_artifact what);

/* Tells once that a margin has no room for something. */
void flow_report_margin(const struct furnish *u, const char *what, const char *hint);

/* margin.c */
void flow_banner(const struct furnish *u);

/* Where what stands nearer to the text begins: the header, or the text. */
len flow_room_above(const struct furnish *u);
void flow_watermark(const struct furnish *u);

/* letterhead.c: measured first, it says how far down it reaches, 0 for nowhere. */
len flow_measure_letterhead(struct flow *f);

/* The same for what of it stands between `x` and `x` + `width` of the sheet. */
len flow_letterhead_foot(struct flow *f, len x, len width);
void flow_letterhead(const struct furnish *u);

#endif

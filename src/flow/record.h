/* flow/record.h: the steps that the choice of breaks could have made, if somebody asks
 * why it chose as it did. Only breaks.c, graph.c and explain.c know it. */
#ifndef INFONOTE_FLOW_RECORD_H
#define INFONOTE_FLOW_RECORD_H

#include "flow/explain.h"
#include "flow/vertical.h"

/* What a region costs. */
struct flow_price {
    int64_t empty, spaces, uneven, short_last; /* room that is left, and what is done
                                                  about it */
    int64_t ends, split, late; /* its break, its last note, its floats */
    int64_t extra;             /* what it should not hold, or nothing else */
    int64_t setting;           /* of paragraphs that are longer or shorter than is best */
};

/* A region that leads from one state to another. */
struct flow_step {
    int32_t from, to;
    int64_t before, cost;     /* of all regions up to it, without and with it */
    int64_t behind;           /* of those behind it, at least */
    const struct flow_fill *fill;
    struct flow_price price;
    bool desperate;
};

struct flow_record;

struct flow_record *flow_record_new(struct flow *f);
void flow_record_step(struct flow_record *r, const struct flow_step *s);

/* The steps from one state will be told; then what is to be said about the one that was
 * chosen, which leads to `to`. */
void flow_record_again(struct flow_record *r);
void flow_record_close(struct flow_record *r, int32_t to);

/* All is told, and the body holds each line once. */
void flow_record_end(struct flow_record *r);

/* A new record for regions that are filled again, in columns of equal height: those from
 * the list's place `at` on. */
struct flow_record *flow_record_resume(struct flow *f, size_t at);

#endif

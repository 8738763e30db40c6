/* flow/record.h: every step that the choice of breaks makes, if somebody asks why it
 * chose as it did. Only breaks.c and explain.c know it. */
#ifndef INFONOTE_FLOW_RECORD_H
#define INFONOTE_FLOW_RECORD_H

#include "flow/explain.h"
#include "flow/vertical.h"

/* A region that leads from one state to another. */
struct flow_step {
    int32_t from, to;
    int64_t before, cost;     /* of all regions up to it, without and with it */
    const struct flow_fill *fill;
    int64_t empty, extra, late;
    bool new_break;           /* text ends here that did not before */
    bool desperate;
};

struct flow_record;

struct flow_record *flow_record_new(struct flow *f);
void flow_record_step(struct flow_record *r, const struct flow_step *s);

/* All steps are known: what the rest of the note costs from each of `states` states. */
void flow_record_settle(struct flow_record *r, size_t states);

/* The steps from one state are told again; then what is to be said about the one that
 * was chosen, which leads to `to`. */
void flow_record_again(struct flow_record *r);
void flow_record_close(struct flow_record *r, int32_t to);

/* The regions from the list's place `at` on were filled again. */
void flow_record_balanced(struct flow_record *r, size_t at);

#endif

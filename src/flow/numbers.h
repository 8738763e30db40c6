/* flow/numbers.h: footnotes whose numbers begin anew on each page. */
#ifndef INFONOTE_FLOW_NUMBERS_H
#define INFONOTE_FLOW_NUMBERS_H

#include "flow/vertical.h"

/* NULL if the layout numbers its notes through the document. All of it lives in `a`. */
struct flow_labels *flow_labels_new(struct tree *t, struct arena *a);

/* A span as this run measures it: with the label that is likely to be its own. */
struct text_span flow_label_guess(const struct flow_labels *l, struct text_span span);

/* True if some of the spans are marks or numbers of notes. */
bool flow_has_labels(const struct flow *f, const struct tree_spans *spans);

/* Pages are chosen: each note gets its number. */
void flow_number_notes(struct flow *f);

/* A label in a face, ready to be placed; what it says is not what was measured. */
struct flow_label {
    struct text_span span;
    struct text_line line;
};

/* The label of a mark or of a note's number on the page at hand, where `room` was
 * measured for it. False if what was measured says it. */
bool flow_set_label(struct flow *f, const struct text_span *span, len room,
                    struct flow_label *out);

/* True if every label had the room that it needs, or as good as; else the next run
 * measures better ones. */
bool flow_labels_settled(struct flow_labels *l, int runs);

#endif

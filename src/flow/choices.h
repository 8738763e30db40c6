/* flow/choices.h: paragraphs that may be set in a line more or fewer, for the sake of the
 * pages; see struct flow_choice. */
#ifndef INFONOTE_FLOW_CHOICES_H
#define INFONOTE_FLOW_CHOICES_H

#include "flow/vertical.h"

/* Other settings of the paragraph that is lines [first, last) of the body. */
struct flow_offer {
    size_t first, last;
    uint32_t n;
    struct flow_lines others[FLOW_SETTINGS - 1];
    int32_t costs[FLOW_SETTINGS - 1];
};

/* again.c: sets a paragraph of the body in a line more or fewer, where its spaces allow
 * that. False if they do not. */
bool flow_offer_settings(struct flow *f, const struct flow_paragraph *p,
                         struct flow_offer *offer);

/* mend.c: which paragraphs have been asked for other settings, and those that have any,
 * in their order. Asks those of lines of the body, as it is without other settings. */
struct flow_mending {
    struct flow *f;
    uint8_t *asked; /* by paragraph: the round in which it was, last; or 0 */
    uint8_t round;  /* from 1 */
    VEC(struct flow_offer) offers;
};
void flow_mend_in(struct flow_mending *m, struct flow_range lines);

/* Brings the settings of `n` paragraphs, in their order, into the body; then what is
 * `chosen` remains of each. Fills are moved along. */
void flow_open_choices(struct flow *f, const struct flow_offer *offers, size_t n);
void flow_close_choices(struct flow *f);

/* The setting that a line belongs to; or NULL. */
const struct flow_variant *flow_variant_at(const struct flow *f, size_t line);

/* The line's place in a body without other settings. */
size_t flow_line_before_choices(const struct flow *f, size_t line);

#endif

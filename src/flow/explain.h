/* flow/explain.h: why regions end where they end, for whoever designs a layout.
 *
 * Kept only if somebody asks: see flow_request. What a region is, and what its end costs,
 * is told in breaks.c. */
#ifndef INFONOTE_FLOW_EXPLAIN_H
#define INFONOTE_FLOW_EXPLAIN_H

#include "base/buf.h"
#include "base/diag.h"

/* What an end may cost. */
enum flow_cost {
    FLOW_COST_EMPTY,      /* room that is left */
    FLOW_COST_SPACES,     /* spaces between blocks that grow or shrink */
    FLOW_COST_UNEVEN,     /* it ends higher or lower than its neighbour */
    FLOW_COST_SHORT_LAST, /* a last region with little in it */
    FLOW_COST_ORPHAN, FLOW_COST_WIDOW, FLOW_COST_HYPHEN,
    FLOW_COST_STRANDED,   /* something is parted from what it should stay with */
    FLOW_COST_INTRO,      /* a list from the line that introduces it */
    FLOW_COST_KEPT,       /* what is to be kept together is divided */
    FLOW_COST_OTHER,      /* rows of tables and what stands side by side */
    FLOW_COST_SPLIT_NOTE, FLOW_COST_LATE_FLOAT,
    FLOW_COST_SETTING,    /* paragraphs in a line more or fewer than is best for them */
    FLOW_COST_ALONE,      /* a page or column without text */
    FLOW_COST_DESPERATE,  /* nothing fits as it should */
    FLOW_COSTS
};

/* One way to end a region. */
struct flow_end {
    size_t last;              /* before this line of the body, … */
    size_t line;              /* … and of one in which all paragraphs are as is best for
                                 them */
    uint32_t floats;          /* floats up to this one are set */
    str text;                 /* the last words before */
    struct place at;
    bool whole, forced;       /* the text ends here; a page must */
    int64_t used, room;       /* lengths */
    int64_t costs[FLOW_COSTS];
    int64_t here, behind;     /* all of these; the least of all regions behind it */
    int64_t total;            /* of the whole note, if the region ends so */
};

enum { FLOW_OTHER_ENDS = 3 };

struct flow_reason {
    uint32_t page;            /* from 0 */
    int column, columns;
    struct flow_end end;      /* the chosen one */
    struct flow_end others[FLOW_OTHER_ENDS]; /* the best ones, the best first */
    uint32_t n_others;
    int64_t missing;          /* so much higher is it with one more line; 0: that fits */
    bool balanced;            /* in columns of the last page, made equally high: the
                                 others are those of the same height */
};

struct flow_reasons {
    struct arena *arena;
    VEC(struct flow_reason) list;
    int64_t total;            /* of the whole note */
};

/* As text for people, or one JSON object a line for each region. Lengths in JSON are in
 * points. */
void flow_explain_text(const struct flow_reasons *r, struct buf *out);
void flow_explain_json(const struct flow_reasons *r, struct buf *out);

#endif

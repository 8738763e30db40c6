/* flow/search.h: the search for the best pages; what it looks for is told in breaks.c.
 * Only price.c, ways.c, search.c, breaks.c and their tests know it. */
#ifndef INFONOTE_FLOW_SEARCH_H
#define INFONOTE_FLOW_SEARCH_H

#include "flow/record.h"

enum { FLOW_NONE = -1 };

/* Beyond all that a layout may ask for: nothing fits as it should. */
#define FLOW_DESPERATE ((int64_t)100 * FLOW_NEVER)

/* Lines so far and notes so far are set in regions. */
struct state {
    int64_t cost;
    struct flow_notes_at notes;
    uint32_t floats;
    size_t region;         /* the next one */
    int32_t left;          /* below the region before it, in quarters of a line, if the
                              two should end level; or FLOW_NONE */
    int32_t next;          /* another state at the same line */
    int32_t kin;           /* what it has in common with others; the next of them */
    int32_t mate;
    int32_t previous;
    int32_t settings;      /* of paragraphs that begin in the region that led here: an
                              index into `links`, or FLOW_NONE */
    bool extended;         /* what follows from it is made: it must not change */
    bool dropped;          /* when it came, another was better whatever follows */
    bool desperate;        /* the region that led here holds what it should not */
    struct flow_fill fill; /* the region that led here */
};

/* States at one line that differ only in what is left below the region before. */
struct kin {
    int32_t first; /* of the states */
    int32_t next;  /* another of the same hash */
    int64_t least; /* the cost of the cheapest */
};

/* One way to fill a region. */
struct way {
    size_t last;                /* up to this line */
    struct flow_notes_at notes; /* and up to these notes */
    uint32_t floats;            /* and up to this float */
    uint32_t anchored;          /* floats that could be there */
    len64 room, height;         /* of the region; of lines and floats */
    len64 spaces;               /* of that, what may grow or shrink; 0: the layout does
                                   not want it */
    bool floats_only;           /* without one, there would be nothing */
    int64_t extra;              /* cost beyond room and penalties */
    int64_t setting_cost;
    int32_t settings;           /* as in struct state */
};

/* A paragraph that is not set as is best for itself. */
struct setting_link {
    uint32_t choice, setting;
    int32_t previous;
};

struct search {
    struct flow *f;
    size_t n;                /* lines */
    int32_t *heads, *tails;  /* the states at each line, and at the end */
    int32_t *kins;           /* what they have in common, by a hash of it */
    size_t n_kins;           /* hashes: a power of two */
    VEC(struct state) states;
    VEC(struct kin) kin;
    VEC(struct setting_link) links;
    struct beginning *live, *grown; /* search.c */
    size_t first_region;     /* regions from here on … */
    len64 forced_height;     /* … have this height; 0: their own */
    int64_t most;            /* states that cost more than this are dropped, too */
    int64_t window;          /* and those that cost so much more than another at the same
                                line or behind it; 0: none */
    int64_t *cheapest;       /* the states at each line */
    size_t furthest;         /* the last line with a state */
    int64_t limit;           /* what follows from both, for states at the line at hand */
    bool all;                /* no more states are dropped */
    bool stepped;            /* the state at hand leads on */
    struct flow_record *record; /* if somebody asked why; or NULL */
};

/* price.c: what it costs to fill a region in this way, with `used` of it full; how many
 * quarters of a line are left below then. */
struct flow_price flow_price_of(const struct search *c, const struct state *s,
                                const struct way *w, len64 used);
int32_t flow_quarters_below(const struct search *c, const struct way *w, len64 used);

/* What a region costs at least that ends before line `w->last`, whatever is done with its
 * notes. */
int64_t flow_least_price(const struct search *c, const struct state *s,
                         const struct way *w);

/* The cost of a break before line `last` of the body. */
int64_t flow_price_of_break(const struct search *c, size_t last);

/* Whether a region should end where the one before it does. */
bool flow_ends_level(const struct flow *f, size_t region);

/* By how much a height may be more than its room. */
len64 flow_may_shrink(const struct flow *f, len64 spaces);

/* ways.c: what to do with notes and floats. A way with as few floats as may be, with one
 * more, and so on; false if the lines alone are too high. */
bool flow_try_way(struct search *c, int32_t from, const struct way *lines);

/* A region without lines. */
void flow_try_without_lines(struct search *c, int32_t from, struct way w);

/* No region can hold what comes next as it should. */
void flow_step_desperately(struct search *c, int32_t from);

/* search.c: the region from a state is filled in a way. */
void flow_step(struct search *c, int32_t from, const struct way *w);
len64 flow_search_room(const struct search *c, size_t region);

/* All ways to fill the next region from a state. */
void flow_extend(struct search *c, int32_t from);

/* The cheapest way from `start`, which may be in the middle of the note: the last state
 * of it. */
int32_t flow_search(struct search *c, const struct state *start);

#endif

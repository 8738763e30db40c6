/* flow/search.h: the search for the best pages; what it looks for is told in breaks.c.
 * Only price.c, ways.c, states.c, search.c, graph.c and breaks.c know it. */
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
    uint32_t line, floats;
    uint32_t region;  /* the next one */
    int32_t left;     /* below the region before it, in quarters of a line, if the two
                         should end level; or FLOW_NONE */
    int32_t next;     /* another state at the same line */
    int32_t kin;      /* what it has in common with others; the next of them */
    int32_t mate;
    int32_t previous;
    int32_t settings; /* of paragraphs that begin in the region that led here: an index
                         into `links`, or FLOW_NONE */
    bool extended;    /* what follows from it is made: it must not change */
    bool desperate;   /* the region that led here holds what it should not */
    len64 used, spaces; /* that region: how full it is; what in it may grow or shrink */
};

/* Two lines are as uneven as can be. */
enum { FLOW_MOST_QUARTERS = 8 };

/* States that differ only in what is left below the region before; and, where all regions
 * are alike, in which region comes next. */
struct kin {
    struct flow_notes_at notes;
    uint32_t line, floats;
    uint32_t region; /* the class of the next one */
    int32_t first;   /* of the states */
    int32_t next;    /* another of the same hash */
    int64_t least;   /* the cost of the cheapest */
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
    struct arena *a;         /* for as long as the search */
    size_t n;                /* lines */
    int32_t *heads, *tails;  /* the states at each line, and at the end */
    int32_t *kins;           /* what they have in common, by a hash of it */
    size_t n_kins;           /* hashes: a power of two */
    VEC(struct state) states;
    VEC(struct kin) kin;
    VEC(struct setting_link) links;
    VEC(int32_t) mates;      /* the states at hand: kin, which go on in the same ways */
    int64_t least;           /* the cost of the cheapest of them */
    struct beginning *live, *grown; /* search.c */
    struct lines_above *above;
    size_t first_region;     /* regions from here on … */
    len64 forced_height;     /* … have this height; 0: their own */
    int64_t most;            /* states that cost more than this are dropped, too */
    int64_t window;          /* and those that cost so much more than another at the same
                                line or behind it; 0: none */
    int64_t *cheapest;       /* the states at each line */
    size_t furthest;         /* the last line with a state */
    int64_t uneven[FLOW_MOST_QUARTERS + 1]; /* what it costs to end so far from level */
    int64_t limit;           /* what follows from both, for states at the line at hand */
    bool stepped;            /* the states at hand lead on */
    struct flow_graph *graph; /* graph.c: steps go there; or NULL */
};

/* A region that is filled in a way. */
struct filled {
    const struct way *way;
    len64 used;
    len64 below;      /* what is left, if spaces do not take it */
    int32_t quarters; /* of a line are left; FLOW_NONE: that does not count */
};

/* price.c: how full the region from a state becomes; what that costs. */
struct filled flow_fill_in(const struct search *c, const struct state *s,
                           const struct way *w);
struct flow_price flow_price_of(const struct search *c, const struct state *s,
                                const struct filled *r);

/* What it costs that so many quarters are left, where `left` are in the region before;
 * once that is known for all differences. */
void flow_price_levels(struct search *c);
int64_t flow_price_of_level(const struct search *c, int32_t left, int32_t below);

/* What a region costs at least that ends before line `w->last`, whatever is done with its
 * notes. */
int64_t flow_least_price(const struct search *c, const struct state *s,
                         const struct way *w);

/* The cost of a break before line `last` of the body. */
int64_t flow_price_of_break(const struct flow *f, size_t last);

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

/* states.c: no states are known yet, and the first will be at line `first`. */
void flow_start_states(struct search *c, size_t first);

/* What states at `line` may cost, once all those before it are extended. */
void flow_set_limit(struct search *c, size_t line);

/* A state at `line`, if it is of use. */
void flow_reach(struct search *c, size_t line, struct state *s);

/* All that are still to be extended and kin of state `of` become those at hand; false if
 * it is not one of them. */
bool flow_gather_mates(struct search *c, int32_t of);

/* The state at `line` that goes on as `s` does, whatever it costs: one that is known, or
 * a new one; FLOW_NONE: there is none, and none is to be made. */
int32_t flow_find_state(struct search *c, size_t line, struct state *s, bool make);

/* search.c: the region from the states at hand is filled in a way. */
void flow_step(struct search *c, const struct way *w);
len64 flow_search_room(const struct search *c, size_t region);
int64_t flow_sum_of(const struct flow_price *p);

/* All ways to fill the next region from the states at hand. */
void flow_extend(struct search *c);

/* The cheapest way from `start`, which may be in the middle of the note: the last state
 * of it. */
int32_t flow_search(struct search *c, const struct state *start);

/* Parts of it: nothing is known but the start; all states at a line are extended; whether
 * nothing is left to be set. */
void flow_start_search(struct search *c, const struct state *start);
void flow_extend_all(struct search *c, size_t line);
bool flow_is_end(const struct search *c, const struct state *s);

/* Lines and notes of the region between two states that follow each other. */
struct flow_fill flow_fill_between(const struct search *c, const struct state *from,
                                   const struct state *to);

/* The states that lead to an end, from the first one, and the settings that they name. */
struct path {
    struct state *v;
    size_t n; /* regions: there is one state more */
    VEC(struct setting_link) links;
};

/* graph.c: why the regions of a path end where they end, which were sought as `how`
 * says. */
void flow_explain_path(const struct search *how, const struct path *p,
                       struct flow_record *record);

/* A step from the states at hand; so many quarters are left below. */
void flow_graph_step(struct search *c, struct state *next, const struct flow_price *price,
                     int32_t below);

#endif

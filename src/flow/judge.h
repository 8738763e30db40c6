/* flow/judge.h: how good a line of a paragraph would be; for lines.c, which chooses. */
#ifndef INFONOTE_FLOW_JUDGE_H
#define INFONOTE_FLOW_JUDGE_H

#include "flow/lines.h"

enum { FITNESS_TIGHT, FITNESS_DECENT, FITNESS_LOOSE, FITNESS_VERY_LOOSE,
       FITNESS_CLASSES };

enum { BADNESS_MAX = 10000 };

/* A cost of `consecutive-hyphens` that no gaping line outweighs. */
enum { FLOW_NO_PAIRS = 1000000 };

/* A last line below this many em is too short. */
enum { SHORT_LAST = 4 };

/* A way to break the paragraph up to an item. */
struct line_node {
    size_t start;     /* the first item of the line that begins here */
    size_t at;        /* the item that ended the line before; SIZE_MAX at the beginning */
    int line;         /* lines so far */
    uint8_t fitness;
    bool flagged;     /* the line before ended in a hyphen, the text's own or not */
    bool overfull;
    bool early;
    bool short_last;
    len hang;         /* of what the line begins with */
    int64_t demerits;
    int32_t previous; /* index of the node before */
    int32_t next;     /* the next active node */
};

/* What is known while a paragraph is broken. */
struct line_breaker {
    const struct text_para *p;
    const struct line_shape *shape;
    enum line_effort effort;
    struct arena *a;
    len64 *width, *stretch, *shrink; /* sums over items before i */
    len64 *expansion;                /* of letters; NULL: they have none */
    len hang;                        /* of what stands before the item at hand */
    VEC(struct line_node) nodes;
    int32_t active, last; /* the first and the last of the active nodes */
    int32_t tolerance;
    len64 growth;   /* 1/1024: no space of a line that is tolerated grows so many times
                       as far as it may */
    size_t address; /* the space before a last word that is one; SIZE_MAX: none */
    bool spaced;    /* some text has letter space */
    bool counts;    /* ways in different numbers of lines are kept apart */
    len ragged;  /* the stretch at the end of a ragged line */
    len rescue;  /* stretch that an emergency adds to every line */
};

struct line_judgement {
    int32_t badness;
    uint8_t fitness;
    bool overfull;
    bool loose; /* its spaces grow */
    bool early; /* ends before the margin */
    int64_t uneven; /* demerits */
};

/* The growth that goes with a tolerance. */
len64 flow_growth(int32_t tolerance);

/* Whether the author breaks the line at item `i`. */
bool flow_forced_at(const struct text_para *p, size_t i);

/* The line from `from` that would end at item `i`. */
struct line_judgement flow_judge_line(const struct line_breaker *b,
                                      const struct line_node *from, size_t i);

/* Whether that line is so far from full that nothing makes it good. Asked of nearly every
 * item; most need no other question. */
bool flow_line_is_far(const struct line_breaker *b, const struct line_node *from,
                      size_t i);

/* What the way through `from` costs up to the end of that line. */
int64_t flow_line_demerits(const struct line_breaker *b, const struct line_node *from,
                           size_t i, struct line_judgement j);

/* The part of it for a line that is the paragraph's last, and too short or too long. */
int64_t flow_last_line_demerits(const struct line_breaker *b,
                                const struct line_node *from, size_t i);

#endif

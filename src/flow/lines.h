/* flow/lines.h: where the lines of a paragraph end.
 *
 * Knuth and Plass, "Breaking Paragraphs into Lines", Software: Practice and Experience
 * 11 (1981), 1119-1184: of all ways to break the paragraph, the one whose lines together
 * have the fewest demerits. Arithmetic is in integers. */
#ifndef INFONOTE_FLOW_LINES_H
#define INFONOTE_FLOW_LINES_H

#include "text/text.h"

struct line_shape {
    len first;               /* the measure of the first line */
    len rest;                /* and of all others */
    enum style_align align;  /* JUSTIFY; everything else is ragged */
    len em;                  /* the paragraph's size */
    const struct layout *layout; /* how lines are judged */
    bool restart;            /* a line behind a forced break is a first one again */
};

struct line_break {
    size_t first, last; /* items, as text_set_line takes them */
    bool overfull;      /* wider than its measure, and nothing could be done */
    bool early;         /* not justified: it ends before the margin, so that the last
                           word is not broken */
};

struct line_breaks {
    struct line_break *v;
    size_t n;
    int64_t demerits;   /* of all lines together */
    bool pair;          /* two hyphens in a row, which the layout never wants */
};

/* How hard to try: the tolerance to be used, and what may be broken. */
enum line_effort {
    LINE_PLAIN,     /* no line visibly loose or tight, none that ends in the middle
                       of a word or an address, no last line of one syllable */
    LINE_TOLERANT,  /* none worse than the tolerance */
    LINE_LOOSE,     /* loose lines, but none that ends in the middle of a word without a
                       hyphen */
    LINE_EMERGENCY, /* loose lines and breaks inside words; never fails */
};

/* False if no way to break satisfies `effort`; EMERGENCY always succeeds. */
bool flow_break_lines(const struct text_para *p, const struct line_shape *shape,
                      enum line_effort effort, struct arena *a, struct line_breaks *out);

/* The best ways to have one line fewer than `n`, exactly `n`, and one more, with no line
 * worse than the tolerance and without two hyphens in a row. */
struct line_counted {
    struct line_breaks breaks; /* n = 0: there is none */
    int64_t demerits;
};
enum { LINE_COUNTS = 3 };
void flow_count_lines(const struct text_para *p, const struct line_shape *shape, size_t n,
                      struct arena *a, struct line_counted out[LINE_COUNTS]);

#endif

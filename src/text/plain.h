/* text/plain.h: short plain texts on one line: the cells of large tables.
 *
 * What a paragraph would make of such a text, without making one: the words come from the
 * engine's cache, numbers and dates from the shapes of their characters, so that a
 * hundred thousand different ones neither need shaping nor fill the cache. What is not
 * plain (several lines, scripts that join or run from right to left, characters of other
 * faces) is refused, and goes the common way. */
#ifndef INFONOTE_TEXT_PLAIN_H
#define INFONOTE_TEXT_PLAIN_H

#include "text/text.h"

struct text_plain;

struct text_plain_size {
    len width; /* on one line */
    len least; /* of its widest piece that does not break */
};

/* How texts of a style and language are set; lives in `a`, and as long as the engine. */
struct text_plain *text_plain_new(struct text_engine *e, const struct style *style,
                                  str lang, struct arena *a);

/* False if the text is not plain. */
bool text_plain_measure(struct text_plain *p, str text, struct text_plain_size *out);

/* The line, at its natural width, with its pieces in `a`. Runs made here borrow `text`;
 * all pieces are in one face and of span 0. */
bool text_plain_set(struct text_plain *p, str text, struct arena *a,
                    struct text_line *out);

#endif

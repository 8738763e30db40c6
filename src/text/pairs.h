/* text/pairs.h: words whose shape is that of their pairs of letters.
 *
 * Nearly every word of a Latin text is so: each letter has its usual glyph, and where it
 * stands depends on its neighbour alone (kerning). What HarfBuzz has once said of a pair
 * holds wherever the pair stands, provided that none of the font's lookups can act on the
 * word in another way; that is read from the font (lookups.c), not guessed. Such words
 * are put together here, glyph for glyph what HarfBuzz makes of them. */
#ifndef INFONOTE_TEXT_PAIRS_H
#define INFONOTE_TEXT_PAIRS_H

#include "text/engine.h"

/* The characters of ASCII that show something. */
enum { TEXT_PLAIN_FIRST = '!', TEXT_PLAIN_N = '~' - '!' + 1 };

/* A set of them. */
struct text_plain_set {
    uint64_t bits[2];
};

static inline bool text_plain_has(const struct text_plain_set *s, unsigned i)
{
    return s->bits[i / 64] >> i % 64 & 1;
}

/* What a font's lookups leave as it is, by character less TEXT_PLAIN_FIRST. */
struct text_plain {
    struct text_plain_set usable;              /* alone; the others: not at all */
    struct text_plain_set after[TEXT_PLAIN_N]; /* which of them may follow */
    uint16_t glyphs[TEXT_PLAIN_N];
    int32_t advances[TEXT_PLAIN_N];            /* font units */
};

/* lookups.c. False: nothing is known of this face. Left to right, script Latin. */
bool text_plain_find(const struct text_font *font, struct text_plain *out);

/* A font's pairs, which fill as its words are shaped. In `a`. */
struct text_pairs *text_pairs_new(struct arena *a);

/* The run that HarfBuzz would make, in e->words; NULL if that is not known. */
struct text_shaped *text_pairs_shape(struct text_engine *e,
                                     const struct text_shape *shape, str text);

/* Takes note of what HarfBuzz has made. */
void text_pairs_learn(struct text_engine *e, const struct text_shaped *shaped);

#endif

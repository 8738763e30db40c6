/* text/hyphen.h: Liang's patterns, read from hyph_*.dic files.
 *
 * libhyphen's own loader builds a state machine: 11 ms for British English, seconds for
 * German. Here a file is mapped, and its patterns are entered into a hash table by their
 * place: a fraction of a millisecond, and 8 bytes a pattern. */
#ifndef INFONOTE_TEXT_HYPHEN_H
#define INFONOTE_TEXT_HYPHEN_H

#include "base/str.h"

struct text_patterns;

/* Reads `path`; NULL when there is no such file or it is not a pattern file. */
struct text_patterns *text_patterns_load(str path);
void text_patterns_free(struct text_patterns *p);

/* Sets breaks[i] for a break before byte i of `word` (UTF-8, any case). */
void text_patterns_apply(const struct text_patterns *p, str word, uint8_t *breaks);

#endif

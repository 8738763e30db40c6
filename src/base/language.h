/* base/language.h: language tags, as notes, layouts and PDFs bear them.
 *
 *     if (!language_is_tag(text)) { hint = language_suggest(a, text); } */
#ifndef INFONOTE_BASE_LANGUAGE_H
#define INFONOTE_BASE_LANGUAGE_H

#include "base/str.h"

/* True for a well-formed tag of BCP 47 (RFC 5646) without those that it only inherits;
 * its language has two or three letters, for longer ones are not registered. */
bool language_is_tag(str text);

/* "did you mean `en-GB`?" for `en_GB.UTF-8` or `en-UK`, `en` for `English`, or the empty
 * slice. The result lives in `a`. */
str language_suggest(struct arena *a, str text);

#endif

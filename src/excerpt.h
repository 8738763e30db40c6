/* excerpt.h: a line of a source with a caret under the fault; text made safe to show.
 *
 *        12 |   colour: red
 *           |   ^~~~~~
 *
 * Columns of a place are code points; on a screen a code point takes none, one or two
 * cells, a tab four. Characters that a terminal would obey or swallow are shown by
 * their number, so that a hostile note can neither hide nor forge a report. */
#ifndef INFONOTE_EXCERPT_H
#define INFONOTE_EXCERPT_H

#include "base/buf.h"
#include "base/diag.h"

/* The most cells that an excerpt takes behind its gutter; longer lines are cut around
 * the caret. */
enum { EXCERPT_CELLS = 88 };

/* Appends the line of `at` and its caret line; nothing if the place has no source, no
 * line or no column. `mark` and `unmark` stand around the caret and the gutter's
 * colour; both may be empty. */
void excerpt_put(struct buf *out, struct place at, const char *mark, const char *unmark);

/* Appends `text` so that it stays on its line: controls and invisible format characters
 * as <U+001B>, bytes that are not UTF-8 as <FF>. */
void excerpt_put_safe(struct buf *out, str text);

#endif

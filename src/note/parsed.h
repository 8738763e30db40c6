/* note/parsed.h: Markdown that was parsed before.
 *
 * cmark's tree is a matter of the text alone. So what notes of one template share is
 * parsed twice, and then no more: a text that comes for the second time is kept with its
 * tree, within a bound. */
#ifndef INFONOTE_NOTE_PARSED_H
#define INFONOTE_NOTE_PARSED_H

#include <cmark-gfm.h>

#include "base/str.h"

struct note_parsed;

struct note_parsed *note_parsed_new(void);
void note_parsed_free(struct note_parsed *p); /* NULL: nothing happens */

/* The tree of `text`, to be given back before the next is taken. `p` may be NULL. */
cmark_node *note_parsed_take(struct note_parsed *p, str text);

/* `changed`: it is not the text's any more. */
void note_parsed_give_back(struct note_parsed *p, str text, cmark_node *root,
                           bool changed);

#endif

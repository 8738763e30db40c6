/* note/conditions.h: what `when:` and `each:` say. */
#ifndef INFONOTE_NOTE_CONDITIONS_H
#define INFONOTE_NOTE_CONDITIONS_H

#include "note/merge.h"

/* Whether the condition holds; of a list, all. A fault is reported, once. */
bool note_condition_holds(struct note_merge *m, const struct value *when);

/* The list that `each:` names; NULL and a report if there is none. */
const struct value *note_condition_list(struct note_merge *m, const struct value *each);

#endif

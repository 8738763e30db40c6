/* note/kept.h: what the texts of a template became.
 *
 * Most texts of a template hold no merge field: they are the same in the note of every
 * record, and so are their nodes. The first note that reads such a text leaves its nodes
 * behind, those after it copy them. Kept are the nodes of texts that became nothing else:
 * no report, no footnote, no picture, whose file may be another by then. So a note is the
 * same, whether something was kept or not. */
#ifndef INFONOTE_NOTE_KEPT_H
#define INFONOTE_NOTE_KEPT_H

#include "note/note.h"

struct note_loader;
struct note_kept;

enum { NOTE_KEPT_INLINE = -1 }; /* a level: what is read are inlines */

/* Numbers the texts of the template `root` that hold no fields, as many as may be kept.
 * It lives as long as the notes that were made with it (struct note_data). */
struct note_kept *note_kept_new(struct value *root);
void note_kept_free(struct note_kept *kept); /* NULL: nothing happens */

/* Reads Markdown behind the children of `into`. */
typedef void note_kept_reader(struct note_loader *l, const struct value *v, int level,
                              struct note_node *into);

/* The same, by a copy of what it gave before where that is known. */
void note_kept_read(struct note_loader *l, const struct value *v, int level,
                    struct note_node *into, note_kept_reader *read);

#endif

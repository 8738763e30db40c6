/* note/cells.h: the rows of a table under construction. */
#ifndef INFONOTE_NOTE_CELLS_H
#define INFONOTE_NOTE_CELLS_H

#include "note/load.h"

enum { NOTE_MAX_COLUMNS = 1000, NOTE_MAX_SPAN = 1000 };

/* Which columns are taken by cells of rows above. */
struct note_grid {
    struct note_node *table;
    int level;        /* headings inside cells are deeper than this */
    int columns;
    int *taken;       /* by column: how many rows more, the one at hand included */
    struct place *by; /* and by which cell */
};

void note_grid_init(struct note_loader *l, struct note_grid *g, struct note_node *table,
                    int level);

/* Which rows of a table. */
enum note_part { NOTE_PART_HEAD, NOTE_PART_BODY, NOTE_PART_FOOT };

/* A row: a list of cells, or a mapping that has them; or NULL and a report. */
struct note_node *note_grid_row(struct note_loader *l, struct note_grid *g,
                                const struct value *row, enum note_part part);

/* Behind the last row of a part: no cell may reach beyond it. */
void note_grid_end(struct note_loader *l, struct note_grid *g);

/* How `align` of a column or cell is called; its number, as in note.h. */
uint8_t note_read_align(struct note_loader *l, const struct value *v);

#endif

/* SPDX-License-Identifier: MIT
 *
 * What a block says about pages: `keep`, and the `place` of what floats. */
#include "note/load.h"

static const char *const KEEPS[] = {
    [NOTE_KEEP_NOT] = "false", [NOTE_KEEP_WHOLE] = "true",
    [NOTE_KEEP_WITH_NEXT] = "with-next",
};

void note_read_keep(struct note_loader *l, const struct value *v, enum note_keep *out)
{
    int word = note_read_word(l, v, KEEPS, sizeof KEEPS / sizeof *KEEPS);
    *out = word < 0 ? NOTE_KEEP_NOT : (enum note_keep)word;
}

const char *note_keep_name(enum note_keep keep)
{
    return keep == NOTE_KEEP_WHOLE ? "whole" : KEEPS[keep];
}

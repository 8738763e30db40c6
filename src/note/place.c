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

static const char *const PLACES[] = {
    [NOTE_PLACE_HERE] = "here", [NOTE_PLACE_TOP] = "top", [NOTE_PLACE_BOTTOM] = "bottom",
};

void note_read_place(struct note_loader *l, const struct value *v, enum note_place *out)
{
    int word = note_read_word(l, v, PLACES, sizeof PLACES / sizeof *PLACES);
    *out = word < 0 ? NOTE_PLACE_HERE : (enum note_place)word;
}

const char *note_place_name(enum note_place place)
{
    return PLACES[place];
}

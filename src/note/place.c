/* SPDX-License-Identifier: MIT
 *
 * What a block says about pages: `keep`, the `place` of what floats, and whether a bar in
 * the margin says that it has `changed`. */
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

void note_read_change(struct note_loader *l, const struct value *v,
                      enum note_change *out)
{
    bool changed = false;
    if (note_read_flag(l, v, &changed)) {
        *out = changed ? NOTE_CHANGED : NOTE_UNCHANGED;
    }
}

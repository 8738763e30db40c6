/* note/formats.h: values of merge fields as people write them: numbers, money, dates.
 *
 * All arithmetic is on decimal digits; halves are rounded away from zero. */
#ifndef INFONOTE_NOTE_FORMATS_H
#define INFONOTE_NOTE_FORMATS_H

#include "note/merge.h"

enum note_format_kind {
    NOTE_FORMAT_DEFAULT, /* default:TEXT, where there is no value */
    NOTE_FORMAT_NUMBER,  /* number, number:2 */
    NOTE_FORMAT_MONEY,   /* money:CHF */
    NOTE_FORMAT_LONG,    /* 28 September 2009 */
    NOTE_FORMAT_SHORT,   /* 28/09/2009 */
    NOTE_FORMAT_MONTH,   /* month-year: September 2009 */
};

struct note_format {
    enum note_format_kind kind;
    str argument; /* DEFAULT: the text; MONEY: the currency, three letters */
    int places;   /* NUMBER: decimals; -1: as many as the value has */
};

/* Reads `kind` or `kind:argument`; false, and a report at `at`, if there is no such
 * format. */
bool note_format_read(struct note_merge *m, str text, struct place at,
                      struct note_format *out);

/* Appends `text` in the format to `out`. NULL, or what the text should have been: "a
 * number", with what to do about it in `*hint`. */
const char *note_format_apply(const struct note_format *format, str lang, str text,
                              struct buf *out, const char **hint);

#endif

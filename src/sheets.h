/* sheets.h: several pages on a sheet, as the options ask for it. */
#ifndef INFONOTE_SHEETS_H
#define INFONOTE_SHEETS_H

#include "page/page.h"
#include "stages.h"

/* Reads `impose`, `sheet` and `paper_thickness`. False, with a report of each, if they
 * are wrong. */
bool sheets_read(const infonote_options *options, struct page_imposition *out,
                 struct diag_sink *sink);

/* Whether there are any. */
bool sheets_wanted(const infonote_note *n);

/* Puts the note's pages on them, once they are ready for print, if they are printed on a
 * press. False, with a report, if that cannot be. */
bool sheets_impose(infonote_note *n, bool press);

/* What the file says that it is, for screens and office printers: forms on sheets have no
 * structure. False, with a report, if something else was asked for; what is given up is
 * told if nothing was. `standard` is room for it. */
bool sheets_fit(infonote_note *n, struct pdf_standard *standard,
                struct pdf_options *options);

#endif

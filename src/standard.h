/* standard.h: what a PDF is to say that it is. */
#ifndef INFONOTE_STANDARD_H
#define INFONOTE_STANDARD_H

#include "base/diag.h"
#include "page/page.h"
#include "pdf/pdf.h"

/* Reads "a-2a,ua-1" or the like. False, with a report, if it is no list of standards that
 * a file can meet together. */
bool standard_read(str list, struct pdf_standard *out, struct diag_sink *sink);

/* False, with a report, if a file for print cannot be what was asked for. */
bool standard_prints(const struct pdf_standard *standard, struct diag_sink *sink);

/* False, with a report, if these pages cannot meet it. */
bool standard_fits(const struct pdf_standard *standard, const struct page_list *pages,
                   struct place at, struct diag_sink *sink);

#endif

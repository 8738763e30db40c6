/* pdf/attach.h: files inside the file.
 *
 * ISO 32000-2, 7.11.4 and 14.13 (associated files), as ISO 19005-3 asks for them. */
#ifndef INFONOTE_PDF_ATTACH_H
#define INFONOTE_PDF_ATTACH_H

#include "pdf/haru.h"
#include "pdf/pdf.h"
#include "pdf/save.h"

/* Writes every attachment of the page list, and names them in the catalogue. */
void pdf_attachments_write(const struct page_list *pages,
                           const struct pdf_options *options, struct pdf_haru *h,
                           struct pdf_save *save);

#endif

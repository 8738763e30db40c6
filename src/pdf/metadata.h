/* pdf/metadata.h: what the file says about itself: Info, XMP, language, colour. */
#ifndef INFONOTE_PDF_METADATA_H
#define INFONOTE_PDF_METADATA_H

#include "page/page.h"
#include "pdf/pdf.h"
#include "pdf/save.h"

/* What the file will say that it is: what it is to be, less what its structure, title and
 * language do not carry. */
struct pdf_standard pdf_metadata_standard(const struct page_list *pages,
                                          const struct pdf_options *options);

/* Fills the Info dictionary and the catalog; writes the metadata stream. */
void pdf_metadata_write(const struct page_list *pages, const struct pdf_options *options,
                        struct pdf_haru *h, struct pdf_save *save);

/* The XMP packet; `written` are the pages, as they stand in the file. */
void pdf_xmp_write(struct buf *out, const struct page_list *pages,
                   const struct pdf_options *options, str written);

#endif

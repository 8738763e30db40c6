/* pdf/metadata.h: what the file says about itself: Info, XMP, language, colour. */
#ifndef INFONOTE_PDF_METADATA_H
#define INFONOTE_PDF_METADATA_H

#include "page/page.h"
#include "pdf/pdf.h"
#include "pdf/save.h"

/* True if the file will say that it is PDF/UA-1 and PDF/A-2a. */
bool pdf_metadata_claims(const struct page_list *pages,
                         const struct pdf_options *options);

/* Fills the Info dictionary and the catalog; writes the metadata stream. */
void pdf_metadata_write(const struct page_list *pages, const struct pdf_options *options,
                        struct pdf_haru *h, struct pdf_save *save);

/* The XMP packet. */
void pdf_xmp_write(struct buf *out, const struct page_list *pages,
                   const struct pdf_options *options, bool claims);

#endif

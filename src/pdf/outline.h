/* pdf/outline.h: bookmarks and page labels, into the catalog. */
#ifndef INFONOTE_PDF_OUTLINE_H
#define INFONOTE_PDF_OUTLINE_H

#include "page/page.h"
#include "pdf/haru.h"

void pdf_outline_write(const struct page_list *pages, const uint32_t *page_numbers,
                       struct pdf_haru *h, struct arena *a);
void pdf_labels_write(const struct page_list *pages, struct pdf_haru *h, struct arena *a);

#endif

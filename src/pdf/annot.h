/* pdf/annot.h: link areas to annotations. */
#ifndef INFONOTE_PDF_ANNOT_H
#define INFONOTE_PDF_ANNOT_H

#include "pdf/structure.h"

struct pdf_annots { /* what links of a page are written with */
    const struct page_list *pages;
    const struct page *page;
    const uint32_t *page_numbers;    /* the pages' objects */
    struct pdf_haru *haru;
    struct pdf_structure *structure; /* NULL: no tags */
};

/* Writes "/Annots[...]", or nothing if the page has no links. False, with a report, if a
 * link cannot be written. */
bool pdf_annots_write(struct buf *out, const struct pdf_annots *where,
                      struct diag_sink *sink);

/* "/Dest[page /XYZ x y null]" for a place on a page. */
void pdf_put_dest(struct buf *b, uint32_t page_number, const struct page *page, len x,
                  len y);

#endif

/* pdf/outline.h: bookmarks and page labels, into the catalog. */
#ifndef INFONOTE_PDF_OUTLINE_H
#define INFONOTE_PDF_OUTLINE_H

#include "page/page.h"
#include "pdf/haru.h"

void pdf_outline_write(const struct page_list *pages, const uint32_t *page_numbers,
                       struct pdf_haru *h, struct arena *a);
void pdf_labels_write(const struct page_list *pages, struct pdf_haru *h, struct arena *a);

/* The bookmarks below the one that has the object `parent`; closed. */
struct pdf_bookmarks {
    uint32_t first, last; /* their objects; 0: there are none */
    uint32_t n;           /* those that are seen when it is opened */
};
struct pdf_bookmarks pdf_outline_write_part(const struct page_list *pages,
                                            const uint32_t *page_numbers,
                                            struct pdf_haru *h, struct arena *a,
                                            uint32_t parent);

/* Entries of a number tree for the labels of `n` pages from `first` on: one for each run
 * of numbers, with `prefix` before them, and for what is no number. */
struct pdf_labels {
    const str *v;
    size_t n;
    size_t first;          /* their first page */
    str prefix;
    size_t entries, last;  /* what comes of it: how many, and the page of the last */
};
void pdf_labels_put(struct buf *b, struct pdf_labels *l);

#endif

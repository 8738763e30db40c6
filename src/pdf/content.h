/* pdf/content.h: a page's items to the operators that draw them. */
#ifndef INFONOTE_PDF_CONTENT_H
#define INFONOTE_PDF_CONTENT_H

#include "pdf/glyphs.h"
#include "pdf/image.h"
#include "pdf/inks.h"
#include "pdf/structure.h"

struct pdf_content {
    const struct page_list *pages;
    struct pdf_fonts *fonts;
    struct pdf_structure *structure; /* NULL: no tags */
    const struct pdf_images *images;
    bool screen_colors;              /* grey and RGB only */
    struct pdf_inks *inks;           /* or plates only; NULL: for screens */
    len left, below;                 /* where the page's lower left corner is */
    struct buf out;                  /* the operators of the page written last */
};

void pdf_content_init(struct pdf_content *c, const struct page_list *pages,
                      struct pdf_fonts *fonts, struct pdf_structure *structure,
                      struct arena *a);

/* Replaces c->out. Pages must come in order, if they have tags. */
void pdf_content_page(struct pdf_content *c, const struct page *page);

#endif

/* pdf/path.h: vector shapes as operators. */
#ifndef INFONOTE_PDF_PATH_H
#define INFONOTE_PDF_PATH_H

#include "page/page.h"

/* What lines look like at this point of the stream; it is written when it changes. */
struct pdf_stroke {
    struct color color;
    len width;
    enum page_cap cap;
    enum page_join join;
};

/* What every page begins with. */
#define PDF_STROKE_START ((struct pdf_stroke){.color = COLOR_BLACK, .width = LEN_PT})

/* The operators that stroke and fill `path`; its fill colour is set already. */
void pdf_put_path(struct buf *out, const struct page_path *path, len page_height,
                  struct pdf_stroke *now);

#endif

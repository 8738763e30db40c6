/* pdf/drawing.h: drawings (SVG) as form XObjects. */
#ifndef INFONOTE_PDF_DRAWING_H
#define INFONOTE_PDF_DRAWING_H

#include "image/image.h"
#include "pdf/save.h"

/* Writes the drawing's objects under new numbers, the first as `form`. */
void pdf_drawing_write(const struct image_drawing *drawing, struct pdf_dict *form,
                       struct pdf_haru *h, struct pdf_save *save);

#endif

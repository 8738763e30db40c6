/* pdf/drawing.h: drawings (SVG) as form XObjects. */
#ifndef INFONOTE_PDF_DRAWING_H
#define INFONOTE_PDF_DRAWING_H

#include "image/image.h"
#include "pdf/inks.h"
#include "pdf/save.h"

/* Where a drawing goes. */
struct pdf_drawing_target {
    struct pdf_haru *haru;
    struct pdf_save *save;
    struct pdf_inks *inks; /* NULL: for screens */
    struct place at;       /* what shows it, for reports */
};

/* Writes the drawing's objects under new numbers, the first as `form`. False, with the
 * reason, if it cannot be printed. */
bool pdf_drawing_write(const struct image_drawing *drawing, struct pdf_dict *form,
                       const struct pdf_drawing_target *target,
                       struct image_problem *problem);

/* drawing_inks.c: an object of a drawing for print: its colours become inks. Its stream,
 * if `*recoded`, is then not compressed. False, with the reason, if that cannot be. */
bool pdf_drawing_ink(struct image_object *o, bool *recoded,
                     const struct pdf_drawing_target *target, struct arena *a,
                     struct image_problem *problem);

#endif

/* pdf/icc.h: the colour profile of screens. */
#ifndef INFONOTE_PDF_ICC_H
#define INFONOTE_PDF_ICC_H

#include "base/str.h"

/* An ICC profile (version 4.2) of sRGB, IEC 61966-2-1; in the arena. */
str pdf_icc_srgb(struct arena *a);

#endif

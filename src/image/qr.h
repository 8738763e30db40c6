/* image/qr.h: QR codes (ISO/IEC 18004).
 *
 * In:  a text. Out: the modules of its code, unless it is too long. The library that
 * makes them is loaded with the first code: a note without one does not wait for it. */
#ifndef INFONOTE_IMAGE_QR_H
#define INFONOTE_IMAGE_QR_H

#include "base/arena.h"
#include "base/str.h"

/* How much of a code may be lost: 7, 15, 25 or 30 %. */
enum image_qr_level { IMAGE_QR_L, IMAGE_QR_M, IMAGE_QR_Q, IMAGE_QR_H, IMAGE_QR_LEVELS };

/* Modules that stay free on every side, as the standard asks; and the most bytes that
 * the largest code holds, by level. */
enum { IMAGE_QR_QUIET = 4 };
extern const int IMAGE_QR_BYTES[IMAGE_QR_LEVELS];

/* The same for a text, which may have to say that it is UTF-8. */
int image_qr_capacity(str text, enum image_qr_level level);

struct image_qr {
    int side;             /* in modules, without those that stay free */
    const uint8_t *dark;  /* side × side, row by row: 1 is dark */
};

enum image_qr_status { IMAGE_QR_OK, IMAGE_QR_TOO_LONG, IMAGE_QR_NO_LIBRARY };

/* `text` has at least one byte and no NUL. What comes out is in `a`. */
enum image_qr_status image_qr_make(str text, enum image_qr_level level, struct arena *a,
                                   struct image_qr *out);

static inline bool image_qr_dark(const struct image_qr *code, int column, int row)
{
    return column >= 0 && row >= 0 && column < code->side && row < code->side &&
           code->dark[row * code->side + column];
}

#endif

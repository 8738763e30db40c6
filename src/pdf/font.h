/* pdf/font.h: faces to embedded fonts.
 *
 * Each face becomes a Type 0 font with Identity-H codes over a subset of its outlines.
 * Gives glyphs their codes and widths. False, with reports, if a face cannot be embedded. */
#ifndef INFONOTE_PDF_FONT_H
#define INFONOTE_PDF_FONT_H

#include "pdf/glyphs.h"
#include "pdf/save.h"

bool pdf_fonts_write(struct pdf_fonts *fonts, struct pdf_haru *h, struct pdf_save *save,
                     struct diag_sink *sink);

/* Appends the map from codes to text; `by_code` are the font's used glyphs, ascending. */
void pdf_cmap_write(struct buf *out, const struct pdf_glyph *const *by_code, size_t n);

#endif

/* pdf/font.h: faces to embedded fonts.
 *
 * TrueType faces whose glyphs fit one byte become simple fonts, which make the shortest
 * content; all others become Type 0 fonts with Identity-H codes. Gives glyphs their codes
 * and widths. False, with reports, if a face cannot be embedded. */
#ifndef INFONOTE_PDF_FONT_H
#define INFONOTE_PDF_FONT_H

#include "pdf/glyphs.h"
#include "pdf/save.h"

bool pdf_fonts_write(struct pdf_fonts *fonts, struct pdf_haru *h, struct pdf_save *save,
                     struct diag_sink *sink);

/* "/F0 7 0 R/F1 ..." of a resource dictionary. */
void pdf_put_fonts(struct buf *b, const struct pdf_fonts *fonts);

/* A face's used glyphs as a font program. */
struct pdf_subset {
    str program;                /* borrowed */
    size_t size;                /* of the program, where it is not compressed */
    uint64_t hash;              /* of the same */
    struct hb_blob_t *blob;
    struct pdf_glyph **glyphs;  /* the used ones, ascending by their number */
    size_t n;
};

/* Fills widths and numbers of the font's glyphs; the caller ends with pdf_subset_done. */
bool pdf_subset_make(struct pdf_font *font, struct arena *a, struct pdf_subset *out);
void pdf_subset_done(struct pdf_subset *s);

/* The same; one that was made before, if there is such. The program is as the file has
 * it, compressed or not, and valid until the next call. */
bool pdf_subset_find(const struct pdf_save *save, struct pdf_font *font, struct arena *a,
                     struct pdf_subset *out);

struct pdf_char {
    uint16_t code;
    str text;
};

/* Appends the ToUnicode map of `chars`, which ascend; codes have 1 or 2 `bytes`. */
void pdf_cmap_write(struct buf *out, const struct pdf_char *chars, size_t n, int bytes);

#endif

/* pdf/syntax.h: values as PDF writes them, appended to a buffer. */
#ifndef INFONOTE_PDF_SYNTAX_H
#define INFONOTE_PDF_SYNTAX_H

#include "base/buf.h"
#include "base/color.h"

/* A space and "12 0 R". */
void pdf_put_ref(struct buf *b, uint32_t number);

/* A name of any bytes: "/PANTONE#20286#20C". */
void pdf_put_name(struct buf *b, str name);

/* A literal string of any bytes. */
void pdf_put_string(struct buf *b, str bytes);

/* A text string: ASCII as it is, all else in UTF-16 with its mark. */
void pdf_put_text(struct buf *b, str utf8);

/* A date, in UTC: (D:20090928120000Z). `xmp`: 2009-09-28T12:00:00Z, without brackets. */
void pdf_put_date(struct buf *b, int64_t seconds, bool xmp);

/* The operator that sets the fill colour: "0 g\n"; of a colour with a name, which is an
 * amount of a spot colour (pdf/inks.h), "/S1 cs 1 scn\n"; of one with this name, which is
 * RGB by a profile, "/sRGB cs 1 0 0 scn\n". */
enum { PDF_RGB = UINT16_MAX };
void pdf_put_fill(struct buf *b, struct color c);

/* The operators that set the colour of lines: "0 G\n". */
void pdf_put_stroke(struct buf *b, struct color c);

/* A length in hundredths of a point, rounded; the unit of positions on a page. */
int64_t pdf_centi(len64 value);
void pdf_put_centi(struct buf *b, int64_t centi);

#endif

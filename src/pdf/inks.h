/* pdf/inks.h: colours of the page list to what a press prints.
 *
 * A colour whose author said its plates has them; grey is black ink; RGB is converted by
 * the press's profile. What comes out is CMYK, or an amount of a spot colour: then `name`
 * is the spot's number, from 1, and part[0] how much of it; or RGB that is left to the
 * printer, with the name of its space. */
#ifndef INFONOTE_PDF_INKS_H
#define INFONOTE_PDF_INKS_H

#include "base/diag.h"
#include "image/image.h"
#include "page/page.h"
#include "pdf/haru.h"
#include "pdf/pdf.h"

/* Thinner lines break up in print, or vanish. */
enum { PDF_HAIRLINE = LEN_PT / 4 };

struct pdf_ink { /* a colour that was asked for */
    struct color color, printed;
};

struct pdf_images;

struct pdf_inks {
    const struct pdf_print *print;
    const struct color_palette *palette;
    struct arena *arena;
    struct diag_sink *sink;
    struct image_press press;
    VEC(struct pdf_ink) known;
    VEC(const struct color_plates *) spots; /* by number, from 1 */
    struct pdf_images *images;              /* that have the profile of RGB */
    bool keeps;                             /* some RGB was left */
    bool failed;                            /* and reported */
};

void pdf_inks_init(struct pdf_inks *inks, const struct page_list *pages,
                   const struct pdf_print *print, struct arena *a,
                   struct diag_sink *sink);
void pdf_inks_done(struct pdf_inks *inks);

/* What shows a colour, for reports. */
struct pdf_shown {
    const char *what;        /* "text" */
    const struct page *page; /* where `item` is drawn; NULL: it is at `at` */
    const struct page_item *item;
    struct place at;
};

struct color pdf_inks_of(struct pdf_inks *inks, struct color color,
                         const struct pdf_shown *shown);

/* Reports a picture, by its name, that has too much ink. */
void pdf_inks_check(struct pdf_inks *inks, const struct image_samples *samples, str name,
                    struct place at);

/* True for all of the black ink and no other. */
bool pdf_inks_is_black(struct color printed);

/* States of printing: what is behind is knocked out, O0, or overprinted, O1. */
#define PDF_INK_STATES "/O0<</OP false/op false>>/O1<</OP true/op true/OPM 1>>"

/* "/sRGB[/ICCBased 7 0 R]": of resources in which RGB is left. */
void pdf_put_rgb_space(struct buf *out, struct pdf_inks *inks);

/* "/ColorSpace<<...>>/ExtGState<<...>>" of the resources, once all pages are drawn. */
void pdf_put_inks(struct buf *out, struct pdf_inks *inks);

#endif

/* pdf/image.h: image XObjects, each file once, and the operators that show them. */
#ifndef INFONOTE_PDF_IMAGE_H
#define INFONOTE_PDF_IMAGE_H

#include "base/map.h"
#include "page/page.h"
#include "pdf/inks.h"
#include "pdf/save.h"

struct pdf_image {
    const struct image *image;
    struct place at;       /* where it is asked for first */
    int64_t most, least;   /* of a drawing: the scales at which it is shown, 1/1000 */
    uint32_t index;        /* `/I0` and so on */
    struct pdf_dict *dict; /* NULL: another part of the file has it */
    uint32_t number;       /* of its object */
};

struct pdf_images {
    struct arena *arena;
    VEC(struct pdf_image *) list; /* in the order of the pages */
    struct map by_digest;
    struct map profiles;          /* by digest: their dictionaries */
    struct pdf_haru *haru;        /* while they are written */
    struct pdf_save *save;        /* the same */
    bool screen_colors;           /* grey and RGB only */
    struct pdf_inks *inks;        /* or for print; NULL: for screens */

    /* Of a part of a file: where the file has an image or a profile; NULL: nowhere else.
     * 0: this part writes it, as `dict`. */
    uint32_t (*find)(void *user, str digest, struct pdf_dict **dict);
    void *user;
};

void pdf_images_collect(struct pdf_images *images, const struct page_list *pages,
                        struct arena *a);

/* Writes all of them. `screen_colors`: grey and RGB only, others are converted. False,
 * with reports, if one is not whole. */
bool pdf_images_write(struct pdf_images *images, bool screen_colors, struct pdf_haru *h,
                      struct pdf_save *save, struct diag_sink *sink);

/* The object of a profile, of so many colours; of that of sRGB. Written when it is asked
 * for first. */
uint32_t pdf_images_profile(struct pdf_images *images, str profile, int colors);
uint32_t pdf_images_rgb(struct pdf_images *images);

/* The profile that the file has for samples: their own, or for print that of sRGB; empty:
 * none. It is in the arena, or where theirs is. */
str pdf_image_profile(const struct image_samples *samples, bool print, struct arena *a);

/* The samples of a picture that is no drawing, as a file has them. */
bool pdf_image_samples(const struct image *image, bool screen_colors,
                       struct arena *scratch, struct image_samples *samples,
                       struct image_problem *problem);

void pdf_image_report(const struct pdf_image *i, struct image_problem problem,
                      struct diag_sink *sink);

/* "/XObject<<...>>" of a resource dictionary; nothing if there are none. */
void pdf_put_xobjects(struct buf *out, const struct pdf_images *images);

/* Whether something on the page lets what is behind it through. */
bool pdf_page_blends(const struct page *page);

/* The operators that show a PAGE_IMAGE. */
void pdf_put_image(struct buf *out, const struct pdf_images *images,
                   const struct page_item *item, len page_height);

#endif

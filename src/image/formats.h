/* image/formats.h: what the files of image/ share: one reader a format. */
#ifndef INFONOTE_IMAGE_FORMATS_H
#define INFONOTE_IMAGE_FORMATS_H

#include "base/buf.h"
#include "image/image.h"

/* Sets the problem; false, so that a reader can return it. */
bool image_refuse(struct image_problem *problem, str what, const char *hint);

#define IMAGE_SAVE_AGAIN "save it again as PNG or JPEG"

static inline uint32_t image_be16(const char *p)
{
    return (uint32_t)(uint8_t)p[0] << 8 | (uint8_t)p[1];
}

static inline uint32_t image_be32(const char *p)
{
    return image_be16(p) << 16 | image_be16(p + 2);
}

/* sniff.c: what the first bytes say a file is: "PNG", "a PDF"; NULL: unknown. */
const char *image_sniff(str bytes);

/* True if `bytes` are the type that the name's ending promises, or it promises none. */
bool image_check_type(str bytes, str name, struct arena *a, struct image *out,
                      struct image_problem *problem);

/* png.c */
bool image_png_head(struct image *image, struct arena *a, struct image_problem *problem);
bool image_png_samples(const struct image *image, struct arena *a,
                       struct image_samples *out, struct image_problem *problem);

/* The same, decoded: rows of 8 bits a sample, IMAGE_RAW. */
bool image_png_pixels(const struct image *image, struct arena *a,
                      struct image_samples *out, struct image_problem *problem);

/* The profile in its APP2 segments; empty: none that is whole. */
str image_jpeg_profile(const struct image *image, struct arena *a);

/* profile.c: empties `*profile` if it cannot be used for samples of `space`, and says
 * why; and if it is sRGB, which needs none. */
str image_check_profile(str *profile, enum image_space space, struct arena *a);

/* transform.c: from one device's colours to another's. Empty profiles are sRGB; a device
 * of sRGB has three colours. */
struct image_transform;
struct image_conversion {
    str from, to;
    int from_colors, to_colors;
    enum image_intent intent;
    bool black_point;
    bool wide;        /* 16 bits a sample, in the machine's order, and no short cuts */
};
bool image_transform_open(const struct image_conversion *c, struct image_transform **out,
                          struct image_problem *problem);
void image_transform_row(struct image_transform *t, const void *from, void *to,
                         uint32_t columns);
void image_transform_close(struct image_transform *t); /* NULL: nothing */

/* decode.c: a JPEG's rows, one after the other: as RGB, or as CMYK, 255 being all ink. */
typedef void image_take_row(void *context, uint32_t row, uint8_t *samples);
bool image_jpeg_rows(const struct image *image, image_take_row *take, void *context,
                     struct image_problem *problem);

/* filter.c: rows of bytes become rows behind their PNG filters, so that they compress
 * well. `stride` bytes a row, `step` bytes a pixel (at least 1). */
str image_filter(str rows, size_t stride, size_t step, struct arena *a);

/* jpeg.c */
bool image_jpeg_head(struct image *image, struct arena *a, struct image_problem *problem);
bool image_jpeg_samples(const struct image *image, struct arena *a,
                        struct image_samples *out, struct image_problem *problem);

/* svg.c: the drawing of `image`, whose digest is known, into it. What it reports beside a
 * problem is in the drawing's remarks. */
bool image_svg_draw(struct image *image, struct image_tools *tools, struct arena *a,
                    struct image_problem *problem);

/* run.c: a program that reads `input` and gives `*output`, of at most `limit` bytes. It
 * inherits no file and no environment, and is ended after `seconds`. */
enum image_run { IMAGE_RUN_DONE, IMAGE_RUN_MISSING, IMAGE_RUN_LATE, IMAGE_RUN_FAILED };

struct image_command {
    const char *program;
    char *const *arguments; /* the program's name first, NULL last */
    str input;
    size_t limit;
    int seconds;
};

enum image_run image_run(const struct image_command *command, struct buf *output);

/* exif.c: orientation and resolution from a TIFF structure, where it says any. */
void image_read_exif(str tiff, struct image *image);

#endif

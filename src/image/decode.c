/* SPDX-License-Identifier: MIT
 *
 * JPEG files to rows of samples, by libjpeg-turbo, whose errors jump out of it. Only
 * pictures whose colours must be converted are decoded. */
#include "image/formats.h"

#include <setjmp.h>
#include <stdio.h>

#include <jerror.h>
#include <jpeglib.h>

enum {
    MAX_SCANS = 500, /* a progressive file of a photograph has about ten */
    INKS = 4,
};

struct decoder {
    struct jpeg_decompress_struct jpeg;
    struct jpeg_error_mgr errors;
    struct jpeg_progress_mgr progress;
    jmp_buf out;
    bool too_many_scans;
};

static void fail(j_common_ptr jpeg)
{
    struct decoder *d = jpeg->client_data;
    longjmp(d->out, 1);
}

static void stay_silent(j_common_ptr jpeg)
{
    (void)jpeg;
}

static void watch(j_common_ptr jpeg)
{
    struct decoder *d = jpeg->client_data;
    if (d->jpeg.input_scan_number > MAX_SCANS) {
        d->too_many_scans = true;
        longjmp(d->out, 1);
    }
}

static void open_decoder(struct decoder *d, str bytes)
{
    d->jpeg.err = jpeg_std_error(&d->errors);
    d->errors.error_exit = fail;
    d->errors.output_message = stay_silent;
    jpeg_create_decompress(&d->jpeg);
    d->jpeg.client_data = d;
    d->progress.progress_monitor = watch;
    d->jpeg.progress = &d->progress;
    jpeg_mem_src(&d->jpeg, (const unsigned char *)bytes.p, (unsigned long)bytes.n);
}

/* What the head of the file says, as the rest of the program has understood it. */
static bool set_colors(struct decoder *d, const struct image *image)
{
    int components = image->space == IMAGE_CMYK ? INKS : 3;
    if (d->jpeg.image_width != image->columns || d->jpeg.image_height != image->rows ||
        d->jpeg.num_components != components) {
        return false;
    }
    if (image->space == IMAGE_RGB) {
        d->jpeg.jpeg_color_space = image->transform ? JCS_YCbCr : JCS_RGB;
    }
    d->jpeg.out_color_space = image->space == IMAGE_CMYK ? JCS_CMYK : JCS_RGB;
    return true;
}

/* Where rows go, and the room for one. */
struct taker {
    image_take_row *take;
    void *context;
    uint8_t *row;
};

static bool decode(struct decoder *d, const struct image *image, const struct taker *t)
{
    open_decoder(d, image->bytes);
    if (setjmp(d->out) != 0) {
        return false;
    }
    jpeg_read_header(&d->jpeg, TRUE);
    if (!set_colors(d, image)) {
        return false;
    }
    jpeg_start_decompress(&d->jpeg);
    size_t n = (size_t)image->columns * (size_t)d->jpeg.output_components;
    for (uint32_t y = 0; y < image->rows; y++) {
        JSAMPROW rows[] = {t->row};
        jpeg_read_scanlines(&d->jpeg, rows, 1);
        for (size_t i = 0; i < n && image->inverted; i++) {
            t->row[i] = (uint8_t)(255 - t->row[i]);
        }
        t->take(t->context, y, t->row);
    }
    jpeg_finish_decompress(&d->jpeg);
    return d->errors.num_warnings == 0;
}

bool image_jpeg_rows(const struct image *image, image_take_row *take, void *context,
                     struct image_problem *problem)
{
    struct arena scratch;
    arena_init(&scratch);
    struct decoder *d = NEW(&scratch, struct decoder);
    struct taker t = {take, context,
                      arena_alloc_raw(&scratch, (size_t)image->columns * INKS)};
    bool good = decode(d, image, &t);
    if (!good) {
        image_refuse(problem, d->too_many_scans ? STR("is divided into too many scans")
                                                : STR("is a damaged JPEG"),
                     IMAGE_SAVE_AGAIN);
    }
    jpeg_destroy_decompress(&d->jpeg);
    arena_done(&scratch);
    return good;
}

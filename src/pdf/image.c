/* SPDX-License-Identifier: MIT
 *
 * In: image items. Out: image XObjects; a picture that stands on many pages is one of
 * them. Samples stay as the file has them wherever PDF can hold that: JPEG files, the
 * compressed rows of PNG files. Alpha becomes a soft mask. */
#include "pdf/image.h"

#include "pdf/drawing.h"
#include "pdf/syntax.h"

void pdf_images_collect(struct pdf_images *images, const struct page_list *pages,
                        struct arena *a)
{
    *images = (struct pdf_images){.arena = a};
    map_init(&images->by_digest, a);
    for (size_t p = 0; p < pages->pages.n; p++) {
        const struct page *page = &pages->pages.v[p];
        for (size_t i = 0; i < page->items.n; i++) {
            const struct page_item *item = &page->items.v[i];
            const struct image *image = item->as.image.image;
            if (item->kind != PAGE_IMAGE ||
                map_find(&images->by_digest, str_from(image->digest))) {
                continue;
            }
            struct pdf_image *made = NEW(a, struct pdf_image);
            made->image = image;
            made->at = item->at;
            made->index = (uint32_t)images->list.n;
            vec_push(a, &images->list, made);
            map_put(&images->by_digest, str_from(image->digest), made);
        }
    }
}

static void put_head(struct pdf_dict *dict, const struct image_samples *samples)
{
    pdf_dict_name(dict, "Type", "XObject");
    pdf_dict_name(dict, "Subtype", "Image");
    pdf_dict_int(dict, "Width", (int32_t)samples->columns);
    pdf_dict_int(dict, "Height", (int32_t)samples->rows);
}

static void put_palette(struct buf *b, str palette, int bits)
{
    size_t n = palette.n / 3, most = (size_t)1 << bits;
    n = n > most ? most : n;
    buf_format(b, "/ColorSpace[/Indexed/DeviceRGB %zu", n - 1);
    pdf_put_string(b, str_sub(palette, 0, 3 * n));
    buf_char(b, ']');
}

/* The samples of one plane, with what says how to read them. Images are compressed even
 * in a file that people want to read: there is nothing to read in them. */
static void write_plane(struct pdf_save *save, struct pdf_dict *dict,
                        const struct image_plane *plane, uint32_t columns)
{
    struct buf *b = pdf_dict_body(dict);
    buf_format(b, "/BitsPerComponent %d", plane->bits);
    if (plane->coding == IMAGE_FILTERED || plane->coding == IMAGE_DEFLATED) {
        buf_format(b, "/DecodeParms<</Predictor 15/Colors %d/BitsPerComponent %d"
                   "/Columns %u>>", plane->colors, plane->bits, columns);
    }
    if (plane->coding == IMAGE_DCT || plane->coding == IMAGE_DEFLATED) {
        bool jpeg = plane->coding == IMAGE_DCT;
        buf_puts(b, jpeg ? "/Filter/DCTDecode" : "/Filter/FlateDecode");
        pdf_save_plain_stream(save, dict, plane->data);
        return;
    }
    bool compress = save->compress;
    save->compress = true;
    pdf_save_stream(save, dict, plane->data);
    save->compress = compress;
}

static struct pdf_dict *write_mask(const struct image_samples *samples,
                                   struct pdf_haru *h, struct pdf_save *save)
{
    struct pdf_dict *mask = pdf_dict_new(h);
    put_head(mask, samples);
    pdf_dict_name(mask, "ColorSpace", "DeviceGray");
    write_plane(save, mask, &samples->alpha, samples->columns);
    return mask;
}

static void put_colors(struct pdf_dict *dict, const struct image *image,
                       const struct image_samples *samples)
{
    struct buf *b = pdf_dict_body(dict);
    switch (image->space) {
    case IMAGE_GRAY: pdf_dict_name(dict, "ColorSpace", "DeviceGray"); break;
    case IMAGE_RGB: pdf_dict_name(dict, "ColorSpace", "DeviceRGB"); break;
    case IMAGE_CMYK: pdf_dict_name(dict, "ColorSpace", "DeviceCMYK"); break;
    case IMAGE_INDEXED: put_palette(b, samples->palette, samples->main.bits); break;
    }
    if (image->inverted) {
        buf_puts(b, "/Decode[1 0 1 0 1 0 1 0]");
    }
    /* Without a word from the file, readers take three components for YCbCr. */
    if (image->type == IMAGE_JPEG && image->space == IMAGE_RGB && !image->transform) {
        buf_puts(b, "/DecodeParms<</ColorTransform 0>>");
    }
}

static bool report(const struct pdf_image *i, struct image_problem problem,
                   struct diag_sink *sink)
{
    diag_report(sink, DIAG_BAD_IMAGE, i->at, str_copy(sink->arena, problem.hint).p,
                "`%.*s` %.*s", STR_ARG(i->image->name), STR_ARG(problem.what));
    return false;
}

static bool write_image(struct pdf_image *i, bool screen_colors, struct pdf_haru *h,
                        struct pdf_save *save, struct diag_sink *sink)
{
    struct image_problem problem = {STR("has colours for print (CMYK)"),
                                    STR("save it as RGB or grey")};
    struct image_samples samples;
    struct arena scratch;
    if (screen_colors && i->image->space == IMAGE_CMYK) {
        return report(i, problem, sink);
    }
    if (i->image->drawing) {
        i->dict = pdf_drawing_write(i->image->drawing, h, save);
        return true;
    }
    arena_init(&scratch);
    bool whole = image_samples(i->image, &scratch, &samples, &problem);
    if (whole) {
        i->dict = pdf_dict_new(h);
        put_head(i->dict, &samples);
        put_colors(i->dict, i->image, &samples);
        if (samples.alpha.data.n) {
            pdf_dict_ref(i->dict, "SMask", write_mask(&samples, h, save));
        }
        write_plane(save, i->dict, &samples.main, samples.columns);
    } else {
        report(i, problem, sink);
    }
    arena_done(&scratch);
    return whole;
}

bool pdf_images_write(struct pdf_images *images, bool screen_colors, struct pdf_haru *h,
                      struct pdf_save *save, struct diag_sink *sink)
{
    bool ok = true;
    for (size_t i = 0; i < images->list.n; i++) {
        ok = write_image(images->list.v[i], screen_colors, h, save, sink) && ok;
    }
    return ok;
}

void pdf_put_xobjects(struct buf *out, const struct pdf_images *images)
{
    if (images->list.n == 0) {
        return;
    }
    buf_puts(out, "/XObject<<");
    for (size_t i = 0; i < images->list.n; i++) {
        buf_format(out, "/I%zu", i);
        pdf_put_ref(out, pdf_dict_number(images->list.v[i]->dict));
    }
    buf_puts(out, ">>");
}

static void put_points(struct buf *out, const len64 *values, size_t n, const char *end)
{
    for (size_t i = 0; i < n; i++) {
        buf_points(out, values[i]);
        buf_puts(out, i + 1 < n ? " " : end);
    }
}

/* "a b c d " of `cm`: more digits than lengths have, because a drawing's coordinates,
 * unlike an image's unit square, are far from 0. */
static void put_scale(struct buf *out, const struct image_drawing *d,
                      const struct page_rect *whole)
{
    enum { PLACES = 8, ONE = 100000000 };
    buf_decimal(out, len_muldiv(whole->width, ONE, d->form_width), PLACES);
    buf_puts(out, " 0 0 ");
    buf_decimal(out, len_muldiv(whole->height, ONE, d->form_height), PLACES);
    buf_char(out, ' ');
}

void pdf_put_image(struct buf *out, const struct pdf_images *images,
                   const struct page_item *item, len page_height)
{
    /* From the unit square that the stored rows fill to the one that they fill upright:
     * a b c d e f of `cm`. */
    static const int8_t TURNS[][6] = {
        [IMAGE_UPRIGHT] = {1, 0, 0, 1, 0, 0},
        [IMAGE_MIRRORED] = {-1, 0, 0, 1, 1, 0},
        [IMAGE_HALF_TURN] = {-1, 0, 0, -1, 1, 1},
        [IMAGE_FLIPPED] = {1, 0, 0, -1, 0, 1},
        [IMAGE_TRANSPOSED] = {0, -1, -1, 0, 1, 1},
        [IMAGE_QUARTER_TURN] = {0, -1, 1, 0, 0, 1},
        [IMAGE_TRANSVERSED] = {0, 1, 1, 0, 0, 0},
        [IMAGE_COUNTER_TURN] = {0, 1, -1, 0, 1, 0},
    };
    const struct image *image = item->as.image.image;
    const struct pdf_image *i = map_find(&images->by_digest, str_from(image->digest));
    struct page_rect r = item->as.image.rect, w = item->as.image.whole;
    const int8_t *t = TURNS[image->turn];
    len64 bottom = (len64)page_height - w.y - w.height;
    buf_puts(out, "q\n");
    if (r.x != w.x || r.y != w.y || r.width != w.width || r.height != w.height) {
        len64 clip[] = {r.x, (len64)page_height - r.y - r.height, r.width, r.height};
        put_points(out, clip, 4, " re W n\n");
    }
    if (image->drawing) {
        put_scale(out, image->drawing, &w);
        put_points(out, (len64[]){w.x, bottom}, 2, " cm\n");
        buf_format(out, "/I%u Do\nQ\n", i->index);
        return;
    }
    len64 matrix[] = {
        (len64)t[0] * w.width, (len64)t[1] * w.height, (len64)t[2] * w.width,
        (len64)t[3] * w.height, w.x + (len64)t[4] * w.width,
        bottom + (len64)t[5] * w.height,
    };
    put_points(out, matrix, 6, " cm\n");
    buf_format(out, "/I%u Do\nQ\n", i->index);
}

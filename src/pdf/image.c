/* SPDX-License-Identifier: MIT
 *
 * In: image items. Out: image XObjects; a picture that stands on many pages is one of
 * them. Samples stay as the file has them wherever PDF can hold that: JPEG files, the
 * compressed rows of PNG files. Alpha becomes a soft mask, a profile a colour space. */
#include "pdf/image.h"

#include "base/sha256.h"
#include "pdf/drawing.h"
#include "pdf/icc.h"
#include "pdf/syntax.h"

static struct pdf_image *add_image(struct pdf_images *images,
                                   const struct page_item *item)
{
    const struct image *image = item->as.image.image;
    struct pdf_image *made = NEW(images->arena, struct pdf_image);
    made->image = image;
    made->at = item->at;
    made->index = (uint32_t)images->list.n;
    vec_push(images->arena, &images->list, made);
    map_put(&images->by_digest, str_from(image->digest), made);
    return made;
}

static void collect(struct pdf_images *images, const struct page_item *item)
{
    const struct image *image = item->as.image.image;
    struct pdf_image *known = map_find(&images->by_digest, str_from(image->digest));
    known = known ? known : add_image(images, item);
    if (image->drawing && image->drawing->form_width > 0) {
        int64_t scale = len_muldiv(item->as.image.whole.width, 1000,
                                   image->drawing->form_width);
        known->most = scale > known->most ? scale : known->most;
        known->least = known->least && known->least < scale ? known->least : scale;
    }
}

void pdf_images_collect(struct pdf_images *images, const struct page_list *pages,
                        struct arena *a)
{
    *images = (struct pdf_images){.arena = a};
    map_init(&images->by_digest, a);
    map_init(&images->profiles, a);
    for (size_t p = 0; p < pages->pages.n; p++) {
        const struct page *page = &pages->pages.v[p];
        for (size_t i = 0; i < page->items.n; i++) {
            if (page->items.v[i].kind == PAGE_IMAGE) {
                collect(images, &page->items.v[i]);
            }
        }
    }
}

/* Whether another part of the file has an image or a profile; else `*dict` is to have it:
 * one that waits for it, or a new one. */
static bool is_elsewhere(struct pdf_images *images, const char *digest, uint32_t *number,
                         struct pdf_dict **dict)
{
    *dict = NULL;
    *number = images->find ? images->find(images->user, str_from(digest), dict) : 0;
    if (*number) {
        return true;
    }
    *dict = *dict ? *dict : pdf_dict_new(images->haru);
    *number = pdf_dict_number(*dict);
    return false;
}

static void put_head(struct pdf_dict *dict, const struct image_samples *samples)
{
    pdf_dict_name(dict, "Type", "XObject");
    pdf_dict_name(dict, "Subtype", "Image");
    pdf_dict_int(dict, "Width", (int32_t)samples->columns);
    pdf_dict_int(dict, "Height", (int32_t)samples->rows);
}

/* A profile is written once, however many pictures have it. */
uint32_t pdf_images_profile(struct pdf_images *images, str profile, int colors)
{
    char digest[65];
    struct pdf_dict *dict;
    str_sha256(profile, digest);
    const uint32_t *known = map_find(&images->profiles, str_from(digest));
    if (known) {
        return *known;
    }
    uint32_t *number = NEW(images->arena, uint32_t);
    if (!is_elsewhere(images, digest, number, &dict)) {
        pdf_dict_int(dict, "N", colors);
        pdf_save_stream(images->save, dict, profile);
    }
    map_put(&images->profiles, str_copy(images->arena, str_from(digest)), number);
    return *number;
}

uint32_t pdf_images_rgb(struct pdf_images *images)
{
    return pdf_images_profile(images, pdf_icc_srgb(images->arena), 3);
}

str pdf_image_profile(const struct image_samples *samples, bool print, struct arena *a)
{
    bool indexed = samples->space == IMAGE_INDEXED;
    bool rgb = (indexed ? samples->base : samples->space) == IMAGE_RGB;
    return samples->profile.n ? samples->profile
           : print && rgb     ? pdf_icc_srgb(a) : STR_NONE;
}

/* "/DeviceRGB" or "[/ICCBased 7 0 R]". */
static void put_space(struct pdf_images *images, struct buf *b,
                      const struct image_samples *samples)
{
    static const char *const DEVICES[] = {
        [IMAGE_GRAY] = "/DeviceGray", [IMAGE_RGB] = "/DeviceRGB",
        [IMAGE_CMYK] = "/DeviceCMYK",
    };
    bool indexed = samples->space == IMAGE_INDEXED;
    str profile = pdf_image_profile(samples, images->inks, images->arena);
    if (!profile.n) {
        buf_puts(b, DEVICES[indexed ? samples->base : samples->space]);
        return;
    }
    int colors = samples->space == IMAGE_GRAY ? 1 : samples->space == IMAGE_CMYK ? 4 : 3;
    buf_puts(b, "[/ICCBased");
    pdf_put_ref(b, pdf_images_profile(images, profile, colors));
    buf_char(b, ']');
}

static void put_palette(struct buf *b, const struct image_samples *samples)
{
    size_t colors = samples->base == IMAGE_GRAY ? 1 : samples->base == IMAGE_CMYK ? 4 : 3;
    size_t n = samples->palette.n / colors, most = (size_t)1 << samples->main.bits;
    n = n > most ? most : n;
    buf_format(b, " %zu", n - 1);
    pdf_put_string(b, str_sub(samples->palette, 0, colors * n));
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

static void put_colors(struct pdf_images *images, struct pdf_image *i,
                       const struct image_samples *samples)
{
    const struct image *image = i->image;
    struct buf *b = pdf_dict_body(i->dict);
    bool indexed = samples->space == IMAGE_INDEXED;
    buf_puts(b, indexed ? "/ColorSpace[/Indexed" : "/ColorSpace");
    put_space(images, b, samples);
    if (indexed) {
        put_palette(b, samples);
    }
    if (image->inverted && samples->space == IMAGE_CMYK) {
        buf_puts(b, "/Decode[1 0 1 0 1 0 1 0]");
    }
    /* Without a word from the file, readers take three components for YCbCr. */
    bool said = image->transform || image->space != IMAGE_RGB;
    if (samples->main.coding == IMAGE_DCT && !said) {
        buf_puts(b, "/DecodeParms<</ColorTransform 0>>");
    }
}

void pdf_image_report(const struct pdf_image *i, struct image_problem problem,
                      struct diag_sink *sink)
{
    diag_report(sink, DIAG_BAD_IMAGE, i->at, str_copy(sink->arena, problem.hint).p,
                "`%.*s` %.*s", STR_ARG(i->image->name), STR_ARG(problem.what));
}

/* CMYK is converted where a file may hold none. */
bool pdf_image_samples(const struct image *image, bool screen_colors,
                       struct arena *scratch, struct image_samples *samples,
                       struct image_problem *problem)
{
    return screen_colors && image->space == IMAGE_CMYK
               ? image_cmyk_to_rgb(image, scratch, samples, problem)
               : image_samples(image, scratch, samples, problem);
}

static bool write_drawing(struct pdf_images *images, const struct pdf_image *i,
                          struct pdf_save *save, struct diag_sink *sink)
{
    struct image_problem problem;
    struct pdf_drawing_target target = {.haru = images->haru, .save = save,
                                        .inks = images->inks, .at = i->at,
                                        .name = i->image->name,
                                        .drawing = i->image->drawing};
    if (images->inks && i->least > 0) {
        int64_t below = images->inks->print->overprint_below;
        target.overprint_below = len_muldiv(below, 1000000, (int64_t)LEN_PT * i->most);
        int64_t least = i->least > 1 ? i->least - 1 : 1; /* before it was rounded */
        target.most = i->most;
        target.hairline = len_muldiv(PDF_HAIRLINE, 1000000, LEN_PT * least) + 1;
    }
    bool drawn = pdf_drawing_write(i->image->drawing, i->dict, &target, &problem);
    if (!drawn) {
        pdf_image_report(i, problem, sink);
    }
    return drawn;
}

static bool write_image(struct pdf_images *images, struct pdf_image *i,
                        struct pdf_save *save, struct diag_sink *sink)
{
    struct image_problem problem;
    struct image_samples samples;
    struct arena scratch;
    if (is_elsewhere(images, i->image->digest, &i->number, &i->dict)) {
        return true;
    }
    if (i->image->drawing) {
        return write_drawing(images, i, save, sink);
    }
    arena_init(&scratch);
    bool whole = images->inks
        ? image_press_samples(&images->inks->press, i->image, &scratch, &samples,
                              &problem)
        : pdf_image_samples(i->image, images->screen_colors, &scratch, &samples,
                            &problem);
    if (whole) {
        put_head(i->dict, &samples);
        put_colors(images, i, &samples);
        if (samples.alpha.data.n) {
            pdf_dict_ref(i->dict, "SMask", write_mask(&samples, images->haru, save));
        }
        write_plane(save, i->dict, &samples.main, samples.columns);
        if (images->inks) {
            pdf_inks_check(images->inks, &samples, i->image->name, i->at);
        }
    } else {
        pdf_image_report(i, problem, sink);
    }
    if (whole && samples.remark.n) {
        diag_report(sink, DIAG_BAD_PROFILE, i->at, "save it again with another one",
                    "`%.*s` %.*s: it is left out", STR_ARG(i->image->name),
                    STR_ARG(samples.remark));
    }
    arena_done(&scratch);
    return whole;
}

bool pdf_images_write(struct pdf_images *images, bool screen_colors, struct pdf_haru *h,
                      struct pdf_save *save, struct diag_sink *sink)
{
    bool ok = true;
    images->haru = h;
    images->save = save;
    if (images->inks) {
        images->inks->images = images;
    }
    images->screen_colors = screen_colors;
    for (size_t i = 0; i < images->list.n; i++) {
        ok = write_image(images, images->list.v[i], save, sink) && ok;
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
        pdf_put_ref(out, images->list.v[i]->number);
    }
    buf_puts(out, ">>");
}

/* Of objects that cairo made: a group, a mask, an alpha below 1, another blend mode. */
static bool drawing_blends(const struct image_drawing *d)
{
    static const char *const SIGNS[] = {"/S/Transparency", "/SMask", "/ca 0", "/BM/"};
    size_t at;
    for (size_t i = 0; i < d->n; i++) {
        for (size_t k = 0; k < sizeof SIGNS / sizeof *SIGNS; k++) {
            if (str_find(d->objects[i].dictionary, str_from(SIGNS[k]), &at)) {
                return true;
            }
        }
    }
    return false;
}

bool pdf_page_blends(const struct page *page)
{
    for (size_t i = 0; i < page->items.n; i++) {
        const struct page_item *item = &page->items.v[i];
        const struct image *image = item->as.image.image;
        if (item->kind == PAGE_IMAGE &&
            (image->drawing ? drawing_blends(image->drawing) : image->alpha)) {
            return true;
        }
    }
    return false;
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

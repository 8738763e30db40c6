/* SPDX-License-Identifier: MIT
 *
 * PNG files through libpng, which is told its limits and reads from memory; its errors
 * jump out of it. The head alone is read for layout. For the PDF all of the picture is
 * decoded, because only that shows that the file is whole. Where a PDF can hold the
 * file's own compressed rows (no transparency, not interlaced, at most 8 bits) these are
 * taken; otherwise rows become 8 bits deep, alpha goes to a plane of its own, and both
 * are filtered again.
 *
 * A profile (iCCP) is given on. Without one samples are taken as sRGB, as nearly all are:
 * gAMA and cHRM are not looked at. */
#include "image/formats.h"

#include <png.h>
#include <setjmp.h>
#include <string.h>

enum {
    CHUNK_MEMORY = 8 << 20, CHUNKS = 1000,
    SIGNATURE = 8, HEAD = 33, /* the signature and IHDR, with its sums */
    INCH_PER_METRE = 254,     /* 1/10000 */
};

struct reader {
    png_structp png;
    png_infop info;
    jmp_buf out;
    struct arena memory;
    struct arena *arena;   /* for what is given back */
    str rest;              /* of the file */
    bool ended;            /* something was wanted behind the end */
    str why;               /* libpng's words */
    png_bytep row;         /* the one that was read last */
    png_bytepp rows;       /* of an interlaced picture */
    bool decoded;          /* rows are wanted as they are, without a filter */
};

static void *allocate(png_structp png, png_alloc_size_t size)
{
    return arena_alloc_raw(png_get_mem_ptr(png), size);
}

static void keep(png_structp png, void *p)
{
    (void)png;
    (void)p;
}

static void read_bytes(png_structp png, png_bytep into, size_t n)
{
    struct reader *r = png_get_io_ptr(png);
    if (n > r->rest.n) {
        r->ended = true;
        png_error(png, "end of file");
    }
    memcpy(into, r->rest.p, n);
    r->rest = str_sub(r->rest, n, r->rest.n);
}

static void fail(png_structp png, const char *message)
{
    struct reader *r = png_get_error_ptr(png);
    r->why = str_copy(r->arena, str_from(message));
    longjmp(r->out, 1);
}

static void ignore(png_structp png, const char *message)
{
    (void)png;
    (void)message;
}

/* Nothing of libpng's is freed one by one: it all lies in one arena. */
static void open_reader(struct reader *r, str bytes, struct arena *a)
{
    *r = (struct reader){.rest = bytes, .arena = a};
    arena_init(&r->memory);
    r->png = png_create_read_struct_2(PNG_LIBPNG_VER_STRING, r, fail, ignore, &r->memory,
                                      allocate, keep);
    r->info = r->png ? png_create_info_struct(r->png) : NULL;
    if (!r->info) {
        oom_report(1);
    }
    png_set_read_fn(r->png, r, read_bytes);
    png_set_user_limits(r->png, IMAGE_MAX_SIDE, IMAGE_MAX_SIDE);
    png_set_chunk_malloc_max(r->png, CHUNK_MEMORY);
    png_set_chunk_cache_max(r->png, CHUNKS);
    png_set_crc_action(r->png, PNG_CRC_ERROR_QUIT, PNG_CRC_WARN_DISCARD);
}

static bool report(const struct reader *r, struct image_problem *problem)
{
    if (r->ended) {
        return image_refuse(problem, STR("ends before its picture does"),
                            "copy or save it again, the file is not whole");
    }
    return image_refuse(problem, str_format(r->arena, "is a damaged PNG (%.*s)",
                                            STR_ARG(r->why)), IMAGE_SAVE_AGAIN);
}

static void take_resolution(const struct reader *r, struct image *image)
{
    png_uint_32 x, y;
    int unit;
    if (png_get_pHYs(r->png, r->info, &x, &y, &unit) && unit == PNG_RESOLUTION_METER &&
        x < 4000000 && y < 4000000) {
        image->ppi_x = (int32_t)((uint64_t)x * INCH_PER_METRE / 10);
        image->ppi_y = (int32_t)((uint64_t)y * INCH_PER_METRE / 10);
    }
}

static void take_head(const struct reader *r, struct image *image)
{
    int type = png_get_color_type(r->png, r->info);
    bool colour_key = png_get_valid(r->png, r->info, PNG_INFO_tRNS) != 0;
    image->columns = png_get_image_width(r->png, r->info);
    image->rows = png_get_image_height(r->png, r->info);
    image->bits = png_get_bit_depth(r->png, r->info);
    image->interlaced = png_get_interlace_type(r->png, r->info) != PNG_INTERLACE_NONE;
    image->alpha = (type & PNG_COLOR_MASK_ALPHA) || colour_key;
    image->space = type == PNG_COLOR_TYPE_PALETTE       ? IMAGE_INDEXED
                   : (type & PNG_COLOR_MASK_COLOR) != 0 ? IMAGE_RGB
                                                        : IMAGE_GRAY;
    take_resolution(r, image);
}

/* Sizes of nothing and beyond libpng's limits are looked at first, so that they are told
 * in this program's words. */
static bool has_size(struct image *image)
{
    if (image->bytes.n < HEAD) {
        return false;
    }
    image->columns = image_be32(image->bytes.p + SIGNATURE + 8);
    image->rows = image_be32(image->bytes.p + SIGNATURE + 12);
    return image->columns && image->rows && image->columns <= IMAGE_MAX_SIDE &&
           image->rows <= IMAGE_MAX_SIDE;
}

bool image_png_head(struct image *image, struct arena *a, struct image_problem *problem)
{
    if (image->bytes.n >= HEAD && !has_size(image)) {
        return true; /* the caller refuses it */
    }
    struct reader r;
    open_reader(&r, image->bytes, a);
    bool read = false;
    if (setjmp(r.out) == 0) {
        png_read_info(r.png, r.info);
        take_head(&r, image);
        read = true;
    }
    arena_done(&r.memory);
    return read || report(&r, problem);
}

/* --- Samples --- */

/* A PDF's FlateDecode and predictors are PNG's own. */
static bool passes_through(const struct image *image)
{
    return !image->alpha && !image->interlaced && image->bits <= 8;
}

/* What the rows are when libpng gives them, the palette left as it is. */
static void set_transforms(struct reader *r, const struct image *image)
{
    if (image->bits == 16) {
        png_set_scale_16(r->png);
    }
    if (image->space == IMAGE_INDEXED) {
        png_set_packing(r->png);
    } else if (image->alpha || image->bits < 8) {
        if (image->space == IMAGE_GRAY) {
            png_set_expand_gray_1_2_4_to_8(r->png);
        }
        if (png_get_valid(r->png, r->info, PNG_INFO_tRNS)) {
            png_set_tRNS_to_alpha(r->png);
        }
    }
}

/* The compressed rows of all IDAT chunks, one behind the other. libpng has walked the
 * same chunks and found them whole. */
static str join_chunks(str bytes, struct arena *a)
{
    char *out = arena_alloc_raw(a, bytes.n);
    size_t n = 0;
    for (size_t at = SIGNATURE; at + 12 <= bytes.n;) {
        size_t length = image_be32(bytes.p + at);
        str type = str_sub(bytes, at + 4, at + 8);
        if (length > bytes.n - at - 12 || str_is(type, "IEND")) {
            break;
        }
        if (str_is(type, "IDAT")) {
            memcpy(out + n, bytes.p + at + 8, length);
            n += length;
        }
        at += length + 12;
    }
    return (str){out, n};
}

static str take_palette(const struct reader *r)
{
    png_colorp colors;
    int n = 0;
    png_get_PLTE(r->png, r->info, &colors, &n);
    char *out = arena_alloc_raw(r->arena, (size_t)n * 3);
    for (int i = 0; i < n; i++) {
        out[3 * i] = (char)colors[i].red;
        out[3 * i + 1] = (char)colors[i].green;
        out[3 * i + 2] = (char)colors[i].blue;
    }
    return (str){out, (size_t)n * 3};
}

/* Colours and alpha of the rows, each in a plane. */
struct planes {
    char *main, *alpha; /* alpha: NULL if there is none */
    size_t columns;
    int colors;
    const png_byte *opacity; /* INDEXED: of the first palette entries */
    int n_opacity;
    bool opaque;        /* so far */
};

static void split_row(struct planes *p, const png_byte *row)
{
    for (size_t x = 0; x < p->columns; x++) {
        for (int i = 0; i < p->colors; i++) {
            *p->main++ = (char)*row++;
        }
        if (p->alpha) {
            int index = (uint8_t)p->main[-1];
            png_byte value = !p->opacity             ? *row++
                             : index < p->n_opacity ? p->opacity[index] : 255;
            *p->alpha++ = (char)value;
            p->opaque = p->opaque && value == 255;
        }
    }
}

static void read_planes(struct reader *r, const struct image *image,
                        struct image_samples *out)
{
    struct planes p = {
        .columns = image->columns, .colors = image->space == IMAGE_RGB ? 3 : 1,
        .opaque = true,
    };
    size_t pixels = p.columns * image->rows;
    char *main = p.main = arena_alloc_raw(r->arena, pixels * (size_t)p.colors);
    char *alpha = p.alpha = image->alpha ? arena_alloc_raw(r->arena, pixels) : NULL;
    if (image->space == IMAGE_INDEXED && image->alpha) {
        png_bytep opacity = NULL;
        png_get_tRNS(r->png, r->info, &opacity, &p.n_opacity, NULL);
        p.opacity = opacity;
    }
    for (uint32_t y = 0; y < image->rows; y++) {
        if (!r->rows) {
            png_read_row(r->png, r->row, NULL);
        }
        split_row(&p, r->rows ? r->rows[y] : r->row);
    }
    size_t stride = p.columns * (size_t)p.colors;
    str rows = {main, stride * image->rows};
    bool raw = image->space == IMAGE_INDEXED || r->decoded;
    out->main = (struct image_plane){raw ? IMAGE_RAW : IMAGE_FILTERED, p.colors, 8, rows};
    if (!raw) {
        out->main.data = image_filter(rows, stride, (size_t)p.colors, r->arena);
    }
    if (alpha && !p.opaque) {
        rows = (str){alpha, pixels};
        out->alpha = (struct image_plane){
            IMAGE_FILTERED, 1, 8, image_filter(rows, p.columns, 1, r->arena)};
    }
}

/* Interlaced pictures are known only when all of their passes are. */
static void read_interlaced(struct reader *r, const struct image *image, size_t stride)
{
    r->rows = NEW_ARRAY(&r->memory, png_bytep, image->rows);
    for (uint32_t y = 0; y < image->rows; y++) {
        r->rows[y] = arena_alloc_raw(&r->memory, stride);
    }
    png_read_image(r->png, r->rows);
}

/* libpng has checked and unpacked it; one that it found faulty is not there. */
static void take_profile(const struct reader *r, struct image_samples *out)
{
    png_charp name;
    png_bytep profile;
    png_uint_32 n;
    int compression;
    if (png_get_iCCP(r->png, r->info, &name, &compression, &profile, &n)) {
        out->profile = str_copy(r->arena, (str){(const char *)profile, n});
    }
}

static void read_samples(struct reader *r, const struct image *image,
                         struct image_samples *out)
{
    png_read_info(r->png, r->info);
    bool through = passes_through(image) && !r->decoded;
    if (!through) {
        set_transforms(r, image);
    }
    if (image->space == IMAGE_INDEXED) {
        out->palette = take_palette(r);
        out->base = IMAGE_RGB;
    }
    if (image->interlaced) {
        png_set_interlace_handling(r->png);
    }
    png_read_update_info(r->png, r->info);
    size_t stride = png_get_rowbytes(r->png, r->info);
    r->row = arena_alloc_raw(&r->memory, stride);
    if (image->interlaced) {
        read_interlaced(r, image, stride);
    }
    if (!through) {
        read_planes(r, image, out);
    } else {
        for (uint32_t y = 0; y < image->rows; y++) {
            png_read_row(r->png, r->row, NULL);
        }
        out->main = (struct image_plane){
            IMAGE_DEFLATED, image->space == IMAGE_RGB ? 3 : 1, image->bits,
            join_chunks(image->bytes, r->arena),
        };
    }
    take_profile(r, out);
    png_read_end(r->png, NULL);
}

static bool read_picture(const struct image *image, bool decoded, struct arena *a,
                         struct image_samples *out, struct image_problem *problem)
{
    struct reader r;
    open_reader(&r, image->bytes, a);
    r.decoded = decoded;
    bool read = false;
    if (setjmp(r.out) == 0) {
        read_samples(&r, image, out);
        read = true;
    }
    arena_done(&r.memory);
    return read || report(&r, problem);
}

bool image_png_samples(const struct image *image, struct arena *a,
                       struct image_samples *out, struct image_problem *problem)
{
    return read_picture(image, false, a, out, problem);
}

bool image_png_pixels(const struct image *image, struct arena *a,
                      struct image_samples *out, struct image_problem *problem)
{
    return read_picture(image, true, a, out, problem);
}

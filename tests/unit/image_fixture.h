/* Small pictures, made in memory: PNG files by libpng, JPEG files marker by marker. Their
 * samples follow a rule, so that a test can say what each must be. */
#ifndef INFONOTE_TESTS_IMAGE_FIXTURE_H
#define INFONOTE_TESTS_IMAGE_FIXTURE_H

#include "assertions.h"

#include <png.h>
#include <stdlib.h>

#include "base/buf.h"
#include "image/image.h"

enum { PNG_LEVELS = 5, PNG_KEY_X = 1, PNG_KEY_Y = 1 };

struct png_spec {
    uint32_t columns, rows;
    int bits, type;      /* type: PNG_COLOR_TYPE_… */
    bool interlaced;
    bool key;            /* tRNS: a colour, or the first half of the palette */
    bool opaque;         /* alpha is 255 everywhere */
    uint32_t per_metre;  /* pixels; 0: not said */
};

static int png_channels(int type)
{
    return type == PNG_COLOR_TYPE_RGB          ? 3
           : type == PNG_COLOR_TYPE_RGB_ALPHA  ? 4
           : type == PNG_COLOR_TYPE_GRAY_ALPHA ? 2
                                               : 1;
}

/* What channel `c` of a pixel holds. */
static uint32_t png_sample(const struct png_spec *s, uint32_t x, uint32_t y, int c)
{
    bool alpha = (s->type & PNG_COLOR_MASK_ALPHA) && c == png_channels(s->type) - 1;
    uint32_t most = (1u << s->bits) - 1;
    uint32_t mixed = (x * 37 + y * 59 + (uint32_t)c * 101 + x * y) * 2654435761u >> 8;
    return alpha && s->opaque ? most : mixed & most;
}

static void png_put(png_structp png, png_bytep bytes, size_t n)
{
    buf_put(png_get_io_ptr(png), (str){(const char *)bytes, n});
}

static void png_no_flush(png_structp png)
{
    (void)png;
}

static void png_fill_row(const struct png_spec *s, uint32_t y, uint8_t *row)
{
    size_t at = 0;
    for (uint32_t x = 0; x < s->columns; x++) {
        for (int c = 0; c < png_channels(s->type); c++, at += (size_t)s->bits) {
            uint32_t v = png_sample(s, x, y, c);
            for (int bit = 0; bit < s->bits; bit++) {
                size_t to = at + (size_t)bit;
                uint32_t on = v >> (s->bits - 1 - bit) & 1;
                row[to / 8] = (uint8_t)(row[to / 8] | on << (7 - to % 8));
            }
        }
    }
}

static void png_set_extras(const struct png_spec *s, png_structp png, png_infop info)
{
    png_color palette[256] = {{0, 0, 0}};
    png_byte half[128];
    int colors = 1 << (s->bits > 8 ? 8 : s->bits);
    for (int i = 0; i < colors; i++) {
        palette[i] = (png_color){.red = (png_byte)(i * 7), .green = (png_byte)(i * 3),
                                 .blue = (png_byte)(255 - i)};
        half[i / 2] = (png_byte)(i / 2 * 5);
    }
    if (s->type == PNG_COLOR_TYPE_PALETTE) {
        png_set_PLTE(png, info, palette, colors);
    }
    png_color_16 key = {
        .red = (uint16_t)png_sample(s, PNG_KEY_X, PNG_KEY_Y, 0),
        .green = (uint16_t)png_sample(s, PNG_KEY_X, PNG_KEY_Y, 1),
        .blue = (uint16_t)png_sample(s, PNG_KEY_X, PNG_KEY_Y, 2),
        .gray = (uint16_t)png_sample(s, PNG_KEY_X, PNG_KEY_Y, 0),
    };
    if (s->key) {
        png_set_tRNS(png, info, half, colors / 2, &key);
    }
    if (s->per_metre) {
        png_set_pHYs(png, info, s->per_metre, s->per_metre, PNG_RESOLUTION_METER);
    }
}

static str make_png(const struct png_spec *s, struct arena *a)
{
    struct buf out;
    buf_init(&out, a);
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    png_set_write_fn(png, &out, png_put, png_no_flush);
    png_set_IHDR(png, info, s->columns, s->rows, s->bits, s->type,
                 s->interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE, 0, 0);
    png_set_extras(s, png, info);
    png_write_info(png, info);
    png_bytepp rows = NEW_ARRAY(a, png_bytep, s->rows);
    for (uint32_t y = 0; y < s->rows; y++) {
        rows[y] = arena_alloc(a, (size_t)s->columns * 8);
        png_fill_row(s, y, rows[y]);
    }
    png_write_image(png, rows);
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    return str_copy(a, buf_str(&out));
}

/* --- JPEG --- */

struct jpeg_spec {
    int frame;            /* the second byte of the frame's marker */
    int bits, components;
    uint32_t columns, rows;
    const char *names;    /* of the components; NULL: 1, 2, 3 */
    int jfif_unit;        /* -1: no JFIF segment */
    uint32_t density;
    int adobe;            /* the transform; -1: no segment of Adobe's */
    str exif;             /* a TIFF structure */
    bool no_end;
};

#define JPEG_PLAIN \
    {.frame = 0xC0, .bits = 8, .components = 3, .columns = 40, .rows = 30, \
     .jfif_unit = -1, .adobe = -1}

static void put16(struct buf *b, uint32_t v)
{
    buf_char(b, (char)(v >> 8));
    buf_char(b, (char)v);
}

static void put_segment(struct buf *b, int marker, str data)
{
    buf_char(b, (char)0xFF);
    buf_char(b, (char)marker);
    put16(b, (uint32_t)data.n + 2);
    buf_put(b, data);
}

static void put_frame(struct buf *b, const struct jpeg_spec *s, struct arena *a)
{
    struct buf f;
    buf_init(&f, a);
    buf_char(&f, (char)s->bits);
    put16(&f, s->rows);
    put16(&f, s->columns);
    buf_char(&f, (char)s->components);
    for (int i = 0; i < s->components; i++) {
        buf_char(&f, s->names ? s->names[i] : (char)(i + 1));
        buf_put(&f, (str){"\x11\0", 2});
    }
    put_segment(b, s->frame, buf_str(&f));
}

/* Nobody decodes it: what would be the scan is any bytes, a stuffed FF among them. */
static str make_jpeg(const struct jpeg_spec *s, struct arena *a)
{
    struct buf b, data;
    buf_init(&b, a);
    buf_init(&data, a);
    buf_put(&b, (str){"\xFF\xD8", 2});
    if (s->jfif_unit >= 0) {
        buf_put(&data, (str){"JFIF\0\1\1", 7});
        buf_char(&data, (char)s->jfif_unit);
        put16(&data, s->density);
        put16(&data, s->density);
        buf_put(&data, (str){"\0\0", 2});
        put_segment(&b, 0xE0, buf_str(&data));
    }
    if (s->exif.n) {
        buf_clear(&data);
        buf_put(&data, (str){"Exif\0\0", 6});
        buf_put(&data, s->exif);
        put_segment(&b, 0xE1, buf_str(&data));
    }
    if (s->adobe >= 0) {
        buf_clear(&data);
        buf_put(&data, (str){"Adobe\0\x64\0\0\0\0", 11});
        buf_char(&data, (char)s->adobe);
        put_segment(&b, 0xEE, buf_str(&data));
    }
    put_segment(&b, 0xFE, STR("A secret comment"));
    put_segment(&b, 0xDB, STR("tables"));
    put_frame(&b, s, a);
    put_segment(&b, 0xDA, STR("scan"));
    buf_put(&b, (str){"data\xFF\0data\xFF\xD0more", 16});
    if (!s->no_end) {
        buf_put(&b, (str){"\xFF\xD9", 2});
    }
    return str_copy(a, buf_str(&b));
}

/* A big-endian TIFF structure with an orientation and, if not 0, a resolution. */
static str make_exif(int turn, uint32_t ppi, struct arena *a)
{
    struct buf b;
    buf_init(&b, a);
    buf_put(&b, (str){"MM\0*\0\0\0\x08", 8});
    put16(&b, ppi ? 4 : 1);
    buf_put(&b, (str){"\x01\x12\0\3\0\0\0\1", 8});
    put16(&b, (uint32_t)turn);
    put16(&b, 0);
    for (int axis = 0; ppi && axis < 2; axis++) {
        buf_put(&b, (str){axis ? "\x01\x1B\0\5\0\0\0\1" : "\x01\x1A\0\5\0\0\0\1", 8});
        put16(&b, 0);
        put16(&b, 8 + 2 + 4 * 12 + 4);
    }
    if (ppi) {
        buf_put(&b, (str){"\x01\x28\0\3\0\0\0\1\0\2\0\0", 12});
    }
    buf_put(&b, (str){"\0\0\0\0", 4});
    put16(&b, ppi * 2 >> 16);
    put16(&b, ppi * 2 & 0xFFFF);
    buf_put(&b, (str){"\0\0\0\2", 4});
    return str_copy(a, buf_str(&b));
}

#endif

/* SPDX-License-Identifier: MIT
 *
 * Every kind of PNG there is, read back sample by sample; files that are not whole. */
#include "image_fixture.h"

#include <libdeflate.h>

static const struct { int type, bits[6]; } KINDS[] = {
    {PNG_COLOR_TYPE_GRAY, {1, 2, 4, 8, 16}},
    {PNG_COLOR_TYPE_RGB, {8, 16}},
    {PNG_COLOR_TYPE_PALETTE, {1, 2, 4, 8}},
    {PNG_COLOR_TYPE_GRAY_ALPHA, {8, 16}},
    {PNG_COLOR_TYPE_RGB_ALPHA, {8, 16}},
};

enum { N_KINDS = sizeof KINDS / sizeof *KINDS };

static str inflate(str data, size_t n, struct arena *a)
{
    char *out = arena_alloc_raw(a, n);
    struct libdeflate_decompressor *d = libdeflate_alloc_decompressor();
    size_t made;
    enum libdeflate_result result =
        libdeflate_zlib_decompress(d, data.p, data.n, out, n, &made);
    libdeflate_free_decompressor(d);
    assert_int_equal(result, LIBDEFLATE_SUCCESS);
    assert_int_equal(made, n);
    return (str){out, n};
}

static int paeth(int a, int b, int c)
{
    int p = a + b - c, pa = abs(p - a), pb = abs(p - b), pc = abs(p - c);
    return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
}

/* PNG's filters undone, as a reader of the PDF does it. */
static const uint8_t *unfilter(str data, size_t stride, size_t step, struct arena *a)
{
    size_t rows = data.n / (stride + 1);
    assert_int_equal(data.n, rows * (stride + 1));
    uint8_t *out = arena_alloc(a, rows * stride);
    for (size_t y = 0; y < rows; y++) {
        const uint8_t *in = (const uint8_t *)data.p + y * (stride + 1);
        uint8_t *at = out + y * stride;
        for (size_t i = 0; i < stride; i++) {
            int left = i >= step ? at[i - step] : 0, up = y ? (at - stride)[i] : 0;
            int corner = y && i >= step ? (at - stride)[i - step] : 0;
            int guess[] = {0, left, up, (left + up) / 2, paeth(left, up, corner)};
            assert_in_range(in[0], 0, 4);
            at[i] = (uint8_t)(in[1 + i] + guess[in[0]]);
        }
    }
    return out;
}

static const uint8_t *rows_of(const struct image_plane *p, uint32_t columns,
                              uint32_t rows, struct arena *a)
{
    size_t bits = (size_t)p->colors * (size_t)p->bits;
    size_t stride = (columns * bits + 7) / 8, step = bits < 8 ? 1 : bits / 8;
    if (p->coding == IMAGE_RAW) {
        assert_int_equal(p->data.n, stride * rows);
        return (const uint8_t *)p->data.p;
    }
    str data = p->coding == IMAGE_DEFLATED ? inflate(p->data, (stride + 1) * rows, a)
                                           : p->data;
    assert_int_equal(data.n, (stride + 1) * rows);
    return unfilter(data, stride, step, a);
}

static uint32_t sample_at(const struct image_plane *p, const uint8_t *rows,
                          uint32_t columns, const uint32_t at[3])
{
    size_t bits = (size_t)p->bits, stride = (columns * (size_t)p->colors * bits + 7) / 8;
    size_t bit = (at[0] * (size_t)p->colors + at[2]) * bits;
    uint32_t value = rows[at[1] * stride + bit / 8];
    return value >> (8 - bits - bit % 8) & ((1u << bits) - 1);
}

static uint32_t as_byte(uint32_t v, int bits)
{
    return bits == 16 ? (v * 255 + 32895) >> 16 : v * 255 / ((1u << bits) - 1);
}

/* What the sample must be where the reader made it `bits` deep. */
static uint32_t expected(const struct png_spec *s, const uint32_t at[3], int bits)
{
    uint32_t v = png_sample(s, at[0], at[1], (int)at[2]);
    return s->type == PNG_COLOR_TYPE_PALETTE || bits == s->bits ? v : as_byte(v, s->bits);
}

static bool is_key(const struct png_spec *s, const uint32_t at[3])
{
    for (int c = 0; c < png_channels(s->type); c++) {
        if (png_sample(s, at[0], at[1], c) != png_sample(s, PNG_KEY_X, PNG_KEY_Y, c)) {
            return false;
        }
    }
    return true;
}

static uint32_t expected_alpha(const struct png_spec *s, const uint32_t at[3])
{
    if (s->type == PNG_COLOR_TYPE_PALETTE) {
        uint32_t index = png_sample(s, at[0], at[1], 0);
        return index < (1u << s->bits) / 2 ? index * 5 & 255 : 255;
    }
    if (s->key) {
        return is_key(s, at) ? 0 : 255;
    }
    int last = png_channels(s->type) - 1;
    return as_byte(png_sample(s, at[0], at[1], last), s->bits);
}

static void check_png(const struct png_spec *s)
{
    struct arena a;
    struct image image;
    struct image_problem problem;
    struct image_samples samples;
    arena_init(&a);
    bool alpha = (s->type & PNG_COLOR_MASK_ALPHA) || s->key;
    assert_true(image_read_head(make_png(s, &a), STR("a.png"), &a, &image, &problem));
    assert_int_equal(image_width(&image), s->columns);
    assert_int_equal(image_height(&image), s->rows);
    assert_int_equal(image.bits, s->bits);
    assert_int_equal(image.alpha, alpha);
    assert_true(image_samples(&image, &a, &samples, &problem));
    const uint8_t *main = rows_of(&samples.main, s->columns, s->rows, &a);
    const uint8_t *mask = samples.alpha.data.n
        ? rows_of(&samples.alpha, s->columns, s->rows, &a) : NULL;
    assert_int_equal(mask != NULL, alpha && !s->opaque);
    for (uint32_t y = 0; y < s->rows; y++) {
        for (uint32_t x = 0; x < s->columns; x++) {
            for (uint32_t c = 0; c < (uint32_t)samples.main.colors; c++) {
                const uint32_t at[] = {x, y, c};
                assert_int_equal(sample_at(&samples.main, main, s->columns, at),
                                 expected(s, at, samples.main.bits));
            }
            const uint32_t at[] = {x, y, 0};
            if (mask) {
                assert_int_equal(sample_at(&samples.alpha, mask, s->columns, at),
                                 expected_alpha(s, at));
            }
        }
    }
    arena_done(&a);
}

static void test_every_kind_comes_back(void **state)
{
    (void)state;
    for (size_t k = 0; k < N_KINDS; k++) {
        for (const int *bits = KINDS[k].bits; *bits; bits++) {
            for (int variant = 0; variant < 4; variant++) {
                struct png_spec s = {
                    .columns = 13, .rows = 9, .bits = *bits, .type = KINDS[k].type,
                    .interlaced = variant & 1, .key = variant & 2,
                };
                if (s.key && (s.type & PNG_COLOR_MASK_ALPHA)) {
                    continue;
                }
                check_png(&s);
            }
        }
    }
}

static void test_one_pixel_and_one_row(void **state)
{
    (void)state;
    for (int interlaced = 0; interlaced < 2; interlaced++) {
        check_png(&(struct png_spec){1, 1, 8, PNG_COLOR_TYPE_RGB_ALPHA, interlaced,
                                     false, false, 0});
        check_png(&(struct png_spec){300, 1, 1, PNG_COLOR_TYPE_GRAY, interlaced, false,
                                     false, 0});
        check_png(&(struct png_spec){1, 300, 2, PNG_COLOR_TYPE_PALETTE, interlaced, false,
                                     false, 0});
    }
}

static void test_alpha_that_hides_nothing_is_dropped(void **state)
{
    (void)state;
    check_png(&(struct png_spec){20, 20, 8, PNG_COLOR_TYPE_RGB_ALPHA, false, false, true,
                                 0});
    check_png(&(struct png_spec){20, 20, 16, PNG_COLOR_TYPE_GRAY_ALPHA, true, false, true,
                                 0});
}

static void test_resolution(void **state)
{
    (void)state;
    static const struct { uint32_t per_metre; int32_t ppi; } CASES[] = {
        {0, 0}, {11811, 299999}, {2835, 72009}, {1, 0}, {3999999, 0},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct arena a;
        struct image image;
        struct image_problem problem;
        arena_init(&a);
        struct png_spec s = {4, 4, 8, PNG_COLOR_TYPE_GRAY, false, false, false,
                             CASES[i].per_metre};
        assert_true(image_read_head(make_png(&s, &a), STR("a.png"), &a, &image,
                                    &problem));
        assert_int_equal(image_ppi_x(&image), CASES[i].ppi);
        assert_int_equal(image_ppi_y(&image), CASES[i].ppi);
        arena_done(&a);
    }
}

/* Wherever a file is cut, it is refused, by its head or by its samples. */
static void test_cut_files_are_refused(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    struct png_spec s = {30, 20, 8, PNG_COLOR_TYPE_RGB_ALPHA, false, false, false, 0};
    str whole = make_png(&s, &a);
    for (size_t n = 8; n < whole.n; n++) {
        struct image image;
        struct image_problem problem = {0};
        struct image_samples samples;
        str cut = str_copy(&a, str_sub(whole, 0, n));
        bool ok = image_read_head(cut, STR("a.png"), &a, &image, &problem) &&
                  image_samples(&image, &a, &samples, &problem);
        assert_false(ok);
        assert_str(problem.what, "ends before its picture does");
    }
    arena_done(&a);
}

/* No changed byte may do harm; one in the picture's data is found. */
static void test_damaged_files(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    struct png_spec s = {30, 20, 4, PNG_COLOR_TYPE_PALETTE, true, true, false, 0};
    str whole = make_png(&s, &a);
    size_t data;
    assert_true(str_find(whole, STR("IDAT"), &data));
    struct arena_mark mark = arena_mark(&a);
    for (size_t i = 0; i < whole.n; i++) {
        struct image image;
        struct image_problem problem = {0};
        struct image_samples samples;
        char *bytes = arena_copy(&a, whole.p, whole.n);
        bytes[i] = (char)(bytes[i] ^ 0x55);
        bool ok = image_read_head((str){bytes, whole.n}, STR("a.png"), &a, &image,
                                  &problem) &&
                  image_samples(&image, &a, &samples, &problem);
        if (i < 33 || i == data + 10) {
            assert_false(ok);
        }
        assert_true(ok || problem.what.n > 0);
        arena_rewind(&a, mark);
    }
    arena_done(&a);
}

static void test_sizes(void **state)
{
    (void)state;
    static const struct { const char *columns, *rows, *what; } CASES[] = {
        {"\0\0\0\0", "\0\0\0\4", "has no area: 0 by 4 pixels"},
        {"\0\0\0\4", "\0\0\0\0", "has no area: 4 by 0 pixels"},
        {"\0\x0F\x42\x40", "\0\x0F\x42\x40", "is too large: 1000000 by 1000000 pixels"},
        {"\xFF\xFF\xFF\xFF", "\0\0\0\1", "is too large: 4294967295 by 1 pixels"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct arena a;
        struct image image;
        struct image_problem problem;
        arena_init(&a);
        struct png_spec s = {4, 4, 8, PNG_COLOR_TYPE_GRAY, false, false, false, 0};
        str made = make_png(&s, &a);
        char *bytes = arena_copy(&a, made.p, made.n);
        memcpy(bytes + 16, CASES[i].columns, 4);
        memcpy(bytes + 20, CASES[i].rows, 4);
        assert_false(image_read_head((str){bytes, made.n}, STR("a.png"), &a, &image,
                                     &problem));
        assert_str(problem.what, CASES[i].what);
        arena_done(&a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_kind_comes_back),
        cmocka_unit_test(test_one_pixel_and_one_row),
        cmocka_unit_test(test_alpha_that_hides_nothing_is_dropped),
        cmocka_unit_test(test_resolution),
        cmocka_unit_test(test_cut_files_are_refused),
        cmocka_unit_test(test_damaged_files),
        cmocka_unit_test(test_sizes),
    };
    return cmocka_run_group_tests_name("image/png", tests, NULL, NULL);
}

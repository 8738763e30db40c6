/* SPDX-License-Identifier: MIT
 *
 * JPEG files in CMYK, made by libjpeg: what colours come out, and files that are not
 * whole. Flat colours, so that JPEG keeps them. */
#include "assertions.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

#include "image/formats.h"

enum { COLUMNS = 8, ROWS = 8 };

struct ink {
    uint8_t cmyk[4]; /* 255: all of it */
    uint8_t rgb[3];
};

static str make(const struct ink *ink, J_COLOR_SPACE space, struct arena *a)
{
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr errors;
    unsigned char *bytes = NULL;
    unsigned long n = 0;
    uint8_t row[COLUMNS * 4];
    JSAMPROW rows[] = {row};
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    jpeg_mem_dest(&jpeg, &bytes, &n);
    jpeg.image_width = COLUMNS;
    jpeg.image_height = ROWS;
    jpeg.input_components = 4;
    jpeg.in_color_space = JCS_CMYK;
    jpeg_set_defaults(&jpeg);
    jpeg_set_colorspace(&jpeg, space);
    jpeg_set_quality(&jpeg, 100, TRUE);
    for (int i = 0; i < COLUMNS * 4; i++) {
        row[i] = (uint8_t)(255 - ink->cmyk[i % 4]); /* as Adobe has it */
    }
    jpeg.write_Adobe_marker = TRUE;
    jpeg_start_compress(&jpeg, TRUE);
    for (int y = 0; y < ROWS; y++) {
        jpeg_write_scanlines(&jpeg, rows, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    str copy = str_copy(a, (str){(const char *)bytes, n});
    free(bytes);
    return copy;
}

static bool convert(str bytes, struct arena *a, struct image_samples *samples)
{
    struct image image;
    struct image_problem problem = {0};
    assert_true(image_read_head(bytes, STR("a.jpg"), a, &image, &problem));
    assert_int_equal(image.space, IMAGE_CMYK);
    return image_cmyk_to_rgb(&image, a, samples, &problem);
}

/* Measured colours of FOGRA39, as sRGB has them. */
static const struct ink INKS[] = {
    {{0, 0, 0, 0}, {255, 255, 255}},   {{255, 0, 0, 0}, {0, 160, 228}},
    {{0, 255, 0, 0}, {230, 12, 128}},  {{0, 0, 255, 0}, {255, 238, 0}},
    {{0, 0, 0, 255}, {43, 43, 42}},    {{255, 255, 0, 0}, {58, 50, 134}},
    {{0, 255, 255, 0}, {228, 31, 37}}, {{255, 0, 255, 0}, {0, 152, 71}},
    {{0, 0, 0, 128}, {164, 164, 163}},
};

static void test_colours(void **state)
{
    (void)state;
    for (size_t i = 0; i < 2 * sizeof INKS / sizeof *INKS; i++) {
        const struct ink *ink = &INKS[i / 2];
        struct arena a;
        struct image_samples s;
        arena_init(&a);
        assert_true(convert(make(ink, i % 2 ? JCS_YCCK : JCS_CMYK, &a), &a, &s));
        assert_int_equal(s.space, IMAGE_RGB);
        assert_int_equal(s.main.coding, IMAGE_FILTERED);
        assert_int_equal(s.main.colors, 3);
        assert_int_equal(s.main.data.n, ROWS * (COLUMNS * 3 + 1));
        for (int c = 0; c < 3; c++) { /* the first pixel is itself behind any filter */
            /* YCCK loses a step of ink, which is many of dark light */
            assert_true(abs((uint8_t)s.main.data.p[1 + c] - ink->rgb[c]) <= 16);
        }
        arena_done(&a);
    }
}

static void test_what_is_not_whole(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    str whole = make(&INKS[5], JCS_YCCK, &a);
    struct image_samples s;
    for (size_t n = whole.n / 2; n < whole.n - 2; n += 3) {
        struct image image;
        struct image_problem problem;
        if (image_read_head(str_sub(whole, 0, n), STR("a.jpg"), &a, &image, &problem)) {
            assert_false(image_cmyk_to_rgb(&image, &a, &s, &problem));
            assert_str(problem.what, "is a damaged JPEG");
        }
    }
    arena_done(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_colours),
        cmocka_unit_test(test_what_is_not_whole),
    };
    return cmocka_run_group_tests_name("image/cmyk", tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT
 *
 * JPEG files by their markers: colours, orientation, resolution, what is refused, what is
 * left out, and files that are cut anywhere. */
#include "image_fixture.h"

static bool read_it(const struct jpeg_spec *s, struct arena *a, struct image *image,
                    struct image_problem *problem)
{
    return image_read_head(make_jpeg(s, a), STR("a.jpg"), a, image, problem);
}

static void test_colours(void **state)
{
    (void)state;
    static const struct {
        int components, jfif_unit, adobe;
        const char *names;
        enum image_space space;
        int transform;
        bool inverted;
    } CASES[] = {
        {1, 1, -1, NULL, IMAGE_GRAY, 0, false},
        {3, 1, -1, NULL, IMAGE_RGB, 1, false},
        {3, -1, -1, NULL, IMAGE_RGB, 1, false},
        {3, -1, -1, "RGB", IMAGE_RGB, 0, false},
        {3, 1, -1, "RGB", IMAGE_RGB, 1, false},
        {3, -1, 0, NULL, IMAGE_RGB, 0, false},
        {3, -1, 1, "RGB", IMAGE_RGB, 1, false},
        {4, -1, -1, NULL, IMAGE_CMYK, 0, false},
        {4, -1, 0, NULL, IMAGE_CMYK, 0, true},
        {4, -1, 2, NULL, IMAGE_CMYK, 1, true},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct arena a;
        struct image image;
        struct image_problem problem;
        struct jpeg_spec s = JPEG_PLAIN;
        s.components = CASES[i].components;
        s.jfif_unit = CASES[i].jfif_unit;
        s.adobe = CASES[i].adobe;
        s.names = CASES[i].names;
        arena_init(&a);
        assert_true(read_it(&s, &a, &image, &problem));
        assert_int_equal(image.space, CASES[i].space);
        assert_int_equal(image.transform, CASES[i].transform);
        assert_int_equal(image.inverted, CASES[i].inverted);
        arena_done(&a);
    }
}

static void test_orientation(void **state)
{
    (void)state;
    for (int turn = 0; turn <= 9; turn++) {
        struct arena a;
        struct image image;
        struct image_problem problem;
        struct jpeg_spec s = JPEG_PLAIN;
        arena_init(&a);
        s.exif = make_exif(turn, 0, &a);
        assert_true(read_it(&s, &a, &image, &problem));
        bool known = turn >= 1 && turn <= 8;
        assert_int_equal(image.turn, known ? turn : 1);
        assert_int_equal(image_width(&image), known && turn >= 5 ? 30 : 40);
        assert_int_equal(image_height(&image), known && turn >= 5 ? 40 : 30);
        arena_done(&a);
    }
}

static void test_resolution(void **state)
{
    (void)state;
    static const struct { int unit; uint32_t density, exif; int32_t ppi; } CASES[] = {
        {-1, 0, 0, 0},     {1, 300, 0, 300000},  {2, 118, 0, 299720}, {0, 1, 0, 0},
        {0, 1, 240, 240000}, {-1, 0, 72, 72000}, {1, 96, 240, 96000}, {1, 0, 0, 0},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct arena a;
        struct image image;
        struct image_problem problem;
        struct jpeg_spec s = JPEG_PLAIN;
        arena_init(&a);
        s.jfif_unit = CASES[i].unit;
        s.density = CASES[i].density;
        s.exif = CASES[i].exif ? make_exif(1, CASES[i].exif, &a) : STR_NONE;
        assert_true(read_it(&s, &a, &image, &problem));
        assert_int_equal(image.ppi_x, CASES[i].ppi);
        assert_int_equal(image.ppi_y, CASES[i].ppi);
        arena_done(&a);
    }
}

static void test_resolution_per_centimetre(void **state)
{
    (void)state;
    enum { UNIT_AT = 8 + 2 + 3 * 12 + 9 }; /* the low byte of the fourth entry's value */
    struct arena a;
    struct image image;
    struct image_problem problem;
    struct jpeg_spec s = JPEG_PLAIN;
    arena_init(&a);
    str exif = make_exif(1, 100, &a);
    char *bytes = arena_copy(&a, exif.p, exif.n);
    assert_int_equal(bytes[UNIT_AT], 2);
    bytes[UNIT_AT] = 3;
    s.exif = (str){bytes, exif.n};
    assert_true(read_it(&s, &a, &image, &problem));
    assert_int_equal(image.ppi_x, 254000);
    assert_int_equal(image.ppi_y, 254000);
    arena_done(&a);
}

/* Whatever EXIF says, nothing outside its segment is read: the sanitizers watch. */
static void test_broken_exif_is_passed_over(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    str good = make_exif(6, 300, &a);
    struct arena_mark mark = arena_mark(&a);
    for (size_t i = 0; i < good.n; i++) {
        for (int change = 0; change < 3; change++) {
            struct image image;
            struct image_problem problem;
            struct jpeg_spec s = JPEG_PLAIN;
            char *bytes = arena_copy(&a, good.p, good.n);
            bytes[i] = (char)(change == 0 ? 0xFF : change == 1 ? 0 : bytes[i] ^ 0x80);
            s.exif = change < 2 ? (str){bytes, good.n} : (str){bytes, i + 1};
            assert_true(read_it(&s, &a, &image, &problem));
            assert_in_range(image.turn, 1, 8);
            arena_rewind(&a, mark);
        }
    }
    arena_done(&a);
}

static void test_what_a_pdf_cannot_hold(void **state)
{
    (void)state;
    static const struct { int frame, bits, components; const char *what; } CASES[] = {
        {0xC3, 8, 3, "is a lossless JPEG"},
        {0xC9, 8, 3, "is an arithmetic-coded JPEG"},
        {0xCA, 8, 3, "is an arithmetic-coded JPEG"},
        {0xC5, 8, 3, "is a hierarchical JPEG"},
        {0xCF, 8, 3, "is a hierarchical JPEG"},
        {0xC1, 12, 3, "has 12 bits a sample"},
        {0xC0, 8, 2, "has 2 colours"},
        {0xC0, 8, 5, "has 5 colours"},
        {0xC0, 8, 0, "has 0 colours"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct arena a;
        struct image image;
        struct image_problem problem;
        struct jpeg_spec s = JPEG_PLAIN;
        s.frame = CASES[i].frame;
        s.bits = CASES[i].bits;
        s.components = CASES[i].components;
        arena_init(&a);
        assert_false(read_it(&s, &a, &image, &problem));
        assert_str(problem.what, CASES[i].what);
        assert_true(problem.hint.n > 0);
        arena_done(&a);
    }
}

static void test_all_usual_frames(void **state)
{
    (void)state;
    for (int frame = 0xC0; frame <= 0xC2; frame++) {
        struct arena a;
        struct image image;
        struct image_problem problem;
        struct jpeg_spec s = JPEG_PLAIN;
        s.frame = frame;
        arena_init(&a);
        assert_true(read_it(&s, &a, &image, &problem));
        arena_done(&a);
    }
}

static void test_sizes(void **state)
{
    (void)state;
    static const struct { uint32_t columns, rows; const char *what; } CASES[] = {
        {0, 30, "has no area: 0 by 30 pixels"},
        {40, 0, "has no area: 40 by 0 pixels"},
        {65535, 2, "is too large: 65535 by 2 pixels"},
        {20000, 20000, "is too large: 20000 by 20000 pixels"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct arena a;
        struct image image;
        struct image_problem problem;
        struct jpeg_spec s = JPEG_PLAIN;
        s.columns = CASES[i].columns;
        s.rows = CASES[i].rows;
        arena_init(&a);
        assert_false(read_it(&s, &a, &image, &problem));
        assert_str(problem.what, CASES[i].what);
        arena_done(&a);
    }
}

static void test_data_without_what_nobody_needs(void **state)
{
    (void)state;
    struct arena a;
    struct image image;
    struct image_problem problem;
    struct image_samples samples;
    struct jpeg_spec s = JPEG_PLAIN;
    size_t at;
    arena_init(&a);
    s.jfif_unit = 1;
    s.adobe = 1;
    s.exif = make_exif(6, 300, &a);
    str made = make_jpeg(&s, &a);
    struct buf longer;
    buf_init(&longer, &a);
    buf_put(&longer, made);
    buf_puts(&longer, "what a camera put behind it");
    assert_true(image_read_head(buf_str(&longer), STR("a.JPG"), &a, &image, &problem));
    assert_true(image_samples(&image, &a, &samples, &problem));
    str data = samples.main.data;
    assert_int_equal(samples.main.coding, IMAGE_DCT);
    assert_int_equal(samples.main.colors, 3);
    assert_true(str_starts(data, STR("\xFF\xD8\xFF\xEE")));
    assert_true(str_ends(data, STR("more\xFF\xD9")));
    assert_false(str_find(data, STR("secret"), &at));
    assert_false(str_find(data, STR("Exif"), &at));
    assert_true(str_find(data, STR("tables"), &at));
    arena_done(&a);
}

static void test_cut_files_are_refused(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    struct jpeg_spec s = JPEG_PLAIN;
    s.jfif_unit = 1;
    str whole = make_jpeg(&s, &a);
    for (size_t n = 2; n < whole.n; n++) {
        struct image image;
        struct image_problem problem = {0};
        struct image_samples samples;
        str cut = str_copy(&a, str_sub(whole, 0, n));
        bool ok = image_read_head(cut, STR("a.jpg"), &a, &image, &problem) &&
                  image_samples(&image, &a, &samples, &problem);
        assert_false(ok);
        assert_str(problem.what, "ends before its picture does");
    }
    arena_done(&a);
}

static void test_many_segments(void **state)
{
    (void)state;
    struct arena a;
    struct image image;
    struct image_problem problem;
    struct buf b;
    arena_init(&a);
    buf_init(&b, &a);
    char *big = arena_alloc(&a, 65533);
    buf_put(&b, (str){"\xFF\xD8", 2});
    for (int i = 0; i < 100; i++) {
        put_segment(&b, 0xE2, (str){big, 65533});
    }
    struct jpeg_spec s = JPEG_PLAIN;
    str rest = make_jpeg(&s, &a);
    buf_put(&b, str_sub(rest, 2, rest.n));
    assert_true(image_read_head(buf_str(&b), STR("a.jpeg"), &a, &image, &problem));
    assert_int_equal(image_width(&image), 40);
    arena_done(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_colours),
        cmocka_unit_test(test_orientation),
        cmocka_unit_test(test_resolution),
        cmocka_unit_test(test_resolution_per_centimetre),
        cmocka_unit_test(test_broken_exif_is_passed_over),
        cmocka_unit_test(test_what_a_pdf_cannot_hold),
        cmocka_unit_test(test_all_usual_frames),
        cmocka_unit_test(test_sizes),
        cmocka_unit_test(test_data_without_what_nobody_needs),
        cmocka_unit_test(test_cut_files_are_refused),
        cmocka_unit_test(test_many_segments),
    };
    return cmocka_run_group_tests_name("image/jpeg", tests, NULL, NULL);
}

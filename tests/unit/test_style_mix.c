/* SPDX-License-Identifier: MIT
 *
 * Colours that say what presses print: what screens show of them, where they stand in the
 * palette, and what is wrong with them. */
#include "assertions.h"
#include "style_case.h"

static const struct style *titled(struct layout *l)
{
    return style_compute(l, style_root(l), STR("title"));
}

static void test_both_forms(void **state)
{
    struct style_case c;
    (void)state;
    case_open(&c);
    struct layout *l = case_good(&c,
        "extends: base\n"
        "colors: {accent: {cmyk: [100, 60%, 0, 10], rgb: \"#1f4e79\"}}\n"
        "styles: {title: {color: accent}}\n");
    struct color color = titled(l)->color;
    assert_int_equal(color.space, COLOR_RGB);
    assert_int_equal(color.part[0], 122);
    const struct color_plates *plates = color_plates_of(&l->palette, color);
    assert_non_null(plates);
    assert_str(plates->name, "accent");
    assert_memory_equal(plates->ink, ((uint16_t[]){1000, 600, 0, 100}), 8);
    assert_int_equal(plates->spot.n, 0);
    assert_null(color_plates_of(&l->palette, style_root(l)->color));
    case_close(&c);
}

static void test_screens_show_inks(void **state)
{
    struct style_case c;
    (void)state;
    case_open(&c);
    struct layout *l = case_good(&c,
        "extends: base\n"
        "colors: {accent: {cmyk: \"cmyk(100, 60, 0, 10)\"}, quiet: {gray: 35%}}\n"
        "styles: {title: {color: accent}, subtitle: {color: quiet}}\n");
    struct color color = titled(l)->color;
    assert_int_equal(color.space, COLOR_CMYK);
    assert_memory_equal(color.part, ((uint16_t[]){1000, 600, 0, 100}), 8);
    const struct style *quiet = style_compute(l, style_root(l), STR("subtitle"));
    assert_int_equal(quiet->color.space, COLOR_GRAY);
    assert_int_equal(quiet->color.part[0], 350);
    assert_int_equal(color_plates_of(&l->palette, quiet->color)->ink[3], 650);
    case_close(&c);
}

static void test_tints_of_a_spot(void **state)
{
    struct style_case c;
    (void)state;
    case_open(&c);
    struct layout *l = case_good(&c,
        "extends: base\n"
        "colors:\n"
        "  pale: {spot: PANTONE 286 C, tint: 20%}\n"
        "  house: {spot: PANTONE 286 C, cmyk: [100, 75, 0, 0]}\n"
        "styles: {title: {color: pale}}\n");
    struct color color = titled(l)->color;
    const struct color_plates *plates = color_plates_of(&l->palette, color);
    assert_int_equal(color.space, COLOR_CMYK);
    assert_int_equal(color.part[0], 200);
    assert_int_equal(color.part[1], 150);
    assert_str(plates->spot, "PANTONE 286 C");
    assert_int_equal(plates->tint, 200);
    assert_int_equal(plates->ink[1], 750); /* of all of it */
    case_close(&c);
}

static void test_a_layout_names_a_color_again(void **state)
{
    struct style_case c;
    (void)state;
    case_open(&c);
    case_write(&c, "layouts/under.yaml",
               "extends: base\ncolors: {accent: {cmyk: [1, 2, 3, 4]}}\n"
               "styles: {title: {color: accent}}\n");
    struct layout *l = case_good(&c, "extends: under\ncolors: {accent: \"#1f4e79\"}\n");
    assert_int_equal(titled(l)->color.name, 0);
    assert_int_equal(l->palette.n, 0);
    case_close(&c);
}

static void test_what_is_wrong(void **state)
{
    struct style_case c;
    (void)state;
    case_open(&c);
    assert_null(case_load(&c,
        "extends: base\n"
        "colors:\n"
        "  a: {cmyk: [0, 0, 101, 0]}\n"
        "  b: {cmyk: [0, 0]}\n"
        "  c: {rgb: \"cmyk(0, 0, 0, 0)\"}\n"                  /* 5 */
        "  d: {spot: X, cmyk: [0, 0, 0, 1]}\n"
        "  e: {spot: X, cmyk: [0, 0, 0, 2]}\n"
        "  f: {spot: Y}\n"
        "  g: {spot: All, gray: 10}\n"
        "  h: {gray: 10, tint: 5}\n"                          /* 10 */
        "  i: {tent: 5}\n"
        "  j: {cmyk: [0, 0, x, 0]}\n"
        "styles: {title: {color: a}}\n"));
    case_expect(&c, DIAG_OUT_OF_RANGE, 3, 20, "100 is all");
    case_expect(&c, DIAG_BAD_COLOR, 4, 13, "four inks");
    case_expect(&c, DIAG_BAD_COLOR, 5, 12, "#1f4e79");
    case_expect(&c, DIAG_BAD_COLOR, 6, 22, "one substitute");
    case_expect(&c, DIAG_MISSING_KEY, 8, 13, "cmyk");
    case_expect(&c, DIAG_BAD_COLOR, 9, 13, "name");
    case_expect(&c, DIAG_BAD_COLOR, 10, 23, "name the ink");
    case_expect(&c, DIAG_UNKNOWN_KEY, 11, 7, "did you mean `tint`?");
    case_expect(&c, DIAG_BAD_COLOR, 12, 20, "percent");
    assert_int_equal(c.sink.counts[DIAG_ERROR], 9);
    case_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_both_forms),
        cmocka_unit_test(test_screens_show_inks),
        cmocka_unit_test(test_tints_of_a_spot),
        cmocka_unit_test(test_a_layout_names_a_color_again),
        cmocka_unit_test(test_what_is_wrong),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT
 *
 * style/contrast.c: backgrounds that text cannot be read on; what a frame may be. */
#include "assertions.h"

#include "style_case.h"

static void test_frames(void **state)
{
    (void)state;
    struct style_case c;
    case_open(&c);
    struct layout *l = case_good(&c,
        "colors: {pale: '#eef2f7'}\n"
        "styles:\n"
        "  quote: {background: pale, border: 2pt, border-sides: start, padding: 1em,\n"
        "          padding-block: 3pt, border-color: '#ff0000'}\n"
        "  paragraph: {background: none}\n");
    const struct style *s = style_compute(l, style_root(l), STR("quote"));
    assert_true(style_is_framed(s));
    assert_int_equal(s->background.space, COLOR_RGB);
    assert_int_equal(s->border, PT(2));
    assert_int_equal(s->border_sides, STYLE_SIDES_START);
    assert_int_equal(s->padding, s->size);
    assert_int_equal(s->padding_block, PT(3));
    /* Nothing of it is inherited. */
    s = style_compute(l, s, STR("paragraph"));
    assert_false(style_is_framed(s));
    assert_int_equal(s->padding, 0);
    case_close(&c);
}

static void test_too_alike(void **state)
{
    (void)state;
    struct style_case c;
    case_open(&c);
    assert_null(case_load(&c, "styles:\n"
                              "  quote: {color: '#777777', background: '#eeeeee'}\n"));
    case_expect(&c, DIAG_LOW_CONTRAST, 2, 41, "4.5:1");
    assert_str(c.sink.list.v[0].message, "`quote` in #777777 on #eeeeee, the background "
                                         "of `quote`, has a contrast of 3.85:1");
    /* What stands inside, and a text that the child makes lighter. */
    assert_null(case_load(&c, "styles:\n  quote: {background: gray(60%)}\n"
                              "  link: {color: '#333399'}\n"));
    case_expect(&c, DIAG_LOW_CONTRAST, 3, 17, "4.5:1");
    assert_int_equal(c.sink.list.n, 1);
    assert_null(case_load(&c, "styles:\n  a: {extends: plain, background: white}\n"
                              "  b: {extends: a, color: gray(60%)}\n"));
    case_expect(&c, DIAG_LOW_CONTRAST, 2, 35, "4.5:1");
    assert_null(case_load(&c, "styles:\n  table: {zebra: gray(30%)}\n"));
    case_expect(&c, DIAG_LOW_CONTRAST, 2, 18, "4.5:1");
    assert_null(case_load(&c, "styles:\n  table: {zebra: gray(94%)}\n"
                              "  table-cell: {color: gray(60%)}\n"));
    case_expect(&c, DIAG_LOW_CONTRAST, 3, 23, "4.5:1");
    case_good(&c, "styles:\n  table: {zebra: gray(94%)}\n"
                  "  table-head: {color: white, background: black}\n");
    case_good(&c, "styles:\n  quote: {color: white, background: black}\n");
    case_close(&c);
}

static void test_colours_that_are_none(void **state)
{
    (void)state;
    struct style_case c;
    case_open(&c);
    assert_null(case_load(&c, "styles:\n  quote: {background: text}\n"
                              "  code: {color: none}\n"
                              "  title: {border-color: none}\n"));
    case_expect(&c, DIAG_BAD_COLOR, 2, 23, "");
    case_expect(&c, DIAG_BAD_COLOR, 3, 17, "");
    case_expect(&c, DIAG_BAD_COLOR, 4, 25, "");
    case_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_frames),
        cmocka_unit_test(test_too_alike),
        cmocka_unit_test(test_colours_that_are_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

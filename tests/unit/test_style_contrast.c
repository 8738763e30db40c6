/* SPDX-License-Identifier: MIT
 *
 * style/contrast.c: backgrounds and colours that cannot be read; what a frame may be. */
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

/* Loads a layout of which `n` colours are told. */
static void load_told(struct style_case *c, const char *text, size_t n)
{
    assert_non_null(case_load(c, text));
    assert_int_equal(c->sink.counts[DIAG_WARNING], n);
    assert_int_equal(c->sink.per_code[DIAG_LOW_CONTRAST], n);
}

static void test_too_alike(void **state)
{
    (void)state;
    struct style_case c;
    case_open(&c);
    load_told(&c, "styles:\n  quote: {color: '#777777', background: '#eeeeee'}\n", 1);
    case_expect(&c, DIAG_LOW_CONTRAST, 2, 41, "4.5:1");
    assert_str(c.sink.list.v[0].message, "`quote` in #777777 on #eeeeee, the background "
                                         "of `quote`, has a contrast of 3.85:1");
    /* What stands inside, and a text that the child makes lighter. */
    load_told(&c, "styles:\n  quote: {background: gray(60%)}\n"
                  "  link: {color: '#333399'}\n", 1);
    case_expect(&c, DIAG_LOW_CONTRAST, 3, 17, "4.5:1");
    load_told(&c, "styles:\n  a: {extends: plain, background: white}\n"
                  "  b: {extends: a, color: gray(60%)}\n", 1);
    case_expect(&c, DIAG_LOW_CONTRAST, 2, 35, "4.5:1");
    load_told(&c, "styles:\n  table: {zebra: gray(30%)}\n", 1);
    case_expect(&c, DIAG_LOW_CONTRAST, 2, 18, "4.5:1");
    load_told(&c, "styles:\n  table: {zebra: gray(94%)}\n"
                  "  table-cell: {color: gray(60%)}\n", 1);
    case_expect(&c, DIAG_LOW_CONTRAST, 3, 23, "4.5:1");
    load_told(&c, "styles:\n  table: {zebra: gray(94%)}\n"
                  "  table-head: {color: white, background: black}\n", 0);
    load_told(&c, "styles:\n  quote: {color: white, background: black}\n", 0);
    case_close(&c);
}

static void test_too_light_for_paper(void **state)
{
    (void)state;
    struct style_case c;
    case_open(&c);
    load_told(&c, "styles:\n  link: {color: '#5aa0e8'}\n", 1);
    case_expect(&c, DIAG_LOW_CONTRAST, 2, 17, "4.5:1");
    assert_str(c.sink.list.v[0].message, "`link` in #5aa0e8 on #ffffff, the paper, has a "
                                         "contrast of 2.76:1");
    /* Large letters need less; what extends a style is not told again. */
    load_told(&c, "styles:\n  title: {size: 18pt, weight: regular, color: '#888888'}\n"
                  "  subtitle: {size: 14pt, weight: bold, color: '#888888'}\n", 0);
    load_told(&c, "styles:\n  title: {size: 17pt, weight: regular, color: '#888888'}\n"
                  "  subtitle: {size: 13pt, weight: bold, color: '#888888'}\n", 2);
    load_told(&c, "styles:\n  title: {size: 30pt, color: '#aaaaaa'}\n", 1);
    case_expect(&c, DIAG_LOW_CONTRAST, 2, 30, "to 3:1");
    load_told(&c, "styles:\n  heading-1: {color: '#aaaaaa'}\n"
                  "  heading-2: {extends: heading-1}\n", 1);
    load_told(&c, "colors: {pale: gray(70%)}\nstyles:\n  body: {color: pale}\n"
                  "  footer: {color: pale}\n", 2);
    /* What is no text, and what may stand on a background. */
    load_told(&c, "styles:\n  watermark: {color: '#eeeeee'}\n"
                  "  change-bar: {color: '#eeeeee'}\n"
                  "  on-dark: {extends: plain, color: white}\n"
                  "  callout-tip: {extends: plain, background: black, color: white}\n"
                  "  callout-title: {color: white}\n", 0);
    load_told(&c, "styles:\n  callout-title: {color: white}\n"
                  "  fact-label: {color: white}\n", 2);
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
        cmocka_unit_test(test_too_light_for_paper),
        cmocka_unit_test(test_colours_that_are_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

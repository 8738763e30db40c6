/* SPDX-License-Identifier: MIT
 *
 * The cascade: what is inherited, what lengths are relative to, what is computed once. */
#include "assertions.h"
#include "style_case.h"

static const struct style *of(struct layout *l, const struct style *parent,
                              const char *name)
{
    const struct style *s = style_compute(l, parent, str_from(name));
    assert_non_null(s);
    return s;
}

static void test_inherits_characters_not_boxes(void **state)
{
    struct style_case c;
    (void)state;
    case_open(&c);
    struct layout *l = case_good(&c,
        "styles:\n"
        "  body: {size: 10pt, align: justify, space-before: 3pt, color: gray(50%),\n"
        "         hyphenate: true, widows: 3}\n"
        "  quote: {indent-start: 2em, space-after: 50%, keep-together: true}\n");
    const struct style *body = style_root(l);
    assert_int_equal(body->space_before, PT(3));
    const struct style *quote = of(l, body, "quote");
    assert_int_equal(quote->size, PT(10));
    assert_int_equal(quote->align, STYLE_JUSTIFY);
    assert_true(quote->hyphenate);
    assert_int_equal(quote->widows, 3);
    assert_int_equal(quote->color.part[0], 500);
    assert_int_equal(quote->space_before, 0);
    assert_int_equal(quote->indent_start, PT(20));
    assert_int_equal(quote->space_after, PT(5));
    const struct style *inside = of(l, quote, "paragraph");
    assert_int_equal(inside->indent_start, 0);
    assert_false(inside->keep_together);
    assert_str(inside->name, "paragraph");
    case_close(&c);
}

static void test_sizes_are_of_the_parent(void **state)
{
    struct style_case c;
    (void)state;
    case_open(&c);
    struct layout *l = case_good(&c,
        "styles:\n"
        "  body: {size: 10pt}\n"
        "  title: {size: 200%, space-after: 1em, indent-first: -1ex}\n"
        "  superscript: {size: 0.5em, rise: 0.4em}\n"
        "  footnote: {size: 50%}\n"
        "  code: {size: 1000%}\n");
    const struct style *title = of(l, style_root(l), "title");
    assert_int_equal(title->size, PT(20));
    assert_int_equal(title->space_after, PT(20));
    assert_int_equal(title->indent_first, -PT(10));
    const struct style *up = of(l, title, "superscript");
    assert_int_equal(up->size, PT(10));
    assert_int_equal(up->rise, PT(4));
    const struct style *upper = of(l, up, "superscript");
    assert_int_equal(upper->size, PT(5));
    assert_int_equal(upper->rise, PT(6)); /* 4 of the parent and 0.4 of its own 5 */
    assert_int_equal(of(l, up, "strong")->rise, PT(4));
    const struct style *small = style_root(l), *large = small;
    for (int i = 0; i < 64; i++) {
        small = of(l, small, "footnote");
        large = of(l, large, "code");
    }
    assert_int_equal(small->size, PT(1));
    assert_int_equal(large->size, PT(1000));
    case_close(&c);
}

static void test_leading_is_a_factor_or_a_length(void **state)
{
    struct style_case c;
    (void)state;
    case_open(&c);
    struct layout *l = case_good(&c,
        "styles:\n"
        "  body: {size: 10pt, leading: 1.4}\n"
        "  title: {size: 20pt}\n"
        "  footnote: {size: 5pt, leading: 120%}\n"
        "  code-block: {leading: 15pt}\n"
        "  quote: {leading: 1.5em}\n");
    const struct style *body = style_root(l);
    assert_int_equal(body->leading, PT(14));
    assert_int_equal(of(l, body, "title")->leading, PT(28));
    assert_int_equal(of(l, body, "footnote")->leading, PT(6));
    const struct style *code = of(l, body, "code-block");
    assert_int_equal(code->leading, PT(15));
    assert_int_equal(of(l, code, "title")->leading, PT(15));
    const struct style *quote = of(l, body, "quote");
    assert_int_equal(quote->leading, PT(15));
    assert_int_equal(of(l, quote, "footnote")->leading, PT(6));
    case_close(&c);
}

static void test_extends_goes_through_a_chain(void **state)
{
    struct style_case c;
    (void)state;
    case_open(&c);
    struct layout *l = case_good(&c,
        "styles:\n"
        "  shout: {extends: heading-2, color: \"#ff0000\"}\n"
        "  heading-2: {extends: heading-1, size: 12pt}\n"
        "  heading-1: {size: 14pt, weight: bold, space-before: 1em}\n");
    const struct style *shout = of(l, style_root(l), "shout");
    assert_int_equal(shout->size, PT(12));
    assert_int_equal(shout->weight, 700);
    assert_int_equal(shout->space_before, PT(12)); /* of its own size */
    assert_int_equal(shout->color.space, COLOR_RGB);
    assert_str(shout->name, "shout");
    case_close(&c);
}

static void test_emphasis_toggles(void **state)
{
    struct style_case c;
    (void)state;
    case_open(&c);
    struct layout *l = case_good(&c, "styles: {emphasis: {italic: toggle}}\n");
    const struct style *once = of(l, style_root(l), "emphasis");
    assert_true(once->italic);
    assert_false(of(l, once, "emphasis")->italic);
    case_close(&c);
}

static void test_features_add_up(void **state)
{
    struct style_case c;
    (void)state;
    case_open(&c);
    struct layout *l = case_good(&c,
        "styles:\n"
        "  body: {features: {liga: off, ss04: 2}}\n"
        "  code: {features: {zero: on, liga: 1}}\n");
    const struct style *code = of(l, style_root(l), "code");
    assert_int_equal(code->n_features, 3);
    assert_memory_equal(code->features[0].tag, "liga", 4);
    assert_int_equal(code->features[0].value, 1);
    assert_int_equal(code->features[1].value, 2);
    assert_memory_equal(code->features[2].tag, "zero", 4);
    assert_int_equal(style_root(l)->n_features, 2);
    assert_int_equal(style_root(l)->features[0].value, 0);
    case_close(&c);
}

static void test_equal_requests_give_one_style(void **state)
{
    struct style_case c;
    (void)state;
    case_open(&c);
    struct layout *l = case_good(&c, "extends: base\n");
    const struct style *body = style_root(l);
    const struct style *strong = of(l, body, "strong");
    assert_ptr_equal(strong, of(l, body, "strong"));
    assert_ptr_not_equal(strong, of(l, body, "emphasis"));
    const struct style *s = body;
    for (int i = 0; i < 1000; i++) {
        s = of(l, s, i % 2 ? "strong" : "emphasis");
    }
    size_t used = c.a.used;
    assert_true(s->id < 24); /* nesting without end comes to a close */
    for (int i = 0; i < 100000; i++) {
        s = of(l, s, i % 2 ? "strong" : "emphasis");
    }
    assert_int_equal(c.a.used, used);
    assert_null(style_compute(l, body, STR("no-such-style")));
    case_close(&c);
}

static void test_roles_and_colours_are_looked_up_last(void **state)
{
    struct style_case c;
    (void)state;
    case_open(&c);
    case_write(&c, "layouts/house.yaml",
               "fonts: {serif: gentium-plus}\n"
               "colors: {accent: \"#ff0000\"}\n"
               "styles: {title: {color: accent, rule-color: accent},\n"
               "         quote: {color: accent}}\n");
    struct layout *l = case_good(&c,
        "extends: house\n"
        "fonts: {serif: libertinus}\n"
        "colors: {accent: \"cmyk(100, 0, 0, 0)\"}\n");
    assert_str(style_root(l)->family, "libertinus");
    const struct style *title = of(l, style_root(l), "title");
    assert_int_equal(title->color.space, COLOR_CMYK);
    assert_int_equal(title->rule_color.space, COLOR_CMYK);
    /* `rule-color` is not inherited; unset, it is the letters' own colour. */
    assert_true(color_eq(of(l, style_root(l), "quote")->rule_color, title->color));
    assert_true(color_eq(of(l, title, "strong")->rule_color, title->color));
    case_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_inherits_characters_not_boxes),
        cmocka_unit_test(test_sizes_are_of_the_parent),
        cmocka_unit_test(test_leading_is_a_factor_or_a_length),
        cmocka_unit_test(test_extends_goes_through_a_chain),
        cmocka_unit_test(test_emphasis_toggles),
        cmocka_unit_test(test_features_add_up),
        cmocka_unit_test(test_equal_requests_give_one_style),
        cmocka_unit_test(test_roles_and_colours_are_looked_up_last),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

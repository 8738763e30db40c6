/* SPDX-License-Identifier: MIT
 *
 * style/screens.c: colours that are said in inks alone; somebody knows the press. */
#include "assertions.h"

#include "style_case.h"

/* A press on which every colour looks like twice its cyan. */
struct press {
    int asked;
    bool unknown;
    str profile;
};

static bool on_screen(void *user, const struct layout *l, const uint16_t ink[4],
                      uint8_t rgb[3])
{
    struct press *p = user;
    p->asked++;
    p->profile = l->print.profile;
    rgb[0] = (uint8_t)(ink[0] / 5);
    rgb[1] = 10;
    rgb[2] = 20;
    return !p->unknown;
}

static const char LAYOUT[] =
    "print: {profile: FOGRA39}\n"
    "colors: {deep: {cmyk: [100, 0, 0, 0]}, told: {cmyk: [9, 0, 0, 0], rgb: '#010203'},\n"
    "  dark: 'cmyk(60, 0, 0, 0)', black: {cmyk: [0, 0, 0, 100]}}\n"
    "styles:\n"
    "  quote: {color: deep, background: told, border-color: 'cmyk(50, 0, 0, 0)'}\n"
    "  title: {color: 'cmyk(50, 0, 0, 0)'}\n"
    "  paragraph: {color: dark, border-color: 'cmyk(0, 0, 0, 50)'}\n"
    "  toc: {color: black}\n";

static void expect(struct layout *l, struct color c, const char *rgb, uint16_t cyan)
{
    struct color wanted;
    assert_true(color_parse(str_from(rgb), &wanted));
    const struct color_plates *plates = color_plates_of(&l->palette, c);
    assert_int_equal(c.space, wanted.space);
    assert_memory_equal(c.part, wanted.part, sizeof c.part);
    assert_int_equal(plates ? plates->ink[0] : 0, cyan);
}

static void test_screens_show_what_is_known(void **state)
{
    struct press p = {0};
    struct style_press press = {&p, on_screen};
    struct style_case c;
    (void)state;
    case_open(&c);
    c.press = &press;
    struct layout *l = case_load(&c, LAYOUT);
    assert_non_null(l);
    const struct style *quote = style_compute(l, style_root(l), STR("quote"));
    expect(l, quote->color, "#c80a14", 1000);
    expect(l, quote->background, "#010203", 90);
    expect(l, quote->border_color, "#640a14", 500);
    expect(l, style_compute(l, style_root(l), STR("title"))->color, "#640a14", 500);
    const struct style *text = style_compute(l, style_root(l), STR("paragraph"));
    expect(l, text->color, "#780a14", 600);
    assert_int_equal(text->border_color.space, COLOR_CMYK); /* black ink alone */
    const struct style *toc = style_compute(l, style_root(l), STR("toc"));
    assert_int_equal(toc->color.space, COLOR_GRAY);
    assert_int_equal(p.asked, 3); /* deep, dark, and one without a name, once */
    assert_str(p.profile, "FOGRA39");
    case_close(&c);
}

static void test_nobody_knows(void **state)
{
    struct press p = {.unknown = true};
    struct style_press press = {&p, on_screen};
    struct style_case c;
    (void)state;
    case_open(&c);
    for (int i = 0; i < 2; i++) {
        c.press = i ? &press : NULL;
        struct layout *l = case_load(&c, LAYOUT);
        assert_non_null(l);
        struct color deep = style_compute(l, style_root(l), STR("quote"))->color;
        assert_int_equal(deep.space, COLOR_CMYK);
        assert_int_equal(l->palette.n, 3);
    }
    assert_int_equal(p.asked, 1);
    case_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_screens_show_what_is_known),
        cmocka_unit_test(test_nobody_knows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

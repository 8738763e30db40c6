/* SPDX-License-Identifier: MIT
 *
 * base/color.c: contrast by WCAG 2, against its own figures. */
#include "assertions.h"

#include "base/color.h"

static struct color of(const char *text)
{
    struct color c;
    assert_true(color_parse(str_from(text), &c));
    return c;
}

/* From published tables; the last digit may differ by one. */
static void test_contrast(void **state)
{
    (void)state;
    static const struct { const char *one, *other; int contrast; } PAIRS[] = {
        {"black", "white", 2100}, {"white", "white", 100}, {"#777777", "white", 448},
        {"#767676", "white", 454}, {"#ff0000", "white", 400}, {"#0000ff", "white", 859},
        {"#00ff00", "black", 1530}, {"#1f4e79", "#eeeeee", 747},
        {"cmyk(0, 0, 0, 100)", "white", 2100}, {"cmyk(0,100,100,0)", "white", 400},
        {"#0a0a0a", "black", 106},
    };
    for (size_t i = 0; i < sizeof PAIRS / sizeof *PAIRS; i++) {
        struct color a = of(PAIRS[i].one), b = of(PAIRS[i].other);
        assert_in_range(color_contrast(a, b), PAIRS[i].contrast - 1,
                        PAIRS[i].contrast + 1);
        assert_int_equal(color_contrast(a, b), color_contrast(b, a));
    }
}

static void test_hex(void **state)
{
    (void)state;
    static const char *const SAME[] = {"#1f4e79", "#000000", "#ffffff", "#7f7f80"};
    struct arena a;
    arena_init(&a);
    for (size_t i = 0; i < sizeof SAME / sizeof *SAME; i++) {
        struct buf out;
        buf_init(&out, &a);
        color_put_hex(&out, of(SAME[i]));
        assert_str(buf_str(&out), SAME[i]);
    }
    arena_done(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_contrast),
        cmocka_unit_test(test_hex),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

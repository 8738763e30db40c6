/* SPDX-License-Identifier: MIT
 *
 * base/len, base/color, base/buf: numbers in and out, in any locale, to their limits. */
#include "assertions.h"

#include "base/buf.h"
#include "base/color.h"
#include "base/len.h"

static void test_muldiv_rounds_to_nearest(void **state)
{
    (void)state;
    assert_int_equal(len_muldiv(7, 1, 2), 4);
    assert_int_equal(len_muldiv(-7, 1, 2), -4);
    assert_int_equal(len_muldiv(5, 1, 3), 2);
    assert_int_equal(len_muldiv(4, 1, 3), 1);
    assert_int_equal(len_muldiv(-4, 1, 3), -1);
    assert_int_equal(len_muldiv(0, 5, 7), 0);
}

static void test_muldiv_has_room_for_the_product(void **state)
{
    (void)state;
    assert_true(len_muldiv(INT64_MAX, 1000, 1000) == INT64_MAX);
    assert_true(len_muldiv(INT64_MAX / 2, 6, 3) == INT64_MAX - 1);
    assert_true(len_muldiv(INT64_MAX, INT64_MAX, 1) == INT64_MAX);
    assert_true(len_muldiv(INT64_MIN, INT64_MAX, 1) == -INT64_MAX);
    assert_true(len_muldiv(1, INT64_MAX, INT64_MAX) == 1);
}

static void test_muldiv_is_the_same_in_64_and_in_128_bits(void **state)
{
    (void)state;
    static const len64 FACTORS[] = {
        0, 1, -1, 7, -1023, LEN_MAX, -(len64)LEN_MAX, INT64_MAX / 2, INT64_MAX / 2 - 1,
        -(INT64_MAX / 2), INT64_MAX, INT64_MIN, (len64)1 << 31, ((len64)1 << 31) - 1,
    };
    enum { N = sizeof FACTORS / sizeof *FACTORS };
    for (int i = 0; i < N * N * N; i++) {
        len64 a = FACTORS[i % N], b = FACTORS[i / N % N], c = FACTORS[i / N / N];
        if (c > 0) {
            assert_int_equal(len_muldiv(a, b, c), len_muldiv_wide(a, b, c));
        }
    }
}

struct parsed {
    const char *text;
    enum len_error error;
    enum len_unit unit;
    int32_t amount;
};

static const struct parsed LENGTHS[] = {
    {"12pt", LEN_OK, LEN_UNIT_PT, 12 * 1024},
    {"0", LEN_OK, LEN_UNIT_PT, 0},
    {"-0.0", LEN_OK, LEN_UNIT_PT, 0},
    {" 1.5 pt ", LEN_OK, LEN_UNIT_PT, 1536},
    {".5pt", LEN_OK, LEN_UNIT_PT, 512},
    {"5.pt", LEN_OK, LEN_UNIT_PT, 5120},
    {"+2pt", LEN_OK, LEN_UNIT_PT, 2048},
    {"-3pt", LEN_OK, LEN_UNIT_PT, -3072},
    {"1in", LEN_OK, LEN_UNIT_IN, 73728},
    {"25.4mm", LEN_OK, LEN_UNIT_MM, 73728},
    {"2.54cm", LEN_OK, LEN_UNIT_CM, 73728},
    {"6pc", LEN_OK, LEN_UNIT_PC, 73728},
    {"210mm", LEN_OK, LEN_UNIT_MM, 609562},
    {"297mm", LEN_OK, LEN_UNIT_MM, 862095},
    {"1.25em", LEN_OK, LEN_UNIT_EM, 1250},
    {"-0.5ex", LEN_OK, LEN_UNIT_EX, -500},
    {"80%", LEN_OK, LEN_UNIT_PERCENT, 80000},
    {"33.333333333333%", LEN_OK, LEN_UNIT_PERCENT, 33333},
    {"0.0004pt", LEN_OK, LEN_UNIT_PT, 0},
    {"", LEN_NOT_A_NUMBER, 0, 0},
    {".", LEN_NOT_A_NUMBER, 0, 0},
    {"-", LEN_NOT_A_NUMBER, 0, 0},
    {"pt", LEN_NOT_A_NUMBER, 0, 0},
    {"--1pt", LEN_NOT_A_NUMBER, 0, 0},
    {".nan", LEN_NOT_A_NUMBER, 0, 0},
    {"inf", LEN_NOT_A_NUMBER, 0, 0},
    {"\xEF\xBC\x99pt", LEN_NOT_A_NUMBER, 0, 0}, /* a full-width nine */
    {"12", LEN_NO_UNIT, 0, 0},
    {"1e3pt", LEN_UNKNOWN_UNIT, 0, 0},
    {"1,5pt", LEN_UNKNOWN_UNIT, 0, 0},
    {"1.2.3pt", LEN_UNKNOWN_UNIT, 0, 0},
    {"0x10pt", LEN_UNKNOWN_UNIT, 0, 0},
    {"12px", LEN_UNKNOWN_UNIT, 0, 0},
    {"12 p t", LEN_UNKNOWN_UNIT, 0, 0},
    {"12PT", LEN_UNKNOWN_UNIT, 0, 0},
    {"99999999999999999999999999pt", LEN_TOO_LARGE, 0, 0},
    {"-99999999999999999999999999cm", LEN_TOO_LARGE, 0, 0},
    {"1000000000in", LEN_TOO_LARGE, 0, 0},
    {"999999999%", LEN_TOO_LARGE, 0, 0},
};

static void test_lengths_are_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof LENGTHS / sizeof LENGTHS[0]; i++) {
        const struct parsed *t = &LENGTHS[i];
        struct len_spec got = {0};
        enum len_error error = len_parse(str_from(t->text), &got);
        if (error != t->error) {
            fail_msg("\"%s\" gives %d, expected %d", t->text, (int)error, (int)t->error);
        }
        if (error == LEN_OK && (got.unit != t->unit || got.amount != t->amount)) {
            fail_msg("\"%s\" is %d, expected %d", t->text, got.amount, t->amount);
        }
    }
}

static void test_relative_lengths_resolve(void **state)
{
    (void)state;
    struct len_spec em = {LEN_UNIT_EM, 1500}, ex = {LEN_UNIT_EX, -2000};
    struct len_spec half = {LEN_UNIT_PERCENT, 50000}, mm = {LEN_UNIT_MM, 777};
    assert_int_equal(len_resolve(em, PT(10), PT(5), PT(100)), PT(15));
    assert_int_equal(len_resolve(ex, PT(10), PT(5), PT(100)), -PT(10));
    assert_int_equal(len_resolve(half, PT(10), PT(5), PT(100)), PT(50));
    assert_int_equal(len_resolve(mm, PT(10), PT(5), PT(100)), 777);
    struct len_spec huge = {LEN_UNIT_EM, LEN_MAX / 4};
    assert_int_equal(len_resolve(huge, PT(1000), 0, 0), LEN_MAX);
    huge.amount = -huge.amount;
    assert_int_equal(len_resolve(huge, PT(1000), 0, 0), -LEN_MAX);
}

static void test_thousandths_are_read(void **state)
{
    (void)state;
    int32_t v = 0;
    assert_true(len_parse_milli(STR("1.25"), &v) && v == 1250);
    assert_true(len_parse_milli(STR(" -0.0005 "), &v) && v == -1);
    assert_true(len_parse_milli(STR("2000000"), &v) && v == 2000000000);
    assert_false(len_parse_milli(STR("3000000"), &v));
    assert_false(len_parse_milli(STR("1,25"), &v));
    assert_false(len_parse_milli(STR("1 2"), &v));
    assert_false(len_parse_milli(STR(""), &v));
    assert_false(len_parse_milli(STR("1e2"), &v));
}

static const struct {
    const char *text;
    bool valid;
    struct color color;
} COLORS[] = {
    {"black", true, {COLOR_GRAY, {0}, 0}},
    {" white ", true, {COLOR_GRAY, {1000}, 0}},
    {"#000", true, {COLOR_GRAY, {0}, 0}},
    {"#FFF", true, {COLOR_GRAY, {1000}, 0}},
    {"#808080", true, {COLOR_GRAY, {502}, 0}},
    {"#1f4e79", true, {COLOR_RGB, {122, 306, 475}, 0}},
    {"#f00", true, {COLOR_RGB, {1000, 0, 0}, 0}},
    {"gray(50%)", true, {COLOR_GRAY, {500}, 0}},
    {"grey( 12.5 )", true, {COLOR_GRAY, {125}, 0}},
    {"rgb(255, 0, 51)", true, {COLOR_RGB, {1000, 0, 200}, 0}},
    {"rgb(9,9,9)", true, {COLOR_GRAY, {35}, 0}},
    {"cmyk(100, 60, 0, 10)", true, {COLOR_CMYK, {1000, 600, 0, 100}, 0}},
    {"cmyk(0%,0%,0%,100%)", true, {COLOR_CMYK, {0, 0, 0, 1000}, 0}},
    {"", false, {0}},
    {"#", false, {0}},
    {"#12", false, {0}},
    {"#12345", false, {0}},
    {"#gggggg", false, {0}},
    {"#1f4e79ff", false, {0}},
    {"red", false, {0}},
    {"gray(50%", false, {0}},
    {"gray", false, {0}},
    {"gray()", false, {0}},
    {"gray(101)", false, {0}},
    {"gray(-1)", false, {0}},
    {"rgb(1,2)", false, {0}},
    {"rgb(1,2,3,)", false, {0}},
    {"rgb(1,2,3,4)", false, {0}},
    {"rgb(1,,3)", false, {0}},
    {"rgb(50%,0%,0%)", false, {0}},
    {"rgb(256,0,0)", false, {0}},
    {"cmyk(1,2,3)", false, {0}},
    {"hsl(1,2,3)", false, {0}},
};

static void test_colours_are_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof COLORS / sizeof COLORS[0]; i++) {
        struct color got = COLOR_BLACK;
        if (color_parse(str_from(COLORS[i].text), &got) != COLORS[i].valid) {
            fail_msg("\"%s\" should%s be a colour", COLORS[i].text,
                     COLORS[i].valid ? "" : " not");
        }
        if (COLORS[i].valid && !color_eq(got, COLORS[i].color)) {
            fail_msg("\"%s\" is %d(%d, %d, %d, %d)", COLORS[i].text, got.space,
                     got.part[0], got.part[1], got.part[2], got.part[3]);
        }
    }
}

static struct arena arena;

static int open_arena(void **state)
{
    (void)state;
    arena_init(&arena);
    return 0;
}

static int close_arena(void **state)
{
    (void)state;
    arena_done(&arena);
    return 0;
}

static void test_numbers_are_written(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b, &arena);
    buf_int(&b, INT64_MIN);
    buf_char(&b, ' ');
    buf_int(&b, INT64_MAX);
    buf_char(&b, ' ');
    buf_int(&b, 0);
    assert_str(buf_str(&b), "-9223372036854775808 9223372036854775807 0");
    static const int64_t EDGES[] = {-1, 9, 10, -10, 99, 100, 999999999999999999,
                                    1000000000000000000};
    buf_clear(&b);
    for (size_t i = 0; i < sizeof EDGES / sizeof EDGES[0]; i++) {
        buf_int(&b, EDGES[i]);
        buf_char(&b, ' ');
    }
    assert_str(buf_str(&b),
               "-1 9 10 -10 99 100 999999999999999999 1000000000000000000 ");
    static const struct {
        int64_t value;
        int places;
        const char *text;
    } CASES[] = {
        {1250, 3, "1.25"},  {-1250, 3, "-1.25"}, {-5, 3, "-0.005"}, {1000, 3, "1"},
        {0, 3, "0"},        {7, 0, "7"},         {120, 1, "12"},    {1001, 3, "1.001"},
        {INT64_MIN, 18, "-9.223372036854775808"}, {INT64_MAX, 1, "922337203685477580.7"},
        {INT64_MIN, 0, "-9223372036854775808"},   {100, 3, "0.1"},  {-10, 1, "-1"},
        {1, 18, "0.000000000000000001"},          {12345, 4, "1.2345"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        buf_clear(&b);
        buf_decimal(&b, CASES[i].value, CASES[i].places);
        assert_str(buf_str(&b), CASES[i].text);
    }
}

static void test_points_are_written(void **state)
{
    (void)state;
    static const struct {
        len64 value;
        const char *text;
    } CASES[] = {
        {1536, "1.5"}, {1, "0.001"}, {-1, "-0.001"}, {0, "0"}, {609562, "595.275"},
        {LEN_MAX, "2097151.999"}, {1023, "0.999"},
    };
    struct buf b;
    buf_init(&b, &arena);
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        buf_clear(&b);
        buf_points(&b, CASES[i].value);
        assert_str(buf_str(&b), CASES[i].text);
    }
}

static void test_json_strings_are_always_valid(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b, &arena);
    buf_json_string(&b, (str){"\"\\\n\t\x01\0\x7F" "é", 9});
    assert_str(buf_str(&b), "\"\\\"\\\\\\n\\t\\u0001\\u0000\\u007fé\"");
    buf_clear(&b);
    buf_json_string(&b, STR("\xFF" "a\xC3")); /* no UTF-8 */
    assert_str(buf_str(&b), "\"\xEF\xBF\xBD" "a\xEF\xBF\xBD\"");
    buf_clear(&b);
    buf_json_string(&b, STR_NONE);
    assert_str(buf_str(&b), "\"\"");
}

static void test_a_buffer_grows_and_may_be_put_into_itself(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b, &arena);
    buf_puts(&b, "0123456789abcdef");
    for (int i = 0; i < 12; i++) {
        buf_put(&b, buf_str(&b));
    }
    assert_int_equal(b.n, 65536);
    for (size_t i = 0; i < b.n; i++) {
        assert_int_equal(b.p[i], "0123456789abcdef"[i % 16]);
    }
    buf_clear(&b);
    buf_repeat(&b, '-', 3);
    buf_repeat(&b, '+', 0);
    buf_code_point(&b, 0x1F600);
    buf_format(&b, "%s%d%s", "<", 12, ">");
    buf_format(&b, "%s", "");
    assert_str(buf_str(&b), "---\xF0\x9F\x98\x80<12>");
}

static void test_in_unit(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        len64 hundredths;
        const char *name;
    } CASES[] = {
        {"12.5mm", 1250, "mm"}, {"-3cm", -300, "cm"}, {"0.25in", 25, "in"},
        {"7pc", 700, "pc"}, {"11.5pt", 1150, "pt"}, {"0", 0, "pt"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct len_spec spec;
        const char *name;
        assert_int_equal(len_parse(str_from(CASES[i].text), &spec), LEN_OK);
        len64 hundredths = len_in_unit(spec.amount, spec.unit, &name);
        assert_int_equal(hundredths, CASES[i].hundredths);
        assert_string_equal(name, CASES[i].name);
    }
    const char *name;
    assert_int_equal(len_in_unit(PT(3), LEN_UNIT_EM, &name), 300);
    assert_string_equal(name, "pt");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_muldiv_rounds_to_nearest),
        cmocka_unit_test(test_muldiv_has_room_for_the_product),
        cmocka_unit_test(test_muldiv_is_the_same_in_64_and_in_128_bits),
        cmocka_unit_test(test_lengths_are_read),
        cmocka_unit_test(test_relative_lengths_resolve),
        cmocka_unit_test(test_thousandths_are_read),
        cmocka_unit_test(test_colours_are_read),
        cmocka_unit_test(test_numbers_are_written),
        cmocka_unit_test(test_points_are_written),
        cmocka_unit_test(test_json_strings_are_always_valid),
        cmocka_unit_test(test_a_buffer_grows_and_may_be_put_into_itself),
        cmocka_unit_test(test_in_unit),
    };
    return cmocka_run_group_tests_name("base/len", tests, open_arena, close_arena);
}

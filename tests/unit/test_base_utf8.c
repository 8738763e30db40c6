/* SPDX-License-Identifier: MIT
 *
 * base/utf8: every code point there and back; everything ill-formed found where it is. */
#include "assertions.h"

#include "base/utf8.h"

static bool is_surrogate(uint32_t c)
{
    return c >= 0xD800 && c <= 0xDFFF;
}

static void test_every_code_point_goes_there_and_back(void **state)
{
    (void)state;
    for (uint32_t c = 0; c <= 0x10FFFF; c++) {
        if (is_surrogate(c)) {
            continue;
        }
        char bytes[4];
        size_t n = utf8_put(bytes, c);
        str s = {bytes, n};
        size_t at = 0;
        if (utf8_next(s, &at) != c || at != n || utf8_prev(s, &at) != c || at != 0 ||
            !utf8_valid(s, NULL)) {
            fail_msg("U+%04X is not itself", (unsigned)c);
        }
    }
}

static void test_what_is_not_seen(void **state)
{
    (void)state;
    assert_true(utf8_is_blank(STR_NONE));
    assert_true(utf8_is_blank(STR(" \t\r\n\u00a0\u00ad\u200b\u2003")));
    assert_true(utf8_is_blank(STR("\u202e\u2060\u3000\ufeff")));
    assert_true(utf8_is_blank(STR("\ufe0f\U000e0100")));
    assert_false(utf8_is_blank(STR(" a")));
    assert_false(utf8_is_blank(STR("\u200b\u2026")));
    assert_false(utf8_is_blank(STR("\u0600")));
    assert_false(utf8_is_blank(STR("\U0001d538")));
    assert_false(utf8_is_blank(STR("\U000f0000")));
}

static void test_what_is_no_character_is_replaced(void **state)
{
    (void)state;
    char bytes[4];
    assert_int_equal(utf8_put(bytes, 0xD800), 3);
    assert_memory_equal(bytes, "\xEF\xBF\xBD", 3);
    assert_int_equal(utf8_put(bytes, 0x110000), 3);
    assert_int_equal(utf8_put(bytes, UINT32_MAX), 3);
}

static const struct {
    const char *bytes;
    size_t n, bad; /* the offset of the first ill-formed byte */
} ILL_FORMED[] = {
    {"\x80", 1, 0},                 /* a continuation by itself */
    {"ab\xFFxyz", 6, 2},            {"\xC0\x80", 2, 0},     /* overlong NUL */
    {"\xC1\xBF", 2, 0},             {"\xE0\x9F\xBF", 3, 0}, /* overlong */
    {"\xF0\x8F\xBF\xBF", 4, 0},     {"\xED\xA0\x80", 3, 0}, /* a surrogate */
    {"\xF4\x90\x80\x80", 4, 0},     {"\xF5\x80\x80\x80", 4, 0}, /* over U+10FFFF */
    {"a\xC3", 2, 1},                {"a\xE2\x82", 3, 1},    /* cut off */
    {"a\xF0\x9F\x98", 4, 1},        {"\xC3(", 2, 0},
    {"\xE2\x82\xAC\xE2\x28\xA1", 6, 3}, {"\xF8\x88\x80\x80\x80", 5, 0},
};

static void test_ill_formed_bytes_are_found(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof ILL_FORMED / sizeof ILL_FORMED[0]; i++) {
        str s = {ILL_FORMED[i].bytes, ILL_FORMED[i].n};
        size_t bad = 99;
        assert_false(utf8_valid(s, &bad));
        assert_int_equal(bad, ILL_FORMED[i].bad);
        assert_false(utf8_valid(s, NULL));
    }
}

/* Decodes to the end from both ends: both must arrive, in as many steps. */
static void walk_both_ways(str s)
{
    size_t at = 0, forward = 0, backward = 0;
    while (at < s.n) {
        size_t before = at;
        uint32_t c = utf8_next(s, &at);
        assert_true(at > before && at - before <= 4 && c <= 0x10FFFF && !is_surrogate(c));
        forward++;
    }
    assert_int_equal(at, s.n);
    while (at > 0) {
        size_t before = at;
        utf8_prev(s, &at);
        assert_true(at < before && before - at <= 4);
        backward++;
    }
    assert_int_equal(forward, backward);
    assert_int_equal(forward, utf8_count(s));
}

static void test_all_short_byte_strings_are_walked(void **state)
{
    (void)state;
    static const char LEADS[] = "\x00\x41\x7F\x80\x8F\x90\x9F\xA0\xBF\xC0\xC2\xDF\xE0\xE1"
                                "\xED\xEF\xF0\xF1\xF4\xF5\xFF";
    enum { N = sizeof LEADS - 1 };
    char bytes[4];
    for (int i = 0; i < N * N * N * N; i++) {
        for (int k = 0, rest = i; k < 4; k++, rest /= N) {
            bytes[k] = LEADS[rest % N];
        }
        walk_both_ways((str){bytes, 4});
    }
}

static void test_decoding_goes_on_after_one_bad_byte(void **state)
{
    (void)state;
    str s = STR("\xE2\x82" "a");
    size_t at = 0;
    assert_int_equal(utf8_next(s, &at), UTF8_REPLACEMENT);
    assert_int_equal(at, 1);
    assert_int_equal(utf8_next(s, &at), UTF8_REPLACEMENT);
    assert_int_equal(utf8_next(s, &at), 'a');
    assert_int_equal(at, 3);
    assert_int_equal(utf8_prev(s, &at), 'a');
    assert_int_equal(utf8_prev(s, &at), UTF8_REPLACEMENT);
    assert_int_equal(at, 1);
}

static void test_utf16(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    str s = utf8_to_utf16be(&a, STR("A\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\xFF"), true);
    assert_int_equal(s.n, 14);
    assert_memory_equal(s.p, "\xFE\xFF\0A\0\xE9\x20\xAC\xD8\x3D\xDE\0\xFF\xFD", 14);
    assert_int_equal(utf8_to_utf16be(&a, STR_NONE, false).n, 0);
    assert_int_equal(utf8_to_utf16be(&a, STR_NONE, true).n, 2);
    arena_done(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_code_point_goes_there_and_back),
        cmocka_unit_test(test_what_is_not_seen),
        cmocka_unit_test(test_what_is_no_character_is_replaced),
        cmocka_unit_test(test_ill_formed_bytes_are_found),
        cmocka_unit_test(test_all_short_byte_strings_are_walked),
        cmocka_unit_test(test_decoding_goes_on_after_one_bad_byte),
        cmocka_unit_test(test_utf16),
    };
    return cmocka_run_group_tests_name("base/utf8", tests, NULL, NULL);
}

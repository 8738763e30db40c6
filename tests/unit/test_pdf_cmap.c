/* SPDX-License-Identifier: MIT
 *
 * ToUnicode maps. */
#include "assertions.h"

#include "pdf/font.h"

static struct arena arena;

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_done(&arena);
    return 0;
}

static const char *map_of(const struct pdf_char *chars, size_t n, int bytes)
{
    struct buf b;
    buf_init(&b, &arena);
    pdf_cmap_write(&b, chars, n, bytes);
    buf_char(&b, '\0');
    return b.p;
}

#define assert_has(text, part) assert_non_null(strstr(text, part))
#define assert_lacks(text, part) assert_null(strstr(text, part))

static void neighbours_make_a_range(void **state)
{
    (void)state;
    const struct pdf_char chars[] = {
        {3, STR("a")}, {4, STR("b")}, {5, STR("c")}, {7, STR("d")}, {8, STR("f")}};
    const char *map = map_of(chars, 5, 2);
    assert_has(map, "<0000><ffff>\nendcodespacerange");
    assert_has(map, "1 beginbfrange\n<0003><0005><0061>\nendbfrange");
    assert_has(map, "2 beginbfchar\n<0007><0064><0008><0066>\nendbfchar");
}

static void one_byte_codes_are_short(void **state)
{
    (void)state;
    const struct pdf_char chars[] = {{0x41, STR("A")}, {0x80, STR("\xE2\x80\x94")}};
    const char *map = map_of(chars, 2, 1);
    assert_has(map, "\n<00><ff>\n");
    assert_has(map, "<41><0041><80><2014>");
}

static void ligatures_have_all_their_characters(void **state)
{
    (void)state;
    const struct pdf_char chars[] = {{1, STR("ffi")}, {2, STR("\xF0\x9F\x98\x80")}};
    assert_has(map_of(chars, 2, 2), "<0001><006600660069><0002><d83dde00>");
}

static void ranges_stop_at_a_row(void **state)
{
    (void)state;
    const struct pdf_char codes[] = {{0xFF, STR("a")}, {0x100, STR("b")}};
    assert_lacks(map_of(codes, 2, 2), "beginbfrange");
    const struct pdf_char texts[] = {{1, STR("\xC3\xBF")}, {2, STR("\xC4\x80")}};
    assert_lacks(map_of(texts, 2, 2), "beginbfrange");
}

static void forbidden_characters_are_left_out(void **state)
{
    (void)state;
    const struct pdf_char chars[] = {{1, STR("\xEF\xBB\xBF")},
                                     {2, STR("x\xEF\xBF\xBE")},
                                     {3, {"\0", 1}}};
    assert_has(map_of(chars, 3, 2), "<0001><200b><0002><0078><0003><200b>");
}

static void blocks_hold_a_hundred(void **state)
{
    (void)state;
    struct pdf_char chars[250];
    for (uint16_t i = 0; i < 250; i++) {
        chars[i] = (struct pdf_char){(uint16_t)(2 * i + 1), STR("x")};
    }
    const char *map = map_of(chars, 250, 2);
    const char *first = strstr(map, "100 beginbfchar");
    assert_non_null(first);
    const char *second = strstr(first + 1, "100 beginbfchar");
    assert_non_null(second);
    assert_has(second, "50 beginbfchar");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(neighbours_make_a_range), TEST(one_byte_codes_are_short),
        TEST(ligatures_have_all_their_characters), TEST(ranges_stop_at_a_row),
        TEST(forbidden_characters_are_left_out), TEST(blocks_hold_a_hundred),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

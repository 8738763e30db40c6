/* SPDX-License-Identifier: MIT
 *
 * What is read from CFF tables, made by hand: header, names, top dictionary, charset. */
#include "assertions.h"

#include "pdf/cff.h"

/* Name INDEX of one name "F", Top DICT INDEX of one dictionary, of 11 bytes: ROS of
 * three operands, charset at `at` as a 16-bit integer. */
#define HEAD 1, 0, 4, 1, 0, 1, 1, 1, 2, 'F', 0, 1, 1, 1, 10
#define KEYED(at) 139, 139, 139, 12, 30, 28, 0, at, 15
#define PLAIN(at) 139, 139, 139, 12, 29, 28, 0, at, 15
enum { CHARSET = 15 + 9 };

static uint16_t cid(const unsigned char *table, size_t n, uint16_t gid)
{
    return pdf_cff_cid((str){(const char *)table, n}, gid);
}

static void name_keyed_tables_use_glyph_numbers(void **state)
{
    (void)state;
    static const unsigned char TABLE[] = {HEAD, PLAIN(CHARSET), 0, 0, 40, 0, 41};
    assert_int_equal(cid(TABLE, sizeof TABLE, 1), 1);
    assert_int_equal(cid(TABLE, sizeof TABLE, 2), 2);
}

static void format_0_lists_every_glyph(void **state)
{
    (void)state;
    static const unsigned char TABLE[] = {HEAD, KEYED(CHARSET), 0, 0, 40, 1, 41};
    assert_int_equal(cid(TABLE, sizeof TABLE, 0), 0);
    assert_int_equal(cid(TABLE, sizeof TABLE, 1), 40);
    assert_int_equal(cid(TABLE, sizeof TABLE, 2), 256 + 41);
}

static void formats_1_and_2_have_ranges(void **state)
{
    (void)state;
    static const unsigned char ONE[] = {HEAD, KEYED(CHARSET), 1, 0, 40, 2, 1, 0, 9};
    assert_int_equal(cid(ONE, sizeof ONE, 1), 40);
    assert_int_equal(cid(ONE, sizeof ONE, 3), 42);
    assert_int_equal(cid(ONE, sizeof ONE, 4), 256);
    assert_int_equal(cid(ONE, sizeof ONE, 13), 256 + 9);
    static const unsigned char TWO[] = {HEAD, KEYED(CHARSET), 2, 0, 40, 1, 0, 9, 0, 0, 0};
    assert_int_equal(cid(TWO, sizeof TWO, 257), 296);
    assert_int_equal(cid(TWO, sizeof TWO, 258), 9 * 256);
}

/* Every beginning of a table, and every byte of it set to 255, ends without harm. */
static void broken_tables_do_no_harm(void **state)
{
    (void)state;
    static const unsigned char TABLE[] = {HEAD, KEYED(CHARSET), 1, 0, 40, 2, 1, 0, 9};
    for (size_t n = 0; n < sizeof TABLE; n++) {
        unsigned char *copy = test_malloc(n + 1);
        memcpy(copy, TABLE, n);
        cid(copy, n, 4);
        test_free(copy);
    }
    for (size_t i = 0; i < sizeof TABLE; i++) {
        unsigned char copy[sizeof TABLE];
        memcpy(copy, TABLE, sizeof copy);
        copy[i] = 255;
        cid(copy, sizeof copy, 4);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(name_keyed_tables_use_glyph_numbers),
        cmocka_unit_test(format_0_lists_every_glyph),
        cmocka_unit_test(formats_1_and_2_have_ranges),
        cmocka_unit_test(broken_tables_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#include "assertions.h"

#include "base/wire.h"

static void test_what_is_written_is_read(void **state)
{
    (void)state;
    struct arena a;
    struct buf b;
    arena_init(&a);
    buf_init(&b, &a);
    wire_put_number(&b, UINT64_MAX);
    wire_put_text(&b, (str){"a\0b", 3});
    wire_put_text(&b, STR_NONE);
    wire_put_number(&b, 7);
    struct wire w = {buf_str(&b)};
    assert_true(wire_number(&w) == UINT64_MAX);
    str text = wire_text(&w);
    assert_int_equal(text.n, 3);
    assert_memory_equal(text.p, "a\0b", 4);
    text = wire_text(&w);
    assert_int_equal(text.n, 0);
    assert_non_null(text.p);
    assert_int_equal(wire_number(&w), 7);
    assert_int_equal(w.rest.n, 0);
    arena_done(&a);
}

static void test_beyond_the_end_there_is_nothing(void **state)
{
    (void)state;
    struct arena a;
    struct buf b;
    arena_init(&a);
    buf_init(&b, &a);
    wire_put_text(&b, STR("a text that is cut"));
    for (size_t n = 0; n < b.n; n++) {
        struct wire w = {str_sub(buf_str(&b), 0, n)};
        assert_int_equal(wire_text(&w).n, 0);
        assert_int_equal(wire_number(&w), 0);
    }
    arena_done(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_written_is_read),
        cmocka_unit_test(test_beyond_the_end_there_is_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

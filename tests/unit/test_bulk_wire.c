/* SPDX-License-Identifier: MIT */
#include "assertions.h"

#include "bulk/wire.h"
#include "bulk/worker.h"

static struct arena arena;

static int setup(void **state)
{
    (void)state;
    arena_init(&arena);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_done(&arena);
    return 0;
}

static void test_a_part_of_a_message_is_none(void **state)
{
    (void)state;
    struct buf out;
    buf_init(&out, &arena);
    bulk_wire_begin(&out);
    wire_put_text(&out, STR("text"));
    bulk_wire_end(&out);
    for (size_t n = 0; n < out.n; n++) {
        assert_int_equal(bulk_wire_size((str){out.p, n}), 0);
    }
}

/* A field that is empty comes out as a text that is empty. */
static void test_a_task_with_empty_fields(void **state)
{
    (void)state;
    str names[] = {STR("id"), STR("note")}, values[] = {STR("7"), STR("")};
    struct data_row row = {.number = 3, .line = 9, .n = 2, .names = names,
                           .values = values};
    struct bulk_result result;
    struct buf out;
    buf_init(&out, &arena);
    bulk_task_write(&out, &row, STR("7.pdf"), STR("7"));
    bulk_task_read(buf_str(&out), &result);
    assert_int_equal(result.number, 3);
    assert_int_equal(result.line, 9);
    assert_str(result.file, "7.pdf");
    assert_str(result.key, "7");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_part_of_a_message_is_none),
        cmocka_unit_test(test_a_task_with_empty_fields),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}

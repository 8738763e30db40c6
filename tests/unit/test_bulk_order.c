/* SPDX-License-Identifier: MIT */
#include "assertions.h"

#include <string.h>

#include "bulk/order.h"

static struct bulk_result result_of(uint64_t number, const char *text)
{
    return (struct bulk_result){.number = number, .pdf = str_from(text)};
}

static void leaves_in_the_order_of_the_records(void **state)
{
    static struct bulk_order o;
    (void)state;
    bulk_order_init(&o);
    bulk_order_expect(&o, 3);
    bulk_order_expect(&o, 5);
    bulk_order_expect(&o, 9);
    struct bulk_result nine = result_of(9, "ninth"), three = result_of(3, "third");
    bulk_order_add(&o, &nine);
    assert_null(bulk_order_next(&o));
    bulk_order_add(&o, &three);
    struct bulk_result *next = bulk_order_next(&o);
    assert_int_equal(next->number, 3);
    assert_true(str_is(next->pdf, "third"));
    assert_null(bulk_order_next(&o)); /* 5 is still being made */
    struct bulk_result five = result_of(5, "fifth");
    bulk_order_add(&o, &five);
    assert_int_equal(bulk_order_next(&o)->number, 5);
    assert_int_equal(bulk_order_next(&o)->number, 9);
    assert_null(bulk_order_next(&o));
    bulk_order_done(&o);
}

static void keeps_a_copy(void **state)
{
    static struct bulk_order o;
    (void)state;
    char text[] = "letter", reason[] = "no room";
    bulk_order_init(&o);
    bulk_order_expect(&o, 1);
    struct bulk_result r = result_of(1, text);
    r.outcome = BULK_FAILED;
    r.reason = str_from(reason);
    bulk_order_add(&o, &r);
    memset(text, 'x', sizeof text - 1);
    memset(reason, 'x', sizeof reason - 1);
    struct bulk_result *next = bulk_order_next(&o);
    assert_true(str_is(next->pdf, "letter"));
    assert_true(str_is(next->reason, "no room"));
    assert_int_equal(next->outcome, BULK_FAILED);
    bulk_order_done(&o);
}

static void is_full_and_goes_round(void **state)
{
    static struct bulk_order o;
    (void)state;
    bulk_order_init(&o);
    uint64_t given = 0;
    for (uint64_t round = 0; round < 5; round++) {
        while (bulk_order_has_room(&o)) {
            bulk_order_expect(&o, ++given);
        }
        for (uint64_t n = given; n > given - BULK_HELD; n--) {
            struct bulk_result r = result_of(n, "");
            bulk_order_add(&o, &r);
        }
        for (uint64_t n = given - BULK_HELD + 1; n <= given; n++) {
            assert_int_equal(bulk_order_next(&o)->number, n);
        }
    }
    assert_int_equal(given, 5 * BULK_HELD);
    bulk_order_done(&o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(leaves_in_the_order_of_the_records),
        cmocka_unit_test(keeps_a_copy),
        cmocka_unit_test(is_full_and_goes_round),
    };
    return cmocka_run_group_tests_name("bulk_order", tests, NULL, NULL);
}

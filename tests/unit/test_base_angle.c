/* SPDX-License-Identifier: MIT */
#include "assertions.h"

#include "base/angle.h"

static void quarters_are_exact(void **state)
{
    (void)state;
    static const int32_t SINES[] = {0, ANGLE_ONE, 0, -ANGLE_ONE};
    for (int i = -8; i < 8; i++) {
        assert_int_equal(angle_sin(i * 90), SINES[(i + 8) % 4]);
        assert_int_equal(angle_cos(i * 90), SINES[(i + 9) % 4]);
    }
    assert_int_equal(angle_sin(30), ANGLE_ONE / 2);
    assert_int_equal(angle_cos(120), -ANGLE_ONE / 2);
    assert_int_equal(angle_sin(-30), -ANGLE_ONE / 2);
}

static void squares_add_up_to_one(void **state)
{
    (void)state;
    for (int d = -400; d < 800; d++) {
        int64_t s = angle_sin(d), c = angle_cos(d);
        int64_t one = (int64_t)ANGLE_ONE * ANGLE_ONE, sum = s * s + c * c;
        assert_true(sum - one < 2 * ANGLE_ONE && one - sum < 2 * ANGLE_ONE);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quarters_are_exact),
        cmocka_unit_test(squares_add_up_to_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

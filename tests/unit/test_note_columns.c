/* SPDX-License-Identifier: MIT
 *
 * note/columns.c: columns as a mapping, as blocks, as text; what is refused. */
#include "assertions.h"

#include <stdio.h>

#include "note_fixture.h"

static void test_forms(void **state)
{
    (void)state;
    struct fixture f;
    fixture_load(&f, "title: T\nbody:\n"
                     "  - columns: {count: 3, gap: 2em, rule: true, body: One.}\n"
                     "  - columns: [Two., Three.]\n"
                     "  - columns: Four.\n");
    assert_int_equal(f.sink.list.n, 0);
    assert_dump_holds(&f, "columns @3:14 count=3 rule\n      paragraph @3:53\n");
    assert_dump_holds(&f, "columns @4:14 count=2\n      paragraph @4:15\n");
    assert_dump_holds(&f, "columns @5:14 count=2\n      paragraph @5:14\n");
    fixture_done(&f);
}

static void test_refused(void **state)
{
    (void)state;
    static const struct {
        const char *block;
        enum diag_code code;
    } BAD[] = {
        {"columns: {count: 1, body: a}", DIAG_OUT_OF_RANGE},
        {"columns: {count: 7, body: a}", DIAG_OUT_OF_RANGE},
        {"columns: {count: two, body: a}", DIAG_WRONG_TYPE},
        {"columns: {gap: -1mm, body: a}", DIAG_BAD_UNIT},
        {"columns: {gap: 10%, body: a}", DIAG_BAD_UNIT},
        {"columns: {gap: 100000mm, body: a}", DIAG_BAD_UNIT},
        {"columns: {rule: thick, body: a}", DIAG_BAD_VALUE},
        {"columns: {count: 2}", DIAG_MISSING_KEY},
        {"columns: {cuont: 2, body: a}", DIAG_UNKNOWN_KEY},
        {"columns: [{columns: [a]}]", DIAG_BAD_VALUE},
        {"columns: [{quote: [{columns: [a]}]}]", DIAG_BAD_VALUE},
    };
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        struct fixture f;
        char text[160];
        snprintf(text, sizeof text, "title: T\nbody:\n  - %s\n", BAD[i].block);
        fixture_load(&f, text);
        if (f.sink.list.n != 1 || f.sink.list.v[0].code != BAD[i].code) {
            fail_msg("%s: %zu reports", BAD[i].block, f.sink.list.n);
        }
        fixture_done(&f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_forms),
        cmocka_unit_test(test_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT
 *
 * note/lists.c: tasks, forms of numbers, lists that continue others, definitions. */
#include "assertions.h"

#include <stdio.h>

#include "note_fixture.h"

#define BODY "title: T\nbody:\n"

static void test_tasks(void **state)
{
    (void)state;
    struct fixture f;
    fixture_load(&f, "title: T\nbody: |\n"
                     "  - [x] done\n"
                     "  - [ ] open, see [x]\n"
                     "  - \\[ ] escaped\n"
                     "  - none\n"
                     "\n"
                     "  > 1. [X] in a quotation\n"
                     "  >    - [ ] *deep*\n");
    assert_int_equal(f.sink.list.n, 0);
    assert_dump_holds(&f, "item @3:3 done\n        paragraph @3:9\n"
                          "          text @3:9 \"done\"");
    assert_dump_holds(&f, "item @4:3 open\n");
    assert_dump_holds(&f, "item @5:3\n");
    assert_dump_holds(&f, "text @5:6 \"[ ] escaped\"");
    assert_dump_holds(&f, "item @6:3\n");
    assert_dump_holds(&f, "item @8:5 done\n          paragraph @8:8\n"
                          "            text @8:8 \"in a quotation\"");
    assert_dump_holds(&f, "item @9:8 open\n              paragraph @9:10\n"
                          "                emphasis");
    fixture_done(&f);
}

static void test_typed_tasks(void **state)
{
    (void)state;
    struct fixture f;
    fixture_load(&f, BODY "  - list:\n"
                          "      - {text: a, checked: true}\n"
                          "      - {checked: false, text: b}\n"
                          "      - {text: c, checked: perhaps}\n");
    assert_dump_holds(&f, "item @4:9 done\n");
    assert_dump_holds(&f, "item @5:9 open\n");
    assert_dump_holds(&f, "item @6:9\n");
    assert_report(&f, DIAG_BAD_VALUE, 6, 28);
    fixture_done(&f);
}

static void test_forms(void **state)
{
    (void)state;
    struct fixture f;
    fixture_load(&f, BODY "  - list: [a]\n    prefix: '§ '\n    suffix: ''\n"
                          "    start: 4\n"
                          "  - list: [a]\n    tight: false\n"
                          "  - list: [{body: [a, b]}]\n    tight: true\n");
    assert_int_equal(f.sink.list.n, 0);
    assert_dump_holds(&f, "list @3:11 ordered decimal. start=4 prefix=\"§ \" "
                          "suffix=\"\" tight\n");
    assert_dump_holds(&f, "list @7:11\n");
    assert_dump_holds(&f, "list @9:11 tight\n");
    fixture_done(&f);
}

/* Nested lists count for themselves; what a list does not say, the one before says. */
static void test_continued(void **state)
{
    (void)state;
    struct fixture f;
    fixture_load(&f, BODY
        "  - list: [a, {text: b, list: [x, y, z], ordered: true}]\n"
        "    numbering: upper-roman\n    prefix: (\n    suffix: )\n"
        "  - list: [bullet]\n"
        "  - list: [c]\n    continued: true\n"
        "  - list: [{body: [t, {list: [u], continued: true}]}]\n"
        "    continued: true\n    numbering: decimal\n");
    assert_int_equal(f.sink.list.n, 0);
    assert_dump_holds(&f, "list @8:11 ordered upper-roman. start=3 continued "
                          "prefix=\"(\" suffix=\")\" tight\n");
    assert_dump_holds(&f, "list @10:11 ordered decimal. start=4 continued ");
    assert_dump_holds(&f, "list @10:30 ordered decimal. start=4 continued tight\n");
    fixture_done(&f);
}

static void test_nothing_to_continue(void **state)
{
    (void)state;
    struct fixture f;
    fixture_load(&f, BODY "  - list: [bullet]\n"
                          "  - list: [a]\n    continued: true\n");
    assert_report(&f, DIAG_BAD_VALUE, 5, 16);
    fixture_done(&f);
    fixture_load(&f, BODY "  - '1. one'\n"
                          "  - list: [a]\n    start: 3\n    continued: true\n");
    assert_report(&f, DIAG_BAD_VALUE, 5, 12);
    assert_hint(&f, DIAG_BAD_VALUE, "leave one of the two out");
    fixture_done(&f);
}

static void test_starts(void **state)
{
    (void)state;
    static const char *const WRONG[] = {"-1", "1000000000", "2147483648",
                                        "99999999999999999999"};
    for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++) {
        struct fixture f;
        char text[128];
        snprintf(text, sizeof text, BODY "  - list: [a]\n    start: %s\n", WRONG[i]);
        fixture_load(&f, text);
        assert_report(&f, DIAG_OUT_OF_RANGE, 4, 12);
        fixture_done(&f);
    }
    struct fixture f;
    fixture_load(&f, BODY "  - list: [a]\n    start: 0\n    numbering: lower-roman\n");
    assert_report(&f, DIAG_OUT_OF_RANGE, 4, 12);
    fixture_done(&f);
}

static void test_definitions(void **state)
{
    (void)state;
    struct fixture f;
    fixture_load(&f, BODY "  - definitions:\n"
                          "      Mole[^m]: a wall\n"
                          "      Quay: [one, {list: [two]}]\n"
                          "    id: terms\n"
                          "  - definitions:\n"
                          "      - [Berth, here]\n"
                          "      - [Berth, there]\n"
                          "      - Slip: a slope\n"
                          "footnotes: {m: from the Latin}\n");
    assert_int_equal(f.sink.list.n, 0);
    assert_dump_holds(&f, "definitions @4:7 id=terms\n"
                          "      definition @4:7\n"
                          "        label @4:7\n"
                          "          text @4:7 \"Mole\"\n"
                          "          footnote-mark @4:11 number=1 nth=1");
    assert_dump_holds(&f, "      definition @5:7\n"
                          "        label @5:7\n"
                          "          text @5:7 \"Quay\"\n"
                          "        paragraph @5:14\n"
                          "          text @5:14 \"one\"\n"
                          "        list @5:26 tight\n");
    assert_dump_holds(&f, "text @9:17 \"there\"");
    assert_dump_holds(&f, "text @10:15 \"a slope\"");
    fixture_done(&f);
}

static void test_wrong_definitions(void **state)
{
    (void)state;
    struct fixture f;
    fixture_load(&f, BODY "  - definitions:\n      A:\n      B: {c: d}\n");
    assert_report(&f, DIAG_EMPTY_VALUE, 4, 7);
    assert_report(&f, DIAG_WRONG_TYPE, 5, 10);
    fixture_done(&f);
    fixture_load(&f, BODY "  - definitions:\n      - [A]\n");
    assert_report(&f, DIAG_WRONG_TYPE, 4, 9);
    assert_hint(&f, DIAG_WRONG_TYPE, "write `[Term, meaning]`");
    fixture_done(&f);
    fixture_load(&f, BODY "  - definitions: {a: b}\n    start: 2\n");
    assert_report(&f, DIAG_UNKNOWN_KEY, 4, 5);
    fixture_done(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tasks),
        cmocka_unit_test(test_typed_tasks),
        cmocka_unit_test(test_forms),
        cmocka_unit_test(test_continued),
        cmocka_unit_test(test_nothing_to_continue),
        cmocka_unit_test(test_starts),
        cmocka_unit_test(test_definitions),
        cmocka_unit_test(test_wrong_definitions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

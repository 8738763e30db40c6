/* SPDX-License-Identifier: MIT
 *
 * note/callouts.c and note/github.c: callouts as blocks and as quotations. */
#include "assertions.h"

#include <stdio.h>

#include "note_fixture.h"

static void test_alerts(void **state)
{
    (void)state;
    struct fixture f;
    fixture_load(&f, "title: T\nbody: |\n"
                     "  > [!NOTE]\n"
                     "  > One *two*.\n"
                     "\n"
                     "  > [!Warning] Mind the **gap**\n"
                     "  > Three.\n"
                     "\n"
                     "  > [!TIP]\n"
                     "  >\n"
                     "  > - [x] a list\n"
                     "\n"
                     "  1. > [!CAUTION]  \n"
                     "     > In an item.\n");
    assert_int_equal(f.sink.list.n, 0);
    assert_dump_holds(&f, "callout @3:3 note\n      paragraph @3:5\n"
                          "        text @4:5 \"One \"\n        emphasis @4:9\n");
    assert_dump_holds(&f, "callout @6:3 warning\n      label @6:3\n"
                          "        text @6:16 \"Mind the \"\n        strong @6:25\n");
    assert_dump_holds(&f, "text @7:5 \"Three.\"");
    assert_dump_holds(&f, "callout @9:3 tip\n      list @11:5 tight\n"
                          "        item @11:5 done\n");
    assert_dump_holds(&f, "item @13:3\n        callout @13:6 caution\n"
                          "          paragraph @13:8\n"
                          "            text @14:8 \"In an item.\"");
    fixture_done(&f);
}

/* Quotations that only look a little like it. */
static void test_no_alerts(void **state)
{
    (void)state;
    static const char *const QUOTES[] = {
        "> [!NOTE\n  > a", "> \\[!NOTE]\n  > a", "> [NOTE]\n  > a", "> a [!NOTE]\n  > b",
        "> [!]\n  > a", "> [!NO TE]\n  > a", "> *[!NOTE]*\n  > a", "> # [!NOTE]\n  > a",
    };
    for (size_t i = 0; i < sizeof QUOTES / sizeof *QUOTES; i++) {
        struct fixture f;
        char text[160];
        snprintf(text, sizeof text, "title: T\nbody: |\n  %s\n", QUOTES[i]);
        fixture_load(&f, text);
        if (f.sink.list.n) {
            fail_msg("%s: %.*s", QUOTES[i], STR_ARG(f.sink.list.v[0].message));
        }
        assert_dump_holds(&f, "    quote @3:3\n");
        fixture_done(&f);
    }
}

static void test_slips(void **state)
{
    (void)state;
    struct fixture f;
    fixture_load(&f, "title: T\nbody: |\n  > [!WARNIG]\n  > a\n");
    assert_report(&f, DIAG_BAD_VALUE, 3, 3);
    assert_hint(&f, DIAG_BAD_VALUE, "did you mean `warning`?");
    fixture_done(&f);
    fixture_load(&f, "title: T\nbody: |\n  > [!TIP] A *title*\n\n  a\n");
    assert_report(&f, DIAG_EMPTY_VALUE, 3, 3);
    assert_dump_holds(&f, "callout @3:3 tip\n      label @3:5\n"
                          "        text @3:12 \"A \"\n        emphasis @3:14\n");
    fixture_done(&f);
    fixture_load(&f, "title: T\nbody: |\n  > [!TIP] Title\n  >\n  > - list\n");
    assert_int_equal(f.sink.list.n, 0);
    assert_dump_holds(&f, "callout @3:3 tip\n      label");
    assert_dump_holds(&f, "      list @5:5 tight\n");
    fixture_done(&f);
    fixture_load(&f, "title: T\nbody: |\n  > [!TIP]\n\n  a\n");
    assert_report(&f, DIAG_EMPTY_VALUE, 3, 3);
    fixture_done(&f);
}

static void test_blocks(void **state)
{
    (void)state;
    struct fixture f;
    fixture_load(&f, "title: T\nbody:\n"
                     "  - callout: Just *text*\n"
                     "    id: here\n"
                     "  - callout: [one, {callout: two}]\n"
                     "  - callout: {kind: box, title: 'A [^1]', body: b}\n"
                     "  - callout: {title: '', body: [{list: [c]}]}\n"
                     "footnotes: {1: n}\n");
    assert_int_equal(f.sink.list.n, 0);
    assert_dump_holds(&f, "callout @3:14 note id=here\n      paragraph");
    assert_dump_holds(&f, "callout @5:14 note\n      paragraph @5:15\n"
                          "        text @5:15 \"one\"\n      callout @5:30 note\n");
    assert_dump_holds(&f, "callout @6:14 box\n      label @6:33\n");
    assert_dump_holds(&f, "footnote-mark @6:36 number=1 nth=1");
    assert_dump_holds(&f, "callout @7:14 note untitled\n      list @7:40 tight\n");
    fixture_done(&f);
}

static void test_wrong_blocks(void **state)
{
    (void)state;
    struct fixture f;
    fixture_load(&f, "title: T\nbody:\n"
                     "  - callout: {kind: warnign, body: a}\n"
                     "  - callout: {title: b}\n"
                     "  - callout: {titel: c, body: d}\n");
    assert_report(&f, DIAG_BAD_VALUE, 3, 21);
    assert_hint(&f, DIAG_BAD_VALUE, "did you mean `warning`?");
    assert_report(&f, DIAG_MISSING_KEY, 4, 14);
    assert_report(&f, DIAG_UNKNOWN_KEY, 5, 15);
    fixture_done(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_alerts),
        cmocka_unit_test(test_no_alerts),
        cmocka_unit_test(test_slips),
        cmocka_unit_test(test_blocks),
        cmocka_unit_test(test_wrong_blocks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

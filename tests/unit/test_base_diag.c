/* SPDX-License-Identifier: MIT
 *
 * base/diag: reports, their order and limits, suggestions, places. */
#include "assertions.h"

#include "base/diag.h"

static struct arena arena;
static struct diag_sink sink;

static int open_sink(void **state)
{
    (void)state;
    arena_init(&arena);
    diag_init(&sink, &arena);
    return 0;
}

static int close_sink(void **state)
{
    (void)state;
    arena_done(&arena);
    return 0;
}

static void test_the_worst_decides(void **state)
{
    (void)state;
    assert_int_equal(diag_exit_status(&sink), 0);
    diag_report(&sink, DIAG_UNUSED_FOOTNOTE, PLACE_NONE, NULL, "a warning");
    assert_int_equal(diag_exit_status(&sink), 0);
    assert_false(diag_has_errors(&sink));
    diag_report(&sink, DIAG_UNKNOWN_KEY, PLACE_NONE, NULL, "an error");
    assert_int_equal(diag_exit_status(&sink), 1);
    diag_report(&sink, DIAG_CANNOT_WRITE, PLACE_NONE, NULL, "the disk");
    assert_int_equal(diag_exit_status(&sink), 3);
    assert_true(diag_has_errors(&sink));
}

static void test_texts_are_copied(void **state)
{
    (void)state;
    char hint[] = "do this", message[] = "that";
    struct diag *d = diag_report(&sink, DIAG_BAD_VALUE, PLACE_NONE, hint, "%s is %d",
                                 message, 7);
    diag_second(&sink, d, PLACE_NONE, hint);
    memset(hint, 'x', sizeof hint - 1);
    memset(message, 'x', sizeof message - 1);
    assert_str(d->message, "that is 7");
    assert_str(d->hint, "do this");
    assert_str(d->second_message, "do this");
    diag_second(&sink, NULL, PLACE_NONE, "nothing to add to");
}

static void test_a_flood_is_counted_not_kept(void **state)
{
    (void)state;
    for (int i = 0; i < 500; i++) {
        struct diag *d = diag_report(&sink, DIAG_UNKNOWN_KEY, PLACE_NONE, NULL, "%d", i);
        assert_int_equal(d != NULL, i < DIAG_KEPT_PER_CODE);
    }
    assert_non_null(diag_report(&sink, DIAG_BAD_UNIT, PLACE_NONE, NULL, "another code"));
    assert_int_equal(sink.list.n, DIAG_KEPT_PER_CODE + 1);
    assert_int_equal(sink.counts[DIAG_ERROR], 501);
    assert_int_equal(sink.per_code[DIAG_UNKNOWN_KEY], 500);
}

static void test_codes_are_named_once(void **state)
{
    (void)state;
    for (int i = 0; i < DIAG_CODE_COUNT; i++) {
        const char *name = diag_name((enum diag_code)i);
        assert_non_null(name);
        assert_true(strlen(diag_meaning((enum diag_code)i)) > 10);
        for (const char *p = name; *p; p++) {
            assert_non_null(strchr("abcdefghijklmnopqrstuvwxyz0123456789-", *p));
        }
        for (int k = 0; k < i; k++) {
            assert_string_not_equal(name, diag_name((enum diag_code)k));
        }
    }
}

static void test_sorted_by_place_stably(void **state)
{
    (void)state;
    struct source a = {.name = STR("a.yaml")}, b = {.name = STR("b.yaml")};
    static const int ORDER[] = {4, 2, 1, 3, 5, 0};
    struct place places[] = {PLACE_NONE,      {&a, 2, 1, 1}, {&a, 1, 9, 1},
                             {&a, 10, 1, 1}, {&a, 1, 2, 1}, {&b, 1, 1, 1}};
    for (int i = 0; i < 6; i++) {
        diag_report(&sink, DIAG_BAD_VALUE, places[i], NULL, "%d", i);
        diag_report(&sink, DIAG_BAD_VALUE, places[i], NULL, "%d again", i);
    }
    diag_sort(&sink);
    for (size_t i = 0; i < 6; i++) {
        assert_int_equal(sink.list.v[2 * i].message.p[0], '0' + ORDER[i]);
        assert_int_equal(sink.list.v[2 * i].message.n, 1);
        assert_true(str_ends(sink.list.v[2 * i + 1].message, STR("again")));
    }
}

static void test_suggestions(void **state)
{
    (void)state;
    static const char *const KEYS[] = {"title", "subtitle", "lang", "page-break", "to",
                                       "footnotes", "disclaimer"};
    static const struct {
        const char *word, *hint;
    } CASES[] = {
        {"titel", "did you mean `title`?"},
        {"Title", "did you mean `title`?"},
        {"TITLE", "did you mean `title`?"},
        {"sub_title", "did you mean `subtitle`?"},
        {"page_break", "did you mean `page-break`?"},
        {"page break", "did you mean `page-break`?"},
        {"footnote", "did you mean `footnotes`?"},
        {"disclamer", "did you mean `disclaimer`?"},
        {"lan", "did you mean `lang`?"},
        {"ot", "did you mean `to`?"},
        {"x", ""},
        {"", ""},
        {"language", "did you mean `lang`?"},
        {"Title_Text", "did you mean `title`?"},
        {"languages-of-it", ""},
        {"tooling", ""},
        {"quantum", ""},
        {"colour", ""},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        str hint = diag_suggest(&arena, str_from(CASES[i].word), KEYS, 7);
        if (!str_is(hint, CASES[i].hint)) {
            fail_msg("%s: \"%.*s\"", CASES[i].word, STR_ARG(hint));
        }
    }
    assert_str(diag_suggest(&arena, STR("title"), NULL, 0), "");
}

static void test_places_of_offsets(void **state)
{
    (void)state;
    struct source s = {.text = STR("ab\n\xC3\xA9x\r\ny\rz")};
    static const struct {
        size_t offset;
        uint32_t line, column;
    } CASES[] = {{0, 1, 1}, {2, 1, 3}, {3, 2, 1}, {5, 2, 2}, {6, 2, 3},
                 {8, 3, 1}, {10, 4, 1}, {11, 4, 2}, {99, 4, 2}};
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        struct place at = diag_place_of_offset(&s, CASES[i].offset);
        assert_int_equal(at.line, CASES[i].line);
        assert_int_equal(at.column, CASES[i].column);
        assert_ptr_equal(at.source, &s);
    }
}

static void test_lines_of_sources(void **state)
{
    (void)state;
    struct source s = {.text = STR("one\r\n\ntwo\rthree")};
    assert_str(diag_source_line(&s, 1), "one");
    assert_str(diag_source_line(&s, 2), "");
    assert_str(diag_source_line(&s, 3), "two");
    assert_str(diag_source_line(&s, 4), "three");
    assert_str(diag_source_line(&s, 5), "");
    assert_str(diag_source_line(&s, 0), "");
    assert_str(diag_source_line(&s, UINT32_MAX), "");
}

static void test_find(void **state)
{
    (void)state;
    struct source s = {.name = STR("n"),
                       .text = STR("style: x\n\xC3\xA9 style\r\nx y\n")};
    struct place from = {&s, 1, 8, 1};
    struct place there = diag_find(from, STR("style"));
    assert_int_equal(there.line, 2);
    assert_int_equal(there.column, 3);
    assert_int_equal(there.width, 5);
    assert_int_equal(diag_find(from, STR("x")).column, 8);
    assert_int_equal(diag_find((struct place){&s, 2, 1, 1}, STR("x")).line, 3);
    assert_int_equal(diag_find(from, STR("no such")).column, 8);
    assert_int_equal(diag_find((struct place){&s, 99, 1, 1}, STR("x")).line, 99);
    assert_null(diag_find(PLACE_NONE, STR("x")).source);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_the_worst_decides, open_sink, close_sink),
        cmocka_unit_test_setup_teardown(test_texts_are_copied, open_sink, close_sink),
        cmocka_unit_test_setup_teardown(test_a_flood_is_counted_not_kept, open_sink,
                                        close_sink),
        cmocka_unit_test(test_codes_are_named_once),
        cmocka_unit_test_setup_teardown(test_sorted_by_place_stably, open_sink,
                                        close_sink),
        cmocka_unit_test_setup_teardown(test_suggestions, open_sink, close_sink),
        cmocka_unit_test(test_places_of_offsets),
        cmocka_unit_test(test_lines_of_sources),
        cmocka_unit_test(test_find),
    };
    return cmocka_run_group_tests_name("base/diag", tests, NULL, NULL);
}

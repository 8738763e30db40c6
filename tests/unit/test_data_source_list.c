/* SPDX-License-Identifier: MIT
 *
 * Lists of records in YAML and JSON: their fields, and each as JSON. */
#include "data_case.h"

#include "yaml/value.h"

static void test_rows(void **state)
{
    (void)state;
    static const struct { const char *ending, *text, *rows; } CASES[] = {
        {".yaml", "- id: 7\n  name: A\n- {id: 8}\n", "1@1 id=7 name=A;2@3 id=8;"},
        {".yml", "- to:\n    name: A\n  l: [a]\n  no: ~\n", "1@1 to.name=A;"},
        {".yaml", "- a: |\n    two\n    lines\n", "1@1 a=two\nlines\n;"},
        {".yaml", "[]\n", ""},
        {".json", "[{\"id\": 1.50}, {\"id\": \"\\ud83d\\ude00\"}]",
         "1@1 id=1.50;2@1 id=\xF0\x9F\x98\x80;"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct data_case c;
        case_open(&c, CASES[i].ending, str_from(CASES[i].text));
        assert_non_null(c.source);
        assert_str(case_rows(&c), CASES[i].rows);
        assert_true(data_rewind(c.source));
        assert_str(case_rows(&c), CASES[i].rows);
        assert_int_equal(c.sink.list.n, 0);
        case_close(&c);
    }
}

/* A record on its own can be read again, alone or as one of a list. */
static void test_each_as_json(void **state)
{
    (void)state;
    struct data_case c;
    struct data_row row;
    case_open(&c, ".yaml",
              STR("- {a: 07, b: 12, c: 'true', d: true, e: ~, f: [x, {g: \"\\\"\"}], "
                  "h: -3}\n"));
    assert_int_equal(data_next(c.source, &row), DATA_ROW);
    assert_str(row.text, "{\"a\": \"07\", \"b\": 12, \"c\": \"true\", \"d\": true, "
                         "\"e\": null, \"f\": [\"x\", {\"g\": \"\\\"\"}], \"h\": -3}");
    assert_str(row.raw, str_format(&c.arena, "- %.*s\n", STR_ARG(row.text)).p);
    case_close(&c);
}

static void test_what_is_no_list(void **state)
{
    (void)state;
    static const struct { const char *text; enum diag_code code; } CASES[] = {
        {"a: 1\n", DIAG_BAD_DATA},
        {"", DIAG_EMPTY_NOTE},
        {"- [\n", DIAG_BAD_YAML},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct data_case c;
        case_open(&c, ".yaml", str_from(CASES[i].text));
        assert_null(c.source);
        assert_int_equal(c.sink.list.v[0].code, CASES[i].code);
        case_close(&c);
    }
}

static void test_what_is_no_record(void **state)
{
    (void)state;
    struct data_case c;
    case_open(&c, ".yaml", STR("- a: 1\n- text\n- a: 2\n"));
    assert_str(case_rows(&c), "1@1 a=1;!3@3 a=2;");
    assert_true(c.source->failed);
    assert_int_equal(c.sink.list.v[0].at.line, 2);
    case_close(&c);
}

static void test_too_long(void **state)
{
    (void)state;
    struct data_case c;
    struct arena a;
    struct buf text;
    arena_init(&a);
    buf_init(&text, &a);
    buf_puts(&text, "- a: ");
    buf_repeat(&text, 'x', VALUE_LIMITS.max_bytes);
    case_open(&c, ".yaml", buf_str(&text));
    assert_null(c.source);
    assert_int_equal(c.sink.list.v[0].code, DIAG_TOO_LARGE);
    case_close(&c);
    arena_done(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_each_as_json),
        cmocka_unit_test(test_what_is_no_list),
        cmocka_unit_test(test_what_is_no_record),
        cmocka_unit_test(test_too_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

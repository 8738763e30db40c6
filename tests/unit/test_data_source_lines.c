/* SPDX-License-Identifier: MIT
 *
 * JSON Lines: fields of objects inside objects, what is no record, files of any size. */
#include "data_case.h"

#include "base/sha256.h"
#include "data/data.h"

static void test_rows(void **state)
{
    (void)state;
    static const struct { const char *text, *rows; } CASES[] = {
        {"", ""},
        {"\n \n", ""},
        {"{}\n", "1@1;"},
        {"{\"id\": 7, \"name\": \"A\"}", "1@1 id=7 name=A;"},
        {"\n{\"a\": \"1\"}\r\n\r\n{\"a\": \"2\"}\r\n", "1@2 a=1;2@4 a=2;"},
        {"\xEF\xBB\xBF{\"a\": true, \"b\": false, \"c\": null}\n", "1@1 a=true b=false;"},
        {"{\"a\": -3, \"b\": 1.5, \"c\": 1e3}\n", "1@1 a=-3 b=1.5 c=1000.0;"},
        {"{\"to\": {\"name\": \"A\", \"at\": {\"zip\": \"07\"}}, \"l\": [{\"a\": 2}]}\n",
         "1@1 to.name=A to.at.zip=07;"},
        {"{\"\\u00e9\": \"\\ud83d\\ude00\"}\n", "1@1 \xC3\xA9=\xF0\x9F\x98\x80;"},
        {"{\"b\": 1, \"a\": 2}\n", "1@1 b=1 a=2;"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct data_case c;
        case_open(&c, ".jsonl", str_from(CASES[i].text));
        assert_non_null(c.source);
        assert_str(case_rows(&c), CASES[i].rows);
        assert_false(c.source->failed);
        assert_true(data_rewind(c.source));
        assert_str(case_rows(&c), CASES[i].rows);
        assert_int_equal(c.sink.list.n, 0);
        case_close(&c);
    }
}

/* The note is made from the line: numbers are spelled there as they were written. */
static void test_the_line_is_kept(void **state)
{
    (void)state;
    struct data_case c;
    struct data_row row;
    case_open(&c, ".ndjson", STR("  {\"a\": 1.50, \"l\": [\"x\"]} \r\n{\"a\": 2}"));
    assert_int_equal(data_next(c.source, &row), DATA_ROW);
    assert_str(row.text, "{\"a\": 1.50, \"l\": [\"x\"]}");
    assert_str(row.raw, "  {\"a\": 1.50, \"l\": [\"x\"]} \r\n");
    assert_int_equal(data_next(c.source, &row), DATA_ROW);
    assert_str(row.raw, "{\"a\": 2}");
    case_close(&c);
}

static void test_what_is_no_record(void **state)
{
    (void)state;
    static const struct { const char *text, *rows; uint32_t line, column; } CASES[] = {
        {"{\"a\": 1}\n{\"a\": }\n{\"a\": 2}\n", "1@1 a=1;!2@3 a=2;", 2, 7},
        {"[1]\nx\n{}\n", "!!1@3;", 1, 1},
        {"{\"a\": 1} {\"a\": 2}\n", "!", 1, 0},
        {"{\"a\": 1, \"a\": 2}\n", "!", 1, 0},
        {"{\"a\": \"\xFF\"}\n", "!", 1, 0},
        {"{\"a\": \"\\u0000\"}\n", "!", 1, 0},
        {"\"a\"\n", "!", 1, 0},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct data_case c;
        case_open(&c, ".jsonl", str_from(CASES[i].text));
        assert_str(case_rows(&c), CASES[i].rows);
        assert_true(c.source->failed);
        assert_int_equal(c.sink.list.v[0].code, DIAG_BAD_DATA);
        assert_int_equal(c.sink.list.v[0].at.line, CASES[i].line);
        if (CASES[i].column) {
            assert_int_equal(c.sink.list.v[0].at.column, CASES[i].column);
        }
        case_close(&c);
    }
}

static void test_limits(void **state)
{
    (void)state;
    struct data_case c;
    struct arena a;
    struct buf text;
    arena_init(&a);
    buf_init(&text, &a);
    buf_puts(&text, "{\"a\": \"");
    buf_repeat(&text, 'x', 3 * (size_t)DATA_MAX_RECORD);
    buf_puts(&text, "\"}\n{}\n");
    case_open(&c, ".jsonl", buf_str(&text));
    assert_str(case_rows(&c), ".");
    assert_int_equal(c.sink.list.v[0].code, DIAG_TOO_LARGE);
    assert_str(case_rows(&c), ".");
    case_close(&c);

    buf_init(&text, &a);
    for (int i = 0; i < 100; i++) { /* names in names, deeper than fields go */
        buf_puts(&text, "{\"a\":");
    }
    buf_puts(&text, "1");
    buf_repeat(&text, '}', 100);
    case_open(&c, ".jsonl", buf_str(&text));
    assert_str(case_rows(&c), "1@1;");
    case_close(&c);
    arena_done(&a);
}

static void test_many(void **state)
{
    (void)state;
    enum { ROWS = 20000 };
    struct data_case c;
    struct data_row row;
    struct buf text;
    struct arena a;
    char once[65], twice[65];
    arena_init(&a);
    buf_init(&text, &a);
    for (int i = 1; i <= ROWS; i++) {
        buf_format(&text, "{\"id\": %d, \"name\": \"name %060d\"}\n", i, i);
    }
    case_open(&c, ".jsonl", buf_str(&text));
    for (int i = 1; i <= ROWS; i++) {
        assert_int_equal(data_next(c.source, &row), DATA_ROW);
        assert_int_equal(row.line, i);
        assert_int_equal(atoi(row.values[0].p), i);
    }
    assert_int_equal(data_next(c.source, &row), DATA_END);
    data_digest(c.source, once);
    str_sha256(buf_str(&text), twice);
    assert_string_equal(once, twice);
    case_close(&c);
    arena_done(&a);
}

/* A name that says nothing: the first bytes do. */
static void test_found_by_its_first_bytes(void **state)
{
    (void)state;
    static const char *const ENDINGS[] = {"", ".json", ".dat"};
    for (size_t i = 0; i < 3; i++) {
        struct data_case c;
        case_open(&c, ENDINGS[i], STR("\xEF\xBB\xBF \n{\"a\": 1}\n"));
        assert_ptr_equal(c.source->kind, &DATA_LINES);
        case_close(&c);
        case_open(&c, ENDINGS[i], STR("[{\"a\": 1}]"));
        assert_ptr_equal(c.source->kind, &DATA_LIST);
        case_close(&c);
        case_open(&c, ENDINGS[i], STR("- a: 1\n"));
        assert_ptr_equal(c.source->kind, &DATA_LIST);
        case_close(&c);
        case_open(&c, ENDINGS[i], STR("a,b\n1,2\n"));
        assert_ptr_equal(c.source->kind, &DATA_CSV);
        case_close(&c);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_the_line_is_kept),
        cmocka_unit_test(test_what_is_no_record),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_many),
        cmocka_unit_test(test_found_by_its_first_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

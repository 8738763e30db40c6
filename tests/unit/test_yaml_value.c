/* SPDX-License-Identifier: MIT */
#include "note_fixture.h"

/* Every place of `key`'s text is where the source has the same character. */
static void check_places(const char *text, const char *key)
{
    struct fixture f;
    fixture_read(&f, text);
    assert_non_null(f.root);
    const struct value *v = value_find(f.root, key);
    struct value_cursor c;
    value_cursor_init(&c, v);
    for (size_t i = 0; i < v->text.n; i++) {
        if (v->text.p[i] <= ' ') {
            continue;
        }
        struct place at = value_place(v, i);
        struct place walked = value_cursor_place(&c, i);
        str line = diag_source_line(&f.source, at.line);
        assert_true(at.column >= 1 && at.column <= line.n);
        if (line.p[at.column - 1] != v->text.p[i]) {
            fail_msg("%s: byte %zu (%c) at %u:%u", text, i, v->text.p[i], at.line,
                     at.column);
        }
        assert_int_equal(at.line, walked.line);
        assert_int_equal(at.column, walked.column);
    }
    fixture_done(&f);
}

static void test_places_in_every_style(void **state)
{
    (void)state;
    check_places("a: plain text\n", "a");
    check_places("a: plain text\n   goes on\n\n   and on\n", "a");
    check_places("a: 'single text'\n", "a");
    check_places("a: \"double\n  text\n\n  on\"\n", "a");
    check_places("a: |\n  one\n    two\n\n  three\n", "a");
    check_places("a: |-  # comment\n      one\n      two", "a");
    check_places("a: |2\n    kept\n  two\n", "a");
    check_places("a: |\n\n\n  late\n   er\n", "a");
    check_places("a: >\n  one\n  two\n\n  three\n    kept\n  four\n", "a");
    check_places("a: >-\n\n  late\n  r\n", "a");
    check_places("a: |\r\n  one\r\n  two\r\n", "a");
}

static void check_one(const char *text, size_t offset, uint32_t line, uint32_t column)
{
    struct fixture f;
    fixture_read(&f, text);
    assert_non_null(f.root);
    struct place at = value_place(value_find(f.root, "a"), offset);
    if (at.line != line || at.column != column) {
        fail_msg("%s: byte %zu at %u:%u", text, offset, at.line, at.column);
    }
    fixture_done(&f);
}

static void test_places_behind_escapes(void **state)
{
    (void)state;
    check_one("a: \"\\u00e9\\tx\\ny\"\n", 3, 1, 13);  /* x behind é and a tab */
    check_one("a: \"\\u00e9\\tx\\ny\"\n", 5, 1, 16);  /* y */
    check_one("a: 'it''s'\n", 3, 1, 9);               /* s */
    check_one("a: \"on\\\n   e\"\n", 2, 2, 4);        /* e, behind a joined line */
    check_one("a: \xc3\xa9\xc3\xa9x\n", 4, 1, 6);     /* columns are characters */
    check_one("a: &anchor x\n", 0, 1, 12);
    check_one("a: ab\n", 99, 1, 6);                   /* behind the end: the end */
    check_one("a: \xc3\xa9xyz\n", 1, 1, 5);          /* inside a character: behind it */
}

static void test_cursor_can_go_back(void **state)
{
    (void)state;
    struct fixture f;
    fixture_read(&f, "a: |\n  one\n  two\n");
    struct value_cursor c;
    value_cursor_init(&c, value_find(f.root, "a"));
    assert_int_equal(value_cursor_place(&c, 5).line, 3);
    struct place at = value_cursor_place(&c, 1);
    assert_int_equal(at.line, 2);
    assert_int_equal(at.column, 4);
    fixture_done(&f);
}

static void test_dump_is_json_with_places(void **state)
{
    (void)state;
    struct fixture f;
    struct buf out;
    fixture_read(&f, "a: [x, ~]\nb: \"q\\\"\"\n");
    buf_init(&out, &f.arena);
    value_dump(f.root, &out);
    assert_str(buf_str(&out),
               "{\"kind\": \"mapping\", \"at\": \"1:1\", \"pairs\": [\n"
               "  {\"key\": \"a\", \"at\": \"1:1\", \"value\": "
               "{\"kind\": \"sequence\", \"at\": \"1:4\", \"items\": [\n"
               "    {\"kind\": \"scalar\", \"at\": \"1:5\", \"style\": \"plain\", "
               "\"text\": \"x\"},\n"
               "    {\"kind\": \"null\", \"at\": \"1:8\", \"text\": \"~\"}\n"
               "  ]}},\n"
               "  {\"key\": \"b\", \"at\": \"2:1\", \"value\": "
               "{\"kind\": \"scalar\", \"at\": \"2:4\", \"style\": \"quoted\", "
               "\"text\": \"q\\\"\"}}\n"
               "]}\n");
    fixture_done(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_places_in_every_style),
        cmocka_unit_test(test_places_behind_escapes),
        cmocka_unit_test(test_cursor_can_go_back),
        cmocka_unit_test(test_dump_is_json_with_places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

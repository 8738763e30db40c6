/* SPDX-License-Identifier: MIT */
#include "note_fixture.h"

static void test_kinds_and_styles(void **state)
{
    (void)state;
    struct fixture f;
    fixture_read(&f, "a: NO\nb: 3.10\nc:\nd: ~\ne: 'null'\nf: [1, 2]\ng: {h: i}\n"
                     "j: |\n  x\n");
    assert_non_null(f.root);
    assert_int_equal(f.root->n, 8);
    assert_str(value_find(f.root, "a")->text, "NO");
    assert_str(value_find(f.root, "b")->text, "3.10");
    assert_int_equal(value_find(f.root, "c")->kind, VALUE_NULL);
    assert_int_equal(value_find(f.root, "d")->kind, VALUE_NULL);
    assert_int_equal(value_find(f.root, "e")->kind, VALUE_SCALAR);
    assert_int_equal(value_find(f.root, "f")->n, 2);
    assert_str(value_find(value_find(f.root, "g"), "h")->text, "i");
    assert_int_equal(value_find(f.root, "j")->style, VALUE_LITERAL);
    assert_null(value_find(f.root, "z"));
    assert_null(value_find(NULL, "z"));
    assert_int_equal(f.sink.list.n, 0);
    fixture_done(&f);
}

struct bad {
    const char *text;
    enum diag_code code;
    uint32_t line, column;
    const char *message; /* a part of it */
};

static const struct bad BAD[] = {
    {"title: x: y\n", DIAG_BAD_YAML, 1, 9, "colon and a space"},
    {"title: \"abc\nb: c\n", DIAG_BAD_YAML, 1, 8, "never closed"},
    {"a: b\ntitle: 'abc\n\nb: c\n", DIAG_BAD_YAML, 2, 8, "never closed"},
    {"title: a\n\tb: c\n", DIAG_TAB_INDENT, 2, 1, "does not allow tabs"},
    {"body: |\n\ttext\n", DIAG_TAB_INDENT, 2, 1, "does not allow tabs"},
    {"title: a\n  b: c\n", DIAG_BAD_YAML, 2, 3, "indented more"},
    {"title:\n  a\n  b: c\n", DIAG_BAD_YAML, 3, 3, "indented more"},
    {"a:\n  b: c\n d: e\n", DIAG_BAD_YAML, 3, 2, "aligned with no key"},
    {"a:\n  - b: c\n  d: e\n", DIAG_BAD_YAML, 3, 3, "aligned with no key"},
    {"a: b\n: c\n", DIAG_BAD_YAML, 2, 1, "not a key"},
    {"title:a\nlang: en\n", DIAG_BAD_YAML, 1, 6, "no space behind the colon"},
    {"a: b\nlang:en\n", DIAG_BAD_YAML, 2, 5, "no space behind the colon"},
    {"a:\n  - b:c\n    d: e\n", DIAG_BAD_YAML, 2, 6, "no space behind the colon"},
    {"title a\nlang: en\n", DIAG_BAD_YAML, 1, 1, "neither"},
    {"http://example.org\nlang: en\n", DIAG_BAD_YAML, 1, 1, "neither"},
    {"title: a\nfoo\nlang: en\n", DIAG_BAD_YAML, 2, 1, "neither"},
    {"title: *bold* text\n", DIAG_BAD_YAML, 1, 8, "alias in YAML"},
    {"title: **bold** text\n", DIAG_BAD_YAML, 1, 8, "alias in YAML"},
    {"title: [draft] text\nlang: en\n", DIAG_BAD_YAML, 1, 16, "closing `]`"},
    {"title: \"q\" text\n", DIAG_BAD_YAML, 1, 12, "closing `\"`"},
    {"keywords: [a, b\ntitle: x\n", DIAG_BAD_YAML, 1, 11, "not closed"},
    {"a: [", DIAG_BAD_YAML, 1, 4, "never closed"},
    {"a: [[b, c]\n# end\n", DIAG_BAD_YAML, 1, 4, "never closed"},
    {"a: {b: [c,\n", DIAG_BAD_YAML, 1, 8, "never closed"},
    {"a: {b:", DIAG_BAD_YAML, 1, 4, "never closed"},
    {"a: [b,,c]\n", DIAG_BAD_YAML, 1, 7, "a value is missing"},
    {"a: [b:,c]\n", DIAG_BAD_YAML, 1, 6, "colon in a value"},
    {"a: ]\n", DIAG_BAD_YAML, 1, 4, "cannot begin with `]`"},
    {"title: \"a\nb: \"c\"\n", DIAG_BAD_YAML, 2, 5, "closing `\"`"},
    {"title: @foo\n", DIAG_BAD_YAML, 1, 8, "cannot begin with `@`"},
    {"title: - x\n", DIAG_BAD_YAML, 1, 8, "list item on the line"},
    {"body: | text\n", DIAG_BAD_YAML, 1, 9, "on the line of a `|`"},
    {"title: \"a\\qb\"\n", DIAG_BAD_YAML, 1, 10, "escape"},
    {"title: a\n---\ntitle: b\n", DIAG_MANY_DOCUMENTS, 2, 1, "second document"},
    {"# only\n", DIAG_EMPTY_NOTE, 1, 1, "no note"},
    {"", DIAG_EMPTY_NOTE, 0, 0, "no note"},
    {"---\n", DIAG_EMPTY_NOTE, 1, 1, "no note"},
    {"title: caf\xc3", DIAG_BAD_UTF8, 1, 11, "middle of a character"},
    {"title: caf\xe9\n", DIAG_BAD_UTF8, 1, 11, "0xE9 at offset 10"},
    {"a: \xed\xa0\x80\n", DIAG_BAD_UTF8, 1, 4, "0xED"},
    {"a: \xc0\x80\n", DIAG_BAD_UTF8, 1, 4, "0xC0"},
    {"title: a\x01z\n", DIAG_BAD_CHARACTER, 1, 9, "control character"},
    {"title: a\xe2\x80\xa8z\n", DIAG_BAD_CHARACTER, 1, 9, "line separator"},
    {"title: a\xef\xbb\xbfz\n", DIAG_BAD_CHARACTER, 1, 9, "byte order mark"},
    {"title: a\rlang: en\r", DIAG_BAD_CHARACTER, 1, 9, "carriage return"},
    {"%YAML 3.0\n---\na: b\n", DIAG_BAD_YAML, 1, 1, "%YAML"},
};

static void test_what_is_not_yaml_is_explained(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        struct fixture f;
        size_t at;
        fixture_read(&f, BAD[i].text);
        assert_null(f.root);
        const struct diag *d = fixture_find(&f, BAD[i].code);
        if (!d || d->at.line != BAD[i].line || d->at.column != BAD[i].column ||
            !str_find(d->message, str_from(BAD[i].message), &at)) {
            fail_msg("%s: %u:%u %.*s", BAD[i].text, d ? d->at.line : 0,
                     d ? d->at.column : 0, STR_ARG(d ? d->message : STR("no report")));
        }
        assert_true(d->hint.n > 0);
        assert_int_equal(f.sink.list.n, 1);
        fixture_done(&f);
    }
}

static void test_utf16_is_named(void **state)
{
    (void)state;
    struct fixture f;
    fixture_read_bytes(&f, STR("\xff\xfet\0i\0"));
    assert_null(f.root);
    assert_non_null(fixture_find(&f, DIAG_BAD_UTF8));
    assert_str(fixture_find(&f, DIAG_BAD_UTF8)->message, "the file is in UTF-16, not in "
                                                         "UTF-8");
    fixture_done(&f);
}

static void test_escaped_controls_are_refused(void **state)
{
    (void)state;
    struct fixture f;
    fixture_read(&f, "title: \"a\\0b\"\n");
    assert_report(&f, DIAG_BAD_CHARACTER, 1, 10);
    assert_int_equal(value_find(f.root, "title")->text.n, 3);
    fixture_done(&f);
}

static void test_byte_order_mark_is_skipped(void **state)
{
    (void)state;
    struct fixture f;
    fixture_read(&f, "\xef\xbb\xbftitle: \xc3\xa9x\n");
    assert_non_null(f.root);
    assert_int_equal(f.sink.list.n, 0);
    assert_str(value_find(f.root, "title")->text, "\xc3\xa9x");
    assert_int_equal(value_find(f.root, "title")->offset, 10);
    fixture_done(&f);
}

static void test_duplicate_keys_name_both_places(void **state)
{
    (void)state;
    struct fixture f;
    fixture_read(&f, "title: a\nlang: b\n  \ntitle: c\n");
    assert_report(&f, DIAG_DUPLICATE_KEY, 4, 1);
    assert_int_equal(fixture_find(&f, DIAG_DUPLICATE_KEY)->second.line, 1);
    assert_str(value_find(f.root, "title")->text, "a");
    fixture_done(&f);
    fixture_read(&f, "t\xc3\xa9: x\nte\xcc\x81: y\n"); /* composed and decomposed */
    assert_report(&f, DIAG_DUPLICATE_KEY, 2, 1);
    fixture_done(&f);
}

static void test_duplicates_among_many_keys(void **state)
{
    (void)state;
    struct fixture f;
    struct arena a;
    struct buf text;
    arena_init(&a);
    buf_init(&text, &a);
    for (int i = 0; i < 100; i++) {
        buf_format(&text, "k%d: x\n", i);
    }
    buf_puts(&text, "k3: y\nk98: z\n");
    fixture_read_bytes(&f, buf_str(&text));
    assert_int_equal(f.sink.per_code[DIAG_DUPLICATE_KEY], 2);
    assert_int_equal(fixture_find(&f, DIAG_DUPLICATE_KEY)->second.line, 4);
    assert_int_equal(f.root->n, 100);
    fixture_done(&f);
    arena_done(&a);
}

static void test_aliases(void **state)
{
    (void)state;
    struct fixture f;
    fixture_read(&f, "a: &x {b: c}\nd: *x\n");
    assert_ptr_equal(value_find(f.root, "a"), value_find(f.root, "d"));
    fixture_done(&f);
    fixture_read(&f, "a: &x [*x]\n");
    assert_report(&f, DIAG_BAD_ALIAS, 1, 8);
    fixture_done(&f);
    fixture_read(&f, "anchor: &anchor 1\nc: *anchr\n");
    assert_report(&f, DIAG_BAD_ALIAS, 2, 4);
    assert_hint(&f, DIAG_BAD_ALIAS, "did you mean `*anchor`?");
    fixture_done(&f);
}

static void test_alias_bombs_end_early(void **state)
{
    (void)state;
    struct fixture f;
    struct arena a;
    struct buf text;
    arena_init(&a);
    buf_init(&text, &a);
    buf_puts(&text, "a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n");
    for (char c = 'b'; c < 'm'; c++) {
        buf_format(&text, "%c: &%c [", c, c);
        for (int i = 0; i < 10; i++) {
            buf_format(&text, "%s*%c", i ? ", " : "", c - 1);
        }
        buf_puts(&text, "]\n");
    }
    fixture_read_bytes(&f, buf_str(&text));
    assert_null(f.root);
    assert_non_null(fixture_find(&f, DIAG_BAD_ALIAS));
    fixture_done(&f);
    arena_done(&a);
}

/* Aliases may not build a tree deeper than one may be written. */
static void test_aliases_cannot_add_up_depth(void **state)
{
    (void)state;
    struct fixture f;
    fixture_read(&f, "a: &a [[[[[[[[[[[[[[[[[[[[[[x]]]]]]]]]]]]]]]]]]]]]]\n"
                     "b: &b [[[[[[[[[[[[[[[[[[[[[[*a]]]]]]]]]]]]]]]]]]]]]]\n"
                     "c: [[[[[[[[[[[[[[[[[[[[[[*b]]]]]]]]]]]]]]]]]]]]]]\n");
    assert_null(f.root);
    assert_non_null(fixture_find(&f, DIAG_TOO_DEEP));
    fixture_done(&f);
}

static void test_depth_is_bounded(void **state)
{
    (void)state;
    struct fixture f;
    static char text[100004];
    memset(text, '[', sizeof text - 1);
    memcpy(text, "a: ", 3);
    fixture_read(&f, text);
    assert_null(f.root);
    assert_report(&f, DIAG_TOO_DEEP, 1, 67);
    fixture_done(&f);
}

static void test_size_is_bounded(void **state)
{
    (void)state;
    struct fixture f;
    struct value_limits limits = {20, 64, 100};
    fixture_read(&f, "a: b\n");
    f.source.text = STR("title: far too long for it\n");
    assert_null(value_read(&f.source, &limits, &f.arena, &f.sink));
    assert_non_null(fixture_find(&f, DIAG_TOO_LARGE));
    limits = (struct value_limits){100, 64, 3};
    diag_init(&f.sink, &f.arena);
    f.source.text = STR("[a, b, c, d]\n");
    assert_null(value_read(&f.source, &limits, &f.arena, &f.sink));
    assert_non_null(fixture_find(&f, DIAG_TOO_LARGE));
    fixture_done(&f);
}

static void test_tags(void **state)
{
    (void)state;
    struct fixture f;
    fixture_read(&f, "a: !!str ~\nb: !!int 3\nc: !!map {}\n");
    assert_int_equal(f.sink.list.n, 0);
    assert_int_equal(value_find(f.root, "a")->kind, VALUE_SCALAR);
    assert_int_equal(value_find(f.root, "a")->at.column, 10);
    fixture_done(&f);
    fixture_read(&f, "a: !!python/object/apply:os.system x\n");
    assert_report(&f, DIAG_BAD_TAG, 1, 4);
    fixture_done(&f);
    fixture_read(&f, "a: !!seq x\n");
    assert_report(&f, DIAG_BAD_TAG, 1, 4);
    fixture_done(&f);
}

static void test_merge_keys_are_refused(void **state)
{
    (void)state;
    struct fixture f;
    fixture_read(&f, "a: &x {b: c}\nd:\n  <<: *x\n");
    assert_report(&f, DIAG_UNKNOWN_KEY, 3, 3);
    fixture_done(&f);
}

static void test_keys_are_scalars(void **state)
{
    (void)state;
    struct fixture f;
    fixture_read(&f, "? [a, b]\n: c\n");
    assert_report(&f, DIAG_WRONG_TYPE, 1, 3);
    fixture_done(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kinds_and_styles),
        cmocka_unit_test(test_what_is_not_yaml_is_explained),
        cmocka_unit_test(test_utf16_is_named),
        cmocka_unit_test(test_escaped_controls_are_refused),
        cmocka_unit_test(test_byte_order_mark_is_skipped),
        cmocka_unit_test(test_duplicate_keys_name_both_places),
        cmocka_unit_test(test_duplicates_among_many_keys),
        cmocka_unit_test(test_aliases),
        cmocka_unit_test(test_alias_bombs_end_early),
        cmocka_unit_test(test_aliases_cannot_add_up_depth),
        cmocka_unit_test(test_depth_is_bounded),
        cmocka_unit_test(test_size_is_bounded),
        cmocka_unit_test(test_tags),
        cmocka_unit_test(test_merge_keys_are_refused),
        cmocka_unit_test(test_keys_are_scalars),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

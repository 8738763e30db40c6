/* SPDX-License-Identifier: MIT */
#include "note_fixture.h"

static void test_numbers_follow_the_reading_order(void **state)
{
    (void)state;
    struct fixture f;
    fixture_load(&f, "footnotes:\n  a: in *a*, see[^inner]\n  b: b\n  c: c\n"
                     "  inner: i\n  d: d\n"
                     "disclaimer: x[^d]\n"
                     "body: |\n  - item[^c]\n\n  | A[^b] |\n  |---|\n  | again[^a] |\n"
                     "fields: {\"Label[^b]\": value}\ntitle: T[^a]\n");
    static const char *const ORDER[] = {"a", "inner", "b", "c", "d"};
    assert_int_equal(f.sink.list.n, 0);
    assert_int_equal(f.note->footnotes.n, 5);
    for (uint32_t i = 0; i < 5; i++) {
        assert_str(f.note->footnotes.v[i]->name, ORDER[i]);
        assert_int_equal(f.note->footnotes.v[i]->number, i + 1);
    }
    assert_int_equal(f.note->footnotes.v[0]->marks, 2);
    assert_dump_holds(&f, "footnote-mark @13:10 number=1 nth=2 \"a\"");
    fixture_done(&f);
}

/* The order in which they stand at the foot: what a note marks directly behind it. */
static void test_notes_inside_notes(void **state)
{
    (void)state;
    struct fixture f;
    fixture_load(&f, "title: x[^one]\nbody: 'A[^last] B[^two]'\nfootnotes:\n"
                     "  last: l\n  deep: d[^last]\n  two: t\n"
                     "  one: 'o[^inner] p[^two]'\n  inner: i[^deep]\n");
    static const char *const ORDER[] = {"one", "inner", "deep", "last", "two"};
    assert_int_equal(f.sink.list.n, 0);
    assert_int_equal(f.note->footnotes.n, 5);
    for (uint32_t i = 0; i < 5; i++) {
        assert_str(f.note->footnotes.v[i]->name, ORDER[i]);
        assert_int_equal(f.note->footnotes.v[i]->number, i + 1);
    }
    assert_dump_holds(&f, "footnote-mark @2:9 number=4 nth=2 \"last\"");
    fixture_done(&f);
}

static void test_definitions_in_markdown(void **state)
{
    (void)state;
    struct fixture f;
    fixture_load(&f, "title: T[^one]\nbody: |\n  Text[^two].\n\n"
                     "  [^one]: First\n      goes on.\n\n      - list *x*\n"
                     "  [^two]: Second[^one]\n\n  After.\n\n"
                     "  ```\n  [^no]: definition\n  ```\n");
    assert_int_equal(f.sink.list.n, 0);
    assert_dump_holds(&f, "footnote 1 one @5:3 marks=2\n"
                          "  body @5:3\n"
                          "    paragraph @5:11\n"
                          "      text @5:11 \"First goes on.\"\n"
                          "    list @8:7 tight\n"
                          "      item @8:7\n"
                          "        paragraph @8:9\n"
                          "          text @8:9 \"list \"\n"
                          "          emphasis @8:14\n");
    assert_dump_holds(&f, "footnote 2 two @9:3 marks=1\n");
    assert_dump_holds(&f, "    paragraph @11:3\n      text @11:3 \"After.\"\n"
                          "    code-block @13:3 \"[^no]: definition\"\n");
    fixture_done(&f);
}

static void test_what_is_no_mark(void **state)
{
    (void)state;
    struct fixture f;
    fixture_load(&f, "title: 'a \\[^x] `[^y]` [^] [^a b] [^'\n"
                     "body: '[t](http://a.org/[^z] \"[^t]\")'\n");
    assert_int_equal(f.sink.counts[DIAG_ERROR], 0);
    assert_dump_holds(&f, "text @1:9 \"a [^x] \"");
    assert_dump_holds(&f, "code @1:18 \"[^y]\"");
    assert_dump_holds(&f, "link @2:8 http://a.org/[%5Ez]");
    fixture_done(&f);
}

static void test_marks_beside_other_syntax(void **state)
{
    (void)state;
    struct fixture f;
    fixture_load(&f, "title: '*a[^x]* **“b.”**[^x]*(c)* [see[^x] it](http://a.org) "
                     "[^x](2009)'\n"
                     "footnotes: {x: y}\n");
    assert_dump_holds(&f, "      text @1:10 \"a\"\n"
                          "      footnote-mark @1:11 number=1 nth=1");
    assert_dump_holds(&f, "    footnote-mark @1:25 number=1 nth=2 \"x\"\n"
                          "    emphasis @1:29\n");
    assert_dump_holds(&f, "link @1:35 http://a.org\n      text @1:36 \"see\"\n"
                          "      footnote-mark @1:39 number=1 nth=3");
    assert_dump_holds(&f, "text @1:66 \"(2009)\"");
    fixture_done(&f);
}

static void test_missing_and_unused(void **state)
{
    (void)state;
    struct fixture f;
    fixture_load(&f, "title: x\nbody: |\n  a[^viws] b\nfootnotes:\n  views: y\n");
    assert_report(&f, DIAG_NO_FOOTNOTE, 3, 4);
    assert_hint(&f, DIAG_NO_FOOTNOTE, "did you mean `views`?");
    assert_report(&f, DIAG_UNUSED_FOOTNOTE, 5, 3);
    fixture_done(&f);
}

static void test_defined_twice(void **state)
{
    (void)state;
    struct fixture f;
    fixture_load(&f, "title: x[^a]\nfootnotes:\n  a: y\nbody: |\n  z\n\n  [^a]: w\n");
    assert_report(&f, DIAG_DUPLICATE_KEY, 7, 3);
    assert_int_equal(fixture_find(&f, DIAG_DUPLICATE_KEY)->second.line, 3);
    fixture_done(&f);
}

static void test_cycles(void **state)
{
    (void)state;
    struct fixture f;
    fixture_load(&f, "title: x[^a]\nfootnotes:\n  a: 'see[^b]'\n  b: 'see[^c]'\n"
                     "  c: 'see[^b]'\n");
    assert_report(&f, DIAG_FOOTNOTE_CYCLE, 5, 10);
    fixture_done(&f);
    fixture_load(&f, "title: x[^a]\nfootnotes: {a: 'self[^a]'}\n");
    assert_int_equal(f.sink.per_code[DIAG_FOOTNOTE_CYCLE], 1);
    fixture_done(&f);
    fixture_load(&f, "title: x[^a] y[^b]\nfootnotes: {a: 'i[^c]', b: 'j[^c]', c: k}\n");
    assert_int_equal(f.sink.list.n, 0); /* a diamond is none */
    fixture_done(&f);
}

/* A chain of notes, each referring to the next: no recursion may follow it. */
static void test_long_chains(void **state)
{
    (void)state;
    enum { N = 20000 };
    struct fixture f;
    struct arena a;
    struct buf text;
    arena_init(&a);
    buf_init(&text, &a);
    buf_puts(&text, "title: x[^n0]\nfootnotes:\n");
    for (int i = 0; i < N; i++) {
        buf_format(&text, "  n%d: x[^n%d]\n", i, i + 1);
    }
    buf_format(&text, "  n%d: last", N);
    buf_char(&text, '\n');
    buf_char(&text, '\0');
    fixture_load(&f, text.p);
    assert_int_equal(f.sink.per_code[DIAG_TOO_DEEP], 1);
    assert_report(&f, DIAG_TOO_DEEP, 34, 9);
    assert_int_equal(f.note->footnotes.n, N + 1);
    fixture_done(&f);
    arena_done(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers_follow_the_reading_order),
        cmocka_unit_test(test_notes_inside_notes),
        cmocka_unit_test(test_definitions_in_markdown),
        cmocka_unit_test(test_what_is_no_mark),
        cmocka_unit_test(test_marks_beside_other_syntax),
        cmocka_unit_test(test_missing_and_unused),
        cmocka_unit_test(test_defined_twice),
        cmocka_unit_test(test_cycles),
        cmocka_unit_test(test_long_chains),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#include "assertions.h"

#include "infonote.h"
#include "screen/screen.h"

static infonote_engine *engine;

static infonote_note *load(const char *body)
{
    char text[4096];
    int n = snprintf(text, sizeof text, "lang: en-GB\ntitle: T\nbody: |\n%s", body);
    return infonote_note_load_bytes(engine, "n.yaml", text, (size_t)n, NULL);
}

/* Behind the title. */
static void check_text(const char *body, const char *expected)
{
    const char *bytes;
    size_t size;
    infonote_note *note = load(body);
    assert_int_equal(infonote_write_text(note, false, &bytes, &size), INFONOTE_OK);
    assert_int_equal(strlen(bytes), size);
    assert_true(strncmp(bytes, "T\n=\n\n", 5) == 0);
    assert_string_equal(bytes + 5, expected);
    infonote_note_free(note);
}

static void test_words(void **state)
{
    (void)state;
    check_text("  A *b* **c** `d` ~~e~~ x^2^ y~n~.\n", "A _b_ *c* `d` ~~e~~ x² y_n.\n");
    check_text("  [a](https://b.example/) and <https://c.example/d>, <me@e.example>\n",
               "a <https://b.example/> and https://c.example/d, me@e.example\n");
    check_text("  ```\n  `a \n  b \n  ```\n", "    `a \n    b \n"); /* blanks are code */
    check_text("  A hard\\\n  break.\n", "A hard\nbreak.\n");
    check_text("  Ten\xC2\xA0kg.[^a]\n\n  [^a]: Note.\n",
               "Ten kg.[1]\n\n--------------------\n[1] Note.\n");
}

static void test_width(void **state)
{
    (void)state;
    const char *bytes;
    size_t size;
    infonote_note *note = load("  > - word word word word word word word word word word "
                               "word word word word word word word word\n");
    assert_int_equal(infonote_write_text(note, false, &bytes, &size), INFONOTE_OK);
    for (const char *p = bytes; *p; p += strcspn(p, "\n") + 1) {
        assert_true(strcspn(p, "\n") <= 72 + 2); /* a bullet has three bytes */
    }
    assert_non_null(strstr(bytes, "\n> \xE2\x80\xA2 word"));
    assert_non_null(strstr(bytes, "\n>   word"));
    infonote_note_free(note);
}

/* 72 columns end behind the hyphens; what stands beside them is too short alone. */
static void test_hyphens(void **state)
{
    (void)state;
    check_text("  word word word word word word word word word word word word word w "
               "e-mail\n",
               "word word word word word word word word word word word word word w\n"
               "e-mail\n");
    check_text("  word word word word word word word word word word word word word wo "
               "555-0142\n",
               "word word word word word word word word word word word word word wo\n"
               "555-0142\n");
    check_text("  word word word word word word word word word word word word word-by\n",
               "word word word word word word word word word word word word word-by\n");
    check_text("  word word word word word word word word word word word word word "
               "well-known\n",
               "word word word word word word word word word word word word word well-\n"
               "known\n");
}

#define WIDE "\xE5\xAD\x97\xE5\xAD\x97\xE5\xAD\x97\xE5\xAD\x97"
#define LONG_URL                                                              \
    "https://example.org/aaaaaaaaaaaaa/bbbbbbbbbb/"                           \
    "cccccccccccccccccccccccccccccccccccccc/dddddddddddddddddddd"
#define LONG_NAME "some-long-name-with-dashes-in-it@some-host.example.org"

static void test_addresses(void **state)
{
    (void)state;
    check_text("  See " LONG_URL " there.\n", "See\n" LONG_URL "\nthere.\n");
    check_text("  [These words](" LONG_URL ") there.\n",
               "These words\n<" LONG_URL ">\nthere.\n");
    check_text("  Some words before " LONG_NAME " and after.\n",
               "Some words before\n" LONG_NAME " and after.\n");
    check_text("  Words before it, as many as there are, "
               "(www.example.org/a-b/c-d-e-f-g-h-i)\n",
               "Words before it, as many as there are,\n"
               "(www.example.org/a-b/c-d-e-f-g-h-i)\n");
    /* What only has an @ before or behind it is none. */
    check_text("  Words before it, as many as there are to fill all of a line with "
               "@well-known-one\n",
               "Words before it, as many as there are to fill all of a line with @well-\n"
               "known-one\n");
}

/* A script without blanks is no part of the address, and broken as ever. */
static void test_addresses_in_wide_letters(void **state)
{
    (void)state;
    struct arena arena;
    struct screen_lines lines = {0};
    arena_init(&arena);
    screen_break(STR(WIDE "https://a.example/b-c" WIDE), 24, &arena, &lines);
    assert_int_equal(lines.all.n, 3);
    assert_true(str_eq(lines.all.v[0], STR(WIDE)));
    assert_true(str_eq(lines.all.v[1], STR("https://a.example/b-c\xE5\xAD\x97")));
    assert_true(str_eq(lines.all.v[2], STR("\xE5\xAD\x97\xE5\xAD\x97\xE5\xAD\x97")));
    arena_done(&arena);
}

static void test_addresses_in_tables(void **state)
{
    (void)state;
    check_text("  | A | B |\n  |---|---|\n  | " LONG_URL " | b |\n",
               "A:\n    " LONG_URL "\nB: b\n");
}

static void test_lists(void **state)
{
    (void)state;
    check_text("  a\n\n  1. ```\n     b\n     ```\n  2. c\n",
               "a\n\n1.     b\n\n2. c\n"); /* one blank line, not two */
    check_text("  9. a\n  10. b\n      - c\n",
               "9.  a\n10. b\n    \xE2\x80\xA2 c\n");
    check_text("  - [ ] a\n  - [x] b\n", "[ ] a\n[x] b\n");
}

static void test_tables(void **state)
{
    (void)state;
    check_text("  | A | B |\n  |---|--:|\n  | x | 1 |\n  | yy | 22 |\n",
               "A    B\n--  --\nx    1\nyy  22\n");
}

static void test_errors(void **state)
{
    (void)state;
    const char *bytes = "x";
    size_t size = 1;
    infonote_note *note = load("  [a](#nowhere)\n");
    assert_int_equal(infonote_write_text(note, false, &bytes, &size), INFONOTE_INVALID);
    assert_null(bytes);
    assert_int_equal(size, 0);
    infonote_note_free(note);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words), cmocka_unit_test(test_width),
        cmocka_unit_test(test_hyphens),
        cmocka_unit_test(test_lists), cmocka_unit_test(test_tables),
        cmocka_unit_test(test_errors), cmocka_unit_test(test_addresses),
        cmocka_unit_test(test_addresses_in_wide_letters),
        cmocka_unit_test(test_addresses_in_tables),
    };
    engine = infonote_engine_new(&(infonote_settings){.data_dir = "."});
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    infonote_engine_free(engine);
    return failed;
}

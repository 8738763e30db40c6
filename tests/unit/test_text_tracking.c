/* SPDX-License-Identifier: MIT
 *
 * Letters that stand closer or wider apart, all of a paragraph alike: what the items
 * say is what the line becomes, words stay as far from each other as they were. */
#include "text_support.h"

static int start(void **state)
{
    static struct support s;
    support_start(&s);
    *state = &s;
    return 0;
}

static int end(void **state)
{
    support_end(*state);
    return 0;
}

static const int AMOUNTS[] = {-5, 5, 20};
enum { N_AMOUNTS = sizeof AMOUNTS / sizeof *AMOUNTS };

/* Of n gaps between letters. */
static len gaps(const struct support *s, int n, int amount)
{
    return n * (len)len_muldiv(s->style.size, amount, 1000);
}

static void test_gaps_between_letters_grow(void **state)
{
    struct support *s = *state;
    struct text_para *p = support_para(s, "some words");
    len natural = support_line(s, p, 0, p->n - 1, -1).width;
    for (int k = 0; k < N_AMOUNTS; k++) {
        p->tracking = AMOUNTS[k];
        struct text_line line = support_line(s, p, 0, p->n - 1, -1);
        assert_int_equal(line.width - natural, gaps(s, 3 + 4, AMOUNTS[k]));
        assert_int_equal(line.tracking, AMOUNTS[k]);
    }
}

/* What can be seen between two words is the space's own width. */
static void test_words_stay_apart(void **state)
{
    struct support *s = *state;
    struct text_para *p = support_para(s, "some words");
    len space = support_line(s, p, 0, p->n - 1, -1).pieces[1].width;
    p->tracking = -5;
    struct text_line line = support_line(s, p, 0, p->n - 1, -1);
    assert_true(line.pieces[1].flags & TEXT_PIECE_SPACE);
    assert_int_equal(line.pieces[1].width + gaps(s, 1, -5), space);
}

static void test_items_say_what_lines_do(void **state)
{
    struct support *s = *state;
    static const char *const TEXTS[] = {"one", "two words", "a fine office", "co-op, ok"};
    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++) {
        struct text_para *p = support_para(s, TEXTS[i]);
        len natural = support_line(s, p, 0, p->n - 1, -1).width;
        p->tracking = 5;
        len sum = 0;
        for (size_t k = 0; k < p->n; k++) {
            sum += text_item_tracking(p, &p->items[k]);
        }
        struct text_line line = support_line(s, p, 0, p->n - 1, -1);
        assert_int_equal(line.width - natural, sum - gaps(s, 1, 5)); /* the last one */
    }
}

/* A hyphen stands as far from its letter as letters do. */
static void test_hyphens_are_letters(void **state)
{
    struct support *s = *state;
    struct text_para *p = support_para(s, "hyphenation");
    size_t at = 0;
    while (!(p->items[at].flags & TEXT_BREAK_HYPHEN)) {
        at++;
    }
    len natural = support_line(s, p, 0, at, -1).width;
    p->tracking = 5;
    len sum = 0;
    for (size_t k = 0; k < at; k++) {
        sum += text_item_tracking(p, &p->items[k]);
    }
    assert_int_equal(support_line(s, p, 0, at, -1).width - natural, sum);
}

static void test_a_target_is_met(void **state)
{
    struct support *s = *state;
    s->style.expansion = 20;
    struct text_para *p = support_para(s, "seven words of one line to stretch");
    len natural = support_line(s, p, 0, p->n - 1, -1).width;
    for (int k = 0; k < N_AMOUNTS; k++) {
        p->tracking = AMOUNTS[k];
        len width = support_line(s, p, 0, p->n - 1, natural + PT(3)).width;
        assert_in_range(width, natural + PT(3) - 8, natural + PT(3) + 8);
    }
}

static void test_code_and_joined_letters_stay(void **state)
{
    struct support *s = *state;
    s->flags = TEXT_SPAN_VERBATIM;
    struct text_para *p = support_para(s, "some words");
    p->tracking = 5;
    for (size_t k = 0; k < p->n; k++) {
        assert_int_equal(text_item_tracking(p, &p->items[k]), 0);
    }
    s->flags = 0;
    static const struct { const char *lang, *text; bool may; } CASES[] = {
        {"en", "office", true},
        {"ru", "\xD0\xB4\xD0\xBE\xD0\xBC", true},
        {"el", "\xCE\xBB\xCF\x8C\xCE\xB3\xCE\xBF\xCF\x82", true},
        {"ar", "\xD8\xB3\xD9\x84\xD8\xA7\xD9\x85", false},
        {"hi", "\xE0\xA4\xA8\xE0\xA4\xAE", false},
        {"en", "say \xD8\xB3\xD9\x84\xD8\xA7\xD9\x85", false},
        {"he", "12", false},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        s->lang = CASES[i].lang;
        assert_int_equal(text_may_track(support_para(s, CASES[i].text)), CASES[i].may);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_gaps_between_letters_grow),
        TEST(test_words_stay_apart),
        TEST(test_items_say_what_lines_do),
        TEST(test_hyphens_are_letters),
        TEST(test_a_target_is_met),
        TEST(test_code_and_joined_letters_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT
 *
 * Spaces between sentences: where they are, in which languages, how wide. */
#include "text_support.h"

static int start(void **state)
{
    static struct support s;
    support_start(&s);
    s.style.sentence_space = 500;
    *state = &s;
    return 0;
}

static int end(void **state)
{
    support_end(*state);
    return 0;
}

/* The spaces of a text: `|` for a wider one, `_` for a common one. */
static const char *spaces(struct support *s, const char *text)
{
    static char out[64];
    struct text_para *p = support_para(s, text);
    size_t n = 0;
    len least = LEN_MAX;
    for (size_t i = 0; i < p->n; i++) {
        least = p->items[i].kind == TEXT_GLUE && p->items[i].width < least
                    ? p->items[i].width : least;
    }
    for (size_t i = 0; i < p->n && n + 1 < sizeof out; i++) {
        if (p->items[i].kind == TEXT_GLUE) {
            bool wide = p->items[i].width > least;
            len64 wanted = wide ? least + len_muldiv(least, 500, 1000) : least;
            assert_int_equal(p->items[i].width, wanted);
            out[n++] = wide ? '|' : '_';
        }
    }
    out[n] = '\0';
    return out;
}

static void check(struct support *s, const char *text, const char *wanted)
{
    if (strcmp(spaces(s, text), wanted) != 0) {
        fail_msg("%s: %s, not %s", text, spaces(s, text), wanted);
    }
}

static void test_where_sentences_end(void **state)
{
    struct support *s = *state;
    check(s, "It is so. We go on.", "__|__");
    check(s, "Is it so? Yes! We \xE2\x80\x9Cgo.\xE2\x80\x9D \xE2\x80\x9CSo do we.",
          "__||_|__");
    check(s, "(It is so.) We go. (And so on.)", "__|_|__");
    check(s, "It is so. and 3 others are. 4 are not.", "_________");
}

static void test_where_they_do_not(void **state)
{
    struct support *s = *state;
    check(s, "See Dr. J. R. Smith of the U.S. Army.", "________");
    check(s, "Fig. A and No. B, e.g. C, vs. D", "________");
    check(s, "See vol. II. It is so.", "__|__");
}

static void test_other_languages_have_one_space(void **state)
{
    struct support *s = *state;
    static const char *const LANGS[] = {"de", "fr-CH", "es", "it"};
    for (size_t i = 0; i < sizeof LANGS / sizeof *LANGS; i++) {
        s->lang = LANGS[i];
        check(s, "So ist es. Wir gehen.", "____");
    }
    s->lang = "en-US";
    s->style.sentence_space = 0;
    check(s, "It is so. We go.", "____");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_where_sentences_end),
        TEST(test_where_they_do_not),
        TEST(test_other_languages_have_one_space),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

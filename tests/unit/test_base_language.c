/* SPDX-License-Identifier: MIT
 *
 * base/language: what is a language tag, and what somebody meant who wrote none. */
#include "assertions.h"

#include "base/language.h"

static void test_tags(void **state)
{
    (void)state;
    static const char *const GOOD[] = {
        "en", "EN", "en-GB", "de-CH", "zh-Hant", "zh-Hant-TW", "sr-Latn-RS", "es-419",
        "gsw", "zh-min-nan", "sl-rozaj-biske-1994", "de-Latn-1996-x-a", "de-1996",
        "sl-nedis", "en-a-bbb-x-a", "de-u-co-phonebk", "hy-Latn-IT-arevela", "x-klingon",
        "x-a-b-c", "az-Arab-x-AZE-derbend", "uk", "uk-UA", "no", "art-lojban",
    };
    static const char *const BAD[] = {
        "", "-", "e", "en-", "-en", "en--GB", "en_GB", "english", "abcd", "en-GB-",
        "xx-yy-zzzzzzzzzzz", "en-UK", "en-u", "en-u-", "en-x", "x", "x-", "en-GB-GB",
        "zh-Hant-Hans", "de-12", "en GB", "1a", "en-a", "en-u-x-a", "en-x-123456789",
        "f\xC3\xA9", "a\xCC\x81", "en\n", "de-DE-1", "i-klingon",
    };
    for (size_t i = 0; i < sizeof GOOD / sizeof *GOOD; i++) {
        if (!language_is_tag(str_from(GOOD[i]))) {
            fail_msg("%s is one", GOOD[i]);
        }
    }
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        if (language_is_tag(str_from(BAD[i]))) {
            fail_msg("%s is none", BAD[i]);
        }
    }
    assert_false(language_is_tag((str){"en\0", 3}));
}

static void test_a_tag_has_an_end(void **state)
{
    struct arena a;
    (void)state;
    arena_init(&a);
    str tag = STR("x");
    for (int i = 0; i < 63; i++) {
        tag = str_format(&a, "%.*s-a", STR_ARG(tag));
    }
    assert_int_equal(tag.n, 127);
    assert_true(language_is_tag(tag));
    assert_false(language_is_tag(str_format(&a, "%.*sb", STR_ARG(tag))));
    arena_done(&a);
}

static void test_suggestions(void **state)
{
    static const struct {
        const char *written, *meant; /* NULL: nobody knows */
    } CASES[] = {
        {"en_US", "en-US"}, {"de_CH.UTF-8", "de-CH"}, {"ca_ES.UTF-8@valencia", "ca-ES"},
        {"en-UK", "en-GB"}, {"en_uk", "en-GB"}, {"English", "en"}, {"Deutsch", "de"},
        {"Français", "fr"}, {"en GB", "en-GB"}, {" fr ", "fr"}, {"", NULL},
        {"xx-yy-zzzzzzzzzzz", NULL}, {"none", NULL}, {"-", NULL}, {".", NULL},
        {"x y", NULL},
    };
    struct arena a;
    (void)state;
    arena_init(&a);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        str hint = language_suggest(&a, str_from(CASES[i].written));
        str wanted = CASES[i].meant ? str_format(&a, "did you mean `%s`?", CASES[i].meant)
                                    : STR_NONE;
        assert_str(hint, wanted.n ? wanted.p : "");
    }
    arena_done(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tags),
        cmocka_unit_test(test_a_tag_has_an_end),
        cmocka_unit_test(test_suggestions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

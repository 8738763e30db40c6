/* SPDX-License-Identifier: MIT
 *
 * Quotes, apostrophes, dashes, ellipses, French spaces. */
#include "assertions.h"

#include "text/text.h"

static void check(const char *lang, const char *typed, const char *printed)
{
    struct arena a;
    arena_init(&a);
    struct text_typography state = {0};
    assert_str(text_make_typographic(str_from(typed), str_from(lang), &state, &a),
               printed);
    arena_done(&a);
}

static void test_quotes(void **state)
{
    (void)state;
    check("en", "\"Hello,\" she said.", "“Hello,” she said.");
    check("en-GB", "'Hello,' she said, 'you.'", "‘Hello,’ she said, ‘you.’");
    check("en", "He said \"she said 'no'\".", "He said “she said ‘no’”.");
    check("en", "(\"a\") [\"b\"] -\"c\"-", "(“a”) [“b”] -“c”-");
    check("en", "\"'a' b\"", "“‘a’ b”");
    check("de-AT", "\"Er sagte 'ja'\", oder?", "„Er sagte ‚ja‘“, oder?");
    check("de-CH", "\"Er sagte 'ja'\"", "«Er sagte ‹ja›»");
    check("sv", "\"hej 'du'\"", "”hej ’du’”");
    check("pl", "\"a 'b'\"", "„a «b»”");
    check("xx", "\"a\"", "“a”");
    check("EN", "\"a\"", "“a”");
}

static void test_apostrophes(void **state)
{
    (void)state;
    check("en", "don't, dogs' and James's", "don’t, dogs’ and James’s");
    check("en", "the '90s, 'tis, rock 'n' roll, '12",
          "the ’90s, ’tis, rock ’n’ roll, ’12");
    check("en", "the 1990's", "the 1990’s");
    check("de", "geht's", "geht’s");
    check("fr", "l'eau", "l’eau");
    check("en", "'5 apples'", "‘5 apples’");
}

static void test_primes(void **state)
{
    (void)state;
    check("en", "5' 10\" tall", "5' 10\" tall");
    check("en", "5'10\"", "5'10\"");
    check("en", "\"in 1990\" and", "“in 1990” and");
}

static void test_dashes_and_dots(void **state)
{
    (void)state;
    check("en", "28--29, a -- b---c", "28–29, a – b—c");
    check("en", "use --option, ---- and a-b", "use --option, ---- and a-b");
    check("en", "etc... so.... ..... 1.5", "etc… so…. ..... 1.5");
}

static void test_addresses(void **state)
{
    (void)state;
    check("en", "see http://a.b/c--d...'e' or 'f'", "see http://a.b/c--d...'e' or ‘f’");
    check("en", "\"https://a.b/--\" x", "“https://a.b/--” x");
    check("fr", "http://a.b/?c ; www.x--y", "http://a.b/?c\u202F; www.x--y");
}

static void test_french(void **state)
{
    (void)state;
    check("fr", "Oui ! Non ? Si ; voir : fin",
          "Oui\u202F! Non\u202F? Si\u202F; voir\u202F: fin");
    check("fr", "Oui! Non?", "Oui! Non?");
    check("fr", "il dit \"mot\".", "il dit «\u202Fmot\u202F».");
    check("fr-CH", "« mot » «mot»", "«\u202Fmot\u202F» «mot»");
    check("fr", "\"Oui !\"", "«\u202FOui\u202F!\u202F»");
    check("fr", "a :b", "a :b");
    check("en", "Oh ! a : b", "Oh ! a : b");
}

/* Where what changes stands does not matter, nor how much does not change before it. */
static void test_long_texts(void **state)
{
    (void)state;
    enum { LONGEST = 530, MORE = 64 };
    char typed[LONGEST + MORE], printed[LONGEST + MORE];
    for (size_t n = 240; n < LONGEST; n++) {
        memset(typed, n % 2 ? 'x' : '1', n);
        memcpy(printed, typed, n);
        typed[n / 2] = printed[n / 2] = ' ';
        strcpy(typed + n, "--a.. b... \"c\" d'e");
        strcpy(printed + n, "–a.. b… “c” d’e");
        check("en", typed, printed);
    }
}

static void test_state_carries(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    struct text_typography s = {0};
    assert_str(text_make_typographic(STR("say \""), STR("en"), &s, &a), "say “");
    assert_str(text_make_typographic(STR("yes"), STR("en"), &s, &a), "yes");
    assert_str(text_make_typographic(STR(""), STR("en"), &s, &a), "");
    assert_str(text_make_typographic(STR("\" it's"), STR("en"), &s, &a), "” it’s");
    assert_int_equal(s.depth, 0);
    assert_int_equal(s.before, 's');
    str same = STR("nothing to change – here");
    assert_ptr_equal(text_make_typographic(same, STR("en"), &s, &a).p, same.p);
    arena_done(&a);
}

static void test_capitals(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    assert_str(text_capitalise(STR("section 2"), &a), "Section 2");
    assert_str(text_capitalise(STR("ёлка"), &a), "Ёлка");
    assert_str(text_capitalise(STR("第 2 节"), &a), "第 2 节");
    assert_str(text_capitalise(STR_NONE, &a), "");
    arena_done(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_quotes),    cmocka_unit_test(test_apostrophes),
        cmocka_unit_test(test_capitals),
        cmocka_unit_test(test_primes),    cmocka_unit_test(test_dashes_and_dots),
        cmocka_unit_test(test_addresses), cmocka_unit_test(test_french),
        cmocka_unit_test(test_long_texts),
        cmocka_unit_test(test_state_carries),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

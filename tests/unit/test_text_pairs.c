/* SPDX-License-Identifier: MIT
 *
 * Words put together from their pairs of letters are glyph for glyph what HarfBuzz makes
 * of them: in all families that are installed, in several languages and with features. */
#include "text_support.h"

#include <dirent.h>

#include "text/pairs.h"

enum { WORDS = 1500, LONGEST = 14 };

static uint32_t below(uint32_t *seed, uint32_t n)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (uint32_t)((uint64_t)*seed * n >> 32);
}

/* Letters mostly; what ligatures and contexts are made of often. */
static str random_word(uint32_t *seed, char room[LONGEST])
{
    static const char MANY[] = "etaoinshrdlucmfwypvbgkqjxzfiflffifjTAVWYLPQu";
    uint32_t n = 1 + below(seed, LONGEST);
    for (uint32_t i = 0; i < n; i++) {
        room[i] = below(seed, 4) ? MANY[below(seed, sizeof MANY - 1)]
                                 : (char)('!' + below(seed, '~' - '!' + 1));
    }
    return (str){room, n};
}

static void assert_same(const struct text_run *a, const struct text_run *b)
{
    assert_int_equal(a->n, b->n);
    assert_int_equal(a->advance, b->advance);
    assert_ptr_equal(a->face, b->face);
    assert_false(a->rtl || b->rtl);
    for (uint32_t i = 0; i < a->n; i++) {
        const struct text_glyph *x = &a->glyphs[i], *y = &b->glyphs[i];
        if (x->id != y->id || x->flags != y->flags || x->cluster != y->cluster ||
            x->advance != y->advance || x->dx != y->dx || x->dy != y->dy) {
            fail_msg("`%.*s` in %.*s: glyph %u differs", STR_ARG(a->text),
                     STR_ARG(a->face->name), i);
        }
    }
}

/* Gives how many of the words were known from pairs. */
static unsigned compare(struct support *s, struct text_font *font, uint32_t seed)
{
    unsigned known = 0;
    char room[LONGEST];
    const struct text_shape shape = {font, font->face, HB_SCRIPT_LATIN, false};
    for (int i = 0; i < WORDS; i++) {
        str word = random_word(&seed, room);
        const struct text_shaped *whole = text_shape_whole(s->engine, &shape, word, NULL);
        const struct text_shaped *pairs = text_pairs_shape(s->engine, &shape, word);
        known += pairs != NULL;
        assert_same(&whole->run, &text_shape_run(s->engine, &shape, word, NULL)->run);
        if (pairs) {
            assert_same(&whole->run, &pairs->run);
        }
    }
    return known;
}

static unsigned compare_style(struct support *s, str family, const char *lang)
{
    s->style.family = family;
    struct text_font *font = text_font_find(s->engine, &s->style, str_from(lang));
    return font->face && text_face_covers(font->face, 'n') ? compare(s, font, 1)
                                                               : 0;
}

static void with_support(void (*test)(struct support *s))
{
    struct support s;
    support_start(&s);
    test(&s);
    support_end(&s);
}

static void in_all_families(struct support *s)
{
    DIR *d = opendir("fonts");
    assert_non_null(d);
    for (struct dirent *entry; (entry = readdir(d));) {
        str name = str_from(entry->d_name);
        if (str_ends(name, STR(".yaml"))) {
            name = str_copy(&s->arena, str_sub(name, 0, name.n - 5));
            for (int i = 0; i < 4; i++) {
                s->style.italic = i & 1;
                s->style.weight = i & 2 ? 700 : 400;
                compare_style(s, name, "en-GB");
            }
            text_engine_trim(s->engine);
        }
    }
    closedir(d);
}

static void test_all_families(void **state)
{
    (void)state;
    with_support(in_all_families);
}

/* The i of Turkish has no ligature; Dutch has its ij; others letters of their own. */
static void in_languages(struct support *s)
{
    static const char *const LANGUAGES[] = {"tr", "nl", "ro", "de", "vi", "pl", "ar"};
    static const char *const FAMILIES[] = {"gentium-plus", "eb-garamond",
                                           "linux-libertine"};
    for (size_t i = 0; i < 3 * sizeof LANGUAGES / sizeof *LANGUAGES; i++) {
        compare_style(s, str_from(FAMILIES[i % 3]), LANGUAGES[i / 3]);
    }
}

static void test_languages(void **state)
{
    (void)state;
    with_support(in_languages);
}

static void with_features(struct support *s)
{
    static const struct style_feature FRACTIONS = {"frac", 1};
    static const char *const FAMILIES[] = {"gentium-plus", "eb-garamond", "lato",
                                           "linux-libertine"};
    for (size_t i = 0; i < sizeof FAMILIES / sizeof *FAMILIES; i++) {
        const struct style plain = s->style;
        str family = str_from(FAMILIES[i]);
        s->style.caps = STYLE_CAPS_SMALL;
        compare_style(s, family, "en");
        s->style.caps = STYLE_CAPS_UPPER;
        assert_int_equal(compare_style(s, family, "en"), 0);
        s->style = plain;
        s->style.figures = STYLE_FIGURES_OLDSTYLE;
        s->style.figure_width = STYLE_WIDTH_TABULAR;
        compare_style(s, family, "en");
        s->style = plain;
        s->style.letter_space = PT(1);
        compare_style(s, family, "en");
        s->style = plain;
        s->style.features = &FRACTIONS;
        s->style.n_features = 1;
        compare_style(s, family, "en");
        s->style = plain;
    }
}

static void test_features(void **state)
{
    (void)state;
    with_support(with_features);
}

/* It pays: of these odd words many, once the font has been looked at. */
static void are_known(struct support *s)
{
    assert_in_range(compare_style(s, STR("gentium-plus"), "en-GB"), 50, WORDS);
    struct text_font *font = text_font_find(s->engine, &s->style, STR("en-GB"));
    assert_in_range(compare(s, font, 2), WORDS / 5, WORDS);
}

static void test_known(void **state)
{
    (void)state;
    with_support(are_known);
}

/* Which pairs something acts on, beside kerning. */
static void in_gentium(struct support *s)
{
    struct text_plain plain;
    struct text_font *font = text_font_find(s->engine, &s->style, STR("en-GB"));
    assert_true(text_plain_find(font, &plain));
    assert_false(text_plain_has(&plain.after['f' - '!'], 'i' - '!'));
    assert_false(text_plain_has(&plain.after['f' - '!'], 'f' - '!'));
    assert_true(text_plain_has(&plain.after['i' - '!'], 'f' - '!'));
    for (char c = 'a'; c <= 'z'; c++) {
        assert_true(text_plain_has(&plain.usable, (unsigned)(c - '!')));
    }
}

static void test_gentium(void **state)
{
    (void)state;
    with_support(in_gentium);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_families), cmocka_unit_test(test_languages),
        cmocka_unit_test(test_features),     cmocka_unit_test(test_known),
        cmocka_unit_test(test_gentium),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT
 *
 * Placeholders, labels and number formats. */
#include "assertions.h"
#include "style_case.h"

static const char *number(struct arena *a, const char *format, const int *counts, int n)
{
    struct buf b;
    buf_init(&b, a);
    layout_number(&b, str_from(format), counts, n);
    return str_copy(a, buf_str(&b)).p;
}

static void test_numbers(void **state)
{
    struct arena a;
    (void)state;
    arena_init(&a);
    const int counts[] = {2, 28, 4};
    assert_string_equal(number(&a, "{1}.", counts, 3), "2.");
    assert_string_equal(number(&a, "{1}.{2}", counts, 3), "2.28");
    assert_string_equal(number(&a, "{2:a})", counts, 3), "ab)");
    assert_string_equal(number(&a, "{A}", (int[]){26}, 1), "Z");
    assert_string_equal(number(&a, "{a}", (int[]){703}, 1), "aaa");
    assert_string_equal(number(&a, "({3:i})", counts, 3), "(iv)");
    assert_string_equal(number(&a, "{I}", (int[]){1994}, 1), "MCMXCIV");
    assert_string_equal(number(&a, "{i}", (int[]){3999}, 1), "mmmcmxcix");
    assert_string_equal(number(&a, "{i}", (int[]){4000}, 1), "4000");
    assert_string_equal(number(&a, "{a}", (int[]){0}, 1), "0");
    assert_string_equal(number(&a, "{a}", (int[]){INT32_MAX}, 1), "fxshrxw");
    assert_string_equal(number(&a, "{1}.{3}", counts, 1), "2.");
    assert_string_equal(number(&a, "{{{1}}}", counts, 1), "{2}");
    assert_string_equal(number(&a, "[1]", counts, 1), "[1]");
    assert_string_equal(number(&a, "", counts, 1), "");
    arena_done(&a);
}

static void test_labels_fall_back(void **state)
{
    struct style_case c;
    (void)state;
    case_open(&c);
    struct layout *l = case_good(&c,
        "labels:\n"
        "  en: {to: To, from: From, x-seal: Seal}\n"
        "  fr: {to: À}\n"
        "  zh-Hant: {to: 收件人}\n");
    assert_str(layout_label(l, STR("fr"), "to"), "À");
    assert_str(layout_label(l, STR("fr-CH"), "to"), "À");
    assert_str(layout_label(l, STR("FR-latn-ch"), "to"), "À");
    assert_str(layout_label(l, STR("fr-CH"), "from"), "From");
    assert_str(layout_label(l, STR("zh-hant-TW"), "to"), "收件人");
    assert_str(layout_label(l, STR("zh"), "to"), "To");
    assert_str(layout_label(l, STR("frr"), "to"), "To");
    assert_str(layout_label(l, STR(""), "x-seal"), "Seal");
    assert_str(layout_label(l, STR("en"), "subject"), "");
    case_close(&c);
}

static void test_every_language_has_every_label(void **state)
{
    static const char *const LANGS[] = {"en", "fr", "de", "es", "it", "ru", "ar", "zh"};
    static const char *const KEYS[] = {"page", "disclaimer", "note", "to", "from",
                                       "subject", "date", "reference", "contents",
                                        "continued"};
    struct style_case c;
    (void)state;
    case_open(&c);
    struct layout *l = case_good(&c, "extends: base\n");
    for (size_t i = 0; i < 8; i++) {
        for (size_t k = 0; k < 10; k++) {
            str label = layout_label(l, str_from(LANGS[i]), KEYS[k]);
            assert_true(label.n > 0);
        }
        str page = layout_label(l, str_from(LANGS[i]), "page");
        size_t at;
        assert_true(str_find(page, STR("{page}"), &at));
        assert_true(str_find(page, STR("{pages}"), &at));
    }
    assert_str(layout_label(l, STR("ru"), "to"), "Кому");
    case_close(&c);
}

static void test_fills(void **state)
{
    struct style_case c;
    (void)state;
    case_open(&c);
    struct layout *l = case_good(&c,
        "labels: {en: {page: \"Page {page} of {pages}\"}, "
        "fr: {page: \"Page {page}\"}}\n");
    struct layout_values v = {.page = STR("3"), .pages = STR("12"),
                              .title = STR("A {page}")};
    str en = STR("en");
    assert_str(layout_fill(l, STR("{page}/{pages}"), en, &v, &c.a), "3/12");
    assert_str(layout_fill(l, STR("{labels.page}"), en, &v, &c.a), "Page 3 of 12");
    assert_str(layout_fill(l, STR("{labels.page}"), STR("fr"), &v, &c.a), "Page 3");
    /* What a note says is never a template. */
    assert_str(layout_fill(l, STR("{title}"), en, &v, &c.a), "A {page}");
    assert_str(layout_fill(l, STR("{title}[ of {date}]"), en, &v, &c.a), "A {page}");
    assert_str(layout_fill(l, STR("[{date} · ]{page}"), en, &v, &c.a), "3");
    v.date = STR("May");
    assert_str(layout_fill(l, STR("[{date} · ]{page}"), en, &v, &c.a), "May · 3");
    assert_str(layout_fill(l, STR("{{x}} [[{page}]]"), en, &v, &c.a), "{x} [3]");
    assert_str(layout_fill(l, STR(""), en, &v, &c.a), "");
    case_close(&c);
}

static void test_bad_templates(void **state)
{
    struct style_case c;
    (void)state;
    case_open(&c);
    assert_null(case_load(&c,
        "footer:\n"
        "  all:\n"
        "    left: \"{paeg}\"\n"
        "    center: \"{labels.pgae}\"\n"
        "    right: \"{disclaimer}\"\n"
        "  first:\n"
        "    left: \"a } b\"\n"
        "    center: \"a { b\"\n"
        "    right: \"[ {page}\"\n"
        "headings:\n"
        "  formats: [\"{7}\", \"{1:x}\"]\n"
        "labels:\n"
        "  en:\n"
        "    page: \"{labels.note}\"\n"));
    case_expect(&c, DIAG_BAD_VALUE, 3, 12, "did you mean `page`?");
    case_expect(&c, DIAG_BAD_VALUE, 4, 14, "did you mean `page`?");
    case_expect(&c, DIAG_BAD_VALUE, 5, 13, "did you mean `labels.disclaimer`?");
    case_expect(&c, DIAG_BAD_VALUE, 7, 14, "double one");
    case_expect(&c, DIAG_BAD_VALUE, 8, 16, "double one");
    case_expect(&c, DIAG_BAD_VALUE, 9, 13, "in pairs");
    case_expect(&c, DIAG_BAD_VALUE, 11, 14, "{1:a}");
    case_expect(&c, DIAG_BAD_VALUE, 14, 12, "{page}");
    assert_int_equal(c.sink.list.n, 9);
    case_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_labels_fall_back),
        cmocka_unit_test(test_every_language_has_every_label),
        cmocka_unit_test(test_fills),
        cmocka_unit_test(test_bad_templates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

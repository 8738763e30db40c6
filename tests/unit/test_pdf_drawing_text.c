/* SPDX-License-Identifier: MIT
 *
 * Which letters of a drawing overprint: by their size on the page, their colour, and what
 * surrounds them. */
#include "assertions.h"

#include "pdf/drawing.h"

static struct pdf_drawing_text text;

static enum pdf_text_change see(const char *word)
{
    return pdf_drawing_text_see(&text, str_from(word), NULL, 0);
}

static enum pdf_text_change see_matrix(const char *word, int32_t c, int32_t d)
{
    const int32_t matrix[6] = {1000, 0, c, d, 5000, 7000};
    return pdf_drawing_text_see(&text, str_from(word), matrix, 6);
}

static enum pdf_text_change see_size(int32_t size)
{
    return pdf_drawing_text_see(&text, STR("Tf"), &size, 1);
}

/* Text of ten units in a drawing where twelve and less overprint. */
static void begin(void)
{
    pdf_drawing_text_init(&text, 12000);
    see("BT");
    see_matrix("Tm", 0, -10000);
    see_size(1000);
}

static void test_small_black_letters(void **state)
{
    (void)state;
    begin();
    assert_int_equal(see("TJ"), PDF_TEXT_BEGINS);
    assert_int_equal(see("Tj"), PDF_TEXT_STAYS);
    assert_int_equal(see("ET"), PDF_TEXT_ENDS_BEHIND);
    assert_int_equal(see("ET"), PDF_TEXT_STAYS);
    assert_true(text.used);
}

static void test_large_ones_do_not(void **state)
{
    (void)state;
    begin();
    see_size(1200);
    assert_int_equal(see("TJ"), PDF_TEXT_STAYS);
    see_size(1199);
    assert_int_equal(see("TJ"), PDF_TEXT_BEGINS);
    see_matrix("Tm", -12000, 9000); /* turned: fifteen */
    assert_int_equal(see("TJ"), PDF_TEXT_ENDS);
    assert_int_equal(see("ET"), PDF_TEXT_STAYS);
}

static void test_others_do_not(void **state)
{
    (void)state;
    begin();
    pdf_drawing_text_fill(&text, false);
    assert_int_equal(see("TJ"), PDF_TEXT_STAYS);
    pdf_drawing_text_fill(&text, true);
    assert_int_equal(see("TJ"), PDF_TEXT_BEGINS);
    see("scn");
    assert_int_equal(see("TJ"), PDF_TEXT_ENDS);
    assert_false(text.on);
}

static void test_what_is_around(void **state)
{
    (void)state;
    begin();
    see("q");
    see_matrix("cm", 0, 3000);
    pdf_drawing_text_fill(&text, false);
    see("Q");
    assert_int_equal(see("TJ"), PDF_TEXT_BEGINS); /* both are as before */
    see("q");
    see_matrix("cm", 0, 3000);
    assert_int_equal(see("TJ"), PDF_TEXT_ENDS);
}

static void test_too_deep(void **state)
{
    (void)state;
    begin();
    for (int i = 0; i < 1000; i++) {
        see("q");
    }
    for (int i = 0; i < 2000; i++) {
        see("Q");
    }
    assert_int_equal(see("TJ"), PDF_TEXT_STAYS);
}

/* What a stranger may write: no number is too large. */
static void test_without_bounds(void **state)
{
    const int32_t least[6] = {INT32_MIN, INT32_MIN, INT32_MIN, INT32_MIN, 0, 0};
    (void)state;
    begin();
    for (int i = 0; i < 100; i++) {
        pdf_drawing_text_see(&text, STR("cm"), least, 6);
    }
    pdf_drawing_text_see(&text, STR("Tm"), least, 6);
    see_size(INT32_MIN);
    assert_int_equal(see("TJ"), PDF_TEXT_STAYS);
    assert_true(text.now.scale > 0 && text.now.wide > 0);
    see_matrix("cm", 0, 0);
    assert_int_equal(see("TJ"), PDF_TEXT_BEGINS); /* of no size */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_small_black_letters),
        cmocka_unit_test(test_large_ones_do_not),
        cmocka_unit_test(test_others_do_not),
        cmocka_unit_test(test_what_is_around),
        cmocka_unit_test(test_too_deep),
        cmocka_unit_test(test_without_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

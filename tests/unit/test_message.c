/* SPDX-License-Identifier: MIT */
#include "assertions.h"

#include <stdio.h>
#include <stdlib.h>

#include "infonote.h"

static infonote_engine *engine;

static const char NOTE[] = "lang: en\ntitle: A *title*[^n]\nbody: x\nfootnotes: {n: y}\n"
                           "email:\n  to: [a@b.example, 'C <c@d.example>']\n"
                           "  cc: e@f.example\n";

static infonote_note *load(const char *const *over)
{
    infonote_options options = {.email = over};
    return infonote_note_load_bytes(engine, "n.yaml", NOTE, sizeof NOTE - 1, &options);
}

static void test_what_the_note_says(void **state)
{
    (void)state;
    infonote_note *note = load(NULL);
    const infonote_email *e = infonote_email_of(note);
    assert_non_null(e);
    assert_string_equal(e->subject, "A title");
    assert_string_equal(e->filename, "note.pdf");
    assert_int_equal(e->to.n, 2);
    assert_string_equal(e->to.v[1].name, "C");
    assert_string_equal(e->to.v[1].mailbox, "c@d.example");
    assert_int_equal(e->from.n, 0);
    assert_true(e->attach_pdf);
    assert_false(e->has_cover);
    assert_ptr_equal(infonote_email_of(note), e);
    infonote_note_free(note);
}

static void test_options_stand_over_it(void **state)
{
    (void)state;
    static const char *const OVER[] = {"to=x@y.example", "subject=One", "subject=Other",
                                       "attach=none", NULL};
    infonote_note *note = load(OVER);
    const infonote_email *e = infonote_email_of(note);
    assert_non_null(e);
    assert_int_equal(e->to.n, 1);
    assert_string_equal(e->to.v[0].mailbox, "x@y.example");
    assert_int_equal(e->cc.n, 1);
    assert_string_equal(e->subject, "Other");
    assert_false(e->attach_pdf);
    infonote_note_free(note);
}

static void test_reports_stand_at_the_address(void **state)
{
    (void)state;
    char *text = NULL;
    size_t size = 0;
    infonote_note *note = load(NULL);
    const infonote_email *e = infonote_email_of(note);
    infonote_report_email(note, INFONOTE_BAD_ADDRESS, &e->to.v[1], "it is odd", NULL);
    FILE *out = open_memstream(&text, &size);
    infonote_print_reports(note, out, INFONOTE_TEXT);
    fclose(out);
    assert_non_null(strstr(text, "n.yaml:6:21: error[bad-address]: it is odd\n"));
    assert_null(infonote_email_of(note));
    infonote_note_free(note);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_the_note_says),
        cmocka_unit_test(test_options_stand_over_it),
        cmocka_unit_test(test_reports_stand_at_the_address),
    };
    engine = infonote_engine_new(&(infonote_settings){.data_dir = "."});
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    infonote_engine_free(engine);
    return failed;
}

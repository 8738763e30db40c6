/* SPDX-License-Identifier: MIT
 *
 * What a note attaches, and what is wrong with it. */
#include "note_fixture.h"

#include <stdio.h>

static void test_types_by_name(void **state)
{
    (void)state;
    static const struct { const char *name, *type; } CASES[] = {
        {"a.csv", "text/csv"}, {"b/c.PDF", "application/pdf"},
        {"x.y.Json", "application/json"},
        {"none", ""}, {"a.unknown", ""}, {"csv", ""}, {".csv", "text/csv"}, {"a.", ""},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        str type = note_type_of_file(str_from(CASES[i].name));
        assert_true(str_is(type, CASES[i].type));
    }
}

static void test_relations_are_words_of_pdf(void **state)
{
    (void)state;
    for (int i = 0; i < NOTE_RELATION_COUNT; i++) {
        const char *name = note_relation_name((enum note_relation)i);
        assert_true(name && name[0] >= 'A' && name[0] <= 'Z');
    }
}

/* The test runs where the sources are. */
static void test_attachments_are_read(void **state)
{
    (void)state;
    struct fixture f;
    fixture_load(&f, "title: T\nattachments:\n"
                     "  - README.md\n"
                     "  - {file: src/README.md, type: text/x-own, "
                     "description: ' The map '}\n");
    assert_int_equal(f.note->attachments.n, 1 + 1);
    assert_report(&f, DIAG_BAD_VALUE, 4, 12); /* two of one name */
    const struct note_attachment *a = f.note->attachments.v;
    assert_str(a[0].type, "text/markdown");
    assert_int_equal(a[0].relation, NOTE_SUPPLEMENT);
    assert_str(a[1].type, "text/x-own");
    assert_str(a[1].description, "The map");
    fixture_done(&f);
}

static void test_what_is_wrong_is_told(void **state)
{
    (void)state;
    static const struct { const char *entry; enum diag_code code; uint32_t column; }
    CASES[] = {
        {"nowhere.csv", DIAG_NO_FILE, 5},
        {"src", DIAG_NO_FILE, 5},
        {"../outside.csv", DIAG_OUTSIDE_ROOT, 5},
        {"/etc/passwd", DIAG_OUTSIDE_ROOT, 5},
        {"https://example.org/a.csv", DIAG_BAD_LINK, 5},
        {"Makefile", DIAG_MISSING_KEY, 5},
        {"{file: Makefile, type: text}", DIAG_BAD_VALUE, 28},
        {"{file: Makefile, type: a/b/c}", DIAG_BAD_VALUE, 28},
        {"{file: Makefile, type: 'a/b c'}", DIAG_BAD_VALUE, 28},
        {"{file: README.md, relation: cousin}", DIAG_BAD_VALUE, 33},
        {"{type: text/csv}", DIAG_MISSING_KEY, 5},
        {"{fiel: README.md}", DIAG_UNKNOWN_KEY, 6},
        {"[README.md]", DIAG_WRONG_TYPE, 5},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct fixture f;
        char text[200];
        snprintf(text, sizeof text, "title: T\nattachments:\n  - %s\n", CASES[i].entry);
        fixture_load(&f, text);
        assert_report(&f, CASES[i].code, 3, CASES[i].column);
        fixture_done(&f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_types_by_name),
        cmocka_unit_test(test_relations_are_words_of_pdf),
        cmocka_unit_test(test_attachments_are_read),
        cmocka_unit_test(test_what_is_wrong_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

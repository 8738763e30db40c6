/* SPDX-License-Identifier: MIT
 *
 * Texts that become one string of the PDF: the longest that it may hold, and one more. */
#include "assertions.h"

#include "note_fixture.h"

#include <stdlib.h>
#include <string.h>

enum { MOST = 16000 };

static char *repeat(const char *before, const char *what, size_t n, const char *after)
{
    size_t size = strlen(what);
    char *text = malloc(strlen(before) + n * size + strlen(after) + 1);
    char *at = stpcpy(text, before);
    for (size_t i = 0; i < n; i++) {
        at = stpcpy(at, what);
    }
    stpcpy(at, after);
    return text;
}

static size_t errors_of(const char *before, const char *what, size_t n, const char *after)
{
    struct fixture f;
    char *text = repeat(before, what, n, after);
    fixture_load(&f, text);
    size_t errors = f.sink.per_code[DIAG_TOO_LARGE];
    fixture_done(&f);
    free(text);
    return errors;
}

static void test_longest(void **state)
{
    (void)state;
    static const struct { const char *before, *what, *after; size_t units; } CASES[] = {
        {"title: ", "a", "\n", 1},
        {"title: ", "\xC3\xA4", "\n", 1},
        {"title: ", "\xF0\x9D\x84\x9E", "\n", 2}, /* beyond the first 65,536: two */
        {"title: x\nsubject: ", "a", "\n", 1},
        {"title: x\nsections:\n- heading: ", "a", "\n", 1},
        {"title: x\nbody:\n- image: {file: a.png, alt: ", "a", "}\n", 1},
        {"title: x\nbody: \"a ![", "a", "](a.png) b\"\n", 1},
        {"title: x\nfields: {a: \"![", "a", "](a.png) b\"}\n", 1},
        {"title: x\nsubtitle: \"[a](#b '", "a", "')\"\n", 1},
        {"title: x\nbody:\n- qr: {text: x, alt: ", "a", "}\n", 1},
        {"title: x\nbody: \"[", "a", "](#b)\"\n", 1},
        {"title: x\nbody: \"[a](#", "a", ")\"\n", 1},
        {"title: x\nattachments:\n- {file: a.csv, description: ", "a", "}\n", 1},
        {"title: x\nfootnotes: {n: \"x\\n\\n# ", "a", "\"}\nbody: x[^n]\n", 1},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        size_t most = MOST / CASES[i].units;
        assert_int_equal(errors_of(CASES[i].before, CASES[i].what, most,
                                   CASES[i].after), 0);
        assert_int_equal(errors_of(CASES[i].before, CASES[i].what, most + 1,
                                   CASES[i].after), 1);
    }
}

static void test_joined(void **state)
{
    (void)state;
    assert_int_equal(errors_of("title: x\nkeywords: [a", ", abcdef", MOST / 8 - 1, "]\n"),
                     0);
    assert_int_equal(errors_of("title: x\nkeywords: [a", ", abcdef", MOST / 8 + 1, "]\n"),
                     1);
    assert_int_equal(errors_of("title: x\nauthors: [a", ", abcdef", MOST / 8 + 1, "]\n"),
                     1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_longest),
        cmocka_unit_test(test_joined),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

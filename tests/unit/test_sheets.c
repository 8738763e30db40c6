/* SPDX-License-Identifier: MIT
 *
 * Words to sheets: kinds, papers, sides with and without units, what is none of them. */
#include "assertions.h"

#include "sheets.h"

struct read {
    struct arena arena;
    struct diag_sink sink;
    struct page_imposition how;
    bool good;
};

static struct read read_words(const char *impose, const char *sheet, const char *thick)
{
    struct read r;
    infonote_options o = {.impose = impose, .sheet = sheet, .paper_thickness = thick};
    arena_init(&r.arena);
    diag_init(&r.sink, &r.arena);
    r.good = sheets_read(&o, &r.how, &r.sink);
    return r;
}

static void test_what_there_is(void **state)
{
    (void)state;
    struct read r = read_words(NULL, NULL, NULL);
    assert_true(r.good && r.how.how == PAGE_SINGLE);
    arena_done(&r.arena);
    r = read_words("booklet", "A4", "0.1mm");
    assert_true(r.good && r.how.how == PAGE_BOOKLET);
    assert_int_equal(r.how.width, 609562);
    assert_int_equal(r.how.thickness, 290);
    arena_done(&r.arena);
}

static void test_sides(void **state)
{
    static const char *const SAME[] = {"72x144pt", "72pt x 144pt", "1in x 144pt",
                                       "72 \xC3\x97 144 pt", "1x2in"};
    static const char *const NONE[] = {"72x", "x", "A44", "", "72x144", "1em x 2em",
                                       "72pt", "0x9mm", "1x99999in", "-2x3in",
                                       "7px x 9px"};
    (void)state;
    for (size_t i = 0; i < sizeof SAME / sizeof *SAME; i++) {
        struct read r = read_words("2-up", SAME[i], NULL);
        assert_true(r.good);
        assert_int_equal(r.how.width, PT(72));
        assert_int_equal(r.how.height, PT(144));
        arena_done(&r.arena);
    }
    for (size_t i = 0; i < sizeof NONE / sizeof *NONE; i++) {
        struct read r = read_words("2-up", NONE[i], NULL);
        assert_false(r.good);
        assert_int_equal(r.sink.per_code[DIAG_BAD_VALUE], 1);
        arena_done(&r.arena);
    }
}

static void test_what_does_not_go_together(void **state)
{
    static const char *const WRONG[][3] = {
        {"3-up", NULL, NULL}, {"", NULL, NULL}, {NULL, "A4", NULL}, {NULL, NULL, "0.1mm"},
        {"2-up", NULL, "0.1mm"}, {"booklet", NULL, "0.1"}, {"booklet", NULL, "3mm"},
        {"booklet", NULL, "-1mm"}, {"booklet", NULL, "10%"}, {"booklet", NULL, "thin"}};
    (void)state;
    for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++) {
        struct read r = read_words(WRONG[i][0], WRONG[i][1], WRONG[i][2]);
        assert_false(r.good);
        assert_int_equal(r.sink.list.n, 1);
        arena_done(&r.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_there_is),
        cmocka_unit_test(test_sides),
        cmocka_unit_test(test_what_does_not_go_together),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT
 *
 * Values as PDF writes them. */
#include "assertions.h"

#include "pdf/syntax.h"

struct state {
    struct arena arena;
    struct buf b;
};

static int set_up(void **state)
{
    struct state *s = test_calloc(1, sizeof *s);
    arena_init(&s->arena);
    buf_init(&s->b, &s->arena);
    *state = s;
    return 0;
}

static int tear_down(void **state)
{
    struct state *s = *state;
    arena_done(&s->arena);
    test_free(s);
    return 0;
}

static void strings_escape_what_ends_them(void **state)
{
    struct state *s = *state;
    pdf_put_string(&s->b, STR("a(b)c\\d\re\nf"));
    assert_str(buf_str(&s->b), "(a\\(b\\)c\\\\d\\re\nf)");
    buf_clear(&s->b);
    pdf_put_string(&s->b, STR_NONE);
    assert_str(buf_str(&s->b), "()");
}

static void text_is_ascii_or_utf16(void **state)
{
    struct state *s = *state;
    pdf_put_text(&s->b, STR("plain (text)"));
    assert_str(buf_str(&s->b), "(plain \\(text\\))");
    buf_clear(&s->b);
    pdf_put_text(&s->b, STR("\xC3\xA9\xF0\x9F\x98\x80"));
    static const char WIDE[] = "(\xFE\xFF\x00\xE9\xD8\x3D\xDE\x00)";
    assert_int_equal(s->b.n, sizeof WIDE - 1);
    assert_memory_equal(s->b.p, WIDE, sizeof WIDE - 1);
}

/* U+2028 and U+0D28 hold bytes that a literal string must escape. */
static void utf16_bytes_are_escaped(void **state)
{
    struct state *s = *state;
    pdf_put_text(&s->b, STR("\xE0\xB4\xA8"));
    static const char WIDE[] = "(\xFE\xFF\\r\\()";
    assert_int_equal(s->b.n, sizeof WIDE - 1);
    assert_memory_equal(s->b.p, WIDE, sizeof WIDE - 1);
}

static void dates_follow_the_calendar(void **state)
{
    struct state *s = *state;
    static const struct {
        int64_t seconds;
        const char *info, *xmp;
    } DATES[] = {
        {0, "(D:19700101000000Z)", "1970-01-01T00:00:00Z"},
        {951782399, "(D:20000228235959Z)", "2000-02-28T23:59:59Z"},
        {951782400, "(D:20000229000000Z)", "2000-02-29T00:00:00Z"},
        {4107542400, "(D:21000301000000Z)", "2100-03-01T00:00:00Z"},
        {-1, "(D:19691231235959Z)", "1969-12-31T23:59:59Z"},
        {1254139200, "(D:20090928120000Z)", "2009-09-28T12:00:00Z"},
    };
    for (size_t i = 0; i < sizeof DATES / sizeof *DATES; i++) {
        buf_clear(&s->b);
        pdf_put_date(&s->b, DATES[i].seconds, false);
        assert_str(buf_str(&s->b), DATES[i].info);
        buf_clear(&s->b);
        pdf_put_date(&s->b, DATES[i].seconds, true);
        assert_str(buf_str(&s->b), DATES[i].xmp);
    }
}

static void colours_take_the_shortest_operator(void **state)
{
    struct state *s = *state;
    pdf_put_fill(&s->b, COLOR_BLACK);
    pdf_put_fill(&s->b, (struct color){COLOR_RGB, {122, 0, 1000}, 0});
    pdf_put_fill(&s->b, (struct color){COLOR_CMYK, {0, 0, 0, 1000}, 0});
    assert_str(buf_str(&s->b), "0 g\n0.122 0 1 rg\n0 0 0 1 k\n");
}

static void plates_become_screen_colours(void **state)
{
    (void)state;
    struct color c = color_on_screen((struct color){COLOR_CMYK, {1000, 600, 0, 100}, 0});
    assert_true(color_eq(c, (struct color){COLOR_RGB, {0, 360, 900}, 0}));
    c = color_on_screen((struct color){COLOR_CMYK, {0, 0, 0, 1000}, 0});
    assert_true(color_eq(c, COLOR_BLACK));
    struct color rgb = {COLOR_RGB, {1, 2, 3}, 0};
    assert_true(color_eq(color_on_screen(rgb), rgb));
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(strings_escape_what_ends_them), TEST(text_is_ascii_or_utf16),
        TEST(utf16_bytes_are_escaped), TEST(dates_follow_the_calendar),
        TEST(colours_take_the_shortest_operator), TEST(plates_become_screen_colours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT
 *
 * Punctuation that hangs out of lines, letters that give a little, and that what a line
 * breaker adds up is what the line becomes. */
#include "text_support.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"

static int start(void **state)
{
    static struct support s;
    support_start(&s);
    s.style.protrusion = 1000;
    s.style.expansion = 20;
    *state = &s;
    return 0;
}

static int end(void **state)
{
    support_end(*state);
    return 0;
}

static struct text_line hanging(struct support *s, const struct text_para *p, size_t last,
                                len target)
{
    struct text_line line;
    text_set_line(s->engine, p, &(struct text_line_request){0, last, target, true},
                  &s->arena, &line);
    return line;
}

static len advance(const struct support *s, const struct text_piece *piece,
                   uint32_t glyph)
{
    const struct text_run *run = piece->run;
    return text_scale(run->glyphs[glyph].advance, s->style.size, run->face->upem);
}

static void test_a_stop_hangs_out(void **state)
{
    struct support *s = *state;
    struct text_para *p = support_para(s, "one.");
    struct text_line plain = support_line(s, p, 0, p->n - 1, -1);
    struct text_line line = hanging(s, p, p->n - 1, -1);
    const struct text_piece *last = &line.pieces[line.n - 1];
    len stop = advance(s, last, last->to - 1);
    assert_true(stop > 0);
    assert_int_equal(line.pieces[0].x, 0);
    assert_int_equal(plain.width - line.width, len_muldiv(stop, 700, 1000));
}

static void test_a_quote_hangs_before(void **state)
{
    struct support *s = *state;
    struct text_para *p = support_para(s, "\xE2\x80\x9Cso\xE2\x80\x9D it was");
    struct text_line line = hanging(s, p, p->n - 1, -1);
    len quote = advance(s, &line.pieces[0], 0);
    assert_int_equal(line.pieces[0].x, -len_muldiv(quote, 300, 1000));
    s->style.protrusion = 0;
    p = support_para(s, "\xE2\x80\x9Cso\xE2\x80\x9D it was");
    assert_int_equal(hanging(s, p, p->n - 1, -1).pieces[0].x, 0);
}

/* The engine's only family is `own`, Gentium with this table. */
static void use_table(struct support *s, const char *table)
{
    static str roots[1], dirs[1];
    char dir[] = "/tmp/test_text_hang.XXXXXX";
    assert_non_null(mkdtemp(dir));
    str path = str_format(&s->arena, "%s/own.yaml", dir);
    str text = str_format(&s->arena,
                          "family: own\nfaces: [{file: truetype/gentiumplus/"
                          "GentiumPlus-Regular.ttf}]\nprotrusion: %s\n", table);
    assert_int_equal(file_write(path, text), 0);
    roots[0] = STR("/usr/share/fonts");
    dirs[0] = str_copy(&s->arena, str_from(dir));
    text_engine_free(s->engine);
    s->engine = text_engine_new(&(struct text_config){dirs, 1, roots, 1, roots, 1});
    s->style.family = STR("own");
    text_face_of(s->engine, &s->style, PLACE_NONE, &s->sink);
    unlink(path.p);
    rmdir(dir);
}

static len hangs_behind(struct support *s, const char *text)
{
    struct text_para *p = support_para(s, text);
    return text_hang_behind(p, &p->items[p->n - 2]);
}

static len share_of_last(struct support *s, const char *text, int64_t share)
{
    struct text_para *p = support_para(s, text);
    struct text_line line = support_line(s, p, 0, p->n - 1, -1);
    const struct text_piece *last = &line.pieces[line.n - 1];
    return (len)len_muldiv(advance(s, last, last->to - 1), share, 1000);
}

/* A family may say it of its own characters; of all others, the common table holds. */
static void test_a_family_has_its_own_table(void **state)
{
    struct support *s = *state;
    use_table(s, "{\".\": [0, 90], z: [-5, 12.5], \"-\": [0, 25]}");
    assert_int_equal(s->sink.per_code[DIAG_NO_FONT], 0);
    assert_int_equal(hangs_behind(s, "one."), share_of_last(s, "one.", 900));
    assert_int_equal(hangs_behind(s, "fuzz"), share_of_last(s, "fuzz", 125));
    assert_int_equal(hangs_behind(s, "one,"), share_of_last(s, "one,", 500));
    assert_int_equal(hangs_behind(s, "well\xE2\x80\x90"),
                     share_of_last(s, "well\xE2\x80\x90", 250));
    struct text_para *p = support_para(s, "zone");
    assert_true(text_hang_before(p, &p->items[0]) < 0);
}

static void test_a_wrong_table_is_told(void **state)
{
    struct support *s = *state;
    static const char *const WRONG[] = {"[1, 2]", "{ab: [1, 2]}", "{a: [1]}", "70",
                                        "{a: [1, x]}", "{a: [0, 200]}",
                                        "{\"\": [0, 1]}"};
    for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++) {
        size_t before = s->sink.per_code[DIAG_NO_FONT];
        use_table(s, WRONG[i]);
        assert_int_equal(s->sink.per_code[DIAG_NO_FONT], before + 1);
    }
}

/* What flow/ takes off a line is what hangs out of it. */
static void test_items_say_what_lines_do(void **state)
{
    struct support *s = *state;
    static const char *const TEXTS[] = {"very.", "(very)", "Tot", "\"x\"", "well-"};
    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++) {
        struct text_para *p = support_para(s, TEXTS[i]);
        size_t last = p->n - 1;
        while (p->items[last - 1].kind != TEXT_BOX) {
            last--;
        }
        len hang = text_hang_before(p, &p->items[0]) +
                   text_hang_behind(p, &p->items[last - 1]);
        struct text_line plain = support_line(s, p, 0, p->n - 1, -1);
        struct text_line line = hanging(s, p, p->n - 1, -1);
        assert_int_equal(plain.width - line.width, hang);
        assert_true(hang > 0);
    }
}

static void test_right_to_left_stays(void **state)
{
    struct support *s = *state;
    s->lang = "he";
    struct text_para *p = support_para(s, "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D.");
    struct text_line line = hanging(s, p, p->n - 1, -1);
    assert_int_equal(line.width, support_line(s, p, 0, p->n - 1, -1).width);
    assert_int_equal(text_hang_behind(p, &p->items[p->n - 2]), 0);
}

static bool is_space(const struct text_piece *piece)
{
    return piece->flags & TEXT_PIECE_SPACE;
}

/* Letters take what they can; spaces stay as they are until letters are at their end. */
static void test_letters_give_first(void **state)
{
    struct support *s = *state;
    s->style.protrusion = 0;
    struct text_para *p = support_para(s, "seven words of one line to stretch");
    struct text_line natural = hanging(s, p, p->n - 1, -1);
    static const int BY[] = {1, -1, 3, -3}; /* percent */
    for (size_t k = 0; k < sizeof BY / sizeof *BY; k++) {
        len target = natural.width + natural.width * BY[k] / 100;
        struct text_line line = hanging(s, p, p->n - 1, target);
        assert_in_range(line.width, target - 8, target + 8);
        bool all = abs(BY[k]) > 2;
        for (uint32_t i = 0; i < line.n; i++) {
            const struct text_piece *a = &line.pieces[i], *b = &natural.pieces[i];
            assert_true(abs(a->expansion) <= 200);
            assert_int_equal(a->expansion == 200 || a->expansion == -200, all);
            assert_int_equal(a->expansion, line.pieces[0].expansion);
            if (is_space(a) && !all) {
                assert_true(abs(a->width - b->width) <= PT(1) / 20);
            } else if (is_space(a)) {
                assert_true((a->width > b->width) == (BY[k] > 0));
            }
        }
    }
}

static void test_code_keeps_its_letters(void **state)
{
    struct support *s = *state;
    s->flags = TEXT_SPAN_VERBATIM;
    struct text_para *p = support_para(s, "one two");
    for (size_t i = 0; i < p->n; i++) {
        if (p->items[i].kind == TEXT_BOX) {
            assert_int_equal(text_item_expansion(p, &p->items[i]), 0);
        }
    }
    s->flags = 0;
    p = support_para(s, "one two");
    len give = text_item_expansion(p, &p->items[0]);
    assert_in_range(give, p->items[0].width / 50, p->items[0].width / 50 + 1);
}

/* A word in capitals may be an acronym; a text in capitals has words. */
static void test_capitals_are_hyphenated_among_their_like(void **state)
{
    struct support *s = *state;
    static const char LOUD[] = "WITHOUT LIMITATION, THE IMPLIED WARRANTIES OF FITNESS";
    struct text_para *p = support_para(s, LOUD);
    str alone = support_breaks(s, support_para(s, "see INTERPOL"));
    assert_true(str_is(alone, "see_INTERPOL"));
    str breaks = support_breaks(s, p);
    size_t at;
    assert_true(str_find(breaks, STR("~"), &at));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_a_stop_hangs_out),
        TEST(test_a_quote_hangs_before),
        TEST(test_a_family_has_its_own_table),
        TEST(test_a_wrong_table_is_told),
        TEST(test_items_say_what_lines_do),
        TEST(test_right_to_left_stays),
        TEST(test_letters_give_first),
        TEST(test_code_keeps_its_letters),
        TEST(test_capitals_are_hyphenated_among_their_like),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

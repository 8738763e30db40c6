/* SPDX-License-Identifier: MIT
 *
 * Operators of a page, from lines shaped in a real face. */
#include "pdf_fixture.h"

#include <stdlib.h>

#include "pdf/content.h"
#include "pdf/font.h"
#include "pdf/shared.h"

struct state {
    struct book book;
    const struct text_face *face;
};

static int set_up(void **state)
{
    struct state *s = test_calloc(1, sizeof *s);
    book_init(&s->book);
    s->face = book_face(&s->book, GENTIUM "Regular.ttf", "GentiumPlus", false);
    book_page(&s->book);
    *state = s;
    return 0;
}

static int tear_down(void **state)
{
    struct state *s = *state;
    book_done(&s->book);
    test_free(s);
    return 0;
}

#define NEED(s)      \
    if (!(s)->face) { \
        skip();      \
    }

static uint32_t add_element(struct state *s, enum structure_role role, uint32_t parent)
{
    return structure_add(&s->book.list.structure, &s->book.arena, role, parent);
}

static struct page_item *add_run(struct state *s, const struct text_run *run, len x,
                                 len y, uint32_t element)
{
    struct text_piece *piece = NEW(&s->book.arena, struct text_piece);
    *piece = (struct text_piece){.run = run, .to = run->n};
    struct page_item *item = book_item(&s->book, run->face, PT(10), x, y, element);
    item->as.text.pieces = piece;
    item->as.text.n = 1;
    return item;
}

static struct page_item *add_text(struct state *s, const char *text, len x, len y,
                                  uint32_t element)
{
    return add_run(s, book_run(&s->book, s->face, str_from(text)), x, y, element);
}

static struct page_item *add_rule(struct state *s)
{
    struct page_item *rule = page_add_item(&s->book.list, book_last(&s->book), PAGE_RULE);
    rule->artifact = STRUCTURE_DECORATION;
    rule->as.rule.rect = (struct page_rect){PT(10), PT(20), PT(100), 512};
    return rule;
}

/* The operators of the first page, as one line a statement. */
static const char *content(struct state *s, bool tagged)
{
    struct book *b = &s->book;
    struct pdf_fonts fonts;
    struct pdf_structure structure;
    struct pdf_content c;
    struct pdf_save save;
    struct pdf_shared shared;
    struct buf file;
    buf_init(&file, &b->arena);
    pdf_shared_init(&shared);
    struct pdf_haru *h = pdf_haru_open(&b->arena);
    pdf_save_begin(&save, &file, &b->arena, &shared, false);
    pdf_glyphs_collect(&fonts, &b->list, &b->arena);
    pdf_codes_assign(&fonts);
    assert_true(pdf_fonts_write(&fonts, h, &save, &b->sink));
    pdf_shared_done(&shared);
    pdf_structure_init(&structure, &b->list, &b->arena);
    pdf_structure_next_page(&structure);
    pdf_content_init(&c, &b->list, &fonts, tagged ? &structure : NULL, &b->arena);
    pdf_content_page(&c, &b->list.pages.v[0]);
    assert_true(pdf_haru_close(h, &b->sink));
    buf_char(&c.out, '\0');
    return c.out.p;
}

static void a_line_is_a_string(void **state)
{
    struct state *s = *state;
    NEED(s);
    add_text(s, "noun", PT(72), PT(100), 0);
    add_text(s, "min", PT(72), PT(112), 0);
    assert_string_equal(content(s, false),
                        "BT\n/F0 10 Tf\n72 741.89 Td\n(noun)Tj\n0 -12 Td\n(min)Tj\nET\n");
}

static void parentheses_are_written_behind_a_backslash(void **state)
{
    struct state *s = *state;
    NEED(s);
    add_text(s, "a (n) \\", PT(72), PT(100), 0);
    assert_non_null(strstr(content(s, false), "(a \\(n\\) \\\\)Tj\n"));
}

static void elements_and_artifacts_are_marked(void **state)
{
    struct state *s = *state;
    NEED(s);
    uint32_t p = add_element(s, STRUCTURE_P, 0), h = add_element(s, STRUCTURE_H1, 0);
    add_text(s, "one", PT(72), PT(100), h);
    add_text(s, "two", PT(72), PT(112), p);
    add_text(s, "min", PT(72), PT(124), p);
    add_text(s, "7", PT(72), PT(800), 0)->artifact = STRUCTURE_FOOTER;
    const char *c = content(s, true);
    assert_non_null(strstr(c, "/H1<</MCID 0>>BDC\n/F0 10 Tf\n72 741.89 Td\n"));
    assert_non_null(strstr(c, "EMC\n/P<</MCID 1>>BDC\n0 -12 Td\n"));
    assert_null(strstr(c, "MCID 2"));
    assert_non_null(strstr(c, "EMC\n/Artifact<</Type/Pagination/Subtype/Footer>>BDC\n"));
    assert_non_null(strstr(c, "(7)Tj\nEMC\nET\n"));
}

/* Marked content never crosses the ends of a text object. */
static void a_rule_ends_the_text(void **state)
{
    struct state *s = *state;
    NEED(s);
    uint32_t p = add_element(s, STRUCTURE_P, 0);
    add_text(s, "min", PT(72), PT(100), p);
    add_rule(s);
    add_rule(s)->as.rule.color = (struct color){COLOR_RGB, {1000, 0, 0}, 0};
    add_text(s, "noun", PT(72), PT(130), p);
    assert_string_equal(
        content(s, true),
        "BT\n/P<</MCID 0>>BDC\n/F0 10 Tf\n72 741.89 Td\n(min)Tj\nEMC\nET\n"
        "/Artifact<</Type/Layout>>BDC\n10 821.39 100 0.5 re f\n"
        "1 0 0 rg\n10 821.39 100 0.5 re f\nEMC\n"
        "BT\n/P<</MCID 1>>BDC\n0 g\n72 711.89 Td\n(noun)Tj\nEMC\nET\n");
}

static void justified_spaces_take_word_spacing(void **state)
{
    struct state *s = *state;
    NEED(s);
    const str words[] = {STR("min"), STR("noun"), STR("min")};
    s->book.y = PT(100);
    const struct text_piece *space = &book_line(&s->book, s->face, PT(10), words, 3,
                                                PT(72), PT(90), 0)->as.text.pieces[1];
    s->book.y = PT(112);
    book_line(&s->book, s->face, PT(10), words, 3, PT(72), -1, 0);
    const char *c = content(s, false);
    assert_non_null(strstr(c, "(min noun min)Tj\n0 Tw\n0 -12 Td\n(min noun min)Tj\n"));
    len extra = space->width - book_width(space->run, PT(10));
    struct buf tw;
    buf_init(&tw, &s->book.arena);
    buf_points(&tw, extra);
    buf_puts(&tw, " Tw\n");
    buf_char(&tw, '\0');
    assert_non_null(strstr(c, tw.p));
}

/* Wider letters: one operator, and the same places as if each glyph were wider. */
static void letters_are_widened(void **state)
{
    struct state *s = *state;
    NEED(s);
    struct page_item *item = add_text(s, "minimum", PT(72), PT(100), 0);
    item->as.text.expansion = 150;
    add_text(s, "minimum", PT(72), PT(112), 0);
    const char *c = content(s, false);
    assert_non_null(strstr(c, "101.5 Tz\n"));
    assert_non_null(strstr(c, "(minimum)Tj\n100 Tz\n0 -12 Td\n(minimum)Tj\n"));
}

/* A space that ends a line is for readers; what it is wide says nothing. */
static void a_last_space_does_not_stretch(void **state)
{
    struct state *s = *state;
    NEED(s);
    struct text_run *word = book_run(&s->book, s->face, STR("min"));
    struct text_run *space = book_run(&s->book, s->face, STR(" "));
    struct text_piece *pieces = NEW_ARRAY(&s->book.arena, struct text_piece, 2);
    pieces[0] = (struct text_piece){.run = word, .to = 3};
    pieces[1] = (struct text_piece){.run = space, .to = 1, .x = book_width(word, PT(10)),
                                    .flags = TEXT_PIECE_SPACE};
    struct page_item *item = book_item(&s->book, s->face, PT(10), PT(72), PT(100), 0);
    item->as.text.pieces = pieces;
    item->as.text.n = 2;
    const char *c = content(s, false);
    assert_non_null(strstr(c, "(min )Tj\n"));
    assert_null(strstr(c, "Tw"));
}

static void kerning_moves_the_pen(void **state)
{
    struct state *s = *state;
    NEED(s);
    static struct text_glyph moved[3];
    struct text_run *run = book_run(&s->book, s->face, STR("min"));
    struct text_run kerned = *run;
    memcpy(moved, run->glyphs, sizeof moved);
    moved[0].advance += s->face->upem / 10;
    kerned.glyphs = moved;
    add_run(s, &kerned, PT(72), PT(100), 0);
    assert_non_null(strstr(content(s, false), "[(m)-100(in)]TJ\n"));
}

/* Two hundred advances that differ a little from the widths in the file: corrections add
 * up to the whole. */
static void small_differences_are_carried(void **state)
{
    struct state *s = *state;
    NEED(s);
    enum { N = 200 };
    struct text_run *m = book_run(&s->book, s->face, STR("m"));
    struct text_glyph *glyphs = NEW_ARRAY(&s->book.arena, struct text_glyph, N);
    int64_t units = 0, upem = s->face->upem;
    struct buf text;
    buf_init(&text, &s->book.arena);
    for (uint32_t i = 0; i < N; i++) {
        glyphs[i] = m->glyphs[0];
        glyphs[i].cluster = i;
        glyphs[i].advance += i % 3 == 0; /* 1/2048 em */
        units += glyphs[i].advance;
        buf_char(&text, 'm');
    }
    struct text_run run = {.face = s->face, .text = buf_str(&text), .plain = true, .n = N,
                           .glyphs = glyphs};
    add_run(s, &run, PT(72), PT(100), 0);
    const char *c = strchr(content(s, false), '[');
    assert_non_null(c);
    int sum = 0;
    for (; *c != ']'; c++) {
        if (*c == ')' && c[1] == '-') {
            sum += atoi(c + 2);
        }
    }
    int64_t written = len_muldiv(m->advance, 10000, upem) * N / 10; /* 1/1000 em */
    int64_t expected = units * 1000 / upem - written;
    assert_true(expected > 20);
    assert_true(llabs(sum - expected) <= 1);
}

static void two_faces_share_a_line(void **state)
{
    struct state *s = *state;
    NEED(s);
    const struct text_face *bold = book_face(&s->book, GENTIUM "Bold.ttf", "Bold", false);
    assert_non_null(bold);
    struct text_run *run = book_run(&s->book, s->face, STR("min "));
    add_run(s, run, PT(72), PT(100), 0);
    add_run(s, book_run(&s->book, bold, STR("min")), PT(72) + book_width(run, PT(10)),
            PT(100), 0);
    add_run(s, book_run(&s->book, bold, STR("min")), PT(272), PT(100), 0);
    const char *c = content(s, false);
    assert_non_null(strstr(c, "(min )Tj\n/F1 10 Tf\n"));
    assert_null(strstr(strstr(c, "/F1"), "Td")); /* both go on from the pen */
}

static void marks_rise_and_come_down(void **state)
{
    struct state *s = *state;
    NEED(s);
    static struct text_glyph raised[3];
    struct text_run *run = book_run(&s->book, s->face, STR("min"));
    struct text_run marks = *run;
    memcpy(raised, run->glyphs, sizeof raised);
    raised[1].dy = (int16_t)(s->face->upem / 4);
    marks.glyphs = raised;
    marks.plain = false;
    add_run(s, &marks, PT(72), PT(100), 0);
    assert_non_null(strstr(content(s, false), "(m)Tj\n2.5 Ts\n(i)Tj\n0 Ts\n(n)Tj\n"));
    raised[0].dy = raised[1].dy;
    assert_non_null(strstr(content(s, false), "2.5 Ts\n(mi)Tj\n0 Ts\n(n)Tj\n"));
}

static void hyphens_of_line_breaks_are_soft(void **state)
{
    struct state *s = *state;
    NEED(s);
    struct page_item *item = add_text(s, "-", PT(72), PT(100), 0);
    struct text_piece *piece = NEW(&s->book.arena, struct text_piece);
    *piece = item->as.text.pieces[0];
    piece->flags = TEXT_PIECE_HYPHEN;
    item->as.text.pieces = piece;
    const char *c = content(s, false);
    const char *span = strstr(c, "/Span<</ActualText(\xFE\xFF");
    assert_non_null(span);
    static const char REST[] = "\x00\xAD)>>BDC\n(-)Tj\nEMC\n";
    assert_memory_equal(strchr(span, '\xFF') + 1, REST, sizeof REST - 1);
}

static void other_languages_are_said(void **state)
{
    struct state *s = *state;
    NEED(s);
    uint32_t p = add_element(s, STRUCTURE_P, 0);
    add_text(s, "min", PT(72), PT(100), p)->as.text.lang = STR("en-GB");
    add_text(s, "noun", PT(72), PT(112), p)->as.text.lang = STR("fr");
    const char *c = content(s, true);
    assert_non_null(strstr(c, "/P<</MCID 0>>BDC\n"));
    assert_non_null(strstr(c, "/P<</MCID 1/Lang(fr)>>BDC\n"));
}

static void letter_space_is_an_operator(void **state)
{
    struct state *s = *state;
    NEED(s);
    add_text(s, "noun", PT(72), PT(100), 0)->as.text.letter_space = PT(1.5);
    add_text(s, "min", PT(72), PT(112), 0);
    assert_string_equal(content(s, false),
                        "BT\n/F0 10 Tf\n1.5 Tc\n72 741.89 Td\n(noun)Tj\n"
                        "0 Tc\n0 -12 Td\n(min)Tj\nET\n");
}

static struct page_path *add_path(struct state *s, len x, len y, uint32_t element)
{
    static const struct page_segment TICK[] = {
        {.kind = PAGE_MOVE}, {.kind = PAGE_LINE, .x = PT(2), .y = PT(4)},
        {.kind = PAGE_CURVE, .x = PT(6), .x1 = PT(3), .y1 = PT(3), .x2 = PT(5),
         .y2 = PT(1)},
        {.kind = PAGE_CLOSE},
    };
    struct page_item *item = page_add_item(&s->book.list, book_last(&s->book), PAGE_PATH);
    item->element = element;
    item->as.path = (struct page_path){.x = x, .y = y, .segments = TICK, .n = 4,
                                       .stroke = true, .stroke_width = LEN_PT};
    return &item->as.path;
}

#define TICK_AT_10 "10 821.89 m\n12 817.89 l\n13 818.89 15 820.89 16 821.89 c\nh\n"

/* The state of lines is written when it changes; a path is content as text is. */
static void paths_are_stroked_and_filled(void **state)
{
    struct state *s = *state;
    NEED(s);
    uint32_t label = add_element(s, STRUCTURE_LBL, 0);
    add_text(s, "min", PT(72), PT(100), label);
    add_path(s, PT(10), PT(20), label);
    struct page_path *path = add_path(s, PT(10), PT(20), label);
    path->stroke_width = PT(0.5);
    path->stroke_color = (struct color){COLOR_RGB, {1000, 0, 0}, 0};
    path->cap = PAGE_CAP_ROUND;
    path->join = PAGE_JOIN_BEVEL;
    path->fill = true;
    path->fill_color = (struct color){COLOR_GRAY, {500}, 0};
    path = add_path(s, PT(10), PT(20), label);
    path->stroke = false;
    path->fill = path->even_odd = true;
    const char *c = content(s, true);
    assert_non_null(strstr(c, "EMC\nET\n/Lbl<</MCID 1>>BDC\n" TICK_AT_10 "S\n"
                              "0.5 g\n1 0 0 RG\n0.5 w\n1 J\n2 j\n" TICK_AT_10 "B\n"
                              "0 g\n" TICK_AT_10 "f*\nEMC\n"));
}

static void turned_text_leaves_nothing_behind(void **state)
{
    struct state *s = *state;
    NEED(s);
    uint32_t p = add_element(s, STRUCTURE_P, 0);
    add_text(s, "before", PT(72), PT(100), p);
    struct page_item *turned = add_text(s, "across", PT(100), PT(200), 0);
    turned->artifact = STRUCTURE_WATERMARK;
    turned->as.text.angle = 60;
    turned->as.text.size = PT(80);
    turned->as.text.color = (struct color){COLOR_GRAY, {900}, 0};
    add_text(s, "behind", PT(72), PT(114), p);
    const char *c = content(s, true);
    const char *matrix = strstr(c, "q 0.5 0.866025 -0.866025 0.5 100 ");
    assert_non_null(matrix);
    assert_non_null(strstr(matrix, "Subtype/Watermark>>BDC\n"));
    const char *end = strstr(matrix, "ET\nQ\n");
    assert_non_null(end);
    /* Colour and font are those from before. */
    assert_non_null(strstr(matrix, "0.9 g\n/F0 80 Tf\n"));
    assert_null(strstr(end, " g\n"));
    assert_null(strstr(end, " Tf\n"));
    assert_non_null(strstr(end, "(behind)Tj"));
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_line_is_a_string), TEST(elements_and_artifacts_are_marked),
        TEST(a_rule_ends_the_text), TEST(justified_spaces_take_word_spacing),
        TEST(letters_are_widened), TEST(kerning_moves_the_pen),
        TEST(a_last_space_does_not_stretch), TEST(kerning_moves_the_pen),
        TEST(small_differences_are_carried), TEST(two_faces_share_a_line),
        TEST(parentheses_are_written_behind_a_backslash),
        TEST(marks_rise_and_come_down), TEST(hyphens_of_line_breaks_are_soft),
        TEST(other_languages_are_said), TEST(letter_space_is_an_operator),
        TEST(paths_are_stroked_and_filled),
        TEST(turned_text_leaves_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

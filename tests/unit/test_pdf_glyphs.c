/* SPDX-License-Identifier: MIT
 *
 * Clusters, the texts of glyphs, one-byte codes; with runs made by hand. */
#include "assertions.h"

#include "pdf/glyphs.h"

enum { GLYPHS = 400, ITEMS = 8 };

struct state {
    struct arena arena;
    struct page_list list;
    struct text_face face;
    struct pdf_fonts fonts;
};

static int set_up(void **state)
{
    struct state *s = test_calloc(1, sizeof *s);
    arena_init(&s->arena);
    page_list_init(&s->list, &s->arena);
    page_add(&s->list, PT(100), PT(100));
    s->face.n_glyphs = GLYPHS;
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

static struct text_run *add(struct state *s, str text, const struct text_glyph *glyphs,
                            uint32_t n, bool rtl)
{
    struct text_run *run = NEW(&s->arena, struct text_run);
    *run = (struct text_run){.face = &s->face, .text = text, .rtl = rtl, .n = n,
                             .glyphs = glyphs};
    struct text_piece *piece = NEW(&s->arena, struct text_piece);
    *piece = (struct text_piece){.run = run, .to = n};
    struct page_item *item = page_add_item(&s->list, &s->list.pages.v[0], PAGE_TEXT);
    item->as.text.face = &s->face;
    item->as.text.pieces = piece;
    item->as.text.n = 1;
    return run;
}

static struct pdf_font *collect(struct state *s)
{
    pdf_glyphs_collect(&s->fonts, &s->list, &s->arena);
    return pdf_font_find(&s->fonts, &s->face);
}

static str cluster_text(const struct text_run *run, uint32_t from, uint32_t *to)
{
    struct text_piece piece = {.run = run, .to = run->n};
    struct pdf_cluster c = pdf_cluster_at(&piece, from);
    *to = c.to;
    return c.text;
}

static void clusters_run_to_the_next_one(void **state)
{
    struct state *s = *state;
    static const struct text_glyph G[] = {{.id = 1},
                                          {.id = 2, .cluster = 1},
                                          {.id = 3, .cluster = 1},
                                          {.id = 4, .cluster = 4}};
    struct text_run *run = add(s, STR("a\xC3\xA9xffi"), G, 4, false);
    uint32_t to;
    assert_str(cluster_text(run, 0, &to), "a");
    assert_str(cluster_text(run, 1, &to), "\xC3\xA9x");
    assert_int_equal(to, 3);
    assert_str(cluster_text(run, 3, &to), "ffi");
}

static void clusters_of_rtl_runs_descend(void **state)
{
    struct state *s = *state;
    static const struct text_glyph G[] = {{.id = 1, .cluster = 4},
                                          {.id = 2, .cluster = 2},
                                          {.id = 3, .cluster = 2},
                                          {.id = 4}};
    struct text_run *run = add(s, STR("aabbcc"), G, 4, true);
    uint32_t to;
    assert_str(cluster_text(run, 0, &to), "cc");
    assert_str(cluster_text(run, 1, &to), "bb");
    assert_int_equal(to, 3);
    assert_str(cluster_text(run, 3, &to), "aa");
}

/* A piece that is a slice still knows what stands behind it. */
static void slices_end_where_the_run_goes_on(void **state)
{
    struct state *s = *state;
    static const struct text_glyph G[] = {{.id = 1}, {.id = 2, .cluster = 1},
                                          {.id = 3, .cluster = 2}};
    struct text_run *run = add(s, STR("abc"), G, 3, false);
    struct text_piece piece = {.run = run, .from = 0, .to = 2};
    assert_str(pdf_cluster_at(&piece, 1).text, "b");
}

static struct pdf_cluster whole(const struct text_run *run)
{
    struct text_piece piece = {.run = run, .to = run->n};
    return pdf_cluster_at(&piece, 0);
}

static void a_space_is_a_space_whatever_comes_first(void **state)
{
    struct state *s = *state;
    static const struct text_glyph G[] = {{.id = 3}};
    struct text_run *hard = add(s, STR("\xC2\xA0"), G, 1, false);
    struct text_run *soft = add(s, STR(" "), G, 1, false);
    struct pdf_font *font = collect(s);
    assert_str(pdf_glyph(font, 3)->text, " ");
    assert_true(pdf_glyph_is(font, 3, ' '));
    assert_false(font->mixed);
    struct pdf_cluster c = whole(soft), d = whole(hard);
    assert_true(pdf_cluster_reads(font, soft, &c));
    assert_true(pdf_cluster_reads(font, hard, &d));
}

static void a_second_text_must_be_said(void **state)
{
    struct state *s = *state;
    static const struct text_glyph G[] = {{.id = 3}};
    struct text_run *other = add(s, STR("\xE2\x80\x90"), G, 1, false);
    struct text_run *plain = add(s, STR("-"), G, 1, false);
    struct pdf_font *font = collect(s);
    assert_str(pdf_glyph(font, 3)->text, "-");
    assert_true(font->mixed);
    assert_false(pdf_glyph_is(font, 3, '-')); /* that must be asked in each place */
    struct pdf_cluster c = whole(plain), d = whole(other);
    assert_true(pdf_cluster_reads(font, plain, &c));
    assert_false(pdf_cluster_reads(font, other, &d));
}

/* What others found tells the text, but not that it was always this one. */
static void what_others_found_is_asked(void **state)
{
    struct state *s = *state;
    pdf_glyphs_init(&s->fonts, &s->arena);
    pdf_glyphs_add(&s->fonts, &s->face, 3, STR("-"), false);
    static const struct text_glyph G[] = {{.id = 3}};
    add(s, STR("-"), G, 1, false)->plain = true;
    pdf_glyphs_of_pages(&s->fonts, &s->list);
    pdf_glyphs_end(&s->fonts);
    struct pdf_font *font = pdf_font_find(&s->fonts, &s->face);
    assert_str(pdf_glyph(font, 3)->text, "-");
    assert_true(font->mixed);
    assert_false(pdf_glyph_is(font, 3, '-'));
}

static void marks_read_one_by_one(void **state)
{
    struct state *s = *state;
    static const struct text_glyph G[] = {{.id = 1}, {.id = 2}};
    struct text_run *run = add(s, STR("x\xCC\x84"), G, 2, false);
    struct text_run *back =
        add(s, STR("y\xCC\x84"), (struct text_glyph[]){{.id = 2}, {.id = 5}}, 2, true);
    struct pdf_font *font = collect(s);
    struct pdf_cluster c = whole(run), d = whole(back);
    assert_true(pdf_cluster_reads(font, run, &c));
    assert_true(pdf_cluster_reads(font, back, &d)); /* the mark stands left of its base */
    assert_str(pdf_glyph(font, 2)->text, "\xCC\x84");
    assert_str(pdf_glyph(font, 5)->text, "y");
}

/* Two glyphs for three characters: the first gets all of them unless it is met alone. */
static void guesses_give_way(void **state)
{
    struct state *s = *state;
    static const struct text_glyph G[] = {{.id = 1}, {.id = 2}}, ALONE[] = {{.id = 1}};
    struct text_run *run = add(s, STR("abc"), G, 2, false);
    struct pdf_font *font = collect(s);
    assert_str(pdf_glyph(font, 1)->text, "abc");
    assert_str(pdf_glyph(font, 2)->text, "\xE2\x80\x8B");
    struct pdf_cluster c = whole(run);
    assert_false(pdf_cluster_reads(font, run, &c));
    add(s, STR("z"), ALONE, 1, false);
    font = collect(s);
    assert_str(pdf_glyph(font, 1)->text, "z");
}

static void codes_are_ascii_where_they_can(void **state)
{
    struct state *s = *state;
    static const struct text_glyph G[] = {{.id = 9}, {.id = 8, .cluster = 1},
                                          {.id = 7, .cluster = 2}};
    add(s, STR("a \xE2\x80\x93"), G, 3, false);
    static const struct text_glyph SMALL[] = {{.id = 30}};
    add(s, STR("a"), SMALL, 1, false); /* another glyph for the same text */
    struct pdf_font *font = collect(s);
    pdf_codes_assign(&s->fonts);
    assert_true(font->simple);
    assert_int_equal(pdf_glyph(font, 8)->code, ' ');
    assert_int_equal(pdf_glyph(font, 9)->code, 'a');
    assert_int_equal(pdf_glyph(font, 7)->code, 0x80);
    assert_int_equal(pdf_glyph(font, 30)->code, 0x81);
    assert_str(s->fonts.texts[0x81], "a");
}

static void too_many_glyphs_need_two_bytes(void **state)
{
    struct state *s = *state;
    struct text_glyph *glyphs = NEW_ARRAY(&s->arena, struct text_glyph, GLYPHS - 1);
    struct buf text;
    buf_init(&text, &s->arena);
    for (uint32_t i = 0; i < GLYPHS - 1; i++) {
        glyphs[i] = (struct text_glyph){.id = (uint16_t)(i + 1), .cluster = 2 * i};
        buf_code_point(&text, 0x400 + i);
    }
    add(s, buf_str(&text), glyphs, GLYPHS - 1, false);
    struct pdf_font *font = collect(s);
    pdf_codes_assign(&s->fonts);
    assert_false(font->simple);
}

static void empty_items_make_no_font(void **state)
{
    struct state *s = *state;
    add(s, STR("a"), NULL, 0, false);
    assert_null(collect(s));
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(clusters_run_to_the_next_one), TEST(clusters_of_rtl_runs_descend),
        TEST(slices_end_where_the_run_goes_on),
        TEST(a_space_is_a_space_whatever_comes_first), TEST(a_second_text_must_be_said),
        TEST(what_others_found_is_asked), TEST(marks_read_one_by_one),
        TEST(guesses_give_way),
        TEST(codes_are_ascii_where_they_can), TEST(too_many_glyphs_need_two_bytes),
        TEST(empty_items_make_no_font),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

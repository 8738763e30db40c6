/* SPDX-License-Identifier: MIT
 *
 * The structure tree, from the order of drawing to the objects in the file. */
#include "assertions.h"

#include "pdf/structure.h"

struct state {
    struct arena arena;
    struct diag_sink sink;
    struct page_list list;
    struct pdf_structure structure;
    struct pdf_haru *haru;
    struct pdf_save save;
    struct buf out;
    uint32_t before; /* objects that are there before the tree's */
};

enum { PAGES = 3 };

static int set_up(void **state)
{
    struct state *s = test_calloc(1, sizeof *s);
    arena_init(&s->arena);
    diag_init(&s->sink, &s->arena);
    page_list_init(&s->list, &s->arena);
    buf_init(&s->out, &s->arena);
    for (int i = 0; i < PAGES; i++) {
        page_add(&s->list, PT(100), PT(100));
    }
    structure_add(&s->list.structure, &s->arena, STRUCTURE_DOCUMENT, 0);
    s->haru = pdf_haru_open(&s->arena);
    s->before = pdf_haru_count(s->haru);
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

static uint32_t element(struct state *s, enum structure_role role, uint32_t parent)
{
    return structure_add(&s->list.structure, &s->arena, role, parent);
}

static void begin(struct state *s)
{
    pdf_structure_init(&s->structure, &s->list, &s->arena);
    pdf_structure_next_page(&s->structure);
}

/* Everything that was written, dictionaries first; pages are objects 901, 902, 903. */
static const char *finish(struct state *s)
{
    static const uint32_t NUMBERS[PAGES] = {901, 902, 903};
    while (s->structure.page_starts.n < PAGES) {
        pdf_structure_next_page(&s->structure);
    }
    pdf_structure_finish(&s->structure, s->haru);
    for (uint32_t i = s->before + 1; i <= pdf_haru_count(s->haru); i++) {
        pdf_dict_write(pdf_haru_dict(s->haru, i), &s->out);
    }
    pdf_save_begin(&s->save, &s->out, &s->arena, NULL, false);
    pdf_structure_save(&s->structure, NUMBERS, &s->save);
    assert_true(pdf_haru_close(s->haru, &s->sink));
    buf_char(&s->out, '\0');
    return s->out.p;
}

static uint32_t number(const struct state *s, uint32_t e)
{
    return s->structure.nodes[e].number;
}

static void marks_count_on_each_page(void **state)
{
    struct state *s = *state;
    uint32_t p = element(s, STRUCTURE_P, 0);
    begin(s);
    assert_int_equal(pdf_structure_mark(&s->structure, p), 0);
    assert_int_equal(pdf_structure_mark(&s->structure, p), 1);
    pdf_structure_next_page(&s->structure);
    assert_int_equal(pdf_structure_mark(&s->structure, p), 0);
    const char *file = finish(s);
    assert_non_null(strstr(file, "/Pg 901 0 R/K[ 0 1<</Type/MCR/MCID 0/Pg 902 0 R>>]>>"));
    str parents = str_format(&s->arena, "/Nums[0[ %u 0 R %u 0 R]1[ %u 0 R]2[]]",
                             number(s, p), number(s, p), number(s, p));
    assert_non_null(strstr(file, parents.p));
}

/* The words of a link stand between those of its paragraph; footnotes are drawn last and
 * read where they were created. */
static void inline_by_drawing_blocks_by_creation(void **state)
{
    struct state *s = *state;
    uint32_t p = element(s, STRUCTURE_P, 0), link = element(s, STRUCTURE_LINK, p);
    uint32_t note = element(s, STRUCTURE_NOTE, 0),
             in_note = element(s, STRUCTURE_P, note);
    uint32_t last = element(s, STRUCTURE_P, 0);
    begin(s);
    pdf_structure_mark(&s->structure, p);
    pdf_structure_mark(&s->structure, link);
    pdf_structure_mark(&s->structure, p);
    pdf_structure_mark(&s->structure, last);
    pdf_structure_mark(&s->structure, in_note);
    const char *file = finish(s);
    str kids = str_format(&s->arena, "/K[ %u 0 R %u 0 R %u 0 R]", number(s, p),
                          number(s, note), number(s, last));
    assert_non_null(strstr(file, kids.p));
    kids = str_format(&s->arena, "/K[ 0 %u 0 R 2]", number(s, link));
    assert_non_null(strstr(file, kids.p));
    str id = str_format(&s->arena, "/ID(n%07u)", note);
    assert_non_null(strstr(file, id.p));
    str names = str_format(&s->arena, "/IDTree<</Names[(n%07u) %u 0 R]>>", note,
                           number(s, note));
    assert_non_null(strstr(file, names.p));
}

/* An item's own words, then the list inside it. */
static void a_block_among_marks_keeps_its_place(void **state)
{
    struct state *s = *state;
    uint32_t body = element(s, STRUCTURE_LBODY, 0), list = element(s, STRUCTURE_L, body);
    uint32_t item = element(s, STRUCTURE_LI, list);
    begin(s);
    pdf_structure_mark(&s->structure, body);
    pdf_structure_mark(&s->structure, item);
    pdf_structure_mark(&s->structure, body);
    const char *file = finish(s);
    str kids = str_format(&s->arena, "/K[ 0 %u 0 R 2]", number(s, list));
    assert_non_null(strstr(file, kids.p));
}

static void what_is_empty_is_dropped(void **state)
{
    struct state *s = *state;
    uint32_t empty = element(s, STRUCTURE_SECT, 0),
             inside = element(s, STRUCTURE_P, empty);
    uint32_t p = element(s, STRUCTURE_P, 0);
    begin(s);
    pdf_structure_mark(&s->structure, p);
    const char *file = finish(s);
    assert_int_equal(number(s, empty), 0);
    assert_int_equal(number(s, inside), 0);
    assert_null(strstr(file, "/S/Sect"));
}

static void empty_cells_hold_their_columns(void **state)
{
    struct state *s = *state;
    uint32_t table = element(s, STRUCTURE_TABLE, 0),
             row = element(s, STRUCTURE_TR, table);
    uint32_t one = element(s, STRUCTURE_TD, row), two = element(s, STRUCTURE_TD, row);
    uint32_t three = element(s, STRUCTURE_TH, row);
    begin(s);
    pdf_structure_mark(&s->structure, two);
    const char *file = finish(s);
    str kids = str_format(&s->arena, "/K[ %u 0 R %u 0 R %u 0 R]", number(s, one),
                          number(s, two), number(s, three));
    assert_non_null(strstr(file, kids.p));
    assert_non_null(strstr(file, "/A<</O/Table/Scope/Column>>"));
}

static void annotations_hang_in_their_links(void **state)
{
    struct state *s = *state;
    uint32_t p = element(s, STRUCTURE_P, 0), link = element(s, STRUCTURE_LINK, p);
    begin(s);
    pdf_structure_mark(&s->structure, link);
    assert_int_equal(pdf_structure_annotation(&s->structure, link, 77), PAGES);
    pdf_structure_next_page(&s->structure);
    assert_int_equal(pdf_structure_annotation(&s->structure, link, 78), PAGES + 1);
    const char *file = finish(s);
    assert_non_null(strstr(file, "/K[ 0<</Type/OBJR/Obj 77 0 R>>"
                                 "<</Type/OBJR/Obj 78 0 R/Pg 902 0 R>>]"));
    str parents = str_format(&s->arena, "3 %u 0 R 4 %u 0 R ]", number(s, link),
                             number(s, link));
    assert_non_null(strstr(file, parents.p));
    assert_non_null(strstr(file, "/ParentTreeNextKey 5"));
}

static void attributes_are_written(void **state)
{
    struct state *s = *state;
    uint32_t list = element(s, STRUCTURE_L, 0), figure = element(s, STRUCTURE_FIGURE, 0);
    s->list.structure.elements.v[list].numbering = STRUCTURE_LOWER_ROMAN;
    structure_more(&s->list.structure, &s->arena, list)->lang = STR("de");
    structure_more(&s->list.structure, &s->arena, figure)->alt = STR("A (map)");
    begin(s);
    pdf_structure_mark(&s->structure, list);
    pdf_structure_mark(&s->structure, figure);
    const char *file = finish(s);
    assert_non_null(strstr(file, "/Lang(de)/A<</O/List/ListNumbering/LowerRoman>>"));
    assert_non_null(strstr(file, "/Alt(A \\(map\\))"));
}

/* A struck-out cell over two columns: two owners, so an array of two dictionaries. */
static void lines_through_text_are_told(void **state)
{
    struct state *s = *state;
    uint32_t span = element(s, STRUCTURE_SPAN, 0), cell = element(s, STRUCTURE_TD, 0);
    struct structure_element *all = s->list.structure.elements.v;
    all[span].decoration = STRUCTURE_UNDERLINE;
    all[cell].decoration = STRUCTURE_LINE_THROUGH;
    all[cell].columns = 2;
    begin(s);
    pdf_structure_mark(&s->structure, span);
    pdf_structure_mark(&s->structure, cell);
    const char *file = finish(s);
    assert_non_null(strstr(file, "/A<</O/Layout/TextDecorationType/Underline>>"));
    assert_non_null(strstr(file, "/A[<</O/Table/ColSpan 2>>"
                                 "<</O/Layout/TextDecorationType/LineThrough>>]"));
}

/* A named head has an identifier; rows of data share what their columns say. */
static void cells_name_their_heads(void **state)
{
    struct state *s = *state;
    uint32_t table = element(s, STRUCTURE_TABLE, 0);
    uint32_t row = element(s, STRUCTURE_TR, element(s, STRUCTURE_THEAD, table));
    uint32_t head = element(s, STRUCTURE_TH, row);
    uint32_t body = element(s, STRUCTURE_TBODY, table);
    uint32_t cell = element(s, STRUCTURE_TD, element(s, STRUCTURE_TR, body));
    struct structure_heads heads[] = {{&head, 1}};
    structure_more(&s->list.structure, &s->arena, head)->is_head = true;
    structure_more(&s->list.structure, &s->arena, cell)->heads = heads[0];
    uint32_t data = element(s, STRUCTURE_TBODY, table);
    uint32_t first = structure_add_grid(&s->list.structure, &s->arena, data, 2, 1);
    s->list.structure.grids.v[0].heads = heads;
    begin(s);
    pdf_structure_mark(&s->structure, head);
    pdf_structure_mark(&s->structure, cell);
    pdf_structure_mark(&s->structure, first + 1);
    pdf_structure_mark(&s->structure, first + 3);
    const char *file = finish(s);
    assert_non_null(strstr(file, "/ID(n0000004)/A<</O/Table/Scope/Column>>"));
    assert_non_null(strstr(file, "/IDTree<</Names[(n0000004)"));
    assert_non_null(strstr(file, "/A<</O/Table/Headers[(n0000004)]>>/Pg"));
    uint32_t shared = pdf_structure_number(&s->structure, first) + 4;
    str in_data = str_format(&s->arena, "/A %u 0 R/Pg", shared);
    const char *one = strstr(file, in_data.p);
    assert_non_null(one);
    assert_non_null(strstr(one + 1, in_data.p));
    assert_non_null(strstr(one, "<</O/Table/Headers[(n0000004)]>>"));
}

/* 250 notes: two hundred and fifty identifiers in three leaves, in order. */
static void long_trees_have_leaves(void **state)
{
    struct state *s = *state;
    begin(s);
    uint32_t first = 0;
    for (int i = 0; i < 250; i++) {
        uint32_t note = element(s, STRUCTURE_NOTE, 0);
        first = i ? first : note;
    }
    pdf_structure_init(&s->structure, &s->list, &s->arena);
    pdf_structure_next_page(&s->structure);
    for (uint32_t i = 0; i < 250; i++) {
        pdf_structure_mark(&s->structure, first + i);
    }
    const char *file = finish(s);
    assert_non_null(strstr(file, "/IDTree<</Kids["));
    assert_non_null(strstr(file, "/Limits[(n0000001) (n0000100)]/Names["));
    assert_non_null(strstr(file, "/Limits[(n0000201) (n0000250)]/Names["));
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(marks_count_on_each_page), TEST(inline_by_drawing_blocks_by_creation),
        TEST(a_block_among_marks_keeps_its_place), TEST(what_is_empty_is_dropped),
        TEST(empty_cells_hold_their_columns), TEST(annotations_hang_in_their_links),
        TEST(attributes_are_written), TEST(lines_through_text_are_told),
        TEST(cells_name_their_heads),
        TEST(long_trees_have_leaves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

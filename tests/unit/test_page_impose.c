/* SPDX-License-Identifier: MIT
 *
 * Where pages are on sheets: with and without a bleed, cut and folded, with creep, to the
 * right and to the left; what does not fit. Pages are 200 by 100 points and say so. */
#include "page_fixture.h"

enum { WIDE = PT(200), HIGH = PT(100) };

/* A list of `n` upright or lying pages. */
static struct fixture *pages_new(uint32_t n, bool upright)
{
    struct fixture *f = fixture_new();
    for (uint32_t i = 0; i < n; i++) {
        struct page *p = i ? page_add(&f->list, WIDE, HIGH) : &f->list.pages.v[0];
        p->width = upright ? HIGH : WIDE;
        p->height = upright ? WIDE : HIGH;
        p->items.n = 0;
        p->body = (struct page_rect){PT(10), PT(10), p->width - PT(30),
                                     p->height - PT(20)};
    }
    return f;
}

static bool impose(struct fixture *f, struct page_imposition how)
{
    return page_impose(&f->list, &how, &f->sink);
}

static void assert_at(const struct page_face *face, size_t i, uint32_t page, len x, len y)
{
    assert_true(i < face->placed.n);
    assert_int_equal(face->placed.v[i].page, page);
    assert_int_equal(face->placed.v[i].x, x);
    assert_int_equal(face->placed.v[i].y, y);
}

static void test_pages_alone_stay(void **state)
{
    struct fixture *f = pages_new(3, true);
    (void)state;
    assert_true(impose(f, (struct page_imposition){.how = PAGE_SINGLE}));
    assert_int_equal(f->list.sheets.faces.n, 0);
    fixture_free(f);
}

static void test_two_beside_each_other(void **state)
{
    struct fixture *f = pages_new(3, true);
    (void)state;
    assert_true(impose(f, (struct page_imposition){.how = PAGE_2_UP}));
    struct page_sheets *s = &f->list.sheets;
    assert_int_equal(s->faces.n, 2);
    assert_int_equal(s->width, 2 * HIGH);
    assert_int_equal(s->height, WIDE);
    assert_at(&s->faces.v[0], 0, 0, 0, 0);
    assert_at(&s->faces.v[0], 1, 1, HIGH, 0);
    assert_at(&s->faces.v[1], 0, 2, 0, 0);
    assert_int_equal(s->faces.v[1].placed.n, 1);
    fixture_free(f);
}

static void test_lying_pages_stand_on_each_other(void **state)
{
    struct fixture *f = pages_new(2, false);
    (void)state;
    assert_true(impose(f, (struct page_imposition){.how = PAGE_2_UP}));
    assert_at(&f->list.sheets.faces.v[0], 1, 1, 0, HIGH);
    assert_int_equal(f->list.sheets.width, WIDE);
    assert_int_equal(f->list.sheets.height, 2 * HIGH);
    fixture_free(f);
}

static void test_bleeds_are_between(void **state)
{
    struct fixture *f = pages_new(4, true);
    (void)state;
    f->list.sheet = (struct page_sheet){PT(9), PT(9)};
    assert_true(impose(f, (struct page_imposition){.how = PAGE_4_UP}));
    struct page_sheets *s = &f->list.sheets;
    assert_at(&s->faces.v[0], 3, 3, HIGH + PT(18), WIDE + PT(18));
    assert_int_equal(s->width, 2 * HIGH + PT(36));
    assert_int_equal(s->left, PT(9));
    struct page_rect clip = s->faces.v[0].placed.v[1].clip;
    assert_int_equal(clip.x, HIGH + PT(9));
    assert_int_equal(clip.width, HIGH + PT(18));
    fixture_free(f);
}

static void test_right_to_left(void **state)
{
    struct fixture *f = pages_new(4, true), *b = pages_new(4, true);
    (void)state;
    f->list.rtl = b->list.rtl = true;
    assert_true(impose(f, (struct page_imposition){.how = PAGE_4_UP}));
    assert_at(&f->list.sheets.faces.v[0], 0, 0, HIGH, 0);
    assert_at(&f->list.sheets.faces.v[0], 2, 2, HIGH, WIDE);
    assert_true(impose(b, (struct page_imposition){.how = PAGE_BOOKLET}));
    assert_at(&b->list.sheets.faces.v[0], 0, 0, 0, 0); /* the title lies left */
    assert_at(&b->list.sheets.faces.v[0], 1, 3, HIGH, 0);
    fixture_free(f);
    fixture_free(b);
}

static void test_a_booklet_creeps(void **state)
{
    struct fixture *f = pages_new(12, true);
    (void)state;
    f->list.sheet = (struct page_sheet){PT(9), PT(9)};
    assert_true(impose(f, (struct page_imposition){.how = PAGE_BOOKLET,
                                                   .thickness = PT(2)}));
    struct page_sheets *s = &f->list.sheets;
    assert_int_equal(s->faces.n, 6);
    for (size_t i = 0; i < 6; i++) {
        len creep = (len)(i / 2) * PT(2);
        assert_int_equal(s->faces.v[i].placed.v[0].x, creep);
        assert_int_equal(s->faces.v[i].placed.v[1].x, HIGH - creep);
        for (size_t k = 0; k < 2; k++) { /* nothing goes over the fold */
            struct page_rect clip = s->faces.v[i].placed.v[k].clip;
            assert_int_equal(clip.x, k ? HIGH : -PT(9));
            assert_int_equal(clip.width, HIGH + PT(9));
        }
    }
    fixture_free(f);
}

static void test_creep_into_the_fold(void **state)
{
    struct fixture *f = pages_new(12, true), *g = pages_new(12, true);
    (void)state;
    /* The inner margin is 10 points on right halves, 20 on left ones. */
    assert_true(impose(f, (struct page_imposition){.how = PAGE_BOOKLET,
                                                   .thickness = PT(4)}));
    assert_false(impose(g, (struct page_imposition){.how = PAGE_BOOKLET,
                                                    .thickness = PT(5)}));
    assert_int_equal(g->sink.per_code[DIAG_BAD_GEOMETRY], 1);
    fixture_free(f);
    fixture_free(g);
}

static void test_sheets_turn(void **state)
{
    struct fixture *f = pages_new(2, true), *g = pages_new(2, true);
    (void)state;
    assert_true(impose(f, (struct page_imposition){.how = PAGE_4_UP, .width = PT(420),
                                                   .height = PT(300)}));
    assert_int_equal(f->list.sheets.width, PT(300)); /* 200 by 400 points are needed */
    assert_int_equal(f->list.sheets.height, PT(420));
    assert_false(impose(g, (struct page_imposition){.how = PAGE_4_UP, .width = PT(420),
                                                    .height = PT(190)}));
    assert_int_equal(g->sink.per_code[DIAG_BAD_GEOMETRY], 1);
    fixture_free(f);
    fixture_free(g);
    f = pages_new(2, true); /* 200 by 200 points */
    assert_true(impose(f, (struct page_imposition){.how = PAGE_2_UP, .width = PT(220),
                                                   .height = PT(300)}));
    assert_int_equal(f->list.sheets.width, PT(220));
    assert_int_equal(f->list.sheets.left, PT(10));
    assert_int_equal(f->list.sheets.top, PT(50));
    fixture_free(f);
}

static void test_marks_are_around_the_block(void **state)
{
    struct fixture *f = pages_new(2, true);
    (void)state;
    for (size_t i = 0; i < 2; i++) { /* wide enough for all of them */
        f->list.pages.v[i].width = PT(300);
    }
    f->list.sheet = (struct page_sheet){PT(9), PT(9)};
    assert_true(impose(f, (struct page_imposition){.how = PAGE_BOOKLET,
                                                   .marks = PAGE_ALL_MARKS}));
    const struct page_sheets *s = &f->list.sheets;
    const struct page *block = &s->faces.v[0].block;
    assert_int_equal(f->list.pages.v[0].marks.n, 0);
    assert_int_equal(s->width, block->width + 2 * f->list.sheet.margin);
    assert_int_equal(s->faces.v[1].block.marks.n, block->marks.n);
    for (size_t i = 0; i < block->marks.n; i++) {
        const struct page_item *m = &block->marks.v[i];
        struct page_rect r = m->kind == PAGE_RULE ? m->as.rule.rect
                                                  : page_path_bounds(&m->as.path);
        assert_true(r.x + r.width <= -PT(9) || r.x >= block->width + PT(9) ||
                    r.y + r.height <= -PT(9) || r.y >= block->height + PT(9));
        assert_true(r.x >= -s->left && r.x + r.width <= block->width + s->left);
        assert_true(r.y >= -s->top && r.y + r.height <= block->height + s->top);
    }
    fixture_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pages_alone_stay),
        cmocka_unit_test(test_two_beside_each_other),
        cmocka_unit_test(test_lying_pages_stand_on_each_other),
        cmocka_unit_test(test_bleeds_are_between),
        cmocka_unit_test(test_right_to_left),
        cmocka_unit_test(test_a_booklet_creeps),
        cmocka_unit_test(test_creep_into_the_fold),
        cmocka_unit_test(test_sheets_turn),
        cmocka_unit_test(test_marks_are_around_the_block),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT
 *
 * Pages for a sheet that is cut: the bleed, what is near an edge, marks. */
#include "page_fixture.h"

#include <stdlib.h>

#include "image/image.h"

enum { MM_3 = 8708 };

static struct page_item *add(struct fixture *f, enum page_item_kind kind)
{
    struct page_item *item = page_add_item(&f->list, &f->list.pages.v[0], kind);
    item->artifact = STRUCTURE_DECORATION;
    item->at = (struct place){&f->source, 7, 1, 1};
    return item;
}

static bool print(struct fixture *f, len bleed, enum page_marks marks)
{
    struct page_print p = {bleed, PLACE_NONE, marks};
    return page_for_print(&f->list, &p, &f->sink);
}

static void test_nothing_reaches_an_edge(void **state)
{
    struct fixture *f = fixture_new();
    (void)state;
    assert_true(print(f, -1, PAGE_NO_MARKS));
    assert_int_equal(f->list.sheet.bleed, 0);
    assert_int_equal(f->list.sheet.margin, 0);
    assert_int_equal(f->sink.list.n, 0);
    fixture_free(f);
}

static void test_an_area_goes_on(void **state)
{
    struct fixture *f = fixture_new();
    (void)state;
    struct page_item *area = add(f, PAGE_RULE);
    area->as.rule.rect = (struct page_rect){0, PT(40), PT(200), PT(60)};
    assert_true(print(f, -1, PAGE_NO_MARKS));
    assert_int_equal(f->list.sheet.bleed, MM_3);
    struct page_rect r = area->as.rule.rect;
    assert_int_equal(r.x, -MM_3);
    assert_int_equal(r.y, PT(40));
    assert_int_equal(r.width, PT(200) + 2 * MM_3);
    assert_int_equal(r.height, PT(60) + MM_3);
    fixture_free(f);
}

static void make_row(const void *what, struct page_list *list, struct page *p)
{
    struct page_item *row = page_add_item(list, p, PAGE_RULE);
    row->as.rule.rect = *(const struct page_rect *)what;
}

static void test_what_is_made_later_goes_on(void **state)
{
    static const struct page_rect ROW = {0, PT(40), PT(200), PT(12)};
    struct fixture *f = fixture_new();
    struct page room;
    (void)state;
    struct page *p = &f->list.pages.v[0];
    size_t before = p->items.n;
    page_add_later(&f->list, p, (struct page_later){.what = &ROW, .make = make_row});
    assert_true(print(f, -1, PAGE_NO_MARKS));
    assert_int_equal(f->list.sheet.bleed, MM_3);
    const struct page *open = page_open(p, &f->arena, &room);
    assert_int_equal(open->items.n, before + 1);
    struct page_rect r = open->items.v[before].as.rule.rect;
    assert_int_equal(r.x, -MM_3);
    assert_int_equal(r.width, PT(200) + 2 * MM_3);
    assert_int_equal(r.height, PT(12));
    fixture_free(f);
}

static void test_what_is_made_later_is_checked(void **state)
{
    static const struct page_rect ROW = {PT(2), PT(40), PT(190), PT(12)};
    struct fixture *f = fixture_new();
    (void)state;
    page_add_later(&f->list, &f->list.pages.v[0],
                   (struct page_later){.what = &ROW, .make = make_row});
    assert_true(print(f, 0, PAGE_NO_MARKS));
    assert_int_equal(f->sink.per_code[DIAG_NEAR_EDGE], 1);
    fixture_free(f);
}

static void test_a_picture_shows_what_was_cropped(void **state)
{
    struct fixture *f = fixture_new();
    struct image image = {.name = STR("a.png"), .columns = 4000, .rows = 4000,
                          .turn = IMAGE_UPRIGHT};
    (void)state;
    struct page_item *item = add(f, PAGE_IMAGE);
    item->as.image.image = &image;
    item->as.image.rect = (struct page_rect){0, 0, PT(100), PT(50)};
    item->as.image.whole = (struct page_rect){-PT(20), -PT(20), PT(140), PT(90)};
    struct page_rect whole = item->as.image.whole;
    assert_true(print(f, PT(9), PAGE_NO_MARKS));
    assert_memory_equal(&item->as.image.whole, &whole, sizeof whole);
    assert_int_equal(item->as.image.rect.x, -PT(9));
    assert_int_equal(item->as.image.rect.width, PT(109));
    fixture_free(f);
}

static void test_a_picture_grows(void **state)
{
    struct fixture *f = fixture_new();
    struct image image = {.name = STR("a.png"), .columns = 4000, .rows = 4000,
                          .turn = IMAGE_UPRIGHT};
    (void)state;
    struct page_item *item = add(f, PAGE_IMAGE);
    item->as.image.image = &image;
    item->as.image.rect = (struct page_rect){0, PT(20), PT(100), PT(50)};
    item->as.image.whole = item->as.image.rect;
    assert_true(print(f, PT(10), PAGE_NO_MARKS));
    struct page_rect r = item->as.image.rect, w = item->as.image.whole;
    assert_int_equal(r.x, -PT(10));
    assert_int_equal(r.width, PT(110));
    assert_int_equal(r.height, PT(50));
    assert_true(w.x <= r.x && w.y <= r.y);
    assert_true(w.x + w.width >= r.x + r.width && w.y + w.height >= r.y + r.height);
    assert_true(w.x + w.width <= r.x + r.width + 4); /* the other end stays */
    assert_true(abs(w.width * 50 / 100 - w.height) < 64); /* and so does its shape */
    fixture_free(f);
}

static void test_what_is_near_is_told(void **state)
{
    struct fixture *f = fixture_new();
    (void)state;
    add(f, PAGE_RULE)->as.rule.rect = (struct page_rect){PT(5), PT(20), PT(9), PT(9)};
    fixture_line(f, 1, PT(99)); /* its letters reach the edge: text does not go on */
    struct page_item *aid = add(f, PAGE_RULE);
    aid->artifact = STRUCTURE_AID;
    aid->as.rule.rect = (struct page_rect){PT(2), PT(50), PT(4), PT(1)};
    assert_true(print(f, -1, PAGE_NO_MARKS));
    assert_int_equal(f->list.sheet.bleed, 0);
    assert_int_equal(f->sink.per_code[DIAG_NEAR_EDGE], 2);
    fixture_free(f);
}

static void test_pictures_have_pixels(void **state)
{
    struct fixture *f = fixture_new();
    struct image image = {.name = STR("a.png"), .columns = 100, .rows = 100,
                          .turn = IMAGE_UPRIGHT};
    (void)state;
    struct page_item *item = add(f, PAGE_IMAGE);
    item->as.image.image = &image;
    item->as.image.rect = item->as.image.whole =
        (struct page_rect){PT(50), PT(20), PT(48), PT(48)};
    assert_true(print(f, 0, PAGE_NO_MARKS)); /* 150 to the inch */
    assert_int_equal(f->sink.per_code[DIAG_LOW_RESOLUTION], 1);
    item->as.image.whole.height = PT(49);
    assert_false(print(f, 0, PAGE_NO_MARKS));
    assert_int_equal(f->sink.per_code[DIAG_COARSE_IMAGE], 1);
    fixture_free(f);
}

static void test_pixels_are_counted_with_the_bleed(void **state)
{
    struct fixture *f = fixture_new();
    struct image image = {.name = STR("a.png"), .columns = 210, .rows = 105,
                          .turn = IMAGE_UPRIGHT};
    (void)state;
    struct page_item *item = add(f, PAGE_IMAGE);
    item->as.image.image = &image;
    item->as.image.rect = item->as.image.whole =
        (struct page_rect){0, PT(20), PT(100), PT(50)}; /* 151 to the inch, but grows */
    assert_false(print(f, PT(10), PAGE_NO_MARKS));
    assert_int_equal(f->sink.per_code[DIAG_COARSE_IMAGE], 1);
    fixture_free(f);
}

static void test_what_is_near_is_told_once(void **state)
{
    struct fixture *f = fixture_new();
    (void)state;
    for (len i = 0; i < 4; i++) { /* rows of one table, in the paragraph that is there */
        struct page_item *row = add(f, PAGE_RULE);
        row->artifact = STRUCTURE_CONTENT;
        row->element = 1;
        row->as.rule.rect = (struct page_rect){PT(5 - i), PT(20 + 9 * i), PT(9), PT(9)};
    }
    for (len i = 0; i < 4; i++) { /* and what is behind them */
        add(f, PAGE_RULE)->as.rule.rect =
            (struct page_rect){PT(3), PT(20 + 9 * i), PT(9), PT(9)};
    }
    struct page p = f->list.pages.v[0];
    vec_push(&f->arena, &f->list.pages, p);
    assert_true(print(f, 0, PAGE_NO_MARKS));
    assert_int_equal(f->sink.per_code[DIAG_NEAR_EDGE], 2);
    assert_str(f->sink.list.v[0].message, "pages 1 to 2: something ends 0.71 mm from the "
                                          "edge, and the cut may meet it");
    fixture_free(f);
}

/* No mark touches the bleed, none leaves the sheet. */
static void test_marks_stand_between_bleed_and_edge(void **state)
{
    struct fixture *f = fixture_new();
    (void)state;
    f->list.pages.v[0].width = PT(300);
    assert_true(print(f, MM_3, PAGE_ALL_MARKS));
    const struct page *p = &f->list.pages.v[0];
    len bleed = f->list.sheet.bleed, margin = f->list.sheet.margin;
    assert_true(p->marks.n > 20);
    for (size_t i = 0; i < p->marks.n; i++) {
        const struct page_item *m = &p->marks.v[i];
        struct page_rect r = m->kind == PAGE_RULE ? m->as.rule.rect
                                                  : page_path_bounds(&m->as.path);
        bool clear = r.x + r.width <= -bleed || r.x >= p->width + bleed ||
                     r.y + r.height <= -bleed || r.y >= p->height + bleed;
        assert_true(clear);
        assert_true(r.x >= -margin && r.x + r.width <= p->width + margin);
        assert_true(r.y >= -margin && r.y + r.height <= p->height + margin);
    }
    assert_int_equal(f->list.palette.n, 1);
    assert_str(f->list.palette.v[0].spot, "All");
    fixture_free(f);
}

static void test_what_does_not_fit(void **state)
{
    struct fixture *f = fixture_new();
    (void)state;
    assert_false(print(f, PT(50), PAGE_NO_MARKS));
    assert_false(print(f, 0, PAGE_ALL_MARKS)); /* 200 pt are 70 mm */
    assert_int_equal(f->sink.per_code[DIAG_BAD_GEOMETRY], 2);
    f->list.pages.v[0].width = PT(14399);
    assert_true(print(f, 0, PAGE_NO_MARKS));
    assert_false(print(f, PT(9), PAGE_NO_MARKS)); /* more than a PDF can say */
    assert_int_equal(f->sink.per_code[DIAG_BAD_GEOMETRY], 3);
    fixture_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_reaches_an_edge),
        cmocka_unit_test(test_an_area_goes_on),
        cmocka_unit_test(test_what_is_made_later_goes_on),
        cmocka_unit_test(test_what_is_made_later_is_checked),
        cmocka_unit_test(test_a_picture_shows_what_was_cropped),
        cmocka_unit_test(test_a_picture_grows),
        cmocka_unit_test(test_what_is_near_is_told),
        cmocka_unit_test(test_pictures_have_pixels),
        cmocka_unit_test(test_pixels_are_counted_with_the_bleed),
        cmocka_unit_test(test_what_is_near_is_told_once),
        cmocka_unit_test(test_marks_stand_between_bleed_and_edge),
        cmocka_unit_test(test_what_does_not_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

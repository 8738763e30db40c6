/* SPDX-License-Identifier: MIT
 *
 * page/dump.c: every kind of line, and text that runs from right to left. */
#include "assertions.h"

#include "page_fixture.h"

static str dump(struct fixture *f)
{
    struct buf out;
    buf_init(&out, &f->arena);
    page_dump(&f->list, &out);
    return buf_str(&out);
}

static void test_everything(void **state)
{
    (void)state;
    struct fixture *f = fixture_new();
    f->list.title = STR("Note");
    assert_str(dump(f),
        "title \"Note\"\n"
        "page 1 204800x102400 label \"i\" body 20480,20480 163840x61440\n"
        "  font Gentium 10240\n"
        "  text 20480,30720 w=22500 84.72.69 _3021 >20000 3 (T\\(\xC3\xA9 ~) @3:5 P#1\n"
        "  text 20480,43008 w=22500 84.72.69 _3021 >20000 3 (T\\(\xC3\xA9 ~) lang=fr"
        " @3:5 P#3\n"
        "  color rgb 100,200,300\n"
        "  rule 10240,10240 102400x512 decoration\n"
        "  link 20480,20480 30720x12288 -> https://example.org/ Link#2\n"
        "anchor \"top\" page 1 20480,30720\n"
        "outline 1 \"A \\\"b\\\"\" page 1 30720\n"
        "element 0 Document in 0\n"
        "element 1 P in 0\n"
        "element 2 Link in 1\n"
        "element 3 P in 0\n");
    fixture_free(f);
}

static void test_right_to_left(void **state)
{
    (void)state;
    struct fixture *f = fixture_new();
    /* Three Hebrew letters of two bytes; glyphs in visual order. */
    f->run.text = STR("\xD7\x90\xD7\x91\xD7\x92");
    f->run.rtl = true;
    f->glyphs[0].cluster = 4;
    f->glyphs[1].cluster = 2;
    f->glyphs[2].cluster = 0;
    f->pieces[0].from = 1; /* the first two letters: the right half */
    str all = dump(f);
    size_t at;
    assert_true(str_find(all, STR("72.69 _3021 >20000 3 (\xD7\x90\xD7\x91 ~)"), &at));
    fixture_free(f);
}

static void test_hostile_characters(void **state)
{
    (void)state;
    struct fixture *f = fixture_new();
    f->run.text = STR("a\n~\\");
    f->glyphs[2].cluster = 2;
    f->list.links.v[1].uri = STR_NONE;
    f->list.links.v[1].anchor = 9;
    f->list.anchors.v[0].placed = false;
    f->list.pages.v[0].items.v[0].element = 77;
    str all = dump(f);
    size_t at;
    assert_true(str_find(all, STR("(a\\u{A}\\~\\\\ ~) @3:5 ?#77\n"), &at));
    assert_true(str_find(all, STR(" -> #? Link#2\n"), &at));
    assert_true(str_find(all, STR("anchor \"top\" not placed\n"), &at));
    fixture_free(f);
}

static void test_paths(void **state)
{
    (void)state;
    struct fixture *f = fixture_new();
    fixture_path(f);
    struct page_path *path = fixture_path(f);
    path->fill = path->even_odd = true;
    path->cap = PAGE_CAP_ROUND;
    path->join = PAGE_JOIN_BEVEL;
    str all = dump(f);
    size_t at;
    assert_true(str_find(all, STR("  path 30720,40960 stroke 1024 rgb 100,200,300 "
        "M0,2048 L2048,4096 C3072,3072,5120,1024,6144,0 Z @4:1 P#1\n"), &at));
    assert_true(str_find(all, STR("  path 30720,40960 fill even-odd gray 0 "
        "stroke 1024 round-cap bevel-join rgb 100,200,300 M0,"), &at));
    fixture_free(f);
}

static void test_bounds(void **state)
{
    (void)state;
    struct fixture *f = fixture_new();
    struct page_path path = *fixture_path(f);
    struct page_rect r = page_path_bounds(&path);
    assert_int_equal(r.x, PT(29.5));
    assert_int_equal(r.y, PT(39.5));
    assert_int_equal(r.width, PT(7));
    assert_int_equal(r.height, PT(5));
    path.stroke = false;
    path.n = 2;
    r = page_path_bounds(&path);
    assert_int_equal(r.y, PT(42));
    assert_int_equal(r.width, PT(2));
    path.n = 0;
    assert_int_equal(page_path_bounds(&path).width, 0);
    fixture_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_everything),
        cmocka_unit_test(test_right_to_left),
        cmocka_unit_test(test_hostile_characters),
        cmocka_unit_test(test_paths),
        cmocka_unit_test(test_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

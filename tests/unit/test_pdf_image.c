/* SPDX-License-Identifier: MIT
 *
 * Image items as operators and objects: how each orientation is turned, what is stored
 * once, what the colours become. */
#include "image_fixture.h"

#include "pdf/image.h"
#include "pdf/pdf.h"

struct fixture {
    struct arena arena;
    struct diag_sink sink;
    struct page_list list;
    struct image images[4];
    size_t n;
};

static void open_it(struct fixture *f)
{
    *f = (struct fixture){0};
    arena_init(&f->arena);
    diag_init(&f->sink, &f->arena);
    page_list_init(&f->list, &f->arena);
    structure_add(&f->list.structure, &f->arena, STRUCTURE_DOCUMENT, 0);
    f->list.lang = STR("en");
    f->list.title = STR("Pictures");
    page_add(&f->list, PT(200), PT(300));
}

static void add_item(struct fixture *f, const struct image *image, struct page_rect rect)
{
    struct page_item *item = page_add_item(&f->list, &f->list.pages.v[0], PAGE_IMAGE);
    uint32_t figure = structure_add(&f->list.structure, &f->arena, STRUCTURE_FIGURE, 0);
    structure_more(&f->list.structure, &f->arena, figure)->alt = STR("A picture");
    item->element = figure;
    item->as.image.image = image;
    item->as.image.rect = item->as.image.whole = rect;
}

/* An image of those bytes; its digest is its number. */
static struct image *add_image(struct fixture *f, str bytes, const char *name)
{
    struct image_problem problem;
    struct image *image = &f->images[f->n++];
    assert_true(image_read_head(bytes, str_from(name), &f->arena, image, &problem));
    image->digest[0] = (char)('0' + f->n);
    return image;
}

static str write_it(struct fixture *f, bool tagged)
{
    struct buf out;
    struct pdf_options options = {.tagged = tagged, .uncompressed = true};
    buf_init(&out, &f->arena);
    if (!pdf_write(&f->list, &options, &f->arena, &out, &f->sink)) {
        return STR_NONE;
    }
    return buf_str(&out);
}

static void assert_has(str pdf, const char *what)
{
    size_t at;
    if (!str_find(pdf, str_from(what), &at)) {
        fail_msg("the file lacks \"%s\"", what);
    }
}

static size_t count(str pdf, const char *what)
{
    size_t n = 0, at;
    while (str_find(pdf, str_from(what), &at)) {
        pdf = str_sub(pdf, at + 1, pdf.n);
        n++;
    }
    return n;
}

/* At (20, 30) from the top, 40 wide, 50 high, on a page of 300: from 220 to 270. */
static void test_turns(void **state)
{
    (void)state;
    static const char *const MATRICES[] = {
        "40 0 0 50 20 220 cm", "-40 0 0 50 60 220 cm", "-40 0 0 -50 60 270 cm",
        "40 0 0 -50 20 270 cm", "0 -50 -40 0 60 270 cm", "0 -50 40 0 20 270 cm",
        "0 50 40 0 20 220 cm", "0 50 -40 0 60 220 cm",
    };
    for (int turn = IMAGE_UPRIGHT; turn <= IMAGE_COUNTER_TURN; turn++) {
        struct fixture f;
        struct jpeg_spec s = JPEG_PLAIN;
        open_it(&f);
        s.exif = make_exif(turn, 0, &f.arena);
        add_item(&f, add_image(&f, make_jpeg(&s, &f.arena), "a.jpg"),
                 (struct page_rect){PT(20), PT(30), PT(40), PT(50)});
        str pdf = write_it(&f, true);
        assert_has(pdf, MATRICES[turn - 1]);
        assert_has(pdf, "/Figure<</MCID 0>>BDC\nq\n");
        assert_int_equal(count(pdf, " re W n"), 0);
        arena_done(&f.arena);
    }
}

static void test_what_is_cut_off(void **state)
{
    (void)state;
    struct fixture f;
    struct jpeg_spec s = JPEG_PLAIN;
    open_it(&f);
    add_item(&f, add_image(&f, make_jpeg(&s, &f.arena), "a.jpg"),
             (struct page_rect){PT(20), PT(30), PT(40), PT(50)});
    f.list.pages.v[0].items.v[0].as.image.whole.x -= PT(10);
    f.list.pages.v[0].items.v[0].as.image.whole.width += PT(20);
    assert_has(write_it(&f, true),
               "q\n20 220 40 50 re W n\n60 0 0 50 10 220 cm\n/I0 Do\nQ");
    arena_done(&f.arena);
}

static void test_stored_once(void **state)
{
    (void)state;
    struct fixture f;
    struct png_spec s = {9, 9, 8, PNG_COLOR_TYPE_RGB_ALPHA, false, false, false, 0};
    open_it(&f);
    struct image *one = add_image(&f, make_png(&s, &f.arena), "a.png");
    s.columns = 10;
    struct image *two = add_image(&f, make_png(&s, &f.arena), "b.png");
    struct image same = *one;
    struct page_rect rect = {PT(20), PT(30), PT(40), PT(50)};
    const struct image *order[] = {one, two, &same, one, two};
    for (size_t i = 0; i < 5; i++) {
        add_item(&f, order[i], rect);
    }
    str pdf = write_it(&f, true);
    assert_int_equal(count(pdf, "/Subtype /Image"), 4); /* two, each with its mask */
    assert_int_equal(count(pdf, "/SMask "), 2);
    assert_int_equal(count(pdf, "/I0 Do"), 3);
    assert_int_equal(count(pdf, "/I1 Do"), 2);
    arena_done(&f.arena);
}

static void test_colours_for_print(void **state)
{
    (void)state;
    for (int tagged = 0; tagged < 2; tagged++) {
        struct fixture f;
        struct jpeg_spec s = JPEG_PLAIN;
        open_it(&f);
        s.components = 4;
        s.adobe = 2;
        add_item(&f, add_image(&f, make_jpeg(&s, &f.arena), "a.jpg"),
                 (struct page_rect){PT(20), PT(30), PT(40), PT(50)});
        str pdf = write_it(&f, tagged);
        if (tagged) { /* PDF/A with sRGB: it is decoded, but has no picture in it */
            assert_int_equal(pdf.n, 0);
            assert_int_equal(f.sink.per_code[DIAG_BAD_IMAGE], 1);
        } else {
            assert_has(pdf, "/DeviceCMYK");
            assert_has(pdf, "/Decode[1 0 1 0 1 0 1 0]");
        }
        arena_done(&f.arena);
    }
}

static void test_colours_that_are_not_transformed(void **state)
{
    (void)state;
    struct fixture f;
    struct jpeg_spec s = JPEG_PLAIN;
    open_it(&f);
    s.names = "RGB";
    add_item(&f, add_image(&f, make_jpeg(&s, &f.arena), "a.jpg"),
             (struct page_rect){PT(20), PT(30), PT(40), PT(50)});
    assert_has(write_it(&f, true), "/DecodeParms<</ColorTransform 0>>");
    arena_done(&f.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_turns),
        cmocka_unit_test(test_what_is_cut_off),
        cmocka_unit_test(test_stored_once),
        cmocka_unit_test(test_colours_for_print),
        cmocka_unit_test(test_colours_that_are_not_transformed),
    };
    return cmocka_run_group_tests_name("pdf/image", tests, NULL, NULL);
}

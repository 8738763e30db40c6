/* SPDX-License-Identifier: MIT
 *
 * Colours to inks without a profile: grey, plates that were said, spot colours, and how
 * much ink there may be. What is converted is tested from outside (e2e/test_print.py). */
#include "assertions.h"
#include "pdf/inks.h"

static const struct color_plates PLATES[] = {
    {.name = {"accent", 6}, .ink = {1000, 600, 0, 100}, .tint = 1000},
    {.name = {"house", 5}, .ink = {1000, 750, 0, 0}, .spot = {"Blue 1", 6}, .tint = 1000},
    {.name = {"pale", 4}, .ink = {1000, 750, 0, 0}, .spot = {"Blue 1", 6}, .tint = 200},
    {.name = {"deep", 4}, .ink = {900, 900, 900, 900}, .tint = 1000},
};

struct press {
    struct arena a;
    struct diag_sink sink;
    struct page_list pages;
    struct pdf_print print;
    struct pdf_inks inks;
};

static void open_press(struct press *p)
{
    *p = (struct press){.print = {.max_ink = 3000}};
    arena_init(&p->a);
    diag_init(&p->sink, &p->a);
    page_list_init(&p->pages, &p->a);
    p->pages.palette = (struct color_palette){PLATES, sizeof PLATES / sizeof *PLATES};
    pdf_inks_init(&p->inks, &p->pages, &p->print, &p->a, &p->sink);
}

static void close_press(struct press *p)
{
    pdf_inks_done(&p->inks);
    arena_done(&p->a);
}

static struct color of(struct press *p, struct color c)
{
    return pdf_inks_of(&p->inks, c, &(struct pdf_shown){.what = "text"});
}

static void test_grey_is_black_ink(void **state)
{
    struct press p;
    (void)state;
    open_press(&p);
    assert_true(pdf_inks_is_black(of(&p, COLOR_BLACK)));
    struct color c = of(&p, (struct color){COLOR_GRAY, {350}, 0});
    assert_int_equal(c.space, COLOR_CMYK);
    assert_memory_equal(c.part, ((uint16_t[]){0, 0, 0, 650}), 8);
    assert_false(pdf_inks_is_black(c));
    close_press(&p);
}

static void test_plates_that_were_said(void **state)
{
    struct press p;
    (void)state;
    open_press(&p);
    struct color c = of(&p, (struct color){COLOR_RGB, {1, 2, 3}, 1});
    assert_memory_equal(c.part, PLATES[0].ink, 8);
    c = of(&p, (struct color){COLOR_CMYK, {0, 0, 0, 1000}, 0});
    assert_true(pdf_inks_is_black(c));
    assert_int_equal(p.sink.list.n, 0);
    close_press(&p);
}

static void test_tints_have_one_plate(void **state)
{
    struct press p;
    struct buf out;
    (void)state;
    open_press(&p);
    buf_init(&out, &p.a);
    struct color whole = of(&p, (struct color){COLOR_RGB, {1, 2, 3}, 2});
    struct color pale = of(&p, (struct color){COLOR_RGB, {4, 5, 6}, 3});
    assert_int_equal(whole.name, 1);
    assert_int_equal(pale.name, 1);
    assert_int_equal(pale.part[0], 200);
    pdf_put_inks(&out, &p.inks);
    assert_str(buf_str(&out),
                  "/ColorSpace<</S1[/Separation/Blue#201/DeviceCMYK<</FunctionType 2"
                  "/Domain[0 1]/N 1/C0[0 0 0 0]/C1[1 0.75 0 0]>>]>>"
                  "/ExtGState<</O0<</OP false/op false>>"
                  "/O1<</OP true/op true/OPM 1>>>>");
    close_press(&p);
}

static void test_too_much_ink(void **state)
{
    struct press p;
    (void)state;
    open_press(&p);
    of(&p, (struct color){COLOR_RGB, {1, 2, 3}, 4});
    of(&p, (struct color){COLOR_RGB, {1, 2, 3}, 4});
    assert_int_equal(p.sink.per_code[DIAG_TOO_MUCH_INK], 1);
    assert_true(p.inks.failed);
    close_press(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_grey_is_black_ink),
        cmocka_unit_test(test_plates_that_were_said),
        cmocka_unit_test(test_tints_have_one_plate),
        cmocka_unit_test(test_too_much_ink),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

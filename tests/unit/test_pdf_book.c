/* SPDX-License-Identifier: MIT
 *
 * Books at the bounds of what a file may be: how many objects, how many bytes. */
#include "pdf_fixture.h"

#include "pdf/parts.h"
#include "pdf/shared.h"

struct state {
    struct book book;
    struct pdf_shared *shared;
    struct pdf_book *pdf;
    struct pdf_options options;
    size_t written;
};

static const struct text_face *face_of(void *user, str file, uint32_t index)
{
    struct state *s = user;
    (void)file;
    (void)index;
    return &s->book.faces[0];
}

static str no_profile(void *user, str path)
{
    (void)user;
    (void)path;
    return STR_NONE;
}

static int take(void *user, const char *bytes, size_t n)
{
    struct state *s = user;
    (void)bytes;
    s->written += n;
    return 0;
}

static int set_up(void **state)
{
    struct state *s = test_calloc(1, sizeof *s);
    book_init(&s->book);
    s->shared = pdf_shared_new();
    s->pdf = pdf_book_new(&(struct pdf_book_options){
        .shared = s->shared, .title = STR("All"), .user = s, .face = face_of,
        .profile = no_profile, .write = take});
    s->options = (struct pdf_options){.shared = s->shared, .tagged = true};
    struct text_face *face =
        book_face(&s->book, GENTIUM "Regular.ttf", "GentiumPlus", false);
    if (face) {
        uint32_t p =
            structure_add(&s->book.list.structure, &s->book.arena, STRUCTURE_P, 0);
        book_page(&s->book);
        book_paragraph(&s->book, face, PT(10), STR("Some words on a page."), p);
    }
    *state = s;
    return 0;
}

static int tear_down(void **state)
{
    struct state *s = *state;
    pdf_book_free(s->pdf);
    pdf_shared_free(s->shared);
    book_done(&s->book);
    test_free(s);
    return 0;
}

#define NEED(s)                \
    if (!(s)->book.n_faces) { \
        skip();                \
    }

static bool plan(struct state *s)
{
    struct buf survey;
    buf_init(&survey, &s->book.arena);
    assert_true(pdf_book_survey(s->pdf, &s->book.list, &s->options, &survey,
                                &s->book.sink));
    return pdf_book_plan(s->pdf, buf_str(&survey), &s->book.sink);
}

static bool add(struct state *s, uint32_t index)
{
    struct buf part;
    buf_init(&part, &s->book.arena);
    assert_true(pdf_book_part(s->pdf, index, &s->book.list, &part, &s->book.sink));
    return pdf_book_add(s->pdf, buf_str(&part), STR("A part"), STR_NONE, &s->book.sink);
}

/* What a test looks for: the report, which is the only one. */
static void assert_too_large(const struct state *s, const char *message)
{
    assert_int_equal(s->book.sink.list.n, 1);
    assert_int_equal(s->book.sink.list.v[0].code, DIAG_TOO_LARGE);
    size_t at;
    assert_true(str_find(s->book.sink.list.v[0].message, str_from(message), &at));
}

static void a_book_within_its_bounds(void **state)
{
    struct state *s = *state;
    NEED(s);
    assert_true(plan(s));
    assert_true(plan(s));
    assert_true(pdf_book_begin(s->pdf, &s->book.sink));
    assert_true(add(s, 0));
    assert_true(add(s, 1));
    assert_true(pdf_book_end(s->pdf, &s->book.sink));
    assert_int_equal(pdf_book_pages(s->pdf), 2);
    assert_true(s->written > 1000);
}

/* The part that would be one too many is not planned; the book can be made without it. */
static void too_many_objects(void **state)
{
    struct state *s = *state;
    NEED(s);
    assert_true(plan(s));
    s->pdf->next.object = PDF_MAX_OBJECTS / 10 * 9;
    assert_false(plan(s));
    assert_too_large(s, "more than the 8388607 objects that PDF/A allows");
    assert_int_equal(pdf_book_count(s->pdf), 1);
}

/* A part that offsets cannot reach any more is not added. */
static void too_many_bytes(void **state)
{
    struct state *s = *state;
    NEED(s);
    assert_true(plan(s));
    assert_true(plan(s));
    assert_true(pdf_book_begin(s->pdf, &s->book.sink));
    assert_true(add(s, 0));
    s->pdf->save.gone = (size_t)1 << 30;
    assert_false(add(s, 1));
    assert_too_large(s, "larger than 1 GiB");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_book_within_its_bounds, set_up, tear_down),
        cmocka_unit_test_setup_teardown(too_many_objects, set_up, tear_down),
        cmocka_unit_test_setup_teardown(too_many_bytes, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

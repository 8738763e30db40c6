/* SPDX-License-Identifier: MIT
 *
 * page/check.c: a sound list passes, and each way to spoil it is found, once. */
#include "assertions.h"

#include <string.h>

#include "page_fixture.h"

static struct page_item *item(struct fixture *f, size_t i)
{
    return &f->list.pages.v[0].items.v[i];
}

static void spoil_nothing(struct fixture *f) { (void)f; }
static void spoil_element(struct fixture *f) { item(f, 0)->element = 4; }
static void spoil_face(struct fixture *f) { item(f, 0)->as.text.face = NULL; }
static void spoil_size(struct fixture *f) { item(f, 0)->as.text.size = 0; }
static void spoil_pieces(struct fixture *f) { item(f, 0)->as.text.n = 0; }
static void spoil_slice(struct fixture *f)
{
    f->pieces[0].to = 4;
    item(f, 1)->as.text.pieces++; /* the first piece stands on both lines */
    item(f, 1)->as.text.n--;
}
static void spoil_left(struct fixture *f) { item(f, 0)->as.text.x = PT(10); }
static void spoil_page_left(struct fixture *f) { item(f, 0)->as.text.x = PT(-10); }
static void spoil_below(struct fixture *f) { item(f, 1)->as.text.y = PT(90); }
static void spoil_below_page(struct fixture *f) { item(f, 1)->as.text.y = PT(190); }
static void spoil_overlap(struct fixture *f) { item(f, 1)->as.text.y = PT(36); }
static void spoil_rule(struct fixture *f) { item(f, 2)->as.rule.rect.height = 0; }
static void spoil_rule_place(struct fixture *f) { item(f, 2)->as.rule.rect.x = PT(110); }
static void spoil_no_path(struct fixture *f) { fixture_path(f); }
static void spoil_path_start(struct fixture *f) { fixture_path(f)->segments++; }
static void spoil_path_behind_close(struct fixture *f)
{
    static struct page_segment again[6];
    memcpy(again, FIXTURE_TICK, sizeof FIXTURE_TICK);
    again[4] = FIXTURE_TICK[1];
    struct page_path *path = fixture_path(f);
    path->segments = again;
    path->n = 5;
}
static void spoil_path_short(struct fixture *f) { fixture_path(f)->n = 1; }
static void spoil_path_paint(struct fixture *f) { fixture_path(f)->stroke = false; }
static void spoil_path_width(struct fixture *f) { fixture_path(f)->stroke_width = 0; }
static void spoil_path_place(struct fixture *f) { fixture_path(f)->x = PT(15); }
static void spoil_link(struct fixture *f) { item(f, 3)->as.link.link = 3; }
static void spoil_link_zero(struct fixture *f) { item(f, 3)->as.link.link = 0; }
static void spoil_target(struct fixture *f) { f->list.links.v[0].anchor = 2; }
static void spoil_two_targets(struct fixture *f) { f->list.links.v[1].anchor = 1; }
static void spoil_anchor(struct fixture *f) { f->list.anchors.v[0].placed = false; }
static void spoil_anchor_page(struct fixture *f) { f->list.anchors.v[0].page = 1; }
static void spoil_outline(struct fixture *f) { f->list.outline.v[0].level = 2; }
static void spoil_outline_page(struct fixture *f) { f->list.outline.v[0].page = 1; }
static void spoil_parent(struct fixture *f)
{
    f->list.structure.elements.v[1].parent = 3;
}
static void spoil_body(struct fixture *f) { f->list.pages.v[0].body.height = PT(90); }
static void spoil_no_page(struct fixture *f)
{
    f->list.pages.n = 0;
    f->list.anchors.n = f->list.links.n = f->list.outline.n = 0;
}

static const struct {
    const char *name;
    void (*spoil)(struct fixture *);
    const char *message; /* NULL: sound */
} CASES[] = {
    {"nothing", spoil_nothing, NULL},
    {"element", spoil_element, "page 1, of an element that is not there: item 0"},
    {"face", spoil_face, "page 1, without face, size or pieces: item 0"},
    {"size", spoil_size, "page 1, without face, size or pieces: item 0"},
    {"pieces", spoil_pieces, "page 1, without face, size or pieces: item 0"},
    {"slice", spoil_slice, "page 1, a piece outside its run: item 0"},
    {"left", spoil_left, "page 1, beside the body: item 0"},
    {"page left", spoil_page_left, "page 1, beside the page: item 0"},
    {"below", spoil_below, "page 1, above or below the body: item 1"},
    {"below page", spoil_below_page, "page 1, above or below the page: item 1"},
    {"overlap", spoil_overlap, "page 1, on top of other text: item 1"},
    {"rule", spoil_rule, "page 1, a rectangle without area: item 2"},
    {"rule place", spoil_rule_place, "page 1, beside the page: item 2"},
    {"path", spoil_no_path, NULL},
    {"path start", spoil_path_start,
     "page 1, a path that does not begin with a move: item 4"},
    {"path behind its end", spoil_path_behind_close,
     "page 1, a path that does not begin with a move: item 4"},
    {"path of one point", spoil_path_short,
     "page 1, a path that does not begin with a move: item 4"},
    {"path paint", spoil_path_paint, "page 1, a path neither filled nor stroked: item 4"},
    {"path width", spoil_path_width, "page 1, a path with lines of no width: item 4"},
    {"path place", spoil_path_place, "page 1, beside the body: item 4"},
    {"link", spoil_link, "page 1, a link that is not there: item 3"},
    {"link zero", spoil_link_zero, "page 1, a link that is not there: item 3"},
    {"target", spoil_target, "without one target: link 1"},
    {"two targets", spoil_two_targets, "without one target: link 2"},
    {"anchor", spoil_anchor, "to an anchor that stands nowhere: link 1"},
    {"anchor page", spoil_anchor_page, "on a page that is not there: anchor 1"},
    {"outline", spoil_outline, "too deep: outline entry 1"},
    {"outline page", spoil_outline_page, "to a page that is not there: outline entry 1"},
    {"parent", spoil_parent, "without a role or parent: element 1"},
    {"body", spoil_body, "page 1, body outside the page: page 1"},
    {"no page", spoil_no_page, "too few pages: 0"},
};

static void test_cases(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct fixture *f = fixture_new();
        CASES[i].spoil(f);
        bool sound = page_check(&f->list, &f->sink);
        if (sound != (CASES[i].message == NULL) || f->sink.list.n != !sound) {
            fail_msg("%s: %zu reports", CASES[i].name, f->sink.list.n);
        }
        if (!sound) {
            assert_int_equal(f->sink.list.v[0].code, DIAG_INTERNAL);
            assert_str(f->sink.list.v[0].message, CASES[i].message);
        }
        fixture_free(f);
    }
}

static void test_glyphs(void **state)
{
    (void)state;
    const uint16_t BAD[] = {0, 100};
    for (int i = 0; i < 2; i++) {
        struct fixture *f = fixture_new();
        f->glyphs[0].id = BAD[i];
        assert_false(page_check(&f->list, &f->sink));
        assert_int_equal(f->sink.list.n, 2); /* the run stands on both lines */
        fixture_free(f);
    }
}

static void test_lines_of_one_paragraph_may_be_tight(void **state)
{
    (void)state;
    struct fixture *f = fixture_new();
    item(f, 1)->element = 2; /* a link in paragraph 1 */
    item(f, 1)->as.text.y = PT(36);
    assert_true(page_check(&f->list, &f->sink));
    item(f, 1)->as.text.y = PT(33);
    assert_false(page_check(&f->list, &f->sink));
    fixture_free(f);
}

static void test_reported_overfull_is_no_fault(void **state)
{
    (void)state;
    struct fixture *f = fixture_new();
    item(f, 0)->as.text.x = PT(170);
    diag_report(&f->sink, DIAG_OVERFULL_LINE, PLACE_NONE, NULL, "too wide");
    assert_true(page_check(&f->list, &f->sink));
    fixture_free(f);
}

/* A page of 20,000 lines beside each other and below each other stays quick. */
static void test_many_items(void **state)
{
    (void)state;
    struct fixture *f = fixture_new();
    f->list.pages.v[0].height = PT(1000000);
    f->list.pages.v[0].body.height = PT(900000);
    for (int i = 0; i < 20000; i++) {
        fixture_line(f, 1, PT(60 + i * 12));
    }
    assert_true(page_check(&f->list, &f->sink));
    fixture_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_glyphs),
        cmocka_unit_test(test_lines_of_one_paragraph_may_be_tight),
        cmocka_unit_test(test_reported_overfull_is_no_fault),
        cmocka_unit_test(test_many_items),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

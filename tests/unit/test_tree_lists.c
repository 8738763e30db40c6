/* SPDX-License-Identifier: MIT
 *
 * tree/lists.c and flow/marks.c: numbers in every form, check boxes, definitions. */
#include "assertions.h"

#include "flow_shared.h"

/* The first paragraph in item `nth` of the list `box`. */
static const struct box *item_paragraph(const struct box *list, int nth)
{
    const struct box *item = list->first;
    while (nth-- > 0) {
        item = item->next;
    }
    const struct box *p = item->first;
    while (p->kind == BOX_STACK) {
        p = p->first;
    }
    return p;
}

static void assert_marker(const struct box *list, int nth, const char *expected)
{
    const struct box *p = item_paragraph(list, nth);
    assert_int_equal(p->marker.n, 1);
    assert_str(p->marker.v[0].text, expected);
}

static void test_numbers(void **state)
{
    (void)state;
    struct tree *t = case_tree(&shared,
        "title: T\nbody:\n"
        "  - {list: [a, b], numbering: lower-roman, start: 3998}\n"
        "  - {list: [a, b], numbering: upper-alpha, start: 26}\n"
        "  - {list: [a], prefix: 'Art. ', suffix: ''}\n"
        "  - {list: [b], continued: true}\n"
        "  - {list: [{text: a, list: [b], numbering: decimal}], start: 999999999}\n"
        "  - {list: [{text: a, list: [b], ordered: true}], suffix: ':'}\n");
    const struct box *list = t->body->first;
    assert_marker(list, 0, "mmmcmxcviii.");
    assert_marker(list, 1, "mmmcmxcix.");
    list = list->next;
    assert_marker(list, 0, "Z.");
    assert_marker(list, 1, "AA.");
    list = list->next;
    assert_marker(list, 0, "Art. 1");
    list = list->next;
    assert_marker(list, 0, "Art. 2");
    list = list->next;
    assert_marker(list, 0, "999999999.");
    assert_marker(list->first->last, 0, "1)"); /* else the layout has letters there */
    list = list->next;
    assert_marker(list, 0, "1:");
    assert_marker(list->first->last, 0, "a)");
}

static void test_numbering_is_told(void **state)
{
    (void)state;
    struct tree *t = case_tree(&shared,
        "title: T\nbody:\n  - {list: [{text: a, list: [b], ordered: true}],"
        " ordered: true}\n  - {list: [a], numbering: upper-roman}\n");
    static const enum structure_numbering EXPECTED[] = {
        STRUCTURE_DECIMAL, STRUCTURE_LOWER_ALPHA, STRUCTURE_UPPER_ROMAN,
    };
    size_t found = 0;
    for (size_t i = 0; i < t->structure.elements.n; i++) {
        if (t->structure.elements.v[i].role == STRUCTURE_L) {
            assert_int_equal(t->structure.elements.v[i].numbering, EXPECTED[found++]);
        }
    }
    assert_int_equal(found, 3);
}

/* Lists that the note cannot know to be wrong: the layout chose their style. */
static void test_numbers_that_are_not(void **state)
{
    (void)state;
    static const char *const WRONG[] = {
        "title: T\nbody: |\n  1. a\n\n     0. letters\n",
        "title: T\nbody:\n  - {list: [a, b], numbering: upper-roman, start: 3999}\n",
    };
    for (size_t i = 0; i < 2; i++) {
        struct flow_case c;
        case_open(&c);
        case_layout(&c, "base");
        assert_null(case_try_tree(&c, WRONG[i]));
        assert_int_equal(c.sink.per_code[DIAG_OUT_OF_RANGE], 1);
        assert_int_equal(c.sink.list.v[0].at.line, i ? 3 : 5);
        case_close(&c);
    }
}

static void test_boxes_say_what_they_mean(void **state)
{
    (void)state;
    struct tree *t = case_tree(&shared,
        "title: T\nlang: de\nbody: |\n  - [x] a\n  - [ ] b\n  - c\n\n"
        "  1. [x] <span lang=\"fr\">d</span>\n");
    const struct box *list = t->body->first;
    const struct box *a = item_paragraph(list, 0), *b = item_paragraph(list, 1);
    assert_int_equal(a->mark, BOX_DONE);
    assert_int_equal(b->mark, BOX_TO_DO);
    assert_int_equal(a->marker.n, 0);
    assert_int_equal(case_role(&shared, a->mark_element), STRUCTURE_SPAN);
    assert_int_equal(case_role(&shared, case_parent(&shared, a->mark_element)),
                     STRUCTURE_LBL);
    assert_str(t->structure.elements.v[a->mark_element].more->alt, "erledigt");
    assert_str(t->structure.elements.v[b->mark_element].more->alt, "offen");
    assert_int_equal(item_paragraph(list, 2)->mark, BOX_UNMARKED);
    assert_marker(list, 2, "•");
    const struct box *d = item_paragraph(list->next, 0);
    assert_int_equal(d->mark, BOX_DONE);
    assert_marker(list->next, 0, "1.");
    /* Number, box and text have room side by side. */
    assert_true(list->next->marker_room > d->mark_size + 2 * d->marker_gap);
}

/* Paths of the first page: two for a box that is checked, one for an empty one. */
static void test_boxes_are_drawn(void **state)
{
    (void)state;
    const struct page_list *l = case_pages(&shared,
        "title: T\nbody: |\n  - [x] a\n  - [ ] b\n");
    size_t paths = 0;
    len right = 0, first_y = 0;
    const struct page *p = &l->pages.v[0];
    for (size_t i = 0; i < p->items.n; i++) {
        if (p->items.v[i].kind == PAGE_PATH) {
            struct page_rect r = page_path_bounds(&p->items.v[i].as.path);
            right = r.x + r.width > right ? r.x + r.width : right;
            first_y = paths == 0 ? r.y : first_y;
            assert_true(paths < 2 || r.y > first_y);
            paths++;
        }
    }
    assert_int_equal(paths, 3);
    const struct box *a = item_paragraph(shared.tree->body->first, 0);
    len text = shared.layout->page.inner + shared.tree->body->first->marker_room;
    assert_in_range(text - right, a->marker_gap - 2, a->marker_gap + 2);
}

static void test_definitions(void **state)
{
    (void)state;
    struct tree *t = case_tree(&shared,
        "title: T\nbody:\n  - definitions:\n      Mole[^m]: a wall\n"
        "      Quay: [one, two]\nfootnotes: {m: Latin}\n");
    const struct box *list = t->body->first, *first = list->first;
    assert_int_equal(case_role(&shared, list->element), STRUCTURE_L);
    assert_true(first->first->style->keep_with_next);
    assert_str(first->first->spans.v[0].text, "Mole");
    assert_int_equal(case_role(&shared, first->first->element), STRUCTURE_LBL);
    const struct box *body = first->last;
    assert_true(body->style->indent_start > 0);
    assert_int_equal(case_role(&shared, body->element), STRUCTURE_LBODY);
    assert_int_equal(case_parent(&shared, body->element),
                     case_parent(&shared, first->first->element));
    assert_str(body->first->style->name, "plain");
    assert_str(first->next->last->first->style->name, "paragraph");
    /* A note is read with the meaning: LI holds nothing but Lbl and LBody. */
    uint32_t note = t->notes.v[0].box->first->element;
    assert_int_equal(case_parent(&shared, case_parent(&shared, note)), body->element);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_numbering_is_told),
        cmocka_unit_test(test_numbers_that_are_not),
        cmocka_unit_test(test_boxes_say_what_they_mean),
        cmocka_unit_test(test_boxes_are_drawn),
        cmocka_unit_test(test_definitions),
    };
    return cmocka_run_group_tests(tests, open_case, close_case);
}

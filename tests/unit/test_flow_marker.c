/* SPDX-License-Identifier: MIT
 *
 * Markers of lists: each item has its own, before its text. */
#include "assertions.h"

#include "flow_shared.h"

enum { MOST = 16 };

struct seen {
    const struct page_item *v[MOST]; /* the markers of lists, in order */
    size_t n;
};

static bool is_label(const struct page_item *item)
{
    return item->kind == PAGE_TEXT && item->artifact == STRUCTURE_CONTENT &&
           case_role(&shared, item->element) == STRUCTURE_LBL;
}

static struct seen look(const char *yaml)
{
    struct seen seen = {0};
    const struct page *p = &case_pages(&shared, yaml)->pages.v[0];
    for (size_t i = 0; i < p->items.n; i++) {
        if (is_label(&p->items.v[i])) {
            assert_true(seen.n < MOST);
            seen.v[seen.n++] = &p->items.v[i];
        }
    }
    return seen;
}

static const struct text_piece *piece(const struct seen *s, size_t i)
{
    return s->v[i]->as.text.pieces;
}

static str text(const struct seen *s, size_t i)
{
    return piece(s, i)->run->text;
}

static void test_each_item_has_one(void **state)
{
    (void)state;
    struct seen s = look("title: T\nbody: |\n  - a\n  - b\n    - inner\n  - c\n");
    assert_int_equal(s.n, 4);
    assert_str(text(&s, 1), "•");
    assert_str(text(&s, 2), "–");
    assert_str(text(&s, 3), "•");
    for (size_t i = 1; i < s.n; i++) {
        assert_int_not_equal(s.v[i]->element, s.v[i - 1]->element);
        assert_true(s.v[i]->as.text.y > s.v[i - 1]->as.text.y);
    }
    assert_int_equal(s.v[0]->as.text.x, s.v[1]->as.text.x);
    assert_true(s.v[2]->as.text.x > s.v[1]->as.text.x);
}

static void test_numbers_are_their_own(void **state)
{
    (void)state;
    struct seen s = look("title: T\nbody: |\n  1. a\n  2. b\n");
    assert_int_equal(s.n, 2);
    assert_str(text(&s, 0), "1.");
    assert_str(text(&s, 1), "2.");
}

/* The note is measured between the two items. */
static void test_the_same_letters_in_another_style(void **state)
{
    (void)state;
    struct seen s = look("title: T\nbody: |\n  - a[^n]\n  - b\n\n  [^n]: Note.\n\n"
                         "      - c\n");
    assert_int_equal(s.n, 3);
    assert_str(text(&s, 2), "•");
    assert_int_equal(s.v[0]->as.text.size, s.v[1]->as.text.size);
    assert_int_equal(piece(&s, 0)->width, piece(&s, 1)->width);
    assert_true(s.v[2]->as.text.size < s.v[1]->as.text.size);
    assert_true(piece(&s, 2)->width < piece(&s, 1)->width);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_item_has_one),
        cmocka_unit_test(test_numbers_are_their_own),
        cmocka_unit_test(test_the_same_letters_in_another_style),
    };
    return cmocka_run_group_tests(tests, open_case, close_case);
}

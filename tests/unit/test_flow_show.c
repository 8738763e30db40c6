/* SPDX-License-Identifier: MIT
 *
 * flow/show.c: what is drawn over the pages is no content, and moves nothing. */
#include "flow_shared.h"

#include <string.h>

static const char NOTE[] =
    "title: T\nbody:\n  - |\n    # Heading\n\n    Text with a note[^n].\n\n    - one\n"
    "  - table: {columns: [a, b], rows: [[c, d]]}\n"
    "  - paragraph: 'kept'\nfootnotes: {n: the note}\n";

static struct page_list *show(void)
{
    case_tree(&shared, NOTE);
    struct page_list *pages = flow_run_request(&(struct flow_request){
        .tree = shared.tree, .engine = shared.engine, .arena = &shared.arena,
        .sink = &shared.sink, .show_boxes = true});
    assert_non_null(pages);
    assert_true(page_check(pages, &shared.sink));
    return pages;
}

static bool same_item(const struct page_item *a, const struct page_item *b)
{
    return a->kind == b->kind && a->artifact == b->artifact &&
           (a->kind != PAGE_TEXT || (a->as.text.x == b->as.text.x &&
                                     a->as.text.y == b->as.text.y));
}

/* Without what is shown, the items are those of the plain note. */
static void nothing_moves(void **state)
{
    (void)state;
    struct page *plain = &case_pages(&shared, NOTE)->pages.v[0];
    struct page *shown = &show()->pages.v[0];
    size_t k = 0;
    for (size_t i = 0; i < shown->items.n; i++) {
        bool same = k < plain->items.n && same_item(&shown->items.v[i],
                                                    &plain->items.v[k]);
        assert_true(same || shown->items.v[i].artifact == STRUCTURE_DECORATION);
        k += same;
    }
    assert_int_equal(k, plain->items.n);
    assert_true(shown->items.n > plain->items.n + 20);
}

/* The cost of a break behind a heading stands before the line's box, in the margin. */
static void costs_stand_in_the_margin(void **state)
{
    (void)state;
    const struct page *p = &show()->pages.v[0];
    size_t costs = 0;
    for (size_t i = 0; i < p->items.n; i++) {
        const struct page_item *item = &p->items.v[i];
        if (item->kind == PAGE_TEXT && item->artifact == STRUCTURE_DECORATION &&
            item->as.text.color.space == COLOR_RGB) {
            assert_true(item->as.text.x < p->body.x);
            costs++;
        }
    }
    assert_true(costs > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_moves),
        cmocka_unit_test(costs_stand_in_the_margin),
    };
    return cmocka_run_group_tests(tests, open_case, close_case);
}

/* SPDX-License-Identifier: MIT
 *
 * Bars beside what is new: where they stand, what they go on over, what has none. */
#include "flow_case.h"

enum { MOST = 16 };

struct bars {
    struct page_rect v[MOST];
    int n;
};

/* The bars of a page are its last rules that are as thick as the layout says. */
static struct bars bars_of(const struct flow_case *c, size_t page)
{
    struct bars bars = {0};
    const struct page *p = &c->pages->pages.v[page];
    for (size_t i = 0; i < p->items.n; i++) {
        const struct page_item *item = &p->items.v[i];
        if (item->kind == PAGE_RULE && bars.n < MOST &&
            item->as.rule.rect.width == c->layout->change_bars.width) {
            assert_int_equal(item->artifact, STRUCTURE_DECORATION);
            bars.v[bars.n++] = item->as.rule.rect;
        }
    }
    return bars;
}

static struct bars bars_in(struct flow_case *c, const char *yaml)
{
    case_pages(c, yaml);
    assert_int_equal(c->sink.list.n, 0);
    return bars_of(c, 0);
}

static len leading(struct flow_case *c)
{
    return style_root(c->layout)->leading;
}

static void lines_with_new_words_have_a_bar(void **state)
{
    (void)state;
    struct flow_case c;
    case_open(&c);
    case_layout(&c, "base");
    struct bars bars = bars_in(&c, "title: T\nbody: a<br><ins>b</ins><br>c<br>"
                                   "<del>d</del><br>"
                                   "<span class=\"changed\">e</span><br>f\n");
    assert_int_equal(bars.n, 2);
    assert_int_equal(bars.v[0].height, leading(&c));
    assert_int_equal(bars.v[1].height, 2 * leading(&c));
    const struct page_rect *body = &c.pages->pages.v[0].body;
    assert_int_equal(bars.v[0].x, body->x + body->width + c.layout->change_bars.gap);
    case_close(&c);
}

static void a_bar_goes_on_between_blocks(void **state)
{
    (void)state;
    struct flow_case c;
    case_open(&c);
    case_layout(&c, "base")->line_numbers.every = 1;
    struct bars bars = bars_in(&c, "title: T\nbody:\n  - {paragraph: a, changed: true}\n"
                                   "  - {paragraph: b, changed: true}\n  - c\n"
                                   "  - {quote: [d, {paragraph: e, changed: false}, f],"
                                   " changed: true}\n");
    assert_int_equal(bars.n, 3);
    assert_true(bars.v[0].height > 2 * leading(&c));
    assert_int_equal(bars.v[1].height, leading(&c));
    case_close(&c);
}

static void rows_are_new_as_a_whole(void **state)
{
    (void)state;
    static const char *const ROWS[] = {
        "{cells: [a, b], changed: true}", "[a, {text: b, changed: true}]",
    };
    len heights[2];
    for (int i = 0; i < 2; i++) {
        struct flow_case c;
        case_open(&c);
        case_layout(&c, "base");
        str yaml = str_format(&c.arena, "title: T\nbody:\n  - table: {columns: [A, B], "
                              "rows: [%s, %s, [c, d], [\"<ins>e</ins>\", f]]}\n",
                              ROWS[i], ROWS[i]);
        struct bars bars = bars_in(&c, yaml.p);
        assert_int_equal(bars.n, 2);
        assert_true(bars.v[0].height > 2 * bars.v[1].height);
        heights[i] = bars.v[0].height;
        case_close(&c);
    }
    assert_int_equal(heights[0], heights[1]);
}

static void items_sections_and_notes_can_be_new(void **state)
{
    (void)state;
    struct flow_case c;
    case_open(&c);
    case_layout(&c, "base");
    struct bars bars = bars_in(&c, "title: T\nbody:\n"
                                   "  - list: [a, {text: b, changed: true}]\n"
                                   "  - c<ins>d[^n]</ins>\n  - e\nsections:\n"
                                   "  - {heading: S, body: f, changed: true}\n"
                                   "footnotes: {n: g}\n");
    assert_int_equal(bars.n, 3); /* b, c; S, f; g, at the foot */
    assert_true(bars.v[2].y > PT(700));
    case_close(&c);
}

static void pages_and_columns_say_at_which_side(void **state)
{
    (void)state;
    struct flow_case c;
    case_open(&c);
    struct layout *l = case_layout(&c, "base");
    l->page.two_sided = true;
    struct bars bars = bars_in(&c, "title: T\nbody:\n  - {paragraph: a, changed: true}\n"
                                   "  - page-break:\n  - columns: {count: 2, body: "
                                   "[\"<ins>b</ins>\", \"<ins>c</ins>\"]}\n"
                                   "  - {paragraph: d, changed: true}\n");
    assert_int_equal(bars.n, 1);
    assert_true(bars.v[0].x > c.pages->pages.v[0].body.x);
    bars = bars_of(&c, 1);
    const struct page_rect *body = &c.pages->pages.v[1].body;
    assert_int_equal(bars.n, 3); /* of b and d, then, further to the right, of c */
    assert_true(bars.v[0].x < body->x && bars.v[1].x < body->x);
    assert_true(bars.v[2].x > body->x + body->width);
    case_close(&c);
}

static void right_to_left_they_stand_at_the_left(void **state)
{
    (void)state;
    struct flow_case c;
    case_open(&c);
    case_layout(&c, "base");
    struct bars bars = bars_in(&c, "title: \xD7\xA9\nlang: he\n"
                                   "body: [{paragraph: \xD7\xA9, changed: true}]\n");
    assert_int_equal(bars.n, 1);
    assert_true(bars.v[0].x < c.pages->pages.v[0].body.x);
    case_close(&c);
}

static void a_layout_may_hide_them_and_a_sheet_holds_them(void **state)
{
    (void)state;
    struct flow_case c;
    case_open(&c);
    struct layout *l = case_layout(&c, "base");
    l->change_bars.gap = PT(500);
    struct bars bars = bars_in(&c, "title: T\nbody: <ins>a</ins>\n");
    assert_int_equal(bars.n, 1);
    assert_int_equal(bars.v[0].x + bars.v[0].width, l->page.width);
    l->change_bars.shown = false;
    assert_int_equal(bars_in(&c, "title: T\nbody: <ins>a</ins>\n").n, 0);
    case_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_with_new_words_have_a_bar),
        cmocka_unit_test(a_bar_goes_on_between_blocks),
        cmocka_unit_test(rows_are_new_as_a_whole),
        cmocka_unit_test(items_sections_and_notes_can_be_new),
        cmocka_unit_test(pages_and_columns_say_at_which_side),
        cmocka_unit_test(right_to_left_they_stand_at_the_left),
        cmocka_unit_test(a_layout_may_hide_them_and_a_sheet_holds_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

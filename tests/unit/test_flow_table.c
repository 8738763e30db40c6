/* SPDX-License-Identifier: MIT
 *
 * Tables on pages: widths, alignment, heads that stand again, rows that do not fit. */
#include <stdio.h>

#include "flow_case.h"

/* The text items that begin with `text`, in the order of pages. */
struct hit {
    size_t page;
    const struct page_item *item;
};

static size_t find_all(struct flow_case *c, const char *text, struct hit *hits,
                       size_t most)
{
    size_t n = 0;
    for (size_t i = 0; i < c->pages->pages.n; i++) {
        const struct page *p = &c->pages->pages.v[i];
        for (size_t k = 0; k < p->items.n; k++) {
            const struct page_item *item = &p->items.v[k];
            bool found = item->kind == PAGE_TEXT &&
                         str_is(item->as.text.pieces[0].run->text, text);
            if (found && n < most) {
                hits[n++] = (struct hit){i, item};
            }
        }
    }
    return n;
}

static const struct page_item *find(struct flow_case *c, const char *text)
{
    struct hit hit;
    if (find_all(c, text, &hit, 1) == 0) {
        fail_msg("no item begins with \"%s\"", text);
    }
    return hit.item;
}

static len left_of(const struct page_item *item)
{
    return item->as.text.x + item->as.text.pieces[0].x;
}

static len right_of(const struct page_item *item)
{
    const struct text_piece *last = &item->as.text.pieces[item->as.text.n - 1];
    return item->as.text.x + last->x + last->width;
}

static void columns_align(void **state)
{
    (void)state;
    struct flow_case c;
    case_open(&c);
    case_layout(&c, "information-note");
    case_pages(&c, "title: T\nbody:\n  - table:\n      columns: [Place, Number, Middle]\n"
                   "      align: [left, right, center]\n"
                   "      rows: [[Geneva, 3, a], [Vienna, 12345678, bb]]\n");
    assert_int_equal(left_of(find(&c, "Geneva")), left_of(find(&c, "Vienna")));
    assert_in_range(right_of(find(&c, "3")) - right_of(find(&c, "12345678")) + 4, 0, 8);
    assert_int_equal(find(&c, "Geneva")->as.text.y, find(&c, "3")->as.text.y);
    len a = (left_of(find(&c, "a")) + right_of(find(&c, "a"))) / 2;
    len bb = (left_of(find(&c, "bb")) + right_of(find(&c, "bb"))) / 2;
    assert_in_range(a - bb + 4, 0, 8);
    case_close(&c);
}

static void numbers_align_by_their_point(void **state)
{
    (void)state;
    struct flow_case c;
    case_open(&c);
    case_layout(&c, "information-note");
    case_pages(&c, "title: T\nbody:\n  - table:\n      columns: [A]\n"
                   "      align: [decimal]\n"
                   "      rows: [['1.5'], ['234.25'], ['7']]\n");
    /* Figures of one width: the points meet if the whole parts end at one place. */
    const struct page_item *a = find(&c, "1.5"), *b = find(&c, "234.25");
    const struct page_item *whole = find(&c, "7");
    len figure = whole->as.text.pieces[0].width;
    assert_in_range(left_of(a) - left_of(b) - 2 * figure + 4, 0, 8);
    assert_in_range(left_of(whole) - left_of(a) + 4, 0, 8);
    case_close(&c);
}

static void widths_are_shared_by_content(void **state)
{
    (void)state;
    struct flow_case c;
    case_open(&c);
    struct layout *l = case_layout(&c, "information-note");
    case_pages(&c, "title: T\nbody: |\n  | Short | Long |\n  |---|---|\n  | x | "
                   "many words that together are certainly longer than what one line of "
                   "this page can hold, so that the cell has two lines at the least |\n");
    len text = l->page.width - l->page.inner - l->page.outer;
    const struct page_item *head = find(&c, "Long");
    assert_true(left_of(head) - l->page.inner < text / 4);
    const struct page *p = &c.pages->pages.v[0];
    for (size_t i = 0; i < p->items.n; i++) {
        if (p->items.v[i].kind == PAGE_TEXT) {
            assert_true(right_of(&p->items.v[i]) <= l->page.inner + text + 8);
        }
    }
    case_close(&c);
}

static const char *rows(struct flow_case *c, int n, const char *before, const char *after)
{
    struct buf b;
    buf_init(&b, &c->arena);
    buf_puts(&b, before);
    for (int i = 0; i < n; i++) {
        buf_format(&b, "        - [r%d, x]\n", i);
    }
    buf_puts(&b, after);
    buf_char(&b, '\0');
    return b.p;
}

static void the_head_stands_on_every_page_and_its_note_on_the_first(void **state)
{
    (void)state;
    struct flow_case c;
    struct hit hits[8];
    case_open(&c);
    case_layout(&c, "information-note");
    case_pages(&c, rows(&c, 100, "title: T\nbody:\n  - table:\n"
                                 "      columns: ['Head[^n]', B]\n      rows:\n",
                        "footnotes: {n: Noted.}\n"));
    size_t pages = c.pages->pages.n;
    assert_true(pages > 2);
    assert_int_equal(find_all(&c, "Head", hits, 8), pages);
    assert_int_equal(hits[0].item->artifact, STRUCTURE_CONTENT);
    assert_int_equal(hits[1].item->artifact, STRUCTURE_PAGINATION);
    assert_int_equal(find_all(&c, "Noted.", hits, 8), 1);
    assert_int_equal(hits[0].page, 0);
    for (int i = 0; i < 100; i++) {
        char name[16];
        snprintf(name, sizeof name, "r%d", i);
        assert_int_equal(find_all(&c, name, hits, 8), 1);
    }
    case_close(&c);
}

static void a_row_higher_than_a_page_is_divided(void **state)
{
    (void)state;
    struct flow_case c;
    struct hit hits[2];
    case_open(&c);
    case_layout(&c, "information-note");
    struct buf b;
    buf_init(&b, &c.arena);
    buf_puts(&b, "title: T\nbody:\n  - table:\n      columns: [A, B]\n"
                 "      rows: [[a, \"");
    for (int i = 0; i < 2000; i++) {
        buf_puts(&b, "word ");
    }
    buf_puts(&b, "END\"], [b, last]]\n");
    buf_char(&b, '\0');
    case_pages(&c, b.p);
    assert_int_equal(c.pages->pages.n, 3);
    assert_int_equal(find_all(&c, "a", hits, 2), 1);
    assert_int_equal(hits[0].page, 0);
    assert_int_equal(find_all(&c, "last", hits, 2), 1);
    assert_int_equal(hits[0].page, 2);
    case_close(&c);
}

/* A cell over three rows stands in the first; the rows are high enough for it. */
static void cells_span_rows_and_columns(void **state)
{
    (void)state;
    struct flow_case c;
    struct hit hits[2];
    case_open(&c);
    case_layout(&c, "information-note");
    case_pages(&c, "title: T\nbody:\n  - table:\n"
                   "      columns: [A, {text: Both, columns: 2, align: left}]\n"
                   "      rows:\n"
                   "        - [{text: 'one<br>two<br>three<br>four', rows: 2}, b, c]\n"
                   "        - [d, e]\n        - [{text: wide, columns: 3}]\n");
    assert_int_equal(find(&c, "one")->as.text.y, find(&c, "b")->as.text.y);
    assert_int_equal(left_of(find(&c, "b")), left_of(find(&c, "d")));
    assert_int_equal(left_of(find(&c, "b")), left_of(find(&c, "Both")));
    assert_true(find(&c, "d")->as.text.y < find(&c, "four")->as.text.y);
    assert_true(find(&c, "wide")->as.text.y > find(&c, "four")->as.text.y);
    assert_int_equal(find_all(&c, "e", hits, 2), 1);
    const struct structure_element *both =
        &c.tree->structure.elements.v[find(&c, "Both")->element];
    assert_int_equal(both->columns, 2);
    case_close(&c);
}

static void a_table_that_is_too_wide_is_an_error(void **state)
{
    (void)state;
    struct flow_case c;
    case_open(&c);
    case_layout(&c, "briefing");
    case_tree(&c, "title: T\nbody: |\n"
                  "  | Donaudampfschifffahrtsgesellschaft |"
                  " Rindfleischetikettierungsgesetz |\n"
                  "  |---|---|\n  | x | y |\n");
    flow_run(c.tree, c.engine, &c.arena, &c.sink);
    assert_int_equal(c.sink.per_code[DIAG_TABLE_TOO_WIDE], 1);
    assert_int_equal(c.sink.list.v[0].at.line, 3);
    case_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_align),
        cmocka_unit_test(numbers_align_by_their_point),
        cmocka_unit_test(widths_are_shared_by_content),
        cmocka_unit_test(the_head_stands_on_every_page_and_its_note_on_the_first),
        cmocka_unit_test(a_row_higher_than_a_page_is_divided),
        cmocka_unit_test(cells_span_rows_and_columns),
        cmocka_unit_test(a_table_that_is_too_wide_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

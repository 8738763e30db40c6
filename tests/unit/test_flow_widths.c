/* SPDX-License-Identifier: MIT
 *
 * Widths of columns: given, shared, too narrow; numbers below each other by their
 * points; where a narrow table stands. */
#include "flow_shared.h"

static const struct page_item *find(const char *text)
{
    for (size_t i = 0; i < shared.pages->pages.n; i++) {
        const struct page *p = &shared.pages->pages.v[i];
        for (size_t k = 0; k < p->items.n; k++) {
            const struct page_item *item = &p->items.v[k];
            if (item->kind == PAGE_TEXT &&
                str_is(item->as.text.pieces[0].run->text, text)) {
                return item;
            }
        }
    }
    fail_msg("no item begins with \"%s\"", text);
    return NULL;
}

static len left(const char *text)
{
    const struct page_item *item = find(text);
    return item->as.text.x + item->as.text.pieces[0].x;
}

static len text_width(void)
{
    const struct layout *l = shared.layout;
    return l->page.width - l->page.inner - l->page.outer;
}

static len room_beside(void)
{
    struct box *table = shared.tree->body->last;
    return table->first->first->style->indent_start;
}

static void assert_near(len a, len b)
{
    assert_in_range(a - b + LEN_PT / 8, 0, LEN_PT / 4);
}

static void widths_are_lengths_and_shares(void **state)
{
    (void)state;
    case_pages(&shared, "title: T\nbody:\n  - table:\n      columns: [a, b, c]\n"
                        "      widths: [30mm, 20%, auto]\n      rows: [[d, e, f]]\n");
    len mm30 = (len)len_muldiv(30 * LEN_PT, 720, 254);
    assert_near(left("b") - left("a"), mm30);
    assert_near(left("c") - left("b"), text_width() / 5);
    assert_near(left("a"), shared.layout->page.inner + room_beside());
}

static len rule_width(void)
{
    const struct page *p = &shared.pages->pages.v[0];
    len widest = 0;
    for (size_t i = 0; i < p->items.n; i++) {
        if (p->items.v[i].kind == PAGE_RULE) {
            len width = p->items.v[i].as.rule.rect.width;
            widest = width > widest ? width : widest;
        }
    }
    return widest;
}

static void a_table_may_fill_the_line(void **state)
{
    (void)state;
    case_pages(&shared, "title: T\nbody:\n  - table:\n      columns: [a, b, c]\n"
                        "      widths: [30mm]\n      width: 100%\n"
                        "      rows: [[d, e, f]]\n");
    assert_int_equal(rule_width(), text_width());
    assert_near(left("b") - left("a"), (len)len_muldiv(30 * LEN_PT, 720, 254));
}

static void short_columns_are_not_divided(void **state)
{
    (void)state;
    case_pages(&shared, "title: T\nbody:\n  - table:\n      columns: [a, two words]\n"
        "      rows:\n        - - many words that together are certainly longer than\n"
        "            what one line of this page can hold, so that this cell has two\n"
        "            lines at the least, or even three of them, or four\n"
        "          - x\n");
    assert_int_equal(find("two")->as.text.y, find("a")->as.text.y);
    assert_int_equal(find("two")->as.text.n, 3); /* with the space between */
}

static struct diag told; /* the first fault */

static size_t faults(const char *yaml)
{
    diag_init(&shared.sink, &shared.arena);
    case_tree(&shared, yaml);
    flow_run(shared.tree, shared.engine, &shared.arena, &shared.sink);
    size_t n = shared.sink.per_code[DIAG_TABLE_TOO_WIDE];
    if (n) {
        told = shared.sink.list.v[0];
    }
    diag_init(&shared.sink, &shared.arena);
    return n;
}

static void what_does_not_fit_is_told(void **state)
{
    (void)state;
    assert_int_equal(faults("title: T\nbody:\n  - table:\n      columns: [a, b]\n"
                            "      widths: [1cm, 2cm]\n"
                            "      rows: [[unbreakable, x]]\n"), 1);
    assert_int_equal(told.at.line, 6);
    assert_int_equal(told.second.line, 5);
    assert_int_equal(faults("title: T\nbody:\n  - table:\n      columns: [a, b]\n"
                            "      widths: [12cm, 12cm]\n      rows: [[x, y]]\n"), 1);
    assert_int_equal(faults("title: T\nbody:\n  - table:\n      columns: [a, b]\n"
                            "      width: 30cm\n      rows: [[x, y]]\n"), 1);
    assert_int_equal(faults("title: T\nbody:\n  - table:\n      columns: [a, b, c]\n"
                            "      widths: [33.333%, 33.333%, 33.334%]\n"
                            "      rows: [[x, y, z]]\n"), 0);
    assert_int_equal(faults("title: T\nbody:\n  - table:\n      columns: [a, b]\n"
                            "      widths: [1cm, 1cm]\n"
                            "      rows: [[{text: unbreakable, columns: 2}]]\n"), 1);
}

/* How far the text of a cell begins left of the column's points. */
static len before_point(const char *lang, const char *text, const char *whole)
{
    struct buf b;
    buf_init(&b, &shared.arena);
    buf_format(&b, "title: T\nlang: %s\nbody:\n  - table:\n      columns: [A]\n"
               "      align: [decimal]\n      rows: [['%s'], ['%s']]\n", lang, text,
               whole);
    buf_char(&b, '\0');
    case_pages(&shared, b.p);
    const struct page *p = &shared.pages->pages.v[0];
    len x[2] = {0}, y = find("A")->as.text.y;
    size_t n = 0;
    for (size_t i = 0; i < p->items.n; i++) {
        const struct page_item *item = &p->items.v[i];
        if (item->kind == PAGE_TEXT && item->as.text.y > y &&
            item->artifact == STRUCTURE_CONTENT && n < 2) {
            x[n++] = item->as.text.x + item->as.text.pieces[0].x;
        }
    }
    return x[1] - x[0];
}

/* `number`, with so many letters before its point, stands so far left of one figure. */
static void points_meet(void **state)
{
    (void)state;
    static const struct { const char *lang, *number, *same; } ROWS[] = {
        {"en", "1,234.56", "1,234"}, {"en", "1,234", "1,234.5"},
        {"de", "1.234,56", "1.234"}, {"de", "1,234", "1"},
        {"fr", "1 234,5", "1 234"},  {"en", "3,5", "3"},
        {"en", "(12.5)", "(12"},     {"en", "5 %", "5"},
        {"en", "1,234,567", "1,234,567.0"}, {"de-CH", "1’234.50", "1’234"},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        len gap = before_point(ROWS[i].lang, ROWS[i].number, ROWS[i].same);
        if (gap > LEN_PT / 4 || gap < -LEN_PT / 4) {
            fail_msg("%s: %s and %s: %d", ROWS[i].lang, ROWS[i].number, ROWS[i].same,
                     gap);
        }
    }
}

static void a_mark_is_no_digit(void **state)
{
    (void)state;
    case_pages(&shared, "title: T\nbody:\n  - table:\n      columns: [A]\n"
                        "      align: [decimal]\n"
                        "      rows: [['7.5[^n]'], ['8.25']]\n"
                        "footnotes: {n: Noted.}\n");
    assert_near(left("7.5"), left("8.25"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(widths_are_lengths_and_shares),
        cmocka_unit_test(a_table_may_fill_the_line),
        cmocka_unit_test(short_columns_are_not_divided),
        cmocka_unit_test(what_does_not_fit_is_told),
        cmocka_unit_test(points_meet),
        cmocka_unit_test(a_mark_is_no_digit),
    };
    return cmocka_run_group_tests(tests, open_case, close_case);
}

/* SPDX-License-Identifier: MIT
 *
 * Banner, letterhead, watermark, line numbers and the running section. */
#include "flow_case.h"

/* How many items of a page say `text`; the last of them in *found. */
static int count(struct flow_case *c, size_t page, const char *text,
                 const struct page_item **found)
{
    int n = 0;
    const struct page *p = &c->pages->pages.v[page];
    for (size_t i = 0; i < p->items.n; i++) {
        if (str_is(case_item_text(c, &p->items.v[i]), text)) {
            *found = &p->items.v[i];
            n++;
        }
    }
    return n;
}

static const char THREE_PAGES[] =
    "title: T\nclassification: Secret\nreference: R 7\nbody:\n  - a\n  - page-break:\n"
    "  - heading: First\n  - b\n  - heading: Second\n  - page-break:\n  - c\n"
    "  - page-break:\n  - d\n  - heading: Third\n";

static void a_classified_note_says_so_on_every_page(void **state)
{
    (void)state;
    static const char *const LAYOUTS[] = {"base", "information-note", "memo", "letter",
                                          "briefing"};
    for (size_t i = 0; i < sizeof LAYOUTS / sizeof *LAYOUTS; i++) {
        struct flow_case c;
        case_open(&c);
        case_layout(&c, LAYOUTS[i]);
        case_pages(&c, THREE_PAGES);
        assert_int_equal(c.pages->pages.n, 4);
        for (size_t k = 0; k < c.pages->pages.n; k++) {
            const struct page_item *foot = NULL;
            assert_int_equal(count(&c, k, "Secret", &foot), 2);
            assert_int_equal(foot->artifact, STRUCTURE_FOOTER);
            assert_true(foot->as.text.y < c.pages->pages.v[k].height);
        }
        assert_int_equal(c.sink.list.n, 0);
        case_close(&c);
    }
}

static void the_first_banner_is_read_before_everything(void **state)
{
    (void)state;
    struct flow_case c;
    case_open(&c);
    case_layout(&c, "memo");
    case_pages(&c, THREE_PAGES);
    const struct page_item *first = &c.pages->pages.v[0].items.v[0];
    assert_str(case_item_text(&c, first), "Secret");
    assert_int_equal(first->artifact, STRUCTURE_CONTENT);
    assert_int_equal(first->element, c.tree->banner);
    const struct structure_element *all = c.pages->structure.elements.v;
    assert_int_equal(c.tree->banner, 1); /* before the title's */
    assert_int_equal(all[1].role, STRUCTURE_P);
    for (size_t k = 1; k < c.pages->pages.n; k++) {
        const struct page *p = &c.pages->pages.v[k];
        for (size_t i = 0; i < p->items.n; i++) {
            bool banner = str_is(case_item_text(&c, &p->items.v[i]), "Secret");
            assert_true(!banner || p->items.v[i].artifact != STRUCTURE_CONTENT);
        }
    }
    case_pages(&c, "title: T\nbody: a\n");
    assert_int_equal(c.tree->banner, 0);
    case_close(&c);
}

static void a_banner_gives_way_to_the_edge_or_is_an_error(void **state)
{
    (void)state;
    struct flow_case c;
    case_open(&c);
    case_layout(&c, "base")->banner.top = PT(60);
    case_pages(&c, THREE_PAGES);
    assert_int_equal(c.sink.list.n, 0);
    c.layout->page.top = c.layout->page.first_top = PT(10);
    assert_non_null(flow_run(c.tree, c.engine, &c.arena, &c.sink));
    assert_int_equal(c.sink.per_code[DIAG_BAD_GEOMETRY], 1);
    case_close(&c);
}

static void a_watermark_is_behind_all_and_fits(void **state)
{
    (void)state;
    static const char *const WORDS[] = {"X", "Not for publication before the 1st of May"};
    for (size_t i = 0; i < 2; i++) {
        struct flow_case c;
        case_open(&c);
        struct layout *l = case_layout(&c, "memo");
        l->watermark.text = str_from(WORDS[i]);
        case_pages(&c, THREE_PAGES);
        const struct page *p = &c.pages->pages.v[1];
        const struct page_item *first = &p->items.v[0];
        assert_str(case_item_text(&c, first), WORDS[i]);
        assert_int_equal(first->artifact, STRUCTURE_WATERMARK);
        assert_int_equal(first->as.text.angle, l->watermark.angle);
        assert_true(first->as.text.x > 0 && first->as.text.y < p->height);
        assert_int_equal(p->items.v[1].as.text.angle, 0);
        const struct text_piece *last = &first->as.text.pieces[first->as.text.n - 1];
        assert_true(last->x + last->width < p->width * 4 / 3);
        assert_true(i == 0 || first->as.text.size < PT(60));
        case_close(&c);
    }
}

/* Fifteen lines over two pages. */
static const char LINES[] =
    "title: T\nbody:\n  - a<br>b<br>c<br>d<br>e<br>f<br>g\n  - page-break:\n"
    "  - h<br>i<br>j<br>k<br>l<br>m<br>n<br>o\n";

static void lines_are_counted_by_page_or_by_note(void **state)
{
    (void)state;
    for (int per = 0; per < 2; per++) {
        struct flow_case c;
        case_open(&c);
        struct layout *l = case_layout(&c, "base");
        l->line_numbers.every = 3;
        l->line_numbers.per = per ? LAYOUT_PER_DOCUMENT : LAYOUT_PER_PAGE;
        case_pages(&c, LINES);
        const struct page_item *number = NULL;
        assert_int_equal(count(&c, 0, "6", &number), 1);
        assert_true(number->as.text.x < c.pages->pages.v[0].body.x);
        assert_int_equal(number->artifact, STRUCTURE_PAGINATION);
        const struct page_item *sixth = NULL;
        assert_int_equal(count(&c, 0, "f ", &sixth), 1);
        assert_int_equal(number->as.text.y, sixth->as.text.y);
        assert_int_equal(count(&c, 1, "6", &number), !per);
        assert_int_equal(count(&c, 1, "15", &number), per);
        case_close(&c);
    }
}

static void the_last_column_is_numbered_at_its_right(void **state)
{
    (void)state;
    struct flow_case c;
    case_open(&c);
    case_layout(&c, "briefing")->line_numbers.every = 1;
    case_pages(&c, "title: T\nbody: aa<br>bb<br>cc<br>dd<br>ee<br>ff<br>gg<br>hh\n");
    const struct page_item *first = NULL, *last = NULL;
    assert_int_equal(count(&c, 0, "1", &first), 1);
    assert_int_equal(count(&c, 0, "8", &last), 1);
    struct page_rect body = c.pages->pages.v[0].body;
    assert_true(first->as.text.x < body.x);
    assert_true(last->as.text.x > body.x + body.width);
    case_close(&c);
}

static void right_to_left_all_begins_at_the_right(void **state)
{
    (void)state;
    static const char NOTE[] = "title: \xD7\xA9\nlang: he\nbody: "
                               "\xD7\xA9<br>\xD7\xA9<br>\xD7\xA9<br>\xD7\xA9<br>\xD7\xA9"
                               "<br>\xD7\xA9<br>\xD7\xA9<br>\xD7\xA9\n";
    static const char *const LAYOUTS[] = {"base", "briefing"};
    for (size_t i = 0; i < 2; i++) {
        struct flow_case c;
        case_open(&c);
        case_layout(&c, LAYOUTS[i])->line_numbers.every = 1;
        case_pages(&c, NOTE);
        const struct page_item *first = NULL, *last = NULL;
        assert_int_equal(count(&c, 0, "1", &first), 1);
        assert_int_equal(count(&c, 0, "8", &last), 1);
        struct page_rect body = c.pages->pages.v[0].body;
        assert_true(first->as.text.x > body.x + body.width);
        assert_true(i == 0 || last->as.text.x < body.x); /* the second column's */
        case_close(&c);
    }
}

static void a_letterhead_stands_on_the_first_page_alone(void **state)
{
    (void)state;
    struct flow_case c;
    case_open(&c);
    struct layout *l = case_layout(&c, "letter");
    l->letterhead.text = STR("The Pump House\n\nRiver Row[, {reference}]");
    case_pages(&c, THREE_PAGES);
    const struct page_item *name = NULL, *street = NULL;
    assert_int_equal(count(&c, 0, "The Pump House", &name), 1);
    assert_int_equal(count(&c, 0, "River Row, R 7", &street), 1);
    assert_int_equal(street->as.text.y - name->as.text.y,
                     2 * style_compute(l, style_root(l), STR("letterhead"))->leading);
    assert_int_equal(name->artifact, STRUCTURE_HEADER);
    assert_int_equal(count(&c, 1, "The Pump House", &name), 0);
    l->letterhead.top = PT(150);
    flow_run(c.tree, c.engine, &c.arena, &c.sink);
    assert_int_equal(c.sink.per_code[DIAG_BAD_GEOMETRY], 1);
    case_close(&c);
}

static void the_running_section_is_the_one_of_the_page(void **state)
{
    (void)state;
    struct flow_case c;
    case_open(&c);
    struct layout *l = case_layout(&c, "base");
    for (int i = 0; i < LAYOUT_PAGE_KINDS; i++) {
        l->header[i].center = STR("S[ {section}]");
    }
    case_pages(&c, THREE_PAGES);
    const struct page_item *found = NULL;
    assert_int_equal(count(&c, 0, "S", &found), 1);        /* none has begun */
    assert_int_equal(count(&c, 1, "S First", &found), 1);  /* the first to begin there */
    assert_int_equal(count(&c, 2, "S Second", &found), 1); /* it goes on */
    assert_int_equal(count(&c, 3, "S Third", &found), 1);
    assert_true(found->as.text.y < c.pages->pages.v[3].body.y);
    case_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_classified_note_says_so_on_every_page),
        cmocka_unit_test(the_first_banner_is_read_before_everything),
        cmocka_unit_test(a_banner_gives_way_to_the_edge_or_is_an_error),
        cmocka_unit_test(a_watermark_is_behind_all_and_fits),
        cmocka_unit_test(lines_are_counted_by_page_or_by_note),
        cmocka_unit_test(the_last_column_is_numbered_at_its_right),
        cmocka_unit_test(right_to_left_all_begins_at_the_right),
        cmocka_unit_test(a_letterhead_stands_on_the_first_page_alone),
        cmocka_unit_test(the_running_section_is_the_one_of_the_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT
 *
 * A front that is longer than the first page: it goes on, with its notes. */
#include "flow_shared.h"

static const char *note_of(int facts)
{
    struct buf b;
    buf_init(&b, &shared.arena);
    buf_puts(&b, "title: Title\nfields:\n");
    for (int i = 0; i < facts; i++) {
        buf_format(&b, "  Fact %d: value\n", i);
    }
    buf_puts(&b, "body: Text\ndisclaimer: Views[^n]\nfootnotes: {n: The note}\n");
    buf_char(&b, 0);
    return buf_str(&b).p;
}

static bool is_told(const struct flow_case *c)
{
    for (size_t i = 0; i < c->sink.list.n; i++) {
        if (c->sink.list.v[i].code == DIAG_OVERFULL_PAGE) {
            return true;
        }
    }
    return false;
}

/* How many runs of text say `text`. */
static int count(const struct page_list *pages, const char *text)
{
    int n = 0;
    for (size_t i = 0; i < pages->pages.n; i++) {
        const struct page *p = &pages->pages.v[i];
        for (size_t k = 0; k < p->items.n; k++) {
            const struct page_item *item = &p->items.v[k];
            for (uint32_t m = 0; item->kind == PAGE_TEXT && m < item->as.text.n; m++) {
                const struct text_run *run = item->as.text.pieces[m].run;
                n += run && str_is(run->text, text);
            }
        }
    }
    return n;
}

static void assert_inside(const struct page_list *pages)
{
    for (size_t i = 0; i < pages->pages.n; i++) {
        const struct page *p = &pages->pages.v[i];
        for (size_t k = 0; k < p->items.n; k++) {
            const struct page_item *item = &p->items.v[k];
            if (item->kind == PAGE_TEXT && item->artifact == STRUCTURE_CONTENT) {
                assert_true(item->as.text.y <= p->body.y + p->body.height);
            }
        }
    }
}

static void check(enum layout_disclaimer place, int facts, bool told)
{
    shared.layout->page.columns = 2;
    shared.layout->disclaimer.place = place;
    shared.sink.list.n = 0;
    struct page_list *pages = case_pages(&shared, note_of(facts));
    assert_int_equal(is_told(&shared), told);
    assert_int_equal(count(pages, "value"), facts);
    assert_int_equal(count(pages, "Views"), 1);
    assert_int_equal(count(pages, "note"), 1);
    assert_inside(pages);
}

static void one_that_fits_stands_across(void **state)
{
    (void)state;
    check(LAYOUT_FIRST_FOOT, 5, false);
}

static void one_that_is_too_long_stands_in_the_columns(void **state)
{
    (void)state;
    check(LAYOUT_FIRST_FOOT, 150, true);
    check(LAYOUT_AS_FOOTNOTE, 150, true);
    check(LAYOUT_AFTER_BODY, 150, true);
}

static bool says(const struct page_list *pages, size_t page, const char *word)
{
    for (size_t i = 0; i < pages->pages.v[page].items.n; i++) {
        const struct page_item *item = &pages->pages.v[page].items.v[i];
        size_t at;
        if (item->kind == PAGE_TEXT &&
            str_find(case_item_text(&shared, item), str_from(word), &at)) {
            return true;
        }
    }
    return false;
}

/* The disclaimer's note is higher than the page beside it; the facts fill three. */
static void a_note_at_the_first_foot_begins_there(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b, &shared.arena);
    buf_puts(&b, "title: Title[^t]\nfields:\n");
    for (int i = 0; i < 100; i++) {
        buf_format(&b, "  Fact %d: value\n", i);
    }
    buf_puts(&b, "body: Text\ndisclaimer: Views[^n]\nfootnotes:\n"
                 "  t: of the title\n  n: |\n    Beginning");
    for (int i = 0; i < 60; i++) {
        buf_puts(&b, "\n\n    paragraph");
    }
    buf_char(&b, 0);
    shared.layout->page.columns = 1;
    shared.layout->disclaimer.place = LAYOUT_FIRST_FOOT;
    struct page_list *pages = case_pages(&shared, buf_str(&b).p);
    assert_true(says(pages, 0, "Views"));
    assert_true(says(pages, 0, "Beginning"));
    assert_false(says(pages, 0, "Fact 99"));
}

/* The page that says a word, or the number of pages. */
static size_t page_of(const struct page_list *pages, const char *word)
{
    size_t page = 0;
    while (page < pages->pages.n && !says(pages, page, word)) {
        page++;
    }
    return page;
}

/* However little room a front across the columns leaves, its notes are with their marks;
 * where there is none, it is set in the columns. */
static void notes_of_the_front_begin_with_it(void **state)
{
    (void)state;
    shared.layout->page.columns = 2;
    shared.layout->disclaimer.place = LAYOUT_AFTER_BODY;
    int told = 0;
    for (int facts = 1; facts <= 80; facts++) {
        struct buf b;
        buf_init(&b, &shared.arena);
        buf_puts(&b, "title: Title[^a]\nfields:\n");
        for (int i = 0; i < facts; i++) {
            buf_format(&b, "  Fact %d: value\n", i);
        }
        buf_puts(&b, "  Last: lastfact[^b]\nbody: Text\nfootnotes:\n");
        for (int i = 0; i < 2; i++) {
            buf_format(&b, "  %c: note%c", 'a' + i, 'a' + i);
            for (int k = 0; k < 30; k++) {
                buf_puts(&b, " beside it");
            }
            buf_char(&b, '\n');
        }
        buf_char(&b, 0);
        shared.sink.list.n = 0;
        struct page_list *pages = case_pages(&shared, buf_str(&b).p);
        told += is_told(&shared);
        assert_int_equal(page_of(pages, "notea"), page_of(pages, "Title"));
        assert_int_equal(page_of(pages, "noteb"), page_of(pages, "lastfact"));
        assert_inside(pages);
    }
    assert_true(told > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_that_fits_stands_across),
        cmocka_unit_test(one_that_is_too_long_stands_in_the_columns),
        cmocka_unit_test(a_note_at_the_first_foot_begins_there),
        cmocka_unit_test(notes_of_the_front_begin_with_it),
    };
    return cmocka_run_group_tests(tests, open_case, close_case);
}

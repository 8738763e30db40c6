/* SPDX-License-Identifier: MIT
 *
 * flow/floats.c: what floats stands on top or at the foot, with its notes, below the
 * note's front, and never before its page. */
#include "flow_shared.h"

#include <stdio.h>

#define TABLE(place) \
    "  - table: {columns: [head], rows: [['cell[^n]']], place: " place "}\n"
#define NOTE "footnotes:\n  n: the note\n"

static bool shows(const struct page_item *item, const char *text)
{
    for (uint32_t i = 0; item->kind == PAGE_TEXT && i < item->as.text.n; i++) {
        const struct text_run *run = item->as.text.pieces[i].run;
        if (run && str_is(run->text, text)) {
            return true;
        }
    }
    return false;
}

static const struct page_item *find(const struct page_list *pages, const char *text,
                                    size_t *page)
{
    for (size_t i = 0; i < pages->pages.n; i++) {
        const struct page *p = &pages->pages.v[i];
        for (size_t k = 0; k < p->items.n; k++) {
            if (shows(&p->items.v[k], text)) {
                *page = i;
                return &p->items.v[k];
            }
        }
    }
    fail_msg("there is no `%s`", text);
    return NULL;
}

static len y_of(const struct page_list *pages, const char *text, size_t page)
{
    size_t found;
    const struct page_item *item = find(pages, text, &found);
    assert_int_equal(found, page);
    return item->as.text.y;
}

static void on_top_is_below_the_title(void **state)
{
    (void)state;
    struct page_list *pages = case_pages(&shared,
        "title: Title\nbody:\n  - before\n" TABLE("top") "  - behind\n" NOTE);
    len table = y_of(pages, "head", 0);
    assert_true(y_of(pages, "Title", 0) < table);
    assert_true(table < y_of(pages, "before", 0));
    assert_true(y_of(pages, "before", 0) < y_of(pages, "behind", 0));
}

static void at_the_bottom_is_at_the_foot(void **state)
{
    (void)state;
    struct page_list *pages = case_pages(&shared,
        "title: Title\nbody:\n  - before\n" TABLE("bottom") "  - behind\n" NOTE);
    const struct page *p = &pages->pages.v[0];
    assert_true(y_of(pages, "behind", 0) < p->body.y + p->body.height / 4);
    assert_true(y_of(pages, "head", 0) > p->body.y + p->body.height * 3 / 4);
}

/* A note of a float stands below it, not at the foot of some page before. */
static void notes_come_along(void **state)
{
    (void)state;
    struct page_list *pages = case_pages(&shared,
        "title: Title\nbody:\n  - before\n" TABLE("top") "  - behind\n" NOTE);
    len note = y_of(pages, "note", 0);
    assert_true(y_of(pages, "cell", 0) < note);
    assert_true(note < y_of(pages, "before", 0));
}

/* Between what floats and its notes, as at the foot of a page. */
static void a_rule_is_above_the_notes(void **state)
{
    (void)state;
    struct page_list *pages = case_pages(&shared,
        "title: Title\nbody:\n  - before\n" TABLE("top") "  - behind\n" NOTE);
    len cell = y_of(pages, "cell", 0), note = y_of(pages, "note", 0);
    const struct page *p = &pages->pages.v[0];
    size_t rules = 0;
    for (size_t i = 0; i < p->items.n; i++) {
        const struct page_item *item = &p->items.v[i];
        rules += item->kind == PAGE_RULE && item->as.rule.rect.y > cell &&
                 item->as.rule.rect.y < note &&
                 item->as.rule.rect.width == shared.layout->notes.rule_width;
    }
    assert_int_equal(rules, 1);
}

static void here_does_not_float(void **state)
{
    (void)state;
    struct page_list *pages = case_pages(&shared,
        "title: Title\nbody:\n  - before\n" TABLE("here") "  - behind\n" NOTE);
    len table = y_of(pages, "head", 0);
    assert_true(y_of(pages, "before", 0) < table);
    assert_true(table < y_of(pages, "behind", 0));
}

/* Out of lists, boxes and columns, as wide as the page. */
static void it_floats_out_of_blocks(void **state)
{
    (void)state;
    static const char *const AROUND[] = {
        "  - quote:\n", "  - callout:\n", "  - columns:\n",
    };
    for (size_t i = 0; i < sizeof AROUND / sizeof *AROUND; i++) {
        char text[400];
        snprintf(text, sizeof text, "title: Title\nbody:\n%s"
                 "    - before\n    - table: {columns: [head], rows: [[cell]], "
                 "place: top}\n    - behind\n", AROUND[i]);
        struct page_list *pages = case_pages(&shared, text);
        assert_true(y_of(pages, "head", 0) < y_of(pages, "before", 0));
    }
}

/* In a footnote there is no page to float on. */
static void in_notes_it_stays(void **state)
{
    (void)state;
    struct page_list *pages = case_pages(&shared,
        "title: Title\nbody:\n  - text[^n]\nfootnotes:\n  n:\n    - first\n"
        "    - table: {columns: [head], rows: [[cell]], place: top}\n    - last\n");
    assert_true(y_of(pages, "first", 0) < y_of(pages, "head", 0));
    assert_true(y_of(pages, "head", 0) < y_of(pages, "last", 0));
}

/* Alone in the note, and in a block whose place a link wants to know. */
static void alone_it_is_the_place_of_what_is_around(void **state)
{
    (void)state;
    case_pages(&shared,
        "title: Title\nbody:\n  - quote:\n"
        "      - table: {columns: [head], rows: [[cell]], place: bottom}\n"
        "    id: there\n"
        "  - \"[see](#there)\"\n");
    for (size_t i = 0; i < shared.pages->anchors.n; i++) {
        assert_true(shared.pages->anchors.v[i].placed);
    }
}

static void what_is_higher_than_a_page_stays(void **state)
{
    (void)state;
    struct buf text;
    buf_init(&text, &shared.arena);
    buf_puts(&text, "title: Title\nbody:\n  - before\n  - table:\n      columns: [a]\n"
                    "      place: top\n      rows:\n");
    for (int i = 0; i < 120; i++) {
        buf_puts(&text, i == 60 ? "        - ['cell[^n]']\n" : "        - [cell]\n");
    }
    buf_puts(&text, NOTE);
    buf_char(&text, '\0');
    size_t before = shared.sink.per_code[DIAG_NOT_KEPT];
    struct page_list *pages = case_pages(&shared, text.p);
    assert_int_equal(shared.sink.per_code[DIAG_NOT_KEPT], before + 1);
    assert_true(pages->pages.n > 2);
    size_t page;
    find(pages, "note", &page);
    assert_true(page > 0 && page + 1 < pages->pages.n);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(on_top_is_below_the_title),
        cmocka_unit_test(at_the_bottom_is_at_the_foot),
        cmocka_unit_test(notes_come_along),
        cmocka_unit_test(a_rule_is_above_the_notes),
        cmocka_unit_test(here_does_not_float),
        cmocka_unit_test(it_floats_out_of_blocks),
        cmocka_unit_test(in_notes_it_stays),
        cmocka_unit_test(alone_it_is_the_place_of_what_is_around),
        cmocka_unit_test(what_is_higher_than_a_page_stays),
    };
    return cmocka_run_group_tests(tests, open_case, close_case);
}

/* SPDX-License-Identifier: MIT
 *
 * Contents: entries, their order in the structure, and where dots and numbers stand. */
#include "flow_case.h"

static const char NOTE[] =
    "title: T\nbody:\n  - toc: {depth: 2}\nsections:\n"
    "  - heading: One\n    body:\n    - page-break:\n"
    "    sections: [{heading: 'Inner *part*[^n]'}, {heading: Second}]\n"
    "  - {heading: Two, sections: [{heading: Last, sections: [{heading: Deep}]}]}\n"
    "footnotes: {n: Note.}\n";

static void open_contents(struct flow_case *c, const char *layout)
{
    case_open(c);
    case_layout(c, layout);
    case_pages(c, NOTE);
}

static const struct box *toc_of(const struct flow_case *c)
{
    const struct box *title = c->tree->body->first;
    assert_str(title->style->name, "toc-title");
    return title->next;
}

static void entries_are_headings_without_their_marks(void **state)
{
    (void)state;
    struct flow_case c;
    open_contents(&c, "information-note");
    const struct box *toc = toc_of(&c), *inner = toc->first->next;
    assert_int_equal(case_role(&c, toc->element), STRUCTURE_TOC);
    assert_str(case_text(&c, &toc->first->spans), "One");
    assert_str(case_text(&c, &inner->marker), "1.1\xC2\xA0");
    assert_str(case_text(&c, &inner->spans), "Inner part");
    assert_int_equal(c.tree->notes.n, 1);
    const struct box *last = toc->last;
    assert_str(case_text(&c, &last->spans), "Last");
    assert_true(toc->first->introduces && !inner->introduces);
    case_close(&c);
}

static void levels_are_contents_inside_contents(void **state)
{
    (void)state;
    struct flow_case c;
    open_contents(&c, "information-note");
    const struct box *toc = toc_of(&c), *one = toc->first, *inner = one->next;
    uint32_t reference = case_parent(&c, inner->element);
    uint32_t item = case_parent(&c, reference), level = case_parent(&c, item);
    assert_int_equal(case_role(&c, inner->element), STRUCTURE_LINK);
    assert_int_equal(case_role(&c, reference), STRUCTURE_REFERENCE);
    assert_int_equal(case_role(&c, item), STRUCTURE_TOCI);
    assert_int_equal(case_role(&c, level), STRUCTURE_TOC);
    assert_int_equal(case_parent(&c, level), toc->element);
    uint32_t second = case_parent(&c, case_parent(&c, inner->next->element));
    assert_int_equal(case_parent(&c, second), level);
    uint32_t two = case_parent(&c, case_parent(&c, inner->next->next->element));
    assert_int_equal(case_parent(&c, two), toc->element);
    case_close(&c);
}

static const struct page_item *next_text(const struct page *p, size_t *i)
{
    while (*i < p->items.n && p->items.v[*i].kind != PAGE_TEXT) {
        (*i)++;
    }
    return *i < p->items.n ? &p->items.v[(*i)++] : NULL;
}

static len right_of(const struct page_item *item)
{
    const struct text_piece *last = &item->as.text.pieces[item->as.text.n - 1];
    return item->as.text.x + last->x + last->width;
}

/* Every leader is followed by its number, which ends where its column does. */
static int check_tails(const struct page *p, len edge)
{
    int tails = 0;
    len dots_end = 0;
    size_t i = 0;
    for (const struct page_item *item; (item = next_text(p, &i)) != NULL;) {
        if (item->artifact != STRUCTURE_DECORATION) {
            continue;
        }
        len end = right_of(item);
        assert_true(dots_end == 0 || dots_end == end);
        dots_end = end;
        const struct page_item *number = next_text(p, &i);
        assert_non_null(number);
        assert_int_equal(number->as.text.y, item->as.text.y);
        assert_int_equal(right_of(number), edge);
        assert_true(number->as.text.x > end);
        tails++;
    }
    return tails;
}

static void dots_and_numbers_end_on_one_edge(void **state)
{
    (void)state;
    struct flow_case c;
    open_contents(&c, "information-note");
    struct page_rect body = c.pages->pages.v[0].body;
    assert_int_equal(check_tails(&c.pages->pages.v[0], body.x + body.width), 5);
    case_close(&c);
    open_contents(&c, "briefing");
    body = c.pages->pages.v[0].body;
    len column = (body.width - c.layout->page.gutter) / 2;
    assert_int_equal(check_tails(&c.pages->pages.v[0], body.x + column), 5);
    case_close(&c);
}

static void a_note_without_headings_has_no_contents(void **state)
{
    (void)state;
    struct flow_case c;
    case_open(&c);
    case_layout(&c, "memo");
    case_pages(&c, "title: T\nbody:\n  - toc:\n  - text\n");
    assert_int_equal(c.sink.per_code[DIAG_EMPTY_VALUE], 1);
    assert_null(c.tree->body->first->next);
    case_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(entries_are_headings_without_their_marks),
        cmocka_unit_test(levels_are_contents_inside_contents),
        cmocka_unit_test(dots_and_numbers_end_on_one_edge),
        cmocka_unit_test(a_note_without_headings_has_no_contents),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

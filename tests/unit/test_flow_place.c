/* SPDX-License-Identifier: MIT
 *
 * Notes to pages: where things stand, judged from the page list. */
#include "flow_case.h"

/* `n` paragraphs of about five lines, numbered W1, W2, …, and what is around them. */
static const char *long_note(struct flow_case *c, const char *before, int n,
                             const char *after)
{
    struct buf b;
    buf_init(&b, &c->arena);
    buf_puts(&b, before);
    buf_puts(&b, "body: |\n");
    for (int i = 1; i <= n; i++) {
        buf_format(&b, "  W%d", i);
        for (int k = 0; k < 70; k++) {
            buf_puts(&b, k % 3 ? " words" : " of a note");
        }
        buf_puts(&b, ".\n\n");
    }
    buf_puts(&b, after);
    buf_char(&b, '\0');
    return b.p;
}

static void markers_hang_and_text_aligns(void **state)
{
    (void)state;
    struct flow_case c;
    size_t page;
    case_open(&c);
    case_layout(&c, "information-note");
    case_pages(&c, "title: T\nbody: |\n  - first\n  - second\n");
    const struct page_item *bullet = case_find(&c, "•", &page);
    const struct page_item *text = case_find(&c, "first", &page);
    assert_int_equal(bullet->as.text.y, text->as.text.y);
    len end = bullet->as.text.x + bullet->as.text.pieces[0].width;
    assert_true(end < text->as.text.x);
    assert_int_equal(text->as.text.x, case_find(&c, "second", &page)->as.text.x);
    case_close(&c);
}

/* Right to left, the marker stands on the right of its text, at the right margin; also
 * where the note itself reads from left to right. */
static void markers_are_mirrored_right_to_left(void **state)
{
    (void)state;
    static const struct { const char *yaml, *marker; } NOTES[] = {
        {"title: T\nlang: ar\nbody: |\n  - سلام\n", "•"},
        {"title: T\nlang: en\nsections: [{heading: سلام, lang: ar, body: عرب}]\n", "1."},
    };
    for (size_t i = 0; i < 2; i++) {
        struct flow_case c;
        size_t page;
        case_open(&c);
        struct layout *l = case_layout(&c, "information-note");
        case_pages(&c, NOTES[i].yaml);
        const struct page_item *marker = case_find(&c, NOTES[i].marker, &page);
        const struct page_item *text = case_find(&c, "سلام", &page);
        const struct text_piece *p = text->as.text.pieces;
        assert_true(marker->as.text.x > text->as.text.x + p->x + p->width);
        assert_true(marker->as.text.x > l->page.width / 2);
        case_close(&c);
    }
}

static void notes_stand_at_the_foot_of_the_page_of_their_mark(void **state)
{
    (void)state;
    struct flow_case c;
    size_t page;
    case_open(&c);
    case_layout(&c, "information-note");
    case_pages(&c, long_note(&c, "title: T\n", 12,
                             "  Marked[^n] here.\n\n  End.\nfootnotes: {n: Noted.}\n"));
    case_find(&c, "Marked", &page);
    size_t note_page;
    const struct page_item *note = case_find(&c, "Noted", &note_page);
    assert_true(page > 0);
    assert_int_equal(note_page, page);
    const struct page *p = &c.pages->pages.v[page];
    assert_true(note->as.text.y > p->body.y + p->body.height - PT(12));
    case_close(&c);
}

static void notes_of_the_first_page_are_on_it(void **state)
{
    (void)state;
    for (int columns = 1; columns <= 2; columns++) {
        struct flow_case c;
        size_t page;
        case_open(&c);
        struct layout *l = case_layout(&c, "memo");
        l->page.columns = columns;
        l->disclaimer.place = LAYOUT_FIRST_FOOT;
        case_pages(&c, long_note(&c,
            "title: T[^t]\nfields: {'Label[^l]': 'value[^v]'}\n", 12,
            "disclaimer: Nothing binds[^d].\nfootnotes: {t: Title's., l: Label's., "
            "v: Value's., d: Disclaimer's., last: Last.}\n"));
        static const char *const NOTES[] = {"Title’", "Label’", "Value’", "Disclaimer’"};
        len y = 0;
        for (size_t i = 0; i < sizeof NOTES / sizeof *NOTES; i++) {
            const struct page_item *note = case_find(&c, NOTES[i], &page);
            assert_int_equal(page, 0);
            assert_true(note->as.text.y > y); /* in the order of their marks */
            y = note->as.text.y;
        }
        case_close(&c);
    }
}

static void the_disclaimer_stands_where_the_layout_says(void **state)
{
    (void)state;
    const struct { enum layout_disclaimer place; bool first, foot; } CASES[] = {
        {LAYOUT_AFTER_BODY, false, false}, {LAYOUT_FIRST_FOOT, true, true},
        {LAYOUT_LAST_FOOT, false, true}, {LAYOUT_AS_FOOTNOTE, true, true},
    };
    for (size_t i = 0; i < 4; i++) {
        struct flow_case c;
        size_t page;
        case_open(&c);
        struct layout *l = case_layout(&c, "information-note");
        l->disclaimer.place = CASES[i].place;
        l->disclaimer.heading = false;
        case_pages(&c, long_note(&c, "title: T\n", 12, "disclaimer: Nothing binds.\n"));
        const struct page_item *item = case_find(&c, "Nothing", &page);
        size_t last = c.pages->pages.n - 1;
        assert_true(last > 0);
        assert_int_equal(page, CASES[i].first ? 0 : last);
        const struct page *p = &c.pages->pages.v[page];
        bool foot = item->as.text.y > p->body.y + p->body.height - PT(12);
        assert_int_equal(foot, CASES[i].foot);
        case_close(&c);
    }
}

static void columns_are_balanced_on_the_last_page(void **state)
{
    (void)state;
    struct flow_case c;
    size_t page;
    case_open(&c);
    struct layout *l = case_layout(&c, "briefing");
    assert_int_equal(l->page.columns, 2);
    case_pages(&c, long_note(&c, "title: T\n", 4, ""));
    assert_int_equal(c.pages->pages.n, 1);
    const struct page_item *left = case_find(&c, "W1", &page);
    const struct page_item *right = case_find(&c, "W3", &page);
    assert_true(right->as.text.x > left->as.text.x);
    assert_true(right->as.text.y < left->as.text.y + PT(60));
    case_close(&c);
}

static void a_page_break_begins_a_page_in_columns_too(void **state)
{
    (void)state;
    static const char *const LAYOUTS[] = {"information-note", "briefing"};
    for (size_t i = 0; i < 2; i++) {
        struct flow_case c;
        size_t page;
        case_open(&c);
        case_layout(&c, LAYOUTS[i]);
        case_pages(&c, "title: T\nbody: [before, {page-break: }, after]\n");
        case_find(&c, "before", &page);
        assert_int_equal(page, 0);
        case_find(&c, "after", &page);
        assert_int_equal(page, 1);
        case_close(&c);
    }
}

static void pages_are_counted_in_the_footer(void **state)
{
    (void)state;
    struct flow_case c;
    size_t page;
    case_open(&c);
    case_layout(&c, "information-note");
    case_pages(&c, long_note(&c, "title: T\nlang: fr\n", 12, ""));
    const struct page_item *footer = case_find(&c, "Page 2 sur 2", &page);
    assert_int_equal(page, 1);
    assert_int_equal(footer->artifact, STRUCTURE_FOOTER);
    case_close(&c);
}

static void headings_are_in_the_outline_and_links_find_them(void **state)
{
    (void)state;
    struct flow_case c;
    case_open(&c);
    case_layout(&c, "information-note");
    case_pages(&c, "title: T\nsections:\n"
                   "  - {heading: One, id: one, body: 'see [two](#two)'}\n"
                   "  - {heading: Two, id: two, body: '<https://example.org/>'}\n");
    assert_int_equal(c.pages->outline.n, 2);
    assert_str(c.pages->outline.v[1].title, "2. Two");
    assert_int_equal(c.pages->links.n, 2);
    const struct page_link *internal = &c.pages->links.v[0];
    const struct page_anchor *two = &c.pages->anchors.v[internal->anchor - 1];
    assert_true(two->placed);
    assert_true(two->y > PT(100) && two->y < c.pages->outline.v[1].y + PT(1));
    assert_str(c.pages->links.v[1].uri, "https://example.org/");
    case_close(&c);
}

/* A link over two lines has two areas. */
static void a_link_has_an_area_on_each_of_its_lines(void **state)
{
    (void)state;
    struct flow_case c;
    case_open(&c);
    case_layout(&c, "information-note");
    case_pages(&c, "title: T\nbody: |\n"
                   "  [a link of very many words that is certainly too long for one line "
                   "of this layout, and for a good half of another](https://a.org)\n");
    int areas = 0;
    const struct page *p = &c.pages->pages.v[0];
    for (size_t i = 0; i < p->items.n; i++) {
        areas += p->items.v[i].kind == PAGE_LINK;
    }
    assert_int_equal(areas, 2);
    case_close(&c);
}

/* In a paragraph from right to left, the space at a line's end stands apart from the link
 * or the struck words that it belongs to. */
static void a_space_at_a_lines_end_has_no_area(void **state)
{
    (void)state;
    struct flow_case c;
    case_open(&c);
    case_layout(&c, "information-note");
    struct buf b;
    buf_init(&b, &c.arena);
    buf_puts(&b, "lang: he\ntitle: T\nbody: |\n  \xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D [");
    for (int i = 0; i < 40; i++) {
        buf_puts(&b, "linked words ");
    }
    buf_puts(&b, "end](https://example.org/) ~~");
    for (int i = 0; i < 40; i++) {
        buf_puts(&b, "struck words ");
    }
    buf_puts(&b, "end~~\n");
    buf_char(&b, '\0');
    case_pages(&c, b.p); /* the check of the pages is what could fail */
    case_close(&c);
}

static void underline_and_strike_are_rules(void **state)
{
    (void)state;
    struct flow_case c;
    case_open(&c);
    case_layout(&c, "memo");
    case_pages(&c, "title: T\nbody: 'a ~~struck~~ word'\n");
    size_t page;
    const struct page_item *word = case_find(&c, "struck", &page);
    const struct page *p = &c.pages->pages.v[page];
    bool found = false;
    for (size_t i = 0; i < p->items.n; i++) {
        const struct page_rect *r = &p->items.v[i].as.rule.rect;
        found = found || (p->items.v[i].kind == PAGE_RULE && r->y < word->as.text.y &&
                          r->y > word->as.text.y - PT(6) && r->width > PT(20));
    }
    assert_true(found);
    case_close(&c);
}

static void an_empty_body_is_one_page(void **state)
{
    (void)state;
    struct flow_case c;
    case_open(&c);
    case_layout(&c, "information-note");
    case_pages(&c, "title: T\n");
    assert_int_equal(c.pages->pages.n, 1);
    case_close(&c);
}

static void a_header_too_long_gives_way_to_the_others(void **state)
{
    (void)state;
    struct flow_case c;
    case_open(&c);
    case_layout(&c, "memo")->header[LAYOUT_LEFT].right = STR("{classification}");
    case_pages(&c, "title: Words that are far too many to stand beside anything else in "
                   "a header, however wide the page may be\n"
                   "classification: Confidential\n"
                   "body:\n  - a\n  - page-break:\n  - b\n");
    const struct page *p = &c.pages->pages.v[1];
    len right = 0;
    str cut = STR_NONE;
    for (size_t i = 0; i < p->items.n; i++) {
        const struct page_item *item = &p->items.v[i];
        str text = item->kind == PAGE_TEXT ? case_item_text(&c, item) : STR_NONE;
        if (str_starts(text, STR("Words that"))) {
            const struct text_piece *last = &item->as.text.pieces[item->as.text.n - 1];
            right = item->as.text.x + last->x + last->width;
            cut = text;
        }
    }
    assert_true(str_ends(cut, STR("…")));
    assert_true(cut.n > 40);
    for (size_t i = 0; i < p->items.n; i++) {
        const struct page_item *item = &p->items.v[i];
        if (item->kind == PAGE_TEXT && item->as.text.size < PT(10) &&
            str_is(case_item_text(&c, item), "Confidential")) {
            assert_true(item->as.text.x > right);
            right = 0;
        }
    }
    assert_int_equal(right, 0); /* it was there */
    case_close(&c);
}

static void a_margin_too_narrow_for_its_header_or_footer_is_an_error(void **state)
{
    (void)state;
    static const char *const WORDS[] = {"footer", "header"};
    for (int header = 0; header < 2; header++) {
        struct flow_case c;
        case_open(&c);
        struct layout *l = case_layout(&c, "information-note");
        l->page.top = header ? PT(8) : l->page.top;
        l->page.first_top = l->page.top;
        l->page.bottom = header ? l->page.bottom : PT(8);
        case_tree(&c, "title: T\nbody:\n  - a\n  - page-break:\n  - b\n");
        flow_run(c.tree, c.engine, &c.arena, &c.sink);
        assert_int_equal(c.sink.per_code[DIAG_BAD_GEOMETRY], 1); /* not once a page */
        const struct diag *d = &c.sink.list.v[c.sink.list.n - 1];
        assert_int_equal(d->code, DIAG_BAD_GEOMETRY);
        size_t at;
        assert_true(str_find(d->message, str_from(WORDS[header]), &at));
        case_close(&c);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(markers_hang_and_text_aligns),
        cmocka_unit_test(markers_are_mirrored_right_to_left),
        cmocka_unit_test(notes_stand_at_the_foot_of_the_page_of_their_mark),
        cmocka_unit_test(notes_of_the_first_page_are_on_it),
        cmocka_unit_test(the_disclaimer_stands_where_the_layout_says),
        cmocka_unit_test(columns_are_balanced_on_the_last_page),
        cmocka_unit_test(a_page_break_begins_a_page_in_columns_too),
        cmocka_unit_test(pages_are_counted_in_the_footer),
        cmocka_unit_test(headings_are_in_the_outline_and_links_find_them),
        cmocka_unit_test(a_link_has_an_area_on_each_of_its_lines),
        cmocka_unit_test(a_space_at_a_lines_end_has_no_area),
        cmocka_unit_test(underline_and_strike_are_rules),
        cmocka_unit_test(an_empty_body_is_one_page),
        cmocka_unit_test(a_header_too_long_gives_way_to_the_others),
        cmocka_unit_test(a_margin_too_narrow_for_its_header_or_footer_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

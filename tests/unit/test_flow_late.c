/* SPDX-License-Identifier: MIT
 *
 * Page numbers in the text: right, whatever they do to the pages. */
#include "flow_case.h"

/* Everything that stands on a page, item after item. */
static str page_text(struct flow_case *c, size_t page)
{
    struct buf b;
    buf_init(&b, &c->arena);
    const struct page *p = &c->pages->pages.v[page];
    for (size_t i = 0; i < p->items.n; i++) {
        for (uint32_t k = 0; p->items.v[i].kind == PAGE_TEXT &&
                             k < p->items.v[i].as.text.n; k++) {
            const struct text_piece *piece = &p->items.v[i].as.text.pieces[k];
            buf_put(&b, piece->flags & TEXT_PIECE_SPACE ? STR(" ") : piece->run->text);
        }
    }
    return buf_str(&b);
}

static bool shows(struct flow_case *c, size_t page, const char *text)
{
    size_t at;
    return str_find(page_text(c, page), str_from(text), &at);
}

static void page_breaks(struct buf *b, int n)
{
    for (int i = 0; i < n; i++) {
        buf_puts(b, "  - page-break:\n  - x\n");
    }
}

static void a_page_is_named_by_its_number(void **state)
{
    (void)state;
    struct flow_case c;
    case_open(&c);
    case_layout(&c, "information-note");
    struct buf b;
    buf_init(&b, &c.arena);
    buf_puts(&b, "title: T\nbody:\n  - first [](#last \"page\"), see[^n]\n");
    page_breaks(&b, 11);
    buf_puts(&b, "  - paragraph: last\n    id: last\n"
                 "footnotes: {n: 'in a note [](#last).'}\n");
    buf_char(&b, '\0');
    case_pages(&c, b.p);
    assert_int_equal(c.pages->pages.n, 12);
    assert_true(shows(&c, 0, "first page 12,"));
    assert_true(shows(&c, 0, "in a note page 12."));
    assert_int_equal(c.sink.list.n, 0);
    case_close(&c);
}

static void a_run_that_does_not_count_reports_nothing(void **state)
{
    (void)state;
    struct flow_case c;
    case_open(&c);
    case_layout(&c, "information-note");
    struct buf b;
    buf_init(&b, &c.arena);
    buf_puts(&b, "title: T\nbody:\n  - paragraph: see [](#here \"page\") w");
    for (int i = 0; i < 60; i++) { /* no line may end there */
        buf_puts(&b, "\xC2\xA0w");
    }
    buf_puts(&b, "\n    id: here\n");
    buf_char(&b, '\0');
    case_pages(&c, b.p);
    assert_int_equal(c.sink.list.n, 1);
    assert_int_equal(c.sink.list.v[0].code, DIAG_OVERFULL_LINE);
    assert_int_equal(c.sink.counts[DIAG_WARNING], 1);
    assert_int_equal(c.sink.per_code[DIAG_OVERFULL_LINE], 1);
    case_close(&c);
}

/* On page 9 `filler` lines, then a paragraph that names its own page, whose third line
 * has `pad` letters before the number: with the right pad it is three lines long with a
 * number of one figure, which cannot be divided, and four with one of two, which can. */
static const char *note_about_itself(struct flow_case *c, int filler, int pad)
{
    struct buf b;
    buf_init(&b, &c->arena);
    buf_puts(&b, "title: T\nbody:\n  - x\n");
    page_breaks(&b, 7);
    buf_puts(&b, "  - page-break:\n  - y");
    for (int i = 0; i < filler; i++) {
        buf_puts(&b, "<br>y");
    }
    buf_puts(&b, "\n  - paragraph: aaaa<br>bbbb<br>ccc ");
    buf_repeat(&b, 'i', (size_t)pad);
    buf_puts(&b, " [](#here \"page\")\n    id: here\n  - z<br>z<br>z<br>z<br>z\n");
    buf_char(&b, '\0');
    return b.p;
}

static const struct page_anchor *anchor(const struct flow_case *c, const char *id)
{
    for (size_t i = 0; i < c->pages->anchors.n; i++) {
        if (str_is(c->pages->anchors.v[i].id, id)) {
            return &c->pages->anchors.v[i];
        }
    }
    fail_msg("no anchor %s", id);
    return NULL;
}

/* True if room for a wider number was needed. */
static bool is_settled(int filler, int pad)
{
    struct flow_case c;
    case_open(&c);
    case_layout(&c, "base");
    case_pages(&c, note_about_itself(&c, filler, pad));
    uint32_t page = anchor(&c, "here")->page;
    assert_true(page == 8 || page == 9);
    size_t last = c.pages->pages.n - 1;
    bool padded = shows(&c, last, "page \xE2\x80\x87" "9") ||
                  shows(&c, page, "page \xE2\x80\x87" "9");
    const char *wanted = page == 9 ? "page 10"
                         : padded  ? "page \xE2\x80\x87" "9" : "page 9";
    assert_true(shows(&c, last, wanted) || shows(&c, page, wanted));
    assert_int_equal(c.sink.list.n, 0);
    case_close(&c);
    return padded;
}

static void numbers_are_right_even_where_they_move_their_page(void **state)
{
    (void)state;
    int padded = 0;
    for (int filler = 43; filler <= 46; filler++) {
        for (int pad = 110; pad < 140; pad++) {
            padded += is_settled(filler, pad);
        }
    }
    assert_true(padded > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_page_is_named_by_its_number),
        cmocka_unit_test(a_run_that_does_not_count_reports_nothing),
        cmocka_unit_test(numbers_are_right_even_where_they_move_their_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT
 *
 * tree/code.c and flow/code.c: numbers, tabs, lines that go on. */
#include "assertions.h"

#include "flow_shared.h"

static void test_tree(void **state)
{
    (void)state;
    struct tree *t = case_tree(&shared,
        "title: T\nbody:\n  - code: \"a\\n\\n\\tb\\tc\"\n    numbers: true\n    tab: 4\n"
        "  - code: |\n      one\n");
    const struct box *frame = t->body->first, *p = frame->first;
    assert_int_equal(frame->kind, BOX_STACK);
    assert_true(style_is_framed(frame->style));
    assert_int_equal(p->spans.n, 3);
    assert_str(p->spans.v[0].text, "a\xE2\x80\xA8");
    assert_str(p->spans.v[1].text, "\xE2\x80\xA8");
    assert_str(p->spans.v[2].text, "    b   c");
    assert_int_equal(p->code->numbers.n, 3);
    assert_str(p->code->numbers.v[2].text, "3");
    assert_true(p->indent > p->code->number_gap);
    /* Each line is read by itself. */
    uint32_t first = p->spans.v[0].element, last = p->spans.v[2].element;
    assert_int_not_equal(first, last);
    assert_int_equal(case_role(&shared, first), STRUCTURE_CODE);
    assert_int_equal(case_role(&shared, case_parent(&shared, last)), STRUCTURE_P);
    assert_int_equal(case_parent(&shared, case_parent(&shared, last)), frame->element);
    const struct box *plain = frame->next;
    assert_int_equal(plain->kind, BOX_PARAGRAPH);
    assert_int_equal(plain->code->numbers.n, 0);
    assert_str(plain->code->sign.v[0].text, "\xE2\x86\xAA");
}

struct seen {
    size_t lines, numbers, signs; /* text items by what they are */
    len text, sign, goes_on;      /* left edges */
};

/* What stands on the first page below the title. */
static struct seen look(const struct page_list *l)
{
    struct seen seen = {0};
    const struct page *p = &l->pages.v[0];
    for (size_t i = 0; i < p->items.n; i++) {
        const struct page_item *item = &p->items.v[i];
        if (item->kind != PAGE_TEXT || item->artifact == STRUCTURE_FOOTER) {
            continue;
        }
        bool code = item->artifact == STRUCTURE_CONTENT &&
                    case_role(&shared, item->element) == STRUCTURE_CODE;
        str text = item->as.text.pieces[0].run->text;
        if (code && seen.signs && !seen.goes_on) {
            seen.goes_on = item->as.text.x;
        } else if (code && !seen.text) {
            seen.text = item->as.text.x;
        }
        bool apart = item->artifact != STRUCTURE_CONTENT;
        bool sign = apart && str_is(text, "\xE2\x86\xAA");
        seen.sign = sign && !seen.sign ? item->as.text.x : seen.sign;
        seen.lines += code;
        assert_true(!apart || (item->artifact == STRUCTURE_DECORATION) == sign);
        seen.signs += sign;
        seen.numbers += apart && !sign;
    }
    return seen;
}

static void test_long_lines(void **state)
{
    (void)state;
    struct seen seen = look(case_pages(&shared,
        "title: T\nbody:\n  - code: |\n"
        "      short\n"
        "      a line that is longer than the measure of the page, by far, so that it "
        "must go on below, and once more, and then again, until all its words are set\n"
        "      short\n"
        "    numbers: true\n"));
    assert_int_equal(seen.numbers, 3);
    assert_true(seen.signs >= 1);
    assert_int_equal(seen.lines, 3 + seen.signs);
    assert_int_equal(seen.sign, seen.text);
    assert_int_equal(seen.goes_on, seen.text + shared.layout->code.indent);
}

/* A word without a place to end is cut; every line that fits stays one line. */
static void test_one_long_word(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b, &shared.arena);
    buf_puts(&b, "title: T\nbody:\n  - code: |\n      first\n      ");
    buf_repeat(&b, 'x', 200);
    buf_puts(&b, "\n      a b c\n");
    buf_char(&b, '\0');
    struct seen seen = look(case_pages(&shared, b.p));
    assert_int_equal(shared.sink.per_code[DIAG_OVERFULL_LINE], 0);
    assert_int_equal(seen.signs, 2);
    assert_int_equal(seen.lines, 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tree),
        cmocka_unit_test(test_long_lines),
        cmocka_unit_test(test_one_long_word),
    };
    return cmocka_run_group_tests(tests, open_case, close_case);
}

/* SPDX-License-Identifier: MIT
 *
 * note/signatures.c, tree/signature.c, flow/beside.c: lines to sign on, side by side. */
#include "assertions.h"

#include "flow_shared.h"

/* The lines to sign on of a page. */
static size_t lines_of(const struct page *p, struct page_rect *out, size_t room)
{
    size_t n = 0;
    for (size_t i = 0; i < p->items.n && n < room; i++) {
        if (p->items.v[i].kind == PAGE_RULE && p->items.v[i].as.rule.rect.y > p->body.y) {
            out[n++] = p->items.v[i].as.rule.rect;
        }
    }
    return n;
}

static void test_tree(void **state)
{
    (void)state;
    struct tree *t = case_tree(&shared,
        "title: T\nlang: de\nbody:\n  - signature:\n"
        "      - {name: A *B*, title: C, date: 2026-01-02}\n"
        "      - {date: ''}\n      - D\n");
    const struct box *block = t->body->first, *one = block->first;
    assert_int_equal(block->kind, BOX_BESIDE);
    assert_true(block->style->keep_together);
    assert_int_equal(one->first->kind, BOX_RULE);
    assert_str(case_text(&shared, &one->first->next->spans), "A B");
    assert_str(case_text(&shared, &one->last->spans), "Datum: 2026-01-02");
    assert_int_equal(case_role(&shared, one->element), STRUCTURE_DIV);
    assert_int_equal(case_parent(&shared, one->last->element), one->element);
    const struct box *two = one->next;
    assert_int_equal(two->last->first->kind, BOX_RULE); /* a line for the date */
    assert_str(case_text(&shared, &two->last->last->spans), "Datum");
    assert_str(case_text(&shared, &two->next->last->spans), "D");
}

static void test_rows(void **state)
{
    (void)state;
    const struct page_list *l =
        case_pages(&shared, "title: T\nbody:\n  - signature: [A, B, C, D, E]\n");
    struct page_rect r[8];
    const struct page *p = &l->pages.v[0];
    assert_int_equal(lines_of(p, r, 8), 5);
    len gap = shared.layout->signatures.gap;
    assert_int_equal(r[0].y, r[1].y);
    assert_int_equal(r[0].x, p->body.x);
    assert_int_equal(r[1].x, r[0].x + r[0].width + gap);
    assert_true(r[0].width >= shared.layout->signatures.width);
    assert_in_range(r[1].x + r[1].width, p->body.x + p->body.width - 2,
                    p->body.x + p->body.width);
    assert_true(r[2].y > r[0].y);
    assert_int_equal(r[4].x, r[0].x); /* the last row is not spread */
    assert_int_equal(r[4].width, r[0].width);
}

static void test_alone(void **state)
{
    (void)state;
    const struct page_list *l =
        case_pages(&shared, "title: T\nbody:\n  - signature: [A]\n");
    struct page_rect r[2];
    assert_int_equal(lines_of(&l->pages.v[0], r, 2), 1);
    assert_true(r[0].width < l->pages.v[0].body.width * 2 / 3);
}

static void test_right_to_left(void **state)
{
    (void)state;
    const struct page_list *l = case_pages(&shared,
        "title: T\nlang: ar\nbody:\n  - signature: [مرحبا, مرحبا]\n");
    struct page_rect r[4];
    const struct page *p = &l->pages.v[0];
    assert_int_equal(lines_of(p, r, 4), 2);
    assert_true(r[0].x > r[1].x);
    assert_int_equal(r[0].x + r[0].width, p->body.x + p->body.width);
}

/* Whatever stands before, the block is whole, and the last paragraph is with it. */
static void test_kept(void **state)
{
    (void)state;
    for (int n = 20; n < 44; n++) {
        struct flow_case c;
        case_open(&c);
        case_layout(&c, "base");
        struct buf b;
        buf_init(&b, &c.arena);
        buf_puts(&b, "title: T\nbody:\n");
        for (int i = 0; i < n; i++) {
            buf_format(&b, "  - Paragraph %d.\n", i);
        }
        buf_puts(&b, "  - signature: [A, B, C, D]\n");
        buf_char(&b, '\0');
        const struct page_list *l = case_pages(&c, b.p);
        struct page_rect r[8];
        const struct page *last = &l->pages.v[l->pages.n - 1];
        assert_int_equal(lines_of(last, r, 8), 4);
        assert_true(r[0].y > last->body.y + style_root(c.layout)->leading * 2);
        case_close(&c);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tree),
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_alone),
        cmocka_unit_test(test_right_to_left),
        cmocka_unit_test(test_kept),
    };
    return cmocka_run_group_tests(tests, open_case, close_case);
}

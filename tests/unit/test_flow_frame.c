/* SPDX-License-Identifier: MIT
 *
 * flow/frame.c: what frames take, where they are drawn, and how they are divided. */
#include "assertions.h"

#include "flow_shared.h"

/* The callouts' backgrounds of a page: filled rectangles that are no border. */
static size_t backgrounds(const struct page *p, struct page_rect *out, size_t room)
{
    size_t n = 0;
    for (size_t i = 0; i < p->items.n; i++) {
        const struct page_item *item = &p->items.v[i];
        if (item->kind == PAGE_RULE && item->as.rule.color.part[0] == 950 && n < room) {
            assert_int_equal(item->artifact, STRUCTURE_DECORATION);
            out[n++] = item->as.rule.rect;
        }
    }
    return n;
}

/* The first and last baselines between two edges. */
static size_t baselines(const struct page *p, struct page_rect r, len *first, len *last)
{
    size_t n = 0;
    for (size_t i = 0; i < p->items.n; i++) {
        const struct page_item *item = &p->items.v[i];
        if (item->kind == PAGE_TEXT && item->as.text.y > r.y &&
            item->as.text.y < r.y + r.height) {
            *first = n == 0 ? item->as.text.y : *first;
            *last = item->as.text.y;
            n++;
        }
    }
    return n;
}

static const struct style *callout(void)
{
    return style_compute(shared.layout, style_root(shared.layout), STR("callout-note"));
}

static void test_room(void **state)
{
    (void)state;
    const struct page_list *l = case_pages(&shared,
        "title: T\nbody:\n  - Before.\n  - callout: {title: '', body: Inside.}\n"
        "  - After.\n");
    struct page_rect r[2];
    const struct page *p = &l->pages.v[0];
    const struct style *s = callout();
    assert_int_equal(backgrounds(p, r, 2), 1);
    assert_int_equal(r[0].height, style_root(shared.layout)->leading +
                                  2 * s->padding_block);
    assert_int_equal(r[0].x, shared.layout->page.inner);
    assert_int_equal(r[0].width, p->body.width);
    len first = 0, last = 0;
    assert_int_equal(baselines(p, r[0], &first, &last), 1);
    for (size_t i = 0; i < p->items.n; i++) {
        const struct page_item *item = &p->items.v[i];
        if (item->kind == PAGE_TEXT && item->as.text.y == first) {
            assert_int_equal(item->as.text.x, r[0].x + s->border + s->padding);
        }
    }
}

/* The background is behind the text: before it in the page's order. */
static void test_order(void **state)
{
    (void)state;
    const struct page_list *l = case_pages(&shared,
        "title: T\nbody:\n  - callout: [one, {callout: two}]\n");
    const struct page *p = &l->pages.v[0];
    size_t last_rule = 0, first_text = SIZE_MAX;
    for (size_t i = 0; i < p->items.n; i++) {
        uint32_t e = p->items.v[i].element;
        bool in = p->items.v[i].kind == PAGE_TEXT && e &&
                  case_role(&shared, case_parent(&shared, e)) == STRUCTURE_DIV;
        first_text = in && i < first_text ? i : first_text;
        last_rule = p->items.v[i].kind == PAGE_RULE &&
                    p->items.v[i].as.rule.color.part[0] == 950 ? i : last_rule;
    }
    struct page_rect r[3];
    assert_int_equal(backgrounds(p, r, 3), 2);
    assert_true(last_rule < first_text);
    assert_true(r[1].y > r[0].y && r[1].y + r[1].height < r[0].y + r[0].height);
    assert_true(r[1].x > r[0].x && r[1].width < r[0].width);
}

static const char *long_callout(struct flow_case *c, int paragraphs)
{
    struct buf b;
    buf_init(&b, &c->arena);
    buf_puts(&b, "title: T\nbody:\n  - callout: |\n");
    for (int i = 0; i < paragraphs; i++) {
        buf_format(&b, "      Paragraph %d.\n\n", i);
    }
    buf_puts(&b, "  - After it.\n");
    buf_char(&b, '\0');
    return b.p;
}

/* On every page the box has its padding at both ends, and stays inside the body. */
static void test_pages(void **state)
{
    (void)state;
    const struct page_list *l = case_pages(&shared, long_callout(&shared, 90));
    const struct style *s = callout();
    assert_true(l->pages.n >= 3);
    for (size_t i = 0; i < l->pages.n; i++) {
        const struct page *p = &l->pages.v[i];
        struct page_rect r[2];
        assert_int_equal(backgrounds(p, r, 2), 1);
        assert_true(r[0].y >= p->body.y);
        assert_true(r[0].y + r[0].height <= p->body.y + p->body.height);
        len first = 0, last = 0;
        assert_true(baselines(p, r[0], &first, &last) > 1);
        assert_true(first - r[0].y > s->padding_block);
        assert_true(r[0].y + r[0].height - last > s->padding_block);
    }
}

/* Each number of paragraphs ends the box somewhere else: no page is ever overfull. */
static void test_ends(void **state)
{
    (void)state;
    for (int n = 25; n < 60; n++) {
        struct flow_case c;
        case_open(&c);
        case_layout(&c, "base");
        case_pages(&c, long_callout(&c, n));
        assert_int_equal(c.sink.list.n, 0);
        case_close(&c);
    }
}

static void test_marker_stays_outside(void **state)
{
    (void)state;
    const struct page_list *l = case_pages(&shared,
        "title: T\nbody: |\n  1. a\n  2. > [!NOTE]\n     > b\n\n  3. - [x] c\n");
    const struct page *p = &l->pages.v[0];
    len end = 0, seen = 0;
    for (size_t i = 0; i < p->items.n; i++) {
        const struct page_item *item = &p->items.v[i];
        bool is_text = item->kind == PAGE_TEXT && item->artifact == STRUCTURE_CONTENT;
        if (is_text && case_role(&shared, item->element) == STRUCTURE_LBL) {
            const struct text_piece *last = &item->as.text.pieces[item->as.text.n - 1];
            len x = item->as.text.x + last->x + last->width;
            assert_true(seen == 0 || x == end);
            end = x;
            seen++;
        }
    }
    assert_int_equal(seen, 3);
}

/* A box without a line leaves nothing behind, not even in one around it. */
static void test_empty(void **state)
{
    (void)state;
    struct page_rect r[2];
    const struct page_list *l = case_pages(&shared,
        "title: T\nbody:\n  - callout: {kind: box, body: [{quote: ''}, {callout: {title:"
        " '', body: [{list: []}]}}, text]}\n");
    assert_int_equal(backgrounds(&l->pages.v[0], r, 2), 0);
    l = case_pages(&shared,
        "title: T\nbody:\n  - callout: {title: '', body: [{list: []}]}\n  - after\n");
    assert_int_equal(backgrounds(&l->pages.v[0], r, 2), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_room),
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_pages),
        cmocka_unit_test(test_ends),
        cmocka_unit_test(test_marker_stays_outside),
        cmocka_unit_test(test_empty),
    };
    return cmocka_run_group_tests(tests, open_case, close_case);
}

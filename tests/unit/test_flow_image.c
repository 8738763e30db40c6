/* SPDX-License-Identifier: MIT
 *
 * Images on pages: how large, where, with their captions, higher than a page, too coarse.
 * The pictures: dot.png has 20 by 10 pixels and says no resolution, walk.png 1004 by 640
 * at 300 ppi. */
#include "flow_case.h"

#define DOT "tests/golden/note/data/dot.png"
#define WALK "examples/walk.png"
#define IMAGE(file, rest) "- image: {file: " file ", alt: A picture" rest "}\n"

static const struct page_item *find(const struct flow_case *c, enum page_item_kind kind,
                                    size_t nth, size_t *page)
{
    for (size_t i = 0; i < c->pages->pages.n; i++) {
        const struct page *p = &c->pages->pages.v[i];
        for (size_t k = 0; k < p->items.n; k++) {
            if (p->items.v[k].kind == kind && nth-- == 0) {
                *page = i;
                return &p->items.v[k];
            }
        }
    }
    fail_msg("there is no such item");
    return NULL;
}

static const struct page_item *image_on(struct flow_case *c, const char *blocks)
{
    size_t page;
    case_pages(c, str_format(&c->arena, "title: x\nbody:\n%s", blocks).p);
    return find(c, PAGE_IMAGE, 0, &page);
}

static void near(len64 actual, double points)
{
    len64 wanted = (len64)(points * LEN_PT);
    if (actual < wanted - 4 || actual > wanted + 4) {
        fail_msg("%lld instead of %lld", (long long)actual, (long long)wanted);
    }
}

static void test_sizes(void **state)
{
    (void)state;
    static const struct { const char *block; double width, height; } CASES[] = {
        {IMAGE(DOT, ""), 9.6, 4.8},
        {IMAGE(WALK, ""), 240.96, 153.6},
        {IMAGE(DOT, ", width: 72pt"), 72, 36},
        {IMAGE(DOT, ", height: 72pt"), 144, 72},
        {IMAGE(DOT, ", width: 50%"), 212.598, 106.299},
        {IMAGE(DOT, ", width: 2em"), 22, 11},
        {IMAGE(DOT, ", width: 100pt, height: 10pt"), 20, 10},
        {IMAGE(DOT, ", width: 10pt, height: 100pt"), 10, 5},
        {IMAGE(DOT, ", width: 10pt, height: 100pt, fit: stretch"), 10, 100},
        {IMAGE(DOT, ", width: 10pt, height: 100pt, fit: cover"), 10, 100},
        {IMAGE(DOT, ", width: 300mm"), 425.197, 212.598},
        {IMAGE(DOT, ", width: 0.01mm"), 0.25, 0.25},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct flow_case c;
        case_open(&c);
        case_layout(&c, "base");
        const struct page_item *item = image_on(&c, CASES[i].block);
        near(item->as.image.rect.width, CASES[i].width);
        near(item->as.image.rect.height, CASES[i].height);
        case_close(&c);
    }
}

static void test_what_covers_is_larger_and_centred(void **state)
{
    (void)state;
    struct flow_case c;
    case_open(&c);
    case_layout(&c, "base");
    const struct page_item *item =
        image_on(&c, IMAGE(DOT, ", width: 10pt, height: 100pt, fit: cover"));
    struct page_rect r = item->as.image.rect, w = item->as.image.whole;
    near(w.width, 200);
    near(w.height, 100);
    near(r.x - w.x, 95);
    near(r.y - w.y, 0);
    case_close(&c);
}

static void test_alignment(void **state)
{
    (void)state;
    static const struct { const char *block; double left; } CASES[] = {
        {IMAGE(DOT, ", width: 100pt"), 0},
        {IMAGE(DOT, ", width: 100pt, align: start"), 0},
        {IMAGE(DOT, ", width: 100pt, align: end"), 325.197},
        {IMAGE(DOT, ", width: 100pt, align: right"), 325.197},
        {IMAGE(DOT, ", width: 100pt, align: center"), 162.598},
        {IMAGE(DOT, ", width: 100pt") "  lang: ar\n", 325.197},
        {IMAGE(DOT, ", width: 100pt, align: left") "  lang: ar\n", 0},
        {IMAGE(DOT, ", width: 100pt, align: end") "  lang: ar\n", 0},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct flow_case c;
        case_open(&c);
        case_layout(&c, "base");
        const struct page_item *item = image_on(&c, CASES[i].block);
        near(item->as.image.rect.x - c.pages->pages.v[0].body.x, CASES[i].left);
        case_close(&c);
    }
}

/* Wherever the page ends, picture and caption are on one. */
static void test_the_caption_stays(void **state)
{
    (void)state;
    for (int lines = 20; lines < 50; lines++) {
        struct flow_case c;
        struct buf note;
        size_t image_page, caption_page = 0;
        case_open(&c);
        case_layout(&c, "base");
        buf_init(&note, &c.arena);
        buf_puts(&note, "title: x\nbody:\n- |\n  a");
        for (int i = 0; i < lines; i++) {
            buf_puts(&note, "\\\n  b");
        }
        buf_puts(&note, "\n" IMAGE(WALK, ", caption: \"Zed zed\\\\\\nzed\""));
        buf_char(&note, '\0');
        case_pages(&c, note.p);
        find(&c, PAGE_IMAGE, 0, &image_page);
        const struct page_item *caption = NULL;
        for (size_t i = 0; !caption; i++) {
            const struct page_item *item = find(&c, PAGE_TEXT, i, &caption_page);
            bool own = item->artifact == STRUCTURE_CONTENT &&
                       case_role(&c, item->element) == STRUCTURE_CAPTION;
            caption = own ? item : NULL;
        }
        assert_int_equal(image_page, caption_page);
        case_close(&c);
    }
}

static void test_higher_than_a_page(void **state)
{
    (void)state;
    static const char *const BLOCKS[] = {
        IMAGE(DOT, ", height: 2000pt, width: 20pt, fit: stretch"),
        IMAGE(DOT, ", height: 2000pt, width: 20pt, fit: stretch, caption: A caption"),
        IMAGE(DOT, ", height: 2000pt, width: 20pt, fit: cover, caption: A caption"),
    };
    for (size_t i = 0; i < sizeof BLOCKS / sizeof *BLOCKS; i++) {
        struct flow_case c;
        case_open(&c);
        case_layout(&c, "base");
        const struct page_item *item = image_on(&c, BLOCKS[i]);
        const struct page *p = &c.pages->pages.v[c.pages->pages.n - 1];
        struct page_rect r = item->as.image.rect;
        assert_int_equal(c.sink.per_code[DIAG_OVERFULL_PAGE], 1);
        assert_true(r.height > p->body.height * 9 / 10);
        assert_true(r.y + r.height <= p->body.y + p->body.height);
        assert_int_equal(c.pages->pages.n, 2); /* the title has the first */
        case_close(&c);
    }
}

static size_t reports(const char *block, enum diag_code code)
{
    struct flow_case c;
    case_open(&c);
    case_layout(&c, "base");
    image_on(&c, block);
    size_t n = c.sink.per_code[code];
    case_close(&c);
    return n;
}

static void test_reports(void **state)
{
    (void)state;
    assert_int_equal(reports(IMAGE(DOT, ""), DIAG_LOW_RESOLUTION), 0);
    assert_int_equal(reports(IMAGE(DOT, ", width: 14.4pt"), DIAG_LOW_RESOLUTION), 0);
    assert_int_equal(reports(IMAGE(DOT, ", width: 14.6pt"), DIAG_LOW_RESOLUTION), 1);
    assert_int_equal(reports(IMAGE(DOT, ", width: 5pt, height: 8pt, fit: stretch"),
                             DIAG_LOW_RESOLUTION), 1);
    assert_int_equal(reports(IMAGE(WALK, ", width: 100%"), DIAG_OVERFULL_LINE), 0);
    assert_int_equal(reports(IMAGE(WALK, ", width: 101%"), DIAG_OVERFULL_LINE), 1);
    assert_int_equal(reports(IMAGE(WALK, ", height: 200mm"), DIAG_OVERFULL_LINE), 1);
}

static void test_a_picture_that_decorates_is_no_content(void **state)
{
    (void)state;
    struct flow_case c;
    size_t page;
    case_open(&c);
    case_layout(&c, "base");
    case_pages(&c, "title: x\nbody:\n- image: {file: " DOT ", alt: ''}\n");
    const struct page_item *item = find(&c, PAGE_IMAGE, 0, &page);
    assert_int_equal(item->artifact, STRUCTURE_DECORATION);
    for (size_t i = 0; i < c.tree->structure.elements.n; i++) {
        assert_int_not_equal(case_role(&c, (uint32_t)i), STRUCTURE_FIGURE);
    }
    case_close(&c);
}

static void test_structure(void **state)
{
    (void)state;
    struct flow_case c;
    case_open(&c);
    case_layout(&c, "base");
    const struct page_item *item = image_on(&c, IMAGE(DOT, ", caption: Words"));
    uint32_t div = case_parent(&c, item->element);
    assert_int_equal(case_role(&c, item->element), STRUCTURE_FIGURE);
    assert_int_equal(case_role(&c, div), STRUCTURE_DIV);
    assert_str(c.tree->structure.elements.v[item->element].more->alt, "A picture");
    assert_int_equal(case_role(&c, item->element + 1), STRUCTURE_CAPTION);
    assert_int_equal(case_parent(&c, item->element + 1), div);
    case_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sizes),
        cmocka_unit_test(test_what_covers_is_larger_and_centred),
        cmocka_unit_test(test_alignment),
        cmocka_unit_test(test_the_caption_stays),
        cmocka_unit_test(test_higher_than_a_page),
        cmocka_unit_test(test_reports),
        cmocka_unit_test(test_a_picture_that_decorates_is_no_content),
        cmocka_unit_test(test_structure),
    };
    return cmocka_run_group_tests_name("flow/image", tests, NULL, NULL);
}

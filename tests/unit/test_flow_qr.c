/* SPDX-License-Identifier: MIT
 *
 * QR codes: their modules, their shape on the page, what is too much or too small. */
#include "flow_case.h"

#include <stdio.h>
#include <string.h>

#define MM(n) ((len)((int64_t)(n) * 72 * LEN_PT * 10 / 254))

static const struct page_item *find(struct flow_case *c, enum page_item_kind kind)
{
    const struct page *p = &c->pages->pages.v[0];
    for (size_t i = 0; i < p->items.n; i++) {
        if (p->items.v[i].kind == kind && p->items.v[i].artifact == STRUCTURE_CONTENT) {
            return &p->items.v[i];
        }
    }
    return NULL;
}

static void qr_pages(struct flow_case *c, const char *body)
{
    case_open(c);
    case_layout(c, "base");
    case_pages(c, str_format(&c->arena, "title: T\nbody:\n%s\n", body).p);
}

/* Which modules a path covers, by the even-odd rule on rows through their middles. */
static bool covers(const struct page_path *p, len x, len y)
{
    bool inside = false;
    len fx = 0, fy = 0, sx = 0, sy = 0;
    for (uint32_t i = 0; i < p->n; i++) {
        struct page_segment s = p->segments[i];
        if (s.kind == PAGE_CLOSE) {
            s.x = sx;
            s.y = sy;
        }
        if (s.kind == PAGE_MOVE) {
            sx = s.x;
            sy = s.y;
        } else if (fx == s.x && fx > x && (fy > y) != (s.y > y)) {
            inside = !inside;
        }
        assert_true(s.kind == PAGE_MOVE || fx == s.x || fy == s.y);
        fx = s.x;
        fy = s.y;
    }
    return inside;
}

static void the_shape_covers_the_dark_modules(void **state)
{
    (void)state;
    static const char *const TEXTS[] = {"a", "https://example.org/a?b=c", "0123456789"};
    for (size_t t = 0; t < sizeof TEXTS / sizeof *TEXTS; t++) {
        struct flow_case c;
        char body[100];
        snprintf(body, sizeof body, "  - qr: \"%s\"", TEXTS[t]);
        qr_pages(&c, body);
        struct image_qr code;
        assert_int_equal(image_qr_make(str_from(TEXTS[t]), IMAGE_QR_M, &c.arena, &code),
                         IMAGE_QR_OK);
        const struct page_path *path = &find(&c, PAGE_PATH)->as.path;
        int across = code.side + 2 * IMAGE_QR_QUIET;
        len side = MM(25);
        for (int y = -IMAGE_QR_QUIET; y < code.side + IMAGE_QR_QUIET; y++) {
            for (int x = -IMAGE_QR_QUIET; x < code.side + IMAGE_QR_QUIET; x++) {
                len64 column = 2 * (x + IMAGE_QR_QUIET) + 1;
                len64 row = 2 * (y + IMAGE_QR_QUIET) + 1;
                len at_x = (len)(column * side / across / 2);
                len at_y = (len)(row * side / across / 2);
                assert_int_equal(covers(path, at_x, at_y), image_qr_dark(&code, x, y));
            }
        }
        case_close(&c);
    }
}

static void an_address_is_a_link_too(void **state)
{
    (void)state;
    struct flow_case c;
    qr_pages(&c, "  - qr: https://example.org/x");
    const struct page_item *link = find(&c, PAGE_LINK), *code = find(&c, PAGE_PATH);
    assert_str(c.pages->links.v[link->as.link.link - 1].uri, "https://example.org/x");
    const struct structure_element *all = c.pages->structure.elements.v;
    assert_int_equal(all[code->element].role, STRUCTURE_FIGURE);
    assert_str(all[code->element].more->alt, "QR code: https://example.org/x");
    assert_int_equal(all[code->element].parent, link->element);
    assert_int_equal(all[link->element].role, STRUCTURE_LINK);
    case_close(&c);
    qr_pages(&c, "  - qr: {text: \"WIFI:S:a;\\nP:b\", alt: The network}");
    assert_null(find(&c, PAGE_LINK));
    assert_str(c.pages->structure.elements.v[find(&c, PAGE_PATH)->element].more->alt,
               "The network");
    case_close(&c);
}

static void sizes(void **state)
{
    (void)state;
    static const struct {
        const char *options;
        uint32_t reports;
    } CASES[] = {{"", 0}, {", size: 20mm", 0}, {", size: 9mm", 1}, {", size: 500mm", 0},
                 {", size: 50%", 0}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct flow_case c;
        char body[100];
        snprintf(body, sizeof body, "  - qr: {text: \"https://example.org/\"%s}",
                 CASES[i].options);
        qr_pages(&c, body);
        assert_int_equal(c.sink.per_code[DIAG_SMALL_CODE], CASES[i].reports);
        case_close(&c);
    }
}

static void on_a_colour_it_has_a_white_ground(void **state)
{
    (void)state;
    struct flow_case c;
    qr_pages(&c, "  - callout:\n      - qr: {text: a, align: right}");
    const struct page *p = &c.pages->pages.v[0];
    const struct page_item *code = find(&c, PAGE_PATH);
    const struct page_item *ground = code - 1;
    assert_true(code > p->items.v);
    assert_int_equal(ground->kind, PAGE_RULE);
    assert_int_equal(ground->as.rule.color.part[0], 1000);
    assert_int_equal(ground->as.rule.rect.x, code->as.path.x);
    case_close(&c);
}

/* The status of a text of `n` bytes. */
static enum image_qr_status status_of(struct arena *a, size_t n, char of,
                                      enum image_qr_level level)
{
    char *text = NEW_ARRAY(a, char, n);
    memset(text, of, n);
    struct image_qr code;
    return image_qr_make((str){text, n}, level, a, &code);
}

static void what_a_code_holds(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    for (int level = 0; level < IMAGE_QR_LEVELS; level++) {
        size_t most = (size_t)IMAGE_QR_BYTES[level];
        assert_int_equal(status_of(&a, most, 'a', (enum image_qr_level)level),
                         IMAGE_QR_OK);
        assert_int_equal(status_of(&a, most + 1, 'a', (enum image_qr_level)level),
                         IMAGE_QR_TOO_LONG);
    }
    assert_int_equal(image_qr_capacity(STR("\u00E9"), IMAGE_QR_M), 2329);
    assert_int_equal(status_of(&a, 7089, '1', IMAGE_QR_L), IMAGE_QR_OK);
    assert_int_equal(status_of(&a, 1000000, '1', IMAGE_QR_L), IMAGE_QR_TOO_LONG);
    arena_done(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_shape_covers_the_dark_modules),
        cmocka_unit_test(an_address_is_a_link_too),
        cmocka_unit_test(sizes),
        cmocka_unit_test(on_a_colour_it_has_a_white_ground),
        cmocka_unit_test(what_a_code_holds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

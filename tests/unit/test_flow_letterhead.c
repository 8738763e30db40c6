/* SPDX-License-Identifier: MIT
 *
 * The letterhead: where its logo stands, what makes room for it, what it is for who
 * cannot see it. */
#include "flow_case.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"

static const char NOTE[] = "title: T\nbody: a\n";

/* A folder with a picture of 320 by 400 pixels; one for all tests. */
static char folder[] = "/tmp/infonote-letterhead-XXXXXX";
static char picture_path[60], layout_path[60];

static void copy_file(const char *from, const char *to)
{
    struct arena a;
    arena_init(&a);
    struct file_result file = file_read(&a, str_from(from), 1 << 20);
    assert_int_equal(file.status, FILE_OK);
    FILE *f = fopen(to, "wb");
    assert_non_null(f);
    fwrite(file.bytes.p, 1, file.bytes.n, f);
    fclose(f);
    arena_done(&a);
}

static int make_folder(void **state)
{
    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(picture_path, sizeof picture_path, "%s/tower.png", folder);
    snprintf(layout_path, sizeof layout_path, "%s/test.yaml", folder);
    copy_file("examples/layouts/tower.png", picture_path);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    remove(layout_path);
    remove(picture_path);
    return remove(folder);
}

/* A layout file in that folder. */
static struct layout *load(struct flow_case *c, const char *yaml)
{
    static const str SHIPPED[] = {{"layouts", 7}};
    struct style_paths paths = {SHIPPED, 1};
    case_open(c);
    FILE *f = fopen(layout_path, "wb");
    assert_non_null(f);
    fputs(yaml, f);
    fclose(f);
    struct layout_request request = {str_from(layout_path), PLACE_NONE, str_from(folder),
                                     &paths, STR_NONE, NULL};
    c->layout = layout_load(&request, &c->arena, &c->sink);
    return c->layout;
}

static const struct page_item *logo(const struct flow_case *c)
{
    const struct page *p = &c->pages->pages.v[0];
    for (size_t i = 0; i < p->items.n; i++) {
        if (p->items.v[i].kind == PAGE_IMAGE) {
            return &p->items.v[i];
        }
    }
    return NULL;
}

static void a_logo_stands_between_the_margins(void **state)
{
    (void)state;
    struct flow_case c;
    struct layout *l = load(&c, "extends: base\nletterhead:\n  top: 10pt\n  logo: "
                                "{file: tower.png, alt: The tower, height: 100pt, "
                                "align: end}\n");
    assert_non_null(l);
    case_pages(&c, NOTE);
    const struct page_item *item = logo(&c);
    struct page_rect r = item->as.image.rect;
    assert_int_equal(r.y, PT(10));
    assert_int_equal(r.height, PT(100));
    assert_in_range(r.width, PT(80) - 1, PT(80) + 1);
    assert_in_range(r.x + r.width, l->page.width - l->page.outer - LEN_PT,
                    l->page.width - l->page.outer);
    assert_int_equal(item->artifact, STRUCTURE_CONTENT);
    assert_str(c.pages->structure.elements.v[item->element].more->alt, "The tower");
    assert_int_equal(item->element, 1); /* read before all else */
    assert_true(c.pages->pages.v[0].body.y > PT(110)); /* the text begins below it */
    case_close(&c);
}

static void a_logo_that_only_decorates(void **state)
{
    (void)state;
    struct flow_case c;
    load(&c, "extends: base\nletterhead:\n  text: St Brannoc\n  logo: {file: tower.png, "
             "alt: \"\", width: 20pt, align: right}\n");
    case_pages(&c, NOTE);
    assert_int_equal(logo(&c)->artifact, STRUCTURE_DECORATION);
    len under = logo(&c)->as.image.rect.y + logo(&c)->as.image.rect.height;
    const struct page *p = &c.pages->pages.v[0];
    bool found = false;
    for (size_t i = 0; i < p->items.n; i++) { /* the line would meet it: it is below */
        found = found || (p->items.v[i].kind == PAGE_TEXT &&
                          p->items.v[i].artifact == STRUCTURE_HEADER &&
                          p->items.v[i].as.text.y > under);
    }
    assert_true(found);
    case_close(&c);
}

static void what_is_wrong_with_a_logo(void **state)
{
    (void)state;
    static const struct {
        const char *logo;
        enum diag_code code;
    } CASES[] = {
        {"{file: tower.png, height: 10mm}", DIAG_MISSING_KEY},
        {"{file: no.png, alt: a}", DIAG_NO_IMAGE},
        {"{file: ../../../etc/passwd, alt: a}", DIAG_OUTSIDE_ROOT},
        {"{file: tower.png, alt: a, align: top}", DIAG_BAD_VALUE},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct flow_case c;
        char yaml[200];
        snprintf(yaml, sizeof yaml, "extends: base\nletterhead:\n  logo: %s\n",
                 CASES[i].logo);
        assert_null(load(&c, yaml));
        assert_int_equal(c.sink.per_code[CASES[i].code], 1);
        assert_int_equal(c.sink.list.v[0].at.line, 3);
        case_close(&c);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_logo_stands_between_the_margins),
        cmocka_unit_test(a_logo_that_only_decorates),
        cmocka_unit_test(what_is_wrong_with_a_logo),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}

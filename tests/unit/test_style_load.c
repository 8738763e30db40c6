/* SPDX-License-Identifier: MIT
 *
 * Layouts from files: names, chains, merging, geometry, what is reported where. */
#include "assertions.h"
#include "style_case.h"

static void test_merges_by_key(void **state)
{
    struct style_case c;
    (void)state;
    case_open(&c);
    case_write(&c, "layouts/a.yaml",
               "page: {size: A5, margins: 20mm, columns: 2}\n"
               "lists: {bullets: [a, b, c]}\n"
               "styles: {title: {size: 20pt, color: white}}\n"
               "footer: {first: {left: f}, all: {left: l, center: c}}\n");
    struct layout *l = case_good(&c,
        "extends: a\n"
        "page: {margins: {top: 30mm}}\n"
        "lists: {bullets: [x]}\n"
        "styles: {title: {size: 24pt}}\n"
        "footer: {right: {center: z}}\n");
    assert_str(l->name, "tried");
    assert_int_equal(l->page.columns, 2);
    assert_int_equal(l->page.width, len_muldiv(148, LEN_PT * 720, 254));
    assert_int_equal(l->page.top, len_muldiv(30, LEN_PT * 720, 254));
    assert_int_equal(l->page.first_top, l->page.top);
    assert_int_equal(l->page.outer, len_muldiv(20, LEN_PT * 720, 254));
    assert_str(l->lists.bullets[0], "x");
    assert_str(l->lists.bullets[3], "x");
    const struct style *title = style_compute(l, style_root(l), STR("title"));
    assert_int_equal(title->size, PT(24));
    assert_int_equal(title->color.part[0], 1000);
    assert_str(l->footer[LAYOUT_FIRST].left, "f");
    assert_str(l->footer[LAYOUT_LEFT].left, "l");
    assert_str(l->footer[LAYOUT_LEFT].center, "c");
    assert_str(l->footer[LAYOUT_RIGHT].center, "z");
    case_close(&c);
}

static void test_page_sizes(void **state)
{
    struct style_case c;
    (void)state;
    case_open(&c);
    struct layout *l = case_good(&c, "page: {size: letter landscape}\n");
    assert_int_equal(l->page.width, PT(792));
    assert_int_equal(l->page.height, PT(612));
    l = case_good(&c, "page: {size: [6in, 9in], margins: 10%, gutter: 2em}\n");
    assert_int_equal(l->page.width, PT(432));
    assert_int_equal(l->page.inner, len_muldiv(PT(432), 1, 10));
    assert_int_equal(l->page.top, len_muldiv(PT(648), 1, 10));
    assert_int_equal(l->page.gutter, PT(22));
    assert_int_equal(l->notes.rule_width,
                     len_muldiv(l->page.width - 2 * l->page.inner, 3, 10));
    case_close(&c);
}

static void test_shipped_layouts(void **state)
{
    static const char *const NAMES[] = {"base", "briefing", "information-note", "letter",
                                        "memo"};
    static const char *const RULES[] = {
        "paragraph", "plain", "title", "subtitle", "facts", "fact-label", "fact-value",
        "heading-1", "heading-6", "heading-number", "list", "list-item", "list-marker",
        "quote", "code-block", "code", "rule", "footnotes", "footnote", "footnote-mark",
        "footnote-number", "disclaimer", "disclaimer-label", "header", "footer",
        "emphasis", "strong", "strike", "superscript", "subscript", "link", "table",
        "table-head", "caption", "small-caps", "classification"};
    struct style_case c;
    (void)state;
    case_open(&c);
    for (size_t i = 0; i < 5; i++) {
        diag_init(&c.sink, &c.a);
        struct layout *l = case_load_at(&c, NAMES[i], PLACE_NONE);
        case_show(&c);
        assert_non_null(l);
        assert_int_equal(c.sink.list.n, 0);
        assert_true(l->description.n > 0);
        for (size_t k = 0; k < sizeof RULES / sizeof RULES[0]; k++) {
            assert_non_null(style_compute(l, style_root(l), str_from(RULES[k])));
        }
        /* A heading belongs to what follows it. */
        const struct style *h = style_compute(l, style_root(l), STR("heading-1"));
        assert_true(h->space_before > h->space_after && h->keep_with_next);
    }
    struct buf names;
    buf_init(&names, &c.a);
    layout_list(&(struct style_paths){(str[]){STR("layouts")}, 1}, &c.a, &names);
    assert_str(buf_str(&names), "base\nbriefing\ninformation-note\nletter\n"
               "letter-din-5008-a\nletter-din-5008-b\nletter-us\nmemo\n");
    case_close(&c);
}

/* The text block of base holds whole lines, and a heading with its spaces, too. */
static void test_baseline_grid(void **state)
{
    struct style_case c;
    (void)state;
    case_open(&c);
    struct layout *l = case_load_at(&c, "base", PLACE_NONE);
    len line = style_root(l)->leading;
    assert_in_range(line, PT(14.49), PT(14.51));
    len text = l->page.height - l->page.top - l->page.bottom;
    assert_in_range(text - 48 * line, 0, PT(1));
    static const struct { const char *name; int lines; } BLOCKS[] = {
        {"title", 2}, {"heading-1", 3}, {"heading-2", 2}};
    for (size_t i = 0; i < 3; i++) {
        const struct style *s = style_compute(l, style_root(l), str_from(BLOCKS[i].name));
        len whole = s->space_before + s->leading + s->space_after;
        assert_in_range(whole - BLOCKS[i].lines * line + PT(1), PT(0.8), PT(1.2));
    }
    case_close(&c);
}

static void test_cycles(void **state)
{
    struct style_case c;
    (void)state;
    case_open(&c);
    case_write(&c, "layouts/a.yaml", "description: a\nextends: b\n");
    case_write(&c, "layouts/b.yaml", "extends: a\n");
    assert_null(case_load_at(&c, "a", PLACE_NONE));
    const struct diag *d = case_find(&c, DIAG_LAYOUT_CYCLE, 1);
    assert_non_null(d);
    assert_true(str_ends(d->at.source->name, STR("b.yaml")));
    assert_true(str_ends(d->second.source->name, STR("a.yaml")));
    assert_int_equal(c.sink.list.n, 1);

    assert_null(case_load(&c, "styles:\n"
                              "  quote: {extends: caption}\n"
                              "  caption: {extends: table}\n"
                              "  table: {extends: caption}\n"));
    d = case_find(&c, DIAG_LAYOUT_CYCLE, 4);
    assert_non_null(d);
    assert_int_equal(d->second.line, 3);
    assert_int_equal(c.sink.list.n, 1);
    case_close(&c);
}

static void test_long_chains(void **state)
{
    struct style_case c;
    (void)state;
    case_open(&c);
    for (int i = 0; i < 17; i++) {
        const char *name = str_format(&c.a, "layouts/n%d.yaml", i).p;
        const char *next = str_format(&c.a, "extends: n%d\n", i + 1).p;
        case_write(&c, name, i < 16 ? next : "page: {columns: 2}\n");
    }
    struct layout *l = case_load_at(&c, "n1", PLACE_NONE);
    assert_non_null(l);
    assert_int_equal(l->page.columns, 2);
    assert_null(case_load_at(&c, "n0", PLACE_NONE));
    assert_int_equal(c.sink.list.v[0].code, DIAG_TOO_DEEP);
    case_close(&c);
}

static void test_missing(void **state)
{
    struct style_case c;
    (void)state;
    case_open(&c);
    assert_null(case_load(&c, "page: {colums: 1}\nextends: information-nota\n"));
    case_expect(&c, DIAG_NO_LAYOUT, 2, 10, "did you mean `information-note`?");
    case_expect(&c, DIAG_UNKNOWN_KEY, 1, 8, "did you mean `columns`?"); /* in one run */

    static struct source note = {.name = {"note.yaml", 9}, .path = {"note.yaml", 9}};
    struct place at = {&note, 3, 9, 5};
    diag_init(&c.sink, &c.a);
    case_write(&c, "mine.yaml", "extends: base\n");
    assert_null(case_load_at(&c, "mine", at));
    case_expect(&c, DIAG_NO_LAYOUT, 3, 9, "`./mine.yaml`");
    assert_non_null(case_load_at(&c, "./mine.yaml", at));
    assert_non_null(case_load_at(&c, "mine.yaml", at));
    diag_init(&c.sink, &c.a);
    assert_null(case_load_at(&c, "", at));
    assert_null(case_load_at(&c, "a\nb", at));
    assert_int_equal(c.sink.list.n, 2);
    case_close(&c);
}

static void test_a_note_stays_in_its_folder(void **state)
{
    static struct source note = {.name = {"note.yaml", 9}, .path = {"note.yaml", 9}};
    struct place at = {&note, 1, 9, 5};
    static const char *const OUTSIDE[] = {
        "../x.yaml", "/etc/passwd", "a/../../x.yaml", "./link.yaml",
        "layouts/../link.yaml", "linked"};
    struct style_case c, other;
    (void)state;
    case_open(&c);
    case_open(&other);
    case_write(&other, "x.yaml", "page: {columns: 2}\n");
    str target = str_copy(&c.a, file_join(&c.a, other.dir, STR("x.yaml")));
    str links[] = {str_copy(&c.a, file_join(&c.a, c.dir, STR("link.yaml"))),
                   file_join(&c.a, c.dir, STR("layouts/linked.yaml"))};
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(symlink(target.p, str_copy(&c.a, links[i]).p), 0);
        vec_push(&c.a, &c.files, str_copy(&c.a, links[i]));
    }
    for (size_t i = 0; i < 6; i++) {
        diag_init(&c.sink, &c.a);
        assert_null(case_load_at(&c, OUTSIDE[i], at));
        assert_int_equal(c.sink.list.n, 1);
        assert_int_equal(c.sink.list.v[0].code, DIAG_OUTSIDE_ROOT);
    }
    case_write(&c, "climber.yaml", "extends: ../x.yaml\n");
    diag_init(&c.sink, &c.a);
    assert_null(case_load_at(&c, "climber.yaml", at));
    assert_int_equal(c.sink.list.v[0].code, DIAG_OUTSIDE_ROOT);
    /* The user may. */
    diag_init(&c.sink, &c.a);
    assert_non_null(case_load_at(&c, target.p, PLACE_NONE));
    assert_non_null(case_load_at(&c, links[0].p, PLACE_NONE));
    /* For him a path counts from where he stands. */
    assert_null(case_load_at(&c, "./link.yaml", PLACE_NONE));
    case_close(&other);
    case_close(&c);
}

static void test_geometry(void **state)
{
    static const struct { const char *text; int line, column; } BAD[] = {
        {"page: {size: A5, margins: 80mm}\n", 1, 27},
        {"page:\n  margins: {top: 200mm, bottom: 100mm}\n", 2, 18},
        {"page: {size: A6, columns: 8}\n", 1, 27},
        {"page: {gutter: 140mm, columns: 2}\n", 1, 32},
        {"page: {first-top: 260mm}\n", 1, 19},
        {"page: {size: [2pt, 20mm]}\n", 1, 15},
        {"page: {size: [20mm, 14401pt]}\n", 1, 21},
        {"page: {size: [20mm, 900000000pt]}\n", 1, 21},
    };
    struct style_case c;
    (void)state;
    case_open(&c);
    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
        assert_null(case_load(&c, BAD[i].text));
        case_expect(&c, DIAG_BAD_GEOMETRY, (uint32_t)BAD[i].line, (uint32_t)BAD[i].column,
                    "");
    }
    assert_null(case_load(&c, "styles: {body: {leading: 300pt}}\n"
                              "page: {size: A5}\n"));
    assert_int_equal(c.sink.per_code[DIAG_BAD_GEOMETRY], 1);
    case_close(&c);
}

static void test_not_a_layout(void **state)
{
    struct style_case c;
    (void)state;
    case_open(&c);
    assert_null(case_load(&c, "- a\n- b\n"));
    case_expect(&c, DIAG_WRONG_TYPE, 1, 1, "");
    assert_null(case_load(&c, ""));
    assert_null(case_load(&c, "page: [\n"));
    assert_int_equal(c.sink.per_code[DIAG_BAD_YAML], 1);
    assert_null(case_load(&c, "extends: {a: b}\n"));
    case_expect(&c, DIAG_WRONG_TYPE, 1, 10, "a name");
    case_close(&c);
}

/* A stranger's layout may be large, but not slow. */
static void test_hostile_sizes(void **state)
{
    static const struct { const char *head, *line; enum diag_code code; } HOSTILE[] = {
        {"styles:\n", "  s%d: {extends: s%d}\n", DIAG_TOO_LARGE},
        {"colors:\n", "  c%d: \"#%06d\"\n", DIAG_TOO_LARGE},
        {"labels:\n  en:\n", "    x-%d: x%d\n", DIAG_TOO_LARGE},
        {"page:\n", "  columsn%d: %d\n", DIAG_UNKNOWN_KEY},
        {"", "titl%d: %d\n", DIAG_UNKNOWN_KEY}};
    struct style_case c;
    (void)state;
    case_open(&c);
    for (size_t i = 0; i < sizeof HOSTILE / sizeof HOSTILE[0]; i++) {
        struct buf b;
        buf_init(&b, &c.a);
        buf_puts(&b, HOSTILE[i].head);
        for (int k = 0; k < 30000; k += STRIDE) {
            buf_put(&b, str_format(&c.a, HOSTILE[i].line, k, k + 1));
        }
        size_t used = c.a.used;
        assert_null(case_load(&c, str_copy(&c.a, buf_str(&b)).p));
        assert_true(c.sink.per_code[HOSTILE[i].code] > 0);
        assert_true(c.a.used - used < 100u << 20);
    }
    /* One that is just not too large. */
    struct buf b;
    buf_init(&b, &c.a);
    buf_puts(&b, "styles:\n  s900: {extends: body, size: 20pt}\n");
    for (int k = 0; k < 900; k++) {
        buf_format(&b, "  s%d: {extends: s%d}\n", k, k + 1);
    }
    struct layout *l = case_good(&c, str_copy(&c.a, buf_str(&b)).p);
    assert_int_equal(style_compute(l, style_root(l), STR("s0"))->size, PT(20));
    case_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_merges_by_key),
        cmocka_unit_test(test_page_sizes),
        cmocka_unit_test(test_shipped_layouts),
        cmocka_unit_test(test_baseline_grid),
        cmocka_unit_test(test_cycles),
        cmocka_unit_test(test_long_chains),
        cmocka_unit_test(test_missing),
        cmocka_unit_test(test_a_note_stays_in_its_folder),
        cmocka_unit_test(test_geometry),
        cmocka_unit_test(test_not_a_layout),
        cmocka_unit_test(test_hostile_sizes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

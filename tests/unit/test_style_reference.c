/* SPDX-License-Identifier: MIT
 *
 * What is made from the tables: the reference, the schema, the dump. To renew the file
 * after a change of the tables: build/unit/test_style_reference --write */
#include "assertions.h"
#include "style_case.h"
#include "style/sheet.h"

static const str REFERENCE = {"docs/layouts.md", 15};

static void test_reference_is_current(void **state)
{
    struct arena a;
    struct buf b;
    (void)state;
    arena_init(&a);
    buf_init(&b, &a);
    layout_reference(&b);
    struct file_result file = file_read(&a, REFERENCE, 1 << 20);
    assert_int_equal(file.status, FILE_OK);
    if (!str_eq(file.bytes, buf_str(&b))) {
        fail_msg("docs/layouts.md is not what the tables say; "
                 "renew it with test_style_reference --write");
    }
    arena_done(&a);
}

/* The example in it is a layout without a fault. */
static void test_its_example_works(void **state)
{
    struct style_case c;
    size_t from, to;
    (void)state;
    case_open(&c);
    str text = file_read(&c.a, REFERENCE, 1 << 20).bytes;
    assert_true(str_find(text, STR("```yaml\n"), &from));
    text = str_sub(text, from + 8, text.n);
    assert_true(str_find(text, STR("```"), &to));
    struct layout *l = case_good(&c, str_copy(&c.a, str_sub(text, 0, to)).p);
    assert_int_equal(l->page.width, PT(612));
    assert_true(style_exists(l, STR("warning")));
    case_close(&c);
}

/* Each row is whole: documented, in a group that exists, with an initial value that its
 * own reader takes and its own writer writes. */
static void test_rows_are_whole(void **state)
{
    struct style_case c;
    struct style_reader r = {0};
    (void)state;
    case_open(&c);
    r.arena = &c.a;
    r.sink = &c.sink;
    for (size_t i = 0; i < STYLE_PROP_COUNT + LAYOUT_PROP_COUNT; i++) {
        const struct style_prop *p = i < STYLE_PROP_COUNT
            ? &STYLE_PROPS[i] : &LAYOUT_PROPS[i - STYLE_PROP_COUNT];
        assert_true(str_ends(str_from(p->doc), STR(".")));
        bool found = p->path[0] == '\0';
        for (const struct style_group *g = STYLE_GROUPS; g->path; g++) {
            found = found || strcmp(g->path, p->path) == 0;
        }
        assert_true(found);
        bool has_words = p->kind == STYLE_ENUM || p->kind == STYLE_WEIGHT;
        assert_true(p->kind == STYLE_COLOR || has_words == (p->words != NULL));
        bool has_initial = p->kind != STYLE_FEATURES && p->kind != STYLE_EXTENDS;
        assert_true(style_initial_spec(&r, p).set == has_initial);
        const struct style_prop *again = i < STYLE_PROP_COUNT
            ? style_find_prop(str_from(p->key))
            : style_find_layout_prop(p->path, str_from(p->key));
        assert_ptr_equal(again, p);
    }
    case_show(&c);
    assert_int_equal(c.sink.list.n, 0);
    case_close(&c);
}

static void expect_line(str text, const char *line)
{
    size_t at;
    if (!str_find(text, str_from(line), &at)) {
        fail_msg("no %s", line);
    }
}

static void test_dump(void **state)
{
    struct style_case c;
    struct buf b, again;
    (void)state;
    case_open(&c);
    struct layout *l = case_good(&c,
        "extends: base\n"
        "page: {size: [100mm, 200pt], margins: 10pt}\n"
        "fonts: {serif: libertinus}\n"
        "styles: {strong: {color: \"cmyk(10, 0, 0, 80)\", features: {ss01: on}}}\n");
    buf_init(&b, &c.a);
    layout_dump(l, &b);
    str text = buf_str(&b);
    expect_line(text, "layout tried\n");
    expect_line(text, "\npage.size: [283.465pt, 200pt]\n");
    expect_line(text, "\npage.margins.top: 10pt\n");
    expect_line(text, "\nheadings.formats: [\"{1}.\", \"{1}.{2}\", \"{1}.{2}.{3}\",");
    expect_line(text, "\nlabels.fr.to: \"À\"\n");
    expect_line(text, "\nstyle strong\n  font: libertinus\n  size: 11pt\n"
                      "  weight: 700\n");
    expect_line(text, "\n  color: cmyk(0.1, 0, 0, 0.8)\n");
    expect_line(text, "\n  features: {ss01: 1}\n");
    expect_line(text, "\n  word-stretch: 40%\n");
    buf_init(&again, &c.a);
    layout_dump(l, &again);
    assert_true(str_eq(text, buf_str(&again)));
    case_close(&c);
}

static void test_schema(void **state)
{
    struct arena a;
    struct buf b;
    (void)state;
    arena_init(&a);
    buf_init(&b, &a);
    layout_schema(&b);
    str text = buf_str(&b);
    expect_line(text, "https://json-schema.org/draft/2020-12/schema");
    for (size_t i = 0; i < STYLE_PROP_COUNT; i++) {
        const char *key = STYLE_PROPS[i].key;
        expect_line(text, str_format(&a, "\"%s\": {\"description\"", key).p);
    }
    int depth = 0, least = 1;
    bool quoted = false;
    for (size_t i = 0; i + 2 < text.n; i++) {
        char ch = text.p[i];
        i += quoted && ch == '\\';
        quoted = quoted != (ch == '"');
        depth += quoted ? 0 : (ch == '{') - (ch == '}');
        least = depth < least ? depth : least;
    }
    assert_false(quoted);
    assert_int_equal(least, 1); /* one object, closed by the last brace */
    arena_done(&a);
}

static int write_reference(void)
{
    struct arena a;
    struct buf b;
    arena_init(&a);
    buf_init(&b, &a);
    layout_reference(&b);
    int error = file_write(REFERENCE, buf_str(&b));
    arena_done(&a);
    return error;
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reference_is_current),
        cmocka_unit_test(test_its_example_works),
        cmocka_unit_test(test_rows_are_whole),
        cmocka_unit_test(test_dump),
        cmocka_unit_test(test_schema),
    };
    if (argc == 2 && strcmp(argv[1], "--write") == 0) {
        return write_reference();
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT
 *
 * Templates filled with records that are no values, as the rows of a file are. */
#include "note_fixture.h"

#include "note/merge.h"

static const char *const NAMES[] = {"name", "amount", "note"};
static const char *const ROWS[][3] = {
    {"*Ann*", "1234.5", ""}, {"", "x", "<b>"}, {"Bo", "2", "{{name}}"},
};

static size_t row;

static int column(void *user, str name)
{
    (void)user;
    for (int i = 0; i < 3; i++) {
        if (str_is(name, NAMES[i])) {
            return i;
        }
    }
    return -1;
}

static str text(void *user, int at)
{
    (void)user;
    return str_from(ROWS[row][at]);
}

static const struct note_record RECORD = {NULL, column, text, NAMES, 3};

struct table {
    struct fixture f;
    struct note_merge m;
};

/* The list under `cells`, and data from beside it. */
static void open_table(struct table *t, const char *yaml)
{
    fixture_read(&t->f, yaml);
    assert_non_null(t->f.root);
    note_merge_init(&t->m, &t->f.arena, &t->f.sink);
    note_merge(&t->m, t->f.root, NULL);
}

static struct note_template *cell(struct table *t, size_t i)
{
    const struct value *rows = value_find(value_find(t->f.root, "table"), "rows");
    const struct value *cells = value_find(rows, "each");
    return note_template_new(&t->m, cells->items[i], &RECORD);
}

static str filled(struct table *t, struct note_template *of)
{
    struct buf out;
    buf_init(&out, &t->f.arena);
    note_template_text(&t->m, of, &RECORD, &out);
    return buf_str(&out);
}

static void test_rows(void **state)
{
    struct table t;
    (void)state;
    open_table(&t, "data: {unit: m, list: [a, b]}\n"
                   "table: {rows: {file: x.csv, each: [plain, "
                   "'{{name}}, {{amount|default:none}} "
                   "{{unit}}', '{{#note}}({{note}}){{/note}}{{^note}}-{{/note}}', "
                   "'{{#list}}{{.}}{{name}}{{/list}}']}}\n");
    assert_null(cell(&t, 0));
    struct note_template *a = cell(&t, 1), *b = cell(&t, 2), *c = cell(&t, 3);
    row = 0;
    assert_str(filled(&t, a), "*Ann*, 1234.5 m");
    assert_str(filled(&t, b), "-");
    assert_str(filled(&t, c), "a*Ann*b*Ann*");
    row = 1;
    assert_str(filled(&t, a), ", x m");
    assert_str(filled(&t, b), "(<b>)");
    row = 2;
    assert_str(filled(&t, b), "({{name}})");
    assert_int_equal(t.f.sink.list.n, 0);
    fixture_done(&t.f);
}

/* As values: which bytes are the record's. */
static void test_values(void **state)
{
    struct table t;
    (void)state;
    open_table(&t, "table: {rows: {each: ['*{{name}}* {{{note}}}']}}\n");
    row = 2;
    const struct value *v = note_template_fill(&t.m, cell(&t, 0), &RECORD, &t.f.arena);
    assert_str(v->text, "*Bo* {{name}}");
    assert_int_equal(v->merged->n, 4);
    assert_false(v->merged->runs[0].inert);
    assert_true(v->merged->runs[1].inert);
    assert_int_equal(v->merged->runs[1].at, 1);
    assert_false(v->merged->runs[3].inert);
    assert_int_equal(value_place(v, 0).column, 24);
    assert_int_equal(value_place(v, 2).column, 25);
    assert_int_equal(value_place(v, 3).column, 33);
    assert_int_equal(value_place(v, 12).column, 35);
    fixture_done(&t.f);
}

static void test_what_is_plain(void **state)
{
    struct table t;
    (void)state;
    open_table(&t, "table: {rows: {each: ['{{name}}, {{amount}}', '*{{name}}*', "
                   "'{{{name}}}', "
                   "'{{name}} www.x', '{{name']}}\n");
    static const bool PLAIN[] = {true, false, false, false, false};
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(note_template_is_plain(cell(&t, i)), PLAIN[i]);
    }
    fixture_done(&t.f);
}

static void test_faults(void **state)
{
    struct table t;
    (void)state;
    open_table(&t, "table: {rows: {\n  each: ['{{nmae}}', '{{amount|money:EUR}}']}}\n");
    row = 1;
    filled(&t, cell(&t, 0));
    assert_report(&t.f, DIAG_NO_FIELD, 2, 11);
    assert_hint(&t.f, DIAG_NO_FIELD, "did you mean `name`?");
    struct note_template *amount = cell(&t, 1);
    filled(&t, amount);
    filled(&t, amount);
    assert_report(&t.f, DIAG_BAD_VALUE, 2, 23);
    assert_int_equal(t.f.sink.list.n, 2); /* once for all rows */
    fixture_done(&t.f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_what_is_plain),
        cmocka_unit_test(test_faults),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

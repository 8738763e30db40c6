/* SPDX-License-Identifier: MIT
 *
 * Which cells head which, in tables whose heads are more than one row. */
#include "flow_case.h"

/* The cell that says `text`, in the first table of the note; NULL: there is none. */
static const struct box *cell(const struct flow_case *c, const char *text)
{
    const struct box *table = c->tree->body->first;
    for (const struct box *row = table->first; row; row = row->next) {
        for (const struct box *cell = row->first; cell; cell = cell->next) {
            const struct tree_spans *s = &cell->first->spans;
            if (s->n && str_is(s->v[0].text, text)) {
                return cell;
            }
        }
    }
    return NULL;
}

static const struct structure_element *element(const struct flow_case *c, uint32_t e)
{
    return &c->tree->structure.elements.v[e];
}

/* What heads a cell: words with spaces between them. */
static str heads_of(struct flow_case *c, const struct structure_heads *heads)
{
    struct buf b;
    buf_init(&b, &c->arena);
    const struct box *table = c->tree->body->first;
    for (uint32_t i = 0; i < heads->n; i++) {
        for (const struct box *row = table->first; row; row = row->next) {
            for (const struct box *cell = row->first; cell; cell = cell->next) {
                if (cell->element == heads->v[i]) {
                    assert_true(element(c, heads->v[i])->more->is_head);
                    buf_puts(&b, b.n ? " " : "");
                    buf_put(&b, cell->first->spans.v[0].text);
                }
            }
        }
    }
    return buf_str(&b);
}

static void expect(struct flow_case *c, const char *text, const char *heads)
{
    const struct box *found = cell(c, text);
    assert_non_null(found);
    assert_str(heads_of(c, &element(c, found->element)->more->heads), heads);
}

static void open_table(struct flow_case *c, const char *table)
{
    case_open(c);
    case_layout(c, "base");
    str yaml = str_format(&c->arena, "title: T\nbody:\n  - table:\n%s", table);
    case_tree(c, yaml.p);
}

static void simple_tables_name_no_heads(void **state)
{
    (void)state;
    struct flow_case c;
    open_table(&c, "      columns: [A, B, '']\n"
                   "      rows:\n"
                   "        - [{text: c, head: true}, d, {text: e, rows: 2}]\n"
                   "        - [{text: f, columns: 2}]\n"
                   "      foot: [[{text: Sum, columns: 2, head: true}, 3]]\n");
    for (size_t i = 0; i < c.tree->structure.elements.n; i++) {
        assert_int_equal(element(&c, (uint32_t)i)->more->heads.n, 0);
        assert_false(element(&c, (uint32_t)i)->more->is_head);
    }
    case_close(&c);
}

static void heads_over_heads(void **state)
{
    (void)state;
    struct flow_case c;
    open_table(&c, "      columns:\n"
                   "        - [{text: Item, rows: 2}, {text: Paid, columns: 2}, '']\n"
                   "        - [Then, Now, '']\n"
                   "      rows: [[Lamps, 1, 2, x], [{text: both, columns: 3}, y]]\n");
    expect(&c, "Then", "Paid");
    expect(&c, "Item", "");
    expect(&c, "Lamps", "Item");
    expect(&c, "1", "Paid Then");
    expect(&c, "2", "Paid Now");
    expect(&c, "x", ""); /* empty heads say nothing */
    expect(&c, "both", "Item Paid Then Now");
    case_close(&c);
}

static void heads_of_rows(void **state)
{
    (void)state;
    struct flow_case c;
    open_table(&c, "      columns: ['', '', A, B, '']\n"
                   "      rows:\n"
                   "        - - {text: North, head: true, rows: 2}\n"
                   "          - {text: One, head: true}\n"
                   "          - a\n"
                   "          - {text: Mid, head: true}\n"
                   "          - b\n"
                   "        - [{text: Two, head: true}, {text: c, rows: 2}, d, e]\n"
                   "        - [f, g, h, {text: Last, head: true}]\n");
    expect(&c, "One", "North");
    expect(&c, "a", "A North One");
    expect(&c, "Mid", "B North One");
    expect(&c, "b", "North Mid"); /* One is of the same row, and farther away */
    expect(&c, "d", "B North Two");
    expect(&c, "c", "A North Two Last"); /* in two rows */
    expect(&c, "f", "Last"); /* none is before it */
    case_close(&c);
}

static void rows_of_heads_head_what_is_below(void **state)
{
    (void)state;
    struct flow_case c;
    open_table(&c, "      columns: [A, B]\n"
                   "      rows:\n"
                   "        - [{text: Lights, columns: 2, head: true}]\n"
                   "        - [{text: Lamps, head: true}, 1]\n"
                   "        - [{text: Harbour, columns: 2, head: true}]\n"
                   "        - [{text: In, head: true}, {text: Out, head: true}]\n"
                   "        - [2, 3]\n"
                   "      foot: [[{text: Sum, head: true}, 4]]\n");
    expect(&c, "1", "B Lights Lamps");
    expect(&c, "Lamps", "A Lights");
    expect(&c, "2", "A Harbour In");
    expect(&c, "3", "B Harbour Out");
    expect(&c, "4", "B Sum");
    assert_false(element(&c, cell(&c, "Lights")->element)->row_head);
    assert_true(element(&c, cell(&c, "Lamps")->element)->row_head);
    case_close(&c);
}

/* 70 heads over one cell: nobody names any, and Scope must do. */
static void too_many_heads_are_not_named(void **state)
{
    (void)state;
    struct flow_case c;
    struct arena a;
    struct buf b;
    arena_init(&a);
    buf_init(&b, &a);
    buf_puts(&b, "      columns:\n");
    for (int i = 0; i < 70; i++) {
        buf_puts(&b, "        - [A]\n");
    }
    buf_puts(&b, "      rows: [[x]]\n");
    buf_char(&b, '\0');
    open_table(&c, b.p);
    for (size_t i = 0; i < c.tree->structure.elements.n; i++) {
        assert_int_equal(element(&c, (uint32_t)i)->more->heads.n, 0);
        assert_false(element(&c, (uint32_t)i)->more->is_head);
    }
    case_close(&c);
    arena_done(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(simple_tables_name_no_heads),
        cmocka_unit_test(heads_over_heads),
        cmocka_unit_test(heads_of_rows),
        cmocka_unit_test(rows_of_heads_head_what_is_below),
        cmocka_unit_test(too_many_heads_are_not_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

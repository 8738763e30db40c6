/* SPDX-License-Identifier: MIT
 *
 * flow/explain.c: the parts of what an end costs add up, over the note, too; no other end
 * is better. */
#include "flow_shared.h"

#include <stdio.h>
#include <string.h>

#include "flow/explain.h"

static struct flow_reasons reasons;

static void explain(struct flow_case *c, const char *yaml)
{
    reasons = (struct flow_reasons){0};
    case_tree(c, yaml);
    c->pages = flow_run_request(&(struct flow_request){
        .tree = c->tree, .engine = c->engine, .arena = &c->arena, .sink = &c->sink,
        .reasons = &reasons});
    assert_non_null(c->pages);
    assert_true(reasons.list.n > 0);
}

static const char WORDS[] = "shade and water are what a street must give in the heat of "
                            "summer to all who walk in it";

/* Paragraphs of growing length, lists, headings and notes over some pages. */
static const char *long_note(struct flow_case *c, int paragraphs)
{
    struct buf out;
    buf_init(&out, &c->arena);
    buf_puts(&out, "title: Note\nbody: |\n");
    for (int i = 0; i < paragraphs; i++) {
        buf_format(&out, i % 5 == 4 ? "\n  # Heading %d\n\n  " : "\n  First %d ", i);
        for (int k = 0; k < i * 7 % 11; k++) {
            buf_format(&out, " %s", WORDS);
        }
        buf_puts(&out, i % 3 == 1 ? "[^n]:\n\n  - one\n  - two\n" : " end\n");
    }
    buf_format(&out, "footnotes:\n  n: A note that is longer than a line, %s; %s; %s.\n",
               WORDS, WORDS, WORDS);
    buf_char(&out, '\0');
    return out.p;
}

static int64_t sum_of(const struct flow_end *e)
{
    int64_t sum = 0;
    for (int i = 0; i < FLOW_COSTS; i++) {
        sum += e->costs[i];
    }
    return sum;
}

static void parts_add_up(void **state)
{
    (void)state;
    for (int n = 10; n < 60; n += 7) {
        explain(&shared, long_note(&shared, n));
        int64_t total = 0;
        for (size_t i = 0; i < reasons.list.n; i++) {
            const struct flow_reason *r = &reasons.list.v[i];
            total += r->end.here;
            assert_int_equal(sum_of(&r->end), r->end.here);
            assert_int_equal(r->end.total, reasons.total);
            assert_int_equal(r->page, i);
            for (uint32_t k = 0; k < r->n_others; k++) {
                const struct flow_end *e = &r->others[k];
                assert_int_equal(sum_of(e), e->here);
                assert_true(e->total >= reasons.total);
                assert_true(k == 0 || e->total >= r->others[k - 1].total);
            }
        }
        assert_int_equal(total, reasons.total);
        assert_int_equal(reasons.list.n, shared.pages->pages.n);
    }
}

static void asking_changes_nothing(void **state)
{
    (void)state;
    const char *yaml = long_note(&shared, 50);
    struct buf plain, asked;
    buf_init(&plain, &shared.arena);
    buf_init(&asked, &shared.arena);
    page_dump(case_pages(&shared, yaml), &plain);
    explain(&shared, yaml);
    page_dump(shared.pages, &asked);
    assert_true(str_eq(buf_str(&plain), buf_str(&asked)));
}

static bool has(str text, const char *what)
{
    size_t at;
    return str_find(text, str_from(what), &at);
}

static void people_read_it(void **state)
{
    (void)state;
    struct buf out;
    buf_init(&out, &shared.arena);
    explain(&shared, long_note(&shared, 40));
    flow_explain_text(&reasons, &out);
    str text = buf_str(&out);
    assert_true(str_starts(text, STR("the breaks of this note cost ")));
    assert_true(has(text, "\npage 1 ends after “"));
    assert_true(has(text, "(note.yaml:"));
    assert_true(has(text, " % full"));
    assert_true(has(text, "earlier, after “"));
    assert_true(has(text, "    the text ends here\n"));
}

/* Pages that end behind rows, pictures and rules are named by what stands there. */
static void other_lines_are_named(void **state)
{
    (void)state;
    struct buf note, out;
    buf_init(&note, &shared.arena);
    buf_init(&out, &shared.arena);
    buf_puts(&note, "title: T\nbody:\n  - table:\n      columns: [A, B]\n      rows:\n");
    for (int i = 0; i < 120; i++) {
        buf_format(&note, "        - ['', row %d]\n", i);
    }
    buf_puts(&note, "  - table: {columns: [A, B, C, D], rows: "
                    "{file: tests/golden/flow/data/data-rows.csv}}\n"
                    "  - page-break:\n  - rule:\n  - page-break:\n  - qr: words\n"
                    "  - page-break:\n  - end\n");
    buf_char(&note, '\0');
    explain(&shared, note.p);
    flow_explain_text(&reasons, &out);
    str text = buf_str(&out);
    assert_true(has(text, "ends after “row 37”"));
    assert_true(has(text, "ends after “4”"));
    assert_true(has(text, "ends after “a rule”"));
    assert_true(has(text, "ends after “a code”"));
}

static void a_page_that_must_end(void **state)
{
    (void)state;
    explain(&shared, "title: T\nbody:\n  - first\n  - page-break:\n  - second\n");
    assert_int_equal(reasons.list.n, 2);
    assert_true(reasons.list.v[0].end.forced);
    assert_int_equal(reasons.list.v[0].end.here, 0);
    assert_true(str_is(reasons.list.v[0].end.text, "first"));
    assert_true(reasons.list.v[1].end.whole);
}

/* A list whose first line is the last of a page would cost what parts it. */
static void parts_are_named(void **state)
{
    (void)state;
    int64_t seen[FLOW_COSTS] = {0};
    for (int n = 20; n < 60; n++) {
        explain(&shared, long_note(&shared, n));
        for (size_t i = 0; i < reasons.list.n; i++) {
            const struct flow_reason *r = &reasons.list.v[i];
            for (uint32_t k = 0; k < r->n_others; k++) {
                for (int c = 0; c < FLOW_COSTS; c++) {
                    seen[c] += r->others[k].costs[c];
                }
            }
        }
    }
    assert_true(seen[FLOW_COST_EMPTY] > 0);
    assert_true(seen[FLOW_COST_ORPHAN] + seen[FLOW_COST_WIDOW] > 0);
    assert_int_equal(seen[FLOW_COST_OTHER], 0);
}

static void a_note_that_must_be_divided(void **state)
{
    (void)state;
    struct buf out;
    buf_init(&out, &shared.arena);
    buf_puts(&out, "title: T\nbody: 'Text[^n].'\nfootnotes:\n  n: >\n");
    for (int i = 0; i < 80; i++) {
        buf_format(&out, "    %s\n", WORDS);
    }
    buf_char(&out, '\0');
    explain(&shared, out.p);
    assert_int_equal(reasons.list.n, 2);
    assert_int_equal(reasons.list.v[0].end.costs[FLOW_COST_SPLIT_NOTE],
                     shared.layout->breaking.split_note);
    assert_int_equal(reasons.list.v[1].end.here, 0);
}

static void columns_are_told_apart(void **state)
{
    (void)state;
    static struct flow_case c;
    case_open(&c);
    case_layout(&c, "briefing");
    explain(&c, long_note(&c, 50));
    bool balanced = false;
    for (size_t i = 0; i < reasons.list.n; i++) {
        assert_int_equal(reasons.list.v[i].columns, 2);
        assert_int_equal(reasons.list.v[i].column, i % 2);
        balanced = balanced || reasons.list.v[i].balanced;
    }
    assert_true(balanced);
    struct buf out;
    buf_init(&out, &c.arena);
    flow_explain_json(&reasons, &out);
    assert_true(str_starts(buf_str(&out), STR("{\"page\": 1, \"column\": 1,")));
    assert_true(has(buf_str(&out), "\"why\": \"balanced\""));
    case_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_add_up),
        cmocka_unit_test(asking_changes_nothing),
        cmocka_unit_test(people_read_it),
        cmocka_unit_test(other_lines_are_named),
        cmocka_unit_test(a_page_that_must_end),
        cmocka_unit_test(parts_are_named),
        cmocka_unit_test(a_note_that_must_be_divided),
        cmocka_unit_test(columns_are_told_apart),
    };
    return cmocka_run_group_tests(tests, open_case, close_case);
}

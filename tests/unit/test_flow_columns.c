/* SPDX-License-Identifier: MIT
 *
 * flow/balance.c against brute force: all ways to part a few lines into columns; then
 * columns on pages. */
#include "flow_shared.h"

#include "flow/vertical.h"
#include "style/sheet.h"

enum { LINE = 10, MOST_LINES = 12, GOOD = 5000, FAIR = 100000 };

struct fixture {
    struct flow f;
    struct layout layout;
    struct style root;
    struct style_sheet sheet;
    struct flow_group group;
};

static uint32_t random_seed;

static uint32_t random_below(uint32_t n)
{
    random_seed = random_seed * 1664525u + 1013904223u;
    return (random_seed >> 16) % n;
}

static void begin(struct fixture *x, uint32_t columns)
{
    *x = (struct fixture){.root = {.leading = PT(LINE)}};
    arena_init(&x->f.work);
    arena_init(&x->f.scratch);
    x->f.layout = &x->layout;
    x->sheet.root = &x->root;
    x->layout.sheet = &x->sheet;
    x->layout.breaking.widow = x->layout.breaking.orphan = GOOD;
    x->layout.breaking.stranded = FAIR;
    x->group.columns = columns;
}

static void done(struct fixture *x)
{
    arena_done(&x->f.scratch);
    arena_done(&x->f.work);
}

static void add_line(struct fixture *x, len height, len before, int32_t penalty)
{
    struct flow_line l = {.height = height, .before = before, .penalty = penalty,
                          .group = &x->group};
    vec_push(&x->f.work, &x->f.body, l);
}

static void ready(struct fixture *x)
{
    x->group.last = x->f.body.n;
    flow_balance_ready(&x->f, &x->f.body, &x->group);
}

static void random_group(struct fixture *x)
{
    static const int32_t PENALTIES[] = {0, 0, 0, 300, GOOD, 2 * GOOD, FAIR, FLOW_NEVER};
    begin(x, 2 + random_below(3));
    uint32_t lines = 1 + random_below(MOST_LINES);
    for (uint32_t i = 0; i < lines; i++) {
        add_line(x, PT(LINE) + (len)random_below(3) * PT(4),
                 (len)random_below(3) * PT(3), PENALTIES[random_below(8)]);
    }
    ready(x);
}

/* The height of lines as a column, by its meaning. */
static len64 column_height(const struct fixture *x, size_t first, size_t last)
{
    len64 height = 0;
    for (size_t i = first; i < last; i++) {
        height += x->f.body.v[i].height + (i > first ? x->f.body.v[i].before : 0);
    }
    return height;
}

static len64 least_height(const struct fixture *x, size_t first, size_t last,
                          uint32_t columns, int32_t limit)
{
    len64 best = column_height(x, first, last);
    for (size_t i = first + 1; i < last && columns > 1; i++) {
        if (x->f.body.v[i].penalty >= limit) {
            continue;
        }
        len64 one = column_height(x, first, i);
        len64 rest = least_height(x, i, last, columns - 1, limit);
        len64 high = one > rest ? one : rest;
        best = high < best ? high : best;
    }
    return best;
}

static len64 balanced(const struct fixture *x, size_t first, size_t last, int32_t *limit)
{
    uint32_t columns = x->group.columns;
    len64 good = least_height(x, first, last, columns, GOOD);
    len64 fair = least_height(x, first, last, columns, FAIR);
    *limit = good <= fair + 2 * PT(LINE) ? GOOD : FAIR;
    return *limit == GOOD ? good : fair;
}

static void assert_part(struct fixture *x, size_t first, size_t last)
{
    int32_t limit;
    len64 best = balanced(x, first, last, &limit);
    struct flow_part part = {.group = &x->group, .first = first, .last = last};
    flow_balance(&x->f.body, &part, &x->f.scratch);
    assert_int_equal(part.height, best);
    assert_int_equal(part.starts[0], first);
    assert_int_equal(part.starts[x->group.columns], last);
    for (uint32_t k = 0; k < x->group.columns; k++) {
        size_t from = part.starts[k], to = part.starts[k + 1];
        assert_true(from <= to);
        assert_true(column_height(x, from, to) <= best);
        if (k > 0 && from < last) {
            assert_true(x->f.body.v[from].penalty < limit);
        }
    }
}

static void equals_brute_force(void **state)
{
    (void)state;
    for (random_seed = 1; random_seed < 400000; random_seed += 97) {
        struct fixture x;
        uint32_t seed = random_seed;
        random_group(&x);
        size_t first = random_below((uint32_t)x.f.body.n);
        struct flow_stack s;
        flow_stack_start(&s, &x.f.body, first);
        while (s.next < x.f.body.n) {
            int32_t limit;
            flow_stack_add(&s);
            if (s.height != balanced(&x, first, s.next, &limit)) {
                fail_msg("seed %u: lines %zu to %zu are %lld high", seed, first, s.next,
                         (long long)s.height);
            }
        }
        assert_part(&x, first, x.f.body.n);
        random_seed = seed;
        done(&x);
    }
}

static void the_last_columns_are_the_shorter_ones(void **state)
{
    (void)state;
    struct fixture x;
    begin(&x, 3);
    for (int i = 0; i < 7; i++) {
        add_line(&x, PT(LINE), 0, 0);
    }
    ready(&x);
    struct flow_part part = {.group = &x.group, .last = 7};
    flow_balance(&x.f.body, &part, &x.f.scratch);
    assert_int_equal(part.height, 3 * PT(LINE));
    assert_int_equal(part.starts[1], 3); /* 3 2 2, not 3 3 1 */
    assert_int_equal(part.starts[2], 5);
    done(&x);
}

static void a_heading_is_not_left_at_a_columns_foot(void **state)
{
    (void)state;
    struct fixture x;
    begin(&x, 2);
    for (int i = 0; i < 6; i++) {
        add_line(&x, PT(LINE), 0, i == 3 ? FAIR : 0); /* line 2 is a heading */
    }
    ready(&x);
    struct flow_part part = {.group = &x.group, .last = 6};
    flow_balance(&x.f.body, &part, &x.f.scratch);
    assert_int_equal(part.height, 4 * PT(LINE));
    assert_true(part.starts[1] == 2 || part.starts[1] == 4);
    done(&x);
}

/* --- On pages --- */

static const struct page_item *find_text(const struct page *p, struct place at)
{
    for (size_t i = 0; i < p->items.n; i++) {
        const struct page_item *item = &p->items.v[i];
        if (item->kind == PAGE_TEXT && item->at.line == at.line) {
            return item;
        }
    }
    fail_msg("nothing of line %u", at.line);
    return NULL;
}

static void columns_stand_side_by_side(void **state)
{
    (void)state;
    struct page_list *pages = case_pages(&shared,
        "title: T\nbody:\n"
        "  - before\n"
        "  - columns:\n"
        "      - one\n"
        "      - two\n"
        "      - three\n"
        "      - four\n"
        "  - behind\n");
    const struct page *p = &pages->pages.v[0];
    const struct page_item *item[10];
    for (uint32_t line = 3; line < 10; line++) {
        if (line != 4) {
            item[line] = find_text(p, (struct place){.line = line});
        }
    }
    assert_int_equal(item[5]->as.text.x, item[3]->as.text.x);
    assert_int_equal(item[6]->as.text.x, item[5]->as.text.x);
    assert_true(item[7]->as.text.x > item[5]->as.text.x + p->body.width / 2);
    assert_int_equal(item[7]->as.text.y, item[5]->as.text.y);
    assert_int_equal(item[8]->as.text.y, item[6]->as.text.y);
    assert_true(item[9]->as.text.y > item[8]->as.text.y);
    assert_int_equal(item[9]->as.text.x, item[3]->as.text.x);
}

/* A note marked in a column is as wide as the page, at its foot. */
static void notes_stand_at_the_pages_foot(void **state)
{
    (void)state;
    struct page_list *pages = case_pages(&shared,
        "title: T\nbody:\n"
        "  - columns: {count: 3, body: [a, 'b[^n]', c]}\n"
        "footnotes:\n"
        "  n: the note\n");
    const struct page *p = &pages->pages.v[0];
    const struct page_item *note = find_text(p, (struct place){.line = 5});
    assert_true(note->as.text.x < p->body.x + p->body.width / 4);
    assert_true(note->as.text.y > p->body.y + p->body.height - PT(20));
}

/* A page cannot have six columns, each four letters wide, and gaps of half a page. */
static void too_many_columns_are_fewer(void **state)
{
    (void)state;
    size_t before = shared.sink.per_code[DIAG_OVERFULL_LINE];
    case_pages(&shared, "title: T\nbody:\n"
                        "  - columns: {count: 6, gap: 90mm, body: [a, b, c]}\n");
    assert_int_equal(shared.sink.per_code[DIAG_OVERFULL_LINE], before + 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equals_brute_force),
        cmocka_unit_test(the_last_columns_are_the_shorter_ones),
        cmocka_unit_test(a_heading_is_not_left_at_a_columns_foot),
        cmocka_unit_test(columns_stand_side_by_side),
        cmocka_unit_test(notes_stand_at_the_pages_foot),
        cmocka_unit_test(too_many_columns_are_fewer),
    };
    return cmocka_run_group_tests(tests, open_case, close_case);
}

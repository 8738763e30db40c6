/* SPDX-License-Identifier: MIT
 *
 * Page breaking against brute force: on small lists every way to cut them into pages is
 * tried, and the chosen one must cost no more than the best. */
#include "assertions.h"

#include "flow/vertical.h"
#include "style/sheet.h"

enum { LINE = 10, MOST_LINES = 14, MOST_NOTES = 3, NOTES_ALONE = 6000 };

struct fixture {
    struct flow f;
    struct layout layout;
    struct style root;
    struct style_sheet sheet;
    struct tree tree;
    struct flow_note notes[MOST_NOTES + 1];
};

static uint32_t random_seed;

static uint32_t random_below(uint32_t n)
{
    random_seed = random_seed * 1664525u + 1013904223u;
    return (random_seed >> 16) % n;
}

static void begin(struct fixture *x, int page_lines)
{
    *x = (struct fixture){0};
    arena_init(&x->f.work);
    x->f.layout = &x->layout;
    x->f.tree = &x->tree;
    x->f.notes = x->notes;
    x->layout.page.columns = 1;
    x->layout.page.width = PT(100);
    x->layout.page.height = PT(page_lines * LINE);
    x->layout.breaking.split_note = 2000;
    x->layout.breaking.widow = x->layout.breaking.orphan = 2000;
    x->layout.breaking.stranded = 3000;
    x->root.leading = PT(LINE);
    x->sheet.root = &x->root;
    x->layout.sheet = &x->sheet;
    x->f.column_width = PT(100);
}

static void add_lines(struct fixture *x, int n, int space, int32_t first_penalty)
{
    for (int i = 0; i < n; i++) {
        struct flow_line l = {
            .height = PT(LINE), .before = i ? 0 : PT(space),
            .penalty = i ? 0 : first_penalty, .notes = (uint32_t)x->f.order.n,
        };
        vec_push(&x->f.work, &x->f.body, l);
    }
}

/* A note of `n` lines, marked on the last line added. */
static void add_note(struct fixture *x, int n)
{
    uint32_t number = (uint32_t)x->f.order.n;
    struct flow_note *note = &x->notes[number];
    for (int i = 0; i < n; i++) {
        struct flow_line l = {.height = PT(LINE), .notes = number + 1};
        vec_push(&x->f.work, &note->lines, l);
    }
    note->end = number + 1;
    note->height = flow_height(&note->lines, 0, note->lines.n);
    vec_push(&x->f.work, &x->f.order, number);
}

/* The lines from `first` on stand in columns. */
static void add_group(struct fixture *x, size_t first, uint32_t columns)
{
    struct flow_group *g = NEW(&x->f.work, struct flow_group);
    *g = (struct flow_group){.first = first, .last = x->f.body.n, .columns = columns};
    g->head.before = x->f.body.v[first].before;
    for (size_t i = first; i < g->last; i++) {
        x->f.body.v[i].group = g;
    }
    flow_balance_ready(&x->f, &x->f.body, g);
}

static int64_t emptiness(const struct fixture *x, size_t last, len64 used)
{
    len64 room = x->layout.page.height, left = room - used;
    if (last == x->f.body.n || left <= 0 || x->f.body.v[last].forced) {
        return 0;
    }
    return 10000 * left / room * left / room;
}

static int64_t cost_of(const struct fixture *x, size_t first, size_t last,
                       struct flow_notes_at from, struct flow_notes_at to)
{
    len64 used = flow_height(&x->f.body, first, last) +
                 flow_notes_height(&x->f, from, to);
    if (used > x->layout.page.height) {
        return INT64_MAX;
    }
    int64_t ends = last == x->f.body.n ? 0
                 : first == last       ? NOTES_ALONE : x->f.body.v[last].penalty;
    int64_t split = to.line ? x->layout.breaking.split_note : 0;
    return emptiness(x, last, used) + split + ends;
}

static int64_t best_from(const struct fixture *x, size_t first,
                         struct flow_notes_at from);

static int64_t try_one(const struct fixture *x, size_t first, size_t last,
                       struct flow_notes_at from, struct flow_notes_at to)
{
    int64_t cost = cost_of(x, first, last, from, to);
    if (cost == INT64_MAX) {
        return cost;
    }
    int64_t rest = best_from(x, last, to);
    return rest == INT64_MAX ? rest : cost + rest;
}

/* The best split of the last note that is marked before `last`: as much as fits. */
static int64_t try_split(const struct fixture *x, size_t first, size_t last,
                         struct flow_notes_at from)
{
    uint32_t marked = flow_notes_before(&x->f, last);
    if (marked == from.note) {
        return INT64_MAX;
    }
    uint32_t begun = marked - 1 == from.note ? from.line : 0;
    uint32_t n = (uint32_t)x->notes[marked - 1].lines.n;
    for (uint32_t upto = n > 2 ? n - 2 : 0; upto >= begun + 2; upto--) {
        struct flow_notes_at to = {marked - 1, upto};
        if (cost_of(x, first, last, from, to) != INT64_MAX) {
            return try_one(x, first, last, from, to);
        }
    }
    return INT64_MAX;
}

static int64_t best_from(const struct fixture *x, size_t first, struct flow_notes_at from)
{
    size_t n = x->f.body.n;
    if (first == n && from.note == x->f.order.n) {
        return 0;
    }
    int64_t best = INT64_MAX;
    bool left_over = from.note < flow_notes_before(&x->f, first);
    for (size_t last = first + (first < n && !left_over); last <= n; last++) {
        struct flow_notes_at all = {flow_notes_before(&x->f, last), 0};
        int64_t whole = try_one(x, first, last, from, all);
        bool fits = cost_of(x, first, last, from, all) != INT64_MAX;
        int64_t split = fits ? INT64_MAX : try_split(x, first, last, from);
        best = whole < best ? whole : best;
        best = split < best ? split : best;
        len64 height = flow_height(&x->f.body, first, last);
        if (last > first && height > x->layout.page.height) {
            break; /* more lines may be lower in columns, but nobody asks for that */
        }
        if (last < n && last > first && x->f.body.v[last].forced) {
            break;
        }
    }
    return best;
}

static int64_t chosen_cost(const struct fixture *x)
{
    int64_t sum = 0;
    for (size_t i = 0; i < x->f.fills.n; i++) {
        const struct flow_fill *fill = &x->f.fills.v[i];
        sum += cost_of(x, fill->first, fill->last, fill->notes_first, fill->notes_last);
    }
    return sum;
}

/* Lines and notes each appear once, in order, and notes begin where they are marked. */
static void assert_complete(const struct fixture *x)
{
    size_t line = 0;
    struct flow_notes_at at = {0, 0};
    for (size_t i = 0; i < x->f.fills.n; i++) {
        const struct flow_fill *fill = &x->f.fills.v[i];
        assert_int_equal(fill->first, line);
        assert_int_equal(fill->notes_first.note, at.note);
        assert_int_equal(fill->notes_first.line, at.line);
        line = fill->last;
        at = fill->notes_last;
    }
    assert_int_equal(line, x->f.body.n);
    assert_int_equal(at.note, x->f.order.n);
    assert_int_equal(at.line, 0);
}

static void random_note(struct fixture *x)
{
    begin(x, 5 + (int)random_below(4));
    int lines = 1 + (int)random_below(MOST_LINES), done = 0;
    bool columns = random_below(2) == 0;
    size_t first = 0;
    while (done < lines) {
        int n = 1 + (int)random_below(4);
        add_lines(x, n, (int)random_below(3) * 5, (int32_t)random_below(4) * 1000);
        if (x->f.order.n < MOST_NOTES && random_below(3) == 0) {
            add_note(x, 1 + (int)random_below(5));
        }
        if (random_below(12) == 0) {
            x->f.body.v[x->f.body.n - (size_t)n].forced = true;
        }
        done += n;
        if (columns && random_below(3) == 0) {
            add_group(x, first, 2 + random_below(2));
            first = x->f.body.n;
        } else if (random_below(2) == 0) {
            first = x->f.body.n;
        }
    }
}

static void equals_brute_force(void **state)
{
    (void)state;
    int judged = 0;
    for (uint32_t seed = 1; seed <= 3000; seed++) {
        struct fixture x;
        random_seed = seed;
        random_note(&x);
        int64_t best = best_from(&x, 0, (struct flow_notes_at){0, 0});
        flow_choose_breaks(&x.f);
        assert_complete(&x);
        if (best != INT64_MAX) {
            judged++;
            if (chosen_cost(&x) != best) {
                fail_msg("seed %u: chose %lld, best is %lld", seed,
                         (long long)chosen_cost(&x), (long long)best);
            }
        }
        arena_done(&x.f.work);
    }
    assert_true(judged > 2500);
}

static void a_heading_is_not_left_alone(void **state)
{
    (void)state;
    struct fixture x;
    begin(&x, 5);
    add_lines(&x, 4, 0, 0);
    add_lines(&x, 1, 0, 0);
    add_lines(&x, 3, 0, 20000);
    flow_choose_breaks(&x.f);
    assert_int_equal(x.f.fills.n, 2);
    assert_int_equal(x.f.fills.v[0].last, 4);
    arena_done(&x.f.work);
}

static void a_note_stays_with_its_mark(void **state)
{
    (void)state;
    struct fixture x;
    begin(&x, 6);
    add_lines(&x, 5, 0, 0);
    add_note(&x, 2);
    add_lines(&x, 4, 0, 0);
    flow_choose_breaks(&x.f);
    assert_int_equal(x.f.fills.v[0].last, 4); /* the marked line goes to the next page */
    assert_int_equal(x.f.fills.v[1].notes_last.note, 1);
    arena_done(&x.f.work);
}

static void a_line_higher_than_a_page_makes_progress(void **state)
{
    (void)state;
    struct fixture x;
    begin(&x, 3);
    add_lines(&x, 3, 0, 0);
    x.f.body.v[1].height = PT(1000);
    flow_choose_breaks(&x.f);
    assert_complete(&x);
    assert_int_equal(x.f.fills.n, 3);
    assert_true(x.f.fills.v[1].overfull);
    arena_done(&x.f.work);
}

static void a_note_longer_than_pages_goes_on(void **state)
{
    (void)state;
    struct fixture x;
    begin(&x, 5);
    add_lines(&x, 1, 0, 0);
    add_note(&x, 23);
    flow_choose_breaks(&x.f);
    assert_complete(&x);
    assert_int_equal(x.f.fills.n, 5); /* 1 + 4 lines, then 5, 5, 5, 4 of the note */
    arena_done(&x.f.work);
}

/* The second note is marked on line `at` of the first: where the first is divided, that
 * line and the second note are on the same side. */
static void a_note_in_a_note_begins_with_its_mark(void **state)
{
    (void)state;
    for (uint32_t at = 5; at < 12; at++) {
        struct fixture x;
        begin(&x, 10);
        add_lines(&x, 4, 0, 0);
        add_note(&x, 12);
        add_note(&x, 3);
        for (uint32_t i = at + 1; i < 12; i++) {
            x.notes[0].lines.v[i].notes = 2;
        }
        x.notes[0].end = 2;
        flow_choose_breaks(&x.f);
        assert_complete(&x);
        const struct flow_fill *fills = x.f.fills.v;
        size_t outer = 0, inner = 0;
        while (fills[outer].notes_last.note == 0 && fills[outer].notes_last.line <= at) {
            outer++;
        }
        while (fills[inner].notes_last.note == 0 ||
               (fills[inner].notes_last.note == 1 && fills[inner].notes_last.line == 0)) {
            inner++;
        }
        assert_int_equal(outer, inner);
        arena_done(&x.f.work);
    }
}

static void notes_left_over_may_have_a_page_alone(void **state)
{
    (void)state;
    struct fixture x;
    begin(&x, 10);
    add_lines(&x, 1, 0, 0);
    add_note(&x, 12);       /* its last three lines cannot be divided again */
    add_lines(&x, 9, 0, 0); /* which must be together, and would not be beside those */
    for (size_t i = 2; i < 10; i++) {
        x.f.body.v[i].penalty = 50000;
    }
    flow_choose_breaks(&x.f);
    assert_complete(&x);
    assert_int_equal(x.f.fills.n, 3);
    assert_int_equal(x.f.fills.v[1].first, x.f.fills.v[1].last);
    assert_int_equal(x.f.fills.v[2].first, 1);
    arena_done(&x.f.work);
}

/* Columns made equally high must not drive a note away from its mark. */
static void balanced_columns_keep_notes_with_their_marks(void **state)
{
    (void)state;
    struct fixture x;
    begin(&x, 12);
    x.layout.page.columns = 2;
    x.layout.page.width = PT(200);
    add_lines(&x, 1, 0, 0);
    add_note(&x, 3);
    add_note(&x, 1); /* would have room beside the other lines */
    add_lines(&x, 3, 0, 0);
    flow_choose_breaks(&x.f);
    assert_complete(&x);
    assert_int_equal(x.f.fills.v[0].notes_last.note, 2);
    arena_done(&x.f.work);
}

static void nothing_gives_one_page(void **state)
{
    (void)state;
    struct fixture x;
    begin(&x, 5);
    flow_choose_breaks(&x.f);
    assert_int_equal(x.f.fills.n, 1);
    arena_done(&x.f.work);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equals_brute_force),
        cmocka_unit_test(a_heading_is_not_left_alone),
        cmocka_unit_test(a_note_stays_with_its_mark),
        cmocka_unit_test(a_line_higher_than_a_page_makes_progress),
        cmocka_unit_test(a_note_longer_than_pages_goes_on),
        cmocka_unit_test(a_note_in_a_note_begins_with_its_mark),
        cmocka_unit_test(notes_left_over_may_have_a_page_alone),
        cmocka_unit_test(balanced_columns_keep_notes_with_their_marks),
        cmocka_unit_test(nothing_gives_one_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

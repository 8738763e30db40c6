/* SPDX-License-Identifier: MIT
 *
 * Page breaking against brute force: on small lists every way to cut them into pages is
 * tried, and the chosen one must cost no more than the best. */
#include "breaks_fixture.h"

enum { MOST_LINES = 14, MOST_LINES_WITH_FLOATS = 8, MOST_FLOATS = 3, NOTES_ALONE = 6000,
       LATE = 400 };

static int64_t emptiness(const struct fixture *x, size_t last, len64 used)
{
    len64 room = x->layout.page.height, left = room - used;
    if (last == x->f.body.n || left <= 0 || x->f.body.v[last].forced) {
        return 0;
    }
    return 10000 * left / room * left / room;
}

/* Up to where lines, notes and floats are set. */
struct upto {
    size_t line;
    struct flow_notes_at notes;
    uint32_t floats;
};

static len64 floats_height(const struct fixture *x, struct upto from, struct upto to)
{
    len64 height = 0;
    for (uint32_t i = from.floats; i < to.floats; i++) {
        bool below = i + 1 < to.floats || from.line < to.line;
        height += x->f.floats.v[i].height + (below ? x->f.floats.v[i].gap : 0);
    }
    return height;
}

static int64_t cost_of(const struct fixture *x, struct upto from, struct upto to)
{
    len64 used = flow_height(&x->f.body, from.line, to.line) +
                 flow_notes_height(&x->f, from.notes, to.notes) +
                 floats_height(x, from, to);
    if (used > x->layout.page.height) {
        return INT64_MAX;
    }
    int64_t ends = to.line == x->f.body.n ? 0
                 : from.line == to.line   ? NOTES_ALONE : x->f.body.v[to.line].penalty;
    int64_t split = to.notes.line ? x->layout.breaking.split_note : 0;
    int64_t late = (int64_t)LATE * (flow_floats_before(&x->f, to.line) - to.floats);
    return emptiness(x, to.line, used) + split + ends + late;
}

static int64_t best_from(const struct fixture *x, struct upto from);

static int64_t try_one(const struct fixture *x, struct upto from, struct upto to)
{
    int64_t cost = cost_of(x, from, to);
    if (cost == INT64_MAX) {
        return cost;
    }
    int64_t rest = best_from(x, to);
    return rest == INT64_MAX ? rest : cost + rest;
}

/* The best split of the last note that is marked before `to`. */
static int64_t try_split(const struct fixture *x, struct upto from, struct upto to)
{
    uint32_t marked = flow_notes_before(&x->f, to.line);
    if (marked == from.notes.note) {
        return INT64_MAX;
    }
    uint32_t begun = marked - 1 == from.notes.note ? from.notes.line : 0;
    uint32_t n = (uint32_t)x->notes[marked - 1].lines.n;
    int64_t best = INT64_MAX;
    for (uint32_t upto = n > 2 ? n - 2 : 0; upto >= begun + 2; upto--) {
        to.notes = (struct flow_notes_at){marked - 1, upto};
        int64_t cost = try_one(x, from, to);
        best = cost < best ? cost : best;
    }
    return best;
}

static int64_t best_from(const struct fixture *x, struct upto from)
{
    size_t n = x->f.body.n;
    bool notes_left = from.notes.note < flow_notes_before(&x->f, from.line);
    bool floats_left = from.floats < flow_floats_before(&x->f, from.line);
    if (from.line == n && from.notes.note == x->f.order.n && !floats_left) {
        return 0;
    }
    int64_t best = INT64_MAX;
    for (size_t last = from.line + !(notes_left || floats_left); last <= n; last++) {
        struct upto to = {last, {flow_notes_before(&x->f, last), 0}, from.floats};
        if (last > from.line &&
            flow_height(&x->f.body, from.line, last) > x->layout.page.height) {
            break; /* more lines may be lower in columns, but nobody asks for that */
        }
        to.floats += last == from.line && !notes_left;
        for (; to.floats <= flow_floats_before(&x->f, last); to.floats++) {
            int64_t whole = try_one(x, from, to), part = try_split(x, from, to);
            best = whole < best ? whole : best;
            best = part < best ? part : best;
        }
        if (last < n && last > from.line && x->f.body.v[last].forced) {
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
        sum += cost_of(x, (struct upto){fill->first, fill->notes_first,
                                        fill->floats_first},
                       (struct upto){fill->last, fill->notes_last, fill->floats_last});
    }
    return sum;
}

static void random_note(struct fixture *x)
{
    begin(x, 5 + (int)random_below(4));
    bool columns = random_below(2) == 0, floats = random_below(3) == 0;
    int most = floats ? MOST_LINES_WITH_FLOATS : MOST_LINES; /* there are more ways */
    int lines = 1 + (int)random_below((uint32_t)most), done = 0;
    size_t first = 0;
    while (done < lines) {
        int n = 1 + (int)random_below(4);
        add_lines(x, n, (int)random_below(3) * 5, (int32_t)random_below(4) * 1000);
        if (x->f.order.n < MOST_NOTES && random_below(3) == 0) {
            add_note(x, 1 + (int)random_below(5));
        }
        if (floats && x->f.floats.n < MOST_FLOATS && random_below(4) == 0) {
            add_float(x, 10 + 5 * (int)random_below(7));
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
    for (uint32_t seed = 1; seed <= 3000; seed += STRIDE) {
        struct fixture x;
        random_seed = seed;
        random_note(&x);
        int64_t best = best_from(&x, (struct upto){0, {0, 0}, 0});
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
    assert_true(judged > 2500 / STRIDE);
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

/* Below a front there is room for the heading alone. */
static void a_heading_waits_for_a_higher_region(void **state)
{
    (void)state;
    struct fixture x;
    begin(&x, 10);
    x.f.front_height = PT(8 * LINE);
    struct flow_line title = {.height = PT(8 * LINE)};
    vec_push(&x.f.work, &x.f.front, title);
    add_lines(&x, 2, 0, 0);
    x.f.body.v[1].penalty = FLOW_NEVER;
    add_lines(&x, 4, 0, 100000);
    flow_choose_breaks(&x.f);
    assert_complete(&x);
    assert_int_equal(x.f.fills.n, 2);
    assert_int_equal(x.f.fills.v[0].last, 0);
    arena_done(&x.f.work);
}

/* Not after the first line of its second paragraph, but before that. */
static void a_note_is_divided_at_a_good_place(void **state)
{
    (void)state;
    struct fixture x;
    begin(&x, 10);
    add_lines(&x, 4, 0, 0);
    add_note(&x, 12);
    x.notes[0].lines.v[6].penalty = 2000;
    add_lines(&x, 4, 0, 0);
    flow_choose_breaks(&x.f);
    assert_complete(&x);
    assert_int_equal(x.f.fills.v[0].last, 5);
    assert_int_equal(x.f.fills.v[0].notes_last.line, 5);
    arena_done(&x.f.work);
}

/* Three notes of a front above two columns, too long for both of them. */
static void notes_of_the_front_begin_in_its_columns(void **state)
{
    (void)state;
    struct fixture x;
    begin(&x, 10);
    x.layout.page.columns = 2;
    x.f.front_height = PT(5 * LINE);
    add_note(&x, 7);
    add_note(&x, 2);
    add_note(&x, 3);
    add_lines(&x, 4, 0, 0);
    flow_choose_breaks(&x.f);
    assert_complete(&x);
    assert_int_equal(x.f.fills.v[0].notes_last.line, 5);
    assert_int_equal(x.f.fills.v[1].notes_last.note, 2);
    assert_int_equal(x.f.fills.v[1].notes_last.line, 0);
    arena_done(&x.f.work);
}

static void a_float_too_high_for_its_page_waits(void **state)
{
    (void)state;
    struct fixture x;
    begin(&x, 5);
    add_lines(&x, 3, 0, 0);
    add_float(&x, 3 * LINE);
    add_lines(&x, 4, 0, 0);
    flow_choose_breaks(&x.f);
    assert_complete(&x);
    assert_int_equal(x.f.fills.v[0].floats_last, 0);
    assert_int_equal(x.f.fills.v[0].last, 5);
    assert_int_equal(x.f.fills.v[1].floats_last, 1);
    arena_done(&x.f.work);
}

/* A hundred floats of half a page, anchored at one line; then text goes on. */
static void many_floats_get_pages_of_their_own(void **state)
{
    (void)state;
    struct fixture x;
    begin(&x, 5);
    add_lines(&x, 1, 0, 0);
    for (int i = 0; i < 100; i++) {
        add_float(&x, 2 * LINE);
    }
    add_lines(&x, 40, 0, 0);
    flow_choose_breaks(&x.f);
    assert_complete(&x);
    for (size_t i = 0; i < x.f.fills.n; i++) {
        assert_false(x.f.fills.v[i].overfull);
    }
    arena_done(&x.f.work);
}

/* Behind a long front, the first page may have no room for a float. */
static void a_float_waits_for_a_higher_page(void **state)
{
    (void)state;
    struct fixture x;
    begin(&x, 5);
    x.f.front_height = PT(3 * LINE);
    add_float(&x, 4 * LINE);
    flow_choose_breaks(&x.f);
    assert_int_equal(x.f.fills.n, 2);
    assert_int_equal(x.f.fills.v[0].floats_last, 0);
    assert_int_equal(x.f.fills.v[1].floats_last, 1);
    assert_false(x.f.fills.v[1].overfull);
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
    x.layout.page.balance = true;
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

static void columns_are_balanced_where_the_layout_says_so(void **state)
{
    (void)state;
    for (int balance = 0; balance < 2; balance++) {
        struct fixture x;
        begin(&x, 12);
        x.layout.page.columns = 2;
        x.layout.page.balance = balance;
        add_lines(&x, 8, 0, 0);
        flow_choose_breaks(&x.f);
        assert_complete(&x);
        assert_int_equal(x.f.fills.v[0].last, balance ? 4 : 8);
        arena_done(&x.f.work);
    }
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
        cmocka_unit_test(a_heading_waits_for_a_higher_region),
        cmocka_unit_test(a_note_is_divided_at_a_good_place),
        cmocka_unit_test(notes_of_the_front_begin_in_its_columns),
        cmocka_unit_test(a_float_too_high_for_its_page_waits),
        cmocka_unit_test(many_floats_get_pages_of_their_own),
        cmocka_unit_test(a_float_waits_for_a_higher_page),
        cmocka_unit_test(a_line_higher_than_a_page_makes_progress),
        cmocka_unit_test(a_note_longer_than_pages_goes_on),
        cmocka_unit_test(a_note_in_a_note_begins_with_its_mark),
        cmocka_unit_test(notes_left_over_may_have_a_page_alone),
        cmocka_unit_test(balanced_columns_keep_notes_with_their_marks),
        cmocka_unit_test(columns_are_balanced_where_the_layout_says_so),
        cmocka_unit_test(nothing_gives_one_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT
 *
 * Line breaking against hand-made items: no font is needed to break lines. */
#include "assertions.h"

#include "flow/lines.h"

/* A paragraph under construction: boxes, glue and breaks by their widths in points. */
struct para {
    struct arena arena;
    struct text_para p;
    VEC(struct text_item) items;
    struct layout layout;
    struct style style;
    struct text_span span;
};

static void begin(struct para *q)
{
    *q = (struct para){0};
    arena_init(&q->arena);
    q->span.style = &q->style;
    q->p.spans = &q->span;
    q->p.n_spans = 1;
    q->layout.lines.tolerance = 200;
    q->layout.lines.hyphen_penalty = 50;
    q->layout.lines.consecutive_hyphens = 10000;
    q->layout.lines.fitness = 10000;
    q->layout.lines.last_hyphen = 5000;
}

static void box(struct para *q, int points)
{
    struct text_item t = {.kind = TEXT_BOX, .width = PT(points)};
    vec_push(&q->arena, &q->items, t);
}

static void glue(struct para *q)
{
    struct text_item t = {
        .kind = TEXT_GLUE, .width = PT(3), .stretch = PT(2), .shrink = PT(1),
    };
    vec_push(&q->arena, &q->items, t);
}

static void hyphen(struct para *q)
{
    struct text_item t = {
        .kind = TEXT_BREAK, .flags = TEXT_BREAK_HYPHEN, .before = PT(3),
    };
    vec_push(&q->arena, &q->items, t);
}

static void brk(struct para *q, uint8_t flags)
{
    struct text_item t = {.kind = TEXT_BREAK, .flags = flags};
    vec_push(&q->arena, &q->items, t);
}

static bool run(struct para *q, enum line_effort effort, int measure,
                struct line_breaks *out)
{
    brk(q, TEXT_BREAK_FORCED);
    q->p.items = q->items.v;
    q->p.n = q->items.n;
    struct line_shape shape = {PT(measure), PT(measure), STYLE_JUSTIFY, PT(10),
                               &q->layout, false};
    return flow_break_lines(&q->p, &shape, effort, &q->arena, out);
}

static void words(struct para *q, const int *widths, int n)
{
    for (int i = 0; i < n; i++) {
        if (i) {
            glue(q);
        }
        box(q, widths[i]);
    }
}

static void one_short_line(void **state)
{
    (void)state;
    struct para q;
    struct line_breaks b;
    begin(&q);
    words(&q, (int[]){30, 30}, 2);
    assert_true(run(&q, LINE_PLAIN, 100, &b));
    assert_int_equal(b.n, 1);
    assert_int_equal(b.v[0].first, 0);
    assert_int_equal(b.v[0].last, 3);
    arena_done(&q.arena);
}

/* Greedy filling would put three words on the first line and leave a loose second one;
 * looking at the whole paragraph sets two and two. */
static void looks_at_the_whole_paragraph(void **state)
{
    (void)state;
    struct para q;
    struct line_breaks b;
    begin(&q);
    words(&q, (int[]){48, 48, 45, 53, 40}, 5);
    assert_true(run(&q, LINE_TOLERANT, 100, &b));
    assert_int_equal(b.n, 3);
    assert_int_equal(b.v[0].last, 3);
    assert_int_equal(b.v[1].first, 4);
    assert_int_equal(b.v[1].last, 7);
    arena_done(&q.arena);
}

static void fails_rather_than_set_a_bad_line(void **state)
{
    (void)state;
    struct para q;
    struct line_breaks b;
    begin(&q);
    words(&q, (int[]){40, 90, 40}, 3);
    assert_false(run(&q, LINE_PLAIN, 100, &b));
    arena_done(&q.arena);
    begin(&q);
    words(&q, (int[]){40, 90, 40}, 3);
    assert_true(run(&q, LINE_EMERGENCY, 100, &b));
    assert_int_equal(b.n, 3);
    assert_false(b.v[1].overfull);
    arena_done(&q.arena);
}

static void hyphenates_where_it_helps(void **state)
{
    (void)state;
    struct para q;
    struct line_breaks b;
    begin(&q);
    words(&q, (int[]){40, 38}, 2);
    glue(&q);
    box(&q, 12);
    hyphen(&q);
    box(&q, 60);
    glue(&q);
    box(&q, 30);
    assert_true(run(&q, LINE_TOLERANT, 100, &b));
    assert_int_equal(b.n, 2);
    assert_int_equal(b.v[0].last, 5); /* 40+3+38+3+12 and the hyphen's 3 make 99 */
    assert_int_equal(b.v[1].first, 6);
    arena_done(&q.arena);
}

/* Two lines of 100 pt: either the first is loose, or its last word is divided. */
static bool divides(len em)
{
    struct para q;
    struct line_breaks b;
    begin(&q);
    q.layout.lines.tolerance = 1000;
    q.layout.lines.hyphen_penalty = 400;
    words(&q, (int[]){30, 30, 28}, 3);
    glue(&q);
    box(&q, 1);
    hyphen(&q);
    box(&q, 50);
    glue(&q);
    box(&q, 20);
    brk(&q, TEXT_BREAK_FORCED);
    struct line_shape shape = {PT(100), PT(100), STYLE_JUSTIFY, em, &q.layout, false};
    q.p.items = q.items.v;
    q.p.n = q.items.n;
    assert_true(flow_break_lines(&q.p, &shape, LINE_TOLERANT, &q.arena, &b));
    assert_int_equal(b.n, 2);
    bool divided = b.v[1].first == 8;
    arena_done(&q.arena);
    return divided;
}

static void divides_more_where_lines_are_short(void **state)
{
    (void)state;
    assert_false(divides(PT(2)));  /* 50 em */
    assert_true(divides(PT(10)));
}

static void a_word_wider_than_the_line_is_overfull(void **state)
{
    (void)state;
    struct para q;
    struct line_breaks b;
    begin(&q);
    words(&q, (int[]){20, 150, 20}, 3);
    assert_true(run(&q, LINE_EMERGENCY, 100, &b));
    assert_int_equal(b.n, 3);
    assert_true(b.v[1].overfull);
    assert_false(b.v[2].overfull);
    arena_done(&q.arena);
}

static void emergency_breaks_only_in_an_emergency(void **state)
{
    (void)state;
    struct para q;
    struct line_breaks b;
    for (int effort = LINE_PLAIN; effort <= LINE_EMERGENCY; effort++) {
        begin(&q);
        for (int i = 0; i < 30; i++) {
            box(&q, 9);
            brk(&q, TEXT_BREAK_EMERGENCY);
        }
        box(&q, 9);
        bool ok = run(&q, (enum line_effort)effort, 100, &b);
        assert_int_equal(ok, effort == LINE_EMERGENCY);
        if (ok) {
            assert_int_equal(b.n, 3);
            assert_false(b.v[0].overfull);
        }
        arena_done(&q.arena);
    }
}

static void forced_breaks_are_kept_and_lines_may_be_empty(void **state)
{
    (void)state;
    struct para q;
    struct line_breaks b;
    begin(&q);
    box(&q, 20);
    brk(&q, TEXT_BREAK_FORCED);
    brk(&q, TEXT_BREAK_FORCED);
    box(&q, 20);
    assert_true(run(&q, LINE_PLAIN, 100, &b));
    assert_int_equal(b.n, 3);
    assert_int_equal(b.v[1].first, b.v[1].last);
    arena_done(&q.arena);
}

static void an_empty_paragraph_is_one_line(void **state)
{
    (void)state;
    struct para q;
    struct line_breaks b;
    begin(&q);
    assert_true(run(&q, LINE_PLAIN, 100, &b));
    assert_int_equal(b.n, 1);
    assert_int_equal(b.v[0].first, b.v[0].last);
    arena_done(&q.arena);
}

static void never_one_syllable_on_the_last_line_if_it_can_be_helped(void **state)
{
    (void)state;
    struct para q;
    struct line_breaks b;
    begin(&q);
    /* Natural: eight, eight and one; a little looser: eight, seven and two. */
    words(&q, (int[]){9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9}, 17);
    assert_true(run(&q, LINE_EMERGENCY, 97, &b));
    size_t last = b.n - 1;
    assert_true(b.v[last].last - b.v[last].first > 1);
    arena_done(&q.arena);
}

static void never_half_a_word_on_the_last_line_if_it_can_be_helped(void **state)
{
    (void)state;
    struct para q;
    struct line_breaks b;
    begin(&q);
    q.layout.lines.last_hyphen = 0;
    /* With the hyphen the first line is full; without the word it is a little loose. */
    words(&q, (int[]){9, 9, 9, 9, 9, 9, 9, 9, 4}, 9);
    hyphen(&q);
    box(&q, 50);
    assert_true(run(&q, LINE_TOLERANT, 103, &b));
    assert_int_equal(b.n, 2);
    assert_int_equal(q.p.items[b.v[0].last].kind, TEXT_GLUE);
    arena_done(&q.arena);
}

static void an_address_stands_whole_on_the_last_line(void **state)
{
    (void)state;
    static const struct { int word, head, end; size_t last; } CASES[] = {
        {40, 14, 8, 3},  /* [40 40] [14@8] for [40 40 14@] [8] */
        {40, 14, 45, 5}, /* the end is long enough */
        {33, 21, 8, 5},  /* too much would be missing on the first line */
        {40, 14, 5, 5},  /* the whole is no better than its end */
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct para q;
        struct line_breaks b;
        begin(&q);
        q.layout.lines.tolerance = 500;
        words(&q, (int[]){40, CASES[i].word, CASES[i].head}, 3);
        struct text_item at = {.kind = TEXT_BREAK, .flags = TEXT_BREAK_ADDRESS,
                               .penalty = 300};
        vec_push(&q.arena, &q.items, at);
        box(&q, CASES[i].end);
        assert_false(run(&q, LINE_PLAIN, 100, &b));
        struct line_shape shape = {PT(100), PT(100), STYLE_JUSTIFY, PT(5), &q.layout,
                                   false};
        assert_true(flow_break_lines(&q.p, &shape, LINE_TOLERANT, &q.arena, &b));
        assert_int_equal(b.n, 2);
        assert_int_equal(b.v[0].last, CASES[i].last);
        assert_int_equal(b.v[0].early, CASES[i].last == 3);
        arena_done(&q.arena);
    }
}

/* Every item is on exactly one line or vanishes at a break; lines are in order. */
static void random_paragraphs_lose_nothing(void **state)
{
    (void)state;
    uint32_t seed = 20090928;
    for (int round = 0; round < 500; round++) {
        struct para q;
        struct line_breaks b;
        begin(&q);
        int n = 1 + round % 60;
        for (int i = 0; i < n; i++) {
            seed = seed * 1664525u + 1013904223u;
            box(&q, 5 + (int)(seed >> 24) % 40);
            if (i + 1 < n) {
                glue(&q);
            }
        }
        assert_true(run(&q, LINE_EMERGENCY, 100, &b));
        assert_int_equal(b.v[0].first, 0);
        for (size_t i = 1; i < b.n; i++) {
            assert_int_equal(b.v[i].first, b.v[i - 1].last + 1);
            assert_false(b.v[i].overfull);
        }
        assert_int_equal(b.v[b.n - 1].last, q.p.n - 1);
        arena_done(&q.arena);
    }
}

/* Lines of that number, in order, up to the end. */
static void assert_lines(const struct para *q, const struct line_breaks *b, size_t n)
{
    assert_int_equal(b->n, n);
    assert_int_equal(b->v[0].first, 0);
    for (size_t i = 1; i < n; i++) {
        assert_int_equal(b->v[i].first, b->v[i - 1].last + 1);
        assert_false(b->v[i].overfull);
    }
    assert_int_equal(b->v[n - 1].last, q->p.n - 1);
}

/* What is best is so among ways in so many lines, too; a line more or fewer costs. */
static void lines_are_counted(void **state)
{
    (void)state;
    uint32_t seed = 20090928;
    int others = 0;
    for (int round = 0; round < 500; round++) {
        struct para q;
        struct line_breaks best;
        begin(&q);
        for (int i = 0; i < 20 + round % 60; i++) {
            seed = seed * 1664525u + 1013904223u;
            if (i) {
                glue(&q);
            }
            box(&q, 5 + (int)(seed >> 24) % 20);
        }
        if (run(&q, LINE_TOLERANT, 150, &best)) {
            struct line_shape shape = {PT(150), PT(150), STYLE_JUSTIFY, PT(10),
                                       &q.layout, false};
            struct line_counted ways[LINE_COUNTS];
            flow_count_lines(&q.p, &shape, best.n, &q.arena, ways);
            for (size_t i = 0; i < LINE_COUNTS; i++) {
                if (i == 1 || ways[i].breaks.n) {
                    assert_lines(&q, &ways[i].breaks, best.n + i - 1);
                    assert_true(ways[i].demerits >= ways[1].demerits);
                    others += i != 1;
                }
            }
        }
        arena_done(&q.arena);
    }
    assert_true(others > 50);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_short_line),
        cmocka_unit_test(looks_at_the_whole_paragraph),
        cmocka_unit_test(fails_rather_than_set_a_bad_line),
        cmocka_unit_test(hyphenates_where_it_helps),
        cmocka_unit_test(divides_more_where_lines_are_short),
        cmocka_unit_test(a_word_wider_than_the_line_is_overfull),
        cmocka_unit_test(emergency_breaks_only_in_an_emergency),
        cmocka_unit_test(forced_breaks_are_kept_and_lines_may_be_empty),
        cmocka_unit_test(an_empty_paragraph_is_one_line),
        cmocka_unit_test(an_address_stands_whole_on_the_last_line),
        cmocka_unit_test(never_half_a_word_on_the_last_line_if_it_can_be_helped),
        cmocka_unit_test(never_one_syllable_on_the_last_line_if_it_can_be_helped),
        cmocka_unit_test(random_paragraphs_lose_nothing),
        cmocka_unit_test(lines_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

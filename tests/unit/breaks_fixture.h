/* What the tests of page breaking share: small lists of lines, notes and floats. */
#ifndef INFONOTE_TESTS_BREAKS_FIXTURE_H
#define INFONOTE_TESTS_BREAKS_FIXTURE_H

#include "assertions.h"

#include "flow/vertical.h"
#include "style/sheet.h"

enum { LINE = 10, MOST_NOTES = 3 };

struct fixture {
    struct flow f;
    struct layout layout;
    struct style root;
    struct style_sheet sheet;
    struct tree tree;
    struct flow_note notes[MOST_NOTES + 1];
};

static uint32_t random_seed;

static inline uint32_t random_below(uint32_t n)
{
    random_seed = random_seed * 1664525u + 1013904223u;
    return (random_seed >> 16) % n;
}

static inline void begin(struct fixture *x, int page_lines)
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

static inline void add_lines(struct fixture *x, int n, int space, int32_t first_penalty)
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
static inline void add_note(struct fixture *x, int n)
{
    uint32_t number = (uint32_t)x->f.order.n;
    struct flow_note *note = &x->notes[number];
    for (int i = 0; i < n; i++) {
        struct flow_line l = {.height = PT(LINE), .notes = number + 1};
        vec_push(&x->f.work, &note->lines, l);
    }
    note->end = number + 1;
    flow_note_ready(&x->f, note);
    vec_push(&x->f.work, &x->f.order, number);
}

/* The lines from `first` on stand in columns. */
static inline void add_group(struct fixture *x, size_t first, uint32_t columns)
{
    struct flow_group *g = NEW(&x->f.work, struct flow_group);
    *g = (struct flow_group){.first = first, .last = x->f.body.n, .columns = columns};
    g->head.before = x->f.body.v[first].before;
    for (size_t i = first; i < g->last; i++) {
        x->f.body.v[i].group = g;
    }
    flow_balance_ready(&x->f, &x->f.body, g);
}

/* A float whose anchor is the last line. */
static inline void add_float(struct fixture *x, int height)
{
    struct flow_float fl = {.height = PT(height), .gap = PT(5),
                            .line = x->f.body.n ? x->f.body.n - 1 : 0};
    vec_push(&x->f.work, &x->f.floats, fl);
}

/* Lines, notes and floats each appear once, in order, and floats not too early. */
static inline void assert_complete(const struct fixture *x)
{
    size_t line = 0;
    uint32_t floats = 0;
    struct flow_notes_at at = {0, 0};
    for (size_t i = 0; i < x->f.fills.n; i++) {
        const struct flow_fill *fill = &x->f.fills.v[i];
        assert_int_equal(fill->first, line);
        assert_int_equal(fill->notes_first.note, at.note);
        assert_int_equal(fill->notes_first.line, at.line);
        assert_int_equal(fill->floats_first, floats);
        line = fill->last;
        at = fill->notes_last;
        floats = fill->floats_last;
        assert_true(floats <= flow_floats_before(&x->f, line));
    }
    assert_int_equal(floats, x->f.floats.n);
    assert_int_equal(line, x->f.body.n);
    assert_int_equal(at.note, x->f.order.n);
    assert_int_equal(at.line, 0);
}

#endif

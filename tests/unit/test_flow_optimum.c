/* SPDX-License-Identifier: MIT
 *
 * The whole objective against brute force: on small notes every way to end regions is
 * tried, with every setting of every paragraph, in columns and on facing pages, with
 * spaces between blocks that grow and shrink. The pages that are chosen must cost what
 * the best ones do; and each price that --explain names must be what the best pages cost
 * that have this end. Costs are counted here in their own way. */
#include "breaks_fixture.h"

#include "flow/choices.h"
#include "flow/explain.h"

enum { SEEDS = 2500, LEAST_LINES = 8, MOST_CHOICES = 2, NOTES_ALONE = 6000 };

/* More regions than are searched without a window. */
enum { LONG_SEEDS = 20, LONG_LINES = 400 };

/* Fewer, but more than are explained without one. */
enum { MIDDLE_SEEDS = 200, MIDDLE_LINES = 90 };

struct doc {
    struct fixture x;
    struct flow_lines lines;     /* with all settings */
    struct flow_choice choices[MOST_CHOICES];
    size_t n_choices;
    struct flow_reasons reasons;
    struct box box;
};

/* Up to where a note is set. */
struct upto {
    size_t line, region;
    struct flow_notes_at notes;
    len64 left; /* quarters of a line below the region before, if the next is to be level
                   with it; or -1 */
};

/* Lines of a region, while they grow. */
struct grown {
    len64 height, spaces;
    int64_t settings;
    bool any;
};

/* --- A note --- */

/* A paragraph of `n` lines that could have one fewer or one more. */
static void offer(struct doc *d, struct flow_offer *offer, size_t n)
{
    struct flow *f = &d->x.f;
    size_t first = f->body.n - n;
    *offer = (struct flow_offer){.first = first, .last = f->body.n};
    for (int k = 0; k < 2; k++) {
        size_t lines = k ? n + 1 : n - 1;
        if (lines == 0 || random_below(4) == 0) {
            continue;
        }
        struct flow_lines *other = &offer->others[offer->n];
        for (size_t i = 0; i < lines; i++) {
            vec_push(&f->work, other, f->body.v[first]);
            other->v[i].before = i ? 0 : other->v[i].before;
            other->v[i].forced = i ? false : other->v[i].forced;
            other->v[i].penalty = i ? (int32_t)random_below(3) * 1000
                                    : other->v[i].penalty;
        }
        offer->costs[offer->n++] = 50 + (int32_t)random_below(200);
    }
}

static void set_layout(struct layout *l)
{
    static const int32_t UNEVEN[] = {0, 150, 900};
    l->page.columns = 1 + (int)random_below(3) / 2;
    l->page.two_sided = random_below(2) == 0;
    l->page.width = PT(100 * l->page.columns);
    l->breaking.uneven = UNEVEN[random_below(3)];
    l->breaking.flush_bottom = random_below(2) == 0;
    l->breaking.stretch = (int32_t)random_below(3) * 400;
    l->breaking.shrink = (int32_t)random_below(3) * 200;
    l->breaking.short_last = (int32_t)random_below(2) * 2000;
    l->breaking.min_last = PT(3 * LINE);
}

/* Of widows and orphans in a note. */
static void set_penalties(struct flow_note *note)
{
    for (size_t i = 1; i < note->lines.n; i++) {
        note->lines.v[i].penalty = (int32_t)random_below(3) * 600;
    }
}

static void make_doc(struct doc *d, uint32_t seed, size_t least_lines)
{
    random_seed = seed;
    *d = (struct doc){0};
    begin(&d->x, 3 + (int)random_below(3));
    struct flow *f = &d->x.f;
    f->arena = &f->work;
    set_layout(&d->x.layout);
    struct flow_offer offers[MOST_CHOICES];
    size_t n_offers = 0;
    while (f->body.n < least_lines) {
        int n = 1 + (int)random_below(3);
        add_lines(&d->x, n, (int)random_below(3) * 5, (int32_t)random_below(4) * 1000);
        f->body.v[f->body.n - (size_t)n].forced = random_below(12) == 0;
        if (n_offers < MOST_CHOICES && random_below(2) == 0) {
            offer(d, &offers[n_offers++], (size_t)n);
        }
        if (f->order.n < MOST_NOTES && random_below(4) == 0) {
            add_note(&d->x, 1 + (int)random_below(5));
            set_penalties(&d->x.notes[f->order.n - 1]);
        }
    }
    d->box.style = &d->x.root;
    for (size_t i = 0; i < f->body.n; i++) {
        f->body.v[i].box = &d->box;
    }
    for (size_t i = 0; i < n_offers; i++) {
        for (uint32_t k = 0; k < offers[i].n; k++) {
            for (size_t j = 0; j < offers[i].others[k].n; j++) {
                offers[i].others[k].v[j].box = &d->box;
            }
        }
    }
    flow_open_choices(f, offers, n_offers);
    d->lines = f->body;
    d->n_choices = n_offers;
    for (size_t i = 0; i < n_offers; i++) {
        d->choices[i] = f->choices.v[i];
    }
}

/* --- What a region costs --- */

static const struct flow_line *line_at(const struct doc *d, size_t i)
{
    return &d->lines.v[i];
}

static uint32_t notes_before(const struct doc *d, size_t line)
{
    return line < d->lines.n ? line_at(d, line)->notes : (uint32_t)d->x.f.order.n;
}

static bool ends_anyway(const struct doc *d, size_t line)
{
    return line == d->lines.n || line_at(d, line)->forced;
}

/* What is left once spaces have grown by what they may. */
static len64 left_below(const struct doc *d, const struct grown *g, size_t last,
                        len64 used)
{
    const struct layout *l = &d->x.layout;
    len64 left = l->page.height - used;
    if (l->breaking.flush_bottom && g->spaces > 0 && !ends_anyway(d, last) &&
        left <= g->spaces * l->breaking.stretch / 1000) {
        return 0;
    }
    return left > 0 ? left : 0;
}

static len64 in_quarters(len64 left)
{
    return (left * 4 + PT(LINE) / 2) / PT(LINE);
}

static int64_t uneven(const struct doc *d, len64 by)
{
    by = by < 0 ? -by : by;
    return d->x.layout.breaking.uneven * (by < 8 ? by : 8) / 8;
}

static bool is_level(const struct doc *d, size_t region)
{
    size_t columns = (size_t)d->x.layout.page.columns, page = region / columns;
    bool right = d->x.layout.page.two_sided && page >= 2 && page % 2 == 0;
    return d->x.layout.breaking.uneven && (region % columns || right);
}

static int64_t cost_of_room(const struct doc *d, const struct upto *from,
                            const struct grown *g, const struct upto *to, len64 used)
{
    const struct layout *l = &d->x.layout;
    len64 room = l->page.height, left = room - used;
    len64 below = left_below(d, g, to->line, used), by = left < 0 ? -left : left;
    len64 may = g->spaces * (left < 0 ? l->breaking.shrink : l->breaking.stretch) / 1000;
    bool spread = l->breaking.flush_bottom && below == 0 && may > 0 &&
                  (left < 0 || !ends_anyway(d, to->line));
    int64_t cost = spread ? 100 * by / may * by / may : 0;
    size_t columns = (size_t)l->page.columns;
    if (to->line == d->lines.n && from->region >= columns && from->region % columns == 0
        && used < l->breaking.min_last) {
        cost += l->breaking.short_last * (l->breaking.min_last - used) /
                (l->breaking.min_last + 1);
    }
    if (ends_anyway(d, to->line)) {
        return cost;
    }
    if (from->left >= 0) {
        cost += uneven(d, from->left - in_quarters(below));
    } else if (l->breaking.flush_bottom) {
        cost += uneven(d, in_quarters(below));
    }
    return cost + 10000 * below / room * below / room;
}

static int64_t cost_of_split(const struct doc *d, struct flow_notes_at at)
{
    return at.line == 0 ? 0 : d->x.layout.breaking.split_note +
                              d->x.notes[at.note].lines.v[at.line].penalty;
}

/* INT64_MAX: it does not fit. Says where the next region stands. */
static int64_t cost_of(const struct doc *d, const struct upto *from,
                       const struct grown *g, struct upto *to)
{
    const struct layout *l = &d->x.layout;
    len64 used = g->height + flow_notes_height(&d->x.f, from->notes, to->notes);
    len64 shrink = l->breaking.flush_bottom ? g->spaces * l->breaking.shrink / 1000 : 0;
    if (used > l->page.height + (to->notes.line ? 0 : shrink)) {
        return INT64_MAX;
    }
    bool forced = g->any && to->line < d->lines.n && line_at(d, to->line)->forced;
    size_t columns = (size_t)l->page.columns;
    to->region = forced ? (from->region / columns + 1) * columns : from->region + 1;
    bool level = !ends_anyway(d, to->line) && is_level(d, to->region);
    to->left = level ? in_quarters(left_below(d, g, to->line, used)) : -1;
    int64_t ends = to->line == d->lines.n ? 0
                 : g->any ? line_at(d, to->line)->penalty : NOTES_ALONE;
    return cost_of_room(d, from, g, to, used) + ends + g->settings +
           cost_of_split(d, to->notes);
}

/* --- Brute force --- */

static int64_t best_from(const struct doc *d, const struct upto *from, size_t end);

static int64_t with_rest(const struct doc *d, const struct upto *from,
                         const struct grown *g, struct upto to)
{
    int64_t cost = cost_of(d, from, g, &to);
    int64_t rest = cost == INT64_MAX ? cost : best_from(d, &to, SIZE_MAX);
    return rest == INT64_MAX ? rest : cost + rest;
}

/* The region ends before line `last`: whole notes, or any part of the last. */
static int64_t end_region(const struct doc *d, const struct upto *from,
                          const struct grown *g, size_t last)
{
    uint32_t marked = notes_before(d, last);
    struct upto to = {.line = last, .notes = {marked, 0}};
    int64_t best = INT64_MAX;
    if (cost_of(d, from, g, &to) != INT64_MAX) {
        best = with_rest(d, from, g, to);
    }
    if (marked == from->notes.note) {
        return best;
    }
    uint32_t begun = marked - 1 == from->notes.note ? from->notes.line : 0;
    uint32_t n = (uint32_t)d->x.notes[marked - 1].lines.n;
    for (uint32_t upto = n > 2 ? n - 2 : 0; upto >= begun + 2; upto--) {
        to.notes = (struct flow_notes_at){marked - 1, upto};
        if (cost_of(d, from, g, &to) != INT64_MAX) {
            int64_t cost = with_rest(d, from, g, to);
            best = cost < best ? cost : best;
        }
    }
    return best;
}

static const struct flow_choice *choice_of(const struct doc *d, size_t line)
{
    for (size_t i = 0; i < d->n_choices; i++) {
        if (line >= d->choices[i].first && line < d->choices[i].next) {
            return &d->choices[i];
        }
    }
    return NULL;
}

/* A region that may be only one with this end. */
struct trial {
    const struct doc *d;
    const struct upto *from;
    size_t end; /* or SIZE_MAX */
    int64_t best;
};

static void grow(struct trial *t, struct grown g, size_t line);

/* Lines [first, last), then what follows with line `next`. */
static void grow_run(struct trial *t, struct grown g, const size_t run[3])
{
    const struct doc *d = t->d;
    for (size_t i = run[0]; i < run[1]; i++) {
        const struct flow_line *l = line_at(d, i);
        len64 before = g.any ? l->before : 0;
        g.height += before + l->height;
        g.spaces += d->x.layout.breaking.flush_bottom ? before : 0;
        g.any = true;
        size_t next = i + 1 < run[1] ? i + 1 : run[2];
        len64 most = g.spaces * d->x.layout.breaking.shrink / 1000;
        if (g.height > d->x.layout.page.height + most) {
            return;
        }
        if (t->end == SIZE_MAX || t->end == next) {
            int64_t cost = end_region(d, t->from, &g, next);
            t->best = cost < t->best ? cost : t->best;
        }
        if (next < d->lines.n && line_at(d, next)->forced) {
            return;
        }
    }
    grow(t, g, run[2]);
}

static void grow(struct trial *t, struct grown g, size_t line)
{
    const struct doc *d = t->d;
    const struct flow_choice *c = choice_of(d, line);
    if (line == d->lines.n) {
        return;
    }
    if (!c) {
        grow_run(t, g, (size_t[]){line, line + 1, line + 1});
        return;
    }
    for (uint32_t k = 0; k < c->n; k++) {
        const struct flow_variant *v = &c->v[k];
        bool inside = line > v->first && line < v->last;
        if (line == c->first || inside) {
            struct grown with = g;
            with.settings += inside ? 0 : v->cost;
            grow_run(t, with, (size_t[]){inside ? line : v->first, v->last, c->next});
        }
    }
}

/* The least that all regions from here on cost, the next one ending where it must. */
static int64_t best_from(const struct doc *d, const struct upto *from, size_t end)
{
    struct trial t = {d, from, end, INT64_MAX};
    bool notes_left = from->notes.note < notes_before(d, from->line);
    if (from->line == d->lines.n && !notes_left) {
        return 0;
    }
    if (notes_left && (end == SIZE_MAX || end == from->line)) {
        t.best = end_region(d, from, &(struct grown){0}, from->line);
    }
    grow(&t, (struct grown){0}, from->line);
    return t.best;
}

/* --- The tests --- */

/* The state behind region `i` of what was chosen. */
static struct upto behind(const struct doc *d, const struct upto *from, size_t i)
{
    const struct flow_fill *fill = &d->x.f.fills.v[i];
    struct upto to = {.line = d->reasons.list.v[i].end.last, .notes = fill->notes_last};
    struct grown g = {.height = fill->used - flow_notes_height(&d->x.f, from->notes,
                                                               fill->notes_last),
                      .spaces = fill->spaces, .any = fill->first < fill->last};
    assert_true(cost_of(d, from, &g, &to) != INT64_MAX);
    return to;
}

static void judge_prices(const struct doc *d, uint32_t seed)
{
    struct upto from = {.left = -1};
    int64_t before = 0;
    for (size_t i = 0; i < d->reasons.list.n; i++) {
        const struct flow_reason *r = &d->reasons.list.v[i];
        for (uint32_t k = 0; k < r->n_others; k++) {
            const struct flow_end *e = &r->others[k];
            int64_t best = best_from(d, &from, e->last);
            if (best != INT64_MAX && e->total != before + best) {
                fail_msg("seed %u: end %zu of region %zu: told %lld, is %lld", seed,
                         e->last, i, (long long)e->total, (long long)(before + best));
            }
        }
        before += r->end.here;
        from = behind(d, &from, i);
    }
}

static void equals_brute_force(void **state)
{
    (void)state;
    int judged = 0, dear = 0;
    for (uint32_t seed = 1; seed <= SEEDS; seed++) {
        static struct doc d;
        make_doc(&d, seed, LEAST_LINES);
        d.x.f.reasons = &d.reasons;
        int64_t best = best_from(&d, &(struct upto){.left = -1}, SIZE_MAX);
        flow_choose_breaks(&d.x.f);
        assert_complete(&d.x);
        if (best != INT64_MAX) {
            judged++;
            dear += best > 200;
            if (d.reasons.total != best) {
                fail_msg("seed %u: chose %lld, best is %lld", seed,
                         (long long)d.reasons.total, (long long)best);
            }
            judge_prices(&d, seed);
        }
        arena_done(&d.x.f.work);
    }
    assert_true(judged > SEEDS / 2);
    assert_true(dear > SEEDS / 10);
}

/* The best pages were found, so that no other end costs less; all costs add up. */
static size_t judge_reasons(const struct flow_reasons *r, uint32_t seed)
{
    int64_t before = 0;
    size_t others = 0;
    for (size_t i = 0; i < r->list.n; i++) {
        const struct flow_reason *reason = &r->list.v[i];
        for (uint32_t k = 0; k < reason->n_others; k++) {
            const struct flow_end *e = &reason->others[k];
            if (e->total < r->total || e->total != before + e->here + e->behind) {
                fail_msg("seed %u: end %zu of region %zu: %lld of %lld", seed, e->last, i,
                         (long long)e->total, (long long)r->total);
            }
        }
        assert_int_equal(reason->end.total, r->total);
        before += reason->end.here;
        others += reason->n_others > 0;
    }
    assert_int_equal(before, r->total);
    return others;
}

static void longer_notes_are_explained(void **state)
{
    (void)state;
    size_t regions = 0, others = 0;
    for (uint32_t seed = 1; seed <= MIDDLE_SEEDS; seed++) {
        static struct doc d;
        make_doc(&d, seed, MIDDLE_LINES);
        d.x.f.reasons = &d.reasons;
        flow_choose_breaks(&d.x.f);
        others += judge_reasons(&d.reasons, seed);
        regions += d.reasons.list.n;
        arena_done(&d.x.f.work);
    }
    assert_true(regions > MIDDLE_SEEDS * 16);
    assert_true(others > regions / 2);
}

/* Whoever does not ask gets the same pages: states that cannot win are dropped then. */
static void judge_asking(uint32_t seed, size_t lines)
{
    static struct doc asked, plain;
    make_doc(&asked, seed, lines);
    make_doc(&plain, seed, lines);
    asked.x.f.reasons = &asked.reasons;
    flow_choose_breaks(&asked.x.f);
    flow_choose_breaks(&plain.x.f);
    assert_int_equal(asked.x.f.fills.n, plain.x.f.fills.n);
    for (size_t i = 0; i < plain.x.f.fills.n; i++) {
        const struct flow_fill *a = &asked.x.f.fills.v[i], *b = &plain.x.f.fills.v[i];
        assert_int_equal(a->last, b->last);
        assert_int_equal(a->used, b->used);
        assert_int_equal(a->notes_last.note, b->notes_last.note);
        assert_int_equal(a->notes_last.line, b->notes_last.line);
    }
    assert_complete(&plain.x);
    arena_done(&asked.x.f.work);
    arena_done(&plain.x.f.work);
}

static void asking_changes_nothing(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= SEEDS; seed++) {
        judge_asking(seed, LEAST_LINES);
    }
    for (uint32_t seed = 1; seed <= LONG_SEEDS; seed++) {
        judge_asking(seed, LONG_LINES);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equals_brute_force),
        cmocka_unit_test(longer_notes_are_explained),
        cmocka_unit_test(asking_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT
 *
 * Balanced columns: what they are stands in vertical.h. In: a group's lines, then a part
 * of them that grows. Out: how high its columns are; at last, where they begin.
 *
 * For a height h and a set of places where columns may end, columns that are filled one
 * after the other, each as far as h allows, are as few as can be. So a fit keeps, for
 * the least h found so far, where the last of those columns starts. A line more extends
 * that column; where it does not, h grows to the least height at which any column could
 * hold more, and the columns are filled anew, by bisection. Between two such heights
 * nothing would change, so that none is missed. h grows about once for a line in every
 * column. */
#include "flow/vertical.h"

enum { SLACK_LINES = 2 };

/* --- A group --- */

static void find_ends(struct flow *f, const struct flow_lines *lines,
                      const struct flow_group *g, struct flow_ends *ends)
{
    uint32_t n = (uint32_t)(g->last - g->first);
    uint32_t *last = NEW_ARRAY(&f->work, uint32_t, n + 1);
    uint32_t *next = NEW_ARRAY(&f->work, uint32_t, n + 1);
    const struct flow_line *v = &lines->v[g->first];
    for (uint32_t i = 1; i < n; i++) {
        last[i] = v[i].penalty < ends->limit ? i : last[i - 1];
    }
    next[n] = n;
    for (uint32_t i = n; i-- > 0;) {
        next[i] = i + 1 < n && v[i + 1].penalty < ends->limit ? i + 1 : next[i + 1];
    }
    ends->last = last;
    ends->next = next;
}

static void set_limits(const struct flow *f, struct flow_group *g)
{
    int32_t widow = f->layout->breaking.widow, orphan = f->layout->breaking.orphan;
    int32_t stranded = f->layout->breaking.stranded;
    int32_t good = widow < orphan ? widow : orphan;
    g->good.limit = good > 0 ? good : 1;
    bool fair = stranded > g->good.limit && stranded < FLOW_NEVER;
    g->fair.limit = fair ? stranded : FLOW_NEVER;
    g->slack = SLACK_LINES * style_root(f->layout)->leading;
}

void flow_balance_ready(struct flow *f, const struct flow_lines *lines,
                        struct flow_group *g)
{
    size_t n = g->last - g->first;
    len64 *tops = NEW_ARRAY(&f->work, len64, n + 1);
    len64 *bottoms = NEW_ARRAY(&f->work, len64, n + 1);
    len64 y = 0;
    for (size_t i = 0; i < n; i++) {
        const struct flow_line *l = &lines->v[g->first + i];
        y += i > 0 ? l->before : 0;
        tops[i] = y - l->open_above - flow_repeated_height(l);
        y += flow_line_height(l);
        bottoms[i + 1] = y + l->open_below;
    }
    g->tops = tops;
    g->bottoms = bottoms;
    set_limits(f, g);
    find_ends(f, lines, g, &g->good);
    find_ends(f, lines, g, &g->fair);
}

static len64 high(const struct flow_group *g, uint32_t first, uint32_t last)
{
    return g->bottoms[last] - g->tops[first];
}

/* --- A part that grows --- */

/* The last line up to which a column from `start` is no higher than the fit. */
static uint32_t fill_column(const struct flow_fit *fit, uint32_t start)
{
    uint32_t low = start, above = fit->next + 1;
    while (above - low > 1) {
        uint32_t middle = low + (above - low) / 2;
        if (high(fit->group, start, middle) <= fit->height) {
            low = middle;
        } else {
            above = middle;
        }
    }
    return low;
}

/* Fills the columns anew. Gives 0 if the part fits into them, else the least height at
 * which one of them would hold more. */
static len64 fill(struct flow_fit *fit)
{
    const struct flow_group *g = fit->group;
    len64 least = 0;
    fit->start = fit->first;
    for (uint32_t column = 1;; column++) {
        uint32_t end = fill_column(fit, fit->start);
        if (end == fit->next) {
            return 0;
        }
        uint32_t longer = fit->ends->next[end];
        len64 more = high(g, fit->start, longer < fit->next ? longer : fit->next);
        least = least == 0 || more < least ? more : least;
        uint32_t start = fit->ends->last[end];
        if (start <= fit->start || column == g->columns) {
            return least;
        }
        fit->start = start;
    }
}

static void add_line(struct flow_fit *fit)
{
    fit->next++;
    if (high(fit->group, fit->start, fit->next) <= fit->height) {
        return;
    }
    for (len64 more; (more = fill(fit)) > 0;) {
        fit->height = more;
    }
}

void flow_balance_start(struct flow_stack *s, const struct flow_group *g, size_t first)
{
    uint32_t from = (uint32_t)(first - g->first);
    s->sum = 0;
    s->good = s->fair = (struct flow_fit){
        .group = g, .first = from, .next = from, .start = from,
    };
    s->good.ends = &g->good;
    s->fair.ends = &g->fair;
}

/* The second balance is only asked for where it could be the better one. */
const struct flow_fit *flow_balance_add(struct flow_stack *s)
{
    const struct flow_group *g = s->good.group;
    s->sum += flow_line_height(&s->lines->v[s->next]);
    add_line(&s->good);
    if (s->good.height <= s->sum / g->columns + g->slack) {
        return &s->good;
    }
    while (s->fair.next < s->good.next) {
        add_line(&s->fair);
    }
    return s->good.height <= s->fair.height + g->slack ? &s->good : &s->fair;
}

/* --- Where columns begin --- */

/* How good the best columns are that end before a line. */
struct way {
    int64_t cost;   /* INT64_MAX: there are none */
    uint32_t start; /* of the last column */
};

enum { WAYS = FLOW_MAX_COLUMNS + 1 };

/* A part whose columns are sought; lines count from the group's first. */
struct search {
    const struct flow_fit *fit;
    const struct flow_line *lines; /* of the group */
    struct way (*ways)[WAYS];      /* by line of the part, by number of columns */
};

/* Room left at a column's foot. */
static int64_t uneven(len64 left)
{
    const int64_t most = (int64_t)1 << 30; /* its square fits six times */
    left = left < most ? left : most;
    return left * left;
}

/* All columns that end before line `end`. */
static void end_columns(const struct search *s, uint32_t end)
{
    const struct flow_fit *fit = s->fit;
    uint32_t from = fit->first;
    for (uint32_t i = fit->ends->last[end - 1];; i = fit->ends->last[i - 1]) {
        i = i > from ? i : from;
        len64 left = fit->height - high(fit->group, i, end);
        int64_t ends = i > from ? (int64_t)s->lines[i].penalty * LEN_PT * LEN_PT : 0;
        for (uint32_t k = 0; k < fit->group->columns && left >= 0; k++) {
            int64_t before = s->ways[i - from][k].cost;
            struct way *w = &s->ways[end - from][k + 1];
            int64_t cost = uneven(left) + ends + (before < INT64_MAX ? before : 0);
            if (before < INT64_MAX && cost < w->cost) {
                *w = (struct way){cost, i};
            }
        }
        if (i == from || left < 0) {
            return;
        }
    }
}

/* The number of columns that leaves them most even; the others are empty. */
static uint32_t best_way(const struct flow_fit *fit, const struct way *last)
{
    uint32_t most = fit->group->columns, best = most;
    int64_t least = last[most].cost;
    for (uint32_t k = most; k-- > 1;) {
        int64_t empty = uneven(fit->height) * (most - k);
        if (last[k].cost < INT64_MAX && last[k].cost + empty < least) {
            least = last[k].cost + empty;
            best = k;
        }
    }
    return best;
}

static void find_starts(const struct search *s, struct flow_part *part)
{
    const struct flow_fit *fit = s->fit;
    uint32_t n = fit->next - fit->first;
    for (uint32_t i = 0; i < (n + 1) * WAYS; i++) {
        s->ways[i / WAYS][i % WAYS].cost = i == 0 ? 0 : INT64_MAX;
    }
    for (uint32_t end = fit->first; end < fit->next;) {
        uint32_t next = fit->ends->next[end];
        end = next < fit->next ? next : fit->next;
        end_columns(s, end);
    }
    uint32_t k = best_way(fit, s->ways[n]);
    for (uint32_t i = k; i <= fit->group->columns; i++) {
        part->starts[i] = part->last;
    }
    for (uint32_t end = fit->next; k > 0; k--) {
        end = s->ways[end - fit->first][k].start;
        part->starts[k - 1] = part->group->first + end;
    }
}

void flow_balance(const struct flow_lines *lines, struct flow_part *part,
                  struct arena *scratch)
{
    struct flow_stack stack;
    flow_stack_start(&stack, lines, part->first);
    flow_balance_start(&stack, part->group, part->first);
    const struct flow_fit *fit = &stack.good;
    for (; stack.next < part->last; stack.next++) {
        fit = flow_balance_add(&stack);
    }
    part->height = fit->height;
    struct arena_mark mark = arena_mark(scratch);
    size_t n = part->last - part->first;
    struct search s = {fit, &lines->v[part->group->first], NULL};
    s.ways = arena_alloc_array(scratch, n + 1, sizeof *s.ways);
    find_starts(&s, part);
    arena_rewind(scratch, mark);
}

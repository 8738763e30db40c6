/* SPDX-License-Identifier: MIT
 *
 * States and steps between them. From a state, a region may hold the lines up to any
 * later place where lines and their footnotes fit. States are visited in the order of
 * their lines; of several ways to one state only the cheapest is kept. The cheapest way
 * to the end gives the pages.
 *
 * Paragraphs may have several settings (see vertical.h). A region that begins in front
 * of one can hold any of them: where the region's lines so far end before such a
 * paragraph they go on in all ways at once, and behind it those that are equally high
 * become one, the cheapest. A state inside a setting goes on in that setting.
 *
 * Of states that differ only in what is left below the region before, one that costs
 * more than another by all that unevenness may cost never wins, and is dropped; and so is
 * what costs more than the whole note may. With a `window`, what costs so much more than
 * another way that has come as far is dropped as well; from there, what stands between
 * two places is soon made up for, but that is no proof.
 *
 * Time: lines times lines a region, as long as few paragraphs of a region have several
 * settings. */
#include "flow/search.h"

/* Heights that lines from one state may have side by side. The costliest are dropped
 * beyond that; some paragraphs in lines of two heights have fewer. */
enum { BEGINNINGS = 48 };

/* The size of the table of kin: more need more time. */
enum { KINS_A_LINE = 8 };

/* Lines from a state on, while they grow. */
struct beginning {
    struct flow_stack stack;
    struct way way, full; /* up to here; the last that needs the next not to fit */
};

len64 flow_search_room(const struct search *c, size_t region)
{
    if (c->forced_height && region >= c->first_region) {
        return c->forced_height;
    }
    return flow_region_height(c->f, region);
}

/* --- States --- */

/* Regions on the first page differ from all others, and so do columns of a page, and
 * left pages from right ones where they face each other. */
static size_t region_class(const struct flow *f, size_t region)
{
    size_t columns = (size_t)f->layout->page.columns;
    size_t period = f->layout->page.two_sided ? 2 * columns : columns;
    return region < columns ? region : columns + (region - columns) % period;
}

static bool are_alike(const struct search *c, const struct state *a,
                      const struct state *b)
{
    return a->fill.last == b->fill.last && a->notes.note == b->notes.note &&
           a->notes.line == b->notes.line && a->floats == b->floats &&
           region_class(c->f, a->region) == region_class(c->f, b->region);
}

/* States at one line are visited in the order they were made. */
static int32_t push_state(struct search *c, size_t line, const struct state *s)
{
    int32_t at = (int32_t)c->states.n;
    vec_push(&c->f->work, &c->states, *s);
    int32_t *before = c->heads[line] == FLOW_NONE ? &c->heads[line]
                                                  : &c->states.v[c->tails[line]].next;
    *before = c->tails[line] = at;
    struct state *pushed = &c->states.v[at];
    pushed->next = FLOW_NONE;
    pushed->mate = c->kin.v[s->kin].first;
    c->kin.v[s->kin].first = at;
    return at;
}

/* A note as long as pages may be divided in many places: many kin at one line. */
static int32_t *bucket_of(const struct search *c, const struct state *s)
{
    uint64_t parts[] = {s->fill.last, s->notes.note, s->notes.line, s->floats};
    uint64_t hash = 0;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        hash = (hash ^ parts[i]) * 0x9E3779B97F4A7C15u;
        hash ^= hash >> 32;
    }
    return &c->kins[hash & (c->n_kins - 1)];
}

static int32_t find_kin(struct search *c, const struct state *s)
{
    int32_t *bucket = bucket_of(c, s);
    for (int32_t i = *bucket; i != FLOW_NONE; i = c->kin.v[i].next) {
        if (are_alike(c, &c->states.v[c->kin.v[i].first], s)) {
            return i;
        }
    }
    struct kin kin = {FLOW_NONE, *bucket, INT64_MAX};
    vec_push(&c->f->work, &c->kin, kin);
    *bucket = (int32_t)c->kin.n - 1;
    return *bucket;
}

/* Another is better whatever follows. */
static bool never_wins(const struct search *c, const struct state *s)
{
    int64_t uneven = c->f->layout->breaking.uneven, least = c->kin.v[s->kin].least;
    return !c->all && (s->cost > c->limit || s->cost - uneven > least);
}

/* The state that `s` is, if it is known and of use: one that is better, or that may still
 * be replaced. What was dropped is of use only to what is dropped, too. At last, any:
 * what follows does not depend on what it costs to come there. */
static int32_t find_same(const struct search *c, const struct state *s)
{
    int32_t any = FLOW_NONE;
    for (int32_t i = c->kin.v[s->kin].first; i != FLOW_NONE; i = c->states.v[i].mate) {
        const struct state *known = &c->states.v[i];
        bool of_use = !known->dropped || s->dropped || c->all;
        if (known->left != s->left) {
            continue;
        }
        if (of_use && (s->cost >= known->cost || !known->extended)) {
            return i;
        }
        any = i;
    }
    return c->all ? any : FLOW_NONE;
}

static void replace_state(struct state *known, const struct state *s)
{
    int32_t next = known->next, mate = known->mate;
    *known = *s;
    known->next = next;
    known->mate = mate;
}

/* What is beyond the limit is as if it were not there. */
static void count_cost(struct search *c, size_t line, const struct state *s)
{
    struct kin *kin = &c->kin.v[s->kin];
    if (s->cost <= c->limit) {
        kin->least = s->cost < kin->least ? s->cost : kin->least;
        c->cheapest[line] = s->cost < c->cheapest[line] ? s->cost : c->cheapest[line];
        c->furthest = line > c->furthest ? line : c->furthest;
    }
}

/* Gives the state that stands for `s`, which may be one that is better. Whoever asks why
 * wants to know what every step leads to, states that are dropped, too. */
static int32_t reach(struct search *c, size_t line, struct state *s)
{
    if (s->cost > c->limit && !c->record) {
        return FLOW_NONE;
    }
    s->kin = find_kin(c, s);
    count_cost(c, line, s);
    s->dropped = never_wins(c, s);
    if (s->dropped && !c->record) {
        return FLOW_NONE;
    }
    int32_t at = find_same(c, s);
    if (at == FLOW_NONE) {
        return push_state(c, line, s);
    }
    if (s->cost < c->states.v[at].cost && !c->states.v[at].extended) {
        replace_state(&c->states.v[at], s);
    }
    return at;
}

/* --- Steps --- */

/* A page ends where a break is forced, in whatever column that is; what must begin a
 * right page leaves a left one empty. */
static size_t region_after(const struct search *c, const struct state *s, size_t last)
{
    size_t columns = (size_t)c->f->layout->page.columns;
    bool forced = last < c->n && c->f->body.v[last].forced && last != s->fill.last;
    if (!forced) {
        return s->region + 1;
    }
    size_t page = s->region / columns + 1;
    bool left = page % 2 == 1 && c->f->layout->page.two_sided;
    return (page + (left && c->f->body.v[last].right)) * columns;
}

static int64_t sum_of(const struct flow_price *p)
{
    return p->empty + p->spaces + p->uneven + p->short_last + p->ends + p->split +
           p->late + p->extra + p->setting;
}

/* What the next region has to end level with. */
static int32_t left_for_next(const struct search *c, const struct way *w,
                           const struct state *next)
{
    bool forced = w->last == c->n || c->f->body.v[w->last].forced;
    return forced || !flow_ends_level(c->f, next->region)
               ? FLOW_NONE : flow_quarters_below(c, w, next->fill.used);
}

void flow_step(struct search *c, int32_t from, const struct way *w)
{
    const struct state *s = &c->states.v[from];
    len64 used = w->height + flow_notes_height(c->f, s->notes, w->notes);
    struct flow_price price = flow_price_of(c, s, w, used);
    int64_t before = s->cost;
    struct state next = {
        .cost = before + sum_of(&price),
        .notes = w->notes,
        .floats = w->floats,
        .region = region_after(c, s, w->last),
        .previous = from,
        .settings = w->settings,
        .desperate = w->extra >= FLOW_DESPERATE,
        .fill = {s->region, s->fill.last, w->last, s->notes, w->notes, s->floats,
                 w->floats, used > w->room + flow_may_shrink(c->f, w->spaces), used,
                 w->room, w->spaces},
    };
    next.left = left_for_next(c, w, &next);
    int32_t to = reach(c, w->last, &next);
    if (c->record) {
        flow_record_step(c->record, &(struct flow_step){
            from, to, before, next.cost, &next.fill, price, next.desperate});
    }
}

/* --- All ways from a state --- */

/* The way fits, with all the notes that are marked, and nothing waits to float. */
static bool fits(const struct search *c, int32_t from, const struct way *w)
{
    const struct state *s = &c->states.v[from];
    struct flow_notes_at notes = {flow_notes_before(c->f, w->last), 0};
    len64 height = w->height + flow_notes_height(c->f, s->notes, notes);
    return height <= w->room && s->floats == w->anchored;
}

/* The region would be so empty that nothing can come of it. */
static bool is_hopeless(const struct search *c, const struct state *s,
                        const struct way *w)
{
    bool whole = w->height <= w->room && !c->record;
    return whole && s->cost + w->setting_cost + flow_least_price(c, s, w) > c->limit;
}

/* The next line, behind which text goes on with line `last`. False if nothing can
 * follow. */
static bool add_line(struct search *c, int32_t from, struct beginning *b, size_t last)
{
    const struct flow *f = c->f;
    const struct flow_line *v = f->body.v;
    struct way *w = &b->way;
    w->spaces += flow_space_that_gives(f, b->stack.first, b->stack.next);
    flow_stack_add(&b->stack);
    w->height = b->stack.height; /* if the region ends here */
    w->last = last;
    while (w->anchored < f->floats.n &&
           (f->floats.v[w->anchored].line < last || last == c->n)) {
        w->anchored++;
    }
    if (last < c->n && v[last].dense && fits(c, from, w)) {
        b->full = *w;
        return true;
    }
    if (b->full.last && !fits(c, from, w)) {
        flow_try_way(c, from, &b->full);
    }
    b->full.last = 0;
    if (is_hopeless(c, &c->states.v[from], w)) {
        c->stepped = true;
        return true;
    }
    return flow_try_way(c, from, w) && !(last < c->n && v[last].forced);
}

/* Lines up to `last`, behind which text goes on with line `next`. */
static bool add_lines(struct search *c, int32_t from, struct beginning *b,
                      const size_t upto[2])
{
    while (b->stack.next < upto[0]) {
        bool end = b->stack.next + 1 == upto[0];
        if (!add_line(c, from, b, end ? upto[1] : b->stack.next + 1)) {
            return false;
        }
    }
    b->stack.next = upto[1];
    return true;
}

static size_t costliest(const struct beginning *v, size_t n)
{
    size_t worst = 0;
    for (size_t i = 1; i < n; i++) {
        worst = v[i].way.setting_cost > v[worst].way.setting_cost ? i : worst;
    }
    return worst;
}

/* Of beginnings that are equally high, the cheapest is kept. */
static void keep(struct beginning *v, size_t *n, const struct beginning *b)
{
    for (size_t i = 0; i < *n; i++) {
        if (v[i].stack.closed == b->stack.closed && v[i].way.spaces == b->way.spaces &&
            v[i].way.height == b->way.height) {
            v[i] = b->way.setting_cost < v[i].way.setting_cost ? *b : v[i];
            return;
        }
    }
    size_t at = *n < BEGINNINGS ? (*n)++ : costliest(v, *n);
    v[at] = *b;
}

/* The beginning goes on in all settings of a paragraph. */
static size_t add_settings(struct search *c, int32_t from, const struct beginning *b,
                           size_t choice, size_t n)
{
    const struct flow_choice *of = &c->f->choices.v[choice];
    for (uint32_t k = 0; k < of->n; k++) {
        struct beginning with = *b;
        const struct flow_variant *s = &of->v[k];
        bool first = b->stack.next == b->stack.first;
        with.stack.next = s->first;
        with.stack.first = first ? s->first : b->stack.first;
        with.way.setting_cost += s->cost;
        if (k > 0) {
            struct setting_link link = {(uint32_t)choice, k, b->way.settings};
            vec_push(&c->f->work, &c->links, link);
            with.way.settings = (int32_t)c->links.n - 1;
        }
        if (add_lines(c, from, &with, (size_t[]){s->last, of->next})) {
            keep(c->grown, &n, &with);
        }
    }
    return n;
}

/* From one paragraph that has several settings to the next one, and through that. */
static size_t grow(struct search *c, int32_t from, size_t n, size_t choice)
{
    bool any = choice < c->f->choices.n;
    size_t upto = any ? c->f->choices.v[choice].first : c->n, grown = 0;
    for (size_t i = 0; i < n; i++) {
        struct beginning b = c->live[i];
        if (add_lines(c, from, &b, (size_t[]){upto, upto}) && any) {
            grown = add_settings(c, from, &b, choice, grown);
        }
    }
    struct beginning *swap = c->live;
    c->live = c->grown;
    c->grown = swap;
    return grown;
}

/* A state inside a setting: its lines come first. Gives whether anything can follow. */
static bool finish_setting(struct search *c, int32_t from, struct beginning *b,
                           size_t *choice)
{
    const struct flow_choice *of = &c->f->choices.v[*choice];
    size_t at = b->stack.next;
    if (*choice == c->f->choices.n || at <= of->first) {
        return true;
    }
    uint32_t k = 0;
    while (at >= of->v[k].last) {
        k++;
    }
    (*choice)++;
    return add_lines(c, from, b, (size_t[]){of->v[k].last, of->next});
}

/* A region holds at least one line, or what is left over. */
void flow_extend(struct search *c, int32_t from)
{
    size_t first = c->states.v[from].fill.last;
    c->states.v[from].extended = true;
    c->stepped = false;
    struct beginning b = {.way = {
        .last = first, .anchored = flow_floats_before(c->f, first),
        .room = flow_search_room(c, c->states.v[from].region), .settings = FLOW_NONE}};
    flow_stack_start(&b.stack, &c->f->body, first);
    flow_try_without_lines(c, from, b.way);
    size_t choice = flow_choice_at(c->f, first), n = 1;
    if (c->f->choices.n == choice) {
        add_lines(c, from, &b, (size_t[]){c->n, c->n});
        n = 0;
    } else if (finish_setting(c, from, &b, &choice)) {
        c->live[0] = b;
    } else {
        n = 0;
    }
    while (n > 0) {
        n = grow(c, from, n, choice++);
    }
    if (!c->stepped) {
        flow_step_desperately(c, from);
    }
}

/* --- The search --- */

static void start_search(struct search *c, size_t first)
{
    struct arena *a = &c->f->work;
    c->n = c->f->body.n;
    c->heads = NEW_ARRAY(a, int32_t, c->n + 1);
    c->tails = NEW_ARRAY(a, int32_t, c->n + 1);
    c->cheapest = NEW_ARRAY(a, int64_t, c->n + 1);
    for (size_t i = 0; i <= c->n; i++) {
        c->heads[i] = FLOW_NONE;
        c->cheapest[i] = INT64_MAX;
    }
    c->furthest = first;
    c->limit = c->most;
    c->n_kins = 1;
    while (c->n_kins < KINS_A_LINE * (c->n - first + 1)) {
        c->n_kins *= 2;
    }
    c->kins = NEW_ARRAY(a, int32_t, c->n_kins);
    for (size_t i = 0; i < c->n_kins; i++) {
        c->kins[i] = FLOW_NONE;
    }
    if (c->f->choices.n) {
        c->live = NEW_ARRAY(a, struct beginning, BEGINNINGS);
        c->grown = NEW_ARRAY(a, struct beginning, BEGINNINGS);
    }
}

static bool is_end(const struct search *c, size_t line, const struct state *s)
{
    return line == c->n && s->notes.note == c->f->order.n &&
           s->floats == c->f->floats.n && s->previous != FLOW_NONE;
}

/* What states at a line or behind it may cost. */
static void set_limit(struct search *c, size_t line)
{
    int64_t least = INT64_MAX;
    for (size_t i = line; c->window && i <= c->furthest; i++) {
        least = c->cheapest[i] < least ? c->cheapest[i] : least;
    }
    bool bound = c->window && least < c->most - c->window;
    c->limit = bound ? least + c->window : c->most;
}

/* Makes what follows from all states from `line` on; gives the best end. */
static int32_t visit_states(struct search *c, size_t line)
{
    int32_t best = FLOW_NONE;
    for (; line <= c->n; line++) {
        set_limit(c, line);
        for (int32_t i = c->heads[line]; i != FLOW_NONE; i = c->states.v[i].next) {
            const struct state *s = &c->states.v[i];
            if (s->extended || s->dropped || never_wins(c, s)) {
                continue;
            }
            if (!is_end(c, line, s)) {
                flow_extend(c, i);
            } else if (best == FLOW_NONE || s->cost < c->states.v[best].cost) {
                best = i;
            }
        }
    }
    return best;
}

/* When the choice is made, so that they change nothing. */
static void visit_dropped(struct search *c, size_t line)
{
    for (size_t i = 0; i < c->states.n; i++) {
        c->states.v[i].dropped = false;
    }
    c->all = true;
    visit_states(c, line);
}

int32_t flow_search(struct search *c, const struct state *start)
{
    start_search(c, start->fill.last);
    struct state first = *start;
    reach(c, start->fill.last, &first);
    int32_t best = visit_states(c, start->fill.last);
    if (c->record && best != FLOW_NONE) {
        c->states.v[best].extended = true; /* with a window, a cheaper way may turn up */
        visit_dropped(c, start->fill.last);
    }
    return best;
}

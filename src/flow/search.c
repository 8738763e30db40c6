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
 * States that differ only in what is left below the region before (kin, see states.c) go
 * on in the same ways, and so they go on together: a way is taken from that one of them
 * from which it costs least.
 *
 * Time: lines times the ends that a region may have without being too empty, as long as
 * few paragraphs of a region have several settings. */
#include "flow/search.h"

/* Heights that lines from one state may have side by side. The costliest are dropped
 * beyond that; some paragraphs in lines of two heights have fewer. */
enum { BEGINNINGS = 48 };

/* Lines from a state on, while they grow. */
struct beginning {
    struct flow_stack stack;
    struct way way, full; /* up to here; the last that needs the next not to fit */
    bool near;            /* the region could end here, or soon */
};

/* What stands above a line, from the first one of the search on: heights, and spaces that
 * give. From this line up to `plain`, lines are as most are. */
struct lines_above {
    len64 height, spaces;
    size_t plain;
};

len64 flow_search_room(const struct search *c, size_t region)
{
    if (c->forced_height && region >= c->first_region) {
        return c->forced_height;
    }
    return flow_region_height(c->f, region);
}

/* --- Steps --- */

/* A page ends where a break is forced, in whatever column that is; what must begin a
 * right page leaves a left one empty. */
static size_t region_after(const struct search *c, const struct state *s, size_t last)
{
    size_t columns = (size_t)c->f->layout->page.columns;
    bool forced = last < c->n && c->f->body.v[last].forced && last != s->line;
    if (!forced) {
        return s->region + 1;
    }
    size_t page = s->region / columns + 1;
    bool left = page % 2 == 1 && c->f->layout->page.two_sided;
    return (page + (left && c->f->body.v[last].right)) * columns;
}

int64_t flow_sum_of(const struct flow_price *p)
{
    return p->empty + p->spaces + p->uneven + p->short_last + p->ends + p->split +
           p->late + p->extra + p->setting;
}

/* Of the states at hand, the one from which the region costs least: they differ in what
 * it should end level with. */
static int32_t best_mate(const struct search *c, const struct filled *r)
{
    int32_t best = c->mates.v[0];
    int64_t least = INT64_MAX;
    for (size_t i = 0; i < c->mates.n && c->mates.n > 1; i++) {
        const struct state *s = &c->states.v[c->mates.v[i]];
        int64_t cost = s->cost + flow_price_of_level(c, s->left, r->quarters);
        best = cost < least ? c->mates.v[i] : best;
        least = cost < least ? cost : least;
    }
    return best;
}

/* The state behind the region that is filled from state `from`. */
static struct state state_behind(const struct search *c, int32_t from,
                                 const struct filled *r)
{
    const struct state *s = &c->states.v[from];
    const struct way *w = r->way;
    size_t region = region_after(c, s, w->last);
    return (struct state){
        .notes = w->notes, .line = (uint32_t)w->last, .floats = w->floats,
        .region = (uint32_t)region,
        .left = flow_ends_level(c->f, region) ? r->quarters : FLOW_NONE,
        .previous = from, .settings = w->settings,
        .desperate = w->extra >= FLOW_DESPERATE, .used = r->used, .spaces = w->spaces,
    };
}

void flow_step(struct search *c, const struct way *w)
{
    struct filled r = flow_fill_in(c, &c->states.v[c->mates.v[0]], w);
    int32_t from = best_mate(c, &r);
    struct flow_price price = flow_price_of(c, &c->states.v[from], &r);
    int64_t cost = c->states.v[from].cost + flow_sum_of(&price);
    if (cost > c->limit) {
        return;
    }
    struct state next = state_behind(c, from, &r);
    next.cost = cost;
    if (c->graph) {
        flow_graph_step(c, &next, &price, r.quarters);
    } else {
        flow_reach(c, w->last, &next);
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
    return w->height <= w->room &&
           c->least + w->setting_cost + flow_least_price(c, s, w) > c->limit;
}

/* Nothing but its height and its notes says whether a region ends behind the line. */
static bool is_plain(const struct search *c, size_t i)
{
    const struct flow_line *l = &c->f->body.v[i], *next = l + 1;
    return i + 1 < c->n && !l->group && l->open_below == 0 && !next->forced &&
           !next->dense && flow_floats_before(c->f, i) == flow_floats_before(c->f, i + 1);
}

static void sum_lines(struct search *c, size_t first)
{
    const struct flow_line *v = c->f->body.v;
    c->above = NEW_ARRAY(c->a, struct lines_above, c->n + 1);
    for (size_t i = first; i < c->n; i++) {
        struct lines_above *a = &c->above[i];
        a[1].height = a->height + v[i].before + flow_line_height(&v[i]);
        a[1].spaces = a->spaces + flow_space_that_gives(c->f, SIZE_MAX, i);
    }
    c->above[c->n].plain = c->n;
    for (size_t i = c->n; i-- > first;) {
        c->above[i].plain = is_plain(c, i) ? c->above[i + 1].plain : i;
    }
}

/* The way with lines up to `last`, all plain. */
static struct way way_up_to(const struct search *c, const struct beginning *b,
                            size_t last)
{
    const struct lines_above *from = &c->above[b->stack.next], *to = &c->above[last];
    struct way w = b->way;
    w.height = b->stack.closed + to->height - from->height;
    w.spaces += to->spaces - from->spaces;
    w.last = last;
    return w;
}

/* Lines before `upto` behind which the region would be too empty: more lines leave less
 * room, so that they are found by bisection. */
static void skip_lines(struct search *c, int32_t from, struct beginning *b, size_t upto)
{
    const struct state *s = &c->states.v[from];
    size_t low = b->stack.next, above = c->above[low].plain;
    above = (above < upto ? above : upto) + 1;
    if (low == b->stack.first || b->near || b->full.last || above - low < 2) {
        return;
    }
    while (above - low > 1) {
        size_t middle = low + (above - low) / 2;
        struct way w = way_up_to(c, b, middle);
        if (is_hopeless(c, s, &w)) {
            low = middle;
        } else {
            above = middle;
        }
    }
    if (low > b->stack.next) {
        b->way = way_up_to(c, b, low);
        b->stack.closed = b->stack.height = b->way.height;
        b->stack.next = low;
        c->stepped = true;
    }
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
    if (!b->near && is_hopeless(c, &c->states.v[from], w)) {
        c->stepped = true;
        return true;
    }
    b->near = true;
    return flow_try_way(c, from, w) && !(last < c->n && v[last].forced);
}

/* Lines up to `last`, behind which text goes on with line `next`. */
static bool add_lines(struct search *c, int32_t from, struct beginning *b,
                      const size_t upto[2])
{
    while (b->stack.next < upto[0]) {
        skip_lines(c, from, b, upto[0] - 1);
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
            vec_push(c->a, &c->links, link);
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
void flow_extend(struct search *c)
{
    int32_t from = c->mates.v[0];
    size_t first = c->states.v[from].line;
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

void flow_start_search(struct search *c, const struct state *start)
{
    flow_start_states(c, start->line);
    sum_lines(c, start->line);
    if (c->f->choices.n) {
        c->live = NEW_ARRAY(c->a, struct beginning, BEGINNINGS);
        c->grown = NEW_ARRAY(c->a, struct beginning, BEGINNINGS);
    }
    struct state first = *start;
    flow_reach(c, start->line, &first);
}

bool flow_is_end(const struct search *c, const struct state *s)
{
    return s->line == c->n && s->notes.note == c->f->order.n &&
           s->floats == c->f->floats.n && s->previous != FLOW_NONE;
}

void flow_extend_all(struct search *c, size_t line)
{
    for (int32_t i = c->heads[line]; i != FLOW_NONE; i = c->states.v[i].next) {
        if (!flow_is_end(c, &c->states.v[i]) && flow_gather_mates(c, i)) {
            flow_extend(c);
        }
    }
}

/* The cheapest of the ends. */
static int32_t best_end(const struct search *c)
{
    int32_t best = FLOW_NONE;
    for (int32_t i = c->heads[c->n]; i != FLOW_NONE; i = c->states.v[i].next) {
        const struct state *s = &c->states.v[i];
        bool cheaper = best == FLOW_NONE || s->cost < c->states.v[best].cost;
        best = flow_is_end(c, s) && cheaper ? i : best;
    }
    return best;
}

int32_t flow_search(struct search *c, const struct state *start)
{
    flow_start_search(c, start);
    for (size_t line = start->line; line <= c->n; line++) {
        flow_set_limit(c, line);
        flow_extend_all(c, line);
    }
    return best_end(c);
}

struct flow_fill flow_fill_between(const struct search *c, const struct state *from,
                                   const struct state *to)
{
    len64 room = flow_search_room(c, from->region);
    bool over = to->used > room + flow_may_shrink(c->f, to->spaces);
    return (struct flow_fill){from->region, from->line, to->line, from->notes, to->notes,
                              from->floats, to->floats, over, to->used, room, to->spaces};
}

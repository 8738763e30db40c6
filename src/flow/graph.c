/* SPDX-License-Identifier: MIT
 *
 * In:  the regions that were chosen. Out: all that each of them could have held, with
 * what the whole note would cost then, for explain.c.
 *
 * States and the steps between them are a graph. Read backwards, the steps give what the
 * rest of the note costs from each state at least. Kin go on in the same ways, but for
 * what it costs not to be level, so that the steps of all of them are kept once. Notes
 * that are set alone lead from a line to the same line, so that a step may stand before
 * one that it needs; reading them again until nothing changes mends that.
 *
 * In a small note, the graph has every state that there can be. In a longer one it has
 * those of a search with a window, which begins anew from every end that a region of the
 * path could have: so time is linear in pages, and what another end costs is found unless
 * it leads to pages that cost more than the window for long. */
#include "flow/search.h"

/* So many regions are a small note. */
enum { WHOLE_REGIONS = 8 };

/* Of the search for others. */
enum { WINDOW = 3000 };

static const int64_t UNKNOWN = INT64_MAX / 2;

struct edge {
    int32_t to;
    int32_t below; /* in quarters of a line; FLOW_NONE: that does not count */
    int64_t cost;  /* without that of not being level */
};

/* The steps from kin. */
struct node {
    size_t first, n;
    bool made;
};

struct told {
    struct flow_step step;
    struct flow_fill fill;
};

struct flow_graph {
    VEC(struct edge) edges;
    VEC(struct node) nodes; /* by kin */
    VEC(int32_t) order;     /* kin whose steps are made, in the order of their lines */
    VEC(int64_t) rest;      /* by state */
    VEC(struct told) told;  /* from one state of the path */
    bool tells, seeds;      /* steps are told now; they begin the search */
    bool makes;             /* they lead to new states, too */
    bool sideways;          /* one of them leads to the line from which it comes */
};

/* --- Steps --- */

static void tell(struct search *c, int32_t to, const struct state *next,
                 const struct flow_price *price)
{
    int64_t before = next->cost - flow_sum_of(price);
    struct told told = {{next->previous, to, before, next->cost, 0, NULL, *price,
                         next->desperate},
                        flow_fill_between(c, &c->states.v[next->previous], next)};
    vec_push(c->a, &c->graph->told, told);
}

void flow_graph_step(struct search *c, struct state *next, const struct flow_price *price,
                     int32_t below)
{
    struct flow_graph *g = c->graph;
    if (g->seeds) {
        next->cost = c->least;
        flow_reach(c, next->line, next);
        return;
    }
    int32_t to = flow_find_state(c, next->line, next, g->makes);
    if (g->tells && to != FLOW_NONE) {
        tell(c, to, next, price);
    } else if (to != FLOW_NONE) {
        struct edge edge = {to, below, flow_sum_of(price) - price->uneven};
        vec_push(c->a, &g->edges, edge);
        bool sideways = c->states.v[next->previous].line == next->line;
        g->sideways = g->sideways || sideways;
    }
}

/* Room for what is known of all states and kin. */
static void keep_up(struct search *c)
{
    struct flow_graph *g = c->graph;
    while (g->nodes.n < c->kin.n) {
        vec_push(c->a, &g->nodes, ((struct node){0, 0, false}));
    }
    while (g->rest.n < c->states.n) {
        bool end = flow_is_end(c, &c->states.v[g->rest.n]);
        vec_push(c->a, &g->rest, end ? 0 : UNKNOWN);
    }
}

static void extend_alone(struct search *c, int32_t state)
{
    c->mates.n = 0;
    vec_push(c->a, &c->mates, state);
    flow_extend(c);
    keep_up(c);
}

/* The steps from a state and its kin. */
static void make_node(struct search *c, int32_t state)
{
    struct flow_graph *g = c->graph;
    int32_t kin = c->states.v[state].kin;
    if (g->nodes.v[kin].made || flow_is_end(c, &c->states.v[state])) {
        return;
    }
    size_t first = g->edges.n;
    int64_t here = c->states.v[state].cost, least = c->kin.v[kin].least;
    c->least = here < least ? here : least; /* kin that were never reached have none */
    extend_alone(c, state);
    g->nodes.v[kin] = (struct node){first, g->edges.n - first, true};
    vec_push(c->a, &g->order, kin);
}

/* --- What the rest costs --- */

/* False if it was known. */
static bool set_rest(struct search *c, int32_t state)
{
    struct flow_graph *g = c->graph;
    const struct node *node = &g->nodes.v[c->states.v[state].kin];
    int32_t left = c->states.v[state].left;
    int64_t least = g->rest.v[state];
    for (size_t i = node->first; i < node->first + node->n; i++) {
        const struct edge *e = &g->edges.v[i];
        int64_t cost = e->cost + g->rest.v[e->to];
        if (cost < least) {
            cost += flow_price_of_level(c, left, e->below);
            least = cost < least ? cost : least;
        }
    }
    bool changed = least < g->rest.v[state];
    g->rest.v[state] = least;
    return changed;
}

static void set_all(struct search *c)
{
    struct flow_graph *g = c->graph;
    for (bool changed = true; changed;) {
        changed = false;
        for (size_t i = g->order.n; i-- > 0;) {
            int32_t s = c->kin.v[g->order.v[i]].first;
            for (; s != FLOW_NONE; s = c->states.v[s].mate) {
                changed = set_rest(c, s) || changed;
            }
        }
        changed = changed && g->sideways;
    }
}

/* --- The graph --- */

/* All states from the first one on. */
static void make_whole(struct search *c, size_t first)
{
    c->graph->makes = true;
    c->limit = INT64_MAX;
    for (size_t line = first; line <= c->n; line++) {
        for (int32_t i = c->heads[line]; i != FLOW_NONE; i = c->states.v[i].next) {
            make_node(c, i);
        }
    }
}

/* Whatever the region from a state of the path could hold is as good as that state. */
static void seed(struct search *c, struct flow_graph *g, int32_t state)
{
    c->limit = INT64_MAX;
    c->least = c->states.v[state].cost;
    c->graph = g;
    g->seeds = true;
    extend_alone(c, state);
    g->seeds = false;
    c->graph = NULL;
}

/* The states of a search with a window, from the path and from all the other ends of its
 * regions. */
static void search_beside(struct search *c, const int32_t *path, size_t n)
{
    struct flow_graph *g = c->graph;
    size_t next = 0;
    c->graph = NULL;
    for (size_t line = c->states.v[path[0]].line; line <= c->n; line++) {
        for (; next < n && c->states.v[path[next]].line == line; next++) {
            seed(c, g, path[next]);
        }
        flow_set_limit(c, line);
        flow_extend_all(c, line);
    }
    c->graph = g;
    keep_up(c);
}

/* The steps between these states. */
static void make_nodes(struct search *c, size_t first)
{
    c->graph->makes = false;
    for (size_t line = c->n; line-- > first;) {
        int64_t behind = c->cheapest[line + 1];
        c->cheapest[line] = behind < c->cheapest[line] ? behind : c->cheapest[line];
    }
    for (size_t line = first; line <= c->n; line++) {
        c->furthest = line;
        flow_set_limit(c, line);
        for (int32_t i = c->heads[line]; i != FLOW_NONE; i = c->states.v[i].next) {
            if (c->states.v[i].extended) {
                make_node(c, i);
            }
        }
    }
}

/* Another way to a state of the path may have cost less, or so it seemed. */
static void restore(struct search *c, int32_t at, const struct state *s)
{
    c->states.v[at].cost = s->cost;
    c->states.v[at].region = s->region;
}

/* The states of the path, as the graph has them: from each of them, the rest costs no
 * more than it does on the path. */
static int32_t *add_path(struct search *c, const struct path *p)
{
    int32_t *at = NEW_ARRAY(c->a, int32_t, p->n + 1);
    for (size_t i = 0; i <= p->n; i++) {
        struct state s = p->v[i];
        s.extended = false;
        at[i] = flow_find_state(c, s.line, &s, true);
        restore(c, at[i], &s);
        keep_up(c);
        c->graph->rest.v[at[i]] = p->v[p->n].cost - s.cost;
    }
    return at;
}

/* What else the region from a state could have held. */
static void tell_all(struct search *c, int32_t from, struct flow_record *record)
{
    struct flow_graph *g = c->graph;
    g->told.n = 0;
    g->tells = g->makes = true;
    c->least = c->states.v[from].cost;
    extend_alone(c, from);
    g->tells = false;
    for (size_t i = 0; i < g->told.n; i++) {
        struct told *t = &g->told.v[i];
        set_rest(c, t->step.to);
        t->step.behind = g->rest.v[t->step.to];
        t->step.fill = &t->fill;
        if (t->step.behind < UNKNOWN) {
            flow_record_step(record, &t->step);
        }
    }
}

static void explain(struct search *c, const struct path *p, struct flow_record *record)
{
    size_t first = p->v[0].line;
    flow_start_search(c, &p->v[0]);
    int32_t *at = add_path(c, p);
    if (p->n <= WHOLE_REGIONS) {
        make_whole(c, first);
    } else {
        search_beside(c, at, p->n);
        make_nodes(c, first);
    }
    set_all(c);
    c->limit = INT64_MAX;
    for (size_t i = 0; i < p->n; i++) {
        flow_record_again(record);
        restore(c, at[i], &p->v[i]);
        tell_all(c, at[i], record);
        flow_record_close(record, at[i + 1]);
    }
}

void flow_explain_path(const struct search *how, const struct path *p,
                       struct flow_record *record)
{
    struct arena states;
    arena_init(&states);
    struct flow_graph g = {.tells = false};
    struct search c = {.f = how->f, .a = &states, .graph = &g, .most = INT64_MAX,
                       .window = WINDOW, .first_region = how->first_region,
                       .forced_height = how->forced_height};
    explain(&c, p, record);
    arena_done(&states);
}

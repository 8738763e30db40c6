/* SPDX-License-Identifier: MIT
 *
 * States, as the search makes them: which of them are one, which are kept, which never
 * win.
 *
 * States are visited in the order of their lines; of several ways to one state only the
 * cheapest is kept. Of states that differ only in what is left below the region before
 * (kin), one that costs more than another by all that unevenness may cost never wins, and
 * is dropped; and so is what costs more than the whole note may. With a `window`, what
 * costs so much more than another way that has come as far is dropped as well; from
 * there, what stands between two places is soon made up for, but that is no proof. */
#include "flow/search.h"

/* The size of the table of kin: more need more time. Those of one line stand together, as
 * they are asked for, but few of them in one place. */
enum { KINS_A_LINE = 8, KINS_TOGETHER = 128 };

/* Regions on the first page differ from all others, and so do columns of a page, and
 * left pages from right ones where they face each other. */
static size_t region_class(const struct flow *f, size_t region)
{
    size_t columns = (size_t)f->layout->page.columns;
    size_t period = f->layout->page.two_sided ? 2 * columns : columns;
    return region < columns ? region : columns + (region - columns) % period;
}

static struct kin kin_of(const struct search *c, const struct state *s)
{
    return (struct kin){.line = s->line, .notes = s->notes, .floats = s->floats,
                        .region = (uint32_t)region_class(c->f, s->region),
                        .first = FLOW_NONE, .least = INT64_MAX};
}

static bool are_alike(const struct kin *a, const struct kin *b)
{
    return a->line == b->line && a->notes.note == b->notes.note &&
           a->notes.line == b->notes.line && a->floats == b->floats &&
           a->region == b->region;
}

/* States at one line are visited in the order they were made. */
static int32_t push_state(struct search *c, size_t line, const struct state *s)
{
    int32_t at = (int32_t)c->states.n;
    vec_push(c->a, &c->states, *s);
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
static int32_t *bucket_of(const struct search *c, const struct kin *kin)
{
    uint32_t parts[] = {kin->notes.note, kin->notes.line, kin->floats, kin->region};
    uint32_t hash = 0;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        hash = (hash ^ parts[i]) * 0x9E3779B1u;
        hash ^= hash >> 15;
    }
    size_t bucket = (size_t)kin->line * KINS_A_LINE + hash % KINS_TOGETHER;
    return &c->kins[bucket & (c->n_kins - 1)];
}

/* FLOW_NONE: there is none, and none is to be made. */
static int32_t find_kin(struct search *c, const struct state *s, bool make)
{
    struct kin kin = kin_of(c, s);
    int32_t *bucket = bucket_of(c, &kin), i = *bucket;
    while (i != FLOW_NONE && !are_alike(&c->kin.v[i], &kin)) {
        i = c->kin.v[i].next;
    }
    if (i == FLOW_NONE && make) {
        kin.next = *bucket;
        vec_push(c->a, &c->kin, kin);
        *bucket = i = (int32_t)c->kin.n - 1;
    }
    return i;
}

/* Another is better whatever follows. */
static bool never_wins(const struct search *c, const struct state *s)
{
    int64_t uneven = c->f->layout->breaking.uneven, least = c->kin.v[s->kin].least;
    return s->cost > c->limit || s->cost - uneven > least;
}

/* The same, by one of its kin: what is level with that one is as uneven with `s`, at
 * most, as the two are with each other. Costs are whole numbers. */
static bool is_beaten(const struct search *c, const struct state *s,
                      const struct state *known)
{
    return known->cost + 1 < s->cost && s->left != FLOW_NONE &&
           known->left != FLOW_NONE &&
           known->cost + flow_price_of_level(c, s->left, known->left) + 1 < s->cost;
}

/* The state that stands for `s`: one that is known and of use, which is better or may
 * still be replaced, or one that beats it; or FLOW_NONE. */
static int32_t find_same(const struct search *c, const struct state *s)
{
    for (int32_t i = c->kin.v[s->kin].first; i != FLOW_NONE; i = c->states.v[i].mate) {
        const struct state *known = &c->states.v[i];
        bool same = known->left == s->left;
        if (same ? s->cost >= known->cost || !known->extended : is_beaten(c, s, known)) {
            return i;
        }
    }
    return FLOW_NONE;
}

static void replace_state(struct state *known, const struct state *s)
{
    int32_t next = known->next, mate = known->mate;
    *known = *s;
    known->next = next;
    known->mate = mate;
}

static void count_cost(struct search *c, size_t line, const struct state *s)
{
    struct kin *kin = &c->kin.v[s->kin];
    kin->least = s->cost < kin->least ? s->cost : kin->least;
    c->cheapest[line] = s->cost < c->cheapest[line] ? s->cost : c->cheapest[line];
    c->furthest = line > c->furthest ? line : c->furthest;
}

void flow_reach(struct search *c, size_t line, struct state *s)
{
    s->kin = find_kin(c, s, true);
    count_cost(c, line, s);
    if (never_wins(c, s)) {
        return;
    }
    int32_t at = find_same(c, s);
    if (at == FLOW_NONE) {
        push_state(c, line, s);
    } else if (s->cost < c->states.v[at].cost && !c->states.v[at].extended) {
        replace_state(&c->states.v[at], s);
    }
}

bool flow_gather_mates(struct search *c, int32_t of)
{
    c->mates.n = 0;
    c->least = INT64_MAX;
    if (c->states.v[of].extended || never_wins(c, &c->states.v[of])) {
        return false;
    }
    for (int32_t i = c->kin.v[c->states.v[of].kin].first; i != FLOW_NONE;
         i = c->states.v[i].mate) {
        const struct state *s = &c->states.v[i];
        if (!s->extended && !never_wins(c, s)) {
            vec_push(c->a, &c->mates, i);
            c->states.v[i].extended = true;
            c->least = s->cost < c->least ? s->cost : c->least;
        }
    }
    /* Those that were made first come first. */
    for (size_t i = 0, k = c->mates.n; i + 1 < k--; i++) {
        int32_t swap = c->mates.v[i];
        c->mates.v[i] = c->mates.v[k];
        c->mates.v[k] = swap;
    }
    return true;
}

int32_t flow_find_state(struct search *c, size_t line, struct state *s, bool make)
{
    s->kin = find_kin(c, s, make);
    int32_t i = s->kin == FLOW_NONE ? FLOW_NONE : c->kin.v[s->kin].first;
    while (i != FLOW_NONE && c->states.v[i].left != s->left) {
        i = c->states.v[i].mate;
    }
    return i != FLOW_NONE || s->kin == FLOW_NONE ? i : push_state(c, line, s);
}

/* --- The search --- */

void flow_start_states(struct search *c, size_t first)
{
    struct arena *a = c->a;
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
    flow_price_levels(c);
    c->n_kins = 1;
    while (c->n_kins < KINS_A_LINE * (c->n - first + 1)) {
        c->n_kins *= 2;
    }
    c->kins = NEW_ARRAY(a, int32_t, c->n_kins);
    for (size_t i = 0; i < c->n_kins; i++) {
        c->kins[i] = FLOW_NONE;
    }
}

/* What states at a line or behind it may cost. */
void flow_set_limit(struct search *c, size_t line)
{
    int64_t least = INT64_MAX;
    for (size_t i = line; c->window && i <= c->furthest; i++) {
        least = c->cheapest[i] < least ? c->cheapest[i] : least;
    }
    bool bound = c->window && least < c->most - c->window;
    c->limit = bound ? least + c->window : c->most;
}

/* SPDX-License-Identifier: MIT
 *
 * Where pages end, chosen over the whole note. In: measured lines, each with the cost of
 * a break before it; footnotes; floats. Out: what each region holds, so that all of them
 * together cost least; see price.c for the costs, search.c and ways.c for how that is
 * found.
 *
 * First, every paragraph is as is best for itself. If pages end badly then, paragraphs
 * around them may be a line longer or shorter, and the best is sought among all that
 * gives; and once more, if there are still bad pages, with other paragraphs. What was
 * found before is among it, so that a note never gets worse. */
#include "flow/choices.h"
#include "flow/search.h"

#include "style/style.h"

enum { ROUNDS = 2, REGIONS_BEFORE = 2 };

/* What a region costs as a rule, and nearly always. In a note of more regions, all of
 * them together may cost so much that such a bound is of no use. */
enum { LIKELY_COST = 300, MOST_COST = 3000, MOST_REGIONS = 60 };

/* How much more a way may cost than another that has come as far: that gives good pages,
 * and the best ones unless a text is made for that. */
enum { NARROW_WINDOW = 2000, WIDE_WINDOW = 3000 };

/* Before all lines. */
static const struct state AT_FIRST = {.previous = FLOW_NONE, .next = FLOW_NONE,
                                      .settings = FLOW_NONE, .left = FLOW_NONE};

uint32_t flow_notes_before(const struct flow *f, size_t line)
{
    return line < f->body.n ? f->body.v[line].notes : (uint32_t)f->order.n;
}

/* The settings of a state's region, for the path. */
static int32_t copy_settings(const struct search *c, int32_t link, struct path *p)
{
    int32_t copied = FLOW_NONE;
    for (; link != FLOW_NONE; link = c->links.v[link].previous) {
        struct setting_link l = c->links.v[link];
        l.previous = copied;
        vec_push(&c->f->work, &p->links, l);
        copied = (int32_t)p->links.n - 1;
    }
    return copied;
}

/* All that is to be kept of a search. */
static struct path path_to(const struct search *c, int32_t end)
{
    struct path p = {.n = 0};
    for (int32_t i = end; c->states.v[i].previous != FLOW_NONE;) {
        i = c->states.v[i].previous;
        p.n++;
    }
    p.v = NEW_ARRAY(&c->f->work, struct state, p.n + 1);
    for (size_t i = p.n + 1; i-- > 0; end = c->states.v[end].previous) {
        p.v[i] = c->states.v[end];
        p.v[i].settings = copy_settings(c, p.v[i].settings, &p);
    }
    return p;
}

static int64_t cost_of(const struct path *p)
{
    return p->v[p->n].cost;
}

static void append_fills(const struct search *c, const struct path *p)
{
    for (size_t i = 1; i <= p->n; i++) {
        struct flow_fill fill = flow_fill_between(c, &p->v[i - 1], &p->v[i]);
        vec_push(&c->f->work, &c->f->fills, fill);
    }
}

/* --- Paragraphs in other numbers of lines --- */

static int64_t setting_costs(const struct flow *f, const struct path *p, int32_t link)
{
    int64_t sum = 0;
    for (; link != FLOW_NONE; link = p->links.v[link].previous) {
        const struct setting_link *l = &p->links.v[link];
        sum += f->choices.v[l->choice].v[l->setting].cost;
    }
    return sum;
}

/* More than a paragraph costs at least that mends it. */
static bool ends_badly(const struct flow *f, const struct path *p, size_t i)
{
    const struct state *s = &p->v[i + 1];
    int64_t here = s->cost - p->v[i].cost - setting_costs(f, p, s->settings);
    return here > f->layout->breaking.looseness;
}

/* What stands before a page that must begin there cannot help. */
static bool is_cut_off(const struct flow *f, const struct state *s)
{
    return s->line < f->body.n && f->body.v[s->line].forced;
}

/* The lines of a region, in a body without other settings. */
static struct flow_range lines_of(const struct flow *f, const struct path *p, size_t i)
{
    return (struct flow_range){flow_line_before_choices(f, p->v[i].line),
                               flow_line_before_choices(f, p->v[i + 1].line)};
}

/* All regions that end badly, and a few before each. Gives how many. */
static size_t find_bad(const struct flow *f, const struct path *p,
                       struct flow_range *out)
{
    size_t n = 0, done = 0;
    for (size_t i = 0; i < p->n; i++) {
        if (!ends_badly(f, p, i)) {
            continue;
        }
        size_t from = i;
        while (from > 0 && i - from < REGIONS_BEFORE && !is_cut_off(f, &p->v[from])) {
            from--;
        }
        for (size_t k = from > done ? from : done; k <= i; k++) {
            out[n++] = lines_of(f, p, k);
        }
        done = i + 1;
    }
    return n;
}

/* Asks their paragraphs. Gives whether any has another setting that was not known; it is
 * in the body then. */
static bool mend(struct flow_mending *m, const struct path *p)
{
    struct flow *f = m->f;
    struct flow_range *bad = NEW_ARRAY(&f->work, struct flow_range, p->n + 1);
    size_t known = m->offers.n, n = find_bad(f, p, bad);
    if (n == 0) {
        return false;
    }
    if (known) {
        flow_close_choices(f);
    }
    for (size_t i = 0; i < n; i++) {
        flow_mend_in(m, bad[i]);
    }
    if (m->offers.n) {
        flow_open_choices(f, m->offers.v, m->offers.n);
    }
    return m->offers.n > known;
}

static int64_t regions_about(const struct flow *f)
{
    len64 height = (len64)f->body.n * style_root(f->layout)->leading;
    for (size_t i = 0; i < f->order.n; i++) {
        height += f->notes[f->order.v[i]].height;
    }
    for (size_t i = 0; i < f->floats.n; i++) {
        height += f->floats.v[i].height;
    }
    return 1 + height / flow_page_height(f);
}

/* A search through the whole note, which takes the memory of the one before. */
static int32_t search_all(struct search *c, int64_t most, int64_t window)
{
    arena_reset(c->a);
    *c = (struct search){.f = c->f, .a = c->a, .most = most, .window = window};
    return flow_search(c, &AT_FIRST);
}

/* The best pages. They are sought among those that cost no more than `most`, which takes
 * a fraction of the time; if there are none, among others. */
static struct path find_path(struct search *c, int64_t most)
{
    int32_t end = FLOW_NONE;
    int64_t regions = regions_about(c->f), more = MOST_COST * regions;
    int64_t window = regions > MOST_REGIONS ? WIDE_WINDOW : 0;
    for (; end == FLOW_NONE; most = most < more ? more : INT64_MAX) {
        end = search_all(c, most, window);
        window = 0;
    }
    return path_to(c, end);
}

/* What good pages cost, found in little time; the best cost no more. Where all regions
 * are alike and need not be level, there are so few states that this is of no use; and
 * with a window, it would be nearly the same search. */
static int64_t likely_cost(struct search *c)
{
    int64_t regions = regions_about(c->f);
    bool alike = c->f->layout->page.columns == 1 && !c->f->layout->page.two_sided;
    if (alike || regions > MOST_REGIONS) {
        return regions > MOST_REGIONS ? INT64_MAX : LIKELY_COST * regions;
    }
    int32_t end = search_all(c, INT64_MAX, NARROW_WINDOW);
    return end == FLOW_NONE ? INT64_MAX : c->states.v[end].cost;
}

/* The best pages; then the same with paragraphs that could mend the bad ones. */
static struct path seek(struct search *c)
{
    struct flow *f = c->f;
    struct flow_mending m = {.f = f, .asked = NEW_ARRAY(&f->work, uint8_t,
                                                        f->paragraphs.n + 1)};
    struct path p = find_path(c, likely_cost(c));
    for (m.round = 1; m.round <= ROUNDS && mend(&m, &p); m.round++) {
        p = find_path(c, cost_of(&p));
    }
    return p;
}

static void settle_choices(struct flow *f, const struct path *p)
{
    for (size_t i = 0; i < p->links.n; i++) {
        const struct setting_link *l = &p->links.v[i];
        f->choices.v[l->choice].chosen = l->setting;
    }
    if (f->choices.n) {
        flow_close_choices(f);
    }
}

/* --- The last page in columns --- */

/* What the regions from `region` on cost beyond empty room: their penalties. */
static int64_t penalties(const struct flow *f, const struct path *p, size_t region)
{
    int64_t sum = 0;
    for (size_t i = 0; i < p->n; i++) {
        const struct state *from = &p->v[i], *s = &p->v[i + 1];
        bool notes_alone = from->line == s->line;
        if (from->region < region) {
            continue;
        }
        sum += (notes_alone ? 0 : flow_price_of_break(f, s->line)) +
               (s->desperate ? FLOW_DESPERATE : 0) + flow_split_penalty(f, s->notes);
    }
    return sum;
}

/* The regions of the last page. */
struct last_page {
    size_t at;       /* the first of its fills */
    int64_t allowed; /* what their ends may cost */
    int64_t before;  /* what all others cost */
};

static struct last_page find_last_page(const struct flow *f, const struct path *p)
{
    size_t columns = (size_t)f->layout->page.columns, at = p->n - 1;
    size_t page = p->v[at].region / columns;
    while (at > 0 && p->v[at - 1].region / columns == page) {
        at--;
    }
    return (struct last_page){at, penalties(f, p, page * columns), p->v[at].cost};
}

/* Why columns of that height end where they end. */
static void explain_balance(const struct search *found, const struct path *p, size_t at)
{
    if (found->f->reasons) {
        struct flow_record *record = flow_record_resume(found->f, at);
        flow_explain_path(found, p, record);
        flow_record_end(record);
    }
}

/* The columns of the last page are made equally high: the least height at which what
 * stands there still fits, without worse breaks than before. */
static void balance_last_page(struct search *c, const struct last_page *page)
{
    struct flow *f = c->f;
    size_t columns = (size_t)f->layout->page.columns;
    const struct flow_fill first = f->fills.v[page->at];
    struct state start = {.cost = page->before, .notes = first.notes_first,
                          .floats = first.floats_first, .region = (uint32_t)first.region,
                          .previous = FLOW_NONE, .next = FLOW_NONE, .left = FLOW_NONE,
                          .settings = FLOW_NONE, .line = (uint32_t)first.first};
    len half_line = style_root(f->layout)->leading / 2;
    len64 full = flow_region_height(f, first.region);
    len64 height = flow_height(&f->body, first.first, f->body.n) / (len64)columns;
    for (; height < full; height += half_line) {
        arena_reset(c->a);
        *c = (struct search){.f = f, .a = c->a, .first_region = start.region,
                             .most = INT64_MAX, .forced_height = height};
        struct path p = path_to(c, flow_search(c, &start));
        if (p.n <= columns && penalties(f, &p, 0) <= page->allowed) {
            f->fills.n = page->at;
            append_fills(c, &p);
            explain_balance(c, &p, page->at);
            return;
        }
    }
}

static void choose(struct search *c)
{
    struct flow *f = c->f;
    struct path p = seek(c);
    append_fills(c, &p);
    struct flow_record *record = f->reasons ? flow_record_new(f) : NULL;
    if (record) {
        flow_explain_path(c, &p, record);
    }
    struct last_page last = find_last_page(f, &p);
    settle_choices(f, &p);
    if (record) {
        flow_record_end(record);
    }
    if (f->layout->page.columns > 1 && f->layout->page.balance) {
        balance_last_page(c, &last);
    }
}

void flow_choose_breaks(struct flow *f)
{
    struct arena states;
    arena_init(&states);
    flow_sum_notes(f);
    choose(&(struct search){.f = f, .a = &states});
    arena_done(&states);
}

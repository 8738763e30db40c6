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

/* The states that lead to an end, from the first one. */
struct path {
    int32_t *v;
    size_t n; /* regions: there is one state more */
};

static struct path path_to(const struct search *c, int32_t end)
{
    struct path p = {NULL, 0};
    for (int32_t i = end; c->states.v[i].previous != FLOW_NONE;) {
        i = c->states.v[i].previous;
        p.n++;
    }
    p.v = NEW_ARRAY(&c->f->work, int32_t, p.n + 1);
    for (size_t i = p.n + 1; i-- > 0; end = c->states.v[end].previous) {
        p.v[i] = end;
    }
    return p;
}

static void append_fills(const struct search *c, const struct path *p)
{
    for (size_t i = 1; i <= p->n; i++) {
        vec_push(&c->f->work, &c->f->fills, c->states.v[p->v[i]].fill);
    }
}

/* --- Paragraphs in other numbers of lines --- */

static int64_t setting_costs(const struct search *c, int32_t link)
{
    int64_t sum = 0;
    for (; link != FLOW_NONE; link = c->links.v[link].previous) {
        const struct setting_link *l = &c->links.v[link];
        sum += c->f->choices.v[l->choice].v[l->setting].cost;
    }
    return sum;
}

/* More than a paragraph costs at least that mends it. */
static bool ends_badly(const struct search *c, const struct path *p, size_t i)
{
    const struct state *s = &c->states.v[p->v[i + 1]];
    int64_t here = s->cost - c->states.v[p->v[i]].cost - setting_costs(c, s->settings);
    return here > c->f->layout->breaking.looseness;
}

/* What stands before a page that must begin there cannot help. */
static bool is_cut_off(const struct search *c, const struct state *s)
{
    size_t last = s->fill.last;
    return last < c->n && c->f->body.v[last].forced;
}

/* The lines of a region, in a body without other settings. */
static struct flow_range lines_of(const struct search *c, const struct path *p, size_t i)
{
    const struct flow_fill *fill = &c->states.v[p->v[i + 1]].fill;
    return (struct flow_range){flow_line_before_choices(c->f, fill->first),
                               flow_line_before_choices(c->f, fill->last)};
}

/* All regions that end badly, and a few before each. Gives how many. */
static size_t find_bad(const struct search *c, const struct path *p,
                       struct flow_range *out)
{
    size_t n = 0, done = 0;
    for (size_t i = 0; i < p->n; i++) {
        if (!ends_badly(c, p, i)) {
            continue;
        }
        size_t from = i;
        while (from > 0 && i - from < REGIONS_BEFORE &&
               !is_cut_off(c, &c->states.v[p->v[from]])) {
            from--;
        }
        for (size_t k = from > done ? from : done; k <= i; k++) {
            out[n++] = lines_of(c, p, k);
        }
        done = i + 1;
    }
    return n;
}

/* Asks their paragraphs. Gives whether any has another setting that was not known; it is
 * in the body then. */
static bool mend(struct flow_mending *m, const struct search *c, const struct path *p)
{
    struct flow *f = m->f;
    struct flow_range *bad = NEW_ARRAY(&f->work, struct flow_range, p->n + 1);
    size_t known = m->offers.n, n = find_bad(c, p, bad);
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

/* The best pages. They are sought among those that cost no more than `most`, which takes
 * a fraction of the time; if there are none, among others. */
static struct path find_path(struct flow *f, struct search *c, int64_t most)
{
    int32_t end = FLOW_NONE;
    int64_t regions = regions_about(f), more = MOST_COST * regions;
    int64_t window = regions > MOST_REGIONS ? WIDE_WINDOW : 0;
    for (; end == FLOW_NONE; most = most < more ? more : INT64_MAX) {
        struct flow_record *record = f->reasons ? flow_record_new(f) : NULL;
        *c = (struct search){.f = f, .record = record, .most = most, .window = window};
        end = flow_search(c, &AT_FIRST);
        window = 0;
    }
    return path_to(c, end);
}

/* What good pages cost, found in little time; the best cost no more. Where all regions
 * are alike and need not be level, there are so few states that this is of no use. */
static int64_t likely_cost(struct flow *f)
{
    int64_t regions = regions_about(f), likely = LIKELY_COST * regions;
    bool alike = f->layout->page.columns == 1 && !f->layout->page.two_sided;
    if (alike) {
        return regions > MOST_REGIONS ? INT64_MAX : likely;
    }
    struct search c = {.f = f, .most = INT64_MAX, .window = NARROW_WINDOW};
    int32_t end = flow_search(&c, &AT_FIRST);
    return end == FLOW_NONE ? INT64_MAX : c.states.v[end].cost;
}

/* The best pages; then the same with paragraphs that could mend the bad ones. */
static struct path seek(struct flow *f, struct search *c)
{
    struct flow_mending m = {.f = f, .asked = NEW_ARRAY(&f->work, uint8_t,
                                                        f->paragraphs.n + 1)};
    struct path p = find_path(f, c, likely_cost(f));
    for (m.round = 1; m.round <= ROUNDS && mend(&m, c, &p); m.round++) {
        p = find_path(f, c, c->states.v[p.v[p.n]].cost);
    }
    return p;
}

static void settle_choices(struct flow *f, const struct search *c, const struct path *p)
{
    for (size_t i = 1; i <= p->n; i++) {
        int32_t link = c->states.v[p->v[i]].settings;
        for (; link != FLOW_NONE; link = c->links.v[link].previous) {
            const struct setting_link *l = &c->links.v[link];
            f->choices.v[l->choice].chosen = l->setting;
        }
    }
    if (f->choices.n) {
        flow_close_choices(f);
    }
}

/* --- The last page in columns --- */

/* What the regions from `region` on cost beyond empty room: their penalties. */
static int64_t penalties(const struct search *c, const struct path *p, size_t region)
{
    int64_t sum = 0;
    for (size_t i = 1; i <= p->n; i++) {
        const struct state *s = &c->states.v[p->v[i]];
        bool notes_alone = s->fill.first == s->fill.last;
        if (s->fill.region < region) {
            continue;
        }
        sum += (notes_alone ? 0 : flow_price_of_break(c, s->fill.last)) +
               (s->desperate ? FLOW_DESPERATE : 0) +
               flow_split_penalty(c->f, s->fill.notes_last);
    }
    return sum;
}

/* What else each chosen region could have held. To extend a state once more changes
 * nothing: all that it leads to is known to be as good. */
static void explain(struct search *c, const struct path *p)
{
    flow_record_settle(c->record, c->states.n);
    for (size_t i = 0; i < p->n; i++) {
        flow_record_again(c->record);
        flow_extend(c, p->v[i]);
        flow_record_close(c->record, p->v[i + 1]);
    }
}

/* The regions of the last page. */
struct last_page {
    size_t at;       /* the first of its fills */
    int64_t allowed; /* what their ends may cost */
    int64_t before;  /* what all others cost */
};

static struct last_page find_last_page(const struct search *c, const struct path *p)
{
    size_t columns = (size_t)c->f->layout->page.columns, at = p->n - 1;
    size_t page = c->states.v[p->v[p->n]].fill.region / columns;
    while (at > 0 && c->states.v[p->v[at]].fill.region / columns == page) {
        at--;
    }
    return (struct last_page){at, penalties(c, p, page * columns),
                              c->states.v[p->v[at]].cost};
}

/* Why columns of that height end where they end. */
static void explain_balance(const struct search *found, const struct state *start,
                            size_t at)
{
    if (found->f->reasons) {
        struct search c = {.f = found->f, .first_region = found->first_region,
                           .forced_height = found->forced_height, .most = INT64_MAX,
                           .record = flow_record_resume(found->f, at)};
        struct path p = path_to(&c, flow_search(&c, start));
        explain(&c, &p);
        flow_record_end(c.record);
    }
}

/* The columns of the last page are made equally high: the least height at which what
 * stands there still fits, without worse breaks than before. */
static void balance_last_page(struct flow *f, const struct last_page *page)
{
    size_t columns = (size_t)f->layout->page.columns;
    const struct flow_fill first = f->fills.v[page->at];
    struct state start = {.cost = page->before, .notes = first.notes_first,
                          .floats = first.floats_first, .region = first.region,
                          .previous = FLOW_NONE, .next = FLOW_NONE, .left = FLOW_NONE,
                          .settings = FLOW_NONE, .fill = {.last = first.first}};
    len half_line = style_root(f->layout)->leading / 2;
    len64 full = flow_region_height(f, first.region);
    len64 height = flow_height(&f->body, first.first, f->body.n) / (len64)columns;
    for (; height < full; height += half_line) {
        struct search c = {.f = f, .first_region = start.region, .most = INT64_MAX,
                           .forced_height = height};
        struct path p = path_to(&c, flow_search(&c, &start));
        if (p.n <= columns && penalties(&c, &p, 0) <= page->allowed) {
            f->fills.n = page->at;
            append_fills(&c, &p);
            explain_balance(&c, &start, page->at);
            return;
        }
    }
}

void flow_choose_breaks(struct flow *f)
{
    struct search c;
    struct path p = seek(f, &c);
    append_fills(&c, &p);
    if (c.record) {
        explain(&c, &p);
    }
    struct last_page last = find_last_page(&c, &p);
    settle_choices(f, &c, &p);
    if (c.record) {
        flow_record_end(c.record);
    }
    if (f->layout->page.columns > 1 && f->layout->page.balance) {
        balance_last_page(f, &last);
    }
}

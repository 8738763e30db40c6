/* SPDX-License-Identifier: MIT
 *
 * The objective: what a region costs that is filled in one way. Room that is left costs
 * the square of its share. Where the layout wants flush bottoms, spaces between blocks
 * take that room, or give some, within its limits; that costs the square of what they
 * give, and a region that they cannot fill is uneven. Regions that stand side by side
 * should end level: the columns of a page, and facing pages. Where the text ends, or the
 * note wants a new page, nothing of this counts; but a last page should not hold too
 * little. */
#include "flow/search.h"

#include "flow/row.h"
#include "style/style.h"

/* Room: of a whole page. Spaces that grow or shrink by all they may. */
enum { PAGE_COST = 10000, SPACES_COST = 100 };

/* What a float costs for each region that ends before it came. */
enum { LATE_FLOAT = 400 };

/* How far regions are from level is counted in quarters of a line: what is less is not
 * seen, and states that differ by less are one. */
enum { QUARTERS = 4 };

/* Parts of a row stay as far from each other as they are; what is at the region's foot
 * stays there. */
len flow_space_that_gives(const struct flow *f, size_t first, size_t i)
{
    const struct flow_line *l = &f->body.v[i];
    bool in_column = l->group && l->group->first < i;
    bool fixed = i == first || in_column || l->at_foot || (l->row && l->row->whole);
    return f->layout->breaking.flush_bottom && !fixed ? l->before : 0;
}

/* The text ends, or a page must. */
static bool ends_anyway(const struct search *c, size_t last)
{
    return last == c->n || c->f->body.v[last].forced;
}

/* How far spaces may grow, or shrink, in all. */
static len64 give(const struct flow *f, len64 spaces, bool grow)
{
    int32_t part = grow ? f->layout->breaking.stretch : f->layout->breaking.shrink;
    return spaces * part / 1000;
}

len64 flow_may_shrink(const struct flow *f, len64 spaces)
{
    return give(f, spaces, false);
}

static len64 left_below(const struct search *c, const struct way *w, len64 used)
{
    len64 left = w->room - used;
    bool filled = !ends_anyway(c, w->last) && left <= give(c->f, w->spaces, true);
    return left <= 0 || (filled && w->spaces > 0) ? 0 : left;
}

static int64_t square_of_share(int64_t cost, len64 part, len64 whole)
{
    return part > 0 && whole > 0 ? cost * part / whole * part / whole : 0;
}

int64_t flow_least_price(const struct search *c, const struct state *s,
                         const struct way *w)
{
    struct flow_notes_at notes = {flow_notes_before(c->f, w->last), 0};
    bool floats = s->floats != w->anchored;
    if (floats || ends_anyway(c, w->last)) {
        return 0;
    }
    len64 used = w->height + flow_notes_height(c->f, s->notes, notes);
    return square_of_share(PAGE_COST, left_below(c, w, used), w->room);
}

static int64_t price_of_spaces(const struct search *c, const struct way *w, len64 left)
{
    len64 part = left < 0 ? -left : left;
    if (left > 0 && ends_anyway(c, w->last)) {
        return 0;
    }
    return square_of_share(SPACES_COST, part, give(c->f, w->spaces, left > 0));
}

/* In quarters of a line. */
static int32_t quarters(const struct search *c, len64 left)
{
    len64 leading = style_root(c->f->layout)->leading;
    len64 n = leading > 0 ? (left * QUARTERS + leading / 2) / leading : 0;
    return n < INT32_MAX ? (int32_t)n : INT32_MAX;
}

struct filled flow_fill_in(const struct search *c, const struct state *s,
                           const struct way *w)
{
    len64 used = w->height + flow_notes_height(c->f, s->notes, w->notes);
    len64 below = left_below(c, w, used);
    bool anyway = ends_anyway(c, w->last);
    return (struct filled){w, used, below, anyway ? FLOW_NONE : quarters(c, below)};
}

void flow_price_levels(struct search *c)
{
    int64_t uneven = c->f->layout->breaking.uneven;
    for (int32_t by = 0; by <= FLOW_MOST_QUARTERS; by++) {
        c->uneven[by] = uneven * by / FLOW_MOST_QUARTERS;
    }
}

int64_t flow_price_of_level(const struct search *c, int32_t left, int32_t below)
{
    bool level = left != FLOW_NONE || c->f->layout->breaking.flush_bottom;
    if (below == FLOW_NONE || !level) {
        return 0;
    }
    int32_t by = below - (left == FLOW_NONE ? 0 : left);
    by = by < 0 ? -by : by;
    return c->uneven[by < FLOW_MOST_QUARTERS ? by : FLOW_MOST_QUARTERS];
}

/* Columns behind the first of a page go on with a page that is well filled. */
static int64_t price_of_last(const struct search *c, size_t region, len64 used)
{
    size_t columns = (size_t)c->f->layout->page.columns;
    len64 least = c->f->layout->breaking.min_last;
    bool first_page = region < columns, behind = region % columns > 0;
    return first_page || behind || used >= least ? 0
         : c->f->layout->breaking.short_last * (least - used) / (least + 1);
}

bool flow_ends_level(const struct flow *f, size_t region)
{
    size_t columns = (size_t)f->layout->page.columns, page = region / columns;
    bool facing = f->layout->page.two_sided && page > 0 && page % 2 == 0;
    return f->layout->breaking.uneven > 0 && (region % columns > 0 || facing);
}

int64_t flow_price_of_break(const struct flow *f, size_t last)
{
    return last < f->body.n ? flow_break_penalty(&f->body, last) : 0;
}

struct flow_price flow_price_of(const struct search *c, const struct state *s,
                                const struct filled *r)
{
    const struct way *w = r->way;
    struct flow_price p = {
        .late = (int64_t)(w->anchored - w->floats) * LATE_FLOAT,
        .split = flow_split_penalty(c->f, w->notes),
        .extra = w->extra,
        .setting = w->setting_cost,
        .uneven = flow_price_of_level(c, s->left, r->quarters),
    };
    if (w->last != s->line) { /* else the break is not a new one */
        p.ends = flow_price_of_break(c->f, w->last);
    }
    if (w->spaces > 0 && r->below == 0) {
        p.spaces = price_of_spaces(c, w, w->room - r->used);
    }
    if (w->last == c->n) {
        p.short_last = price_of_last(c, s->region, r->used);
    } else if (!ends_anyway(c, w->last)) {
        p.empty = square_of_share(PAGE_COST, r->below, w->room);
    }
    return p;
}

/* SPDX-License-Identifier: MIT
 *
 * The paragraph is read once, from left to right. `active` holds every break from which
 * a line could still reach the item at hand. At each place where a line may end, the
 * line from each active break is judged; the best way to reach that place, for each
 * fitness class of its last line, becomes active itself. A break too far back for a line
 * that still shrinks to the measure is dropped. At the end, following `previous` from
 * the best way to the last item gives the lines.
 *
 * Widths are prefix sums over the items, so a line's width costs a subtraction. */
#include "flow/lines.h"

#include "flow/judge.h"

enum { PLAIN_BADNESS = 100, PLAIN_PENALTY = 60, NONE = -1 };

static const int64_t DEMERITS_MAX = INT64_MAX / 4;

/* The numbers of lines that ways to one item may have side by side; those of a paragraph
 * that is set in visibly good lines lie closer together. */
enum { COUNTS = 8 };

/* The candidates for one item: the best way to it, by fitness of its last line and, where
 * lines are counted, by their number. */
struct candidates {
    struct line_node best[COUNTS][FITNESS_CLASSES];
    int64_t least[COUNTS];
};

/* What the letters before each item can give. */
static void sum_expansion(struct line_breaker *b)
{
    const struct text_para *p = b->p;
    bool any = false;
    for (size_t i = 0; i < p->n_spans; i++) {
        any = any || p->spans[i].style->expansion;
    }
    if (!any || b->shape->align != STYLE_JUSTIFY) {
        return;
    }
    b->expansion = NEW_ARRAY(b->a, len64, p->n + 1);
    for (size_t i = 0; i < p->n; i++) {
        const struct text_item *t = &p->items[i];
        b->expansion[i + 1] = b->expansion[i] +
                              (t->kind == TEXT_BOX ? text_item_expansion(p, t) : 0);
    }
}

static void sum_items(struct line_breaker *b)
{
    size_t n = b->p->n;
    b->width = NEW_ARRAY(b->a, len64, n + 1);
    b->stretch = NEW_ARRAY(b->a, len64, n + 1);
    b->shrink = NEW_ARRAY(b->a, len64, n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct text_item *t = &b->p->items[i];
        bool counts = t->kind != TEXT_BREAK;
        len tracking = b->p->tracking ? text_item_tracking(b->p, t) : 0;
        b->width[i + 1] = b->width[i] + (counts ? t->width + tracking : 0);
        b->stretch[i + 1] = b->stretch[i] + (counts ? t->stretch : 0);
        b->shrink[i + 1] = b->shrink[i] + (counts ? t->shrink : 0);
    }
}

/* Spaces and idle break places behind a break vanish; a forced break does not. */
static size_t line_start(const struct text_para *p, size_t i)
{
    while (i < p->n && p->items[i].kind != TEXT_BOX) {
        const struct text_item *t = &p->items[i];
        if (flow_forced_at(p, i) || t->no_break) {
            break;
        }
        i++;
    }
    return i;
}

static bool may_end(const struct line_breaker *b, size_t i)
{
    const struct text_item *t = &b->p->items[i];
    if (t->kind == TEXT_GLUE) {
        return !t->no_break && i > 0 && b->p->items[i - 1].kind == TEXT_BOX;
    }
    if (t->kind != TEXT_BREAK) {
        return false;
    }
    if (b->effort == LINE_PLAIN && t->penalty > PLAIN_PENALTY) {
        return false;
    }
    return !(t->flags & TEXT_BREAK_EMERGENCY) || b->effort == LINE_EMERGENCY;
}

static len hang_before(const struct line_breaker *b, size_t start)
{
    bool box = b->shape->align == STYLE_JUSTIFY && start < b->p->n &&
               b->p->items[start].kind == TEXT_BOX;
    return box ? text_hang_before(b->p, &b->p->items[start]) : 0;
}

/* Of a line that ends at item `i`. */
static len hang_behind(const struct line_breaker *b, size_t i)
{
    const struct text_item *end = &b->p->items[i];
    if (b->shape->align != STYLE_JUSTIFY) {
        return 0;
    } else if (end->kind == TEXT_BREAK && (end->flags & TEXT_BREAK_HYPHEN)) {
        return text_hang_hyphen(b->p, end);
    }
    return i > 0 && end[-1].kind == TEXT_BOX ? text_hang_behind(b->p, &end[-1]) : 0;
}

static void consider(struct line_breaker *b, struct candidates *c, int32_t from,
                     size_t i, struct line_judgement j)
{
    const struct line_node *n = &b->nodes.v[from];
    int64_t d = flow_line_demerits(b, n, i, j);
    int count = b->counts ? (n->line + 1) % COUNTS : 0;
    struct line_node *best = &c->best[count][j.fitness];
    if (d >= best->demerits) {
        return;
    }
    const struct text_item *end = &b->p->items[i];
    size_t start = line_start(b->p, i + 1);
    *best = (struct line_node){
        .start = start,
        .at = i,
        .line = n->line + 1,
        .fitness = j.fitness,
        .flagged = end->kind == TEXT_BREAK && (end->flags & TEXT_BREAK_ANY_HYPHEN),
        .overfull = j.overfull,
        .early = j.early,
        .short_last = flow_last_line_demerits(b, n, i) > 0,
        .hang = hang_before(b, start),
        .demerits = d,
        .previous = from,
        .next = NONE,
    };
    c->least[count] = d < c->least[count] ? d : c->least[count];
}

/* Ways that are much worse than the best one to the same place never win. */
static void activate(struct line_breaker *b, const struct candidates *c, int count)
{
    const struct line_node *best = c->best[count];
    int64_t limit = c->least[count] + b->shape->layout->lines.fitness;
    for (int f = 0; f < FITNESS_CLASSES; f++) {
        if (best[f].demerits > limit || best[f].demerits == DEMERITS_MAX) {
            continue;
        }
        vec_push(b->a, &b->nodes, best[f]);
        int32_t index = (int32_t)b->nodes.n - 1;
        if (b->last == NONE) {
            b->active = index;
        } else {
            b->nodes.v[b->last].next = index;
        }
        b->last = index;
    }
}

/* Gives how many numbers of lines are told apart. */
static int start_candidates(const struct line_breaker *b, struct candidates *c)
{
    int counts = b->counts ? COUNTS : 1;
    for (int count = 0; count < counts; count++) {
        c->least[count] = DEMERITS_MAX;
        for (int f = 0; f < FITNESS_CLASSES; f++) {
            c->best[count][f].demerits = DEMERITS_MAX;
        }
    }
    return counts;
}

/* Takes node `n` off the list; `before` stands before it. */
static void drop(struct line_breaker *b, int32_t before, int32_t n)
{
    int32_t next = b->nodes.v[n].next;
    if (before == NONE) {
        b->active = next;
    } else {
        b->nodes.v[before].next = next;
    }
    b->last = b->last == n ? before : b->last;
}

/* Judges the lines that end at item `i`, from the longest on; gives the last break from
 * which none goes on, or NONE. A line from a later break is emptier: behind the first
 * that is too loose, none needs to be looked at. */
static int32_t judge_all(struct line_breaker *b, size_t i, struct candidates *c)
{
    bool forced = flow_forced_at(b->p, i);
    bool any_is_good = forced || b->tolerance == BADNESS_MAX || i == b->address;
    if (!any_is_good && b->active != NONE &&
        flow_line_is_far(b, &b->nodes.v[b->active], i)) {
        return NONE;
    }
    b->hang = hang_behind(b, i);
    int32_t before = NONE, dropped = NONE;
    for (int32_t n = b->active, next; n != NONE; n = next) {
        next = b->nodes.v[n].next;
        if (b->nodes.v[n].start >= i && !forced) {
            before = n; /* nothing stands between: that is no line */
            continue;
        }
        struct line_judgement j = flow_judge_line(b, &b->nodes.v[n], i);
        if (!j.overfull && j.badness <= b->tolerance) {
            consider(b, c, n, i, j);
        } else if (j.loose && !any_is_good) {
            break;
        }
        if (j.overfull || forced) {
            drop(b, before, n);
            dropped = n;
        } else {
            before = n;
        }
    }
    return dropped;
}

/* Gives false if no line can go on from here. */
static bool visit(struct line_breaker *b, size_t i)
{
    struct candidates c;
    int counts = start_candidates(b, &c);
    int32_t dropped = judge_all(b, i, &c);
    bool stranded = b->active == NONE && c.least[0] == DEMERITS_MAX && !b->counts;
    if (stranded && b->effort != LINE_EMERGENCY) {
        return false;
    }
    if (stranded && dropped != NONE) {
        consider(b, &c, dropped, i, flow_judge_line(b, &b->nodes.v[dropped], i));
    }
    for (int count = 0; count < counts; count++) {
        activate(b, &c, count);
    }
    return !b->counts || b->active != NONE;
}

/* The space before a last word that is an address. */
static size_t find_address(const struct line_breaker *b)
{
    bool parts = false;
    for (size_t i = b->p->n - 1; i-- > 0;) {
        const struct text_item *t = &b->p->items[i];
        if (t->kind == TEXT_GLUE && !t->no_break) {
            len64 width = b->width[b->p->n] - b->width[i + 1];
            return parts && width >= SHORT_LAST * b->shape->em ? i : SIZE_MAX;
        }
        parts = parts || (t->kind == TEXT_BREAK && (t->flags & TEXT_BREAK_ADDRESS));
    }
    return SIZE_MAX;
}

static void start(struct line_breaker *b)
{
    struct line_node first = {
        .start = line_start(b->p, 0), .at = SIZE_MAX, .fitness = FITNESS_DECENT,
        .hang = hang_before(b, line_start(b->p, 0)), .previous = NONE, .next = NONE,
    };
    vec_push(b->a, &b->nodes, first);
    b->active = b->last = 0;
    b->address = find_address(b);
    for (size_t i = 0; i < b->p->n_spans; i++) {
        b->spaced = b->spaced || b->p->spans[i].style->letter_space;
    }
    const struct line_shape *s = b->shape;
    b->tolerance = b->effort >= LINE_LOOSE ? BADNESS_MAX : s->layout->lines.tolerance;
    if (b->effort == LINE_PLAIN && b->tolerance > PLAIN_BADNESS) {
        b->tolerance = PLAIN_BADNESS;
    }
    b->growth = flow_growth(b->tolerance);
    len tenth = s->rest / 10;
    b->ragged = tenth > 3 * s->em ? tenth : 3 * s->em;
    b->rescue = b->effort >= LINE_LOOSE ? 2 * s->em : 0;
}

static bool is_pair(const struct line_breaker *b, const struct line_node *begin,
                    const struct line_node *end)
{
    bool never = b->shape->layout->lines.consecutive_hyphens >= FLOW_NO_PAIRS;
    return never && begin->flagged && end->flagged;
}

static void trace_back(const struct line_breaker *b, int32_t best,
                       struct line_breaks *out)
{
    out->n = (size_t)b->nodes.v[best].line;
    out->demerits = b->nodes.v[best].demerits;
    out->pair = false;
    out->v = NEW_ARRAY(b->a, struct line_break, out->n);
    for (size_t i = out->n; i-- > 0; best = b->nodes.v[best].previous) {
        const struct line_node *end = &b->nodes.v[best];
        const struct line_node *begin = &b->nodes.v[end->previous];
        size_t first = begin->start < end->at ? begin->start : end->at;
        out->pair = out->pair || is_pair(b, begin, end);
        out->v[i] = (struct line_break){first, end->at, end->overfull, end->early};
    }
}

bool flow_break_lines(const struct text_para *p, const struct line_shape *shape,
                      enum line_effort effort, struct arena *a, struct line_breaks *out)
{
    struct line_breaker b = {.p = p, .shape = shape, .effort = effort, .a = a};
    sum_items(&b);
    sum_expansion(&b);
    start(&b);
    for (size_t i = 0; i < p->n; i++) {
        if (may_end(&b, i) && !visit(&b, i)) {
            return false;
        }
    }
    int32_t best = NONE;
    for (int32_t n = b.active; n != NONE; n = b.nodes.v[n].next) {
        if (best == NONE || b.nodes.v[n].demerits < b.nodes.v[best].demerits) {
            best = n;
        }
    }
    bool short_last = best != NONE && b.nodes.v[best].short_last;
    if (best == NONE || (effort == LINE_PLAIN && short_last)) {
        return false;
    }
    trace_back(&b, best, out);
    return true;
}

/* The best way in so many lines. */
static int32_t best_in(const struct line_breaker *b, size_t lines)
{
    int32_t best = NONE;
    for (int32_t n = b->active; n != NONE; n = b->nodes.v[n].next) {
        const struct line_node *node = &b->nodes.v[n];
        bool better = best == NONE || node->demerits < b->nodes.v[best].demerits;
        best = node->line == (int)lines && better ? n : best;
    }
    return best;
}

void flow_count_lines(const struct text_para *p, const struct line_shape *shape, size_t n,
                      struct arena *a, struct line_counted out[LINE_COUNTS])
{
    struct line_breaker b = {.p = p, .shape = shape, .effort = LINE_TOLERANT, .a = a,
                             .counts = true};
    sum_items(&b);
    sum_expansion(&b);
    start(&b);
    bool possible = true;
    for (size_t i = 0; i < p->n && possible; i++) {
        possible = !may_end(&b, i) || visit(&b, i);
    }
    for (size_t i = 0; i < LINE_COUNTS; i++) {
        int32_t best = possible ? best_in(&b, n + i - 1) : NONE;
        out[i] = (struct line_counted){.demerits = 0};
        if (best != NONE) {
            out[i].demerits = b.nodes.v[best].demerits;
            trace_back(&b, best, &out[i].breaks);
            out[i].breaks.n = out[i].breaks.pair ? 0 : out[i].breaks.n;
        }
    }
}

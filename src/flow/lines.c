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

enum { FITNESS_TIGHT, FITNESS_DECENT, FITNESS_LOOSE, FITNESS_VERY_LOOSE,
       FITNESS_CLASSES };

enum { BADNESS_MAX = 10000, LINE_PENALTY = 10, PLAIN_BADNESS = 100,
       PLAIN_PENALTY = 60, LETTERS_BADNESS = 8, NONE = -1 };

/* Demerits of a line whose spaces grow by all they may. They grow with the square, so
 * that over many lines spaces vary little; beyond so many times, all are equally bad. */
enum { UNEVEN = 10000, UNEVEN_MOST = 64 };

/* A last line below this many em is too short; the shorter, the worse. */
enum { SHORT_LAST = 4, SHORT_LAST_DEMERITS = 400000 };

/* Where the last word of a paragraph is an address, it may stand alone on the last line,
 * rather than have its end there. The line before may then end this part of the measure
 * early. */
enum { EARLY_PART = 5 };

static const int64_t DEMERITS_MAX = INT64_MAX / 4;
static const int64_t OVERFULL_DEMERITS = (int64_t)1 << 40;

/* A cost of `consecutive-hyphens` that no gaping line outweighs. */
static const int32_t NEVER = 1000000;
static const int64_t NEVER_DEMERITS = (int64_t)1 << 36;

struct node {
    size_t start;     /* the first item of the line that begins here */
    size_t at;        /* the item that ended the line before; SIZE_MAX at the beginning */
    int line;         /* lines so far */
    uint8_t fitness;
    bool flagged;     /* the line before ended in a hyphen */
    bool overfull;
    bool early;
    bool short_last;
    len hang;         /* of what the line begins with */
    int64_t demerits;
    int32_t previous; /* index of the node before */
    int32_t next;     /* the next active node */
};

struct breaker {
    const struct text_para *p;
    const struct line_shape *shape;
    enum line_effort effort;
    struct arena *a;
    len64 *width, *stretch, *shrink; /* sums over items before i */
    len64 *expansion;                /* of letters; NULL: they have none */
    len hang;                        /* of what stands before the item at hand */
    VEC(struct node) nodes;
    int32_t active;
    int32_t tolerance;
    size_t address; /* the space before a last word that is one; SIZE_MAX: none */
    bool spaced;    /* some text has letter space */
    len ragged;  /* the stretch at the end of a ragged line */
    len rescue;  /* stretch that an emergency adds to every line */
};

/* The candidates for one item: the best way to it, by fitness of its last line. */
struct candidates {
    struct node best[FITNESS_CLASSES];
    int64_t least;
};

/* What the letters before each item can give. */
static void sum_expansion(struct breaker *b)
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

static void sum_items(struct breaker *b)
{
    size_t n = b->p->n;
    b->width = NEW_ARRAY(b->a, len64, n + 1);
    b->stretch = NEW_ARRAY(b->a, len64, n + 1);
    b->shrink = NEW_ARRAY(b->a, len64, n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct text_item *t = &b->p->items[i];
        bool counts = t->kind != TEXT_BREAK;
        b->width[i + 1] = b->width[i] + (counts ? t->width : 0);
        b->stretch[i + 1] = b->stretch[i] + (counts ? t->stretch : 0);
        b->shrink[i + 1] = b->shrink[i] + (counts ? t->shrink : 0);
    }
}

static bool is_forced(const struct text_para *p, size_t i)
{
    return p->items[i].kind == TEXT_BREAK && (p->items[i].flags & TEXT_BREAK_FORCED);
}

/* Spaces and idle break places behind a break vanish; a forced break does not. */
static size_t line_start(const struct text_para *p, size_t i)
{
    while (i < p->n && p->items[i].kind != TEXT_BOX) {
        const struct text_item *t = &p->items[i];
        if (is_forced(p, i) || t->no_break) {
            break;
        }
        i++;
    }
    return i;
}

static bool may_end(const struct breaker *b, size_t i)
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

/* 100 (need / give)^3, as TeX has it. */
static int32_t badness(len64 need, len64 give)
{
    if (need <= 0) {
        return 0;
    }
    if (give <= 0 || need > give * 5) {
        return BADNESS_MAX;
    }
    int64_t r = need * 1024 / give;
    int64_t cube = 100 * r * r / 1024 * r / 1024 / 1024;
    return cube > BADNESS_MAX ? BADNESS_MAX : (int32_t)cube;
}

/* Whether the line from a break has the measure of a first one. */
static bool begins(const struct breaker *b, const struct node *from)
{
    return from->line == 0 || (b->shape->restart && is_forced(b->p, from->at));
}

struct judgement {
    int32_t badness;
    uint8_t fitness;
    bool overfull;
    bool early; /* ends before the margin */
    int64_t uneven; /* demerits */
};

/* Letters give first; what they give costs little. */
static int32_t letters_badness(len64 *need, len64 give)
{
    if (give <= 0) {
        return 0;
    }
    len64 used = *need < give ? *need : give;
    *need -= used;
    return (int32_t)(LETTERS_BADNESS * used / give * used / give);
}

/* What a line asks for, and what there is to give. */
struct room {
    len64 need, letters, shrink, stretch;
};

/* The square of how much wider or narrower the spaces are, in what they may grow. */
static int64_t unevenness(len64 need, len64 stretch)
{
    if (need <= 0) {
        return 0;
    }
    bool gaping = need / UNEVEN_MOST >= stretch;
    int64_t r = gaping ? UNEVEN_MOST * 1024 : need * 1024 / stretch;
    return UNEVEN * r / 1024 * r / 1024;
}

static struct judgement judge_tight(struct room room)
{
    int32_t letters = letters_badness(&room.need, room.letters);
    int32_t spaces = badness(room.need, room.shrink);
    return (struct judgement){
        .overfull = room.need > room.shrink,
        .badness = room.need > room.shrink ? BADNESS_MAX : letters + spaces,
        .uneven = unevenness(room.need, room.stretch),
        .fitness = spaces > 12 ? FITNESS_TIGHT : FITNESS_DECENT,
    };
}

static struct judgement judge_loose(struct room room, len64 rescue)
{
    int32_t letters = letters_badness(&room.need, room.letters);
    int32_t spaces = badness(room.need, room.stretch + rescue);
    return (struct judgement){
        .badness = spaces < BADNESS_MAX ? letters + spaces : spaces,
        .uneven = unevenness(room.need, room.stretch),
        .fitness = spaces > 99 ? FITNESS_VERY_LOOSE
                 : spaces > 12 ? FITNESS_LOOSE : FITNESS_DECENT,
    };
}

/* The letter space behind the last letter of a line that ends at item `i`: it is not
 * set, see text_set_line. */
static len space_at_end(const struct breaker *b, size_t i)
{
    const struct text_item *items = b->p->items;
    while (i > 0 && items[i - 1].kind == TEXT_BREAK) {
        i--;
    }
    bool letter = i > 0 && items[i - 1].kind == TEXT_BOX;
    return letter ? b->p->spans[items[i - 1].span].style->letter_space : 0;
}

/* The line from `from` that would end at item `i`. */
static struct judgement judge(const struct breaker *b, const struct node *from, size_t i)
{
    const struct text_item *end = &b->p->items[i];
    const struct line_shape *s = b->shape;
    size_t start = from->start < i ? from->start : i;
    len64 width = b->width[i] - b->width[start];
    if (from->at != SIZE_MAX && b->p->items[from->at].kind == TEXT_BREAK) {
        width += b->p->items[from->at].after;
    }
    if (end->kind == TEXT_BREAK) {
        width += end->before;
    }
    width -= b->spaced ? space_at_end(b, i) : 0;
    width -= from->hang + b->hang;
    len64 missing = (begins(b, from) ? s->first : s->rest) - width;
    bool justified = s->align == STYLE_JUSTIFY;
    struct room room = {
        .need = missing < 0 ? -missing : missing,
        .letters = b->expansion ? b->expansion[i] - b->expansion[start] : 0,
        .shrink = justified ? b->shrink[i] - b->shrink[start] : 0,
        .stretch = justified ? b->stretch[i] - b->stretch[start] : b->ragged,
    };
    if (missing < 0) {
        return judge_tight(room);
    }
    if (is_forced(b->p, i)) {
        return (struct judgement){.fitness = FITNESS_DECENT};
    }
    struct judgement j = judge_loose(room, b->rescue);
    if (i == b->address && j.badness > b->tolerance && justified &&
        b->effort == LINE_TOLERANT && missing <= s->rest / EARLY_PART) {
        j = (struct judgement){.badness = b->tolerance, .fitness = FITNESS_DECENT,
                               .early = true};
    }
    return j;
}

static len hang_before(const struct breaker *b, size_t start)
{
    bool box = b->shape->align == STYLE_JUSTIFY && start < b->p->n &&
               b->p->items[start].kind == TEXT_BOX;
    return box ? text_hang_before(b->p, &b->p->items[start]) : 0;
}

/* Of a line that ends at item `i`. */
static len hang_behind(const struct breaker *b, size_t i)
{
    const struct text_item *end = &b->p->items[i];
    if (b->shape->align != STYLE_JUSTIFY) {
        return 0;
    } else if (end->kind == TEXT_BREAK && (end->flags & TEXT_BREAK_HYPHEN)) {
        return text_hang_hyphen(b->p, end);
    }
    return i > 0 && end[-1].kind == TEXT_BOX ? text_hang_behind(b->p, &end[-1]) : 0;
}

/* A last line that is one syllable, or that almost reaches the margin, reads as a
 * mistake; both are only discouraged, since a paragraph may be a single word. */
static int64_t last_line_demerits(const struct breaker *b, const struct node *from,
                                  size_t i)
{
    if (i + 1 != b->p->n || from->line == 0 || is_forced(b->p, from->at)) {
        return 0; /* a line of the author's own */
    }
    len64 width = b->width[i] - b->width[from->start < i ? from->start : i];
    len em = b->shape->em;
    if (width < SHORT_LAST * em) {
        return SHORT_LAST_DEMERITS - SHORT_LAST_DEMERITS / SHORT_LAST * (width / em);
    }
    len64 missing = b->shape->rest - width;
    bool almost = b->shape->align == STYLE_JUSTIFY && missing > 0 && missing < em;
    return almost ? 2000 : 0;
}

static int64_t square(int64_t x)
{
    return x * x;
}

static int64_t demerits(const struct breaker *b, const struct node *from, size_t i,
                        struct judgement j)
{
    const struct text_item *end = &b->p->items[i];
    const struct layout *l = b->shape->layout;
    bool hyphen = end->kind == TEXT_BREAK && (end->flags & TEXT_BREAK_HYPHEN);
    int64_t penalty = end->kind == TEXT_BREAK ? end->penalty : 0;
    if (hyphen) {
        penalty += l->lines.hyphen_penalty;
    }
    if (b->shape->align != STYLE_JUSTIFY && hyphen) {
        penalty *= 3; /* ragged lines seldom need a hyphen */
    }
    int64_t d = square(LINE_PENALTY + j.badness) + (penalty > 0 ? square(penalty) : 0);
    if (hyphen && from->flagged) {
        d += l->lines.consecutive_hyphens < NEVER ? l->lines.consecutive_hyphens
                                                  : NEVER_DEMERITS;
    }
    if (i + 1 == b->p->n && from->flagged) {
        d += l->lines.last_hyphen;
    }
    int apart = (int)j.fitness - (int)from->fitness;
    if (from->line && (apart > 1 || apart < -1)) {
        d += l->lines.fitness;
    }
    if (b->shape->align == STYLE_JUSTIFY) {
        d += j.uneven;
    }
    return d + last_line_demerits(b, from, i) + from->demerits +
           (j.overfull ? OVERFULL_DEMERITS : 0);
}

static void consider(struct breaker *b, struct candidates *c, int32_t from, size_t i,
                     struct judgement j)
{
    const struct node *n = &b->nodes.v[from];
    int64_t d = demerits(b, n, i, j);
    struct node *best = &c->best[j.fitness];
    if (d >= best->demerits) {
        return;
    }
    const struct text_item *end = &b->p->items[i];
    *best = (struct node){
        .start = line_start(b->p, i + 1),
        .at = i,
        .line = n->line + 1,
        .fitness = j.fitness,
        .flagged = end->kind == TEXT_BREAK && (end->flags & TEXT_BREAK_HYPHEN),
        .overfull = j.overfull,
        .early = j.early,
        .short_last = last_line_demerits(b, n, i) > 0,
        .hang = hang_before(b, line_start(b->p, i + 1)),
        .demerits = d,
        .previous = from,
        .next = NONE,
    };
    c->least = d < c->least ? d : c->least;
}

/* Ways that are much worse than the best one to the same place never win. */
static void activate(struct breaker *b, const struct candidates *c, int32_t *tail)
{
    int64_t limit = c->least + b->shape->layout->lines.fitness;
    for (int f = 0; f < FITNESS_CLASSES; f++) {
        if (c->best[f].demerits > limit || c->best[f].demerits == DEMERITS_MAX) {
            continue;
        }
        vec_push(b->a, &b->nodes, c->best[f]);
        int32_t index = (int32_t)b->nodes.n - 1;
        if (*tail == NONE) {
            b->active = index;
        } else {
            b->nodes.v[*tail].next = index;
        }
        *tail = index;
    }
}

/* Judges the lines that end at item `i`. Gives false if no line can go on from here. */
static bool visit(struct breaker *b, size_t i)
{
    bool forced = is_forced(b->p, i);
    b->hang = hang_behind(b, i);
    struct candidates c = {.least = DEMERITS_MAX};
    for (int f = 0; f < FITNESS_CLASSES; f++) {
        c.best[f].demerits = DEMERITS_MAX;
    }
    int32_t before = NONE, dropped = NONE;
    for (int32_t n = b->active; n != NONE;) {
        int32_t next = b->nodes.v[n].next;
        if (b->nodes.v[n].start >= i && !forced) {
            before = n; /* nothing stands between: that is no line */
            n = next;
            continue;
        }
        struct judgement j = judge(b, &b->nodes.v[n], i);
        if (!j.overfull && j.badness <= b->tolerance) {
            consider(b, &c, n, i, j);
        }
        if (j.overfull || forced) {
            dropped = n;
            if (before == NONE) {
                b->active = next;
            } else {
                b->nodes.v[before].next = next;
            }
        } else {
            before = n;
        }
        n = next;
    }
    bool stranded = b->active == NONE && c.least == DEMERITS_MAX;
    if (stranded && b->effort != LINE_EMERGENCY) {
        return false;
    }
    if (stranded && dropped != NONE) {
        consider(b, &c, dropped, i, judge(b, &b->nodes.v[dropped], i));
    }
    activate(b, &c, &before);
    return true;
}

/* An address may be broken without a hyphen, at its dots and slashes. */
static size_t find_address(const struct breaker *b)
{
    bool parts = false;
    for (size_t i = b->p->n - 1; i-- > 0;) {
        const struct text_item *t = &b->p->items[i];
        if (t->kind == TEXT_GLUE && !t->no_break) {
            len64 width = b->width[b->p->n] - b->width[i + 1];
            return parts && width >= SHORT_LAST * b->shape->em ? i : SIZE_MAX;
        }
        parts = parts || (t->kind == TEXT_BREAK && t->flags == 0 && t->penalty);
    }
    return SIZE_MAX;
}

static void start(struct breaker *b)
{
    struct node first = {
        .start = line_start(b->p, 0), .at = SIZE_MAX, .fitness = FITNESS_DECENT,
        .hang = hang_before(b, line_start(b->p, 0)), .previous = NONE, .next = NONE,
    };
    vec_push(b->a, &b->nodes, first);
    b->active = 0;
    b->address = find_address(b);
    for (size_t i = 0; i < b->p->n_spans; i++) {
        b->spaced = b->spaced || b->p->spans[i].style->letter_space;
    }
    const struct line_shape *s = b->shape;
    b->tolerance = b->effort == LINE_EMERGENCY ? BADNESS_MAX : s->layout->lines.tolerance;
    if (b->effort == LINE_PLAIN && b->tolerance > PLAIN_BADNESS) {
        b->tolerance = PLAIN_BADNESS;
    }
    len tenth = s->rest / 10;
    b->ragged = tenth > 3 * s->em ? tenth : 3 * s->em;
    b->rescue = b->effort == LINE_EMERGENCY ? 2 * s->em : 0;
}

static void trace_back(const struct breaker *b, int32_t best, struct line_breaks *out)
{
    out->n = (size_t)b->nodes.v[best].line;
    out->v = NEW_ARRAY(b->a, struct line_break, out->n);
    for (size_t i = out->n; i-- > 0; best = b->nodes.v[best].previous) {
        const struct node *end = &b->nodes.v[best];
        const struct node *begin = &b->nodes.v[end->previous];
        size_t first = begin->start < end->at ? begin->start : end->at;
        out->v[i] = (struct line_break){first, end->at, end->overfull, end->early};
    }
}

bool flow_break_lines(const struct text_para *p, const struct line_shape *shape,
                      enum line_effort effort, struct arena *a, struct line_breaks *out)
{
    struct breaker b = {.p = p, .shape = shape, .effort = effort, .a = a};
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

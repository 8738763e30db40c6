/* SPDX-License-Identifier: MIT
 *
 * In: a line, from one place where lines may end to another. Out: how uneven its spaces
 * are (badness, as TeX has it, and a fitness class), and its demerits among its
 * neighbours: hyphens, spaces beside tighter or looser ones, a last line too short. */
#include "flow/judge.h"

enum { LINE_PENALTY = 10, LETTERS_BADNESS = 8 };

/* Demerits of a line whose spaces grow by all they may. They grow with the square, so
 * that over many lines spaces vary little; beyond so many times, all are equally bad. */
enum { UNEVEN = 10000, UNEVEN_MOST = 64 };

/* The shorter a last line, the worse. */
enum { SHORT_LAST_DEMERITS = 400000 };

/* Where the last word of a paragraph is an address, it may stand alone on the last line,
 * rather than have its end there. The line before may then end this part of the measure
 * early. */
enum { EARLY_PART = 5 };

/* What a hyphen and what hangs out of a line make of its width at most, in em. */
enum { EDGES = 3 };

/* Lines of so many em hold as many words as good lines do. */
enum { FULL_MEASURE = 38 };

static const int64_t OVERFULL_DEMERITS = (int64_t)1 << 40;

/* No gaping line outweighs them. */
static const int64_t NEVER_DEMERITS = (int64_t)1 << 36;

bool flow_forced_at(const struct text_para *p, size_t i)
{
    return p->items[i].kind == TEXT_BREAK && (p->items[i].flags & TEXT_BREAK_FORCED);
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

len64 flow_growth(int32_t tolerance)
{
    len64 growth = 1024;
    while (growth < 5 * 1024 && badness(growth, 1024) <= tolerance) {
        growth += 64;
    }
    return growth;
}

/* Whether the line from a break has the measure of a first one. */
static bool begins(const struct line_breaker *b, const struct line_node *from)
{
    return from->line == 0 || (b->shape->restart && flow_forced_at(b->p, from->at));
}

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

static struct line_judgement judge_tight(struct room room)
{
    int32_t letters = letters_badness(&room.need, room.letters);
    int32_t spaces = badness(room.need, room.shrink);
    return (struct line_judgement){
        .overfull = room.need > room.shrink,
        .badness = room.need > room.shrink ? BADNESS_MAX : letters + spaces,
        .uneven = unevenness(room.need, room.stretch),
        .fitness = spaces > 12 ? FITNESS_TIGHT : FITNESS_DECENT,
    };
}

static struct line_judgement judge_loose(struct room room, len64 rescue)
{
    int32_t letters = letters_badness(&room.need, room.letters);
    int32_t spaces = badness(room.need, room.stretch + rescue);
    return (struct line_judgement){
        .loose = true,
        .badness = spaces < BADNESS_MAX ? letters + spaces : spaces,
        .uneven = unevenness(room.need, room.stretch),
        .fitness = spaces > 99 ? FITNESS_VERY_LOOSE
                 : spaces > 12 ? FITNESS_LOOSE : FITNESS_DECENT,
    };
}

/* The letter space behind the last letter of a line that ends at item `i`: it is not
 * set, see text_set_line. */
static len space_at_end(const struct line_breaker *b, size_t i)
{
    const struct text_item *items = b->p->items;
    bool hyphen = items[i].flags & TEXT_BREAK_HYPHEN; /* whose own space is not counted */
    while (i > 0 && items[i - 1].kind == TEXT_BREAK) {
        i--;
    }
    if (i == 0 || items[i - 1].kind != TEXT_BOX) {
        return 0;
    }
    const struct text_span *span = &b->p->spans[items[i - 1].span];
    len tracking = hyphen || !b->p->tracking ? 0
                       : text_tracking(span, items[i - 1].run->face, b->p->tracking);
    return span->style->letter_space + tracking;
}

/* What spaces may grow by, of the line of items [start, i). */
static len64 stretch_of(const struct line_breaker *b, size_t start, size_t i)
{
    bool justified = b->shape->align == STYLE_JUSTIFY;
    return justified ? b->stretch[i] - b->stretch[start] : b->ragged;
}

bool flow_line_is_far(const struct line_breaker *b, const struct line_node *from,
                      size_t i)
{
    if (from->start >= i || b->spaced) {
        return false;
    }
    const struct line_shape *s = b->shape;
    len64 width = b->width[i] - b->width[from->start] + EDGES * (len64)s->em;
    len64 letters = b->expansion ? b->expansion[i] - b->expansion[from->start] : 0;
    len64 give = letters + stretch_of(b, from->start, i) * b->growth / 1024;
    return (begins(b, from) ? s->first : s->rest) - width > give;
}

struct line_judgement flow_judge_line(const struct line_breaker *b,
                                      const struct line_node *from, size_t i)
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
    width -= b->spaced || b->p->tracking ? space_at_end(b, i) : 0;
    width -= from->hang + b->hang;
    len64 missing = (begins(b, from) ? s->first : s->rest) - width;
    bool justified = s->align == STYLE_JUSTIFY;
    struct room room = {
        .need = missing < 0 ? -missing : missing,
        .letters = b->expansion ? b->expansion[i] - b->expansion[start] : 0,
        .shrink = justified ? b->shrink[i] - b->shrink[start] : 0,
        .stretch = stretch_of(b, start, i),
    };
    if (missing < 0) {
        return judge_tight(room);
    }
    if (flow_forced_at(b->p, i)) {
        return (struct line_judgement){.fitness = FITNESS_DECENT};
    }
    struct line_judgement j = judge_loose(room, b->rescue);
    if (i == b->address && j.badness > b->tolerance && justified &&
        b->effort == LINE_TOLERANT && missing <= s->rest / EARLY_PART) {
        j = (struct line_judgement){.badness = b->tolerance, .fitness = FITNESS_DECENT,
                               .early = true};
    }
    return j;
}

/* A last line that is one syllable, or that almost reaches the margin, reads as a
 * mistake; both are only discouraged, since a paragraph may be a single word. */
int64_t flow_last_line_demerits(const struct line_breaker *b,
                                const struct line_node *from, size_t i)
{
    if (i + 1 != b->p->n || from->line == 0 || flow_forced_at(b->p, from->at)) {
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

/* Whether the line before ends in a hyphen that the text does not have. */
static bool follows_divided(const struct line_breaker *b, const struct line_node *from)
{
    return from->flagged && (b->p->items[from->at].flags & TEXT_BREAK_HYPHEN);
}

/* The end of a divided word alone on the last line. */
static bool is_rest_of_word(const struct line_breaker *b, const struct line_node *from,
                            size_t i)
{
    for (size_t k = from->start; k < i; k++) {
        if (b->p->items[k].kind == TEXT_GLUE) {
            return false;
        }
    }
    return true;
}

static int64_t square(int64_t x)
{
    return x * x;
}

/* Where lines are short, more words must be divided, and fewer of them are too many. */
static int64_t hyphen_penalty(const struct line_shape *s)
{
    int64_t penalty = s->layout->lines.hyphen_penalty;
    len64 wide = FULL_MEASURE * (len64)s->em;
    return s->rest < wide ? penalty * s->rest / wide : penalty;
}

int64_t flow_line_demerits(const struct line_breaker *b, const struct line_node *from,
                           size_t i, struct line_judgement j)
{
    const struct text_item *end = &b->p->items[i];
    const struct layout *l = b->shape->layout;
    bool hyphen = end->kind == TEXT_BREAK && (end->flags & TEXT_BREAK_HYPHEN);
    int64_t penalty = end->kind == TEXT_BREAK ? end->penalty : 0;
    if (hyphen) {
        penalty += hyphen_penalty(b->shape);
    }
    if (b->shape->align != STYLE_JUSTIFY && hyphen) {
        penalty *= 3; /* ragged lines seldom need a hyphen */
    }
    int64_t d = square(LINE_PENALTY + j.badness) + (penalty > 0 ? square(penalty) : 0);
    bool dashed = end->kind == TEXT_BREAK && (end->flags & TEXT_BREAK_ANY_HYPHEN);
    if (dashed && from->flagged) {
        d += l->lines.consecutive_hyphens < FLOW_NO_PAIRS ? l->lines.consecutive_hyphens
                                                          : NEVER_DEMERITS;
    }
    if (i + 1 == b->p->n && follows_divided(b, from)) {
        d += is_rest_of_word(b, from, i) ? NEVER_DEMERITS : l->lines.last_hyphen;
    }
    int apart = (int)j.fitness - (int)from->fitness;
    if (from->line && (apart > 1 || apart < -1)) {
        d += l->lines.fitness;
    }
    if (b->shape->align == STYLE_JUSTIFY) {
        d += j.uneven;
    }
    return d + flow_last_line_demerits(b, from, i) + from->demerits +
           (j.overfull ? OVERFULL_DEMERITS : 0);
}

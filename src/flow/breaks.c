/* SPDX-License-Identifier: MIT
 *
 * Where pages end, chosen over the whole note.
 *
 * A state says: regions so far end before line `line`, and the footnotes marked so far
 * are set up to `notes`. From a state, a region may hold the lines up to any later place
 * where lines and their footnotes fit; the last footnote may be split, at least two lines
 * on each side. Each way costs: the square of the share left empty, and the penalties of
 * the break. States are visited in the order of their lines; of several ways to one
 * state only the cheapest is kept. The cheapest way to the end gives the pages.
 *
 * A footnote thus begins in the region of its mark, because a state in which it does not
 * is only made when nothing else is possible: when a line and the start of its note are
 * together higher than a region. Such a step, and a line that is higher than a region,
 * cost more than anything else, but they always make progress: every step sets at least
 * one line of text or of a note.
 *
 * Time: lines times lines a region. */
#include "flow/record.h"

enum { NONE = -1, SPLIT_LINES = 2, PAGE_COST = 10000, NOTES_ALONE = 6000 };

/* What a float costs for each region that ends before it came; and how many may wait
 * while there is text: more get pages for themselves. */
enum { LATE_FLOAT = 400, WAITING_FLOATS = 8 };

static const int64_t DESPERATE = (int64_t)100 * FLOW_NEVER;

struct state {
    int64_t cost;
    struct flow_notes_at notes;
    uint32_t floats;
    size_t region; /* the next one */
    int32_t next;  /* another state at the same line */
    int32_t previous;
    bool extended;         /* what follows from it is made: it must not change */
    bool desperate;        /* the region that led here holds what it should not */
    struct flow_fill fill; /* the region that led here */
};

struct chooser {
    struct flow *f;
    size_t n;                /* lines */
    int32_t *heads;          /* the states at each line, and at the end */
    VEC(struct state) states;
    size_t first_region;     /* regions from here on … */
    len64 forced_height;     /* … have this height; 0: their own */
    struct flow_record *record; /* if somebody asked why; or NULL */
};

uint32_t flow_notes_before(const struct flow *f, size_t line)
{
    return line < f->body.n ? f->body.v[line].notes : (uint32_t)f->order.n;
}

static len64 region_height(const struct chooser *c, size_t region)
{
    if (c->forced_height && region >= c->first_region) {
        return c->forced_height;
    }
    return flow_region_height(c->f, region);
}

/* Regions on the first page differ from all others, and so do columns of a page. */
static size_t region_class(const struct flow *f, size_t region)
{
    size_t columns = (size_t)f->layout->page.columns;
    return region < columns ? region : columns + region % columns;
}

/* Gives the state that stands for `s`, which may be one that is better. */
static int32_t reach(struct chooser *c, size_t line, const struct state *s)
{
    for (int32_t i = c->heads[line]; i != NONE; i = c->states.v[i].next) {
        struct state *known = &c->states.v[i];
        if (known->notes.note == s->notes.note && known->notes.line == s->notes.line &&
            known->floats == s->floats &&
            region_class(c->f, known->region) == region_class(c->f, s->region)) {
            if (s->cost >= known->cost) {
                return i;
            }
            if (!known->extended) {
                int32_t next = known->next;
                *known = *s;
                known->next = next;
                return i;
            }
        }
    }
    vec_push(&c->f->work, &c->states, *s);
    /* At the tail: states at one line are visited in the order they were made. */
    int32_t *tail = &c->heads[line];
    while (*tail != NONE) {
        tail = &c->states.v[*tail].next;
    }
    *tail = (int32_t)c->states.n - 1;
    c->states.v[*tail].next = NONE;
    return *tail;
}

static int64_t emptiness(const struct chooser *c, size_t last, len64 room, len64 used)
{
    len64 left = room - used;
    if (last == c->n) {
        len64 least = c->f->layout->breaking.min_last;
        return used < least ? 2000 * (least - used) / (least + 1) : 0;
    }
    if (left <= 0 || room <= 0 || c->f->body.v[last].forced) {
        return 0;
    }
    return PAGE_COST * left / room * left / room;
}

static int64_t break_penalty(const struct chooser *c, size_t last)
{
    return last < c->n ? flow_break_penalty(&c->f->body, last) : 0;
}

/* One way to fill a region. */
struct way {
    size_t last;                /* up to this line */
    struct flow_notes_at notes; /* and up to these notes */
    uint32_t floats;            /* and up to this float */
    uint32_t anchored;          /* floats that could be there */
    len64 room, height;         /* of the region; of lines and floats */
    bool floats_only;           /* without one, there would be nothing */
    int64_t extra;              /* cost beyond room and penalties */
};

/* A page ends where a break is forced, in whatever column that is. */
static size_t region_after(const struct chooser *c, size_t region, size_t last)
{
    size_t columns = (size_t)c->f->layout->page.columns;
    bool forced = last < c->n && c->f->body.v[last].forced;
    return forced ? (region / columns + 1) * columns : region + 1;
}

static void record(struct chooser *c, int32_t from, int32_t to, const struct way *w,
                   const struct state *next)
{
    bool new_break = w->last != next->fill.first;
    flow_record_step(c->record, &(struct flow_step){
        .from = from, .to = to, .before = c->states.v[from].cost, .cost = next->cost,
        .fill = &next->fill, .extra = w->extra, .new_break = new_break,
        .empty = emptiness(c, w->last, next->fill.room, next->fill.used),
        .late = (int64_t)(w->anchored - w->floats) * LATE_FLOAT,
        .desperate = next->desperate});
}

static void step(struct chooser *c, int32_t from, const struct way *w)
{
    const struct state *s = &c->states.v[from];
    len64 room = w->room;
    len64 used = w->height + flow_notes_height(c->f, s->notes, w->notes);
    bool notes_alone = w->last == s->fill.last; /* the break is not a new one */
    struct state next = {
        .cost = s->cost + w->extra + emptiness(c, w->last, room, used) +
                (notes_alone ? 0 : break_penalty(c, w->last)) +
                (int64_t)(w->anchored - w->floats) * LATE_FLOAT,
        .notes = w->notes,
        .floats = w->floats,
        .region = notes_alone ? s->region + 1 : region_after(c, s->region, w->last),
        .previous = from,
        .desperate = w->extra >= DESPERATE,
        .fill = {s->region, s->fill.last, w->last, s->notes, w->notes, s->floats,
                 w->floats, used > room, used, room},
    };
    next.cost += flow_split_penalty(c->f, w->notes);
    int32_t to = reach(c, w->last, &next);
    if (c->record) {
        record(c, from, to, w, &next);
    }
}

/* A good end for a part of a note within so many lines of the last that fits. */
enum { SPLIT_EARLIER = 4 };

static uint32_t good_end(const struct flow_line *lines, uint32_t first, uint32_t fit)
{
    uint32_t best = fit;
    for (uint32_t n = fit; n >= SPLIT_LINES && n + SPLIT_EARLIER >= fit; n--) {
        best = lines[first + n].penalty < lines[first + best].penalty ? n : best;
    }
    return best;
}

/* How many lines of the note at `to` may stand in `room`: at least two must, and two be
 * left. No note may be marked in them: it would begin behind the rest of this one. */
static uint32_t lines_to_split(const struct flow *f, struct flow_notes_at to, len64 room)
{
    const struct flow_lines *lines = &f->notes[f->order.v[to.note]].lines;
    uint32_t fit = room > 0 ? flow_note_lines_that_fit(f, to, room) : 0;
    uint32_t left = (uint32_t)lines->n - to.line;
    if (fit + SPLIT_LINES > left) {
        fit = left > SPLIT_LINES ? left - SPLIT_LINES : 0;
    }
    while (fit > 0 && lines->v[to.line + fit].notes > to.note + 1) {
        fit--;
    }
    return fit < SPLIT_LINES ? 0 : good_end(lines->v, to.line, fit);
}

/* How many lines of the note at `to` may stand in `room` behind the notes from `from`. */
static uint32_t lines_behind(const struct flow *f, struct flow_notes_at from,
                             struct flow_notes_at to, len64 room)
{
    const struct flow_lines *lines = &f->notes[f->order.v[to.note]].lines;
    struct flow_notes_at one_line = {to.note, to.line + 1};
    if (one_line.line >= lines->n) {
        return 0;
    }
    room -= flow_notes_height(f, from, one_line) -
            flow_height(lines, to.line, one_line.line);
    return lines_to_split(f, to, room);
}

static bool split_note(struct chooser *c, int32_t from, struct way w, uint32_t note)
{
    struct flow_notes_at start = c->states.v[from].notes;
    struct flow_notes_at to = {note, note == start.note ? start.line : 0};
    uint32_t fit = lines_behind(c->f, start, to, w.room - w.height);
    if (fit == 0) {
        return false;
    }
    w.notes = (struct flow_notes_at){note, to.line + fit};
    step(c, from, &w);
    return true;
}

/* Sets in part the last note, or one in which all that come behind it are marked. */
static bool split_last_note(struct chooser *c, int32_t from, struct way w)
{
    const struct flow *f = c->f;
    uint32_t marked = flow_notes_before(f, w.last);
    bool stepped = false;
    for (uint32_t i = marked; i > c->states.v[from].notes.note; i--) {
        if (f->notes[f->order.v[i - 1]].end >= marked) {
            stepped = split_note(c, from, w, i - 1) || stepped;
        }
    }
    return stepped;
}

/* As much of the pending notes as there is room for, and at least one line if `some`. */
static struct flow_notes_at fill_with_notes(const struct chooser *c,
                                            struct flow_notes_at from, uint32_t marked,
                                            len64 room, bool some)
{
    const struct flow *f = c->f;
    struct flow_notes_at to = from;
    while (to.note < marked) {
        struct flow_notes_at longer = {to.note + 1, 0};
        if (flow_notes_height(f, from, longer) > room) {
            uint32_t fit = lines_behind(f, from, to, room);
            bool none = to.note == from.note && fit == 0;
            bool last = to.line + 1 >= f->notes[f->order.v[to.note]].lines.n;
            to.line += none && some ? 1 : fit;
            return none && some && last ? longer : to;
        }
        to = longer;
    }
    return to;
}

static len64 floats_height(const struct flow *f, uint32_t from, uint32_t to)
{
    len64 height = 0;
    for (uint32_t i = from; i < to; i++) {
        height += f->floats.v[i].height + f->floats.v[i].gap;
    }
    return height;
}

/* What has no room behind the note's front waits for the next region, which is higher. */
static void skip_region(struct chooser *c, int32_t from)
{
    const struct state *s = &c->states.v[from];
    struct way w = {.last = s->fill.last, .notes = s->notes, .floats = s->floats,
                    .anchored = flow_floats_before(c->f, s->fill.last),
                    .room = region_height(c, s->region), .extra = DESPERATE};
    step(c, from, &w);
}

/* Whether notes that are left over have room for a part of them in the next region. */
static bool notes_go_on(const struct chooser *c, int32_t from)
{
    const struct state *s = &c->states.v[from];
    struct flow_notes_at to =
        fill_with_notes(c, s->notes, flow_notes_before(c->f, s->fill.last),
                        region_height(c, s->region), false);
    return to.note != s->notes.note || to.line != s->notes.line;
}

/* No region can hold what comes next as it should: notes that are left over get regions
 * for themselves, and so does a float; else one line is set with as much of its notes as
 * there is room for. */
static void desperate_step(struct chooser *c, int32_t from)
{
    const struct state *s = &c->states.v[from];
    size_t first = s->fill.last;
    bool notes_only = s->notes.note < flow_notes_before(c->f, first);
    struct way w = {.last = first, .floats = s->floats, .extra = DESPERATE,
                    .room = region_height(c, s->region)};
    bool higher = region_height(c, s->region + 1) > w.room;
    if (higher && !(notes_only && notes_go_on(c, from))) {
        skip_region(c, from);
        return;
    }
    if (!notes_only && first == c->n) {
        w.height = c->f->floats.v[w.floats].height;
        w.floats++;
    } else if (!notes_only) {
        struct flow_stack stack;
        flow_stack_start(&stack, &c->f->body, first);
        flow_stack_add(&stack);
        w.height = stack.height;
        w.last++;
    }
    w.anchored = flow_floats_before(c->f, w.last);
    w.notes = fill_with_notes(c, s->notes, flow_notes_before(c->f, w.last),
                              w.room - w.height, notes_only);
    step(c, from, &w);
}

/* One way, whole or with its last note split. */
static bool try_notes(struct chooser *c, int32_t from, struct way *w)
{
    struct flow_notes_at start = c->states.v[from].notes;
    w->notes = (struct flow_notes_at){flow_notes_before(c->f, w->last), 0};
    if (w->height + flow_notes_height(c->f, start, w->notes) <= w->room) {
        step(c, from, w);
        return true;
    }
    return split_last_note(c, from, *w);
}

/* The fewest floats that a region must have. */
static uint32_t least_floats(const struct chooser *c, int32_t from, const struct way *w)
{
    const struct state *s = &c->states.v[from];
    if (w->last == s->fill.last || s->floats == w->anchored) {
        return s->floats + w->floats_only;
    }
    uint32_t waiting = flow_floats_before(c->f, s->fill.last);
    bool many = waiting > s->floats + WAITING_FLOATS;
    return many ? waiting - WAITING_FLOATS : s->floats;
}

/* One way, with as few floats as may be, with one more, and so on. False if the lines
 * alone are too high. */
static bool try_way(struct chooser *c, int32_t from, const struct way *lines,
                    bool *stepped)
{
    const struct flow *f = c->f;
    uint32_t floats = c->states.v[from].floats;
    if (lines->height > lines->room) {
        return false;
    }
    /* Without lines, no text is below the last float. */
    bool alone = lines->last == c->states.v[from].fill.last;
    for (uint32_t to = least_floats(c, from, lines); to <= lines->anchored; to++) {
        struct way w = *lines;
        w.floats = to;
        w.height += floats_height(f, floats, to);
        w.height -= alone && to > floats ? f->floats.v[to - 1].gap : 0;
        if (w.height > w.room) {
            break;
        }
        *stepped = try_notes(c, from, &w) || *stepped;
    }
    return true;
}

/* A region without lines: for notes that are left over, or for floats that wait. They may
 * outlast the text, and they may leave no room for what must stay together with the next
 * line. */
static void try_without_lines(struct chooser *c, int32_t from, struct way w,
                              bool *stepped)
{
    const struct state *s = &c->states.v[from];
    bool left_over = s->notes.note < flow_notes_before(c->f, w.last);
    bool nothing = w.last == c->n && s->floats == c->f->floats.n;
    if (!left_over && !nothing && s->floats == w.anchored) {
        return;
    }
    w.extra = w.last < c->n ? NOTES_ALONE : 0;
    w.floats_only = !left_over && !nothing;
    try_way(c, from, &w, stepped);
}

/* The way fits, with all the notes that are marked, and nothing waits to float. */
static bool fits(const struct chooser *c, int32_t from, const struct way *w)
{
    const struct state *s = &c->states.v[from];
    struct flow_notes_at notes = {flow_notes_before(c->f, w->last), 0};
    len64 height = w->height + flow_notes_height(c->f, s->notes, notes);
    return height <= region_height(c, s->region) && s->floats == w->anchored;
}

/* All ways to fill the next region from a state. A region holds at least one line, or
 * what is left over. */
static void extend(struct chooser *c, int32_t from)
{
    const struct flow *f = c->f;
    size_t first = c->states.v[from].fill.last;
    c->states.v[from].extended = true;
    const struct flow_line *v = f->body.v;
    bool stepped = false;
    struct way w = {.last = first, .anchored = flow_floats_before(f, first),
                    .room = region_height(c, c->states.v[from].region)};
    struct flow_stack stack;
    flow_stack_start(&stack, &f->body, first);
    try_without_lines(c, from, w, &stepped);
    struct way full = {0}; /* the last one that needs the next line not to fit */
    while (w.last < c->n) {
        flow_stack_add(&stack);
        w.height = stack.height; /* if the region ends here */
        w.last++;
        while (w.anchored < f->floats.n &&
               (f->floats.v[w.anchored].line < w.last || w.last == c->n)) {
            w.anchored++;
        }
        if (w.last < c->n && v[w.last].dense && fits(c, from, &w)) {
            full = w;
            continue;
        }
        if (full.last && !fits(c, from, &w)) {
            try_way(c, from, &full, &stepped);
        }
        full.last = 0;
        if (!try_way(c, from, &w, &stepped) || (w.last < c->n && v[w.last].forced)) {
            break;
        }
    }
    if (!stepped) {
        desperate_step(c, from);
    }
}

/* The cheapest way from `start`, which may be in the middle of the note. */
static int32_t choose(struct chooser *c, const struct state *start)
{
    c->n = c->f->body.n;
    c->heads = NEW_ARRAY(&c->f->work, int32_t, c->n + 1);
    for (size_t i = 0; i <= c->n; i++) {
        c->heads[i] = NONE;
    }
    reach(c, start->fill.last, start);
    int32_t best = NONE;
    for (size_t line = start->fill.last; line <= c->n; line++) {
        for (int32_t i = c->heads[line]; i != NONE; i = c->states.v[i].next) {
            bool all_set = line == c->n && c->states.v[i].notes.note == c->f->order.n &&
                           c->states.v[i].floats == c->f->floats.n;
            if (!all_set || c->states.v[i].previous == NONE) {
                extend(c, i);
            } else if (best == NONE || c->states.v[i].cost < c->states.v[best].cost) {
                best = i;
            }
        }
    }
    return best;
}

static size_t count_back(const struct chooser *c, int32_t end)
{
    size_t count = 0;
    for (int32_t i = end; c->states.v[i].previous != NONE; i = c->states.v[i].previous) {
        count++;
    }
    return count;
}

static void append_fills(struct flow *f, const struct chooser *c, int32_t end)
{
    size_t count = count_back(c, end), from = f->fills.n;
    for (size_t i = 0; i < count; i++) {
        vec_push(&f->work, &f->fills, (struct flow_fill){0});
    }
    for (size_t i = count; i-- > 0; end = c->states.v[end].previous) {
        f->fills.v[from + i] = c->states.v[end].fill;
    }
}

/* What a choice costs beyond empty room: its penalties. */
static int64_t penalties(const struct chooser *c, int32_t end)
{
    int64_t sum = 0;
    for (int32_t i = end; c->states.v[i].previous != NONE; i = c->states.v[i].previous) {
        const struct state *s = &c->states.v[i];
        bool notes_alone = s->fill.first == s->fill.last;
        sum += (notes_alone ? 0 : break_penalty(c, s->fill.last)) +
               (s->desperate ? DESPERATE : 0) +
               flow_split_penalty(c->f, s->fill.notes_last);
    }
    return sum;
}

/* The columns of the last page are made equally high: the least height at which what
 * stands there still fits, without worse breaks than before. */
static void balance_last_page(struct flow *f, const struct chooser *whole, int32_t end)
{
    size_t columns = (size_t)f->layout->page.columns;
    size_t page = f->fills.v[f->fills.n - 1].region / columns, at = f->fills.n - 1;
    while (at > 0 && f->fills.v[at - 1].region / columns == page) {
        at--;
    }
    const struct flow_fill *first = &f->fills.v[at];
    struct state start = {.notes = first->notes_first, .floats = first->floats_first,
                          .region = first->region,
                          .previous = NONE, .next = NONE, .fill = {.last = first->first}};
    int64_t allowed = penalties(whole, end);
    len half_line = style_root(f->layout)->leading / 2;
    len64 full = flow_region_height(f, first->region);
    len64 height = flow_height(&f->body, first->first, f->body.n) / (len64)columns;
    for (; height < full; height += half_line) {
        struct chooser c = {.f = f, .first_region = start.region,
                            .forced_height = height};
        int32_t found = choose(&c, &start);
        if (found != NONE && count_back(&c, found) <= columns &&
            penalties(&c, found) <= allowed) {
            f->fills.n = at;
            append_fills(f, &c, found);
            if (whole->record) {
                flow_record_balanced(whole->record, at);
            }
            return;
        }
    }
}

/* What else each chosen region could have held. To extend a state once more changes
 * nothing: all that it leads to is known to be as good. */
static void explain(struct chooser *c, int32_t end)
{
    flow_record_settle(c->record, c->states.n);
    size_t n = count_back(c, end);
    int32_t *path = NEW_ARRAY(&c->f->work, int32_t, n + 1);
    for (size_t i = n + 1; i-- > 0; end = c->states.v[end].previous) {
        path[i] = end;
    }
    for (size_t i = 0; i < n; i++) {
        flow_record_again(c->record);
        extend(c, path[i]);
        flow_record_close(c->record, path[i + 1]);
    }
}

void flow_choose_breaks(struct flow *f)
{
    struct chooser c = {.f = f, .record = f->reasons ? flow_record_new(f) : NULL};
    struct state start = {.previous = NONE, .next = NONE};
    int32_t end = choose(&c, &start);
    append_fills(f, &c, end);
    if (c.record) {
        explain(&c, end);
    }
    if (f->layout->page.columns > 1 && f->layout->page.balance) {
        balance_last_page(f, &c, end);
    }
}

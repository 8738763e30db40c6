/* SPDX-License-Identifier: MIT
 *
 * In: a state and lines that a region may hold. Out: steps to the next states, one for
 * each thing that can be done with the notes marked on those lines and the floats that
 * wait: a note may be divided, at least two lines on each side; floats may come later.
 *
 * A footnote begins in the region of its mark: a state in which it does not is only made
 * when nothing else is possible, when a line and the start of its note are together
 * higher than a region. Such a step, and a line that is higher than a region, cost more
 * than anything else, but they always make progress: every step sets at least one line
 * of text or of a note. */
#include "flow/search.h"

enum { NOTES_ALONE = 6000 };

/* How many floats may wait while there is text: more get pages for themselves. */
enum { WAITING_FLOATS = 8 };

/* Whether it fits, if spaces shrink by all they may. */
static bool fits_in(const struct search *c, const struct way *w, len64 height)
{
    return height <= w->room + flow_may_shrink(c->f, w->spaces);
}

/* A part of a note may be so many lines shorter than has room. All of these are tried,
 * since what follows may end better for one of them; but there are too many ways to
 * divide a note of more lines than this. */
enum { SPLIT_EARLIER = 4, LONG_NOTE = 12 };

/* The best of these for the note alone. */
static uint32_t good_end(const struct flow_line *lines, uint32_t first, uint32_t fit)
{
    uint32_t best = fit;
    for (uint32_t n = fit; n >= FLOW_SPLIT_LINES && n + SPLIT_EARLIER >= fit; n--) {
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
    if (fit + FLOW_SPLIT_LINES > left) {
        fit = left > FLOW_SPLIT_LINES ? left - FLOW_SPLIT_LINES : 0;
    }
    while (fit > 0 && lines->v[to.line + fit].notes > to.note + 1) {
        fit--;
    }
    return fit < FLOW_SPLIT_LINES ? 0 : fit;
}

/* How many lines of the note at `to` may stand in `room` behind the notes from `from`. */
static uint32_t lines_behind(const struct flow *f, struct flow_notes_at from,
                             struct flow_notes_at to, len64 room)
{
    const struct flow_note *note = &f->notes[f->order.v[to.note]];
    struct flow_notes_at one_line = {to.note, to.line + 1};
    if (one_line.line >= note->lines.n) {
        return 0;
    }
    room -= flow_notes_height(f, from, one_line) -
            (note->bottoms[one_line.line] - note->tops[to.line]);
    return lines_to_split(f, to, room);
}

/* The break costs too much, whatever else the region costs; `more` of that is known. */
static bool is_too_dear(const struct search *c, const struct way *w, int64_t more)
{
    return c->least + w->setting_cost + flow_price_of_break(c->f, w->last) + more >
           c->limit;
}

static bool split_note(struct search *c, int32_t from, struct way w, uint32_t note)
{
    struct flow_notes_at start = c->states.v[from].notes;
    struct flow_notes_at to = {note, note == start.note ? start.line : 0};
    const struct flow_lines *lines = &c->f->notes[c->f->order.v[note]].lines;
    if (lines->n < to.line + 2 * FLOW_SPLIT_LINES) {
        return false;
    }
    uint32_t most = lines_behind(c->f, start, to, w.room - w.height);
    uint32_t least = most > SPLIT_EARLIER ? most - SPLIT_EARLIER : 0;
    if (most && lines->n > LONG_NOTE) {
        least = most = good_end(lines->v, to.line, most);
    }
    for (uint32_t n = most; n >= FLOW_SPLIT_LINES && n >= least; n--) {
        if (lines->v[to.line + n].notes <= note + 1) {
            w.notes = (struct flow_notes_at){note, to.line + n};
            flow_step(c, &w);
        }
    }
    return most > 0;
}

/* Sets in part the last note, or one in which all that come behind it are marked. */
static bool split_last_note(struct search *c, int32_t from, struct way w)
{
    const struct flow *f = c->f;
    uint32_t marked = flow_notes_before(f, w.last);
    bool stepped = false, alone = w.last == c->states.v[from].line;
    if (!alone && is_too_dear(c, &w, f->layout->breaking.split_note)) {
        return true;
    }
    for (uint32_t i = marked; i > c->states.v[from].notes.note; i--) {
        if (f->notes[f->order.v[i - 1]].end >= marked) {
            stepped = split_note(c, from, w, i - 1) || stepped;
        }
    }
    return stepped;
}

/* As much of the pending notes as there is room for, and at least one line if `some`. */
static struct flow_notes_at fill_with_notes(const struct search *c,
                                            struct flow_notes_at from, uint32_t marked,
                                            len64 room, bool some)
{
    const struct flow *f = c->f;
    struct flow_notes_at to = from;
    while (to.note < marked) {
        struct flow_notes_at longer = {to.note + 1, 0};
        if (flow_notes_height(f, from, longer) > room) {
            const struct flow_lines *lines = &f->notes[f->order.v[to.note]].lines;
            uint32_t fit = lines_behind(f, from, to, room);
            bool none = to.note == from.note && fit == 0;
            bool last = to.line + 1 >= lines->n;
            to.line += none && some ? 1 : fit ? good_end(lines->v, to.line, fit) : 0;
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

static bool next_is_higher(const struct search *c, int32_t from)
{
    size_t region = c->states.v[from].region;
    return flow_search_room(c, region + 1) > flow_search_room(c, region);
}

/* What has no room behind the note's front, or would be parted there from what it belongs
 * to, waits for the next region, which is higher. */
static void skip_region(struct search *c, int32_t from, int64_t extra)
{
    const struct state *s = &c->states.v[from];
    struct way w = {.last = s->line, .notes = s->notes, .floats = s->floats,
                    .settings = FLOW_NONE,
                    .anchored = flow_floats_before(c->f, s->line),
                    .room = flow_search_room(c, s->region), .extra = extra};
    flow_step(c, &w);
}

/* The first page has a part of the text, or at least the front. */
static bool may_skip_region(const struct search *c, int32_t from)
{
    const struct state *s = &c->states.v[from];
    return s->line < c->n && next_is_higher(c, from) &&
           (s->line > 0 || c->f->front.n > 0) &&
           s->notes.note == flow_notes_before(c->f, s->line);
}

/* Whether notes that are left over have room for a part of them in the next region. */
static bool notes_go_on(const struct search *c, int32_t from)
{
    const struct state *s = &c->states.v[from];
    struct flow_notes_at to =
        fill_with_notes(c, s->notes, flow_notes_before(c->f, s->line),
                        flow_search_room(c, s->region), false);
    return to.note != s->notes.note || to.line != s->notes.line;
}

/* No region can hold what comes next as it should: notes that are left over get regions
 * for themselves, and so does a float; else one line is set with as much of its notes as
 * there is room for. */
void flow_step_desperately(struct search *c, int32_t from)
{
    const struct state *s = &c->states.v[from];
    size_t first = s->line;
    bool notes_only = s->notes.note < flow_notes_before(c->f, first);
    struct way w = {.last = first, .floats = s->floats, .settings = FLOW_NONE,
                    .extra = FLOW_DESPERATE,
                    .room = flow_search_room(c, s->region)};
    if (next_is_higher(c, from) && !(notes_only && notes_go_on(c, from))) {
        skip_region(c, from, FLOW_DESPERATE);
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
        w.last = flow_behind(c->f, first);
    }
    w.anchored = flow_floats_before(c->f, w.last);
    w.notes = fill_with_notes(c, s->notes, flow_notes_before(c->f, w.last),
                              w.room - w.height, notes_only);
    flow_step(c, &w);
}

/* One way, with its notes whole and with the last one split. */
static bool try_notes(struct search *c, int32_t from, struct way *w)
{
    struct flow_notes_at start = c->states.v[from].notes;
    w->notes = (struct flow_notes_at){flow_notes_before(c->f, w->last), 0};
    bool whole = fits_in(c, w, w->height + flow_notes_height(c->f, start, w->notes));
    if (whole) {
        flow_step(c, w);
    }
    return split_last_note(c, from, *w) || whole;
}

/* The fewest floats that a region must have. */
static uint32_t least_floats(const struct search *c, int32_t from, const struct way *w)
{
    const struct state *s = &c->states.v[from];
    if (w->last == s->line || s->floats == w->anchored) {
        return s->floats + w->floats_only;
    }
    uint32_t waiting = flow_floats_before(c->f, s->line);
    bool many = waiting > s->floats + WAITING_FLOATS;
    return many ? waiting - WAITING_FLOATS : s->floats;
}

/* One way, with as few floats as may be, with one more, and so on. False if the lines
 * alone are too high. */
bool flow_try_way(struct search *c, int32_t from, const struct way *lines)
{
    const struct flow *f = c->f;
    uint32_t floats = c->states.v[from].floats;
    if (!fits_in(c, lines, lines->height)) {
        return false;
    }
    bool alone = lines->last == c->states.v[from].line;
    if (!alone && is_too_dear(c, lines, 0)) {
        c->stepped = true;
        return true;
    }
    /* Without lines, no text is below the last float. */
    for (uint32_t to = least_floats(c, from, lines); to <= lines->anchored; to++) {
        struct way w = *lines;
        w.floats = to;
        w.height += floats_height(f, floats, to);
        w.height -= alone && to > floats ? f->floats.v[to - 1].gap : 0;
        if (!fits_in(c, &w, w.height)) {
            break;
        }
        c->stepped = try_notes(c, from, &w) || c->stepped;
    }
    return true;
}

/* A region without lines: for notes that are left over, for floats that wait, or for
 * nothing. They may outlast the text, and they may leave no room for what must stay
 * together with the next line. */
void flow_try_without_lines(struct search *c, int32_t from, struct way w)
{
    if (may_skip_region(c, from)) {
        skip_region(c, from, NOTES_ALONE);
        c->stepped = true;
    }
    const struct state *s = &c->states.v[from];
    bool left_over = s->notes.note < flow_notes_before(c->f, w.last);
    bool nothing = w.last == c->n && s->floats == c->f->floats.n;
    if (!left_over && !nothing && s->floats == w.anchored) {
        return;
    }
    w.extra = w.last < c->n ? NOTES_ALONE : 0;
    w.floats_only = !left_over && !nothing;
    flow_try_way(c, from, &w);
}

/* SPDX-License-Identifier: MIT
 *
 * The room that footnotes take at a region's foot: the rule with its space, the notes,
 * the space between them; and what it costs to divide one. */
#include "flow/vertical.h"

static const struct flow_note *note_at(const struct flow *f, uint32_t place)
{
    return &f->notes[f->order.v[place]];
}

static len64 separator(const struct flow *f)
{
    return (len64)f->layout->notes.rule_space_above + f->layout->notes.rule_thickness +
           f->layout->notes.rule_space_below;
}

void flow_note_ready(struct flow *f, struct flow_note *note)
{
    size_t n = note->lines.n;
    len64 *tops = NEW_ARRAY(&f->work, len64, n + 1);
    len64 *bottoms = NEW_ARRAY(&f->work, len64, n + 1);
    len64 y = 0;
    for (size_t i = 0; i < n; i++) {
        const struct flow_line *l = &note->lines.v[i];
        y += i > 0 ? l->before : 0;
        tops[i] = y - l->open_above;
        y += flow_line_height(l);
        bottoms[i + 1] = y + l->open_below;
    }
    note->tops = tops;
    note->bottoms = bottoms;
    note->height = n ? bottoms[n] - tops[0] : 0;
}

/* One that is being measured, and asks for room inside, has none yet. */
static len64 height_of(const struct flow_note *note, size_t first, size_t last)
{
    return note->tops && first < last ? note->bottoms[last] - note->tops[first] : 0;
}

static len64 whole_height(const struct flow_note *note)
{
    return height_of(note, 0, note->lines.n);
}

void flow_sum_notes(struct flow *f)
{
    f->notes_above = NEW_ARRAY(&f->work, len64, f->order.n + 1);
    for (uint32_t i = 0; i < f->order.n; i++) {
        f->notes_above[i + 1] = f->notes_above[i] + whole_height(note_at(f, i)) +
                                f->layout->notes.space_between;
    }
}

/* Of notes [from, to), whole, with the space behind each. */
static len64 sum_of_notes(const struct flow *f, uint32_t from, uint32_t to)
{
    if (f->notes_above) {
        return f->notes_above[to] - f->notes_above[from];
    }
    len64 height = 0;
    for (uint32_t i = from; i < to; i++) {
        height += whole_height(note_at(f, i)) + f->layout->notes.space_between;
    }
    return height;
}

len64 flow_notes_height(const struct flow *f, struct flow_notes_at from,
                        struct flow_notes_at to)
{
    len64 behind = f->layout->notes.space_between;
    if (from.note >= to.note + (to.line > 0) ||
        (from.note == to.note && from.line == to.line)) {
        return 0;
    }
    if (from.note == to.note) {
        return separator(f) + height_of(note_at(f, from.note), from.line, to.line);
    }
    len64 height = separator(f) + sum_of_notes(f, from.note, to.note) - behind;
    if (from.line > 0) {
        const struct flow_note *first = note_at(f, from.note);
        height += height_of(first, from.line, first->lines.n) - whole_height(first);
    }
    if (to.line > 0) {
        height += behind + height_of(note_at(f, to.note), 0, to.line);
    }
    return height;
}

len64 flow_least_notes_height(const struct flow *f, uint32_t from, uint32_t to)
{
    if (from >= to) {
        return 0;
    }
    size_t lines = note_at(f, to - 1)->lines.n;
    bool divided = lines >= 2 * FLOW_SPLIT_LINES;
    struct flow_notes_at end = {divided ? to - 1 : to, divided ? FLOW_SPLIT_LINES : 0};
    return flow_notes_height(f, (struct flow_notes_at){from, 0}, end);
}

/* Up to where the first `n` notes are set in one region, from `at` on. */
static struct flow_notes_at fill_one(const struct flow *f, struct flow_notes_at at,
                                     uint32_t n, len64 height)
{
    struct flow_notes_at from = at, longer = {at.note + 1, 0};
    while (at.note < n && flow_notes_height(f, from, longer) <= height) {
        at = longer;
        longer.note++;
    }
    uint32_t lines = at.note < n ? (uint32_t)note_at(f, at.note)->lines.n : 0, fit = 0;
    for (longer = at; longer.line + FLOW_SPLIT_LINES < lines; fit++) {
        longer.line++;
        if (flow_notes_height(f, from, longer) > height) {
            break;
        }
    }
    at.line += fit < FLOW_SPLIT_LINES ? 0 : fit;
    return at;
}

bool flow_notes_begin(const struct flow *f, uint32_t n, len64 height)
{
    struct flow_notes_at at = {0, 0};
    for (int column = 0; column < f->layout->page.columns; column++) {
        at = fill_one(f, at, n, height);
    }
    return (at.line > 0 ? note_at(f, at.note)->end : at.note) >= n;
}

/* How many lines of note `from.note`, from line `from.line`, take at most `room`. */
uint32_t flow_note_lines_that_fit(const struct flow *f, struct flow_notes_at from,
                                  len64 room)
{
    const struct flow_lines *lines = &note_at(f, from.note)->lines;
    uint32_t count = 0;
    for (size_t i = from.line; i < lines->n; i++, count++) {
        const struct flow_line *line = &lines->v[i];
        room -= flow_line_height(line) + (count ? line->before : line->open_above);
        if (room < line->open_below) {
            break;
        }
    }
    return count;
}

int64_t flow_split_penalty(const struct flow *f, struct flow_notes_at at)
{
    if (at.line == 0) {
        return 0;
    }
    return f->layout->breaking.split_note + note_at(f, at.note)->lines.v[at.line].penalty;
}

/* --- Reports --- */

static struct place place_of(const struct flow *f, uint32_t place)
{
    return f->tree->notes.v[f->order.v[place]].at;
}

/* No page has room for one line of text and all of such a note. */
static void report_high(struct flow *f, uint32_t place)
{
    len64 needed = note_at(f, place)->height + separator(f);
    len64 over = needed + style_root(f->layout)->leading - flow_page_height(f);
    if (over > 0) {
        diag_report(f->sink, DIAG_LONG_FOOTNOTE, place_of(f, place),
                    "make it shorter, or put it into the text",
                    "the footnote is %s higher than a page has room for below its mark: "
                    "it is divided", flow_in_mm(f, over));
    }
}

/* Of what is marked in a fill, notes that begin on a later page. Those that such a note
 * marks itself come behind it. */
static void report_apart(struct flow *f, const struct flow_fill *fill)
{
    uint32_t marked = flow_notes_before(f, fill->last);
    bool first = fill == f->fills.v; /* with what is marked in the front */
    uint32_t begun = fill->notes_last.note + (fill->notes_last.line > 0);
    const struct flow_fill *next = fill + 1, *end = f->fills.v + f->fills.n;
    uint32_t page = flow_region(f, fill->region).page;
    for (; next < end && flow_region(f, next->region).page == page; next++) {
        begun = next->notes_last.note + (next->notes_last.line > 0);
    }
    for (uint32_t i = first ? 0 : flow_notes_before(f, fill->first); i < marked;
         i = f->notes[f->order.v[i]].end) {
        if (i >= begun && f->order.v[i] < f->tree->notes.n) {
            diag_report(f->sink, DIAG_LONG_FOOTNOTE, place_of(f, i),
                        "make the notes shorter that are marked together with it",
                        "the footnote has no room on the page of its mark: it begins on "
                        "the next one");
        }
    }
}

void flow_report_notes(struct flow *f)
{
    for (uint32_t i = 0; i < f->order.n; i++) {
        if (f->order.v[i] < f->tree->notes.n) {
            report_high(f, i);
        }
    }
    for (size_t i = 0; i < f->fills.n; i++) {
        report_apart(f, &f->fills.v[i]);
    }
}

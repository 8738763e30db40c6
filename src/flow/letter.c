/* SPDX-License-Identifier: MIT
 *
 * In: the parts of a letter as boxes. Out: their lines on the first page, at the places
 * that the sheet has for them: the address where the envelope's window shows it, with
 * remarks and the small line above, the sender and information beside it, marks to fold
 * and punch at. Text begins below all of it. An address that a window would cut off is an
 * error: the letter would not arrive. */
#include "flow/measure.h"

#include "flow/furniture.h"

enum part { SENDER, SENDER_LINE, REMARKS, RECIPIENT, INFORMATION, PARTS };

static const char *const LINES[PARTS] = {
    [SENDER_LINE] = "the line above the address", [REMARKS] = "a line of the remarks",
    [RECIPIENT] = "a line of the address",
};

struct flow_letter {
    struct flow_lines lines[PARTS];
    len x[PARTS], y[PARTS];
};

/* --- What the window cuts off --- */

static struct place place_of(const struct box *box, const struct flow_line *line)
{
    return line->text.n ? box->spans.v[line->text.pieces[0].span].at : box->at;
}

/* Lines as wide as they are: the window, not the paragraph, decides what is too wide. */
static bool check_widths(struct flow *f, const struct box *box, enum part part, len room)
{
    enum { ENDLESS = LEN_MAX / 4 };
    struct flow_lines lines = {0};
    bool good = true;
    flow_measure_list(f, box, ENDLESS, &lines);
    for (size_t i = 0; i < lines.n; i++) {
        const struct flow_line *line = &lines.v[i];
        if (line->text.width > room) {
            const char *hint = part == SENDER_LINE
                ? "give the letter a shorter one, as a field of its own"
                : "divide it: each item of a list is a line";
            diag_report(f->sink, DIAG_OUTSIDE_WINDOW, place_of(box, line), hint,
                        "%s is %s wide, the window has room for %s", LINES[part],
                        flow_in_mm(f, line->text.width), flow_in_mm(f, room));
            good = false;
        }
    }
    return good;
}

static bool check_height(struct flow *f, const struct box *box, len room)
{
    const struct flow_lines *lines = &f->letter->lines[RECIPIENT];
    len64 height = flow_height(lines, 0, lines->n);
    if (height <= room) {
        return true;
    }
    len64 fit = box->style->leading ? (room > 0 ? room : 0) / box->style->leading : 0;
    diag_report(f->sink, DIAG_OUTSIDE_WINDOW, box->at,
                "leave lines out or put two into one",
                "the address has %zu lines (%s), the window has room for %lld (%s)",
                lines->n, flow_in_mm(f, height), (long long)fit,
                flow_in_mm(f, room));
    return false;
}

/* --- Where everything stands --- */

static len64 height_of(const struct flow *f, enum part part)
{
    return flow_height(&f->letter->lines[part], 0, f->letter->lines[part].n);
}

static void measure_part(struct flow *f, const struct box *box, enum part part,
                         struct page_rect at)
{
    struct flow_letter *letter = f->letter;
    letter->x[part] = at.x;
    letter->y[part] = at.y;
    if (box) {
        flow_measure_list(f, box, at.width, &letter->lines[part]);
    }
}

/* The room for the address begins below that for remarks, or, if it needs more, below
 * the remarks themselves. */
static struct page_rect address_room(const struct flow *f, struct page_rect window)
{
    const struct layout_letter *s = &f->tree->letter->sheet;
    len top = s->line_height, kept = s->line_height + s->remarks_height;
    if (s->line_height == 0) {
        top = s->clearance + (len)height_of(f, SENDER_LINE);
    }
    top += (len)height_of(f, REMARKS);
    len foot = window.height - s->clearance;
    bool fits = height_of(f, RECIPIENT) <= foot - kept;
    top = fits && kept > top ? kept : top;
    return (struct page_rect){window.x, window.y + top, window.width, foot - top};
}

static void stand_in(struct flow *f, struct page_rect room)
{
    struct flow_letter *letter = f->letter;
    len left = room.height - (len)height_of(f, RECIPIENT);
    enum layout_stand stand = f->tree->letter->sheet.stand;
    left = stand == LAYOUT_AT_TOP ? 0 : stand == LAYOUT_IN_MIDDLE ? left / 2 : left;
    letter->y[RECIPIENT] = room.y + left;
    letter->y[REMARKS] = letter->y[RECIPIENT] - (len)height_of(f, REMARKS);
}

static void measure_window(struct flow *f)
{
    const struct tree_letter *t = f->tree->letter;
    const struct layout_letter *s = &t->sheet;
    struct page_rect window = {s->x + s->inset, s->y,
                               s->width - s->inset - s->end_inset, s->height};
    const struct {
        const struct box *box;
        enum part part;
    } IN[] = {{t->sender_line, SENDER_LINE}, {t->remarks, REMARKS},
              {t->recipient, RECIPIENT}};
    bool good = true;
    for (size_t i = 0; i < sizeof IN / sizeof *IN; i++) {
        measure_part(f, IN[i].box, IN[i].part, window);
        if (IN[i].box && !check_widths(f, IN[i].box, IN[i].part, window.width)) {
            good = good && IN[i].part == SENDER_LINE;
        }
    }
    if (!good) {
        return; /* what is too wide makes too many lines */
    }
    f->letter->y[SENDER_LINE] += s->line_height ? 0 : s->clearance;
    struct page_rect room = address_room(f, window);
    if (t->recipient && check_height(f, t->recipient, room.height)) {
        stand_in(f, room);
    }
}

static bool share_a_column(const struct layout_letter *s)
{
    return s->sender_x < s->information_x + s->information_width &&
           s->information_x < s->sender_x + s->sender_width;
}

/* Sender and information; the sender below a letterhead, information below both. */
static void measure_beside(struct flow *f)
{
    const struct tree_letter *t = f->tree->letter;
    const struct layout_letter *s = &t->sheet;
    len head = flow_letterhead_foot(f, s->sender_x, s->sender_width);
    len gap = style_root(f->layout)->leading;
    struct page_rect at = {.x = s->sender_x, .y = s->sender_y, .width = s->sender_width};
    at.y = head && head + gap / 2 > at.y ? head + gap / 2 : at.y;
    measure_part(f, t->sender, SENDER, at);
    len foot = t->sender ? at.y + (len)height_of(f, SENDER) : head;
    at = (struct page_rect){.x = s->information_x, .y = s->information_y,
                            .width = s->information_width};
    if (share_a_column(s) && foot + gap > at.y) {
        at.y = foot + gap;
    }
    measure_part(f, t->information, INFORMATION, at);
}

void flow_measure_letter(struct flow *f)
{
    len below_head = f->letterhead_foot + style_root(f->layout)->leading;
    f->first_top = f->layout->page.first_top;
    if (f->tree->logo && below_head > f->first_top) {
        f->first_top = below_head;
    }
    if (!f->tree->letter) {
        return;
    }
    const struct layout_letter *s = &f->tree->letter->sheet;
    f->letter = NEW(&f->work, struct flow_letter);
    measure_window(f);
    measure_beside(f);
    len foot = s->y + s->height;
    len beside = f->letter->y[INFORMATION] + (len)height_of(f, INFORMATION);
    foot = (beside > foot ? beside : foot) + s->below;
    len most = f->layout->page.height - f->layout->page.bottom -
               2 * style_root(f->layout)->leading;
    if (foot > most) {
        diag_report(f->sink, DIAG_BAD_GEOMETRY, PLACE_NONE,
                    "put less beside the address, or make the bottom margin smaller",
                    "layout `%.*s` leaves no room for text below the letter's head",
                    STR_ARG(f->layout->name));
        foot = most;
    }
    f->first_top = foot > f->first_top ? foot : f->first_top;
}

/* --- Placing --- */

/* Short rules near the left edge: further out, few printers would print them. */
static void place_mark(struct flow *f, struct page *p, len y, len width)
{
    len from_edge = (len)(4 * 72 * (len64)LEN_PT * 10 / 254);
    if (y > 0 && y < p->height) {
        flow_place_rule(f, p, (struct page_rect){from_edge, y, width, PT(0.25)},
                        style_root(f->layout)->color);
        flow_mark_as_artifact(p, p->items.n - 1, STRUCTURE_AID);
    }
}

static void place_marks(struct flow *f, struct page *p)
{
    enum { SHORT = 6 * LEN_PT, LONG = 11 * LEN_PT };
    const struct layout_letter *s = &f->tree->letter->sheet;
    if (f->layout->letter.marks) {
        place_mark(f, p, s->folds[0], SHORT);
        place_mark(f, p, s->punch, LONG);
        place_mark(f, p, s->folds[1], SHORT);
    }
}

void flow_place_letter(struct flow *f, struct page *p)
{
    const struct flow_letter *letter = f->letter;
    if (!letter) {
        return;
    }
    for (enum part part = SENDER; part < PARTS; part++) {
        size_t from = p->items.n;
        flow_place_lines(f, p, &letter->lines[part], letter->x[part], letter->y[part]);
        if (part == SENDER_LINE && f->tree->letter->sender_line_repeats) {
            flow_mark_as_artifact(p, from, STRUCTURE_PAGINATION);
        }
    }
    place_marks(f, p);
}

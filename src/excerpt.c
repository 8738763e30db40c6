/* SPDX-License-Identifier: MIT
 *
 * In:  a place in a source. Out: its line and a caret, aligned cell by cell.
 * Each code point has a width that does not depend on its neighbours (a tab is four
 * blanks, not a stop), so the part that is shown can begin anywhere in the line. */
#include "excerpt.h"

#include <unictype.h>
#include <uniwidth.h>

#include "base/utf8.h"

enum {
    TAB_CELLS = 4,
    BEFORE_CARET = 32, /* cells kept in front of the caret in a line that is cut */
    POINTS = 4 * EXCERPT_CELLS, /* code points shown: marks and joiners take no cell */
};

enum glyph_class { SHOWN, TAB, CONTROL, BAD_BYTE };

struct glyph {
    uint32_t c;
    unsigned char byte; /* BAD_BYTE */
    enum glyph_class class;
    size_t cells;
};

/* Format characters that only join or separate letters; emoji and several scripts
 * cannot do without them. */
static bool is_joiner(uint32_t c)
{
    return c == 0x200C || c == 0x200D;
}

static bool is_hidden(uint32_t c)
{
    uc_general_category_t hidden = uc_general_category_or(
        uc_general_category_or(UC_CATEGORY_Cc, UC_CATEGORY_Cf),
        uc_general_category_or(UC_CATEGORY_Zl, UC_CATEGORY_Zp));
    return c >= 0x7F && !is_joiner(c) && uc_is_general_category(c, hidden);
}

/* The code point at `*at`, and how it is shown. */
static struct glyph next_glyph(str line, size_t *at)
{
    struct glyph g = {.byte = (unsigned char)line.p[*at]};
    size_t start = *at;
    g.c = utf8_next(line, at);
    if (g.c == UTF8_REPLACEMENT && *at == start + 1) {
        g.class = BAD_BYTE;
        g.cells = 4; /* <FF> */
    } else if (g.c == '\t') {
        g.class = TAB;
        g.cells = TAB_CELLS;
    } else if (g.c < 0x20 || is_hidden(g.c)) {
        g.class = CONTROL;
        g.cells = g.c > 0xFFFF ? (g.c > 0xFFFFF ? 10 : 9) : 8; /* <U+001B> */
    } else {
        int width = g.c < 0x7F ? 1 : uc_width(g.c, "UTF-8");
        g.cells = width > 0 ? (size_t)width : 0;
    }
    return g;
}

static void put_glyph(struct buf *out, const struct glyph *g)
{
    switch (g->class) {
    case SHOWN:
        buf_code_point(out, g->c);
        break;
    case TAB:
        buf_repeat(out, ' ', TAB_CELLS);
        break;
    case CONTROL:
        buf_format(out, "<U+%04X>", g->c);
        break;
    case BAD_BYTE:
        buf_format(out, "<%02X>", g->byte);
        break;
    }
}

void excerpt_put_safe(struct buf *out, str text)
{
    for (size_t at = 0; at < text.n;) {
        struct glyph g = next_glyph(text, &at);
        if (g.class == TAB) {
            g.class = CONTROL;
        }
        put_glyph(out, &g);
    }
}

static size_t cells_between(str line, size_t from, size_t to)
{
    size_t cells = 0;
    while (from < to) {
        cells += next_glyph(line, &from).cells;
    }
    return cells;
}

/* The byte where code point number `n`, from 0, begins; the end if there are fewer. */
static size_t offset_of(str line, size_t from, size_t n)
{
    while (n-- > 0 && from < line.n) {
        utf8_next(line, &from);
    }
    return from;
}

/* Moves back from `at` while the code points take no more than `room` cells. */
static size_t step_back(str line, size_t at, size_t room)
{
    size_t points = POINTS / 2;
    for (size_t before = at; at > 0 && points > 0; at = before, points--) {
        utf8_prev(line, &before);
        size_t forth = before;
        size_t cells = next_glyph(line, &forth).cells;
        if (cells > room) {
            break;
        }
        room -= cells;
    }
    return at;
}

static size_t step_forth(str line, size_t at, size_t room)
{
    size_t points = POINTS;
    for (size_t next = at; at < line.n && points > 0; at = next, points--) {
        size_t cells = next_glyph(line, &next).cells;
        if (cells > room) {
            break;
        }
        room -= cells;
    }
    return at;
}

/* The bytes [from, to) of a line that are shown. */
struct window {
    size_t from, to;
};

static struct window window_around(str line, size_t caret)
{
    size_t whole = step_forth(line, 0, EXCERPT_CELLS);
    if (whole == line.n) {
        return (struct window){0, line.n};
    }
    size_t room = EXCERPT_CELLS - 2; /* an ellipsis at each end */
    struct window w = {step_back(line, caret, BEFORE_CARET), 0};
    w.to = step_forth(line, w.from, room);
    if (w.to == line.n) { /* near the end: show more of what is in front */
        w.from = step_back(line, w.to, room);
    }
    /* A mark without the letter it stands on would fall on the ellipsis. */
    size_t at = w.from;
    while (w.from > 0 && at < w.to && next_glyph(line, &at).cells == 0) {
        w.from = at;
    }
    return w.from <= caret ? w : (struct window){caret, w.to};
}

static void put_line(struct buf *out, str line, struct window w)
{
    buf_puts(out, w.from ? "\xE2\x80\xA6" : "");
    for (size_t at = w.from; at < w.to;) {
        struct glyph g = next_glyph(line, &at);
        put_glyph(out, &g);
    }
    buf_puts(out, w.to < line.n ? "\xE2\x80\xA6" : "");
}

/* Blanks at the end of a line would only be noise in what is compared or mailed. */
static void trim_end(struct buf *out, size_t keep)
{
    while (out->n > keep && out->p[out->n - 1] == ' ') {
        out->n--;
    }
}

void excerpt_put(struct buf *out, struct place at, const char *mark, const char *unmark)
{
    if (!at.source || !at.line || !at.column) {
        return;
    }
    str line = diag_source_line(at.source, at.line);
    size_t caret = offset_of(line, 0, at.column - 1);
    size_t caret_end = offset_of(line, caret, at.width ? at.width : 1);
    struct window w = window_around(line, caret);
    if (caret_end > w.to) {
        caret_end = w.to;
    }
    buf_format(out, "%5u | ", at.line);
    put_line(out, line, w);
    trim_end(out, 0);
    size_t before = (w.from ? 1 : 0) + cells_between(line, w.from, caret);
    size_t run = cells_between(line, caret, caret_end);
    buf_puts(out, "\n      | ");
    /* A mark has no cell of its own: it is shown on the letter in front of it. */
    bool on_mark = run == 0 && caret < line.n && before > 0;
    buf_repeat(out, ' ', on_mark ? before - 1 : before);
    buf_puts(out, mark);
    buf_char(out, '^');
    buf_repeat(out, '~', run > 1 ? run - 1 : 0);
    buf_puts(out, unmark);
    buf_char(out, '\n');
}

/* SPDX-License-Identifier: MIT
 *
 * In: the operators of a drawing, one by one. Out: where its letters begin to overprint
 * and where they cease to: small ones in black ink, as those of pages. Nothing else does:
 * it ends with the text at the latest, before a path could begin. */
#include "pdf/drawing.h"

enum { MATRIX = 6 };

void pdf_drawing_text_init(struct pdf_drawing_text *t, int64_t below)
{
    *t = (struct pdf_drawing_text){.below = below,
                                   .now = {.scale = PDF_TEXT_ONE, .wide = PDF_TEXT_ONE,
                                           .black = true},
                                   .line = PDF_TEXT_ONE};
}

/* No more than INT32_MAX. */
static int64_t root(uint64_t square)
{
    int64_t low = 0, high = INT32_MAX;
    while (low < high) {
        int64_t middle = (low + high + 1) / 2;
        if ((uint64_t)(middle * middle) <= square) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    return low;
}

/* How much higher things are behind a matrix, thousandths; or, of its first two numbers,
 * how much wider. */
static int64_t scale_of(const int32_t *m)
{
    int64_t x = m[0], y = m[1];
    return root((uint64_t)(x * x) + (uint64_t)(y * y));
}

static void save(struct pdf_drawing_text *t)
{
    if (t->depth < PDF_TEXT_DEPTH) {
        t->saved[t->depth] = t->now;
    } else {
        t->below = 0; /* so deep that nothing is known on the way back */
    }
    t->depth++;
}

static void restore(struct pdf_drawing_text *t)
{
    t->depth -= t->depth > 0;
    if (t->depth < PDF_TEXT_DEPTH) {
        t->now = t->saved[t->depth];
    }
}

static bool is_small(const struct pdf_drawing_text *t)
{
    int64_t size = len_muldiv(t->size, t->line, PDF_TEXT_ONE);
    return len_muldiv(size, t->now.scale, PDF_TEXT_ONE) < t->below;
}

static bool shows(str word)
{
    return str_is(word, "Tj") || str_is(word, "TJ") || str_is(word, "'") ||
           str_is(word, "\"");
}

static enum pdf_text_change turn(struct pdf_drawing_text *t, bool on)
{
    if (on == t->on) {
        return PDF_TEXT_STAYS;
    }
    t->on = on;
    t->used = t->used || on;
    return on ? PDF_TEXT_BEGINS : PDF_TEXT_ENDS;
}

void pdf_drawing_text_fill(struct pdf_drawing_text *t, bool black)
{
    t->now.black = black;
}

enum pdf_text_change pdf_drawing_text_see(struct pdf_drawing_text *t, str word,
                                          const int32_t *operands, int n)
{
    bool matrix = n == MATRIX;
    if (shows(word)) {
        return turn(t, t->now.black && is_small(t));
    }
    if (str_is(word, "ET") && t->on) {
        t->on = false;
        return PDF_TEXT_ENDS_BEHIND;
    }
    if (str_is(word, "q")) {
        save(t);
    } else if (str_is(word, "Q")) {
        restore(t);
    } else if (str_is(word, "cm") && matrix) {
        t->now.wide = len_muldiv(t->now.wide, scale_of(operands), PDF_TEXT_ONE);
        t->now.scale = len_muldiv(t->now.scale, scale_of(operands + 2), PDF_TEXT_ONE);
    } else if (str_is(word, "BT")) {
        t->line = PDF_TEXT_ONE;
    } else if (str_is(word, "Tm") && matrix) {
        t->line = scale_of(operands + 2);
    } else if (str_is(word, "Tf") && n > 0) {
        t->size = operands[n - 1] < 0 ? -(int64_t)operands[n - 1] : operands[n - 1];
    } else if (str_is(word, "scn") || str_is(word, "sc") || str_is(word, "cs")) {
        t->now.black = false;
    }
    return PDF_TEXT_STAYS;
}

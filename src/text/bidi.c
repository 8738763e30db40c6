/* SPDX-License-Identifier: MIT
 *
 * The Unicode bidirectional algorithm: levels of a paragraph by FriBidi (asked only if
 * the text has a character that could turn something), the order of a line's pieces by
 * rule L2. Levels are given per byte, because everything else counts in bytes. */
#include "text/engine.h"

#include <fribidi.h>
#include <string.h>

#include "base/utf8.h"

/* True for characters of right-to-left scripts and for bidi controls. */
static bool turns(uint32_t c)
{
    return (c >= 0x590 && c <= 0x8FF) || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069) || (c >= 0xFB1D && c <= 0xFDFF) ||
           (c >= 0xFE70 && c <= 0xFEFE) || (c >= 0x10800 && c <= 0x10FFF) ||
           (c >= 0x1E800 && c <= 0x1EFFF);
}

/* Bytes that can begin such a character; all others are passed over. */
static bool may_turn(unsigned char b)
{
    return b >= 0xD6 && b != 0xE1 && (b < 0xE3 || b == 0xEF || b == 0xF0) &&
           (b <= 0xE0 || b >= 0xE2);
}

bool text_needs_bidi(str text)
{
    size_t i = 0;
    while (i < text.n) {
        uint64_t eight;
        if (i + 8 <= text.n) {
            memcpy(&eight, text.p + i, 8);
            if (!(eight & 0x8080808080808080u)) {
                i += 8;
                continue;
            }
        }
        if (may_turn((unsigned char)text.p[i])) {
            if (turns(utf8_next(text, &i))) {
                return true;
            }
        } else {
            i++;
        }
    }
    return false;
}

static FriBidiParType base_direction(FriBidiStrIndex n, const FriBidiCharType *types,
                                     const FriBidiBracketType *brackets, bool rtl,
                                     FriBidiLevel *levels)
{
    FriBidiParType base = rtl ? FRIBIDI_PAR_WRTL : FRIBIDI_PAR_WLTR;
    if (!fribidi_get_par_embedding_levels_ex(types, brackets, n, &base, levels)) {
        oom_report((size_t)n);
    }
    return base;
}

bool text_bidi_levels(struct text_engine *e, str text, bool rtl, uint8_t *levels)
{
    struct arena *a = &e->scratch;
    struct arena_mark mark = arena_mark(a);
    FriBidiChar *chars = NEW_ARRAY(a, FriBidiChar, text.n);
    FriBidiStrIndex n = 0;
    for (size_t i = 0; i < text.n;) {
        chars[n++] = utf8_next(text, &i);
    }
    FriBidiCharType *types = NEW_ARRAY(a, FriBidiCharType, n);
    FriBidiBracketType *brackets = NEW_ARRAY(a, FriBidiBracketType, n);
    FriBidiLevel *by_char = NEW_ARRAY(a, FriBidiLevel, n);
    fribidi_get_bidi_types(chars, n, types);
    fribidi_get_bracket_types(chars, n, types, brackets);
    FriBidiParType base = base_direction(n, types, brackets, rtl, by_char);
    size_t k = 0;
    for (size_t i = 0; i < text.n; k++) {
        size_t from = i;
        utf8_next(text, &i);
        memset(levels + from, by_char[k], i - from);
    }
    arena_rewind(a, mark);
    return FRIBIDI_IS_RTL(base);
}

static void reverse(uint32_t *order, uint32_t from, uint32_t to)
{
    while (from + 1 < to) {
        uint32_t t = order[from];
        order[from++] = order[--to];
        order[to] = t;
    }
}

void text_bidi_order(const uint8_t *levels, uint32_t n, uint32_t *order)
{
    uint8_t highest = 0, lowest_odd = UINT8_MAX;
    for (uint32_t i = 0; i < n; i++) {
        order[i] = i;
        highest = levels[i] > highest ? levels[i] : highest;
        if (levels[i] % 2 && levels[i] < lowest_odd) {
            lowest_odd = levels[i];
        }
    }
    for (uint8_t level = highest; level >= lowest_odd && level > 0; level--) {
        for (uint32_t i = 0; i < n; i++) {
            uint32_t from = i;
            while (i < n && levels[i] >= level) {
                i++;
            }
            reverse(order, from, i);
        }
    }
}

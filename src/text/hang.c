/* SPDX-License-Identifier: MIT
 *
 * What makes margins look straight and lines evenly grey: how far a character hangs out
 * of its line, and which letters may be set wider or narrower, or wider apart.
 *
 * The shares of their width by which characters hang out are those that the family's file
 * says (`protrusion`), else those that typesetters commonly use for text faces; the idea
 * and its measure are from Hàn Thế Thành, "Micro-typographic extensions to the TeX
 * typesetting system" (2000), chapter 3. Only lines that read from left to right hang:
 * the tables are of their punctuation. */
#include <stdlib.h>

#include "base/utf8.h"
#include "text/engine.h"

/* What holds for characters of which their family says nothing. */
static const struct text_hang_share HANGS[] = {
    {'!', {0, 100}},    {'"', {300, 300}},  {'%', {50, 50}},    {'&', {50, 100}},
    {'\'', {400, 500}}, {'(', {100, 0}},    {')', {0, 200}},    {'*', {200, 200}},
    {'+', {250, 250}},  {',', {0, 500}},    {'-', {500, 500}},  {'.', {0, 700}},
    {'/', {0, 200}},    {':', {0, 500}},    {';', {0, 300}},    {'?', {0, 200}},
    {'A', {50, 50}},    {'F', {0, 50}},     {'J', {50, 0}},     {'K', {0, 50}},
    {'L', {0, 50}},     {'T', {50, 50}},    {'V', {50, 50}},    {'W', {50, 50}},
    {'X', {50, 50}},    {'Y', {50, 50}},    {']', {0, 100}},    {'k', {0, 50}},
    {'r', {0, 50}},     {'t', {0, 50}},     {'v', {50, 50}},    {'w', {50, 50}},
    {'x', {50, 50}},    {'y', {50, 70}},    {0xAB, {200, 0}},   {0xAD, {0, 500}},
    {0xBB, {0, 200}},   {0x2010, {0, 500}}, {0x2011, {0, 500}}, {0x2013, {300, 300}},
    {0x2014, {200, 200}}, {0x2018, {400, 400}}, {0x2019, {400, 500}},
    {0x201A, {300, 400}}, {0x201C, {300, 300}}, {0x201D, {300, 400}},
    {0x201E, {300, 300}}, {0x2022, {200, 0}}, {0x2026, {0, 150}},
    {0x2039, {300, 0}}, {0x203A, {0, 300}},
};

static int compare_shares(const void *a, const void *b)
{
    uint32_t x = ((const struct text_hang_share *)a)->c;
    uint32_t y = ((const struct text_hang_share *)b)->c;
    return x < y ? -1 : x > y;
}

void text_hangs_sort(struct text_hangs *hangs)
{
    qsort(hangs->v, hangs->n, sizeof *hangs->v, compare_shares);
}

static const struct text_hang_share *find(const struct text_hang_share *v, size_t n,
                                          uint32_t c)
{
    struct text_hang_share key = {.c = c};
    return n ? bsearch(&key, v, n, sizeof key, compare_shares) : NULL;
}

/* A family that tells of its hyphen need not tell of every code point that shows it. */
static const struct text_hang_share *find_own(const struct text_hangs *own, uint32_t c)
{
    const struct text_hang_share *found = own ? find(own->v, own->n, c) : NULL;
    bool hyphen = c == 0x2010 || c == 0x2011 || c == 0xAD;
    return found || !own || !hyphen ? found : find(own->v, own->n, '-');
}

static int32_t share_of(const struct text_face *face, uint32_t c,
                        enum text_hang_side side)
{
    const struct text_hang_share *found = find_own(face->hangs, c);
    found = found ? found : find(HANGS, sizeof HANGS / sizeof *HANGS, c);
    return found ? found->side[side] : 0;
}

/* The first or the last character that a glyph shows: a ligature has several. */
static uint32_t outer_character(const struct text_run *run, uint32_t glyph,
                                enum text_hang_side side)
{
    size_t from = run->glyphs[glyph].cluster, end = from;
    if (side == TEXT_HANGS_BEFORE) {
        return utf8_next(run->text, &from);
    }
    uint32_t after = glyph + 1;
    while (after < run->n && run->glyphs[after].cluster == from) {
        after++;
    }
    size_t stop = after < run->n ? run->glyphs[after].cluster : run->text.n;
    uint32_t c = 0;
    while (end < stop) {
        c = utf8_next(run->text, &end);
    }
    return c;
}

len text_hang(const struct style *style, const struct text_run *run, uint32_t glyph,
              enum text_hang_side side)
{
    if (style->protrusion == 0 || glyph >= run->n || run->rtl || run->face->fixed_pitch) {
        return 0;
    }
    int32_t share = share_of(run->face, outer_character(run, glyph, side), side);
    if (share == 0) {
        return 0;
    }
    len width = text_scale(run->glyphs[glyph].advance, style->size, run->face->upem);
    return (len)len_muldiv(width, (int64_t)share * style->protrusion, 1000 * 1000);
}

static const struct style *style_of(const struct text_para *p,
                                    const struct text_item *item)
{
    return p->spans[item->span].style;
}

static bool may_hang(const struct text_para *p, const struct text_item *box)
{
    return !p->rtl && box->level == 0 && box->glyph_to > box->glyph_from;
}

len text_hang_before(const struct text_para *p, const struct text_item *box)
{
    return may_hang(p, box)
        ? text_hang(style_of(p, box), box->run, box->glyph_from, TEXT_HANGS_BEFORE) : 0;
}

len text_hang_behind(const struct text_para *p, const struct text_item *box)
{
    return may_hang(p, box)
        ? text_hang(style_of(p, box), box->run, box->glyph_to - 1, TEXT_HANGS_BEHIND) : 0;
}

len text_hang_hyphen(const struct text_para *p, const struct text_item *at)
{
    const struct text_item *box = at > p->items ? &at[-1] : at;
    if (at->level || at->before <= 0 || box->kind != TEXT_BOX || !may_hang(p, box)) {
        return 0;
    }
    int64_t share = share_of(box->run->face, 0x2010, TEXT_HANGS_BEHIND);
    share *= style_of(p, at)->protrusion;
    return (len)len_muldiv(at->before, share, 1000 * 1000);
}

bool text_is_elastic(const struct text_span *span, const struct text_face *face)
{
    return !face->fixed_pitch && !(span->flags & TEXT_SPAN_VERBATIM);
}

len text_item_expansion(const struct text_para *p, const struct text_item *box)
{
    int32_t most = style_of(p, box)->expansion;
    if (most == 0 || !text_is_elastic(&p->spans[box->span], box->run->face)) {
        return 0;
    }
    return (len)len_muldiv(box->width, most, 1000);
}

/* Scripts whose letters stand apart in any case. */
static bool stands_apart(const struct text_run *run)
{
    const struct text_shaped *s = (const struct text_shaped *)(const void *)run;
    return text_script_hyphenates(s->shape.script);
}

bool text_may_track(const struct text_para *p)
{
    for (size_t i = 0; i < p->n; i++) {
        const struct text_item *t = &p->items[i];
        bool letters = t->kind == TEXT_BOX && t->glyph_to > t->glyph_from;
        if (t->level || (letters && !stands_apart(t->run))) {
            return false;
        }
    }
    return !p->rtl;
}

len text_tracking(const struct text_span *span, const struct text_face *face,
                  int32_t tracking)
{
    bool moves = tracking && text_is_elastic(span, face);
    return moves ? (len)((len64)span->style->size * tracking / 1000) : 0;
}

len text_item_tracking(const struct text_para *p, const struct text_item *item)
{
    if (item->kind == TEXT_BREAK) {
        return 0;
    }
    len apart = text_tracking(&p->spans[item->span], item->run->face, p->tracking);
    return item->kind == TEXT_GLUE ? -apart
                                   : apart * (len)(item->glyph_to - item->glyph_from);
}

/* SPDX-License-Identifier: MIT
 *
 * In:  a word that is not simple: it changes its span (a footnote mark at its end), its
 * level, holds invisible break characters, or is very long. Out: its items.
 *
 * Invisible characters and combining marks beyond 30 in a row are taken out. The cuts
 * are found in the whole word, then it is shaped in parts: each in one span and level,
 * and of a bounded length, so that a word of a hundred thousand letters costs only as
 * much as its length. */
#include <stdio.h>
#include <string.h>
#include <unictype.h>

#include "base/utf8.h"
#include "text/cuts.h"
#include "text/para.h"

enum { MAX_MARKS = 30, MAX_PART = 256 };

struct part {
    size_t from, to; /* bytes of the clean text */
    uint32_t span;
    uint8_t level;
};

struct long_word {
    char *text;        /* clean */
    size_t n;
    uint32_t *map;     /* its bytes to the paragraph's; map[n] is the end */
    uint8_t *kinds;    /* of cuts */
    uint8_t *borders;  /* where another span begins */
    uint8_t *clusters; /* where a grapheme cluster begins */
    VEC(struct part) parts;
};

static bool is_mark(uint32_t c)
{
    return c >= 0x300 && uc_is_general_category(c, UC_MARK);
}

static uint32_t span_of(const struct text_builder *b, uint32_t from, size_t at)
{
    while (at >= b->starts[from + 1]) {
        from++;
    }
    return from;
}

/* Copies what is shown; cuts that the author asked for go into `kinds`. */
static void clean(struct text_builder *b, struct long_word *w, size_t from, size_t to)
{
    str text = b->para->text;
    uint32_t span = b->span;
    unsigned marks = 0;
    for (size_t i = from; i < to;) {
        size_t at = i;
        uint32_t c = utf8_next(text, &i);
        if (c == 0xAD || c == 0x200B) {
            w->kinds[w->n] = c == 0xAD ? TEXT_CUT_SOFT : TEXT_CUT_ZERO_SPACE;
            continue;
        }
        marks = is_mark(c) ? marks + 1 : 0;
        if (marks > MAX_MARKS) {
            continue;
        }
        uint32_t now = span_of(b, span, at);
        w->borders[w->n] = now != span && w->n > 0;
        span = now;
        for (; at < i; at++) {
            w->map[w->n] = (uint32_t)at;
            w->text[w->n++] = text.p[at];
        }
    }
    w->map[w->n] = (uint32_t)to;
}

static bool is_footnote(const struct text_builder *b, uint32_t span)
{
    return b->request->spans[span].flags & TEXT_SPAN_MARK;
}

/* Two spans of one style may differ in what may be cut: the stricter one decides. What a
 * footnote mark is does not count: the word before it is divided as without it. */
static uint8_t common_flags(struct text_builder *b, const struct long_word *w)
{
    uint8_t any = 0, all = TEXT_WORD_HYPHENATE | TEXT_WORD_CAPITALS;
    uint32_t span = b->span;
    for (size_t i = 0; i < w->n; i++) {
        if (i == 0 || w->borders[i]) {
            span = span_of(b, span, w->map[i]);
            uint8_t flags = is_footnote(b, span) ? all : text_span_info(b, span)->flags;
            any |= flags;
            all &= flags;
        }
    }
    return (uint8_t)((any & (TEXT_WORD_URL | TEXT_WORD_VERBATIM)) | all);
}

/* Where the footnote marks at the word's end begin, which are no part of it. */
static size_t end_before_marks(struct text_builder *b, const struct long_word *w)
{
    uint32_t span = b->span;
    size_t end = 0;
    for (size_t i = 0; i < w->n; i++) {
        span = span_of(b, span, w->map[i]);
        end = is_footnote(b, span) ? end : i + 1;
    }
    return end;
}

/* Automatic cuts beside those of the author, which forbid automatic hyphens. A footnote
 * mark stays whole, and with its word. */
static void find_cuts(struct text_builder *b, struct long_word *w)
{
    struct arena *a = &b->e->scratch;
    uint8_t *found = NEW_ARRAY(a, uint8_t, w->n + 1);
    size_t end = end_before_marks(b, w);
    struct text_cut_request request = {text_span_info(b, b->span)->font, {w->text, end},
                                       common_flags(b, w), w->borders};
    text_find_cuts(b->e, &request, found);
    bool soft = memchr(w->kinds, TEXT_CUT_SOFT, w->n + 1);
    uint32_t span = b->span;
    for (size_t i = 1; i < end; i++) {
        span = span_of(b, span, w->map[i]);
        bool automatic = TEXT_CUT_MEANING[found[i]].flags == TEXT_BREAK_HYPHEN;
        if ((soft && automatic) || is_footnote(b, span)) {
            continue;
        }
        w->kinds[i] = found[i] > w->kinds[i] ? found[i] : w->kinds[i];
    }
}

/* The end of the part that begins at `from` and may reach to `limit`: the last good
 * place to cut, or the last cluster. */
static size_t end_of_part(const struct long_word *w, size_t from, size_t limit)
{
    if (limit - from <= MAX_PART) {
        return limit;
    }
    size_t end = 0, last = from + MAX_PART;
    for (size_t i = last; i > from + MAX_PART / 2 && !end; i--) {
        end = w->kinds[i] > TEXT_CUT_HYPHENATE ? i : 0;
    }
    for (size_t i = last; i > from && !end; i--) {
        end = w->clusters[i] ? i : 0;
    }
    return end ? end : last;
}

static void find_parts(struct text_builder *b, struct long_word *w)
{
    uint32_t span = b->span;
    for (size_t from = 0, to; from < w->n; from = to) {
        span = span_of(b, span, w->map[from]);
        uint8_t level = b->levels ? b->levels[w->map[from]] : 0;
        size_t limit = from + 1;
        while (limit < w->n && !w->borders[limit] && limit - from <= MAX_PART &&
               (!b->levels || b->levels[w->map[limit]] == level)) {
            limit++;
        }
        to = end_of_part(w, from, limit);
        vec_push(&b->e->scratch, &w->parts, (struct part){from, to, span, level});
    }
}

static void add_part(struct text_builder *b, const struct long_word *w,
                     const struct part *part)
{
    struct text_span_info *info = text_span_info(b, part->span);
    if (!info->font->face) {
        return;
    }
    uint8_t flags = (uint8_t)(TEXT_WORD_PART | (part->level % 2 ? TEXT_WORD_RTL : 0));
    size_t n = part->to - part->from;
    const struct text_word *word =
        text_word_find(b->e, info->font, (str){w->text + part->from, n}, flags);
    struct arena_mark mark = arena_mark(&b->e->scratch);
    struct text_cut *cuts = NEW_ARRAY(&b->e->scratch, struct text_cut, n);
    uint32_t n_cuts = text_measure_cuts(b->e, word, w->kinds + part->from, cuts);
    struct text_word_place place = {part->span, part->level, 0, w->map + part->from};
    text_add_word(b, word, cuts, n_cuts, &place);
    arena_rewind(&b->e->scratch, mark);
    if (w->kinds[part->to]) { /* between this part and the next */
        struct text_cut end = {.at = (uint32_t)n, .kind = w->kinds[part->to]};
        text_add_cut(b, &end, &place);
    }
}

/* A word of which nobody can have meant that it be set: it would cost 1 KiB a letter. */
enum { LONGEST_WORD = 128 * 1024 };

static void report_longest(struct text_builder *b, size_t size)
{
    char message[96];
    snprintf(message, sizeof message, "a word of %zu bytes; one may have %d", size,
             LONGEST_WORD);
    if (!text_reported(b->sink, DIAG_TOO_LARGE, str_from(message))) {
        diag_report(b->sink, DIAG_TOO_LARGE, b->request->spans[b->span].at,
                    "put spaces into it, or send it as a file", "%s", message);
    }
}

void text_add_long_word(struct text_builder *b, size_t from, size_t to)
{
    if (to - from > LONGEST_WORD) {
        report_longest(b, to - from);
        return;
    }
    struct arena *a = &b->e->scratch;
    struct arena_mark mark = arena_mark(a);
    size_t room = to - from + 1;
    struct long_word w = {
        .text = NEW_ARRAY(a, char, room), .map = NEW_ARRAY(a, uint32_t, room),
        .kinds = NEW_ARRAY(a, uint8_t, room), .borders = NEW_ARRAY(a, uint8_t, room),
        .clusters = NEW_ARRAY(a, uint8_t, room)};
    clean(b, &w, from, to);
    if (w.n) {
        text_grapheme_breaks((str){w.text, w.n}, w.clusters);
        find_cuts(b, &w);
        w.kinds[0] = 0;
        w.kinds[w.n] = w.kinds[w.n] == TEXT_CUT_ZERO_SPACE ? TEXT_CUT_ZERO_SPACE : 0;
        find_parts(b, &w);
    }
    for (size_t i = 0; i < w.parts.n; i++) {
        add_part(b, &w, &w.parts.v[i]);
    }
    arena_rewind(a, mark);
}

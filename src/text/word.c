/* SPDX-License-Identifier: MIT
 *
 * In:  words. Out: words as runs with their cuts, remembered by text and font.
 *
 * A word is shaped whole. A face is chosen for each grapheme cluster, a script for each
 * character (what has none takes its neighbour's), and neighbours that agree in both
 * make one segment. Then every place where the word may be cut is measured once: how
 * wide its two sides become when they are shaped apart. */
#include "text/engine.h"

#include <string.h>

#include "base/utf8.h"
#include "text/cuts.h"

/* Joined letters (Arabic) make every cut depend on the whole word. Where that is more
 * than so many bytes, a cut counts as changing nothing; the line itself is shaped
 * exactly in any case. */
enum { MAX_WINDOW = 64 };

static uint64_t mix(uint64_t h, uint64_t v)
{
    h = (h ^ v) * 0x9E3779B97F4A7C15u;
    return h ^ (h >> 32);
}

/* Eight bytes at a step; the same on every machine is not needed, nothing is ordered by
 * it. */
static uint64_t hash_word(const struct text_word *key)
{
    uint64_t h = mix((uint64_t)key->font << 8 | key->flags,
                     (uint64_t)key->script << 32 | key->face);
    const char *p = key->text.p;
    size_t n = key->text.n;
    uint64_t v;
    for (; n >= 8; n -= 8, p += 8) {
        memcpy(&v, p, 8);
        h = mix(h, v);
    }
    v = 0;
    for (size_t i = 0; i < n; i++) {
        v = v << 8 | (unsigned char)p[i];
    }
    return mix(h, v ^ (uint64_t)key->text.n << 56);
}

static bool same_key(const struct text_word *a, const struct text_word *b)
{
    return a->hash == b->hash && a->font == b->font && a->flags == b->flags &&
           a->script == b->script && a->face == b->face && a->text.n == b->text.n &&
           memcmp(a->text.p, b->text.p, a->text.n) == 0;
}

static struct text_word **find_slot(struct text_engine *e, const struct text_word *key)
{
    size_t i = (size_t)key->hash & (e->n_slots - 1);
    while (e->slots[i] && !same_key(e->slots[i], key)) {
        i = (i + 1) & (e->n_slots - 1);
    }
    return &e->slots[i];
}

static void grow_slots(struct text_engine *e)
{
    size_t n_old = e->n_slots;
    struct text_word **old = e->slots;
    e->n_slots = n_old ? n_old * 2 : 4096;
    e->slots = NEW_ARRAY(&e->words, struct text_word *, e->n_slots);
    for (size_t i = 0; i < n_old; i++) {
        if (old[i]) {
            *find_slot(e, old[i]) = old[i];
        }
    }
}

/* The word under the key; a new one (with `segments` NULL) if it was not there. */
static struct text_word *find_or_add(struct text_engine *e, struct text_word *key)
{
    if ((e->n_words + 1) * 2 > e->n_slots) {
        grow_slots(e);
    }
    key->hash = hash_word(key);
    struct text_word **slot = find_slot(e, key);
    if (*slot) {
        return *slot;
    }
    struct text_word *w = NEW(&e->words, struct text_word);
    *w = *key;
    w->text = str_copy(&e->words, key->text);
    *slot = w;
    e->n_words++;
    return w;
}

/* A stretch of a word in one face and script. */
struct stretch {
    size_t from, to;
    const struct text_face *face;
    hb_script_t script;
};

/* Where each character's script comes from: its own, else the one before it in the
 * word, else the first one after it, else the language's. */
static hb_script_t first_script(str word, hb_script_t instead)
{
    for (size_t i = 0; i < word.n;) {
        hb_script_t s = text_script_of(utf8_next(word, &i));
        if (text_script_is_real(s)) {
            return s;
        }
    }
    return instead;
}

/* True when the face has all of the word and all of it is in one script. */
static bool is_uniform(const struct text_face *face, str word, hb_script_t script)
{
    for (size_t i = 0; i < word.n;) {
        uint32_t c = utf8_next(word, &i);
        hb_script_t s = text_script_of(c);
        if ((text_script_is_real(s) && s != script) || !text_face_covers(face, c)) {
            return false;
        }
    }
    return true;
}

static size_t split_word(struct text_engine *e, const struct text_font *f, str word,
                         struct stretch *out)
{
    hb_script_t script = first_script(word, f->lang_script);
    if (is_uniform(f->face, word, script)) {
        out[0] = (struct stretch){0, word.n, f->face, script};
        return 1;
    }
    uint8_t *breaks = NEW_ARRAY(&e->scratch, uint8_t, word.n + 1);
    text_grapheme_breaks(word, breaks);
    size_t n = 0;
    for (size_t from = 0, to; from < word.n; from = to) {
        to = from + 1;
        while (to < word.n && !breaks[to]) {
            to++;
        }
        str cluster = str_sub(word, from, to);
        script = first_script(cluster, script);
        const struct text_face *face = text_font_face_for(e, f, cluster, script);
        if (n && out[n - 1].face == face && out[n - 1].script == script) {
            out[n - 1].to = to;
        } else {
            out[n++] = (struct stretch){from, to, face, script};
        }
    }
    return n;
}

static void shape_segments(struct text_engine *e, const struct text_font *f,
                           struct text_word *w)
{
    struct stretch *stretches = NEW_ARRAY(&e->scratch, struct stretch, w->text.n + 1);
    size_t n = split_word(e, f, w->text, stretches);
    w->segments = NEW_ARRAY(&e->words, struct text_segment, n);
    w->n_segments = (uint32_t)n;
    for (size_t i = 0; i < n; i++) {
        const struct stretch *s = &stretches[i];
        struct text_shape shape = {f, s->face, s->script, w->flags & TEXT_WORD_RTL};
        str text = str_sub(w->text, s->from, s->to);
        w->segments[i].from = (uint32_t)s->from;
        w->segments[i].run = &text_shape_run(e, &shape, text, w)->run;
    }
}

static bool is_in_place(const struct text_run *run, uint32_t at)
{
    return at == 0 || at >= run->text.n || text_cut_is_clean(run, at);
}

/* The advance of the glyphs that show bytes [from, to) when the run is not cut. */
static int64_t advance_between(const struct text_run *run, uint32_t from, uint32_t to)
{
    uint32_t a = text_glyph_at(run, from), b = text_glyph_at(run, to);
    if (to >= run->text.n) {
        b = run->rtl ? 0 : run->n;
    }
    if (from == 0) {
        a = run->rtl ? run->n : 0;
    }
    return run->rtl ? text_advance(run, b, a) : text_advance(run, a, b);
}

static void measure_cut(struct text_engine *e, const struct text_run *run, uint32_t at,
                        struct text_cut *cut)
{
    uint32_t n = (uint32_t)run->text.n;
    cut->glyph = at >= n ? (run->rtl ? 0 : run->n) : text_glyph_at(run, at);
    if (is_in_place(run, at)) {
        return;
    }
    uint32_t from = at, to = at; /* as far as the cut changes anything */
    while (!is_in_place(run, from) && to - from <= MAX_WINDOW) {
        from--;
    }
    while (!is_in_place(run, to) && to - from <= MAX_WINDOW) {
        to++;
    }
    if (to - from > MAX_WINDOW) {
        return;
    }
    const struct text_shape *shape =
        &((const struct text_shaped *)(const void *)run)->shape;
    const struct text_run *head = text_piece_find(e, shape, str_sub(run->text, from, at));
    const struct text_run *tail = text_piece_find(e, shape, str_sub(run->text, at, to));
    cut->before = (int32_t)(head->advance - advance_between(run, from, at));
    cut->after = (int32_t)(tail->advance - advance_between(run, at, to));
}

uint32_t text_measure_cuts(struct text_engine *e, const struct text_word *w,
                           const uint8_t *kinds, struct text_cut *cuts)
{
    uint32_t segment = 0, n = 0;
    for (uint32_t i = 1; i < w->text.n; i++) {
        if (!kinds[i]) {
            continue;
        }
        while (w->segments[segment].from + w->segments[segment].run->text.n < i) {
            segment++;
        }
        struct text_cut *cut = &cuts[n++];
        *cut = (struct text_cut){.at = i, .segment = segment, .kind = kinds[i],
                                 .upem = w->segments[segment].run->face->upem};
        measure_cut(e, w->segments[segment].run, i - w->segments[segment].from, cut);
    }
    return n;
}

static void find_cuts(struct text_engine *e, struct text_font *font, struct text_word *w)
{
    uint8_t *kinds = NEW_ARRAY(&e->scratch, uint8_t, w->text.n + 1);
    struct text_cut_request request = {font, w->text, w->flags, NULL};
    text_find_cuts(e, &request, kinds);
    uint32_t n = 0;
    for (size_t i = 1; i < w->text.n; i++) {
        n += kinds[i] != 0;
    }
    w->cuts = NEW_ARRAY(&e->words, struct text_cut, n);
    w->n_cuts = text_measure_cuts(e, w, kinds, w->cuts);
}

const struct text_word *text_word_find(struct text_engine *e, struct text_font *font,
                                       str text, uint8_t flags)
{
    struct text_word key = {.font = font->id, .flags = flags, .text = text};
    struct text_word *w = find_or_add(e, &key);
    if (!w->segments) {
        struct arena_mark mark = arena_mark(&e->scratch);
        shape_segments(e, font, w);
        if (!(flags & TEXT_WORD_PART)) {
            find_cuts(e, font, w);
        }
        arena_rewind(&e->scratch, mark);
    }
    return w;
}

const struct text_run *text_piece_find(struct text_engine *e,
                                       const struct text_shape *shape, str text)
{
    struct text_word key = {.font = shape->font->id, .script = shape->script,
                            .face = shape->face->id, .text = text,
                            .flags = (uint8_t)(TEXT_WORD_PIECE |
                                               (shape->rtl ? TEXT_WORD_RTL : 0))};
    struct text_word *w = find_or_add(e, &key);
    if (!w->segments) {
        struct text_segment *segment = NEW(&e->words, struct text_segment);
        segment->run = &text_shape_run(e, shape, w->text, NULL)->run;
        w->segments = segment;
        w->n_segments = 1;
    }
    return w->segments[0].run;
}

/* SPDX-License-Identifier: MIT
 *
 * In: plain texts. Out: their widths, and their lines.
 *
 * A number is set from its characters: if every three neighbours, shaped together, are
 * what they are alone, then so is the whole. Three characters have few combinations, each
 * is tried once. A font whose rules reach further (there are some that group digits)
 * would be found out by the first words, which are shaped whole as well and compared. */
#include "text/plain.h"

#include <string.h>

#include "text/cuts.h"
#include "text/engine.h"

enum {
    ATOMS = 18,         /* kinds of characters that numbers consist of */
    SHORT_WORD = 3,     /* these are few: the cache holds them */
    LONG_WORD = 64,     /* as in para.c: what is longer is cut otherwise */
    COMPARED = 200,     /* words that are shaped whole to be sure */
};

/* What a byte is. */
enum { OTHER, SPACE, WORD, ATOM };

enum trial { UNTRIED, ALIKE, DIFFERENT };

struct text_plain {
    struct text_engine *e;
    struct text_font *font;
    const struct text_run *space;
    len size, space_width;
    bool usable;                 /* else nothing is plain */
    bool atoms_usable;
    uint32_t compared;
    uint8_t kinds[256];          /* of bytes */
    uint8_t atom_of[256];        /* which atom a byte is */
    struct text_glyph atoms[ATOMS];
    uint8_t trials[ATOMS * ATOMS * ATOMS];
};

static const char ATOM_BYTES[] = "0123456789.,:/+-%'";

/* Characters up to U+053F take two bytes, of which none begins another script's. */
static void set_kinds(struct text_plain *p)
{
    for (int c = 0x21; c < 0x7F; c++) {
        p->kinds[c] = WORD;
    }
    for (int c = 0x80; c < 0xC0; c++) {
        p->kinds[c] = WORD;
    }
    for (int c = 0xC3; c <= 0xD4; c++) {
        p->kinds[c] = WORD;
    }
    p->kinds[' '] = SPACE;
    for (uint8_t i = 0; i < ATOMS; i++) {
        p->kinds[(unsigned char)ATOM_BYTES[i]] = ATOM;
        p->atom_of[(unsigned char)ATOM_BYTES[i]] = i;
    }
}

/* The word as one run in the font's own face; NULL if it is none, or lacks glyphs. */
static const struct text_word *find_word(struct text_plain *p, str text)
{
    const struct text_word *w = text_word_find(p->e, p->font, text, 0);
    bool plain = w->n_segments == 1 && w->n_missing == 0 &&
                 w->segments[0].run->face == p->font->face && !w->segments[0].run->rtl;
    return plain ? w : NULL;
}

static bool set_atoms(struct text_plain *p)
{
    for (uint8_t i = 0; i < ATOMS; i++) {
        const struct text_word *w = find_word(p, (str){&ATOM_BYTES[i], 1});
        if (!w || w->segments[0].run->n != 1) {
            return false;
        }
        p->atoms[i] = w->segments[0].run->glyphs[0];
    }
    return true;
}

struct text_plain *text_plain_new(struct text_engine *e, const struct style *style,
                                  str lang, struct arena *a)
{
    struct text_plain *p = NEW(a, struct text_plain);
    p->e = e;
    p->font = text_font_find(e, style, lang);
    p->size = style->size;
    p->usable = p->font->face && style->letter_space == 0 && style->sentence_space == 0 &&
                !text_lang_is_rtl(lang);
    if (!p->usable) {
        return p;
    }
    struct text_shape shape = {p->font, p->font->face, p->font->lang_script, false};
    p->space = text_piece_find(e, &shape, STR(" "));
    p->space_width = text_scale(p->space->advance, p->size, p->font->face->upem);
    set_kinds(p);
    p->atoms_usable = set_atoms(p);
    return p;
}

/* --- Numbers --- */

static bool same_glyph(const struct text_glyph *a, const struct text_glyph *b)
{
    return a->id == b->id && a->advance == b->advance && a->dx == b->dx &&
           a->dy == b->dy;
}

static const struct text_glyph *atom(const struct text_plain *p, char c)
{
    return &p->atoms[p->atom_of[(unsigned char)c]];
}

static bool breaks_inside(const struct text_word *w)
{
    for (uint32_t i = 0; i < w->n_cuts; i++) {
        if (w->cuts[i].kind != TEXT_CUT_EMERGENCY) {
            return true;
        }
    }
    return false;
}

/* Whether a word, shaped whole, is its atoms side by side. */
static bool is_sum(struct text_plain *p, str text)
{
    const struct text_word *w = find_word(p, text);
    if (!w || w->segments[0].run->n != text.n || breaks_inside(w)) {
        return false;
    }
    for (size_t i = 0; i < text.n; i++) {
        if (!same_glyph(&w->segments[0].run->glyphs[i], atom(p, text.p[i]))) {
            return false;
        }
    }
    return true;
}

static bool three_are_apart(struct text_plain *p, const char *c)
{
    size_t at = 0;
    for (int i = 0; i < 3; i++) {
        at = at * ATOMS + p->atom_of[(unsigned char)c[i]];
    }
    if (p->trials[at] == UNTRIED) {
        p->trials[at] = is_sum(p, (str){c, 3}) ? ALIKE : DIFFERENT;
    }
    return p->trials[at] == ALIKE;
}

static bool is_number(struct text_plain *p, str word)
{
    for (size_t i = 0; i < word.n; i++) {
        if (p->kinds[(unsigned char)word.p[i]] != ATOM) {
            return false;
        }
    }
    for (size_t i = 0; i + 2 < word.n; i++) {
        if (!three_are_apart(p, word.p + i)) {
            return false;
        }
    }
    if (p->compared < COMPARED) {
        p->compared++;
        p->atoms_usable = is_sum(p, word);
    }
    return p->atoms_usable;
}

static int64_t advance_of_number(const struct text_plain *p, str word)
{
    int64_t sum = 0;
    for (size_t i = 0; i < word.n; i++) {
        sum += atom(p, word.p[i])->advance;
    }
    return sum;
}

static const struct text_run *run_of_number(const struct text_plain *p, str word,
                                            struct arena *a)
{
    struct text_run *run = arena_alloc_raw(a, sizeof *run);
    struct text_glyph *glyphs = arena_alloc_raw(a, word.n * sizeof *glyphs);
    for (size_t i = 0; i < word.n; i++) {
        glyphs[i] = *atom(p, word.p[i]);
        glyphs[i].cluster = (uint32_t)i;
    }
    *run = (struct text_run){.face = p->font->face, .text = word, .n = (uint32_t)word.n,
                             .glyphs = glyphs, .advance = advance_of_number(p, word)};
    return run;
}

/* --- Words --- */

/* The walk over a text; without `arena` it only measures. */
struct walk {
    struct text_plain *p;
    struct arena *arena;
    struct text_piece *pieces;
    uint32_t n;
    len64 x, joined;       /* the width so far; since the last place to break */
    len64 least;
};

static void advance(struct walk *w, const struct text_run *run, len width, bool space)
{
    if (w->arena) {
        w->pieces[w->n++] = (struct text_piece){
            .run = run, .to = run->n, .x = (len)w->x, .width = width,
            .flags = space ? TEXT_PIECE_SPACE : 0,
        };
    }
    w->x += width;
    w->joined += width;
    w->least = w->joined > w->least ? w->joined : w->least;
}

/* The widest part of a word that breaks inside, and the last part. */
static void advance_in_parts(struct walk *w, const struct text_word *word, len width)
{
    const struct text_run *run = word->segments[0].run;
    len64 before = w->joined, least = w->least;
    uint32_t from = 0;
    advance(w, run, width, false);
    w->joined = before;
    w->least = least;
    for (uint32_t i = 0; i <= word->n_cuts; i++) {
        bool last = i == word->n_cuts;
        if (!last && word->cuts[i].kind == TEXT_CUT_EMERGENCY) {
            continue;
        }
        uint32_t to = last ? run->n : word->cuts[i].glyph;
        w->joined += text_scale(text_advance(run, from, to), w->p->size, run->face->upem);
        w->least = w->joined > w->least ? w->joined : w->least;
        w->joined = last ? w->joined : 0;
        from = to;
    }
}

static bool add_word(struct walk *w, str text)
{
    struct text_plain *p = w->p;
    uint16_t upem = p->font->face->upem;
    if (text.n > LONG_WORD) {
        return false;
    }
    if (text.n > SHORT_WORD && p->atoms_usable && is_number(p, text)) {
        len width = text_scale(advance_of_number(p, text), p->size, upem);
        const struct text_run *run = w->arena ? run_of_number(p, text, w->arena) : NULL;
        advance(w, run, width, false);
        return true;
    }
    const struct text_word *word = find_word(p, text);
    if (!word) {
        return false;
    }
    len width = text_scale(word->segments[0].run->advance, p->size, upem);
    if (breaks_inside(word)) {
        advance_in_parts(w, word, width);
    } else {
        advance(w, word->segments[0].run, width, false);
    }
    return true;
}

static bool is_closer(char c)
{
    return c && strchr(")]}!?;:,/%", c);
}

/* The space before `at` is one that should not break: as is_tight of para.c has it. */
static bool is_tight(str text, char last, size_t at)
{
    if (last == '(' || last == '[' || last == '{') {
        return true;
    }
    char first = text.p[at], next = at + 1 < text.n ? text.p[at + 1] : ' ';
    bool ends = next == ' ' || next == '.' || is_closer(next);
    return is_closer(first) && (ends || first == '!' || first == '?' || first == ')');
}

static bool walk(struct walk *w, str text)
{
    struct text_plain *p = w->p;
    size_t at = 0;
    char last = 0;
    while (p->usable && at < text.n) {
        size_t from = at;
        while (at < text.n && p->kinds[(unsigned char)text.p[at]] == SPACE) {
            at++;
        }
        if (at == text.n) {
            return true;
        }
        if (at > from && last) {
            bool tight = is_tight(text, last, at);
            w->joined = tight ? w->joined : 0;
            advance(w, p->space, p->space_width, true);
            w->joined = tight ? w->joined : 0;
        }
        from = at;
        while (at < text.n && p->kinds[(unsigned char)text.p[at]] >= WORD) {
            at++;
        }
        if (at == from || !add_word(w, str_sub(text, from, at))) {
            return false;
        }
        last = text.p[at - 1];
    }
    return p->usable && w->x < LEN_MAX;
}

bool text_plain_measure(struct text_plain *p, str text, struct text_plain_size *out)
{
    struct walk w = {.p = p};
    if (!walk(&w, text)) {
        return false;
    }
    *out = (struct text_plain_size){(len)w.x, (len)w.least};
    return true;
}

bool text_plain_set(struct text_plain *p, str text, struct arena *a,
                    struct text_line *out)
{
    size_t room = 1; /* words and the spaces between them */
    for (size_t i = 0; i < text.n; i++) {
        room += text.p[i] == ' ' ? 2 : 0;
    }
    struct walk w = {.p = p, .arena = a};
    w.pieces = arena_alloc_raw(a, room * sizeof *w.pieces);
    if (!walk(&w, text)) {
        return false;
    }
    *out = (struct text_line){.pieces = w.pieces, .n = w.n, .width = (len)w.x};
    return true;
}

/* SPDX-License-Identifier: MIT
 *
 * In:  words as HarfBuzz shapes them. Out: words as it would shape them.
 *
 * Nothing is asked of HarfBuzz for the sake of a pair: a word that it shapes tells of all
 * pairs in it. A font is looked at once it has shaped so many runs that it pays. */
#include "text/pairs.h"

enum { WORTH = 256 };

struct pair {
    int16_t kern; /* what the first one's advance is more than usual */
    bool known, unsafe; /* to break between them */
};

struct table {
    struct text_plain plain;
    struct pair pairs[TEXT_PLAIN_N][TEXT_PLAIN_N];
};

struct text_pairs {
    uint32_t seen;       /* runs, until the font is looked at */
    struct table *table; /* NULL: not yet; or nothing can be known */
};

struct text_pairs *text_pairs_new(struct arena *a)
{
    return NEW(a, struct text_pairs);
}

static bool applies(const struct text_shape *shape)
{
    const struct text_font *f = shape->font;
    return !shape->rtl && shape->script == HB_SCRIPT_LATIN && shape->face == f->face &&
           f->caps != STYLE_CAPS_UPPER;
}

static unsigned index_of(char c)
{
    return (unsigned)(unsigned char)c - TEXT_PLAIN_FIRST;
}

/* Whether nothing but kerning acts on the text. */
static bool is_plain(const struct text_plain *plain, str text)
{
    unsigned before = TEXT_PLAIN_N;
    for (size_t i = 0; i < text.n; i++) {
        unsigned c = index_of(text.p[i]);
        if (c >= TEXT_PLAIN_N || !text_plain_has(&plain->usable, c) ||
            (before < TEXT_PLAIN_N && !text_plain_has(&plain->after[before], c))) {
            return false;
        }
        before = c;
    }
    return text.n > 0;
}

static bool all_known(const struct table *t, str text)
{
    for (size_t i = 1; i < text.n; i++) {
        if (!t->pairs[index_of(text.p[i - 1])][index_of(text.p[i])].known) {
            return false;
        }
    }
    return true;
}

struct text_shaped *text_pairs_shape(struct text_engine *e,
                                     const struct text_shape *shape, str text)
{
    const struct table *t = shape->font->pairs->table;
    if (!t || !applies(shape) || !is_plain(&t->plain, text) || !all_known(t, text)) {
        return NULL;
    }
    struct text_shaped *s = NEW(&e->words, struct text_shaped);
    struct text_glyph *glyphs = NEW_ARRAY(&e->words, struct text_glyph, text.n);
    int64_t sum = 0;
    for (size_t i = 0; i < text.n; i++) {
        unsigned c = index_of(text.p[i]);
        glyphs[i] = (struct text_glyph){.id = t->plain.glyphs[c], .cluster = (uint32_t)i,
                                        .advance = t->plain.advances[c]};
        if (i > 0) {
            const struct pair *pair = &t->pairs[index_of(text.p[i - 1])][c];
            glyphs[i - 1].advance += pair->kern;
            glyphs[i].flags = pair->unsafe ? TEXT_UNSAFE_TO_BREAK : 0;
            sum += pair->kern;
        }
        sum += t->plain.advances[c];
    }
    s->shape = *shape;
    s->run = (struct text_run){.face = shape->face, .text = text, .glyphs = glyphs,
                               .plain = true, .n = (uint32_t)text.n, .advance = sum};
    return s;
}

/* A look at the font says what can be known; here is seen that it is so. */
static bool is_expected(const struct table *t, const struct text_run *run)
{
    if (run->n != run->text.n || run->glyphs[0].flags) {
        return false;
    }
    for (uint32_t i = 0; i < run->n; i++) {
        const struct text_glyph *g = &run->glyphs[i];
        unsigned c = index_of(run->text.p[i]);
        int64_t kern = (int64_t)g->advance - t->plain.advances[c];
        if (g->id != t->plain.glyphs[c] || g->cluster != i || g->dx || g->dy ||
            kern < INT16_MIN || kern > INT16_MAX || (kern && i + 1 == run->n)) {
            return false;
        }
    }
    return true;
}

static void look(struct text_engine *e, const struct text_font *font)
{
    struct table *t = NEW(&e->arena, struct table);
    if (text_plain_find(font, &t->plain)) {
        font->pairs->table = t;
    }
}

void text_pairs_learn(struct text_engine *e, const struct text_shaped *shaped)
{
    const struct text_run *run = &shaped->run;
    struct text_pairs *p = shaped->shape.font->pairs;
    if (!applies(&shaped->shape)) {
        return;
    }
    if (p->seen < WORTH && ++p->seen == WORTH) {
        look(e, shaped->shape.font);
    }
    struct table *t = p->table;
    if (!t || !is_plain(&t->plain, run->text) || !is_expected(t, run)) {
        return;
    }
    for (uint32_t i = 1; i < run->n; i++) {
        unsigned a = index_of(run->text.p[i - 1]), b = index_of(run->text.p[i]);
        t->pairs[a][b] = (struct pair){
            (int16_t)(run->glyphs[i - 1].advance - t->plain.advances[a]), true,
            run->glyphs[i].flags & TEXT_UNSAFE_TO_BREAK};
    }
}

/* SPDX-License-Identifier: MIT
 *
 * A subset that was made before. What decides it is the face, which of its glyphs are
 * used, and for a simple font their codes, which its character map holds; that is the
 * key. What is kept is the font program and what making it told about each glyph. */
#include "pdf/font.h"

#include <string.h>

#include "pdf/shared.h"

struct key_head {
    uint32_t face;
    bool simple;
};

struct key_glyph {
    uint16_t id, code; /* in the face; code 0 where the subset gives it */
};

struct known_head {
    uint64_t hash;
    uint32_t program; /* bytes */
    bool simple;
};

struct known_glyph {
    uint16_t code, id;
    int32_t advance, width, error;
};

static void put(struct buf *b, const void *p, size_t n)
{
    buf_put(b, (str){p, n});
}

static str key_of(const struct pdf_font *font, struct arena *a)
{
    struct buf b;
    struct key_head head;
    memset(&head, 0, sizeof head); /* what lies between members is part of the key */
    head.face = font->face->id;
    head.simple = font->simple;
    buf_init(&b, a);
    put(&b, &head, sizeof head);
    for (size_t i = 0; i < font->glyphs.n; i++) {
        uint16_t id = font->ids[i], code = font->simple ? pdf_glyph(font, id)->code : 0;
        put(&b, &(struct key_glyph){id, code}, sizeof(struct key_glyph));
    }
    return buf_str(&b);
}

static void keep(struct cache *c, str key, const struct pdf_font *font,
                 const struct pdf_subset *s, struct arena *a)
{
    if (!cache_wants(c, key)) {
        return;
    }
    struct buf b;
    struct known_head head = {s->hash, (uint32_t)s->program.n, font->simple};
    buf_init(&b, a);
    put(&b, &head, sizeof head);
    for (size_t i = 0; i < s->n; i++) {
        const struct pdf_glyph *g = s->glyphs[i];
        struct known_glyph known = {g->code, g->id, g->advance, g->width, g->error};
        put(&b, &known, sizeof known);
    }
    buf_put(&b, s->program);
    cache_put(c, key, buf_str(&b));
}

static void recall(const char *p, struct pdf_font *font, struct arena *a,
                   struct pdf_subset *out)
{
    const struct known_head *head = (const void *)p;
    const struct known_glyph *known = (const void *)(head + 1);
    *out = (struct pdf_subset){0};
    out->glyphs = NEW_ARRAY(a, struct pdf_glyph *, font->glyphs.n);
    for (size_t i = 0; i < font->glyphs.n; i++, known++) {
        struct pdf_glyph *g = pdf_glyph(font, font->ids[i]);
        g->code = known->code;
        g->id = known->id;
        g->advance = known->advance;
        g->width = known->width;
        g->error = known->error;
        out->glyphs[out->n++] = g;
    }
    out->hash = head->hash;
    out->program = (str){(const char *)known, head->program};
    font->simple = head->simple;
}

static char *put_escaped(char *q, uint8_t byte)
{
    static const char ESCAPES[256] = {
        ['('] = '(', [')'] = ')', ['\\'] = '\\', ['\r'] = 'r'};
    if (ESCAPES[byte]) {
        *q++ = '\\';
    }
    *q++ = ESCAPES[byte] ? ESCAPES[byte] : (char)byte;
    return q;
}

/* Once for every glyph, not wherever it is shown. */
static void spell_codes(struct pdf_font *font)
{
    for (size_t i = 0; i < font->glyphs.n; i++) {
        struct pdf_glyph *g = &font->glyphs.v[i];
        char *q = g->shown;
        if (!font->simple) {
            q = put_escaped(q, (uint8_t)(g->code >> 8));
        }
        q = put_escaped(q, (uint8_t)g->code);
        g->n_shown = (uint8_t)(q - g->shown);
    }
}

bool pdf_subset_find(struct pdf_shared *shared, struct pdf_font *font, struct arena *a,
                     struct pdf_subset *out)
{
    str key = key_of(font, a);
    const str *known = cache_find(&shared->subsets, key);
    if (known) {
        recall(known->p, font, a, out);
    } else if (pdf_subset_make(font, a, out)) {
        keep(&shared->subsets, key, font, out, a);
    } else {
        return false;
    }
    out->key = key;
    spell_codes(font);
    return true;
}

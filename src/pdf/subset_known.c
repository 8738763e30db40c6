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
    uint32_t size, packed; /* bytes of the program, and of what is kept of it */
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
    struct buf b;
    struct known_head head = {s->hash, (uint32_t)s->size, (uint32_t)s->program.n,
                              font->simple};
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
    out->size = head->size;
    out->program = (str){(const char *)known, head->packed};
    font->simple = head->simple;
}

static bool make_packed(struct pdf_shared *shared, struct pdf_font *font,
                        struct arena *a, struct pdf_subset *out)
{
    struct buf room;
    buf_init(&room, a);
    if (!pdf_subset_make(font, a, out)) {
        return false;
    }
    out->program = pdf_shared_deflate_well(shared, out->program, &room);
    return true;
}

bool pdf_subset_find(const struct pdf_save *save, struct pdf_font *font, struct arena *a,
                     struct pdf_subset *out)
{
    if (!save->compress) {
        return pdf_subset_make(font, a, out);
    }
    struct cache *c = &save->shared->subsets;
    str key = key_of(font, a);
    const str *known = cache_find(c, key);
    if (known) {
        recall(known->p, font, a, out);
        return true;
    }
    if (!make_packed(save->shared, font, a, out)) {
        return false;
    }
    keep(c, key, font, out, a);
    return true;
}

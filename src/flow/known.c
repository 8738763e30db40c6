/* SPDX-License-Identifier: MIT
 *
 * Paragraphs that were set before. Notes of one kind have most of their text in common;
 * what took most of their time, shaping and breaking it, need not be done again.
 *
 * A paragraph's lines follow from its text, its spans' styles, languages and kinds, and
 * its measure: that is the key. Styles stand for themselves: those of a layout live as
 * long as the engine and never change (a paragraph with another one is not kept, nor one
 * with pictures in its lines). What spans lead to, notes, links, anchors, elements, is
 * not part of its lines. The pieces point at shaped words, so all is forgotten when the
 * words are. Nothing is kept once the text had something to report: it is to be reported
 * for every note.
 *
 * A note makes at most NOTE_SHARE bytes known: a long one would push out all others. A
 * paragraph is kept when it is set for the second time. */
#include "flow/paragraph.h"

#include <stdlib.h>
#include <string.h>

#include "base/cache.h"
#include "flow/flow.h"

enum { BUDGET = 2 << 20, NOTE_SHARE = 256 << 10 };

struct flow_known {
    struct cache cache;
    uint64_t age; /* of the words that the pieces point at */
};

struct flow_known *flow_known_new(void)
{
    struct flow_known *k = calloc(1, sizeof *k);
    if (!k) {
        oom_report(sizeof *k);
    }
    cache_init(&k->cache, BUDGET);
    return k;
}

void flow_known_free(struct flow_known *k)
{
    if (k) {
        cache_done(&k->cache);
        free(k);
    }
}

/* --- keys --- */

struct key_head {
    const struct layout *layout;
    const struct style *style;
    len width, first, rest;
    bool restart;
};

struct key_span {
    const struct style *style;
    size_t text, lang; /* bytes */
    uint32_t flags;
};

static void put(struct buf *b, const void *p, size_t n)
{
    buf_put(b, (str){p, n});
}

/* What lies between the members is part of the key, too, and must not be chance. */
static void put_head(struct buf *b, const struct flow *f, const struct flow_setting *s)
{
    struct key_head head;
    memset(&head, 0, sizeof head);
    head.layout = f->layout;
    head.style = s->box->style;
    head.width = s->width;
    head.first = s->shape.first;
    head.rest = s->shape.rest;
    head.restart = s->shape.restart;
    put(b, &head, sizeof head);
    buf_put(b, s->lang);
    buf_char(b, '\0');
}

static void put_span(struct buf *b, const struct text_span *span)
{
    struct key_span key;
    memset(&key, 0, sizeof key);
    key.style = span->style;
    key.text = span->text.n;
    key.lang = span->lang.n;
    key.flags = span->flags;
    put(b, &key, sizeof key);
    buf_put(b, span->lang);
    buf_put(b, span->text);
}

/* False if the paragraph cannot be known. */
static bool make_key(const struct flow *f, const struct flow_setting *s, struct buf *b)
{
    const struct text_span *spans = s->spans;
    bool lasting = style_is_computed(f->layout, s->box->style);
    size_t size = sizeof(struct key_head) + s->lang.n + 1;
    for (size_t i = 0; i < s->box->spans.n && lasting; i++) {
        lasting = !spans[i].object && style_is_computed(f->layout, spans[i].style);
        size += sizeof(struct key_span) + spans[i].lang.n + spans[i].text.n;
    }
    if (!lasting) {
        return false;
    }
    buf_room(b, size);
    put_head(b, f, s);
    for (size_t i = 0; i < s->box->spans.n; i++) {
        put_span(b, &spans[i]);
    }
    return true;
}

/* --- values: the head, the lines, the pieces and orders of all of them --- */

struct value_head {
    size_t n;
    bool rtl;
};

static size_t size_of_order(const struct text_line *line)
{
    return line->order ? line->n * sizeof *line->order : 0;
}

static void put_value(struct buf *b, const struct flow_text *p)
{
    struct value_head head = {p->n, p->rtl};
    put(b, &head, sizeof head);
    put(b, p->v, p->n * sizeof *p->v);
    for (size_t i = 0; i < p->n; i++) {
        const struct text_line *line = &p->v[i].text;
        put(b, line->pieces, line->n * sizeof *line->pieces);
    }
    for (size_t i = 0; i < p->n; i++) {
        put(b, p->v[i].text.order, size_of_order(&p->v[i].text));
    }
}

static void *take(struct arena *a, const char **p, size_t size)
{
    void *copy = arena_copy(a, *p, size);
    *p += size;
    return copy;
}

static void read_value(struct flow *f, const char *p, struct flow_text *out)
{
    const struct value_head *head = (const void *)p;
    p += sizeof *head;
    *out = (struct flow_text){.rtl = head->rtl, .n = head->n};
    out->v = take(&f->scratch, &p, head->n * sizeof *out->v);
    for (size_t i = 0; i < out->n; i++) {
        struct text_line *line = &out->v[i].text;
        line->pieces = take(f->arena, &p, line->n * sizeof *line->pieces);
    }
    for (size_t i = 0; i < out->n; i++) {
        struct text_line *line = &out->v[i].text;
        line->order = line->order ? take(f->arena, &p, size_of_order(line)) : NULL;
    }
}

/* --- */

/* False if shaping text reported something, which it does once for all of a note. */
static bool is_quiet(const struct diag_sink *sink)
{
    static const enum diag_code CODES[] = {DIAG_NO_FONT, DIAG_BAD_FONT, DIAG_NO_GLYPH,
                                           DIAG_NO_HYPHENATION, DIAG_TOO_LARGE};
    size_t reports = 0;
    for (size_t i = 0; i < sizeof CODES / sizeof *CODES; i++) {
        reports += sink->per_code[CODES[i]];
    }
    return reports == 0;
}

static void forget_with_words(struct flow *f)
{
    uint64_t age = text_engine_age(f->engine);
    if (f->known->age != age) {
        cache_clear(&f->known->cache);
        f->known->age = age;
    }
}

bool flow_known_find(struct flow *f, const struct flow_setting *s,
                     struct flow_text *out)
{
    if (!f->known || f->new_paragraphs > NOTE_SHARE) {
        return false;
    }
    forget_with_words(f);
    struct buf key;
    buf_init(&key, &f->scratch);
    const str *found =
        make_key(f, s, &key) ? cache_find(&f->known->cache, buf_str(&key)) : NULL;
    if (found) {
        read_value(f, found->p, out);
    }
    return found;
}

void flow_known_keep(struct flow *f, const struct flow_setting *s,
                     const struct flow_text *p)
{
    struct buf key, value;
    buf_init(&key, &f->scratch);
    buf_init(&value, &f->scratch);
    if (f->known && f->new_paragraphs <= NOTE_SHARE && is_quiet(f->sink) &&
        make_key(f, s, &key)) {
        if (cache_wants(&f->known->cache, buf_str(&key))) {
            put_value(&value, p);
            cache_put(&f->known->cache, buf_str(&key), buf_str(&value));
        }
        f->new_paragraphs += key.n + value.n;
    }
}

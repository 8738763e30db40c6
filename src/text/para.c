/* SPDX-License-Identifier: MIT
 *
 * In:  spans. Out: a paragraph of boxes, glue and breaks.
 *
 * One pass over the bytes: white space collapses into glue, everything between is a
 * word. Nearly every word is short, in one span and in the cache: then its items are
 * copied from there. All others go to long.c. */
#include "text/para.h"

#include <string.h>

#include "base/utf8.h"

/* What a character is to a paragraph. */
enum char_kind {
    CHAR_WORD,
    CHAR_SPACE,
    CHAR_NO_BREAK_SPACE, /* U+00A0 */
    CHAR_FIXED_SPACE,    /* U+2000 and its like: breaks, never stretches */
    CHAR_FORCED,         /* U+2028 */
    CHAR_INVISIBLE,      /* U+00AD, U+200B: in a word, but not shown */
    CHAR_LOOK,           /* first byte of one that may be special */
};

static const uint8_t FIRST_BYTE[256] = {
    ['\t'] = CHAR_SPACE, ['\n'] = CHAR_SPACE, ['\v'] = CHAR_SPACE, ['\f'] = CHAR_SPACE,
    ['\r'] = CHAR_SPACE, [' '] = CHAR_SPACE,  [0xC2] = CHAR_LOOK,  [0xE2] = CHAR_LOOK,
    [0xE3] = CHAR_LOOK,
};

enum { LONG_WORD = 64, TAB_WIDTH = 8, MIN_CAPITALS = 40 };

static enum char_kind look(uint32_t c)
{
    switch (c) {
    case 0x85: return CHAR_SPACE;
    case 0xA0: return CHAR_NO_BREAK_SPACE;
    case 0xAD: case 0x200B: return CHAR_INVISIBLE;
    case 0x2028: case 0x2029: return CHAR_FORCED;
    case 0x2007: case 0x202F: return CHAR_WORD; /* no-break: glyphs like others */
    case 0x205F: case 0x3000: return CHAR_FIXED_SPACE;
    default: return c >= 0x2000 && c <= 0x200A ? CHAR_FIXED_SPACE : CHAR_WORD;
    }
}

/* The kind of the character at `at`, and where the next one begins. */
static enum char_kind kind_at(str text, size_t at, size_t *next)
{
    enum char_kind kind = FIRST_BYTE[(unsigned char)text.p[at]];
    *next = at + 1;
    if (kind == CHAR_LOOK) {
        *next = at;
        return look(utf8_next(text, next));
    }
    return kind;
}

/* Where the word that begins at `at` ends; `*plain` if nothing in it is invisible. */
static size_t end_of_word(str text, size_t at, bool *plain)
{
    *plain = true;
    while (at < text.n) {
        size_t next = at + 1;
        if (FIRST_BYTE[(unsigned char)text.p[at]] != CHAR_WORD) {
            enum char_kind kind = kind_at(text, at, &next);
            if (kind == CHAR_INVISIBLE) {
                *plain = false;
            } else if (kind != CHAR_WORD) {
                break;
            }
        }
        at = next;
    }
    return at;
}

/* Glue of the span's space, or of a run of its own. */
static struct text_item *add_glue(struct text_builder *b, uint32_t span, size_t from,
                                  size_t to, const struct text_run *run)
{
    const struct text_span_info *info = text_span_info(b, span);
    struct text_item *item = text_add_item(b);
    item->kind = TEXT_GLUE;
    item->level = b->levels ? b->levels[from] : 0;
    item->span = span;
    item->from = (uint32_t)from;
    item->to = (uint32_t)to;
    item->run = run ? run : info->space;
    item->glyph_to = item->run->n;
    item->width = info->space_width;
    return item;
}

static bool is_closer(uint32_t c)
{
    return c == ')' || c == ']' || c == '}' || c == '!' || c == '?' || c == ';' ||
           c == ':' || c == ',' || c == '/' || c == '%' || c == 0x3001 || c == 0x3002;
}

/* A space that the author should have made a no-break one (LB13 to LB15): behind an
 * opening bracket or a lone opening quote, before punctuation, a lone closing quote or a
 * dash between spaces, which ends a line and does not begin one. */
static bool is_tight(str text, size_t before, size_t after)
{
    size_t at = before, next = after;
    uint32_t last = before ? utf8_prev(text, &at) : 0;
    uint32_t first = utf8_next(text, &next);
    if (last == '(' || last == '[' || last == '{') {
        return true;
    }
    bool alone = at == 0 || FIRST_BYTE[(unsigned char)text.p[at - 1]] == CHAR_SPACE;
    if (alone && (last == 0xAB || last == 0x2039)) {
        return true;
    }
    size_t behind;
    bool ends = next >= text.n || kind_at(text, next, &behind) != CHAR_WORD ||
                is_closer((unsigned char)text.p[next]) || text.p[next] == '.';
    bool dash = first == 0x2013 || first == 0x2014;
    bool alone_too = dash || first == 0xBB || first == 0x203A;
    return is_closer(first) ? ends || first == '!' || first == '?' || first == ')'
                            : ends && alone_too;
}

/* The space that waited, before what begins at `at`. */
static void add_pending(struct text_builder *b, size_t at)
{
    if (!b->has_pending) {
        return;
    }
    b->has_pending = false;
    const struct text_span_info *info = text_span_info(b, b->pending_span);
    if (b->at_start || !info->font->face) {
        return;
    }
    struct text_item *item = add_glue(b, b->pending_span, b->pending, at, NULL);
    item->stretch = info->space_stretch;
    item->shrink = info->space_shrink;
    item->no_break = is_tight(b->para->text, b->pending, at);
    if (info->sentence_space && text_is_between_sentences(b, b->pending, at)) {
        item->width += info->sentence_space;
    }
}

static void add_short_word(struct text_builder *b, size_t from, size_t to)
{
    const struct text_span_info *info = text_span_info(b, b->span);
    if (!info->font->face) {
        return;
    }
    uint8_t level = b->levels ? b->levels[from] : 0;
    uint8_t flags = (uint8_t)(info->flags | (level % 2 ? TEXT_WORD_RTL : 0));
    const struct text_word *w = text_word_find(
        b->e, info->font, (str){b->para->text.p + from, to - from}, flags);
    struct text_word_place place = {b->span, level, from, NULL};
    text_add_word(b, w, w->cuts, w->n_cuts, &place);
}

static bool one_level(const struct text_builder *b, size_t from, size_t to)
{
    for (size_t i = from + 1; b->levels && i < to; i++) {
        if (b->levels[i] != b->levels[from]) {
            return false;
        }
    }
    return true;
}

/* What a picture stands in the middle of is two words. */
static size_t end_before_object(const struct text_builder *b, size_t to)
{
    for (uint32_t s = b->span + 1; s < b->request->n && b->starts[s] < to; s++) {
        if (b->request->spans[s].object) {
            return b->starts[s];
        }
    }
    return to;
}

static size_t add_word(struct text_builder *b, size_t from)
{
    bool plain;
    size_t to = end_of_word(b->para->text, from, &plain);
    to = b->has_objects ? end_before_object(b, to) : to;
    add_pending(b, from);
    b->at_start = false;
    if (plain && to - from <= LONG_WORD && to <= b->starts[b->span + 1] &&
        one_level(b, from, to)) {
        add_short_word(b, from, to);
    } else {
        text_add_long_word(b, from, to);
    }
    return to;
}

static void add_forced(struct text_builder *b, size_t from, size_t to)
{
    struct text_item *item = text_add_item(b);
    item->kind = TEXT_BREAK;
    item->flags = TEXT_BREAK_FORCED;
    item->span = b->span;
    item->from = (uint32_t)from;
    item->to = (uint32_t)to;
    item->level = b->para->rtl;
    if (to > from && !(b->request->spans[b->span].flags & TEXT_SPAN_VERBATIM)) {
        item->run = text_span_info(b, b->span)->space; /* is read between the lines */
        item->glyph_to = item->run->n;
    }
    b->at_start = true;
    b->has_pending = false;
    b->column_at = to;
    b->column = 0;
}

/* Columns up to the next tab stop, at `at` of a verbatim line. */
static size_t tab_columns(struct text_builder *b, size_t at)
{
    while (b->column_at < at) {
        if (b->para->text.p[b->column_at] == '\t') {
            b->column = (b->column / TAB_WIDTH + 1) * TAB_WIDTH;
            b->column_at++;
        } else {
            utf8_next(b->para->text, &b->column_at);
            b->column++;
        }
    }
    return TAB_WIDTH - b->column % TAB_WIDTH;
}

/* Spaces of code keep their number and width. At a line's start they are boxes, because
 * glue would vanish there. */
static void add_verbatim_space(struct text_builder *b, size_t at)
{
    const struct text_span_info *info = text_span_info(b, b->span);
    char c = b->para->text.p[at];
    add_pending(b, at);
    if (c == '\n' || !info->font->face) {
        add_forced(b, at, at + 1);
        return;
    }
    struct text_item *item = add_glue(b, b->span, at, at + 1, NULL);
    if (c == '\t') {
        item->width *= (len)tab_columns(b, at);
    }
    if (b->at_start) {
        item->kind = TEXT_BOX;
        item->run_to = 1;
    }
}

/* A space of its own kind: its glyph, or what HarfBuzz makes of the space. */
static void add_special_space(struct text_builder *b, size_t from, size_t to,
                              enum char_kind kind)
{
    add_pending(b, from);
    b->at_start = false;
    const struct text_span_info *info = text_span_info(b, b->span);
    if (!info->font->face) {
        return;
    }
    const struct text_font *font = info->font;
    struct text_shape shape = {font, font->face, font->lang_script, false};
    const struct text_run *run =
        text_piece_find(b->e, &shape, str_sub(b->para->text, from, to));
    struct text_item *item = add_glue(b, b->span, from, to, run);
    if (kind == CHAR_NO_BREAK_SPACE) {
        bool fixed = info->flags & TEXT_WORD_VERBATIM;
        item->stretch = fixed ? 0 : info->space_stretch;
        item->shrink = fixed ? 0 : info->space_shrink;
        item->no_break = true;
    } else {
        item->width =
            text_scale(run->advance, info->size, info->upem) + info->letter_space;
    }
}

static void add_space(struct text_builder *b, size_t at)
{
    const struct text_span *s = &b->request->spans[b->span];
    if ((s->flags & TEXT_SPAN_VERBATIM) && b->para->text.p[at] != '\r') {
        add_verbatim_space(b, at);
    } else if (!b->has_pending) {
        b->has_pending = true;
        b->pending = at;
        b->pending_span = b->span;
    }
}

static size_t add_character(struct text_builder *b, size_t at)
{
    size_t next;
    enum char_kind kind = kind_at(b->para->text, at, &next);
    switch (kind) {
    case CHAR_SPACE:
        add_space(b, at);
        return next;
    case CHAR_NO_BREAK_SPACE:
    case CHAR_FIXED_SPACE:
        add_special_space(b, at, next, kind);
        return next;
    case CHAR_FORCED:
        add_forced(b, at, next);
        return next;
    default:
        return add_word(b, at);
    }
}

/* Like a letter: the line does not end beside it, but where nothing else helps. */
static size_t add_object(struct text_builder *b, size_t from)
{
    size_t to = b->starts[b->span + 1];
    bool follows = !b->at_start && !b->has_pending;
    add_pending(b, from);
    b->at_start = false;
    const struct text_span_info *info = text_span_info(b, b->span);
    if (!info->font->face) {
        return to;
    }
    if (follows) {
        struct text_item *cut = text_add_item(b);
        cut->kind = TEXT_BREAK;
        cut->flags = TEXT_BREAK_EMERGENCY;
        cut->span = b->span;
        cut->from = cut->to = (uint32_t)from;
        cut->level = b->levels ? b->levels[from] : 0;
        b->para->has_emergency = true;
    }
    struct text_item *item = text_add_item(b);
    item->kind = TEXT_BOX;
    item->level = b->levels ? b->levels[from] : 0;
    item->span = b->span;
    item->from = (uint32_t)from;
    item->to = (uint32_t)to;
    item->run = info->space; /* for its face */
    item->width = b->request->spans[b->span].object->width;
    return to;
}

static str join_spans(const struct text_para_request *r, struct arena *a, size_t *starts)
{
    size_t n = 0;
    for (size_t i = 0; i < r->n; i++) {
        starts[i] = n;
        n += r->spans[i].text.n;
    }
    starts[r->n] = n;
    if (r->n == 1) {
        return r->spans[0].text;
    }
    char *p = arena_alloc_raw(a, n + 1);
    for (size_t i = 0; i < r->n; i++) {
        if (r->spans[i].text.n) {
            memcpy(p + starts[i], r->spans[i].text.p, r->spans[i].text.n);
        }
    }
    p[n] = '\0';
    return (str){p, n};
}

static void find_levels(struct text_builder *b)
{
    struct text_para *p = b->para;
    bool rtl = text_lang_is_rtl(p->lang);
    if (p->text.n && (rtl || text_needs_bidi(p->text))) {
        b->levels = NEW_ARRAY(&b->e->scratch, uint8_t, p->text.n);
        p->rtl = text_bidi_levels(b->e, p->text, rtl, b->levels);
    } else {
        p->rtl = rtl;
    }
}

const struct text_run *text_lone_word(struct text_engine *e,
                                      const struct text_para_request *r)
{
    const struct text_span *s = r->spans;
    if (r->n != 1 || r->hyphenate || s->object || (s->flags & TEXT_SPAN_URL) ||
        (s->lang.n && !str_eq(s->lang, r->lang))) {
        return NULL;
    }
    str text = s->text;
    while (text.n && text.p[text.n - 1] == ' ') {
        text.n--; /* vanishes at the line's end */
    }
    bool plain;
    bool lone = text.n > 0 && text.n <= LONG_WORD && !text_needs_bidi(text) &&
                end_of_word(text, 0, &plain) == text.n && plain;
    struct text_font *font = lone ? text_font_find(e, s->style, r->lang) : NULL;
    if (!font || !font->face || text_script_is_rtl(font->lang_script)) {
        return NULL;
    }
    uint8_t flags = s->flags & TEXT_SPAN_VERBATIM ? TEXT_WORD_VERBATIM : 0;
    const struct text_word *w = text_word_find(e, font, text, flags);
    bool whole = w->n_segments == 1 && w->n_missing == 0 && w->segments[0].run->n > 0;
    return whole ? w->segments[0].run : NULL;
}

/* Acronyms are not divided, but words that are in capitals like all around them are. */
static bool is_in_capitals(str text)
{
    size_t capitals = 0, small = 0;
    for (size_t i = 0; i < text.n; i++) {
        capitals += text.p[i] >= 'A' && text.p[i] <= 'Z';
        small += text.p[i] >= 'a' && text.p[i] <= 'z';
    }
    return capitals >= MIN_CAPITALS && small < capitals / 8;
}

struct text_para *text_para_new(struct text_engine *e, const struct text_para_request *r,
                                struct arena *a, struct diag_sink *sink)
{
    struct arena_mark mark = arena_mark(&e->scratch);
    struct text_para *p = NEW(a, struct text_para);
    struct text_builder b = {.e = e, .request = r, .para = p, .a = a, .sink = sink,
                             .at_start = true};
    b.starts = NEW_ARRAY(&e->scratch, size_t, r->n + 1);
    b.infos = NEW_ARRAY(&e->scratch, struct text_span_info, r->n);
    p->spans = r->spans;
    p->n_spans = r->n;
    p->lang = r->lang;
    p->hyphenate = r->hyphenate;
    p->text = join_spans(r, a, b.starts);
    b.capitals = r->hyphenate && is_in_capitals(p->text);
    find_levels(&b);
    for (size_t i = 0; i < r->n && !b.has_objects; i++) {
        b.has_objects = r->spans[i].object != NULL;
    }
    for (size_t at = 0; at < p->text.n;) {
        while (at >= b.starts[b.span + 1]) {
            b.span++;
        }
        at = r->spans[b.span].object ? add_object(&b, at) : add_character(&b, at);
    }
    add_forced(&b, p->text.n, p->text.n);
    arena_rewind(&e->scratch, mark);
    return p;
}

/* SPDX-License-Identifier: MIT
 *
 * In: pages. Out: fonts with their used glyphs and the text of each. One walk over all
 * glyphs. A glyph that is met with different texts keeps the one that most documents
 * mean: the shorter, then the smaller, so that a space is U+0020 and not U+00A0, in
 * whatever order they come. */
#include "pdf/glyphs.h"

#include "base/utf8.h"

enum { WORD_BITS = 64 };

static struct pdf_font *font_add(struct pdf_fonts *fonts, const struct text_face *face)
{
    struct pdf_font *font = NEW(fonts->arena, struct pdf_font);
    font->face = face;
    font->slots = NEW_ARRAY(fonts->arena, uint16_t, face->n_glyphs);
    font->plain = NEW_ARRAY(fonts->arena, char, face->n_glyphs);
    font->used = NEW_ARRAY(fonts->arena, uint64_t, face->n_glyphs / WORD_BITS + 1);
    font->index = (uint32_t)fonts->list.n;
    vec_push(fonts->arena, &fonts->list, font);
    return font;
}

struct pdf_font *pdf_font_find(struct pdf_fonts *fonts, const struct text_face *face)
{
    if (fonts->last && fonts->last->face == face) {
        return fonts->last;
    }
    for (size_t i = 0; i < fonts->list.n; i++) {
        if (fonts->list.v[i]->face == face) {
            return fonts->last = fonts->list.v[i];
        }
    }
    return NULL;
}

static struct pdf_font *font_of(struct pdf_fonts *fonts, const struct text_face *face)
{
    struct pdf_font *font = pdf_font_find(fonts, face);
    return font ? font : (fonts->last = font_add(fonts, face));
}

struct pdf_cluster pdf_cluster_at(const struct text_piece *piece, uint32_t from)
{
    const struct text_run *run = piece->run;
    const struct text_glyph *glyphs = run->glyphs;
    uint32_t start = glyphs[from].cluster, to = from + 1;
    while (to < piece->to && glyphs[to].cluster == start) {
        to++;
    }
    size_t end = run->text.n;
    if (run->rtl) {
        uint32_t i = from; /* the text behind this cluster stands left of it */
        while (i > 0 && glyphs[i - 1].cluster <= start) {
            i--;
        }
        end = i > 0 ? glyphs[i - 1].cluster : end;
    } else {
        uint32_t i = to;
        while (i < run->n && glyphs[i].cluster <= start) {
            i++;
        }
        end = i < run->n ? glyphs[i].cluster : end;
    }
    return (struct pdf_cluster){from, to, str_sub(run->text, start, end)};
}

static bool is_single(str text)
{
    size_t at = 0;
    if (!text.n) {
        return false;
    }
    utf8_next(text, &at);
    return at == text.n;
}

/* A no-break space reads as a space: that is what one wants to copy, and the line is
 * broken already. */
static str plain_space(str text)
{
    bool no_break = str_eq(text, STR("\xC2\xA0")) || str_eq(text, STR("\xE2\x80\xAF"));
    return no_break ? STR(" ") : text;
}

/* The text that glyph `i` of a cluster shows by itself; false if that cannot be said. */
static bool share(const struct text_run *run, const struct pdf_cluster *c, uint32_t i,
                  str *out)
{
    uint32_t n = c->to - c->from;
    if (n == 1) {
        *out = plain_space(c->text);
        return c->text.n > 0;
    }
    if (utf8_count(c->text) != n) {
        return false;
    }
    uint32_t wanted = run->rtl ? c->to - 1 - i : i - c->from;
    size_t from = 0, to = 0;
    for (uint32_t k = 0; k <= wanted; k++) {
        from = to;
        utf8_next(c->text, &to);
    }
    *out = str_sub(c->text, from, to);
    return true;
}

bool pdf_cluster_reads(const struct pdf_font *font, const struct text_run *run,
                       const struct pdf_cluster *c)
{
    for (uint32_t i = c->from; i < c->to; i++) {
        str text;
        if (!share(run, c, i, &text) ||
            !str_eq(pdf_glyph(font, run->glyphs[i].id)->text, text)) {
            return false;
        }
    }
    return true;
}

static bool reads_better(str a, str b)
{
    bool single_a = is_single(a), single_b = is_single(b);
    if (single_a != single_b) {
        return single_a;
    }
    return a.n != b.n ? a.n < b.n : str_compare(a, b) < 0;
}

static void use_glyph(struct pdf_font *font, uint32_t id, struct arena *a)
{
    if (!font->slots[id]) {
        vec_push(a, &font->glyphs, (struct pdf_glyph){0});
        font->slots[id] = (uint16_t)font->glyphs.n;
        font->used[id / WORD_BITS] |= (uint64_t)1 << id % WORD_BITS;
    }
}

static char plain_character(str text, bool guessed)
{
    return !guessed && text.n == 1 && (unsigned char)text.p[0] < 128 ? text.p[0] : '\0';
}

/* What a glyph reads as here, beside what it read as elsewhere. */
static void name_glyph(struct pdf_font *font, uint32_t id, str text, bool guessed,
                       struct arena *a)
{
    struct pdf_glyph *g = pdf_glyph(font, id);
    bool known = g->guessed == guessed && str_eq(g->text, text); /* almost always */
    bool better = guessed ? !g->text.n
                          : !g->text.n || g->guessed || reads_better(text, g->text);
    font->plain[id] = !g->text.n ? plain_character(text, guessed)
                      : known    ? font->plain[id]
                                 : '\0';
    font->mixed = font->mixed || (!known && g->text.n);
    if (!known && better) {
        g->text = str_copy(a, text); /* the run may be gone with its page */
        g->guessed = guessed;
    }
}

static void collect_cluster(struct pdf_font *font, const struct text_run *run,
                            const struct pdf_cluster *c, struct arena *a)
{
    for (uint32_t i = c->from; i < c->to; i++) {
        uint32_t id = run->glyphs[i].id;
        str text;
        use_glyph(font, id, a);
        if (share(run, c, i, &text)) {
            name_glyph(font, id, text, false, a);
        } else if (i == c->from) {
            name_glyph(font, id, c->text, true, a);
        }
    }
}

/* Where the first glyph is of which something may be new. */
static uint32_t pass_known(const struct pdf_font *font, const struct text_piece *piece)
{
    const struct text_glyph *glyphs = piece->run->glyphs;
    const char *text = piece->run->text.p, *plain = font->plain;
    uint32_t i = piece->from, to = piece->run->plain ? piece->to : i;
    while (i < to && plain[glyphs[i].id] == text[i]) {
        i++;
    }
    return i;
}

/* True if there is nothing new in glyph `i`, which is the first of its cluster. */
static bool is_known(const struct pdf_font *font, const struct text_run *run, uint32_t i)
{
    return pdf_glyph_is(font, run->glyphs[i].id, pdf_plain_character(run, i));
}

static void collect_item(struct pdf_fonts *fonts, const struct page_item *item)
{
    struct pdf_font *font = NULL;
    for (uint32_t p = 0; p < item->as.text.n; p++) {
        const struct text_piece *piece = &item->as.text.pieces[p];
        if (piece->from == piece->to) {
            continue; /* nor is a font made for nothing */
        }
        font = font ? font : font_of(fonts, item->as.text.face);
        for (uint32_t i = pass_known(font, piece); i < piece->to;) {
            if (is_known(font, piece->run, i)) {
                i++;
                continue;
            }
            struct pdf_cluster c = pdf_cluster_at(piece, i);
            collect_cluster(font, piece->run, &c, fonts->arena);
            i = c.to;
        }
    }
}

/* The used glyphs in their order. */
static void list_ids(struct pdf_font *font, struct arena *a)
{
    font->ids = NEW_ARRAY(a, uint16_t, font->glyphs.n);
    size_t n = 0;
    for (uint32_t w = 0; w <= font->face->n_glyphs / WORD_BITS; w++) {
        for (uint64_t bits = font->used[w]; bits; bits &= bits - 1) {
            font->ids[n++] = (uint16_t)(w * WORD_BITS + (uint32_t)__builtin_ctzll(bits));
        }
    }
}

/* Glyphs that only stand among others for a text which none of them is must still read
 * as something: the place itself says as what. */
static void name_nameless(struct pdf_fonts *fonts)
{
    for (size_t i = 0; i < fonts->list.n; i++) {
        struct pdf_font *font = fonts->list.v[i];
        for (size_t k = 0; k < font->glyphs.n; k++) {
            if (!font->glyphs.v[k].text.n) {
                font->glyphs.v[k].text = STR("\xE2\x80\x8B"); /* zero-width space */
            }
        }
    }
}

void pdf_glyphs_init(struct pdf_fonts *fonts, struct arena *a)
{
    *fonts = (struct pdf_fonts){.arena = a};
}

void pdf_glyphs_add(struct pdf_fonts *fonts, const struct text_face *face, uint32_t id,
                    str text, bool guessed)
{
    struct pdf_font *font = font_of(fonts, face);
    use_glyph(font, id, fonts->arena);
    if (text.n) {
        name_glyph(font, id, text, guessed, fonts->arena);
    }
    font->mixed = true; /* what it was met with is not known here */
    font->plain[id] = '\0';
}

static void collect_marks(struct pdf_fonts *fonts, const struct page *page)
{
    for (size_t i = 0; i < page->marks.n; i++) {
        if (page->marks.v[i].kind == PAGE_TEXT) {
            collect_item(fonts, &page->marks.v[i]);
        }
    }
}

void pdf_glyphs_of_pages(struct pdf_fonts *fonts, const struct page_list *pages)
{
    struct arena made;
    arena_init(&made);
    for (size_t p = 0; p < pages->pages.n; p++) {
        struct page room;
        const struct page *page = page_open(&pages->pages.v[p], &made, &room);
        for (size_t i = 0; i < page->items.n; i++) {
            if (page->items.v[i].kind == PAGE_TEXT) {
                collect_item(fonts, &page->items.v[i]);
            }
        }
        collect_marks(fonts, page);
        arena_reset(&made);
    }
    for (size_t i = 0; i < pages->sheets.faces.n; i++) {
        collect_marks(fonts, &pages->sheets.faces.v[i].block);
    }
    arena_done(&made);
}

void pdf_glyphs_end(struct pdf_fonts *fonts)
{
    name_nameless(fonts);
    for (size_t i = 0; i < fonts->list.n; i++) {
        list_ids(fonts->list.v[i], fonts->arena);
    }
}

void pdf_glyphs_collect(struct pdf_fonts *fonts, const struct page_list *pages,
                        struct arena *a)
{
    pdf_glyphs_init(fonts, a);
    pdf_glyphs_of_pages(fonts, pages);
    pdf_glyphs_end(fonts);
}

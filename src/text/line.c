/* SPDX-License-Identifier: MIT
 *
 * In:  items of a paragraph and where a line begins and ends. Out: its pieces in visual
 * order, with places and widths.
 *
 * Boxes of one run that stand side by side become one piece again. Where the line cuts
 * a run at a place that changes shapes (a ligature, a kerned pair, joined letters), what
 * stands on the line is shaped anew. Then the glue takes up what is missing or too much,
 * pieces are ordered by their bidi levels, and set one beside the other. */
#include <string.h>

#include "base/utf8.h"
#include "text/engine.h"

struct hang {
    len before, behind;
};

struct work {
    struct text_engine *e;
    const struct text_para *p;
    struct text_piece *pieces; /* in logical order */
    uint8_t *levels;
    const struct text_item **glue; /* the item of a piece that is glue, or NULL */
    uint32_t n;
    struct hang hang;
};

static const struct style *style_of(const struct work *w, const struct text_piece *piece)
{
    return w->p->spans[piece->span].style;
}

/* What a glyph of the piece has behind it. */
static len letter_space(const struct work *w, const struct text_piece *piece)
{
    const struct text_span *span = &w->p->spans[piece->span];
    return span->style->letter_space +
           text_tracking(span, piece->run->face, w->p->tracking);
}

static len natural_width(const struct work *w, const struct text_piece *piece)
{
    const struct style *style = style_of(w, piece);
    int64_t units = text_advance(piece->run, piece->from, piece->to);
    return text_scale(units, style->size, piece->run->face->upem) +
           letter_space(w, piece) * (len)(piece->to - piece->from);
}

/* The letters that `expansion` may widen. */
static bool is_elastic(const struct work *w, uint32_t i)
{
    const struct text_piece *piece = &w->pieces[i];
    return !w->glue[i] && text_is_elastic(&w->p->spans[piece->span], piece->run->face);
}

static struct text_piece *add_piece(struct work *w, const struct text_run *run,
                                    const struct text_item *item)
{
    w->levels[w->n] = item->level;
    struct text_piece *piece = &w->pieces[w->n++];
    *piece = (struct text_piece){.run = run, .to = run->n, .span = item->span};
    return piece;
}

/* The box items from `first` to `end` show bytes [first->run_from, end->run_to) of
 * one run. */
static void add_boxes(struct work *w, const struct text_item *first,
                      const struct text_item *end)
{
    const struct text_run *run = first->run;
    if (w->p->spans[first->span].object) {
        struct text_piece *piece = add_piece(w, run, first);
        piece->to = 0;
        piece->flags = TEXT_PIECE_OBJECT;
        piece->width = first->width;
        return;
    }
    uint32_t from = first->run_from, to = end->run_to;
    if (!text_cut_is_clean(run, from) || !text_cut_is_clean(run, to)) {
        const struct text_shaped *s = (const struct text_shaped *)(const void *)run;
        run = text_piece_find(w->e, &s->shape, str_sub(run->text, from, to));
        add_piece(w, run, first);
    } else {
        struct text_piece *piece = add_piece(w, run, first);
        piece->from = run->rtl ? end->glyph_from : first->glyph_from;
        piece->to = run->rtl ? first->glyph_to : end->glyph_to;
    }
    struct text_piece *piece = &w->pieces[w->n - 1];
    if (piece->from == piece->to) { /* only characters that show nothing */
        w->n--;
        return;
    }
    piece->width = natural_width(w, piece);
    if (run->text.n == 1 && run->text.p[0] == ' ') { /* a space of code */
        piece->flags = TEXT_PIECE_SPACE;
        piece->width = first->width;
    }
}

static void add_glue(struct work *w, const struct text_item *item)
{
    w->glue[w->n] = item;
    struct text_piece *piece = add_piece(w, item->run, item);
    piece->flags = TEXT_PIECE_SPACE;
    piece->width = item->width + text_item_tracking(w->p, item);
}

static void add_hyphen(struct work *w, const struct text_item *at)
{
    const struct text_span *s = &w->p->spans[at->span];
    struct text_font *font =
        text_font_find(w->e, s->style, s->lang.n ? s->lang : w->p->lang);
    struct text_shape shape = {font, font->face, font->lang_script, false};
    str hyphen = text_face_covers(font->face, 0x2010) ? STR("\xE2\x80\x90") : STR("-");
    struct text_piece *piece = add_piece(w, text_piece_find(w->e, &shape, hyphen), at);
    piece->flags = TEXT_PIECE_HYPHEN;
    piece->width = natural_width(w, piece);
}

/* The space at which a line ends is not seen, but it is read: without it, the last word
 * and the first of the next line would be one. It belongs to the paragraph's direction
 * (UAX #9, L1). */
static void add_last_space(struct work *w, const struct text_item *glue)
{
    struct text_piece *piece = add_piece(w, glue->run, glue);
    piece->flags = TEXT_PIECE_SPACE;
    w->levels[w->n - 1] = w->p->rtl;
}

/* The last box that continues the run of `i`: the same run, the bytes that follow. */
static size_t end_of_boxes(const struct text_para *p, size_t i, size_t last)
{
    size_t end = i;
    for (size_t k = i + 1; k < last && p->items[k].kind != TEXT_GLUE; k++) {
        const struct text_item *item = &p->items[k];
        if (item->kind == TEXT_BREAK) {
            continue;
        }
        if (item->run != p->items[end].run || item->span != p->items[i].span ||
            item->run_from != p->items[end].run_to) {
            break;
        }
        end = k;
    }
    return end;
}

/* Spaces at both ends of a line do; a no-break space is there on purpose. */
static bool vanishes(const struct text_item *item)
{
    return item->kind != TEXT_BOX && !item->no_break;
}

static void collect(struct work *w, size_t first, size_t last)
{
    const struct text_item *items = w->p->items;
    bool hyphen = last < w->p->n && items[last].kind == TEXT_BREAK &&
                  (items[last].flags & TEXT_BREAK_HYPHEN);
    size_t end = last;
    while (first < end && vanishes(&items[first])) {
        first++;
    }
    while (end > first && vanishes(&items[end - 1])) {
        end--;
    }
    for (size_t i = first; i < end; i++) {
        if (items[i].kind == TEXT_GLUE) {
            add_glue(w, &items[i]);
        } else if (items[i].kind == TEXT_BOX) {
            size_t to = end_of_boxes(w->p, i, end);
            add_boxes(w, &items[i], &items[to]);
            i = to;
        }
    }
    if (hyphen && w->n) {
        add_hyphen(w, &items[last]);
    } else if (w->n && last < w->p->n && items[last].run &&
               (items[last].kind == TEXT_GLUE ||
                items[last].flags & TEXT_BREAK_FORCED)) {
        add_last_space(w, &items[last]);
    }
}

/* Widens or narrows the letters, by as much as each may be at most; gives what is still
 * missing. All letters that may give the same are given the same. */
static len64 expand(struct work *w, len64 missing)
{
    len64 room = 0;
    for (uint32_t i = 0; i < w->n; i++) {
        int32_t most = is_elastic(w, i) ? style_of(w, &w->pieces[i])->expansion : 0;
        room += len_muldiv(w->pieces[i].width, most, 1000);
    }
    if (room <= 0) {
        return missing;
    }
    len64 wanted = missing > room ? room : missing < -room ? -room : missing;
    for (uint32_t i = 0; i < w->n; i++) {
        struct text_piece *piece = &w->pieces[i];
        bool elastic = text_is_elastic(&w->p->spans[piece->span], piece->run->face);
        int64_t most = elastic ? style_of(w, piece)->expansion : 0;
        piece->expansion = (int16_t)len_muldiv(most * (TEXT_EXPANSION / 1000), wanted,
                                               room);
        if (w->glue[i]) {
            continue; /* shown like the words beside it, as wide as it is */
        }
        len wider = (len)len_muldiv(piece->width, piece->expansion, TEXT_EXPANSION);
        piece->width += wider;
        missing -= wider;
    }
    return missing;
}

/* Gives every glue its share of what is missing; running sums make the shares add up. */
static void justify(struct work *w, len64 missing)
{
    missing = expand(w, missing);
    len64 room = 0;
    for (uint32_t i = 0; i < w->n; i++) {
        const struct text_item *g = w->glue[i];
        room += !g ? 0 : missing > 0 ? g->stretch : g->shrink;
    }
    if (room <= 0) {
        return;
    }
    if (missing < -room) {
        missing = -room;
    }
    len64 seen = 0, given = 0;
    for (uint32_t i = 0; i < w->n; i++) {
        const struct text_item *g = w->glue[i];
        if (g) {
            seen += missing > 0 ? g->stretch : g->shrink;
            len64 share = len_muldiv(missing, seen, room);
            w->pieces[i].width += (len)(share - given);
            given = share;
        }
    }
}

static len64 sum_widths(const struct work *w)
{
    len64 sum = 0;
    for (uint32_t i = 0; i < w->n; i++) {
        sum += w->pieces[i].width;
    }
    return sum;
}

static void take_height(const struct style *style, const struct text_face *face,
                        struct text_line *out)
{
    len up = text_scale(face->ascender, style->size, face->upem) + style->rise;
    len down = text_scale(-face->descender, style->size, face->upem) - style->rise;
    out->ascent = up > out->ascent ? up : out->ascent;
    out->descent = down > out->descent ? down : out->descent;
}

/* A line without pieces is as high as its span's face. */
static void measure_height(struct work *w, size_t last, struct text_line *out)
{
    for (uint32_t i = 0; i < w->n; i++) {
        const struct text_object *object = w->p->spans[w->pieces[i].span].object;
        take_height(style_of(w, &w->pieces[i]), w->pieces[i].run->face, out);
        if (object && object->height > out->ascent) {
            out->ascent = object->height;
        }
    }
    if (w->n == 0 && w->p->n_spans) {
        size_t at = last < w->p->n ? last : w->p->n - 1;
        const struct text_span *s = &w->p->spans[w->p->items[at].span];
        const struct text_font *font =
            text_font_find(w->e, s->style, s->lang.n ? s->lang : w->p->lang);
        if (font->face) {
            take_height(s->style, font->face, out);
        }
    }
}

/* What hangs out of a line that reads from left to right. */
static struct hang find_hang(const struct work *w)
{
    uint32_t last = w->n;
    while (last > 0 && w->pieces[last - 1].width == 0) {
        last--; /* the space at which it ends */
    }
    if (last == 0 || w->p->rtl || w->levels[0] || w->levels[last - 1]) {
        return (struct hang){0, 0};
    }
    const struct text_piece *a = &w->pieces[0], *b = &w->pieces[last - 1];
    return (struct hang){
        text_hang(style_of(w, a), a->run, a->from, TEXT_HANGS_BEFORE),
        text_hang(style_of(w, b), b->run, b->to - 1, TEXT_HANGS_BEHIND),
    };
}

/* Where each place from the left has its piece; NULL: as they are. */
static const uint32_t *visual_order(struct work *w)
{
    bool turned = false;
    for (uint32_t i = 0; i < w->n; i++) {
        turned = turned || w->levels[i];
    }
    if (!turned) {
        return NULL;
    }
    uint32_t *order = NEW_ARRAY(&w->e->scratch, uint32_t, w->n);
    text_bidi_order(w->levels, w->n, order);
    return order;
}

/* Letter space stands between letters. A glyph has it on its right, whatever way the
 * text reads: behind the last one it would move the line's edge. */
static void trim_letter_space(struct work *w, const uint32_t *order)
{
    for (uint32_t i = w->n; i-- > 0;) {
        struct text_piece *piece = &w->pieces[order ? order[i] : i];
        if (piece->width == 0) {
            continue; /* the space at which the line ends */
        }
        if (!(piece->flags & (TEXT_PIECE_SPACE | TEXT_PIECE_OBJECT))) {
            piece->width -= letter_space(w, piece);
        }
        return;
    }
}

/* Pieces from logical to visual order, and their places. */
static void place(const struct work *w, const uint32_t *order, struct arena *a,
                  struct text_line *out)
{
    out->pieces = arena_alloc_raw(a, (w->n + 1) * sizeof *out->pieces);
    out->n = w->n;
    if (order) {
        uint32_t *kept = arena_alloc_raw(a, w->n * sizeof *kept);
        memcpy(kept, order, w->n * sizeof *kept);
        out->order = kept;
    }
    len64 x = -w->hang.before; /* a line that nobody broke may be wider than any length */
    for (uint32_t i = 0; i < w->n; i++) {
        out->pieces[i] = w->pieces[order ? order[i] : i];
        out->pieces[i].x = (len)x;
        x += out->pieces[i].width;
        x = x > LEN_MAX ? LEN_MAX : x;
    }
    out->width = (len)(x - w->hang.behind);
}

void text_set_line(struct text_engine *e, const struct text_para *p,
                   const struct text_line_request *request, struct arena *a,
                   struct text_line *out)
{
    struct arena_mark mark = arena_mark(&e->scratch);
    size_t room = request->last - request->first + 1; /* and a hyphen or space */
    struct work w = {.e = e, .p = p};
    w.pieces = arena_alloc_raw(&e->scratch, room * sizeof *w.pieces);
    w.levels = arena_alloc_raw(&e->scratch, room * sizeof *w.levels);
    w.glue = NEW_ARRAY(&e->scratch, const struct text_item *, room);
    *out = (struct text_line){0};
    collect(&w, request->first, request->last);
    const uint32_t *order = visual_order(&w);
    trim_letter_space(&w, order);
    w.hang = request->hangs ? find_hang(&w) : (struct hang){0, 0};
    if (request->target >= 0 && w.n) {
        justify(&w, request->target - (sum_widths(&w) - w.hang.before - w.hang.behind));
    }
    const struct text_item *end = request->last < p->n ? &p->items[request->last] : NULL;
    out->hyphenated = w.n && end && end->kind == TEXT_BREAK &&
                      (end->flags & TEXT_BREAK_ANY_HYPHEN);
    out->tracking = p->tracking;
    measure_height(&w, request->last, out);
    place(&w, order, a, out);
    arena_rewind(&e->scratch, mark);
}

/* One word in one face needs no paragraph. */
static bool set_word(struct text_engine *e, const struct text_para_request *request,
                     struct arena *a, struct text_line *out)
{
    const struct text_run *run = text_lone_word(e, request);
    if (!run) {
        return false;
    }
    struct text_para p = {.spans = request->spans, .n_spans = 1};
    struct text_piece piece = {.run = run, .to = run->n};
    struct work w = {.e = e, .p = &p, .pieces = &piece, .n = 1};
    piece.width = natural_width(&w, &piece);
    trim_letter_space(&w, NULL);
    *out = (struct text_line){0};
    measure_height(&w, 0, out);
    place(&w, NULL, a, out);
    return true;
}

void text_set_label(struct text_engine *e, const struct text_para_request *request,
                    struct arena *a, struct diag_sink *sink, struct text_line *out)
{
    if (set_word(e, request, a, out)) {
        return;
    }
    struct arena scratch;
    arena_init(&scratch);
    struct text_para *p = text_para_new(e, request, &scratch, sink);
    struct text_line_request whole = {.last = p->n - 1, .target = -1};
    text_set_line(e, p, &whole, a, out);
    arena_done(&scratch);
}

/* SPDX-License-Identifier: MIT
 *
 * Lines to items on pages. What stands on one baseline in one face, size, colour, element
 * and link becomes one text item; links get their areas, anchors their places. */
#include "flow/numbers.h"

#include "flow/furniture.h"

static void place_anchor(struct flow *f, uint32_t anchor, len x, len y)
{
    if (!anchor || f->pages->anchors.v[anchor - 1].placed) {
        return;
    }
    struct page_anchor *a = &f->pages->anchors.v[anchor - 1];
    a->placed = true;
    a->page = (uint32_t)f->pages->pages.n - 1;
    a->x = x;
    a->y = y;
}

void flow_place_rule(struct flow *f, struct page *p, struct page_rect rect,
                     struct color color)
{
    struct page_item *item = page_add_item(f->pages, p, PAGE_RULE);
    item->artifact = STRUCTURE_DECORATION;
    item->as.rule.rect = rect;
    item->as.rule.color = color;
}

/* Lines under or through the pieces of one style. */
static void decorate(struct flow *f, struct page *p, const struct page_item *text,
                     const struct style *s)
{
    const struct text_face *face = text->as.text.face;
    const struct text_piece *first = text->as.text.pieces;
    const struct text_piece *last = &first[text->as.text.n - 1];
    struct page_rect rect = {
        .x = text->as.text.x + first->x, .width = last->x + last->width - first->x,
    };
    len y = text->as.text.y;
    len size = text->as.text.size;
    if (rect.width <= 0) {
        return; /* a space at a line's end */
    }
    if (s->underline) {
        rect.y = y - text_scale(face->underline_position, size, face->upem);
        rect.height = text_scale(face->underline_thickness, size, face->upem);
        flow_place_rule(f, p, rect, s->color);
    }
    if (s->strike) {
        rect.y = y - text_scale(face->strike_position, size, face->upem);
        rect.height = text_scale(face->strike_thickness, size, face->upem);
        flow_place_rule(f, p, rect, s->color);
    }
}

/* A line's pieces at a place, with the spans that they index. */
struct set_line {
    const struct text_line *line;
    const struct text_span *spans;
    len x, y; /* left edge; baseline */
};

static bool same_look(const struct text_span *a, const struct text_span *b)
{
    return !b->object && a->style == b->style && a->element == b->element &&
           a->link == b->link && str_eq(a->lang, b->lang);
}

/* Piece `p` begins an item that is none of an object: whether `q` belongs to it. */
static bool same_item(const struct text_span *spans, const struct text_piece *p,
                      const struct text_piece *q)
{
    return p->run->face == q->run->face && p->expansion == q->expansion &&
           (p->span == q->span || same_look(&spans[p->span], &spans[q->span]));
}

static void place_pieces(struct flow *f, struct page *p, const struct set_line *l,
                         uint32_t from, uint32_t to)
{
    const struct text_piece *pieces = &l->line->pieces[from];
    const struct text_span *span = &l->spans[pieces->span];
    const struct style *s = span->style;
    struct page_item *item = page_add_item(f->pages, p, PAGE_TEXT);
    item->element = span->element;
    item->at = span->at;
    item->as.text.face = pieces->run->face;
    item->as.text.size = s->size;
    item->as.text.color = s->color;
    item->as.text.letter_space =
        s->letter_space + text_tracking(span, pieces->run->face, l->line->tracking);
    item->as.text.expansion = pieces->expansion;
    item->as.text.x = l->x;
    item->as.text.y = l->y - s->rise;
    item->as.text.pieces = pieces;
    item->as.text.n = to - from;
    item->as.text.lang = str_eq(span->lang, f->tree->lang) ? STR_NONE : span->lang;
    struct page_item copy = *item; /* adding items may move it */
    decorate(f, p, &copy, s);
    for (uint32_t i = from; i < to; i++) {
        uint32_t anchor = l->spans[l->line->pieces[i].span].anchor;
        if (anchor) {
            place_anchor(f, anchor, l->x + l->line->pieces[i].x, l->y - s->leading);
        }
    }
}

static void place_links(struct flow *f, struct page *p, const struct set_line *l)
{
    const struct text_piece *v = l->line->pieces;
    for (uint32_t i = 0, j; i < l->line->n; i = j) {
        uint32_t link = l->spans[v[i].span].link;
        for (j = i + 1; j < l->line->n && l->spans[v[j].span].link == link; j++) {
        }
        if (!link) {
            continue;
        }
        const struct text_face *face = v[i].run->face;
        const struct style *s = l->spans[v[i].span].style;
        len up = text_scale(face->ascender, s->size, face->upem);
        len down = text_scale(-face->descender, s->size, face->upem);
        len width = v[j - 1].x + v[j - 1].width - v[i].x;
        if (width <= 0) {
            continue; /* the space at a line's end, apart where directions mix */
        }
        struct page_item *item = page_add_item(f->pages, p, PAGE_LINK);
        item->element = f->tree->links.v[link - 1].element; /* not a picture's inside */
        item->at = l->spans[v[i].span].at;
        item->as.link.link = link;
        item->as.link.rect = (struct page_rect){
            l->x + v[i].x, l->y - s->rise - up, width, up + down,
        };
    }
}

/* Pieces [from, to) become one item. Where directions mix, a stretch has one of them. */
struct stretch {
    uint32_t from, to;
    uint32_t nth; /* the place in reading order of the first of them that is read */
};

static struct stretch next_stretch(const struct set_line *l, uint32_t from)
{
    const uint32_t *order = l->line->order;
    const struct text_piece *pieces = l->line->pieces;
    struct stretch s = {from, from + 1, order ? order[from] : from};
    int64_t step = 0;
    uint32_t end = l->spans[pieces[from].span].object ? s.to : l->line->n;
    for (; s.to < end && same_item(l->spans, &pieces[from], &pieces[s.to]); s.to++) {
        if (!order) {
            continue;
        }
        int64_t by = (int64_t)order[s.to] - order[s.to - 1];
        if ((by != 1 && by != -1) || (step && by != step)) {
            break;
        }
        step = by;
        s.nth = order[s.to] < s.nth ? order[s.to] : s.nth;
    }
    return s;
}

/* In the room of another one; it may have several faces. */
static void place_label(struct flow *f, struct page *p, const struct set_line *l)
{
    for (uint32_t i = 0; i < l->line->n;) {
        struct stretch s = next_stretch(l, i);
        place_pieces(f, p, l, s.from, s.to);
        i = s.to;
    }
}

static void place_stretch(struct flow *f, struct page *p, const struct set_line *l,
                          const struct stretch *s)
{
    const struct text_span *span = &l->spans[l->line->pieces[s->from].span];
    const struct text_piece *first = &l->line->pieces[s->from];
    const struct text_piece *last = &l->line->pieces[s->to - 1];
    struct flow_label label;
    if (f->repeats && (span->flags & TEXT_SPAN_MARK)) {
        return; /* its note is not on this page */
    }
    if (span->object) {
        flow_place_picture(f, p, span, l->x + first->x, l->y);
    } else if (flow_set_label(f, span, last->x + last->width - first->x, &label)) {
        place_label(f, p, &(struct set_line){&label.line, &label.span, l->x + first->x,
                                             l->y});
    } else {
        place_pieces(f, p, l, s->from, s->to);
    }
}

/* Where directions mix, items have the order in which they are read, not that of their
 * places: who hears the page hears a link between the words around it. */
static void place_mixed(struct flow *f, struct page *p, const struct set_line *l)
{
    struct arena_mark mark = arena_mark(&f->scratch);
    struct stretch *v = NEW_ARRAY(&f->scratch, struct stretch, l->line->n);
    uint32_t n = 0;
    for (uint32_t i = 0; i < l->line->n; n++) {
        struct stretch s = next_stretch(l, i);
        uint32_t at = n;
        for (; at > 0 && v[at - 1].nth > s.nth; at--) {
            v[at] = v[at - 1];
        }
        v[at] = s;
        i = s.to;
    }
    for (uint32_t i = 0; i < n; i++) {
        place_stretch(f, p, l, &v[i]);
    }
    arena_rewind(&f->scratch, mark);
}

static void place_text(struct flow *f, struct page *p, const struct set_line *l)
{
    if (l->line->order) {
        place_mixed(f, p, l);
    } else {
        for (uint32_t i = 0; i < l->line->n;) {
            struct stretch s = next_stretch(l, i);
            place_stretch(f, p, l, &s);
            i = s.to;
        }
    }
    place_links(f, p, l);
}

static void place_marker(struct flow *f, struct page *p, const struct flow_line *l,
                         len x, len y)
{
    struct set_line marker = {&l->marker, l->marker_spans, x + l->marker_x,
                              y + l->baseline};
    size_t from = p->items.n;
    place_text(f, p, &marker);
    if (l->marker_artifact) {
        flow_mark_as_artifact(p, from, l->marker_artifact);
    }
}

void flow_place_line(struct flow *f, struct page *p, const struct flow_line *l, len x,
                     len y)
{
    const struct box *box = l->box;
    flow_show_line(f, p, l, x, y);
    flow_bar_line(f, l, y);
    if (l->kind == FLOW_RULE) {
        struct page_rect rect = {x + l->x, y, l->width, l->height};
        flow_place_rule(f, p, rect, box->style->rule_color);
        return;
    }
    if (l->kind == FLOW_DATA) {
        flow_place_data(f, p, l, x + l->x, y);
        return;
    }
    if (l->kind == FLOW_ROW) {
        flow_place_row(f, p, l, x + l->x, y);
        return;
    }
    for (const struct box *b = box; b; b = b->parent) {
        place_anchor(f, b->anchor, x + l->x, y); /* only the first line is its place */
    }
    if (l->kind == FLOW_IMAGE || l->kind == FLOW_QR) {
        struct page_rect rect = {x + l->x, y, l->width, l->height};
        (l->kind == FLOW_QR ? flow_place_qr : flow_place_image)(f, p, l, rect);
        return;
    }
    if (l->marker.n) {
        place_marker(f, p, l, x, y);
    }
    if (l->has_mark) {
        flow_place_mark(f, p, l, x, y);
    }
    struct set_line text = {&l->text, box->spans.v, x + l->x, y + l->baseline};
    place_text(f, p, &text);
    if (l->ends) {
        flow_note_tail(f, p, l, x, y);
    }
}

len flow_place_range(struct flow *f, struct page *p, const struct flow_lines *lines,
                     struct flow_range range, struct page_rect at)
{
    struct arena_mark mark = arena_mark(&f->scratch);
    len *tops = NEW_ARRAY(&f->scratch, len, range.last - range.first);
    len y = at.y;
    for (size_t i = range.first; i < range.last; i++) {
        const struct flow_line *l = &lines->v[i];
        y += (i > range.first ? l->before : l->open_above) + l->above;
        tops[i - range.first] = y;
        y += l->height + l->below;
    }
    flow_place_frames(f, p, &(struct flow_framed){lines, range, tops, at.x, 0});
    for (size_t i = range.first; i < range.last; i++) {
        flow_place_line(f, p, &lines->v[i], at.x, tops[i - range.first]);
    }
    arena_rewind(&f->scratch, mark);
    return range.first < range.last ? y + lines->v[range.last - 1].open_below : y;
}

void flow_place_lines(struct flow *f, struct page *p, const struct flow_lines *lines,
                      len x, len y)
{
    flow_place_range(f, p, lines, (struct flow_range){0, lines->n},
                     (struct page_rect){.x = x, .y = y});
}

static struct page *new_page(struct flow *f)
{
    const struct layout *l = f->layout;
    struct page *p = page_add(f->pages, l->page.width, l->page.height);
    size_t columns = (size_t)l->page.columns;
    size_t number = f->pages->pages.n - 1;
    size_t leftmost = number * columns + (f->rtl ? columns - 1 : 0);
    struct page_rect body = flow_region(f, leftmost).rect;
    len top = number == 0 ? f->first_top : l->page.top;
    body.y = top;
    body.height = l->page.height - l->page.bottom - top;
    body.width = l->page.width - l->page.inner - l->page.outer;
    p->body = body;
    p->label = str_format(f->arena, "%zu", number + 1);
    struct flow_region whole = {.page = (uint32_t)number, .columns = 1, .rect = body};
    flow_bars_in(f, &whole);
    if (number == 0) {
        p->head = (struct page_rect){0, 0, p->width, f->first_top};
        flow_place_letter(f, p);
        flow_place_lines(f, p, &f->front, body.x, body.y);
        len foot = body.y + body.height - (len)flow_height(&f->first_foot, 0,
                                                           f->first_foot.n);
        flow_place_lines(f, p, &f->first_foot, body.x, foot);
    }
    return p;
}

void flow_place(struct flow *f)
{
    struct tree *t = f->tree;
    for (size_t i = 0; i < t->anchors.n; i++) {
        struct page_anchor anchor = {.id = t->anchors.v[i]};
        vec_push(f->arena, &f->pages->anchors, anchor);
    }
    for (size_t i = 0; i < t->links.n; i++) {
        const struct tree_link *l = &t->links.v[i];
        struct page_link link = {l->uri, l->anchor, l->contents, l->element};
        vec_push(f->arena, &f->pages->links, link);
    }
    for (size_t i = 0; i < f->fills.n; i++) {
        const struct flow_fill *fill = &f->fills.v[i];
        while (f->pages->pages.n <= flow_region(f, fill->region).page) {
            new_page(f);
        }
        flow_place_fill(f, &f->pages->pages.v[f->pages->pages.n - 1], fill);
    }
}

/* SPDX-License-Identifier: MIT
 *
 * Chosen fills to items on pages. What stands on one baseline in one face, size, colour,
 * element and link becomes one text item; links get their areas, anchors and headings
 * their places. */
#include "flow/vertical.h"

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

static bool same_item(const struct set_line *l, uint32_t i, uint32_t j)
{
    const struct text_span *a = &l->spans[l->line->pieces[i].span];
    const struct text_span *b = &l->spans[l->line->pieces[j].span];
    return l->line->pieces[i].run->face == l->line->pieces[j].run->face &&
           a->style == b->style && a->element == b->element && a->link == b->link &&
           str_eq(a->lang, b->lang);
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
    item->as.text.letter_space = s->letter_space;
    item->as.text.x = l->x;
    item->as.text.y = l->y - s->rise;
    item->as.text.pieces = pieces;
    item->as.text.n = to - from;
    item->as.text.lang = str_eq(span->lang, f->tree->lang) ? STR_NONE : span->lang;
    struct page_item copy = *item; /* adding items may move it */
    decorate(f, p, &copy, s);
    for (uint32_t i = from; i < to; i++) {
        uint32_t anchor = l->spans[l->line->pieces[i].span].anchor;
        place_anchor(f, anchor, l->x + l->line->pieces[i].x, l->y - s->leading);
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
        item->element = l->spans[v[i].span].element;
        item->at = l->spans[v[i].span].at;
        item->as.link.link = link;
        item->as.link.rect = (struct page_rect){
            l->x + v[i].x, l->y - s->rise - up, width, up + down,
        };
    }
}

static void place_text(struct flow *f, struct page *p, const struct set_line *l)
{
    for (uint32_t i = 0, j; i < l->line->n; i = j) {
        for (j = i + 1; j < l->line->n && same_item(l, i, j); j++) {
        }
        place_pieces(f, p, l, i, j);
    }
    place_links(f, p, l);
}

static void place_outline(struct flow *f, const struct box *box, len y)
{
    struct page_outline entry = {
        .level = box->outline_level, .title = box->outline_title,
        .page = (uint32_t)f->pages->pages.n - 1, .y = y,
    };
    int deepest = f->pages->outline.n
        ? f->pages->outline.v[f->pages->outline.n - 1].level + 1 : 1;
    entry.level = entry.level > deepest ? deepest : entry.level;
    vec_push(f->arena, &f->pages->outline, entry);
}

static void place_row(struct flow *f, struct page *p, const struct flow_line *l, len x,
                      len y)
{
    const struct flow_row *row = l->row;
    if (row->rule_above) {
        flow_place_rule(f, p, (struct page_rect){x, y, l->width, row->rule_above},
                 row->rule_color);
    }
    for (uint32_t i = 0; i < row->n; i++) {
        const struct flow_cell *c = &row->cells[i];
        flow_place_lines(f, p, &c->lines, x + c->x, y + row->rule_above + c->y);
    }
    if (row->rule_below) {
        len below = y + l->height - row->rule_below;
        flow_place_rule(f, p, (struct page_rect){x, below, l->width, row->rule_below},
                 row->rule_color);
    }
}

/* A table's head once more: seen again, but not to be read again. */
static void place_repeat(struct flow *f, struct page *p, const struct flow_lines *lines,
                         struct page_rect r)
{
    size_t from = p->items.n, kept = from;
    flow_place_lines(f, p, lines, r.x, r.y);
    for (size_t i = from; i < p->items.n; i++) {
        if (p->items.v[i].kind == PAGE_LINK) {
            continue; /* the links of the head itself are there */
        }
        p->items.v[i].artifact = STRUCTURE_DECORATION;
        p->items.v[kept++] = p->items.v[i];
    }
    p->items.n = kept;
}

static void place_marker(struct flow *f, struct page *p, const struct flow_line *l,
                         len x, len y)
{
    struct set_line marker = {&l->marker, l->marker_spans, x + l->marker_x,
                              y + l->baseline};
    size_t from = p->items.n;
    place_text(f, p, &marker);
    for (size_t i = from; i < p->items.n && l->marker_apart; i++) {
        p->items.v[i].artifact = STRUCTURE_DECORATION;
    }
}

void flow_place_line(struct flow *f, struct page *p, const struct flow_line *l, len x,
                     len y)
{
    const struct box *box = l->box;
    if (l->kind == FLOW_RULE) {
        struct page_rect rect = {x + l->x, y, l->width, l->height};
        flow_place_rule(f, p, rect, box->style->rule_color);
        return;
    }
    if (l->kind == FLOW_ROW) {
        place_row(f, p, l, x + l->x, y);
        return;
    }
    for (const struct box *b = box; b; b = b->parent) {
        place_anchor(f, b->anchor, x + l->x, y); /* only the first line is its place */
    }
    if (l->kind == FLOW_IMAGE) {
        struct page_rect rect = {x + l->x, y, l->width, l->height};
        flow_place_image(f, p, l, rect);
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

/* Lines [first, last) one below the other from `y`, the space before the first left out,
 * and the frames behind them; gives where they end. */
static len place_range(struct flow *f, struct page *p, const struct flow_lines *lines,
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
    place_range(f, p, lines, (struct flow_range){0, lines->n},
                (struct page_rect){.x = x, .y = y});
}

/* The notes of a fill, so that the last one ends at the region's foot. */
static void place_notes(struct flow *f, struct page *p, const struct flow_fill *fill,
                        struct page_rect r)
{
    struct flow_notes_at from = fill->notes_first, to = fill->notes_last;
    len64 height = flow_notes_height(f, from, to);
    if (height == 0) {
        return;
    }
    const struct layout *l = f->layout;
    len y = r.y + r.height - (len)height + l->notes.rule_space_above;
    const struct style *s = tree_running(f->tree, STR_NONE, "footnote", &f->work)->style;
    len width = l->notes.rule_width < r.width ? l->notes.rule_width : r.width;
    if (l->notes.rule_thickness && width) {
        const struct flow_lines *first = &f->notes[f->order.v[from.note]].lines;
        len x = first->n && first->v[0].rtl ? r.x + r.width - width : r.x;
        flow_place_rule(f, p, (struct page_rect){x, y, width, l->notes.rule_thickness},
                 s->color);
    }
    y += l->notes.rule_thickness + l->notes.rule_space_below;
    for (uint32_t i = from.note; i < to.note + (to.line > 0); i++) {
        uint32_t first = i == from.note ? from.line : 0;
        uint32_t last = i == to.note ? to.line : UINT32_MAX;
        y += i > from.note ? l->notes.space_between : 0;
        const struct flow_lines *lines = &f->notes[f->order.v[i]].lines;
        struct flow_range range = {first, last < lines->n ? last : lines->n};
        y = place_range(f, p, lines, range, (struct page_rect){.x = r.x, .y = y});
    }
}

/* How much each space between blocks grows so that the region is full, in thousandths;
 * 0 where that would need more than the layout allows. */
static int64_t stretch_of(const struct flow *f, const struct flow_fill *fill)
{
    len64 left = fill->room - fill->used, spaces = 0;
    bool ends = fill->last == f->body.n || f->body.v[fill->last].forced;
    if (!f->layout->breaking.flush_bottom || left <= 0 || ends) {
        return 0;
    }
    for (size_t i = fill->first + 1; i < fill->last; i++) {
        spaces += f->body.v[i].before;
    }
    int64_t wanted = spaces ? left * 1000 / spaces : INT64_MAX;
    return wanted <= f->layout->breaking.stretch ? wanted : 0;
}

static len64 height_at_foot(const struct flow *f, const struct flow_fill *fill)
{
    size_t first = fill->last;
    while (first > fill->first && f->body.v[first - 1].at_foot) {
        first--;
    }
    return flow_height(&f->body, first, fill->last);
}

/* The upper edges of a fill's lines, the first one at `y`. */
static void find_tops(const struct flow *f, const struct flow_fill *fill, len y,
                      len *tops)
{
    struct page_rect r = flow_region(f, fill->region).rect;
    int64_t stretch = stretch_of(f, fill);
    len64 notes = flow_notes_height(f, fill->notes_first, fill->notes_last);
    bool at_foot = false;
    for (size_t i = fill->first; i < fill->last; i++) {
        const struct flow_line *line = &f->body.v[i];
        if (i > fill->first) {
            y += line->before + (len)(line->before * stretch / 1000);
        }
        if (line->at_foot && !at_foot) {
            y = r.y + r.height - (len)(notes + height_at_foot(f, fill));
            at_foot = true;
        }
        y += line->above;
        tops[i - fill->first] = y;
        y += line->height + line->below;
    }
}

static void place_body(struct flow *f, struct page *p, const struct flow_fill *fill,
                       const struct flow_region *region)
{
    struct page_rect r = region->rect;
    const struct flow_line *v = f->body.v;
    len lead = 0;
    if (fill->first == fill->last) {
        return;
    }
    r.y += v[fill->first].open_above;
    if (v[fill->first].repeat) {
        lead = (len)flow_height(v[fill->first].repeat, 0, v[fill->first].repeat->n);
    }
    struct arena_mark mark = arena_mark(&f->scratch);
    len *tops = NEW_ARRAY(&f->scratch, len, fill->last - fill->first);
    find_tops(f, fill, r.y + lead, tops);
    flow_place_frames(f, p, &(struct flow_framed){
        &f->body, {fill->first, fill->last}, tops, r.x, lead});
    if (v[fill->first].repeat) {
        place_repeat(f, p, v[fill->first].repeat, r);
    }
    for (size_t i = fill->first; i < fill->last; i++) {
        len y = tops[i - fill->first];
        if (v[i].box->outline_level && (i == 0 || v[i - 1].box != v[i].box)) {
            place_outline(f, v[i].box, y);
        }
        flow_place_line(f, p, &v[i], r.x, y);
        flow_number_line(f, p, &v[i], region, y);
    }
    arena_rewind(&f->scratch, mark);
}

static void place_fill(struct flow *f, struct page *p, const struct flow_fill *fill)
{
    struct flow_region region = flow_region(f, fill->region);
    place_body(f, p, fill, &region);
    place_notes(f, p, fill, region.rect);
    if (fill->overfull) {
        diag_report(f->sink, DIAG_OVERFULL_PAGE, f->body.v[fill->first].box->at,
                    "make it smaller, or the page larger",
                    "something here is higher than a page");
    }
}

static struct page *new_page(struct flow *f)
{
    const struct layout *l = f->layout;
    struct page *p = page_add(f->pages, l->page.width, l->page.height);
    size_t columns = (size_t)l->page.columns;
    size_t number = f->pages->pages.n - 1;
    struct page_rect body = flow_region(f, number * columns).rect;
    len top = number == 0 ? f->first_top : l->page.top;
    body.y = top;
    body.height = l->page.height - l->page.bottom - top;
    body.width = l->page.width - l->page.inner - l->page.outer;
    p->body = body;
    p->label = str_format(f->arena, "%zu", number + 1);
    if (number == 0) {
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
        place_fill(f, &f->pages->pages.v[f->pages->pages.n - 1], fill);
    }
}

/* SPDX-License-Identifier: MIT
 *
 * What every page list must satisfy, asked between flow/ and pdf/. A fault found here is
 * one of this program, never of the note, and is reported as such.
 *
 * Overlap: the text of a page becomes boxes, sorted by their upper edge; each is compared
 * with those that begin above its lower edge, which are few. Lines that a layout sets
 * tighter than its letters do touch; so lines of one paragraph are compared more mildly
 * than lines that have nothing to do with each other. Pieces on one baseline are not
 * compared: where directions mix, they interleave.
 *
 * What is too wide or too high was reported by flow/ and is where it must be; those
 * tests are then left out. */
#include "page/page.h"

#include <stdlib.h>

enum {
    TOUCH_PERCENT = 20,      /* of the lower box; more is an overlap */
    TOUCH_SAME_PERCENT = 60, /* within one paragraph */
};

struct check {
    const struct page_list *list;
    struct diag_sink *sink;
    struct arena scratch;   /* rewound after each page */
    size_t page;            /* 0-based */
    bool wide_known, high_known;
    size_t faults;
};

struct box {
    len64 left, right, top, bottom, baseline;
    uint32_t block; /* the element of the paragraph */
    bool artifact;
    const struct page_item *item;
};

static void fault(struct check *c, struct place at, const char *what, size_t number)
{
    c->faults++;
    diag_report(c->sink, DIAG_INTERNAL, at, NULL, "page %zu, %s %zu", c->page + 1, what,
                number);
}

static void fault_of_list(struct check *c, const char *what, size_t number)
{
    c->faults++;
    diag_report(c->sink, DIAG_INTERNAL, PLACE_NONE, NULL, "%s %zu", what, number);
}

/* True if `r` lies within `outer`, give or take `slack`. */
static bool inside_across(struct page_rect outer, len64 left, len64 right, len slack)
{
    return left >= (len64)outer.x - slack &&
           right <= (len64)outer.x + outer.width + slack;
}

static bool inside_down(struct page_rect outer, len64 top, len64 bottom, len slack)
{
    return top >= (len64)outer.y - slack &&
           bottom <= (len64)outer.y + outer.height + slack;
}

static void check_inside(struct check *c, const struct page_item *item, size_t number,
                         const struct box *b, len slack)
{
    const struct page *p = &c->list->pages.v[c->page];
    struct page_rect whole = {0, 0, p->width, p->height};
    bool in_head = p->head.width > 0 &&
                   inside_across(p->head, b->left, b->right, slack) &&
                   inside_down(p->head, b->top, b->bottom, slack);
    bool flowed = item->artifact == STRUCTURE_CONTENT && p->body.width > 0 && !in_head;
    if (!c->wide_known) {
        if (!inside_across(whole, b->left, b->right, slack)) {
            fault(c, item->at, "beside the page: item", number);
        } else if (flowed && !inside_across(p->body, b->left, b->right, slack)) {
            fault(c, item->at, "beside the body: item", number);
        }
    }
    if (!c->high_known) {
        if (!inside_down(whole, b->top, b->bottom, slack)) {
            fault(c, item->at, "above or below the page: item", number);
        } else if (flowed && !inside_down(p->body, b->top, b->bottom, slack)) {
            fault(c, item->at, "above or below the body: item", number);
        }
    }
}

static bool glyphs_are_good(const struct text_face *face, const struct text_piece *piece)
{
    const struct text_glyph *g = piece->run->glyphs + piece->from;
    const struct text_glyph *end = piece->run->glyphs + piece->to;
    const uint32_t most = (uint32_t)(face->n_glyphs ? face->n_glyphs : 1 << 16) - 1;
    while (g < end && (uint32_t)(g->id - 1) < most) { /* 0 becomes the largest number */
        g++;
    }
    return g == end;
}

static bool check_pieces(struct check *c, const struct page_item *item, size_t number)
{
    size_t before = c->faults;
    const struct text_face *face = item->as.text.face;
    for (uint32_t i = 0; i < item->as.text.n; i++) {
        const struct text_piece *piece = &item->as.text.pieces[i];
        if (!piece->run || piece->from > piece->to || piece->to > piece->run->n) {
            fault(c, item->at, "a piece outside its run: item", number);
        } else if (piece->run->face != face) {
            fault(c, item->at, "a piece in another face: item", number);
        } else if (!glyphs_are_good(face, piece)) {
            fault(c, item->at, "a glyph that the face has not: item", number);
        }
    }
    return c->faults == before;
}

/* The paragraph that an element belongs to: its nearest ancestor that is no span. */
static uint32_t block_of(const struct structure *s, uint32_t element)
{
    while (element && element < s->elements.n && /* rows of data are no spans */
           structure_is_inline(s->elements.v[element].role) &&
           s->elements.v[element].parent < element) {
        element = s->elements.v[element].parent;
    }
    return element;
}

/* The em box, or less if the face's letters are lower: many faces reserve far more
 * above and below than their letters need. */
static struct box box_of_text(const struct check *c, const struct page_item *item)
{
    const struct text_face *face = item->as.text.face;
    len size = item->as.text.size;
    len above = face->upem ? text_scale(face->ascender, size, face->upem) : size;
    len below = face->upem ? -text_scale(face->descender, size, face->upem) : 0;
    len highest = (len)len_muldiv(size, 4, 5), lowest = size / 4;
    struct box b = {
        .baseline = item->as.text.y,
        .top = (len64)item->as.text.y - (above < highest ? above : highest),
        .bottom = (len64)item->as.text.y + (below < lowest ? below : lowest),
        .block = block_of(&c->list->structure, item->element),
        .artifact = item->artifact != STRUCTURE_CONTENT,
        .item = item,
    };
    const struct text_piece *piece = item->as.text.pieces;
    len64 left = piece->x, right = left + piece->width;
    for (uint32_t i = 1; i < item->as.text.n; i++) {
        piece++;
        left = piece->x < left ? piece->x : left;
        right = (len64)piece->x + piece->width > right ? (len64)piece->x + piece->width
                                                       : right;
    }
    b.left = item->as.text.x + left;
    b.right = item->as.text.x + right;
    return b;
}

static bool check_text(struct check *c, const struct page_item *item, size_t number,
                       struct box *box)
{
    const struct text_face *face = item->as.text.face;
    if (!face || item->as.text.size <= 0 || item->as.text.n == 0) {
        fault(c, item->at, "without face, size or pieces: item", number);
        return false;
    }
    if (!check_pieces(c, item, number)) {
        return false;
    }
    if (item->as.text.angle) {
        return false; /* lies across the page, behind what is read */
    }
    *box = box_of_text(c, item);
    /* The baseline must be inside; letters may hang out of the body, and punctuation
     * into the margin. */
    struct box line = *box;
    line.top = line.bottom = line.baseline;
    check_inside(c, item, number, &line, item->as.text.size / 2);
    return true;
}

static void check_rect(struct check *c, const struct page_item *item, size_t number,
                       struct page_rect r)
{
    struct box b = {.left = r.x, .right = (len64)r.x + r.width,
                    .top = r.y, .bottom = (len64)r.y + r.height};
    if (r.width <= 0 || r.height <= 0) {
        fault(c, item->at, "a rectangle without area: item", number);
        return;
    }
    check_inside(c, item, number, &b, item->kind == PAGE_LINK ? 12 * LEN_PT : LEN_PT);
}

static void check_path(struct check *c, const struct page_item *item, size_t number)
{
    const struct page_path *path = &item->as.path;
    bool starts = path->n > 1;
    for (uint32_t i = 0; i < path->n && starts; i++) {
        bool moves = path->segments[i].kind == PAGE_MOVE;
        bool must_move = i == 0 || path->segments[i - 1].kind == PAGE_CLOSE;
        starts = moves || !must_move;
    }
    if (!starts) {
        fault(c, item->at, "a path that does not begin with a move: item", number);
    } else if (!path->fill && !path->stroke) {
        fault(c, item->at, "a path neither filled nor stroked: item", number);
    } else if (path->stroke && path->stroke_width <= 0) {
        fault(c, item->at, "a path with lines of no width: item", number);
    } else {
        check_rect(c, item, number, page_path_bounds(path));
    }
}

static int compare_boxes(const void *left, const void *right)
{
    const struct box *a = left, *b = right;
    return (a->top > b->top) - (a->top < b->top);
}

static bool boxes_overlap(const struct box *a, const struct box *b)
{
    if (a->baseline == b->baseline) {
        return false;
    }
    len64 left = a->left > b->left ? a->left : b->left;
    len64 right = a->right < b->right ? a->right : b->right;
    len64 top = a->top > b->top ? a->top : b->top;
    len64 bottom = a->bottom < b->bottom ? a->bottom : b->bottom;
    len64 height_a = a->bottom - a->top, height_b = b->bottom - b->top;
    len64 height = height_a < height_b ? height_a : height_b;
    bool same = a->block == b->block && a->artifact == b->artifact;
    int allowed = same ? TOUCH_SAME_PERCENT : TOUCH_PERCENT;
    return right - left > LEN_PT && (bottom - top) * 100 > height * allowed;
}

static void check_overlap(struct check *c, const struct page *p, struct box *boxes,
                          size_t n)
{
    if (c->wide_known || c->high_known || n < 2) {
        return;
    }
    qsort(boxes, n, sizeof *boxes, compare_boxes);
    for (size_t i = 0; i < n; i++) {
        for (size_t j = i + 1; j < n && boxes[j].top < boxes[i].bottom; j++) {
            if (boxes_overlap(&boxes[i], &boxes[j])) {
                fault(c, boxes[j].item->at, "on top of other text: item",
                      (size_t)(boxes[j].item - p->items.v));
            }
        }
    }
}

static void check_item(struct check *c, const struct page_item *item, size_t number,
                       struct box *boxes, size_t *n)
{
    if (item->artifact == STRUCTURE_CONTENT &&
        !structure_has(&c->list->structure, item->element)) {
        fault(c, item->at, "of an element that is not there: item", number);
    }
    switch (item->kind) {
    case PAGE_TEXT:
        *n += check_text(c, item, number, &boxes[*n]);
        break;
    case PAGE_RULE:
        check_rect(c, item, number, item->as.rule.rect);
        break;
    case PAGE_PATH:
        check_path(c, item, number);
        break;
    case PAGE_IMAGE:
        check_rect(c, item, number, item->as.image.rect);
        if (!item->as.image.image || item->as.image.whole.width <= 0 ||
            item->as.image.whole.height <= 0) {
            fault(c, item->at, "without a picture: item", number);
        }
        break;
    case PAGE_LINK:
        check_rect(c, item, number, item->as.link.rect);
        if (item->as.link.link == 0 || item->as.link.link > c->list->links.n) {
            fault(c, item->at, "a link that is not there: item", number);
        }
        break;
    default:
        fault(c, item->at, "of no kind: item", number);
        break;
    }
}

static void check_page(struct check *c)
{
    const struct page *p = &c->list->pages.v[c->page];
    struct page_rect whole = {0, 0, p->width, p->height};
    if (p->width <= 0 || p->height <= 0) {
        fault(c, PLACE_NONE, "without area: page", c->page + 1);
        return;
    }
    if (!inside_across(whole, p->body.x, (len64)p->body.x + p->body.width, 0) ||
        !inside_down(whole, p->body.y, (len64)p->body.y + p->body.height, 0)) {
        fault(c, PLACE_NONE, "body outside the page: page", c->page + 1);
    }
    struct arena_mark mark = arena_mark(&c->scratch);
    struct page room;
    p = page_open(p, &c->scratch, &room);
    struct box *boxes = NEW_ARRAY(&c->scratch, struct box, p->items.n);
    size_t n = 0;
    for (size_t i = 0; i < p->items.n; i++) {
        check_item(c, &p->items.v[i], i, boxes, &n);
    }
    check_overlap(c, p, boxes, n);
    arena_rewind(&c->scratch, mark);
}

static void check_links(struct check *c)
{
    const struct page_list *l = c->list;
    for (size_t i = 0; i < l->links.n; i++) {
        const struct page_link *link = &l->links.v[i];
        bool external = link->uri.n > 0;
        if (external == (link->anchor > 0) || link->anchor > l->anchors.n) {
            fault_of_list(c, "without one target: link", i + 1);
        } else if (!external && !l->anchors.v[link->anchor - 1].placed) {
            fault_of_list(c, "to an anchor that stands nowhere: link", i + 1);
        }
        if (link->element >= l->structure.elements.n) {
            fault_of_list(c, "of an element that is not there: link", i + 1);
        }
    }
    for (size_t i = 0; i < l->anchors.n; i++) {
        if (l->anchors.v[i].placed && l->anchors.v[i].page >= l->pages.n) {
            fault_of_list(c, "on a page that is not there: anchor", i + 1);
        }
    }
}

static void check_outline(struct check *c)
{
    int level = 0;
    for (size_t i = 0; i < c->list->outline.n; i++) {
        const struct page_outline *entry = &c->list->outline.v[i];
        if (entry->level < 1 || entry->level > level + 1) {
            fault_of_list(c, "too deep: outline entry", i + 1);
        }
        if (entry->page >= c->list->pages.n) {
            fault_of_list(c, "to a page that is not there: outline entry", i + 1);
        }
        level = entry->level;
    }
}

static void check_structure(struct check *c)
{
    const struct structure *s = &c->list->structure;
    for (size_t i = 0; i < s->elements.n; i++) {
        const struct structure_element *e = &s->elements.v[i];
        if (e->role >= STRUCTURE_ROLE_COUNT || (i ? e->parent >= i : e->parent != 0)) {
            fault_of_list(c, "without a role or parent: element", i);
        }
    }
    for (size_t i = 0; i < s->grids.n; i++) {
        if (s->grids.v[i].parent >= s->elements.n) {
            fault_of_list(c, "without a parent: grid", i);
        }
    }
    if (s->elements.n && s->elements.v[0].role != STRUCTURE_DOCUMENT) {
        fault_of_list(c, "not a document: element", 0);
    }
}

bool page_check(const struct page_list *l, struct diag_sink *sink)
{
    struct check c = {
        .list = l,
        .sink = sink,
        .wide_known = sink->per_code[DIAG_OVERFULL_LINE] > 0,
        .high_known = sink->per_code[DIAG_OVERFULL_PAGE] > 0 ||
                      sink->per_code[DIAG_TIGHT_LINES] > 0,
    };
    arena_init(&c.scratch);
    if (l->pages.n == 0) {
        fault_of_list(&c, "too few pages:", 0);
    }
    for (; c.page < l->pages.n; c.page++) {
        check_page(&c);
    }
    check_links(&c);
    check_outline(&c);
    check_structure(&c);
    arena_done(&c.scratch);
    return c.faults == 0;
}

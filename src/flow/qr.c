/* SPDX-License-Identifier: MIT
 *
 * QR codes: how large they are, the one line that each is, and the shape on the page. All
 * dark modules are one path: it follows the edges between dark and light, so that there
 * is no seam between two modules at any size on any screen. */
#include "flow/measure.h"

#include "flow/furniture.h"

/* Hundredths of a millimetre. */
#define HMM(n) ((len)((int64_t)(n) * 72 * LEN_PT / 2540))

/* The page's white. */
static const struct color WHITE = {COLOR_GRAY, {1000}, 0};

/* What phones read from the hand; the side of a code that says little; the least side of
 * its modules where the note asks for nothing. */
static const len LEAST_MODULE = HMM(33), USUAL_SIDE = HMM(2500), USUAL_MODULE = HMM(50);

static int modules_across(const struct image_qr *code)
{
    return code->side + 2 * IMAGE_QR_QUIET;
}

static len wanted_side(const struct box *box, len measure)
{
    const struct note_qr *w = box->qr->wanted;
    if (w->has_size) {
        len em = box->style->size;
        return len_resolve(w->size, em, em / 2, measure);
    }
    len needed = modules_across(box->qr->code) * USUAL_MODULE;
    return needed > USUAL_SIDE ? needed : USUAL_SIDE;
}

/* No larger than its column, or a page. */
static len largest_side(const struct measure *m)
{
    len64 height = flow_region_height(m->f, (size_t)m->f->layout->page.columns);
    return height < m->width ? (len)height : m->width;
}

static void report(struct measure *m, const struct box *box, len side)
{
    const struct note_qr *w = box->qr->wanted;
    int n = modules_across(box->qr->code);
    len needed = n * LEAST_MODULE;
    struct buf module, size;
    buf_init(&module, &m->f->work);
    buf_init(&size, &m->f->work);
    buf_decimal(&module, len_muldiv(side, 25400, (len64)72 * LEN_PT * n), 3);
    buf_decimal(&size, len_muldiv(needed, 254, 72 * LEN_PT) + 1, 1);
    str hint = str_format(&m->f->work, "let it say less, or make it %.*s mm wide or more",
                          STR_ARG(buf_str(&size)));
    diag_report(m->f->sink, DIAG_SMALL_CODE, w->has_size ? w->size_at : w->at, hint.p,
                "the modules of the QR code are %.*s mm wide, 0.33 mm are wanted",
                STR_ARG(buf_str(&module)));
}

void flow_measure_qr(struct measure *m, const struct box *box)
{
    len side = wanted_side(box, m->width), most = largest_side(m);
    side = side < most ? side : most;
    side = side < LEN_PT ? LEN_PT : side;
    if (side / modules_across(box->qr->code) < LEAST_MODULE - 1) {
        report(m, box, side);
    }
    struct flow_line *line = flow_add_line(m, box);
    line->kind = FLOW_QR;
    line->rtl = flow_reads_rtl(m->f, box);
    line->width = line->height = line->baseline = side;
    len left = line->rtl ? m->full - m->x - m->width : m->x;
    line->x = left + flow_move_in_room(box, m->width - side, line->rtl);
    m->keep = box->next != NULL; /* the caption stays with it */
}

/* --- The shape --- */

/* Edges run with the dark at their right: rightwards above a dark module, down at its
 * right, leftwards below it, up at its left. */
enum heading { RIGHT, DOWN, LEFT, UP };

struct tracer {
    struct flow *f;
    const struct image_qr *code;
    uint8_t *seen; /* of the corners: a bit for each heading that leaves there */
    len side;
    struct { struct page_segment *v; size_t n, cap; } out;
};

/* Whether an edge leaves the corner (x, y) in that direction. */
static bool has_edge(const struct image_qr *code, int x, int y, enum heading h)
{
    bool before = image_qr_dark(code, x - 1, y - 1);
    bool above = image_qr_dark(code, x, y - 1);
    bool left = image_qr_dark(code, x - 1, y), here = image_qr_dark(code, x, y);
    switch (h) {
    case RIGHT: return here && !above;
    case DOWN: return left && !here;
    case LEFT: return before && !left;
    case UP: return above && !before;
    }
    return false;
}

static void step(int *x, int *y, enum heading h)
{
    *x += h == RIGHT ? 1 : h == LEFT ? -1 : 0;
    *y += h == DOWN ? 1 : h == UP ? -1 : 0;
}

static uint8_t *seen_at(struct tracer *t, int x, int y)
{
    return &t->seen[y * (t->code->side + 1) + x];
}

/* Places are reckoned from the whole side, so that no error adds up. */
static len place(const struct tracer *t, int corner)
{
    return (len)len_muldiv(t->side, corner + IMAGE_QR_QUIET, modules_across(t->code));
}

static void add_corner(struct tracer *t, int x, int y, enum page_segment_kind kind)
{
    struct page_segment s = {.kind = kind, .x = place(t, x), .y = place(t, y)};
    vec_push(t->f->arena, &t->out, s);
}

/* One way around, from a corner where an edge begins to the right. Where four edges meet
 * it turns to the right: modules that touch at a corner stay apart. */
static void trace(struct tracer *t, int x, int y)
{
    enum heading h = RIGHT;
    add_corner(t, x, y, PAGE_MOVE);
    while (!(*seen_at(t, x, y) >> h & 1)) {
        *seen_at(t, x, y) |= (uint8_t)(1u << h);
        step(&x, &y, h);
        enum heading turned = (enum heading)((h + 1) % 4);
        if (!has_edge(t->code, x, y, turned)) {
            turned = has_edge(t->code, x, y, h) ? h : (enum heading)((h + 3) % 4);
        }
        if (turned != h && !(*seen_at(t, x, y) >> turned & 1)) {
            add_corner(t, x, y, PAGE_LINE);
        }
        h = turned;
    }
    add_corner(t, x, y, PAGE_CLOSE);
}

static void trace_all(struct tracer *t)
{
    for (int y = 0; y <= t->code->side; y++) {
        for (int x = 0; x <= t->code->side; x++) {
            if (has_edge(t->code, x, y, RIGHT) && !(*seen_at(t, x, y) >> RIGHT & 1)) {
                trace(t, x, y);
            }
        }
    }
}

/* Behind a code that stands on a colour, the page's white. */
static void place_ground(struct flow *f, struct page *p, const struct flow_line *l,
                         struct page_rect rect)
{
    for (const struct box *b = l->box; b; b = b->parent) {
        if (b->style->background.space != COLOR_NONE) {
            flow_place_rule(f, p, rect, WHITE);
            return;
        }
    }
}

void flow_place_qr(struct flow *f, struct page *p, const struct flow_line *l,
                   struct page_rect rect)
{
    const struct box_qr *qr = l->box->qr;
    size_t corners = (size_t)(qr->code->side + 1) * (size_t)(qr->code->side + 1);
    struct tracer t = {.f = f, .code = qr->code, .side = rect.width,
                       .seen = NEW_ARRAY(&f->work, uint8_t, corners)};
    trace_all(&t);
    place_ground(f, p, l, rect);
    struct page_item *item = page_add_item(f->pages, p, PAGE_PATH);
    item->at = qr->wanted->at;
    item->element = l->box->element;
    item->as.path = (struct page_path){
        .x = rect.x, .y = rect.y, .segments = t.out.v, .n = (uint32_t)t.out.n,
        .fill = true, .fill_color = COLOR_BLACK,
    };
    if (qr->link) {
        item = page_add_item(f->pages, p, PAGE_LINK);
        item->at = qr->wanted->at;
        item->element = f->tree->links.v[qr->link - 1].element;
        item->as.link.link = qr->link;
        item->as.link.rect = rect;
    }
}

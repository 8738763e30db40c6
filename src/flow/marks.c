/* SPDX-License-Identifier: MIT
 *
 * Check boxes as vector shapes, so that they look alike in every font: a square as high
 * as capitals, on the baseline, and a tick inside. They are content: their element says
 * in words what they mean. */
#include "flow/vertical.h"

/* In 1/1000 of the square's side. */
enum { FRAME_WIDTH = 80, TICK_WIDTH = 130, TICK_POINTS = 3 };
static const int TICK[TICK_POINTS][2] = {{220, 520}, {425, 730}, {790, 270}};

static len share(len side, int thousandths)
{
    return (len)((len64)side * thousandths / 1000);
}

static struct page_path *add_path(struct flow *f, struct page *p,
                                  const struct flow_line *l)
{
    struct page_item *item = page_add_item(f->pages, p, PAGE_PATH);
    item->element = l->box->mark_element;
    item->at = l->box->at;
    item->as.path = (struct page_path){
        .stroke = true, .stroke_color = l->box->mark_style->color,
        .cap = PAGE_CAP_ROUND, .join = PAGE_JOIN_ROUND,
    };
    return &item->as.path;
}

/* Half a line in from all sides, so that the square is as wide as was reckoned. */
static void draw_frame(struct flow *f, struct page_path *path, len side)
{
    len width = share(side, FRAME_WIDTH), near = width / 2, far = side - near;
    struct page_segment *s = NEW_ARRAY(f->arena, struct page_segment, 5);
    s[0] = (struct page_segment){.kind = PAGE_MOVE, .x = near, .y = near};
    s[1] = (struct page_segment){.kind = PAGE_LINE, .x = far, .y = near};
    s[2] = (struct page_segment){.kind = PAGE_LINE, .x = far, .y = far};
    s[3] = (struct page_segment){.kind = PAGE_LINE, .x = near, .y = far};
    s[4] = (struct page_segment){.kind = PAGE_CLOSE};
    path->segments = s;
    path->n = 5;
    path->stroke_width = width;
}

static void draw_tick(struct flow *f, struct page_path *path, len side)
{
    struct page_segment *s = NEW_ARRAY(f->arena, struct page_segment, TICK_POINTS);
    for (uint32_t i = 0; i < TICK_POINTS; i++) {
        s[i].kind = i ? PAGE_LINE : PAGE_MOVE;
        s[i].x = share(side, TICK[i][0]);
        s[i].y = share(side, TICK[i][1]);
    }
    path->segments = s;
    path->n = TICK_POINTS;
    path->stroke_width = share(side, TICK_WIDTH);
}

void flow_place_mark(struct flow *f, struct page *p, const struct flow_line *l, len x,
                     len y)
{
    len side = l->box->mark_size;
    int shapes = l->box->mark == BOX_DONE ? 2 : 1;
    for (int i = 0; i < shapes; i++) {
        struct page_path *path = add_path(f, p, l);
        path->x = x + l->mark_x;
        path->y = y + l->baseline - side;
        (i ? draw_tick : draw_frame)(f, path, side);
    }
}

/* SPDX-License-Identifier: MIT
 *
 * In: shapes of the page list, which count from the upper left. Out: PDF's operators,
 * which count from the lower left, in hundredths of a point. */
#include "pdf/path.h"

#include "pdf/syntax.h"

static void put_point(struct buf *out, len64 x, len64 y)
{
    pdf_put_centi(out, pdf_centi(x));
    buf_char(out, ' ');
    pdf_put_centi(out, pdf_centi(y));
    buf_char(out, ' ');
}

static void put_segment(struct buf *out, const struct page_segment *s, len64 x, len64 y)
{
    switch (s->kind) {
    case PAGE_MOVE:
        put_point(out, x + s->x, y - s->y);
        buf_puts(out, "m\n");
        break;
    case PAGE_LINE:
        put_point(out, x + s->x, y - s->y);
        buf_puts(out, "l\n");
        break;
    case PAGE_CURVE:
        put_point(out, x + s->x1, y - s->y1);
        put_point(out, x + s->x2, y - s->y2);
        put_point(out, x + s->x, y - s->y);
        buf_puts(out, "c\n");
        break;
    case PAGE_CLOSE:
        buf_puts(out, "h\n");
        break;
    }
}

static void put_stroke(struct buf *out, const struct page_path *path,
                       struct pdf_stroke *now)
{
    if (!color_eq(now->color, path->stroke_color)) {
        pdf_put_stroke(out, path->stroke_color);
    }
    if (now->width != path->stroke_width) {
        buf_points(out, path->stroke_width);
        buf_puts(out, " w\n");
    }
    if (now->cap != path->cap) {
        buf_format(out, "%d J\n", (int)path->cap);
    }
    if (now->join != path->join) {
        buf_format(out, "%d j\n", (int)path->join);
    }
    *now = (struct pdf_stroke){path->stroke_color, path->stroke_width, path->cap,
                               path->join};
}

void pdf_put_path(struct buf *out, const struct page_path *path, len page_height,
                  struct pdf_stroke *now)
{
    if (path->stroke) {
        put_stroke(out, path, now);
    }
    for (uint32_t i = 0; i < path->n; i++) {
        put_segment(out, &path->segments[i], path->x, (len64)page_height - path->y);
    }
    const char *rule = path->fill && path->even_odd ? "*" : "";
    const char *paint = !path->fill ? "S" : path->stroke ? "B" : "f";
    buf_format(out, "%s%s\n", paint, rule);
}

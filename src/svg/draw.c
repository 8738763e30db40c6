/* SPDX-License-Identifier: MIT
 *
 * In: a drawing that is well-formed. Out: a PDF of one page, by librsvg and cairo. A
 * drawing is as large as it says, in CSS pixels of 1/96 inch; one that says only its
 * coordinates (viewBox) takes them for pixels. Filters and masks become pixels: for them
 * the page is larger than the drawing, so that these are fine enough for print. */
#include "svg/svg.h"

#include <cairo-pdf.h>
#include <librsvg/rsvg.h>

enum {
    DPI = 96, UNIT = 1024,
    MAX_SIDE = 14400,  /* pt: what is larger is drawn smaller */
    FINE_SIDE = 3000,  /* pt, of a page with pixels */
    FINER = 4,
};

struct size {
    double width, height; /* pixels of CSS */
};

static bool is_share(RsvgLength l)
{
    return l.unit == RSVG_UNIT_PERCENT;
}

static double in_pixels(RsvgLength l)
{
    switch (l.unit) {
    case RSVG_UNIT_EM: return l.length * 16; /* what browsers begin with */
    case RSVG_UNIT_EX: return l.length * 8;
    case RSVG_UNIT_IN: return l.length * DPI;
    case RSVG_UNIT_CM: return l.length * DPI / 2.54;
    case RSVG_UNIT_MM: return l.length * DPI / 25.4;
    case RSVG_UNIT_PT: return l.length * DPI / 72;
    case RSVG_UNIT_PC: return l.length * DPI / 6;
    case RSVG_UNIT_PX:
    case RSVG_UNIT_PERCENT: break;
    }
    return l.length;
}

/* A width or height that is not said, or is a share of nobody knows what, follows from
 * the other one and the viewBox. */
static bool find_size(RsvgHandle *handle, struct size *s)
{
    gboolean has_width, has_height, has_box;
    RsvgLength width, height;
    RsvgRectangle box;
    rsvg_handle_get_intrinsic_dimensions(handle, &has_width, &width, &has_height, &height,
                                         &has_box, &box);
    has_width = has_width && !is_share(width);
    has_height = has_height && !is_share(height);
    *s = (struct size){has_width ? in_pixels(width) : 0,
                       has_height ? in_pixels(height) : 0};
    if (has_width && has_height) {
        return true;
    }
    if (!has_box || box.width <= 0 || box.height <= 0) {
        return false;
    }
    if (has_width) {
        s->height = s->width * box.height / box.width;
    } else if (has_height) {
        s->width = s->height * box.width / box.height;
    } else {
        *s = (struct size){box.width, box.height};
    }
    return true;
}

static bool check_size(struct svg_look *look, RsvgHandle *handle, struct size *s)
{
    const double most = 1e6, least = 1.0 / 64;
    if (!find_size(handle, s)) {
        return svg_wrong(look, 0, 0, "it has no size: neither width and height nor a "
                                     "viewBox");
    }
    if (s->width < least || s->height < least) {
        return svg_wrong(look, 0, 0, "it has no area");
    }
    return (s->width <= most && s->height <= most) ||
           svg_wrong(look, 0, 0, "it is too large: more than 1000000 pixels");
}

/* Points of the page to a pixel of the drawing. */
static double scale_for(const struct svg_look *look, const struct size *s)
{
    double scale = 72.0 / DPI, side = s->width > s->height ? s->width : s->height;
    if (look->has_pixels) {
        double fine = FINE_SIDE / side;
        scale = fine < scale ? scale : fine > scale * FINER ? scale * FINER : fine;
    }
    return side * scale > MAX_SIDE ? MAX_SIDE / side : scale;
}

static int32_t in_units(double points)
{
    int32_t units = (int32_t)(points * UNIT + 0.5);
    return units < 1 ? 1 : units;
}

static cairo_status_t take_pdf(void *closure, const unsigned char *bytes, unsigned int n)
{
    struct buf *pdf = closure;
    if (pdf->n + n > SVG_MAX_OUTPUT) {
        return CAIRO_STATUS_WRITE_ERROR;
    }
    buf_put(pdf, (str){(const char *)bytes, n});
    return CAIRO_STATUS_SUCCESS;
}

static bool render(struct svg_look *look, RsvgHandle *handle, const struct size *s,
                   struct svg_page *page)
{
    double scale = scale_for(look, s);
    page->width = in_units(s->width * 72 / DPI);
    page->height = in_units(s->height * 72 / DPI);
    page->page_width = in_units(s->width * scale);
    page->page_height = in_units(s->height * scale);
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(
        take_pdf, &page->pdf, (double)page->page_width / UNIT,
        (double)page->page_height / UNIT);
    cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5);
    cairo_t *cairo = cairo_create(surface);
    cairo_scale(cairo, scale, scale);
    RsvgRectangle whole = {0, 0, s->width, s->height};
    GError *error = NULL;
    if (!rsvg_handle_render_document(handle, cairo, &whole, &error)) {
        svg_wrong(look, 0, 0, error ? error->message : "librsvg failed");
    }
    cairo_status_t drawn = cairo_status(cairo);
    cairo_destroy(cairo);
    cairo_surface_finish(surface);
    cairo_status_t written = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    if (!look->wrong && (drawn || written)) {
        svg_wrong(look, 0, 0, cairo_status_to_string(drawn ? drawn : written));
    }
    return !look->wrong;
}

bool svg_draw(struct svg_look *look, str bytes, struct svg_page *page)
{
    GError *error = NULL;
    GInputStream *stream =
        g_memory_input_stream_new_from_data(bytes.p, (gssize)bytes.n, NULL);
    RsvgHandle *handle = rsvg_handle_new_from_stream_sync(
        stream, NULL, RSVG_HANDLE_FLAGS_NONE, NULL, &error);
    g_object_unref(stream);
    if (!handle) {
        return svg_wrong(look, 0, 0, error ? error->message : "librsvg failed");
    }
    struct size s;
    buf_init(&page->pdf, look->arena);
    rsvg_handle_set_dpi(handle, DPI);
    bool drawn = check_size(look, handle, &s) && render(look, handle, &s, page);
    g_object_unref(handle);
    return drawn;
}

/* SPDX-License-Identifier: MIT
 *
 * Pictures travel beside the HTML, which names them by the digest of what is in them.
 * Drawings (SVG) are shown by few mail programs, so their words stand in their place. */
#include "screen/html.h"

enum { ID_LENGTH = 24, PIXELS_PER_INCH = 96, MILLI = 1000 };

str html_picture(struct html_writer *w, const struct image *image)
{
    if (image->type != IMAGE_PNG && image->type != IMAGE_JPEG) {
        return STR_NONE;
    }
    for (size_t i = 0; i < w->pictures->all.n; i++) {
        if (w->pictures->all.v[i].image == image) {
            return w->pictures->all.v[i].id;
        }
    }
    struct screen_picture p = {
        image, str_format(w->a, "%.*s@infonote", ID_LENGTH, image->digest)};
    vec_push(w->a, &w->pictures->all, p);
    return p.id;
}

/* As wide as the note says, else as its pixels are, never wider than the note. */
static int width_of(struct html_writer *w, const struct box *box)
{
    const struct note_image *wanted = box->wanted;
    int64_t ppi = image_ppi_x(box->image) ? image_ppi_x(box->image)
                  : (int64_t)w->t->layout->images.resolution * MILLI;
    len64 width = len_muldiv((int64_t)image_width(box->image) * MILLI, PIXELS_PER_INCH,
                             ppi);
    if (wanted && wanted->has_width) {
        len whole = (len)len_muldiv(HTML_WIDTH, w->base, 16);
        width = html_pixels(w, len_resolve(wanted->width, box->style->size,
                                           box->style->size / 2, whole));
    }
    return width > HTML_WIDTH ? HTML_WIDTH : width < 1 ? 1 : (int)width;
}

static void put_words(struct html_writer *w, str words)
{
    if (words.n) {
        buf_puts(w->out, "<p style=\"margin:0 0 12px;padding:8px;"
                         "border:1px solid #999\">");
        html_escape(w->out, words);
        buf_puts(w->out, "</p>\n");
    }
}

static void put_code(struct html_writer *w, const struct box *box)
{
    str alt = screen_alt(w->t, box->element), uri = STR_NONE;
    if (box->qr->link) {
        uri = w->t->links.v[box->qr->link - 1].uri;
    }
    if (!uri.n) {
        size_t at;
        bool said = str_find(alt, box->qr->wanted->text, &at);
        put_words(w, said ? alt : str_format(w->a, "%.*s: %.*s", STR_ARG(alt),
                                             STR_ARG(box->qr->wanted->text)));
        return;
    }
    buf_puts(w->out, "<p style=\"margin:0 0 12px\"><a href=\"");
    html_escape(w->out, uri);
    buf_puts(w->out, "\">");
    html_escape(w->out, alt);
    buf_puts(w->out, "</a></p>\n");
}

void html_image(struct html_writer *w, const struct box *box)
{
    str alt = screen_alt(w->t, box->element);
    if (box->kind == BOX_QR) {
        put_code(w, box);
        return;
    }
    str id = box->image ? html_picture(w, box->image) : STR_NONE;
    if (!id.n) {
        put_words(w, alt);
        return;
    }
    bool center = box->style->align == STYLE_CENTER;
    buf_format(w->out, "<p%s style=\"margin:0 0 8px\"><img src=\"cid:%.*s\" width=\"%d\" "
               "style=\"max-width:100%%;height:auto;border:0\" alt=\"",
               center ? " align=\"center\"" : "", STR_ARG(id), width_of(w, box));
    html_escape(w->out, alt);
    buf_puts(w->out, "\"></p>\n");
}

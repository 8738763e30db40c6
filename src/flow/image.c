/* SPDX-License-Identifier: MIT
 *
 * Images: how large they are, the one line that each is, and where it stands. A picture
 * has the size that the note asks for, else the one that its pixels and their resolution
 * make; nothing is larger than its column or higher than a page. */
#include "flow/measure.h"

#include "image/image.h"

enum {
    MILLI = 1000,
    LEAST = LEN_PT / 4,        /* thinner, and it would be no rectangle in the file */
};

struct size {
    len64 width, height;
};

static struct size scaled(struct size s, len64 from, len64 to)
{
    s.width = len_muldiv(s.width, to, from);
    s.height = len_muldiv(s.height, to, from);
    return s;
}

static struct size at_least(struct size s)
{
    s.width = s.width < LEAST ? LEAST : s.width;
    s.height = s.height < LEAST ? LEAST : s.height;
    return s;
}

static struct size natural_size(const struct flow *f, const struct image *image)
{
    if (image->drawing) {
        return at_least((struct size){image->drawing->width, image->drawing->height});
    }
    int64_t fallback = (int64_t)f->layout->images.resolution * MILLI;
    int64_t x = image_ppi_x(image) ? image_ppi_x(image) : fallback;
    int64_t y = image_ppi_y(image) ? image_ppi_y(image) : fallback;
    return at_least((struct size){
        len_muldiv((int64_t)image_width(image) * MILLI, 72 * LEN_PT, x),
        len_muldiv((int64_t)image_height(image) * MILLI, 72 * LEN_PT, y),
    });
}

static len64 resolve(struct len_spec spec, const struct style *s, len measure)
{
    len value = len_resolve(spec, s->size, s->size / 2, measure);
    return value < LEAST ? LEAST : value;
}

/* The size that the note asks for. */
static struct size wanted_size(const struct box *box, struct size natural, len measure)
{
    const struct note_image *w = box->wanted;
    struct size frame = natural;
    if (w->has_width) {
        frame.width = resolve(w->width, box->style, measure);
    }
    if (w->has_height) {
        frame.height = resolve(w->height, box->style, measure);
    }
    if (w->has_width && !w->has_height) {
        return scaled(natural, natural.width, frame.width);
    }
    if (w->has_height && !w->has_width) {
        return scaled(natural, natural.height, frame.height);
    }
    if (w->has_width && w->fit == NOTE_FIT_CONTAIN) {
        struct size in = scaled(natural, natural.width, frame.width);
        return in.height <= frame.height
                   ? in : scaled(natural, natural.height, frame.height);
    }
    return frame;
}

const char *flow_in_mm(struct flow *f, len64 length)
{
    struct buf b;
    buf_init(&b, &f->work);
    buf_decimal(&b, len_muldiv(length, 254, 72 * LEN_PT), 1);
    buf_puts(&b, " mm");
    buf_char(&b, '\0');
    return b.p;
}

static void report_width(struct flow *f, const struct note_image *w, len64 width,
                         len measure)
{
    struct place at = w->has_width ? w->width_at : w->has_height ? w->height_at : w->at;
    diag_report(f->sink, DIAG_OVERFULL_LINE, at, "ask for less; `100%` is the column",
                "the image would be %s wide, its column is %s: it was made smaller",
                flow_in_mm(f, width), flow_in_mm(f, measure));
}

bool flow_reads_rtl(struct flow *f, const struct box *box)
{
    const struct structure_element *all = f->tree->structure.elements.v;
    uint32_t e = box->element;
    while (e && !all[e].more->lang.n) {
        e = all[e].parent;
    }
    str lang = e ? all[e].more->lang : f->tree->lang;
    struct text_para_request request = {.lang = lang};
    bool rtl = text_para_new(f->engine, &request, &f->scratch, f->sink)->rtl;
    arena_reset(&f->scratch);
    return rtl;
}

/* How far the line is moved into the room beside it. */
len flow_move_in_room(const struct box *box, len room, bool rtl)
{
    enum style_align align = box->style->align;
    if (align == STYLE_CENTER) {
        return room / 2;
    }
    bool start = align == STYLE_START || align == STYLE_JUSTIFY;
    bool right = align == STYLE_RIGHT || (start && rtl) || (align == STYLE_END && !rtl);
    return right ? room : 0;
}

void flow_image_needs(const struct flow *f, const struct box *box, len *least, len *most)
{
    enum { LEAST_EMS = 4 };
    const struct note_image *w = box->wanted;
    struct size natural = natural_size(f, box->image);
    bool given = w->has_width && w->width.unit != LEN_UNIT_PERCENT;
    len64 width = given || w->has_height ? wanted_size(box, natural, 0).width
                                         : natural.width;
    len64 small = (len64)box->style->size * LEAST_EMS;
    *most = width < LEN_MAX / 4 ? (len)width : LEN_MAX / 4;
    *least = given || *most < small ? *most : (len)small;
}

void flow_measure_image(struct measure *m, const struct box *box)
{
    struct size size = wanted_size(box, natural_size(m->f, box->image), m->width);
    if (size.width > m->width) {
        if (box->wanted->has_width || box->wanted->has_height) {
            report_width(m->f, box->wanted, size.width, m->width);
        }
        size = scaled(size, size.width, m->width);
    }
    size = at_least(size);
    struct flow_line *line = flow_add_line(m, box);
    line->kind = FLOW_IMAGE;
    line->rtl = flow_reads_rtl(m->f, box);
    line->width = (len)size.width;
    line->height = size.height < LEN_MAX / 4 ? (len)size.height : LEN_MAX / 4;
    line->baseline = line->height;
    len left = line->rtl ? m->full - m->x - m->width : m->x;
    line->x = left + flow_move_in_room(box, m->width - line->width, line->rtl);
    m->keep = box->next != NULL; /* the caption stays with it */
}

void flow_fit_figure(struct measure *m, size_t first)
{
    len64 over = flow_height(m->out, first, m->out->n) - flow_page_height(m->f);
    size_t i = first;
    while (i < m->out->n && m->out->v[i].kind != FLOW_IMAGE) {
        i++; /* a rule above */
    }
    if (over <= 0 || i == m->out->n) {
        return;
    }
    struct flow_line *line = &m->out->v[i];
    const struct box *box = line->box;
    if (line->height - over < LEN_PT) {
        return; /* the caption alone is too high: that is told where it is placed */
    }
    if (box->wanted->has_width || box->wanted->has_height) {
        const struct note_image *w = box->wanted;
        diag_report(m->f->sink, DIAG_OVERFULL_PAGE,
                    w->has_height ? w->height_at : w->width_at, "ask for less",
                    "the image would be %s high, a page has room for %s: it was made "
                    "smaller", flow_in_mm(m->f, line->height),
                    flow_in_mm(m->f, line->height - over));
    }
    len width = line->width;
    line->width = (len)len_muldiv(width, line->height - over, line->height);
    line->width = line->width < LEAST ? LEAST : line->width;
    line->height -= (len)over;
    line->baseline = line->height;
    line->x += flow_move_in_room(box, width - line->width, line->rtl);
}

/* --- Placing --- */

/* Where all of the picture would be, if it is to fill `rect` and keep its shape. */
static struct page_rect cover(const struct flow *f, const struct box *box,
                              struct page_rect rect)
{
    struct size natural = natural_size(f, box->image);
    struct size s = scaled(natural, natural.width, rect.width);
    if (s.height < rect.height) {
        s = scaled(natural, natural.height, rect.height);
    }
    return (struct page_rect){
        rect.x - (len)(s.width - rect.width) / 2,
        rect.y - (len)(s.height - rect.height) / 2, (len)s.width, (len)s.height,
    };
}

static void check_resolution(struct flow *f, const struct image *image, struct place at,
                             struct page_rect rect)
{
    int64_t across = len_muldiv(image_width(image), 72 * LEN_PT, rect.width);
    int64_t down = len_muldiv(image_height(image), 72 * LEN_PT, rect.height);
    int64_t ppi = across < down ? across : down;
    int64_t least = f->layout->images.min_resolution;
    if (ppi < least && !image->drawing) {
        diag_report(f->sink, DIAG_LOW_RESOLUTION, at,
                    "make it smaller on the page, or take one with more pixels",
                    "the image has %lld pixels per inch here, %lld are wanted",
                    (long long)ppi, (long long)least);
    }
}

void flow_place_image(struct flow *f, struct page *p, const struct flow_line *l,
                      struct page_rect rect)
{
    const struct box *box = l->box;
    bool both = box->wanted->has_width && box->wanted->has_height;
    bool covers = both && box->wanted->fit == NOTE_FIT_COVER;
    struct page_item *item = page_add_item(f->pages, p, PAGE_IMAGE);
    item->at = box->wanted->at;
    item->element = box->element;
    item->artifact = box->wanted->decorative ? STRUCTURE_DECORATION : STRUCTURE_CONTENT;
    item->as.image.image = box->image;
    item->as.image.rect = rect;
    item->as.image.whole = covers ? cover(f, box, rect) : rect;
    check_resolution(f, box->image, item->at, item->as.image.whole);
}

void flow_place_picture(struct flow *f, struct page *p, const struct text_span *span,
                        len x, len baseline)
{
    const struct text_object *object = span->object;
    const struct tree_picture *picture = &f->tree->pictures.v[object->number - 1];
    struct page_item *item = page_add_item(f->pages, p, PAGE_IMAGE);
    item->at = span->at;
    item->element = span->element;
    item->artifact = picture->wanted->decorative ? STRUCTURE_DECORATION
                                                 : STRUCTURE_CONTENT;
    item->as.image.image = picture->image;
    item->as.image.rect = (struct page_rect){
        x, baseline - span->style->rise - object->height, object->width, object->height,
    };
    item->as.image.whole = item->as.image.rect;
    check_resolution(f, picture->image, item->at, item->as.image.rect);
}

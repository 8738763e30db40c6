/* SPDX-License-Identifier: MIT
 *
 * Where text may stand: the columns of the pages, numbered one after the other. */
#include "flow/vertical.h"

bool flow_geometry(struct flow *f)
{
    struct layout *l = f->layout;
    if (f->binding > l->page.outer) {
        const char *unit;
        struct buf b;
        buf_init(&b, f->sink->arena);
        buf_decimal(&b, len_in_unit(l->page.outer, LEN_UNIT_MM, &unit), 2);
        diag_report(f->sink, DIAG_BAD_GEOMETRY, l->print.binding_at,
                    "make it smaller, or `outer` of the margins larger",
                    "`binding` moves the text over the outer margin of %.*s mm",
                    STR_ARG(buf_str(&b)));
        return false;
    }
    int columns = l->page.columns > 0 ? l->page.columns : 1;
    len width = l->page.width - l->page.inner - l->page.outer;
    f->column_width = (width - (columns - 1) * l->page.gutter) / columns;
    len height = l->page.height - l->page.top - l->page.bottom;
    len first = l->page.height - l->page.first_top - l->page.bottom;
    const struct style *root = style_root(l);
    if (f->column_width < root->size || height < root->leading || first < root->leading) {
        diag_report(f->sink, DIAG_BAD_GEOMETRY, PLACE_NONE,
                    "make the margins smaller or the page larger",
                    "layout `%.*s` leaves no room for text", STR_ARG(l->name));
        return false;
    }
    return true;
}

/* The left edge of the body: the inner margin is at the spine. */
static len body_left(const struct flow *f, uint32_t page)
{
    const struct layout *l = f->layout;
    bool left_page = page % 2 == 1;
    return l->page.two_sided && left_page ? l->page.outer - f->binding
                                          : l->page.inner + f->binding;
}

struct flow_region flow_region(const struct flow *f, size_t number)
{
    const struct layout *l = f->layout;
    size_t columns = l->page.columns > 0 ? (size_t)l->page.columns : 1;
    struct flow_region r = {
        .page = (uint32_t)(number / columns), .column = (int)(number % columns),
        .columns = (int)columns,
    };
    if (f->rtl) {
        r.column = r.columns - 1 - r.column; /* the first is at the right */
    }
    len top = r.page == 0 ? f->first_top : l->page.top;
    len bottom = l->page.height - l->page.bottom;
    if (r.page == 0) {
        top += (len)f->front_height;
        bottom -= (len)f->first_foot_height;
    }
    r.rect = (struct page_rect){
        .x = body_left(f, r.page) + r.column * (f->column_width + l->page.gutter),
        .y = top,
        .width = f->column_width,
        .height = bottom > top ? bottom - top : 0,
    };
    return r;
}

len64 flow_page_height(const struct flow *f)
{
    return flow_region_height(f, (size_t)f->layout->page.columns);
}

len64 flow_region_height(const struct flow *f, size_t number)
{
    return flow_region(f, number).rect.height;
}

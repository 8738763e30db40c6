/* SPDX-License-Identifier: MIT
 *
 * Headers and footers. They are made when all pages are, since they may name the number
 * of pages; they change no layout. */
#include "flow/vertical.h"

struct furnish {
    struct flow *f;
    size_t page;
    struct layout_values values;
};

static void mark_as_artifact(struct page *p, size_t from, enum structure_artifact what)
{
    for (size_t i = from; i < p->items.n; i++) {
        p->items.v[i].artifact = what;
    }
}

/* One slot, `align`ed in the body's width; gives its height. */
static len place_slot(const struct furnish *u, str text, const char *style,
                      enum style_align align, len y)
{
    struct flow *f = u->f;
    struct page *p = &f->pages->pages.v[u->page];
    struct box *box = tree_running(f->tree, text, style, f->arena);
    struct flow_line *line = flow_set_single(f, box, p->body.width);
    if (!line) {
        return 0;
    }
    len room = p->body.width - line->text.width;
    line->x = align == STYLE_LEFT ? 0 : align == STYLE_RIGHT ? room : room / 2;
    flow_place_line(f, p, line, p->body.x, y);
    return line->height;
}

/* A header or footer in a margin too narrow for it would be cut off; that is told once. */
static void check_margin(const struct furnish *u, bool header, len top, len height)
{
    struct flow *f = u->f;
    if (top >= 0 && top + height <= f->pages->pages.v[u->page].height) {
        return;
    }
    if (f->sink->per_code[DIAG_BAD_GEOMETRY] == 0) {
        diag_report(f->sink, DIAG_BAD_GEOMETRY, PLACE_NONE,
                    header ? "make the top margin larger, or `header-gap` smaller"
                           : "make the bottom margin larger, or `footer-gap` smaller",
                    "layout `%.*s` leaves no room for the %s", STR_ARG(f->layout->name),
                    header ? "header" : "footer");
    }
}

static void place_running(const struct furnish *u, const struct layout_running *r,
                          bool header)
{
    const struct { str text; enum style_align align; } SLOTS[] = {
        {r->left, STYLE_LEFT}, {r->center, STYLE_CENTER}, {r->right, STYLE_RIGHT},
    };
    struct flow *f = u->f;
    const struct layout *l = f->layout;
    const char *name = header ? "header" : "footer";
    const struct style *s = tree_running(f->tree, STR_NONE, name, &f->work)->style;
    struct page *p = &f->pages->pages.v[u->page];
    size_t from = p->items.n;
    len y = header ? p->body.y - l->page.header_gap - s->leading
                   : p->body.y + p->body.height + l->page.footer_gap;
    bool any = false;
    for (size_t i = 0; i < 3; i++) {
        str text = layout_fill(l, SLOTS[i].text, f->tree->lang, &u->values, f->arena);
        text = str_trim(text);
        if (text.n) {
            any = true;
            place_slot(u, text, name, SLOTS[i].align, y);
        }
    }
    if (any) {
        check_margin(u, header, y, s->leading);
    }
    len rule = header ? l->header_rule : l->footer_rule;
    if (any && rule) {
        struct page_item *item = page_add_item(f->pages, p, PAGE_RULE);
        item->as.rule.color = s->color;
        len gap = s->leading / 4;
        len at = header ? y + s->leading + gap : y - gap - rule;
        item->as.rule.rect = (struct page_rect){p->body.x, at, p->body.width, rule};
    }
    mark_as_artifact(p, from, header ? STRUCTURE_HEADER : STRUCTURE_FOOTER);
}

/* The first section that begins on the page, else the one that goes on there: what a
 * reader who leafs through expects at the top. */
static str section_of(const struct flow *f, size_t page)
{
    str section = STR_NONE;
    for (size_t i = 0; i < f->pages->outline.n; i++) {
        const struct page_outline *o = &f->pages->outline.v[i];
        if (o->page > page) {
            break;
        }
        if (o->level == 1) {
            section = o->title;
            if (o->page == page) {
                break;
            }
        }
    }
    return section;
}

void flow_furnish(struct flow *f)
{
    const struct tree *t = f->tree;
    size_t n = f->pages->pages.n;
    str pages = str_format(f->arena, "%zu", n);
    for (size_t i = 0; i < n; i++) {
        struct furnish u = {f, i, {
            .page = f->pages->pages.v[i].label, .pages = pages, .title = t->title,
            .section = section_of(f, i), .date = t->date, .reference = t->reference,
            .classification = t->classification,
        }};
        enum layout_page_kind kind = i == 0 ? LAYOUT_FIRST
                                   : i % 2 ? LAYOUT_LEFT : LAYOUT_RIGHT;
        place_running(&u, &f->layout->header[kind], true);
        place_running(&u, &f->layout->footer[kind], false);
    }
}

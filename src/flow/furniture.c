/* SPDX-License-Identifier: MIT
 *
 * Headers, footers and what else stands around the text. They are made when all pages
 * are, since they may name the number of pages; they change no layout. */
#include "flow/furniture.h"

void flow_mark_as_artifact(struct page *p, size_t from, enum structure_artifact what)
{
    for (size_t i = from; i < p->items.n; i++) {
        p->items.v[i].artifact = what;
    }
}

/* Left, centre and right; `line` is NULL where nothing stands. */
enum { SLOT_LEFT, SLOT_CENTER, SLOT_RIGHT, SLOTS };

struct slot {
    str text;
    struct flow_line *line;
    len width; /* natural */
    len room;
};

enum {
    ENDLESS = LEN_MAX / 4,
    MARKS = 28 * LEN_PT, /* what stands in the middle below a sheet's page */
    CORNER = 8 * LEN_PT, /* and at its corners */
};

str flow_fill(const struct furnish *u, str template)
{
    const struct flow *f = u->f;
    return str_trim(layout_fill(f->layout, template, f->tree->lang, &u->values,
                                f->arena));
}

struct flow_line *flow_set_text(const struct furnish *u, str text, const char *style)
{
    struct flow *f = u->f;
    if (text.n == 0) {
        return NULL;
    }
    return flow_set_single(f, tree_running(f->tree, text, style, f->arena), ENDLESS);
}

/* Back from byte `at` to the end of a word, or of a character of the first one. */
static size_t cut_before(str text, size_t at)
{
    for (size_t i = at; i > 0; i--) {
        if (text.p[i] == ' ') {
            return i;
        }
    }
    while (at > 0 && ((unsigned char)text.p[at] & 0xC0) == 0x80) {
        at--;
    }
    return at;
}

/* As many words as fit, an ellipsis, and all of `tail`. */
static struct flow_line *shorten(const struct furnish *u, str text, str tail,
                                 const char *style, len room)
{
    size_t fits = 0, too_long = text.n;
    struct flow_line *best = NULL;
    while (too_long - fits > 1) {
        size_t middle = fits + (too_long - fits) / 2;
        str some = str_trim(str_sub(text, 0, cut_before(text, middle)));
        str cut = str_format(u->f->arena, "%.*s…%.*s", STR_ARG(some), STR_ARG(tail));
        struct flow_line *line = flow_set_text(u, cut, style);
        if (line && line->text.width <= room) {
            fits = middle;
            best = line;
        } else {
            too_long = middle;
        }
    }
    return best;
}

/* The sides give way to the middle, but for half of the width, and the longer side to
 * the other, but for half of what is left. */
static void share_width(struct slot slots[SLOTS], len width, len gap)
{
    struct slot *left = &slots[SLOT_LEFT], *center = &slots[SLOT_CENTER];
    struct slot *right = &slots[SLOT_RIGHT];
    len side = left->width > right->width ? left->width : right->width;
    if (center->text.n == 0) {
        len half = (width - gap) / 2, rest = width - gap - right->width;
        left->room = right->width == 0 ? width : rest > half ? rest : half;
        len used = left->width < left->room ? left->width : left->room;
        right->room = left->width == 0 ? width : width - gap - used;
        return;
    }
    len rest = side ? width - 2 * (side + gap) : width;
    center->room = rest > width / 2 ? rest : width / 2;
    len used = center->width < center->room ? center->width : center->room;
    left->room = right->room = (width - used) / 2 - gap;
}

static void place_slots(const struct furnish *u, struct slot slots[SLOTS],
                        const char *style, len y)
{
    struct page *p = &u->f->pages->pages.v[u->page];
    for (int i = 0; i < SLOTS; i++) {
        struct slot *s = &slots[i];
        if (s->width > s->room) {
            s->line = shorten(u, s->text, STR_NONE, style, s->room);
        }
        if (s->line) {
            len room = p->body.width - s->line->text.width;
            s->line->x = i == SLOT_LEFT ? 0 : i == SLOT_RIGHT ? room : room / 2;
            flow_place_line(u->f, p, s->line, p->body.x, y);
        }
    }
}

void flow_report_margin(const struct furnish *u, const char *what, const char *hint)
{
    struct diag_sink *sink = u->f->sink;
    if (sink->per_code[DIAG_BAD_GEOMETRY] == 0) {
        diag_report(sink, DIAG_BAD_GEOMETRY, PLACE_NONE, hint,
                    "layout `%.*s` leaves no room for %s", STR_ARG(u->f->layout->name),
                    what);
    }
}

/* A header or footer in a margin too narrow for it would be cut off. */
static void check_margin(const struct furnish *u, bool header, len top, len height)
{
    if (top < 0 || top + height > u->f->pages->pages.v[u->page].height) {
        const char *hint = header
            ? "make the top margin larger, or `header-gap` smaller"
            : "make the bottom margin larger, or `footer-gap` smaller";
        flow_report_margin(u, header ? "the header" : "the footer", hint);
    }
}

/* Gives whether anything stands there. */
static bool place_running(const struct furnish *u, const struct layout_running *r,
                          bool header)
{
    const str templates[SLOTS] = {r->left, r->center, r->right};
    struct slot slots[SLOTS] = {0};
    struct flow *f = u->f;
    const struct layout *l = f->layout;
    const char *name = header ? "header" : "footer";
    const struct style *s = tree_running(f->tree, STR_NONE, name, &f->work)->style;
    struct page *p = &f->pages->pages.v[u->page];
    size_t from = p->items.n;
    len y = header ? p->body.y - l->page.header_gap - s->leading
                   : p->body.y + p->body.height + l->page.footer_gap;
    bool any = false;
    for (int i = 0; i < SLOTS; i++) {
        slots[i].text = flow_fill(u, templates[i]);
        slots[i].line = flow_set_text(u, slots[i].text, name);
        slots[i].width = slots[i].line ? slots[i].line->text.width : 0;
        any = any || slots[i].line;
    }
    share_width(slots, p->body.width, s->size);
    place_slots(u, slots, name, y);
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
    flow_mark_as_artifact(p, from, header ? STRUCTURE_HEADER : STRUCTURE_FOOTER);
    return any;
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

/* `text`, shortened where it must be, and all of `tail`; NULL if there is no room. */
static struct flow_line *fit(const struct furnish *u, str text, str tail,
                             const char *style, len room)
{
    str whole = str_format(u->f->arena, "%.*s%.*s", STR_ARG(text), STR_ARG(tail));
    struct flow_line *line = flow_set_text(u, whole, style);
    return line && line->text.width > room ? shorten(u, text, tail, style, room) : line;
}

/* The line on the sheet below the page: what the file is, for who handles it. The file's
 * name gives way to date and page. It counts from the page's foot; where it stands is
 * known when the sheet is. */
static void place_slug(const struct furnish *u)
{
    struct flow *f = u->f;
    struct page *p = &f->pages->pages.v[u->page];
    str date = f->slug_date;
    str page = str_format(f->arena, "  \xC2\xB7  %.*s/%.*s", STR_ARG(u->values.page),
                          STR_ARG(u->values.pages));
    str tail = str_format(f->arena, "%s%.*s%.*s", date.n ? "  \xC2\xB7  " : "",
                          STR_ARG(date), STR_ARG(page));
    len room = p->width / 2 - MARKS - CORNER;
    struct flow_line *line = fit(u, f->slug, tail, "footer", room);
    if (!line) {
        line = fit(u, date, page, "footer", room);
    }
    if (!line) {
        return;
    }
    size_t from = p->items.n;
    flow_place_line(f, p, line, CORNER, p->height - line->height / 2);
    for (size_t i = from; i < p->items.n; i++) {
        struct page_item item = p->items.v[i];
        item.artifact = STRUCTURE_AID;
        item.as.text.color = COLOR_BLACK;
        if (item.kind == PAGE_TEXT) {
            vec_push(f->arena, &p->marks, item);
        }
    }
    p->items.n = from;
}

/* A page that is empty so that the next one is a right one has nothing around its text,
 * either. */
static bool is_blank(const struct page *p, size_t number)
{
    return number > 0 && p->items.n == 0 && p->later.n == 0;
}

void flow_furnish(struct flow *f)
{
    const struct tree *t = f->tree;
    size_t n = f->pages->pages.n;
    str pages = str_format(f->arena, "%zu", n);
    for (size_t i = 0; i < n; i++) {
        struct furnish u = {.f = f, .page = i, .values = {
            .page = f->pages->pages.v[i].label, .pages = pages, .title = t->title,
            .section = section_of(f, i), .date = t->date, .reference = t->reference,
            .classification = t->classification, .subject = t->subject,
            .authors = t->authors, .recipient = t->recipient,
        }};
        if (f->slug.n) {
            place_slug(&u);
        }
        if (is_blank(&f->pages->pages.v[i], i)) {
            continue;
        }
        enum layout_page_kind kind = i == 0 ? LAYOUT_FIRST
                                   : i % 2 ? LAYOUT_LEFT : LAYOUT_RIGHT;
        u.header = place_running(&u, &f->layout->header[kind], true);
        u.footer = place_running(&u, &f->layout->footer[kind], false);
        flow_banner(&u);
        if (i == 0) {
            flow_letterhead(&u);
        }
        flow_watermark(&u);
    }
}

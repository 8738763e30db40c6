/* SPDX-License-Identifier: MIT
 *
 * The letterhead of the first page: a logo between the margins, and lines of text. Both
 * begin at the letterhead's top; lines that would meet the logo begin below it. The logo
 * is measured before the text, which begins below it; lines are no content and move
 * nothing. */
#include "flow/furniture.h"

#include "flow/measure.h"

/* Lines of a letterhead, one below the other. */
struct lines {
    struct flow_lines list; /* without text: an empty one */
    len leading, top;
};

static len text_width(const struct flow *f)
{
    const struct layout *l = f->layout;
    return l->page.width - l->page.inner - l->page.outer;
}

static bool meets(const struct flow_line *line, const struct flow_line *logo)
{
    return line->x < logo->x + logo->width && logo->x < line->x + line->text.width;
}

static struct lines set_lines(struct flow *f, const struct layout_values *values)
{
    struct lines lines = {.top = f->layout->letterhead.top};
    str rest = str_trim(layout_fill(f->layout, f->layout->letterhead.text, f->tree->lang,
                                    values, f->arena));
    bool meet = false;
    while (rest.n) {
        str text = str_trim(str_cut(rest, '\n', &rest));
        struct box *box = tree_running(f->tree, text, "letterhead", f->arena);
        struct flow_line *line = flow_set_single(f, box, text_width(f));
        struct flow_line none = {.box = box};
        vec_push(&f->work, &lines.list, line ? *line : none);
        lines.leading = box->style->leading;
        meet = meet || (line && f->logo.n && meets(line, &f->logo.v[0]));
    }
    if (meet) {
        lines.top += f->logo.v[0].height + lines.leading / 2;
    }
    return lines;
}

/* Its lines as far as they are known before the pages are. */
static struct lines early_lines(struct flow *f)
{
    const struct tree *t = f->tree;
    struct layout_values values = {
        .page = STR("1"), .pages = STR("1"), .title = t->title, .date = t->date,
        .reference = t->reference, .classification = t->classification,
        .subject = t->subject, .authors = t->authors, .recipient = t->recipient,
    };
    return set_lines(f, &values);
}

len flow_letterhead_foot(struct flow *f, len x, len width)
{
    len top = f->layout->letterhead.top, foot = 0;
    x -= f->layout->page.inner;
    if (f->logo.n && f->logo.v[0].x < x + width &&
        x < f->logo.v[0].x + f->logo.v[0].width) {
        foot = top + f->logo.v[0].height;
    }
    if (f->layout->letterhead.text.n == 0) {
        return foot;
    }
    struct lines lines = early_lines(f);
    for (size_t i = 0; i < lines.list.n; i++) {
        const struct flow_line *l = &lines.list.v[i];
        len under = lines.top + (len)(i + 1) * lines.leading;
        bool there = l->text.n && l->x < x + width && x < l->x + l->text.width;
        foot = there && under > foot ? under : foot;
    }
    return foot;
}

len flow_measure_letterhead(struct flow *f)
{
    if (f->tree->logo) {
        flow_measure_list(f, f->tree->logo, text_width(f), &f->logo);
    }
    if (!f->tree->logo && f->layout->letterhead.text.n == 0) {
        return 0;
    }
    len left = f->layout->page.inner;
    len foot = flow_letterhead_foot(f, left - text_width(f), 3 * text_width(f));
    return foot < f->layout->page.height ? foot : f->layout->page.height;
}

/* Where what stands below the letterhead begins. */
static len room(const struct furnish *u)
{
    const struct tree_letter *letter = u->f->tree->letter;
    len above = flow_room_above(u);
    return letter && letter->sheet.y < above ? letter->sheet.y : above;
}

void flow_letterhead(const struct furnish *u)
{
    struct flow *f = u->f;
    struct page *p = &f->pages->pages.v[u->page];
    if (!f->logo.n && f->layout->letterhead.text.n == 0) {
        return;
    }
    flow_place_lines(f, p, &f->logo, p->body.x, f->layout->letterhead.top);
    struct lines lines = set_lines(f, &u->values);
    size_t from = p->items.n;
    len y = lines.top;
    for (size_t i = 0; i < lines.list.n; i++, y += lines.leading) {
        if (lines.list.v[i].text.n) {
            flow_place_line(f, p, &lines.list.v[i], p->body.x, y);
        }
    }
    flow_mark_as_artifact(p, from, STRUCTURE_HEADER);
    if (y > f->letterhead_foot) {
        f->letterhead_foot = y; /* it names what is known only now */
    }
    if (f->letterhead_foot > room(u)) {
        flow_report_margin(u, "the letterhead",
                           "make `page.first-top` larger, or `letterhead.top` smaller");
    }
}

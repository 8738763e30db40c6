/* SPDX-License-Identifier: MIT
 *
 * Chosen fills to pages: where the lines of a region stand, in its columns if it has
 * some; the frames and repeated heads around them; its notes at its foot. Lines are
 * placed in the order of reading, so that what is behind another in the note is behind
 * it on the page, too. */
#include "flow/vertical.h"

/* A fill while it is placed. */
struct laid {
    struct flow *f;
    struct page *p;
    const struct flow_fill *fill;
    struct flow_region region;
    len floats; /* where those on top begin */
    len *lefts, *tops; /* of the lines, from the fill's first; in `scratch` */
    struct flow_part *parts; /* of the groups, in order */
    len *part_tops;
    size_t n_parts;
};

static void place_outline(struct flow *f, const struct box *box, len y)
{
    struct page_outline entry = {
        .level = box->outline_level, .title = box->outline_title,
        .page = (uint32_t)f->pages->pages.n - 1, .y = y,
    };
    int deepest = f->pages->outline.n
        ? f->pages->outline.v[f->pages->outline.n - 1].level + 1 : 1;
    entry.level = entry.level > deepest ? deepest : entry.level;
    vec_push(f->arena, &f->pages->outline, entry);
}

/* A table's head once more: seen again, but not to be read again. */
static void place_repeat(struct flow *f, struct page *p, const struct flow_lines *lines,
                         struct page_rect r)
{
    size_t from = p->items.n, kept = from;
    f->repeats = true;
    flow_place_lines(f, p, lines, r.x, r.y);
    f->repeats = false;
    for (size_t i = from; i < p->items.n; i++) {
        if (p->items.v[i].kind == PAGE_LINK) {
            continue; /* the links of the head itself are there */
        }
        if (p->items.v[i].artifact == STRUCTURE_CONTENT) {
            p->items.v[i].artifact = STRUCTURE_PAGINATION;
        }
        p->items.v[kept++] = p->items.v[i];
    }
    p->items.n = kept;
}

/* The notes of a fill by their numbers: those of a divided row are marked in another
 * order. What is left of a note stands first, what is not finished last, and a disclaimer
 * where it is, with the notes that are marked in it. */
uint32_t *flow_sort_notes(struct flow *f, struct flow_notes_at from,
                          struct flow_notes_at to)
{
    uint32_t n = to.note - from.note, fixed = from.line > 0;
    uint32_t *notes = NEW_ARRAY(&f->work, uint32_t, n + 1);
    for (uint32_t i = 0; i < n + (to.line > 0); i++) {
        uint32_t note = f->order.v[from.note + i], k = i;
        if (note == f->tree->notes.n) {
            fixed = f->notes[note].end - from.note;
        }
        for (; i >= fixed && k > fixed && i < n && notes[k - 1] > note; k--) {
            notes[k] = notes[k - 1];
        }
        notes[k] = note;
    }
    return notes;
}

/* The notes of a fill, so that the last one ends at the region's foot. */
static void place_notes(struct flow *f, struct page *p, const struct flow_fill *fill,
                        struct page_rect r)
{
    struct flow_notes_at from = fill->notes_first, to = fill->notes_last;
    len64 height = flow_notes_height(f, from, to);
    if (height == 0) {
        return;
    }
    const struct layout *l = f->layout;
    len y = r.y + r.height - (len)height + l->notes.rule_space_above;
    const struct style *s = tree_running(f->tree, STR_NONE, "footnote", &f->work)->style;
    len width = l->notes.rule_width < r.width ? l->notes.rule_width : r.width;
    if (l->notes.rule_thickness && width) {
        const struct flow_lines *first = &f->notes[f->order.v[from.note]].lines;
        len x = first->n && first->v[0].rtl ? r.x + r.width - width : r.x;
        flow_place_rule(f, p, (struct page_rect){x, y, width, l->notes.rule_thickness},
                 s->color);
    }
    y += l->notes.rule_thickness + l->notes.rule_space_below;
    uint32_t *by_number = flow_sort_notes(f, from, to);
    for (uint32_t i = from.note; i < to.note + (to.line > 0); i++) {
        uint32_t first = i == from.note ? from.line : 0;
        uint32_t last = i == to.note ? to.line : UINT32_MAX;
        y += i > from.note ? l->notes.space_between : 0;
        const struct flow_lines *lines = &f->notes[by_number[i - from.note]].lines;
        struct flow_range range = {first, last < lines->n ? last : lines->n};
        y = flow_place_range(f, p, lines, range, (struct page_rect){.x = r.x, .y = y});
    }
}

/* How much the spaces between blocks grow in all, or shrink, so that the region is full:
 * not where it may end higher, nor where that would be more than the layout allows. */
static len64 growth_of(const struct flow *f, const struct flow_fill *fill)
{
    len64 left = fill->room - fill->used;
    bool ends = fill->last == f->body.n || f->body.v[fill->last].forced;
    len64 most = fill->spaces * f->layout->breaking.stretch / 1000;
    return fill->spaces <= 0 || left > most || (left > 0 && ends) ? 0 : left;
}

static len64 height_at_foot(const struct flow *f, const struct flow_fill *fill)
{
    size_t first = fill->last;
    while (first > fill->first && f->body.v[first - 1].at_foot) {
        first--;
    }
    return flow_height(&f->body, first, fill->last);
}

/* The left edge of a part's column. */
static len column_left(const struct laid *l, const struct flow_group *g, uint32_t column)
{
    uint32_t at = g->rtl ? g->columns - 1 - column : column;
    return l->region.rect.x + g->x + (len)at * (g->width + g->gap);
}

/* The lines of a part whose columns begin at `y`. */
static void lay_columns(struct laid *l, const struct flow_part *part, len y)
{
    const struct flow_line *v = l->f->body.v;
    for (uint32_t k = 0; k < part->group->columns; k++) {
        len at = y;
        for (size_t i = part->starts[k]; i < part->starts[k + 1]; i++) {
            bool top = i == part->starts[k];
            at += top ? v[i].open_above + (len)flow_repeated_height(&v[i]) : v[i].before;
            at += v[i].above;
            l->lefts[i - l->fill->first] = column_left(l, part->group, k);
            l->tops[i - l->fill->first] = at;
            at += v[i].height + v[i].below;
        }
    }
}

/* The part of a group that begins with line `i`, below `y`; gives where it ends. */
static len lay_part(struct laid *l, size_t i, len y)
{
    struct flow *f = l->f;
    const struct flow_group *g = f->body.v[i].group;
    struct flow_part *part = &l->parts[l->n_parts];
    size_t last = g->last < l->fill->last ? g->last : l->fill->last;
    *part = (struct flow_part){.group = g, .first = i, .last = last};
    flow_balance(&f->body, part, &f->scratch);
    y += i == g->first ? g->head.above : 0;
    l->part_tops[l->n_parts++] = y;
    lay_columns(l, part, y);
    return y + (len)part->height + (last == g->last ? g->head.below : 0);
}

/* The padding of frames that a region begins inside. */
static len open_above(const struct flow_lines *lines, size_t first)
{
    const struct flow_line *l = &lines->v[first];
    return !l->group ? l->open_above
         : first == l->group->first ? l->group->head.open_above : l->group->padding;
}

/* The places of a fill's lines, the first one at `y`. What is to be on top stands below
 * the note's front all the same. */
static void lay_lines(struct laid *l, len y)
{
    const struct flow *f = l->f;
    const struct flow_fill *fill = l->fill;
    struct page_rect r = l->region.rect;
    len64 growth = growth_of(f, fill), spaces = 0, grown = 0;
    len64 notes = flow_notes_height(f, fill->notes_first, fill->notes_last);
    bool at_foot = false;
    for (size_t i = fill->first; i < fill->last;) {
        const struct flow_line *line = &f->body.v[i];
        if (i > fill->first) {
            spaces += flow_space_that_gives(f, fill->first, i);
            len64 due = fill->spaces > 0 ? growth * spaces / fill->spaces : 0;
            y += line->before + (len)(due - grown);
            grown = due;
        }
        if (i == f->front_lines && i > fill->first) {
            l->floats = y;
            y += (len)flow_floats_at_top(f, fill);
        }
        if (line->at_foot && !at_foot) {
            y = r.y + r.height - (len)(notes + height_at_foot(f, fill));
            at_foot = true;
        }
        if (line->group) {
            y = lay_part(l, i, y);
            i = l->parts[l->n_parts - 1].last;
            continue;
        }
        y += line->above;
        l->lefts[i - fill->first] = r.x;
        l->tops[i++ - fill->first] = y;
        y += line->height + line->below;
    }
    if (fill->last <= f->front_lines) {
        l->floats = y + style_root(f->layout)->leading;
    }
}

/* Inside columns, then the lines between these. */
static void place_columns(struct laid *l, const struct flow_part *part, len top)
{
    struct flow *f = l->f;
    const struct flow_group *g = part->group;
    for (uint32_t k = 0; k < g->columns && part->starts[k] < part->last; k++) {
        struct flow_range range = {part->starts[k], part->starts[k + 1]};
        const struct flow_line *first = &f->body.v[range.first];
        len left = column_left(l, g, k);
        flow_place_frames(f, l->p, &(struct flow_framed){
            &f->body, range, &l->tops[range.first - l->fill->first], left,
            (len)flow_repeated_height(first)});
        if (first->repeat) {
            place_repeat(f, l->p, first->repeat,
                         (struct page_rect){left, top + first->open_above, 0, 0});
        }
        len beside = g->rtl ? left + g->width + g->gap / 2 : left - g->gap / 2;
        if (k > 0 && g->rule > 0) {
            struct page_rect rule = {beside - g->rule / 2, top, g->rule,
                                     (len)part->height};
            flow_place_rule(f, l->p, rule, g->rule_color);
        }
    }
}

/* The frames around groups: each of these is one line to them. */
static void place_outer_frames(struct laid *l, len lead)
{
    struct flow *f = l->f;
    size_t n = 0, part = 0, most = l->fill->last - l->fill->first;
    struct flow_line *v = NEW_ARRAY(&f->scratch, struct flow_line, most);
    len *tops = NEW_ARRAY(&f->scratch, len, most);
    for (size_t i = l->fill->first; i < l->fill->last; n++) {
        v[n] = f->body.v[i];
        tops[n] = l->tops[i - l->fill->first];
        if (!v[n].group) {
            i++;
            continue;
        }
        const struct flow_part *p = &l->parts[part];
        v[n] = p->group->head;
        v[n].height = (len)p->height;
        v[n].opens = p->first == p->group->first ? v[n].opens : 0;
        v[n].closes = p->last == p->group->last ? v[n].closes : 0;
        tops[n] = l->part_tops[part++];
        i = p->last;
    }
    struct flow_lines lines = {v, n, n};
    flow_place_frames(f, l->p, &(struct flow_framed){
        &lines, {0, n}, tops, l->region.rect.x, lead});
}

static void place_frames(struct laid *l, len lead)
{
    if (l->n_parts == 0) {
        flow_place_frames(l->f, l->p, &(struct flow_framed){
            &l->f->body, {l->fill->first, l->fill->last}, l->tops, l->region.rect.x,
            lead});
        return;
    }
    place_outer_frames(l, lead);
    for (size_t i = 0; i < l->n_parts; i++) {
        place_columns(l, &l->parts[i], l->part_tops[i]);
    }
}

/* Where a line's number stands: beside its own column. */
static struct flow_region column_of(const struct laid *l, size_t i)
{
    const struct flow_group *g = l->f->body.v[i].group;
    struct flow_region r = l->region;
    if (g) {
        r.rect.x = l->lefts[i - l->fill->first];
        r.rect.width = g->width;
        r.column = (int)((r.rect.x - l->region.rect.x - g->x) / (g->width + g->gap));
        r.columns = (int)g->columns;
    }
    return r;
}

static void place_lines(struct laid *l)
{
    struct flow *f = l->f;
    const struct flow_line *v = f->body.v;
    for (size_t i = l->fill->first; i < l->fill->last; i++) {
        len x = l->lefts[i - l->fill->first], y = l->tops[i - l->fill->first];
        if (v[i].box->outline_level && (i == 0 || v[i - 1].box != v[i].box)) {
            place_outline(f, v[i].box, y);
        }
        struct flow_region column = column_of(l, i);
        flow_bars_in(f, &column);
        flow_place_line(f, l->p, &v[i], x, y);
        flow_number_line(f, l->p, &v[i], &column, y);
        flow_show_penalty(f, l->p, i, &column, y);
    }
}

static size_t count_groups(const struct flow *f, const struct flow_fill *fill)
{
    size_t n = 0;
    for (size_t i = fill->first; i < fill->last; i++) {
        const struct flow_group *g = f->body.v[i].group;
        n += g && (i == fill->first || i == g->first);
    }
    return n;
}

static void place_body(struct laid *l)
{
    struct flow *f = l->f;
    const struct flow_fill *fill = l->fill;
    const struct flow_line *first = &f->body.v[fill->first];
    struct page_rect r = l->region.rect;
    len lead = first->group ? 0 : (len)flow_repeated_height(first);
    if (fill->first >= f->front_lines) {
        r.y += (len)flow_floats_at_top(f, fill);
    }
    r.y += open_above(&f->body, fill->first);
    struct arena_mark mark = arena_mark(&f->scratch);
    size_t n = fill->last - fill->first, groups = count_groups(f, fill);
    l->lefts = NEW_ARRAY(&f->scratch, len, n);
    l->tops = NEW_ARRAY(&f->scratch, len, n);
    l->parts = NEW_ARRAY(&f->scratch, struct flow_part, groups + 1);
    l->part_tops = NEW_ARRAY(&f->scratch, len, groups + 1);
    lay_lines(l, r.y + lead);
    place_frames(l, lead);
    if (lead) {
        place_repeat(f, l->p, first->repeat, r);
    }
    place_lines(l);
    arena_rewind(&f->scratch, mark);
}

void flow_place_fill(struct flow *f, struct page *p, const struct flow_fill *fill)
{
    struct laid l = {.f = f, .p = p, .fill = fill,
                     .region = flow_region(f, fill->region)};
    l.floats = l.region.rect.y;
    flow_bars_in(f, &l.region);
    if (fill->first < fill->last) {
        place_body(&l);
    }
    struct page_rect r = l.region.rect;
    len foot = r.y + r.height - (len)(height_at_foot(f, fill) +
                                      flow_notes_height(f, fill->notes_first,
                                                        fill->notes_last));
    flow_bars_in(f, &l.region);
    f->bar_goes_on = false; /* what follows stands apart */
    r.y = l.floats;
    r.height = foot - r.y;
    flow_place_floats(f, p, fill, r);
    place_notes(f, p, fill, l.region.rect);
    if (fill->overfull) {
        bool text = fill->first < f->body.n; /* else notes that are left over */
        diag_report(f->sink, DIAG_OVERFULL_PAGE,
                    text ? f->body.v[fill->first].box->at : PLACE_NONE,
                    "make it smaller, or the page larger",
                    "something here is %s higher than a page has room for",
                    flow_in_mm(f, fill->used - fill->room));
    }
}

/* SPDX-License-Identifier: MIT
 *
 * Floats: pictures and tables at the top or foot of a region. Their lines are measured
 * where they stand in the note, as wide as a region, and wait in a list of their own;
 * breaks.c says which region each of them gets. Their footnotes stand below them. */
#include "flow/measure.h"

/* The line above the notes, as at a region's foot. */
static void add_rule(struct flow *f, struct flow_lines *lines, bool rtl)
{
    const struct layout *l = f->layout;
    len width = l->notes.rule_width, across = f->column_width;
    width = width < across ? width : across;
    struct box *box = tree_running(f->tree, STR_NONE, "footnote", &f->work);
    struct style *style = NEW(&f->work, struct style);
    *style = *box->style;
    style->rule_color = style->color;
    box->style = style;
    struct flow_line rule = {
        .kind = FLOW_RULE, .box = box, .x = rtl ? across - width : 0, .width = width,
        .height = l->notes.rule_thickness, .before = l->notes.rule_space_above,
    };
    vec_push(&f->work, lines, rule);
}

static void add_note(struct flow *f, struct flow_lines *lines,
                     const struct flow_lines *note, len before)
{
    for (size_t i = 0; i < note->n; i++) {
        vec_push(&f->work, lines, note->v[i]);
        if (i == 0) {
            lines->v[lines->n - 1].before = before;
        }
    }
}

void flow_end_own_notes(struct flow *f, struct flow_lines *lines)
{
    const struct layout *l = f->layout;
    len before = l->notes.rule_space_below;
    for (size_t i = 0; i < f->order.n; i++) {
        const struct flow_lines *note = &f->notes[f->order.v[i]].lines;
        if (i == 0 && l->notes.rule_thickness && l->notes.rule_width) {
            add_rule(f, lines, note->n && note->v[0].rtl);
        } else if (i == 0) {
            before += l->notes.rule_space_above;
        }
        add_note(f, lines, note, before);
        before = l->notes.space_between;
    }
}

struct flow_order flow_begin_own_notes(struct flow *f)
{
    struct flow_order outer = f->order;
    f->order = (struct flow_order){0};
    return outer;
}

void flow_forget_own_notes(struct flow *f, struct flow_order outer)
{
    for (size_t i = 0; i < f->order.n; i++) {
        f->notes[f->order.v[i]] = (struct flow_note){0};
    }
    f->order = outer;
}

static bool fits(struct flow *f, const struct box *box, const struct flow_float *fl)
{
    len64 over = fl->height - flow_page_height(f);
    if (over <= 0) {
        return true;
    }
    diag_report(f->sink, DIAG_NOT_KEPT, box->at,
                "leave `place` out, or make it smaller",
                "what floats is %s higher than a page: it stands where it is written",
                flow_in_mm(f, over));
    return false;
}

bool flow_measure_float(struct measure *m, const struct box *box)
{
    struct flow *f = m->f;
    if (m->out != &f->body || m->floats) {
        return false;
    }
    struct flow_float fl = {.bottom = box->place == NOTE_PLACE_BOTTOM};
    struct measure inside = {.f = f, .out = &fl.lines, .full = f->column_width,
                             .width = f->column_width, .floats = true};
    struct flow_order outer = flow_begin_own_notes(f);
    flow_measure_box(&inside, box);
    flow_end_own_notes(f, &fl.lines);
    fl.notes = f->order;
    fl.height = flow_height(&fl.lines, 0, fl.lines.n);
    fl.gap = inside.space > style_root(f->layout)->leading
                 ? inside.space : style_root(f->layout)->leading;
    fl.line = f->body.n ? f->body.n - 1 : 0;
    bool good = fits(f, box, &fl);
    if (!good) {
        flow_forget_own_notes(f, outer);
        return false;
    }
    f->order = outer;
    if (fl.lines.n) {
        vec_push(&f->work, &f->floats, fl);
    }
    return true;
}

uint32_t flow_floats_before(const struct flow *f, size_t line)
{
    size_t low = 0, above = f->floats.n;
    while (low < above) {
        size_t middle = low + (above - low) / 2;
        if (f->floats.v[middle].line < line || line == f->body.n) {
            low = middle + 1;
        } else {
            above = middle;
        }
    }
    return (uint32_t)low;
}

/* --- Placing --- */

/* The height of those at the top or the foot, with the space between them. */
static len64 height_of(const struct flow *f, const struct flow_fill *fill, bool bottom)
{
    len64 height = 0;
    for (uint32_t i = fill->floats_first; i < fill->floats_last; i++) {
        const struct flow_float *fl = &f->floats.v[i];
        height += fl->bottom == bottom ? fl->height + fl->gap : 0;
    }
    return height;
}

len64 flow_floats_at_top(const struct flow *f, const struct flow_fill *fill)
{
    return height_of(f, fill, false);
}

void flow_place_floats(struct flow *f, struct page *p, const struct flow_fill *fill,
                       struct page_rect r)
{
    len foot = r.y + r.height - (len)height_of(f, fill, true);
    for (uint32_t i = fill->floats_first; i < fill->floats_last; i++) {
        const struct flow_float *fl = &f->floats.v[i];
        if (fl->bottom) {
            foot += fl->gap;
            flow_place_lines(f, p, &fl->lines, r.x, foot);
            foot += (len)fl->height;
        } else {
            flow_place_lines(f, p, &fl->lines, r.x, r.y);
            r.y += (len)fl->height + fl->gap;
        }
    }
}

/* SPDX-License-Identifier: MIT
 *
 * Boxes to lines. Spaces collapse: between two lines stands the largest of the spaces
 * that end and begin there. Break penalties are put on the lines here, from the styles'
 * keeps and the layout's costs; choosing pages then needs no rules of its own. */
#include "flow/measure.h"

#include "flow/furniture.h"
#include "flow/paragraph.h"

struct flow_line *flow_add_line(struct measure *m, const struct box *box)
{
    struct flow_line line = {
        .box = box,
        .before = m->space,
        .penalty = m->keep ? FLOW_NEVER : m->penalty,
        .forced = m->forced,
        .right = m->right,
        .notes = (uint32_t)m->f->order.n,
    };
    flow_frame_line(m, &line);
    m->space = 0;
    m->penalty = 0;
    m->forced = m->right = m->keep = false;
    vec_push(&m->f->work, m->out, line);
    return &m->out->v[m->out->n - 1];
}

static void add_space(struct measure *m, len space)
{
    if (!m->fresh) {
        m->space = space > m->space ? space : m->space;
    }
}

static void measure_note(struct flow *f, uint32_t number);

static bool have_notes(const struct tree_spans *spans)
{
    size_t i = 0;
    while (i < spans->n && !spans->v[i].note) {
        i++;
    }
    return i < spans->n;
}

/* The footnotes whose first mark is on the line, in the order of their numbers, which is
 * the order of reading whatever the direction of the text. */
static void collect_notes(struct measure *m, const struct tree_spans *spans,
                          const struct text_line *line)
{
    uint32_t done = 0;
    for (;;) {
        uint32_t next = UINT32_MAX;
        for (uint32_t i = 0; i < line->n; i++) {
            uint32_t note = spans->v[line->pieces[i].span].note;
            next = note > done && note < next ? note : next;
        }
        if (next == UINT32_MAX) {
            return;
        }
        measure_note(m->f, next);
        done = next;
    }
}

static len align_line(bool rtl, const struct style *s, len room)
{
    enum style_align align = s->align == STYLE_JUSTIFY ? STYLE_START : s->align;
    if (align == STYLE_CENTER) {
        return room / 2;
    }
    bool right = align == STYLE_RIGHT || (align == STYLE_START && rtl) ||
                 (align == STYLE_END && !rtl);
    return right ? room : 0;
}

/* Line boxes are one leading high; the baseline is where the face's own extent, centred
 * in the leading, has it. So baselines are one leading apart whatever stands on them. */
static len find_baseline(struct flow *f, const struct style *s)
{
    const struct text_face *face = text_face_of(f->engine, s, PLACE_NONE, f->sink);
    len ascent = face ? text_scale(face->ascender, s->size, face->upem) : s->size;
    len descent = face ? text_scale(-face->descender, s->size, face->upem) : 0;
    return (s->leading - ascent - descent) / 2 + ascent;
}

/* The cost of a page break before line `i` of `n`: it would leave i lines behind. */
static int32_t line_penalty(const struct flow *f, const struct style *s, size_t i,
                            size_t n, bool hyphen_before)
{
    const struct layout *l = f->layout;
    if (s->keep_together) {
        return FLOW_NEVER;
    }
    int32_t penalty = 0;
    if (i < (size_t)s->orphans) {
        penalty += l->breaking.orphan;
    }
    if (n - i < (size_t)s->widows) {
        penalty += l->breaking.widow;
    }
    return penalty + (hyphen_before ? l->breaking.hyphen_at_foot : 0);
}

static struct flow_line *add_text(struct measure *m, const struct box *box, bool rtl,
                                  const struct flow_set_line *set)
{
    struct flow_line *line = flow_add_line(m, box);
    line->rtl = rtl;
    line->text = set->text;
    /* Right to left, what is before the text stands on its right. */
    line->x = rtl ? m->full - m->x - m->width : m->x + set->indent;
    line->width = set->width;
    line->x += align_line(rtl, box->style, line->width - line->text.width);
    line->height = box->style->leading;
    flow_report_wide(m, line, set->overfull);
    return line;
}

/* A tail stands in the indent at the end, on the side where lines end. */
static void make_room_for_tail(const struct measure *m, struct flow_line *line)
{
    len far = m->x + m->width + line->box->style->indent_end;
    line->ends = true;
    line->edge = line->rtl ? m->full - far : far;
}

void flow_add_lines(struct measure *m, const struct box *box,
                    const struct flow_text *text)
{
    bool hyphen_before = false, notes = have_notes(&box->spans);
    size_t written = 0; /* lines that the author ended */
    len baseline = find_baseline(m->f, box->style);
    for (size_t i = 0; i < text->n; i++) {
        bool begins = i == 0 || text->v[i - 1].forced;
        if (i > 0) {
            bool divided = hyphen_before || (box->code && !begins);
            m->penalty = line_penalty(m->f, box->style, i, text->n, divided);
        }
        struct flow_line *line = add_text(m, box, text->rtl, &text->v[i]);
        line->baseline = baseline;
        if (i == 0 && (box->marker.n || box->mark)) {
            flow_set_marker(m, line, text->rtl);
            if (have_notes(&box->marker)) { /* of a fact's label */
                collect_notes(m, &box->marker, &line->marker);
            }
        }
        if (box->code) {
            written += begins && i > 0;
            flow_mark_code(m, line, written, begins);
        }
        if (i + 1 == text->n && box->tail) {
            make_room_for_tail(m, line);
        }
        hyphen_before = line->text.hyphenated;
        if (notes) {
            collect_notes(m, &box->spans, &line->text);
        }
    }
}

/* Of the body's paragraphs it is kept where they stand, for again.c. */
static void note_paragraph(struct measure *m, const struct box *box, size_t first)
{
    bool plain = m->out == &m->f->body && !m->in_columns && !box->code && !box->tail;
    if (plain && m->out->n > first + 1) {
        struct flow_paragraph p = {box, (uint32_t)first, (uint32_t)(m->out->n - first),
                                   m->x, m->width, m->full};
        vec_push(&m->f->work, &m->f->paragraphs, p);
    }
}

static void measure_paragraph(struct measure *m, const struct box *box)
{
    struct flow *f = m->f;
    flow_report_tight(f, box, &box->spans);
    flow_report_tight(f, box, &box->marker);
    struct flow_text text;
    flow_set_paragraph(f, box, m->width, &text);
    size_t first = m->out->n;
    flow_add_lines(m, box, &text);
    note_paragraph(m, box, first);
    arena_reset(&f->scratch);
}

static void add_rule(struct measure *m, const struct box *box, len thickness)
{
    struct flow_line *line = flow_add_line(m, box);
    line->kind = FLOW_RULE;
    line->x = m->x;
    line->width = m->width;
    line->height = thickness;
}

/* The rule under a box, a line of text beyond its rules, stays with the box. */
static void measure_inside(struct measure *m, const struct box *box)
{
    const struct style *s = box->style;
    bool own_rules = box->kind == BOX_RULE || box->kind == BOX_TABLE;
    if (s->rule_above && !own_rules) {
        add_rule(m, box, s->rule_above);
        m->keep = true;
        m->space = s->rule_gap;
    }
    switch (box->kind) {
    case BOX_STACK:
    case BOX_CELL:
        for (const struct box *child = box->first; child; child = child->next) {
            flow_measure_box(m, child);
        }
        break;
    case BOX_PARAGRAPH:
        measure_paragraph(m, box);
        break;
    case BOX_RULE:
        add_rule(m, box, s->rule_above ? s->rule_above : PT(0.5));
        break;
    case BOX_PAGE_BREAK:
        m->forced = true;
        break;
    case BOX_TABLE:
        flow_measure_table(m, box);
        break;
    case BOX_COLUMNS:
        flow_measure_columns(m, box);
        break;
    case BOX_BESIDE:
        flow_measure_beside(m, box);
        break;
    case BOX_QR:
        flow_measure_qr(m, box);
        break;
    case BOX_IMAGE:
        flow_measure_image(m, box);
        break;
    case BOX_ROW:
        break; /* rows are measured with their table */
    }
    if (s->rule_below && !own_rules) {
        m->keep = true;
        m->space = s->rule_gap;
        add_rule(m, box, s->rule_below);
    }
}

/* What the note itself wants whole, it may not have: then it is told, and the block is
 * divided as any other. */
static bool has_room(struct measure *m, const struct box *box, size_t first)
{
    len64 over = flow_height(m->out, first, m->out->n) - flow_page_height(m->f);
    if (over <= 0) {
        return true;
    }
    diag_report(m->f->sink, DIAG_NOT_KEPT, box->at,
                "leave `keep` out, or make the block shorter",
                "the block is %s higher than a page: it is divided",
                flow_in_mm(m->f, over));
    return false;
}

static void keep_whole(struct measure *m, const struct box *box, size_t first)
{
    if (!box->style->keep_together && !(box->keep_whole && has_room(m, box, first))) {
        return;
    }
    for (size_t i = first + 1; i < m->out->n; i++) {
        struct flow_line *l = &m->out->v[i];
        if (l->group && l->group->first < i) {
            l->group->keep = true; /* its columns may end there */
        } else {
            l->penalty = FLOW_NEVER;
        }
    }
}

void flow_measure_box(struct measure *m, const struct box *box)
{
    const struct style *s = box->style;
    len x = m->x, width = m->width;
    if (box->place && flow_measure_float(m, box)) {
        return;
    }
    m->x += s->indent_start + box->indent;
    m->width -= s->indent_start + box->indent + s->indent_end;
    if (m->width < s->size) {
        m->width = s->size; /* nested beyond the page: narrow, but it goes on */
    }
    add_space(m, s->space_before);
    if (box->follows) {
        m->space = s->space_before;
        m->keep = m->out->n > 0;
    }
    m->forced = m->forced || s->page_break_before || s->page_break_right;
    m->right = m->right || s->page_break_right;
    size_t first = m->out->n;
    bool framed = style_is_framed(s) && box->kind != BOX_TABLE; /* it hugs its rows */
    struct flow_frame *frame = framed ? flow_open_frame(m, box) : NULL;
    measure_inside(m, box);
    keep_whole(m, box, first);
    if (frame) {
        flow_close_frame(m, frame, first);
    }
    if (box->first && (box->first->kind == BOX_IMAGE || box->last->kind == BOX_IMAGE)) {
        flow_fit_figure(m, first);
    }
    add_space(m, s->space_after);
    if (s->keep_with_next || box->keep_with_next) {
        m->penalty = m->f->layout->breaking.stranded;
    } else if (box->introduces) {
        m->penalty = m->f->layout->breaking.stranded / 4;
    }
    m->x = x;
    m->width = width;
}

void flow_measure_list(struct flow *f, const struct box *box, len width,
                       struct flow_lines *out)
{
    struct measure m = {.f = f, .out = out, .full = width, .width = width};
    flow_measure_box(&m, box);
}

static len64 height_with_columns(const struct flow_lines *lines, size_t first,
                                 size_t last)
{
    struct flow_stack s;
    flow_stack_start(&s, lines, first);
    while (s.next < last) {
        flow_stack_add(&s);
    }
    return s.height;
}

len64 flow_height(const struct flow_lines *lines, size_t first, size_t last)
{
    len64 height = 0;
    for (size_t i = first; i < last; i++) {
        if (lines->v[i].group) {
            return height_with_columns(lines, first, last);
        }
        height += flow_line_height(&lines->v[i]) + (i > first ? lines->v[i].before : 0);
    }
    if (first < last) {
        height += lines->v[first].open_above + lines->v[last - 1].open_below;
    }
    return height;
}

/* Marks inside the note put their notes behind it. */
static void measure_note(struct flow *f, uint32_t number)
{
    struct flow_note *note = &f->notes[number - 1];
    if (note->measured || number > f->tree->notes.n) {
        return;
    }
    note->measured = true;
    note->number = number;
    vec_push(&f->work, &f->order, number - 1);
    struct arena outer = f->scratch; /* a paragraph is being measured: keep its memory */
    arena_init(&f->scratch);
    flow_measure_list(f, f->tree->notes.v[number - 1].box, f->column_width, &note->lines);
    arena_done(&f->scratch);
    f->scratch = outer;
    flow_note_ready(f, note);
    note->end = (uint32_t)f->order.n;
}

struct flow_line *flow_set_single(struct flow *f, const struct box *box, len width)
{
    struct flow_lines lines = {0};
    flow_measure_list(f, box, width, &lines);
    return lines.n ? &lines.v[0] : NULL;
}

/* What is on the first page whatever the body holds comes first, and its notes too. */
static void measure_front(struct flow *f, struct measure *m)
{
    len width = f->layout->page.width - f->layout->page.inner - f->layout->page.outer;
    m->full = m->width = m->out == &f->front ? width : f->column_width;
    flow_measure_box(m, f->tree->front);
    flow_disclaimer_of_front(f, width);
}

/* What a front across the columns leaves of the first page. */
static len64 room_below_front(const struct flow *f)
{
    const struct layout *l = f->layout;
    return l->page.height - f->first_top - l->page.bottom - f->first_foot_height -
           flow_height(&f->front, 0, f->front.n);
}

/* A front across the columns has the first page and no other, and so have its notes. */
static bool front_fits(struct flow *f)
{
    len64 room = room_below_front(f), over = -room;
    bool notes = flow_notes_begin(f, (uint32_t)f->order.n, room);
    if (f->front.n == 0 || (room >= 0 && notes)) {
        return true;
    }
    if (room >= 0) {
        diag_report(f->sink, DIAG_OVERFULL_PAGE, f->front.v[0].box->at,
                    "make title, facts or their footnotes shorter, or the pages of one "
                    "column",
                    "what stands across the columns leaves no room for its footnotes: it "
                    "is set in the columns");
        return false;
    }
    diag_report(f->sink, DIAG_OVERFULL_PAGE, f->front.v[0].box->at,
                "make title and facts shorter, or the pages of one column",
                "what stands across the columns is %s higher than the first page has "
                "room for: it is set in the columns", flow_in_mm(f, over));
    return false;
}

/* Columns begin as far below the front as one column would, but their notes come first:
 * `wanted` is that space. */
static len64 space_below_front(const struct flow *f, len64 wanted)
{
    uint32_t notes = flow_notes_before(f, 0);
    return flow_notes_begin(f, notes, room_below_front(f) - wanted) ? wanted : 0;
}

/* The front across the columns; or, where that cannot be, as the body's beginning. */
static struct measure start_body(struct flow *f)
{
    f->notes = NEW_ARRAY(&f->work, struct flow_note, f->tree->notes.n + 1);
    bool columns = f->layout->page.columns > 1;
    struct measure m = {.f = f, .out = columns ? &f->front : &f->body};
    measure_front(f, &m);
    if (m.out == &f->front && !front_fits(f)) {
        f->front = f->first_foot = (struct flow_lines){0};
        f->first_foot_notes = (struct flow_order){0};
        f->first_foot_height = 0;
        f->notes = NEW_ARRAY(&f->work, struct flow_note, f->tree->notes.n + 1);
        f->order = (struct flow_order){0};
        m = (struct measure){.f = f, .out = &f->body};
        measure_front(f, &m);
    }
    return m;
}

void flow_measure_all(struct flow *f)
{
    f->letterhead_foot = flow_measure_letterhead(f);
    flow_measure_letter(f);
    struct measure m = start_body(f);
    bool across = m.out == &f->front;
    len gap = m.space;
    f->front_lines = f->body.n;
    if (across) {
        m = (struct measure){.f = f, .out = &f->body};
    }
    m.full = m.width = f->column_width;
    flow_measure_box(&m, f->tree->body);
    if (across) {
        len before = f->body.n ? f->body.v[0].before : 0;
        f->front_height = flow_height(&f->front, 0, f->front.n) +
                          space_below_front(f, before > gap ? before : gap);
    }
    flow_disclaimer_of_body(&m);
}

/* SPDX-License-Identifier: MIT
 *
 * In:  the steps from each state that was chosen, with what the rest of the note costs
 * then (graph.c). Out: for each region, what its end costs and by what, and what the
 * whole note would cost with the best other ends. */
#include "flow/explain.h"

#include "flow/choices.h"
#include "flow/data.h"
#include "flow/record.h"

struct told {
    struct flow_step step;
    struct flow_fill fill;
};

struct flow_record {
    struct flow *f;
    struct flow_reasons *reasons;
    VEC(struct told) told; /* from one state */
    size_t at;             /* the place of its first reason */
    bool balanced;
};

struct flow_record *flow_record_new(struct flow *f)
{
    struct flow_record *r = NEW(&f->work, struct flow_record);
    *r = (struct flow_record){.f = f, .reasons = f->reasons};
    *r->reasons = (struct flow_reasons){.arena = f->arena};
    return r;
}

struct flow_record *flow_record_resume(struct flow *f, size_t at)
{
    struct flow_record *r = NEW(&f->work, struct flow_record);
    *r = (struct flow_record){.f = f, .reasons = f->reasons, .at = at, .balanced = true};
    r->reasons->list.n = at;
    return r;
}

void flow_record_step(struct flow_record *r, const struct flow_step *s)
{
    struct told told = {*s, *s->fill};
    vec_push(&r->f->work, &r->told, told);
}

void flow_record_again(struct flow_record *r)
{
    r->told.n = 0;
}

/* --- what a line says --- */

enum { SHOWN_BYTES = 48 };

/* The characters of a piece. */
static str piece_text(const struct text_piece *piece)
{
    const struct text_run *run = piece->run;
    if (!run || piece->from == piece->to) {
        return STR_NONE;
    }
    const struct text_glyph *g = run->glyphs;
    if (run->rtl) {
        size_t end = piece->from ? g[piece->from - 1].cluster : run->text.n;
        return str_sub(run->text, g[piece->to - 1].cluster, end);
    }
    size_t end = piece->to < run->n ? g[piece->to].cluster : run->text.n;
    return str_sub(run->text, g[piece->from].cluster, end);
}

/* The last words of a line that take at most so many bytes; the first word is whole. */
static str last_bytes(str text)
{
    if (text.n <= SHOWN_BYTES) {
        return text;
    }
    size_t from = text.n - SHOWN_BYTES;
    while (from < text.n && text.p[from] != ' ') {
        from++;
    }
    if (from == text.n) { /* one long word: any character's start */
        from = text.n - SHOWN_BYTES;
        while (((unsigned char)text.p[from] & 0xC0) == 0x80) {
            from++;
        }
    }
    return str_trim(str_sub(text, from, text.n));
}

static str words_of(struct flow_record *r, const struct text_line *line)
{
    uint32_t *places = NEW_ARRAY(&r->f->work, uint32_t, line->n + 1);
    for (uint32_t i = 0; i < line->n; i++) {
        places[line->order ? line->order[i] : i] = i;
    }
    struct buf words;
    buf_init(&words, r->reasons->arena);
    for (uint32_t i = 0; i < line->n; i++) {
        buf_put(&words, piece_text(&line->pieces[places[i]]));
    }
    return last_bytes(str_trim(buf_str(&words)));
}

static str row_words(struct flow_record *r, const struct flow_row *row)
{
    for (uint32_t i = 0; i < row->n; i++) {
        const struct flow_lines *lines = &row->cells[i].lines;
        for (size_t k = 0; k < lines->n; k++) {
            if (lines->v[k].kind == FLOW_TEXT && lines->v[k].text.n) {
                return words_of(r, &lines->v[k].text);
            }
        }
    }
    return STR_NONE;
}

/* Of a row from data: its first field that is not empty. */
static str data_words(struct flow_record *r, const struct flow_line *l)
{
    str words = STR_NONE;
    for (uint32_t i = 0; i < l->data->table.n && !words.n; i++) {
        words = str_trim(flow_data_text(l->data, l->data_row, i, r->reasons->arena));
    }
    return last_bytes(words);
}

static str line_words(struct flow_record *r, const struct flow_line *l)
{
    switch (l->kind) {
    case FLOW_DATA:  return data_words(r, l);
    case FLOW_TEXT:  return words_of(r, &l->text);
    case FLOW_ROW:   return row_words(r, l->row);
    case FLOW_RULE:  return STR("a rule");
    case FLOW_IMAGE: return STR("a picture");
    case FLOW_QR:    return STR("a code");
    }
    return STR_NONE;
}

static struct place line_place(const struct flow_line *l)
{
    if (l->kind == FLOW_TEXT && l->text.n) {
        uint32_t span = l->text.pieces[l->text.n - 1].span;
        struct place at = l->box->spans.v[span].at;
        return at.line ? at : l->box->at;
    }
    return l->box->at;
}

/* --- what an end costs --- */

/* Lines of the paragraph, in the setting at hand, before line `i` and from it on. */
static void count_lines(const struct flow *f, size_t i, int32_t *above,
                        int32_t *below)
{
    const struct flow_lines *body = &f->body;
    const struct flow_variant *s = flow_variant_at(f, i);
    const struct box *box = body->v[i].box;
    size_t first = s ? s->first : i, last = s ? s->last : i;
    while (!s && first > 0 && body->v[first - 1].box == box) {
        first--;
    }
    while (!s && last < body->n && body->v[last].box == box) {
        last++;
    }
    *above = (int32_t)(i - first);
    *below = (int32_t)(last - i);
}

/* The parts of what measure.c put on a line inside a paragraph; gives what is left. */
static int64_t inside_paragraph(const struct flow *f, size_t i, int64_t penalty,
                                int64_t *costs)
{
    const struct style *s = f->body.v[i].box->style;
    int32_t above, below;
    count_lines(f, i, &above, &below);
    int64_t orphan = above < s->orphans ? f->layout->breaking.orphan : 0;
    int64_t widow = below < s->widows ? f->layout->breaking.widow : 0;
    if (orphan + widow > penalty) {
        return penalty;
    }
    costs[FLOW_COST_ORPHAN] = orphan;
    costs[FLOW_COST_WIDOW] = widow;
    penalty -= orphan + widow;
    if (penalty == f->layout->breaking.hyphen_at_foot) {
        costs[FLOW_COST_HYPHEN] = penalty;
        penalty = 0;
    }
    return penalty;
}

static void share_penalty(const struct flow *f, size_t line, int64_t *costs)
{
    int64_t penalty = flow_break_penalty(&f->body, line);
    int64_t stranded = f->layout->breaking.stranded;
    const struct flow_variant *s = flow_variant_at(f, line);
    bool begins = line == 0 || (s && s->first == line) ||
                  f->body.v[line - 1].box != f->body.v[line].box;
    bool inside = !begins && f->body.v[line].kind == FLOW_TEXT;
    if (penalty >= FLOW_NEVER) {
        costs[FLOW_COST_KEPT] = penalty;
    } else if (inside) {
        costs[FLOW_COST_OTHER] = inside_paragraph(f, line, penalty, costs);
    } else if (penalty == stranded) {
        costs[FLOW_COST_STRANDED] = penalty;
    } else if (penalty == stranded / 4) {
        costs[FLOW_COST_INTRO] = penalty;
    } else {
        costs[FLOW_COST_OTHER] = penalty;
    }
}

static void share_costs(const struct flow *f, const struct told *t, int64_t *costs)
{
    const struct flow_price *p = &t->step.price;
    costs[FLOW_COST_EMPTY] = p->empty;
    costs[FLOW_COST_SPACES] = p->spaces;
    costs[FLOW_COST_UNEVEN] = p->uneven;
    costs[FLOW_COST_SHORT_LAST] = p->short_last;
    costs[t->step.desperate ? FLOW_COST_DESPERATE : FLOW_COST_ALONE] = p->extra;
    costs[FLOW_COST_LATE_FLOAT] = p->late;
    costs[FLOW_COST_SPLIT_NOTE] = p->split;
    costs[FLOW_COST_SETTING] = p->setting;
    if (p->ends) {
        share_penalty(f, t->fill.last, costs);
    }
}

static struct flow_end end_of_fill(struct flow_record *r, const struct flow_fill *fill)
{
    const struct flow *f = r->f;
    struct flow_end end = {
        .last = fill->last, .line = flow_line_before_choices(f, fill->last),
        .floats = fill->floats_last, .used = fill->used,
        .room = fill->room, .whole = fill->last == f->body.n,
        .forced = fill->last < f->body.n && f->body.v[fill->last].forced,
    };
    if (fill->last > 0) {
        end.text = line_words(r, &f->body.v[fill->last - 1]);
        end.at = line_place(&f->body.v[fill->last - 1]);
    }
    return end;
}

static struct flow_end end_of(struct flow_record *r, const struct told *t)
{
    struct flow_end end = end_of_fill(r, &t->fill);
    share_costs(r->f, t, end.costs);
    end.here = t->step.cost - t->step.before;
    end.behind = t->step.behind;
    end.total = t->step.cost + end.behind;
    return end;
}

/* --- the others --- */

static int64_t total_of(const struct told *t)
{
    return t->step.cost + t->step.behind;
}

static bool same_end(const struct told *a, const struct flow_end *b)
{
    return a->fill.last == b->last && a->fill.floats_last == b->floats;
}

static bool is_known(const struct flow_reason *reason, const struct told *t)
{
    bool known = same_end(t, &reason->end);
    for (uint32_t i = 0; i < reason->n_others; i++) {
        known = known || same_end(t, &reason->others[i]);
    }
    return known;
}

static void choose_others(struct flow_record *r, struct flow_reason *reason)
{
    while (reason->n_others < FLOW_OTHER_ENDS) {
        const struct told *best = NULL;
        for (size_t i = 0; i < r->told.n; i++) {
            const struct told *t = &r->told.v[i];
            if (!is_known(reason, t) && (!best || total_of(t) < total_of(best))) {
                best = t;
            }
        }
        if (!best) {
            return;
        }
        reason->others[reason->n_others++] = end_of(r, best);
    }
}

/* How much too high the region is with one more line and the notes marked on it. */
static int64_t missing_room(const struct flow *f, const struct flow_fill *fill)
{
    if (fill->last >= f->body.n || f->body.v[fill->last].forced) {
        return 0;
    }
    struct flow_stack stack;
    flow_stack_start(&stack, &f->body, fill->first);
    for (size_t i = fill->first; i <= fill->last; i++) {
        flow_stack_add(&stack);
    }
    struct flow_notes_at notes = {flow_notes_before(f, fill->last + 1), 0};
    struct flow_fill with = *fill;
    len64 high = stack.height + flow_notes_height(f, fill->notes_first, notes);
    for (uint32_t i = with.floats_first; i < with.floats_last; i++) {
        high += f->floats.v[i].height + f->floats.v[i].gap;
    }
    return high > fill->room ? high - fill->room : 0;
}

static struct flow_reason reason_of(const struct flow *f, const struct flow_fill *fill)
{
    struct flow_region region = flow_region(f, fill->region);
    return (struct flow_reason){.page = region.page, .column = region.column,
                                .columns = region.columns};
}

void flow_record_close(struct flow_record *r, int32_t to)
{
    const struct told *chosen = NULL;
    for (size_t i = 0; i < r->told.n; i++) {
        const struct told *t = &r->told.v[i];
        if (t->step.to == to && (!chosen || t->step.cost < chosen->step.cost)) {
            chosen = t;
        }
    }
    if (!chosen) {
        return;
    }
    struct flow_reason reason = reason_of(r->f, &chosen->fill);
    reason.end = end_of(r, chosen);
    reason.balanced = r->balanced;
    choose_others(r, &reason);
    r->reasons->total = r->balanced ? r->reasons->total : reason.end.total;
    vec_push(r->reasons->arena, &r->reasons->list, reason);
}

void flow_record_end(struct flow_record *r)
{
    for (size_t i = r->at; i < r->reasons->list.n; i++) {
        struct flow_reason *reason = &r->reasons->list.v[i];
        reason->missing = missing_room(r->f, &r->f->fills.v[i]);
    }
}

/* SPDX-License-Identifier: MIT
 *
 * In: paragraphs that could be set in other numbers of lines. Out: a body that holds all
 * their settings, in which pages are sought; then, with what was chosen, one that holds
 * each paragraph once. What counts lines (groups, floats, fills) is counted anew. */
#include "flow/choices.h"

size_t flow_choice_at(const struct flow *f, size_t line)
{
    size_t low = 0, above = f->choices.n;
    while (low < above) {
        size_t middle = low + (above - low) / 2;
        if (f->choices.v[middle].next <= line) {
            low = middle + 1;
        } else {
            above = middle;
        }
    }
    return low;
}

const struct flow_variant *flow_variant_at(const struct flow *f, size_t line)
{
    size_t at = flow_choice_at(f, line);
    if (at == f->choices.n || line < f->choices.v[at].first) {
        return NULL;
    }
    const struct flow_choice *c = &f->choices.v[at];
    uint32_t k = 0;
    while (line >= c->v[k].last) {
        k++;
    }
    return &c->v[k];
}

size_t flow_behind(const struct flow *f, size_t line)
{
    const struct flow_variant *s = flow_variant_at(f, line);
    return s && line + 1 == s->last ? f->choices.v[flow_choice_at(f, line)].next
                                    : line + 1;
}

size_t flow_line_before_choices(const struct flow *f, size_t line)
{
    size_t more = 0;
    for (size_t i = 0; i < f->choices.n && f->choices.v[i].first < line; i++) {
        const struct flow_choice *c = &f->choices.v[i];
        size_t n = c->v[0].last - c->v[0].first;
        if (line >= c->next) {
            more += c->next - c->v[0].last;
            continue;
        }
        const struct flow_variant *s = flow_variant_at(f, line);
        size_t nth = line - s->first;
        return c->first - more + (nth < n ? nth : n - 1);
    }
    return line - more;
}

/* --- A body that is counted anew --- */

/* A body in the making, and where each place of the old one has gone. */
struct rebuilt {
    struct flow *f;
    struct flow_lines lines;
    size_t *to; /* by place: before a line, or at the end */
};

static struct rebuilt start_rebuilt(struct flow *f)
{
    struct rebuilt r = {.f = f};
    r.to = NEW_ARRAY(&f->work, size_t, f->body.n + 1);
    return r;
}

static void copy_lines(struct rebuilt *r, const struct flow_lines *from, size_t first,
                       size_t last)
{
    for (size_t i = first; i < last; i++) {
        vec_push(&r->f->work, &r->lines, from->v[i]);
    }
}

/* Lines [first, last) of the body stay as they are. */
static void keep_lines(struct rebuilt *r, size_t first, size_t last)
{
    for (size_t i = first; i < last; i++) {
        r->to[i] = r->lines.n + i - first;
    }
    copy_lines(r, &r->f->body, first, last);
}

static void move_groups(struct flow *f)
{
    const struct flow_line *v = f->body.v;
    for (size_t i = 0; i < f->body.n; i++) {
        struct flow_group *g = v[i].group;
        if (g && (i == 0 || v[i - 1].group != g)) {
            g->first = i;
        }
        if (g) {
            g->last = i + 1;
        }
    }
}

static void end_rebuilt(struct rebuilt *r)
{
    struct flow *f = r->f;
    r->to[f->body.n] = r->lines.n;
    for (size_t i = 0; i < f->floats.n && f->body.n; i++) {
        size_t behind = r->to[f->floats.v[i].line + 1];
        f->floats.v[i].line = behind ? behind - 1 : 0;
    }
    for (size_t i = 0; i < f->fills.n; i++) {
        f->fills.v[i].first = r->to[f->fills.v[i].first];
        f->fills.v[i].last = r->to[f->fills.v[i].last];
    }
    f->body = r->lines;
    move_groups(f);
}

/* --- Choices --- */

static void add_choice(struct rebuilt *r, const struct flow_offer *offer)
{
    struct flow_choice c = {.first = r->lines.n, .n = 1 + offer->n};
    keep_lines(r, offer->first, offer->last);
    c.v[0] = (struct flow_variant){c.first, r->lines.n, 0};
    for (uint32_t k = 0; k < offer->n; k++) {
        size_t first = r->lines.n;
        copy_lines(r, &offer->others[k], 0, offer->others[k].n);
        c.v[k + 1] = (struct flow_variant){first, r->lines.n, offer->costs[k]};
    }
    c.next = r->lines.n;
    vec_push(&r->f->work, &r->f->choices, c);
}

void flow_open_choices(struct flow *f, const struct flow_offer *offers, size_t n)
{
    struct rebuilt r = start_rebuilt(f);
    size_t line = 0;
    f->choices.n = 0;
    for (size_t i = 0; i < n; i++) {
        keep_lines(&r, line, offers[i].first);
        add_choice(&r, &offers[i]);
        line = offers[i].last;
    }
    keep_lines(&r, line, f->body.n);
    end_rebuilt(&r);
}

/* Of places inside other settings than the chosen one, nobody asks for more than that
 * they are in this paragraph. */
static void keep_chosen(struct rebuilt *r, const struct flow_choice *c)
{
    const struct flow_variant *chosen = &c->v[c->chosen];
    for (uint32_t k = 0; k < c->n; k++) {
        for (size_t i = c->v[k].first; i < c->v[k].last; i++) {
            r->to[i] = r->lines.n;
        }
    }
    keep_lines(r, chosen->first, chosen->last);
}

void flow_close_choices(struct flow *f)
{
    struct rebuilt r = start_rebuilt(f);
    size_t line = 0;
    for (size_t i = 0; i < f->choices.n; i++) {
        keep_lines(&r, line, f->choices.v[i].first);
        keep_chosen(&r, &f->choices.v[i]);
        line = f->choices.v[i].next;
    }
    keep_lines(&r, line, f->body.n);
    end_rebuilt(&r);
    f->choices.n = 0;
}

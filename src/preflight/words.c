/* SPDX-License-Identifier: MIT
 *
 * Facts and findings in words, for the terminal and the report alike. */
#include <string.h>

#include "preflight/preflight.h"

/* Millimetres with two decimals: half a thousandth of a point is nothing to see. */
static void put_millimetres(struct buf *b, int64_t thousandths)
{
    buf_decimal(b, (thousandths * 254 + 3600) / 7200, 2);
}

str preflight_size(struct arena *a, const struct preflight_box *box)
{
    struct buf b;
    buf_init(&b, a);
    put_millimetres(&b, box->x1 - box->x0);
    buf_puts(&b, " × ");
    put_millimetres(&b, box->y1 - box->y0);
    buf_puts(&b, " mm");
    return buf_str(&b);
}

str preflight_joined(struct arena *a, const struct preflight_names *names)
{
    struct buf b;
    buf_init(&b, a);
    for (size_t i = 0; i < names->list.n; i++) {
        buf_puts(&b, i ? ", " : "");
        buf_put(&b, names->list.v[i]);
    }
    return buf_str(&b);
}

static void put_bleed(struct buf *b, const struct preflight_page *page)
{
    const struct preflight_box *trim = preflight_trim(page);
    const struct preflight_box *bleed = &page->boxes[PREFLIGHT_BLEED];
    int64_t least = trim->x0 - bleed->x0;
    const int64_t sides[] = {trim->y0 - bleed->y0, bleed->x1 - trim->x1,
                             bleed->y1 - trim->y1};
    for (size_t i = 0; i < 3; i++) {
        least = sides[i] < least ? sides[i] : least;
    }
    if (bleed->there && least > 0) {
        buf_puts(b, ", bleed ");
        put_millimetres(b, least);
        buf_puts(b, " mm");
    }
}

str preflight_facts(struct arena *a, const struct preflight_page *page)
{
    struct buf b;
    buf_init(&b, a);
    buf_put(&b, preflight_size(a, preflight_trim(page)));
    put_bleed(&b, page);
    buf_puts(&b, page->plates.list.n ? "; plates " : "; nothing printed");
    buf_put(&b, preflight_joined(a, &page->plates));
    if (page->ink) {
        buf_format(&b, "; ink to %d %%", (int)(page->ink / 10));
    }
    if (page->pictures) {
        buf_format(&b, "; %d picture%s from %d ppi", (int)page->pictures,
                   page->pictures == 1 ? "" : "s", (int)page->ppi);
    }
    if (page->thinnest >= 0) {
        buf_puts(&b, "; lines from ");
        buf_decimal(&b, page->thinnest, 3);
        buf_puts(&b, " pt");
    }
    if (page->annotations) {
        buf_format(&b, "; %d annotation%s", (int)page->annotations,
                   page->annotations == 1 ? "" : "s");
    }
    buf_puts(&b, page->transparent ? "; transparency" : "");
    return buf_str(&b);
}

size_t preflight_alike(const struct preflight *p, size_t from)
{
    struct arena_mark mark = arena_mark(p->arena);
    str facts = preflight_facts(p->arena, &p->pages.v[from]);
    size_t last = from;
    while (last + 1 < p->pages.n &&
           str_eq(facts, preflight_facts(p->arena, &p->pages.v[last + 1]))) {
        last++;
    }
    arena_rewind(p->arena, mark);
    return last;
}

str preflight_head(struct arena *a, const struct preflight *p)
{
    struct buf b;
    buf_init(&b, a);
    buf_format(&b, "PDF %.*s", STR_ARG(p->version));
    buf_puts(&b, p->claims_x4 ? ", PDF/X-4" : "");
    if (p->condition.n) {
        buf_format(&b, " for %.*s", STR_ARG(p->condition));
    }
    buf_format(&b, ", %zu page%s, %zu font%s", p->pages.n, p->pages.n == 1 ? "" : "s",
               p->fonts.n, p->fonts.n == 1 ? "" : "s");
    return buf_str(&b);
}

static void put_count(struct buf *b, size_t n, const char *what)
{
    if (n) {
        buf_format(b, "%s%zu %s%s", b->n ? ", " : "", n, what, n == 1 ? "" : "s");
    }
}

str preflight_sums(struct arena *a, const struct preflight *p)
{
    struct buf b;
    buf_init(&b, a);
    for (int s = PREFLIGHT_ERROR; s >= PREFLIGHT_NOTE; s--) {
        put_count(&b, p->counts[s], PREFLIGHT_SEVERITY[s]);
    }
    return b.n ? buf_str(&b) : STR("nothing to say against it");
}

/* "2, 4–6" of the pages where a rule is broken; findings are in the order of pages. */
static void put_pages(struct buf *b, const struct preflight *p, enum preflight_rule rule)
{
    size_t from = 0, to = 0;
    for (size_t i = 0; i <= p->findings.n; i++) {
        const struct preflight_finding *f = i < p->findings.n ? &p->findings.v[i] : NULL;
        if (f && (f->rule != rule || f->page == 0)) {
            continue;
        } else if (f && from && f->page == to + 1) {
            to = f->page;
            continue;
        }
        if (from) {
            buf_format(b, "%s%zu", b->n ? ", " : "", from);
            if (to > from) {
                buf_format(b, to == from + 1 ? ", %zu" : "–%zu", to);
            }
        }
        from = to = f ? f->page : 0;
    }
}

static void add_told(const struct preflight *p, struct preflight_tellings *out,
                     enum preflight_rule rule)
{
    struct preflight_told told = {0};
    struct buf pages;
    for (size_t i = 0; i < p->findings.n; i++) {
        if (p->findings.v[i].rule == rule) {
            told.first = told.first ? told.first : &p->findings.v[i];
            told.times += p->findings.v[i].times;
        }
    }
    if (told.first) {
        buf_init(&pages, p->arena);
        put_pages(&pages, p, rule);
        told.pages = str_copy(p->arena, buf_str(&pages));
        vec_push(p->arena, &out->list, told);
    }
}

struct preflight_tellings preflight_tellings(const struct preflight *p)
{
    struct preflight_tellings out = {0};
    for (int severity = PREFLIGHT_ERROR; severity >= PREFLIGHT_NOTE; severity--) {
        for (int rule = 0; rule < PREFLIGHT_RULE_COUNT; rule++) {
            if ((int)PREFLIGHT_RULE[rule].severity == severity) {
                add_told(p, &out, (enum preflight_rule)rule);
            }
        }
    }
    return out;
}

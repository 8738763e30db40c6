/* SPDX-License-Identifier: MIT
 *
 * The driver: what happens to a layout tree, in order. */
#include "flow/flow.h"

#include "flow/measure.h"
#include "flow/numbers.h"

static void copy_facts_about(const struct tree *t, struct page_list *pages)
{
    pages->structure = t->structure;
    pages->palette = t->layout->palette;
    pages->lang = t->lang;
    pages->title = t->title;
    pages->authors = t->authors;
    pages->subject = t->subject;
    pages->keywords = t->keywords;
    pages->date = t->date;
}

/* The pages of one run; they live in `a`. */
static struct page_list *run_once(struct flow *f, struct arena *a)
{
    f->arena = a;
    arena_init(&f->scratch);
    arena_init(&f->work);
    f->pages = NEW(a, struct page_list);
    page_list_init(f->pages, a);

    f->pages->rtl = f->rtl = flow_reads_rtl(f, f->tree->body);
    flow_measure_all(f);   /* paragraphs to lines, with the cost of breaks between */
    flow_choose_breaks(f); /* lines to regions, over the whole note */
    flow_report_notes(f);
    flow_number_notes(f);  /* where each page begins anew, now that they are known */
    flow_place(f);         /* regions to items on pages */
    flow_show_pages(f);    /* boxes, if somebody wants to see them */
    flow_set_tails(f);     /* page numbers in contents, which change no line */
    flow_place_bars(f);    /* beside what is new */
    flow_furnish(f);       /* headers and footers, now that all pages are known */

    copy_facts_about(f->tree, f->pages);
    arena_done(&f->work);
    arena_done(&f->scratch);
    return f->pages;
}

struct page_list *flow_run_request(const struct flow_request *r)
{
    struct flow_late late;
    struct arena *a = r->arena;
    struct diag_sink *sink = r->sink;
    struct flow start = {
        .tree = r->tree, .layout = r->tree->layout, .engine = r->engine, .sink = sink,
        .reasons = r->reasons, .show = r->show_boxes, .known = r->known,
        .binding = r->binding, .slug = r->slug, .slug_date = r->slug_date,
    };
    if (!flow_geometry(&start)) {
        return NULL;
    }
    flow_late_init(&late, r->tree);
    struct page_list *pages;
    do { /* once, unless the text names pages that must be right */
        struct flow f = start;
        pages = run_once(&f, flow_late_start(&late, &f, a, sink));
    } while (!flow_late_settled(&late, pages));
    flow_late_report(&late, sink);
    flow_late_done(&late);
    return pages;
}

struct page_list *flow_run(struct tree *t, struct text_engine *e, struct arena *a,
                           struct diag_sink *sink)
{
    return flow_run_request(&(struct flow_request){
        .tree = t, .engine = e, .arena = a, .sink = sink});
}

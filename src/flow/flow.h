/* flow/flow.h: from the layout tree to pages.
 *
 * Paragraphs become lines (line breaking over the whole paragraph), lines and rules
 * become one list with penalties, pages are chosen from it over the whole document, and
 * what was chosen is placed. See the head comments of the files, in the order in which
 * flow.c calls them. */
#ifndef INFONOTE_FLOW_FLOW_H
#define INFONOTE_FLOW_FLOW_H

#include "page/page.h"
#include "tree/tree.h"

struct flow_reasons; /* flow/explain.h */

/* Paragraphs that notes have in common, as they were set: within bounds. It must not
 * outlive the text engine nor the layouts of the notes. */
struct flow_known;
struct flow_known *flow_known_new(void);
void flow_known_free(struct flow_known *k);

/* What a run needs, and what it is asked for besides. */
struct flow_request {
    struct tree *tree;
    struct text_engine *engine;
    struct arena *arena;
    struct diag_sink *sink;
    struct flow_reasons *reasons; /* why pages end where they do goes here; or NULL */
    bool show_boxes;              /* boxes and baselines are drawn over the pages */
    struct flow_known *known;     /* from earlier notes; or NULL */
    len binding;                  /* text is moved away from the spine so far */
    str slug;                     /* stands below every page, outside it, with its number;
                                     empty: nothing does */
    str slug_date;                /* stands between them; or empty */
};
struct page_list *flow_run_request(const struct flow_request *request);

/* The result lives in `a`; its text pieces and runs in `a` and the engine. NULL when the
 * page has no room at all; other troubles are reported and lived with. */
struct page_list *flow_run(struct tree *t, struct text_engine *e, struct arena *a,
                           struct diag_sink *sink);

#endif

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

/* The result lives in `a`; its text pieces and runs in `a` and the engine. NULL when the
 * page has no room at all; other troubles are reported and lived with. */
struct page_list *flow_run(struct tree *t, struct text_engine *e, struct arena *a,
                           struct diag_sink *sink);

#endif

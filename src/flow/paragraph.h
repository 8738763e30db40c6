/* flow/paragraph.h: the lines of a paragraph, broken and set, before they have places. */
#ifndef INFONOTE_FLOW_PARAGRAPH_H
#define INFONOTE_FLOW_PARAGRAPH_H

#include "flow/lines.h"
#include "flow/vertical.h"

struct flow_set_line {
    struct text_line text;
    len indent;    /* beside the paragraph */
    len width;     /* the measure */
    bool overfull; /* wider than its measure, and nothing could be done */
    bool forced;   /* the author ends it */
};

struct flow_text {
    bool rtl;
    size_t n;
    struct flow_set_line *v;
};

/* What decides how a paragraph is set. */
struct flow_setting {
    const struct box *box;
    const struct text_span *spans; /* box->spans, with the page numbers known by now */
    str lang;
    len width;
    struct line_shape shape;
};

/* attempts.c: the paragraph's shaped text, and where its lines end; in scratch memory. */
struct text_para *flow_break_paragraph(struct flow *f, const struct flow_setting *s,
                                       struct line_breaks *breaks);

/* The lines live in `f->scratch`, their pieces in `f->arena`. */
void flow_set_paragraph(struct flow *f, const struct box *box, len width,
                        struct flow_text *out);

/* The same, of a paragraph that is broken. */
struct flow_broken {
    const struct text_para *para;
    const struct line_breaks *breaks;
};
void flow_set_breaks(struct flow *f, const struct box *box, len width,
                     const struct flow_broken *broken, struct flow_text *out);

/* known.c: the same paragraph as it was set before, if it is known. */
bool flow_known_find(struct flow *f, const struct flow_setting *s,
                     struct flow_text *out);
void flow_known_keep(struct flow *f, const struct flow_setting *s,
                     const struct flow_text *p);

#endif

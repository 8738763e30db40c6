/* report.h: diagnostics for people and for programs.
 *
 * A printer collects the reports of one or more notes into one text: lines with
 * excerpts, one JSON object, or one SARIF 2.1.0 log. Nothing in it depends on the
 * machine, the time or the terminal's width.
 *
 *     struct report_printer p;
 *     report_init(&p, REPORT_TEXT, 0, &buf);
 *     report_add(&p, &sink, &source);   // ordered by place first
 *     report_done(&p); */
#ifndef INFONOTE_REPORT_H
#define INFONOTE_REPORT_H

#include "base/buf.h"
#include "base/diag.h"
#include "base/map.h"

enum report_format { REPORT_TEXT, REPORT_JSON, REPORT_SARIF };

enum report_flags {
    REPORT_COLOR = 1,       /* text with escape sequences of a terminal */
    REPORT_ERRORS_ONLY = 2, /* text without warnings, notes and summary */
};

struct report_printer {
    enum report_format format;
    unsigned flags;
    struct buf *out;
    size_t shown;                  /* reports printed so far */
    size_t counts[DIAG_FATAL + 1]; /* by severity, those not shown included */
    size_t more[DIAG_CODE_COUNT];  /* not shown, by code */
    struct arena arena;            /* of `told` */
    struct map told;               /* what was told about files that notes share */
};

void report_init(struct report_printer *p, enum report_format format, unsigned flags,
                 struct buf *out);

/* The reports of one note, whose source is `own`. What is wrong with another file, such
 * as its layout, is told with the first note that uses it. */
void report_add(struct report_printer *p, struct diag_sink *sink,
                const struct source *own);
void report_done(struct report_printer *p);

/* The formats; report.c calls them. */
void report_put_text(struct report_printer *p, const struct diag *d);
void report_put_more(struct report_printer *p, const struct diag *last, size_t n);
void report_end_text(struct report_printer *p);
void report_begin_json(struct report_printer *p);
void report_put_json(struct report_printer *p, const struct diag *d);
void report_end_json(struct report_printer *p);
void report_begin_sarif(struct report_printer *p);
void report_put_sarif(struct report_printer *p, const struct diag *d);
void report_end_sarif(struct report_printer *p);

#endif

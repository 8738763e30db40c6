/* SPDX-License-Identifier: MIT
 *
 * Reports as one JSON object:
 *
 *     {"reports":[{"file":"note.yaml","line":12,"column":3,"width":6,
 *       "severity":"error","code":"unknown-key","message":"…","hint":"…",
 *       "second":{"file":"note.yaml","line":10,"column":1,"message":"…"}}],
 *      "more":[{"code":"unknown-key","count":3}],"errors":4,"warnings":0,"notes":0}
 *
 * One report a line. What is not known is left out: file, line and column, hint, second.
 * `fatal` stands beside `severity` where the system failed, not the note. */
#include "report.h"

void report_begin_json(struct report_printer *p)
{
    buf_puts(p->out, "{\"reports\":[");
}

static void put_place(struct buf *out, struct place at)
{
    if (!at.source) {
        return;
    }
    buf_puts(out, "\"file\":");
    buf_json_string(out, at.source->name);
    buf_char(out, ',');
    if (at.line) {
        buf_format(out, "\"line\":%u,", at.line);
    }
    if (at.line && at.column) {
        buf_format(out, "\"column\":%u,", at.column);
    }
}

void report_put_json(struct report_printer *p, const struct diag *d)
{
    struct buf *out = p->out;
    buf_puts(out, p->shown ? ",\n{" : "\n{");
    put_place(out, d->at);
    if (d->at.source && d->at.line && d->at.column) {
        buf_format(out, "\"width\":%u,", d->at.width ? d->at.width : 1);
    }
    buf_format(out, "\"severity\":\"%s\",", diag_severity_name(d->severity));
    buf_puts(out, d->severity == DIAG_FATAL ? "\"fatal\":true," : "");
    buf_format(out, "\"code\":\"%s\",\"message\":", diag_name(d->code));
    buf_json_string(out, d->message);
    if (d->hint.n) {
        buf_puts(out, ",\"hint\":");
        buf_json_string(out, d->hint);
    }
    if (d->second_message.n) {
        buf_puts(out, ",\"second\":{");
        put_place(out, d->second);
        buf_puts(out, "\"message\":");
        buf_json_string(out, d->second_message);
        buf_char(out, '}');
    }
    buf_char(out, '}');
}

void report_end_json(struct report_printer *p)
{
    struct buf *out = p->out;
    buf_puts(out, p->shown ? "\n],\"more\":[" : "],\"more\":[");
    bool any = false;
    for (int code = 0; code < DIAG_CODE_COUNT; code++) {
        if (p->more[code]) {
            buf_format(out, "%s{\"code\":\"%s\",\"count\":%zu}", any ? "," : "",
                       diag_name((enum diag_code)code), p->more[code]);
            any = true;
        }
    }
    buf_format(out, "],\"errors\":%zu,\"warnings\":%zu,\"notes\":%zu}\n",
               p->counts[DIAG_ERROR] + p->counts[DIAG_FATAL], p->counts[DIAG_WARNING],
               p->counts[DIAG_NOTE]);
}

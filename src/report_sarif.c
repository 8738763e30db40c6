/* SPDX-License-Identifier: MIT
 *
 * Reports as a SARIF 2.1.0 log, for code hosts and editors: one run, one rule for every
 * code, one result a report. Columns are code points, as in the places themselves. The
 * results may come from many notes, so the rules, which are known, stand in front. */
#include "report.h"

#include <string.h>

static const char *level_of(enum diag_severity severity)
{
    return diag_severity_name(severity); /* SARIF has the same three words */
}

void report_begin_sarif(struct report_printer *p)
{
    struct buf *out = p->out;
    buf_puts(out, "{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\","
                  "\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{"
                  "\"name\":\"infonote\",\"rules\":[");
    for (int code = 0; code < DIAG_CODE_COUNT; code++) {
        enum diag_code c = (enum diag_code)code;
        buf_format(out, "%s\n{\"id\":\"%s\",\"shortDescription\":{\"text\":",
                   code ? "," : "", diag_name(c));
        buf_json_string(out, str_from(diag_meaning(c)));
        buf_format(out, "},\"defaultConfiguration\":{\"level\":\"%s\"}}",
                   level_of(diag_severity_of(c)));
    }
    buf_puts(out, "\n]}},\"columnKind\":\"unicodeCodePoints\",\"results\":[");
}

/* A file name as a URI reference (RFC 3986): the unreserved characters and the slash
 * stand for themselves, all other bytes are percent-encoded. */
static void put_uri(struct buf *out, str path)
{
    buf_char(out, '"');
    for (size_t i = 0; i < path.n; i++) {
        char c = path.p[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                     (c >= '0' && c <= '9') || (c && strchr("-._~/", c));
        if (plain) {
            buf_char(out, c);
        } else {
            buf_format(out, "%%%02X", (unsigned char)c);
        }
    }
    buf_char(out, '"');
}

static void put_message(struct buf *out, str message, str hint)
{
    struct buf text;
    buf_init(&text, out->arena);
    buf_put(&text, message);
    if (hint.n) {
        buf_puts(&text, "; ");
        buf_put(&text, hint);
    }
    buf_puts(out, "\"message\":{\"text\":");
    buf_json_string(out, buf_str(&text));
    buf_char(out, '}');
}

static void put_location(struct buf *out, struct place at)
{
    buf_puts(out, "\"physicalLocation\":{\"artifactLocation\":{\"uri\":");
    put_uri(out, at.source->name);
    buf_char(out, '}');
    if (at.line) {
        buf_format(out, ",\"region\":{\"startLine\":%u", at.line);
        if (at.column) {
            buf_format(out, ",\"startColumn\":%u,\"endColumn\":%u", at.column,
                       at.column + (at.width ? at.width : 1));
        }
        buf_char(out, '}');
    }
    buf_char(out, '}');
}

void report_put_sarif(struct report_printer *p, const struct diag *d)
{
    struct buf *out = p->out;
    buf_format(out, "%s\n{\"ruleId\":\"%s\",\"ruleIndex\":%d,\"level\":\"%s\",",
               p->shown ? "," : "", diag_name(d->code), (int)d->code,
               level_of(d->severity));
    put_message(out, d->message, d->hint);
    buf_puts(out, ",\"locations\":[");
    if (d->at.source) {
        buf_char(out, '{');
        put_location(out, d->at);
        buf_char(out, '}');
    }
    buf_char(out, ']');
    if (d->second_message.n && d->second.source) {
        buf_puts(out, ",\"relatedLocations\":[{");
        put_location(out, d->second);
        buf_char(out, ',');
        put_message(out, d->second_message, STR_NONE);
        buf_puts(out, "}]");
    }
    buf_char(out, '}');
}

void report_end_sarif(struct report_printer *p)
{
    buf_puts(p->out, "\n]}]}\n");
}

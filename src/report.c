/* SPDX-License-Identifier: MIT
 *
 * In:  sinks with reports. Out: text for people.
 *
 *     note.yaml:12:3: error[unknown-key]: unknown key `colour`; did you mean `color`?
 *        12 |   colour: red
 *           |   ^~~~~~
 *     note.yaml:10:1: note: in this `callout` block
 *     note.yaml: note: and 3 more like this [unknown-key]
 *     4 errors, 1 warning
 *
 * The formats for programs are in report_json.c and report_sarif.c. */
#include "report.h"

#include "excerpt.h"

enum style { BOLD, ERROR, WARNING, NOTE, PLAIN };

static const char *escape(const struct report_printer *p, enum style style)
{
    static const char *const CODES[] = {
        [BOLD] = "\x1B[1m", [ERROR] = "\x1B[1;31m", [WARNING] = "\x1B[1;33m",
        [NOTE] = "\x1B[1;36m", [PLAIN] = "\x1B[0m",
    };
    return p->flags & REPORT_COLOR ? CODES[style] : "";
}

static enum style style_of(enum diag_severity severity)
{
    return severity >= DIAG_ERROR ? ERROR : severity == DIAG_WARNING ? WARNING : NOTE;
}

static bool is_hidden(const struct report_printer *p, enum diag_severity severity)
{
    return (p->flags & REPORT_ERRORS_ONLY) && severity < DIAG_ERROR;
}

/* "note.yaml:12:3: ", as far as it is known. */
static void put_place(struct report_printer *p, struct place at)
{
    buf_puts(p->out, escape(p, BOLD));
    if (at.source) {
        excerpt_put_safe(p->out, at.source->name);
    } else {
        buf_puts(p->out, "infonote");
    }
    if (at.source && at.line) {
        buf_format(p->out, ":%u", at.line);
        if (at.column) {
            buf_format(p->out, ":%u", at.column);
        }
    }
    buf_format(p->out, ":%s ", escape(p, PLAIN));
}

static void put_severity(struct report_printer *p, enum diag_severity severity,
                         const char *code)
{
    buf_puts(p->out, escape(p, style_of(severity)));
    buf_puts(p->out, diag_severity_name(severity));
    if (code) {
        buf_format(p->out, "[%s]", code);
    }
    buf_format(p->out, ":%s ", escape(p, PLAIN));
}

void report_put_text(struct report_printer *p, const struct diag *d)
{
    enum style style = style_of(d->severity);
    put_place(p, d->at);
    put_severity(p, d->severity, diag_name(d->code));
    excerpt_put_safe(p->out, d->message);
    if (d->hint.n) {
        buf_puts(p->out, "; ");
        excerpt_put_safe(p->out, d->hint);
    }
    buf_char(p->out, '\n');
    excerpt_put(p->out, d->at, escape(p, style), escape(p, PLAIN));
    if (d->second_message.n) {
        put_place(p, d->second);
        put_severity(p, DIAG_NOTE, NULL);
        excerpt_put_safe(p->out, d->second_message);
        buf_char(p->out, '\n');
        excerpt_put(p->out, d->second, escape(p, NOTE), escape(p, PLAIN));
    }
}

void report_put_more(struct report_printer *p, const struct diag *last, size_t n)
{
    put_place(p, (struct place){.source = last->at.source});
    put_severity(p, DIAG_NOTE, NULL);
    buf_format(p->out, "and %zu more like this [%s]\n", n, diag_name(last->code));
}

static void put_count(struct buf *out, size_t n, const char *what, bool *any)
{
    if (n) {
        buf_format(out, "%s%zu %s%s", *any ? ", " : "", n, what, n > 1 ? "s" : "");
        *any = true;
    }
}

/* One report speaks for itself; several are counted. */
void report_end_text(struct report_printer *p)
{
    size_t errors = p->counts[DIAG_ERROR] + p->counts[DIAG_FATAL];
    bool any = false;
    if (p->flags & REPORT_ERRORS_ONLY ||
        errors + p->counts[DIAG_WARNING] + p->counts[DIAG_NOTE] < 2) {
        return;
    }
    put_count(p->out, errors, "error", &any);
    put_count(p->out, p->counts[DIAG_WARNING], "warning", &any);
    put_count(p->out, p->counts[DIAG_NOTE], "note", &any);
    buf_char(p->out, '\n');
}

static void nothing(struct report_printer *p)
{
    (void)p;
}

static const struct {
    void (*begin)(struct report_printer *);
    void (*put)(struct report_printer *, const struct diag *);
    void (*end)(struct report_printer *);
} FORMATS[] = {
    [REPORT_TEXT] = {nothing, report_put_text, report_end_text},
    [REPORT_JSON] = {report_begin_json, report_put_json, report_end_json},
    [REPORT_SARIF] = {report_begin_sarif, report_put_sarif, report_end_sarif},
};

void report_init(struct report_printer *p, enum report_format format, unsigned flags,
                 struct buf *out)
{
    *p = (struct report_printer){.format = format, .flags = flags, .out = out};
    arena_init(&p->arena);
    map_init(&p->told, &p->arena);
    FORMATS[format].begin(p);
}

/* True if a report about a file that notes share was told before; from now on it was.
 * Each note reads such a file anew or has a copy of its reports, so they are known by
 * what they say. */
static bool was_told(struct report_printer *p, const struct diag *d,
                     const struct source *own)
{
    if (!d->at.source || d->at.source == own) {
        return false;
    }
    struct arena_mark mark = arena_mark(&p->arena);
    str key = str_format(&p->arena, "%s %u:%u %.*s\n%.*s", diag_name(d->code),
                         d->at.line, d->at.column, STR_ARG(d->at.source->name),
                         STR_ARG(d->message));
    if (map_find(&p->told, key)) {
        arena_rewind(&p->arena, mark);
        return true;
    }
    map_put(&p->told, key, p);
    return false;
}

/* The sink without what was told before; with the last report of a code go those of it
 * that were only counted. */
static struct diag_sink untold(struct report_printer *p, const struct diag_sink *sink,
                               const struct source *own)
{
    size_t kept[DIAG_CODE_COUNT] = {0}, dropped[DIAG_CODE_COUNT] = {0};
    struct diag_sink new = *sink;
    new.list.n = 0;
    new.list.v = NEW_ARRAY(p->out->arena, struct diag, sink->list.n);
    for (size_t i = 0; i < sink->list.n; i++) {
        const struct diag *d = &sink->list.v[i];
        if (was_told(p, d, own)) {
            dropped[d->code]++;
        } else {
            kept[d->code]++;
            new.list.v[new.list.n++] = *d;
        }
    }
    for (int code = 0; code < DIAG_CODE_COUNT; code++) {
        if (dropped[code]) {
            size_t all = kept[code] ? dropped[code] : new.per_code[code];
            new.per_code[code] -= all;
            new.counts[diag_severity_of((enum diag_code)code)] -= all;
        }
    }
    return new;
}

/* True if no later report of the sink has the code of report `i`. */
static bool is_last_of_code(const struct diag_sink *sink, size_t i)
{
    for (size_t j = i + 1; j < sink->list.n; j++) {
        if (sink->list.v[j].code == sink->list.v[i].code) {
            return false;
        }
    }
    return true;
}

static size_t count_of_code(const struct diag_sink *sink, enum diag_code code)
{
    size_t n = 0;
    for (size_t i = 0; i < sink->list.n; i++) {
        n += sink->list.v[i].code == code;
    }
    return n;
}

static void add_one(struct report_printer *p, const struct diag_sink *sink, size_t i)
{
    const struct diag *d = &sink->list.v[i];
    FORMATS[p->format].put(p, d);
    p->shown++;
    size_t kept = is_last_of_code(sink, i) ? count_of_code(sink, d->code) : SIZE_MAX;
    if (sink->per_code[d->code] > kept) {
        size_t more = sink->per_code[d->code] - kept;
        p->more[d->code] += more;
        if (p->format == REPORT_TEXT) {
            report_put_more(p, d, more);
        }
    }
}

void report_add(struct report_printer *p, struct diag_sink *sink,
                const struct source *own)
{
    diag_sort(sink);
    struct diag_sink new = untold(p, sink, own);
    for (size_t i = 0; i < new.list.n; i++) {
        if (!is_hidden(p, new.list.v[i].severity)) {
            add_one(p, &new, i);
        }
    }
    for (int severity = DIAG_NOTE; severity <= DIAG_FATAL; severity++) {
        p->counts[severity] += new.counts[severity];
    }
}

void report_done(struct report_printer *p)
{
    FORMATS[p->format].end(p);
    arena_done(&p->arena);
}

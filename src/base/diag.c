/* SPDX-License-Identifier: MIT */
#include "base/diag.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"

static const struct {
    enum diag_severity severity;
    const char *name, *meaning;
} CODES[DIAG_CODE_COUNT] = {
#define X(symbol, severity, name, meaning) \
    [DIAG_##symbol] = {DIAG_##severity, name, meaning},
    DIAG_CODES(X)
#undef X
};

void diag_init(struct diag_sink *sink, struct arena *a)
{
    *sink = (struct diag_sink){.arena = a};
}

const char *diag_name(enum diag_code code)
{
    return CODES[code].name;
}

enum diag_severity diag_severity_of(enum diag_code code)
{
    return CODES[code].severity;
}

const char *diag_meaning(enum diag_code code)
{
    return CODES[code].meaning;
}

const char *diag_severity_name(enum diag_severity severity)
{
    static const char *const NAMES[] = {"note", "warning", "error", "error"};
    return NAMES[severity];
}

static str format_message(struct arena *a, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    char *text = arena_alloc(a, (size_t)(n < 0 ? 0 : n) + 1);
    if (n > 0) {
        vsnprintf(text, (size_t)n + 1, format, again);
    }
    va_end(again);
    return (str){text, n < 0 ? 0 : (size_t)n};
}

struct diag *diag_report(struct diag_sink *sink, enum diag_code code, struct place at,
                         const char *hint, const char *format, ...)
{
    enum diag_severity severity = CODES[code].severity;
    sink->counts[severity]++;
    if (sink->per_code[code]++ >= DIAG_KEPT_PER_CODE) {
        return NULL;
    }
    va_list args;
    va_start(args, format);
    struct diag d = {
        .code = code,
        .severity = severity,
        .at = at,
        .message = format_message(sink->arena, format, args),
        .hint = str_copy(sink->arena, str_from(hint)),
    };
    va_end(args);
    vec_push(sink->arena, &sink->list, d);
    return &sink->list.v[sink->list.n - 1];
}

void diag_second(struct diag_sink *sink, struct diag *d, struct place at,
                 const char *message)
{
    if (d) {
        d->second = at;
        d->second_message = str_copy(sink->arena, str_from(message));
    }
}

bool diag_has_errors(const struct diag_sink *sink)
{
    return sink->counts[DIAG_ERROR] + sink->counts[DIAG_FATAL] > 0;
}

int diag_exit_status(const struct diag_sink *sink)
{
    return sink->counts[DIAG_FATAL] ? 3 : sink->counts[DIAG_ERROR] ? 1 : 0;
}

static int compare_places(struct place a, struct place b)
{
    if (!a.source || !b.source) {
        return (a.source == NULL) - (b.source == NULL);
    }
    int order = str_compare(a.source->name, b.source->name);
    if (order) {
        return order;
    }
    if (a.line != b.line) {
        return a.line < b.line ? -1 : 1;
    }
    return (a.column > b.column) - (a.column < b.column);
}

/* Insertion sort: stable, and the list is short (DIAG_KEPT_PER_CODE a code). */
void diag_sort(struct diag_sink *sink)
{
    struct diag *v = sink->list.v;
    for (size_t i = 1; i < sink->list.n; i++) {
        struct diag d = v[i];
        size_t j = i;
        for (; j > 0 && compare_places(v[j - 1].at, d.at) > 0; j--) {
            v[j] = v[j - 1];
        }
        v[j] = d;
    }
}

/* Keys are in lower case with hyphens: `Title` and `page_break` are near misses. */
static str fold(struct arena *a, str word)
{
    char *p = arena_copy(a, word.p, word.n);
    for (size_t i = 0; i < word.n; i++) {
        if (p[i] >= 'A' && p[i] <= 'Z') {
            p[i] = (char)(p[i] - 'A' + 'a');
        } else if (p[i] == '_' || p[i] == ' ') {
            p[i] = '-';
        }
    }
    return (str){p, word.n};
}

/* How many slips of the pen a word of this length may hold. One letter holds none: it
 * would be near to every other. */
static unsigned slips(size_t n)
{
    return n <= 1 ? 0 : n <= 3 ? 1 : n <= 7 ? 2 : 3;
}

/* `language` for `lang`: the longest candidate that begins the word and is half of it. */
static const char *find_beginning(struct arena *a, str word,
                                  const char *const *candidates, size_t n)
{
    const char *best = NULL;
    size_t least = word.n / 2 < 4 ? 4 : (word.n + 1) / 2;
    for (size_t i = 0; i < n; i++) {
        str c = fold(a, str_from(candidates[i]));
        if (c.n >= least && str_starts(word, c)) {
            best = candidates[i];
            least = c.n + 1;
        }
    }
    return best;
}

str diag_suggest(struct arena *a, str word, const char *const *candidates, size_t n)
{
    unsigned limit = slips(word.n);
    str folded = fold(a, word);
    const char *best = NULL;
    for (size_t i = 0; i < n; i++) {
        unsigned d = str_distance(folded, fold(a, str_from(candidates[i])), limit);
        if (d <= limit) {
            best = candidates[i];
            limit = d ? d - 1 : 0; /* only a nearer one replaces it */
            if (d == 0) {
                break;
            }
        }
    }
    best = best ? best : find_beginning(a, folded, candidates, n);
    return best ? str_format(a, "did you mean `%s`?", best) : STR_NONE;
}

struct place diag_place_of_offset(const struct source *source, size_t offset)
{
    struct place at = {source, source->first_line ? source->first_line : 1, 1, 1};
    str text = source->text;
    size_t i = 0;
    while (i < offset && i < text.n) {
        uint32_t c = utf8_next(text, &i);
        bool lone_return = c == '\r' && (i == text.n || text.p[i] != '\n');
        if (c == '\n' || lone_return) {
            at.line++;
            at.column = 1;
        } else {
            at.column++;
        }
    }
    return at;
}

/* The first line of `text`; leaves the others. LF, CR LF and a lone CR end a line. */
static str cut_line(str text, str *rest)
{
    size_t end = 0;
    while (end < text.n && text.p[end] != '\n' && text.p[end] != '\r') {
        end++;
    }
    size_t next = end + 1;
    if (end + 1 < text.n && text.p[end] == '\r' && text.p[end + 1] == '\n') {
        next++;
    }
    *rest = str_sub(text, next, text.n);
    return str_sub(text, 0, end);
}

str diag_source_line(const struct source *source, uint32_t line)
{
    uint32_t first = source->first_line ? source->first_line : 1;
    str rest = line >= first ? source->text : STR_NONE;
    for (uint32_t i = first; i < line && rest.n; i++) {
        cut_line(rest, &rest);
    }
    return cut_line(rest, &rest);
}

/* How far behind a place something is looked for, in bytes. */
enum { FIND_WITHIN = 4000 };

struct place diag_find(struct place from, str what)
{
    if (!from.source || !from.line || !from.column || !what.n) {
        return from;
    }
    str text = from.source->text, line = diag_source_line(from.source, from.line);
    size_t start = line.p ? (size_t)(line.p - text.p) : text.n, at = 0, found;
    for (uint32_t column = 1; column < from.column && at < line.n; column++) {
        utf8_next(line, &at);
    }
    str rest = str_sub(text, start + at, start + at + FIND_WITHIN);
    if (!str_find(rest, what, &found)) {
        return from;
    }
    struct place there = diag_place_of_offset(from.source, start + at + found);
    there.width = (uint32_t)utf8_count(what);
    return there;
}

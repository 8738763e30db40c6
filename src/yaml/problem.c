/* SPDX-License-Identifier: MIT
 *
 * In: one complaint of libyaml. Out: one report that names the likely mistake. libyaml
 * says what its grammar missed; people want to know which of the dozen usual slips it
 * was. So first come guesses that look at the source itself, then a table from its
 * messages to ours, in which the first row that fits wins. */
#include "yaml/problem.h"

#include <string.h>

#include "base/utf8.h"

static const char QUOTE_IT[] = "put the whole value in quotes, or write it as a block "
                               "of its own with `|`";

/* The start of the line that holds `offset`. */
static size_t line_start(str text, size_t offset)
{
    while (offset > 0 && text.p[offset - 1] != '\n') {
        offset--;
    }
    return offset;
}

static size_t clamp(size_t offset, str text)
{
    return offset < text.n ? offset : text.n;
}

/* The line of `offset` up to it. */
static str before_on_line(const struct value_problem *p)
{
    str text = p->source->text;
    size_t at = clamp(p->offset, text);
    return str_sub(text, line_start(text, at), at);
}

/* The line that holds `offset`, without its end; `*from` is where it begins. */
static str line_of(str text, size_t offset, size_t *from)
{
    size_t end = offset;
    *from = line_start(text, offset);
    while (end < text.n && text.p[end] != '\n') {
        end++;
    }
    return str_sub(text, *from, end);
}

/* The column, from 0, of the content: behind blanks and the dashes of lists. */
static size_t content_column(str line)
{
    size_t i = 0;
    while (i < line.n && (line.p[i] == ' ' ||
                          (line.p[i] == '-' && i + 1 < line.n && line.p[i + 1] == ' '))) {
        i++;
    }
    return i;
}

/* The last line in front of the one at `offset` that holds more than a comment. */
static bool line_before(str text, size_t offset, str *line, size_t *from)
{
    for (size_t at = line_start(text, offset); at > 0; at = *from) {
        *line = line_of(text, at - 1, from);
        str content = str_trim(*line);
        if (content.n && content.p[0] != '#') {
            return true;
        }
    }
    return false;
}

static bool is_behind_text(const struct value_problem *p)
{
    str text = p->source->text;
    return str_trim(str_sub(text, clamp(p->offset, text), text.n)).n == 0;
}

/* A tab among the blanks that begin the line of `offset`. */
static bool tab_in_indentation(str text, size_t offset, size_t *tab)
{
    for (size_t i = line_start(text, clamp(offset, text)); i < text.n; i++) {
        if (text.p[i] == '\t') {
            *tab = i;
            return true;
        }
        if (text.p[i] != ' ') {
            break;
        }
    }
    return false;
}

static bool report_tab(const struct value_problem *p, struct diag_sink *sink)
{
    str text = p->source->text;
    size_t tab;
    size_t start = line_start(text, clamp(p->offset, text));
    if (!tab_in_indentation(text, p->offset, &tab) &&
        !(start > 0 && tab_in_indentation(text, start - 1, &tab)) &&
        !(p->context_at.line && tab_in_indentation(text, p->context_offset, &tab))) {
        return false;
    }
    struct place at = diag_place_of_offset(p->source, tab);
    diag_report(sink, DIAG_TAB_INDENT, at, "indent with spaces",
                "YAML does not allow tabs as indentation");
    return true;
}

/* `key:value`: a colon inside the first word of the line at `offset`. An address such as
 * https://example.org has one too. */
static bool report_no_space(const struct value_problem *p, size_t offset,
                            struct diag_sink *sink)
{
    size_t from;
    str line = line_of(p->source->text, offset, &from);
    size_t at = content_column(line), key = at;
    while (at < line.n && line.p[at] != ' ' && line.p[at] != ':') {
        at++;
    }
    bool glued = at > key && at + 1 < line.n && line.p[at] == ':' &&
                 line.p[at + 1] != ' ' && line.p[at + 1] != '/';
    if (!glued) {
        return false;
    }
    str name = str_sub(line, key, at);
    bool is_short = name.n <= 40;
    diag_report(sink, DIAG_BAD_YAML, diag_place_of_offset(p->source, from + at),
                str_format(sink->arena, "write `%.*s: …`", is_short ? (int)name.n : 3,
                           is_short ? name.p : "key").p,
                "no space behind the colon of a key");
    return true;
}

/* A line that is text where a key should be; from `offset` on. */
static void report_no_key(const struct value_problem *p, size_t offset,
                          struct diag_sink *sink)
{
    size_t from;
    str line = line_of(p->source->text, offset, &from);
    struct place place = diag_place_of_offset(p->source, offset);
    place.width = (uint32_t)utf8_count(str_trim(str_sub(line, offset - from, line.n)));
    diag_report(sink, DIAG_BAD_YAML, place,
                "write `key: value`, or indent it below the key whose text it continues",
                "this is neither a `key: value` nor a list item");
}

/* A `key:` that YAML takes for the second line of the text before it: that line is no
 * `key: value`, or this one is indented too far. */
static void report_second_line(const struct value_problem *p, struct diag_sink *sink)
{
    str text = p->source->text, before, above;
    size_t from, before_from, above_from;
    str line = line_of(text, clamp(p->offset, text), &from);
    size_t column = content_column(line);
    size_t at;
    if (line_before(text, from, &before, &before_from) &&
        column <= content_column(before) && !str_find(before, STR(": "), &at)) {
        size_t start = before_from + content_column(before);
        bool value = line_before(text, before_from, &above, &above_from) &&
                     str_ends(str_trim(above), STR(":"));
        if (report_no_space(p, start, sink)) {
            return;
        }
        if (!value) {
            report_no_key(p, start, sink);
            return;
        }
    }
    struct place place = diag_place_of_offset(p->source, from + column);
    place.width = p->at.column > place.column ? p->at.column - place.column : 1;
    diag_report(sink, DIAG_BAD_YAML, place,
                "align it with the keys above it, or put the whole text in quotes if "
                "this is part of the text above",
                "a key where none can stand: it is indented more than the others");
}

/* `key: a: b`: a second colon on the line; otherwise an earlier line is to blame, or the
 * indentation. */
static bool report_colon(const struct value_problem *p, struct diag_sink *sink)
{
    if (!str_is(p->problem, "mapping values are not allowed in this context")) {
        return false;
    }
    str before = before_on_line(p);
    size_t at;
    if (before.n > 1024 && !str_find(before, STR(": "), &at)) {
        diag_report(sink, DIAG_BAD_YAML, p->at, "shorten the key",
                    "a key longer than 1,024 characters");
    } else if (str_find(before, STR(": "), &at)) {
        diag_report(sink, DIAG_BAD_YAML, p->at, QUOTE_IT,
                    "a colon and a space inside a value that is not quoted");
    } else {
        report_second_line(p, sink);
    }
    return true;
}

/* A plain word where a key should be. */
static bool report_no_colon(const struct value_problem *p, struct diag_sink *sink)
{
    if (!str_is(p->problem, "could not find expected ':'") || !p->context_at.line) {
        return false;
    }
    if (!report_no_space(p, p->context_offset, sink)) {
        report_no_key(p, p->context_offset, sink);
    }
    return true;
}

/* `key: …` at the start of a line, in a column of its own. */
static bool report_alignment(const struct value_problem *p, struct diag_sink *sink)
{
    str text = p->source->text;
    size_t from, colon;
    str line = line_of(text, clamp(p->offset, text), &from);
    str rest = str_sub(line, clamp(p->offset, text) - from, line.n);
    bool expected = str_is(p->problem, "did not find expected key") ||
                    str_is(p->problem, "did not find expected '-' indicator");
    bool aligned = p->context_at.column == p->at.column &&
                   str_is(p->problem, "did not find expected key");
    bool key = str_find(rest, STR(": "), &colon) ||
               (str_ends(str_trim(rest), STR(":")) && str_find_char(rest, ':', &colon));
    if (!expected || aligned || !key || colon == 0 || rest.p[0] == '-' ||
        content_column(line) != p->offset - from) {
        return false;
    }
    struct place place = p->at;
    place.width = (uint32_t)utf8_count(str_sub(rest, 0, colon));
    diag_report(sink, DIAG_BAD_YAML, place,
                "give it as many spaces as the keys it stands beside",
                "this key is aligned with no key above it");
    return true;
}

/* `[` or `{` that nothing closes, up to the end of the file. */
static bool report_open(const struct value_problem *p, struct diag_sink *sink)
{
    bool unfinished = str_is(p->problem, "did not find expected node content") ||
                      str_starts(p->problem, STR("did not find expected ','"));
    if (!unfinished || !p->open.line || !is_behind_text(p)) {
        return false;
    }
    diag_report(sink, DIAG_BAD_YAML, p->open,
                p->open_list ? "close it with `]`" : "close it with `}`",
                "%s that begins with `%c` is never closed",
                p->open_list ? "a list" : "a mapping", p->open_list ? '[' : '{');
    return true;
}

/* Nothing where a value should be, or what cannot begin one. */
static bool report_no_value(const struct value_problem *p, struct diag_sink *sink)
{
    if (!str_is(p->problem, "did not find expected node content")) {
        return false;
    }
    str text = p->source->text;
    char c = p->offset < text.n ? text.p[p->offset] : '\0';
    if (!p->open.line && c != '\0' && strchr("]},", c)) {
        diag_report(sink, DIAG_BAD_YAML, p->at, QUOTE_IT,
                    "a value cannot begin with `%c`", c);
        return true;
    }
    struct diag *d = diag_report(sink, DIAG_BAD_YAML, p->at,
                                 "write it, or `\"\"` for an empty one",
                                 "a value is missing here");
    if (p->open.line) {
        diag_second(sink, d, p->open, "inside what begins here");
    }
    return true;
}

/* `"quoted" and more`, `[draft] and more`: something goes on behind a finished value. */
static bool report_behind(const struct value_problem *p, struct diag_sink *sink)
{
    if (!str_starts(p->problem, STR("did not find expected"))) {
        return false;
    }
    str before = str_trim(before_on_line(p));
    char last = before.n ? before.p[before.n - 1] : '\0';
    size_t at;
    bool value = str_find_char(before, ':', &at) || str_starts(before, STR("-"));
    if (last == '\0' || !strchr("\"']}", last) || !value) {
        return false;
    }
    bool quote = last == '"' || last == '\'';
    bool lines = quote && p->quoted.line && p->quoted.line < p->at.line;
    struct diag *d =
        diag_report(sink, DIAG_BAD_YAML, p->at,
                quote ? "put the whole value in quotes and write quotes inside it as "
                        "\\\" or ''"
                      : QUOTE_IT,
                "text behind the closing `%c` of a value", last);
    if (lines) {
        diag_second(sink, d, p->quoted,
                    "the quotation begins here: was it meant to end on this line?");
    }
    return true;
}

/* `*bold*` and `&co` at the start of a value are YAML's aliases and anchors. */
static bool report_star(const struct value_problem *p, struct diag_sink *sink)
{
    str text = p->source->text;
    size_t start = p->context_at.line ? p->context_offset : p->offset;
    char first = start < text.n ? text.p[start] : '\0';
    bool scanning = str_is(p->context, "while scanning an alias") ||
                    str_is(p->context, "while scanning an anchor");
    if (!scanning || (first != '*' && first != '&')) {
        return false;
    }
    diag_report(sink, DIAG_BAD_YAML, p->context_at, QUOTE_IT,
                "a value that begins with `%c` is %s in YAML, not text", first,
                first == '*' ? "an alias" : "an anchor");
    return true;
}

/* Characters that YAML keeps for itself at the start of a value. */
static bool report_start(const struct value_problem *p, struct diag_sink *sink)
{
    if (!str_is(p->problem, "found character that cannot start any token")) {
        return false;
    }
    str text = p->source->text;
    char first = p->offset < text.n ? text.p[p->offset] : ' ';
    diag_report(sink, DIAG_BAD_YAML, p->at, QUOTE_IT, "a value cannot begin with `%c`",
                first == '\t' ? ' ' : first);
    return true;
}

/* In this order; each says whether it knew what to say. */
static bool (*const GUESSES[])(const struct value_problem *, struct diag_sink *) = {
    report_tab,  report_colon, report_no_colon, report_alignment, report_open,
    report_behind, report_star, report_start,   report_no_value,
};

enum where { AT_PROBLEM, AT_CONTEXT };

struct row {
    const char *problem, *context; /* beginnings; NULL: any */
    enum where where;
    const char *message, *hint;
    const char *second; /* what stands at the other place; NULL: not shown */
};

#define BAD_ESCAPE "an escape that double-quoted text does not have"
#define ESCAPE_HINT "write `\\\\` for a backslash, or use single quotes"

static const struct row ROWS[] = {
    {"found unexpected", "while scanning a quoted scalar", AT_CONTEXT,
     "a quotation that begins here is never closed",
     "close it with the same quotation mark", NULL},
    {"found unexpected ':'", NULL, AT_PROBLEM,
     "a colon in a value between brackets that is not quoted",
     "put the value in quotes, or a space behind the colon", NULL},
    {"found unknown escape", NULL, AT_PROBLEM, BAD_ESCAPE, ESCAPE_HINT, NULL},
    {"did not find expected hexdecimal", NULL, AT_PROBLEM,
     "an escape with too few hexadecimal digits", ESCAPE_HINT, NULL},
    {"found invalid Unicode", NULL, AT_PROBLEM,
     "an escape that stands for no Unicode character", ESCAPE_HINT, NULL},
    {"did not find expected ',' or ']'", NULL, AT_CONTEXT,
     "a list that begins with `[` is not closed",
     "close it with `]`, put commas between its items, and quote items that hold "
     "`,` `[` `]` `{` `}` or `: `",
     "it was expected to go on or to end here"},
    {"did not find expected ',' or '}'", NULL, AT_CONTEXT,
     "a mapping that begins with `{` is not closed",
     "close it with `}`, put commas between its pairs, and quote values that hold "
     "`,` `[` `]` `{` `}` or `: `",
     "it was expected to go on or to end here"},
    {"did not find expected key", "while parsing a block mapping", AT_PROBLEM,
     "a line that is not a key of the mapping it stands in",
     "align it with the other keys, and write `key: value`", "the mapping begins here"},
    {"did not find expected '-' indicator", NULL, AT_PROBLEM,
     "a line that is not an item of the list it stands in",
     "align it with the other items, and begin it with `- `", "the list begins here"},
    {"did not find expected <document start>", NULL, AT_PROBLEM,
     "text behind the end of the note",
     "a note is one mapping: begin all its top keys in the first column", NULL},
    {"block sequence entries are not allowed", NULL, AT_PROBLEM,
     "a list item on the line of its key",
     "begin the list on the next line, or quote the value if the dash is part of it",
     NULL},
    {"did not find expected comment or line break", NULL, AT_PROBLEM,
     "text on the line of a `|` or `>`",
     "begin the text on the next line; quote a value that begins with `|` or `>`", NULL},
    {"found an indentation indicator", NULL, AT_PROBLEM,
     "a block's indentation cannot be 0", "write 1 to 9, or leave the digit out", NULL},
    {"mapping keys are not allowed", NULL, AT_PROBLEM, "`? ` begins a key here",
     "put the value in quotes if the question mark is part of it", NULL},
    {"found undefined tag handle", NULL, AT_PROBLEM, "a tag that notes do not have",
     "put the value in quotes if the `!` is part of it", NULL},
    {"", "while scanning a tag", AT_CONTEXT, "a tag that notes do not have",
     "put the value in quotes if the `!` is part of it", NULL},
    {"", "while parsing a tag", AT_CONTEXT, "a tag that notes do not have",
     "put the value in quotes if the `!` is part of it", NULL},
    {"", "while scanning a directive", AT_CONTEXT, "a line that begins with `%`",
     "notes have no YAML directives; delete it", NULL},
    {"found incompatible YAML document", NULL, AT_PROBLEM,
     "a `%YAML` line with a version other than 1.1 or 1.2", "delete the line", NULL},
    {"did not find expected <stream-start>", NULL, AT_PROBLEM, "the file cannot be read",
     NULL, NULL},
};

static bool fits(const struct row *row, const struct value_problem *p)
{
    return str_starts(p->problem, str_from(row->problem)) &&
           (!row->context || str_starts(p->context, str_from(row->context)));
}

static void report_row(const struct row *row, const struct value_problem *p,
                       struct diag_sink *sink)
{
    bool swap = row->where == AT_CONTEXT && p->context_at.line;
    struct place at = swap ? p->context_at : p->at;
    struct place other = swap ? p->at : p->context_at;
    struct diag *d = diag_report(sink, DIAG_BAD_YAML, at, row->hint, "%s", row->message);
    if (row->second && other.line) {
        diag_second(sink, d, other, row->second);
    }
}

void value_problem_report(const struct value_problem *p, struct diag_sink *sink)
{
    for (size_t i = 0; i < sizeof GUESSES / sizeof *GUESSES; i++) {
        if (GUESSES[i](p, sink)) {
            return;
        }
    }
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        if (fits(&ROWS[i], p)) {
            report_row(&ROWS[i], p, sink);
            return;
        }
    }
    struct diag *d = diag_report(sink, DIAG_BAD_YAML, p->at, NULL,
                                 "not well-formed YAML: %.*s", STR_ARG(p->problem));
    if (p->context_at.line) {
        diag_second(sink, d, p->context_at, "what it belongs to begins here");
    }
}

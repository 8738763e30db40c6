/* SPDX-License-Identifier: MIT
 *
 * In: a scalar's text. Out: its pieces: text, fields, sections. One walk from left to
 * right; open sections stand on a stack. A tag of a section or a remark that is alone on
 * its line takes the line with it, so that lists and tables can be repeated. Every piece
 * knows where it begins in the source, which one cursor finds in the same walk. */
#include "note/template.h"

#include <string.h>

#include "base/utf8.h"
#include "note/load.h"

struct open_section {
    size_t piece;
    str name;
};

struct compiler {
    struct note_merge *m;
    struct note_template *t;
    const struct note_record *record;
    struct value_cursor cursor;
    str text;
    size_t literal; /* where the text that is no piece yet begins */
    struct open_section open[NOTE_MERGE_MAX_NESTING];
    size_t depth;
};

/* A tag as it stands in the text. */
struct tag {
    size_t from, to;   /* with its braces */
    size_t at;         /* of what is inside, behind `#` or the like */
    str inside;        /* trimmed */
    char sign;         /* `#`, `^`, `/`, `!`, `&`, `>`, `=`, or NUL */
    bool triple;
};

bool note_has_fields(str text)
{
    const char *p = text.p, *end = text.p + text.n;
    while (p < end && (p = memchr(p, '{', (size_t)(end - p)))) {
        if (p + 1 < end && p[1] == '{') {
            return true;
        }
        p++;
    }
    return false;
}

/* --- Places --- */

static struct place place_of(struct compiler *c, size_t from, size_t to)
{
    struct place at = value_cursor_place(&c->cursor, from);
    str rest, line = str_cut(str_sub(c->text, from, to), '\n', &rest);
    at.width = line.n ? (uint32_t)utf8_count(line) : 1;
    return at;
}

static struct note_piece *add_piece(struct compiler *c, enum note_piece_kind kind,
                                    size_t from, size_t to)
{
    struct place at = place_of(c, from, to);
    struct note_piece piece = {.kind = kind, .at = at, .name = {.column = -1}};
    piece.start = (struct value_run){
        .text = c->cursor.text, .source = c->cursor.source,
        .line = c->cursor.line, .column = c->cursor.column,
        .fixed = kind != NOTE_PIECE_TEXT,
        .inert = kind == NOTE_PIECE_FIELD,
    };
    vec_push(c->m->arena, &c->t->pieces, piece);
    return &c->t->pieces.v[c->t->pieces.n - 1];
}

static void add_literal(struct compiler *c, size_t from, size_t to)
{
    if (from < to) {
        struct note_piece *piece = add_piece(c, NOTE_PIECE_TEXT, from, to);
        piece->text = str_sub(c->text, from, to);
    }
}

static void report(struct compiler *c, struct place at, const char *hint,
                   const char *message, str name)
{
    diag_report(c->m->sink, DIAG_BAD_MERGE, at, hint, message, STR_ARG(name));
    c->t->bad = true;
}

/* --- Names --- */

static bool is_special(str text)
{
    return str_is(text, ".") || str_is(text, "@index") || str_is(text, "@first") ||
           str_is(text, "@last");
}

static const char *fault_of_name(str text)
{
    if (text.n == 0) {
        return "a merge field without a name%.*s";
    }
    for (size_t i = 0; i < text.n; i++) {
        bool first = i == 0 && strchr("@!#^/&", text.p[0]);
        if (first || strchr("{}<>\"'`|=\n\t", text.p[i])) {
            return "`%.*s` is not the name of a field";
        }
    }
    size_t at;
    bool dots = text.p[0] == '.' || str_ends(text, STR(".")) ||
                str_find(text, STR(".."), &at);
    return dots ? "`%.*s` has a dot too many" : NULL;
}

bool note_name_read(struct note_merge *m, str text, struct place at,
                    const struct note_record *record, struct note_name *out)
{
    *out = (struct note_name){.whole = text, .column = -1};
    const char *fault = is_special(text) ? NULL : fault_of_name(text);
    if (fault) {
        diag_report(m->sink, DIAG_BAD_MERGE, at,
                    "write a name, as in `{{name}}` or `{{person.name}}`; `\\{{` for "
                    "the braces themselves", fault, STR_ARG(text));
        return false;
    }
    str parts[NOTE_MERGE_MAX_PARTS], rest = is_special(text) ? STR_NONE : text;
    while (rest.n && out->n < NOTE_MERGE_MAX_PARTS) {
        parts[out->n++] = str_trim(str_cut(rest, '.', &rest));
    }
    if (rest.n) {
        out->n = 0;
        diag_report(m->sink, DIAG_BAD_MERGE, at, "flatten the data",
                    "a name of more than %d parts", NOTE_MERGE_MAX_PARTS);
        return false;
    }
    out->parts = NEW_ARRAY(m->arena, str, out->n);
    memcpy(out->parts, parts, out->n * sizeof *parts);
    if (m->asked && out->n) {
        map_put(m->asked, out->parts[0], m);
    }
    out->column = record ? record->column(record->user, text) : -1;
    return true;
}

/* --- Tags --- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* `{{! …`, which may go on over lines. */
static bool is_remark(str text)
{
    size_t at = 2;
    while (at < text.n && is_blank(text.p[at])) {
        at++;
    }
    return at < text.n && text.p[at] == '!';
}

/* The tag at `from`, where `{{` stands. False, and a report, if it does not end on its
 * line; then `to` is where it might have, and no other tag is looked for before it, so
 * that no line is searched twice. */
static bool read_tag(struct compiler *c, size_t from, struct tag *tag)
{
    str rest = str_sub(c->text, from, c->text.n);
    *tag = (struct tag){.from = from, .triple = str_starts(rest, STR("{{{"))};
    size_t braces = tag->triple ? 3 : 2, end = rest.n;
    str closing = tag->triple ? STR("}}}") : STR("}}");
    bool remark = is_remark(rest);
    if (!remark && str_find_char(rest, '\n', &end)) {
        rest = str_sub(rest, 0, end);
    }
    str inside = str_sub(rest, braces, rest.n);
    if (!str_find(inside, closing, &end)) {
        tag->to = from + rest.n;
        report(c, place_of(c, from, tag->to),
               tag->triple ? "close it with `}}}`"
                           : "close it with `}}`; write `\\{{` for the braces themselves",
               remark ? "a remark that does not end%.*s"
                      : "a merge field that does not end on its line%.*s", STR_NONE);
        return false;
    }
    tag->to = from + braces + end + closing.n;
    inside = str_trim(str_sub(inside, 0, end));
    if (inside.n && !tag->triple && strchr("#^/!&>=", inside.p[0])) {
        tag->sign = inside.p[0];
        inside = str_trim(str_sub(inside, 1, inside.n));
    }
    tag->inside = inside;
    tag->at = inside.n ? (size_t)(inside.p - c->text.p) : from;
    return true;
}

/* If nothing else stands on the lines of the tag, they are its own. */
static void take_line(const struct compiler *c, struct tag *tag)
{
    size_t from = tag->from, to = tag->to;
    while (from > c->literal && is_blank(c->text.p[from - 1])) {
        from--;
    }
    while (to < c->text.n && is_blank(c->text.p[to])) {
        to++;
    }
    bool begins = from == 0 || c->text.p[from - 1] == '\n';
    bool ends = to == c->text.n || c->text.p[to] == '\n';
    if (begins && ends && (from > 0 || to < c->text.n)) {
        tag->from = from;
        tag->to = to < c->text.n ? to + 1 : to;
    }
}

/* --- Fields --- */

/* `name|format|format:argument`. */
static void add_field(struct compiler *c, const struct tag *tag)
{
    bool raw = tag->triple || tag->sign == '&';
    struct note_piece *piece = add_piece(c, raw ? NOTE_PIECE_MARKDOWN : NOTE_PIECE_FIELD,
                                         tag->from, tag->to);
    struct place at = piece->at;
    str rest, name = str_trim(str_cut(tag->inside, '|', &rest));
    struct note_format formats[NOTE_MERGE_MAX_FORMATS];
    size_t n = 0;
    bool good = note_name_read(c->m, name, at, c->record, &piece->name);
    while (rest.n && good) {
        size_t offset = (size_t)(rest.p - c->text.p);
        str spelled = str_cut(rest, '|', &rest);
        at = place_of(c, offset, offset + spelled.n);
        if (n == NOTE_MERGE_MAX_FORMATS) {
            report(c, at, "one or two are enough", "too many formats%.*s", STR_NONE);
            return;
        }
        good = note_format_read(c->m, str_trim(spelled), at, &formats[n]);
        n += good;
    }
    c->t->bad = c->t->bad || !good;
    piece->formats = NEW_ARRAY(c->m->arena, struct note_format, n);
    memcpy(piece->formats, formats, n * sizeof *formats);
    piece->n_formats = n;
}

/* --- Sections --- */

static void open_section(struct compiler *c, const struct tag *tag, size_t begin,
                         size_t end)
{
    struct note_piece *piece = add_piece(c, tag->sign == '#' ? NOTE_PIECE_SECTION
                                                             : NOTE_PIECE_INVERTED,
                                         begin, end);
    if (!note_name_read(c->m, tag->inside, piece->at, c->record, &piece->name)) {
        c->t->bad = true;
    }
    if (c->depth == NOTE_MERGE_MAX_NESTING) {
        report(c, piece->at, "flatten them", "sections nested too deeply%.*s", STR_NONE);
        return;
    }
    c->open[c->depth++] = (struct open_section){c->t->pieces.n - 1, tag->inside};
}

static void report_unclosed(struct compiler *c, const struct open_section *open,
                            struct place at)
{
    struct place opened = c->t->pieces.v[open->piece].at;
    str hint = str_format(c->m->sink->arena, "close it with `{{/%.*s}}`",
                          STR_ARG(open->name));
    struct diag *d = diag_report(c->m->sink, DIAG_BAD_MERGE, opened, hint.p,
                                 "the section `%.*s` is not closed", STR_ARG(open->name));
    if (at.line) {
        diag_second(c->m->sink, d, at, "another one ends here");
    }
    c->t->bad = true;
}

static bool is_open(const struct compiler *c, str name)
{
    for (size_t i = 0; i < c->depth; i++) {
        if (str_eq(c->open[i].name, name)) {
            return true;
        }
    }
    return false;
}

static void close_section(struct compiler *c, const struct tag *tag, size_t begin,
                          size_t end)
{
    struct place at = add_piece(c, NOTE_PIECE_END, begin, end)->at;
    if (!is_open(c, tag->inside)) {
        str hint = c->depth ? str_format(c->m->sink->arena, "`{{/%.*s}}` would close the "
                                         "one that is open",
                                         STR_ARG(c->open[c->depth - 1].name))
                            : STR("delete it, or begin the section before it");
        report(c, at, hint.p, "`{{/%.*s}}` closes a section that is not open",
               tag->inside);
        return;
    }
    while (!str_eq(c->open[c->depth - 1].name, tag->inside)) {
        report_unclosed(c, &c->open[--c->depth], at);
    }
    c->t->pieces.v[c->open[--c->depth].piece].end = c->t->pieces.n - 1;
}

/* --- The text --- */

static void add_tag(struct compiler *c, struct tag *tag)
{
    size_t begin = tag->from, end = tag->to;
    if (tag->sign && strchr("#^/!", tag->sign)) {
        take_line(c, tag);
    }
    add_literal(c, c->literal, tag->from);
    switch (tag->sign) {
    case '#':
    case '^': open_section(c, tag, begin, end); break;
    case '/': close_section(c, tag, begin, end); break;
    case '!': break;
    case '>':
    case '=':
        report(c, place_of(c, begin, end), "write `\\{{` for the braces themselves",
               "partials and other delimiters are not part of notes%.*s", STR_NONE);
        break;
    default: add_field(c, tag); break;
    }
    c->literal = tag->to;
}

static size_t backslashes_before(str text, size_t at, size_t from)
{
    size_t n = 0;
    while (at - n > from && text.p[at - n - 1] == '\\') {
        n++;
    }
    return n;
}

static void compile(struct compiler *c)
{
    size_t at = 0, found;
    while (str_find(str_sub(c->text, at, c->text.n), STR("{{"), &found)) {
        struct tag tag;
        at += found;
        if (backslashes_before(c->text, at, c->literal) % 2) {
            add_literal(c, c->literal, at - 1);
            c->literal = at;
            at += 2;
        } else if (read_tag(c, at, &tag)) {
            add_tag(c, &tag);
            at = c->literal;
        } else {
            at = tag.to;
        }
    }
    add_literal(c, c->literal, c->text.n);
    while (c->depth) {
        report_unclosed(c, &c->open[--c->depth], PLACE_NONE);
    }
}

struct note_template *note_template_new(struct note_merge *m, const struct value *scalar,
                                        const struct note_record *record)
{
    if (scalar->kind != VALUE_SCALAR || !note_has_fields(scalar->text)) {
        return NULL;
    }
    struct note_template *t = NEW(m->arena, struct note_template);
    struct compiler c = {.m = m, .t = t, .record = record, .text = scalar->text};
    t->scalar = scalar;
    value_cursor_init(&c.cursor, scalar);
    compile(&c);
    return t;
}

bool note_template_is_broken(const struct note_template *t)
{
    return t->bad;
}

bool note_template_is_plain(const struct note_template *t)
{
    bool any = false;
    for (size_t i = 0; i < t->pieces.n; i++) {
        const struct note_piece *p = &t->pieces.v[i];
        any = any || p->kind == NOTE_PIECE_FIELD;
        if (p->kind == NOTE_PIECE_MARKDOWN ||
            (p->kind == NOTE_PIECE_TEXT && !note_markdown_is_plain(p->text))) {
            return false;
        }
    }
    return any && !t->bad;
}

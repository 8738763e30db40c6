/* SPDX-License-Identifier: MIT
 *
 * In: the Markdown of a scalar. Out: what cmark shall read. cmark resolves footnotes
 * inside one string only, and notes share theirs over many; so definitions are cut out
 * here, line by line, and marks get a byte of their own. Every line remembers where it
 * came from. */
#include "note/lines.h"

#include <string.h>

#include "note/syntax.h"

static void add_line(struct arena *a, struct note_lines *out, str line, size_t origin)
{
    vec_push(a, &out->lines, (struct note_line){out->text.n, (ptrdiff_t)origin});
    buf_put(&out->text, line);
    buf_char(&out->text, '\n');
}

static size_t indent_of(str line)
{
    size_t n = 0;
    while (n < line.n && line.p[n] == ' ') {
        n++;
    }
    return n < line.n && line.p[n] == '\t' ? 4 : n;
}

static bool is_blank(str line)
{
    return str_trim(line).n == 0;
}

/* `[^name]:` in the first four columns; gives the bytes up to behind the colon. */
static size_t definition_start(str line)
{
    size_t indent = indent_of(line);
    if (indent > 3) {
        return 0;
    }
    size_t n = note_syntax_mark(line, indent);
    bool defines = n && indent + n < line.n && line.p[indent + n] == ':';
    return defines ? indent + n + 1 : 0;
}

struct fence {
    char c;
    size_t n; /* 0: outside */
};

/* Follows fenced code, in which nothing is a definition. */
static bool follow_fence(struct fence *f, str line)
{
    size_t indent = indent_of(line), n = 0;
    char c = indent < line.n ? line.p[indent] : '\0';
    if (indent > 3 || (c != '`' && c != '~')) {
        return f->n > 0;
    }
    while (indent + n < line.n && line.p[indent + n] == c) {
        n++;
    }
    if (f->n == 0 && n >= 3) {
        *f = (struct fence){c, n};
        return true;
    }
    bool closes = f->n && c == f->c && n >= f->n &&
                  is_blank(str_sub(line, indent + n, line.n));
    bool inside = f->n > 0;
    if (closes) {
        f->n = 0;
    }
    return inside;
}

/* A line that begins a block of its own, so it does not continue a paragraph. */
static bool begins_block(str line)
{
    str s = str_trim(line);
    size_t digits = 0;
    while (digits < s.n && s.p[digits] >= '0' && s.p[digits] <= '9') {
        digits++;
    }
    bool numbered = digits && digits + 1 < s.n && s.p[digits + 1] == ' ' &&
                    (s.p[digits] == '.' || s.p[digits] == ')');
    bool bullet = s.n > 1 && strchr("-*+", s.p[0]) && s.p[1] == ' ';
    return numbered || bullet || (s.n && strchr("#>|", s.p[0])) ||
           str_starts(s, STR("```")) || str_starts(s, STR("~~~"));
}

struct splitter {
    struct arena *arena;
    struct note_prepared *out;
    struct fence fence;
    bool defining; /* the last definition is open */
    bool blank;    /* the line before was blank */
};

static void begin_definition(struct splitter *s, str line, size_t offset, size_t start)
{
    struct note_definition d = {0};
    size_t indent = indent_of(line);
    d.name = str_copy(s->arena, str_sub(line, indent + 2, start - 2));
    d.at = offset + indent;
    buf_init(&d.lines.text, s->arena);
    add_line(s->arena, &d.lines, str_sub(line, start, line.n), offset + start);
    vec_push(s->arena, &s->out->definitions, d);
    s->defining = true;
}

/* Whether the open definition goes on: indented by four, or a paragraph's next line. */
static bool continues(const struct splitter *s, str line)
{
    return s->defining && (is_blank(line) || indent_of(line) >= 4 ||
                           (!s->blank && !begins_block(line)));
}

static void continue_definition(struct splitter *s, str line, size_t offset)
{
    struct note_definition *d =
        &s->out->definitions.v[s->out->definitions.n - 1];
    size_t cut = 0;
    if (indent_of(line) >= 4) {
        while (cut < 4 && line.p[cut] == ' ') {
            cut++;
        }
        cut += line.p[cut] == '\t' && cut < 4;
    }
    add_line(s->arena, &d->lines, str_sub(line, cut, line.n), offset + cut);
}

static void split_line(struct splitter *s, str line, size_t offset)
{
    bool code = !s->defining && follow_fence(&s->fence, line);
    size_t start = code ? 0 : definition_start(line);
    str kept = STR_NONE; /* a definition leaves an empty line behind */
    if (start) {
        begin_definition(s, line, offset, start);
    } else if (continues(s, line)) {
        continue_definition(s, line, offset);
    } else {
        if (s->defining) {
            follow_fence(&s->fence, line);
        }
        s->defining = false;
        kept = line;
    }
    s->blank = is_blank(line);
    add_line(s->arena, &s->out->main, kept, offset);
}

static bool is_escaped(const char *p, size_t at)
{
    size_t n = 0;
    while (n < at && p[at - n - 1] == '\\') {
        n++;
    }
    return n % 2 == 1;
}

static void mark_marks(struct buf *text)
{
    str rest = buf_str(text);
    for (size_t at, i = 0; str_find_char(rest, '[', &at); i++) {
        i += at;
        rest = str_sub(rest, at + 1, rest.n);
        if (note_syntax_mark(buf_str(text), i) && !is_escaped(text->p, i)) {
            text->p[i] = NOTE_MARK_BYTE;
        }
    }
}

void note_lines_prepare(struct arena *a, str text, struct note_prepared *out)
{
    *out = (struct note_prepared){0};
    buf_init(&out->main.text, a);
    buf_room(&out->main.text, text.n + 1);
    struct splitter s = {.arena = a, .out = out};
    str rest = text;
    while (rest.n) {
        size_t offset = (size_t)(rest.p - text.p);
        str line = str_cut(rest, '\n', &rest);
        split_line(&s, line, offset);
    }
    mark_marks(&out->main.text);
    for (size_t i = 0; i < out->definitions.n; i++) {
        mark_marks(&out->definitions.v[i].lines.text);
    }
}

void note_lines_inline(struct arena *a, str text, struct note_lines *out)
{
    *out = (struct note_lines){0};
    buf_init(&out->text, a);
    buf_char(&out->text, NOTE_INLINE_BYTE);
    buf_put(&out->text, text);
    for (size_t i = 0; i < out->text.n; i++) {
        if (out->text.p[i] == '\n') {
            out->text.p[i] = ' ';
        }
    }
    vec_push(a, &out->lines, (struct note_line){0, -1});
    mark_marks(&out->text);
}

str note_lines_restore(struct arena *a, str s)
{
    char *p = arena_copy(a, s.p, s.n);
    size_t n = 0;
    if (!memchr(p, NOTE_MARK_BYTE, s.n) && !memchr(p, NOTE_INLINE_BYTE, s.n)) {
        return (str){p, s.n};
    }
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] != NOTE_INLINE_BYTE) {
            p[n++] = s.p[i] == NOTE_MARK_BYTE ? '[' : s.p[i];
        }
    }
    return (str){p, n};
}

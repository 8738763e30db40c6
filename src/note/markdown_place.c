/* SPDX-License-Identifier: MIT
 *
 * Where nodes stand in the note. cmark knows the line and column of blocks, but not
 * reliably those of inlines. So inlines are found again: from where the last one ended,
 * the text of the next one is looked for on its line, within a window that bounds the
 * cost. */
#include "note/markdown.h"

#include <string.h>

#include "base/utf8.h"
#include "note/syntax.h"

enum { SEARCH_WINDOW = 256, SEARCH_PREFIX = 24, FIRST_LINE = 1 };

static str text_of(const struct markdown *m)
{
    return buf_str(&m->lines->text);
}

static size_t line_of(const struct markdown *m, size_t offset)
{
    size_t low = 0, high = m->lines->lines.n;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (m->lines->lines.v[middle].start <= offset) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

struct place markdown_place(struct markdown *m, size_t offset)
{
    if (m->lines->lines.n == 0) {
        return m->cursor->scalar->at;
    }
    struct note_line line = m->lines->lines.v[line_of(m, offset)];
    ptrdiff_t target = line.origin + (ptrdiff_t)(offset - line.start);
    size_t wanted = target < 0 ? 0 : (size_t)target;
    if (wanted < m->furthest) {
        wanted = m->furthest;
    }
    m->furthest = wanted;
    return value_cursor_place(m->cursor, wanted);
}

size_t markdown_offset(const struct markdown *m, cmark_node *node)
{
    int line = cmark_node_get_start_line(node);
    int column = cmark_node_get_start_column(node);
    if (line < FIRST_LINE || (size_t)line > m->lines->lines.n) {
        return SIZE_MAX;
    }
    size_t start = m->lines->lines.v[line - 1].start;
    size_t offset = start + (size_t)(column > 1 ? column - 1 : 0);
    return offset < m->lines->text.n ? offset : start;
}

struct place markdown_node_place(struct markdown *m, cmark_node *node)
{
    size_t offset = markdown_offset(m, node);
    if (offset == SIZE_MAX) {
        return m->at->at;
    }
    if (offset > m->found) {
        m->found = offset;
    }
    return markdown_place(m, offset);
}

static bool is_punctuation(char c)
{
    return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') ||
           (c >= '{' && c <= '~');
}

/* What a literal begins with that is surely written the same in the source. */
static str certain_part(str literal)
{
    size_t n = 0;
    while (n < literal.n && n < SEARCH_PREFIX && !is_punctuation(literal.p[n])) {
        n++;
    }
    return str_sub(literal, 0, n ? n : 1);
}

/* Where a literal that begins at `at` ends: escapes and entities are longer in the
 * source. Stops at the first byte that fits neither. */
static size_t end_of_literal(str text, size_t at, str literal)
{
    if (str_starts(str_sub(text, at, text.n), literal)) {
        return at + literal.n;
    }
    for (size_t i = 0; i < literal.n && at < text.n;) {
        size_t semicolon;
        if (text.p[at] == literal.p[i]) {
            at++;
            i++;
        } else if (text.p[at] == '\\') {
            at++;
        } else if (text.p[at] == '&' && str_find_char(str_sub(text, at, at + 40), ';',
                                                      &semicolon)) {
            at += semicolon + 1;
            utf8_next(literal, &i);
        } else {
            break;
        }
    }
    return at;
}

/* Finds the text of an inline node from where the last one ended. */
size_t markdown_find(struct markdown *m, cmark_node *node, str literal)
{
    str text = text_of(m);
    int line = cmark_node_get_start_line(node);
    if (line > FIRST_LINE && (size_t)line <= m->lines->lines.n &&
        m->lines->lines.v[line - 1].start > m->found) {
        m->found = m->lines->lines.v[line - 1].start;
    }
    str window = str_sub(text, m->found, m->found + SEARCH_WINDOW);
    str end_of_line;
    size_t at = 0;
    window = str_cut(window, '\n', &end_of_line);
    str part = literal.n ? certain_part(literal) : STR_NONE;
    if (part.n && (str_starts(window, part) || str_find(window, part, &at))) {
        size_t offset = m->found + at;
        m->found = end_of_literal(text, offset, literal);
        return offset;
    }
    return m->found < text.n ? m->found : text.n;
}

/* Over the delimiter that opens or closes an inline node, if the search stands at it. */
void markdown_pass_delimiter(struct markdown *m, cmark_node *node)
{
    str text = text_of(m);
    cmark_node_type type = cmark_node_get_type(node);
    enum note_syntax syntax = note_syntax_of(node);
    size_t n = type == CMARK_NODE_STRONG || syntax == NOTE_SYNTAX_STRIKE ? 2 : 1;
    if (m->found + n <= text.n && strchr("*_~^[", text.p[m->found])) {
        m->found += n;
    }
}

/* The search goes on behind the next line end; gives where that is. */
size_t markdown_pass_line_end(struct markdown *m)
{
    str text = text_of(m);
    size_t start = m->found, at = m->found;
    while (at < text.n && text.p[at] != '\n') {
        at++;
    }
    if (at < text.n) {
        m->found = at + 1;
    }
    while (at > start && (text.p[at - 1] == ' ' || text.p[at - 1] == '\\')) {
        at--;
    }
    return at;
}

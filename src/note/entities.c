/* SPDX-License-Identifier: MIT
 *
 * In: what cmark made of a text in which entities stand. Out: the same without what no
 * text may hold, such as `&#1;`; it is reported. Marks of our own are such characters,
 * too: those of footnotes stand in the source as they are, the others are not looked
 * at. */
#include "note/markdown.h"

#include "base/utf8.h"
#include "note/syntax.h"
#include "yaml/scan.h"

static size_t count_marks(str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        n += s.p[i] == NOTE_MARK_BYTE;
    }
    return n;
}

/* The first entity of that character at or behind `offset`. */
static size_t find_entity(const struct markdown *m, uint32_t c, size_t offset)
{
    str source = buf_str(&m->lines->text);
    size_t from = offset, at;
    while (str_find(str_sub(source, from, source.n), STR("&#"), &at)) {
        from += at;
        str digits = str_sub(source, from + 2, from + 10);
        bool hex = digits.n && (digits.p[0] | 32) == 'x';
        uint32_t number = 0;
        for (size_t i = hex; i < digits.n && digits.p[i] != ';'; i++) {
            int lower = digits.p[i] | 32;
            number = number * (hex ? 16 : 10) +
                     (uint32_t)(lower >= 'a' ? lower - 'a' + 10 : lower - '0');
        }
        if (number == c) {
            return from;
        }
        from += 2;
    }
    return offset;
}

static void report(struct markdown *m, uint32_t c, size_t offset)
{
    diag_report(m->l->sink, DIAG_BAD_CHARACTER,
                markdown_place(m, find_entity(m, c, offset)), "delete the entity",
                "%s (U+%04X)", value_character_fault(c), (unsigned)c);
}

static bool is_forbidden(const struct markdown *m, uint32_t c)
{
    bool may_be_insert = m->l->inserts.n && c >= 0xFDD0 && c <= 0xFDEF;
    return c != NOTE_MARK_BYTE && c != NOTE_INLINE_BYTE && !may_be_insert &&
           value_character_fault(c);
}

/* cmark has no UTF-8 for U+FFFE and U+FFFF, but a byte each. */
static uint32_t next_character(str s, size_t *at)
{
    unsigned char byte = (unsigned char)s.p[*at];
    uint32_t c = utf8_next(s, at);
    return byte >= 0xFE ? 0xFF00u | byte : c;
}

str markdown_clean(struct markdown *m, str s, size_t offset)
{
    if (!m->entities) {
        return s;
    }
    struct buf out;
    buf_init(&out, m->l->arena);
    for (size_t i = 0; i < s.n;) {
        size_t from = i;
        uint32_t c = next_character(s, &i);
        if (is_forbidden(m, c)) {
            report(m, c, offset);
        } else {
            buf_put(&out, str_sub(s, from, i));
        }
    }
    return str_copy(m->l->arena, buf_str(&out));
}

str markdown_clean_text(struct markdown *m, str literal, size_t offset)
{
    if (!m->entities) {
        return literal;
    }
    str rest, source = buf_str(&m->lines->text);
    str line = str_cut(str_sub(source, offset, source.n), '\n', &rest);
    if (count_marks(literal) > count_marks(line)) {
        report(m, NOTE_MARK_BYTE, offset);
    }
    return markdown_clean(m, literal, offset);
}

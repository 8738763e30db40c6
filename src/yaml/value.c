/* SPDX-License-Identifier: MIT
 *
 * In: values. Out: look-ups, and places of characters inside scalars. The text of a
 * scalar is not what the file holds (indentation, folds, escapes are gone), so a cursor
 * walks text and source side by side. */
#include "yaml/value.h"

#include <string.h>

struct value *value_find(const struct value *map, const char *key)
{
    if (!map || map->kind != VALUE_MAPPING) {
        return NULL;
    }
    for (size_t i = 0; i < map->n; i++) {
        if (str_is(map->pairs[i].key->text, key)) {
            return map->pairs[i].value;
        }
    }
    return NULL;
}

const char *value_kind_name(const struct value *v)
{
    static const char *const NAMES[] = {
        [VALUE_NULL] = "nothing",
        [VALUE_SCALAR] = "text",
        [VALUE_SEQUENCE] = "a list",
        [VALUE_MAPPING] = "a mapping",
    };
    return NAMES[v->kind];
}

static str source_text(const struct value_cursor *c)
{
    return c->scalar->at.source->text;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The source byte `ahead` of the cursor, or NUL behind the end. */
static char peek(const struct value_cursor *c, size_t ahead)
{
    str s = source_text(c);
    return c->source + ahead < s.n ? s.p[c->source + ahead] : '\0';
}

/* One byte on in the source; columns count code points. */
static void step(struct value_cursor *c)
{
    str s = source_text(c);
    if (c->source >= s.n) {
        return;
    }
    char byte = s.p[c->source++];
    if (byte == '\n') {
        c->line++;
        c->column = 1;
    } else if (c->source >= s.n || ((unsigned char)s.p[c->source] & 0xC0) != 0x80) {
        c->column++;
    }
}

static void skip_blank(struct value_cursor *c)
{
    while (is_blank(peek(c, 0))) {
        step(c);
    }
}

/* To the next line, behind the indentation of a block scalar. */
static void next_block_line(struct value_cursor *c)
{
    while (c->source < source_text(c).n && peek(c, 0) != '\n') {
        step(c);
    }
    step(c);
    for (uint32_t i = 0; i < c->scalar->indent && peek(c, 0) == ' '; i++) {
        step(c);
    }
}

/* Bytes of the escape at the cursor, backslash included. */
static size_t escape_length(const struct value_cursor *c)
{
    switch (peek(c, 1)) {
    case 'x': return 4;
    case 'u': return 6;
    case 'U': return 10;
    default: return 2;
    }
}

static char quote_of(const struct value *v)
{
    return v->style == VALUE_QUOTED ? v->at.source->text.p[v->offset] : '\0';
}

/* To the next character that is not blank, over line ends that are escaped. */
static void settle(struct value_cursor *c, char quote)
{
    skip_blank(c);
    while (quote == '"' && peek(c, 0) == '\\' &&
           (peek(c, 1) == '\n' || peek(c, 1) == '\r')) {
        step(c);
        skip_blank(c);
    }
}

/* Moves over what stands in the source for one non-blank character. */
static void step_character(struct value_cursor *c, size_t bytes, char quote)
{
    settle(c, quote);
    size_t n = bytes;
    if (quote == '"' && peek(c, 0) == '\\') {
        n = escape_length(c);
    } else if (quote == '\'' && peek(c, 0) == '\'') {
        n = 2;
    }
    while (n-- > 0) {
        step(c);
    }
}

/* Moves over what stands in the source for one blank: itself, an escape, or a fold. */
static void step_blank(struct value_cursor *c, char blank, char quote)
{
    if (quote == '"' && peek(c, 0) == '\\') {
        step_character(c, 1, quote);
    } else if (blank != '\n' && peek(c, 0) == blank) {
        step(c);
    } else {
        skip_blank(c);
    }
}

static size_t character_bytes(str text, size_t at)
{
    size_t n = 1;
    while (at + n < text.n && ((unsigned char)text.p[at + n] & 0xC0) == 0x80) {
        n++;
    }
    return n;
}

void value_cursor_init(struct value_cursor *c, const struct value *scalar)
{
    const struct value_merged *merged = scalar->merged;
    scalar = merged ? merged->template : scalar;
    *c = (struct value_cursor){
        .scalar = scalar,
        .merged = merged,
        .run = SIZE_MAX,
        .source = scalar->offset,
        .line = scalar->at.line,
        .column = scalar->at.column,
    };
    if (!scalar->at.source || scalar->kind != VALUE_SCALAR) {
        return;
    }
    if (scalar->style == VALUE_QUOTED) {
        step(c);
    } else if (scalar->style != VALUE_PLAIN) {
        next_block_line(c);
    }
}

/* Over characters of one byte that stand in the source as in the text, as nearly all do.
 * False once the cursor is at the offset. */
static bool walk_same(struct value_cursor *c, size_t offset, char quote)
{
    str source = source_text(c);
    const char *text = c->scalar->text.p + c->text, *p = source.p + c->source;
    size_t n = offset > c->text ? offset - c->text : 0, i = 0;
    size_t left = source.n - c->source;
    n = n < left ? n : left;
    while (i < n && text[i] == p[i] && p[i] >= ' ' && (unsigned char)p[i] < 0x80 &&
           p[i] != '\\' && p[i] != quote) {
        i++;
    }
    c->text += i;
    c->source += i;
    c->column += (uint32_t)i;
    return c->text < offset;
}

static void walk_literal(struct value_cursor *c, size_t offset)
{
    str text = c->scalar->text;
    for (; walk_same(c, offset, '\0'); c->text++) {
        if (text.p[c->text] == '\n') {
            next_block_line(c);
        } else {
            step(c);
        }
    }
}

static void walk_flow(struct value_cursor *c, size_t offset)
{
    str text = c->scalar->text;
    char quote = quote_of(c->scalar);
    while (walk_same(c, offset, quote)) {
        size_t n = character_bytes(text, c->text);
        if (is_blank(text.p[c->text])) {
            step_blank(c, text.p[c->text], quote);
        } else {
            step_character(c, n, quote);
        }
        c->text += n;
    }
    if (c->text < text.n && !is_blank(text.p[c->text])) {
        settle(c, quote);
    }
}

/* The byte of the template that the byte of the merged text stands for. The cursor goes
 * to the start of its run, unless it is in it and not behind the byte. */
static size_t enter_run(struct value_cursor *c, size_t offset)
{
    const struct value_merged *m = c->merged;
    size_t i = c->run < m->n && m->runs[c->run].at <= offset ? c->run : 0;
    while (i + 1 < m->n && m->runs[i + 1].at <= offset) {
        i++;
    }
    const struct value_run *run = &m->runs[i];
    size_t text = run->fixed ? run->text : run->text + (offset - run->at);
    if (i != c->run || text < c->text) {
        c->run = i;
        c->text = run->text;
        c->source = run->source;
        c->line = run->line;
        c->column = run->column;
    }
    return text;
}

struct place value_cursor_place(struct value_cursor *c, size_t offset)
{
    const struct value *v = c->scalar;
    if (!v->at.source || v->kind != VALUE_SCALAR) {
        return v->at;
    }
    if (c->merged && c->merged->n) {
        offset = enter_run(c, offset);
    }
    if (offset > v->text.n) {
        offset = v->text.n;
    }
    if (offset < c->text) {
        value_cursor_init(c, v); /* never of a merged one */
    }
    if (v->style == VALUE_LITERAL) {
        walk_literal(c, offset);
    } else {
        walk_flow(c, offset);
    }
    return (struct place){v->at.source, c->line, c->column, 1};
}

struct place value_place(const struct value *scalar, size_t offset)
{
    struct value_cursor c;
    value_cursor_init(&c, scalar);
    return value_cursor_place(&c, offset);
}

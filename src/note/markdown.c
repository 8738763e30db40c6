/* SPDX-License-Identifier: MIT
 *
 * In: Markdown scalars. Out: nodes with places. cmark's tree is walked by its iterator,
 * never by recursion; what is nested too deeply is reported and left out.
 *
 * cmark knows the line and column of blocks, but not reliably those of inlines. So
 * inlines are found again: from where the last one ended, the text of the next one is
 * looked for on its line, within a window that bounds the cost. */
#include "note/markdown.h"

#include <cmark-gfm-core-extensions.h>
#include <string.h>

#include "base/utf8.h"
#include "note/syntax.h"

enum { SEARCH_WINDOW = 256, SEARCH_PREFIX = 24, FIRST_LINE = 1 };

static str text_of(const struct markdown *m)
{
    return buf_str(&m->lines->text);
}

/* --- Places --- */

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
static size_t find_inline(struct markdown *m, cmark_node *node, str literal)
{
    str text = text_of(m);
    int line = cmark_node_get_start_line(node);
    if (line > FIRST_LINE && (size_t)line <= m->lines->lines.n &&
        m->lines->lines.v[line - 1].start > m->found) {
        m->found = m->lines->lines.v[line - 1].start;
    }
    str window = str_sub(text, m->found, m->found + SEARCH_WINDOW);
    str end_of_line;
    size_t at;
    window = str_cut(window, '\n', &end_of_line);
    if (literal.n && str_find(window, certain_part(literal), &at)) {
        size_t offset = m->found + at;
        m->found = end_of_literal(text, offset, literal);
        return offset;
    }
    return m->found < text.n ? m->found : text.n;
}

/* --- Nodes --- */

struct note_node *markdown_add(struct markdown *m, enum note_kind kind, struct place at)
{
    struct note_node *node = note_node_new(m->l, kind, at);
    note_append(m->at, node);
    return node;
}

static void add_piece(struct markdown *m, str text, size_t offset)
{
    vec_push(m->l->arena, &m->pieces,
             (struct markdown_piece){m->pending.n, markdown_place(m, offset)});
    buf_put(&m->pending, text);
}

/* Values of merge fields are pieces of their own: their columns are those of fields. */
void markdown_text(struct markdown *m, str text, size_t offset)
{
    size_t done = 0;
    if (text.n == 0) {
        return;
    }
    for (size_t i = 0, n; m->l->inserts.n && i < text.n; i += n ? n : 1) {
        n = note_insert_mark(text, i);
        if (n && i > done) {
            add_piece(m, str_sub(text, done, i), offset + done);
        }
        if (n) {
            add_piece(m, str_sub(text, i, i + n), offset + i);
            done = i + n;
        }
    }
    if (done < text.n) {
        add_piece(m, str_sub(text, done, text.n), offset + done);
    }
}

str markdown_restore(struct markdown *m, str s)
{
    return note_inserts_restore(m->l, note_lines_restore(m->l->arena, s), false);
}

void markdown_flush(struct markdown *m)
{
    if (m->pending.n) {
        str text = str_copy(m->l->arena, buf_str(&m->pending));
        buf_clear(&m->pending);
        markdown_linkify(m, text);
        m->pieces.n = 0;
    }
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

/* --- Blocks --- */

static void fill_list(struct note_node *node, cmark_node *list)
{
    node->as.list.ordered = cmark_node_get_list_type(list) == CMARK_ORDERED_LIST;
    node->as.list.tight = cmark_node_get_list_tight(list);
    node->as.list.start = node->as.list.ordered ? cmark_node_get_list_start(list) : 1;
    node->as.list.delimiter =
        cmark_node_get_list_delim(list) == CMARK_PAREN_DELIM ? ')' : '.';
}

static void fill_table(struct markdown *m, struct note_node *node, cmark_node *table)
{
    size_t n = cmark_gfm_extensions_get_table_columns(table);
    const uint8_t *align = cmark_gfm_extensions_get_table_alignments(table);
    node->as.table.columns = n;
    node->as.table.align = NEW_ARRAY(m->l->arena, uint8_t, n);
    for (size_t i = 0; i < n && align; i++) {
        node->as.table.align[i] = align[i] == 'l'   ? 1
                                  : align[i] == 'c' ? 2
                                  : align[i] == 'r' ? 3
                                                    : 0;
    }
}

static str without_last_line_end(str s)
{
    return str_ends(s, STR("\n")) ? str_sub(s, 0, s.n - 1) : s;
}

static void add_code_block(struct markdown *m, cmark_node *node)
{
    struct place at = markdown_node_place(m, node);
    struct note_node *code = markdown_add(m, NOTE_CODE_BLOCK, at);
    str text = without_last_line_end(str_from(cmark_node_get_literal(node)));
    code->text = note_inserts_restore(m->l, note_lines_restore(m->l->arena, text), true);
    code->as.code_block.info =
        markdown_restore(m, str_from(cmark_node_get_fence_info(node)));
}

static void add_html_block(struct markdown *m, cmark_node *node)
{
    struct place at = markdown_node_place(m, node);
    str html = str_trim(markdown_restore(m, str_from(cmark_node_get_literal(node))));
    markdown_report_html(m, html, at);
    struct note_node *paragraph = markdown_add(m, NOTE_PARAGRAPH, at);
    struct note_node *text = note_node_new(m->l, NOTE_TEXT, at);
    text->text = html;
    note_append(paragraph, text);
}

static struct note_node *enter_table(struct markdown *m, cmark_node *node)
{
    const char *type = cmark_node_get_type_string(node);
    struct place at = markdown_node_place(m, node);
    struct note_node *made = NULL;
    if (strcmp(type, "table") == 0) {
        made = markdown_add(m, NOTE_TABLE, at);
        fill_table(m, made, node);
    } else if (strcmp(type, "table_cell") == 0) {
        made = markdown_add(m, NOTE_CELL, at);
        made->as.cell.column = made->prev ? made->prev->as.cell.column + 1 : 0;
        made->as.cell.columns = made->as.cell.rows = 1;
        const struct note_node *table = made->parent->parent;
        size_t column = (size_t)made->as.cell.column;
        made->as.cell.align =
            column < table->as.table.columns ? table->as.table.align[column] : 0;
    } else {
        made = markdown_add(m, NOTE_ROW, at);
        made->as.row.header = strcmp(type, "table_header") == 0;
    }
    return made;
}

static struct note_node *enter_heading(struct markdown *m, cmark_node *node)
{
    struct place at = markdown_node_place(m, node);
    struct note_node *heading = markdown_add(m, NOTE_HEADING, at);
    int level = m->level + cmark_node_get_heading_level(node);
    heading->as.heading.level = level > 6 ? 6 : level;
    return heading;
}

static struct note_node *enter_paragraph(struct markdown *m, cmark_node *node)
{
    struct place at = markdown_node_place(m, node);
    if (node == m->title) {
        return markdown_add(m, NOTE_LABEL, at);
    }
    return markdown_is_image(node) ? markdown_image(m, node, at)
                                   : markdown_add(m, NOTE_PARAGRAPH, at);
}

static struct note_node *enter_block(struct markdown *m, cmark_node *node)
{
    bool inside = m->at->kind != NOTE_HEADING && m->at->kind != NOTE_PARAGRAPH &&
                  m->at->kind != NOTE_LABEL &&
                  (m->at->kind != NOTE_CELL || m->at->as.cell.blocks);
    struct note_node *list;
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_DOCUMENT: return m->at;
    case CMARK_NODE_PARAGRAPH:
        return inside ? enter_paragraph(m, node) : m->at;
    case CMARK_NODE_HEADING: return enter_heading(m, node);
    case CMARK_NODE_BLOCK_QUOTE: return markdown_quote(m, node);
    case CMARK_NODE_ITEM: return markdown_item(m, node);
    case CMARK_NODE_LIST:
        list = markdown_add(m, NOTE_LIST, markdown_node_place(m, node));
        fill_list(list, node);
        return list;
    default: return enter_table(m, node);
    }
}

/* --- Inlines --- */

/* Over the delimiter that opens or closes an inline node, if the search stands at it. */
static void pass_delimiter(struct markdown *m, cmark_node *node)
{
    str text = text_of(m);
    cmark_node_type type = cmark_node_get_type(node);
    enum note_syntax syntax = note_syntax_of(node);
    size_t n = type == CMARK_NODE_STRONG || syntax == NOTE_SYNTAX_STRIKE ? 2 : 1;
    if (m->found + n <= text.n && strchr("*_~^[", text.p[m->found])) {
        m->found += n;
    }
}

static struct note_node *enter_inline(struct markdown *m, cmark_node *node)
{
    static const enum note_kind KINDS[] = {
        [NOTE_SYNTAX_NONE] = NOTE_EMPHASIS,
        [NOTE_SYNTAX_MARK] = NOTE_EMPHASIS,
        [NOTE_SYNTAX_SUPERSCRIPT] = NOTE_SUPERSCRIPT,
        [NOTE_SYNTAX_SUBSCRIPT] = NOTE_SUBSCRIPT,
        [NOTE_SYNTAX_STRIKE] = NOTE_STRIKE,
    };
    cmark_node_type type = cmark_node_get_type(node);
    struct note_node *made;
    markdown_flush(m);
    if (type == CMARK_NODE_IMAGE) {
        return markdown_picture(m, node);
    }
    struct place at = markdown_place(m, m->found);
    pass_delimiter(m, node);
    if (type == CMARK_NODE_LINK && m->links++ > 0) {
        return markdown_add(m, NOTE_SPAN, at); /* <an address> in a link is its text */
    }
    if (type == CMARK_NODE_LINK) {
        made = markdown_add(m, NOTE_LINK, at);
        made->as.link.title = markdown_restore(m, str_from(cmark_node_get_title(node)));
        markdown_link(m, made, markdown_restore(m, str_from(cmark_node_get_url(node))));
        return made;
    }
    return markdown_add(m, type == CMARK_NODE_STRONG ? NOTE_STRONG
                                                     : KINDS[note_syntax_of(node)], at);
}

static void add_mark(struct markdown *m, cmark_node *node)
{
    str name = str_from(cmark_node_get_literal(node));
    str written = str_format(m->l->arena, "%c^%.*s]", NOTE_MARK_BYTE, STR_ARG(name));
    markdown_flush(m);
    struct place at = markdown_place(m, find_inline(m, node, written));
    at.width = (uint32_t)written.n;
    struct note_node *mark = markdown_add(m, NOTE_FOOTNOTE_MARK, at);
    mark->text = note_inserts_restore(m->l, str_copy(m->l->arena, name), false);
}

static void add_code(struct markdown *m, cmark_node *node)
{
    str literal = str_from(cmark_node_get_literal(node));
    if (note_syntax_of(node) == NOTE_SYNTAX_MARK) {
        add_mark(m, node);
        return;
    }
    markdown_flush(m);
    size_t offset = find_inline(m, node, literal);
    str text = markdown_restore(m, literal);
    if (text.n) {
        struct note_node *code = markdown_add(m, NOTE_CODE, markdown_place(m, offset));
        code->text = text;
    }
}

/* The search goes on behind the next line end; gives where that is. */
static size_t pass_line_end(struct markdown *m)
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

static void add_break(struct markdown *m)
{
    size_t offset = pass_line_end(m);
    markdown_flush(m);
    markdown_add(m, NOTE_LINE_BREAK, markdown_place(m, offset));
}

static void add_text(struct markdown *m, cmark_node *node)
{
    str literal = str_from(cmark_node_get_literal(node));
    size_t offset = find_inline(m, node, literal);
    markdown_text(m, note_lines_restore(m->l->arena, literal), offset);
}

static void add_html(struct markdown *m, cmark_node *node)
{
    str html = str_from(cmark_node_get_literal(node));
    size_t offset = find_inline(m, node, html);
    markdown_html(m, note_lines_restore(m->l->arena, html), offset);
}

/* --- The walk --- */

/* Nodes without children; the iterator does not leave them. */
static bool add_leaf(struct markdown *m, cmark_node *node)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT: add_text(m, node); return true;
    case CMARK_NODE_CODE: add_code(m, node); return true;
    case CMARK_NODE_HTML_INLINE: add_html(m, node); return true;
    case CMARK_NODE_SOFTBREAK: markdown_text(m, STR(" "), pass_line_end(m)); return true;
    case CMARK_NODE_LINEBREAK: add_break(m); return true;
    case CMARK_NODE_CODE_BLOCK: add_code_block(m, node); return true;
    case CMARK_NODE_HTML_BLOCK: add_html_block(m, node); return true;
    case CMARK_NODE_THEMATIC_BREAK:
        markdown_add(m, NOTE_RULE, markdown_node_place(m, node));
        return true;
    default: return false;
    }
}

static void report_depth(struct markdown *m, cmark_node *node)
{
    if (!m->too_deep) {
        diag_report(m->l->sink, DIAG_TOO_DEEP, markdown_node_place(m, node),
                    "flatten lists, quotes and emphasis",
                    "Markdown nested more than %d deep", NOTE_MAX_NESTING);
    }
    m->too_deep = true;
}

static void enter(struct markdown *m, cmark_iter *iter, cmark_node *node)
{
    if (add_leaf(m, node)) {
        return;
    }
    if (m->depth == NOTE_MAX_NESTING) {
        report_depth(m, node);
        cmark_iter_reset(iter, node, CMARK_EVENT_EXIT);
        return;
    }
    struct note_node *parent = m->at;
    bool is_block = (cmark_node_get_type(node) & CMARK_NODE_TYPE_MASK) ==
                    CMARK_NODE_TYPE_BLOCK;
    m->at = is_block ? enter_block(m, node) : enter_inline(m, node);
    if (m->at->kind == NOTE_CALLOUT) { /* its first line is gone */
        cmark_iter_reset(iter, node, CMARK_EVENT_ENTER);
    }
    if (m->at->kind == NOTE_IMAGE || m->at->kind == NOTE_PICTURE) {
        /* what is inside has been read */
        cmark_iter_reset(iter, node, CMARK_EVENT_EXIT);
        m->at = parent;
        return;
    }
    m->stack[m->depth].parent = parent;
    m->stack[m->depth++].made = m->at;
}

/* What held nothing but values that are empty. */
static void drop_empty(struct markdown *m, struct note_node *node)
{
    bool drops = node->kind == NOTE_PARAGRAPH || node->kind == NOTE_EMPHASIS ||
                 node->kind == NOTE_STRONG || node->kind == NOTE_STRIKE ||
                 node->kind == NOTE_SUPERSCRIPT || node->kind == NOTE_SUBSCRIPT;
    if (m->l->inserts.n && drops && !node->first) {
        note_dissolve(node);
    }
}

static void leave(struct markdown *m, cmark_node *node)
{
    m->depth--;
    markdown_flush(m);
    struct note_node *made = m->stack[m->depth].made;
    markdown_html_end(m, made);
    cmark_node_type type = cmark_node_get_type(node);
    if (type == CMARK_NODE_LINK && made->kind == NOTE_LINK && !made->first) {
        markdown_empty_link(m, made);
    }
    if (type == CMARK_NODE_EMPH || type == CMARK_NODE_STRONG) {
        pass_delimiter(m, node);
    }
    if (type == CMARK_NODE_ITEM) {
        markdown_item_end(m->at, node);
    }
    m->links -= type == CMARK_NODE_LINK;
    m->at = m->stack[m->depth].parent;
    if (made != m->at) {
        drop_empty(m, made);
    }
}

static void convert(struct markdown *m)
{
    cmark_node *root = note_syntax_parse(text_of(m));
    cmark_iter *iter = cmark_iter_new(root);
    buf_init(&m->pending, m->l->arena);
    cmark_event_type event;
    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iter);
        if (event == CMARK_EVENT_ENTER) {
            enter(m, iter, node);
        } else {
            leave(m, node);
        }
    }
    cmark_iter_free(iter);
    cmark_node_free(root);
}

/* --- Entry points --- */

static void add_definitions(struct note_loader *l, const struct value *v,
                            const struct note_prepared *prepared)
{
    struct value_cursor cursor;
    value_cursor_init(&cursor, v);
    size_t furthest = 0;
    for (size_t i = 0; i < prepared->definitions.n; i++) {
        const struct note_definition *d = &prepared->definitions.v[i];
        size_t from = d->at > furthest ? d->at : furthest;
        struct place at = value_cursor_place(&cursor, from);
        at.width = (uint32_t)d->name.n + 3;
        str name = note_inserts_restore(l, d->name, false);
        struct note_footnote *footnote = note_footnote_define(l, name, at);
        if (!footnote) {
            continue;
        }
        footnote->body = note_node_new(l, NOTE_BODY, at);
        struct markdown m = {.l = l, .cursor = &cursor, .lines = &d->lines,
                             .at = footnote->body, .furthest = d->at};
        convert(&m);
        furthest = m.furthest;
    }
}

void note_markdown(struct note_loader *l, const struct value *v, int level,
                   struct note_node *into)
{
    struct note_prepared prepared;
    struct value_cursor cursor;
    v = note_inserts_hide(l, v);
    note_lines_prepare(l->arena, v->text, &prepared);
    value_cursor_init(&cursor, v);
    struct markdown m = {.l = l, .cursor = &cursor, .lines = &prepared.main,
                         .at = into, .level = level};
    convert(&m);
    add_definitions(l, v, &prepared);
}

bool note_markdown_is_plain(str part)
{
    for (size_t i = 0; i < part.n; i++) {
        if (strchr("\\`*_[]<&~^!@:\n", part.p[i])) {
            return false;
        }
    }
    size_t at;
    return !str_find(part, STR("www."), &at);
}

/* The text if it is plain as a whole, as in most labels and cells. */
static bool plain_text(struct note_loader *l, const struct value *v, str *text)
{
    str s = v->text;
    *text = s;
    return v->merged ? note_inserts_plain(l, v, text)
                     : s.n && s.p[0] != ' ' && s.p[s.n - 1] != ' ' &&
                           note_markdown_is_plain(s);
}

void note_markdown_inline(struct note_loader *l, const struct value *v,
                          struct note_node *into)
{
    str plain;
    if (plain_text(l, v, &plain)) {
        struct note_node *text = note_node_new(l, NOTE_TEXT, value_place(v, 0));
        text->text = plain;
        note_append(into, text);
        return;
    }
    struct note_lines lines;
    struct value_cursor cursor;
    v = note_inserts_hide(l, v);
    note_lines_inline(l->arena, str_trim(v->text), &lines);
    lines.lines.v[0].origin = (ptrdiff_t)(str_trim(v->text).p - v->text.p) - 1;
    value_cursor_init(&cursor, v);
    struct markdown m = {.l = l, .cursor = &cursor, .lines = &lines, .at = into};
    convert(&m);
}

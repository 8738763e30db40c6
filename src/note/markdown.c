/* SPDX-License-Identifier: MIT
 *
 * In: Markdown scalars. Out: nodes with places. cmark's tree is walked by its iterator,
 * never by recursion; what is nested too deeply is reported and left out. What becomes
 * of its nodes is in the other files of markdown.h. */
#include "note/markdown.h"

#include <string.h>

#include "note/kept.h"
#include "note/parsed.h"

/* --- Nodes --- */

struct note_node *markdown_add(struct markdown *m, enum note_kind kind, struct place at)
{
    struct note_node *node = note_node_new(m->l, kind, at);
    note_append(m->at, node);
    return node;
}

str markdown_restore(struct markdown *m, str s)
{
    s = markdown_clean(m, s, m->found);
    return note_inserts_restore(m->l, note_lines_restore(m->l->arena, s), false);
}

/* --- The walk --- */

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
    /* Nodes without children; the iterator does not leave them. */
    if (markdown_leaf_inline(m, node) || markdown_leaf_block(m, node)) {
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
    m->at = is_block ? markdown_enter_block(m, node) : markdown_enter_inline(m, node);
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
    if (m->cursor->merged && drops && !node->first) {
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
        markdown_pass_delimiter(m, node);
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
    str text = buf_str(&m->lines->text);
    cmark_node *root = note_parsed_take(m->l->parsed, text);
    cmark_iter *iter = cmark_iter_new(root);
    size_t at;
    m->entities = str_find(text, STR("&#"), &at);
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
    note_parsed_give_back(m->l->parsed, text, root, m->changed);
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

static void read_blocks(struct note_loader *l, const struct value *v, int level,
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

void note_markdown(struct note_loader *l, const struct value *v, int level,
                   struct note_node *into)
{
    note_kept_read(l, v, level, into, read_blocks);
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

static void read_inlines(struct note_loader *l, const struct value *v, int level,
                         struct note_node *into)
{
    (void)level;
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

void note_markdown_inline(struct note_loader *l, const struct value *v,
                          struct note_node *into)
{
    note_kept_read(l, v, NOTE_KEPT_INLINE, into, read_inlines);
}

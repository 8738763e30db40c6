/* SPDX-License-Identifier: MIT
 *
 * Inlines of cmark's tree: emphasis, links, code, footnote marks, breaks; and text, which
 * waits for its neighbours until a node of another kind comes. */
#include "note/markdown.h"

#include "note/syntax.h"

static void add_piece(struct markdown *m, str text, size_t offset)
{
    vec_push(m->l->arena, &m->pieces,
             (struct markdown_piece){m->pending.n, markdown_place(m, offset)});
    buf_put(&m->pending, text);
}

/* Values of merge fields are pieces of their own: their columns are those of fields. */
void markdown_text(struct markdown *m, str text, size_t offset)
{
    size_t at, n, done = 0;
    while (m->l->inserts.n && note_find_insert(text, done, &at, &n)) {
        if (at > done) {
            add_piece(m, str_sub(text, done, at), offset + done);
        }
        add_piece(m, str_sub(text, at, at + n), offset + at);
        done = at + n;
    }
    if (done < text.n) {
        add_piece(m, str_sub(text, done, text.n), offset + done);
    }
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

struct note_node *markdown_enter_inline(struct markdown *m, cmark_node *node)
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
    markdown_pass_delimiter(m, node);
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
    struct place at = markdown_place(m, markdown_find(m, node, written));
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
    size_t offset = markdown_find(m, node, literal);
    str text = markdown_restore(m, literal);
    if (text.n) {
        struct note_node *code = markdown_add(m, NOTE_CODE, markdown_place(m, offset));
        code->text = text;
    }
}

static void add_break(struct markdown *m)
{
    size_t offset = markdown_pass_line_end(m);
    markdown_flush(m);
    markdown_add(m, NOTE_LINE_BREAK, markdown_place(m, offset));
}

static void add_text(struct markdown *m, cmark_node *node)
{
    str literal = str_from(cmark_node_get_literal(node));
    size_t offset = markdown_find(m, node, literal);
    literal = markdown_clean_text(m, literal, offset);
    markdown_text(m, note_lines_restore(m->l->arena, literal), offset);
}

static void add_html(struct markdown *m, cmark_node *node)
{
    str html = str_from(cmark_node_get_literal(node));
    size_t offset = markdown_find(m, node, html);
    markdown_html(m, note_lines_restore(m->l->arena, html), offset);
}

bool markdown_leaf_inline(struct markdown *m, cmark_node *node)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT: add_text(m, node); return true;
    case CMARK_NODE_CODE: add_code(m, node); return true;
    case CMARK_NODE_HTML_INLINE: add_html(m, node); return true;
    case CMARK_NODE_SOFTBREAK:
        markdown_text(m, STR(" "), markdown_pass_line_end(m));
        return true;
    case CMARK_NODE_LINEBREAK: add_break(m); return true;
    default: return false;
    }
}

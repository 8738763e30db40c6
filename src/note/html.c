/* SPDX-License-Identifier: MIT
 *
 * In: the raw HTML that cmark found between words. Out: the four elements that notes
 * know; the rest is shown as the text it is, with a warning. An element must end inside
 * the paragraph, emphasis or link that it began in; one that does not is text, too. */
#include "note/markdown.h"

#include <string.h>

static const struct {
    const char *name;
    enum note_kind kind;
} ELEMENTS[] = {
    {"span", NOTE_SPAN},
    {"sup", NOTE_SUPERSCRIPT},
    {"sub", NOTE_SUBSCRIPT},
    {"br", NOTE_LINE_BREAK},
};

enum { N_ELEMENTS = sizeof ELEMENTS / sizeof *ELEMENTS };

struct tag {
    str name, attributes;
    bool closes;
};

static bool is_name_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '-' || c == '_' || c == ':';
}

static size_t name_length(str s)
{
    size_t n = 0;
    while (n < s.n && is_name_byte(s.p[n])) {
        n++;
    }
    return n;
}

/* `<name attributes>`, `</name>` or `<name/>`. */
static struct tag parse_tag(str html)
{
    struct tag tag = {0};
    str s = str_sub(html, 1, html.n ? html.n - 1 : 0);
    tag.closes = str_starts(s, STR("/"));
    s = str_sub(s, tag.closes, s.n);
    tag.name = str_sub(s, 0, name_length(s));
    s = str_trim(str_sub(s, tag.name.n, s.n));
    tag.attributes = str_trim(str_ends(s, STR("/")) ? str_sub(s, 0, s.n - 1) : s);
    return tag;
}

/* Cuts one `name="value"` off `*rest`. */
static str next_attribute(str *rest, str *value)
{
    str s = str_trim(*rest);
    str name = str_sub(s, 0, name_length(s));
    s = str_trim(str_sub(s, name.n ? name.n : 1, s.n));
    *value = STR_NONE;
    if (str_starts(s, STR("="))) {
        s = str_trim(str_sub(s, 1, s.n));
        if (s.n && (s.p[0] == '"' || s.p[0] == '\'')) {
            *value = str_cut(str_sub(s, 1, s.n), s.p[0], &s);
        } else {
            *value = str_cut(s, ' ', &s);
        }
    }
    *rest = s;
    return name;
}

static void read_attributes(struct markdown *m, struct note_node *node, str attributes)
{
    while (str_trim(attributes).n) {
        str value;
        str name = next_attribute(&attributes, &value);
        if (str_is(name, "lang")) {
            node->lang = note_check_language(m->l, value, node->at) ? value : STR_NONE;
        } else if (str_is(name, "class")) {
            node->style = value;
        } else {
            diag_report(m->l->sink, DIAG_RAW_HTML, node->at,
                        "`lang` and `class` are what notes know",
                        "the attribute `%.*s` is ignored", STR_ARG(name));
        }
    }
}

void markdown_report_html(struct markdown *m, str html, struct place at)
{
    str behind;
    str line = str_cut(html, '\n', &behind);
    bool comment = str_starts(html, STR("<!--"));
    diag_report(m->l->sink, DIAG_RAW_HTML, at,
                comment ? "write comments outside the text, as YAML does: `# …`"
                        : "notes know <span>, <sup>, <sub> and <br>; write `\\<` for a "
                          "plain `<`",
                "`%.*s%s` is shown as it is written: HTML is not interpreted",
                STR_ARG(str_sub(line, 0, 40)), html.n > 40 || behind.n ? "…" : "");
}

static void as_text(struct markdown *m, str html, size_t offset)
{
    markdown_report_html(m, html, markdown_place(m, offset));
    markdown_text(m, html, offset);
}

static int element_of(str name)
{
    for (int i = 0; i < N_ELEMENTS; i++) {
        if (str_is(name, ELEMENTS[i].name)) {
            return i;
        }
    }
    return -1;
}

/* How many elements are open in the innermost of cmark's nodes: all nodes together are
 * not to be deeper than Markdown's own limit. */
static int open_elements(const struct markdown *m)
{
    int n = 0;
    const struct note_node *until = m->stack[m->depth - 1].made;
    for (const struct note_node *node = m->at; node != until; node = node->parent) {
        n++;
    }
    return n;
}

static void open_element(struct markdown *m, const struct tag *tag, str html,
                         size_t offset)
{
    enum note_kind kind = ELEMENTS[element_of(tag->name)].kind;
    if (kind != NOTE_LINE_BREAK && open_elements(m) >= 16) {
        as_text(m, html, offset);
        return;
    }
    markdown_flush(m);
    struct note_node *node = markdown_add(m, kind, markdown_place(m, offset));
    read_attributes(m, node, tag->attributes);
    if (kind != NOTE_LINE_BREAK) {
        node->text = html; /* to show it if it is never closed */
        m->at = node;
    }
}

static void close_element(struct markdown *m, const struct tag *tag, str html,
                          size_t offset)
{
    int element = element_of(tag->name);
    bool open = m->at != m->stack[m->depth - 1].made;
    if (!open || element < 0 || m->at->kind != ELEMENTS[element].kind) {
        as_text(m, html, offset);
        return;
    }
    markdown_flush(m);
    m->at->text = STR_NONE;
    m->at = m->at->parent;
}

void markdown_html(struct markdown *m, str html, size_t offset)
{
    struct tag tag = parse_tag(html);
    int element = html.n > 2 ? element_of(tag.name) : -1;
    if (element < 0) {
        as_text(m, html, offset);
    } else if (tag.closes) {
        close_element(m, &tag, html, offset);
    } else {
        open_element(m, &tag, html, offset);
    }
}

/* Joins a text with the one behind it. */
static void join_texts(struct markdown *m, struct note_node *node)
{
    struct note_node *next = node ? node->next : NULL;
    if (next && node->kind == NOTE_TEXT && next->kind == NOTE_TEXT) {
        node->text = str_format(m->l->arena, "%.*s%.*s", STR_ARG(node->text),
                                STR_ARG(next->text));
        note_dissolve(next);
    }
}

void markdown_html_end(struct markdown *m, struct note_node *until)
{
    while (m->at != until) {
        struct note_node *node = m->at;
        markdown_report_html(m, node->text, node->at);
        struct note_node *text = note_node_new(m->l, NOTE_TEXT, node->at);
        text->text = node->text;
        text->next = node->first;
        text->parent = node;
        if (node->first) {
            node->first->prev = text;
        } else {
            node->last = text;
        }
        node->first = text;
        m->at = node->parent;
        note_dissolve(node);
        join_texts(m, text);
        join_texts(m, text->prev);
    }
}

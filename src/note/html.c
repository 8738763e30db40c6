/* SPDX-License-Identifier: MIT
 *
 * In: the raw HTML that cmark found between words. Out: the elements that notes
 * know; the rest is shown as the text it is, with a warning. An element must end inside
 * the paragraph, emphasis or link that it began in; one that does not is text, too. */
#include "note/markdown.h"

#include <string.h>

#include "base/utf8.h"

static const struct {
    const char *name;
    enum note_kind kind;
} ELEMENTS[] = {
    {"span", NOTE_SPAN},
    {"sup", NOTE_SUPERSCRIPT},
    {"sub", NOTE_SUBSCRIPT},
    {"ins", NOTE_INSERTED},
    {"del", NOTE_DELETED},
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

static void read_attributes(struct markdown *m, struct note_node *node, str attributes,
                            struct place at)
{
    while (str_trim(attributes).n) {
        str value;
        str name = next_attribute(&attributes, &value);
        value = note_inserts_restore(m->l, value, false);
        if (str_is(name, "lang")) {
            node->lang = note_check_language(m->l, value, at) ? value : STR_NONE;
        } else if (str_is(name, "class")) {
            node->style = note_new_style(m->l, value, diag_find(at, value));
            node->change = str_is(value, "changed") ? NOTE_CHANGED : node->change;
        } else {
            diag_report(m->l->sink, DIAG_RAW_HTML, at,
                        "`lang` and `class` are what notes know",
                        "the attribute `%.*s` is ignored", STR_ARG(name));
        }
    }
}

/* What people mean by elements that notes do not have. */
static const struct {
    const char *names, *instead;
} INSTEAD[] = {
    {" b strong ", "write `**…**` for bold text"},
    {" i em cite var ", "write `*…*` for italic text"},
    {" a ", "write `[text](address)` for a link"},
    {" code tt kbd samp ", "write `` `…` `` for code"},
    {" s strike ", "write `~~…~~` for what is struck out"},
    {" p div ", "leave an empty line between paragraphs"},
    {" hr ", "write `---` between empty lines for a rule"},
    {" li ul ol ", "begin the items of a list with `- ` or `1. `"},
};

static const char *hint_for(struct arena *a, str html)
{
    if (str_starts(html, STR("<!--"))) {
        return "write comments outside the text, as YAML does: `# …`";
    }
    str name = parse_tag(html).name;
    str word = str_format(a, " %.*s ", STR_ARG(name));
    size_t at;
    for (size_t i = 0; name.n && i < sizeof INSTEAD / sizeof *INSTEAD; i++) {
        if (str_find(str_from(INSTEAD[i].names), word, &at)) {
            return INSTEAD[i].instead;
        }
    }
    return "notes know <span>, <sup>, <sub>, <ins>, <del> and <br>; write `\\<` for a "
           "plain `<`";
}

void markdown_report_html(struct markdown *m, str html, struct place at)
{
    str behind, written = note_inserts_restore(m->l, html, false);
    str line = str_trim(str_cut(written, '\n', &behind));
    size_t end = line.n < 40 ? line.n : 40;
    while (end < line.n && ((unsigned char)line.p[end] & 0xC0) == 0x80) {
        end--;
    }
    str shown = str_sub(line, 0, end);
    at.width = (uint32_t)utf8_count(line);
    diag_report(m->l->sink, DIAG_RAW_HTML, at, hint_for(m->l->sink->arena, html),
                "`%.*s%s` is shown as it is written: HTML is not interpreted",
                STR_ARG(shown), written.n > shown.n || behind.n ? "…" : "");
}

/* The closing tag of an element that was reported needs no report of its own. */
static bool closes_foreign(struct markdown *m, const struct tag *tag)
{
    if (!tag->closes) {
        vec_push(m->l->arena, &m->foreign, tag->name);
        return false;
    }
    for (size_t i = m->foreign.n; i-- > 0;) {
        if (str_eq(m->foreign.v[i], tag->name)) {
            m->foreign.n = i;
            return true;
        }
    }
    return false;
}

static void as_text(struct markdown *m, str html, size_t offset)
{
    struct tag tag = parse_tag(html);
    if (!closes_foreign(m, &tag)) {
        markdown_report_html(m, html, markdown_place(m, offset));
    }
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
    struct place at = markdown_place(m, offset);
    struct note_node *node = markdown_add(m, kind, at);
    at.width = (uint32_t)utf8_count(html);
    read_attributes(m, node, tag->attributes, at);
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
        text->text = note_inserts_restore(m->l, node->text, false);
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

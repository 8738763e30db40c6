/* SPDX-License-Identifier: MIT
 *
 * What GitHub adds to the blocks of Markdown: tasks in lists, and quotations that begin
 * with a line `[!NOTE]`, which are callouts. cmark knows tasks, but not all; of the
 * others it knows nothing, so its tree is changed before it is walked. */
#include "note/markdown.h"

#include <cmark-gfm-core-extensions.h>
#include <string.h>

/* --- Tasks --- */

/* The box of a task behind a list's marker, `[ ] ` or `[x] `, as it stands in the source:
 * its middle character, or 0. cmark finds none in quotations, and takes a task for done
 * if `[x]` stands anywhere on its line. */
static char box_at(const struct markdown *m, cmark_node *item)
{
    size_t at = markdown_offset(m, item);
    str text = buf_str(&m->lines->text);
    while (at < text.n && strchr("-+*.)0123456789", text.p[at])) {
        at++;
    }
    while (at < text.n && text.p[at] == ' ') {
        at++;
    }
    str box = str_sub(text, at, at + 4);
    bool found = box.n == 4 && box.p[0] == '[' && strchr(" xX", box.p[1]) &&
                 box.p[2] == ']' && box.p[3] == ' ';
    return found ? box.p[1] : '\0';
}

static bool is_tasklist(cmark_node *node)
{
    return strcmp(cmark_node_get_type_string(node), "tasklist") == 0;
}

struct note_node *markdown_item(struct markdown *m, cmark_node *node)
{
    struct note_node *item = markdown_add(m, NOTE_ITEM, markdown_node_place(m, node));
    char box = box_at(m, node);
    item->as.item.is_task = box || is_tasklist(node);
    item->as.item.checked = box == 'x' || box == 'X';
    return item;
}

/* Where cmark has left the box in the text, it is taken out here. */
void markdown_item_end(struct note_node *item, cmark_node *node)
{
    if (!item->as.item.is_task || is_tasklist(node)) {
        return;
    }
    struct note_node *paragraph = item->first;
    struct note_node *text = paragraph ? paragraph->first : NULL;
    bool there = text && paragraph->kind == NOTE_PARAGRAPH && text->kind == NOTE_TEXT &&
                 text->text.n >= 4 && text->text.p[0] == '[';
    item->as.item.is_task = there;
    if (there) {
        text->text = str_sub(text->text, 4, text->text.n);
    }
    if (there && text->text.n == 0) {
        note_dissolve(text);
    }
}

/* --- Callouts --- */

static bool is_letters(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = (char)(s.p[i] | 0x20);
        if (c < 'a' || c > 'z') {
            return false;
        }
    }
    return s.n > 0;
}

/* The word of a `[!word]` that the paragraph begins with; empty if it does not. `*end` is
 * the text node that holds its last bracket. */
static str alert_word(struct markdown *m, cmark_node *paragraph, cmark_node **end)
{
    enum { LONGEST = 32 };
    size_t at = markdown_offset(m, paragraph);
    if (at >= m->lines->text.n || m->lines->text.p[at] != '[') {
        return STR_NONE; /* `\[` is text */
    }
    struct buf text;
    buf_init(&text, m->l->arena);
    cmark_node *n = cmark_node_first_child(paragraph);
    for (; n && cmark_node_get_type(n) == CMARK_NODE_TEXT && text.n < LONGEST;
         n = cmark_node_next(n)) {
        buf_puts(&text, cmark_node_get_literal(n));
        if (str_find_char(buf_str(&text), ']', &at)) {
            *end = n;
            str word = str_sub(buf_str(&text), 2, at);
            bool marked = str_starts(buf_str(&text), STR("[!"));
            return marked && is_letters(word) ? word : STR_NONE;
        }
    }
    return STR_NONE;
}

static void drop(cmark_node *node)
{
    cmark_node_unlink(node);
    cmark_node_free(node);
}

/* Takes away the nodes up to `end`, but for what stands behind the bracket in it. */
static void drop_mark(struct markdown *m, cmark_node *paragraph, cmark_node *end)
{
    while (cmark_node_first_child(paragraph) != end) {
        drop(cmark_node_first_child(paragraph));
    }
    const char *rest = strchr(cmark_node_get_literal(end), ']') + 1;
    rest += strspn(rest, " ");
    if (*rest) {
        cmark_node_set_literal(end, str_copy(m->l->arena, str_from(rest)).p);
    } else {
        drop(end);
    }
}

static bool is_break(cmark_node *node)
{
    cmark_node_type type = cmark_node_get_type(node);
    return type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK;
}

/* What is left of the first line becomes a paragraph of its own, the title, or is all of
 * the paragraph. That must live as long as its inlines, whose texts are slices of it. */
static cmark_node *split_title(cmark_node *paragraph)
{
    cmark_node *first = cmark_node_first_child(paragraph), *end = first;
    while (end && !is_break(end)) {
        end = cmark_node_next(end);
    }
    if (!first) {
        drop(paragraph);
        return NULL;
    }
    if (!end) {
        return paragraph;
    }
    cmark_node *title = first == end ? NULL : cmark_node_new(CMARK_NODE_PARAGRAPH);
    if (title) {
        cmark_node_insert_before(paragraph, title);
    }
    while ((first = cmark_node_first_child(paragraph)) != end) {
        cmark_node_unlink(first);
        cmark_node_append_child(title, first);
    }
    drop(end);
    return title;
}

static void report_kind(struct markdown *m, str word, struct place at)
{
    str hint = note_callout_suggest(m->l->sink->arena, word);
    diag_report(m->l->sink, DIAG_BAD_VALUE, at,
                hint.n ? hint.p : "write NOTE, TIP, IMPORTANT, WARNING or CAUTION",
                "there is no callout `[!%.*s]`", STR_ARG(word));
}

struct note_node *markdown_quote(struct markdown *m, cmark_node *node)
{
    struct place at = markdown_node_place(m, node);
    cmark_node *paragraph = cmark_node_first_child(node), *end = NULL;
    bool may_be = paragraph && cmark_node_get_type(paragraph) == CMARK_NODE_PARAGRAPH;
    str word = may_be ? alert_word(m, paragraph, &end) : STR_NONE;
    int kind = note_callout_find(word);
    if (word.n && kind < 0) {
        report_kind(m, word, at);
    }
    if (kind < 0) {
        return markdown_add(m, NOTE_QUOTE, at);
    }
    m->changed = true;
    drop_mark(m, paragraph, end);
    m->title = split_title(paragraph);
    cmark_node *body = cmark_node_last_child(node);
    if (!body || body == m->title) {
        diag_report(m->l->sink, DIAG_EMPTY_VALUE, at, "write its text below, behind `>`",
                    "the callout is empty");
    }
    struct note_node *callout = markdown_add(m, NOTE_CALLOUT, at);
    callout->as.callout.kind = (enum note_callout)kind;
    return callout;
}

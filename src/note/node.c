/* SPDX-License-Identifier: MIT
 *
 * In: nodes. Out: the same, linked; walks over them, their text, and the check that
 * everything stands where it may. All walks are loops. */
#include "note/load.h"

#include "base/buf.h"

enum class { CLASS_B, CLASS_I, CLASS_L, CLASS_S };

static const struct {
    const char *name;
    enum class contains;
} KINDS[NOTE_KIND_COUNT] = {
#define X(symbol, name, contains) [NOTE_##symbol] = {name, CLASS_##contains},
    NOTE_KINDS(X)
#undef X
};

const char *note_kind_name(enum note_kind kind)
{
    return KINDS[kind].name;
}

static bool is_inline(enum note_kind kind)
{
    return kind >= NOTE_TEXT;
}

static bool is_block(enum note_kind kind)
{
    return kind == NOTE_HEADING || kind == NOTE_PARAGRAPH || kind == NOTE_LIST ||
           kind == NOTE_QUOTE || kind == NOTE_CODE_BLOCK || kind == NOTE_RULE ||
           kind == NOTE_PAGE_BREAK || kind == NOTE_TABLE || kind == NOTE_IMAGE ||
           kind == NOTE_QR || kind == NOTE_DEFINITIONS ||
           kind == NOTE_CALLOUT || kind == NOTE_TOC ||
           kind == NOTE_SIGNATURES || kind == NOTE_COLUMNS;
}

bool note_can_contain(enum note_kind parent, enum note_kind child)
{
    switch (parent) {
    case NOTE_BODY:
    case NOTE_SECTION: return is_block(child) || child == NOTE_SECTION;
    case NOTE_LIST: return child == NOTE_ITEM;
    case NOTE_DEFINITIONS: return child == NOTE_DEFINITION;
    case NOTE_CALLOUT:
    case NOTE_DEFINITION: return child == NOTE_LABEL || is_block(child);
    case NOTE_SIGNATURES: return child == NOTE_SIGNATURE;
    case NOTE_SIGNATURE: return child == NOTE_PARAGRAPH;
    case NOTE_FACTS: return child == NOTE_FACT;
    case NOTE_FACT:
        return child == NOTE_LABEL || child == NOTE_PARAGRAPH || child == NOTE_FACTS;
    case NOTE_QR:
    case NOTE_IMAGE: return child == NOTE_PARAGRAPH;
    case NOTE_TABLE: return child == NOTE_ROW || child == NOTE_PARAGRAPH;
    case NOTE_CELL: return is_inline(child) || is_block(child);
    case NOTE_ROW: return child == NOTE_CELL;
    case NOTE_LINK: return is_inline(child) && child != NOTE_LINK;
    default: break;
    }
    switch (KINDS[parent].contains) {
    case CLASS_B: return is_block(child);
    case CLASS_I: return is_inline(child);
    default: return false;
    }
}

struct note_node *note_node_new(struct note_loader *l, enum note_kind kind,
                                struct place at)
{
    struct note_node *node = NEW(l->arena, struct note_node);
    node->kind = kind;
    node->at = at;
    return node;
}

const struct note_style *note_new_style(struct note_loader *l, str name, struct place at)
{
    if (name.n == 0) {
        return NULL;
    }
    struct note_style *style = NEW(l->arena, struct note_style);
    *style = (struct note_style){name, at};
    return style;
}

void note_append(struct note_node *parent, struct note_node *child)
{
    child->parent = parent;
    child->prev = parent->last;
    child->next = NULL;
    if (parent->last) {
        parent->last->next = child;
    } else {
        parent->first = child;
    }
    parent->last = child;
}

void note_dissolve(struct note_node *node)
{
    struct note_node *parent = node->parent;
    struct note_node *first = node->first ? node->first : node->next;
    struct note_node *last = node->last ? node->last : node->prev;
    for (struct note_node *c = node->first; c; c = c->next) {
        c->parent = parent;
    }
    if (node->prev) {
        node->prev->next = first;
    } else {
        parent->first = first;
    }
    if (node->next) {
        node->next->prev = last;
    } else {
        parent->last = last;
    }
    if (node->first) {
        node->first->prev = node->prev;
        node->last->next = node->next;
    }
}

struct note_node *note_next(const struct note_node *node, const struct note_node *root)
{
    if (node->first) {
        return node->first;
    }
    while (node != root && !node->next) {
        node = node->parent;
    }
    return node == root ? NULL : node->next;
}

static bool breaks_words(const struct note_node *node)
{
    return node->kind == NOTE_LINE_BREAK ||
           (!is_inline(node->kind) && node->kind != NOTE_LABEL);
}

str note_plain_text(const struct note_node *node, struct arena *a)
{
    struct buf text;
    buf_init(&text, a);
    for (const struct note_node *n = node; n; n = note_next(n, node)) {
        if (n->kind == NOTE_TEXT || n->kind == NOTE_CODE || n->kind == NOTE_CODE_BLOCK) {
            buf_put(&text, n->text);
        } else if (n->kind == NOTE_PICTURE) {
            buf_put(&text, n->as.image.about->alt);
        } else if (n != node && breaks_words(n) && text.n && text.p[text.n - 1] != ' ') {
            buf_char(&text, ' ');
        }
    }
    return str_trim(str_copy(a, buf_str(&text)));
}

static bool links_fit(const struct note_node *n)
{
    return (!n->prev || n->prev->next == n) && (!n->next || n->next->prev == n) &&
           (!n->first == !n->last) && (!n->first || !n->first->prev) &&
           (!n->last || !n->last->next);
}

static bool content_fits(const struct note_node *n)
{
    switch (n->kind) {
    case NOTE_HEADING: return n->as.heading.level >= 1 && n->as.heading.level <= 6;
    case NOTE_DEFINITION:
    case NOTE_FACT: return n->first && n->first->kind == NOTE_LABEL;
    case NOTE_FOOTNOTE_MARK: return n->as.mark.footnote && n->as.mark.nth > 0;
    case NOTE_TEXT: return n->text.n > 0;
    case NOTE_TABLE: return n->as.table.columns > 0 && n->as.table.align;
    default: return true;
    }
}

static bool check_tree(const struct note_node *root)
{
    for (const struct note_node *n = root; n; n = note_next(n, root)) {
        if (!content_fits(n) || (n != root && !links_fit(n))) {
            return false;
        }
        for (const struct note_node *c = n->first; c; c = c->next) {
            if (c->parent != n || !note_can_contain(n->kind, c->kind)) {
                return false;
            }
        }
    }
    return true;
}

bool note_check(const struct note *note)
{
    const struct note_node *roots[] = {note->title, note->subtitle, note->facts,
                                       note->body, note->disclaimer};
    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++) {
        if (roots[i] && !check_tree(roots[i])) {
            return false;
        }
    }
    for (size_t i = 0; i < note->footnotes.n; i++) {
        const struct note_footnote *f = note->footnotes.v[i];
        if (f->number != i + 1 || f->marks == 0 || !f->body || !check_tree(f->body)) {
            return false;
        }
    }
    return note->body != NULL;
}

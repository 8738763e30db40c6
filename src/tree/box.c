/* SPDX-License-Identifier: MIT
 *
 * Boxes, and what every box needs: a computed style, a structure element, an anchor. */
#include "tree/build.h"

const struct style *tree_style(struct tree_builder *b, const struct style *parent,
                               const char *rule)
{
    const struct style *s = style_compute(b->layout, parent, str_from(rule));
    if (!s) {
        diag_report(b->sink, DIAG_UNKNOWN_STYLE, PLACE_NONE, "add it to the layout",
                    "layout `%.*s` has no style `%s`", STR_ARG(b->layout->name), rule);
        return parent;
    }
    return s;
}

/* The style that the note itself asked for, upon `parent`. */
const struct style *tree_user_style(struct tree_builder *b, const struct style *parent,
                                    const struct note_node *node)
{
    const struct note_style *own = node->style;
    if (!own) {
        return parent;
    }
    const struct style *s = style_compute(b->layout, parent, own->name);
    if (!s) {
        str hint = style_suggest(b->layout, own->name, b->arena);
        diag_report(b->sink, DIAG_UNKNOWN_STYLE, own->at,
                    hint.n ? hint.p : "see `styles` in the layout",
                    "unknown style `%.*s`", STR_ARG(own->name));
        return parent;
    }
    return s;
}

struct box *tree_add_box(struct tree_builder *b, const struct tree_context *c,
                         enum box_kind kind, const char *rule, struct place at)
{
    struct box *box = NEW(b->arena, struct box);
    box->kind = kind;
    box->style = tree_style(b, c->style, rule);
    box->at = at;
    box->element = c->element;
    box->changed = b->changed;
    box->parent = c->parent;
    if (c->parent) {
        if (c->parent->last) {
            c->parent->last->next = box;
        } else {
            c->parent->first = box;
        }
        c->parent->last = box;
    }
    return box;
}

bool tree_begin_change(struct tree_builder *b, const struct note_node *node)
{
    bool before = b->changed;
    if (node->change) {
        b->changed = node->change == NOTE_CHANGED;
        b->tree->has_changes = b->tree->has_changes || b->changed;
    }
    return before;
}

void tree_end_change(struct tree_builder *b, bool before)
{
    b->changed = before;
}

uint32_t tree_element(struct tree_builder *b, enum structure_role role, uint32_t parent)
{
    return structure_add(&b->tree->structure, b->arena, role, parent);
}

void tree_decorate(struct tree_builder *b, uint32_t element, const struct style *style)
{
    enum structure_decoration d = style->strike ? STRUCTURE_LINE_THROUGH
                                  : style->underline ? STRUCTURE_UNDERLINE
                                                     : STRUCTURE_UNDECORATED;
    b->tree->structure.elements.v[element].decoration = (uint8_t)d;
}

struct structure_more *tree_more(struct tree_builder *b, uint32_t element)
{
    return structure_more(&b->tree->structure, b->arena, element);
}

uint32_t tree_anchor(struct tree_builder *b, str id)
{
    uintptr_t known = (uintptr_t)map_find(&b->ids, id);
    if (!known) {
        vec_push(b->arena, &b->tree->anchors, id);
        known = b->tree->anchors.n;
        map_put(&b->ids, id, (void *)known);
    }
    return (uint32_t)known;
}

len tree_spans_width(struct tree_builder *b, const struct tree_spans *spans)
{
    struct text_para_request request = {spans->v, spans->n, false, b->tree->lang};
    struct text_line line;
    text_set_label(b->engine, &request, &b->scratch, b->sink, &line);
    arena_reset(&b->scratch);
    return line.width;
}

/* SPDX-License-Identifier: MIT
 *
 * The driver: front, body, disclaimer, in reading order, so that structure elements are
 * made in the order in which they are to be read. */
#include "tree/tree.h"

#include "tree/build.h"

static str join(struct tree_builder *b, const str *v, size_t n)
{
    struct buf out;
    buf_init(&out, b->arena);
    for (size_t i = 0; i < n; i++) {
        buf_puts(&out, i ? ", " : "");
        buf_put(&out, v[i]);
    }
    return buf_str(&out);
}

static void copy_facts_about(struct tree_builder *b)
{
    const struct note *n = b->note;
    struct tree *t = b->tree;
    t->lang = n->lang;
    t->title = n->title ? note_plain_text(n->title, b->arena) : STR_NONE;
    t->date = n->date;
    t->reference = n->reference;
    t->classification = n->classification;
    t->subject = n->subject;
    t->authors = join(b, n->authors.v, n->authors.n);
    t->keywords = join(b, n->keywords.v, n->keywords.n);
}

static struct box *root_box(struct tree_builder *b)
{
    struct tree_context c = {.style = style_root(b->layout)};
    return tree_add_box(b, &c, BOX_STACK, "plain", PLACE_NONE);
}

static void build(struct tree_builder *b)
{
    struct tree *t = b->tree;
    structure_add(&t->structure, b->arena, STRUCTURE_DOCUMENT, 0);
    copy_facts_about(b);
    tree_measure_note_room(b);
    tree_number_all(b);
    struct tree_context c = {.style = style_root(b->layout), .lang = t->lang};
    t->front = c.parent = root_box(b);
    tree_front(b, &c);
    t->body = c.parent = root_box(b);
    tree_blocks(b, &c, b->note->body);
    tree_letter_end(b, &c);
    if (b->note->disclaimer) {
        tree_disclaimer(b, &c);
    }
}

struct tree *tree_build(const struct tree_request *request)
{
    struct tree *t = NEW(request->arena, struct tree);
    struct tree_builder b = {
        .note = request->note, .tree = t, .layout = request->layout,
        .engine = request->engine, .arena = request->arena, .sink = request->sink,
    };
    t->layout = request->layout;
    t->arena = request->arena;
    arena_init(&b.scratch);
    map_init(&b.ids, b.arena);
    image_store_init(&t->images, b.arena);
    t->images.tools = request->images;
    build(&b);
    arena_done(&b.scratch);
    return diag_has_errors(b.sink) ? NULL : t;
}

struct box *tree_running(struct tree *t, str text, const char *style, struct arena *a)
{
    const struct style *s =
        style_compute(t->layout, style_root(t->layout), str_from(style));
    struct box *box = NEW(a, struct box);
    box->kind = BOX_PARAGRAPH;
    box->style = s ? s : style_root(t->layout);
    struct text_span span = {.text = text, .style = box->style, .lang = t->lang};
    vec_push(a, &box->spans, span);
    return box;
}

static bool check_spans(const struct tree *t, const struct tree_spans *spans)
{
    for (size_t i = 0; i < spans->n; i++) {
        const struct text_span *s = &spans->v[i];
        if (!s->style || s->element >= t->structure.elements.n ||
            s->link > t->links.n || s->anchor > t->anchors.n || s->note > t->notes.n ||
            s->page_of > t->anchors.n) {
            return false;
        }
    }
    return true;
}

static bool holds_boxes(enum box_kind kind)
{
    return kind == BOX_STACK || kind == BOX_TABLE || kind == BOX_ROW ||
           kind == BOX_CELL || kind == BOX_COLUMNS || kind == BOX_BESIDE;
}

static bool check_box(const struct tree *t, const struct box *box)
{
    if (!box->style || box->element >= t->structure.elements.n ||
        box->anchor > t->anchors.n || (!holds_boxes(box->kind) && box->first) ||
        !check_spans(t, &box->spans) || !check_spans(t, &box->marker)) {
        return false;
    }
    for (const struct box *child = box->first; child; child = child->next) {
        bool linked = child->parent == box && (child->next || child == box->last);
        if (!linked || !check_box(t, child)) {
            return false;
        }
    }
    return true;
}

static bool check_letter(const struct tree *t)
{
    const struct tree_letter *l = t->letter;
    return !l || ((!l->sender || check_box(t, l->sender)) &&
                  (!l->sender_line || check_box(t, l->sender_line)) &&
                  (!l->remarks || check_box(t, l->remarks)) &&
                  (!l->recipient || check_box(t, l->recipient)) &&
                  (!l->information || check_box(t, l->information)));
}

bool tree_check(const struct tree *t)
{
    for (size_t i = 0; i < t->notes.n; i++) {
        if (!t->notes.v[i].box || !check_box(t, t->notes.v[i].box)) {
            return false;
        }
    }
    for (size_t i = 0; i < t->structure.elements.n; i++) {
        if (t->structure.elements.v[i].parent > i) {
            return false;
        }
    }
    return check_letter(t) && (!t->logo || check_box(t, t->logo)) &&
           check_box(t, t->front) && check_box(t, t->body) &&
           (!t->disclaimer || check_box(t, t->disclaimer));
}

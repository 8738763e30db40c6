/* SPDX-License-Identifier: MIT
 *
 * The layout tree as text: one box a line, its spans below it; lengths are integers. */
#include "tree/tree.h"

static void dump_place(struct buf *out, struct place at)
{
    if (at.line) {
        buf_format(out, " @%u:%u", at.line, at.column);
    }
}

static void dump_span(const struct tree *t, const struct text_span *s, int depth,
                      const char *what, struct buf *out)
{
    buf_repeat(out, ' ', (size_t)depth * 2);
    buf_format(out, "%s %.*s %d", what, STR_ARG(s->style->name), s->style->size);
    enum structure_role role = t->structure.elements.v[s->element].role;
    buf_format(out, " %s#%u", structure_role_name(role), s->element);
    if (s->link) {
        buf_format(out, " link=%u", s->link);
    }
    if (s->note) {
        buf_format(out, " note=%u", s->note);
    }
    if (s->anchor) {
        buf_format(out, " anchor=%u", s->anchor);
    }
    if (s->page_of) {
        buf_format(out, " page-of=%u", s->page_of);
    }
    if (!str_eq(s->lang, t->lang)) {
        buf_format(out, " lang=%.*s", STR_ARG(s->lang));
    }
    buf_puts(out, s->flags & TEXT_SPAN_CHANGED ? " changed" : "");
    if (s->object) {
        buf_format(out, " picture %dx%d", s->object->width, s->object->height);
    }
    buf_char(out, ' ');
    buf_json_string(out, s->object ? t->pictures.v[s->object->number - 1].image->name
                                   : s->text);
    buf_char(out, '\n');
}

/* The picture as its file has it; how large it becomes is known when it is flowed. */
static void dump_image(const struct box *box, struct buf *out)
{
    if (box->image) {
        buf_char(out, ' ');
        buf_json_string(out, box->image->name);
        buf_format(out, " %ux%u", image_width(box->image), image_height(box->image));
    }
}

static void dump_box(const struct tree *t, const struct box *box, int depth,
                     struct buf *out)
{
    static const char *const KINDS[] = {"stack", "paragraph", "rule", "page-break",
                                        "table", "row", "cell", "columns", "beside", "qr",
                                        "image"};
    buf_repeat(out, ' ', (size_t)depth * 2);
    buf_format(out, "%s %.*s", KINDS[box->kind], STR_ARG(box->style->name));
    if (box->indent || box->style->indent_start) {
        buf_format(out, " indent=%d", box->indent + box->style->indent_start);
    }
    if (box->mark) {
        buf_puts(out, box->mark == BOX_DONE ? " done" : " to-do");
    }
    if (box->anchor) {
        buf_format(out, " anchor=%u", box->anchor);
    }
    buf_puts(out, box->changed ? " changed" : "");
    dump_image(box, out);
    dump_place(out, box->at);
    buf_char(out, '\n');
    for (size_t i = 0; i < box->marker.n; i++) {
        dump_span(t, &box->marker.v[i], depth + 1, "marker", out);
    }
    for (size_t i = 0; i < box->spans.n; i++) {
        dump_span(t, &box->spans.v[i], depth + 1, "span", out);
    }
    for (const struct box *child = box->first; child; child = child->next) {
        dump_box(t, child, depth + 1, out);
    }
}

static void dump_letter(const struct tree *t, struct buf *out)
{
    const struct tree_letter *l = t->letter;
    if (!l) {
        return;
    }
    const struct {
        const char *name;
        const struct box *box;
    } PARTS[] = {{"sender", l->sender}, {"sender-line", l->sender_line},
                 {"remarks", l->remarks}, {"recipient", l->recipient},
                 {"information", l->information}};
    for (size_t i = 0; i < sizeof PARTS / sizeof *PARTS; i++) {
        if (PARTS[i].box) {
            buf_format(out, "%s\n", PARTS[i].name);
            dump_box(t, PARTS[i].box, 1, out);
        }
    }
}

void tree_dump(const struct tree *t, struct buf *out)
{
    buf_format(out, "layout %.*s\nlang %.*s\n", STR_ARG(t->layout->name),
               STR_ARG(t->lang));
    if (t->logo) {
        buf_puts(out, "logo\n");
        dump_box(t, t->logo, 1, out);
    }
    dump_letter(t, out);
    buf_puts(out, "front\n");
    dump_box(t, t->front, 1, out);
    buf_puts(out, "body\n");
    dump_box(t, t->body, 1, out);
    if (t->disclaimer) {
        buf_puts(out, "disclaimer\n");
        dump_box(t, t->disclaimer, 1, out);
    }
    for (size_t i = 0; i < t->notes.n; i++) {
        buf_format(out, "note %zu (%.*s)\n", i + 1, STR_ARG(t->notes.v[i].label));
        dump_box(t, t->notes.v[i].box, 1, out);
    }
    for (size_t i = 0; i < t->links.n; i++) {
        const struct tree_link *l = &t->links.v[i];
        buf_format(out, "link %zu -> ", i + 1);
        if (l->anchor) {
            buf_format(out, "#%.*s\n", STR_ARG(t->anchors.v[l->anchor - 1]));
        } else {
            buf_format(out, "%.*s\n", STR_ARG(l->uri));
        }
    }
}

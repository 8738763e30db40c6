/* SPDX-License-Identifier: MIT
 *
 * QR codes: the code and, below it, its caption. A code is a Figure whose words are what
 * it says; one that says an address is a link besides. */
#include "tree/build.h"

static const char *long_hint(struct tree_builder *b, const struct note_qr *wanted)
{
    if (wanted->level == IMAGE_QR_L) {
        return "write less; a link to it needs few bytes";
    }
    return str_format(b->sink->arena,
                      "write less, or ask for `level: L`, which holds %d",
                      image_qr_capacity(wanted->text, IMAGE_QR_L)).p;
}

static const struct image_qr *make_code(struct tree_builder *b,
                                        const struct note_qr *wanted)
{
    struct image_qr *code = NEW(b->arena, struct image_qr);
    enum image_qr_level level = (enum image_qr_level)wanted->level;
    switch (image_qr_make(wanted->text, level, b->arena, code)) {
    case IMAGE_QR_OK:
        return code;
    case IMAGE_QR_TOO_LONG:
        diag_report(b->sink, DIAG_TOO_LARGE, wanted->at, long_hint(b, wanted),
                    "the text has %zu bytes, a QR code of level %s holds %d",
                    wanted->text.n, note_qr_level_name(wanted->level),
                    image_qr_capacity(wanted->text, level));
        return NULL;
    case IMAGE_QR_NO_LIBRARY:
        diag_report(b->sink, DIAG_SYSTEM, wanted->at, "install libqrencode 4",
                    "there is no library that makes QR codes");
        return NULL;
    }
    return NULL;
}

/* On one line, with the layout's word before it. */
static str alt_of(struct tree_builder *b, const struct tree_context *c,
                  const struct note_qr *wanted)
{
    if (wanted->alt.n) {
        return wanted->alt;
    }
    str word = layout_label(b->layout, c->lang, "qr-code");
    str text = str_copy(b->arena, wanted->text);
    char *p = NEW_ARRAY(b->arena, char, text.n + 1);
    for (size_t i = 0; i < text.n; i++) {
        p[i] = (unsigned char)text.p[i] < ' ' ? ' ' : text.p[i];
    }
    text = (str){p, text.n};
    return word.n ? str_format(b->arena, "%.*s: %.*s", STR_ARG(word), STR_ARG(text))
                  : text;
}

static bool is_address(str text)
{
    for (size_t i = 0; i < text.n; i++) {
        if ((unsigned char)text.p[i] <= ' ') {
            return false;
        }
    }
    return str_starts(text, STR("https://")) || str_starts(text, STR("http://"));
}

static void code(struct tree_builder *b, const struct tree_context *c,
                 const struct note_qr *wanted, const struct image_qr *made)
{
    struct box *box = tree_add_box(b, c, BOX_QR, "qr", wanted->at);
    struct box_qr *qr = NEW(b->arena, struct box_qr);
    *qr = (struct box_qr){.code = made, .wanted = wanted};
    box->style = tree_aligned(b, box->style, wanted->align);
    box->qr = qr;
    str alt = alt_of(b, c, wanted);
    uint32_t around = c->element;
    if (is_address(wanted->text)) {
        around = tree_element(b, STRUCTURE_LINK, c->element);
        struct tree_link link = {.uri = wanted->text, .contents = alt, .element = around};
        vec_push(b->arena, &b->tree->links, link);
        qr->link = (uint32_t)b->tree->links.n;
    }
    box->element = tree_element(b, STRUCTURE_FIGURE, around);
    tree_more(b, box->element)->alt = alt;
}

static void caption(struct tree_builder *b, const struct tree_context *c,
                    const struct note_node *node, const struct note_qr *wanted)
{
    struct box *box = tree_add_box(b, c, BOX_PARAGRAPH, "caption", node->at);
    box->style = tree_aligned(b, box->style, wanted->align);
    box->element = tree_element(b, STRUCTURE_CAPTION, c->element);
    tree_collect(b, c, box, node);
}

void tree_qr(struct tree_builder *b, const struct tree_context *c,
             const struct note_node *node)
{
    const struct note_qr *wanted = node->as.qr.about;
    const struct image_qr *made = make_code(b, wanted);
    if (!made) {
        return;
    }
    struct box *box = tree_add_box(b, c, BOX_STACK, "figure", node->at);
    bool linked = is_address(wanted->text); /* a link stands in a block */
    if (node->as.qr.caption || node->lang.n || linked) {
        box->element = tree_element(b, STRUCTURE_DIV, c->element);
    }
    tree_apply_own(b, box, node);
    struct tree_context in = tree_inside(c, box, node);
    code(b, &in, wanted, made);
    if (node->as.qr.caption) {
        caption(b, &in, node->as.qr.caption, wanted);
    }
}

/* SPDX-License-Identifier: MIT
 *
 * Images: a picture and, below it, its caption with its number. The picture is a Figure
 * with the words that stand for it; a caption stands beside the Figure, not inside, where
 * those words would take its place. A picture that only decorates is no element. One
 * inside a line is as high as a capital letter there, or as the layout says. */
#include "tree/build.h"

static const enum style_align ALIGNS[] = {
    [NOTE_IMAGE_START] = STYLE_START, [NOTE_IMAGE_END] = STYLE_END,
    [NOTE_IMAGE_LEFT] = STYLE_LEFT,   [NOTE_IMAGE_RIGHT] = STYLE_RIGHT,
    [NOTE_IMAGE_CENTER] = STYLE_CENTER,
};

const struct style *tree_aligned(struct tree_builder *b, const struct style *style,
                                 enum note_image_align align)
{
    if (align == NOTE_IMAGE_ALIGN_STYLE || style->align == ALIGNS[align]) {
        return style;
    }
    struct style *own = NEW(b->arena, struct style);
    *own = *style;
    own->align = ALIGNS[align];
    return own;
}

static const struct image *find_image(struct tree_builder *b,
                                      const struct note_image *wanted)
{
    struct image_request request = {wanted->path, wanted->file, wanted->at};
    return image_find(&b->tree->images, &request, b->sink);
}

static void caption(struct tree_builder *b, const struct tree_context *c,
                    const struct note_node *node, const struct note_image *wanted)
{
    bool above = b->layout->captions.figures == LAYOUT_ABOVE;
    struct box *box = tree_add_box(b, c, BOX_PARAGRAPH,
                                   above ? "caption-above" : "caption", node->at);
    box->style = tree_aligned(b, box->style, wanted->align);
    box->element = tree_element(b, STRUCTURE_CAPTION, c->element);
    str label = layout_label(b->layout, c->lang, "figure");
    struct text_span s = {
        .style = tree_style(b, box->style, "caption-label"), .lang = c->lang,
        .element = box->element, .at = node->at,
    };
    tree_add_text(b, &box->spans, &s,
                  str_format(b->arena, "%.*s\xC2\xA0%.*s. ", STR_ARG(label),
                             STR_ARG(tree_number_of(b, node->parent))));
    tree_collect(b, c, box, node);
}

static void picture(struct tree_builder *b, const struct tree_context *c,
                    const struct note_image *wanted, const struct image *image)
{
    struct box *box = tree_add_box(b, c, BOX_IMAGE, "plain", wanted->at);
    box->style = tree_aligned(b, box->style, wanted->align);
    box->image = image;
    box->wanted = wanted;
    if (!wanted->decorative) {
        box->element = tree_element(b, STRUCTURE_FIGURE, c->element);
        tree_more(b, box->element)->alt = wanted->alt;
    }
}

static struct note_image *wanted_logo(struct tree_builder *b)
{
    static const enum note_image_align SIDES[] = {
        [STYLE_START] = NOTE_IMAGE_START,   [STYLE_END] = NOTE_IMAGE_END,
        [STYLE_LEFT] = NOTE_IMAGE_LEFT,     [STYLE_RIGHT] = NOTE_IMAGE_RIGHT,
        [STYLE_CENTER] = NOTE_IMAGE_CENTER, [STYLE_JUSTIFY] = NOTE_IMAGE_START,
    };
    const struct layout *l = b->layout;
    struct note_image *wanted = NEW(b->arena, struct note_image);
    *wanted = (struct note_image){
        .file = l->letterhead.logo.file, .path = l->letterhead.logo.path,
        .alt = l->letterhead.logo.alt, .decorative = l->letterhead.logo.alt.n == 0,
        .has_width = l->letterhead.logo.width > 0,
        .has_height = l->letterhead.logo.height > 0,
        .width = {LEN_UNIT_PT, l->letterhead.logo.width},
        .height = {LEN_UNIT_PT, l->letterhead.logo.height},
        .align = SIDES[l->letterhead.logo.align], .at = l->letterhead.logo.at,
        .width_at = l->letterhead.logo.at, .height_at = l->letterhead.logo.at,
    };
    return wanted;
}

void tree_logo(struct tree_builder *b, const struct tree_context *c)
{
    if (b->layout->letterhead.logo.path.n == 0) {
        return;
    }
    const struct note_image *wanted = wanted_logo(b);
    const struct image *image = find_image(b, wanted);
    if (image) {
        struct tree_context root = {.style = c->style, .element = c->element};
        root.parent = tree_add_box(b, &root, BOX_STACK, "plain", wanted->at);
        picture(b, &root, wanted, image);
        b->tree->logo = root.parent;
    }
}

void tree_figure(struct tree_builder *b, const struct tree_context *c,
                 const struct note_node *node)
{
    const struct note_image *wanted = node->as.image.about;
    const struct image *image = find_image(b, wanted);
    if (!image) {
        return;
    }
    struct box *box = tree_add_box(b, c, BOX_STACK, "figure", node->at);
    if (node->as.image.caption || node->lang.n) {
        box->element = tree_element(b, STRUCTURE_DIV, c->element);
    }
    tree_apply_own(b, box, node);
    struct tree_context in = tree_inside(c, box, node);
    const struct note_node *words = node->as.image.caption;
    bool above = b->layout->captions.figures == LAYOUT_ABOVE;
    if (words && above) {
        caption(b, &in, words, wanted);
    }
    picture(b, &in, wanted, image);
    if (words && !above) {
        caption(b, &in, words, wanted);
    }
}

/* Wider ones are made smaller: a line must have room for them. */
enum { MOST_EMS = 20 };

static len height_in_line(struct tree_builder *b, const struct style *s)
{
    len height = (len)len_muldiv(s->size, b->layout->images.inline_height, 1000);
    const struct text_face *face = text_face_of(b->engine, s, PLACE_NONE, b->sink);
    if (height <= 0) {
        height = face && face->cap_height > 0
                     ? text_scale(face->cap_height, s->size, face->upem)
                     : s->size * 2 / 3;
    }
    return height < s->leading ? height : s->leading;
}

const struct text_object *tree_picture(struct tree_builder *b, const struct style *s,
                                       const struct note_image *wanted)
{
    const struct image *image = find_image(b, wanted);
    if (!image) {
        return NULL;
    }
    struct text_object *object = NEW(b->arena, struct text_object);
    len64 across = image_width(image), down = image_height(image);
    if (image->drawing) {
        across = image->drawing->width;
        down = image->drawing->height;
    }
    len64 height = height_in_line(b, s), width = len_muldiv(height, across, down);
    len64 most = (len64)s->size * MOST_EMS;
    if (width > most) {
        height = len_muldiv(height, most, width);
        width = most;
    }
    vec_push(b->arena, &b->tree->pictures, (struct tree_picture){image, wanted});
    object->width = width < LEN_PT / 4 ? LEN_PT / 4 : (len)width;
    object->height = height < LEN_PT / 4 ? LEN_PT / 4 : (len)height;
    object->number = (uint32_t)b->tree->pictures.n;
    return object;
}

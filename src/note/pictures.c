/* SPDX-License-Identifier: MIT
 *
 * In: Markdown's images. Out: of a paragraph that holds one and nothing else, an IMAGE,
 * whose title is its caption; of one inside a line, a PICTURE. Words and title are plain
 * text, whatever marks stand in them; a caption with marks or a size is what `image`
 * blocks are for. */
#include "note/markdown.h"

#include "base/utf8.h"

static cmark_node *image_of(cmark_node *paragraph)
{
    return cmark_node_first_child(paragraph);
}

bool markdown_is_image(cmark_node *paragraph)
{
    cmark_node *first = image_of(paragraph);
    return first && cmark_node_get_type(first) == CMARK_NODE_IMAGE &&
           !cmark_node_next(first);
}

static str own_copy(struct markdown *m, str s)
{
    return markdown_restore(m, str_copy(m->l->arena, s));
}

/* What stands between the brackets. */
static str words_of(struct markdown *m, cmark_node *image)
{
    struct buf words;
    buf_init(&words, m->l->arena);
    cmark_iter *iter = cmark_iter_new(image);
    while (cmark_iter_next(iter) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iter);
        cmark_node_type type = cmark_node_get_type(node);
        if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE) {
            buf_puts(&words, cmark_node_get_literal(node));
        } else if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK) {
            buf_char(&words, ' ');
        }
    }
    cmark_iter_free(iter);
    return str_trim(own_copy(m, buf_str(&words)));
}

struct note_node *markdown_image(struct markdown *m, cmark_node *paragraph,
                                 struct place at)
{
    cmark_node *node = image_of(paragraph);
    str rest, text = buf_str(&m->lines->text);
    str line = str_cut(str_sub(text, m->found, text.n), '\n', &rest);
    at.width = (uint32_t)utf8_count(str_trim(line));
    struct note_image image = {
        .file = own_copy(m, str_from(cmark_node_get_url(node))),
        .alt = words_of(m, node),
        .at = at,
    };
    str title = own_copy(m, str_from(cmark_node_get_title(node)));
    struct note_node *made = markdown_add(m, NOTE_IMAGE, at);
    note_image_written(m->l, &image, str_trim(title), made);
    return made;
}

/* Behind the image, so that what follows is not looked for in its words. */
static void pass_image(struct markdown *m)
{
    str text = buf_str(&m->lines->text);
    str line, rest = str_sub(text, m->found, text.n);
    size_t open, close;
    line = str_cut(rest, '\n', &rest);
    if (str_find(line, STR("]("), &open) &&
        str_find_char(str_sub(line, open, line.n), ')', &close)) {
        m->found += open + close + 1;
    }
}

struct note_node *markdown_picture(struct markdown *m, cmark_node *node)
{
    size_t at;
    str text = buf_str(&m->lines->text);
    if (str_find(str_sub(text, m->found, text.n), STR("!["), &at)) {
        m->found += at;
    }
    struct note_image image = {
        .file = own_copy(m, str_from(cmark_node_get_url(node))),
        .alt = words_of(m, node),
        .at = markdown_place(m, m->found),
    };
    struct note_node *made = markdown_add(m, NOTE_PICTURE, image.at);
    note_picture_written(m->l, &image, made);
    pass_image(m);
    return made;
}

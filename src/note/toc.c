/* SPDX-License-Identifier: MIT
 *
 * In: a `toc` block. Out: a TOC node; what it lists is found when the tree is built. */
#include "note/load.h"

static void toc_depth(struct note_loader *l, const struct value *v, void *into)
{
    note_read_number(l, v, 1, 6, &((struct note_node *)into)->as.toc.depth);
}

static void toc_title(struct note_loader *l, const struct value *v, void *into)
{
    struct note_node *toc = into;
    toc->as.toc.untitled = str_trim(v->text).n == 0;
    if (!toc->as.toc.untitled) {
        toc->as.toc.title = note_node_new(l, NOTE_PARAGRAPH, v->at);
        note_markdown_inline(l, v, toc->as.toc.title);
    }
}

static const struct note_key TOC_KEYS[] = {
    {"depth", NOTE_TYPE_NUMBER, 0, toc_depth, 0,
     "How many levels of headings it lists, 1 to 6; else as the layout says."},
    {"title", NOTE_TYPE_TEXT, 0, toc_title, 0,
     "What stands above it; `\"\"` for nothing; else the layout's word."},
};

const struct note_keys NOTE_TOC_KEYS =
    NOTE_KEYS_TABLE("toc", "a table of contents", TOC_KEYS);

void note_toc(struct note_loader *l, const struct value *v, struct note_node *toc)
{
    if (v->kind == VALUE_MAPPING) {
        note_keys_read(l, &NOTE_TOC_KEYS, v, toc);
    }
}

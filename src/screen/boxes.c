/* SPDX-License-Identifier: MIT
 *
 * What both writers ask about boxes and spans. */
#include "screen/screen.h"

enum structure_role screen_role(const struct tree *t, const struct box *box)
{
    return structure_role_of(&t->structure, box->element);
}

str screen_alt(const struct tree *t, uint32_t element)
{
    return element < t->structure.elements.n
        ? t->structure.elements.v[element].more->alt : STR_NONE;
}

const struct box *screen_marked(const struct box *box)
{
    while (box && box->kind == BOX_STACK) {
        box = box->first;
    }
    bool marked = box && box->kind == BOX_PARAGRAPH && (box->marker.n || box->mark);
    return marked ? box : NULL;
}

str screen_page(const struct screen_request *r, const struct text_span *span)
{
    uint32_t page = r->pages ? r->pages[span->page_of - 1] : 0;
    if (page) {
        return str_format(r->arena, "%u", page);
    }
    return span->link ? r->tree->links.v[span->link - 1].contents : STR_NONE;
}

uint32_t screen_note(const struct tree *t, const struct text_span *span)
{
    bool mark = (span->flags & TEXT_SPAN_MARK) && span->link;
    return mark ? t->links.v[span->link - 1].note : 0;
}

static str fill(const struct screen_request *r, str template)
{
    const struct tree *t = r->tree;
    struct layout_values values = {
        .title = t->title, .date = t->date, .reference = t->reference,
        .classification = t->classification, .subject = t->subject,
        .authors = t->authors, .recipient = t->recipient,
    };
    return str_trim(layout_fill(t->layout, template, t->lang, &values, r->arena));
}

str screen_banner(const struct screen_request *r)
{
    return fill(r, r->tree->layout->banner.text);
}

str screen_letterhead(const struct screen_request *r)
{
    return fill(r, r->tree->layout->letterhead.text);
}

size_t screen_letter(const struct screen_request *r,
                     const struct box *out[SCREEN_LETTER_PARTS])
{
    const struct tree_letter *l = r->tree->letter;
    size_t n = 0;
    if (!l) {
        return 0;
    }
    const struct box *parts[SCREEN_LETTER_PARTS] = {
        l->sender ? l->sender : l->sender_line, l->remarks, l->recipient, l->information,
    };
    for (int i = 0; i < SCREEN_LETTER_PARTS; i++) {
        if (parts[i]) {
            out[n++] = parts[i];
        }
    }
    return n;
}

/* SPDX-License-Identifier: MIT
 *
 * In: a drawing's objects, which count from 1. Out: objects of this file: each has its
 * dictionary from the start, so that others can refer to it; streams go out as they are,
 * compressed already. */
#include "pdf/drawing.h"

#include "pdf/syntax.h"

/* The dictionary's text with the numbers that objects have here; image/ has checked that
 * all that are asked for are there. */
static void put_dictionary(struct buf *b, str text, struct pdf_dict *const *dicts)
{
    size_t at;
    while (str_find_char(text, '\1', &at)) {
        size_t number = 0;
        buf_put(b, str_sub(text, 0, at));
        for (at++; text.p[at] != '\1'; at++) {
            number = number * 10 + (size_t)(text.p[at] - '0');
        }
        pdf_put_ref(b, pdf_dict_number(dicts[number - 1]));
        text = str_sub(text, at + 1, text.n);
    }
    buf_put(b, text);
}

void pdf_drawing_write(const struct image_drawing *drawing, struct pdf_dict *form,
                       struct pdf_haru *h, struct pdf_save *save)
{
    struct pdf_dict **dicts = NEW_ARRAY(save->arena, struct pdf_dict *, drawing->n);
    dicts[0] = form;
    for (size_t i = 1; i < drawing->n; i++) {
        dicts[i] = pdf_dict_new(h);
    }
    for (size_t i = 0; i < drawing->n; i++) {
        const struct image_object *o = &drawing->objects[i];
        put_dictionary(pdf_dict_body(dicts[i]), o->dictionary, dicts);
        if (o->has_stream) {
            pdf_save_plain_stream(save, dicts[i], o->stream);
        }
    }
}

/* SPDX-License-Identifier: MIT
 *
 * In: a drawing's objects, which count from 1. Out: objects of this file: each has its
 * dictionary from the start, so that others can refer to it; streams go out as they are,
 * compressed already. For print their colours become inks first. */
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

/* Which objects are resources that others refer to. */
static bool *find_resources(const struct image_drawing *d, struct arena *a)
{
    bool *is = NEW_ARRAY(a, bool, d->n + 1);
    for (size_t i = 0; i < d->n; i++) {
        str rest = d->objects[i].dictionary;
        size_t at;
        while (str_find(rest, STR("/Resources"), &at)) {
            rest = str_sub(rest, at + sizeof "/Resources" - 1, rest.n);
            str number = str_trim(rest);
            if (!number.n || number.p[0] != '\1') {
                continue;
            }
            size_t n = 0;
            for (at = 1; at < number.n && number.p[at] != '\1' && n <= d->n; at++) {
                n = n * 10 + (size_t)(number.p[at] - '0');
            }
            is[n <= d->n ? n : 0] = true;
        }
    }
    return is;
}

/* False, with the reason, if the object cannot be printed. */
static bool write_object(struct image_object o, struct pdf_dict *const *dicts, size_t i,
                         const struct pdf_drawing_target *target,
                         struct image_problem *problem)
{
    struct arena scratch;
    bool recoded = false;
    arena_init(&scratch);
    bool good = !target->inks || pdf_drawing_ink(&o, &recoded, target, &scratch, problem);
    if (good && target->resources && target->resources[i + 1]) {
        pdf_drawing_add_rgb(&o, target, &scratch);
    }
    if (good) {
        put_dictionary(pdf_dict_body(dicts[i]), o.dictionary, dicts);
    }
    if (good && o.has_stream) {
        (recoded ? pdf_save_stream : pdf_save_plain_stream)(target->save, dicts[i],
                                                            o.stream);
    }
    arena_done(&scratch);
    return good;
}

bool pdf_drawing_write(const struct image_drawing *drawing, struct pdf_dict *form,
                       const struct pdf_drawing_target *target,
                       struct image_problem *problem)
{
    struct pdf_dict **dicts = NEW_ARRAY(target->save->arena, struct pdf_dict *,
                                        drawing->n);
    struct pdf_drawing_target to = *target;
    bool good = true;
    if (to.inks && to.inks->print->keep_rgb) {
        to.resources = find_resources(drawing, target->save->arena);
    }
    dicts[0] = form;
    for (size_t i = 1; i < drawing->n; i++) {
        dicts[i] = pdf_dict_new(target->haru);
    }
    for (size_t i = 0; i < drawing->n && good; i++) {
        good = write_object(drawing->objects[i], dicts, i, &to, problem);
    }
    return good;
}

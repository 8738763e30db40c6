/* SPDX-License-Identifier: MIT
 *
 * How many pixels to the inch pictures in drawings have, where a form shows them. Print
 * asks of them what it asks of pictures on pages. */
#include "pdf/drawing.h"

enum {
    HALF_PPI = 500,      /* 1/1000: what rounding may take */
    LARGEST = 10000000,  /* ppi, thousandths: more is as good */
};

/* The number behind a key of a dictionary; 0: there is none. */
static int64_t number_of(str dictionary, const char *key)
{
    size_t at;
    int64_t n = 0;
    if (!str_find(dictionary, str_from(key), &at)) {
        return 0;
    }
    for (at += str_from(key).n; at < dictionary.n && n < INT32_MAX; at++) {
        char c = dictionary.p[at];
        if (c < '0' || c > '9') {
            break;
        }
        n = 10 * n + (c - '0');
    }
    return n;
}

/* The object that resources call so; NULL: none. */
static const struct image_object *find_object(const struct image_drawing *d,
                                              str dictionary, str name, struct arena *a)
{
    str key = str_format(a, "%.*s\1", STR_ARG(name));
    int64_t number = number_of(dictionary, key.p);
    return number > 0 && (size_t)number <= d->n ? &d->objects[number - 1] : NULL;
}

/* Pixels to the inch, thousandths, of `pixels` on `length`, thousandths of a unit. */
static int64_t resolution(int64_t pixels, int64_t length, int64_t scale)
{
    int64_t points = len_muldiv(length, scale, PDF_TEXT_ONE); /* thousandths */
    int64_t ppi = points > 0 ? len_muldiv(pixels, (int64_t)72 * 1000 * 1000, points)
                             : LARGEST;
    return ppi < LARGEST ? ppi : LARGEST;
}

void pdf_drawing_check_pixels(const struct pdf_drawing_target *t, str dictionary,
                              str name, const struct pdf_drawing_text *text,
                              struct arena *a)
{
    const struct image_object *o = find_object(t->drawing, dictionary, name, a);
    size_t at;
    if (!o || !str_find(o->dictionary, STR("/Subtype/Image"), &at)) {
        return;
    }
    int64_t across = resolution(number_of(o->dictionary, "/Width "), text->now.wide,
                                t->most);
    int64_t down = resolution(number_of(o->dictionary, "/Height "), text->now.scale,
                              t->most);
    int64_t ppi = across < down ? across : down;
    bool coarse = ppi < PAGE_LEAST_PPI * 1000 - HALF_PPI;
    if (ppi >= PAGE_GOOD_PPI * 1000 - HALF_PPI) {
        return;
    }
    diag_report(t->inks->sink, coarse ? DIAG_COARSE_IMAGE : DIAG_LOW_RESOLUTION, t->at,
                "put a larger picture into the drawing, or show it smaller",
                "a picture in `%.*s` is printed with %d pixels to the inch; print needs "
                "%d%s", STR_ARG(t->name), (int)(ppi / 1000),
                coarse ? PAGE_LEAST_PPI : PAGE_GOOD_PPI, coarse ? " at least" : "");
    t->inks->failed = t->inks->failed || coarse;
}

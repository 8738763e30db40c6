/* SPDX-License-Identifier: MIT
 *
 * Pictures in drawings for print: their samples become inks, as those of files do, or
 * stay RGB, with a profile. Here is, too, what objects of drawings are changed with. */
#include <libdeflate.h>
#include <string.h>

#include "pdf/drawing.h"
#include "pdf/image.h"
#include "pdf/syntax.h"

enum { MOST_CONTENT = 256 << 20 };

bool pdf_drawing_refuse(struct image_problem *problem, const char *what)
{
    *problem = (struct image_problem){str_from(what),
                                      STR("save it as PNG, with 300 pixels to the inch")};
    return false;
}

bool pdf_drawing_holds(str dictionary, const char *text)
{
    size_t at;
    return str_find(dictionary, str_from(text), &at);
}

str pdf_drawing_replace(str dictionary, const char *from, const char *to, struct arena *a)
{
    struct buf b;
    size_t at;
    buf_init(&b, a);
    while (str_find(dictionary, str_from(from), &at)) {
        buf_put(&b, str_sub(dictionary, 0, at));
        buf_puts(&b, to);
        dictionary = str_sub(dictionary, at + str_from(from).n, dictionary.n);
    }
    buf_put(&b, dictionary);
    return buf_str(&b);
}

bool pdf_drawing_inflate(str *data, struct arena *a, struct image_problem *problem)
{
    struct libdeflate_decompressor *d = libdeflate_alloc_decompressor();
    size_t room = 4 * data->n + 4096, n = 0;
    enum libdeflate_result result = LIBDEFLATE_INSUFFICIENT_SPACE;
    if (!d) {
        oom_report(1);
    }
    char *out = NULL;
    for (; result == LIBDEFLATE_INSUFFICIENT_SPACE && room < MOST_CONTENT; room *= 4) {
        out = arena_alloc_raw(a, room);
        result = libdeflate_zlib_decompress(d, data->p, data->n, out, room, &n);
    }
    libdeflate_free_decompressor(d);
    *data = (str){out, n};
    return result == LIBDEFLATE_SUCCESS ||
           pdf_drawing_refuse(problem, "is too large to be printed");
}

str pdf_drawing_rgb_space(const struct image_samples *samples,
                          const struct pdf_drawing_target *target, struct arena *a)
{
    struct buf b;
    struct pdf_images *images = target->inks->images;
    buf_init(&b, a);
    buf_puts(&b, "/ColorSpace[/ICCBased");
    pdf_put_ref(&b, samples && samples->profile.n
                        ? pdf_images_profile(images, samples->profile, 3)
                        : pdf_images_rgb(images));
    buf_puts(&b, "]");
    buf_char(&b, '\0');
    return (str){b.p, b.n - 1};
}

/* Samples of three bytes a pixel. */
static bool ink_samples(struct image_object *o, const struct pdf_drawing_target *target,
                        struct arena *a, struct image_problem *problem)
{
    struct image_samples inks;
    if (!image_press_pixels(&target->inks->press, &o->stream, &inks, a, problem)) {
        return false;
    }
    pdf_inks_check(target->inks, &inks, target->name, target->at);
    str space = inks.space == IMAGE_GRAY   ? STR("/ColorSpace/DeviceGray")
                : inks.space == IMAGE_CMYK ? STR("/ColorSpace/DeviceCMYK")
                                           : pdf_drawing_rgb_space(NULL, target, a);
    o->dictionary = pdf_drawing_replace(o->dictionary, "/ColorSpace/DeviceRGB", space.p,
                                        a);
    return true;
}

/* A JPEG file. */
static bool ink_jpeg(struct image_object *o, bool *recoded,
                     const struct pdf_drawing_target *target, struct arena *a,
                     struct image_problem *problem)
{
    struct image image;
    struct image_samples samples;
    if (!image_read_head(o->stream, STR("a picture in it"), a, &image, problem) ||
        !image_press_samples(&target->inks->press, &image, a, &samples, problem)) {
        return false;
    }
    pdf_inks_check(target->inks, &samples, target->name, target->at);
    if (samples.space == IMAGE_RGB) { /* it stays what it is */
        *recoded = false;
        str space = pdf_drawing_rgb_space(&samples, target, a);
        o->dictionary = pdf_drawing_replace(o->dictionary, "/ColorSpace/DeviceRGB",
                                            space.p, a);
        return true;
    }
    struct buf b;
    buf_init(&b, a);
    buf_puts(&b, samples.space == IMAGE_GRAY ? "/ColorSpace/DeviceGray"
                                             : "/ColorSpace/DeviceCMYK");
    buf_format(&b, "/DecodeParms<</Predictor 15/Colors %d/BitsPerComponent 8"
               "/Columns %u>>", samples.main.colors, (unsigned)samples.columns);
    buf_char(&b, '\0');
    o->dictionary = pdf_drawing_replace(o->dictionary, "/Filter/DCTDecode", "", a);
    o->dictionary = pdf_drawing_replace(o->dictionary, "/ColorSpace/DeviceRGB", b.p, a);
    o->stream = samples.main.data;
    return true;
}

bool pdf_drawing_picture(struct image_object *o, bool *recoded,
                         const struct pdf_drawing_target *target, struct arena *a,
                        struct image_problem *problem)
{
    if (!pdf_drawing_holds(o->dictionary, "/ColorSpace/DeviceRGB")) {
        return true;
    }
    *recoded = true;
    if (pdf_drawing_holds(o->dictionary, "/Filter/DCTDecode")) {
        return ink_jpeg(o, recoded, target, a, problem);
    }
    if (!pdf_drawing_holds(o->dictionary, "/BitsPerComponent 8") ||
        !pdf_drawing_holds(o->dictionary, "/Filter/FlateDecode") ||
        pdf_drawing_holds(o->dictionary, "/DecodeParms")) {
        return pdf_drawing_refuse(problem, "has a picture that cannot be printed");
    }
    o->dictionary = pdf_drawing_replace(o->dictionary, "/Filter/FlateDecode", "", a);
    return pdf_drawing_inflate(&o->stream, a, problem) &&
           ink_samples(o, target, a, problem);
}

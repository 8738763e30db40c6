/* SPDX-License-Identifier: MIT
 *
 * Colours and pictures to what a press prints. Grey is black ink and stays as it is;
 * so does CMYK, because whoever mixed inks meant them: a profile in such a picture is
 * not followed. RGB goes through Little CMS, from the picture's own profile or sRGB to
 * the press's. A picture in which no pixel has a colour is grey, however it is stored:
 * black lines must not be printed from four plates. Other RGB may be left to the printer,
 * with its profile; then it is converted all the same, to see how much ink it will be. */
#include "image/formats.h"

enum { INKS = 4, RGB = 3, WIDE = 65535, WHOLE = 1000,
       BLOCK = 4096 /* pixels at a time, where there are no rows */ };

void image_press_done(struct image_press *press)
{
    image_transform_close(press->colors);
    image_transform_close(press->pixels);
    press->colors = press->pixels = NULL;
}

static bool open_for(const struct image_press *press, str from, bool wide,
                     struct image_transform **out, struct image_problem *problem)
{
    return image_transform_open(
        &(struct image_conversion){
            .from = from, .to = press->profile, .from_colors = RGB, .to_colors = INKS,
            .intent = press->intent, .black_point = press->black_point, .wide = wide},
        out, problem);
}

bool image_press_color(struct image_press *press, const uint16_t rgb[3], uint16_t ink[4],
                       struct image_problem *problem)
{
    uint16_t from[RGB], to[INKS];
    if (!press->colors && !open_for(press, STR_NONE, true, &press->colors, problem)) {
        return false;
    }
    for (int i = 0; i < RGB; i++) {
        from[i] = (uint16_t)((uint32_t)rgb[i] * WIDE / WHOLE);
    }
    image_transform_row(press->colors, from, to, 1);
    for (int i = 0; i < INKS; i++) {
        ink[i] = (uint16_t)(((uint32_t)to[i] * WHOLE + WIDE / 2) / WIDE);
    }
    return true;
}

/* --- Pictures --- */

/* A picture on its way. */
struct work {
    struct image_press *press;
    struct image_samples *out;
    uint8_t *rgb;          /* of all rows, while they are read */
    uint32_t columns;
    bool neutral;          /* so far */
};

static void measure(struct work *w, const uint8_t *inks, size_t pixels)
{
    uint32_t limit = w->press->max_ink;
    for (size_t i = 0; i < pixels; i++, inks += INKS) {
        uint32_t sum = (uint32_t)inks[0] + inks[1] + inks[2] + inks[3];
        uint32_t ink = sum * WHOLE / 255;
        w->out->most_ink = ink > w->out->most_ink ? ink : w->out->most_ink;
        w->out->over += ink > limit;
    }
}

static void take_rgb(void *context, uint32_t row, uint8_t *samples)
{
    struct work *w = context;
    size_t n = (size_t)w->columns * RGB;
    uint8_t *to = w->rgb + row * n;
    for (size_t i = 0; i < n; i += RGB) {
        to[i] = samples[i];
        to[i + 1] = samples[i + 1];
        to[i + 2] = samples[i + 2];
        w->neutral = w->neutral && samples[i] == samples[i + 1] &&
                     samples[i] == samples[i + 2];
    }
}

static void take_inks(void *context, uint32_t row, uint8_t *samples)
{
    struct work *w = context;
    (void)row;
    measure(w, samples, w->columns);
}

/* To the press's, by the picture's own profile or as sRGB; `*own` is to be closed. */
static bool find_transform(struct work *w, struct image_transform ***t,
                           struct image_transform **own, struct image_problem *problem)
{
    str profile = w->out->profile;
    *own = NULL;
    *t = profile.n ? own : &w->press->pixels;
    return **t || open_for(w->press, profile, false, *t, problem);
}

/* Whether the picture stays RGB. */
static bool keeps(const struct work *w)
{
    return w->press->keep_rgb && !w->neutral;
}

/* How much ink colours will be that stay RGB. */
static bool foresee(struct work *w, str rgb, struct image_problem *problem)
{
    struct image_transform *own, **t;
    uint8_t inks[BLOCK * INKS];
    if (!find_transform(w, &t, &own, problem)) {
        return false;
    }
    for (size_t at = 0; at < rgb.n; at += (size_t)BLOCK * RGB) {
        size_t n = rgb.n - at < (size_t)BLOCK * RGB ? rgb.n - at : (size_t)BLOCK * RGB;
        image_transform_row(*t, rgb.p + at, inks, (uint32_t)(n / RGB));
        measure(w, inks, n / RGB);
    }
    image_transform_close(own);
    return true;
}

/* Colours, RGB, to what is printed: three bytes to four, or to one. */
static bool convert(struct work *w, str rgb, str *out, struct arena *a,
                    struct image_problem *problem)
{
    size_t pixels = rgb.n / RGB, stride = (size_t)w->columns * RGB;
    uint8_t *to = arena_alloc_raw(a, pixels * (w->neutral ? 1 : INKS));
    *out = (str){(const char *)to, pixels * (w->neutral ? 1 : INKS)};
    for (size_t i = 0; w->neutral && i < pixels; i++) {
        to[i] = (uint8_t)rgb.p[i * RGB];
    }
    if (w->neutral) {
        return true;
    }
    struct image_transform *own, **t;
    if (!find_transform(w, &t, &own, problem)) {
        return false;
    }
    for (size_t at = 0, done = 0; at < rgb.n; at += stride, done += w->columns) {
        size_t n = rgb.n - at < stride ? rgb.n - at : stride;
        image_transform_row(*t, rgb.p + at, to + done * INKS, (uint32_t)(n / RGB));
    }
    image_transform_close(own);
    measure(w, to, pixels);
    return true;
}

static bool is_neutral(str rgb)
{
    for (size_t i = 0; i + 2 < rgb.n; i += RGB) {
        if (rgb.p[i] != rgb.p[i + 1] || rgb.p[i] != rgb.p[i + 2]) {
            return false;
        }
    }
    return true;
}

bool image_press_pixels(struct image_press *press, str *pixels,
                        struct image_samples *out, struct arena *a,
                        struct image_problem *problem)
{
    struct work w = {.press = press, .out = out, .columns = BLOCK,
                     .neutral = is_neutral(*pixels)};
    *out = (struct image_samples){.space = w.neutral ? IMAGE_GRAY : IMAGE_CMYK};
    if (keeps(&w)) {
        out->space = IMAGE_RGB;
        return foresee(&w, *pixels, problem);
    }
    return convert(&w, *pixels, pixels, a, problem);
}

/* Rows of RGB become rows of ink, filtered. */
static bool convert_rows(struct work *w, str rgb, struct arena *a,
                         struct image_problem *problem)
{
    str rows;
    if (!convert(w, rgb, &rows, a, problem)) {
        return false;
    }
    int colors = w->neutral ? 1 : INKS;
    size_t stride = (size_t)w->columns * (size_t)colors;
    w->out->space = w->neutral ? IMAGE_GRAY : IMAGE_CMYK;
    w->out->main = (struct image_plane){IMAGE_FILTERED, colors, 8,
                                        image_filter(rows, stride, (size_t)colors, a)};
    return true;
}

/* Its own profile, if it can be followed. */
static void settle_profile(struct image_samples *out, enum image_space space,
                           struct arena *a)
{
    if (out->profile.n) {
        out->remark = image_check_profile(&out->profile, space, a);
    }
}

/* As a file for screens would have them, but with what was foreseen. */
static bool keep_samples(struct work *w, const struct image *image, struct arena *a,
                         struct image_problem *problem)
{
    uint32_t most = w->out->most_ink;
    uint64_t over = w->out->over;
    bool good = image_samples(image, a, w->out, problem);
    w->out->most_ink = most;
    w->out->over = over;
    return good;
}

static bool press_png(struct work *w, const struct image *image, struct arena *a,
                      struct image_problem *problem)
{
    struct image_samples *out = w->out;
    bool indexed = image->space == IMAGE_INDEXED;
    bool read = indexed ? image_png_samples(image, a, out, problem)
                        : image_png_pixels(image, a, out, problem);
    if (!read) {
        return false;
    }
    settle_profile(out, image->space, a);
    str rgb = indexed ? out->palette : out->main.data;
    w->neutral = is_neutral(rgb);
    if (keeps(w)) {
        return foresee(w, rgb, problem) && keep_samples(w, image, a, problem);
    }
    if (indexed) {
        out->base = w->neutral ? IMAGE_GRAY : IMAGE_CMYK;
        return convert(w, rgb, &out->palette, a, problem);
    }
    return convert_rows(w, rgb, a, problem);
}

static bool press_jpeg(struct work *w, const struct image *image, struct arena *a,
                       struct image_problem *problem)
{
    size_t n = (size_t)image->columns * image->rows * RGB;
    w->rgb = arena_alloc_raw(a, n);
    w->out->profile = image_jpeg_profile(image, a);
    settle_profile(w->out, image->space, a);
    if (!image_jpeg_rows(image, take_rgb, w, problem)) {
        return false;
    }
    str rgb = {(const char *)w->rgb, n};
    return keeps(w) ? foresee(w, rgb, problem) && keep_samples(w, image, a, problem)
                    : convert_rows(w, rgb, a, problem);
}

bool image_press_samples(struct image_press *press, const struct image *image,
                         struct arena *a, struct image_samples *out,
                         struct image_problem *problem)
{
    struct work w = {.press = press, .out = out, .columns = image->columns,
                     .neutral = true};
    *out = (struct image_samples){.columns = image->columns, .rows = image->rows,
                                  .space = image->space};
    bool good;
    if (image->space == IMAGE_GRAY || image->space == IMAGE_CMYK) {
        good = image_samples(image, a, out, problem) &&
               (image->space == IMAGE_GRAY ||
                image_jpeg_rows(image, take_inks, &w, problem));
    } else if (image->type == IMAGE_PNG) {
        good = press_png(&w, image, a, problem);
    } else {
        good = press_jpeg(&w, image, a, problem);
    }
    bool indexed = out->space == IMAGE_INDEXED;
    if ((indexed ? out->base : out->space) != IMAGE_RGB) {
        out->profile = STR_NONE;
    }
    return good;
}

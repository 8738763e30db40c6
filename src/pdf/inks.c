/* SPDX-License-Identifier: MIT
 *
 * Each colour is converted once. A note has few, so they are looked for one by one, the
 * last ones first. Spot colours become Separation spaces, whose alternate is the CMYK
 * that the layout says for all of the ink. */
#include "pdf/inks.h"

#include "pdf/image.h"
#include "pdf/syntax.h"

enum { WHOLE = 1000, PLATES = 4 };

void pdf_inks_init(struct pdf_inks *inks, const struct page_list *pages,
                   const struct pdf_print *print, struct arena *a,
                   struct diag_sink *sink)
{
    *inks = (struct pdf_inks){
        .print = print, .palette = &pages->palette, .arena = a, .sink = sink,
        .press = {.profile = print->profile, .intent = print->intent,
                  .black_point = print->black_point, .max_ink = print->max_ink,
                  .keep_rgb = print->keep_rgb},
    };
}

void pdf_inks_done(struct pdf_inks *inks)
{
    image_press_done(&inks->press);
}

static uint16_t spot_number(struct pdf_inks *inks, const struct color_plates *plates)
{
    size_t i = 0;
    while (i < inks->spots.n && !str_eq(inks->spots.v[i]->spot, plates->spot)) {
        i++;
    }
    if (i == inks->spots.n) {
        vec_push(inks->arena, &inks->spots, plates);
    }
    return (uint16_t)(i + 1);
}

/* An amount of a spot colour is one ink; else that of all plates. */
static uint32_t amount(const struct color *printed)
{
    uint32_t sum = 0;
    for (int i = 0; i < (printed->name ? 1 : PLATES); i++) {
        sum += printed->part[i];
    }
    return sum;
}

static struct place place_of(const struct pdf_shown *shown)
{
    return shown->page ? page_place_of(shown->page, shown->item) : shown->at;
}

/* As its author would write it. */
static void put_color(struct buf *b, const struct pdf_inks *inks, struct color color)
{
    const struct color_plates *plates = color_plates_of(inks->palette, color);
    if (plates) {
        buf_put(b, plates->name);
    } else if (color.space != COLOR_CMYK) {
        color_put_hex(b, color);
    } else {
        for (int i = 0; i < PLATES; i++) {
            buf_puts(b, i ? ", " : "cmyk(");
            buf_decimal(b, color.part[i], 1);
        }
        buf_char(b, ')');
    }
}

static void check_amount(struct pdf_inks *inks, struct color color,
                         const struct color *printed, const struct pdf_shown *shown)
{
    uint32_t ink = amount(printed), most = inks->print->max_ink;
    if (ink <= most) {
        return;
    }
    struct buf name;
    buf_init(&name, inks->sink->arena);
    put_color(&name, inks, color);
    diag_report(inks->sink, DIAG_TOO_MUCH_INK, place_of(shown),
                "mix it with less, or allow more: `max-ink` in `print:`",
                "%s in the colour `%.*s` has %u %% of ink, and %u %% is the most",
                shown->what, STR_ARG(buf_str(&name)), ink / 10, most / 10);
    inks->failed = true;
}

static struct color from_plates(struct pdf_inks *inks, const struct color_plates *plates)
{
    struct color c = {.space = COLOR_CMYK};
    if (plates->spot.n) {
        c.name = spot_number(inks, plates);
        c.part[0] = plates->tint;
        return c;
    }
    for (int i = 0; i < PLATES; i++) {
        c.part[i] = plates->ink[i];
    }
    return c;
}

static struct color convert(struct pdf_inks *inks, struct color color,
                            const struct pdf_shown *shown)
{
    const struct color_plates *plates = color_plates_of(inks->palette, color);
    struct color c = {.space = COLOR_CMYK};
    struct image_problem problem;
    if (plates) {
        return from_plates(inks, plates);
    }
    if (color.space == COLOR_CMYK) {
        color.name = 0;
        return color;
    }
    if (color.space == COLOR_GRAY) {
        c.part[PLATES - 1] = (uint16_t)(WHOLE - color.part[0]);
    } else if (!inks->failed &&
               !image_press_color(&inks->press, color.part, c.part, &problem)) {
        diag_report(inks->sink, DIAG_PRESS_PROFILE, place_of(shown),
                    str_copy(inks->sink->arena, problem.hint).p,
                    "no colour can be converted: this %.*s", STR_ARG(problem.what));
        inks->failed = true;
    }
    return c;
}

/* Not neutral, and nobody said what it is in inks. */
static bool is_rgb(const struct pdf_inks *inks, struct color color)
{
    return color.space == COLOR_RGB && !color_plates_of(inks->palette, color);
}

struct color pdf_inks_of(struct pdf_inks *inks, struct color color,
                         const struct pdf_shown *shown)
{
    for (size_t i = inks->known.n; i > 0; i--) {
        if (color_eq(inks->known.v[i - 1].color, color)) {
            return inks->known.v[i - 1].printed;
        }
    }
    struct pdf_ink ink = {color, convert(inks, color, shown)};
    check_amount(inks, color, &ink.printed, shown);
    if (inks->print->keep_rgb && is_rgb(inks, color)) {
        inks->keeps = true;
        ink.printed = color;
        ink.printed.name = PDF_RGB;
    }
    vec_push(inks->arena, &inks->known, ink);
    return ink.printed;
}

void pdf_inks_check(struct pdf_inks *inks, const struct image_samples *samples, str name,
                    struct place at)
{
    if (samples->over) {
        diag_report(inks->sink, DIAG_HEAVY_IMAGE, at,
                    "convert it for this press, or allow more: `max-ink` in `print:`",
                    "`%.*s` has up to %u %% of ink, and %u %% is the most", STR_ARG(name),
                    (unsigned)samples->most_ink / 10, (unsigned)inks->press.max_ink / 10);
    }
}

bool pdf_inks_is_black(struct color printed)
{
    return printed.space == COLOR_CMYK && !printed.name && !printed.part[0] &&
           !printed.part[1] && !printed.part[2] && printed.part[3] == WHOLE;
}

static void put_separation(struct buf *out, const struct color_plates *plates)
{
    buf_puts(out, "[/Separation");
    pdf_put_name(out, plates->spot);
    buf_puts(out, "/DeviceCMYK<</FunctionType 2/Domain[0 1]/N 1/C0[0 0 0 0]/C1[");
    for (int i = 0; i < PLATES; i++) {
        buf_puts(out, i ? " " : "");
        buf_decimal(out, plates->ink[i], 3);
    }
    buf_puts(out, "]>>]");
}

void pdf_put_rgb_space(struct buf *out, struct pdf_inks *inks)
{
    buf_puts(out, "/sRGB[/ICCBased");
    pdf_put_ref(out, pdf_images_rgb(inks->images));
    buf_char(out, ']');
}

void pdf_put_inks(struct buf *out, struct pdf_inks *inks)
{
    bool spaces = inks->spots.n || inks->keeps;
    buf_puts(out, spaces ? "/ColorSpace<<" : "");
    if (inks->keeps) {
        pdf_put_rgb_space(out, inks);
    }
    for (size_t i = 0; i < inks->spots.n; i++) {
        buf_format(out, "/S%zu", i + 1);
        put_separation(out, inks->spots.v[i]);
    }
    buf_puts(out, spaces ? ">>" : "");
    buf_puts(out, "/ExtGState<<" PDF_INK_STATES ">>");
}

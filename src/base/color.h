/* base/color.h: colours as the note's author named them.
 *
 * Components are in thousandths. What a colour becomes in the file (grey, RGB, plates)
 * is decided by pdf/. */
#ifndef INFONOTE_BASE_COLOR_H
#define INFONOTE_BASE_COLOR_H

#include "base/buf.h"

enum color_space {
    COLOR_GRAY, COLOR_RGB, COLOR_CMYK,
    COLOR_NONE, /* nothing is drawn; only where a field says that it may be */
};

struct color {
    uint8_t space;   /* enum color_space */
    uint16_t part[4]; /* 0..1000; grey: 0 is black; CMYK: 0 is no ink */
    uint16_t name;   /* its place in a palette, from 1: what presses print; 0: none */
};

#define COLOR_BLACK ((struct color){COLOR_GRAY, {0}, 0})

/* What a press prints of a colour whose author said so. */
struct color_plates {
    str name;        /* as the author calls the colour */
    uint16_t ink[4]; /* thousandths of cyan, magenta, yellow, black; of a spot colour,
                        what stands for all of its ink where there is none */
    str spot;        /* an ink of its own, by the name that printers know; empty: none */
    uint16_t tint;   /* thousandths of that ink */
};

struct color_palette {
    const struct color_plates *v;
    size_t n;
};

/* What presses print of it; NULL: nothing was said. */
const struct color_plates *color_plates_of(const struct color_palette *p,
                                           struct color c);

/* Reads "#rgb", "#rrggbb", "black", "white", "gray(50%)", "rgb(31, 78, 121)" (0..255) or
 * "cmyk(100, 60, 0, 10)" (percent). Neutral RGB values become COLOR_GRAY. */
bool color_parse(str text, struct color *out);

/* How a screen shows it: plates become RGB, and neutral ones grey. */
struct color color_on_screen(struct color c);

/* "#1f4e79", as a screen shows it. */
void color_put_hex(struct buf *out, struct color c);

/* The contrast of two colours by WCAG 2, in hundredths: 100 (equal) to 2100 (black on
 * white). */
int32_t color_contrast(struct color a, struct color b);

bool color_eq(struct color a, struct color b);

#endif

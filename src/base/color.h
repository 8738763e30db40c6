/* base/color.h: colours as the note's author named them.
 *
 * Components are in thousandths. What a colour becomes in the file (grey, RGB, plates)
 * is decided by pdf/. */
#ifndef INFONOTE_BASE_COLOR_H
#define INFONOTE_BASE_COLOR_H

#include "base/str.h"

enum color_space { COLOR_GRAY, COLOR_RGB, COLOR_CMYK };

struct color {
    uint8_t space;   /* enum color_space */
    uint16_t part[4]; /* 0..1000; grey: 0 is black; CMYK: 0 is no ink */
};

#define COLOR_BLACK ((struct color){COLOR_GRAY, {0}})

/* Reads "#rgb", "#rrggbb", "black", "white", "gray(50%)", "rgb(31, 78, 121)" (0..255) or
 * "cmyk(100, 60, 0, 10)" (percent). Neutral RGB values become COLOR_GRAY. */
bool color_parse(str text, struct color *out);

bool color_eq(struct color a, struct color b);

#endif

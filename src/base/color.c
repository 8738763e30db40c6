/* SPDX-License-Identifier: MIT */
#include "base/color.h"

#include "base/len.h"

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static struct color from_rgb(const int byte[3])
{
    struct color c = {.space = COLOR_RGB};
    for (int i = 0; i < 3; i++) {
        c.part[i] = (uint16_t)len_muldiv(byte[i], 1000, 255);
    }
    if (byte[0] == byte[1] && byte[1] == byte[2]) {
        c = (struct color){COLOR_GRAY, {c.part[0]}};
    }
    return c;
}

static bool parse_hex(str text, struct color *out)
{
    size_t per = text.n == 7 ? 2 : text.n == 4 ? 1 : 0;
    int byte[3];
    if (!per) {
        return false;
    }
    for (size_t i = 0; i < 3; i++) {
        int high = hex_digit(text.p[1 + i * per]);
        int low = hex_digit(text.p[i * per + per]);
        if (high < 0 || low < 0) {
            return false;
        }
        byte[i] = high * 16 + low;
    }
    *out = from_rgb(byte);
    return true;
}

enum { PERCENT = 100, BYTE = 255 }; /* the most that a component may be */

/* Reads `n` numbers up to `most` between the parentheses, in thousandths. */
static bool parse_numbers(str inside, int n, int32_t most, int32_t *out)
{
    for (int i = 0; i < n; i++) {
        if (str_find_char(inside, ',', NULL) != (i < n - 1)) {
            return false;
        }
        str number = str_trim(str_cut(inside, ',', &inside));
        if (most == PERCENT && str_ends(number, STR("%"))) {
            number = str_sub(number, 0, number.n - 1);
        }
        if (!len_parse_milli(number, &out[i]) || out[i] < 0 || out[i] > most * 1000) {
            return false;
        }
    }
    return true;
}

static bool parse_call(str name, str inside, struct color *out)
{
    int32_t v[4];
    if (str_is(name, "gray") || str_is(name, "grey")) {
        if (!parse_numbers(inside, 1, PERCENT, v)) {
            return false;
        }
        *out = (struct color){COLOR_GRAY, {(uint16_t)(v[0] / 100)}};
        return true;
    }
    if (str_is(name, "rgb")) {
        if (!parse_numbers(inside, 3, BYTE, v)) {
            return false;
        }
        *out = from_rgb((int[3]){v[0] / 1000, v[1] / 1000, v[2] / 1000});
        return true;
    }
    if (!str_is(name, "cmyk") || !parse_numbers(inside, 4, PERCENT, v)) {
        return false;
    }
    *out = (struct color){.space = COLOR_CMYK};
    for (int i = 0; i < 4; i++) {
        out->part[i] = (uint16_t)(v[i] / 100);
    }
    return true;
}

bool color_parse(str text, struct color *out)
{
    text = str_trim(text);
    if (str_is(text, "black") || str_is(text, "white")) {
        *out = (struct color){COLOR_GRAY, {str_is(text, "white") ? 1000 : 0}};
        return true;
    }
    if (str_starts(text, STR("#"))) {
        return parse_hex(text, out);
    }
    str inside;
    str name = str_cut(text, '(', &inside);
    if (!str_ends(inside, STR(")"))) {
        return false;
    }
    return parse_call(str_trim(name), str_sub(inside, 0, inside.n - 1), out);
}

bool color_eq(struct color a, struct color b)
{
    return a.space == b.space && a.part[0] == b.part[0] && a.part[1] == b.part[1] &&
           a.part[2] == b.part[2] && a.part[3] == b.part[3];
}

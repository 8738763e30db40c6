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
        c = (struct color){COLOR_GRAY, {c.part[0]}, 0};
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
        *out = (struct color){COLOR_GRAY, {(uint16_t)(v[0] / 100)}, 0};
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
        *out = (struct color){COLOR_GRAY, {str_is(text, "white") ? 1000 : 0}, 0};
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
    return a.space == b.space && a.name == b.name && a.part[0] == b.part[0] &&
           a.part[1] == b.part[1] && a.part[2] == b.part[2] && a.part[3] == b.part[3];
}

const struct color_plates *color_plates_of(const struct color_palette *p,
                                           struct color c)
{
    return c.name && c.name <= p->n ? &p->v[c.name - 1] : NULL;
}

struct color color_on_screen(struct color c)
{
    c.name = 0;
    if (c.space != COLOR_CMYK) {
        return c;
    }
    struct color rgb = {.space = COLOR_RGB};
    for (int i = 0; i < 3; i++) {
        rgb.part[i] = (uint16_t)((1000 - c.part[i]) * (1000 - c.part[3]) / 1000);
    }
    bool neutral = rgb.part[0] == rgb.part[1] && rgb.part[1] == rgb.part[2];
    rgb.space = neutral ? COLOR_GRAY : COLOR_RGB;
    return rgb;
}

static int part_of(struct color screen, int i)
{
    return screen.part[screen.space == COLOR_GRAY ? 0 : i];
}

void color_put_hex(struct buf *out, struct color c)
{
    struct color screen = color_on_screen(c);
    buf_char(out, '#');
    for (int i = 0; i < 3; i++) {
        buf_format(out, "%02x", (unsigned)len_muldiv(part_of(screen, i), 255, 1000));
    }
}

/* Light, from 0 to ONE, of a component in thousandths: the curve of sRGB, whose power of
 * 2.4 is the fifth root of the twelfth power; found by bisection, without a fraction. */
static const int64_t ONE = 1000000000000000000;

static int64_t power(int64_t x, int n)
{
    int64_t result = ONE;
    while (n-- > 0) {
        result = len_muldiv(result, x, ONE);
    }
    return result;
}

static int64_t light_of(int part)
{
    int64_t c = (int64_t)part * (ONE / 1000);
    if (part <= 40) {
        return len_muldiv(c, 100, 1292);
    }
    int64_t twelfth = power(len_muldiv(c + ONE / 1000 * 55, 1000, 1055), 12);
    int64_t low = 0, high = ONE;
    while (high - low > ONE / 1000000) {
        int64_t middle = low + (high - low) / 2;
        *(power(middle, 5) <= twelfth ? &low : &high) = middle;
    }
    return low;
}

static int64_t luminance(struct color c)
{
    static const int WEIGHTS[] = {2126, 7152, 722};
    struct color screen = color_on_screen(c);
    if (screen.space == COLOR_GRAY) {
        return light_of(screen.part[0]);
    }
    int64_t sum = 0;
    for (int i = 0; i < 3; i++) {
        sum += light_of(part_of(screen, i)) / 10000 * WEIGHTS[i];
    }
    return sum;
}

int32_t color_contrast(struct color a, struct color b)
{
    int64_t one = luminance(a), other = luminance(b);
    int64_t lighter = one > other ? one : other, darker = one > other ? other : one;
    return (int32_t)len_muldiv(lighter + ONE / 20, 100, darker + ONE / 20);
}

/* SPDX-License-Identifier: MIT
 *
 * JPEG files in CMYK or YCCK to RGB: decoded, then converted to sRGB by the profile in
 * the file, or without one by a model of offset printing on coated paper: the Neugebauer
 * equations, in linear light. Of the sixteen ways in which four inks can
 * lie on each other, each covers the share of paper that chance gives it; its colour is
 * the one measured for FOGRA39 (ISO 12647-2), relative to the paper. Dots print larger
 * than they are in the file: a share of a becomes a + 0.56 a (1 - a). Against all 1617
 * colours of FOGRA39 the model is 5 of 255 off (root mean square); the common
 * (1 - c) (1 - k) is 31 off. */
#include "image/formats.h"

enum {
    ONE = 65535,      /* of light */
    WHOLE = 1 << 16,  /* of paper */
    INKS = 4,
};

/* Linear light from which on an 8-bit value of sRGB is one more: 1 begins at [0]. */
static const uint16_t STEPS[255] = {
    10, 30, 50, 70, 90, 109, 129, 149, 169, 189, 209, 230, 252, 276, 300, 326, 353,
    382, 411, 442, 475, 508, 543, 580, 618, 657, 697, 739, 783, 828, 874, 922, 971,
    1022, 1075, 1129, 1184, 1241, 1300, 1360, 1422, 1485, 1550, 1617, 1685, 1755, 1826,
    1900, 1975, 2051, 2130, 2210, 2292, 2375, 2460, 2547, 2636, 2727, 2819, 2914, 3010,
    3107, 3207, 3309, 3412, 3517, 3624, 3733, 3844, 3957, 4071, 4188, 4306, 4427, 4549,
    4673, 4800, 4928, 5058, 5190, 5325, 5461, 5599, 5739, 5881, 6026, 6172, 6320, 6471,
    6623, 6778, 6935, 7093, 7254, 7417, 7582, 7750, 7919, 8090, 8264, 8440, 8618, 8798,
    8980, 9165, 9351, 9540, 9731, 9925, 10120, 10318, 10518, 10720, 10924, 11131,
    11340, 11551, 11765, 11981, 12199, 12419, 12642, 12867, 13094, 13324, 13556, 13790,
    14027, 14266, 14508, 14751, 14998, 15246, 15497, 15750, 16006, 16264, 16525, 16788,
    17053, 17321, 17591, 17864, 18139, 18416, 18696, 18979, 19264, 19551, 19841, 20134,
    20429, 20726, 21026, 21329, 21634, 21941, 22251, 22564, 22879, 23197, 23517, 23840,
    24165, 24493, 24824, 25157, 25493, 25831, 26172, 26516, 26862, 27211, 27562, 27916,
    28273, 28632, 28994, 29359, 29726, 30096, 30469, 30844, 31222, 31603, 31986, 32372,
    32761, 33153, 33547, 33944, 34344, 34746, 35151, 35559, 35970, 36383, 36799, 37218,
    37640, 38064, 38492, 38922, 39354, 39790, 40228, 40670, 41114, 41560, 42010, 42463,
    42918, 43376, 43837, 44301, 44768, 45237, 45709, 46185, 46663, 47144, 47628, 48114,
    48604, 49097, 49592, 50091, 50592, 51096, 51603, 52113, 52626, 53142, 53661, 54183,
    54707, 55235, 55766, 56299, 56836, 57375, 57918, 58463, 59012, 59563, 60118, 60675,
    61235, 61799, 62365, 62935, 63507, 64083, 64661, 65243,
};

/* Linear light of paper and overprints; an ink's bit is 8 for C, 4 for M, 2 for Y, 1 for
 * K. Some are brighter or greener than sRGB can say. */
static const int32_t PRIMARIES[16][3] = {
    {65535, 65535, 65535}, /* paper */
    {1580, 1573, 1511}, /* K */
    {69950, 55816, 0}, /* Y */
    {1554, 1597, 585}, /* YK */
    {51780, 246, 14193}, /* M */
    {2030, 534, 791}, /* MK */
    {50599, 906, 1224}, /* MY */
    {1841, 751, 522}, /* MYK */
    {0, 23148, 50721}, /* C */
    {69, 1068, 1670}, /* CK */
    {0, 20589, 4151}, /* CY */
    {200, 1247, 689}, /* CYK */
    {2759, 2105, 15566}, /* CM */
    {884, 548, 1005}, /* CMK */
    {2870, 2842, 2735}, /* CMY */
    {761, 726, 587}, /* CMYK */
};

struct model {
    uint32_t share[256];      /* of paper that a sample covers */
    uint8_t encoded[ONE + 1]; /* light as sRGB has it */
};

static struct model *make_model(struct arena *a)
{
    struct model *m = arena_alloc_raw(a, sizeof *m);
    for (uint32_t i = 0; i < 256; i++) {
        uint64_t gain = (uint64_t)56 * i * (255 - i) / 25500; /* of 255 */
        m->share[i] = (uint32_t)(((uint64_t)i * WHOLE + gain * WHOLE) / 255);
    }
    for (uint32_t light = 0, value = 0; light <= ONE; light++) {
        while (value < 255 && light >= STEPS[value]) {
            value++;
        }
        m->encoded[light] = (uint8_t)value;
    }
    return m;
}

static void set_color(const struct model *m, const uint8_t *inks, uint8_t *rgb)
{
    for (size_t channel = 0; channel < 3; channel++) {
        int64_t light[16];
        for (size_t i = 0; i < 16; i++) {
            light[i] = PRIMARIES[i][channel];
        }
        for (size_t ink = 0, n = 8; ink < INKS; ink++, n /= 2) {
            int64_t share = m->share[inks[ink]];
            for (size_t i = 0; i < n; i++) {
                light[i] += (light[i + n] - light[i]) * share / WHOLE;
            }
        }
        int64_t l = light[0] < 0 ? 0 : light[0] > ONE ? ONE : light[0];
        rgb[channel] = m->encoded[l];
    }
}

static void convert_row(const struct model *m, const uint8_t *inks, uint8_t *rgb,
                        uint32_t columns)
{
    for (uint32_t x = 0; x < columns; x++, inks += INKS, rgb += 3) {
        bool same = x && inks[0] == inks[-4] && inks[1] == inks[-3] &&
                    inks[2] == inks[-2] && inks[3] == inks[-1];
        if (same) {
            rgb[0] = rgb[-3];
            rgb[1] = rgb[-2];
            rgb[2] = rgb[-1];
        } else {
            set_color(m, inks, rgb);
        }
    }
}

/* --- The picture --- */

/* What rows become, and where that goes. */
struct conversion {
    const struct model *model;
    struct image_transform *transform; /* or NULL: by the model */
    uint8_t *rgb;                      /* of all rows */
    uint32_t columns;
};

static void take_row(void *context, uint32_t row, uint8_t *inks)
{
    const struct conversion *c = context;
    uint8_t *rgb = c->rgb + (size_t)row * c->columns * 3;
    if (c->transform) {
        image_transform_row(c->transform, inks, rgb, c->columns);
    } else {
        convert_row(c->model, inks, rgb, c->columns);
    }
}

/* Relative colorimetric, with black brought to black. */
static bool open_transform(str profile, bool wide, struct image_transform **out,
                           struct image_problem *problem)
{
    return image_transform_open(
        &(struct image_conversion){.from = profile, .from_colors = INKS, .to_colors = 3,
                                   .intent = IMAGE_RELATIVE, .black_point = true,
                                   .wide = wide},
        out, problem);
}

void image_screen_done(struct image_screen *screen)
{
    image_transform_close(screen->colors);
    screen->colors = NULL;
}

bool image_screen_color(struct image_screen *screen, const uint16_t ink[4],
                        uint8_t rgb[3], struct image_problem *problem)
{
    uint16_t from[INKS], to[3];
    if (!screen->colors &&
        !open_transform(screen->profile, true, &screen->colors, problem)) {
        return false;
    }
    for (int i = 0; i < INKS; i++) {
        from[i] = (uint16_t)((uint32_t)ink[i] * ONE / 1000);
    }
    image_transform_row(screen->colors, from, to, 1);
    for (int i = 0; i < 3; i++) {
        rgb[i] = (uint8_t)(((uint32_t)to[i] * 255 + ONE / 2) / ONE);
    }
    return true;
}

bool image_cmyk_to_rgb(const struct image *image, struct arena *a,
                       struct image_samples *out, struct image_problem *problem)
{
    size_t stride = (size_t)image->columns * 3;
    struct arena scratch;
    struct conversion c = {.columns = image->columns};
    *out = (struct image_samples){.columns = image->columns, .rows = image->rows,
                                  .space = IMAGE_RGB};
    arena_init(&scratch);
    str profile = image_jpeg_profile(image, &scratch);
    if (profile.n) {
        out->remark = image_check_profile(&profile, IMAGE_CMYK, a);
    }
    bool good = !profile.n || open_transform(profile, false, &c.transform, problem);
    if (good) {
        c.model = make_model(&scratch);
        c.rgb = arena_alloc_raw(&scratch, stride * image->rows);
        good = image_jpeg_rows(image, take_row, &c, problem);
        if (good) {
            str rows = {(const char *)c.rgb, stride * image->rows};
            out->main = (struct image_plane){IMAGE_FILTERED, 3, 8,
                                             image_filter(rows, stride, 3, a)};
        }
    }
    image_transform_close(c.transform);
    arena_done(&scratch);
    return good;
}

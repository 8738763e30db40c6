/* SPDX-License-Identifier: MIT
 *
 * The first directory of a TIFF structure, as EXIF carries it: orientation, and the
 * resolution with its unit. Everything is checked against the segment's length; what does
 * not fit is left out, because a picture is not wrong for its notes. */
#include "image/formats.h"

#include "base/len.h"

enum {
    TAG_ORIENTATION = 0x0112, TAG_X_RESOLUTION = 0x011A, TAG_Y_RESOLUTION = 0x011B,
    TAG_UNIT = 0x0128,
    TYPE_SHORT = 3, TYPE_RATIONAL = 5,
    UNIT_CM = 3,
    ENTRY = 12, MOST_ENTRIES = 512,
};

struct tiff {
    str bytes;
    bool little;
};

static uint32_t get(const struct tiff *t, size_t at, size_t n)
{
    uint32_t value = 0;
    for (size_t i = 0; i < n; i++) {
        size_t k = t->little ? n - 1 - i : i;
        value = value << 8 | (at + k < t->bytes.n ? (uint8_t)t->bytes.p[at + k] : 0);
    }
    return value;
}

/* A rational in 1/1000; 0 if it is none. */
static int32_t get_milli(const struct tiff *t, uint32_t at)
{
    uint32_t above = get(t, at, 4), below = get(t, (size_t)at + 4, 4);
    if (below == 0) {
        return 0;
    }
    uint64_t milli = (uint64_t)above * 1000 / below;
    return milli > INT32_MAX ? 0 : (int32_t)milli;
}

static int32_t from_cm(int32_t milli)
{
    int64_t inch = len_muldiv(milli, 254, 100);
    return inch > INT32_MAX ? 0 : (int32_t)inch;
}

void image_read_exif(str tiff, struct image *image)
{
    struct tiff t = {tiff, str_starts(tiff, STR("II"))};
    if (tiff.n < 8 || get(&t, 2, 2) != 42) {
        return;
    }
    size_t at = get(&t, 4, 4);
    uint32_t n = get(&t, at, 2), unit = 0;
    int32_t x = 0, y = 0;
    for (uint32_t i = 0; i < n && i < MOST_ENTRIES; i++) {
        size_t entry = at + 2 + (size_t)i * ENTRY;
        uint32_t tag = get(&t, entry, 2), type = get(&t, entry + 2, 2);
        uint32_t small = get(&t, entry + 8, 2), offset = get(&t, entry + 8, 4);
        if (tag == TAG_ORIENTATION && type == TYPE_SHORT && small >= IMAGE_UPRIGHT &&
            small <= IMAGE_COUNTER_TURN) {
            image->turn = (enum image_turn)small;
        } else if (tag == TAG_UNIT && type == TYPE_SHORT) {
            unit = small;
        } else if (tag == TAG_X_RESOLUTION && type == TYPE_RATIONAL) {
            x = get_milli(&t, offset);
        } else if (tag == TAG_Y_RESOLUTION && type == TYPE_RATIONAL) {
            y = get_milli(&t, offset);
        }
    }
    if (x && y && image->ppi_x == 0 && unit != 1) { /* 1: no unit but a ratio */
        image->ppi_x = unit == UNIT_CM ? from_cm(x) : x;
        image->ppi_y = unit == UNIT_CM ? from_cm(y) : y;
    }
}

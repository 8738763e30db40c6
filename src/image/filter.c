/* SPDX-License-Identifier: MIT
 *
 * PNG's filters (PNG, part 9), which PDF knows as predictors. Each row gets the one whose
 * bytes, as signed numbers, have the smallest sum: the customary guess at what deflate
 * likes best. */
#include "image/formats.h"

#include <stdlib.h>
#include <string.h>

enum filter { NONE, SUB, UP, AVERAGE, PAETH, FILTERS };

static uint8_t paeth(int left, int up, int corner)
{
    int by_left = abs(up - corner), by_up = abs(left - corner);
    int by_corner = abs(left + up - 2 * corner);
    if (by_left <= by_up && by_left <= by_corner) {
        return (uint8_t)left;
    }
    return (uint8_t)(by_up <= by_corner ? up : corner);
}

static uint8_t predict(enum filter filter, int left, int up, int corner)
{
    switch (filter) {
    case SUB: return (uint8_t)left;
    case UP: return (uint8_t)up;
    case AVERAGE: return (uint8_t)((left + up) / 2);
    case PAETH: return paeth(left, up, corner);
    default: return 0;
    }
}

/* A row, the one above it (zeros above the first), and how its bytes are grouped. */
struct row {
    const uint8_t *at, *above;
    size_t n, step;
};

/* Writes the filtered row behind its filter's number; gives the sum. */
static uint64_t apply(const struct row *r, enum filter filter, uint8_t *out)
{
    uint64_t sum = 0;
    *out++ = (uint8_t)filter;
    for (size_t i = 0; i < r->n; i++) {
        bool inside = i >= r->step;
        int left = inside ? r->at[i - r->step] : 0;
        int corner = inside ? r->above[i - r->step] : 0;
        out[i] = (uint8_t)(r->at[i] - predict(filter, left, r->above[i], corner));
        sum += out[i] < 128 ? out[i] : 256u - out[i];
    }
    return sum;
}

str image_filter(str rows, size_t stride, size_t step, struct arena *a)
{
    size_t n = rows.n / stride;
    char *out = arena_alloc_raw(a, n * (stride + 1));
    uint8_t *tried = arena_alloc_raw(a, stride + 1);
    struct row r = {.above = arena_alloc(a, stride), .n = stride, .step = step};
    for (size_t y = 0; y < n; y++) {
        uint8_t *best = (uint8_t *)out + y * (stride + 1);
        r.at = (const uint8_t *)rows.p + y * stride;
        uint64_t least = apply(&r, NONE, best);
        for (int filter = SUB; filter < FILTERS && least; filter++) {
            uint64_t sum = apply(&r, (enum filter)filter, tried);
            if (sum < least) {
                least = sum;
                memcpy(best, tried, stride + 1);
            }
        }
        r.above = r.at;
    }
    return (str){out, n * (stride + 1)};
}

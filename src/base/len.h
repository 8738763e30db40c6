/* base/len.h: lengths.
 *
 * One integer unit from the layout file to the page list: 1/1024 of a PostScript
 * point (1/72 inch). Layout is therefore the same on every machine and its dumps can
 * be compared byte for byte. Sums over whole documents use `len64`; only pdf/ makes
 * decimal numbers of them. */
#ifndef INFONOTE_BASE_LEN_H
#define INFONOTE_BASE_LEN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

typedef int32_t len;   /* 1/1024 pt; up to about 2 million pt */
typedef int64_t len64; /* the same unit, for sums and products */

#define LEN_PT 1024
#define LEN_MAX INT32_MAX
#define PT(points) ((len)((points) * LEN_PT))

/* The same as the next, by 128 bits. */
len64 len_muldiv_wide(len64 a, len64 b, len64 c);

/* a * b / c, rounded to nearest, halves away from zero; c > 0. The product may be larger
 * than 64 bits; a result that is becomes the nearest that is not. */
static inline len64 len_muldiv(len64 a, len64 b, len64 c)
{
    const len64 large = INT64_MAX / 2; /* half of `c` can be added to less than that */
    len64 product;
    if (__builtin_mul_overflow(a, b, &product) || product >= large || product <= -large) {
        return len_muldiv_wide(a, b, c);
    }
    return product >= 0 ? (product + c / 2) / c : -((-product + c / 2) / c);
}

/* What a length is written in. The absolute ones are all fixed multiples of a point;
 * `em`, `ex` and `%` need a context. */
enum len_unit { LEN_UNIT_PT, LEN_UNIT_MM, LEN_UNIT_CM, LEN_UNIT_IN, LEN_UNIT_PC,
                LEN_UNIT_EM, LEN_UNIT_EX, LEN_UNIT_PERCENT };

/* A length as written: absolute ones are already in `len`; for em, ex and percent
 * `amount` is in 1/1000 of the unit. */
struct len_spec {
    enum len_unit unit;
    int32_t amount;
};

enum len_error { LEN_OK, LEN_NOT_A_NUMBER, LEN_NO_UNIT, LEN_UNKNOWN_UNIT, LEN_TOO_LARGE };

/* Reads "12.5mm", "-3 pt", "1.2em", "80%"; "0" needs no unit. Decimal digits and one
 * '.' only: no exponents, no infinities, no locale. */
enum len_error len_parse(str text, struct len_spec *out);

/* Resolves against a font size (em), its x-height (ex) and what 100 % is. What would be
 * beyond LEN_MAX becomes LEN_MAX. */
len len_resolve(struct len_spec spec, len em, len ex, len whole);

/* A length in hundredths of an absolute unit, whose name goes to `*name`; for a relative
 * one in points. */
len64 len_in_unit(len64 value, enum len_unit unit, const char **name);

/* Reads a decimal number into thousandths: "1.25" gives 1250. */
bool len_parse_milli(str text, int32_t *out);

#endif

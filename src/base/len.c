/* SPDX-License-Identifier: MIT */
#include "base/len.h"

__extension__ typedef __int128 wide; /* a product of two 64-bit numbers fits */

len64 len_muldiv_wide(len64 a, len64 b, len64 c)
{
    wide product = (wide)a * b;
    wide half = c / 2;
    wide result = product >= 0 ? (product + half) / c : -((-product + half) / c);
    if (result > INT64_MAX) {
        return INT64_MAX;
    }
    return result < -INT64_MAX ? -INT64_MAX : (len64)result;
}

static len clamp(len64 value)
{
    return value > LEN_MAX ? LEN_MAX : value < -LEN_MAX ? -LEN_MAX : (len)value;
}

/* Decimal places kept while reading: enough for 1/1024 pt from inches. */
enum { PLACES = 6 };
static const int64_t MILLIONTH = 1000000;
static const int64_t INTEGER_MAX = 100000000;

/* Reads [+-]digits[.digits] into millionths; gives the bytes read, 0 for none. */
static size_t parse_millionths(str s, int64_t *out)
{
    size_t i = 0;
    bool negative = s.n && s.p[0] == '-';
    if (s.n && (s.p[0] == '-' || s.p[0] == '+')) {
        i++;
    }
    int64_t value = 0;
    int places = -1; /* -1: still before the point */
    size_t digits = 0;
    for (; i < s.n; i++) {
        char c = s.p[i];
        if (c == '.' && places < 0) {
            places = 0;
        } else if (c >= '0' && c <= '9') {
            digits++;
            if (places < 0) {
                value = value > INTEGER_MAX ? value : value * 10 + (c - '0');
            } else if (places < PLACES) {
                value = value * 10 + (c - '0');
                places++;
            }
        } else {
            break;
        }
    }
    for (int k = places < 0 ? 0 : places; k < PLACES; k++) {
        value *= 10;
    }
    *out = negative ? -value : value;
    return digits ? i : 0;
}

static const struct {
    const char *name;
    enum len_unit unit;
    int64_t num, den; /* one unit in len, as a fraction; 0: relative */
} UNITS[] = {
    {"pt", LEN_UNIT_PT, LEN_PT, 1},
    {"mm", LEN_UNIT_MM, LEN_PT * 720, 254},
    {"cm", LEN_UNIT_CM, LEN_PT * 7200, 254},
    {"in", LEN_UNIT_IN, LEN_PT * 72, 1},
    {"pc", LEN_UNIT_PC, LEN_PT * 12, 1},
    {"em", LEN_UNIT_EM, 0, 1},
    {"ex", LEN_UNIT_EX, 0, 1},
    {"%", LEN_UNIT_PERCENT, 0, 1},
};

enum len_error len_parse(str text, struct len_spec *out)
{
    text = str_trim(text);
    int64_t millionths;
    size_t n = parse_millionths(text, &millionths);
    if (n == 0) {
        return LEN_NOT_A_NUMBER;
    }
    str unit = str_trim(str_sub(text, n, text.n));
    if (unit.n == 0) {
        *out = (struct len_spec){LEN_UNIT_PT, 0};
        return millionths == 0 ? LEN_OK : LEN_NO_UNIT;
    }
    for (size_t i = 0; i < sizeof UNITS / sizeof UNITS[0]; i++) {
        if (!str_is(unit, UNITS[i].name)) {
            continue;
        }
        int64_t amount = UNITS[i].num
            ? len_muldiv(millionths, UNITS[i].num, UNITS[i].den * MILLIONTH)
            : len_muldiv(millionths, 1, 1000);
        if (amount > LEN_MAX / 4 || amount < -(LEN_MAX / 4)) {
            return LEN_TOO_LARGE;
        }
        *out = (struct len_spec){UNITS[i].unit, (int32_t)amount};
        return LEN_OK;
    }
    return LEN_UNKNOWN_UNIT;
}

len len_resolve(struct len_spec spec, len em, len ex, len whole)
{
    switch (spec.unit) {
    case LEN_UNIT_EM:
        return clamp(len_muldiv(spec.amount, em, 1000));
    case LEN_UNIT_EX:
        return clamp(len_muldiv(spec.amount, ex, 1000));
    case LEN_UNIT_PERCENT:
        return clamp(len_muldiv(spec.amount, whole, 100 * 1000));
    default:
        return spec.amount;
    }
}

len64 len_in_unit(len64 value, enum len_unit unit, const char **name)
{
    size_t i = 0; /* pt */
    for (size_t k = 0; k < sizeof UNITS / sizeof UNITS[0]; k++) {
        i = UNITS[k].unit == unit && UNITS[k].num ? k : i;
    }
    *name = UNITS[i].name;
    return len_muldiv(value, 100 * UNITS[i].den, UNITS[i].num);
}

bool len_parse_milli(str text, int32_t *out)
{
    int64_t millionths;
    text = str_trim(text);
    size_t n = parse_millionths(text, &millionths);
    if (n == 0 || n != text.n) {
        return false;
    }
    int64_t milli = len_muldiv(millionths, 1, 1000);
    if (milli > INT32_MAX || milli < INT32_MIN) {
        return false;
    }
    *out = (int32_t)milli;
    return true;
}

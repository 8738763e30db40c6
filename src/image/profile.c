/* SPDX-License-Identifier: MIT
 *
 * Colour profiles (ICC.1) in pictures. A PDF may hold those of classes and versions that
 * it knows and that fit the samples; they are checked, not understood. But for one: most
 * are sRGB, which is what samples without a profile are, so those are left out. */
#include "image/formats.h"

#include <math.h>

enum {
    HEADER = 128, TAG_ROW = 12, MOST_TAGS = 100, LEAST = HEADER + 4,
    MOST_BYTES = 4 << 20, MOST_PRESS_BYTES = 16 << 20, ONE = 65536,
};

static uint32_t be32_at(str s, size_t at)
{
    return at + 4 <= s.n ? image_be32(s.p + at) : 0;
}

static uint32_t be16_at(str s, size_t at)
{
    return at + 2 <= s.n ? image_be16(s.p + at) : 0;
}

static bool word_at(str s, size_t at, const char *word)
{
    return str_is(str_sub(s, at, at + 4), word);
}

/* A tag's value; empty: there is none. */
static str find_tag(str profile, const char *name)
{
    uint32_t n = be32_at(profile, HEADER);
    for (uint32_t i = 0; i < n && i < MOST_TAGS; i++) {
        size_t row = LEAST + (size_t)i * TAG_ROW;
        if (word_at(profile, row, name)) {
            size_t at = be32_at(profile, row + 4);
            return str_sub(profile, at, at + be32_at(profile, row + 8));
        }
    }
    return STR_NONE;
}

static bool tags_fit(str profile)
{
    uint32_t n = be32_at(profile, HEADER);
    for (uint32_t i = 0; i < n && i < MOST_TAGS; i++) {
        size_t row = LEAST + (size_t)i * TAG_ROW;
        size_t at = be32_at(profile, row + 4), size = be32_at(profile, row + 8);
        if (row + TAG_ROW > profile.n || at < LEAST || at + size > profile.n) {
            return false;
        }
    }
    return n > 0 && n <= MOST_TAGS;
}

/* --- sRGB --- */

/* A tone curve at `x`, both from 0 to 1; below 0: not understood. */
static double parametric(str curve, double x)
{
    static const uint32_t COUNTS[] = {1, 3, 4, 5, 7};
    uint32_t type = be16_at(curve, 8);
    double p[7] = {0}; /* g a b c d e f */
    if (type > 4 || curve.n < 12 + 4 * (size_t)COUNTS[type]) {
        return -1;
    }
    for (uint32_t i = 0; i < COUNTS[type]; i++) {
        p[i] = (int32_t)be32_at(curve, 12 + 4 * (size_t)i) / (double)ONE;
    }
    if (type == 0) {
        return pow(x, p[0]);
    }
    double limit = type >= 3 ? p[4] : p[1] > 0 ? -p[2] / p[1] : 0;
    double base = p[1] * x + p[2];
    double upper = (base > 0 ? pow(base, p[0]) : 0) + (type == 4 ? p[5] : 0);
    double lower = type >= 3 ? p[3] * x + (type == 4 ? p[6] : 0) : 0;
    double lift = type == 2 ? p[3] : 0;
    return (x >= limit ? upper : lower) + lift;
}

static double curve_at(str curve, double x)
{
    if (word_at(curve, 0, "para")) {
        return parametric(curve, x);
    }
    uint32_t n = be32_at(curve, 8);
    if (!word_at(curve, 0, "curv") || n > curve.n / 2) {
        return -1;
    }
    if (n < 2) {
        return n ? pow(x, be16_at(curve, 12) / 256.0) : x;
    }
    double place = x * (n - 1);
    uint32_t i = (uint32_t)place;
    double low = be16_at(curve, 12 + 2 * (size_t)i);
    double high = be16_at(curve, 12 + 2 * (size_t)(i + 1 < n ? i + 1 : i));
    return (low + (high - low) * (place - i)) / 65535;
}

static bool is_srgb_curve(str curve)
{
    static const double X[] = {0.1, 0.25, 0.5, 0.75, 0.9};
    for (size_t i = 0; i < sizeof X / sizeof *X; i++) {
        double wanted = pow((X[i] + 0.055) / 1.055, 2.4);
        if (!(fabs(curve_at(curve, X[i]) - wanted) < 0.004)) {
            return false;
        }
    }
    return true;
}

static bool is_srgb(str profile)
{
    static const char *const COLORANTS[] = {"rXYZ", "gXYZ", "bXYZ"};
    static const char *const CURVES[] = {"rTRC", "gTRC", "bTRC"};
    static const int32_t XYZ[3][3] = { /* 1/65536 */
        {0x6FA2, 0x38F5, 0x0390}, {0x6299, 0xB785, 0x18DA}, {0x24A0, 0x0F84, 0xB6CF},
    };
    if (word_at(profile, 16, "GRAY")) {
        return is_srgb_curve(find_tag(profile, "kTRC"));
    }
    for (size_t i = 0; i < 3; i++) {
        str colorant = find_tag(profile, COLORANTS[i]);
        for (size_t k = 0; k < 3; k++) {
            int64_t apart = (int64_t)(int32_t)be32_at(colorant, 8 + 4 * k) - XYZ[i][k];
            if (colorant.n < 20 || apart > ONE / 256 || apart < -ONE / 256) {
                return false;
            }
        }
        if (!is_srgb_curve(find_tag(profile, CURVES[i]))) {
            return false;
        }
    }
    return !find_tag(profile, "A2B0").n;
}

/* --- The check --- */

/* Why a profile cannot be used; NULL: it can. */
static const char *fault_of(str profile, enum image_space space)
{
    const char *wanted = space == IMAGE_GRAY ? "GRAY" : space == IMAGE_CMYK ? "CMYK"
                                                                            : "RGB ";
    if (profile.n > MOST_BYTES) {
        return "is larger than 4 MiB";
    }
    if (profile.n < LEAST || !word_at(profile, 36, "acsp") ||
        be32_at(profile, 0) > profile.n || !tags_fit(profile)) {
        return "is not whole";
    }
    if ((uint8_t)profile.p[8] < 2 || (uint8_t)profile.p[8] > 4) {
        return "is of a version that a PDF cannot hold";
    }
    if (!word_at(profile, 12, "mntr") && !word_at(profile, 12, "scnr") &&
        !word_at(profile, 12, "prtr") && !word_at(profile, 12, "spac")) {
        return "does not describe a device";
    }
    if (!word_at(profile, 16, wanted)) {
        return "is for other colours than the picture has";
    }
    return word_at(profile, 20, "XYZ ") || word_at(profile, 20, "Lab ")
               ? NULL : "leads to no colours that are known";
}

str image_press_fault(str profile, struct arena *a)
{
    static const char *const NEEDED[] = {"A2B0", "B2A0", "wtpt"};
    str class = str_sub(profile, 12, 16), space = str_sub(profile, 16, 20);
    if (profile.n < LEAST || !word_at(profile, 36, "acsp")) {
        return STR("is no colour profile (ICC)");
    }
    if (be32_at(profile, 0) > profile.n || !tags_fit(profile)) {
        return STR("is not whole");
    }
    if ((uint8_t)profile.p[8] < 2 || (uint8_t)profile.p[8] > 4) {
        return str_format(a, "is of version %d, and a PDF holds 2 to 4",
                          (uint8_t)profile.p[8]);
    }
    if (!str_is(class, "prtr")) {
        return str_format(a, "is of class `%.*s`, not that of a printer (`prtr`)",
                          STR_ARG(class));
    }
    if (!str_is(space, "CMYK")) {
        return str_format(a, "is for %.*s, not for CMYK", STR_ARG(str_trim(space)));
    }
    for (size_t i = 0; i < sizeof NEEDED / sizeof *NEEDED; i++) {
        if (!find_tag(profile, NEEDED[i]).n) {
            return str_format(a, "has no table `%s`", NEEDED[i]);
        }
    }
    return profile.n > MOST_PRESS_BYTES ? STR("is larger than 16 MiB") : STR_NONE;
}

/* Version 2 has ASCII, version 4 UTF-16 in several languages, of which the first serves;
 * what is not ASCII in it is left out. */
str image_profile_name(str profile, struct arena *a)
{
    str tag = find_tag(profile, "desc");
    struct buf name;
    buf_init(&name, a);
    bool wide = word_at(tag, 0, "mluc");
    size_t at = wide ? be32_at(tag, 24) : 12;
    size_t end = at + (wide ? be32_at(tag, 20) : be32_at(tag, 8));
    for (size_t i = at; i < end && i + (size_t)wide < tag.n; i += wide ? 2 : 1) {
        uint32_t c = wide ? be16_at(tag, i) : (uint8_t)tag.p[i];
        if (c >= ' ' && c < 0x7F) {
            buf_char(&name, (char)c);
        }
    }
    return str_trim(buf_str(&name));
}

str image_check_profile(str *profile, enum image_space space, struct arena *a)
{
    const char *fault = profile->n ? fault_of(*profile, space) : NULL;
    if (fault) {
        *profile = STR_NONE;
        return str_format(a, "has a colour profile that %s", fault);
    }
    if (profile->n && space != IMAGE_CMYK && is_srgb(*profile)) {
        *profile = STR_NONE;
    }
    return STR_NONE;
}

/* SPDX-License-Identifier: MIT
 *
 * What a file is, by its first bytes, and what its name says that it is. Where the two
 * differ one of them is a mistake, and only the note's author knows which. */
#include "image/formats.h"

enum { LOOK = 1024, FORMATS = 15 };

static const struct {
    const char *name;
    size_t at;
    str magic;
} MAGICS[FORMATS] = {
    {"PNG", 0, {"\x89PNG\r\n\x1A\n", 8}},
    {"JPEG", 0, {"\xFF\xD8", 2}},
    {"GIF", 0, {"GIF8", 4}},
    {"WebP", 8, {"WEBP", 4}},
    {"PDF", 0, {"%PDF-", 5}},
    {"TIFF", 0, {"II*\0", 4}},
    {"TIFF", 0, {"MM\0*", 4}},
    {"BMP", 0, {"BM", 2}},
    {"AVIF", 4, {"ftypavif", 8}},
    {"HEIF", 4, {"ftyp", 4}},
    {"JPEG 2000", 4, {"jP  \r\n\x87\n", 8}},
    {"JPEG XL", 4, {"JXL \r\n\x87\n", 8}},
    {"PostScript", 0, {"%!PS", 4}},
    {"compressed file", 0, {"\x1F\x8B", 2}},
    {"MNG", 0, {"\x8AMNG", 4}},
};

static const struct {
    const char *ending, *name;
} ENDINGS[] = {
    {".png", "PNG"},   {".apng", "PNG"},  {".jpg", "JPEG"},  {".jpeg", "JPEG"},
    {".jpe", "JPEG"},  {".jfif", "JPEG"}, {".gif", "GIF"},   {".webp", "WebP"},
    {".pdf", "PDF"},   {".tif", "TIFF"},  {".tiff", "TIFF"}, {".bmp", "BMP"},
    {".avif", "AVIF"}, {".heic", "HEIF"}, {".svg", "SVG"},
};

const char *image_sniff(str bytes)
{
    for (size_t i = 0; i < FORMATS; i++) {
        size_t end = MAGICS[i].at + MAGICS[i].magic.n;
        if (str_eq(str_sub(bytes, MAGICS[i].at, end), MAGICS[i].magic)) {
            return MAGICS[i].name;
        }
    }
    str head = str_sub(bytes, 0, LOOK);
    size_t at;
    if (str_find(head, STR("<svg"), &at)) {
        return "SVG";
    }
    return str_find(head, STR("<html"), &at) || str_find(head, STR("<!DOCTYPE html"), &at)
               ? "HTML" : NULL;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool ends_in(str name, const char *ending)
{
    str wanted = str_from(ending);
    if (name.n < wanted.n) {
        return false;
    }
    for (size_t i = 0; i < wanted.n; i++) {
        if (lower(name.p[name.n - wanted.n + i]) != wanted.p[i]) {
            return false;
        }
    }
    return true;
}

static const char *promised(str name)
{
    for (size_t i = 0; i < sizeof ENDINGS / sizeof *ENDINGS; i++) {
        if (ends_in(name, ENDINGS[i].ending)) {
            return ENDINGS[i].name;
        }
    }
    return NULL;
}

static const char *article(const char *format)
{
    return format[0] == 'A' || format[1] == 'T' || format[0] == 'M' || format[0] == 'S'
               ? "an" : "a";
}

static str misnamed(struct arena *a, const char *found, const char *said)
{
    return str_format(a, "is %s %s, though its name says %s", article(found), found,
                      said);
}

static const struct {
    const char *name, *ending;
} TYPES[] = {
    [IMAGE_PNG] = {"PNG", "png"}, [IMAGE_JPEG] = {"JPEG", "jpg"},
    [IMAGE_SVG] = {"SVG", "svg"},
};

/* Of what can be used; -1: something else. */
static int type_of(const char *found)
{
    for (size_t i = 0; i < sizeof TYPES / sizeof *TYPES; i++) {
        if (str_is(str_from(TYPES[i].name), found)) {
            return (int)i;
        }
    }
    return -1;
}

bool image_check_type(str bytes, str name, struct arena *a, struct image *out,
                      struct image_problem *problem)
{
    const char *found = image_sniff(bytes), *said = promised(name);
    if (bytes.n == 0) {
        return image_refuse(problem, STR("is empty"), "put the picture there again");
    }
    if (!found) {
        str what = said ? str_format(a, "is no %s, nor any picture that is known here",
                                     said)
                        : STR("is no picture that is known here");
        return image_refuse(problem, what, IMAGE_SAVE_AGAIN);
    }
    int type = type_of(found);
    bool lies = said && !str_eq(str_from(said), str_from(found));
    if (type < 0) {
        str what = lies ? misnamed(a, found, said)
                        : str_format(a, "is %s %s", article(found), found);
        return image_refuse(problem, what, found[0] == 'c' ? "unpack it (gunzip)"
                                                           : IMAGE_SAVE_AGAIN);
    }
    if (lies) {
        return image_refuse(problem, misnamed(a, found, said),
                            str_format(a, "give it a name in `.%s`",
                                       TYPES[type].ending).p);
    }
    out->type = (enum image_type)type;
    return true;
}

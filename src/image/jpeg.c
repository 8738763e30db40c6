/* SPDX-License-Identifier: MIT
 *
 * JPEG files, marker by marker (ITU-T T.81, annex B). Nothing is decoded: a PDF holds the
 * file's data as it is. But what must be known to show it is asked here, because readers
 * differ in what they guess: components, colour transform (JFIF, Adobe), orientation and
 * resolution (EXIF); and whether the file ends where its picture does.
 *
 * Comments and applications' segments are left out of the PDF: they change nothing in the
 * picture, and some tell where and by whom it was taken. Profiles are given on apart. */
#include "image/formats.h"

enum {
    SOI = 0xD8, EOI = 0xD9, SOS = 0xDA, RST0 = 0xD0, RST7 = 0xD7, TEM = 0x01,
    SOF0 = 0xC0, SOF1 = 0xC1, SOF2 = 0xC2, SOF15 = 0xCF,
    DHT = 0xC4, JPG = 0xC8, DAC = 0xCC,
    PROFILE_HEAD = 14, /* "ICC_PROFILE", a NUL, number, count */
    APP0 = 0xE0, APP1 = 0xE1, APP2 = 0xE2, APP14 = 0xEE, APP15 = 0xEF, COM = 0xFE,
};

static const char TRUNCATED[] = "ends before its picture does";

/* A marker, and what stands in its segment. */
struct segment {
    int marker;
    size_t start;  /* of the marker's FF */
    size_t end;
    str data;
};

static bool truncated(struct image_problem *problem)
{
    return image_refuse(problem, str_from(TRUNCATED),
                        "copy or save it again, the file is not whole");
}

static bool stands_alone(int marker)
{
    return marker == TEM || (marker >= RST0 && marker <= EOI);
}

/* The segment at or behind `at`; false at the end of the file. Bytes that belong to none
 * are passed, as every decoder does. */
static bool next_segment(str bytes, size_t at, struct segment *s)
{
    while (at + 1 < bytes.n &&
           ((uint8_t)bytes.p[at] != 0xFF || bytes.p[at + 1] == 0 ||
            (uint8_t)bytes.p[at + 1] == 0xFF)) {
        at++;
    }
    if (at + 1 >= bytes.n) {
        return false;
    }
    *s = (struct segment){.marker = (uint8_t)bytes.p[at + 1], .start = at, .end = at + 2};
    if (stands_alone(s->marker)) {
        return true;
    }
    if (at + 4 > bytes.n) {
        return false;
    }
    size_t length = image_be16(bytes.p + at + 2);
    s->end = at + 2 + (length < 2 ? 2 : length);
    s->data = str_sub(bytes, at + 4, s->end);
    return s->end <= bytes.n;
}

static bool is_frame(int marker)
{
    return marker >= SOF0 && marker <= SOF15 && marker != DHT && marker != JPG &&
           marker != DAC;
}

/* Why a kind of frame cannot be used; NULL: it can. PDF knows the first three. */
static const char *frame_fault(int marker)
{
    static const char *const FAULTS[16] = {
        [3] = "is a lossless JPEG", [5] = "is a hierarchical JPEG",
        [6] = "is a hierarchical JPEG", [7] = "is a hierarchical JPEG",
        [9] = "is an arithmetic-coded JPEG", [10] = "is an arithmetic-coded JPEG",
        [11] = "is a lossless JPEG", [13] = "is a hierarchical JPEG",
        [14] = "is a hierarchical JPEG", [15] = "is a hierarchical JPEG",
    };
    return FAULTS[marker & 15];
}

/* What the segments before the frame say of its colours. */
struct colours {
    bool jfif, adobe;
    int transform; /* Adobe's */
};

static void read_jfif(str data, struct image *image, struct colours *colours)
{
    if (data.n < 12 || !str_starts(data, STR("JFIF\0"))) {
        return;
    }
    colours->jfif = true;
    int32_t x = (int32_t)image_be16(data.p + 8) * 1000;
    int32_t y = (int32_t)image_be16(data.p + 10) * 1000;
    if (data.p[7] == 1) {
        image->ppi_x = x;
        image->ppi_y = y;
    } else if (data.p[7] == 2) { /* to the centimetre */
        image->ppi_x = (int32_t)((int64_t)x * 254 / 100);
        image->ppi_y = (int32_t)((int64_t)y * 254 / 100);
    }
}

static void read_application(const struct segment *s, struct image *image,
                             struct colours *colours)
{
    if (s->marker == APP0) {
        read_jfif(s->data, image, colours);
    } else if (s->marker == APP1 && str_starts(s->data, STR("Exif\0"))) {
        image_read_exif(str_sub(s->data, 6, s->data.n), image);
    } else if (s->marker == APP14 && s->data.n >= 12 &&
               str_starts(s->data, STR("Adobe"))) {
        colours->adobe = true;
        colours->transform = (uint8_t)s->data.p[11];
    }
}

/* Three components are YCbCr unless something says that they are not: Adobe's segment,
 * or their names. Four are CMYK unless Adobe's segment says YCCK; who writes four writes
 * them inverted if it writes that segment. */
static void set_colours(struct image *image, str frame, const struct colours *colours)
{
    int n = frame.p[5];
    bool named_rgb = n == 3 && frame.n >= 15 && frame.p[6] == 'R' && frame.p[9] == 'G' &&
                     frame.p[12] == 'B';
    image->space = n == 1 ? IMAGE_GRAY : n == 3 ? IMAGE_RGB : IMAGE_CMYK;
    image->transform_said = colours->adobe;
    image->transform = colours->adobe ? colours->transform != 0
                                      : n == 3 && (colours->jfif || !named_rgb);
    image->inverted = n == 4 && colours->adobe;
}

static bool read_frame(const struct segment *s, struct image *image, struct arena *a,
                       struct image_problem *problem)
{
    const char *fault = frame_fault(s->marker);
    if (fault) {
        return image_refuse(problem, str_from(fault), "save it as a baseline JPEG");
    }
    if (s->data.n < 6 || s->data.n < 6 + 3 * (size_t)(uint8_t)s->data.p[5]) {
        return truncated(problem);
    }
    int n = (uint8_t)s->data.p[5];
    image->bits = (uint8_t)s->data.p[0];
    image->rows = image_be16(s->data.p + 1);
    image->columns = image_be16(s->data.p + 3);
    if (image->bits != 8) {
        return image_refuse(problem, str_format(a, "has %d bits a sample", image->bits),
                            "save it as a JPEG of 8 bits");
    }
    if (n != 1 && n != 3 && n != 4) {
        return image_refuse(problem, str_format(a, "has %d colours", n),
                            "save it as grey or RGB");
    }
    return true;
}

bool image_jpeg_head(struct image *image, struct arena *a, struct image_problem *problem)
{
    struct segment s = {.end = 2};
    struct colours colours = {0};
    str frame = STR_NONE;
    while (next_segment(image->bytes, s.end, &s) && s.marker != EOI) {
        if (s.marker == SOS) {
            if (!frame.n) {
                return image_refuse(problem, STR("has no size"), IMAGE_SAVE_AGAIN);
            }
            set_colours(image, frame, &colours);
            return true;
        }
        if (is_frame(s.marker)) {
            if (!read_frame(&s, image, a, problem)) {
                return false;
            }
            frame = s.data;
        }
        read_application(&s, image, &colours);
    }
    return truncated(problem);
}

static bool holds_profile(const struct segment *s)
{
    return s->marker == APP2 && s->data.n > PROFILE_HEAD &&
           str_starts(s->data, STR("ICC_PROFILE\0"));
}

/* A profile lies in up to 255 segments, each with its number and how many there are. */
str image_jpeg_profile(const struct image *image, struct arena *a)
{
    str parts[256] = {{0}};
    struct segment s = {.end = 2};
    size_t count = 0;
    while (next_segment(image->bytes, s.end, &s) && s.marker != SOS && s.marker != EOI) {
        size_t number = holds_profile(&s) ? (uint8_t)s.data.p[12] : 0;
        if (number && !parts[number].n) {
            parts[number] = str_sub(s.data, PROFILE_HEAD, s.data.n);
            count = (uint8_t)s.data.p[13];
        }
    }
    struct buf profile;
    buf_init(&profile, a);
    for (size_t i = 1; i <= count; i++) {
        buf_put(&profile, parts[i]);
    }
    return buf_str(&profile);
}

/* What a decoder needs: no comment, no application's segment but Adobe's. */
static bool is_needed(int marker)
{
    return marker == APP14 || (marker != COM && !(marker >= APP0 && marker <= APP15));
}

/* Everything up to the end of the picture; what some cameras put behind it is left. */
bool image_jpeg_samples(const struct image *image, struct arena *a,
                        struct image_samples *out, struct image_problem *problem)
{
    str bytes = image->bytes;
    char *data = arena_alloc_raw(a, bytes.n);
    size_t n = 0, from = 0;
    bool scanned = false;
    struct segment s = {.end = 2};
    do {
        if (!next_segment(bytes, s.end, &s)) {
            return truncated(problem);
        }
        scanned = scanned || s.marker == SOS;
        if (!is_needed(s.marker)) {
            for (size_t i = from; i < s.start; i++) {
                data[n++] = bytes.p[i];
            }
            from = s.end;
        }
    } while (s.marker != EOI);
    if (!scanned) {
        return truncated(problem);
    }
    for (size_t i = from; i < s.end; i++) {
        data[n++] = bytes.p[i];
    }
    int colors = image->space == IMAGE_GRAY ? 1 : image->space == IMAGE_RGB ? 3 : 4;
    out->main = (struct image_plane){IMAGE_DCT, colors, 8, {data, n}};
    out->profile = image_jpeg_profile(image, a);
    return true;
}

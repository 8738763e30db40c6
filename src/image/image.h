/* image/image.h: pictures from files.
 *
 * In:  the path of a PNG, JPEG or SVG file. Out: what layout must know (size, resolution,
 * how it is to be turned), read from the file's head; later, for the PDF, its samples.
 * What a file is, its first bytes say; a name that says something else is reported. Only
 * png.c includes <png.h>; JPEG files are taken apart here and only decoded if they are
 * for print (cmyk.c), because a PDF holds their data as it is. Drawings (SVG) become
 * objects of a PDF at once, by a program beside this one: its libraries are too heavy to
 * be paid for by notes without drawings.
 *
 *     struct image_store store;
 *     image_store_init(&store, arena);
 *     const struct image *map = image_find(&store, &request, sink);  // NULL: reported
 *     ... lay out by image_width(map), image_height(map), map->ppi_x ...
 *     if (image_samples(map, scratch, &samples, &problem)) ...
 */
#ifndef INFONOTE_IMAGE_IMAGE_H
#define INFONOTE_IMAGE_IMAGE_H

#include "base/diag.h"
#include "base/len.h"
#include "base/map.h"

enum image_type { IMAGE_PNG, IMAGE_JPEG, IMAGE_SVG };

enum image_space { IMAGE_GRAY, IMAGE_RGB, IMAGE_CMYK, IMAGE_INDEXED };

/* How the stored rows become upright, as EXIF numbers it. From 5 on, width and height
 * change places. */
enum image_turn {
    IMAGE_UPRIGHT = 1, IMAGE_MIRRORED, IMAGE_HALF_TURN, IMAGE_FLIPPED,
    IMAGE_TRANSPOSED, IMAGE_QUARTER_TURN, IMAGE_TRANSVERSED, IMAGE_COUNTER_TURN,
};

/* What a stranger may send. A sheet of A4 at 600 ppi has 35 million pixels. */
enum {
    IMAGE_MAX_BYTES = 64 << 20,
    IMAGE_MAX_PIXELS = 50000000,
    IMAGE_MAX_SIDE = 65500,
};

/* An object of a PDF: the inside of its dictionary, in which \1N\1 stands for a reference
 * to object N of the same drawing, from 1. */
struct image_object {
    str dictionary, stream;
    bool has_stream;        /* as its dictionary says that it is coded */
};

/* Something in a drawing that is not drawn. */
enum image_remark_kind { IMAGE_EXTERNAL, IMAGE_IGNORED, IMAGE_MISSING_GLYPH };

struct image_remark {
    enum image_remark_kind kind;
    uint32_t line;          /* of the drawing */
    str text;               /* what is outside; the element; the character, as U+0041 */
};

struct image_drawing {
    len width, height;      /* as the drawing wants to be */
    len form_width, form_height; /* the coordinates of object 1, a form XObject */
    const struct image_object *objects;
    size_t n;
    const struct image_remark *remarks;
    size_t n_remarks;
};

struct image {
    str name;               /* as the note wrote it */
    str bytes;              /* the whole file */
    char digest[65];        /* of them, SHA-256 */
    enum image_type type;
    enum image_space space; /* of the stored samples */
    uint32_t columns, rows; /* as stored */
    int bits;               /* of a sample, as stored */
    enum image_turn turn;
    int32_t ppi_x, ppi_y;   /* 1/1000, as stored; 0: the file does not say */
    bool interlaced, alpha; /* PNG; alpha: some pixels may be transparent */
    bool inverted;          /* JPEG: CMYK as Adobe stores it, 255 being no ink */
    int transform;          /* JPEG: 1 if the samples are YCbCr or YCCK, 0 if not */
    bool transform_said;    /* JPEG: the file says so itself */
    const struct image_drawing *drawing; /* SVG, which has no pixels: columns and rows
                               are its size in points */
};

/* Upright, in pixels. */
uint32_t image_width(const struct image *image);
uint32_t image_height(const struct image *image);

/* Upright, 1/1000 pixel to the inch; 0: the file does not say. */
int32_t image_ppi_x(const struct image *image);
int32_t image_ppi_y(const struct image *image);

/* A face that text in drawings may be set in. */
struct image_face {
    str family, file;
};

/* What turns SVG into objects. It serves many notes; what it made is kept, by content. */
struct image_tools {
    void (*prepare)(struct image_tools *tools); /* sets the next four, before the first
                                                   drawing; NULL: they are set */
    const char *svg;        /* the program; NULL: this build has none */
    const struct image_face *faces;
    size_t n_faces;
    void *context;          /* for `prepare` */
    struct arena arena;     /* of the drawings */
    struct map drawings;    /* by digest: struct image_drawing */
};

void image_tools_init(struct image_tools *tools);
void image_tools_done(struct image_tools *tools);

/* Forgets drawings when they have grown beyond a budget; no note may be using them. */
void image_tools_trim(struct image_tools *tools);

/* A file that a note's pages show. */
struct image_file {
    str path, bytes;
};

/* The images of one note: the same file, or the same bytes, is one image. */
struct image_store {
    struct arena *arena;
    struct map by_path, by_digest;
    VEC(struct image_file) files; /* every path that was found, in their order */
    struct image_tools *tools; /* NULL: drawings are refused */
};

void image_store_init(struct image_store *store, struct arena *a);

struct image_request {
    str path;        /* of the file */
    str name;        /* as written, for reports */
    struct place at;
};

/* NULL, with a report (of each file once), if it cannot be used. */
const struct image *image_find(struct image_store *store,
                               const struct image_request *request,
                               struct diag_sink *sink);

/* What is wrong with a file, without its name: "ends before its picture does"; and what
 * to do. */
struct image_problem {
    str what, hint;
};

/* Reads the head of a file's bytes into `out`; `name` only says what the file should be.
 * Of a drawing only the type. False, with the problem, if it cannot be used.
 * What it says is in `a`. */
bool image_read_head(str bytes, str name, struct arena *a, struct image *out,
                     struct image_problem *problem);

/* Samples as a PDF holds them. */
enum image_coding {
    IMAGE_RAW,       /* rows, each beginning on a byte */
    IMAGE_FILTERED,  /* rows, each behind a byte that names its PNG filter */
    IMAGE_DEFLATED,  /* the same in a zlib stream */
    IMAGE_DCT,       /* a JPEG file */
};

struct image_plane {
    enum image_coding coding;
    int colors, bits; /* samples of a pixel, bits of a sample */
    str data;
};

struct image_samples {
    uint32_t columns, rows;
    enum image_space space;
    str profile;              /* ICC, checked; empty: sRGB, or what its grey is */
    str remark;               /* what was wrong with the file's own; empty: nothing */
    struct image_plane main;
    str palette;              /* INDEXED: its colours, a byte a component */
    enum image_space base;    /* INDEXED: of the palette's colours */
    uint32_t most_ink;        /* of a picture for print: in one place, thousandths */
    uint64_t over;            /* how many of its pixels have more than the limit */
    struct image_plane alpha; /* without data: opaque */
};

/* False, with the problem, if the file is not whole. All is in `a`. */
bool image_samples(const struct image *image, struct arena *a, struct image_samples *out,
                   struct image_problem *problem);

/* --- For print --- */

/* Why ICC data cannot be the profile of a press's output: of class `prtr`, CMYK, whole,
 * of a version that a PDF may hold. Empty: it can. */
str image_press_fault(str profile, struct arena *a);

/* What a profile calls itself; may be empty. */
str image_profile_name(str profile, struct arena *a);

/* As ICC numbers them. */
enum image_intent { IMAGE_PERCEPTUAL, IMAGE_RELATIVE, IMAGE_SATURATION, IMAGE_ABSOLUTE };

/* A press: what colours and pictures become on it. Little CMS is looked for when the
 * first colour has to be converted. */
struct image_press {
    str profile;             /* that image_press_fault finds nothing wrong with */
    enum image_intent intent;
    bool black_point;        /* black becomes the press's black */
    uint32_t max_ink;        /* thousandths, all plates together */
    bool keep_rgb;           /* pictures stay RGB; how much ink it will be is measured */
    struct image_transform *colors, *pixels; /* of sRGB; NULL: not needed yet */
};
void image_press_done(struct image_press *press);

/* Thousandths of sRGB to thousandths of ink. False, with the problem, if it cannot be. */
bool image_press_color(struct image_press *press, const uint16_t rgb[3], uint16_t ink[4],
                       struct image_problem *problem);

/* Pixels of RGB, three bytes each, to CMYK, four, or to grey, one, or left; `out` says
 * what they are, and how much ink they have. */
bool image_press_pixels(struct image_press *press, str *pixels,
                        struct image_samples *out, struct arena *a,
                        struct image_problem *problem);

/* Samples as a press prints them: grey and CMYK stay, RGB becomes CMYK, or grey where all
 * of it is. No profile is left, but that of RGB that stays. */
bool image_press_samples(struct image_press *press, const struct image *image,
                         struct arena *a, struct image_samples *out,
                         struct image_problem *problem);

/* --- For screens --- */

/* A press as a screen shows it. Its profile is one that image_press_fault finds nothing
 * wrong with; Little CMS is looked for with the first colour. */
struct image_screen {
    str profile;
    struct image_transform *colors; /* NULL: not needed yet */
};
void image_screen_done(struct image_screen *screen);

/* Thousandths of ink to bytes of sRGB. False, with the problem, if it cannot be. */
bool image_screen_color(struct image_screen *screen, const uint16_t ink[4],
                        uint8_t rgb[3], struct image_problem *problem);

/* The samples of a CMYK picture, converted to sRGB. */
bool image_cmyk_to_rgb(const struct image *image, struct arena *a,
                       struct image_samples *out, struct image_problem *problem);

#endif

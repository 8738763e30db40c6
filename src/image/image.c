/* SPDX-License-Identifier: MIT
 *
 * Files to images: each is read once, asked what it is, and measured against the limits
 * before anything of it is decoded. */
#include "image/image.h"

#include <string.h>

#include "base/file.h"
#include "base/sha256.h"
#include "image/formats.h"

bool image_refuse(struct image_problem *problem, str what, const char *hint)
{
    *problem = (struct image_problem){what, str_from(hint)};
    return false;
}

static bool turned(const struct image *image)
{
    return image->turn >= IMAGE_TRANSPOSED;
}

uint32_t image_width(const struct image *image)
{
    return turned(image) ? image->rows : image->columns;
}

uint32_t image_height(const struct image *image)
{
    return turned(image) ? image->columns : image->rows;
}

int32_t image_ppi_x(const struct image *image)
{
    return turned(image) ? image->ppi_y : image->ppi_x;
}

int32_t image_ppi_y(const struct image *image)
{
    return turned(image) ? image->ppi_x : image->ppi_y;
}

/* Half a resolution, or one that nothing was ever scanned in, is none. */
static void check_ppi(struct image *image)
{
    const int32_t least = 1000, most = 100000 * 1000;
    if (image->ppi_x < least || image->ppi_y < least || image->ppi_x > most ||
        image->ppi_y > most) {
        image->ppi_x = image->ppi_y = 0;
    }
}

static bool check_size(const struct image *image, struct arena *a,
                       struct image_problem *problem)
{
    uint64_t pixels = (uint64_t)image->columns * image->rows;
    if (pixels == 0) {
        return image_refuse(problem,
                            str_format(a, "has no area: %u by %u pixels", image->columns,
                                       image->rows), IMAGE_SAVE_AGAIN);
    }
    if (image->columns > IMAGE_MAX_SIDE || image->rows > IMAGE_MAX_SIDE ||
        pixels > IMAGE_MAX_PIXELS) {
        return image_refuse(problem,
                            str_format(a, "is too large: %u by %u pixels", image->columns,
                                       image->rows),
                            "make it smaller; 50 million pixels are the most");
    }
    return true;
}

bool image_read_head(str bytes, str name, struct arena *a, struct image *out,
                     struct image_problem *problem)
{
    *out = (struct image){.name = name, .bytes = bytes, .turn = IMAGE_UPRIGHT};
    if (!image_check_type(bytes, name, a, out, problem)) {
        return false;
    }
    if (out->type == IMAGE_SVG) {
        out->space = IMAGE_RGB;
        return true;
    }
    bool read = out->type == IMAGE_PNG ? image_png_head(out, a, problem)
                                       : image_jpeg_head(out, a, problem);
    check_ppi(out);
    return read && check_size(out, a, problem);
}

bool image_samples(const struct image *image, struct arena *a, struct image_samples *out,
                   struct image_problem *problem)
{
    *out = (struct image_samples){.columns = image->columns, .rows = image->rows,
                                  .space = image->space};
    bool whole = image->type == IMAGE_PNG ? image_png_samples(image, a, out, problem)
                                          : image_jpeg_samples(image, a, out, problem);
    if (whole && out->profile.n) {
        out->remark = image_check_profile(&out->profile, image->space, a);
    }
    return whole;
}

/* --- The store --- */

void image_store_init(struct image_store *store, struct arena *a)
{
    store->arena = a;
    store->tools = NULL;
    map_init(&store->by_path, a);
    map_init(&store->by_digest, a);
}

/* A path that was asked for: `image` is NULL if it was reported. */
struct known {
    const struct image *image;
};

static bool read_file(struct image_store *store, const struct image_request *request,
                      str *bytes, struct diag_sink *sink)
{
    struct file_result file = file_read(store->arena, request->path, IMAGE_MAX_BYTES);
    *bytes = file.bytes;
    switch (file.status) {
    case FILE_OK:
        return true;
    case FILE_MISSING:
        diag_report(sink, DIAG_NO_IMAGE, request->at,
                    "names of files count from the note's folder",
                    "there is no file `%.*s`", STR_ARG(request->name));
        return false;
    case FILE_NOT_REGULAR:
        diag_report(sink, DIAG_BAD_IMAGE, request->at, "name a PNG, JPEG or SVG file",
                    "`%.*s` is no file", STR_ARG(request->name));
        return false;
    case FILE_TOO_LARGE:
        diag_report(sink, DIAG_BAD_IMAGE, request->at, "make it smaller",
                    "`%.*s` is larger than 64 MiB", STR_ARG(request->name));
        return false;
    case FILE_FAILED:
        break;
    }
    diag_report(sink, DIAG_CANNOT_READ, request->at, NULL, "cannot read `%.*s`: %s",
                STR_ARG(request->name), strerror(file.errno_value));
    return false;
}

/* Reports of one kind in one drawing stand together: they have one place. */
static void report_remarks(const struct image *image, struct place at,
                           struct diag_sink *sink)
{
    static const struct {
        enum diag_code code;
        const char *format, *hint;
    } WORDS[] = {
        [IMAGE_EXTERNAL] = {DIAG_NOT_DRAWN,
                            "`%.*s`, line %u: `%.*s` is outside the drawing and is not "
                            "drawn", "put it into the drawing; nothing is fetched"},
        [IMAGE_IGNORED] = {DIAG_NOT_DRAWN,
                           "`%.*s`, line %u: `%.*s` is not drawn",
                           "draw what it shows with other elements"},
        [IMAGE_MISSING_GLYPH] = {DIAG_NO_GLYPH,
                                 "`%.*s`, line %u: no font here has %.*s",
                                 "install a font that has it, or turn the text into "
                                 "paths"},
    };
    for (size_t i = 0; image->drawing && i < image->drawing->n_remarks; i++) {
        const struct image_remark *r = &image->drawing->remarks[i];
        str text = str_format(sink->arena, WORDS[r->kind].format, STR_ARG(image->name),
                              (unsigned)r->line, STR_ARG(r->text));
        diag_report(sink, WORDS[r->kind].code, at, WORDS[r->kind].hint, "%.*s",
                    STR_ARG(text));
    }
}

/* What an image is, from its bytes. */
static bool understand(struct image_store *store, struct image *image, str bytes,
                       struct image_problem *problem)
{
    char digest[65];
    memcpy(digest, image->digest, sizeof digest);
    bool read = image_read_head(bytes, image->name, store->arena, image, problem);
    memcpy(image->digest, digest, sizeof digest);
    return read && (image->type != IMAGE_SVG ||
                    image_svg_draw(image, store->tools, store->arena, problem));
}

static const struct image *load(struct image_store *store,
                                const struct image_request *request,
                                struct diag_sink *sink)
{
    str bytes;
    char digest[65];
    if (!read_file(store, request, &bytes, sink)) {
        return NULL;
    }
    str_sha256(bytes, digest);
    struct image *image = map_find(&store->by_digest, str_from(digest));
    if (image) {
        return image;
    }
    image = NEW(store->arena, struct image);
    struct image_problem problem;
    image->name = request->name;
    memcpy(image->digest, digest, sizeof digest);
    if (!understand(store, image, bytes, &problem)) {
        diag_report(sink, DIAG_BAD_IMAGE, request->at,
                    str_copy(sink->arena, problem.hint).p, "`%.*s` %.*s",
                    STR_ARG(request->name), STR_ARG(problem.what));
        return NULL;
    }
    report_remarks(image, request->at, sink);
    map_put(&store->by_digest, str_from(image->digest), image);
    return image;
}

const struct image *image_find(struct image_store *store,
                               const struct image_request *request,
                               struct diag_sink *sink)
{
    struct known *known = map_find(&store->by_path, request->path);
    if (!known) {
        known = NEW(store->arena, struct known);
        known->image = load(store, request, sink);
        map_put(&store->by_path, request->path, known);
        if (known->image) {
            struct image_file file = {request->path, known->image->bytes};
            vec_push(store->arena, &store->files, file);
        }
    }
    return known->image;
}

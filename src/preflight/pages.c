/* SPDX-License-Identifier: MIT
 *
 * The pages in turn: boxes, annotations, what is drawn. Then all objects: filters that
 * PDF/X does not allow may be anywhere. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "preflight/scan.h"

const char *const PREFLIGHT_BOX_NAMES[PREFLIGHT_BOX_COUNT] = {
    "/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox",
};

/* Boxes are compared to a tenth of a thousandth of an inch, and no finer. */
enum { TOLERANCE = 8 };

static int64_t thousandths(double points)
{
    return fabs(points) < 1e9 ? (int64_t)floor(points * 1000 + 0.5) : 0;
}

static struct preflight_box read_box(struct preflight *p, qpdf_oh array)
{
    struct preflight_box b = {.there = object_count(p, array) == 4};
    int64_t v[4];
    for (int i = 0; i < 4; i++) {
        v[i] = thousandths(object_number(p, object_item(p, array, i), 0));
    }
    b.x0 = v[0] < v[2] ? v[0] : v[2];
    b.x1 = v[0] < v[2] ? v[2] : v[0];
    b.y0 = v[1] < v[3] ? v[1] : v[3];
    b.y1 = v[1] < v[3] ? v[3] : v[1];
    return b;
}

/* What a page does not say, the pages above it do. */
static struct preflight_box find_box(struct preflight *p, qpdf_oh page, const char *key)
{
    qpdf_oh at = page;
    for (int depth = 0; depth < PREFLIGHT_MAX_TREE; depth++) {
        if (object_has(p, at, key)) {
            return read_box(p, object_key(p, at, key));
        }
        at = object_key(p, at, "/Parent");
    }
    return (struct preflight_box){0};
}

static qpdf_oh find_resources(struct preflight *p, qpdf_oh page)
{
    qpdf_oh at = page;
    for (int depth = 0; depth < PREFLIGHT_MAX_TREE; depth++) {
        if (object_has(p, at, "/Resources")) {
            break;
        }
        at = object_key(p, at, "/Parent");
    }
    return object_key(p, at, "/Resources");
}

static bool lies_in(const struct preflight_box *inner, const struct preflight_box *outer)
{
    return !inner->there || !outer->there ||
           (inner->x0 >= outer->x0 - TOLERANCE && inner->y0 >= outer->y0 - TOLERANCE &&
            inner->x1 <= outer->x1 + TOLERANCE && inner->y1 <= outer->y1 + TOLERANCE);
}

static void read_boxes(struct preflight *p, qpdf_oh at, struct preflight_page *page)
{
    for (int i = 0; i < PREFLIGHT_BOX_COUNT; i++) {
        page->boxes[i] = i <= PREFLIGHT_CROP
            ? find_box(p, at, PREFLIGHT_BOX_NAMES[i])
            : read_box(p, object_key(p, at, PREFLIGHT_BOX_NAMES[i]));
    }
}

static void check_boxes(struct preflight *p, const struct preflight_page *page)
{
    static const struct { enum preflight_box_kind inner, outer; } NESTED[] = {
        {PREFLIGHT_BLEED, PREFLIGHT_MEDIA}, {PREFLIGHT_TRIM, PREFLIGHT_BLEED},
        {PREFLIGHT_TRIM, PREFLIGHT_MEDIA}, {PREFLIGHT_ART, PREFLIGHT_MEDIA},
        {PREFLIGHT_ART, PREFLIGHT_BLEED}, {PREFLIGHT_CROP, PREFLIGHT_MEDIA},
    };
    const struct preflight_box *b = page->boxes;
    size_t n = page->number;
    for (size_t i = 0; i < sizeof NESTED / sizeof *NESTED; i++) {
        if (!lies_in(&b[NESTED[i].inner], &b[NESTED[i].outer])) {
            preflight_find(p, PREFLIGHT_BOXES, n, "the %s in the %s",
                           PREFLIGHT_BOX_NAMES[NESTED[i].inner] + 1,
                           PREFLIGHT_BOX_NAMES[NESTED[i].outer] + 1);
        }
    }
    if (!b[PREFLIGHT_MEDIA].there) {
        preflight_find(p, PREFLIGHT_BOXES, n, "there is no MediaBox");
    }
    if (!b[PREFLIGHT_TRIM].there && !b[PREFLIGHT_ART].there) {
        preflight_find(p, PREFLIGHT_NO_TRIM, n, NULL);
    } else if (b[PREFLIGHT_TRIM].there && b[PREFLIGHT_ART].there) {
        preflight_find(p, PREFLIGHT_TRIM_AND_ART, n, NULL);
    }
}

const struct preflight_box *preflight_trim(const struct preflight_page *page)
{
    static const enum preflight_box_kind ORDER[] = {
        PREFLIGHT_TRIM, PREFLIGHT_ART, PREFLIGHT_CROP,
    };
    for (size_t i = 0; i < sizeof ORDER / sizeof *ORDER; i++) {
        if (page->boxes[ORDER[i]].there) {
            return &page->boxes[ORDER[i]];
        }
    }
    return &page->boxes[PREFLIGHT_MEDIA];
}

static bool is_printed(const struct preflight_page *page, const struct preflight_box *b)
{
    const struct preflight_box *bleed = page->boxes[PREFLIGHT_BLEED].there
        ? &page->boxes[PREFLIGHT_BLEED] : preflight_trim(page);
    return b->x0 < bleed->x1 && b->x1 > bleed->x0 && b->y0 < bleed->y1 &&
           b->y1 > bleed->y0;
}

static void check_annotations(struct preflight *p, qpdf_oh at,
                              struct preflight_page *page)
{
    qpdf_oh list = object_key(p, at, "/Annots");
    page->annotations = object_count(p, list);
    for (int i = 0; i < page->annotations; i++) {
        qpdf_oh annotation = object_item(p, list, i);
        str kind = object_name_of(p, annotation, "/Subtype");
        struct preflight_box rect = read_box(p, object_key(p, annotation, "/Rect"));
        if (!str_is(kind, "TrapNet") && !str_is(kind, "PrinterMark") &&
            is_printed(page, &rect)) {
            preflight_find(p, PREFLIGHT_ANNOTATION, page->number, "%.*s", STR_ARG(kind));
        } else if (object_has(p, annotation, "/A") || object_has(p, annotation, "/AA")) {
            preflight_find(p, PREFLIGHT_ACTION, page->number, "of an annotation");
        }
    }
    if (object_has(p, at, "/AA")) {
        preflight_find(p, PREFLIGHT_ACTION, page->number, "of the page");
    }
}

static void check_drawn(struct preflight *p, qpdf_oh at, struct preflight_page *page)
{
    unsigned char *bytes = NULL;
    size_t length = 0;
    if (qpdf_oh_get_page_content_data(p->pdf, at, &bytes, &length) & QPDF_ERRORS) {
        preflight_find(p, PREFLIGHT_DAMAGED, page->number,
                       "what the page draws cannot be read");
        free(bytes);
        return;
    }
    struct scan s = {.p = p, .page = page, .number = page->number, .pen = {
        .matrix = {1, 0, 0, 1, 0, 0}, .width = 1, .stretch = 1, .clip = SCAN_EVERYWHERE,
    }};
    qpdf_oh resources = find_resources(p, at);
    for (int use = SCAN_FILL; use <= SCAN_STROKE; use++) {
        s.pen.space[use] = space_of_device(p, SPACE_GRAY, qpdf_oh_new_null(p->pdf));
    }
    scan_content(&s, str_copy(p->arena, (str){(const char *)bytes, length}), resources);
    free(bytes);
}

static void check_group(struct preflight *p, qpdf_oh at,
                        const struct preflight_page *page)
{
    qpdf_oh space = object_key(p, object_key(p, at, "/Group"), "/CS");
    const struct space *read = space_read(p, space, qpdf_oh_new_null(p->pdf));
    if (read && !space_is_defined(p, read)) {
        preflight_find(p, PREFLIGHT_DEVICE_COLOR, page->number, "the page blends in %s",
                       read->kind == SPACE_CMYK ? "DeviceCMYK" : "DeviceRGB");
    }
    if (page->transparent) {
        preflight_find(p, PREFLIGHT_TRANSPARENCY, page->number, NULL);
    }
}

static void check_page(struct preflight *p, size_t i)
{
    struct preflight_page page = {.number = i + 1, .thinnest = -1};
    qpdf_oh at = qpdf_get_page_n(p->pdf, i);
    read_boxes(p, at, &page);
    check_boxes(p, &page);
    check_annotations(p, at, &page);
    check_drawn(p, at, &page);
    check_group(p, at, &page);
    scan_check_bleed(p, &page);
    vec_push(p->arena, &p->pages, page);
    qpdf_oh_release_all(p->pdf);
}

static void check_sizes(struct preflight *p)
{
    for (size_t i = 1; i < p->pages.n; i++) {
        const struct preflight_box *first = preflight_trim(&p->pages.v[0]);
        const struct preflight_box *this = preflight_trim(&p->pages.v[i]);
        if (llabs((this->x1 - this->x0) - (first->x1 - first->x0)) > TOLERANCE ||
            llabs((this->y1 - this->y0) - (first->y1 - first->y0)) > TOLERANCE) {
            preflight_find(p, PREFLIGHT_SIZES, 0, "page %zu is %.*s", i + 1,
                           STR_ARG(preflight_size(p->arena, this)));
        }
    }
}

/* --- all objects -------------------------------------------------------------------- */

static void check_filter(struct preflight *p, str name, int object)
{
    if (str_is(name, "LZWDecode") || str_is(name, "LZW")) {
        preflight_find(p, PREFLIGHT_LZW, 0, "object %d", object);
    } else if (str_is(name, "Crypt")) {
        preflight_find(p, PREFLIGHT_CRYPT, 0, "object %d", object);
    }
}

static void check_object(struct preflight *p, int id)
{
    qpdf_oh o = qpdf_get_object_by_id(p->pdf, id, 0);
    if (!qpdf_oh_is_stream(p->pdf, o)) {
        return;
    }
    qpdf_oh filters = object_key(p, o, "/Filter");
    check_filter(p, object_name(p, filters), id);
    for (int i = 0, n = object_count(p, filters); i < n; i++) {
        check_filter(p, object_name(p, object_item(p, filters, i)), id);
    }
    if (object_has(p, o, "/F")) {
        preflight_find(p, PREFLIGHT_EXTERNAL, 0, "object %d", id);
    }
    if (object_is_name(p, object_key(p, o, "/Subtype"), "PS")) {
        preflight_find(p, PREFLIGHT_POSTSCRIPT, 0, "object %d", id);
    }
}

static void check_objects(struct preflight *p)
{
    int64_t n = object_integer(p, object_key(p, qpdf_get_trailer(p->pdf), "/Size"), 0);
    for (int id = 1; id < n && id < 8388608; id++) {
        check_object(p, id);
        if (id % 256 == 0) {
            qpdf_oh_release_all(p->pdf);
        }
    }
}

void preflight_pages(struct preflight *p)
{
    int n = qpdf_get_num_pages(p->pdf);
    for (int i = 0; i < n && i < PREFLIGHT_MAX_PAGES; i++) {
        check_page(p, (size_t)i);
    }
    check_sizes(p);
    check_objects(p);
}

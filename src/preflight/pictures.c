/* SPDX-License-Identifier: MIT
 *
 * Pictures and shadings: how large they are drawn, on which plates, with how much ink. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "preflight/scan.h"

/* What a picture prints, wherever it is drawn; kept by its object. */
struct facts {
    struct preflight_names plates;
    struct space_ink ink;
};

/* Decode may turn tints round: [1 0 1 0 …]. */
static bool is_inverted(struct preflight *p, qpdf_oh image)
{
    qpdf_oh decode = object_key(p, image, "/Decode");
    return object_number(p, object_item(p, decode, 0), 0) >
           object_number(p, object_item(p, decode, 1), 1);
}

/* The largest tint of each plate over all samples; gives the sum of the heaviest. */
static int64_t measure(struct preflight *p, qpdf_oh image, size_t plates, double *tints)
{
    size_t n;
    unsigned char *samples;
    bool whole = object_samples(p, image, &samples, &n);
    const unsigned char turn = is_inverted(p, image) ? 0xFF : 0;
    unsigned char most[PREFLIGHT_MAX_COMPONENTS] = {0};
    unsigned heaviest = 0;
    for (size_t at = 0; whole && at + plates <= n; at += plates) {
        unsigned sum = 0;
        for (size_t i = 0; i < plates; i++) {
            unsigned char tint = samples[at + i] ^ turn;
            sum += tint;
            most[i] = tint > most[i] ? tint : most[i];
        }
        heaviest = sum > heaviest ? sum : heaviest;
    }
    for (size_t i = 0; i < plates; i++) {
        tints[i] = whole ? most[i] / 255.0 : 1;
    }
    free(samples);
    return (int64_t)heaviest * 1000 / 255;
}

static struct facts facts_of(struct preflight *p, qpdf_oh image,
                             const struct space *space)
{
    struct facts f = {0};
    double tints[PREFLIGHT_MAX_COMPONENTS] = {0}; /* black, where samples are not asked */
    bool plates = space->kind == SPACE_CMYK || space->kind == SPACE_SPOTS;
    int64_t bits = object_integer(p, object_key(p, image, "/BitsPerComponent"), 8);
    if (plates && bits == 8) {
        int64_t ink = measure(p, image, (size_t)space->n, tints);
        f.ink = space_print(p, space, tints, &f.plates);
        f.ink.ink = ink;
    } else {
        for (int i = 0; plates && i < space->n; i++) {
            tints[i] = 1;
        }
        f.ink = space_print(p, space, tints, &f.plates);
        f.ink.ink = plates ? 0 : f.ink.ink; /* not looked at */
    }
    return f;
}

static const struct facts *known_facts(struct preflight *p, qpdf_oh image,
                                       const struct space *space)
{
    str id = object_id(p, image);
    struct facts *f = id.n ? map_find(&p->known_pictures, id) : NULL;
    if (!f) {
        f = NEW(p->arena, struct facts);
        *f = facts_of(p, image, space);
        if (id.n) {
            map_put(&p->known_pictures, id, f);
        }
    }
    return f;
}

static void check_forbidden(struct scan *s, qpdf_oh image)
{
    struct preflight *p = s->p;
    qpdf_oh others = object_key(p, image, "/Alternates");
    str intent = object_name_of(p, image, "/Intent");
    if (object_has(p, image, "/OPI")) {
        preflight_find(p, PREFLIGHT_OPI, s->number, NULL);
    }
    for (int i = 0, n = object_count(p, others); i < n; i++) {
        qpdf_oh printed = object_key(p, object_item(p, others, i), "/DefaultForPrinting");
        if (qpdf_oh_is_bool(p->pdf, printed) && qpdf_oh_get_bool_value(p->pdf, printed)) {
            preflight_find(p, PREFLIGHT_ALTERNATE, s->number, NULL);
        }
    }
    if (intent.n) {
        scan_check_intent(s, intent);
    }
}

/* Pixels an inch, along the side that has fewer; the unit square is drawn into. */
static int64_t resolution(const struct scan *s, int64_t width, int64_t height)
{
    const double *m = s->pen.matrix;
    double across = hypot(m[0], m[1]), down = hypot(m[2], m[3]);
    if (across <= 0 || down <= 0) {
        return INT32_MAX;
    }
    double ppi = fmin((double)width / across, (double)height / down) * 72;
    return ppi < INT32_MAX ? (int64_t)(ppi + 0.5) : INT32_MAX;
}

static void check_resolution(struct scan *s, qpdf_oh image)
{
    struct preflight *p = s->p;
    int64_t width = object_integer(p, object_key(p, image, "/Width"), 0);
    int64_t height = object_integer(p, object_key(p, image, "/Height"), 0);
    int64_t ppi = resolution(s, width, height);
    s->page->ppi = s->page->pictures++ == 0 || ppi < s->page->ppi ? ppi : s->page->ppi;
    if (ppi <= PREFLIGHT_WASTED_PPI && ppi >= PREFLIGHT_LOW_PPI) {
        return;
    }
    preflight_find(p, ppi > PREFLIGHT_WASTED_PPI ? PREFLIGHT_WASTED_PICTURE
                      : ppi < PREFLIGHT_POOR_PPI ? PREFLIGHT_POOR_PICTURE
                                                 : PREFLIGHT_LOW_PICTURE,
                   s->number, "%d by %d pixels at %d an inch", (int)width, (int)height,
                   (int)ppi);
}

static void take_down(struct scan *s, const struct facts *f)
{
    struct preflight *p = s->p;
    for (size_t i = 0; i < f->plates.list.n; i++) {
        preflight_names_add(p, &s->page->plates, f->plates.list.v[i]);
    }
    s->page->ink = f->ink.ink > s->page->ink ? f->ink.ink : s->page->ink;
    if (f->ink.ink > p->max_ink) {
        preflight_find(p, PREFLIGHT_INK, s->number, "a picture has %d %%",
                       (int)(f->ink.ink / 10));
    }
}

void scan_picture(struct scan *s, qpdf_oh image)
{
    struct preflight *p = s->p;
    qpdf_oh mask = object_key(p, image, "/ImageMask");
    check_forbidden(s, image);
    check_resolution(s, image);
    scan_reach(s, scan_bounds(s, (struct scan_area){0, 0, 1, 1}), 0);
    s->page->transparent |= qpdf_oh_is_stream(p->pdf, object_key(p, image, "/SMask")) ||
        object_integer(p, object_key(p, image, "/SMaskInData"), 0) > 0;
    if (qpdf_oh_is_bool(p->pdf, mask) && qpdf_oh_get_bool_value(p->pdf, mask)) {
        scan_paint(s, SCAN_FILL, "a picture of one colour");
        return;
    }
    const struct space *space =
        space_read(p, object_key(p, image, "/ColorSpace"), s->resources);
    if (space && space->kind != SPACE_PATTERN) {
        scan_check_space(s, space);
        scan_check_overprint(s, SCAN_FILL, space, "a picture");
        take_down(s, known_facts(p, image, space));
    }
}

/* --- shadings ----------------------------------------------------------------------- */

static void print_color(struct scan *s, const struct space *space, qpdf_oh color)
{
    double tints[PREFLIGHT_MAX_COMPONENTS] = {0};
    for (int i = 0; i < space->n; i++) {
        tints[i] = object_number(s->p, object_item(s->p, color, i), 0);
    }
    struct facts f = {0};
    f.ink = space_print(s->p, space, tints, &f.plates);
    take_down(s, &f);
}

/* The colours at both ends of functions of type 2, and of those that a type 3 joins. */
static bool print_function(struct scan *s, const struct space *space, qpdf_oh function,
                           int depth)
{
    struct preflight *p = s->p;
    int64_t type = object_integer(p, object_key(p, function, "/FunctionType"), -1);
    qpdf_oh parts = object_key(p, function, "/Functions");
    if (type == 2) {
        print_color(s, space, object_key(p, function, "/C0"));
        print_color(s, space, object_key(p, function, "/C1"));
    }
    bool seen = type == 2;
    for (int i = 0, n = object_count(p, parts); type == 3 && i < n; i++) {
        seen |= depth < PREFLIGHT_MAX_DEPTH &&
                print_function(s, space, object_item(p, parts, i), depth + 1);
    }
    return seen;
}

void scan_shading(struct scan *s, qpdf_oh shading)
{
    struct preflight *p = s->p;
    const struct space *space =
        space_read(p, object_key(p, shading, "/ColorSpace"), s->resources);
    if (!space || space->kind == SPACE_PATTERN || space->kind == SPACE_INDEXED) {
        return;
    }
    scan_check_space(s, space);
    if (!print_function(s, space, object_key(p, shading, "/Function"), 0)) {
        /* Its colours are not known: any of its plates may be used. */
        double tints[PREFLIGHT_MAX_COMPONENTS];
        for (int i = 0; i < PREFLIGHT_MAX_COMPONENTS; i++) {
            tints[i] = space->kind == SPACE_CMYK || space->kind == SPACE_SPOTS ? 1 : 0;
        }
        space_print(p, space, tints, &s->page->plates);
    }
}

/* SPDX-License-Identifier: MIT
 *
 * Colour spaces (ISO 32000-1, 8.6), as far as plates are concerned: how many components,
 * which of them are plates by name, what becomes of the others when they are printed. */
#include "preflight/space.h"

#include <math.h>
#include <string.h>

static const struct space GRAY = {SPACE_GRAY, true, 1, {{0}}, NULL, {0}};
static const struct space RGB = {SPACE_RGB, true, 3, {{0}}, NULL, {0}};
static const struct space CMYK = {SPACE_CMYK, true, 4, {{0}}, NULL, {0}};
static const struct space PATTERN = {SPACE_PATTERN, false, 0, {{0}}, NULL, {0}};
static const char *const INKS[4] = {"Cyan", "Magenta", "Yellow", "Black"};

static const struct space *read_in(struct preflight *p, qpdf_oh o, qpdf_oh resources,
                                   int depth);

const struct space *space_of_device(struct preflight *p, enum space_kind kind,
                                    qpdf_oh resources)
{
    static const struct { const struct space *space; const char *instead; } OF[] = {
        [SPACE_GRAY] = {&GRAY, "/DefaultGray"}, [SPACE_RGB] = {&RGB, "/DefaultRGB"},
        [SPACE_CMYK] = {&CMYK, "/DefaultCMYK"},
    };
    if (kind == SPACE_PATTERN) {
        return &PATTERN;
    }
    qpdf_oh other = object_key(p, object_key(p, resources, "/ColorSpace"),
                               OF[kind].instead);
    const struct space *s = qpdf_oh_is_array(p->pdf, other)
        ? read_in(p, other, resources, 1) : NULL;
    return s && s->n == OF[kind].space->n ? s : OF[kind].space;
}

static const struct space *by_name(struct preflight *p, str name, qpdf_oh resources,
                                   int depth)
{
    static const struct { const char *name, *brief; enum space_kind kind; } DEVICES[] = {
        {"DeviceGray", "G", SPACE_GRAY}, {"DeviceRGB", "RGB", SPACE_RGB},
        {"DeviceCMYK", "CMYK", SPACE_CMYK}, {"Pattern", "Pattern", SPACE_PATTERN},
    };
    str key = str_format(p->arena, "/%.*s", STR_ARG(name));
    qpdf_oh spaces = object_key(p, resources, "/ColorSpace");
    bool there = object_has(p, spaces, key.p); /* then it is no brief name */
    for (size_t i = 0; i < sizeof DEVICES / sizeof *DEVICES; i++) {
        if (str_is(name, DEVICES[i].name) || (!there && str_is(name, DEVICES[i].brief))) {
            return space_of_device(p, DEVICES[i].kind, resources);
        }
    }
    return there ? read_in(p, object_key(p, spaces, key.p), resources, depth + 1) : NULL;
}

static struct space *new_space(struct preflight *p, enum space_kind kind, int n)
{
    struct space *s = NEW(p->arena, struct space);
    s->kind = kind;
    s->n = n;
    return s;
}

static const struct space *by_profile(struct preflight *p, qpdf_oh profile)
{
    int64_t n = object_integer(p, object_key(p, profile, "/N"), 0);
    return n == 1 ? new_space(p, SPACE_GRAY, 1) : n == 3 ? new_space(p, SPACE_RGB, 3)
        : n == 4 ? new_space(p, SPACE_CMYK, 4) : NULL;
}

static const struct space *by_plates(struct preflight *p, qpdf_oh o, qpdf_oh resources,
                                     int depth)
{
    qpdf_oh names = object_item(p, o, 1);
    int n = qpdf_oh_is_name(p->pdf, names) ? 1 : object_count(p, names);
    if (n < 1 || n > PREFLIGHT_MAX_COMPONENTS) {
        return NULL;
    }
    struct space *s = new_space(p, SPACE_SPOTS, n);
    for (int i = 0; i < n; i++) {
        qpdf_oh name = qpdf_oh_is_name(p->pdf, names) ? names : object_item(p, names, i);
        vec_push(p->arena, &s->spots.list, object_name(p, name));
    }
    s->base = read_in(p, object_item(p, o, 2), resources, depth + 1);
    return s->base ? s : NULL;
}

static const struct space *by_palette(struct preflight *p, qpdf_oh o, qpdf_oh resources,
                                      int depth)
{
    const struct space *base = read_in(p, object_item(p, o, 1), resources, depth + 1);
    if (!base || base->n < 1 || base->kind == SPACE_INDEXED) {
        return NULL;
    }
    struct space *s = new_space(p, SPACE_INDEXED, 1);
    qpdf_oh palette = object_item(p, o, 3);
    s->base = base;
    if (qpdf_oh_is_string(p->pdf, palette)) {
        size_t n = 0;
        const char *bytes = qpdf_oh_get_binary_string_value(p->pdf, palette, &n);
        s->palette = str_copy(p->arena, (str){bytes, n});
    } else {
        object_data(p, palette, &s->palette);
    }
    return s;
}

static const struct space *by_array(struct preflight *p, qpdf_oh o, qpdf_oh resources,
                                    int depth)
{
    str kind = object_name(p, object_item(p, o, 0));
    if (str_is(kind, "ICCBased")) {
        return by_profile(p, object_item(p, o, 1));
    } else if (str_is(kind, "Separation") || str_is(kind, "DeviceN")) {
        return by_plates(p, o, resources, depth);
    } else if (str_is(kind, "Indexed") || str_is(kind, "I")) {
        return by_palette(p, o, resources, depth);
    } else if (str_is(kind, "Lab")) {
        return new_space(p, SPACE_LAB, 3);
    } else if (str_is(kind, "CalRGB") || str_is(kind, "CalGray")) {
        return new_space(p, str_is(kind, "CalRGB") ? SPACE_RGB : SPACE_GRAY,
                         str_is(kind, "CalRGB") ? 3 : 1);
    } else if (str_is(kind, "Pattern")) {
        struct space *s = new_space(p, SPACE_PATTERN, 0);
        s->base = read_in(p, object_item(p, o, 1), resources, depth + 1);
        s->n = s->base ? s->base->n : 0;
        return s;
    }
    return object_count(p, o) == 1 ? by_name(p, kind, resources, depth) : NULL;
}

static const struct space *read_in(struct preflight *p, qpdf_oh o, qpdf_oh resources,
                                   int depth)
{
    if (depth > PREFLIGHT_MAX_DEPTH) {
        return NULL;
    } else if (qpdf_oh_is_name(p->pdf, o)) {
        return by_name(p, object_name(p, o), resources, depth);
    } else if (!qpdf_oh_is_array(p->pdf, o)) {
        return NULL;
    }
    str id = object_id(p, o);
    const struct space *known = id.n ? map_find(&p->known_spaces, id) : NULL;
    if (known) {
        return known;
    }
    const struct space *made = by_array(p, o, resources, depth);
    if (made && id.n) {
        map_put(&p->known_spaces, id, (void *)(uintptr_t)made);
    }
    return made;
}

const struct space *space_read(struct preflight *p, qpdf_oh o, qpdf_oh resources)
{
    return read_in(p, o, resources, 0);
}

static int64_t thousandths(double tint)
{
    return tint <= 0 ? 0 : tint >= 1 ? 1000 : (int64_t)(tint * 1000 + 0.5);
}

static void add_plate(struct preflight *p, struct preflight_names *plates,
                      struct space_ink *ink, str name, double tint)
{
    if (tint <= 0 || str_is(name, "None")) {
        return;
    }
    ink->all |= str_is(name, "All");
    ink->ink += thousandths(tint);
    ink->plates++;
    preflight_names_add(p, plates, name);
}

/* Of a palette the colour with most ink, and the plates of all. */
static struct space_ink print_palette(struct preflight *p, const struct space *space,
                                      struct preflight_names *plates)
{
    struct space_ink most = {.white = true};
    int n = space->base->n;
    for (size_t at = 0; at + (size_t)n <= space->palette.n; at += (size_t)n) {
        double tints[PREFLIGHT_MAX_COMPONENTS];
        for (int i = 0; i < n; i++) {
            tints[i] = (unsigned char)space->palette.p[at + (size_t)i] / 255.0;
        }
        struct space_ink ink = space_print(p, space->base, tints, plates);
        bool white = most.white && ink.white;
        most = ink.ink > most.ink ? ink : most;
        most.white = white;
    }
    return most;
}

/* What a profile makes of RGB or Lab is not known here; white stays white, and anything
 * else may print on all four plates. */
static struct space_ink print_converted(struct preflight *p, bool white,
                                        struct preflight_names *plates)
{
    struct space_ink ink = {.white = white, .process = true, .plates = white ? 0 : 4};
    if (!white) {
        preflight_names_add(p, plates, STR("RGB"));
    }
    return ink;
}

struct space_ink space_print(struct preflight *p, const struct space *space,
                             const double *tints, struct preflight_names *plates)
{
    struct space_ink ink = {0};
    switch (space->kind) {
    case SPACE_GRAY:
        add_plate(p, plates, &ink, STR("Black"), 1 - tints[0]);
        break;
    case SPACE_CMYK:
        for (int i = 0; i < 4; i++) {
            add_plate(p, plates, &ink, str_from(INKS[i]), tints[i]);
        }
        break;
    case SPACE_SPOTS:
        for (int i = 0; i < space->n; i++) {
            add_plate(p, plates, &ink, space->spots.list.v[i], tints[i]);
        }
        break;
    case SPACE_RGB:
        return print_converted(p, fmin(fmin(tints[0], tints[1]), tints[2]) >= 1, plates);
    case SPACE_LAB:
        return print_converted(p, tints[0] >= 100, plates);
    case SPACE_INDEXED:
        return print_palette(p, space, plates);
    default:
        return ink;
    }
    ink.white = ink.plates == 0;
    ink.process = space->kind != SPACE_SPOTS;
    return ink;
}

bool space_is_defined(const struct preflight *p, const struct space *space)
{
    const struct space *s = space;
    while (s->base && (s->kind == SPACE_INDEXED || s->kind == SPACE_PATTERN ||
                       s->kind == SPACE_SPOTS)) {
        s = s->base;
    }
    if (!s->device || s->kind == SPACE_GRAY) {
        return true;
    }
    return s->kind == SPACE_CMYK ? !str_is(p->intent_space, "RGB ") &&
                                   !str_is(p->intent_space, "GRAY")
                                 : str_is(p->intent_space, "RGB ");
}

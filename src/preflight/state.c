/* SPDX-License-Identifier: MIT
 *
 * Graphics state dictionaries (ISO 32000-1, 8.4.5): overprint, transparency, and what
 * PDF/X does not allow in them. */
#include <string.h>

#include "preflight/scan.h"

void scan_check_intent(struct scan *s, str name)
{
    static const char *const KNOWN[] = {"AbsoluteColorimetric", "RelativeColorimetric",
                                        "Saturation", "Perceptual"};
    for (size_t i = 0; i < sizeof KNOWN / sizeof *KNOWN; i++) {
        if (str_is(name, KNOWN[i])) {
            return;
        }
    }
    preflight_find(s->p, PREFLIGHT_INTENT_NAME, s->number, "/%.*s", STR_ARG(name));
}

static void check_halftone(struct scan *s, qpdf_oh halftone)
{
    int64_t type = object_integer(s->p, object_key(s->p, halftone, "/HalftoneType"), 0);
    if (qpdf_oh_is_name(s->p->pdf, halftone) || qpdf_oh_is_null(s->p->pdf, halftone)) {
        return; /* Default */
    }
    if (type != 1 && type != 5) {
        preflight_find(s->p, PREFLIGHT_HALFTONE, s->number, "its type is %d", (int)type);
    } else if (object_has(s->p, halftone, "/HalftoneName")) {
        preflight_find(s->p, PREFLIGHT_HALFTONE, s->number, "it has a name");
    }
}

static void check_printing(struct scan *s, qpdf_oh state)
{
    qpdf_oh second = object_key(s->p, state, "/TR2");
    if (object_has(s->p, state, "/TR") ||
        (!qpdf_oh_is_null(s->p->pdf, second) &&
         !object_is_name(s->p, second, "Default"))) {
        preflight_find(s->p, PREFLIGHT_TRANSFER, s->number, NULL);
    }
    if (object_has(s->p, state, "/HTP")) {
        preflight_find(s->p, PREFLIGHT_HALFTONE_PHASE, s->number, NULL);
    }
    check_halftone(s, object_key(s->p, state, "/HT"));
    str intent = object_name_of(s->p, state, "/RI");
    if (intent.n) {
        scan_check_intent(s, intent);
    }
}

/* BM may be a list of which the first that is known counts: one is enough here. */
static bool blends(const struct scan *s, qpdf_oh mode)
{
    str name = object_name(s->p, qpdf_oh_is_array(s->p->pdf, mode)
                                     ? object_item(s->p, mode, 0) : mode);
    return name.n && !str_is(name, "Normal") && !str_is(name, "Compatible");
}

static void check_transparency(struct scan *s, qpdf_oh state)
{
    qpdf_oh mask = object_key(s->p, state, "/SMask");
    if (object_number(s->p, object_key(s->p, state, "/ca"), 1) < 1 ||
        object_number(s->p, object_key(s->p, state, "/CA"), 1) < 1 ||
        qpdf_oh_is_dictionary(s->p->pdf, mask) ||
        blends(s, object_key(s->p, state, "/BM"))) {
        s->page->transparent = true;
    }
}

void scan_check_overprint(struct scan *s, int use, const struct space *space,
                          const char *what)
{
    while (space->base &&
           (space->kind == SPACE_INDEXED || space->kind == SPACE_PATTERN)) {
        space = space->base;
    }
    if (s->pen.overprint[use] && s->pen.mode_of_overprint == 1 &&
        space->kind == SPACE_CMYK && !space->device) {
        preflight_find(s->p, PREFLIGHT_ICC_OVERPRINT, s->number, "%s", what);
    }
}

void scan_state(struct scan *s, qpdf_oh state)
{
    struct preflight *p = s->p;
    qpdf_oh strokes = object_key(p, state, "/OP"), fills = object_key(p, state, "/op");
    if (qpdf_oh_is_bool(p->pdf, strokes)) {
        s->pen.overprint[SCAN_STROKE] = qpdf_oh_get_bool_value(p->pdf, strokes);
        s->pen.overprint[SCAN_FILL] = s->pen.overprint[SCAN_STROKE];
    }
    if (qpdf_oh_is_bool(p->pdf, fills)) {
        s->pen.overprint[SCAN_FILL] = qpdf_oh_get_bool_value(p->pdf, fills);
    }
    s->pen.mode_of_overprint = (int)object_integer(p, object_key(p, state, "/OPM"),
                                                   s->pen.mode_of_overprint);
    s->pen.width = object_number(p, object_key(p, state, "/LW"), s->pen.width);
    check_printing(s, state);
    check_transparency(s, state);
}

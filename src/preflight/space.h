/* preflight/space.h: colour spaces, and the plates that a colour prints on. */
#ifndef INFONOTE_PREFLIGHT_SPACE_H
#define INFONOTE_PREFLIGHT_SPACE_H

#include "preflight/object.h"

enum space_kind {
    SPACE_GRAY, SPACE_RGB, SPACE_CMYK, /* of the device, or by a profile or Cal… */
    SPACE_LAB, SPACE_SPOTS,            /* Separation and DeviceN */
    SPACE_INDEXED, SPACE_PATTERN,
};

struct space {
    enum space_kind kind;
    bool device;               /* DeviceGray, DeviceRGB, DeviceCMYK as such */
    int n;                     /* components */
    struct preflight_names spots;
    const struct space *base;  /* INDEXED, PATTERN: of the colours; SPOTS: instead */
    str palette;               /* INDEXED: n bytes of the base for each */
};

/* What one colour prints: plates are added to `plates`; the ink is the sum of its tints.
 * `tints` has `space->n` values, 0 to 1. */
struct space_ink {
    int64_t ink;
    int plates;
    bool white, all, process; /* `all`: the plate /All */
};

/* The space of a name or an array; looked up among `resources` where it is a name. NULL:
 * there is no such space. */
const struct space *space_read(struct preflight *p, qpdf_oh o, qpdf_oh resources);

/* A device's space, or what the resources say stands for it (DefaultRGB …). */
const struct space *space_of_device(struct preflight *p, enum space_kind kind,
                                    qpdf_oh resources);

struct space_ink space_print(struct preflight *p, const struct space *space,
                             const double *tints, struct preflight_names *plates);

/* Whether a device colour is one that the output intent defines. */
bool space_is_defined(const struct preflight *p, const struct space *space);

#endif

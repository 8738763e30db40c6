/* SPDX-License-Identifier: MIT
 *
 * Colours of one device to another's by their profiles, by Little CMS. The library is
 * looked for when a picture needs it and not before: nearly no note has one, and what is
 * linked costs every start of the program. */
#include "image/formats.h"

#include <dlfcn.h>
#include <lcms2.h>
#include <stdlib.h>

static const char LIBRARY[] = "liblcms2.so.2";

struct image_transform {
    void *library;
    cmsHTRANSFORM handle;
    void (*run)(cmsHTRANSFORM, const void *, void *, cmsUInt32Number);
    void (*delete)(cmsHTRANSFORM);
};

/* ISO C has no cast from an object's to a function's pointer; POSIX promises that the
 * bytes are the same. */
static bool find(void *library, const char *name, void *function)
{
    void *found = dlsym(library, name);
    *(void **)function = found;
    return found != NULL;
}

/* What is called once. */
struct lcms {
    cmsHPROFILE (*open)(const void *, cmsUInt32Number);
    cmsHPROFILE (*srgb)(void);
    cmsHTRANSFORM (*create)(cmsHPROFILE, cmsUInt32Number, cmsHPROFILE, cmsUInt32Number,
                            cmsUInt32Number, cmsUInt32Number);
    cmsBool (*close)(cmsHPROFILE);
};

static bool find_all(struct image_transform *t, struct lcms *l)
{
    return find(t->library, "cmsOpenProfileFromMem", &l->open) &&
           find(t->library, "cmsCreate_sRGBProfile", &l->srgb) &&
           find(t->library, "cmsCreateTransform", &l->create) &&
           find(t->library, "cmsCloseProfile", &l->close) &&
           find(t->library, "cmsDoTransform", &t->run) &&
           find(t->library, "cmsDeleteTransform", &t->delete);
}

static cmsHPROFILE open_profile(const struct lcms *l, str profile)
{
    return profile.n ? l->open(profile.p, (cmsUInt32Number)profile.n) : l->srgb();
}

static cmsUInt32Number type_of(int colors, bool wide)
{
    return colors == 4   ? wide ? TYPE_CMYK_16 : TYPE_CMYK_8
           : colors == 3 ? wide ? TYPE_RGB_16 : TYPE_RGB_8
                         : wide ? TYPE_GRAY_16 : TYPE_GRAY_8;
}

static void make(struct image_transform *t, const struct lcms *l,
                 const struct image_conversion *c)
{
    static const cmsUInt32Number INTENTS[] = {
        [IMAGE_PERCEPTUAL] = INTENT_PERCEPTUAL,
        [IMAGE_RELATIVE] = INTENT_RELATIVE_COLORIMETRIC,
        [IMAGE_SATURATION] = INTENT_SATURATION,
        [IMAGE_ABSOLUTE] = INTENT_ABSOLUTE_COLORIMETRIC,
    };
    cmsHPROFILE from = open_profile(l, c->from), to = open_profile(l, c->to);
    cmsUInt32Number flags = c->wide ? cmsFLAGS_NOOPTIMIZE : 0;
    flags |= c->black_point ? cmsFLAGS_BLACKPOINTCOMPENSATION : 0;
    if (from && to) {
        t->handle = l->create(from, type_of(c->from_colors, c->wide), to,
                              type_of(c->to_colors, c->wide), INTENTS[c->intent], flags);
    }
    if (from) {
        l->close(from);
    }
    if (to) {
        l->close(to);
    }
}

bool image_transform_open(const struct image_conversion *c, struct image_transform **out,
                          struct image_problem *problem)
{
    static const char HINT[] = "save it as RGB or grey";
    struct image_transform t = {.library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL)};
    struct lcms l;
    if (!t.library || !find_all(&t, &l)) {
        if (t.library) {
            dlclose(t.library);
        }
        return image_refuse(problem, STR("has colours to be converted by a profile, and "
                                         "liblcms2 is not installed"),
                            "install liblcms2-2, or save it without one");
    }
    make(&t, &l, c);
    if (!t.handle) {
        dlclose(t.library);
        return image_refuse(problem, STR("has a colour profile that is damaged"), HINT);
    }
    *out = calloc(1, sizeof t);
    if (!*out) {
        oom_report(sizeof t);
    }
    **out = t;
    return true;
}

void image_transform_row(struct image_transform *t, const void *from, void *to,
                         uint32_t columns)
{
    t->run(t->handle, from, to, columns);
}

void image_transform_close(struct image_transform *t)
{
    if (t) {
        t->delete(t->handle);
        dlclose(t->library);
        free(t);
    }
}

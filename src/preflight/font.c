/* SPDX-License-Identifier: MIT
 *
 * A font that a page shows text with: its name, and whether its file is there. */
#include <string.h>

#include "preflight/object.h"

/* Type 0 fonts have their file at the font below them. */
static qpdf_oh descriptor(const struct preflight *p, qpdf_oh font)
{
    qpdf_oh below = object_item(p, object_key(p, font, "/DescendantFonts"), 0);
    bool composed = object_is_name(p, object_key(p, font, "/Subtype"), "Type0");
    return object_key(p, composed ? below : font, "/FontDescriptor");
}

static bool embedded(const struct preflight *p, qpdf_oh font, str type)
{
    qpdf_oh d = descriptor(p, font);
    return str_is(type, "Type3") || object_has(p, d, "/FontFile") ||
           object_has(p, d, "/FontFile2") || object_has(p, d, "/FontFile3");
}

/* "ABCDEF+Name" names a subset. */
static bool is_subset(str name)
{
    for (size_t i = 0; i < 6 && i < name.n; i++) {
        if (name.p[i] < 'A' || name.p[i] > 'Z') {
            return false;
        }
    }
    return name.n > 7 && name.p[6] == '+';
}

static void add(struct preflight *p, struct preflight_font font)
{
    for (size_t i = 0; i < p->fonts.n; i++) {
        if (str_eq(p->fonts.v[i].name, font.name) &&
            p->fonts.v[i].embedded == font.embedded) {
            return;
        }
    }
    vec_push(p->arena, &p->fonts, font);
}

str preflight_font(struct preflight *p, qpdf_oh font, size_t page)
{
    str name = object_name_of(p, font, "/BaseFont");
    str type = object_name_of(p, font, "/Subtype");
    struct preflight_font f = {
        .name = name.n ? name : type, .type = type,
        .embedded = embedded(p, font, type), .subset = is_subset(name),
    };
    if (!f.embedded) {
        preflight_find(p, PREFLIGHT_NO_FONT, page, "%.*s", STR_ARG(f.name));
    }
    add(p, f);
    return f.name;
}

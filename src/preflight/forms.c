/* SPDX-License-Identifier: MIT
 *
 * Forms and patterns: content streams inside others. */
#include <string.h>

#include "preflight/scan.h"

static void apply_matrix(struct scan *s, qpdf_oh matrix)
{
    double m[6];
    if (object_count(s->p, matrix) == 6) {
        for (int i = 0; i < 6; i++) {
            m[i] = object_number(s->p, object_item(s->p, matrix, i), 0);
        }
        scan_transform(s, m);
    }
}

static void clip_to(struct scan *s, qpdf_oh box)
{
    double v[4];
    if (object_count(s->p, box) == 4) {
        for (int i = 0; i < 4; i++) {
            v[i] = object_number(s->p, object_item(s->p, box, i), 0);
        }
        scan_clip(s, scan_bounds(s, (struct scan_area){v[0], v[1], v[2], v[3]}));
    }
}

/* What it holds; kept, since the same form may be drawn many times. */
static bool content_of(struct preflight *p, qpdf_oh stream, str *content)
{
    str id = object_id(p, stream);
    str *known = id.n ? map_find(&p->known_forms, id) : NULL;
    if (known) {
        *content = *known;
        return true;
    }
    bool good = object_data(p, stream, content);
    if (good && id.n) {
        known = NEW(p->arena, str);
        *known = *content;
        map_put(&p->known_forms, id, known);
    }
    return good;
}

static void scan_stream(struct scan *s, qpdf_oh stream)
{
    struct preflight *p = s->p;
    str content;
    if (s->depth >= PREFLIGHT_MAX_DEPTH || s->forms++ >= PREFLIGHT_MAX_FORMS) {
        return;
    }
    if (!content_of(p, stream, &content)) {
        preflight_find(p, PREFLIGHT_DAMAGED, s->number, "a form cannot be read");
        return;
    }
    struct pen before = s->pen;
    qpdf_oh own = object_key(p, stream, "/Resources");
    apply_matrix(s, object_key(p, stream, "/Matrix"));
    clip_to(s, object_key(p, stream, "/BBox"));
    s->depth++;
    s->drawn = s->bar = false;
    scan_content(s, content, qpdf_oh_is_dictionary(p->pdf, own) ? own : s->resources);
    s->depth--;
    s->pen = before;
}

void scan_form(struct scan *s, qpdf_oh form)
{
    struct preflight *p = s->p;
    if (object_has(p, form, "/OPI")) {
        preflight_find(p, PREFLIGHT_OPI, s->number, NULL);
    }
    if (object_has(p, form, "/Ref")) {
        preflight_find(p, PREFLIGHT_REFERENCE, s->number, NULL);
    }
    if (object_has(p, form, "/PS") || object_is_name(p, object_key(p, form, "/Subtype2"),
                                                     "PS")) {
        preflight_find(p, PREFLIGHT_POSTSCRIPT, s->number, NULL);
    }
    scan_stream(s, form);
}

void scan_pattern(struct scan *s, str name)
{
    struct preflight *p = s->p;
    str key = str_format(p->arena, "/%.*s", STR_ARG(name));
    qpdf_oh pattern = object_key(p, object_key(p, s->resources, "/Pattern"), key.p);
    int64_t type = object_integer(p, object_key(p, pattern, "/PatternType"), 0);
    if (type == 1) {
        static const double PAGE[6] = {1, 0, 0, 1, 0, 0}; /* patterns lie on the page */
        struct pen before = s->pen;
        struct preflight_page page = *s->page; /* a cell, repeated, reaches no edge */
        memcpy(s->pen.matrix, PAGE, sizeof PAGE);
        scan_stream(s, pattern);
        memcpy(s->page->reaches, page.reaches, sizeof page.reaches);
        s->pen = before;
    } else if (type == 2) {
        scan_shading(s, object_key(p, pattern, "/Shading"));
    } else {
        preflight_find(p, PREFLIGHT_RESOURCE, s->number, "Pattern %s", key.p);
    }
}

/* SPDX-License-Identifier: MIT
 *
 * What is clipped, and what reaches the edge of the trimmed page: paper is never cut
 * quite where it should be, so there must be a bleed beyond it. Clips are kept as their
 * bounds: what is clipped to a circle counts as in the square around it. */
#include <math.h>

#include "preflight/scan.h"

#define REACH 0.05 /* points: so near, it does */

const struct scan_area SCAN_EVERYWHERE = {-1e9, -1e9, 1e9, 1e9};

struct scan_area scan_bounds(const struct scan *s, struct scan_area r)
{
    const double *m = s->pen.matrix, x[] = {r.x0, r.x1}, y[] = {r.y0, r.y1};
    struct scan_area out = {INFINITY, INFINITY, -INFINITY, -INFINITY};
    for (int i = 0; i < 4; i++) {
        double px = x[i % 2] * m[0] + y[i / 2] * m[2] + m[4];
        double py = x[i % 2] * m[1] + y[i / 2] * m[3] + m[5];
        out = (struct scan_area){fmin(out.x0, px), fmin(out.y0, py), fmax(out.x1, px),
                                 fmax(out.y1, py)};
    }
    return out;
}

static struct scan_area both(struct scan_area a, struct scan_area b)
{
    return (struct scan_area){fmax(a.x0, b.x0), fmax(a.y0, b.y0), fmin(a.x1, b.x1),
                              fmin(a.y1, b.y1)};
}

void scan_clip(struct scan *s, struct scan_area bounds)
{
    s->pen.clip = both(s->pen.clip, bounds);
}

void scan_reach(struct scan *s, struct scan_area r, double thick)
{
    const struct preflight_box *trim = preflight_trim(s->page);
    struct scan_area t = {(double)trim->x0 / 1000, (double)trim->y0 / 1000,
                          (double)trim->x1 / 1000, (double)trim->y1 / 1000};
    r = both((struct scan_area){r.x0 - thick, r.y0 - thick, r.x1 + thick, r.y1 + thick},
             s->pen.clip);
    if (r.x0 >= r.x1 || r.y0 >= r.y1 || r.x0 >= t.x1 || r.x1 <= t.x0 || r.y0 >= t.y1 ||
        r.y1 <= t.y0) {
        return; /* nothing of it is on the page */
    }
    s->page->reaches[0] |= r.x0 <= t.x0 + REACH;
    s->page->reaches[1] |= r.y0 <= t.y0 + REACH;
    s->page->reaches[2] |= r.x1 >= t.x1 - REACH;
    s->page->reaches[3] |= r.y1 >= t.y1 - REACH;
}

void scan_check_bleed(struct preflight *p, const struct preflight_page *page)
{
    static const char *const SIDES[] = {"left", "lower", "right", "upper"};
    const struct preflight_box *trim = preflight_trim(page);
    const struct preflight_box *bleed = &page->boxes[PREFLIGHT_BLEED];
    const int64_t beyond[] = {trim->x0 - bleed->x0, trim->y0 - bleed->y0,
                              bleed->x1 - trim->x1, bleed->y1 - trim->y1};
    bool trimmed = trim == &page->boxes[PREFLIGHT_TRIM] ||
                   trim == &page->boxes[PREFLIGHT_ART];
    for (int i = 0; i < 4 && (trimmed || !bleed->there); i++) {
        if (page->reaches[i] && (!bleed->there || beyond[i] <= 0)) {
            preflight_find(p, PREFLIGHT_NO_BLEED, page->number, "the %s edge%s", SIDES[i],
                           bleed->there ? "" : "; there is no BleedBox");
        }
    }
}

/* SPDX-License-Identifier: MIT
 *
 * In: resolved rules. Out: a report for each background on which text cannot be read: the
 * block's own, or what may stand in its lines. The measure is that of WCAG 2.1, 1.4.3. */
#include "style/sheet.h"

enum { LEAST_CONTRAST = 450 }; /* in hundredths */

/* What may have a colour of its own inside a block. */
static const char *const INSIDE[] = {
    "paragraph", "callout-title", "link", "code", "emphasis", "strong", "footnote-mark",
    "list-marker", "heading-number", "code-number", "table-head", "table-cell",
    "table-row-head", "table-foot",
};
enum { N_INSIDE = sizeof INSIDE / sizeof *INSIDE };

/* What text stands on, and whose that is. */
struct ground {
    const struct style *block;
    struct color color;
};

/* False, with a report, if text in style `s` is too like its ground. */
static bool check_pair(struct style_reader *r, const struct ground *ground,
                       const struct style *s, struct place at)
{
    int32_t contrast = color_contrast(s->color, ground->color);
    if (contrast >= LEAST_CONTRAST) {
        return true;
    }
    struct buf text, behind, ratio;
    buf_init(&text, r->sink->arena);
    color_put_hex(&text, s->color);
    buf_init(&behind, r->sink->arena);
    color_put_hex(&behind, ground->color);
    buf_init(&ratio, r->sink->arena);
    buf_decimal(&ratio, contrast, 2);
    diag_report(r->sink, DIAG_LOW_CONTRAST, at,
                "make one of them lighter or the other darker, to 4.5:1 at least",
                "`%.*s` in %.*s on %.*s, the background of `%.*s`, has a contrast of "
                "%.*s:1", STR_ARG(s->name), STR_ARG(buf_str(&text)),
                STR_ARG(buf_str(&behind)), STR_ARG(ground->block->name),
                STR_ARG(buf_str(&ratio)));
    return false;
}

static size_t row_of(size_t offset)
{
    size_t i = 0;
    while (STYLE_PROPS[i].offset != offset) {
        i++;
    }
    return i;
}

/* Text with a colour of its own inside a block; reported where it has it from. */
static bool check_inside(struct style_reader *r, const struct ground *ground, str name)
{
    const struct style_rule *rule = style_find_rule(r->sheet, name);
    size_t row = row_of(offsetof(struct style, color));
    if (!rule || !rule->specs[row].set) {
        return true;
    }
    const struct style *s = style_compute(r->layout, ground->block, name);
    return color_eq(s->color, ground->block->color) ||
           s->background.space != COLOR_NONE ||
           check_pair(r, ground, s, rule->specs[row].at);
}

/* Reports what cannot be read on a ground; its colour is said at `at`. */
static void check_ground(struct style_reader *r, const struct ground *ground,
                         struct place at, bool told[N_INSIDE])
{
    bool good = ground->color.space != COLOR_NONE;
    good = good && check_pair(r, ground, ground->block, at);
    for (size_t k = 0; good && k < N_INSIDE; k++) {
        told[k] = told[k] || !check_inside(r, ground, str_from(INSIDE[k]));
    }
}

void style_check_contrast(struct style_reader *r)
{
    struct layout *l = r->layout;
    bool told[N_INSIDE] = {false};
    size_t background = row_of(offsetof(struct style, background));
    size_t zebra = row_of(offsetof(struct style, zebra));
    for (size_t i = 0; i < r->sheet->rules.n; i++) {
        const struct style_rule *rule = r->sheet->rules.v[i];
        if (!rule->specs[background].set && !rule->specs[zebra].set) {
            continue;
        }
        const struct style *s = style_compute(l, style_root(l), rule->name);
        check_ground(r, &(struct ground){s, s->background}, rule->specs[background].at,
                     told);
        check_ground(r, &(struct ground){s, s->zebra}, rule->specs[zebra].at, told);
    }
}

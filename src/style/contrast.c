/* SPDX-License-Identifier: MIT
 *
 * In: resolved rules. Out: a report for each background on which text cannot be read: the
 * block's own, or what may stand in its lines; and for each colour that cannot be read on
 * paper. The measure is that of WCAG 2.1, 1.4.3. */
#include "style/sheet.h"

/* In hundredths; large are letters of 18 pt, bold ones of 14 pt. */
enum { LEAST_CONTRAST = 450, LEAST_FOR_LARGE = 300, BOLD = 700 };

static const len LARGE = 18 * LEN_PT, LARGE_BOLD = 14 * LEN_PT;

/* What may have a colour of its own inside a block. */
static const char *const INSIDE[] = {
    "paragraph", "callout-title", "link", "code", "emphasis", "strong", "footnote-mark",
    "list-marker", "heading-number", "code-number", "table-head", "table-cell",
    "table-row-head", "table-foot",
};
enum { N_INSIDE = sizeof INSIDE / sizeof *INSIDE };

/* What text stands on, and whose that is; NULL: the paper's. */
struct ground {
    const struct style *block;
    struct color color;
};

static bool is_large(const struct style *s)
{
    return s->size >= (s->weight >= BOLD ? LARGE_BOLD : LARGE);
}

/* False, with a report, if text in style `s` is too like its ground. */
static bool check_pair(struct style_reader *r, const struct ground *ground,
                       const struct style *s, struct place at)
{
    int32_t contrast = color_contrast(s->color, ground->color);
    if (contrast >= (is_large(s) ? LEAST_FOR_LARGE : LEAST_CONTRAST)) {
        return true;
    }
    struct buf text, behind, ratio;
    buf_init(&text, r->sink->arena);
    color_put_hex(&text, s->color);
    buf_init(&behind, r->sink->arena);
    color_put_hex(&behind, ground->color);
    buf_init(&ratio, r->sink->arena);
    buf_decimal(&ratio, contrast, 2);
    str whose = ground->block ? str_format(r->sink->arena, "the background of `%.*s`",
                                           STR_ARG(ground->block->name))
                              : STR("the paper");
    diag_report(r->sink, DIAG_LOW_CONTRAST, at,
                is_large(s)
                    ? "make one of them lighter or the other darker, to 3:1 at least"
                    : "make one of them lighter or the other darker, to 4.5:1 at least",
                "`%.*s` in %.*s on %.*s, %.*s, has a contrast of %.*s:1",
                STR_ARG(s->name), STR_ARG(buf_str(&text)), STR_ARG(buf_str(&behind)),
                STR_ARG(whose), STR_ARG(buf_str(&ratio)));
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

/* --- On paper --- */

/* What is no text, or not there to be read. */
static const char *const SILENT[] = {
    "watermark", "change-bar", "rule", "signature-line", "columns",
};

/* What stands in blocks that may have a background: how both begin. */
static const struct {
    const char *inside, *block;
} PARTS[] = {
    {"callout-title", "callout"},     {"heading-number", "heading-"},
    {"code-number", "code-block"},    {"table-", "table"},
    {"cell-left", "table"},           {"fact", "fact"},
    {"footnote-number", "footnote"},  {"disclaimer-label", "disclaimer"},
    {"letter-label", "letter-"},      {"signature-", "signature"},
    {"definition-", "definition"},
};

static bool is_silent(str name)
{
    for (size_t i = 0; i < sizeof SILENT / sizeof *SILENT; i++) {
        if (str_is(name, SILENT[i])) {
            return true;
        }
    }
    return false;
}

/* Whether a block that may be around it has a background; then that was looked at. */
static bool may_have_ground(const struct style_reader *r, str name)
{
    size_t background = row_of(offsetof(struct style, background));
    for (size_t i = 0; i < sizeof PARTS / sizeof *PARTS; i++) {
        bool inside = str_starts(name, str_from(PARTS[i].inside));
        for (size_t k = 0; inside && k < r->sheet->rules.n; k++) {
            const struct style_rule *rule = r->sheet->rules.v[k];
            if (rule->specs[background].set &&
                str_starts(rule->name, str_from(PARTS[i].block))) {
                return true;
            }
        }
    }
    return false;
}

/* Whether the colour was told already: of a rule that this one extends, on a ground. */
static bool was_told(const struct style_reader *r, struct place at)
{
    for (size_t i = 0; i < r->sink->list.n; i++) {
        const struct diag *d = &r->sink->list.v[i];
        if (d->code == DIAG_LOW_CONTRAST && d->at.source == at.source &&
            d->at.line == at.line && d->at.column == at.column) {
            return true;
        }
    }
    return false;
}

/* Styles of the layout's own may be for what stands on a background. */
static void check_on_paper(struct style_reader *r, const struct style_rule *rule)
{
    static const struct ground PAPER = {NULL, {.space = COLOR_GRAY, .part = {1000}}};
    const struct style_spec *spec = &rule->specs[row_of(offsetof(struct style, color))];
    bool found;
    struct color color = spec->set ? style_color_of(r->sheet, spec->text, &found)
                                   : (struct color){.space = COLOR_NONE};
    if (color.space == COLOR_NONE || !found || is_silent(rule->name) ||
        color_contrast(color, PAPER.color) >= LEAST_CONTRAST ||
        !style_name_in(STYLE_NAMES, rule->name) || may_have_ground(r, rule->name) ||
        was_told(r, spec->at)) {
        return;
    }
    const struct style *s = style_compute(r->layout, style_root(r->layout), rule->name);
    if (s->background.space == COLOR_NONE) {
        check_pair(r, &PAPER, s, spec->at);
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
    for (size_t i = 0; i < r->sheet->rules.n; i++) {
        check_on_paper(r, r->sheet->rules.v[i]);
    }
}

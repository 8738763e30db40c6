/* SPDX-License-Identifier: MIT
 *
 * Colours that say what presses print: `{cmyk: [100, 60, 0, 10], rgb: "#1f4e79"}`,
 * `{spot: "PANTONE 286 C", cmyk: [100, 75, 0, 0], tint: 20%}`. Read, they wait until all
 * layouts of a chain are: one tint of an ink may be named where another says what stands
 * for it. Then each becomes a text that any colour may be, for screens, and a place in
 * the palette, for presses. */
#include "style/sheet.h"

#include <string.h>

enum { WHOLE = 1000, SPOT_MAX = 100 };

static bool refuse(struct style_reader *r, struct place at, const char *hint,
                   const char *what)
{
    diag_report(r->sink, DIAG_BAD_COLOR, at, hint, "%s", what);
    return false;
}

/* --- Reading --- */

/* "60" and "60%" become 600. */
static bool read_percent(struct style_reader *r, const struct value *v, int32_t *out)
{
    str text = str_trim(v->text);
    if (str_ends(text, STR("%"))) {
        text = str_sub(text, 0, text.n - 1);
    }
    int32_t milli = 0;
    if (v->kind != VALUE_SCALAR || !len_parse_milli(text, &milli)) {
        return refuse(r, v->at, "write percent: 60 or 60%",
                      "this is no part of a colour");
    }
    if (milli < 0 || milli > 100 * 1000) {
        diag_report(r->sink, DIAG_OUT_OF_RANGE, v->at, "100 is all of an ink, 0 is none",
                    "an ink cannot have %.*s percent", STR_ARG(text));
        return false;
    }
    *out = milli / 100;
    return true;
}

static bool read_inks(struct style_reader *r, const struct value *v, struct style_mix *m)
{
    struct color c;
    if (v->kind == VALUE_SCALAR && color_parse(v->text, &c) && c.space == COLOR_CMYK) {
        for (size_t i = 0; i < 4; i++) {
            m->ink[i] = c.part[i];
        }
        return true;
    }
    if (v->kind != VALUE_SEQUENCE || v->n != 4) {
        return refuse(r, v->at, "write four inks: [100, 60, 0, 10]",
                      "`cmyk` takes percent of cyan, magenta, yellow and black");
    }
    bool good = true;
    for (size_t i = 0; i < 4; i++) {
        good = read_percent(r, v->items[i], &m->ink[i]) && good;
    }
    return good;
}

/* As text; numbers as "rgb(31, 78, 121)". */
static bool read_rgb(struct style_reader *r, const struct value *v, struct style_mix *m)
{
    struct buf b;
    buf_init(&b, r->arena);
    bool list = v->kind == VALUE_SEQUENCE && v->n == 3;
    for (size_t i = 0; list && i < 3; i++) {
        buf_puts(&b, i ? ", " : "rgb(");
        buf_put(&b, v->items[i]->text);
    }
    buf_puts(&b, list ? ")" : "");
    struct color c;
    m->rgb = list ? buf_str(&b) : v->kind == VALUE_SCALAR ? v->text : STR_NONE;
    if (!color_parse(m->rgb, &c) || c.space == COLOR_CMYK) {
        m->rgb = STR_NONE;
        return refuse(r, v->at, "write \"#1f4e79\" or [31, 78, 121]",
                      "`rgb` takes what screens show");
    }
    return true;
}

/* Names of the press's own inks, and those that mean all or none, are no spot colours. */
static bool read_spot(struct style_reader *r, const struct value *v, struct style_mix *m)
{
    static const char *const RESERVED[] = {"All", "None", "Cyan", "Magenta", "Yellow",
                                           "Black"};
    bool good = v->kind == VALUE_SCALAR && v->text.n > 0 && v->text.n <= SPOT_MAX;
    for (size_t i = 0; i < sizeof RESERVED / sizeof *RESERVED && good; i++) {
        good = !str_is(v->text, RESERVED[i]);
    }
    for (size_t i = 0; i < v->text.n && good; i++) {
        good = (unsigned char)v->text.p[i] >= ' ';
    }
    m->spot = v->text;
    m->spot_at = v->at;
    return good || refuse(r, v->at, "write an ink's name, such as PANTONE 286 C",
                          "this is no name of a spot colour");
}

static bool read_key(struct style_reader *r, const struct value_pair *pair,
                     struct style_mix *m)
{
    str key = pair->key->text;
    const struct value *v = pair->value;
    if (str_is(key, "rgb")) {
        return read_rgb(r, v, m);
    }
    if (str_is(key, "spot")) {
        return read_spot(r, v, m);
    }
    if (str_is(key, "tint")) {
        return read_percent(r, v, &m->tint);
    }
    if (!str_is(key, "cmyk") && !str_is(key, "gray")) {
        style_report_unknown(r, "colors", pair->key);
        return false;
    }
    if (m->has_ink) {
        return refuse(r, pair->key->at, "leave one of them out",
                      "a colour has `cmyk` or `gray`, not both");
    }
    m->has_ink = true;
    m->ink_at = v->at;
    if (str_is(key, "cmyk")) {
        return read_inks(r, v, m);
    }
    int32_t light = 0;
    bool good = read_percent(r, v, &light);
    m->ink[3] = WHOLE - light;
    return good;
}

struct style_mix *style_read_mix(struct style_reader *r, const struct value_pair *pair)
{
    struct style_mix *m = NEW(r->arena, struct style_mix);
    const struct value *v = pair->value;
    bool good = true;
    *m = (struct style_mix){.at = v->at, .tint = WHOLE};
    for (size_t i = 0; i < v->n; i++) {
        good = read_key(r, &v->pairs[i], m) && good;
    }
    if (good && !m->spot.n && value_find(v, "tint")) {
        good = refuse(r, value_find(v, "tint")->at, "name the ink: `spot`, or mix `cmyk`",
                      "only spot colours have a `tint`");
    } else if (good && !m->spot.n && !m->has_ink && !m->rgb.n) {
        good = refuse(r, v->at, "write {cmyk: [100, 60, 0, 10], rgb: \"#1f4e79\"}",
                      "this colour says neither `rgb` nor `cmyk`, `gray` or `spot`");
    }
    return good ? m : NULL;
}

/* --- Resolving --- */

static bool same_inks(const struct style_mix *a, const struct style_mix *b)
{
    return memcmp(a->ink, b->ink, sizeof a->ink) == 0;
}

/* What stands for an ink, wherever it is said; it is said once, or twice the same. */
static void settle_spot(struct style_reader *r, struct style_mix *m)
{
    struct style_entries *colors = &r->sheet->colors;
    for (size_t i = 0; i < colors->list.n; i++) {
        struct style_mix *other = colors->list.v[i].mix;
        if (!other || !other->has_ink || !str_eq(other->spot, m->spot) || other == m) {
            continue;
        }
        if (!m->has_ink) {
            memcpy(m->ink, other->ink, sizeof m->ink);
            m->has_ink = true;
        } else if (!same_inks(m, other)) {
            struct diag *d = diag_report(
                r->sink, DIAG_BAD_COLOR, m->ink_at,
                "an ink has one substitute: say it once, and `tint` elsewhere",
                "the spot colour `%.*s` is defined twice, differently",
                STR_ARG(m->spot));
            diag_second(r->sink, d, other->ink_at, "the other one");
            memcpy(m->ink, other->ink, sizeof m->ink); /* told once */
        }
    }
    if (!m->has_ink) {
        diag_report(r->sink, DIAG_MISSING_KEY, m->spot_at,
                    "write what presses without that ink print: cmyk: [100, 75, 0, 0]",
                    "the spot colour `%.*s` has no `cmyk`", STR_ARG(m->spot));
    }
}

/* What a screen shows that was told nothing else. */
static str screen_text(struct style_reader *r, const struct style_mix *m)
{
    struct buf b;
    buf_init(&b, r->arena);
    bool gray = !m->ink[0] && !m->ink[1] && !m->ink[2];
    for (size_t i = gray ? 3 : 0; i < 4; i++) {
        int32_t ink = m->ink[i] * m->tint / WHOLE;
        buf_puts(&b, gray ? "gray(" : i ? ", " : "cmyk(");
        buf_decimal(&b, gray ? WHOLE - ink : ink, 1);
    }
    buf_char(&b, ')');
    return buf_str(&b);
}

static void settle(struct style_reader *r, struct style_entry *e,
                   struct color_plates *plates)
{
    struct style_mix *m = e->mix;
    if (m->spot.n) {
        settle_spot(r, m);
    }
    e->text = m->rgb.n ? m->rgb : screen_text(r, m);
    if (!m->has_ink) {
        return; /* a screen's colour, written at length */
    }
    *plates = (struct color_plates){.name = e->name, .spot = m->spot,
                                    .tint = (uint16_t)m->tint};
    for (size_t i = 0; i < 4; i++) {
        plates->ink[i] = (uint16_t)m->ink[i];
    }
    e->palette = (uint16_t)++r->layout->palette.n;
}

void style_resolve_mixes(struct style_reader *r)
{
    struct style_entries *colors = &r->sheet->colors;
    struct color_plates *plates = NEW_ARRAY(r->arena, struct color_plates,
                                            colors->list.n + 1);
    r->layout->palette = (struct color_palette){.v = plates};
    for (size_t i = 0; i < colors->list.n; i++) {
        if (colors->list.v[i].mix) {
            settle(r, &colors->list.v[i], &plates[r->layout->palette.n]);
        }
    }
}

/* SPDX-License-Identifier: MIT
 *
 * What screens show of colours that are said in inks alone: `cmyk(100, 60, 0, 10)`, or
 * `{cmyk: [100, 60, 0, 10]}`. Whoever loads the layout may know, from the profile of its
 * press; then such a colour becomes two, as if `rgb` had been written: one for screens,
 * and its inks in the palette. Black ink alone is grey and needs no profile. */
#include "style/sheet.h"

static bool is_inks(str text, struct color *c)
{
    return color_parse(text, c) && c->space == COLOR_CMYK &&
           (c->part[0] || c->part[1] || c->part[2]);
}

/* "rgb(31, 78, 121)". */
static bool find_screen(struct style_reader *r, const struct color *inks, str *text)
{
    uint8_t rgb[3];
    const struct style_press *press = r->press;
    if (!press->on_screen(press->user, r->layout, inks->part, rgb)) {
        return false;
    }
    *text = str_format(r->arena, "rgb(%d, %d, %d)", rgb[0], rgb[1], rgb[2]);
    return true;
}

static uint16_t add_plates(struct style_reader *r, str name, const struct color *inks)
{
    struct color_palette *p = &r->layout->palette;
    struct color_plates *v = NEW_ARRAY(r->arena, struct color_plates, p->n + 1);
    for (size_t i = 0; i < p->n; i++) {
        v[i] = p->v[i];
    }
    v[p->n] = (struct color_plates){.name = name, .tint = 1000};
    for (size_t i = 0; i < 4; i++) {
        v[p->n].ink[i] = inks->part[i];
    }
    *p = (struct color_palette){v, p->n + 1};
    return (uint16_t)p->n;
}

static bool settle_names(struct style_reader *r)
{
    struct style_entries *colors = &r->sheet->colors;
    for (size_t i = 0; i < colors->list.n; i++) {
        struct style_entry *e = &colors->list.v[i];
        struct color inks;
        if (!is_inks(e->text, &inks)) {
            continue;
        }
        if (!find_screen(r, &inks, &e->text)) {
            return false;
        }
        e->palette = e->palette ? e->palette : add_plates(r, e->name, &inks);
    }
    return true;
}

/* A colour where one may stand gets a name: itself. */
static bool settle_rule(struct style_reader *r, const struct style_rule *rule)
{
    struct style_entries *colors = &r->sheet->colors;
    for (size_t i = 0; i < STYLE_PROP_COUNT; i++) {
        const struct style_spec *spec = &rule->specs[i];
        struct style_entry e = {.name = spec->text, .at = spec->at};
        struct color inks;
        if (!spec->set || STYLE_PROPS[i].kind != STYLE_COLOR ||
            !is_inks(spec->text, &inks) ||
            style_find_entry(colors, spec->text, STR_NONE)) {
            continue;
        }
        if (!find_screen(r, &inks, &e.text)) {
            return false;
        }
        e.palette = add_plates(r, e.name, &inks);
        vec_push(r->arena, &colors->list, e);
    }
    return true;
}

void style_resolve_screens(struct style_reader *r)
{
    bool known = r->press && r->press->on_screen && settle_names(r);
    for (size_t i = 0; known && i < r->sheet->rules.n; i++) {
        known = settle_rule(r, r->sheet->rules.v[i]);
    }
}

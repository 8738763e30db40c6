/* SPDX-License-Identifier: MIT
 *
 * A layout as it came out: every field in the order of the tables, lengths in points,
 * styles computed upon the root. Written so that it can be compared line by line. */
#include "style/sheet.h"

#include <string.h>

static void put_points(struct buf *out, const void *field)
{
    len value;
    memcpy(&value, field, sizeof value);
    buf_points(out, value);
    buf_puts(out, "pt");
}

static void put_color(struct buf *out, const void *field)
{
    static const struct {
        const char *name;
        int parts;
    } SPACES[] = {[COLOR_GRAY] = {"gray", 1}, [COLOR_RGB] = {"rgb", 3},
                  [COLOR_CMYK] = {"cmyk", 4}, [COLOR_NONE] = {"none", 0}};
    struct color c;
    memcpy(&c, field, sizeof c);
    buf_puts(out, SPACES[c.space].name);
    if (c.space == COLOR_NONE) {
        return;
    }
    for (int i = 0; i < SPACES[c.space].parts; i++) {
        buf_puts(out, i ? ", " : "(");
        buf_decimal(out, c.part[i], 3);
    }
    buf_char(out, ')');
}

static void put_word(struct buf *out, const struct style_word *words, int32_t value)
{
    for (; words->word; words++) {
        if (words->value == value) {
            buf_puts(out, words->word);
            return;
        }
    }
    buf_int(out, value);
}

static void put_texts(struct buf *out, const struct style_prop *p, const void *field)
{
    const str *texts = field;
    for (int i = 0; i < p->max; i++) {
        buf_puts(out, i ? ", " : "[");
        buf_json_string(out, texts[i]);
    }
    buf_char(out, ']');
}

static void put_features(struct buf *out, const void *base)
{
    const struct style *s = base;
    buf_char(out, '{');
    for (uint32_t i = 0; i < s->n_features; i++) {
        buf_format(out, "%s%.4s: %u", i ? ", " : "", s->features[i].tag,
                   s->features[i].value);
    }
    buf_char(out, '}');
}

static void put_number(struct buf *out, const struct style_prop *p, const void *field)
{
    int32_t value;
    memcpy(&value, field, sizeof value);
    if (p->kind == STYLE_PERCENT) {
        buf_decimal(out, value, 1);
        buf_char(out, '%');
    } else if (p->kind == STYLE_ENUM) {
        put_word(out, p->words, value);
    } else {
        buf_int(out, value);
    }
}

void style_write_field(struct buf *out, const struct style_prop *p, const void *base)
{
    const void *field = (const char *)base + p->offset;
    switch (p->kind) {
    case STYLE_COLOR:
        put_color(out, field);
        break;
    case STYLE_BOOL:
    case STYLE_TOGGLE:
        buf_puts(out, *(const bool *)field ? "true" : "false");
        break;
    case STYLE_ENUM:
    case STYLE_INTEGER:
    case STYLE_PERCENT:
        put_number(out, p, field);
        break;
    case STYLE_WEIGHT:
        buf_int(out, *(const uint16_t *)field);
        break;
    case STYLE_FONT:
        buf_put(out, *(const str *)field);
        break;
    case STYLE_TEXT:
    case STYLE_TEMPLATE:
    case STYLE_EXTENDS:
        buf_json_string(out, *(const str *)field);
        break;
    case STYLE_FEATURES:
        put_features(out, base);
        break;
    case STYLE_FORMATS:
    case STYLE_BULLETS:
        put_texts(out, p, field);
        break;
    case STYLE_LENGTH_AUTO:
        if (*(const len *)field < 0) {
            buf_puts(out, "auto");
        } else {
            put_points(out, field);
        }
        break;
    case STYLE_PAPER:
        buf_char(out, '[');
        put_points(out, &((const struct layout *)base)->page.width);
        buf_puts(out, ", ");
        put_points(out, &((const struct layout *)base)->page.height);
        buf_char(out, ']');
        break;
    default:
        put_points(out, field);
    }
}

static void dump_style(const struct style *s, struct buf *out)
{
    buf_format(out, "style %.*s\n", STR_ARG(s->name));
    for (size_t i = 0; i < STYLE_PROP_COUNT; i++) {
        if (STYLE_PROPS[i].kind != STYLE_EXTENDS) {
            buf_format(out, "  %s: ", STYLE_PROPS[i].key);
            style_write_field(out, &STYLE_PROPS[i], s);
            buf_char(out, '\n');
        }
    }
}

static void dump_entries(const char *what, const struct style_entries *e, struct buf *out)
{
    for (size_t i = 0; i < e->list.n; i++) {
        const struct style_entry *entry = &e->list.v[i];
        buf_format(out, "%s.%.*s%s%.*s: ", what, STR_ARG(entry->lang),
                   entry->lang.n ? "." : "", STR_ARG(entry->name));
        buf_json_string(out, entry->text);
        buf_char(out, '\n');
    }
}

/* What presses print. */
static void dump_palette(const struct color_palette *p, struct buf *out)
{
    for (size_t i = 0; i < p->n; i++) {
        const struct color_plates *c = &p->v[i];
        buf_format(out, "plates.%.*s: cmyk", STR_ARG(c->name));
        for (int k = 0; k < 4; k++) {
            buf_puts(out, k ? ", " : "(");
            buf_decimal(out, c->ink[k], 3);
        }
        buf_char(out, ')');
        if (c->spot.n) {
            buf_puts(out, " spot ");
            buf_json_string(out, c->spot);
            buf_char(out, ' ');
            buf_decimal(out, c->tint, 3);
        }
        buf_char(out, '\n');
    }
}

void layout_dump(struct layout *l, struct buf *out)
{
    buf_format(out, "layout %.*s\n", STR_ARG(l->name));
    for (size_t i = 0; i < LAYOUT_PROP_COUNT; i++) {
        const struct style_prop *p = &LAYOUT_PROPS[i];
        if (p->kind != STYLE_EXTENDS) {
            buf_format(out, "%s%s%s: ", p->path, p->path[0] ? "." : "", p->key);
            style_write_field(out, p, l);
            buf_char(out, '\n');
        }
    }
    dump_entries("fonts", &l->sheet->fonts, out);
    dump_entries("colors", &l->sheet->colors, out);
    dump_palette(&l->palette, out);
    dump_entries("labels", &l->sheet->labels, out);
    dump_style(style_root(l), out);
    for (size_t i = 0; i < l->sheet->rules.n; i++) {
        str name = l->sheet->rules.v[i]->name;
        if (!str_is(name, "body")) {
            dump_style(style_compute(l, style_root(l), name), out);
        }
    }
}

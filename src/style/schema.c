/* SPDX-License-Identifier: MIT
 *
 * The JSON Schema (2020-12) of a layout, for editors: they complete keys, show what each
 * is for and mark mistakes. Made from the tables; what only the reader can know (whether
 * a colour's name exists, whether the page has room) is left to it. */
#include "style/sheet.h"

#include <string.h>

#define LENGTH "^[-+]?[0-9]*\\\\.?[0-9]+ *(pt|mm|cm|in|pc|em|ex|%)$"

/* What a kind looks like in JSON, without the braces. NULL: depends on the row. */
static const char *const TYPES[STYLE_KIND_COUNT] = {
    [STYLE_LENGTH] = "\"$ref\": \"#/$defs/length\"",
    [STYLE_LENGTH_AUTO] = "\"anyOf\": [{\"$ref\": \"#/$defs/length\"}, "
                          "{\"const\": \"auto\"}]",
    [STYLE_SIZE] = "\"$ref\": \"#/$defs/length\"",
    [STYLE_LEADING] = "\"anyOf\": [{\"$ref\": \"#/$defs/length\"}, "
                      "{\"type\": \"number\", \"minimum\": 0.5, \"maximum\": 5}]",
    [STYLE_RISE] = "\"$ref\": \"#/$defs/length\"",
    [STYLE_COLOR] = "\"type\": \"string\"",
    [STYLE_BOOL] = "\"type\": \"boolean\"",
    [STYLE_TOGGLE] = "\"enum\": [true, false, \"toggle\"]",
    [STYLE_PERCENT] = "\"$ref\": \"#/$defs/percentage\"",
    [STYLE_FONT] = "\"type\": \"string\"",
    [STYLE_FEATURES] = "\"type\": \"object\", \"propertyNames\": "
                       "{\"pattern\": \"^[A-Za-z0-9]{4}$\"}, \"additionalProperties\": "
                       "{\"anyOf\": [{\"type\": \"boolean\"}, "
                       "{\"enum\": [\"on\", \"off\"]}, "
                       "{\"type\": \"integer\", \"minimum\": 0, \"maximum\": 255}]}",
    [STYLE_TEXT] = "\"type\": \"string\"",
    [STYLE_EXTENDS] = "\"type\": \"string\"",
    [STYLE_TEMPLATE] = "\"type\": \"string\"",
};

static void put_enum(struct buf *out, const struct style_word *words)
{
    buf_puts(out, "\"enum\": [");
    for (size_t i = 0; words[i].word; i++) {
        buf_format(out, "%s\"%s\"", i ? ", " : "", words[i].word);
    }
    buf_char(out, ']');
}

static void put_paper(struct buf *out)
{
    buf_puts(out, "\"anyOf\": [{\"type\": \"string\", \"examples\": [");
    for (size_t i = 0; STYLE_PAPERS[i]; i++) {
        buf_format(out, "%s\"%s\"", i ? ", " : "", STYLE_PAPERS[i]);
    }
    buf_puts(out, "]}, {\"type\": \"array\", \"minItems\": 2, \"maxItems\": 2, "
                  "\"items\": {\"$ref\": \"#/$defs/length\"}}]");
}

static void put_type(struct buf *out, const struct style_prop *p)
{
    switch (p->kind) {
    case STYLE_ENUM:
        put_enum(out, p->words);
        break;
    case STYLE_INTEGER:
        buf_format(out, "\"type\": \"integer\", \"minimum\": %d, \"maximum\": %d", p->min,
                   p->max);
        break;
    case STYLE_WEIGHT:
        buf_puts(out, "\"anyOf\": [{");
        put_enum(out, p->words);
        buf_format(out, "}, {\"const\": \"normal\"}, {\"type\": \"integer\", "
                   "\"minimum\": %d, \"maximum\": %d}]", p->min, p->max);
        break;
    case STYLE_FORMATS:
    case STYLE_BULLETS:
        buf_format(out, "\"anyOf\": [{\"type\": \"string\"}, {\"type\": \"array\", "
                   "\"items\": {\"type\": \"string\"}, \"minItems\": 1, "
                   "\"maxItems\": %d}]", p->max);
        break;
    case STYLE_PAPER:
        put_paper(out);
        break;
    default:
        buf_puts(out, TYPES[p->kind]);
    }
}

static void put_key(struct buf *out, bool *first, const char *key)
{
    buf_format(out, "%s\n    \"%s\": {", *first ? "" : ",", key);
    *first = false;
}

static void put_description(struct buf *out, const char *doc)
{
    buf_puts(out, "\"description\": ");
    buf_json_string(out, str_from(doc));
    buf_puts(out, ", ");
}

static void put_prop(struct buf *out, bool *first, const struct style_prop *p)
{
    put_key(out, first, p->key);
    put_description(out, p->doc);
    put_type(out, p);
    buf_char(out, '}');
}

static void put_object(struct buf *out)
{
    buf_puts(out, "\"type\": \"object\", \"additionalProperties\": false, "
                  "\"properties\": {");
}

static void put_group(struct buf *out, const char *path);

/* A colour that says what screens show and what presses print. */
static void put_mix(struct buf *out)
{
    bool first = true;
    put_object(out);
    for (const struct style_name *k = STYLE_MIX_KEYS; k->name; k++) {
        int numbers = strcmp(k->name, "rgb") == 0    ? 3
                      : strcmp(k->name, "cmyk") == 0 ? 4 : 0;
        put_key(out, &first, k->name);
        put_description(out, k->doc);
        if (numbers) {
            buf_format(out, "\"anyOf\": [{\"type\": \"string\"}, {\"type\": \"array\", "
                       "\"minItems\": %d, \"maxItems\": %d, \"items\": {\"type\": "
                       "[\"number\", \"string\"]}}]}", numbers, numbers);
        } else {
            buf_puts(out, strcmp(k->name, "spot") == 0
                              ? "\"type\": \"string\"}"
                              : "\"type\": [\"number\", \"string\"]}");
        }
    }
    buf_char(out, '}');
}

/* What stands below a group's key. */
static void put_group_type(struct buf *out, const struct style_group *g)
{
    if (strcmp(g->path, "fonts") == 0) {
        buf_puts(out, "\"type\": \"object\", \"additionalProperties\": "
                      "{\"type\": \"string\"}");
    } else if (strcmp(g->path, "colors") == 0) {
        buf_puts(out, "\"type\": \"object\", \"additionalProperties\": {\"anyOf\": "
                      "[{\"type\": \"string\"}, {");
        put_mix(out);
        buf_puts(out, "}]}");
    } else if (strcmp(g->path, "print") == 0) {
        buf_puts(out, "\"anyOf\": [{\"type\": \"boolean\"}, {");
        put_group(out, g->path);
        buf_puts(out, "}]");
    } else if (strcmp(g->path, "styles") == 0) {
        buf_puts(out, "\"$ref\": \"#/$defs/styles\"");
    } else if (strcmp(g->path, "labels") == 0) {
        buf_puts(out, "\"type\": \"object\", \"additionalProperties\": "
                      "{\"$ref\": \"#/$defs/labels\"}");
    } else if (strcmp(g->path, "letter.window") == 0) {
        buf_puts(out, "\"anyOf\": [{");
        put_enum(out, style_find_layout_prop(g->path, STR("form"))->words);
        buf_puts(out, "}, {");
        put_group(out, g->path);
        buf_puts(out, "}]");
    } else if (strcmp(g->path, "page.margins") == 0) {
        buf_puts(out, "\"anyOf\": [{\"$ref\": \"#/$defs/length\"}, {");
        put_group(out, g->path);
        buf_puts(out, "}]");
    } else {
        put_group(out, g->path);
    }
}

/* The object of every key in `path`. */
static void put_group(struct buf *out, const char *path)
{
    const char *keys[STYLE_KEYS_MAX];
    size_t n = style_list_keys(path, keys);
    bool first = true;
    put_object(out);
    for (size_t i = 0; i < n; i++) {
        str key = str_from(keys[i]);
        const struct style_prop *p = style_find_layout_prop(path, key);
        const struct style_group *g = style_find_group(path, key);
        if (p) {
            put_prop(out, &first, p);
            continue;
        }
        put_key(out, &first, keys[i]);
        if (g) {
            put_description(out, g->doc);
            put_group_type(out, g);
        } else { /* `all` */
            buf_puts(out, "\"description\": \"Every kind of page.\", ");
            put_group(out, "header.first");
        }
        buf_char(out, '}');
    }
    buf_char(out, '}');
}

static void put_names(struct buf *out, const struct style_name *names, const char *type)
{
    bool first = true;
    buf_puts(out, "\"properties\": {");
    for (; names->name; names++) {
        put_key(out, &first, names->name);
        put_description(out, names->doc);
        buf_format(out, "%s}", type);
    }
    buf_char(out, '}');
}

static void put_defs(struct buf *out)
{
    buf_puts(out, "\"$defs\": {\n"
                  "  \"length\": {\"anyOf\": [{\"const\": 0}, {\"type\": \"string\", "
                  "\"pattern\": \"^ *0 *$|" LENGTH "\"}]},\n"
                  "  \"percentage\": {\"anyOf\": [{\"const\": 0}, {\"type\": \"string\", "
                  "\"pattern\": \"^[0-9]*\\\\.?[0-9]+ *%$\"}]},\n  \"style\": {");
    put_object(out);
    bool first = true;
    for (size_t i = 0; i < STYLE_PROP_COUNT; i++) {
        put_prop(out, &first, &STYLE_PROPS[i]);
    }
    buf_puts(out, "}},\n  \"styles\": {\"type\": \"object\", ");
    put_names(out, STYLE_NAMES, "\"$ref\": \"#/$defs/style\"");
    buf_puts(out, ", \"additionalProperties\": {\"allOf\": "
                  "[{\"$ref\": \"#/$defs/style\"}, {\"required\": [\"extends\"]}]}},\n"
                  "  \"labels\": {\"type\": \"object\", ");
    put_names(out, STYLE_LABELS, "\"type\": \"string\"");
    buf_puts(out, ", \"patternProperties\": {\"^x-\": {\"type\": \"string\"}}, "
                  "\"additionalProperties\": false}\n}");
}

void layout_schema(struct buf *out)
{
    buf_puts(out, "{\"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n"
                  "\"title\": \"infonote layout\",\n");
    put_group(out, "");
    buf_puts(out, ",\n");
    put_defs(out);
    buf_puts(out, "}\n");
}

/* SPDX-License-Identifier: MIT
 *
 * In: values. Out: JSON, one value a line, with kinds and positions. The depth of a tree
 * is bounded by the reader, so recursion is safe. */
#include "yaml/value.h"

static void dump(const struct value *v, struct buf *out, int depth);

static void line(struct buf *out, int depth)
{
    buf_char(out, '\n');
    buf_repeat(out, ' ', (size_t)depth * 2);
}

static const char *style_name(enum value_style style)
{
    static const char *const NAMES[] = {"plain", "quoted", "literal", "folded"};
    return NAMES[style];
}

static void dump_scalar(const struct value *v, struct buf *out)
{
    if (v->kind == VALUE_SCALAR) {
        buf_format(out, ", \"style\": \"%s\"", style_name(v->style));
    }
    buf_puts(out, ", \"text\": ");
    buf_json_string(out, v->text);
}

static void dump_items(const struct value *v, struct buf *out, int depth)
{
    buf_puts(out, ", \"items\": [");
    for (size_t i = 0; i < v->n; i++) {
        buf_puts(out, i ? "," : "");
        line(out, depth + 1);
        dump(v->items[i], out, depth + 1);
    }
    if (v->n) {
        line(out, depth);
    }
    buf_char(out, ']');
}

static void dump_pairs(const struct value *v, struct buf *out, int depth)
{
    buf_puts(out, ", \"pairs\": [");
    for (size_t i = 0; i < v->n; i++) {
        const struct value *key = v->pairs[i].key;
        buf_puts(out, i ? "," : "");
        line(out, depth + 1);
        buf_puts(out, "{\"key\": ");
        buf_json_string(out, key->text);
        buf_format(out, ", \"at\": \"%u:%u\", \"value\": ", key->at.line, key->at.column);
        dump(v->pairs[i].value, out, depth + 1);
        buf_char(out, '}');
    }
    if (v->n) {
        line(out, depth);
    }
    buf_char(out, ']');
}

static void dump(const struct value *v, struct buf *out, int depth)
{
    static const char *const KINDS[] = {"null", "scalar", "sequence", "mapping"};
    buf_format(out, "{\"kind\": \"%s\", \"at\": \"%u:%u\"", KINDS[v->kind], v->at.line,
               v->at.column);
    if (v->kind == VALUE_SEQUENCE) {
        dump_items(v, out, depth);
    } else if (v->kind == VALUE_MAPPING) {
        dump_pairs(v, out, depth);
    } else {
        dump_scalar(v, out);
    }
    buf_char(out, '}');
}

void value_dump(const struct value *v, struct buf *out)
{
    dump(v, out, 0);
    buf_char(out, '\n');
}

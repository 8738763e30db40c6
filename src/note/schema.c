/* SPDX-License-Identifier: MIT
 *
 * In: the tables of keys that the readers use. Out: a JSON schema, draft 2020-12. */
#include "note/load.h"

static const char *const TYPE_SCHEMAS[NOTE_TYPE_COUNT] = {
#define X(symbol, words, json) [NOTE_TYPE_##symbol] = json,
    NOTE_TYPES(X)
#undef X
};

/* A schema with a description: both are members of one object. */
static void put_property(struct buf *out, const struct note_key *key)
{
    str schema = str_from(TYPE_SCHEMAS[key->type]);
    str members = str_sub(schema, 1, schema.n - 1);
    buf_puts(out, "        ");
    buf_json_string(out, str_from(key->name));
    buf_format(out, ": {%.*s%s\"description\": ", STR_ARG(members),
               members.n ? ", " : "");
    buf_json_string(out, str_from(key->doc));
    buf_puts(out, "}");
}

static void put_required(struct buf *out, const struct note_keys *keys)
{
    const char *between = "";
    buf_puts(out, "      \"required\": [");
    for (size_t i = 0; i < keys->n; i++) {
        if (keys->keys[i].flags & NOTE_REQUIRED) {
            buf_puts(out, between);
            buf_json_string(out, str_from(keys->keys[i].name));
            between = ", ";
        }
    }
    buf_puts(out, "],\n");
}

/* The members of a mapping's schema, without the braces around them. */
static void put_mapping(struct buf *out, const struct note_keys *keys)
{
    buf_puts(out, "      \"type\": \"object\",\n");
    put_required(out, keys);
    buf_puts(out, "      \"additionalProperties\": false,\n      \"properties\": {\n");
    for (size_t i = 0; i < keys->n; i++) {
        put_property(out, &keys->keys[i]);
        buf_puts(out, i + 1 < keys->n ? ",\n" : "\n");
    }
    buf_puts(out, "      }\n");
}

static void put_definition(struct buf *out, const struct note_keys *keys)
{
    buf_format(out, "    \"%s\": {\n", keys->name);
    put_mapping(out, keys);
    buf_puts(out, "    },\n");
}

/* Blocks and items may also be plain Markdown. */
static void put_definition_or_text(struct buf *out, const struct note_keys *keys)
{
    buf_format(out, "    \"%s\": {\"anyOf\": [%s, {\n", keys->name,
               TYPE_SCHEMAS[NOTE_TYPE_TEXT]);
    put_mapping(out, keys);
    buf_puts(out, "    }]},\n");
}

void note_schema(struct buf *out)
{
    buf_puts(out, "{\n"
                  "  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n"
                  "  \"title\": \"A note\",\n"
                  "  \"$ref\": \"#/$defs/note\",\n"
                  "  \"$defs\": {\n");
    put_definition(out, &NOTE_TOP_KEYS);
    put_definition(out, &NOTE_SECTION_KEYS);
    put_definition_or_text(out, &NOTE_BLOCK_KEYS);
    put_definition_or_text(out, &NOTE_ITEM_KEYS);
    put_definition(out, &NOTE_CALLOUT_KEYS);
    put_definition(out, &NOTE_COLUMNS_KEYS);
    put_definition_or_text(out, &NOTE_SIGNATURE_KEYS);
    put_definition(out, &NOTE_TABLE_KEYS);
    put_definition(out, &NOTE_ROW_KEYS);
    put_definition_or_text(out, &NOTE_CELL_KEYS);
    put_definition(out, &NOTE_DATA_KEYS);
    put_definition(out, &NOTE_QR_KEYS);
    put_definition(out, &NOTE_IMAGE_KEYS);
    put_definition(out, &NOTE_ATTACHMENT_KEYS);
    put_definition(out, &NOTE_EMAIL_KEYS);
    put_definition(out, &NOTE_TOC_KEYS);
    buf_format(out, "    \"fields\": {\"anyOf\": [%s, {\"type\": \"array\", \"items\": "
               "{\"type\": [\"object\", \"array\"]}}]},\n", "{\"type\": \"object\"}");
    buf_format(out, "    \"body\": {\"anyOf\": [%s, {\"type\": \"array\", \"items\": "
               "{\"$ref\": \"#/$defs/block\"}}]}\n", TYPE_SCHEMAS[NOTE_TYPE_TEXT]);
    buf_puts(out, "  }\n}\n");
}

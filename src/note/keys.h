/* note/keys.h: mappings of a note as tables.
 *
 * Every mapping that a note may hold is a table of keys. The reader, its suggestions and
 * the JSON schema are made from the same tables, so they cannot disagree. */
#ifndef INFONOTE_NOTE_KEYS_H
#define INFONOTE_NOTE_KEYS_H

#include "note/note.h"

struct note_loader;

/* symbol, what a message calls it, JSON schema */
#define NOTE_TYPES(X)                                                                   \
    X(TEXT, "text", "{\"type\": [\"string\", \"number\", \"boolean\"]}")                \
    X(TEXTS, "text or a list of texts",                                                 \
      "{\"type\": [\"string\", \"array\"], \"items\": {\"type\": \"string\"}}")         \
    X(FLAG, "`true` or `false`", "{\"type\": \"boolean\"}")                             \
    X(NUMBER, "a whole number", "{\"type\": \"integer\"}")                              \
    X(LENGTH, "a length", "{\"type\": \"string\"}")                                     \
    X(NOTHING, "nothing", "{\"type\": \"null\"}")                                       \
    X(LIST, "a list", "{\"type\": \"array\"}")                                          \
    X(MAPPING, "a mapping", "{\"type\": \"object\"}")                                   \
    X(LISTING, "a mapping or a list", "{\"type\": [\"object\", \"array\"]}")            \
    X(ANY, "anything", "{}")                                                            \
    X(CONDITION, "a condition or a list of them",                                       \
      "{\"type\": [\"string\", \"boolean\", \"array\"], "                               \
      "\"items\": {\"type\": \"string\"}}")                                             \
    X(BODY, "Markdown text or a list of blocks", "{\"$ref\": \"#/$defs/body\"}")        \
    X(FIELDS, "a mapping or a list of pairs", "{\"$ref\": \"#/$defs/fields\"}")         \
    X(FOOTNOTES, "a mapping from names to texts",                                       \
      "{\"type\": \"object\", \"additionalProperties\": {\"$ref\": \"#/$defs/body\"}}") \
    X(SECTIONS, "a list of sections",                                                   \
      "{\"type\": \"array\", \"items\": {\"$ref\": \"#/$defs/section\"}}")              \
    X(ITEMS, "a list of items",                                                         \
      "{\"type\": \"array\", \"items\": {\"$ref\": \"#/$defs/item\"}}")                 \
    X(DEFINITIONS, "a mapping from terms to meanings",                                  \
      "{\"anyOf\": [{\"type\": \"object\", \"additionalProperties\": "                  \
      "{\"$ref\": \"#/$defs/body\"}}, {\"type\": \"array\", \"items\": "               \
      "{\"type\": [\"object\", \"array\"]}}]}")                                         \
    X(SIGNATURES, "a list of signatures",                                               \
      "{\"type\": \"array\", \"items\": {\"$ref\": \"#/$defs/signature\"}}")            \
    X(CALLOUT, "text, a list of blocks or a mapping",                                   \
      "{\"anyOf\": [{\"$ref\": \"#/$defs/body\"}, "                                     \
      "{\"$ref\": \"#/$defs/callout\"}]}")                                              \
    X(CALLOUT_KIND, "a kind of callout",                                                \
      "{\"enum\": [\"note\", \"tip\", \"important\", \"warning\", \"caution\", "        \
      "\"box\"]}")                                                                      \
    X(COLUMNS, "text, a list of blocks or a mapping",                                   \
      "{\"anyOf\": [{\"$ref\": \"#/$defs/body\"}, "                                     \
      "{\"$ref\": \"#/$defs/columns\"}]}")                                              \
    X(KEEP, "`true`, `false` or `with-next`",                                           \
      "{\"enum\": [true, false, \"with-next\"]}")                                       \
    X(PLACE, "`here`, `top` or `bottom`",                                               \
      "{\"enum\": [\"here\", \"top\", \"bottom\"]}")                                    \
    X(NUMBERING, "a kind of numbering",                                                 \
      "{\"enum\": [\"decimal\", \"lower-alpha\", \"upper-alpha\", \"lower-roman\", "    \
      "\"upper-roman\"]}")                                                              \
    X(TABLE, "a mapping of columns and rows", "{\"$ref\": \"#/$defs/table\"}")          \
    X(ROWS, "a list of rows, or a mapping that names a file",                           \
      "{\"anyOf\": [{\"type\": \"array\"}, {\"$ref\": \"#/$defs/data\"}]}")             \
    X(TOC, "nothing or a mapping",                                                      \
      "{\"anyOf\": [{\"type\": \"null\"}, {\"$ref\": \"#/$defs/toc\"}]}")               \
    X(FIT, "a way to fit",                                                              \
      "{\"enum\": [\"contain\", \"cover\", \"stretch\"]}")                              \
    X(SIDE, "a side",                                                                   \
      "{\"enum\": [\"start\", \"end\", \"left\", \"center\", \"right\"]}")              \
    X(QR_LEVEL, "a level", "{\"enum\": [\"L\", \"M\", \"Q\", \"H\"]}")                \
    X(QR, "text or a mapping",                                                          \
      "{\"anyOf\": [{\"type\": \"string\"}, {\"$ref\": \"#/$defs/qr\"}]}")              \
    X(ATTACHMENTS, "a list of files",                                                   \
      "{\"type\": \"array\", \"items\": {\"anyOf\": [{\"type\": \"string\"}, "          \
      "{\"$ref\": \"#/$defs/attachment\"}]}}")                                          \
    X(EMAIL, "a mapping", "{\"$ref\": \"#/$defs/email\"}")                              \
    X(RELATION, "what it is to the note",                                               \
      "{\"enum\": [\"supplement\", \"source\", \"data\", \"alternative\", "             \
      "\"unspecified\"]}")                                                              \
    X(IMAGE, "a file or a mapping",                                                     \
      "{\"anyOf\": [{\"type\": \"string\"}, {\"$ref\": \"#/$defs/image\"}]}")

enum note_type {
#define X(symbol, words, json) NOTE_TYPE_##symbol,
    NOTE_TYPES(X)
#undef X
    NOTE_TYPE_COUNT
};

enum note_key_flags {
    NOTE_REQUIRED = 1,
    NOTE_MERGED = 2, /* obeyed and taken away before the note is read (merge.c) */
    NOTE_UNSET = 4, /* read and checked, but this version cannot set it */
};

/* Reads one value, of a kind that its type allows, into what the mapping describes: into
 * all of it, or into the member that the table names. */
typedef void note_key_reader(struct note_loader *l, const struct value *v, void *into);

struct note_key {
    const char *name;
    enum note_type type;
    unsigned flags;
    note_key_reader *read; /* NULL: checked and left to later stages */
    size_t member;         /* what it reads into: NOTE_IN(block, id); 0: the whole */
    const char *doc;       /* one sentence for the manual and the schema */
};

#define NOTE_IN(type, name) offsetof(struct type, name)

/* What may stand in all that can be left out or repeated. */
#define NOTE_MERGE_KEYS                                                                 \
    {"when", NOTE_TYPE_CONDITION, NOTE_MERGED, NULL, 0,                                 \
     "A condition: only if it is met."},                                                \
    {"each", NOTE_TYPE_TEXT, NOTE_MERGED, NULL, 0,                                      \
     "A list of the data: for each of it."},

struct note_keys {
    const char *name; /* in the schema's $defs */
    const char *what; /* in messages: "a section" */
    const struct note_key *keys;
    size_t n;
};

#define NOTE_KEYS_TABLE(name, what, table) \
    {name, what, table, sizeof(table) / sizeof *(table)}

/* Reads every pair of `map` by the table, in the file's order; reports unknown keys,
 * wrong types, keys that are missing. */
void note_keys_read(struct note_loader *l, const struct note_keys *keys,
                    const struct value *map, void *into);

/* True if `name` is not there, nor misspelt, which was reported. */
bool note_keys_lacks(struct note_loader *l, const struct note_keys *keys,
                     const struct value *map, const char *name);

const struct note_key *note_keys_find(const struct note_keys *keys, str name);

/* True if the type takes such values; true, or a report that `what` takes something
 * else. */
bool note_type_fits(enum note_type type, const struct value *v);
bool note_type_check(struct note_loader *l, enum note_type type, const struct value *v,
                     str what);

/* Readers for members. What cannot be read leaves them as they are, and is reported. */
note_key_reader note_keep_value;    /* const struct value * */
note_key_reader note_keep_text;     /* str */
note_key_reader note_keep_flag;     /* bool */
note_key_reader note_keep_style;    /* const struct note_style * */
note_key_reader note_keep_change;   /* enum note_change */
note_key_reader note_keep_language; /* str */

/* Simple values. False, and a report, if `v` is none. */
bool note_read_flag(struct note_loader *l, const struct value *v, bool *out);
bool note_read_number(struct note_loader *l, const struct value *v, int low, int high,
                      int *out);

/* The words of `names` as candidates: the index of `v`, or -1 and a report. */
int note_read_word(struct note_loader *l, const struct value *v,
                   const char *const *names, size_t n);

#endif

/* yaml/value.h: YAML text as values that know where they stand.
 *
 * In:  a source (any bytes). Out: a tree of values, every one with its line and column.
 * The only file that includes libyaml's <yaml.h> is read.c. Rules, stricter than YAML's:
 * valid UTF-8, one document, no duplicate keys, keys are scalars, no tags but the core
 * ones, aliases share the value they name and count as copies against the limits.
 * Scalars stay text: what they mean is the schema's business, so `NO` and `3.10` keep
 * their spelling. */
#ifndef INFONOTE_YAML_VALUE_H
#define INFONOTE_YAML_VALUE_H

#include "base/buf.h"
#include "base/diag.h"

enum value_kind { VALUE_NULL, VALUE_SCALAR, VALUE_SEQUENCE, VALUE_MAPPING };
enum value_style { VALUE_PLAIN, VALUE_QUOTED, VALUE_LITERAL, VALUE_FOLDED };

struct value {
    enum value_kind kind;
    enum value_style style; /* scalars: how it was written */
    struct place at;        /* scalars: of the first character, quote or indicator */
    uint32_t end_line;      /* where it ends */
    uint32_t indent;        /* literal and folded scalars: columns before each line */
    uint32_t offset;        /* of `at`, in bytes of the source */
    bool refused;           /* reported while it was read: nothing more is said of it */
    uint16_t constant;      /* a template's scalar without merge fields: its number, from
                               1 (note/kept.h); else 0 */
    str text;               /* scalars, and the spelling of a null */
    const struct value_merged *merged; /* scalars made of a template; else NULL */
    size_t n;               /* elements or pairs */
    struct value **items;   /* sequences */
    struct value_pair *pairs; /* mappings, in the order of the file */
};

struct value_pair {
    struct value *key; /* a scalar */
    struct value *value;
};

/* A run of the text of a merged scalar, up to the next one: where it stands in the
 * template, as a cursor sees it. */
struct value_run {
    size_t at;             /* in the text */
    size_t text, source;   /* in the template's text, in the source */
    uint32_t line, column;
    bool fixed;            /* a value: all of it stands at one place */
    bool inert;            /* and is text, never markup */
};

/* What a text was made of; its runs are in order, the first one at 0. */
struct value_merged {
    const struct value *template;
    const struct value_run *runs;
    size_t n;
};

/* Limits on what a stranger may send; `VALUE_LIMITS` are the defaults. */
struct value_limits {
    size_t max_bytes; /* of the source */
    size_t max_depth;
    size_t max_nodes; /* after alias expansion */
};

#define VALUE_LIMITS ((struct value_limits){16u << 20, 64, 2000000})

/* Reads `source`. NULL when it is not well-formed or holds nothing; the reasons are in
 * the sink (an empty source: EMPTY_NOTE). What it gives lives in `a` and borrows from
 * nothing else than `source`. */
struct value *value_read(const struct source *source, const struct value_limits *limits,
                         struct arena *a, struct diag_sink *sink);

/* A scalar of the bytes `from` to `to` of a source that is no YAML; NULL and reports if
 * the source holds what no text may. */
struct value *value_text(const struct source *source, size_t from, size_t to,
                         struct arena *a, struct diag_sink *sink);

/* JSON as text that value_read takes: itself, or a copy in `a`. */
str value_from_json(struct arena *a, str text);

/* The value under `key`, or NULL. `map` may be NULL or of another kind. */
struct value *value_find(const struct value *map, const char *key);

/* The place of byte `offset` of a scalar's text: exact for literal blocks and for plain
 * and quoted scalars on one line, else the nearest line that can be known. */
struct place value_place(const struct value *scalar, size_t offset);

/* The same for many places of one scalar: ascending offsets cost one walk in all. */
struct value_cursor {
    const struct value *scalar; /* of a merged one: its template */
    const struct value_merged *merged;
    size_t run;            /* of a merged one: that the cursor is in */
    size_t text;           /* the byte of the scalar's text reached so far */
    size_t source;         /* the same byte in the source */
    uint32_t line, column;
};

void value_cursor_init(struct value_cursor *c, const struct value *scalar);
struct place value_cursor_place(struct value_cursor *c, size_t offset);

/* "a mapping", "a list", "text", "nothing": for messages. */
const char *value_kind_name(const struct value *v);

/* The values as JSON with their positions, for `infonote dump --stage yaml`. */
void value_dump(const struct value *v, struct buf *out);

#endif

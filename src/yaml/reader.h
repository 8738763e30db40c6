/* yaml/reader.h: what the files that read YAML share while a source is read.
 *
 * read.c follows libyaml's events; keys.c says which keys a mapping may have, limits.c
 * how much there may be, aliases.c what anchors and aliases stand for. */
#ifndef INFONOTE_YAML_READER_H
#define INFONOTE_YAML_READER_H

#include "base/map.h"
#include "yaml/value.h"

struct yaml_parser_s; /* libyaml's */

/* A value that aliases may name. */
struct yaml_anchor {
    struct value *value; /* NULL while its container is open */
    struct place at;
    size_t nodes, bytes; /* what a copy would cost */
    size_t height;
};

/* A container that is open. */
struct yaml_frame {
    struct value *value;
    struct value *key; /* of a mapping: read, its value not yet */
    struct yaml_anchor *anchor;
    VEC(struct value *) items;
    VEC(struct value_pair) pairs;
    struct map keys;   /* used once a mapping has many */
    size_t nodes, bytes; /* the reader's counts when it began */
    size_t height;
};

struct yaml_reader {
    const struct source *source;
    const struct value_limits *limits;
    struct arena *arena;
    struct diag_sink *sink;
    struct yaml_parser_s *parser;
    struct yaml_frame *stack;
    size_t depth;
    struct map anchors;
    VEC(const char *) anchor_names;
    size_t nodes, bytes;  /* read so far, aliases expanded */
    size_t index, offset; /* a mark of libyaml and the byte it stands for */
    struct value *root;
    struct place quoted;  /* the last quotation */
    bool stopped;         /* a limit is spent, or the syntax is wrong */
};

/* limits.c: counts values and bytes of text, those that an alias copies too. False, with
 * a report and the reader stopped, if there are more than may be. */
bool yaml_count(struct yaml_reader *r, size_t nodes, size_t bytes, struct place at);

/* Whether what is `height` deep would be nested too deeply here; if so, as above. */
bool yaml_too_deep(struct yaml_reader *r, size_t height, struct place at);

/* keys.c: a key of the mapping `f`; and the value that belongs to the last one. A key
 * that is not text, or stands there already, is reported; its value is left out. */
void yaml_accept_key(struct yaml_reader *r, struct yaml_frame *f, struct value *key);
void yaml_accept_value(struct yaml_reader *r, struct yaml_frame *f, struct value *v);

/* aliases.c: remembers an anchor; NULL when there is no `name`. */
struct yaml_anchor *yaml_anchor_new(struct yaml_reader *r, const char *name,
                                    struct place at);

/* The anchor that the alias `*name` at `at` stands for, its cost counted. NULL if there
 * is none, or it is still open: reported. Also where it would be too much: then the
 * reader is stopped. */
struct yaml_anchor *yaml_alias_find(struct yaml_reader *r, const char *name,
                                    struct place at);

#endif

/* note/template.h: a compiled text with fields: its pieces in the order of the text. */
#ifndef INFONOTE_NOTE_TEMPLATE_H
#define INFONOTE_NOTE_TEMPLATE_H

#include "note/formats.h"
#include "note/merge.h"

enum note_piece_kind {
    NOTE_PIECE_TEXT,     /* as it is */
    NOTE_PIECE_FIELD,    /* {{name}} */
    NOTE_PIECE_MARKDOWN, /* {{{name}}} */
    NOTE_PIECE_SECTION,  /* {{#name}}, up to its end */
    NOTE_PIECE_INVERTED, /* {{^name}} */
    NOTE_PIECE_END,
};

/* A name: `.`, `@index`, or parts with dots between them. */
struct note_name {
    str whole;
    str *parts;
    size_t n;
    int column; /* of the record it was compiled for, or -1 */
};

struct note_piece {
    enum note_piece_kind kind;
    struct value_run start;  /* `at` is unused */
    struct place at;         /* of a tag, all of it */
    str text;                /* TEXT */
    struct note_name name;
    struct note_format *formats;
    size_t n_formats;
    size_t end;              /* SECTION, INVERTED: the piece that ends it */
    bool told;               /* something is wrong with it, and was reported */
};

struct note_template {
    const struct value *scalar;
    VEC(struct note_piece) pieces;
    bool bad;   /* reported: it is filled with nothing */
};

/* Splits `text` at its dots. False, and a report at `at`, if it is no name. */
bool note_name_read(struct note_merge *m, str text, struct place at,
                    const struct note_record *record, struct note_name *out);

/* What a name stands for (fill.c): a value, or a text where `value` is NULL. */
struct note_found {
    bool found;
    const struct value *value;
    str text;
};

struct note_found note_merge_find(const struct note_merge *m,
                                  const struct note_name *name,
                                  const struct note_record *record);

/* Whether a section is set for it: it is there, and neither empty nor `false`. */
bool note_found_is_true(const struct note_found *found);

/* Reports a name that stands for nothing; without any data, once for all of them. */
void note_merge_missing(struct note_merge *m, const struct note_name *name,
                        const struct note_record *record, struct place at);

/* The same in a section or condition, where it is no fault: a warning if there is a name
 * much like it. */
void note_merge_absent(struct note_merge *m, const struct note_name *name,
                       const struct note_record *record, struct place at);

/* Counts work against the limits; false once one of them is passed. */
bool note_merge_step(struct note_merge *m, struct place at);
bool note_merge_made(struct note_merge *m, size_t values, size_t bytes, struct place at);

#endif

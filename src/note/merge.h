/* note/merge.h: merge fields: values of a record in the texts of a note.
 *
 * In:  the values of a note, and data: a mapping. Out: values again, in which `when:` and
 * `each:` have kept, dropped and repeated what they stand in, and `{{name}}` is the value
 * of that name. Everything happens on parsed values, so that no value can become YAML;
 * and a merged scalar remembers which of its bytes are values (struct value_run), so that
 * none can become Markdown. Places stay those of the template.
 *
 *     {{name}} {{person.name}} {{.}}    the value, as text
 *     {{{name}}} {{&name}}              the value, as Markdown
 *     {{amount|default:0|money:CHF}}    formats, from left to right
 *     {{#name}}…{{/name}}               for each of a list; once for what is there
 *     {{^name}}…{{/name}}               if there is none
 *     {{! remark}}  \{{                 nothing; the braces themselves
 *
 * A text with fields is compiled once and filled many times:
 *
 *     struct note_template *t = note_template_new(m, cell, &record);
 *     for each row: v = note_template_fill(m, t, &record, scratch); */
#ifndef INFONOTE_NOTE_MERGE_H
#define INFONOTE_NOTE_MERGE_H

#include "base/map.h"
#include "note/note.h"

enum {
    NOTE_MERGE_MAX_NESTING = 16,      /* sections in sections of one text */
    NOTE_MERGE_MAX_PARTS = 16,        /* of a dotted name */
    NOTE_MERGE_MAX_FORMATS = 8,       /* of one field */
    NOTE_MERGE_MAX_BYTES = 16 << 20,  /* of text that is made */
    NOTE_MERGE_MAX_VALUES = 2000000,  /* that are made */
    NOTE_MERGE_MAX_STEPS = 10000000,  /* values and pieces of text looked at */
};

/* A record that is no value, such as a row of a file. Its fields come before those of the
 * note's data. */
struct note_record {
    void *user;
    int (*column)(void *user, str name); /* of the field `name`; -1: it has none */
    str (*text)(void *user, int column); /* the field of the record at hand */
    const char *const *names;            /* all of them, for suggestions */
    size_t n;
};

/* What names mean at one point of the note: an item of a list, and what is around it. */
struct note_scope {
    const struct value *value; /* a mapping of fields, or what `{{.}}` is */
    size_t index, count;       /* which of how many; from 0 */
    const struct note_scope *outer;
};

/* The merging of one note. */
struct note_merge {
    struct arena *arena;
    struct diag_sink *sink;
    const struct value *data;       /* a mapping, or NULL: the note has none */
    struct map keys;                /* its keys to its pairs */
    str lang;                       /* that formats follow */
    const struct note_scope *scope; /* the innermost, or NULL */
    struct map templates, conditions; /* by the scalar that they are made of */
    struct buf scratch[2];
    size_t bytes, values, steps;    /* made so far */
    struct map *asked;              /* NULL, or collects the first parts of names */
    size_t fields;                  /* met without data */
    struct place first;             /* of the first of them */
    str first_name;
    bool stopped;                   /* a limit was passed, and reported */
};

void note_merge_init(struct note_merge *m, struct arena *a, struct diag_sink *sink);

/* The values of the note `root`, merged with its own data and what stands over it (NULL:
 * nothing); those that hold nothing to merge are the same. NULL when a limit was passed.
 * What a table's `rows: {file: …, each: …}` repeats is left to its reader. */
const struct value *note_merge(struct note_merge *m, const struct value *root,
                               const struct note_data *data);

/* The first parts of all names that the values ask for, as keys of `into`, in `a`. */
void note_merge_names(const struct value *root, struct arena *a, struct map *into);

/* --- Texts with fields (template.c, fill.c) --- */

struct note_template;

/* Compiles the text of a scalar; NULL if it has no fields and stays as it is. What is
 * wrong with it is reported; filling it then gives the scalar itself. With a `record`,
 * which may be NULL, names that it has are its columns. */
struct note_template *note_template_new(struct note_merge *m, const struct value *scalar,
                                        const struct note_record *record);

/* A scalar with the values put in; it and its text are in `a`. `record` is NULL, or has
 * the same columns as the one it was compiled for. */
const struct value *note_template_fill(struct note_merge *m, struct note_template *t,
                                       const struct note_record *record,
                                       struct arena *a);

/* The text alone, behind what is in `out`. */
void note_template_text(struct note_merge *m, struct note_template *t,
                        const struct note_record *record, struct buf *out);

/* True if something is wrong with it, which was reported. */
bool note_template_is_broken(const struct note_template *t);

/* True if what it makes is plain text whatever the values are: no Markdown in it, and no
 * `{{{…}}}`. Then note_template_text says it all. */
bool note_template_is_plain(const struct note_template *t);

/* True if the text needs a template at all. */
bool note_has_fields(str text);

#endif

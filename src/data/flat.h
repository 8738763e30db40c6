/* data/flat.h: the fields of a record that may hold records itself.
 *
 * What is text in it, at any depth, is a field: `{"id": 7, "to": {"name": "A"}}` has the
 * fields `id` and `to.name`. Lists have none, and what is null is not there. */
#ifndef INFONOTE_DATA_FLAT_H
#define INFONOTE_DATA_FLAT_H

#include "base/str.h"
#include "base/vec.h"
#include "data/source.h"

enum { DATA_MAX_NESTING = 32 }; /* names in a name */

struct data_flat {
    struct arena arena; /* of all below, until it is begun again */
    VEC(str) names;
    VEC(str) values;
    str outer[DATA_MAX_NESTING]; /* the names around what is added */
    size_t depth;
};

void data_flat_init(struct data_flat *f);
void data_flat_done(struct data_flat *f);

/* Forgets the record before. */
void data_flat_begin(struct data_flat *f);

/* A text under `name`, which is inside the names that were entered. Both are copied. */
void data_flat_add(struct data_flat *f, str name, str text);

/* What follows is inside `name`, up to data_flat_leave. False, and nothing is entered,
 * where that is deeper than any record. `name` must live until it is left. */
bool data_flat_enter(struct data_flat *f, str name);
void data_flat_leave(struct data_flat *f);

/* The fields into a row. */
void data_flat_give(const struct data_flat *f, struct data_row *row);

#endif

/* SPDX-License-Identifier: MIT
 *
 * In: texts under names, in the order of a record. Out: fields with dotted names. */
#include "data/flat.h"

#include "base/buf.h"

void data_flat_init(struct data_flat *f)
{
    *f = (struct data_flat){0};
    arena_init(&f->arena);
}

void data_flat_done(struct data_flat *f)
{
    arena_done(&f->arena);
}

void data_flat_begin(struct data_flat *f)
{
    arena_reset(&f->arena);
    f->names.v = f->values.v = NULL;
    f->names.n = f->names.cap = f->values.n = f->values.cap = 0;
    f->depth = 0;
}

static str dotted(struct data_flat *f, str name)
{
    struct buf b;
    buf_init(&b, &f->arena);
    for (size_t i = 0; i < f->depth; i++) {
        buf_put(&b, f->outer[i]);
        buf_char(&b, '.');
    }
    buf_put(&b, name);
    return str_copy(&f->arena, buf_str(&b));
}

void data_flat_add(struct data_flat *f, str name, str text)
{
    str whole = f->depth ? dotted(f, name) : str_copy(&f->arena, name);
    vec_push(&f->arena, &f->names, whole);
    vec_push(&f->arena, &f->values, str_copy(&f->arena, text));
}

bool data_flat_enter(struct data_flat *f, str name)
{
    if (f->depth == DATA_MAX_NESTING) {
        return false;
    }
    f->outer[f->depth++] = name;
    return true;
}

void data_flat_leave(struct data_flat *f)
{
    f->depth--;
}

void data_flat_give(const struct data_flat *f, struct data_row *row)
{
    row->n = (uint32_t)f->names.n;
    row->names = f->names.v;
    row->values = f->values.v;
}

/* SPDX-License-Identifier: MIT
 *
 * In: fields, row by row. Out: one text of all of them and where each ends. They are
 * collected in memory of their own, which grows by leaps and is given back; what is kept
 * is exactly as large as it has to be. */
#include "data/data.h"

#include <string.h>

void data_table_begin(struct data_filling *f)
{
    *f = (struct data_filling){0};
    arena_init(&f->arena);
    buf_init(&f->text, &f->arena);
}

bool data_table_end_field(struct data_filling *f)
{
    if (f->text.n > DATA_MAX_BYTES || f->ends.n >= DATA_MAX_FIELDS) {
        return false;
    }
    vec_push(&f->arena, &f->ends, (uint32_t)f->text.n);
    return true;
}

void data_table_end_row(struct data_filling *f, uint32_t line)
{
    vec_push(&f->arena, &f->lines, line);
}

static const void *keep(struct arena *a, const void *from, size_t n)
{
    void *copy = arena_alloc_raw(a, n + 1);
    return n ? memcpy(copy, from, n) : copy;
}

struct data_table *data_table_end(struct data_filling *f, struct arena *a)
{
    struct data_table *t = a ? NEW(a, struct data_table) : NULL;
    if (t) {
        t->rows = (uint32_t)f->lines.n;
        t->columns = t->rows ? (uint32_t)(f->ends.n / f->lines.n) : 0;
        t->text = keep(a, f->text.p, f->text.n);
        t->ends = keep(a, f->ends.v, f->ends.n * sizeof *f->ends.v);
        t->lines = keep(a, f->lines.v, f->lines.n * sizeof *f->lines.v);
    }
    arena_done(&f->arena);
    return t;
}

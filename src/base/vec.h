/* base/vec.h: a growable array in an arena, typed by its declaration.
 *
 *     VEC(struct diag) diags = {0};
 *     vec_push(arena, &diags, d);
 *     for (size_t i = 0; i < diags.n; i++) use(&diags.v[i]);
 *
 * Elements move when the array grows: keep indices, not pointers. */
#ifndef INFONOTE_BASE_VEC_H
#define INFONOTE_BASE_VEC_H

#include "base/arena.h"

#define VEC(type)    \
    struct {         \
        type *v;     \
        size_t n;    \
        size_t cap;  \
    }

/* Makes room for one more element of `size` bytes; gives the array back. */
static inline void *vec_room(struct arena *a, void *v, size_t n, size_t *cap, size_t size)
{
    if (n < *cap) {
        return v;
    }
    /* Large elements often stand alone: a cell's line, a paragraph's span. */
    size_t first = size > 64 ? 1 : size > 32 ? 2 : 8;
    size_t grown = *cap ? *cap * 2 : first;
    v = arena_grow(a, v, n * size, grown * size);
    *cap = grown;
    return v;
}

#define vec_push(arena, vec, ...)                                                      \
    ((vec)->v = vec_room((arena), (vec)->v, (vec)->n, &(vec)->cap, sizeof *(vec)->v), \
     (vec)->v[(vec)->n++] = (__VA_ARGS__))

#endif

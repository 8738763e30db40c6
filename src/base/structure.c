/* SPDX-License-Identifier: MIT */
#include "base/structure.h"

static const struct {
    const char *name;
    bool is_inline;
} ROLES[STRUCTURE_ROLE_COUNT] = {
#define X(symbol, name, inline_) [STRUCTURE_##symbol] = {name, inline_},
    STRUCTURE_ROLES(X)
#undef X
};

static const struct structure_more NOTHING;

uint32_t structure_add(struct structure *s, struct arena *a, enum structure_role role,
                       uint32_t parent)
{
    struct structure_element e = {
        .role = (uint8_t)role, .parent = parent, .more = &NOTHING,
    };
    vec_push(a, &s->elements, e);
    return (uint32_t)(s->elements.n - 1);
}

struct structure_more *structure_more(struct structure *s, struct arena *a,
                                      uint32_t number)
{
    struct structure_element *e = &s->elements.v[number];
    struct structure_more *own = NEW(a, struct structure_more);
    *own = *e->more;
    e->more = own;
    return own;
}

const char *structure_role_name(enum structure_role role)
{
    return ROLES[role].name;
}

bool structure_is_inline(enum structure_role role)
{
    return ROLES[role].is_inline;
}

static uint32_t grid_size(const struct structure_grid *g)
{
    return g->rows * (g->columns + 1);
}

uint32_t structure_add_grid(struct structure *s, struct arena *a, uint32_t parent,
                            uint32_t rows, uint32_t columns)
{
    uint32_t first = STRUCTURE_GRIDS;
    if (s->grids.n) {
        const struct structure_grid *last = &s->grids.v[s->grids.n - 1];
        first = last->first + grid_size(last);
    }
    vec_push(a, &s->grids, ((struct structure_grid){first, parent, rows, columns, NULL}));
    return first;
}

const struct structure_grid *structure_grid_of(const struct structure *s,
                                               uint32_t element)
{
    for (size_t i = element < STRUCTURE_GRIDS ? 0 : s->grids.n; i-- > 0;) {
        const struct structure_grid *g = &s->grids.v[i];
        if (element >= g->first) {
            return element - g->first < grid_size(g) ? g : NULL;
        }
    }
    return NULL;
}

bool structure_has(const struct structure *s, uint32_t element)
{
    return element < s->elements.n || structure_grid_of(s, element);
}

enum structure_role structure_role_of(const struct structure *s, uint32_t element)
{
    const struct structure_grid *g = structure_grid_of(s, element);
    if (!g) {
        return s->elements.v[element].role;
    }
    return (element - g->first) % (g->columns + 1) ? STRUCTURE_TD : STRUCTURE_TR;
}

uint32_t structure_parent_of(const struct structure *s, uint32_t element)
{
    const struct structure_grid *g = structure_grid_of(s, element);
    if (!g) {
        return s->elements.v[element].parent;
    }
    uint32_t column = (element - g->first) % (g->columns + 1);
    return column ? element - column : g->parent;
}

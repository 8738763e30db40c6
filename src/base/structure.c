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

uint32_t structure_add(struct structure *s, struct arena *a, enum structure_role role,
                       uint32_t parent)
{
    struct structure_element e = {.role = role, .parent = parent};
    vec_push(a, &s->elements, e);
    return (uint32_t)(s->elements.n - 1);
}

const char *structure_role_name(enum structure_role role)
{
    return ROLES[role].name;
}

bool structure_is_inline(enum structure_role role)
{
    return ROLES[role].is_inline;
}

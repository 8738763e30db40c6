/* SPDX-License-Identifier: MIT */
#include "note/parsed.h"

#include <stdlib.h>

#include "base/map.h"
#include "base/vec.h"
#include "note/syntax.h"

enum {
    ASKED = 1024,
    MOST = 64 << 10, /* bytes of all texts; their trees have some tens of times as many */
    LONGEST = MOST / 4,
};

struct note_parsed {
    struct arena arena;
    struct map trees; /* of the texts */
    VEC(cmark_node *) roots;
    size_t kept;
    uint32_t asked[ASKED]; /* parts of hashes: what has come once */
};

static void begin(struct note_parsed *p)
{
    p->roots.v = NULL;
    p->roots.n = p->roots.cap = p->kept = 0;
    map_init(&p->trees, &p->arena);
}

struct note_parsed *note_parsed_new(void)
{
    struct note_parsed *p = calloc(1, sizeof *p);
    if (!p) {
        oom_report(sizeof *p);
    }
    arena_init(&p->arena);
    begin(p);
    return p;
}

static void free_trees(struct note_parsed *p)
{
    for (size_t i = 0; i < p->roots.n; i++) {
        cmark_node_free(p->roots.v[i]);
    }
}

void note_parsed_free(struct note_parsed *p)
{
    if (p) {
        free_trees(p);
        arena_done(&p->arena);
        free(p);
    }
}

cmark_node *note_parsed_take(struct note_parsed *p, str text)
{
    cmark_node *known = p && text.n <= LONGEST ? map_find(&p->trees, text) : NULL;
    return known ? known : note_syntax_parse(text);
}

static bool came_before(struct note_parsed *p, str text)
{
    uint64_t hash = map_hash(&p->trees, text);
    uint32_t *slot = &p->asked[hash % ASKED], part = (uint32_t)(hash >> 32) | 1;
    bool before = *slot == part;
    *slot = part;
    return before;
}

static void keep(struct note_parsed *p, str text, cmark_node *root)
{
    if (p->kept + text.n > MOST) {
        free_trees(p);
        arena_reset(&p->arena);
        begin(p);
    }
    p->kept += text.n;
    map_put(&p->trees, str_copy(&p->arena, text), root);
    vec_push(&p->arena, &p->roots, root);
}

void note_parsed_give_back(struct note_parsed *p, str text, cmark_node *root,
                           bool changed)
{
    if (p && text.n <= LONGEST && map_find(&p->trees, text) == root) {
        return;
    }
    if (p && !changed && text.n <= LONGEST && came_before(p, text)) {
        keep(p, text, root);
    } else {
        cmark_node_free(root);
    }
}

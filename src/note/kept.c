/* SPDX-License-Identifier: MIT */
#include "note/kept.h"

#include <stdlib.h>
#include <string.h>

#include "note/load.h"

enum {
    TEXTS = 4096,
    LONGEST = 8 << 10, /* bytes of one that is kept */
    MOST = 256 << 10,  /* bytes of all nodes, with what is left over from their making */
};

struct text {
    const struct note_node *nodes; /* in reading order; NULL: none are kept */
    size_t n;
    int level;           /* that they were read with */
    enum note_kind kind; /* of the node in which they stood */
    bool tried;
};

struct note_kept {
    struct arena arena;
    struct text *texts; /* by their numbers, - 1 */
    uint32_t n;
};

/* --- Numbers --- */

static void number(struct note_kept *k, struct value *v)
{
    if (k->n == TEXTS) {
        return;
    }
    if (v->kind == VALUE_SCALAR && !v->constant && v->text.n <= LONGEST &&
        !note_has_fields(v->text)) {
        v->constant = (uint16_t)++k->n;
    }
    for (size_t i = 0; v->kind == VALUE_SEQUENCE && i < v->n; i++) {
        number(k, v->items[i]);
    }
    for (size_t i = 0; v->kind == VALUE_MAPPING && i < v->n; i++) {
        number(k, v->pairs[i].key); /* it may be the label of a fact */
        number(k, v->pairs[i].value);
    }
}

struct note_kept *note_kept_new(struct value *root)
{
    struct note_kept *k = calloc(1, sizeof *k);
    if (!k) {
        oom_report(sizeof *k);
    }
    arena_init(&k->arena);
    for (size_t i = 0; root->kind == VALUE_MAPPING && i < root->n; i++) {
        if (!str_is(root->pairs[i].key->text, "data")) {
            number(k, root->pairs[i].value);
        }
    }
    k->texts = NEW_ARRAY(&k->arena, struct text, k->n);
    return k;
}

void note_kept_free(struct note_kept *k)
{
    if (k) {
        arena_done(&k->arena);
        free(k);
    }
}

/* --- Keeping --- */

/* Grows with whatever reading does beside making nodes. Links inside the note are not
 * counted: they can be found among the nodes. */
static size_t count_others(const struct note_loader *l)
{
    size_t n = l->inserts.n + l->defined.n + l->continued.n + l->id_names.n +
               l->note->data_files.n;
    for (size_t i = 0; i <= DIAG_FATAL; i++) {
        n += l->sink->counts[i];
    }
    return n;
}

/* The nodes below `top` in one piece; those that stood in `top` have no parent. */
static void keep(struct note_kept *k, struct text *text, const struct note_node *top)
{
    size_t n = 0;
    for (struct note_node *c = note_next(top, top); c; c = note_next(c, top)) {
        if (c->kind == NOTE_IMAGE || c->kind == NOTE_PICTURE) {
            return;
        }
        n++;
    }
    struct note_node *nodes = NEW_ARRAY(&k->arena, struct note_node, n);
    struct note_node whole = {0}, *made = nodes;
    for (struct note_node *c = note_next(top, top); c; c = note_next(c, top), made++) {
        struct note_node *parent = c->parent == top ? &whole : c->parent->prev;
        *made = *c;
        made->first = made->last = NULL;
        note_append(parent, made);
        c->prev = made; /* what it became, for its children */
    }
    for (struct note_node *c = whole.first; c; c = c->next) {
        c->parent = NULL;
    }
    text->nodes = nodes;
    text->n = n;
}

/* --- Copies --- */

static struct note_node *moved(struct note_node *to, const struct note_node *from,
                               const struct note_node *node)
{
    return node ? to + (node - from) : NULL;
}

static void put_copy(struct note_loader *l, const struct text *text,
                     struct note_node *into)
{
    const struct note_node *from = text->nodes;
    struct note_node *to = arena_alloc_raw(l->arena, text->n * sizeof *to);
    memcpy(to, from, text->n * sizeof *to);
    for (struct note_node *n = to; n < to + text->n; n++) {
        n->first = moved(to, from, n->first);
        n->last = moved(to, from, n->last);
        n->prev = moved(to, from, n->prev);
        n->next = moved(to, from, n->next);
        if (n->parent) {
            n->parent = moved(to, from, n->parent);
        } else {
            note_append(into, n);
        }
        if (n->kind == NOTE_LINK && n->as.link.internal) {
            vec_push(l->arena, &l->links, n);
        }
    }
}

/* --- Reading --- */

/* Its first time: the nodes are made in the memory of what is kept. */
static void read_first(struct note_loader *l, const struct value *v, struct text *text,
                       struct note_node *into, note_kept_reader *read)
{
    struct note_node top = {.kind = into->kind, .at = into->at, .as = into->as};
    struct arena *own = l->arena;
    size_t links = l->links.n, others = count_others(l);
    text->tried = true;
    l->arena = &l->kept->arena;
    read(l, v, text->level, &top);
    if (top.first && count_others(l) == others) {
        keep(l->kept, text, &top);
    }
    l->arena = own;
    if (text->nodes) {
        l->links.n = links;
        put_copy(l, text, into);
    } else {
        note_append(into, &top);
        note_dissolve(&top);
    }
}

void note_kept_read(struct note_loader *l, const struct value *v, int level,
                    struct note_node *into, note_kept_reader *read)
{
    struct text *text = l->kept && v->constant ? &l->kept->texts[v->constant - 1] : NULL;
    if (text && text->nodes && text->level == level && text->kind == into->kind) {
        put_copy(l, text, into);
    } else if (text && !text->tried && l->kept->arena.used < MOST) {
        text->level = level;
        text->kind = into->kind;
        read_first(l, v, text, into, read);
    } else {
        read(l, v, level, into);
    }
}

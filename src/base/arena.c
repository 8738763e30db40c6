/* SPDX-License-Identifier: MIT
 *
 * Blocks are chained, newest first. A request that does not fit the newest block
 * opens another, twice as large up to BLOCK_MAX, or as large as the request asks. */
#include "base/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ALIGNMENT = 16, BLOCK_MIN = 16 * 1024, BLOCK_MAX = 1024 * 1024 };

struct arena_block {
    struct arena_block *older;
    size_t size;              /* bytes behind the header */
    _Alignas(ALIGNMENT) char bytes[];
};

static _Noreturn void exit_without_memory(size_t wanted)
{
    fprintf(stderr, "infonote: out of memory (%zu bytes wanted)\n", wanted);
    exit(3);
}

static oom_handler *handler = exit_without_memory;

void oom_set_handler(oom_handler *h)
{
    handler = h ? h : exit_without_memory;
}

_Noreturn void oom_report(size_t wanted)
{
    handler(wanted);
    abort(); /* a handler that returns leaves nothing to stand on */
}

void arena_init(struct arena *a)
{
    *a = (struct arena){0};
}

static void free_down_to(struct arena *a, struct arena_block *keep)
{
    while (a->blocks != keep) {
        struct arena_block *b = a->blocks;
        a->blocks = b->older;
        a->used -= b->size;
        free(b);
    }
}

void arena_done(struct arena *a)
{
    free_down_to(a, NULL);
    *a = (struct arena){0};
}

void arena_reset(struct arena *a)
{
    struct arena_block *newest = a->blocks;
    if (!newest) {
        return;
    }
    a->blocks = newest->older;
    a->used -= newest->size;
    free_down_to(a, NULL);
    newest->older = NULL;
    a->blocks = newest;
    a->used = newest->size;
    a->next = newest->bytes;
    a->end = newest->bytes + newest->size;
}

struct arena_mark arena_mark(const struct arena *a)
{
    return (struct arena_mark){a->blocks, a->next};
}

void arena_rewind(struct arena *a, struct arena_mark mark)
{
    free_down_to(a, mark.block);
    a->next = mark.next;
    a->end = mark.block ? mark.block->bytes + mark.block->size : NULL;
}

static size_t next_block_size(const struct arena *a, size_t wanted)
{
    size_t size = a->blocks ? a->blocks->size * 2 : BLOCK_MIN;
    if (size > BLOCK_MAX) {
        size = BLOCK_MAX;
    }
    return size < wanted ? wanted : size;
}

static void open_block(struct arena *a, size_t wanted)
{
    size_t size = next_block_size(a, wanted);
    if (a->budget && size > a->budget - a->used) {
        oom_report(wanted);
    }
    struct arena_block *b = malloc(sizeof *b + size);
    if (!b) {
        oom_report(size);
    }
    b->older = a->blocks;
    b->size = size;
    a->blocks = b;
    a->used += size;
    a->next = b->bytes;
    a->end = b->bytes + size;
}

void *arena_alloc_raw(struct arena *a, size_t size)
{
    if (size > PTRDIFF_MAX - ALIGNMENT) {
        oom_report(size);
    }
    size = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    if ((size_t)(a->end - a->next) < size || !a->next) {
        open_block(a, size);
    }
    void *p = a->next;
    a->next += size;
    return p;
}

void *arena_alloc(struct arena *a, size_t size)
{
    void *p = arena_alloc_raw(a, size);
    return memset(p, 0, size);
}

void *arena_alloc_array(struct arena *a, size_t n, size_t size)
{
    if (size && n > PTRDIFF_MAX / size) {
        oom_report(SIZE_MAX);
    }
    return arena_alloc(a, n * size);
}

char *arena_copy(struct arena *a, const void *bytes, size_t n)
{
    char *copy = arena_alloc_raw(a, n + 1);
    if (n) {
        memcpy(copy, bytes, n);
    }
    copy[n] = '\0';
    return copy;
}

void *arena_grow(struct arena *a, void *old, size_t old_size, size_t size)
{
    size_t rounded = (old_size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    char *tail = old ? (char *)old + rounded : NULL;
    if (tail && tail == a->next && size >= rounded &&
        size - rounded <= (size_t)(a->end - a->next)) {
        arena_alloc_raw(a, size - rounded);
        return old;
    }
    void *fresh = arena_alloc_raw(a, size);
    if (old_size) {
        memcpy(fresh, old, old_size < size ? old_size : size);
    }
    return fresh;
}

/* SPDX-License-Identifier: MIT
 *
 * Blocks are chained, newest first. A request that does not fit the newest block
 * opens another, twice as large up to BLOCK_MAX, or as large as the request asks.
 *
 * Under the address sanitizer what was not handed out is poisoned, and a gap stands
 * behind every piece, so that a step outside a piece is found as it is with malloc. */
#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#ifdef __has_feature
#if __has_feature(address_sanitizer)
#define POISONING 1
#endif
#elif defined __SANITIZE_ADDRESS__
#define POISONING 1
#endif

#ifdef POISONING
#include <sanitizer/asan_interface.h>
enum { GAP = 16 };
#else
#define ASAN_POISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
#define ASAN_UNPOISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
enum { GAP = 0 };
#endif

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
    ASAN_POISON_MEMORY_REGION(a->next, newest->size);
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
    if (mark.block) {
        ASAN_POISON_MEMORY_REGION(a->next, (size_t)(a->end - a->next));
    }
}

static size_t next_block_size(const struct arena *a, size_t wanted)
{
    size_t size = a->blocks ? a->blocks->size * 2 : BLOCK_MIN;
    if (size > BLOCK_MAX) {
        size = BLOCK_MAX;
    }
    size_t left = a->budget > a->used ? a->budget - a->used : 0;
    if (a->budget && size > left) {
        size = left; /* a request that still fits shall have it */
    }
    return size < wanted ? wanted : size;
}

static void open_block(struct arena *a, size_t wanted)
{
    size_t size = next_block_size(a, wanted);
    if (a->budget && (a->used > a->budget || size > a->budget - a->used)) {
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
    ASAN_POISON_MEMORY_REGION(b->bytes, size);
}

void arena_reset_whole(struct arena *a, size_t most)
{
    size_t size = a->used < most ? a->used : most, budget = a->budget;
    if (a->blocks && (a->blocks->older || a->used > most)) {
        arena_done(a);
        open_block(a, size);
        a->budget = budget;
    } else {
        arena_reset(a);
    }
}

/* What a piece of `size` bytes takes of its block. */
static size_t footprint(size_t size)
{
    return ((size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1)) + GAP;
}

void *arena_alloc_raw(struct arena *a, size_t size)
{
    if (size > PTRDIFF_MAX - 4 * ALIGNMENT - sizeof(struct arena_block)) {
        oom_report(size);
    }
    size_t taken = footprint(size);
    if (!a->next || (size_t)(a->end - a->next) < taken) {
        open_block(a, taken);
    }
    void *p = a->next;
    a->next += taken;
    ASAN_UNPOISON_MEMORY_REGION(p, size);
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
    char *copy = arena_alloc_raw(a, n < SIZE_MAX ? n + 1 : n);
    if (n) {
        memcpy(copy, bytes, n);
    }
    copy[n] = '\0';
    return copy;
}

/* What an array leaves behind when it grows goes back to the system: only its addresses
 * stay taken. Small pieces are not worth the call. */
static void give_back(void *old, size_t size)
{
    ASAN_POISON_MEMORY_REGION(old, size);
    enum { WORTH_IT = 256 * 1024 };
    if (size >= WORTH_IT) {
        size_t page = (size_t)sysconf(_SC_PAGESIZE);
        uintptr_t first = ((uintptr_t)old + page - 1) / page * page;
        uintptr_t last = ((uintptr_t)old + size) / page * page;
        madvise((void *)first, last - first, MADV_DONTNEED);
    }
}

void *arena_grow(struct arena *a, void *old, size_t old_size, size_t size)
{
    size_t taken = footprint(old_size);
    bool newest = old && (char *)old + taken == a->next;
    if (newest && size <= (size_t)(a->end - (char *)old) &&
        footprint(size) <= (size_t)(a->end - (char *)old)) {
        a->next = (char *)old + footprint(size < old_size ? old_size : size);
        ASAN_UNPOISON_MEMORY_REGION(old, size);
        return old;
    }
    void *fresh = arena_alloc_raw(a, size);
    if (old_size) {
        memcpy(fresh, old, old_size < size ? old_size : size);
        give_back(old, old_size);
    }
    return fresh;
}

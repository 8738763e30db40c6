/* base/arena.h: memory by lifetime.
 *
 * An arena hands out memory that lives until the arena is reset or done; nothing
 * is freed one by one. Two lifetimes serve almost everything: the engine (fonts,
 * layouts, shaped words) and the document; `scratch` arenas are rewound to a mark.
 *
 * Allocation never returns NULL. When memory runs out, or the arena's budget is
 * spent, the out-of-memory handler is called; it must not return.
 *
 *     struct arena doc;
 *     arena_init(&doc);
 *     struct box *b = NEW(&doc, struct box);        // zeroed
 *     int *xs = NEW_ARRAY(&doc, int, 12);           // zeroed
 *     arena_done(&doc);
 */
#ifndef INFONOTE_BASE_ARENA_H
#define INFONOTE_BASE_ARENA_H

#include <stddef.h>

struct arena_block;

struct arena {
    struct arena_block *blocks; /* newest first; owned */
    char *next, *end;           /* the free part of the newest block */
    size_t used;                /* bytes taken from the system */
    size_t budget;              /* 0: none; otherwise the most `used` may become */
};

struct arena_mark {
    struct arena_block *block;
    char *next;
};

/* Called when memory cannot be had. `wanted` is in bytes. Must not return. */
typedef void oom_handler(size_t wanted);

/* Replaces the handler of the whole process; NULL restores the default, which
 * prints one line to standard error and exits with status 3. */
void oom_set_handler(oom_handler *handler);

/* Calls the handler; for callers that manage memory by themselves. */
_Noreturn void oom_report(size_t wanted);

void arena_init(struct arena *a);
void arena_done(struct arena *a);

/* Forgets everything, keeps the newest block for what comes next. */
void arena_reset(struct arena *a);

/* The same, but keeps as much memory as it had, though at most `most` bytes, in one
 * piece: what comes next and is as large needs no other. */
void arena_reset_whole(struct arena *a, size_t most);

/* Remembers a state; rewinding to it frees what was allocated since. */
struct arena_mark arena_mark(const struct arena *a);
void arena_rewind(struct arena *a, struct arena_mark mark);

/* `size` zeroed bytes, aligned for any type. Size 0 gives a valid pointer. */
void *arena_alloc(struct arena *a, size_t size);

/* The same, not zeroed, for bytes that are written at once. */
void *arena_alloc_raw(struct arena *a, size_t size);

/* `n * size` zeroed bytes; an overflowing product is out of memory. */
void *arena_alloc_array(struct arena *a, size_t n, size_t size);

/* A copy of `n` bytes with a NUL behind them. */
char *arena_copy(struct arena *a, const void *bytes, size_t n);

/* Grows `old` (old_size bytes) to `size`; in place when it was the newest piece. */
void *arena_grow(struct arena *a, void *old, size_t old_size, size_t size);

#define NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define NEW_ARRAY(arena, type, n) \
    ((type *)arena_alloc_array((arena), (size_t)(n), sizeof(type)))

#endif

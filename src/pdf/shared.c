/* SPDX-License-Identifier: MIT
 *
 * The key of a compressed stream is the stream: colour profiles, maps of characters and
 * whole pages are the same in notes that share text. Font programs go by their glyphs.
 * Long files are compressed quickly, and their pages hardly come again: nothing of that
 * is kept. */
#include "pdf/shared.h"

#include <libdeflate.h>
#include <stdlib.h>

enum {
    QUICK_LEVEL = 6,
    THOROUGH_LEVEL = 9,
    STREAMS_BUDGET = 256 << 10, /* of a half: what dozens of notes share */
    FONTS_BUDGET = 256 << 10,
};

void pdf_shared_init(struct pdf_shared *s)
{
    *s = (struct pdf_shared){0};
    cache_init(&s->streams, STREAMS_BUDGET);
    cache_init(&s->subsets, FONTS_BUDGET);
    cache_init(&s->programs, FONTS_BUDGET);
}

void pdf_shared_done(struct pdf_shared *s)
{
    cache_done(&s->streams);
    cache_done(&s->subsets);
    cache_done(&s->programs);
    if (s->thorough) {
        libdeflate_free_compressor(s->thorough);
    }
    if (s->quick) {
        libdeflate_free_compressor(s->quick);
    }
}

struct pdf_shared *pdf_shared_new(void)
{
    struct pdf_shared *s = malloc(sizeof *s);
    if (!s) {
        oom_report(sizeof *s);
    }
    pdf_shared_init(s);
    return s;
}

void pdf_shared_free(struct pdf_shared *s)
{
    if (s) {
        pdf_shared_done(s);
        free(s);
    }
}

static str deflate(struct libdeflate_compressor **compressor, int level, str data,
                   struct buf *room)
{
    if (!*compressor) {
        *compressor = libdeflate_alloc_compressor(level);
        if (!*compressor) {
            oom_report(1);
        }
    }
    size_t bound = libdeflate_zlib_compress_bound(*compressor, data.n);
    buf_clear(room);
    char *p = buf_room(room, bound);
    size_t n = libdeflate_zlib_compress(*compressor, data.p, data.n, p, bound);
    return (str){p, n};
}

static str find_or_deflate(struct pdf_shared *s, struct cache *cache, str key, str data,
                           struct buf *room)
{
    const str *known = cache_find(cache, key);
    if (known) {
        return *known;
    }
    str packed = deflate(&s->thorough, THOROUGH_LEVEL, data, room);
    if (cache_wants(cache, key)) {
        cache_put(cache, key, packed);
    }
    return packed;
}

str pdf_shared_deflate(struct pdf_shared *s, str data, bool thoroughly, struct buf *room)
{
    return thoroughly ? find_or_deflate(s, &s->streams, data, data, room)
                      : deflate(&s->quick, QUICK_LEVEL, data, room);
}

str pdf_shared_deflate_program(struct pdf_shared *s, str key, str data, struct buf *room)
{
    return find_or_deflate(s, &s->programs, key, data, room);
}

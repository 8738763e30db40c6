/* SPDX-License-Identifier: MIT
 *
 * The key of a compressed stream is the stream: colour profiles, maps of characters and
 * whole pages are the same in notes that share text. Font programs go by their glyphs.
 * The pages of long files hardly come again: nothing of them is kept. */
#include "pdf/shared.h"

#include <libdeflate.h>
#include <stdlib.h>

enum {
    FAST = 1,     /* short files are 1.6 % longer than with 6, and made in a tenth less */
    THOROUGH = 6, /* with 9 they are 0.2 % shorter, but take a tenth longer */
    STREAMS_BUDGET = 256 << 10, /* of a half: what dozens of notes share */
    FONTS_BUDGET = 512 << 10,   /* names bring letters that a note has not */
};

void pdf_shared_init(struct pdf_shared *s)
{
    *s = (struct pdf_shared){0};
    cache_init(&s->streams, STREAMS_BUDGET);
    cache_init(&s->subsets, FONTS_BUDGET);
}

void pdf_shared_done(struct pdf_shared *s)
{
    cache_done(&s->streams);
    cache_done(&s->subsets);
    libdeflate_free_compressor(s->fast);
    libdeflate_free_compressor(s->thorough);
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

str pdf_shared_deflate_well(struct pdf_shared *s, str data, struct buf *room)
{
    return deflate(&s->thorough, THOROUGH, data, room);
}

str pdf_shared_deflate(struct pdf_shared *s, str data, bool may_return, struct buf *room)
{
    if (!may_return) {
        return pdf_shared_deflate_well(s, data, room);
    }
    uint64_t hash = cache_hash(&s->streams, data);
    const str *known = cache_find_hashed(&s->streams, data, hash);
    if (known) {
        return *known;
    }
    str packed = deflate(&s->fast, FAST, data, room);
    if (cache_wants_hashed(&s->streams, hash)) {
        cache_put_hashed(&s->streams, data, hash, packed);
    }
    return packed;
}

/* pdf/shared.h: what files that are written one after the other need not make again.
 *
 * Compressed streams by their bytes, subsets of fonts by their glyphs, and the
 * compressors, whose tables take longer to set up than a short stream to compress. The
 * answers are exactly those that would be made again, so a file does not depend on what
 * was written before it. */
#ifndef INFONOTE_PDF_SHARED_H
#define INFONOTE_PDF_SHARED_H

#include "base/buf.h"
#include "base/cache.h"
#include "pdf/pdf.h"

struct libdeflate_compressor;

struct pdf_shared {
    struct libdeflate_compressor *fast, *thorough; /* NULL: not needed yet */
    struct cache streams; /* compressed, by what they say */
    struct cache subsets; /* see subset_known.c */
};

void pdf_shared_init(struct pdf_shared *s);
void pdf_shared_done(struct pdf_shared *s);

/* `data` compressed, in zlib's format; valid until the next call. `room` is for the work.
 * Where it may return in another file it is remembered, and compressed fast: of a short
 * file compression is the largest part. Else it is compressed thoroughly. */
str pdf_shared_deflate(struct pdf_shared *s, str data, bool may_return, struct buf *room);

/* The same, thoroughly, of what is remembered elsewhere; it lives as long as `room`. */
str pdf_shared_deflate_well(struct pdf_shared *s, str data, struct buf *room);

#endif

/* pdf/save.h: objects to a file: header, streams, object streams, cross-references.
 *
 * Streams go out as they come, so that nothing large is kept; all other objects follow,
 * packed into object streams. The caller numbers objects from 1 without gaps.
 *
 *     pdf_save_begin(&save, out, arena, shared, compress);
 *     pdf_save_stream(&save, dict, data);            // any number of times
 *     pdf_save_objects(&save, highest_number);       // no stream behind this
 *     pdf_save_object(&save, number, text);          // every other number, ascending
 *     pdf_save_end(&save, root, info);
 */
#ifndef INFONOTE_PDF_SAVE_H
#define INFONOTE_PDF_SAVE_H

#include "base/sha256.h"
#include "base/vec.h"
#include "pdf/haru.h"

struct pdf_shared;

struct pdf_slot { /* where an object is */
    uint32_t offset; /* in the file; or the number of its object stream */
    uint16_t index;  /* in the object stream */
    uint8_t kind;    /* as in a cross-reference stream: 0 free, 1 in the file, 2 packed */
};

struct pdf_save {
    struct arena *arena;
    struct buf *out;
    struct pdf_shared *shared;     /* what files share */
    size_t start;                  /* of the file in `out` */
    size_t gone;                   /* bytes of it that `out` no longer has */
    struct sha256 hash;            /* of those, and of `hashed` bytes of `out` */
    size_t hashed;
    bool compress;
    bool too_large;                /* the file is over what offsets can say */
    uint32_t first;                /* the number of slot 0; of a part: its first object */
    VEC(struct pdf_slot) slots;    /* by object number */
    uint32_t next_number;          /* that nothing has */
    uint32_t stream_number;        /* of the object stream that is being filled */
    struct buf heads, bodies;      /* of the object stream that is being filled */
    uint32_t packed;               /* objects in it */
    struct buf packing;            /* room for data on its way to the compressor */
};

void pdf_save_begin(struct pdf_save *s, struct buf *out, struct arena *a,
                    struct pdf_shared *shared, bool compress);

/* "%PDF-1.6" in place of 1.7. */
void pdf_save_older(struct pdf_save *s);

/* Writes `data` as the stream of `dict`, compressed; `plain` keeps it as it is, `packed`
 * is compressed already, if the file is. */
void pdf_save_stream(struct pdf_save *s, struct pdf_dict *dict, str data);
void pdf_save_packed_stream(struct pdf_save *s, struct pdf_dict *dict, str data);
void pdf_save_plain_stream(struct pdf_save *s, struct pdf_dict *dict, str data);

/* The file so far. */
str pdf_save_written(const struct pdf_save *s);

/* All numbers up to `highest` will be used. */
void pdf_save_objects(struct pdf_save *s, uint32_t highest);
void pdf_save_object(struct pdf_save *s, uint32_t number, str text);

/* Ends what was packed so far. */
void pdf_save_flush(struct pdf_save *s);

/* A number that nothing has; behind pdf_save_objects. */
uint32_t pdf_save_number(struct pdf_save *s);

/* --- Files in parts: see book.h --- */

/* A part begins without a header; its objects count from `first`. */
void pdf_save_begin_part(struct pdf_save *s, struct buf *out, struct pdf_shared *shared,
                         bool compress, uint32_t first);

/* Takes a part that was made elsewhere: its bytes, and where its objects are in them. */
void pdf_save_append(struct pdf_save *s, uint32_t first, const struct pdf_slot *slots,
                     size_t n, str bytes);

/* What `out` holds was written to where the file goes: it is forgotten here. */
void pdf_save_gone(struct pdf_save *s);

/* False, with a report, if the file cannot be written. */
bool pdf_save_end(struct pdf_save *s, uint32_t root, uint32_t info,
                  struct diag_sink *sink);

/* The SHA-256 of the file, as text; behind pdf_save_end. Most of it was needed for the
 * file's identifier. */
void pdf_save_digest(struct pdf_save *s, char out[65]);

#endif

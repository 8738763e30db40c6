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
    bool compress;
    bool too_large;                /* the file is over what offsets can say */
    VEC(struct pdf_slot) slots;    /* by object number */
    uint32_t next_number;          /* of object streams */
    struct buf heads, bodies;      /* of the object stream that is being filled */
    uint32_t packed;               /* objects in it */
    struct buf packing;            /* room for data on its way to the compressor */
};

void pdf_save_begin(struct pdf_save *s, struct buf *out, struct arena *a,
                    struct pdf_shared *shared, bool compress);

/* Writes `data` as the stream of `dict`, compressed; `plain` keeps it as it is. */
void pdf_save_stream(struct pdf_save *s, struct pdf_dict *dict, str data);

/* The same with a font's program; `key` is what decides it. */
void pdf_save_program(struct pdf_save *s, struct pdf_dict *dict, str data, str key);
void pdf_save_plain_stream(struct pdf_save *s, struct pdf_dict *dict, str data);

/* All numbers up to `highest` will be used. */
void pdf_save_objects(struct pdf_save *s, uint32_t highest);
void pdf_save_object(struct pdf_save *s, uint32_t number, str text);

/* False, with a report, if the file cannot be written. */
bool pdf_save_end(struct pdf_save *s, uint32_t root, uint32_t info,
                  struct diag_sink *sink);

#endif

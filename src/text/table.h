/* text/table.h: a font's tables, read with bounds: behind their end are zeros. */
#ifndef INFONOTE_TEXT_TABLE_H
#define INFONOTE_TEXT_TABLE_H

#include <hb.h>
#include <stdint.h>

struct text_table {
    hb_blob_t *blob; /* to be destroyed */
    const unsigned char *p;
    unsigned n;
};

static inline struct text_table text_table_open(hb_face_t *face, hb_tag_t tag)
{
    struct text_table t = {.blob = hb_face_reference_table(face, tag)};
    t.p = (const unsigned char *)hb_blob_get_data(t.blob, &t.n);
    return t;
}

static inline uint16_t text_u16(const struct text_table *t, uint64_t at)
{
    return at + 2 <= t->n ? (uint16_t)((unsigned)t->p[at] << 8 | t->p[at + 1]) : 0;
}

#endif

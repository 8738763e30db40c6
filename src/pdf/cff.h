/* pdf/cff.h: the one thing that must be read from a CFF table. */
#ifndef INFONOTE_PDF_CFF_H
#define INFONOTE_PDF_CFF_H

#include "base/str.h"

/* What code shows glyph `gid` of a bare CFF table in a Type 0 font: its CID if the table
 * is CID-keyed, else `gid` itself. A malformed table gives `gid`. */
uint16_t pdf_cff_cid(str table, uint16_t gid);

#endif

/* pdf/hash.h: SHA-256 (FIPS 180-4), for the identifiers of files. */
#ifndef INFONOTE_PDF_HASH_H
#define INFONOTE_PDF_HASH_H

#include "base/str.h"

enum { PDF_HASH_SIZE = 32 };

void pdf_hash(str bytes, uint8_t out[PDF_HASH_SIZE]);

#endif

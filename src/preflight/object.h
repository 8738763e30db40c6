/* preflight/object.h: objects of a PDF, asked safely.
 *
 * qpdf gives null for what is missing and warns; these ask first, so that a stranger's
 * file is read in silence. Texts live in the arena. */
#ifndef INFONOTE_PREFLIGHT_OBJECT_H
#define INFONOTE_PREFLIGHT_OBJECT_H

#include "preflight/preflight.h"

/* The value of a key of a dictionary, or of a stream's; null if there is none. */
qpdf_oh object_key(const struct preflight *p, qpdf_oh of, const char *key);
bool object_has(const struct preflight *p, qpdf_oh of, const char *key);
qpdf_oh object_item(const struct preflight *p, qpdf_oh array, int i);
int object_count(const struct preflight *p, qpdf_oh array); /* 0: no array */

/* Names without their slash; strings as UTF-8; empty for anything else. */
str object_name(const struct preflight *p, qpdf_oh o);
str object_text(const struct preflight *p, qpdf_oh o);
bool object_is_name(const struct preflight *p, qpdf_oh o, const char *name);
str object_name_of(const struct preflight *p, qpdf_oh of, const char *key);
str object_text_of(const struct preflight *p, qpdf_oh of, const char *key);

double object_number(const struct preflight *p, qpdf_oh o, double otherwise);
int64_t object_integer(const struct preflight *p, qpdf_oh o, int64_t otherwise);

/* What tells an object from others: "12 0", or "" for a direct one. */
str object_id(const struct preflight *p, qpdf_oh o);

/* The data of a stream, decoded as far as its filters allow; false: damaged. */
bool object_data(const struct preflight *p, qpdf_oh stream, str *bytes);

/* The same, not in the arena, for what may be large; `*data` is to be freed. */
bool object_samples(const struct preflight *p, qpdf_oh stream, unsigned char **data,
                    size_t *n);

/* The keys of a dictionary, with their slashes. */
struct object_keys {
    VEC(str) list;
};
struct object_keys object_keys_of(const struct preflight *p, qpdf_oh dict);

#endif

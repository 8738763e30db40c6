/* bulk/name.h: the names of outputs. */
#ifndef INFONOTE_BULK_NAME_H
#define INFONOTE_BULK_NAME_H

#include "base/buf.h"
#include "data/source.h"

enum { BULK_MAX_NAME = 255, BULK_MAX_PATH = 4000 }; /* bytes */

struct bulk_piece {
    str text;        /* as it is; or the name of a field, if `field` */
    bool field;
    int column;      /* of a source whose rows all have the same fields; else -1 */
};

/* A pattern such as `out/{{region}}/{{id}}.pdf`. */
struct bulk_name {
    const struct source *source; /* for reports: the pattern */
    VEC(struct bulk_piece) pieces;
};

/* Reads the pattern; false, with reports, if it is none, or asks for fields that the
 * source does not have. */
bool bulk_name_read(struct bulk_name *name, const char *pattern,
                    const struct data_source *data, struct arena *a,
                    struct diag_sink *sink);

/* Whether the names end so, whatever case; false, with a report, if not. */
bool bulk_name_check_end(const struct bulk_name *name, const char *ending,
                         struct diag_sink *sink);

/* The name for a row into `out`, which is cleared first. Gives what is wrong with it,
 * with one `%.*s` for `*culprit`, or NULL. */
const char *bulk_name_fill(const struct bulk_name *name, const struct data_row *row,
                           struct buf *out, str *culprit);

/* The same for names of what is no file: any text. */
bool bulk_label_read(struct bulk_name *name, const char *pattern,
                     const struct data_source *data, struct arena *a,
                     struct diag_sink *sink);
const char *bulk_label_fill(const struct bulk_name *name, const struct data_row *row,
                            struct buf *out, str *culprit);

/* The value of a field of a row; false if it has none of that name. */
bool bulk_field(const struct data_row *row, str name, str *value);

/* `name` as file systems may see it that fold case and compose letters. */
str bulk_name_fold(str name, struct buf *scratch);

#endif

/* data/data.h: records from files: lists of named fields.
 *
 * In:  the bytes of a CSV file (RFC 4180; a byte order mark, any end of lines, one of
 * four separators). Out: its records, one after the other; tables to keep them in.
 * Everything that is wrong is reported at its line of the file.
 *
 *     struct data_csv csv = {.source = &source, .header = true, .user = &mine,
 *                            .on_record = take};
 *     data_csv_read(&csv, scratch, sink);
 */
#ifndef INFONOTE_DATA_DATA_H
#define INFONOTE_DATA_DATA_H

#include "base/buf.h"
#include "base/diag.h"

enum {
    DATA_MAX_BYTES = 256 << 20,  /* of a file */
    DATA_MAX_RECORD = 1 << 20,   /* bytes of one record */
    DATA_MAX_COLUMNS = 1000,
    DATA_MAX_FIELDS = 4000000,   /* of a table, all rows together */
};

struct data_record {
    const str *fields; /* valid until the callback returns */
    uint32_t n;
    uint32_t line;     /* where it begins, from 1 */
    str raw;           /* as it stands in the file */
};

/* What is to be read, and who takes it. */
struct data_csv {
    const struct source *source;
    char separator;    /* 0: found among , ; tab | and then set here */
    bool header;       /* the first record names the fields */
    void *user;
    /* Called once before the first record: the names, if there is a header, else only
     * their number. */
    void (*on_header)(void *user, const struct data_record *names);
    /* False ends the reading. */
    bool (*on_record)(void *user, const struct data_record *record);
};

/* Reads all records of a source that is in memory. False, with reports, if the file
 * cannot be used: then some may have been given, but never one with more or fewer fields
 * than the first. */
bool data_csv_read(struct data_csv *csv, struct arena *scratch, struct diag_sink *sink);

/* The place of a field of a record; `n` beyond the last gives the record's end. */
struct place data_csv_place(const struct data_csv *csv, const struct data_record *r,
                            uint32_t n);

/* Rows of texts, as small as they can be: five bytes a field beside its own. */
struct data_table {
    const struct source *source;
    uint32_t rows, columns;
    const char *text;      /* the fields, one behind the other */
    const uint32_t *ends;  /* where each ends, row by row */
    const uint32_t *lines; /* where each row begins in the file */
};

static inline str data_field(const struct data_table *t, uint32_t row, uint32_t column)
{
    size_t at = (size_t)row * t->columns + column;
    uint32_t from = at ? t->ends[at - 1] : 0;
    return (str){t->text + from, t->ends[at] - from};
}

/* A table that is being made. */
struct data_filling {
    struct arena arena;
    struct buf text;
    VEC(uint32_t) ends;
    VEC(uint32_t) lines;
};

void data_table_begin(struct data_filling *f);

/* The end of a field, whose text is behind `text`; false beyond a limit. */
bool data_table_end_field(struct data_filling *f);
void data_table_end_row(struct data_filling *f, uint32_t line);

/* The table, in `a`; the filling is gone. `a` NULL: it is only thrown away. */
struct data_table *data_table_end(struct data_filling *f, struct arena *a);

#endif

/* data/source.h: records, one after the other, wherever they come from.
 *
 * In:  a file, standard input, or a query. Out: its records, in its order, as often as it
 * is begun again; memory does not grow with their number. A record is a list of named
 * fields, or nested data as text, or both: then the fields are what is flat in it. What
 * is wrong is reported into the sink at its line.
 *
 *     struct data_source *s = data_open(&request, sink);
 *     struct data_row row;
 *     while (s && data_next(s, &row) == DATA_ROW) { use(&row); }
 *     data_close(s);
 *
 * A kind of source is one struct data_kind; source.c has the table of them. */
#ifndef INFONOTE_DATA_SOURCE_H
#define INFONOTE_DATA_SOURCE_H

#include "base/diag.h"

enum data_next {
    DATA_ROW,
    DATA_END,
    DATA_FAULT, /* a row that cannot be used, which was reported */
    DATA_STOP,  /* reported; nothing more can be read */
};

/* All of it is valid until the next row is asked for. */
struct data_row {
    uint64_t number;   /* from 1 */
    uint32_t line;     /* where it begins; 0: the source has no lines */
    uint32_t n;        /* fields */
    const str *names;  /* of the fields */
    const str *values; /* NUL stands behind each, and behind each name */
    str text;          /* nested data: a mapping in JSON or YAML; else empty */
    str raw;           /* as it stands in the source, with its end of line; or empty */
};

struct data_source {
    const struct data_kind *kind;
    const struct source *file; /* for reports: name and path; no text */
    struct diag_sink *sink;
    const str *names;      /* of the fields of every row; NULL: each row has its own */
    uint32_t n_names;
    str head;              /* what stands before the first row, as it stands there */
    bool lineless;         /* of a query: lines mean nothing to people */
    bool failed;           /* something was reported about the data */
};

/* What is to be read. Zeroed, all but `path` have their defaults. */
struct data_request {
    const char *path;      /* "-": standard input, which is kept for a second reading */
    char separator;        /* of CSV; 0: the one that fits */
    const char *query;     /* `path` is a database, this asks for records; or NULL */
    const char *query_program; /* infonote-query; needed for that */
};

struct data_kind {
    const char *name;            /* "CSV" */
    const char *const *endings;  /* of file names, ".csv"; ended by NULL */
    /* Takes `fd` over; NULL, with reports, if nothing can be read of it. */
    struct data_source *(*open)(const struct data_request *request,
                                const struct source *file, int fd,
                                struct diag_sink *sink);
    enum data_next (*next)(struct data_source *s, struct data_row *row);
    bool (*rewind)(struct data_source *s); /* false: reported */
    void (*digest)(struct data_source *s, char out[65]);
    void (*close)(struct data_source *s);
};

/* True if the end of the name is that of a kind that always holds many records. */
bool data_is_records(const char *path);

/* NULL, with reports, if it cannot be read. What it gives is the caller's to close. */
struct data_source *data_open(const struct data_request *request,
                              struct diag_sink *sink);

/* After DATA_END: what was wrong with single rows has set `failed`. */
enum data_next data_next(struct data_source *s, struct data_row *row);

/* The next row is the first again. */
bool data_rewind(struct data_source *s);

/* The SHA-256 of the bytes that were read since it was begun; of all, at the end. */
void data_digest(struct data_source *s, char out[65]);
void data_close(struct data_source *s); /* may be NULL */

/* The kinds: a file that is named after none is looked into. */
extern const struct data_kind DATA_CSV, DATA_LINES, DATA_LIST;

#endif

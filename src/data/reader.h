/* data/reader.h: the records of a CSV file, one when asked. */
#ifndef INFONOTE_DATA_READER_H
#define INFONOTE_DATA_READER_H

#include <csv.h>

#include "data/data.h"
#include "data/source.h"
#include "data/window.h"

struct data_csv_reader {
    const struct source *source; /* for reports; its text may be empty */
    char separator;              /* 0: found when reading begins */
    bool header;
    struct arena *arena;         /* of the record at hand: flat from one to the next */
    struct diag_sink *sink;
    struct data_window window;

    struct csv_parser parser;
    struct buf bytes;            /* of the record at hand */
    VEC(uint32_t) ends;          /* of its fields */
    VEC(str) fields;
    struct data_record record;
    uint32_t line, begin_line;
    uint32_t columns;            /* of every record; 0: not known yet */
    uint32_t empty_line;         /* the first of those before this record; 0: none */
    bool open;                   /* the record goes on */
    bool ended;                  /* the parser has seen the end */
    bool given;                  /* `record` is one */
    bool pending;                /* and is the first row */
    bool failed;                 /* something was reported */
    bool stopped;                /* and nothing more can be read */
};

/* Sets up a reader whose source, separator, header, arena, sink and window are set, and
 * reads the first record: the header, or, if there is none, the first that
 * data_csv_next gives. NULL, with reports, if there is none or it cannot be used. */
const struct data_record *data_csv_begin(struct data_csv_reader *r);

/* A record is valid until the next is asked for. One with more or fewer fields than the
 * first is never given: `failed` is set. */
enum data_next data_csv_next(struct data_csv_reader *r, const struct data_record **out);

/* Frees what the parser holds, whatever begin gave; the window is the caller's. */
void data_csv_end(struct data_csv_reader *r);

#endif

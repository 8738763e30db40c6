/* query/query.h: the program infonote-query: rows of a database as CSV.
 *
 *     infonote-query DATABASE QUERY
 *
 * In:  a SQLite file, or the address of a PostgreSQL database (postgresql://…); one query
 * that only reads. Out: CSV with a header on standard output; NULL is an empty field. A
 * program of its own, because what only renders notes should not load databases. */
#ifndef INFONOTE_QUERY_QUERY_H
#define INFONOTE_QUERY_QUERY_H

#include "base/arena.h"
#include "base/str.h"

enum query_status {
    QUERY_DONE = 0,
    QUERY_INVALID = 1,   /* the query, or what it gives */
    QUERY_WRONG_USE = 2,
    QUERY_FAILED = 3,    /* the database, or writing */
};

enum {
    QUERY_MAX_COLUMNS = 1000,
    QUERY_MAX_MEMORY_MIB = 512, /* for SQLite */
};

struct query {
    const char *database;
    const char *text;
};

/* Writes the rows. What is wrong is one line on standard error. */
int query_sqlite(const struct query *q);
int query_postgres(const struct query *q);

/* main.c: the line, after "infonote-query: "; gives `status` back. */
int query_say(int status, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* rows.c: one field behind the other, the first row is the header. NULL is empty. */
void query_put(const char *bytes, size_t n);
void query_end_row(void);

/* False if a column has no name, or two have one. */
bool query_check_names(const char *const *names, size_t n);

#endif

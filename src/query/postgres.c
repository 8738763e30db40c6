/* SPDX-License-Identifier: MIT
 *
 * In: the address of a PostgreSQL database and a query. Out: its rows, one by one, as
 * they come. The query runs in a transaction that only reads. Passwords are libpq's
 * business: PGPASSWORD, ~/.pgpass. */
#include "query/query.h"

#include <string.h>

#if defined(QUERY_POSTGRES)

#include <libpq-fe.h>

/* The first line of what the server says, without "ERROR:  ". */
static int refuse(int status, const char *what, const char *message)
{
    str rest, line = str_cut(str_from(message ? message : ""), '\n', &rest);
    if (str_starts(line, STR("ERROR:"))) {
        line = str_sub(line, 6, line.n);
    }
    line = str_trim(line);
    return query_say(status, "%s: %.*s", what, STR_ARG(line));
}

static bool put_header(const PGresult *r)
{
    const char *names[QUERY_MAX_COLUMNS];
    int n = PQnfields(r);
    if (n > QUERY_MAX_COLUMNS) {
        query_say(QUERY_INVALID, "more than %d columns", QUERY_MAX_COLUMNS);
        return false;
    }
    for (int i = 0; i < n; i++) {
        names[i] = PQfname(r, i);
    }
    if (!query_check_names(names, (size_t)n)) {
        return false;
    }
    for (int i = 0; i < n; i++) {
        query_put(names[i], strlen(names[i]));
    }
    query_end_row();
    return true;
}

static void put_row(const PGresult *r)
{
    for (int i = 0; i < PQnfields(r); i++) {
        bool null = PQgetisnull(r, 0, i);
        query_put(null ? NULL : PQgetvalue(r, 0, i), (size_t)PQgetlength(r, 0, i));
    }
    query_end_row();
}

/* One result: a row, or the end of all. */
static int put_result(PGconn *c, const PGresult *r, bool *headed)
{
    ExecStatusType status = PQresultStatus(r);
    if (status != PGRES_SINGLE_TUPLE && status != PGRES_TUPLES_OK) {
        return status == PGRES_COMMAND_OK || status == PGRES_EMPTY_QUERY
            ? query_say(QUERY_INVALID, "the query gives no rows: write `SELECT …`")
            : refuse(QUERY_INVALID, "the query failed", PQerrorMessage(c));
    }
    if (!*headed && !put_header(r)) {
        return QUERY_INVALID;
    }
    *headed = true;
    if (status == PGRES_SINGLE_TUPLE) {
        put_row(r);
    }
    return QUERY_DONE;
}

static int put_rows(PGconn *c, const char *text)
{
    PGresult *r;
    int status = QUERY_DONE;
    bool headed = false;
    /* With parameters, though there are none, only one statement is taken. */
    if (!PQsendQueryParams(c, text, 0, NULL, NULL, NULL, NULL, 0)) {
        return refuse(QUERY_FAILED, "cannot ask", PQerrorMessage(c));
    }
    PQsetSingleRowMode(c);
    while ((r = PQgetResult(c)) != NULL) {
        status = status == QUERY_DONE ? put_result(c, r, &headed) : status;
        PQclear(r);
    }
    return status;
}

int query_postgres(const struct query *q)
{
    PGconn *c = PQconnectdb(q->database);
    int status = QUERY_DONE;
    if (PQstatus(c) != CONNECTION_OK) {
        status = refuse(QUERY_FAILED, "cannot connect", PQerrorMessage(c));
    } else {
        PGresult *r = PQexec(c, "BEGIN READ ONLY");
        bool begun = PQresultStatus(r) == PGRES_COMMAND_OK;
        PQclear(r);
        PQsetClientEncoding(c, "UTF8");
        status = begun ? put_rows(c, q->text)
                       : refuse(QUERY_FAILED, "cannot begin", PQerrorMessage(c));
    }
    PQfinish(c);
    return status;
}

#else

int query_postgres(const struct query *q)
{
    (void)q;
    return query_say(QUERY_FAILED, "this infonote was built without PostgreSQL");
}

#endif

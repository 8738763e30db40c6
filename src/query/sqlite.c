/* SPDX-License-Identifier: MIT
 *
 * In: a SQLite file and a query. Out: its rows. The file is opened to be read, and what
 * is in it is not trusted: one statement, which reads, no other files, bounded memory. */
#include "query/query.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

static int refuse(sqlite3 *db, const char *what)
{
    int code = sqlite3_errcode(db);
    bool broken = code == SQLITE_CANTOPEN || code == SQLITE_IOERR ||
                  code == SQLITE_BUSY || code == SQLITE_LOCKED;
    return query_say(broken ? QUERY_FAILED : QUERY_INVALID, "%s: %s", what,
                     sqlite3_errmsg(db));
}

static void confine(sqlite3 *db)
{
    sqlite3_hard_heap_limit64((sqlite3_int64)QUERY_MAX_MEMORY_MIB << 20);
    sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_limit(db, SQLITE_LIMIT_COLUMN, QUERY_MAX_COLUMNS);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
    sqlite3_busy_timeout(db, 10000);
}

static bool put_header(sqlite3_stmt *s)
{
    const char *names[QUERY_MAX_COLUMNS];
    int n = sqlite3_column_count(s);
    for (int i = 0; i < n; i++) {
        names[i] = sqlite3_column_name(s, i);
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

static bool put_row(sqlite3_stmt *s)
{
    for (int i = 0; i < sqlite3_column_count(s); i++) {
        if (sqlite3_column_type(s, i) == SQLITE_BLOB) {
            query_say(QUERY_INVALID, "the column `%s` holds bytes that are no text; "
                      "leave it out, or write `hex(…)`", sqlite3_column_name(s, i));
            return false;
        }
        const char *text = (const char *)sqlite3_column_text(s, i);
        query_put(text, text ? (size_t)sqlite3_column_bytes(s, i) : 0);
    }
    query_end_row();
    return true;
}

static int put_rows(sqlite3 *db, sqlite3_stmt *s)
{
    int step;
    if (!put_header(s)) {
        return QUERY_INVALID;
    }
    while ((step = sqlite3_step(s)) == SQLITE_ROW) {
        if (!put_row(s)) {
            return QUERY_INVALID;
        }
    }
    return step == SQLITE_DONE ? QUERY_DONE : refuse(db, "the query failed");
}

static int run(sqlite3 *db, const char *text)
{
    sqlite3_stmt *s = NULL;
    const char *rest = NULL;
    confine(db);
    if (sqlite3_prepare_v2(db, text, -1, &s, &rest) != SQLITE_OK) {
        return refuse(db, "the query cannot be used");
    }
    int status;
    if (!s || sqlite3_column_count(s) == 0) {
        status = query_say(QUERY_INVALID, "the query gives no rows: write `SELECT …`");
    } else if (!sqlite3_stmt_readonly(s)) {
        status = query_say(QUERY_INVALID, "the query does not only read");
    } else if (rest[strspn(rest, " \t\r\n;")]) {
        status = query_say(QUERY_INVALID, "there is more than one query");
    } else {
        status = put_rows(db, s);
    }
    sqlite3_finalize(s);
    return status;
}

int query_sqlite(const struct query *q)
{
    sqlite3 *db = NULL;
    int status;
    if (sqlite3_open_v2(q->database, &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK) {
        status = query_say(QUERY_FAILED, "cannot open `%s`: %s", q->database,
                           db ? sqlite3_errmsg(db) : "out of memory");
    } else {
        status = run(db, q->text);
    }
    sqlite3_close(db);
    return status;
}

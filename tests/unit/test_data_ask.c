/* SPDX-License-Identifier: MIT
 *
 * Records that a database is asked for, by the program infonote-query. Runs in the root
 * of the sources. link: -lsqlite3 */
#include "data_case.h"

#include <sqlite3.h>

#include "base/file.h"

static char database[] = "/tmp/infonote-test-XXXXXX";
static str program;
static struct arena arena;

static int make_database(void **state)
{
    (void)state;
    sqlite3 *db;
    arena_init(&arena);
    program = file_companion(&arena, "infonote-query");
    int fd = mkstemp(database);
    close(fd);
    if (fd < 0 || sqlite3_open(database, &db) != SQLITE_OK) {
        return -1;
    }
    int status = sqlite3_exec(
        db, "CREATE TABLE t (id INTEGER, name TEXT, amount REAL, none, bytes);"
            "INSERT INTO t VALUES (7, 'A \"q\", b', 1.5, NULL, x'00FF');"
            "INSERT INTO t VALUES (8, 'two' || char(10) || 'lines', -2, NULL, x'');",
        NULL, NULL, NULL);
    sqlite3_close(db);
    return status == SQLITE_OK ? 0 : -1;
}

static int remove_database(void **state)
{
    (void)state;
    arena_done(&arena);
    return unlink(database);
}

static void ask(struct data_case *c, const char *path, const char *query)
{
    *c = (struct data_case){0};
    arena_init(&c->arena);
    diag_init(&c->sink, &c->arena);
    strcpy(c->path, "/tmp/infonote-test-none");
    c->source = data_open(&(struct data_request){.path = path, .query = query,
                                                 .query_program = program.p}, &c->sink);
}

#define NEED_PROGRAM \
    if (!program.n) { \
        skip();       \
    }

static void test_rows(void **state)
{
    (void)state;
    NEED_PROGRAM
    struct data_case c;
    ask(&c, database, "SELECT id, name, amount, none AS 'to.whom' FROM t ORDER BY id");
    assert_non_null(c.source);
    static const char ROWS[] = "1@0 id=7 name=A \"q\", b amount=1.5 to.whom=;"
                               "2@0 id=8 name=two\nlines amount=-2.0 to.whom=;";
    assert_str(case_rows(&c), ROWS);
    assert_true(data_rewind(c.source));
    assert_str(case_rows(&c), ROWS);
    assert_int_equal(c.sink.list.n, 0);
    case_close(&c);
}

static void test_many_rows(void **state)
{
    (void)state;
    NEED_PROGRAM
    struct data_case c;
    struct data_row row;
    int n = 0;
    ask(&c, database, "WITH RECURSIVE c(x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM c "
                      "WHERE x < 100000) SELECT x AS id, 'name ' || x AS name FROM c");
    while (data_next(c.source, &row) == DATA_ROW) {
        assert_int_equal(atoi(row.values[0].p), ++n);
    }
    assert_int_equal(n, 100000);
    case_close(&c);
}

static void test_what_cannot_be_asked(void **state)
{
    (void)state;
    NEED_PROGRAM
    static const struct { const char *query, *says; enum diag_code code; } CASES[] = {
        {"SELEC 1", "syntax error", DIAG_BAD_DATA},
        {"SELECT * FROM u", "no such table", DIAG_BAD_DATA},
        {"SELECT id, id FROM t", "two columns are named `id`", DIAG_BAD_DATA},
        {"SELECT bytes FROM t", "bytes that are no text", DIAG_BAD_DATA},
        {"SELECT id FROM t; SELECT id FROM t", "more than one query", DIAG_BAD_DATA},
        {"", "gives no rows", DIAG_BAD_DATA},
        {"DELETE FROM t", "gives no rows", DIAG_BAD_DATA},
        {"DELETE FROM t RETURNING id", "does not only read", DIAG_BAD_DATA},
        {"DROP TABLE t", "gives no rows", DIAG_BAD_DATA},
        {"ATTACH '/tmp/x' AS x", "gives no rows", DIAG_BAD_DATA},
        {"SELECT load_extension('x')", "not authorized", DIAG_BAD_DATA},
        {"SELECT hex(zeroblob(900000000)) AS n", "out of memory", DIAG_BAD_DATA},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct data_case c;
        size_t at;
        ask(&c, database, CASES[i].query);
        assert_null(c.source);
        assert_int_equal(c.sink.list.n, 1);
        const struct diag *d = &c.sink.list.v[0];
        assert_int_equal(d->code, CASES[i].code);
        if (!str_find(d->message, str_from(CASES[i].says), &at)) {
            fail_msg("%s: %.*s", CASES[i].query, STR_ARG(d->message));
        }
        case_close(&c);
    }
}

static void test_no_database(void **state)
{
    (void)state;
    NEED_PROGRAM
    struct data_case c;
    ask(&c, "/tmp/infonote-no-such-file", "SELECT 1 AS a");
    assert_null(c.source);
    assert_int_equal(c.sink.list.v[0].code, DIAG_CANNOT_READ);
    case_close(&c);
    ask(&c, "README.md", "SELECT name FROM sqlite_master");
    assert_null(c.source);
    case_close(&c);
}

/* Whoever reads a report is not shown a password. */
static void test_an_address_is_not_told(void **state)
{
    (void)state;
    NEED_PROGRAM
    struct data_case c;
    ask(&c, "postgresql://me:secret@127.0.0.1:1/none", "SELECT 1 AS a");
    assert_null(c.source);
    assert_str(c.sink.list.v[0].at.source->name, "<postgresql>");
    size_t at;
    assert_false(str_find(c.sink.list.v[0].message, STR("secret"), &at));
    case_close(&c);
}

static void test_no_program(void **state)
{
    (void)state;
    struct data_case c;
    str kept = program;
    program = STR("/no/such/program");
    ask(&c, database, "SELECT 1 AS a");
    assert_null(c.source);
    assert_int_equal(c.sink.list.v[0].code, DIAG_CANNOT_READ);
    case_close(&c);
    program = kept;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_many_rows),
        cmocka_unit_test(test_what_cannot_be_asked),
        cmocka_unit_test(test_no_database),
        cmocka_unit_test(test_an_address_is_not_told),
        cmocka_unit_test(test_no_program),
    };
    return cmocka_run_group_tests(tests, make_database, remove_database);
}

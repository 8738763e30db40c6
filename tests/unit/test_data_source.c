/* SPDX-License-Identifier: MIT
 *
 * Records from files that are larger than what is kept of them, read twice. */
#include "assertions.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "data/data.h"
#include "data/source.h"

struct fixture {
    struct arena arena;
    struct diag_sink sink;
    char path[64];
    struct data_source *source;
};

static void begin(struct fixture *f, const char *head, int rows)
{
    *f = (struct fixture){0};
    arena_init(&f->arena);
    diag_init(&f->sink, &f->arena);
    strcpy(f->path, "/tmp/infonote-test-XXXXXX");
    int fd = mkstemp(f->path);
    FILE *file = fdopen(fd, "w");
    assert_non_null(file);
    fputs(head, file);
    for (int i = 1; i <= rows; i++) {
        fprintf(file, "%d,\"name \"\"%d\"\"\nin two lines\",%040d\r\n", i, i, i);
    }
    fclose(file);
    f->source = data_open(&(struct data_request){.path = f->path}, &f->sink);
}

static void done(struct fixture *f)
{
    data_close(f->source);
    unlink(f->path);
    arena_done(&f->arena);
}

static void read_all(struct fixture *f, int rows, char digest[65])
{
    struct data_row row;
    int n = 0;
    while (data_next(f->source, &row) == DATA_ROW) {
        char name[64];
        n++;
        assert_int_equal(row.number, n);
        assert_int_equal(row.line, 2 * n);
        assert_int_equal(row.n, 3);
        snprintf(name, sizeof name, "name \"%d\"\nin two lines", n);
        assert_str(row.values[1], name);
        assert_int_equal(row.values[1].p[row.values[1].n], '\0');
        assert_true(str_ends(row.raw, STR("\r\n")));
    }
    assert_int_equal(n, rows);
    assert_false(f->source->failed);
    data_digest(f->source, digest);
}

static void test_a_long_file_twice(void **state)
{
    (void)state;
    struct fixture f;
    char once[65], twice[65];
    begin(&f, "id, name ,number\r\n", 20000);
    assert_non_null(f.source);
    assert_int_equal(f.source->n_names, 3);
    assert_str(f.source->names[1], "name");
    assert_str(f.source->head, "id, name ,number\r\n");
    read_all(&f, 20000, once);
    assert_true(data_rewind(f.source));
    read_all(&f, 20000, twice);
    assert_string_equal(once, twice);
    done(&f);
}

static void test_small_pieces_show_their_line(void **state)
{
    (void)state;
    struct fixture f;
    struct data_row row;
    begin(&f, "id,name,number\n1,2\n3,4,5\n", 0);
    assert_int_equal(data_next(f.source, &row), DATA_FAULT);
    assert_int_equal(data_next(f.source, &row), DATA_ROW);
    assert_str(row.values[2], "5");
    assert_int_equal(data_next(f.source, &row), DATA_END);
    assert_true(f.source->failed);
    struct place at = f.sink.list.v[0].at;
    assert_int_equal(at.line, 2);
    assert_str(diag_source_line(at.source, at.line), "1,2");
    done(&f);
}

static void test_no_limit_is_passed(void **state)
{
    (void)state;
    struct fixture f;
    struct buf text;
    struct data_row row;
    struct arena a;
    arena_init(&a);
    buf_init(&text, &a);
    buf_puts(&text, "id,name\n1,\"");
    buf_repeat(&text, 'x', 3 * (size_t)DATA_MAX_RECORD);
    buf_char(&text, '\0');
    begin(&f, text.p, 0);
    assert_int_equal(data_next(f.source, &row), DATA_STOP);
    assert_int_equal(f.sink.list.v[0].code, DIAG_TOO_LARGE);
    assert_int_equal(data_next(f.source, &row), DATA_STOP); /* for ever */
    done(&f);
    arena_done(&a);
}

static void test_what_cannot_be_opened(void **state)
{
    (void)state;
    struct fixture f;
    begin(&f, "", 0);
    assert_null(f.source);
    assert_int_equal(f.sink.list.v[0].code, DIAG_BAD_DATA);
    done(&f);
    begin(&f, "a,a\n", 2);
    assert_null(f.source);
    done(&f);
    arena_init(&f.arena);
    diag_init(&f.sink, &f.arena);
    assert_null(data_open(&(struct data_request){.path = "/tmp"}, &f.sink));
    assert_null(data_open(&(struct data_request){.path = "/nowhere/at.csv"}, &f.sink));
    assert_int_equal(f.sink.list.n, 2);
    arena_done(&f.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_long_file_twice),
        cmocka_unit_test(test_small_pieces_show_their_line),
        cmocka_unit_test(test_no_limit_is_passed),
        cmocka_unit_test(test_what_cannot_be_opened),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

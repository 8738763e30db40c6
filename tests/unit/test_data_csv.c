/* SPDX-License-Identifier: MIT
 *
 * CSV files as programs write them, and as nobody should. */
#include "assertions.h"

#include <stdio.h>
#include <string.h>

#include "data/data.h"

struct reader {
    struct arena arena, scratch;
    struct source source;
    struct diag_sink sink;
    struct buf seen; /* "a|b;" for each record, the header first with a `#` */
    uint32_t lines[8];
    size_t n;
};

static void put(struct reader *r, const struct data_record *record)
{
    for (uint32_t i = 0; i < record->n; i++) {
        buf_puts(&r->seen, i ? "|" : "");
        buf_put(&r->seen, record->fields[i]);
    }
    buf_char(&r->seen, ';');
}

static void take_header(void *user, const struct data_record *names)
{
    struct reader *r = user;
    buf_char(&r->seen, '#');
    put(r, names);
}

static bool take(void *user, const struct data_record *record)
{
    struct reader *r = user;
    if (r->n < 8) {
        r->lines[r->n] = record->line;
    }
    r->n++;
    put(r, record);
    return r->n < 6;
}

static bool read_csv(struct reader *r, str text, bool header, char separator)
{
    memset(r, 0, sizeof *r);
    arena_init(&r->arena);
    arena_init(&r->scratch);
    r->source = (struct source){.name = STR("data.csv"), .path = STR("data.csv"),
                                .text = text};
    diag_init(&r->sink, &r->arena);
    buf_init(&r->seen, &r->arena);
    struct data_csv csv = {.source = &r->source, .separator = separator,
                           .header = header, .user = r, .on_header = take_header,
                           .on_record = take};
    return data_csv_read(&csv, &r->scratch, &r->sink);
}

static void done(struct reader *r)
{
    arena_done(&r->arena);
    arena_done(&r->scratch);
}

static void test_good_files(void **state)
{
    (void)state;
    static const struct { const char *text, *seen; } CASES[] = {
        {"a,b\n1,2\n", "#a|b;1|2;"},
        {"a,b\n1,2", "#a|b;1|2;"},
        {"a,b\r\n1,2\r\n3,4\r\n", "#a|b;1|2;3|4;"},
        {"\xEF\xBB\xBF" "a,b\n1,2\n", "#a|b;1|2;"},
        {"a;b\n1,5;2\n", "#a|b;1,5|2;"},
        {"a\tb\n1 2\t3\n", "#a|b;1 2|3;"},
        {"a|b\n1|2\n", "#a|b;1|2;"},
        {"a,b\n\"x, y\",\"say \"\"so\"\"\"\n", "#a|b;x, y|say \"so\";"},
        {"a,b\n\"two\nlines\",2\n", "#a|b;two\nlines|2;"},
        {"a,b\n,\n", "#a|b;|;"},
        {"a\n1\n\"\"\n", "#a;1;;"},
        {"\"a;x\",b\n1,2\n", "#a;x|b;1|2;"},
        {"\xC3\xA9,b\n\xE2\x82\xAC,2\n", "#\xC3\xA9|b;\xE2\x82\xAC|2;"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct reader r;
        bool good = read_csv(&r, str_from(CASES[i].text), true, 0);
        if (!good || !str_is(buf_str(&r.seen), CASES[i].seen)) {
            fail_msg("case %zu: %d `%.*s`", i, good, STR_ARG(buf_str(&r.seen)));
        }
        assert_int_equal(r.sink.list.n, 0);
        done(&r);
    }
}

static void test_lines_are_those_of_the_file(void **state)
{
    (void)state;
    struct reader r;
    assert_true(read_csv(&r, STR("a,b\n\"x\ny\",2\n3,4\r\n5,6\n"), true, 0));
    assert_int_equal(r.n, 3);
    assert_int_equal(r.lines[0], 2);
    assert_int_equal(r.lines[1], 4);
    assert_int_equal(r.lines[2], 5);
    done(&r);
}

static void test_options(void **state)
{
    (void)state;
    struct reader r;
    assert_true(read_csv(&r, STR("1,2\n3,4\n"), false, 0));
    assert_int_equal(r.n, 2); /* no line is a header */
    done(&r);
    assert_true(read_csv(&r, STR("a;b,c\n1;2,3\n"), true, ','));
    assert_str(buf_str(&r.seen), "#a;b|c;1;2|3;");
    done(&r);
}

static void test_reading_ends_when_it_should(void **state)
{
    (void)state;
    struct reader r;
    read_csv(&r, STR("a\n1\n2\n3\n4\n5\n6\n7\n8\n9\n"), true, 0);
    assert_int_equal(r.n, 6);
    done(&r);
}

static void test_bad_files(void **state)
{
    (void)state;
    static const struct { const char *text; uint32_t line; const char *words; }
    CASES[] = {
        {"", 1, "empty"},
        {"a,b\n1,2,3\n", 2, "3 fields, the first line 2"},
        {"a,b\n1,2\n3\n", 3, "1 field"},
        {"a,b\n1,2\n\n3,4\n", 3, "empty line"},
        {"a,a\n1,2\n", 1, "twice"},
        {"a,\n1,2\n", 1, "no name"},
        {"a,b\n\"1,2\n3,4\n", 2, "quot"},
        {"a,b\n\"1\"x,2\n", 2, "quot"},
        {"a,b\n1,\x01\n", 2, "control"},
        {"a,b\n1,\xFF\n", 2, "UTF-8"},
        {"a,b\n1,\xC3\n", 2, "UTF-8"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct reader r;
        size_t at;
        assert_false(read_csv(&r, str_from(CASES[i].text), true, 0));
        assert_true(r.sink.list.n > 0);
        const struct diag *d = &r.sink.list.v[0];
        if (d->at.line != CASES[i].line ||
            !str_find(d->message, str_from(CASES[i].words), &at)) {
            fail_msg("case %zu: line %u `%.*s`", i, d->at.line, STR_ARG(d->message));
        }
        done(&r);
    }
}

/* A NUL is a control character, wherever it stands. */
static void test_nul(void **state)
{
    (void)state;
    struct reader r;
    assert_false(read_csv(&r, (str){"a,b\n1,\0\n", 8}, true, 0));
    assert_int_equal(r.sink.list.v[0].at.line, 2);
    done(&r);
}

static void test_limits(void **state)
{
    (void)state;
    struct reader r;
    struct arena a;
    struct buf wide;
    arena_init(&a);
    buf_init(&wide, &a);
    for (int i = 0; i <= DATA_MAX_COLUMNS; i++) {
        buf_format(&wide, i ? ",c%d" : "c%d", i);
    }
    buf_char(&wide, '\n');
    assert_false(read_csv(&r, buf_str(&wide), true, 0));
    assert_int_equal(r.sink.list.n, 1);
    done(&r);
    buf_clear(&wide);
    buf_puts(&wide, "a,b\n\"");
    for (int i = 0; i < DATA_MAX_RECORD; i++) {
        buf_char(&wide, 'x');
    }
    buf_puts(&wide, "\",2\n");
    assert_false(read_csv(&r, buf_str(&wide), true, 0));
    done(&r);
    arena_done(&a);
}

static void test_tables(void **state)
{
    (void)state;
    struct arena a;
    struct data_filling f;
    arena_init(&a);
    data_table_begin(&f);
    for (uint32_t row = 0; row < 3; row++) {
        for (uint32_t column = 0; column < 2; column++) {
            buf_format(&f.text, "%u.%u", row, column);
            assert_true(data_table_end_field(&f));
        }
        data_table_end_row(&f, 2 * row + 2);
    }
    struct data_table *t = data_table_end(&f, &a);
    t->columns = 2;
    assert_int_equal(t->rows, 3);
    assert_str(data_field(t, 0, 0), "0.0");
    assert_str(data_field(t, 1, 1), "1.1");
    assert_str(data_field(t, 2, 0), "2.0");
    assert_int_equal(t->lines[2], 6);
    data_table_begin(&f);
    buf_puts(&f.text, "thrown away");
    data_table_end_field(&f);
    assert_null(data_table_end(&f, NULL));
    arena_done(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good_files),
        cmocka_unit_test(test_lines_are_those_of_the_file),
        cmocka_unit_test(test_options),
        cmocka_unit_test(test_reading_ends_when_it_should),
        cmocka_unit_test(test_bad_files),
        cmocka_unit_test(test_nul),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_tables),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

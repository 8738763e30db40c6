/* What the tests of data/ share: a file of some text, and its rows on one line. */
#ifndef INFONOTE_TESTS_DATA_CASE_H
#define INFONOTE_TESTS_DATA_CASE_H

#include "assertions.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "data/source.h"

struct data_case {
    struct arena arena;
    struct diag_sink sink;
    char path[64];
    struct data_source *source;
};

/* A file whose name ends in `ending`, opened; `source` is NULL if that failed. */
static inline void case_open(struct data_case *c, const char *ending, str text)
{
    *c = (struct data_case){0};
    arena_init(&c->arena);
    diag_init(&c->sink, &c->arena);
    snprintf(c->path, sizeof c->path, "/tmp/infonote-test-XXXXXX%s", ending);
    int fd = mkstemps(c->path, (int)strlen(ending));
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text.p, text.n), text.n);
    close(fd);
    c->source = data_open(&(struct data_request){.path = c->path}, &c->sink);
}

static inline void case_close(struct data_case *c)
{
    data_close(c->source);
    unlink(c->path);
    arena_done(&c->arena);
}

/* `1@2 id=7 to.name=A;` for each row and its line; `!` for a fault, `.` for a stop. */
static inline str case_rows(struct data_case *c)
{
    struct buf b;
    struct data_row row;
    enum data_next next;
    buf_init(&b, &c->arena);
    while ((next = data_next(c->source, &row)) == DATA_ROW || next == DATA_FAULT) {
        if (next == DATA_FAULT) {
            buf_char(&b, '!');
            continue;
        }
        buf_format(&b, "%llu@%u", (unsigned long long)row.number, row.line);
        for (uint32_t i = 0; i < row.n; i++) {
            assert_int_equal(row.names[i].p[row.names[i].n], '\0');
            assert_int_equal(row.values[i].p[row.values[i].n], '\0');
            buf_format(&b, " %s=%s", row.names[i].p, row.values[i].p);
        }
        buf_char(&b, ';');
    }
    buf_puts(&b, next == DATA_STOP ? "." : "");
    return buf_str(&b);
}

#endif

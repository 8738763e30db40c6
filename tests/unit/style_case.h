/* What the tests of style/ share: layouts written into a directory of their own, loaded,
 * and questions to the reports. */
#ifndef INFONOTE_TESTS_STYLE_CASE_H
#define INFONOTE_TESTS_STYLE_CASE_H

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "style/style.h"

struct style_case {
    struct arena a;
    struct diag_sink sink;
    str dir; /* the note's folder; layouts are written into dir/layouts */
    VEC(str) files;
    const struct style_press *press; /* NULL: none */
};

static inline void case_open(struct style_case *c)
{
    char name[] = "/tmp/infonote-style-XXXXXX";
    *c = (struct style_case){0};
    arena_init(&c->a);
    diag_init(&c->sink, &c->a);
    assert_non_null(mkdtemp(name));
    c->dir = str_copy(&c->a, str_from(name));
    assert_int_equal(mkdir(file_join(&c->a, c->dir, STR("layouts")).p, 0700), 0);
}

static inline void case_close(struct style_case *c)
{
    for (size_t i = 0; i < c->files.n; i++) {
        unlink(c->files.v[i].p);
    }
    rmdir(file_join(&c->a, c->dir, STR("layouts")).p);
    rmdir(c->dir.p);
    arena_done(&c->a);
}

/* Writes `text` to `name`, relative to the note's folder. */
static inline void case_write(struct style_case *c, const char *name, const char *text)
{
    str path = str_copy(&c->a, file_join(&c->a, c->dir, str_from(name)));
    assert_int_equal(file_write(path, str_from(text)), 0);
    vec_push(&c->a, &c->files, path);
}

static inline struct layout *case_load_at(struct style_case *c, const char *name,
                                          struct place at)
{
    static const str SHIPPED[] = {{"layouts", 7}};
    struct style_paths paths = {SHIPPED, 1};
    struct layout_request request = {str_from(name), at, c->dir, &paths,
                                     STR_NONE, c->press};
    return layout_load(&request, &c->a, &c->sink);
}

/* Loads `text` as a layout, with a new sink. */
static inline struct layout *case_load(struct style_case *c, const char *text)
{
    diag_init(&c->sink, &c->a);
    case_write(c, "layouts/tried.yaml", text);
    return case_load_at(c, "tried", PLACE_NONE);
}

static inline void case_show(const struct style_case *c)
{
    for (size_t i = 0; i < c->sink.list.n; i++) {
        const struct diag *d = &c->sink.list.v[i];
        print_message("%u:%u %s: %.*s (%.*s)\n", d->at.line, d->at.column,
                      diag_name(d->code), STR_ARG(d->message), STR_ARG(d->hint));
    }
}

/* A layout that must have nothing wrong. */
static inline struct layout *case_good(struct style_case *c, const char *text)
{
    struct layout *l = case_load(c, text);
    if (!l) {
        case_show(c);
        fail_msg("a good layout was refused");
    }
    return l;
}

static inline const struct diag *case_find(const struct style_case *c,
                                           enum diag_code code, uint32_t line)
{
    for (size_t i = 0; i < c->sink.list.n; i++) {
        const struct diag *d = &c->sink.list.v[i];
        if (d->code == code && d->at.line == line) {
            return d;
        }
    }
    return NULL;
}

/* A report of `code` at `line` and `column` whose hint contains `hint`. */
static inline void case_expect(const struct style_case *c, enum diag_code code,
                               uint32_t line, uint32_t column, const char *hint)
{
    size_t at;
    const struct diag *d = case_find(c, code, line);
    if (!d || d->at.column != column || !str_find(d->hint, str_from(hint), &at)) {
        case_show(c);
        fail_msg("no %s at %u:%u with the hint %s", diag_name(code), line, column, hint);
    }
}

#endif

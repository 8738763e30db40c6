/* SPDX-License-Identifier: MIT
 *
 * Programs that are asked to draw: what a good answer becomes, and that every bad one is
 * refused. They are shell scripts of this test; infonote-svg itself is judged in e2e. */
#include "assertions.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "image/formats.h"

struct fixture {
    struct arena arena;
    struct diag_sink sink;
    struct image_store store;
    struct image_tools tools;
    char folder[64];
};

static str path_of(struct fixture *f, const char *name)
{
    return str_format(&f->arena, "%s/%s", f->folder, name);
}

/* A program that reads its input and does `script`. */
static void put_program(struct fixture *f, const char *script)
{
    str path = path_of(f, "program");
    str text = str_format(&f->arena, "#!/bin/sh\n%s\n", script);
    assert_int_equal(file_write(path, text), 0);
    assert_int_equal(chmod(path.p, 0700), 0);
    f->tools.svg = path.p;
}

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    snprintf(f->folder, sizeof f->folder, "/tmp/test_image_svg.XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    arena_init(&f->arena);
    diag_init(&f->sink, &f->arena);
    image_tools_init(&f->tools);
    image_store_init(&f->store, &f->arena);
    f->store.tools = &f->tools;
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    static const char *const NAMES[] = {"program", "a.svg", "b.svg"};
    for (size_t i = 0; i < 3; i++) {
        unlink(path_of(f, NAMES[i]).p);
    }
    rmdir(f->folder);
    image_tools_done(&f->tools);
    arena_done(&f->arena);
    free(f);
    return 0;
}

static const struct image *find(struct fixture *f, const char *name)
{
    struct image_request request = {path_of(f, name), str_from(name), PLACE_NONE};
    return image_find(&f->store, &request, &f->sink);
}

static const struct image *ask(struct fixture *f, const char *script)
{
    put_program(f, script);
    assert_int_equal(file_write(path_of(f, "a.svg"), STR("<svg/>")), 0);
    return find(f, "a.svg");
}

#define GOOD "cat >/dev/null; printf 'infonote-svg 1\\nexternal 3 http://x\\nmissing 4 " \
    "13000\\nignored 5 set\\nsize 61440 30720\\nform 1024 2048\\nobjects 2\\n" \
    "object 2 4 -1\\n/A 1object 1 7 5\\n/B\\0012\\001/C12345end\\n'"

static void test_an_answer(void **state)
{
    struct fixture *f = *state;
    const struct image *image = ask(f, GOOD);
    assert_non_null(image);
    const struct image_drawing *d = image->drawing;
    assert_int_equal(d->width, PT(60));
    assert_int_equal(d->form_height, PT(2));
    assert_int_equal(image_width(image), 60);
    assert_int_equal(image_height(image), 30);
    assert_int_equal(d->n, 2);
    assert_str(d->objects[0].dictionary, "/B\1" "2\1/C");
    assert_str(d->objects[0].stream, "12345");
    assert_true(d->objects[0].has_stream);
    assert_str(d->objects[1].dictionary, "/A 1");
    assert_false(d->objects[1].has_stream);
    assert_int_equal(f->sink.list.n, 3);
    assert_str(f->sink.list.v[0].message,
               "`a.svg`, line 3: `http://x` is outside the drawing and is not drawn");
    assert_str(f->sink.list.v[1].message, "`a.svg`, line 4: no font here has U+13000");
    assert_int_equal(f->sink.list.v[1].severity, DIAG_ERROR);
    assert_str(f->sink.list.v[2].message, "`a.svg`, line 5: `set` is not drawn");
}

/* Drawn once, for all notes; what there is to say is said to each. */
static void test_drawings_are_kept(void **state)
{
    struct fixture *f = *state;
    const struct image *image = ask(f, GOOD);
    assert_int_equal(file_write(path_of(f, "b.svg"), STR("<svg/>")), 0);
    assert_ptr_equal(find(f, "b.svg"), image);
    assert_int_equal(f->sink.list.n, 3);
    put_program(f, "exit 1");
    image_store_init(&f->store, &f->arena);
    f->store.tools = &f->tools;
    const struct image *again = find(f, "a.svg");
    assert_non_null(again);
    assert_ptr_equal(again->drawing, image->drawing);
    assert_int_equal(f->sink.list.n, 6);
    image_tools_trim(&f->tools);
    assert_int_equal(f->tools.drawings.n, 1); /* far below the budget */
}

static void test_bad_answers(void **state)
{
    struct fixture *f = *state;
    static const struct { const char *script, *message; } CASES[] = {
        {"cat >/dev/null; printf 'infonote-svg 1\\nwrong 4 7 no end tag\\nend\\n'",
         "`a.svg` cannot be drawn: no end tag (line 4, column 7)"},
        {"cat >/dev/null; printf 'infonote-svg 1\\nwrong 4 0 it is odd\\nend\\n'",
         "`a.svg` cannot be drawn: it is odd (line 4)"},
        {"printf 'infonote-svg 1\\nwrong 0 0 no size\\nend\\n'",
         "`a.svg` cannot be drawn: no size"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        image_store_init(&f->store, &f->arena);
        f->store.tools = &f->tools;
        assert_null(ask(f, CASES[i].script));
        assert_str(f->sink.list.v[f->sink.list.n - 1].message, CASES[i].message);
    }
}

#define HEAD "cat >/dev/null; printf 'infonote-svg 1\\nsize 9 9\\nform 9 9\\n"

static void test_answers_that_are_not_whole(void **state)
{
    struct fixture *f = *state;
    static const char *const SCRIPTS[] = {
        "exit 0", "exit 1", "kill -9 $$", "echo",
        "echo infonote-svg 2; echo end",
        HEAD "objects 1\\nobject 1 1 1\\nAB'",
        HEAD "objects 1\\nobject 1 9 9\\nABend\\n'",
        HEAD "objects 1\\nobject 1 1 -1\\nAend\\n'",
        HEAD "objects 2\\nobject 1 1 1\\nABend\\n'",
        HEAD "objects 1\\nobject 1 1 1\\nABobject 1 1 1\\nABend\\n'",
        HEAD "objects 1\\nobject 2 1 1\\nABend\\n'",
        HEAD "objects 1\\nobject 0 1 1\\nABend\\n'",
        HEAD "objects 1\\nobject 1 3 1\\n\\0012\\001Bend\\n'",
        HEAD "objects 1\\nobject 1 2 1\\n\\0011Bend\\n'",
        HEAD "objects 1\\nobject 1 3 1\\n\\001x\\001Bend\\n'",
        HEAD "objects 1\\nobject 1 99999999999 1\\nABend\\n'",
        HEAD "objects 4000000000\\nobject 1 1 1\\nABend\\n'",
        HEAD "objects 1\\nobjects 1\\nobject 1 1 1\\nABend\\n'",
        HEAD "size 0 9\\nobjects 1\\nobject 1 1 1\\nABend\\n'",
        HEAD "size 9\\nobjects 1\\nobject 1 1 1\\nABend\\n'",
        HEAD "nonsense\\nobjects 1\\nobject 1 1 1\\nABend\\n'",
        HEAD "objects 0\\nend\\n'",
        "printf 'infonote-svg 1\\nend\\n'",
    };
    for (size_t i = 0; i < sizeof SCRIPTS / sizeof *SCRIPTS; i++) {
        image_store_init(&f->store, &f->arena);
        f->store.tools = &f->tools;
        assert_null(ask(f, SCRIPTS[i]));
        assert_str(f->sink.list.v[0].message,
                   "`a.svg` cannot be drawn: infonote-svg gave it up");
    }
    image_store_init(&f->store, &f->arena);
    f->store.tools = &f->tools;
    assert_non_null(ask(f, HEAD "objects 1\\nobject 1 1 1\\nABend\\n'"));
}

static void test_no_program(void **state)
{
    struct fixture *f = *state;
    static const char MESSAGE[] = "`a.svg` is an SVG, and this build of infonote cannot "
                                  "draw SVG: there is no infonote-svg";
    assert_int_equal(file_write(path_of(f, "a.svg"), STR("<svg/>")), 0);
    assert_null(find(f, "a.svg"));
    image_store_init(&f->store, &f->arena);
    assert_null(find(f, "a.svg"));
    image_store_init(&f->store, &f->arena);
    f->store.tools = &f->tools;
    f->tools.svg = "/nowhere/infonote-svg";
    assert_null(find(f, "a.svg"));
    for (size_t i = 0; i < 3; i++) {
        assert_str(f->sink.list.v[i].message, MESSAGE);
    }
}

static enum image_run run(struct fixture *f, const char *script, str input, size_t limit)
{
    struct buf output;
    char *arguments[] = {"program", NULL};
    put_program(f, script);
    buf_init(&output, &f->arena);
    struct image_command command = {f->tools.svg, arguments, input, limit, 1};
    enum image_run how = image_run(&command, &output);
    assert_true(output.n <= limit + 65536);
    return how;
}

static void test_running(void **state)
{
    struct fixture *f = *state;
    str much = {arena_alloc(&f->arena, 4 << 20), 4 << 20};
    assert_int_equal(run(f, "cat", much, 8 << 20), IMAGE_RUN_DONE);
    assert_int_equal(run(f, "exit 0", much, 8 << 20), IMAGE_RUN_DONE);
    assert_int_equal(run(f, "cat /dev/zero", STR("x"), 1 << 20), IMAGE_RUN_FAILED);
    assert_int_equal(run(f, "exec sleep 100", much, 1 << 20), IMAGE_RUN_LATE);
    assert_int_equal(run(f, "test -z \"$HOME$INFONOTE_SVG\" || cat /dev/zero", STR("x"),
                         1000), IMAGE_RUN_DONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_an_answer, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_drawings_are_kept, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_bad_answers, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_answers_that_are_not_whole, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_no_program, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_running, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("image/svg", tests, NULL, NULL);
}

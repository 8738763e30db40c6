/* SPDX-License-Identifier: MIT
 *
 * Files that are not what their names say, and the store of a note's images. */
#include "image_fixture.h"

#include <stdio.h>
#include <unistd.h>

#include "base/file.h"

static void test_names_and_contents(void **state)
{
    (void)state;
    static const struct { str bytes; const char *name, *what, *hint; } CASES[] = {
        {{"GIF89a", 6}, "a.png", "is a GIF, though its name says PNG",
         "save it again as PNG or JPEG"},
        {{"GIF89a", 6}, "a.gif", "is a GIF", "save it again as PNG or JPEG"},
        {{"RIFF\0\0\0\0WEBPVP8 ", 16}, "a.jpg", "is a WebP, though its name says JPEG",
         "save it again as PNG or JPEG"},
        {{"%PDF-1.7", 8}, "a.png", "is a PDF, though its name says PNG",
         "save it again as PNG or JPEG"},
        {{"<?xml?><svg>", 12}, "a.png", "is an SVG, though its name says PNG",
         "give it a name in `.svg`"},
        {{"\x1F\x8B", 2}, "a.svgz", "is a compressed file", "unpack it (gunzip)"},
        {{"\0\0\0 ftypheic", 12}, "a.jpeg", "is a HEIF, though its name says JPEG",
         "save it again as PNG or JPEG"},
        {{"no picture", 10}, "a.png",
         "is no PNG, nor any picture that is known here", "save it again as PNG or JPEG"},
        {{"no picture", 10}, "a", "is no picture that is known here",
         "save it again as PNG or JPEG"},
        {{"\xFF\xD8\xFF", 3}, "a.PNG", "is a JPEG, though its name says PNG",
         "give it a name in `.jpg`"},
        {{"\x89PNG\r\n\x1A\n", 8}, "a.jpg", "is a PNG, though its name says JPEG",
         "give it a name in `.png`"},
        {{"", 0}, "a.png", "is empty", "put the picture there again"},
        {{"\xFF\xD8", 2}, "a.jpg", "ends before its picture does",
         "copy or save it again, the file is not whole"},
        {{"\x89PNG\r\n\x1A\n", 8}, "a.png", "ends before its picture does",
         "copy or save it again, the file is not whole"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct arena a;
        struct image image;
        struct image_problem problem;
        arena_init(&a);
        assert_false(image_read_head(CASES[i].bytes, str_from(CASES[i].name), &a, &image,
                                     &problem));
        assert_str(problem.what, CASES[i].what);
        assert_str(problem.hint, CASES[i].hint);
        arena_done(&a);
    }
}

static void test_a_name_that_promises_nothing(void **state)
{
    (void)state;
    struct arena a;
    struct image image;
    struct image_problem problem;
    struct png_spec s = {4, 4, 8, PNG_COLOR_TYPE_GRAY, false, false, false, 0};
    arena_init(&a);
    assert_true(image_read_head(make_png(&s, &a), STR("scan"), &a, &image, &problem));
    assert_true(image_read_head(make_png(&s, &a), STR("dir.jpg/scan"), &a, &image,
                                &problem));
    arena_done(&a);
}

struct fixture {
    struct arena arena;
    struct diag_sink sink;
    struct image_store store;
    char folder[64];
};

static str path_of(struct fixture *f, const char *name)
{
    return str_format(&f->arena, "%s/%s", f->folder, name);
}

static void put_file(struct fixture *f, const char *name, str bytes)
{
    assert_int_equal(file_write(path_of(f, name), bytes), 0);
}

static const struct image *find(struct fixture *f, const char *name)
{
    struct image_request request = {path_of(f, name), str_from(name), PLACE_NONE};
    return image_find(&f->store, &request, &f->sink);
}

static void test_the_store(void **state)
{
    (void)state;
    struct fixture f = {.folder = "/tmp/test_image_image.XXXXXX"};
    arena_init(&f.arena);
    diag_init(&f.sink, &f.arena);
    image_store_init(&f.store, &f.arena);
    assert_non_null(mkdtemp(f.folder));
    struct png_spec s = {4, 4, 8, PNG_COLOR_TYPE_GRAY, false, false, false, 0};
    str png = make_png(&s, &f.arena);
    put_file(&f, "a.png", png);
    put_file(&f, "b.png", png);
    s.columns = 5;
    put_file(&f, "c.png", make_png(&s, &f.arena));
    put_file(&f, "bad.png", STR("no picture"));

    const struct image *a = find(&f, "a.png");
    assert_non_null(a);
    assert_ptr_equal(find(&f, "a.png"), a);
    assert_ptr_equal(find(&f, "b.png"), a);
    assert_non_null(find(&f, "c.png"));
    assert_ptr_not_equal(find(&f, "c.png"), a);
    assert_int_equal(f.sink.list.n, 0);

    assert_null(find(&f, "bad.png"));
    assert_null(find(&f, "bad.png")); /* told once */
    assert_int_equal(f.sink.per_code[DIAG_BAD_IMAGE], 1);
    assert_str(f.sink.list.v[0].message,
               "`bad.png` is no PNG, nor any picture that is known here");
    assert_null(find(&f, "none.png"));
    assert_int_equal(f.sink.per_code[DIAG_NO_IMAGE], 1);
    assert_null(find(&f, "."));
    assert_int_equal(f.sink.per_code[DIAG_BAD_IMAGE], 2);

    static const char *const NAMES[] = {"a.png", "b.png", "c.png", "bad.png"};
    for (size_t i = 0; i < 4; i++) {
        unlink(path_of(&f, NAMES[i]).p);
    }
    rmdir(f.folder);
    arena_done(&f.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names_and_contents),
        cmocka_unit_test(test_a_name_that_promises_nothing),
        cmocka_unit_test(test_the_store),
    };
    return cmocka_run_group_tests_name("image/image", tests, NULL, NULL);
}

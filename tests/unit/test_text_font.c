/* SPDX-License-Identifier: MIT
 *
 * Families and faces: choice, metrics, checksums, font files that are not in order. */
#include "text_support.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/sha256.h"

static int start(void **state)
{
    static struct support s;
    support_start(&s);
    *state = &s;
    return 0;
}

static int end(void **state)
{
    support_end(*state);
    return 0;
}

static void test_sha256(void **state)
{
    (void)state;
    char out[65], many[1000];
    memset(many, 'a', sizeof many);
    str_sha256(STR(""), out);
    assert_string_equal(
        out, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    str_sha256(STR("abc"), out);
    assert_string_equal(
        out, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    str_sha256(STR("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"), out);
    assert_string_equal(
        out, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    str_sha256((str){many, sizeof many}, out);
    assert_string_equal(
        out, "41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3");
}

static const struct text_face *face(struct support *s, const char *family,
                                    uint16_t weight, bool italic)
{
    s->style.family = str_from(family);
    s->style.weight = weight;
    s->style.italic = italic;
    const struct text_face *f =
        text_face_of(s->engine, &s->style, PLACE_NONE, &s->sink);
    assert_non_null(f);
    return f;
}

static void test_metrics(void **state)
{
    const struct text_face *f = face(*state, "gentium-plus", 400, false);
    assert_str(f->name, "GentiumPlus");
    assert_int_equal(f->upem, 2048);
    assert_false(f->cff || f->fixed_pitch || f->italic || f->bold);
    assert_true(f->embeddable && f->serif);
    assert_int_equal(f->weight, 400);
    assert_in_range(f->cap_height, 1200, 1400);
    assert_in_range(f->x_height, 900, 1050);
    assert_true(f->x_height < f->cap_height && f->cap_height < f->ascender);
    assert_true(f->descender < 0 && f->underline_position < 0 && f->strike_position > 0);
    assert_true(f->underline_thickness > 0 && f->strike_thickness > 0);
    assert_true(f->bbox[0] < f->bbox[2] && f->bbox[1] < f->bbox[3]);
    assert_true(f->n_glyphs > 1000 && f->stem_v > 40 && f->stem_v < 200);
    const struct text_face *italic = face(*state, "gentium-plus", 400, true);
    assert_true(italic->italic && italic->italic_angle < 0);
    const struct text_face *libertine = face(*state, "linux-libertine", 400, false);
    assert_true(libertine->cff && libertine->upem == 1000);
    const struct text_face *mono = face(*state, "noto-mono", 400, false);
    assert_true(mono->fixed_pitch && !mono->serif);
}

static void test_nearest_face(void **state)
{
    static const struct {
        const char *family;
        uint16_t asked;
        bool italic;
        const char *name;
    } CASES[] = {
        {"gentium-plus", 300, false, "GentiumPlus"},
        {"gentium-plus", 500, false, "GentiumPlus"},
        {"gentium-plus", 600, false, "GentiumPlus-Bold"},
        {"gentium-plus", 900, true, "GentiumPlus-BoldItalic"},
        {"open-sans", 300, false, "OpenSans-Light"},
        {"open-sans", 350, false, "OpenSans-Light"},
        {"open-sans", 650, false, "OpenSans-Bold"},
        {"noto-mono", 700, true, "NotoMono"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        assert_str(face(*state, CASES[i].family, CASES[i].asked, CASES[i].italic)->name,
                   CASES[i].name);
    }
    assert_ptr_equal(face(*state, "gentium-plus", 300, false),
                     face(*state, "gentium-plus", 400, false));
}

static void test_families_are_as_recorded(void **state)
{
    struct support *s = *state;
    struct buf out;
    buf_init(&out, &s->arena);
    text_list_families(s->engine, true, &s->arena, &out);
    size_t at;
    assert_true(str_find(buf_str(&out), STR("gentium-plus "), &at));
    assert_true(str_find(buf_str(&out), STR("noto-sans-arab "), &at));
    assert_false(str_find(buf_str(&out), STR("changed"), &at));
    assert_false(str_find(buf_str(&out), STR("unusable"), &at));
}

/* A folder with one family, `broken`, whose file holds `bytes`. */
static struct text_engine *engine_with(struct support *s, str bytes, const char *dir)
{
    mkdir(dir, 0700);
    str yaml = str_format(&s->arena, "%s/broken.yaml", dir);
    str font = str_format(&s->arena, "%s/broken.ttf", dir);
    assert_int_equal(file_write(yaml, STR("family: broken\npackage: fonts-broken\n"
                                          "faces:\n  - {file: broken.ttf}\n")),
                     0);
    assert_int_equal(file_write(font, bytes), 0);
    str *where = NEW(&s->arena, str);
    *where = str_from(dir);
    struct text_config config = {where, 1, where, 1, where, 1};
    return text_engine_new(&config);
}

/* Loads the bytes as a font and shapes a line in it; true if it could be used. */
static bool try_font(struct support *s, str bytes, const char *dir)
{
    struct support other = {.style = s->style, .lang = "en"};
    arena_init(&other.arena);
    other.engine = engine_with(s, bytes, dir);
    diag_init(&other.sink, &other.arena);
    other.style.family = STR("broken");
    bool used = text_face_of(other.engine, &other.style, PLACE_NONE, &other.sink) != NULL;
    assert_int_equal(used ? 0 : 1, other.sink.per_code[DIAG_BAD_FONT]);
    struct text_para *p = support_para(&other, "Affluent office, AVATAR 28–29 wörd");
    support_line(&other, p, 0, p->n - 1, PT(200));
    support_end(&other);
    return used;
}

static void remove_folder(struct support *s, const char *dir)
{
    unlink(str_format(&s->arena, "%s/broken.yaml", dir).p);
    unlink(str_format(&s->arena, "%s/broken.ttf", dir).p);
    rmdir(dir);
}

static void test_broken_fonts(void **state)
{
    struct support *s = *state;
    char dir[] = "/tmp/test_text_font.XXXXXX";
    assert_non_null(mkdtemp(dir));
    struct file_result good =
        file_read(&s->arena, face(s, "noto-mono", 400, false)->file, 16 << 20);
    assert_int_equal(good.status, FILE_OK);
    assert_true(try_font(s, good.bytes, dir));
    assert_false(try_font(s, STR(""), dir));
    assert_false(try_font(s, STR("hello"), dir));
    assert_false(try_font(s, STR("wOF2\0\1\0\0"), dir));
    assert_false(try_font(s, str_sub(good.bytes, 0, 12), dir));
    for (size_t n = 100; n < good.bytes.n; n = n * 3 / 2) {
        try_font(s, str_sub(good.bytes, 0, n), dir);
    }
    uint32_t r = 1;
    for (int round = 0; round < 150; round++) { /* damage, here and there */
        char *copy = arena_copy(&s->arena, good.bytes.p, good.bytes.n);
        for (int k = 0; k < 1 << round % 12; k++) {
            r = r * 1103515245u + 12345u;
            size_t limit = round % 2 ? good.bytes.n : 4096;
            copy[(r >> 4) % limit] = (char)(r >> 24);
        }
        try_font(s, (str){copy, good.bytes.n}, dir);
    }
    remove_folder(s, dir);
}

static void test_missing_file(void **state)
{
    struct support *s = *state;
    char dir[] = "/tmp/test_text_font.XXXXXX";
    assert_non_null(mkdtemp(dir));
    struct support other = {.style = s->style, .lang = "en"};
    other.engine = engine_with(s, STR("x"), dir);
    diag_init(&other.sink, &s->arena);
    remove_folder(s, str_format(&s->arena, "%s", dir).p);
    mkdir(dir, 0700);
    str yaml = str_format(&s->arena, "%s/broken.yaml", dir);
    file_write(yaml, STR("faces:\n  - {file: nowhere.ttf}\npackage: fonts-broken\n"));
    other.style.family = STR("broken");
    assert_null(text_face_of(other.engine, &other.style, PLACE_NONE, &other.sink));
    assert_int_equal(other.sink.per_code[DIAG_NO_FONT], 1);
    size_t at;
    assert_true(str_find(other.sink.list.v[0].hint, STR("fonts-broken"), &at));
    text_engine_free(other.engine);
    other.engine = engine_with(s, STR("x"), dir);
    file_write(yaml, STR("faces: [\n"));
    assert_null(text_face_of(other.engine, &other.style, PLACE_NONE, &other.sink));
    assert_int_equal(other.sink.per_code[DIAG_NO_FONT], 2);
    text_engine_free(other.engine);
    remove_folder(s, dir);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_sha256),        TEST(test_metrics),
        TEST(test_nearest_face),  TEST(test_families_are_as_recorded),
        TEST(test_broken_fonts),  TEST(test_missing_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

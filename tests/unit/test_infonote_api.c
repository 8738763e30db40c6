/* SPDX-License-Identifier: MIT
 *
 * infonote.c and engine.c through the public header: what a program that embeds the
 * library relies on; and the examples of docs/diagnostics.md, each of which must be told
 * what it stands for. Runs in the root of the sources. */
#include "assertions.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/sha256.h"
#include "infonote.h"

static const char GOOD[] = "title: Minutes\nlang: en-GB\ndate: 2009-09-28\n"
                           "body: |\n  The report goes to print *this week*.\n";

static infonote_engine *engine;
static struct arena arena;
static char folder[] = "/tmp/infonote-api-XXXXXX";

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena);
    engine = infonote_engine_new(&(infonote_settings){.data_dir = "."});
    return mkdtemp(folder) ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    infonote_engine_free(engine);
    arena_done(&arena);
    return rmdir(folder);
}

static infonote_note *load(const char *text)
{
    return infonote_note_load_bytes(engine, "note.yaml", text, strlen(text), NULL);
}

/* The reports as printed; in the test's arena. */
static str reports(infonote_note *note, infonote_format format)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    infonote_print_reports(note, out, format);
    fclose(out);
    str copy = str_copy(&arena, (str){text, size});
    free(text);
    return copy;
}

static bool contains(str s, const char *what)
{
    size_t at;
    return str_find(s, str_from(what), &at);
}

static str pdf_of(infonote_engine *e, const char *text, const infonote_options *options)
{
    const char *bytes;
    size_t size;
    infonote_note *note = infonote_note_load_bytes(e, "note.yaml", text, strlen(text),
                                                   options);
    infonote_status status = infonote_write_bytes(note, &bytes, &size);
    if (status != INFONOTE_OK) {
        fail_msg("%.*s", STR_ARG(reports(note, INFONOTE_TEXT)));
    }
    str copy = str_copy(&arena, (str){bytes, size});
    infonote_note_free(note);
    return copy;
}

static char *path_in_folder(const char *name)
{
    return (char *)(uintptr_t)str_format(&arena, "%s/%s", folder, name).p;
}

static void write_text(const char *path, const char *text)
{
    assert_int_equal(file_write(str_from(path), str_from(text)), 0);
}

static void test_a_note_becomes_a_file(void **state)
{
    (void)state;
    char *note_path = path_in_folder("n.yaml"), *pdf_path = path_in_folder("n.pdf");
    write_text(note_path, GOOD);
    infonote_note *note = infonote_note_load(engine, note_path, NULL);
    assert_int_equal(infonote_page_count(note), 0);
    assert_string_equal(infonote_digest(note), "");
    assert_int_equal(infonote_write_file(note, pdf_path), INFONOTE_OK);
    assert_int_equal(infonote_page_count(note), 1);
    assert_int_equal(infonote_report_count(note), 0);
    assert_str(reports(note, INFONOTE_TEXT), "");
    const char *bytes;
    size_t size;
    assert_int_equal(infonote_write_bytes(note, &bytes, &size), INFONOTE_OK);
    struct file_result r = file_read(&arena, str_from(pdf_path), 1 << 24);
    assert_true(str_eq(r.bytes, (str){bytes, size}));
    assert_true(str_starts(r.bytes, STR("%PDF-")));
    char digest[65];
    str_sha256(r.bytes, digest);
    assert_string_equal(infonote_digest(note), digest);
    infonote_note_free(note);
    unlink(note_path);
    unlink(pdf_path);
}

static void test_a_warm_engine_changes_nothing(void **state)
{
    (void)state;
    infonote_engine *cold = infonote_engine_new(&(infonote_settings){.data_dir = "."});
    str first = pdf_of(engine, GOOD, NULL);
    pdf_of(engine, "title: Other\nbody: Quite other words, and `code`.\n", NULL);
    assert_true(str_eq(pdf_of(engine, GOOD, NULL), first));
    assert_true(str_eq(pdf_of(cold, GOOD, NULL), first));
    infonote_engine_free(cold);
}

static void test_dates(void **state)
{
    (void)state;
    infonote_options plain = {.uncompressed = true};
    infonote_options dated = {.uncompressed = true, .has_date = true, .date = 951782400};
    assert_true(contains(pdf_of(engine, GOOD, &plain), "D:20090928000000"));
    assert_true(contains(pdf_of(engine, GOOD, &dated), "D:20000229000000"));
    assert_false(contains(pdf_of(engine, "title: x\n", &plain), "D:"));
    assert_true(contains(pdf_of(engine, "title: x\ndate: 1999-12-31\n", &plain),
                         "D:19991231000000"));
    assert_true(contains(pdf_of(engine, "title: x\ndate: 2024-02-29\n", &plain),
                         "D:20240229000000"));
}

static void test_note_and_layout_in_one_run(void **state)
{
    (void)state;
    char *layout = path_in_folder("l.yaml");
    write_text(layout, "extends: base\nstyels: {}\n");
    infonote_options options = {.layout = layout};
    const char *text = "titel: x\n";
    infonote_note *note = infonote_note_load_bytes(engine, "note.yaml", text,
                                                   strlen(text), &options);
    assert_int_equal(infonote_note_status(note), INFONOTE_INVALID);
    assert_int_equal(infonote_check(note), INFONOTE_INVALID);
    str all = reports(note, INFONOTE_TEXT);
    assert_true(contains(all, "note.yaml:1:1: error[unknown-key]"));
    assert_true(contains(all, "l.yaml:2:1: error[unknown-key]"));
    assert_true(contains(all, "    2 | styels: {}\n"));
    assert_true(contains(all, "did you mean `styles`?"));
    size_t count = infonote_report_count(note);
    assert_int_equal(infonote_check(note), INFONOTE_INVALID); /* nothing runs twice */
    assert_int_equal(infonote_report_count(note), count);
    infonote_note_free(note);
    unlink(layout);
}

static void test_missing_layout_is_told_where_it_is_asked_for(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) { /* a second note, from the same engine, too */
        infonote_note *note = load("title: x\nlayout: nowhere\n");
        assert_int_equal(infonote_check(note), INFONOTE_INVALID);
        assert_true(contains(reports(note, INFONOTE_TEXT),
                             "note.yaml:2:9: error[missing-layout]"));
        infonote_note_free(note);
    }
}

static void test_nothing_is_written_on_errors(void **state)
{
    (void)state;
    char *path = path_in_folder("x.pdf");
    infonote_note *note = load("titel: x\n");
    const char *bytes = "";
    size_t size = 1;
    assert_int_equal(infonote_write_file(note, path), INFONOTE_INVALID);
    assert_int_not_equal(access(path, F_OK), 0);
    assert_int_equal(infonote_write_bytes(note, &bytes, &size), INFONOTE_INVALID);
    assert_null(bytes);
    assert_int_equal(size, 0);
    infonote_note_free(note);
}

static void test_files_that_cannot_be(void **state)
{
    (void)state;
    static const char *const PATHS[] = {"/nowhere/n.yaml", "/", "/dev/zero"};
    for (size_t i = 0; i < 3; i++) {
        infonote_note *note = infonote_note_load(engine, PATHS[i], NULL);
        assert_int_equal(infonote_check(note), INFONOTE_FAILED);
        assert_true(contains(reports(note, INFONOTE_TEXT), "error[cannot-read]"));
        infonote_note_free(note);
    }
    infonote_note *note = load(GOOD);
    assert_int_equal(infonote_write_file(note, "/nowhere/n.pdf"), INFONOTE_FAILED);
    assert_true(contains(reports(note, INFONOTE_TEXT), "error[cannot-write]"));
    infonote_note_free(note);
}

static void test_too_large(void **state)
{
    (void)state;
    size_t size = (16u << 20) + 1;
    char *bytes = test_malloc(size);
    memset(bytes, 'x', size);
    infonote_note *note = infonote_note_load_bytes(engine, "n", bytes, size, NULL);
    assert_int_equal(infonote_check(note), INFONOTE_INVALID);
    assert_true(contains(reports(note, INFONOTE_JSON), "\"code\":\"too-large\""));
    infonote_note_free(note);
    test_free(bytes);
}

static void test_no_data(void **state)
{
    (void)state;
    infonote_engine *bare = infonote_engine_new(
        &(infonote_settings){.data_dir = folder});
    infonote_note *note = infonote_note_load_bytes(bare, "n", GOOD, strlen(GOOD), NULL);
    assert_int_equal(infonote_check(note), INFONOTE_FAILED);
    assert_true(contains(reports(note, INFONOTE_TEXT), "set INFONOTE_DATA"));
    assert_string_equal(infonote_list_layouts(bare), "");
    infonote_note_free(note);
    infonote_engine_free(bare);
}

static void test_dumps(void **state)
{
    (void)state;
    for (int stage = INFONOTE_STAGE_YAML; stage <= INFONOTE_STAGE_PAGES; stage++) {
        infonote_note *one = load(GOOD), *two = load(GOOD);
        const char *first, *second;
        size_t n, m;
        assert_int_equal(infonote_dump(one, (infonote_stage)stage, &first, &n), 0);
        assert_int_equal(infonote_dump(two, (infonote_stage)stage, &second, &m), 0);
        assert_true(n > 20 && n == m && memcmp(first, second, n) == 0);
        infonote_note_free(one);
        infonote_note_free(two);
    }
    infonote_note *note = load("titel: x\n");
    const char *bytes;
    size_t size;
    assert_int_equal(infonote_dump(note, INFONOTE_STAGE_PAGES, &bytes, &size),
                     INFONOTE_INVALID);
    assert_int_equal(size, 0);
    infonote_note_free(note);
}

static void test_a_layout_is_read_once(void **state)
{
    (void)state;
    char *layout = path_in_folder("once.yaml");
    write_text(layout, "extends: base\n");
    infonote_options options = {.layout = layout};
    str first = pdf_of(engine, GOOD, &options);
    unlink(layout);
    assert_true(str_eq(pdf_of(engine, GOOD, &options), first));
}

static void test_printer_joins_notes(void **state)
{
    (void)state;
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    infonote_printer *p = infonote_printer_new(out, INFONOTE_JSON, 0);
    for (int i = 0; i < 3; i++) {
        infonote_note *note = load("title: x\nlang: en\ntitle: y\n");
        infonote_printer_add(p, note);
        infonote_note_free(note);
    }
    infonote_printer_free(p);
    fclose(out);
    str all = {text, size};
    assert_true(str_starts(all, STR("{\"reports\":[\n{")));
    assert_true(str_ends(all, STR("}\n],\"more\":[],\"errors\":3,\"warnings\":0,"
                                  "\"notes\":0}\n")));
    free(text);
}

static void test_lists(void **state)
{
    (void)state;
    bool complete;
    assert_true(contains(str_from(infonote_list_layouts(engine)), "information-note"));
    assert_true(contains(str_from(infonote_list_fonts(engine, false, &complete)),
                         "Gentium"));
    assert_true(contains(str_from(infonote_schema_note(engine)), "\"title\""));
    assert_true(contains(str_from(infonote_schema_layout(engine)), "\"styles\""));
}

/* --- the examples of docs/diagnostics.md --- */

static str section_example(str section, const char **kind)
{
    static const char *const KINDS[] = {"\n```yaml\n", "\n```yaml layout\n"};
    size_t at, end;
    for (int i = 0; i < 2; i++) {
        if (str_find(section, str_from(KINDS[i]), &at)) {
            *kind = KINDS[i];
            str rest = str_sub(section, at + strlen(KINDS[i]), section.n);
            assert_true(str_find(rest, STR("```\n"), &end));
            return str_copy(&arena, str_sub(rest, 0, end));
        }
    }
    return STR_NONE;
}

static size_t times(str text, str part)
{
    size_t n = 0, at;
    for (; str_find(text, part, &at); n++) {
        text = str_sub(text, at + part.n, text.n);
    }
    return n;
}

static bool example_is_told(str name, str section)
{
    const char *kind = "";
    str example = section_example(section, &kind);
    if (!example.n) {
        return true; /* a command: its circumstances cannot be had here */
    }
    bool is_layout = contains(str_from(kind), "layout");
    /* A new name for each: an engine reads a layout once. */
    char *path = path_in_folder(str_format(&arena, "%.*s.yaml", STR_ARG(name)).p);
    infonote_options options = {.layout = path};
    write_text(path, example.p);
    const char *text = is_layout ? GOOD : example.p;
    infonote_note *note = infonote_note_load_bytes(engine, "n.yaml", text, strlen(text),
                                                   is_layout ? &options : NULL);
    infonote_check(note);
    str all = reports(note, INFONOTE_TEXT);
    str code = str_format(&arena, "[%.*s]: ", STR_ARG(name));
    size_t n = times(all, code);
    bool told = n > 0 && n == infonote_report_count(note); /* and nothing else */
    if (!told) {
        print_error("the example of %.*s gives:\n%.*s\n", STR_ARG(name), STR_ARG(all));
    }
    infonote_note_free(note);
    unlink(path);
    return told;
}

static void test_examples_of_the_manual(void **state)
{
    (void)state;
    struct file_result manual = file_read(&arena, STR("docs/diagnostics.md"), 1 << 20);
    assert_int_equal(manual.status, FILE_OK);
    str rest = manual.bytes;
    size_t at, examples = 0, told = 0;
    while (str_find(rest, STR("\n### "), &at)) {
        rest = str_sub(rest, at + 5, rest.n);
        size_t end = rest.n;
        str_find(rest, STR("\n### "), &end);
        str behind;
        str name = str_cut(rest, '\n', &behind);
        told += example_is_told(name, str_sub(rest, 0, end));
        examples++;
    }
    assert_true(examples > 40);
    assert_int_equal(told, examples);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_note_becomes_a_file),
        cmocka_unit_test(test_a_warm_engine_changes_nothing),
        cmocka_unit_test(test_dates),
        cmocka_unit_test(test_note_and_layout_in_one_run),
        cmocka_unit_test(test_missing_layout_is_told_where_it_is_asked_for),
        cmocka_unit_test(test_nothing_is_written_on_errors),
        cmocka_unit_test(test_files_that_cannot_be),
        cmocka_unit_test(test_too_large),
        cmocka_unit_test(test_no_data),
        cmocka_unit_test(test_dumps),
        cmocka_unit_test(test_a_layout_is_read_once),
        cmocka_unit_test(test_printer_joins_notes),
        cmocka_unit_test(test_lists),
        cmocka_unit_test(test_examples_of_the_manual),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}

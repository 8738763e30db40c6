/* SPDX-License-Identifier: MIT
 *
 * Books through the public header: many notes in one PDF. */
#include "assertions.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "infonote.h"

static const char NOTE[] = "layout: information-note\n"
                           "lang: en-GB\n"
                           "title: A note\n"
                           "body: \"Words[^n], and [a link](https://example.org/).\"\n"
                           "footnotes: {n: A note.}\n";

struct file {
    char *bytes;
    size_t n, most;
};

static int take(void *user, const char *bytes, size_t n)
{
    struct file *f = user;
    if (f->n + n > f->most) {
        return ENOSPC;
    }
    f->bytes = realloc(f->bytes, f->n + n);
    memcpy(f->bytes + f->n, bytes, n);
    f->n += n;
    return 0;
}

static infonote_note *load(infonote_engine *e, const char *text)
{
    return infonote_note_load_bytes(e, "note", text, strlen(text), NULL);
}

/* What a round makes of a note, copied: the note is freed. */
struct made {
    char *bytes;
    size_t n;
    infonote_status status;
};

static struct made survey(infonote_book *book, infonote_engine *e, const char *text)
{
    const char *bytes;
    struct made made;
    infonote_note *note = load(e, text);
    made.status = infonote_book_survey(book, note, &bytes, &made.n);
    made.bytes = malloc(made.n + 1);
    memcpy(made.bytes, bytes ? bytes : "", made.n);
    infonote_note_free(note);
    return made;
}

static struct made part(infonote_book *book, infonote_engine *e, size_t index)
{
    const char *bytes;
    struct made made;
    infonote_note *note = load(e, NOTE);
    made.status = infonote_book_part(book, index, note, &bytes, &made.n);
    made.bytes = malloc(made.n + 1);
    memcpy(made.bytes, bytes ? bytes : "", made.n);
    infonote_note_free(note);
    return made;
}

/* A book of `n` notes, without those whose bit is set; gives how it ended. */
static infonote_status make(struct file *f, size_t n, unsigned without, bool duplex)
{
    infonote_engine *e = infonote_engine_new(NULL);
    infonote_book *book = infonote_book_new(
        e, &(infonote_book_settings){.duplex = duplex, .write = take, .user = f});
    for (size_t i = 0; i < n; i++) {
        struct made m = survey(book, e, NOTE);
        assert_int_equal(m.status, INFONOTE_OK);
        assert_int_equal(infonote_book_plan(book, m.bytes, m.n), INFONOTE_OK);
        free(m.bytes);
    }
    infonote_book_begin(book);
    for (size_t i = 0; i < n; i++) {
        if (i < 32 && (without >> i & 1)) {
            continue;
        }
        struct made m = part(book, e, i);
        assert_int_equal(m.status, INFONOTE_OK);
        infonote_book_add(book, m.bytes, m.n, i ? NULL : "The first", NULL);
        free(m.bytes);
    }
    infonote_status status = infonote_book_end(book);
    assert_int_equal(status == INFONOTE_OK, !*infonote_book_problem(book));
    infonote_book_free(book);
    infonote_engine_free(e);
    return status;
}

static size_t count(const struct file *f, const char *what)
{
    size_t n = 0, length = strlen(what);
    for (size_t i = 0; i + length <= f->n; i++) {
        n += memcmp(f->bytes + i, what, length) == 0;
    }
    return n;
}

static void test_notes_in_one_file(void **state)
{
    (void)state;
    struct file once = {.most = SIZE_MAX}, twice = {.most = SIZE_MAX};
    assert_int_equal(make(&once, 205, 0, false), INFONOTE_OK);
    assert_memory_equal(once.bytes, "%PDF-1.7", 8);
    assert_int_equal(count(&once, "%%EOF"), 1);
    assert_int_equal(make(&twice, 205, 0, false), INFONOTE_OK);
    assert_int_equal(once.n, twice.n);
    assert_memory_equal(once.bytes, twice.bytes, once.n);
    free(once.bytes);
    free(twice.bytes);
}

static void test_notes_may_be_left_out(void **state)
{
    (void)state;
    struct file all = {.most = SIZE_MAX}, some = {.most = SIZE_MAX};
    assert_int_equal(make(&all, 4, 0, true), INFONOTE_OK);
    assert_int_equal(make(&some, 4, 5, true), INFONOTE_OK);
    assert_true(some.n < all.n);
    free(all.bytes);
    free(some.bytes);
}

static void test_no_note_is_no_file(void **state)
{
    (void)state;
    struct file f = {.most = SIZE_MAX};
    assert_int_not_equal(make(&f, 2, 3, false), INFONOTE_OK);
    free(f.bytes);
}

static void test_a_file_that_cannot_be_written(void **state)
{
    (void)state;
    struct file f = {.most = 100};
    assert_int_equal(make(&f, 3, 0, false), INFONOTE_FAILED);
    free(f.bytes);
}

static void test_a_note_with_errors(void **state)
{
    (void)state;
    struct file f = {.most = SIZE_MAX};
    infonote_engine *e = infonote_engine_new(NULL);
    infonote_book *book =
        infonote_book_new(e, &(infonote_book_settings){.write = take, .user = &f});
    struct made m = survey(book, e, "title: A note\nbody: \"[](#nowhere)\"\n");
    assert_int_equal(m.status, INFONOTE_INVALID);
    assert_int_equal(m.n, 0);
    assert_string_equal(infonote_book_problem(book), "");
    free(m.bytes);
    infonote_book_free(book);
    infonote_engine_free(e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_notes_in_one_file),
        cmocka_unit_test(test_notes_may_be_left_out),
        cmocka_unit_test(test_no_note_is_no_file),
        cmocka_unit_test(test_a_file_that_cannot_be_written),
        cmocka_unit_test(test_a_note_with_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

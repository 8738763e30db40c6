/* SPDX-License-Identifier: MIT
 * link: -lqpdf -lcrypto */
#include "key_fixture.h"

#include "infonote.h"
#include "mail/seal.h"

static void test_passwords(void **state)
{
    char wide[200];
    (void)state;
    memset(wide, 'x', sizeof wide);
    assert_null(seal_password_fault(STR("x")));
    assert_null(seal_password_fault(STR("geh\xC3\xA4im")));
    assert_null(seal_password_fault((str){wide, SEAL_MAX_PASSWORD}));
    assert_non_null(seal_password_fault(STR_NONE));
    assert_non_null(seal_password_fault((str){wide, SEAL_MAX_PASSWORD + 1}));
    assert_non_null(seal_password_fault(STR("\xFF")));
    assert_non_null(seal_password_fault((str){"a\0b", 3}));
}

static str small_pdf(infonote_note **note, infonote_engine **engine)
{
    static const char NOTE[] = "title: T\nlang: en\nbody: Text.\n";
    infonote_options options = {0};
    str pdf;
    *engine = infonote_engine_new(NULL);
    *note = infonote_note_load_bytes(*engine, "note.yaml", NOTE, sizeof NOTE - 1,
                                     &options);
    assert_int_equal(infonote_write_bytes(*note, &pdf.p, &pdf.n), INFONOTE_OK);
    return pdf;
}

/* The number behind `*text`, which then stands behind it. */
static size_t number(const char **text)
{
    char *end;
    size_t n = strtoul(*text, &end, 10);
    assert_true(end != *text);
    *text = end;
    return n;
}

static int digit(char c)
{
    return c <= '9' ? c - '0' : c - 'a' + 10;
}

/* All but the signature itself is signed. */
static void check_signature(const struct key_files *files, str pdf, struct arena *a)
{
    size_t at;
    assert_true(str_find(pdf, STR("/ByteRange [ "), &at));
    const char *p = pdf.p + at + 13;
    assert_int_equal(number(&p), 0);
    size_t before = number(&p), behind = number(&p), rest = number(&p);
    assert_int_equal(behind + rest, pdf.n);
    assert_int_equal(pdf.p[before], '<');
    assert_int_equal(pdf.p[behind - 1], '>');
    struct buf all, signature;
    buf_init(&all, a);
    buf_init(&signature, a);
    buf_put(&all, str_sub(pdf, 0, before));
    buf_put(&all, str_sub(pdf, behind, pdf.n));
    for (size_t i = before + 1; i < behind - 1; i += 2) {
        buf_char(&signature, (char)(digit(pdf.p[i]) * 16 + digit(pdf.p[i + 1])));
    }
    assert_true(is_signature(files, buf_str(&signature), buf_str(&all)));
}

static void test_sealed(void **state)
{
    struct key_files files;
    struct arena a;
    const char *fault = NULL;
    infonote_note *note;
    infonote_engine *engine;
    (void)state;
    key_files_make(&files, "RSA", NULL);
    arena_init(&a);
    str pdf = small_pdf(&note, &engine);
    struct sign_key *k = sign_key_load(files.key, files.cert, NULL, &a, &fault);
    for (int locked = 0; locked < 2; locked++) {
        struct seal seal = {k, locked ? "geheim" : NULL, 1709607967};
        struct buf out;
        size_t at;
        buf_init(&out, &a);
        buf_puts(&out, "in front");
        assert_true(seal_pdf(&seal, pdf, &out, &fault));
        str sealed = str_sub(buf_str(&out), 8, out.n);
        assert_true(str_starts(sealed, STR("%PDF-")));
        assert_int_equal(str_find(sealed, STR("/Encrypt "), &at), locked);
        if (!locked) { /* dates are strings, which would be locked */
            assert_true(str_find(sealed, STR("(D:20240305030607Z)"), &at));
        }
        check_signature(&files, sealed, &a);
    }
    struct seal none = {k, NULL, 0};
    struct buf out;
    buf_init(&out, &a);
    assert_false(seal_pdf(&none, STR("no PDF"), &out, &fault));
    assert_string_equal(fault, "qpdf cannot read it");
    sign_key_free(k);
    infonote_note_free(note);
    infonote_engine_free(engine);
    arena_done(&a);
    key_files_remove(&files);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_passwords), cmocka_unit_test(test_sealed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

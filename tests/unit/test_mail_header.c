/* SPDX-License-Identifier: MIT
 * link: -lglib-2.0 -lunistring */
#include "assertions.h"

#include "mail/header.h"

static struct arena arena;

static int start(void **state)
{
    (void)state;
    arena_init(&arena);
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_done(&arena);
    return 0;
}

static const char *text_of(const char *text)
{
    struct header h;
    header_begin(&h, &arena, "Subject");
    header_put_text(&h, str_from(text));
    return header_end(&h).p;
}

static const char *address_of(const char *name, const char *mailbox)
{
    struct header h;
    header_begin(&h, &arena, "To");
    header_put_address(&h, str_from(name), str_from(mailbox));
    return header_end(&h).p;
}

static const char *filename_of(const char *name)
{
    struct header h;
    header_begin(&h, &arena, "Content-Disposition");
    header_put_value(&h, STR("inline"));
    header_put_filename(&h, str_from(name));
    return header_end(&h).p;
}

static const char *plain_of(const char *name)
{
    struct header h;
    header_begin(&h, &arena, "Content-Type");
    header_put_value(&h, STR("a/b"));
    header_put_plain_name(&h, str_from(name));
    return header_end(&h).p;
}

static void test_texts(void **state)
{
    (void)state;
    assert_string_equal(text_of(""), " \n");
    assert_string_equal(text_of("Minutes,  again: (a) \"b\""),
                        " Minutes,  again: (a) \"b\"\n");
    assert_string_equal(text_of("The café  in June"),
                        " The =?utf-8?q?caf=C3=A9?=  in June\n");
    assert_string_equal(text_of("é a_b c d é"), " =?utf-8?q?=C3=A9_a=5Fb_c_d_=C3=A9?=\n");
    assert_string_equal(text_of("日本"), " =?utf-8?b?5pel5pys?=\n");
    /* What looks like an encoded word is the text that it is. */
    assert_string_equal(text_of("x =?utf-8?q?x?= x"),
                        " x =?utf-8?q?=3D=3Futf-8=3Fq=3Fx=3F=3D?= x\n");
}

/* Lines are folded between words; an encoded word begins a line, if it must. */
static void test_long_texts(void **state)
{
    (void)state;
    assert_string_equal(
        text_of("One two three four five six seven eight nine ten eleven twelve "
                "thirteen"),
        " One two three four five six seven eight nine ten eleven twelve\n"
        " thirteen\n");
    assert_string_equal(
        text_of("One two three four five six seven eight nine ten eleven 日本 x"),
        " One two three four five six seven eight nine ten eleven\n"
        " =?utf-8?b?5pel5pys?= x\n");
}

/* Every line, every encoded word, whatever is divided. */
static void check_divided(const char *value, size_t first)
{
    size_t column = first;
    for (str rest = str_from(value); rest.n; column = 0) {
        str line = str_cut(rest, '\n', &rest);
        assert_in_range(line.n + column, 1, 76);
        for (size_t at; str_find(line, STR("=?utf-8?"), &at);) {
            size_t end;
            line = str_sub(line, at, line.n);
            assert_true(str_find(line, STR("?="), &end));
            assert_in_range(end + 2, 1, 75);
            line = str_sub(line, end + 2, line.n);
        }
    }
}

static void test_divided(void **state)
{
    static const char *const SIGNS[] = {
        "日", "é", "e\xCC\x81", "👩‍👩‍👧‍👦", "ß日", "a\xCC\x80\xCC\x81\xCC\x82", "क्ष",
    };
    (void)state;
    for (size_t s = 0; s < sizeof SIGNS / sizeof *SIGNS; s++) {
        struct buf text;
        buf_init(&text, &arena);
        for (int n = 1; n < 120; n++) {
            buf_puts(&text, SIGNS[s]);
            const char *all = str_copy(&arena, buf_str(&text)).p;
            check_divided(text_of(all), strlen("Subject:"));
            check_divided(address_of(all, "ada@example.org"), strlen("To:"));
            check_divided(filename_of(all), strlen("Content-Disposition:"));
        }
    }
}

/* A family is one sign, which a word holds whole; one with 100 accents does not fit. */
static void test_graphemes(void **state)
{
    (void)state;
    const char *family = "👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦";
    assert_string_equal(text_of(family),
                        " =?utf-8?b?8J+RqeKAjfCfkanigI3wn5Gn4oCN8J+Rpg==?=\n"
                        " =?utf-8?b?8J+RqeKAjfCfkanigI3wn5Gn4oCN8J+Rpg==?=\n"
                        " =?utf-8?b?8J+RqeKAjfCfkanigI3wn5Gn4oCN8J+Rpg==?=\n");
    struct buf text;
    buf_init(&text, &arena);
    buf_char(&text, 'a');
    for (int i = 0; i < 100; i++) {
        buf_puts(&text, "\xCC\x81");
    }
    check_divided(text_of(str_copy(&arena, buf_str(&text)).p), strlen("Subject:"));
}

static void test_addresses(void **state)
{
    (void)state;
    assert_string_equal(address_of("", "a@b.c"), " a@b.c\n");
    assert_string_equal(address_of("Ada Moor", "a@b.c"), " Ada Moor <a@b.c>\n");
    assert_string_equal(address_of("Moor, \"A\" \\ (x); J.", "a@b.c"),
                        " \"Moor, \\\"A\\\" \\\\ (x); J.\" <a@b.c>\n");
    assert_string_equal(address_of("Cléo Ott", "a@b.c"),
                        " =?utf-8?q?Cl=C3=A9o_Ott?= <a@b.c>\n");
    assert_string_equal(address_of("=?utf-8?q?x?=", "a@b.c"),
                        " =?utf-8?q?=3D=3Futf-8=3Fq=3Fx=3F=3D?= <a@b.c>\n");
    struct header h;
    header_begin(&h, &arena, "To");
    header_put_address(&h, STR("Ada Moor"), STR("ada.moor@waterworks.example.org"));
    header_put_address(&h, STR_NONE, STR("ben@example.org"));
    header_put_address(&h, STR("Cléo"), STR("cleo@example.org"));
    assert_string_equal(header_end(&h).p,
                        " Ada Moor <ada.moor@waterworks.example.org>, ben@example.org,\n"
                        " =?utf-8?q?Cl=C3=A9o?= <cleo@example.org>\n");
}

static void test_filenames(void **state)
{
    (void)state;
    assert_string_equal(filename_of("a \"b\".pdf"),
                        " inline; filename=\"a \\\"b\\\".pdf\"\n");
    assert_string_equal(filename_of("é 1.pdf"),
                        " inline; filename*=utf-8''%C3%A9%201.pdf\n");
    assert_string_equal(filename_of("=?utf-8?q?x?=.pdf"),
                        " inline; filename*=utf-8''%3D%3Futf-8%3Fq%3Fx%3F%3D.pdf\n");
    assert_string_equal(filename_of("日日日日日日日日日.pdf"),
                        " inline;\n filename*0*=utf-8''%E6%97%A5%E6%97%A5%E6%97%A5"
                        "%E6%97%A5%E6%97%A5%E6%97%A5;\n"
                        " filename*1*=%E6%97%A5%E6%97%A5%E6%97%A5.pdf\n");
}

static void test_plain_names(void **state)
{
    (void)state;
    assert_string_equal(plain_of("Größe – Œuvre.pdf"),
                        " a/b; name=\"Grosse - OEuvre.pdf\"\n");
    assert_string_equal(plain_of("日本 7 日.pdf"), " a/b; name=\"_ 7 _.pdf\"\n");
    assert_string_equal(plain_of("=?utf-8?q?x?=.pdf"),
                        " a/b; name=\"_utf-8_q_x_.pdf\"\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_texts),     cmocka_unit_test(test_long_texts),
        cmocka_unit_test(test_divided),   cmocka_unit_test(test_graphemes),
        cmocka_unit_test(test_addresses), cmocka_unit_test(test_filenames),
        cmocka_unit_test(test_plain_names),
    };
    return cmocka_run_group_tests(tests, start, end);
}

/* SPDX-License-Identifier: MIT
 * link: -lcrypto */
#include "key_fixture.h"

#include "mail/smime.h"

static const char MESSAGE[] =
    "From: ada@example.org\r\nContent-Type: text/plain;\r\n charset=utf-8\r\n"
    "Subject: Content-Type:\r\n\tis no header here\r\nMIME-Version: 1.0\r\n"
    "content-transfer-encoding: 7bit\r\n\r\nFrom here on,\r\n\r\n.all is well.\r\n";

/* What stands between two texts. */
static str between(str text, const char *before, const char *behind)
{
    size_t at, end;
    assert_true(str_find(text, str_from(before), &at));
    text = str_sub(text, at + strlen(before), text.n);
    assert_true(str_find(text, str_from(behind), &end));
    return str_sub(text, 0, end);
}

static str signed_message(const struct sign_key *k, struct arena *a)
{
    const char *fault = NULL;
    struct buf out;
    buf_init(&out, a);
    assert_true(smime_sign(k, str_from(MESSAGE), &out, &fault));
    return buf_str(&out);
}

static str base64(str text, struct arena *a)
{
    BIO *in = BIO_push(BIO_new(BIO_f_base64()), BIO_new_mem_buf(text.p, (int)text.n));
    char *bytes = NEW_ARRAY(a, char, text.n);
    int n = BIO_read(in, bytes, (int)text.n);
    BIO_free_all(in);
    assert_true(n > 0);
    return (str){bytes, (size_t)n};
}

static void test_what_is_signed(void **state)
{
    struct key_files files;
    struct arena a;
    const char *fault;
    (void)state;
    key_files_make(&files, "RSA", NULL);
    arena_init(&a);
    struct sign_key *k = sign_key_load(files.key, files.cert, NULL, &a, &fault);
    str all = signed_message(k, &a);
    assert_true(str_eq(all, signed_message(k, &a)));
    /* The headers of the content go with it, folded ones whole; the others stay. */
    assert_true(str_starts(all, STR("From: ada@example.org\r\nSubject: Content-Type:\r\n"
                                    "\tis no header here\r\nMIME-Version: 1.0\r\n"
                                    "Content-Type: multipart/signed;")));
    str boundary = between(all, "boundary=\"", "\"");
    char mark[100];
    snprintf(mark, sizeof mark, "\r\n--%.*s\r\n", STR_ARG(boundary));
    str part = between(all, mark, mark);
    assert_str(part, "Content-Type: text/plain;\r\n charset=utf-8\r\n"
                     "content-transfer-encoding: 7bit\r\n\r\nFrom here on,\r\n\r\n"
                     ".all is well.\r\n");
    str text = between(all, "S/MIME signature\r\n\r\n", "--=_signed-");
    assert_true(is_signature(&files, base64(text, &a), part));
    for (str rest = text; rest.n;) {
        assert_true(str_cut(rest, '\n', &rest).n <= 77);
    }
    sign_key_free(k);
    arena_done(&a);
    key_files_remove(&files);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_what_is_signed)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

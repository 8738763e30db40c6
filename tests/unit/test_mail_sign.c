/* SPDX-License-Identifier: MIT
 * link: -lcrypto */
#include "key_fixture.h"

#include "mail/sign.h"

static struct arena arena;

static void sign_with(const char *kind, const char *password)
{
    struct key_files files;
    const char *fault = NULL;
    str slices[] = {STR("first, "), STR("second"), STR_NONE};
    key_files_make(&files, kind, password);
    arena_init(&arena);
    struct sign_key *k = sign_key_load(files.key, files.cert, password, &arena, &fault);
    assert_non_null(k);
    struct buf first;
    buf_init(&first, &arena);
    assert_true(sign_slices(k, slices, 3, &first, &fault));
    assert_true(is_signature(&files, buf_str(&first), STR("first, second")));
    assert_false(is_signature(&files, buf_str(&first), STR("first, third")));
    for (int i = 0; i < 50; i++) { /* on a curve, they are not all as long */
        struct buf again;
        buf_init(&again, &arena);
        assert_true(sign_slices(k, slices, 3, &again, &fault));
        assert_true(again.n <= sign_room(k));
        assert_int_equal(str_eq(buf_str(&again), buf_str(&first)), kind[0] == 'R');
    }
    sign_key_free(k);
    arena_done(&arena);
    key_files_remove(&files);
}

static void test_rsa(void **state)
{
    (void)state;
    sign_with("RSA", NULL);
}

static void test_a_curve_and_a_password(void **state)
{
    (void)state;
    sign_with("EC", "geheim");
}

static void refuse(const char *key, const char *cert, const char *password,
                   const char *told)
{
    const char *fault = NULL;
    arena_init(&arena);
    assert_null(sign_key_load(key, cert, password, &arena, &fault));
    assert_non_null(fault);
    assert_non_null(strstr(fault, told));
    arena_done(&arena);
}

static void test_keys_that_are_none(void **state)
{
    struct key_files one, other;
    (void)state;
    key_files_make(&one, "EC", "geheim");
    key_files_make(&other, "EC", NULL);
    refuse("/nowhere", one.cert, NULL, "cannot read `/nowhere`");
    refuse(one.key, "/nowhere", "geheim", "cannot read `/nowhere`");
    refuse(one.key, one.cert, NULL, "holds no key that can be used");
    refuse(one.key, one.cert, "falsch", "holds no key that can be used");
    refuse(one.cert, one.cert, NULL, "holds no key that can be used");
    refuse(other.key, other.key, NULL, "holds no certificate");
    refuse(other.key, one.cert, NULL, "is not the key's");
    key_files_remove(&one);
    key_files_remove(&other);
    sign_key_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rsa),
        cmocka_unit_test(test_a_curve_and_a_password),
        cmocka_unit_test(test_keys_that_are_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT
 *
 * base/sha256: the examples of FIPS 180-4 and of NIST, every length around the ends of
 * blocks; the processor's own instructions agree with what any processor does. */
#include "assertions.h"

#include <string.h>

#include "base/sha256.h"
#include "base/sha256_blocks.h"

static void assert_digest(str bytes, const char *expected)
{
    char digest[65];
    str_sha256(bytes, digest);
    assert_string_equal(digest, expected);
}

static void test_examples(void **state)
{
    (void)state;
    assert_digest(STR(""),
                  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_digest(STR("abc"),
                  "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_digest(STR("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
                  "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    static char million[1000000];
    memset(million, 'a', sizeof million);
    assert_digest((str){million, sizeof million},
                  "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

/* The digest of the digests of "", "a", "aa" ... up to 200 letters. */
static void test_lengths(void **state)
{
    (void)state;
    char letters[200], all[201 * 64 + 1];
    memset(letters, 'a', sizeof letters);
    for (size_t n = 0; n <= sizeof letters; n++) {
        str_sha256((str){letters, n}, all + 64 * n);
    }
    assert_digest((str){all, 201 * 64},
                  "eb555248bd20c7831e511d4461b42c9b084e3a64b44d57b00051172f8afe03ff");
}

static void test_both_ways_agree(void **state)
{
    (void)state;
    str_sha256_take *own = str_sha256_x86();
    if (!own) {
        skip();
    }
    unsigned char bytes[64 * 7];
    uint32_t plain[8] = {1, 2, 3, 4, 5, 6, 7, 8}, quick[8] = {1, 2, 3, 4, 5, 6, 7, 8};
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = (unsigned char)(i * i + (i >> 3));
    }
    str_sha256_plain(plain, bytes, 7);
    own(quick, bytes, 7);
    assert_memory_equal(plain, quick, sizeof plain);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_examples),
        cmocka_unit_test(test_lengths),
        cmocka_unit_test(test_both_ways_agree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT
 *
 * base/cache: what was kept is found, what is asked for stays, memory has its bound. */
#include "assertions.h"

#include <stdio.h>

#include "base/cache.h"

enum { BUDGET = 4 << 20, LONG = 10000 };

static str number(char *room, size_t size, int i)
{
    return (str){room, (size_t)snprintf(room, size, "%d", i)};
}

/* Values as long as they may be, told apart by their first bytes. */
static void put(struct cache *c, int i)
{
    static char value[LONG];
    char key[16];
    str k = number(key, sizeof key, i);
    memcpy(value, k.p, k.n);
    cache_put(c, k, (str){value, LONG});
}

static bool has(struct cache *c, int i)
{
    char key[16];
    str k = number(key, sizeof key, i);
    const str *found = cache_find(c, k);
    if (found) {
        assert_int_equal(found->n, LONG);
        assert_memory_equal(found->p, k.p, k.n);
        assert_int_equal((uintptr_t)found->p % 16, 0);
    }
    return found;
}

static void test_keeps_what_is_put(void **state)
{
    (void)state;
    struct cache c;
    cache_init(&c, BUDGET);
    assert_false(has(&c, 1));
    for (int i = 0; i < 100; i++) {
        put(&c, i);
    }
    for (int i = 0; i < 100; i++) {
        assert_true(has(&c, i));
    }
    cache_done(&c);
}

static void test_keys_of_any_bytes(void **state)
{
    (void)state;
    struct cache c;
    cache_init(&c, BUDGET);
    cache_put(&c, STR("a\0b"), STR("1"));
    cache_put(&c, STR("a\0c"), STR_NONE);
    assert_true(str_eq(*cache_find(&c, STR("a\0b")), STR("1")));
    assert_int_equal(cache_find(&c, STR("a\0c"))->n, 0);
    assert_null(cache_find(&c, STR("a")));
    assert_null(cache_find(&c, STR_NONE));
    cache_done(&c);
}

static void test_what_is_asked_for_stays(void **state)
{
    (void)state;
    struct cache c;
    cache_init(&c, BUDGET);
    put(&c, 0);
    put(&c, 1);
    for (int i = 2; i < 10000; i++) {
        put(&c, i);
        assert_true(has(&c, 0));
    }
    assert_false(has(&c, 1));
    cache_done(&c);
}

static void test_memory_is_bounded(void **state)
{
    (void)state;
    struct cache c;
    cache_init(&c, BUDGET);
    for (int i = 0; i < 10000; i++) {
        put(&c, i);
        assert_true(c.young.arena.used + c.old.arena.used <= 2 * BUDGET + (3 << 20));
    }
    cache_done(&c);
}

static void test_clearing_forgets(void **state)
{
    (void)state;
    struct cache c;
    cache_init(&c, BUDGET);
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 1000; i++) {
            put(&c, i);
        }
        assert_true(has(&c, 999));
        cache_clear(&c);
        assert_false(has(&c, 999));
        assert_true(c.young.arena.used <= BUDGET && c.old.arena.used <= BUDGET);
    }
    cache_done(&c);
}

static void test_what_is_too_large_is_not_kept(void **state)
{
    (void)state;
    static char large[BUDGET];
    struct cache c;
    cache_init(&c, BUDGET);
    cache_put(&c, STR("value"), (str){large, sizeof large});
    cache_put(&c, (str){large, sizeof large}, STR("key"));
    assert_null(cache_find(&c, STR("value")));
    assert_null(cache_find(&c, (str){large, sizeof large}));
    cache_done(&c);
}

static void test_what_comes_again_is_wanted(void **state)
{
    (void)state;
    struct cache c;
    char key[16];
    int again = 0;
    cache_init(&c, BUDGET);
    assert_false(cache_wants(&c, STR("key")));
    assert_true(cache_wants(&c, STR("key")));
    assert_true(cache_wants(&c, STR("key")));
    assert_false(cache_wants(&c, STR("another")));
    assert_null(cache_find(&c, STR("key")));
    for (int i = 0; i < 100000; i++) {
        again += cache_wants(&c, number(key, sizeof key, i));
    }
    assert_in_range(again, 0, 3); /* parts of hashes may meet by chance */
    assert_false(cache_wants(&c, STR("key"))); /* forgotten for what came later */
    cache_done(&c);
}

static void test_a_long_key_is_hashed_once(void **state)
{
    (void)state;
    struct cache c;
    cache_init(&c, BUDGET);
    uint64_t hash = cache_hash(&c, STR("key"));
    assert_null(cache_find_hashed(&c, STR("key"), hash));
    assert_false(cache_wants_hashed(&c, hash));
    assert_true(cache_wants(&c, STR("key")));
    cache_put_hashed(&c, STR("key"), hash, STR("value"));
    assert_str(*cache_find_hashed(&c, STR("key"), hash), "value");
    assert_str(*cache_find(&c, STR("key")), "value");
    cache_done(&c);
}

static void test_two_keys_of_one_place_are_both_wanted(void **state)
{
    (void)state;
    struct cache c;
    char first[16], other[16];
    int i = 1;
    cache_init(&c, BUDGET);
    str one = number(first, sizeof first, 0), two;
    uint64_t place = map_hash(&c.young.map, one) % CACHE_ASKED;
    do {
        two = number(other, sizeof other, i++);
    } while (map_hash(&c.young.map, two) % CACHE_ASKED != place);
    assert_false(cache_wants(&c, one));
    assert_false(cache_wants(&c, two));
    for (i = 0; i < 3; i++) {
        assert_true(cache_wants(&c, one));
        assert_true(cache_wants(&c, two));
    }
    cache_done(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_keeps_what_is_put),
        cmocka_unit_test(test_keys_of_any_bytes),
        cmocka_unit_test(test_what_is_asked_for_stays),
        cmocka_unit_test(test_memory_is_bounded),
        cmocka_unit_test(test_clearing_forgets),
        cmocka_unit_test(test_what_is_too_large_is_not_kept),
        cmocka_unit_test(test_what_comes_again_is_wanted),
        cmocka_unit_test(test_a_long_key_is_hashed_once),
        cmocka_unit_test(test_two_keys_of_one_place_are_both_wanted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

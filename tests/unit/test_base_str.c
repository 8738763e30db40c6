/* SPDX-License-Identifier: MIT
 *
 * base/str and base/map: slices, their distances, tables of them. */
#include "assertions.h"

#include "base/map.h"
#include "base/str.h"

static void test_slices(void **state)
{
    (void)state;
    str s = STR("information note");
    assert_str(str_sub(s, 12, 16), "note");
    assert_str(str_sub(s, 12, 99), "note");
    assert_str(str_sub(s, 16, 16), "");
    assert_str(str_sub(s, 9, 3), "");
    assert_str(str_from(NULL), "");
    assert_true(str_eq(STR_NONE, STR("")));
    assert_false(str_eq(STR("a"), STR("")));
    assert_false(str_is((str){"a\0b", 3}, "a"));
    assert_true(str_starts(s, STR("info")) && str_ends(s, STR("note")));
    assert_true(str_starts(s, STR_NONE) && str_ends(STR_NONE, STR_NONE));
    assert_false(str_starts(STR("in"), STR("info")));
    assert_false(str_ends(STR("te"), STR("note")));
}

static void test_order_is_of_bytes(void **state)
{
    (void)state;
    assert_true(str_compare(STR("a"), STR("b")) < 0);
    assert_true(str_compare(STR("ab"), STR("a")) > 0);
    assert_true(str_compare(STR(""), STR("a")) < 0);
    assert_true(str_compare(STR_NONE, STR_NONE) == 0);
    assert_true(str_compare(STR("Z"), STR("a")) < 0);
    assert_true(str_compare(STR("\xC3\xA9"), STR("z")) > 0); /* bytes are unsigned */
}

static void test_trim_takes_ascii_space_only(void **state)
{
    (void)state;
    assert_str(str_trim(STR(" \t\r\n a b \v\f")), "a b");
    assert_str(str_trim(STR(" \n ")), "");
    assert_str(str_trim(STR_NONE), "");
    assert_str(str_trim(STR("\xC2\xA0x\xC2\xA0")), "\xC2\xA0x\xC2\xA0");
}

static void test_find(void **state)
{
    (void)state;
    size_t at = 77;
    assert_true(str_find(STR("aab"), STR("ab"), &at));
    assert_int_equal(at, 1);
    assert_true(str_find(STR("ab"), STR("ab"), NULL));
    assert_false(str_find(STR("ab"), STR("abc"), &at));
    assert_false(str_find(STR_NONE, STR("a"), &at));
    assert_true(str_find(STR_NONE, STR_NONE, &at));
    assert_int_equal(at, 0);
    assert_true(str_find_char(STR("a,b"), ',', &at));
    assert_int_equal(at, 1);
    assert_false(str_find_char(STR_NONE, ',', &at));
}

static void test_cut(void **state)
{
    (void)state;
    str rest;
    assert_str(str_cut(STR("a=b=c"), '=', &rest), "a");
    assert_str(rest, "b=c");
    assert_str(str_cut(STR("abc"), '=', &rest), "abc");
    assert_str(rest, "");
    assert_str(str_cut(STR("=x"), '=', &rest), "");
    assert_str(rest, "x");
    str same = STR("1,2");
    assert_str(str_cut(same, ',', &same), "1");
    assert_str(same, "2");
}

static void test_format(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    assert_str(str_format(&a, "%d-%s-%.*s", 7, "x", STR_ARG(STR("slice"))), "7-x-slice");
    assert_str(str_format(&a, "%s", ""), "");
    assert_str(str_format(&a, "%.*s", STR_ARG(STR_NONE)), "");
    for (int n = 250; n < 260; n++) { /* with and without a place on the stack */
        str s = str_format(&a, "%.*s", n, str_format(&a, "%0260d", 1).p);
        assert_int_equal(s.n, n);
        assert_int_equal(strlen(s.p), n);
    }
    arena_done(&a);
}

static void test_distance(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        unsigned limit, expected;
    } CASES[] = {
        {"", "", 3, 0},          {"title", "title", 3, 0},
        {"titel", "title", 3, 1}, /* neighbours swapped */
        {"tile", "title", 3, 1}, {"tittle", "title", 3, 1},
        {"xitle", "title", 3, 1}, {"abc", "", 3, 3},
        {"kitten", "sitting", 9, 3}, {"kitten", "sitting", 2, 3},
        {"ca", "abc", 9, 3},      /* optimal string alignment: not 2 */
        {"ab", "ba", 9, 1},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        str a = str_from(CASES[i].a), b = str_from(CASES[i].b);
        assert_int_equal(str_distance(a, b, CASES[i].limit), CASES[i].expected);
        assert_int_equal(str_distance(b, a, CASES[i].limit), CASES[i].expected);
    }
    char wide[200];
    memset(wide, 'x', sizeof wide);
    assert_int_equal(str_distance((str){wide, 65}, (str){wide, 65}, 3), 4);
    assert_int_equal(str_distance((str){wide, 64}, (str){wide, 64}, 3), 0);
}

static void test_the_hash_is_the_same_everywhere(void **state)
{
    (void)state;
    assert_true(str_hash(STR_NONE) == (0xCBF29CE484222325u ^ 0xCBF29CE4u));
    assert_true(str_hash(STR("a")) == (0xAF63DC4C8601EC8Cu ^ 0xAF63DC4Cu));
    assert_true(str_hash(STR("ab")) != str_hash(STR("ba")));
}

static void test_map_finds_what_was_put(void **state)
{
    (void)state;
    enum { N = 20000 };
    struct arena a;
    arena_init(&a);
    struct map m;
    map_init(&m, &a);
    assert_null(map_find(&m, STR("nothing yet")));
    static int value[N];
    for (int i = 0; i < N; i++) {
        assert_null(map_put(&m, str_format(&a, "key %d", i), &value[i]));
    }
    assert_int_equal(m.n, N);
    for (int i = 0; i < N; i++) {
        assert_ptr_equal(map_find(&m, str_format(&a, "key %d", i)), &value[i]);
    }
    assert_null(map_find(&m, STR("key 20000")));
    assert_null(map_find(&m, STR("key")));
    assert_ptr_equal(map_put(&m, STR("key 7"), &value[8]), &value[7]);
    assert_ptr_equal(map_find(&m, STR("key 7")), &value[8]);
    assert_int_equal(m.n, N);
    arena_done(&a);
}

static void test_map_takes_any_bytes_as_keys(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    struct map m;
    map_init(&m, &a);
    char zeros[64] = {0};
    int value[64];
    for (size_t n = 0; n < 64; n++) { /* lengths around the hash's words, same bytes */
        assert_null(map_put(&m, (str){zeros, n}, &value[n]));
    }
    for (size_t n = 0; n < 64; n++) {
        assert_ptr_equal(map_find(&m, (str){zeros, n}), &value[n]);
    }
    arena_done(&a);
}

/* The longest run of full slots: what a look-up may have to walk over. */
static size_t longest_run(const struct map *m)
{
    size_t longest = 0, run = 0;
    for (size_t i = 0; i < m->cap; i++) {
        run = m->slots[i].value ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    return longest;
}

static void test_similar_keys_do_not_crowd(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    struct map m;
    map_init(&m, &a);
    int value;
    for (int i = 0; i < 40000; i++) {
        map_put(&m, str_format(&a, "%08d%d", i * 64, i % 10), &value);
    }
    assert_true(longest_run(&m) < 1000);
    arena_done(&a);
}

enum { LONG = 700 };

/* `key` without its first `cut` bytes has not been put before. */
static void put_new(struct arena *a, struct map *m, const char *key, size_t cut)
{
    str copy = str_copy(a, (str){key + cut, LONG - cut});
    uint64_t before = map_hash(m, copy);
    assert_null(map_find(m, copy));
    assert_null(map_put(m, copy, a));
    for (size_t i = 0; i < m->cap; i++) { /* not only another key: another hash */
        bool itself = m->slots[i].key.p == copy.p;
        assert_true(!m->slots[i].value || itself || m->slots[i].hash != before);
    }
}

/* Every byte of a long key counts, and so does its place. */
static void test_long_keys_have_hashes_of_their_own(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    struct map m;
    map_init(&m, &a);
    char key[LONG] = {0};
    for (size_t n = 0; n < LONG; n += 7) { /* zeros of all lengths */
        put_new(&a, &m, key, n);
    }
    for (size_t i = 0; i < LONG; i += 3) {
        key[i] = 1;
        put_new(&a, &m, key, 0);
        key[i] = 0;
    }
    struct map other;
    map_init(&other, &a);
    assert_true(map_hash(&m, (str){key, LONG}) == map_hash(&other, (str){key, LONG}));
    arena_done(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_slices),
        cmocka_unit_test(test_order_is_of_bytes),
        cmocka_unit_test(test_trim_takes_ascii_space_only),
        cmocka_unit_test(test_find),
        cmocka_unit_test(test_cut),
        cmocka_unit_test(test_format),
        cmocka_unit_test(test_distance),
        cmocka_unit_test(test_the_hash_is_the_same_everywhere),
        cmocka_unit_test(test_map_finds_what_was_put),
        cmocka_unit_test(test_map_takes_any_bytes_as_keys),
        cmocka_unit_test(test_long_keys_have_hashes_of_their_own),
        cmocka_unit_test(test_similar_keys_do_not_crowd),
    };
    return cmocka_run_group_tests_name("base/str", tests, NULL, NULL);
}

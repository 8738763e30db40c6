/* SPDX-License-Identifier: MIT
 *
 * base/arena: alignment, zeroing, growth, marks, budgets, and the end of memory. */
#include "assertions.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/vec.h"

static jmp_buf without_memory;
static size_t wanted_bytes;

static void jump_out(size_t wanted)
{
    wanted_bytes = wanted;
    longjmp(without_memory, 1);
}

/* True if `statement` ran out of memory. */
#define RUNS_OUT(statement) \
    (oom_set_handler(jump_out), setjmp(without_memory) ? true : ((statement), false))

static void test_pieces_are_zeroed_and_aligned(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    for (size_t n = 0; n < 300; n++) {
        unsigned char *p = arena_alloc(&a, n);
        assert_non_null(p);
        assert_int_equal((uintptr_t)p % 16, 0);
        for (size_t i = 0; i < n; i++) {
            assert_int_equal(p[i], 0);
        }
        if (n) {
            memset(p, 0xA5, n);
        }
    }
    arena_done(&a);
    assert_int_equal(a.used, 0);
}

static void test_pieces_do_not_overlap(void **state)
{
    (void)state;
    enum { N = 5000 };
    struct arena a;
    arena_init(&a);
    static unsigned char *piece[N];
    for (size_t i = 0; i < N; i++) {
        piece[i] = arena_alloc(&a, 1 + i % 97);
        memset(piece[i], (int)(i % 251), 1 + i % 97);
    }
    for (size_t i = 0; i < N; i++) {
        for (size_t k = 0; k < 1 + i % 97; k++) {
            assert_int_equal(piece[i][k], i % 251);
        }
    }
    arena_done(&a);
}

static void test_a_large_piece_has_its_own_block(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    arena_alloc(&a, 10);
    size_t large = 5u << 20;
    char *p = arena_alloc(&a, large);
    p[large - 1] = 1;
    assert_true(a.used >= large);
    assert_true(a.used < large + (1u << 20));
    arena_done(&a);
}

static void test_reset_keeps_one_block_and_zeroes_again(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    arena_reset(&a);
    for (int round = 0; round < 50; round++) {
        for (int i = 0; i < 100; i++) {
            char *p = arena_alloc(&a, 1000);
            assert_int_equal(p[999], 0);
            memset(p, 1, 1000);
        }
        arena_reset(&a);
    }
    assert_true(a.used <= 1u << 20);
    arena_done(&a);
}

static void test_a_whole_reset_keeps_room_for_the_same(void **state)
{
    (void)state;
    enum { MOST = 1 << 20 };
    struct arena a;
    arena_init(&a);
    arena_reset_whole(&a, MOST);
    assert_int_equal(a.used, 0);
    size_t used = 0;
    for (int round = 0; round < 5; round++) {
        for (int i = 0; i < 300; i++) {
            memset(arena_alloc_raw(&a, 1000), 1, 1000);
        }
        assert_true(round == 0 || a.used == used); /* no other block was needed */
        arena_reset_whole(&a, MOST);
        used = a.used;
        assert_true(used >= 300 * 1000 && used <= MOST);
        assert_int_equal(*(char *)arena_alloc(&a, 1), 0);
    }
    arena_alloc(&a, 4 * MOST);
    arena_reset_whole(&a, MOST);
    assert_int_equal(a.used, MOST);
    arena_done(&a);
}

static void test_rewind_frees_what_came_since(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    struct arena_mark empty = arena_mark(&a);
    char *kept = arena_copy(&a, "kept", 4);
    struct arena_mark mark = arena_mark(&a);
    size_t used = a.used;
    for (int i = 0; i < 1000; i++) {
        arena_alloc(&a, 5000);
    }
    assert_true(a.used > used);
    arena_rewind(&a, mark);
    assert_int_equal(a.used, used);
    assert_string_equal(kept, "kept");
    char *again = arena_alloc(&a, 8);
    assert_int_equal(again[7], 0);
    arena_rewind(&a, empty);
    assert_int_equal(a.used, 0);
    assert_non_null(arena_alloc(&a, 1));
    arena_done(&a);
}

static void test_growing_keeps_the_bytes(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    size_t n = 0;
    unsigned char *p = NULL;
    for (size_t size = 1; size < 3000000; size = size * 5 / 3 + 1) {
        p = arena_grow(&a, p, n, size);
        for (size_t i = n; i < size; i++) {
            p[i] = (unsigned char)(i * 7);
        }
        n = size;
        if (size % 2) {
            arena_alloc(&a, 3); /* something behind it: it must move next time */
        }
    }
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(p[i], (unsigned char)(i * 7));
    }
    arena_done(&a);
}

static void test_the_newest_piece_grows_in_place(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    char *p = arena_copy(&a, "in place", 8);
    char *q = arena_grow(&a, p, 9, 4000);
    assert_ptr_equal(p, q);
    assert_string_equal(q, "in place");
    char *other = arena_alloc(&a, 16);
    assert_true(other >= q + 4000);
    assert_ptr_not_equal(arena_grow(&a, q, 4000, 4100), q);
    arena_done(&a);
}

static void test_a_copy_ends_in_nul(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    char *p = arena_copy(&a, "a\0b", 3);
    assert_memory_equal(p, "a\0b", 4);
    assert_string_equal(arena_copy(&a, NULL, 0), "");
    arena_done(&a);
}

static void test_a_vector_grows(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    VEC(int) ints = {0};
    for (int i = 0; i < 10000; i++) {
        vec_push(&a, &ints, i);
    }
    assert_int_equal(ints.n, 10000);
    for (int i = 0; i < 10000; i++) {
        assert_int_equal(ints.v[i], i);
    }
    arena_done(&a);
}

static void test_the_budget_is_kept_to_the_last_byte(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    a.budget = 100000;
    volatile size_t pieces = 0;
    oom_set_handler(jump_out);
    if (setjmp(without_memory) == 0) {
        for (;;) {
            arena_alloc(&a, 16);
            pieces++;
        }
    }
    assert_true(a.used <= 100000);
    assert_true(pieces * 32 > 99000); /* a gap stands behind each under the sanitizer */
    assert_true(RUNS_OUT(arena_alloc(&a, 50000)));
    arena_done(&a);
    oom_set_handler(NULL);
}

static void test_a_budget_below_what_is_used_stops_the_next_block(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    arena_alloc(&a, 200000);
    a.budget = 1000;
    assert_true(RUNS_OUT(arena_alloc(&a, 200000)));
    arena_done(&a);
    oom_set_handler(NULL);
}

static void test_absurd_sizes_are_out_of_memory(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    assert_true(RUNS_OUT(arena_alloc(&a, SIZE_MAX)));
    assert_int_equal(wanted_bytes, SIZE_MAX);
    assert_true(RUNS_OUT(arena_alloc(&a, PTRDIFF_MAX)));
    assert_true(RUNS_OUT(arena_alloc(&a, (size_t)PTRDIFF_MAX + 1)));
    assert_true(RUNS_OUT(arena_alloc_array(&a, SIZE_MAX / 2, 3)));
    assert_true(RUNS_OUT(arena_alloc_array(&a, SIZE_MAX / 8 + 2, 8)));
    assert_true(RUNS_OUT(arena_copy(&a, "", SIZE_MAX)));
    char *p = arena_alloc(&a, 10); /* it can still be used */
    assert_true(RUNS_OUT(arena_grow(&a, p, 10, PTRDIFF_MAX)));
    assert_non_null(arena_alloc(&a, 10));
    arena_done(&a);
    oom_set_handler(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pieces_are_zeroed_and_aligned),
        cmocka_unit_test(test_pieces_do_not_overlap),
        cmocka_unit_test(test_a_large_piece_has_its_own_block),
        cmocka_unit_test(test_reset_keeps_one_block_and_zeroes_again),
        cmocka_unit_test(test_a_whole_reset_keeps_room_for_the_same),
        cmocka_unit_test(test_rewind_frees_what_came_since),
        cmocka_unit_test(test_growing_keeps_the_bytes),
        cmocka_unit_test(test_the_newest_piece_grows_in_place),
        cmocka_unit_test(test_a_copy_ends_in_nul),
        cmocka_unit_test(test_a_vector_grows),
        cmocka_unit_test(test_the_budget_is_kept_to_the_last_byte),
        cmocka_unit_test(test_a_budget_below_what_is_used_stops_the_next_block),
        cmocka_unit_test(test_absurd_sizes_are_out_of_memory),
    };
    return cmocka_run_group_tests_name("base/arena", tests, NULL, NULL);
}

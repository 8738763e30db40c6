/* SPDX-License-Identifier: MIT
 *
 * base/format: the same as the C library says, in rooms of every size. */
#include "assertions.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/format.h"

static void same(const char *format, ...) __attribute__((format(printf, 1, 2)));

static void same(const char *format, ...)
{
    char ours[64], theirs[64];
    for (size_t room = 0; room <= sizeof ours; room++) {
        va_list a, b;
        va_start(a, format);
        va_copy(b, a);
        memset(ours, '#', sizeof ours);
        memset(theirs, '#', sizeof theirs);
        size_t n = format_text(room ? ours : NULL, room, format, a);
        int expected = vsnprintf(room ? theirs : NULL, room, format, b);
        va_end(b);
        va_end(a);
        assert_int_equal(n, expected);
        size_t written = n + 1 < room ? n + 1 : room;
        assert_memory_equal(ours, theirs, written);
        assert_true(written == sizeof ours || ours[written] == '#');
    }
}

static void test_what_is_done_here(void **state)
{
    (void)state;
    same("nothing to put in");
    same("%s", "");
    same("%s %s", "two", "words");
    same("%.*s|%.*s|%.*s", 3, "slices", 0, "none", 99, "short");
    same("%.*s", -1, "a precision below 0 is none");
    same("%.*s", 8, "stops\0here");
    same("%d %d %d %d", 0, -1, INT_MIN, INT_MAX);
    same("%u %u %zu %zu", 0u, UINT_MAX, (size_t)0, SIZE_MAX);
    same("%c%c%%", 'a', '\0');
    same("\xC3\xA4 %d\xC3\xA4", 10);
}

static void test_the_rest_is_left_to_the_library(void **state)
{
    (void)state;
    same("%d %05d %d", 1, 2, 3);
    same("%s %02X %08x %s", "a", 10u, 11u, "b");
    same("%.3s %-5d %5u", "abcdef", 1, 2u);
    same("%lld %llu %ld", -1ll, 2ull, 3l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_done_here),
        cmocka_unit_test(test_the_rest_is_left_to_the_library),
    };
    return cmocka_run_group_tests_name("base/format", tests, NULL, NULL);
}

/* What every unit test includes: cmocka in its order, and checks of our own types. */
#ifndef INFONOTE_TESTS_ASSERTIONS_H
#define INFONOTE_TESTS_ASSERTIONS_H

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/str.h"

/* Compares a slice with a C string; shows both on failure. */
#define assert_str(slice, expected)                                             \
    do {                                                                        \
        str actual_ = (slice);                                                  \
        if (!str_is(actual_, (expected))) {                                     \
            fail_msg("got \"%.*s\", expected \"%s\"", STR_ARG(actual_), (expected)); \
        }                                                                       \
    } while (0)

/* How far a loop goes over what differs in degree alone: under the sanitizers each step
 * costs ten times as much, and the build without them has made them all. */
#ifdef __SANITIZE_ADDRESS__
enum { STRIDE = 5 };
#else
enum { STRIDE = 1 };
#endif

/* Every test runs in the locale of its environment, as a program that embeds the library
 * may: `make locale` runs them all where 1.5 is written 1,5. */
__attribute__((constructor)) static void follow_locale(void)
{
    setlocale(LC_ALL, "");
}

#endif

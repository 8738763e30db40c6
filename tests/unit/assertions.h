/* What every unit test includes: cmocka in its order, and checks of our own types. */
#ifndef INFONOTE_TESTS_ASSERTIONS_H
#define INFONOTE_TESTS_ASSERTIONS_H

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

#endif

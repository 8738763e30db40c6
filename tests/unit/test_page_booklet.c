/* SPDX-License-Identifier: MIT
 *
 * Booklets folded on paper logic: sheets with two leaves each, laid in one another,
 * leafed through from the front. */
#include "assertions.h"

#include <string.h>

#include "page/page.h"

enum { MOST = 400 };

/* What a reader sees: the front of each leaf, then its back. A leaf is a half of a sheet;
 * what is behind the right half of the outside is the left half of the inside. */
static uint32_t leaf_through(uint32_t pages, uint32_t *seen)
{
    uint32_t sheets = page_booklet_faces(pages) / 2, n = 0;
    for (uint32_t s = 0; s < sheets; s++) {         /* to the staple */
        seen[n++] = page_in_booklet(pages, 0, 2 * s, true);
        seen[n++] = page_in_booklet(pages, 0, 2 * s + 1, false);
    }
    for (uint32_t s = sheets; s-- > 0;) {           /* and on */
        seen[n++] = page_in_booklet(pages, 0, 2 * s + 1, true);
        seen[n++] = page_in_booklet(pages, 0, 2 * s, false);
    }
    return n;
}

static void test_pages_come_in_order(void **state)
{
    (void)state;
    for (uint32_t pages = 1; pages <= MOST; pages++) {
        uint32_t seen[MOST + 4], n = leaf_through(pages, seen);
        assert_true(n >= pages && n < pages + 4 && n % 4 == 0);
        for (uint32_t i = 0; i < n; i++) {
            assert_int_equal(seen[i], i); /* blanks, which have no page, are the last */
        }
    }
}

static void test_eight_pages_as_printers_know_them(void **state)
{
    static const uint32_t KNOWN[][2] = {{8, 1}, {2, 7}, {6, 3}, {4, 5}};
    (void)state;
    assert_int_equal(page_booklet_faces(8), 4);
    for (uint32_t face = 0; face < 4; face++) {
        assert_int_equal(page_in_booklet(8, 0, face, false) + 1, KNOWN[face][0]);
        assert_int_equal(page_in_booklet(8, 0, face, true) + 1, KNOWN[face][1]);
    }
}

/* Signatures lie one behind the other, each as a booklet of its own. */
static void test_signatures(void **state)
{
    (void)state;
    for (uint32_t pages = 1; pages <= 100; pages++) {
        for (uint32_t each = 4; each <= 32; each += 4) {
            uint32_t faces = page_booklet_faces(pages), next = 0;
            for (uint32_t from = 0; from < faces; from += each / 2) {
                uint32_t n = faces - from < each / 2 ? faces - from : each / 2;
                assert_int_equal(page_booklet_sheet(each, from), 0);
                for (uint32_t i = 0; i < n; i += 2) { /* to the fold */
                    uint32_t face = from + i;
                    assert_int_equal(page_in_booklet(pages, each, face, true), next++);
                    assert_int_equal(page_in_booklet(pages, each, face + 1, false),
                                     next++);
                    assert_int_equal(page_booklet_sheet(each, from + i), i / 2);
                }
                for (uint32_t i = n; i > 0; i -= 2) { /* and on */
                    assert_int_equal(page_in_booklet(pages, each, from + i - 1, true),
                                     next++);
                    assert_int_equal(page_in_booklet(pages, each, from + i - 2, false),
                                     next++);
                }
            }
            assert_true(next >= pages && next < pages + 4);
        }
    }
}

static void test_a_page_alone(void **state)
{
    (void)state;
    assert_int_equal(page_booklet_faces(0), 0);
    assert_int_equal(page_booklet_faces(1), 2);
    assert_int_equal(page_in_booklet(1, 0, 0, true), 0);
    assert_true(page_in_booklet(1, 0, 0, false) >= 1);
    assert_true(page_in_booklet(1, 0, 1, false) >= 1);
    assert_true(page_in_booklet(1, 0, 1, true) >= 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pages_come_in_order),
        cmocka_unit_test(test_eight_pages_as_printers_know_them),
        cmocka_unit_test(test_signatures),
        cmocka_unit_test(test_a_page_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

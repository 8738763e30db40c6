/* SPDX-License-Identifier: MIT
 *
 * Trees that are kept are those of the same text, and no others; there is a bound. */
#include "assertions.h"

#include <stdio.h>

#include "note/parsed.h"

static const str HELLO = {"hello *world*\n", 14}, OTHER = {"hello *worlds*\n", 15};

static int count(cmark_node *root)
{
    int n = 0;
    cmark_iter *iter = cmark_iter_new(root);
    while (cmark_iter_next(iter) != CMARK_EVENT_DONE) {
        n++;
    }
    cmark_iter_free(iter);
    return n;
}

static void the_second_time_is_kept(void **state)
{
    (void)state;
    struct note_parsed *p = note_parsed_new();
    for (int i = 0; i < 2; i++) {
        note_parsed_give_back(p, HELLO, note_parsed_take(p, HELLO), false);
    }
    cmark_node *kept = note_parsed_take(p, HELLO);
    note_parsed_give_back(p, HELLO, kept, false);
    cmark_node *other = note_parsed_take(p, OTHER);
    assert_ptr_not_equal(other, kept);
    note_parsed_give_back(p, OTHER, other, false);
    assert_ptr_equal(note_parsed_take(p, HELLO), kept);
    note_parsed_give_back(p, HELLO, kept, false);
    assert_int_equal(count(kept), 8);
    note_parsed_free(p);
}

static void what_was_changed_is_not(void **state)
{
    (void)state;
    struct note_parsed *p = note_parsed_new();
    for (int i = 0; i < 4; i++) {
        cmark_node *root = note_parsed_take(p, HELLO);
        assert_int_equal(count(root), 8);
        cmark_node_free(cmark_node_first_child(root));
        note_parsed_give_back(p, HELLO, root, true);
    }
    note_parsed_free(p);
}

/* More than fits, over and over, under the address sanitizer too. */
static void there_is_a_bound(void **state)
{
    (void)state;
    struct note_parsed *p = note_parsed_new();
    static char long_text[5000];
    memset(long_text, 'a', sizeof long_text);
    for (int i = 0; i < 200; i++) {
        snprintf(long_text, 16, "%d *x* ", i / 4);
        str text = {long_text, sizeof long_text};
        cmark_node *root = note_parsed_take(p, text);
        assert_non_null(cmark_node_first_child(root));
        note_parsed_give_back(p, text, root, false);
    }
    note_parsed_free(p);
}

static void without_memory_all_is_parsed(void **state)
{
    (void)state;
    cmark_node *root = note_parsed_take(NULL, HELLO);
    assert_int_equal(count(root), 8);
    note_parsed_give_back(NULL, HELLO, root, false);
    note_parsed_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_second_time_is_kept),
        cmocka_unit_test(what_was_changed_is_not),
        cmocka_unit_test(there_is_a_bound),
        cmocka_unit_test(without_memory_all_is_parsed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

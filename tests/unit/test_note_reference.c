/* SPDX-License-Identifier: MIT
 *
 * docs/notes.md: its tables are the reader's own; and the keys of the tables are whole.
 * To renew the page after a change of them: build/unit/test_note_reference --write */
#include "assertions.h"

#include <stdio.h>

#include "base/file.h"
#include "note/load.h"

static const str PAGE = {"docs/notes.md", 13};

static str read_page(struct arena *a)
{
    struct file_result file = file_read(a, PAGE, 1 << 20);
    assert_int_equal(file.status, FILE_OK);
    return file.bytes;
}

static void test_page_is_current(void **state)
{
    struct arena a;
    struct buf out;
    (void)state;
    arena_init(&a);
    buf_init(&out, &a);
    str page = read_page(&a);
    assert_str(note_reference(page, &out), "");
    if (!str_eq(page, buf_str(&out))) {
        fail_msg("docs/notes.md is not what the tables say; "
                 "renew it with test_note_reference --write");
    }
    arena_done(&a);
}

static bool holds(str text, const char *part)
{
    size_t at;
    return str_find(text, str_from(part), &at);
}

/* What is written by hand stays; what stands between the marks goes. */
static void test_only_tables_are_renewed(void **state)
{
    struct arena a;
    struct buf out;
    (void)state;
    arena_init(&a);
    buf_init(&out, &a);
    str faults = note_reference(STR("Before.\n<!-- keys: section -->\nold\n"
                                    "<!-- end -->\nBetween.\n"
                                    "<!-- keys: block options -->\n<!-- end -->\n"
                                    "Behind <!-- end -->.\n"), &out);
    str page = buf_str(&out);
    assert_str(faults, "`note`, `block kinds`, `item`, `callout`, `columns`, "
                       "`signature`, `table`, `row`, `cell`, `data`, `qr`, `image`, "
                       "`attachment`, `email`, `toc`");
    assert_true(str_starts(page, STR("Before.\n<!-- keys: section -->\n"
                                     "| key | takes | |\n|---|---|---|\n"
                                     "| `heading` | text | **Required.** The heading")));
    assert_true(holds(page, " |\n<!-- end -->\nBetween.\n"
                            "<!-- keys: block options -->\n"));
    assert_true(str_ends(page, STR(" |\n<!-- end -->\nBehind <!-- end -->.\n")));
    assert_false(holds(page, "old"));
    assert_true(holds(page, "| `when` | a condition or a list of them | A cond"));
    assert_true(holds(page, "\n| `level` | `heading` | a whole number | "));
    assert_true(holds(page, "\n| `id` | every kind | text | "));
    assert_false(holds(page, "| `paragraph` |"));
    arena_done(&a);
}

static void test_marks_that_lead_nowhere(void **state)
{
    struct arena a;
    struct buf out;
    (void)state;
    arena_init(&a);
    buf_init(&out, &a);
    str page = STR("<!-- keys: novel -->\nkept\n<!-- end -->\n"
                   "<!-- keys: item -->\nno end\n");
    str faults = note_reference(page, &out);
    assert_true(str_starts(faults, STR("`novel`, `item`, ")));
    assert_true(str_eq(buf_str(&out), page));
    arena_done(&a);
}

/* Every key is documented by one sentence that a table's cell can hold. */
static void test_keys_are_whole(void **state)
{
    static const struct note_keys *const ALL[] = {
        &NOTE_TOP_KEYS, &NOTE_SECTION_KEYS, &NOTE_BLOCK_KEYS,
        &NOTE_ITEM_KEYS, &NOTE_TABLE_KEYS, &NOTE_IMAGE_KEYS,
    };
    (void)state;
    for (size_t i = 0; i < sizeof ALL / sizeof *ALL; i++) {
        for (size_t k = 0; k < ALL[i]->n; k++) {
            const struct note_key *key = &ALL[i]->keys[k];
            assert_true(str_ends(str_from(key->doc), STR(".")));
            assert_false(holds(str_from(key->doc), "|"));
            assert_ptr_equal(note_keys_find(ALL[i], str_from(key->name)), key);
            assert_true(key->read || !(key->flags & NOTE_REQUIRED));
        }
    }
}

/* An option's owner is a kind; a kind is no option. */
static void test_options_have_owners(void **state)
{
    (void)state;
    assert_true(note_block_is_kind(STR("page-break")));
    assert_false(note_block_is_kind(STR("numbering")));
    assert_string_equal(note_block_owner(STR("numbering")), "list");
    assert_string_equal(note_block_owner(STR("language")), "code");
    assert_null(note_block_owner(STR("lang")));
    for (size_t i = 0; i < NOTE_BLOCK_KEYS.n; i++) {
        str key = str_from(NOTE_BLOCK_KEYS.keys[i].name);
        const char *owner = note_block_owner(key);
        assert_true(!owner || note_block_is_kind(str_from(owner)));
        assert_true(!owner || !note_block_is_kind(key));
    }
}

static int write_page(void)
{
    struct arena a;
    struct buf out;
    arena_init(&a);
    buf_init(&out, &a);
    struct file_result file = file_read(&a, PAGE, 1 << 20);
    str faults = file.status == FILE_OK ? note_reference(file.bytes, &out) : PAGE;
    if (faults.n) {
        fprintf(stderr, "docs/notes.md: %.*s\n", STR_ARG(faults));
    }
    int error = faults.n ? 1 : file_write(PAGE, buf_str(&out));
    arena_done(&a);
    return error;
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_page_is_current),
        cmocka_unit_test(test_only_tables_are_renewed),
        cmocka_unit_test(test_marks_that_lead_nowhere),
        cmocka_unit_test(test_keys_are_whole),
        cmocka_unit_test(test_options_have_owners),
    };
    if (argc == 2 && strcmp(argv[1], "--write") == 0) {
        return write_page();
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}

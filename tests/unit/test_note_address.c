/* SPDX-License-Identifier: MIT */
#include "note_fixture.h"

#include <stdio.h>

/* The note's own quotes around what is written. */
static void load(struct fixture *f, const char *written)
{
    static char text[1024];
    snprintf(text, sizeof text, "title: x\nemail:\n  to: '%s'\n", written);
    fixture_load(f, text);
}

static void test_addresses(void **state)
{
    (void)state;
    static const struct { const char *written, *name, *mailbox; } CASES[] = {
        {"a@b.example", "", "a@b.example"},
        {" <a@b.example> ", "", "a@b.example"},
        {"Ada Moor <a@b.example>", "Ada Moor", "a@b.example"},
        {"Moor, Ada (Chair); x <a@b.example>", "Moor, Ada (Chair); x", "a@b.example"},
        {"\"Moor \\\"Jim\\\" <x>\" <a@b.example>", "Moor \"Jim\" <x>", "a@b.example"},
        {"root@localhost", "", "root@localhost"},
        {"a.b+c_d=e/f@b-c.d.example", "", "a.b+c_d=e/f@b-c.d.example"},
        {"a@b\xC3\xBC" "cher.example", "", "a@b\xC3\xBC" "cher.example"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct fixture f;
        load(&f, CASES[i].written);
        assert_int_equal(f.sink.list.n, 0);
        assert_int_equal(f.note->email.lists[NOTE_EMAIL_TO].all.n, 1);
        const struct note_address *a = &f.note->email.lists[NOTE_EMAIL_TO].all.v[0];
        assert_str(a->name, CASES[i].name);
        assert_str(a->mailbox, CASES[i].mailbox);
        assert_int_equal(a->at.line, 3);
        fixture_done(&f);
    }
}

static void test_refused(void **state)
{
    (void)state;
    static const struct { const char *written, *said; } CASES[] = {
        {"a", "the address `a` of `to` has no @"},
        {"a@b@c", "the address `a@b@c` of `to` has two @"},
        {"", "an address of `to` is empty"},
        {"A <>", "the address `A <>` of `to` has no @"},
        {"@b", "the address `@b` of `to` has nothing before its @"},
        {"a@", "the address `a@` of `to` has no host behind its @"},
        {"a..b@c", "the address `a..b@c` of `to` has a dot too many before its @"},
        {"a@b.", "the address `a@b.` of `to` has a host behind its @ that none can have"},
        {"a(b)@c", "the address `a(b)@c` of `to` has a sign before its @ that none may "
                   "have"},
        {"A <b> <c@d>", "the address `A <b> <c@d>` of `to` has a < or > too many"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct fixture f;
        load(&f, CASES[i].written);
        assert_int_equal(f.sink.list.n, 1);
        assert_int_equal(f.sink.list.v[0].code, DIAG_BAD_ADDRESS);
        assert_str(f.sink.list.v[0].message, CASES[i].said);
        assert_int_equal(f.note->email.lists[NOTE_EMAIL_TO].all.n, 0);
        fixture_done(&f);
    }
}

static void test_cover_is_a_note_of_its_own(void **state)
{
    (void)state;
    struct fixture f;
    fixture_load(&f, "title: x[^a]\nfootnotes: {a: One}\nemail:\n  body: |\n"
                     "    Two[^a]\n\n    [^a]: Other.\n");
    assert_int_equal(f.sink.list.n, 0);
    assert_int_equal(f.note->footnotes.n, 1);
    assert_int_equal(f.note->email.cover->footnotes.n, 1);
    assert_true(f.note->email.attach_pdf);
    fixture_done(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_addresses),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_cover_is_a_note_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

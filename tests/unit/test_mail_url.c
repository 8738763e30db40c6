/* SPDX-License-Identifier: MIT
 * link: -lcurl */
#include "assertions.h"

#include "mail/smtp.h"

static struct arena arena;

static int start(void **state)
{
    (void)state;
    arena_init(&arena);
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_done(&arena);
    return 0;
}

static void test_addresses(void **state)
{
    static const struct { const char *given, *url, *user; } CASES[] = {
        {"smtp://mail.example.org", "smtp://mail.example.org/", NULL},
        {"smtps://mail.example.org:465", "smtps://mail.example.org:465/", NULL},
        {"SMTP://mail.example.org/", "smtp://mail.example.org/", NULL},
        {"smtp://ada@mail.example.org:587", "smtp://mail.example.org:587/", "ada"},
        {"smtp://ada@example.org@mail.example.org", "smtp://mail.example.org/",
         "ada@example.org"},
        {"smtp://a@b@c@mail.example.org", "smtp://mail.example.org/", "a@b@c"},
        {"smtp://a%20b@mail.example.org", "smtp://mail.example.org/", "a b"},
        {"smtp://[::1]:25", "smtp://[::1]:25/", NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct smtp_server server = {0};
        assert_null(smtp_read_url(CASES[i].given, &server, &arena));
        assert_string_equal(server.url, CASES[i].url);
        assert_int_equal(server.user == NULL, CASES[i].user == NULL);
        if (server.user) {
            assert_string_equal(server.user, CASES[i].user);
        }
    }
}

static void test_what_is_none(void **state)
{
    static const struct { const char *given, *fault; } CASES[] = {
        {"", "no address"}, {"mail.example.org", "no address"},
        {"http://mail.example.org", "must begin with"}, {"smtp://", "no address"},
        {"smtp://ada:secret@host", "a password has no place"},
        {"smtp://ada:@host", "a password has no place"},
        {"smtp://@host", "is empty"}, {"smtp://host/path", "nothing may stand behind"},
        {"smtp://host?q", "nothing may stand behind"},
        {"smtp://host#f", "nothing may stand behind"},
        {"smtp://host:99999", "no address"}, {"smtp://a b", "no address"},
        {"smtp://host\r\nQUIT", "no address"}, {"smtp://a\nb@host", "no address"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct smtp_server server = {0};
        const char *fault = smtp_read_url(CASES[i].given, &server, &arena);
        if (!fault || !strstr(fault, CASES[i].fault)) {
            fail_msg("`%s`: %s", CASES[i].given, fault ? fault : "taken");
        }
    }
}

static void test_this_machine(void **state)
{
    (void)state;
    static const char *const LOCAL[] = {"smtp://localhost/", "smtp://localhost:25/",
                                        "smtp://127.0.0.1:25/", "smtp://[::1]/"};
    static const char *const OTHER[] = {"smtp://localhost.example.org/", "smtp://local/",
                                        "smtp://127.0.0.10/", "smtp://[::10]/",
                                        "smtp://mail.example.org/"};
    for (size_t i = 0; i < sizeof LOCAL / sizeof *LOCAL; i++) {
        assert_true(smtp_is_local(LOCAL[i]));
    }
    for (size_t i = 0; i < sizeof OTHER / sizeof *OTHER; i++) {
        assert_false(smtp_is_local(OTHER[i]));
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_addresses), TEST(test_what_is_none), TEST(test_this_machine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

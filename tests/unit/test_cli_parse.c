/* SPDX-License-Identifier: MIT
 *
 * cli/parse.c and cli/table.c: what command lines mean, and which are refused. What is
 * said about the refused ones goes to standard error, which is caught in a file. */
#include "assertions.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/str.h"
#include "cli/cli.h"

enum { MAX_WORDS = 12 };

static struct arena arena;

/* Splits `line` at spaces; `_` stands for an empty argument. */
static int split(const char *line, char **argv)
{
    int argc = 0;
    argv[argc++] = (char *)(uintptr_t)"infonote";
    str rest = str_from(line);
    while (rest.n) {
        str word = str_cut(rest, ' ', &rest);
        assert_true(argc < MAX_WORDS);
        argv[argc++] = arena_copy(&arena, word.p, str_is(word, "_") ? 0 : word.n);
    }
    return argc;
}

static bool parse(struct cli_call *call, const char *line)
{
    char **argv = NEW_ARRAY(&arena, char *, MAX_WORDS);
    *call = (struct cli_call){.arena = &arena};
    return cli_parse(call, split(line, argv), argv);
}

/* Parses with standard error caught; what was said is in `*said`. */
static bool parse_caught(struct cli_call *call, const char *line, str *said)
{
    char *text = NULL;
    size_t size = 0;
    FILE *old = stderr, *caught = open_memstream(&text, &size);
    stderr = caught;
    bool good = parse(call, line);
    stderr = old;
    fclose(caught);
    *said = str_copy(&arena, (str){text, size});
    free(text);
    return good;
}

static void test_good_lines(void **state)
{
    (void)state;
    static const struct {
        const char *line, *command, *args;
        enum cli_option_id option; /* CLI_OPTION_COUNT: not looked at */
        const char *value;
    } CASES[] = {
        {"n.yaml", "render", "n.yaml", CLI_OUTPUT, NULL},
        {"-", "render", "-", CLI_OPTION_COUNT, NULL},
        {"./note", "render", "./note", CLI_OPTION_COUNT, NULL},
        {"render n.yaml -o x.pdf", "render", "n.yaml", CLI_OUTPUT, "x.pdf"},
        {"render -ox.pdf n.yaml", "render", "n.yaml", CLI_OUTPUT, "x.pdf"},
        {"--output=x.pdf n.yaml", "render", "n.yaml", CLI_OUTPUT, "x.pdf"},
        {"--output x.pdf render n.yaml", "render", "n.yaml", CLI_OUTPUT, "x.pdf"},
        {"-o - n.yaml", "render", "n.yaml", CLI_OUTPUT, "-"},
        {"-o -q n.yaml", "render", "n.yaml", CLI_OUTPUT, "-q"},
        {"-o a -o b n.yaml", "render", "n.yaml", CLI_OUTPUT, "b"},
        {"-qvo x n.yaml", "render", "n.yaml", CLI_QUIET, ""},
        {"--layout=a=b n.yaml", "render", "n.yaml", CLI_LAYOUT, "a=b"},
        {"render -- -o", "render", "-o", CLI_OUTPUT, NULL},
        {"-- check", "check", "", CLI_OPTION_COUNT, NULL},
        {"check a b.yaml c", "check", "a b.yaml c", CLI_OPTION_COUNT, NULL},
        {"check render.yaml render", "check", "render.yaml render", CLI_OPTION_COUNT,
         NULL},
        {"check --format sarif a", "check", "a", CLI_FORMAT, "sarif"},
        {"dump --stage tree a", "dump", "a", CLI_STAGE, "tree"},
        {"schema layout", "schema", "layout", CLI_OPTION_COUNT, NULL},
        {"-h", "help", "", CLI_OPTION_COUNT, NULL},
        {"render --help", "help", "render", CLI_OPTION_COUNT, NULL},
        {"check a b --help --stage tree", "help", "check", CLI_OPTION_COUNT, NULL},
        {"--version render", "version", "", CLI_OPTION_COUNT, NULL},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct cli_call call;
        str args = STR_NONE;
        bool needs_more = strcmp(CASES[i].line, "-- check") == 0;
        str said;
        if (!parse_caught(&call, CASES[i].line, &said) && !needs_more) {
            fail_msg("`%s`: %.*s", CASES[i].line, STR_ARG(said));
        }
        assert_string_equal(call.command->name, CASES[i].command);
        for (int k = 0; k < call.n_args; k++) {
            args = str_format(&arena, "%.*s%s%s", STR_ARG(args), k ? " " : "",
                              call.args[k]);
        }
        assert_str(args, CASES[i].args);
        if (CASES[i].option == CLI_OPTION_COUNT) {
            continue;
        }
        const char *value = call.values[CASES[i].option];
        assert_int_equal(value != NULL, CASES[i].value != NULL);
        assert_true(!value || strcmp(value, CASES[i].value) == 0);
    }
}

/* Of options that may be repeated all values count. */
static void test_settings(void **state)
{
    struct cli_call call;
    (void)state;
    assert_true(parse(&call, "check --set a=b n.yaml --set=c.d=e=f --set g="));
    assert_int_equal(call.n_settings, 3);
    assert_string_equal(call.settings[0], "a=b");
    assert_string_equal(call.settings[1], "c.d=e=f");
    assert_string_equal(call.settings[2], "g=");
    assert_null(call.settings[3]);
}

static void test_options_in_their_order(void **state)
{
    struct cli_call call;
    (void)state;
    assert_true(parse(&call, "mail -qv --to=a@b.c n.yaml --cc d@e.f --to g@h.i"));
    assert_int_equal(call.n_given, 5);
    assert_int_equal(call.given[0].id, CLI_QUIET);
    assert_int_equal(call.given[1].id, CLI_VERBOSE);
    assert_int_equal(call.given[2].id, CLI_TO);
    assert_string_equal(call.given[2].value, "a@b.c");
    assert_int_equal(call.given[3].id, CLI_CC);
    assert_string_equal(call.given[4].value, "g@h.i");
}

static void test_refused_lines(void **state)
{
    (void)state;
    static const struct { const char *line, *said; } CASES[] = {
        {"", "what to do?"},
        {"rendr n.yaml", "there is no command `rendr`; did you mean `render`?"},
        {"Check n.yaml", "there is no command `Check`; did you mean `check`?"},
        {"post", "there is no command `post`\n"},
        {"bulk", "`bulk` needs TEMPLATE.yaml"},
        {"render", "`render` needs NOTE.yaml"},
        {"render a b", "`render` cannot take `b` too"},
        {"render _", "a file name is empty"},
        {"layouts x", "`layouts` cannot take `x` too"},
        {"render n.yaml --outptu x", "no option `--outptu`; did you mean `--output`?"},
        {"render n.yaml --=x", "there is no option `--`"},
        {"render n.yaml --sett a", "there is no option `--sett`; did you mean `--set`?"},
        {"render n.yaml --set a", "`--set` takes NAME=VALUE, not `a`\n"},
        {"check n.yaml --set =a", "`--set` takes NAME=VALUE, not `=a`\n"},
        {"layouts --data a", "`layouts` takes no option `--data`"},
        {"render n.yaml -x", "there is no option `-x`"},
        {"render n.yaml -qx", "there is no option `-x`"},
        {"render n.yaml --quiet=no", "`--quiet` takes no value"},
        {"render n.yaml -o", "`--output` needs a value: --output FILE"},
        {"render n.yaml --output=", "the value of `--output` is empty"},
        {"render n.yaml -o _", "the value of `--output` is empty"},
        {"check n.yaml -o x", "`check` takes no option `--output`"},
        {"--stage tree n.yaml", "`render` takes no option `--stage`"},
        {"check --format jsn n", "`--format` takes text, json or sarif, not `jsn`; did "
                                 "you mean `json`?"},
        {"dump --stage PDF n", "`--stage` takes yaml, note, tree, pages, text or html, "
                               "not `PDF`\n"},
        {"schema notes", "`schema` takes note or layout, not `notes`; did you mean "
                         "`note`?"},
        {"help a b", "`help` cannot take `b` too"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct cli_call call;
        str said;
        size_t at;
        bool good = parse_caught(&call, CASES[i].line, &said);
        if (good || !str_find(said, str_from(CASES[i].said), &at) ||
            !str_starts(said, STR("infonote: "))) {
            fail_msg("`%s`: %.*s", CASES[i].line, STR_ARG(said));
        }
        assert_true(str_find(said, STR("\nsee `infonote help"), &at));
    }
}

/* A file without an ending is a note if it is there. */
static void test_a_file_that_is_there(void **state)
{
    (void)state;
    char folder[] = "/tmp/infonote-parse-XXXXXX";
    struct cli_call call;
    assert_non_null(mkdtemp(folder));
    assert_int_equal(chdir(folder), 0);
    fclose(fopen("minutes", "w"));
    assert_true(parse(&call, "minutes"));
    assert_string_equal(call.command->name, "render");
    unlink("minutes");
    assert_int_equal(chdir("/"), 0);
    rmdir(folder);
}

static void test_the_tables(void **state)
{
    (void)state;
    for (int i = 0; i < CLI_OPTION_COUNT; i++) {
        assert_non_null(CLI_OPTIONS[i].name);
        assert_non_null(CLI_OPTIONS[i].help);
        for (int j = 0; j < i; j++) {
            assert_string_not_equal(CLI_OPTIONS[i].name, CLI_OPTIONS[j].name);
            assert_true(!CLI_OPTIONS[i].letter ||
                        CLI_OPTIONS[i].letter != CLI_OPTIONS[j].letter);
        }
    }
    for (size_t i = 0; i < CLI_COMMAND_COUNT; i++) {
        assert_ptr_equal(cli_find_command(CLI_COMMANDS[i].name), &CLI_COMMANDS[i]);
        assert_true(cli_takes(&CLI_COMMANDS[i], CLI_HELP));
        assert_non_null(CLI_COMMANDS[i].run);
    }
}

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_done(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good_lines),
        cmocka_unit_test(test_settings),
        cmocka_unit_test(test_options_in_their_order),
        cmocka_unit_test(test_refused_lines),
        cmocka_unit_test(test_a_file_that_is_there),
        cmocka_unit_test(test_the_tables),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}

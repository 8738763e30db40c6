/* SPDX-License-Identifier: MIT
 *
 * In:  main's arguments. Out: a command, its options, its arguments.
 *
 *     infonote [OPTION…] [COMMAND] [OPTION…] [ARGUMENT…] [-- ARGUMENT…]
 *     OPTION: --name, --name=VALUE, --name VALUE, -n, -nVALUE, -n VALUE, -qv
 *
 * A first argument that is no command but could be a note is rendered. Options may come
 * before the command, so whether it takes them is asked at the end. */
#include "cli/cli.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/diag.h"

int cli_wrong_use(const struct cli_call *call, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fputs("infonote: ", stderr);
    vfprintf(stderr, format, args);
    va_end(args);
    fprintf(stderr, "\nsee `infonote help%s%s`\n", call->command ? " " : "",
            call->command ? call->command->name : "");
    return CLI_WRONG_USE;
}

/* --- suggestions --- */

/* "; did you mean `x`?", or nothing. */
static const char *suggest(const struct cli_call *call, const char *word,
                           const char *const *candidates, size_t n)
{
    str hint = diag_suggest(call->arena, str_from(word), candidates, n);
    return hint.n ? str_format(call->arena, "; %.*s", STR_ARG(hint)).p : "";
}

const char *cli_suggest_command(const struct cli_call *call, const char *word)
{
    const char **names = NEW_ARRAY(call->arena, const char *, CLI_COMMAND_COUNT);
    for (size_t i = 0; i < CLI_COMMAND_COUNT; i++) {
        names[i] = CLI_COMMANDS[i].name;
    }
    return suggest(call, word, names, CLI_COMMAND_COUNT);
}

static const char *suggest_option(const struct cli_call *call, const char *word)
{
    const char *names[CLI_OPTION_COUNT];
    size_t n = 0;
    for (int i = 0; i < CLI_OPTION_COUNT; i++) {
        if (!call->command || cli_takes(call->command, (enum cli_option_id)i)) {
            names[n++] = str_format(call->arena, "--%s", CLI_OPTIONS[i].name).p;
        }
    }
    return suggest(call, word, names, n);
}

/* "text, json or sarif" */
static const char *choices_text(const struct cli_call *call, const char *const *choices)
{
    str text = STR_NONE;
    for (int i = 0; choices[i]; i++) {
        const char *before = i == 0 ? "" : choices[i + 1] ? ", " : " or ";
        text = str_format(call->arena, "%.*s%s%s", STR_ARG(text), before, choices[i]);
    }
    return text.p;
}

static bool check_choice(const struct cli_call *call, const char *what,
                         const char *const *choices, const char *value)
{
    size_t n = 0;
    if (!choices || cli_choice(choices, value) >= 0) {
        return true;
    }
    while (choices[n]) {
        n++;
    }
    cli_wrong_use(call, "%s takes %s, not `%s`%s", what, choices_text(call, choices),
                  value, suggest(call, value, choices, n));
    return false;
}

/* --- options --- */

static int find_option(const char *name, size_t n)
{
    for (int i = 0; i < CLI_OPTION_COUNT; i++) {
        const char *other = CLI_OPTIONS[i].name;
        if (strlen(other) == n && memcmp(other, name, n) == 0) {
            return i;
        }
    }
    return -1;
}

static int find_letter(char letter)
{
    for (int i = 0; i < CLI_OPTION_COUNT; i++) {
        if (CLI_OPTIONS[i].letter && CLI_OPTIONS[i].letter == letter) {
            return i;
        }
    }
    return -1;
}

/* The rest of the command line. */
struct cursor {
    char **argv;
    int at, argc;
};

/* NAME=VALUE; all of them count, not the last one alone. */
static bool add_setting(struct cli_call *call, const char *setting)
{
    if (!strchr(setting, '=') || setting[0] == '=') {
        cli_wrong_use(call, "`--set` takes NAME=VALUE, not `%s`", setting);
        return false;
    }
    call->settings[call->n_settings++] = setting;
    return true;
}

static void add_given(struct cli_call *call, int id)
{
    call->given[call->n_given++] =
        (struct cli_given){(enum cli_option_id)id, call->values[id]};
}

/* Sets option `id`; `attached` is a value that was written together with it. */
static bool set_option(struct cli_call *call, struct cursor *c, int id,
                       const char *attached)
{
    const struct cli_option *o = &CLI_OPTIONS[id];
    if (!o->argument) {
        call->values[id] = "";
        add_given(call, id);
        return true;
    }
    if (!attached && c->at + 1 >= c->argc) {
        cli_wrong_use(call, "`--%s` needs a value: --%s %s", o->name, o->name,
                      o->argument);
        return false;
    }
    call->values[id] = attached ? attached : c->argv[++c->at];
    add_given(call, id);
    const char *what = str_format(call->arena, "`--%s`", o->name).p;
    if (call->values[id][0] == '\0') {
        cli_wrong_use(call, "the value of %s is empty", what);
        return false;
    }
    if (id == CLI_SET) {
        return add_setting(call, call->values[id]);
    }
    return check_choice(call, what, o->choices, call->values[id]);
}

static bool parse_long(struct cli_call *call, struct cursor *c)
{
    const char *arg = c->argv[c->at] + 2;
    const char *equals = strchr(arg, '=');
    size_t n = equals ? (size_t)(equals - arg) : strlen(arg);
    int id = find_option(arg, n);
    const char *typed = str_format(call->arena, "--%.*s", (int)n, arg).p;
    if (id < 0) {
        cli_wrong_use(call, "there is no option `%s`%s", typed,
                      suggest_option(call, typed));
        return false;
    }
    if (equals && !CLI_OPTIONS[id].argument) {
        cli_wrong_use(call, "`%s` takes no value", typed);
        return false;
    }
    return set_option(call, c, id, equals ? equals + 1 : NULL);
}

/* Flags may stand together (-qv); a value may follow its letter at once (-oFILE). */
static bool parse_short(struct cli_call *call, struct cursor *c)
{
    for (const char *p = c->argv[c->at] + 1; *p; p++) {
        int id = find_letter(*p);
        if (id < 0) {
            cli_wrong_use(call, "there is no option `-%c`", *p);
            return false;
        }
        bool takes_rest = CLI_OPTIONS[id].argument && p[1];
        if (!set_option(call, c, id, takes_rest ? p + 1 : NULL)) {
            return false;
        }
        if (CLI_OPTIONS[id].argument) {
            break;
        }
    }
    return true;
}

/* --- arguments --- */

static bool could_be_note(const char *arg)
{
    return strpbrk(arg, "./") || strcmp(arg, "-") == 0 || access(arg, F_OK) == 0;
}

static bool parse_argument(struct cli_call *call, char *arg)
{
    if (!call->command) {
        call->command = cli_find_command(arg);
        if (call->command) {
            return true;
        }
        if (!could_be_note(arg)) {
            cli_wrong_use(call, "there is no command `%s`%s", arg,
                          cli_suggest_command(call, arg));
            return false;
        }
        call->command = cli_find_command("render");
    }
    call->args[call->n_args++] = arg;
    return true;
}

static bool parse_all(struct cli_call *call, struct cursor *c)
{
    bool options_end = false;
    for (; c->at < c->argc; c->at++) {
        char *arg = c->argv[c->at];
        bool good = true;
        if (options_end || arg[0] != '-' || arg[1] == '\0') {
            good = parse_argument(call, arg);
        } else if (strcmp(arg, "--") == 0) {
            options_end = true;
        } else {
            good = arg[1] == '-' ? parse_long(call, c) : parse_short(call, c);
        }
        if (!good) {
            return false;
        }
    }
    return true;
}

/* --- what the command says to it --- */

static bool check_options(const struct cli_call *call)
{
    for (int i = 0; i < CLI_OPTION_COUNT; i++) {
        if (call->values[i] && !cli_takes(call->command, (enum cli_option_id)i)) {
            cli_wrong_use(call, "`%s` takes no option `--%s`", call->command->name,
                          CLI_OPTIONS[i].name);
            return false;
        }
    }
    return true;
}

static bool check_arguments(const struct cli_call *call)
{
    const struct cli_command *command = call->command;
    const char *name = str_format(call->arena, "`%s`", command->name).p;
    bool other = call->values[CLI_COLLECT] != NULL; /* journals, any number of them */
    if (!other && call->n_args < command->min) {
        cli_wrong_use(call, "%s needs %s", name, command->arguments);
        return false;
    }
    if (!other && command->max >= 0 && call->n_args > command->max) {
        cli_wrong_use(call, "%s cannot take `%s` too", name, call->args[command->max]);
        return false;
    }
    for (int i = 0; i < call->n_args; i++) {
        if (call->args[i][0] == '\0') {
            cli_wrong_use(call, "a file name is empty");
            return false;
        }
        if (!check_choice(call, name, command->choices, call->args[i])) {
            return false;
        }
    }
    return true;
}

/* --help and --version are the commands of the same name, whatever else is there. */
static bool redirect(struct cli_call *call)
{
    if (call->values[CLI_HELP]) {
        call->n_args = call->command != NULL;
        call->args[0] = call->command ? (char *)(uintptr_t)call->command->name : NULL;
        call->command = cli_find_command("help");
    } else if (call->values[CLI_VERSION]) {
        call->n_args = 0;
        call->command = cli_find_command("version");
    } else {
        return false;
    }
    return true;
}

/* At least as many as there can be options: several letters may stand together. */
static size_t letters_of(int argc, char **argv)
{
    size_t n = 0;
    for (int i = 1; i < argc; i++) {
        n += strlen(argv[i]);
    }
    return n;
}

bool cli_parse(struct cli_call *call, int argc, char **argv)
{
    struct cursor c = {argv, 1, argc};
    call->args = argv; /* written behind where the cursor is */
    call->settings = NEW_ARRAY(call->arena, const char *, argc + 1);
    call->given = NEW_ARRAY(call->arena, struct cli_given, letters_of(argc, argv) + 1);
    if (!parse_all(call, &c)) {
        return false;
    }
    if (redirect(call)) {
        return true;
    }
    if (!call->command) {
        cli_wrong_use(call, "what to do? For example: infonote NOTE.yaml");
        return false;
    }
    return check_options(call) && check_arguments(call);
}

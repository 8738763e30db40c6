/* SPDX-License-Identifier: MIT
 *
 * `help` and `version`, made of the tables. */
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>

#include "infonote.h"

int cli_version(const struct cli_call *call)
{
    (void)call;
    puts("infonote " INFONOTE_VERSION);
    return CLI_DONE;
}

/* "  -o, --output FILE   write the PDF…" */
static void print_option(const struct cli_option *o)
{
    char names[64];
    if (o->letter) {
        snprintf(names, sizeof names, "-%c, --%s %s", o->letter, o->name,
                 o->argument ? o->argument : "");
    } else {
        snprintf(names, sizeof names, "    --%s %s", o->name,
                 o->argument ? o->argument : "");
    }
    printf("  %-24s %s", names, o->help);
    for (int i = 0; o->choices && o->choices[i]; i++) {
        printf("%s%s", i == 0 ? ": " : o->choices[i + 1] ? ", " : " or ", o->choices[i]);
    }
    putchar('\n');
}

static void print_command(const struct cli_command *command)
{
    printf("usage: infonote %s [OPTION...]%s%s\n\n%s: %s\n\noptions:\n", command->name,
           command->arguments[0] ? " " : "", command->arguments, command->name,
           command->help);
    for (int i = 0; i < CLI_OPTION_COUNT; i++) {
        if (cli_takes(command, (enum cli_option_id)i) && i != CLI_VERSION) {
            print_option(&CLI_OPTIONS[i]);
        }
    }
}

static void print_overview(void)
{
    puts("infonote turns a note in YAML into a PDF that is ready to print, to mail and\n"
         "to keep.\n\n"
         "usage: infonote NOTE.yaml          makes NOTE.pdf\n"
         "       infonote COMMAND [OPTION...] [ARGUMENT...]\n\n"
         "commands:");
    for (size_t i = 0; i < CLI_COMMAND_COUNT; i++) {
        char names[64];
        snprintf(names, sizeof names, "%s %s", CLI_COMMANDS[i].name,
                 CLI_COMMANDS[i].arguments);
        printf("  %-28s %s\n", names, CLI_COMMANDS[i].help);
    }
    puts("\n`infonote help COMMAND` has the options of a command. A note may be `-`,\n"
         "standard input.\n\n"
         "exit status: 0 done; 1 the note has errors, nothing was written; 2 wrong use;\n"
         "3 the system failed (file, disk, memory); 4 some records of a bulk run "
         "failed.");
}

int cli_help(const struct cli_call *call)
{
    if (call->n_args == 0) {
        print_overview();
        return CLI_DONE;
    }
    const struct cli_command *command = cli_find_command(call->args[0]);
    if (!command) {
        return cli_wrong_use(call, "there is no command `%s`%s", call->args[0],
                             cli_suggest_command(call, call->args[0]));
    }
    print_command(command);
    return CLI_DONE;
}

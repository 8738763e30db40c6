/* SPDX-License-Identifier: MIT
 *
 * `completions`: the tables once more, as code for bash, zsh and fish. Words of the
 * tables hold no characters that a shell would interpret; their help texts may, and are
 * quoted. */
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>

/* `text` in single quotes, as all three shells read it. */
static void print_quoted(const char *text)
{
    putchar('\'');
    for (; *text; text++) {
        if (*text == '\'') {
            fputs("'\\''", stdout);
        } else {
            putchar(*text);
        }
    }
    putchar('\'');
}

static void print_choices(const char *const *choices)
{
    for (int i = 0; choices[i]; i++) {
        printf("%s%s", i ? " " : "", choices[i]);
    }
}

/* --- bash --- */

static void bash_values(void)
{
    puts("    case $prev in");
    for (int i = 0; i < CLI_OPTION_COUNT; i++) {
        const struct cli_option *o = &CLI_OPTIONS[i];
        if (!o->argument) {
            continue;
        }
        printf("    --%s", o->name);
        if (o->letter) {
            printf("|-%c", o->letter);
        }
        fputs(") COMPREPLY=($(compgen ", stdout);
        if (o->choices) {
            fputs("-W '", stdout);
            print_choices(o->choices);
            fputs("'", stdout);
        } else {
            fputs("-f", stdout);
        }
        puts(" -- \"$cur\")); return;;");
    }
    puts("    esac");
}

/* What a command takes; NULL: before one is named, when a note would be rendered. */
static void bash_command(const struct cli_command *command)
{
    const struct cli_command *c = command ? command : cli_find_command("render");
    printf("    %s) options='", command ? c->name : "*");
    for (int i = 0; i < CLI_OPTION_COUNT; i++) {
        if (cli_takes(c, (enum cli_option_id)i)) {
            printf("--%s ", CLI_OPTIONS[i].name);
        }
    }
    fputs("'", stdout);
    if (c->choices) {
        fputs("; words='", stdout);
        print_choices(c->choices);
        fputs("'", stdout);
    } else if (!command || c->run == cli_help) {
        fputs("; words=$commands", stdout);
    }
    bool notes = c->max != 0 && !c->choices && c->run != cli_help;
    printf("; files=%d;;\n", notes);
}

static void print_bash(void)
{
    puts("# bash completion of infonote; made by `infonote completions bash`\n"
         "_infonote() {\n"
         "    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}\n"
         "    local command='' word commands='' options='' words='' files=1");
    fputs("    commands='", stdout);
    for (size_t i = 0; i < CLI_COMMAND_COUNT; i++) {
        printf("%s%s", i ? " " : "", CLI_COMMANDS[i].name);
    }
    puts("'\n"
         "    COMPREPLY=()");
    bash_values();
    puts("    for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
         "        case \" $commands \" in *\" $word \"*) command=$word; break;; esac\n"
         "    done\n"
         "    case $command in");
    for (size_t i = 0; i < CLI_COMMAND_COUNT; i++) {
        bash_command(&CLI_COMMANDS[i]);
    }
    bash_command(NULL);
    puts("    esac\n"
         "    if [[ $cur == -* ]]; then\n"
         "        COMPREPLY=($(compgen -W \"$options\" -- \"$cur\"))\n"
         "    else\n"
         "        COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
         "        if [[ $files == 1 ]]; then\n"
         "            COMPREPLY+=($(compgen -f -X '!*.@(yaml|yml)' -- \"$cur\")\n"
         "                        $(compgen -d -- \"$cur\"))\n"
         "        fi\n"
         "    fi\n"
         "}\n"
         "shopt -s extglob\n"
         "complete -o filenames -F _infonote infonote");
}

/* --- zsh --- */

/* '(-o --output)'{-o,--output=}'[write…]:FILE:_files' */
static void zsh_option(const struct cli_option *o)
{
    char help[192];
    const char *equals = o->argument ? "=" : "";
    fputs(" \\\n            ", stdout);
    if (o->letter) {
        printf("'(-%c --%s)'{-%c,--%s%s}", o->letter, o->name, o->letter, o->name,
               equals);
    } else {
        printf("--%s%s", o->name, equals);
    }
    snprintf(help, sizeof help, "[%s]", o->help);
    print_quoted(help);
    if (o->choices) {
        printf("':%s:(", o->argument);
        print_choices(o->choices);
        fputs(")'", stdout);
    } else if (o->argument) {
        printf("':%s:_files'", o->argument);
    }
}

static void zsh_command(const struct cli_command *command)
{
    printf("        %s) _arguments", command->name);
    for (int i = 0; i < CLI_OPTION_COUNT; i++) {
        if (cli_takes(command, (enum cli_option_id)i)) {
            zsh_option(&CLI_OPTIONS[i]);
        }
    }
    if (command->choices) {
        fputs(" \\\n            '*:word:(", stdout);
        print_choices(command->choices);
        fputs(")'", stdout);
    } else if (command->run == cli_help) {
        fputs(" \\\n            '*:command:($names)'", stdout);
    } else if (command->max != 0) {
        fputs(" \\\n            '*:note:_files -g \"*.(yaml|yml)\"'", stdout);
    }
    puts(";;");
}

static void print_zsh(void)
{
    puts("#compdef infonote\n"
         "# zsh completion of infonote; made by `infonote completions zsh`\n"
         "_infonote() {\n"
         "    local -a commands names\n"
         "    commands=(");
    for (size_t i = 0; i < CLI_COMMAND_COUNT; i++) {
        char entry[128];
        snprintf(entry, sizeof entry, "%s:%s", CLI_COMMANDS[i].name,
                 CLI_COMMANDS[i].help);
        fputs("        ", stdout);
        print_quoted(entry);
        putchar('\n');
    }
    puts("    )\n"
         "    names=(${commands%%:*})\n"
         "    if (( CURRENT == 2 )); then\n"
         "        _describe command commands\n"
         "        _files -g '*.(yaml|yml)'\n"
         "        return\n"
         "    fi\n"
         "    local command=$words[2]\n"
         "    (( $names[(Ie)$command] )) || command=render\n"
         "    case $command in");
    for (size_t i = 0; i < CLI_COMMAND_COUNT; i++) {
        zsh_command(&CLI_COMMANDS[i]);
    }
    puts("    esac\n"
         "}\n"
         "if [[ $funcstack[1] == _infonote ]]; then _infonote \"$@\"\n"
         "else compdef _infonote infonote; fi");
}

/* --- fish --- */

static void fish_option(int id)
{
    const struct cli_option *o = &CLI_OPTIONS[id];
    fputs("complete -c infonote -n '__fish_seen_subcommand_from", stdout);
    for (size_t i = 0; i < CLI_COMMAND_COUNT; i++) {
        if (cli_takes(&CLI_COMMANDS[i], (enum cli_option_id)id)) {
            printf(" %s", CLI_COMMANDS[i].name);
        }
    }
    printf("' -l %s", o->name);
    if (o->letter) {
        printf(" -s %c", o->letter);
    }
    fputs(o->argument ? " -r" : "", stdout);
    if (o->choices) {
        fputs(" -f -a '", stdout);
        print_choices(o->choices);
        fputs("'", stdout);
    }
    fputs(" -d ", stdout);
    print_quoted(o->help);
    putchar('\n');
}

static void print_fish(void)
{
    puts("# fish completion of infonote; made by `infonote completions fish`");
    for (size_t i = 0; i < CLI_COMMAND_COUNT; i++) {
        const struct cli_command *command = &CLI_COMMANDS[i];
        printf("complete -c infonote -n __fish_use_subcommand -a %s -d ", command->name);
        print_quoted(command->help);
        putchar('\n');
        if (command->choices) {
            printf("complete -c infonote -f -n '__fish_seen_subcommand_from %s' -a '",
                   command->name);
            print_choices(command->choices);
            puts("'");
        }
    }
    for (int i = 0; i < CLI_OPTION_COUNT; i++) {
        fish_option(i);
    }
}

int cli_completions(const struct cli_call *call)
{
    static const struct { const char *shell; void (*print)(void); } SHELLS[] = {
        {"bash", print_bash}, {"zsh", print_zsh}, {"fish", print_fish},
    };
    for (size_t i = 0; i < sizeof SHELLS / sizeof *SHELLS; i++) {
        if (strcmp(SHELLS[i].shell, call->args[0]) == 0) {
            SHELLS[i].print();
        }
    }
    return CLI_DONE;
}

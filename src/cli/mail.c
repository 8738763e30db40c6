/* SPDX-License-Identifier: MIT
 *
 * `infonote mail`: hands its options over to infonote-mail, which stands beside this
 * program or in libexec/. */
#include "cli/cli.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"

static const char NAME[] = "infonote-mail";

/* What must not be overwritten, and would be. */
static bool would_replace(const struct cli_call *call, const char *path, const char *what)
{
    const char *out = call->values[CLI_OUTPUT];
    bool same = out && path && strcmp(out, "-") != 0 && cli_same_file(out, path);
    if (same) {
        cli_wrong_use(call, "the message would replace the %s `%s`", what, path);
    }
    return same;
}

static char *argument(const struct cli_call *call, const struct cli_given *given)
{
    const struct cli_option *o = &CLI_OPTIONS[given->id];
    str text = o->argument ? str_format(call->arena, "--%s=%s", o->name, given->value)
                           : str_format(call->arena, "--%s", o->name);
    return (char *)(uintptr_t)text.p;
}

int cli_mail(const struct cli_call *call)
{
    infonote_options options;
    str program = file_companion(call->arena, NAME);
    if (would_replace(call, call->args[0], "note") ||
        would_replace(call, call->values[CLI_LAYOUT], "layout") ||
        would_replace(call, call->values[CLI_DATA], "data") ||
        !cli_check_data(call) || !cli_read_epoch(call, &options)) {
        return CLI_WRONG_USE;
    }
    if (!program.n) {
        fprintf(stderr, "infonote: %s is not there: this infonote was built without "
                "GMime\n", NAME);
        return CLI_FAILED;
    }
    char **arguments = NEW_ARRAY(call->arena, char *, call->n_given + 4);
    int n = 0;
    arguments[n++] = (char *)(uintptr_t)NAME;
    for (int i = 0; i < call->n_given; i++) {
        arguments[n++] = argument(call, &call->given[i]);
    }
    arguments[n++] = (char *)(uintptr_t)"--";
    arguments[n++] = call->args[0];
    execv(program.p, arguments);
    fprintf(stderr, "infonote: cannot run %s: %s\n", program.p, strerror(errno));
    return CLI_FAILED;
}

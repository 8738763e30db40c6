/* SPDX-License-Identifier: MIT
 *
 * Commands whose libraries are large are programs of their own: this one hands its
 * options over and is replaced by them. */
#include "cli/cli.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"

static char *argument(const struct cli_call *call, const struct cli_given *given)
{
    const struct cli_option *o = &CLI_OPTIONS[given->id];
    str text = o->argument ? str_format(call->arena, "--%s=%s", o->name, given->value)
                           : str_format(call->arena, "--%s", o->name);
    return (char *)(uintptr_t)text.p;
}

int cli_hand_over(const struct cli_call *call, const char *name, const char *needs)
{
    str program = file_companion(call->arena, name);
    if (!program.n) {
        fprintf(stderr, "infonote: %s is not there: this infonote was built without %s\n",
                name, needs);
        return CLI_FAILED;
    }
    char **arguments = NEW_ARRAY(call->arena, char *, call->n_given + 4);
    int n = 0;
    arguments[n++] = (char *)(uintptr_t)name;
    for (int i = 0; i < call->n_given; i++) {
        arguments[n++] = argument(call, &call->given[i]);
    }
    arguments[n++] = (char *)(uintptr_t)"--";
    arguments[n++] = call->args[0];
    execv(program.p, arguments);
    fprintf(stderr, "infonote: cannot run %s: %s\n", program.p, strerror(errno));
    return CLI_FAILED;
}

int cli_extract(const struct cli_call *call)
{
    return cli_hand_over(call, "infonote-extract", "qpdf");
}

int cli_preflight(const struct cli_call *call)
{
    if (cli_format(call) == INFONOTE_SARIF) {
        return cli_wrong_use(call, "`preflight` tells as text or json");
    }
    return cli_hand_over(call, "infonote-preflight", "qpdf or libxml2");
}

/* SPDX-License-Identifier: MIT
 *
 * `infonote mail`: what can be wrong with its options is said here; infonote-mail does
 * the rest. */
#include "cli/cli.h"

#include <string.h>

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

int cli_mail(const struct cli_call *call)
{
    infonote_options options;
    if (would_replace(call, call->args[0], "note") ||
        would_replace(call, call->values[CLI_LAYOUT], "layout") ||
        would_replace(call, call->values[CLI_DATA], "data") ||
        !cli_check_data(call) || !cli_read_epoch(call, &options)) {
        return CLI_WRONG_USE;
    }
    return cli_hand_over(call, "infonote-mail", "GMime");
}

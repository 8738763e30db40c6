/* SPDX-License-Identifier: MIT
 *
 * `infonote extract`: hands over to infonote-extract, which stands beside this program or
 * in libexec/. */
#include "cli/cli.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"

static const char NAME[] = "infonote-extract";

int cli_extract(const struct cli_call *call)
{
    str program = file_companion(call->arena, NAME);
    const char *out = call->values[CLI_OUTPUT];
    char *arguments[8];
    int n = 0;
    if (!program.n) {
        fprintf(stderr, "infonote: %s is not there: this infonote was built without "
                "qpdf\n", NAME);
        return CLI_FAILED;
    }
    arguments[n++] = (char *)(uintptr_t)NAME;
    if (call->values[CLI_QUIET]) {
        arguments[n++] = (char *)(uintptr_t)"-q";
    }
    if (out) {
        arguments[n++] = (char *)(uintptr_t)"-o";
        arguments[n++] = (char *)(uintptr_t)out;
    }
    arguments[n++] = (char *)(uintptr_t)"--";
    arguments[n++] = call->args[0];
    arguments[n] = NULL;
    execv(program.p, arguments);
    fprintf(stderr, "infonote: cannot run %s: %s\n", program.p, strerror(errno));
    return CLI_FAILED;
}

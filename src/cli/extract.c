/* SPDX-License-Identifier: MIT
 *
 * `infonote extract`: hands over to infonote-extract, which stands beside this program or
 * in libexec/. */
#include "cli/cli.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"

static const char NAME[] = "infonote-extract";

static const char *find_program(struct arena *a)
{
    static const char *const PLACES[] = {".", "../libexec/infonote"};
    char self[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    str folder = file_directory(a, (str){self, n > 0 ? (size_t)n : 0});
    for (size_t i = 0; n > 0 && i < sizeof PLACES / sizeof *PLACES; i++) {
        str beside = file_join(a, folder, str_from(PLACES[i]));
        str path = file_join(a, beside, str_from(NAME));
        if (file_exists(path)) {
            return path.p;
        }
    }
    return NULL;
}

int cli_extract(const struct cli_call *call)
{
    const char *program = find_program(call->arena), *out = call->values[CLI_OUTPUT];
    char *arguments[8];
    int n = 0;
    if (!program) {
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
    execv(program, arguments);
    fprintf(stderr, "infonote: cannot run %s: %s\n", program, strerror(errno));
    return CLI_FAILED;
}

/* SPDX-License-Identifier: MIT
 *
 * The program: makes the process safe to work in, reads the command line, runs a command,
 * sees that standard output took everything.
 *
 * The locale stays "C", as a C program starts: numbers and messages are the same
 * everywhere. */
#include "cli/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* A file opened while 0, 1 or 2 is closed would take its number, and messages would land
 * in it. They are opened the wrong way round, so that using them still fails. */
static bool open_standard_files(void)
{
    static const int MODES[] = {O_WRONLY, O_RDONLY, O_RDONLY};
    for (int fd = 0; fd <= 2; fd++) {
        if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", MODES[fd]) != fd) {
            return false;
        }
    }
    return true;
}

/* Reports a failed write once; buffered output may only fail now. */
static int finish_output(int status)
{
    bool failed = ferror(stdout) != 0;
    if (fflush(stdout) != 0 || failed) {
        fprintf(stderr, "infonote: cannot write to standard output: %s\n",
                strerror(errno));
        return CLI_FAILED;
    }
    return status;
}

int main(int argc, char **argv)
{
    if (!open_standard_files()) {
        return CLI_FAILED;
    }
    /* Both come back as errors of write(). */
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    struct arena arena;
    arena_init(&arena);
    struct cli_call call = {.arena = &arena};
    int status = CLI_WRONG_USE;
    if (cli_parse(&call, argc, argv)) {
        status = finish_output(call.command->run(&call));
    }
    arena_done(&arena);
    return status;
}

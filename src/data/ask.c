/* SPDX-License-Identifier: MIT
 *
 * In: a database and a query. Out: a file without a name, to which infonote-query has
 * written the rows. What it says when it fails becomes the report. */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "data/files.h"

enum { MOST_SAID = 2000 }; /* bytes */

extern char **environ; /* PGPASSWORD, TZ */

struct asking {
    int out;       /* that it writes to */
    int said[2];   /* a pipe: what it says */
    char words[MOST_SAID];
    size_t n;
    int status;    /* of the program, as waitpid gives it */
};

static int start(const struct data_request *r, struct asking *a, pid_t *pid)
{
    char *arguments[] = {(char *)(uintptr_t)r->query_program, (char *)(uintptr_t)r->path,
                         (char *)(uintptr_t)r->query, NULL};
    posix_spawn_file_actions_t files;
    int error = posix_spawn_file_actions_init(&files);
    if (error) {
        return error;
    }
    posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&files, a->out, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&files, a->said[1], STDERR_FILENO);
    posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
    error = posix_spawn(pid, r->query_program, &files, NULL, arguments, environ);
    posix_spawn_file_actions_destroy(&files);
    return error;
}

/* Hears the program to its end; of what it says, the beginning. */
static void hear(struct asking *a, pid_t pid)
{
    char rest[256];
    ssize_t n;
    do {
        bool room = a->n < MOST_SAID;
        n = read(a->said[0], room ? a->words + a->n : rest,
                 room ? MOST_SAID - a->n : sizeof rest);
        a->n += room && n > 0 ? (size_t)n : 0;
    } while (n > 0 || (n < 0 && errno == EINTR));
    while (waitpid(pid, &a->status, 0) < 0 && errno == EINTR) {
    }
}

/* 0, or errno. */
static int run(const struct data_request *r, struct asking *a)
{
    pid_t pid;
    a->out = data_nameless();
    if (a->out < 0 || pipe2(a->said, O_CLOEXEC) != 0) {
        return errno;
    }
    int error = start(r, a, &pid);
    close(a->said[1]);
    if (!error) {
        hear(a, pid);
    }
    close(a->said[0]);
    return error;
}

/* Its first line, without the program's name. */
static str words_of(const struct asking *a)
{
    static const str NAME = {"infonote-query: ", 16};
    str rest, line = str_cut((str){a->words, a->n}, '\n', &rest);
    return str_starts(line, NAME) ? str_sub(line, NAME.n, line.n) : line;
}

int data_ask(const struct data_request *request, const struct source *file,
             struct diag_sink *sink)
{
    struct asking a = {.out = -1};
    struct place at = {.source = file};
    int error = run(request, &a);
    bool done = !error && WIFEXITED(a.status) && WEXITSTATUS(a.status) == 0;
    if (done && lseek(a.out, 0, SEEK_SET) == 0) {
        return a.out;
    }
    if (error) {
        diag_report(sink, DIAG_CANNOT_READ, at, NULL, "cannot run `%s`: %s",
                    request->query_program, strerror(error));
    } else if (WIFEXITED(a.status) && a.n) {
        diag_report(sink, WEXITSTATUS(a.status) == 1 ? DIAG_BAD_DATA : DIAG_CANNOT_READ,
                    at, NULL, "%.*s", STR_ARG(words_of(&a)));
    } else {
        diag_report(sink, DIAG_CANNOT_READ, at, NULL, "the query came to no end");
    }
    if (a.out >= 0) {
        close(a.out);
    }
    return -1;
}

/* SPDX-License-Identifier: MIT
 *
 * In: a program and what it reads. Out: what it wrote. One socket is its input and its
 * output; it has no other file, no environment and no shell around it. Whatever happens,
 * it is gone when this returns. */
#include "image/formats.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CHUNK = 65536 };

/* Its three files; nothing else stays open in it. False if it cannot be started. */
static bool start(const struct image_command *command, int socket, pid_t *pid)
{
    char *const environment[] = {"LC_ALL=C.UTF-8", NULL};
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    if (posix_spawn_file_actions_init(&files) != 0) {
        return false;
    }
    if (posix_spawnattr_init(&attributes) != 0) {
        posix_spawn_file_actions_destroy(&files);
        return false;
    }
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawn_file_actions_adddup2(&files, socket, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files, socket, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
    int error = posix_spawn(pid, command->program, &files, &attributes,
                            command->arguments, environment);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&files);
    return error == 0;
}

struct talk {
    int socket;
    str left;          /* of the input */
    size_t limit;
    struct buf *output;
};

static bool again(void)
{
    return errno == EAGAIN || errno == EINTR;
}

/* Some of the input. A program that reads no further has its reasons: its answer says. */
static void say(struct talk *t)
{
    ssize_t n = send(t->socket, t->left.p, t->left.n, MSG_NOSIGNAL);
    if (n >= 0) {
        t->left = str_sub(t->left, (size_t)n, t->left.n);
    } else if (!again()) {
        t->left = STR_NONE;
    }
    if (!t->left.n) {
        shutdown(t->socket, SHUT_WR);
    }
}

/* Some of the answer; false at its end. */
static bool hear(struct talk *t, enum image_run *result)
{
    ssize_t n = recv(t->socket, buf_room(t->output, CHUNK), CHUNK, 0);
    if (n < 0) {
        return again();
    }
    t->output->n += (size_t)n;
    if (t->output->n > t->limit) {
        *result = IMAGE_RUN_FAILED;
        return false;
    }
    return n > 0;
}

static enum image_run talk(struct talk *t, int timer)
{
    enum image_run result = IMAGE_RUN_DONE;
    bool going = true;
    while (going) {
        short wanted = (short)(POLLIN | (t->left.n ? POLLOUT : 0));
        struct pollfd files[] = {{t->socket, wanted, 0}, {timer, POLLIN, 0}};
        if (poll(files, 2, -1) < 0) {
            if (errno != EINTR) {
                return IMAGE_RUN_FAILED;
            }
            continue;
        }
        if (files[1].revents) {
            return IMAGE_RUN_LATE;
        }
        if (t->left.n && (files[0].revents & POLLOUT)) {
            say(t);
        }
        if (files[0].revents & (POLLIN | POLLHUP | POLLERR)) {
            going = hear(t, &result);
        }
    }
    return result;
}

static int open_timer(int seconds)
{
    int timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
    struct itimerspec when = {.it_value.tv_sec = seconds};
    if (timer >= 0) {
        timerfd_settime(timer, 0, &when, NULL);
    }
    return timer;
}

static void reap(pid_t pid)
{
    kill(pid, SIGKILL);
    while (waitpid(pid, NULL, 0) < 0 && errno == EINTR) {
    }
}

enum image_run image_run(const struct image_command *command, struct buf *output)
{
    int ends[2];
    pid_t pid;
    enum image_run result = IMAGE_RUN_FAILED;
    if (access(command->program, X_OK) != 0) {
        return IMAGE_RUN_MISSING;
    }
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
        return IMAGE_RUN_FAILED;
    }
    int timer = open_timer(command->seconds);
    bool started = timer >= 0 && start(command, ends[1], &pid);
    close(ends[1]);
    if (started) {
        fcntl(ends[0], F_SETFL, O_NONBLOCK);
        struct talk t = {ends[0], command->input, command->limit, output};
        result = talk(&t, timer);
        reap(pid);
    }
    close(ends[0]);
    if (timer >= 0) {
        close(timer);
    }
    return result;
}

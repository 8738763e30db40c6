/* SPDX-License-Identifier: MIT
 *
 * In: tasks. Out: results, in any order. Each worker has a socket, a queue of a few tasks
 * and answers them in turn; so when its socket closes, the first task of its queue is
 * what it died of, unless it says that it was its time, and the others go to the worker
 * that takes its place.
 *
 * The first task is done by the first worker alone. Once that has gone well, this process
 * does it too and throws the result away: now it is warm, and all workers forked from now
 * on share its fonts and caches. A task that would have killed it has killed the
 * worker. */
#include "bulk/pool.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bulk/clock.h"
#include "bulk/wire.h"
#include "bulk/worker.h"

enum {
    READ_SIZE = 64 << 10,
    SHALLOW = 4,  /* tasks ahead where they take long */
    AHEAD = 16,   /* ms of work that a queue may hold, where tasks are small */
    NAP = 2,      /* ms */
    LATER = 2000, /* ms that a worker's timer has before its parent takes its place */
    MAX_TRIED = 8, /* records with errors leave little to share: then without */
};

void bulk_pool_init(struct bulk_pool *p, const struct bulk_job *job, struct arena *a)
{
    unsigned n = job->workers ? job->workers : 1;
    *p = (struct bulk_pool){.job = job, .n = n < BULK_MAX_WORKERS ? n : BULK_MAX_WORKERS,
                            .open = 1};
    p->hands = NEW_ARRAY(a, struct bulk_hand, p->n);
    for (size_t i = 0; i < p->n; i++) {
        struct bulk_hand *h = &p->hands[i];
        h->fd = -1;
        arena_init(&h->arena);
        buf_init(&h->in, &h->arena);
        for (size_t k = 0; k < BULK_DEPTH; k++) {
            arena_init(&h->slots[k].arena);
            buf_init(&h->slots[k].task, &h->slots[k].arena);
        }
    }
}

/* --- Processes --- */

/* What the parent blocks or handles is no business of a worker: a key that is pressed on
 * the terminal reaches all processes, and the parent alone decides. */
static void become_worker(struct bulk_pool *p, int fd)
{
    for (size_t i = 0; i < p->n; i++) {
        if (p->hands[i].fd >= 0) {
            close(p->hands[i].fd);
        }
    }
    signal(SIGINT, SIG_IGN);
    signal(SIGTERM, SIG_IGN);
    signal(SIGALRM, SIG_DFL);
    bulk_worker_run(p->job, fd);
}

static bool start(struct bulk_pool *p, struct bulk_hand *h)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
        p->error = errno;
        return false;
    }
    h->pid = fork();
    if (h->pid == 0) {
        close(ends[0]);
        become_worker(p, ends[1]);
    }
    close(ends[1]);
    if (h->pid < 0) {
        p->error = errno;
        h->pid = 0;
        close(ends[0]);
        return false;
    }
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    h->fd = ends[0];
    h->since = clock_milliseconds();
    h->killed = false;
    h->answered = 0;
    return true;
}

/* Gives how the process ended. */
static int reap(struct bulk_hand *h)
{
    int status = 0;
    close(h->fd);
    h->fd = -1;
    while (waitpid(h->pid, &status, 0) < 0 && errno == EINTR) {
    }
    h->pid = 0;
    buf_clear(&h->in);
    return status;
}

void bulk_pool_done(struct bulk_pool *p)
{
    for (size_t i = 0; i < p->n; i++) {
        struct bulk_hand *h = &p->hands[i];
        if (h->pid) {
            kill(h->pid, SIGKILL); /* one without a task has nothing to lose */
            reap(h);
        }
        arena_done(&h->arena);
        for (size_t k = 0; k < BULK_DEPTH; k++) {
            arena_done(&h->slots[k].arena);
        }
    }
}

/* --- Tasks --- */

/* Behind a task that takes long, or that its worker dies of, few should wait. */
static size_t depth(const struct bulk_pool *p)
{
    int64_t n = p->usual ? AHEAD * 1000 / p->usual : SHALLOW;
    n = n < BULK_DEPTH ? n : BULK_DEPTH;
    return !p->warm ? 1 : n > SHALLOW ? (size_t)n : SHALLOW;
}

bool bulk_pool_has_room(const struct bulk_pool *p)
{
    return p->outstanding < p->open * depth(p);
}

static struct bulk_slot *slot_of(struct bulk_hand *h, size_t i)
{
    return &h->slots[(h->first + i) % BULK_DEPTH];
}

/* Sends what the socket takes; what it does not take is sent when it can be. */
static void send_tasks(struct bulk_hand *h)
{
    for (size_t i = 0; i < h->n && h->fd >= 0; i++) {
        struct bulk_slot *slot = slot_of(h, i);
        while (slot->sent < slot->task.n) {
            ssize_t n = send(h->fd, slot->task.p + slot->sent, slot->task.n - slot->sent,
                             MSG_NOSIGNAL);
            if (n < 0) {
                return; /* it is full; or closed, which reading will tell */
            }
            slot->sent += (size_t)n;
        }
    }
}

static bool has_unsent(struct bulk_hand *h)
{
    struct bulk_slot *last = h->n ? slot_of(h, h->n - 1) : NULL;
    return last && last->sent < last->task.n;
}

void bulk_pool_give(struct bulk_pool *p, const struct data_row *row, str file, str key)
{
    struct bulk_hand *h = &p->hands[0];
    for (size_t i = 1; i < p->open; i++) {
        h = p->hands[i].n < h->n ? &p->hands[i] : h;
    }
    h->since = h->n ? h->since : clock_milliseconds();
    struct bulk_slot *slot = slot_of(h, h->n++);
    arena_reset(&slot->arena);
    buf_init(&slot->task, &slot->arena);
    bulk_task_write(&slot->task, row, file, key);
    slot->sent = 0;
    p->outstanding++;
    if (h->pid || start(p, h)) {
        send_tasks(h);
    }
}

static void remove_first(struct bulk_pool *p, struct bulk_hand *h)
{
    h->first = (h->first + 1) % BULK_DEPTH;
    h->n--;
    h->since = clock_milliseconds();
    p->outstanding--;
}

/* --- Results --- */

static void warm_up(struct bulk_pool *p, struct bulk_slot *slot)
{
    bulk_worker_warm(p->job, buf_str(&slot->task));
    p->warm = true;
    p->open = p->n;
}

static bool take_result(struct bulk_pool *p, struct bulk_hand *h)
{
    struct bulk_result result;
    size_t size = bulk_wire_size(buf_str(&h->in));
    if (size == 0 || h->n == 0) {
        return false;
    }
    bulk_result_read((str){h->in.p, size}, &result);
    p->usual = (3 * p->usual + (int64_t)result.microseconds + 3) / 4;
    p->done(p->user, &result);
    if (!p->warm && (result.outcome == BULK_DONE || ++p->tried == MAX_TRIED)) {
        warm_up(p, slot_of(h, 0));
    }
    remove_first(p, h);
    h->answered++;
    memmove(h->in.p, h->in.p + size, h->in.n - size);
    h->in.n -= size;
    return true;
}

static void blame_first(struct bulk_pool *p, struct bulk_hand *h, int status)
{
    bool killed = WIFSIGNALED(status);
    bool late = h->killed || (killed && WTERMSIG(status) == SIGALRM);
    struct bulk_result result;
    bulk_task_read(buf_str(&slot_of(h, 0)->task), &result);
    result.outcome = late ? BULK_TIMEOUT : BULK_CRASHED;
    result.error = killed && !late ? WTERMSIG(status) : 0;
    p->done(p->user, &result);
    remove_first(p, h);
}

/* The worker is gone, and with it the record that it was at. */
static void bury(struct bulk_pool *p, struct bulk_hand *h)
{
    int status = reap(h);
    bool retired = WIFEXITED(status) && WEXITSTATUS(status) == BULK_RETIRED &&
                   h->answered == BULK_TASKS_A_LIFE;
    if (h->n && !retired) {
        blame_first(p, h, status);
    }
    for (size_t i = 0; i < h->n; i++) {
        slot_of(h, i)->sent = 0;
    }
    if (h->n && start(p, h)) {
        send_tasks(h);
    }
}

static void hear(struct bulk_pool *p, struct bulk_hand *h)
{
    ssize_t n = recv(h->fd, buf_room(&h->in, READ_SIZE), READ_SIZE, 0);
    if (n < 0 && (errno == EAGAIN || errno == EINTR)) {
        return;
    }
    h->in.n += n > 0 ? (size_t)n : 0;
    while (take_result(p, h)) {
    }
    if (n <= 0) {
        bury(p, h);
    }
}

/* A worker that is stopped, or waits for a disk that does not answer, does not hear its
 * own timer. */
static void end_late(struct bulk_pool *p)
{
    int64_t most = (int64_t)p->job->timeout * 1000 + LATER, time = clock_milliseconds();
    for (size_t i = 0; i < p->n && p->job->timeout; i++) {
        struct bulk_hand *h = &p->hands[i];
        if (h->pid && h->n && !h->killed && time - h->since > most) {
            h->killed = true;
            kill(h->pid, SIGKILL);
        }
    }
}

/* Whether all have enough to do for twice a nap. Each result that wakes this process
 * takes a processor from a worker; so small ones are left to gather. */
static bool all_are_busy(const struct bulk_pool *p)
{
    for (size_t i = 0; i < p->open; i++) {
        if ((int64_t)p->hands[i].n * p->usual < 2 * NAP * 1000) {
            return false;
        }
    }
    return depth(p) > SHALLOW;
}

bool bulk_pool_wait(struct bulk_pool *p, int milliseconds, int extra)
{
    end_late(p);
    if (all_are_busy(p)) {
        clock_sleep(NAP);
    }
    struct pollfd fds[BULK_MAX_WORKERS + 1];
    for (size_t i = 0; i < p->n; i++) {
        struct bulk_hand *h = &p->hands[i];
        short events = has_unsent(h) ? POLLIN | POLLOUT : POLLIN;
        fds[i] = (struct pollfd){.fd = h->fd, .events = events};
    }
    fds[p->n] = (struct pollfd){.fd = extra, .events = POLLIN};
    if (poll(fds, p->n + 1, milliseconds) <= 0) {
        return false;
    }
    for (size_t i = 0; i < p->n; i++) {
        struct bulk_hand *h = &p->hands[i];
        if (fds[i].revents & POLLOUT) {
            send_tasks(h);
        }
        if (fds[i].revents & (POLLIN | POLLHUP | POLLERR)) {
            hear(p, h);
        }
    }
    return extra >= 0 && fds[p->n].revents != 0;
}

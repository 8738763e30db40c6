/* SPDX-License-Identifier: MIT
 *
 * measure WARM RUNS COMMAND...: runs a command WARM times, then RUNS times, and prints one
 * line: the median and the least wall-clock time in microseconds, the median of the
 * processor time, the peak memory in KiB. Output of the command is dropped; an exit status
 * other than 0 ends it with that status.
 *
 * A program of its own because the peak memory of a child counts what its parent held
 * before exec: a script's interpreter would be larger than what is measured. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct sample {
    long wall, cpu; /* microseconds */
    long peak;      /* KiB */
};

static long now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static long micros(struct timeval t)
{
    return t.tv_sec * 1000000 + t.tv_usec;
}

static struct sample run(char **command)
{
    long start = now();
    pid_t child = vfork();
    if (child == 0) {
        int null = open("/dev/null", O_RDWR);
        dup2(null, 0);
        dup2(null, 1);
        dup2(null, 2);
        execvp(command[0], command);
        _exit(127);
    }
    int status;
    struct rusage usage;
    if (child < 0 || wait4(child, &status, 0, &usage) != child) {
        exit(126);
    }
    long wall = now() - start;
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        exit(WIFEXITED(status) ? WEXITSTATUS(status) : 125);
    }
    return (struct sample){wall, micros(usage.ru_utime) + micros(usage.ru_stime),
                           usage.ru_maxrss};
}

static int compare(const void *a, const void *b)
{
    long x = *(const long *)a, y = *(const long *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    if (argc < 4) {
        fputs("usage: measure WARM RUNS COMMAND...\n", stderr);
        return 2;
    }
    long warm = strtol(argv[1], NULL, 10), runs = strtol(argv[2], NULL, 10);
    long *wall = calloc((size_t)runs, sizeof *wall), *cpu = calloc((size_t)runs, sizeof *cpu);
    long peak = 0;
    if (runs < 1 || !wall || !cpu) {
        return 2;
    }
    for (long i = 0; i < warm; i++) {
        run(argv + 3);
    }
    for (long i = 0; i < runs; i++) {
        struct sample s = run(argv + 3);
        wall[i] = s.wall;
        cpu[i] = s.cpu;
        peak = s.peak > peak ? s.peak : peak;
    }
    qsort(wall, (size_t)runs, sizeof *wall, compare);
    qsort(cpu, (size_t)runs, sizeof *cpu, compare);
    printf("%ld %ld %ld %ld\n", wall[runs / 2], wall[0], cpu[runs / 2], peak);
    free(wall);
    free(cpu);
    return 0;
}

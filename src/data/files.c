/* SPDX-License-Identifier: MIT
 *
 * In: the name of a file. Out: a file that can be read twice. What can be read only once,
 * standard input or a pipe, is copied into a file without a name: the names of all notes
 * are planned before the first is made. */
#include "data/files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const int64_t MAX_COPIED = (int64_t)16 << 30;

int data_nameless(void)
{
    const char *folder = getenv("TMPDIR");
    char name[4096];
    folder = folder && *folder ? folder : "/tmp";
    int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd < 0 && snprintf(name, sizeof name, "%s/infonote-XXXXXX", folder) <
                      (int)sizeof name) {
        fd = mkostemp(name, O_CLOEXEC);
        if (fd >= 0) {
            unlink(name);
        }
    }
    return fd;
}

static int write_all(int fd, const char *p, size_t n)
{
    while (n) {
        ssize_t written = write(fd, p, n);
        if (written < 0 && errno != EINTR) {
            return errno;
        }
        p += written > 0 ? written : 0;
        n -= written > 0 ? (size_t)written : 0;
    }
    return 0;
}

static int copy_all(int from, int to)
{
    char bytes[64 << 10];
    int64_t total = 0;
    for (;;) {
        ssize_t n = read(from, bytes, sizeof bytes);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            return n < 0 ? errno : 0;
        }
        total += n;
        int error = total > MAX_COPIED ? EFBIG : write_all(to, bytes, (size_t)n);
        if (error) {
            return error;
        }
    }
}

/* Takes `fd` over. Gives a file that can be read again, or -1 and errno. */
static int copy_of(int fd)
{
    int copy = data_nameless();
    int error = copy < 0 ? errno : copy_all(fd, copy);
    if (!error && lseek(copy, 0, SEEK_SET) != 0) {
        error = errno;
    }
    close(fd);
    if (error && copy >= 0) {
        close(copy);
    }
    errno = error;
    return error ? -1 : copy;
}

int data_open_file(const char *path)
{
    struct stat st;
    bool standard_input = strcmp(path, "-") == 0;
    int fd = standard_input ? dup(STDIN_FILENO)
                            : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0 || fstat(fd, &st) != 0) {
        return -1;
    }
    if (S_ISDIR(st.st_mode)) {
        close(fd);
        errno = EISDIR;
        return -1;
    }
    bool again = S_ISREG(st.st_mode) && lseek(fd, 0, SEEK_CUR) == 0;
    return again ? fd : copy_of(fd);
}

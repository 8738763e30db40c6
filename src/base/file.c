/* SPDX-License-Identifier: MIT */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"

static struct file_result failed(enum file_status status, int number)
{
    return (struct file_result){status, number, STR_NONE};
}

static struct file_result failed_open(void)
{
    bool missing = errno == ENOENT || errno == ENOTDIR;
    return failed(missing ? FILE_MISSING : FILE_FAILED, errno);
}

/* Reads to the end; `expected` only sizes the first buffer, the file may differ. */
static struct file_result read_all(struct arena *a, int fd, size_t expected, size_t limit)
{
    struct buf b;
    buf_init(&b, a);
    for (;;) {
        size_t room = b.n < expected ? expected - b.n + 1 : 4096;
        ssize_t n = read(fd, buf_room(&b, room + 1), room);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n < 0) {
            return failed(FILE_FAILED, errno);
        }
        if (n == 0) {
            break;
        }
        b.n += (size_t)n;
        if (b.n > limit) {
            return failed(FILE_TOO_LARGE, 0);
        }
    }
    *buf_room(&b, 1) = '\0';
    return (struct file_result){FILE_OK, 0, buf_str(&b)};
}

/* Opens a regular file; anything else, a FIFO without a writer too, is refused at
 * once (O_NONBLOCK). */
static int open_regular(str path, struct stat *st, struct file_result *why)
{
    char name[4097];
    if (path.n >= sizeof name) {
        *why = failed(FILE_FAILED, ENAMETOOLONG);
        return -1;
    }
    snprintf(name, sizeof name, "%.*s", STR_ARG(path));
    int fd = open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0) {
        *why = failed_open();
        return -1;
    }
    if (fstat(fd, st) == 0 && S_ISREG(st->st_mode)) {
        return fd;
    }
    *why = failed(FILE_NOT_REGULAR, S_ISDIR(st->st_mode) ? EISDIR : 0);
    close(fd);
    return -1;
}

struct file_result file_read(struct arena *a, str path, size_t limit)
{
    if (str_is(path, "-")) {
        return read_all(a, STDIN_FILENO, 4096, limit);
    }
    struct stat st;
    struct file_result result;
    int fd = open_regular(path, &st, &result);
    if (fd < 0) {
        return result;
    }
    if (st.st_size > 0 && (uint64_t)st.st_size > limit) {
        result = failed(FILE_TOO_LARGE, 0);
    } else {
        result = read_all(a, fd, (size_t)st.st_size, limit);
    }
    close(fd);
    return result;
}

struct file_result file_map(str path)
{
    struct stat st;
    struct file_result result;
    int fd = open_regular(path, &st, &result);
    if (fd < 0) {
        return result;
    }
    size_t size = (size_t)st.st_size;
    void *p = size ? mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0) : NULL;
    result = p == MAP_FAILED ? failed(FILE_FAILED, errno)
                             : (struct file_result){FILE_OK, 0, {p, size}};
    close(fd);
    return result;
}

void file_unmap(str bytes)
{
    if (bytes.n) {
        munmap((void *)(uintptr_t)bytes.p, bytes.n);
    }
}

bool file_exists(str path)
{
    struct stat st;
    struct file_result why;
    int fd = open_regular(path, &st, &why);
    if (fd >= 0) {
        close(fd);
    }
    return fd >= 0;
}

static int write_all(int fd, str bytes)
{
    while (bytes.n) {
        ssize_t n = write(fd, bytes.p, bytes.n);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            return n < 0 ? errno : EIO;
        }
        bytes.p += n;
        bytes.n -= (size_t)n;
    }
    return 0;
}

/* The mode of the file that is replaced, or what umask leaves of 0666. */
static mode_t target_mode(const char *path)
{
    struct stat st;
    if (stat(path, &st) == 0) {
        return st.st_mode & 07777;
    }
    mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

static int write_temporary(const char *temporary, int fd, str bytes, mode_t mode)
{
    int error = write_all(fd, bytes);
    if (!error && (fchmod(fd, mode) != 0 || fsync(fd) != 0)) {
        error = errno;
    }
    if (close(fd) != 0 && !error) {
        error = errno;
    }
    if (error) {
        unlink(temporary);
    }
    return error;
}

int file_write(str path, str bytes)
{
    if (str_is(path, "-")) {
        return write_all(STDOUT_FILENO, bytes);
    }
    struct arena scratch;
    arena_init(&scratch);
    char *target = arena_copy(&scratch, path.p, path.n);
    str directory = file_directory(&scratch, path);
    str name = file_name(path);
    str temporary = str_format(&scratch, "%.*s/.%.*s.XXXXXX", STR_ARG(directory),
                               STR_ARG(name));
    char *template = arena_copy(&scratch, temporary.p, temporary.n);
    struct stat st;
    int error = 0;
    if (stat(target, &st) == 0 && S_ISDIR(st.st_mode)) {
        error = EISDIR;
    } else {
        int fd = mkstemp(template);
        error = fd < 0 ? errno
                       : write_temporary(template, fd, bytes, target_mode(target));
        if (!error && rename(template, target) != 0) {
            error = errno;
            unlink(template);
        }
    }
    arena_done(&scratch);
    return error;
}

static bool last_slash(str path, size_t *at)
{
    for (size_t i = path.n; i > 0; i--) {
        if (path.p[i - 1] == '/') {
            *at = i - 1;
            return true;
        }
    }
    return false;
}

str file_directory(struct arena *a, str path)
{
    size_t at;
    if (!last_slash(path, &at)) {
        return STR(".");
    }
    return str_copy(a, str_sub(path, 0, at ? at : 1));
}

str file_name(str path)
{
    size_t at;
    return last_slash(path, &at) ? str_sub(path, at + 1, path.n) : path;
}

str file_join(struct arena *a, str directory, str name)
{
    if (str_starts(name, STR("/")) || directory.n == 0 || str_is(directory, ".")) {
        return str_copy(a, name);
    }
    const char *slash = str_ends(directory, STR("/")) ? "" : "/";
    return str_format(a, "%.*s%s%.*s", STR_ARG(directory), slash, STR_ARG(name));
}

str file_with_extension(struct arena *a, str path, const char *extension)
{
    str name = file_name(path);
    size_t stem = name.n;
    for (size_t i = name.n; i > 1; i--) {
        if (name.p[i - 1] == '.') {
            stem = i - 1;
            break;
        }
    }
    size_t keep = (size_t)(name.p - path.p) + stem;
    return str_format(a, "%.*s%s", STR_ARG(str_sub(path, 0, keep)), extension);
}

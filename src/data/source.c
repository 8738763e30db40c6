/* SPDX-License-Identifier: MIT
 *
 * In: the name of a file of data. Out: the source of its records. The end of the name
 * says what is in it, else the first bytes. What can be read only once, standard input or
 * a pipe, is copied into a file without a name: the names of all notes are planned before
 * the first is made. */
#include "data/source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const int64_t MAX_COPIED = (int64_t)16 << 30;

static const struct data_kind *const KINDS[] = {&DATA_CSV, &DATA_LINES, &DATA_LIST};

/* By how the data begin: only JSON and YAML lists begin like that. */
static const struct data_kind *kind_of_bytes(int fd)
{
    char bytes[256];
    ssize_t n = pread(fd, bytes, sizeof bytes, 0);
    str begin = {bytes, n > 0 ? (size_t)n : 0};
    if (str_starts(begin, STR("\xEF\xBB\xBF"))) {
        begin = str_sub(begin, 3, begin.n);
    }
    begin = str_trim(begin);
    return str_starts(begin, STR("{"))                                     ? &DATA_LINES
           : str_starts(begin, STR("[")) || str_starts(begin, STR("- "))   ? &DATA_LIST
                                                                           : &DATA_CSV;
}

static const struct data_kind *kind_of(str path, int fd)
{
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++) {
        for (const char *const *end = KINDS[i]->endings; *end; end++) {
            if (str_ends(path, str_from(*end))) {
                return KINDS[i];
            }
        }
    }
    return kind_of_bytes(fd);
}

/* --- What can be read only once --- */

static int open_nameless(void)
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
    int copy = open_nameless();
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

/* --- Opening --- */

/* Gives a file to read from, or -1 and errno. */
static int open_data(const char *path)
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

struct data_source *data_open(const struct data_request *request, struct diag_sink *sink)
{
    bool standard_input = strcmp(request->path, "-") == 0;
    str path = str_copy(sink->arena, str_from(request->path));
    struct source *file = NEW(sink->arena, struct source);
    *file = (struct source){.name = standard_input ? STR("<stdin>") : path,
                            .path = standard_input ? STR_NONE : path};
    int fd = open_data(request->path);
    if (fd < 0) {
        diag_report(sink, DIAG_CANNOT_READ, (struct place){.source = file}, NULL,
                    "cannot read the data: %s",
                    errno == ENOENT ? "there is no such file" : strerror(errno));
        return NULL;
    }
    return kind_of(path, fd)->open(request, file, fd, sink);
}

enum data_next data_next(struct data_source *s, struct data_row *row)
{
    return s->kind->next(s, row);
}

bool data_rewind(struct data_source *s)
{
    return s->kind->rewind(s);
}

void data_digest(struct data_source *s, char out[65])
{
    s->kind->digest(s, out);
}

void data_close(struct data_source *s)
{
    if (s) {
        s->kind->close(s);
    }
}

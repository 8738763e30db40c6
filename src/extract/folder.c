/* SPDX-License-Identifier: MIT
 *
 * Files below a folder. Names come from strangers: every part of one is a plain name, and
 * folders are opened one by one without following links, so that nothing can be written
 * anywhere else; a file that is there already is never touched. */
#include "extract/extract.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

static bool is_plain(str part)
{
    if (!part.n || part.n > EXTRACT_MAX_NAME || str_is(part, ".") || str_is(part, "..")) {
        return false;
    }
    for (size_t i = 0; i < part.n; i++) {
        unsigned char c = (unsigned char)part.p[i];
        if (c < ' ' || c == 0x7F || c == '\\' || c == ':') {
            return false;
        }
    }
    return part.p[0] != '-' && part.p[0] != '~';
}

str extract_safe_name(str name, struct arena *a)
{
    str rest = name;
    int depth = 0;
    if (!name.n || name.p[name.n - 1] == '/') {
        return STR_NONE;
    }
    while (rest.n) {
        str part = str_cut(rest, '/', &rest);
        if (!is_plain(part) || ++depth > EXTRACT_MAX_DEPTH) {
            return STR_NONE;
        }
    }
    return str_copy(a, name);
}

/* Goes into `part` below `at`, made if it is not there; -1 and errno if it cannot. */
static int go_into(int at, const char *part)
{
    if (mkdirat(at, part, 0777) != 0 && errno != EEXIST) {
        return -1;
    }
    return openat(at, part, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

/* Whole or not at all: what could not be written to its end is removed. */
static int write_new(int folder, const char *name, str bytes)
{
    int fd = openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                    0666);
    if (fd < 0) {
        return errno;
    }
    int error = file_write_to(fd, bytes);
    if (close(fd) != 0 && !error) {
        error = errno;
    }
    if (error) {
        unlinkat(folder, name, 0);
    }
    return error;
}

int extract_write(const char *folder, str name, str bytes)
{
    if (mkdir(folder, 0777) != 0 && errno != EEXIST) {
        return errno;
    }
    int at = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC), error = 0;
    char part[EXTRACT_MAX_NAME + 1];
    while (at >= 0) {
        str rest = name, first = str_cut(name, '/', &rest);
        memcpy(part, first.p, first.n);
        part[first.n] = '\0';
        if (!rest.n) {
            break;
        }
        int below = go_into(at, part);
        error = errno;
        close(at);
        at = below;
        name = rest;
    }
    if (at < 0) {
        return error ? error : errno;
    }
    error = write_new(at, part, bytes);
    close(at);
    return error;
}

/* SPDX-License-Identifier: MIT
 *
 * A file is written into one without a name where the system can do that (so nothing is
 * left behind even by a kill), else into a hidden one beside the target; then it gets the
 * target's name, or, if that is taken, its place by a rename. What is no regular file,
 * /dev/null or a pipe, is not replaced but written into. */
#include "base/file.h"

#include "base/vec.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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
        size_t room = b.n <= expected ? expected - b.n + 1 : 4096;
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
    if (path.n >= sizeof name || (path.n && memchr(path.p, '\0', path.n))) {
        *why = failed(FILE_FAILED, path.n >= sizeof name ? ENAMETOOLONG : EINVAL);
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

int file_write_to(int fd, str bytes)
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

/* Closes `fd`; gives `error`, or what the closing found when that was 0. */
static int close_with(int fd, int error)
{
    return close(fd) != 0 && !error ? errno : error;
}

/* What is written, on its way: a descriptor, and its name as soon as it has one. */
struct draft {
    int fd;
    bool named;
    char *name; /* room for a name that is free in the target's directory */
};

enum { NAMES_TRIED = 1000 };

/* Names are tried in turn, so that files written at the same time do not meet. */
static bool next_name(struct draft *d, str directory, size_t room, int attempt)
{
    snprintf(d->name, room, "%.*s/.infonote-%ld-%d", STR_ARG(directory), (long)getpid(),
             attempt);
    return attempt < NAMES_TRIED;
}

static int open_draft(struct draft *d, str directory, size_t room, bool nameless)
{
    snprintf(d->name, room, "%.*s", STR_ARG(directory));
    d->fd = nameless ? open(d->name, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666) : -1;
    for (int i = 0; d->fd < 0 && next_name(d, directory, room, i); i++) {
        d->fd = open(d->name, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666);
        d->named = d->fd >= 0;
        if (!d->named && errno != EEXIST) {
            break;
        }
    }
    return d->fd < 0 ? errno : 0;
}

/* Gives a draft without a name one. Needs /proc, as every unprivileged way does. */
static bool name_draft(struct draft *d, str directory, size_t room)
{
    char link[32];
    snprintf(link, sizeof link, "/proc/self/fd/%d", d->fd);
    for (int i = 0; !d->named && next_name(d, directory, room, i); i++) {
        d->named = linkat(AT_FDCWD, link, AT_FDCWD, d->name, AT_SYMLINK_FOLLOW) == 0;
        if (!d->named && errno != EEXIST) {
            break;
        }
    }
    return d->named;
}

/* What takes whose place. */
struct change {
    const char *target;
    str directory, bytes;
    const struct stat *old; /* what is replaced: its mode stays. NULL: there is nothing */
    bool soon;              /* without waiting for the disk */
};

static int fill_draft(const struct draft *d, const struct change *c)
{
    int error = file_write_to(d->fd, c->bytes);
    if (!error && c->old && fchmod(d->fd, c->old->st_mode & 0777) != 0) {
        error = errno;
    }
    return !error && !c->soon && fsync(d->fd) != 0 ? errno : error;
}

/* A draft without a name takes one that is free at once; nothing can be left behind. */
static bool link_draft(const struct draft *d, const struct change *c)
{
    char link[32];
    snprintf(link, sizeof link, "/proc/self/fd/%d", d->fd);
    return !c->old && !d->named &&
           linkat(AT_FDCWD, link, AT_FDCWD, c->target, AT_SYMLINK_FOLLOW) == 0;
}

static int replace(const struct change *c)
{
    str directory = c->directory;
    struct arena scratch;
    arena_init(&scratch);
    size_t room = directory.n + 64;
    struct draft d = {.fd = -1, .name = arena_alloc(&scratch, room)};
    int error = 0;
    bool linked = false;
    for (int nameless = 1; nameless >= 0 && !error && !d.named && !linked; nameless--) {
        error = open_draft(&d, directory, room, nameless);
        if (!error) {
            error = fill_draft(&d, c);
            linked = !error && link_draft(&d, c);
            if (!error && !linked) {
                name_draft(&d, directory, room);
            }
            error = close_with(d.fd, error);
        }
    }
    if (!error && !linked && rename(d.name, c->target) != 0) {
        error = errno;
    }
    if (error && d.named) {
        unlink(d.name);
    }
    arena_done(&scratch);
    return error;
}

static int write_into(const char *target, str bytes)
{
    int fd = open(target, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    return fd < 0 ? errno : close_with(fd, file_write_to(fd, bytes));
}

/* A link stays a link: what it leads to is replaced. In the arena. */
static str follow_link(struct arena *a, str path, const char *target)
{
    char *real = realpath(target, NULL);
    if (!real) {
        return path; /* it leads nowhere: the file takes the link's place */
    }
    str found = str_copy(a, str_from(real));
    free(real);
    return found;
}

static int write_file(str path, str bytes, bool soon)
{
    if (str_is(path, "-")) {
        return file_write_to(STDOUT_FILENO, bytes);
    }
    if (path.n == 0 || memchr(path.p, '\0', path.n)) {
        return path.n ? EINVAL : ENOENT;
    }
    struct arena scratch;
    arena_init(&scratch);
    const char *target = arena_copy(&scratch, path.p, path.n);
    struct stat st;
    int found = lstat(target, &st);
    bool is_link = found == 0 && S_ISLNK(st.st_mode);
    bool exists = (is_link ? stat(target, &st) : found) == 0;
    int error;
    if (exists && S_ISDIR(st.st_mode)) {
        error = EISDIR;
    } else if (exists && !S_ISREG(st.st_mode)) {
        error = write_into(target, bytes);
    } else {
        if (is_link) {
            path = follow_link(&scratch, path, target);
            target = arena_copy(&scratch, path.p, path.n);
        }
        error = replace(&(struct change){target, file_directory(&scratch, path), bytes,
                                         exists ? &st : NULL, soon});
    }
    arena_done(&scratch);
    return error;
}

int file_write(str path, str bytes)
{
    return write_file(path, bytes, false);
}

int file_write_soon(str path, str bytes)
{
    return write_file(path, bytes, true);
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

struct parts {
    VEC(str) list;
};

/* The folders of a path; "." and ".." are followed as far as names tell. */
static void split(struct arena *a, str path, struct parts *out)
{
    while (path.n) {
        str part = str_cut(path, '/', &path);
        size_t n = out->list.n;
        if (str_is(part, "..") && n && !str_is(out->list.v[n - 1], "..")) {
            out->list.n--;
        } else if (part.n && !str_is(part, ".")) {
            vec_push(a, &out->list, part);
        }
    }
}

str file_relative(struct arena *a, str path, str directory, size_t *up)
{
    struct parts to = {0}, from = {0};
    size_t i = 0;
    *up = 0;
    if (str_starts(path, STR("/")) != str_starts(directory, STR("/"))) {
        return STR_NONE;
    }
    split(a, path, &to);
    split(a, directory, &from);
    while (i < to.list.n && i < from.list.n && str_eq(to.list.v[i], from.list.v[i])) {
        i++;
    }
    for (size_t k = i; k < from.list.n; k++, ++*up) {
        if (str_is(from.list.v[k], "..")) {
            return STR_NONE;
        }
    }
    for (; i < to.list.n && str_is(to.list.v[i], ".."); i++) {
        ++*up;
    }
    str out = i < to.list.n ? str_copy(a, to.list.v[i]) : STR_NONE;
    while (++i < to.list.n) {
        out = file_join(a, out, to.list.v[i]);
    }
    return out;
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
    size_t keep = path.n - name.n + stem;
    return str_format(a, "%.*s%s", STR_ARG(str_sub(path, 0, keep)), extension);
}

/* The path without links, or "" where it cannot be told: of what is not there, the last
 * directory that is, and the names below it. */
static str real_path(struct arena *a, str path)
{
    str rest = STR_NONE;
    for (;;) {
        char *real = realpath(str_copy(a, path).p, NULL);
        if (real) {
            str found = str_from(real);
            str whole = rest.n ? file_join(a, found, rest) : str_copy(a, found);
            free(real);
            return whole;
        }
        str name = file_name(path), parent = file_directory(a, path);
        if (str_is(name, "..") || str_eq(parent, path)) {
            return STR_NONE;
        }
        rest = rest.n ? file_join(a, name, rest) : name;
        path = parent;
    }
}

bool file_is_below(struct arena *a, str path, str directory)
{
    str inside = real_path(a, path);
    str root = real_path(a, directory.n ? directory : STR("."));
    return root.n && inside.n > root.n && str_starts(inside, root) &&
           (str_is(root, "/") || inside.p[root.n] == '/');
}

str file_companion(struct arena *a, const char *name)
{
    static const char *const PLACES[] = {".", "..", "../libexec/infonote"};
    char self[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", self, sizeof self);
    if (n <= 0 || n == sizeof self || self[0] != '/') {
        return STR_NONE;
    }
    str folder = file_directory(a, (str){self, (size_t)n});
    for (size_t i = 0; i < sizeof PLACES / sizeof *PLACES; i++) {
        str beside = file_join(a, folder, str_from(PLACES[i]));
        str path = file_join(a, beside, str_from(name));
        if (file_exists(path)) {
            return path;
        }
    }
    return STR_NONE;
}

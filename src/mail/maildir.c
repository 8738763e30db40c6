/* SPDX-License-Identifier: MIT
 *
 * In: a composed message. Out: a file in a Maildir: written below tmp/, on the disk, then
 * linked into new/, which fails rather than replace another. Its name is the message's
 * date and the digest in its Message-ID; the same message delivered twice has a number
 * behind it. Nothing of the machine or the user is in it. */
#include "mail/mail.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

enum { MOST_COPIES = 10000 };

static int make_folder(const char *path)
{
    return mkdir(path, 0700) == 0 || errno == EEXIST ? 0 : errno;
}

/* A Maildir is made where there is nothing yet. */
static int make_folders(str folder, struct arena *a)
{
    static const char *const PARTS[] = {"cur", "new", "tmp"};
    int error = make_folder(str_copy(a, folder).p);
    for (size_t i = 0; !error && i < sizeof PARTS / sizeof *PARTS; i++) {
        error = make_folder(file_join(a, folder, str_from(PARTS[i])).p);
    }
    return error;
}

static int write_safely(int fd, str bytes)
{
    int error = file_write_to(fd, bytes);
    if (error) {
        return error;
    }
    return fsync(fd) == 0 ? 0 : errno;
}

static int write_new(const char *path, str bytes)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    int error = fd < 0 ? errno : write_safely(fd, bytes);
    if (fd >= 0 && close(fd) != 0 && !error) {
        error = errno;
    }
    if (fd >= 0 && error) {
        unlink(path);
    }
    return error;
}

/* Under the first name that nothing has. */
static int link_new(const char *from, str folder, str name, struct arena *a)
{
    for (int i = 0; i < MOST_COPIES; i++) {
        str own = i ? str_format(a, "%.*s.%d", STR_ARG(name), i) : name;
        str path = file_join(a, file_join(a, folder, STR("new")), own);
        if (link(from, path.p) == 0) {
            return 0;
        }
        if (errno != EEXIST) {
            return errno;
        }
    }
    return EEXIST;
}

/* `once`: what has the name is this very message. */
static int put(str draft, str name, const char *folder, bool once, struct arena *a)
{
    str where = str_from(folder);
    str own = str_format(a, "%.*s.%ld", STR_ARG(name), (long)getpid());
    str temporary = file_join(a, file_join(a, where, STR("tmp")), own);
    str final = file_join(a, file_join(a, where, STR("new")), name);
    int error = make_folders(where, a);
    error = error ? error : write_new(temporary.p, draft);
    if (error) {
        return error;
    }
    if (!once) {
        error = link_new(temporary.p, where, name, a);
    } else if (link(temporary.p, final.p) != 0 && errno != EEXIST) {
        error = errno;
    }
    unlink(temporary.p);
    return error;
}

int mail_write_maildir(const struct mail_message *m, const char *folder, struct arena *a)
{
    str rest, digest = str_cut(m->id, '@', &rest);
    str name = str_format(a, "%" PRId64 ".%.*s.infonote", m->date, STR_ARG(digest));
    return put(mail_draft(m, a), name, folder, false, a);
}

int mail_put_maildir(str draft, str name, const char *folder, struct arena *a)
{
    int error = put(draft, name, folder, true, a);
    str new = file_join(a, str_from(folder), STR("new"));
    int fd = error ? -1 : open(new.p, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (!error && (fd < 0 || fsync(fd) != 0)) {
        error = errno;
    }
    if (fd >= 0) {
        close(fd);
    }
    return error;
}

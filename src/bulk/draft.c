/* SPDX-License-Identifier: MIT
 *
 * In: pieces of a file. Out: the file, or what was there before. */
#include "bulk/draft.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"

int bulk_draft_open(struct bulk_draft *d, const char *path, struct arena *a)
{
    *d = (struct bulk_draft){.fd = STDOUT_FILENO};
    if (strcmp(path, "-") != 0) {
        d->path = str_copy(a, str_from(path)).p;
        d->draft = str_format(a, "%s.part", path).p;
        d->fd = open(d->draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    }
    return d->fd < 0 ? errno : 0;
}

int bulk_draft_write(struct bulk_draft *d, str bytes)
{
    return file_write_to(d->fd, bytes);
}

int bulk_draft_close(struct bulk_draft *d, bool whole)
{
    int error = 0;
    if (!d->draft || d->fd < 0) {
        return 0;
    }
    error = whole && fsync(d->fd) != 0 ? errno : 0;
    error = close(d->fd) != 0 && !error ? errno : error;
    if (!whole || error || rename(d->draft, d->path) != 0) {
        error = whole && !error ? errno : error;
        unlink(d->draft);
    }
    d->fd = -1;
    return error;
}

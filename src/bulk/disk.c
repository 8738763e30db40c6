/* SPDX-License-Identifier: MIT
 *
 * Every few seconds a child of its own brings the files of the last seconds to the disk
 * (syncfs), so that no single file is waited for. */
#include "bulk/disk.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"

void bulk_disk_of(struct bulk_disk *d, str file, struct arena *a)
{
    if (d->folder < 0) {
        d->folder = open(file_directory(a, file).p, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    }
}

void bulk_disk_begin(struct bulk_disk *d, uint64_t records)
{
    int ends[2];
    if (d->folder < 0 || d->syncer || pipe2(ends, O_CLOEXEC) != 0) {
        return;
    }
    d->records = records;
    d->syncer = fork();
    if (d->syncer == 0) {
        signal(SIGINT, SIG_IGN);
        _exit(syncfs(d->folder) == 0 ? 0 : 1);
    }
    close(ends[1]);
    d->pipe = ends[0];
    if (d->syncer < 0) {
        close(ends[0]);
        d->syncer = 0;
        d->pipe = -1;
    }
}

bool bulk_disk_end(struct bulk_disk *d)
{
    int status = 1;
    while (waitpid(d->syncer, &status, 0) < 0 && errno == EINTR) {
    }
    close(d->pipe);
    d->pipe = -1;
    d->syncer = 0;
    return status == 0;
}

bool bulk_disk_close(struct bulk_disk *d)
{
    if (d->folder < 0) {
        return false;
    }
    bool there = syncfs(d->folder) == 0;
    close(d->folder);
    d->folder = -1;
    return there;
}

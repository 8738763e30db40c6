/* base/file.h: whole files, in and out.
 *
 * Reading refuses what is not a regular file (or standard input) and what is over a
 * limit. Writing is all or nothing: a temporary file in the target's folder, synced, then
 * renamed over it; after any failure the old file is as it was. The old file's mode
 * stays; a link stays, and what it leads to is replaced; a device or pipe is written
 * into. */
#ifndef INFONOTE_BASE_FILE_H
#define INFONOTE_BASE_FILE_H

#include "base/diag.h"

enum file_status {
    FILE_OK,
    FILE_MISSING,     /* ENOENT, ENOTDIR */
    FILE_NOT_REGULAR, /* a directory, a device, a socket, a FIFO */
    FILE_TOO_LARGE,
    FILE_FAILED,      /* see `errno_value` */
};

struct file_result {
    enum file_status status;
    int errno_value;
    str bytes; /* on FILE_OK; in the arena, NUL behind */
};

/* Reads the file at `path`, or standard input when `path` is "-". */
struct file_result file_read(struct arena *a, str path, size_t limit);

/* Maps the file read-only for the life of the process or until file_unmap. */
struct file_result file_map(str path);
void file_unmap(str bytes);

bool file_exists(str path); /* a regular file, or a link to one */

/* True if `path` is below `directory` when links are followed. What is not there is
 * judged by where it would be. */
bool file_is_below(struct arena *a, str path, str directory);

/* Writes all of `bytes` to what is open. Gives 0, or errno. */
int file_write_to(int fd, str bytes);

/* Writes all of `bytes` to `path` ("-": standard output). Gives 0, or errno. */
int file_write(str path, str bytes);

/* The same without waiting for the disk: after a loss of power the file may be missing or
 * empty, unless syncfs() has come between. */
int file_write_soon(str path, str bytes);

/* A program that came with the one that runs: beside it, one folder above it, or in
 * ../libexec/infonote. Empty: there is none. */
str file_companion(struct arena *a, const char *name);

/* "dir" of "dir/name"; "." without a slash. In the arena. */
str file_directory(struct arena *a, str path);
str file_join(struct arena *a, str directory, str name); /* absolute names stay */
str file_name(str path);                                  /* "name" of "dir/name" */

/* `path` as it is written from `directory`, without "." and "..", and how many folders
 * above `directory` it begins. By their names alone; empty where these do not tell. */
str file_relative(struct arena *a, str path, str directory, size_t *up);

/* `path` with its last extension replaced ("note.yaml" to "note.pdf"). */
str file_with_extension(struct arena *a, str path, const char *extension);

#endif

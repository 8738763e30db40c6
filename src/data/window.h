/* data/window.h: the lines of a file, one after the other, without the whole of it.
 *
 * In:  bytes in memory, or an open file. Out: lines with their ends (LF, CR LF, a CR).
 * What was given stays where it is from the byte that the reader keeps on, so a record of
 * several lines is one slice. The digest of all bytes is made on the way. */
#ifndef INFONOTE_DATA_WINDOW_H
#define INFONOTE_DATA_WINDOW_H

#include "base/sha256.h"

struct data_window {
    int fd;              /* -1: all of it is in memory */
    struct arena arena;  /* of `bytes`, if there is a file */
    char *bytes;
    size_t cap;
    size_t keep;         /* the first byte that is still needed */
    size_t at, to;       /* of the bytes, what was not given yet */
    bool end;            /* there is nothing behind `to` */
    int error;           /* of reading: errno, else 0 */
    struct sha256 digest;
};

void data_window_init_text(struct data_window *w, str text);
void data_window_init_file(struct data_window *w, int fd); /* `fd` stays the caller's */
void data_window_done(struct data_window *w);

/* Begins again; false, with `error`, if the file cannot do that. */
bool data_window_rewind(struct data_window *w);

/* The next line, which begins at `w->at` before; empty at the end, and on errors. A line
 * that would make what is kept longer than DATA_MAX_RECORD comes without its end. */
str data_window_line(struct data_window *w);

/* What can be seen now of what comes next: at least the first of it. */
str data_window_peek(struct data_window *w);

/* The SHA-256 of what was read so far, as text. */
void data_window_digest(const struct data_window *w, char out[65]);

/* What is kept, from `keep` to what was given last. */
str data_window_kept(const struct data_window *w);

#endif

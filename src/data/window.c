/* SPDX-License-Identifier: MIT
 *
 * In: a file that may be far larger than memory. Out: its lines. Read are pieces into one
 * buffer; when it is full, what is still needed moves to its front, and only a record
 * longer than the buffer makes it grow, up to the limit of a record. */
#include "data/window.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "data/data.h"

enum { FIRST_SIZE = 256 << 10 };

void data_window_init_text(struct data_window *w, str text)
{
    *w = (struct data_window){.fd = -1, .bytes = (char *)(uintptr_t)text.p, .to = text.n,
                              .end = true};
    sha256_init(&w->digest);
}

void data_window_init_file(struct data_window *w, int fd)
{
    *w = (struct data_window){.fd = fd};
    arena_init(&w->arena);
    w->cap = FIRST_SIZE;
    w->bytes = arena_alloc_raw(&w->arena, w->cap);
    sha256_init(&w->digest);
}

void data_window_done(struct data_window *w)
{
    if (w->fd >= 0) {
        arena_done(&w->arena);
    }
}

bool data_window_rewind(struct data_window *w)
{
    w->keep = w->at = 0;
    if (w->fd < 0) {
        return true;
    }
    w->to = 0;
    w->end = false;
    w->error = lseek(w->fd, 0, SEEK_SET) == 0 ? 0 : errno;
    sha256_init(&w->digest);
    return w->error == 0;
}

static void make_room(struct data_window *w)
{
    if (w->to < w->cap) {
        return;
    }
    memmove(w->bytes, w->bytes + w->keep, w->to - w->keep);
    w->at -= w->keep;
    w->to -= w->keep;
    w->keep = 0;
    if (w->to > w->cap / 2) {
        w->bytes = arena_grow(&w->arena, w->bytes, w->cap, 2 * w->cap);
        w->cap *= 2;
    }
}

/* Reads more; false at the end. */
static bool fill(struct data_window *w)
{
    if (w->end) {
        return false;
    }
    make_room(w);
    ssize_t n;
    do {
        n = read(w->fd, w->bytes + w->to, w->cap - w->to);
    } while (n < 0 && errno == EINTR);
    w->error = n < 0 ? errno : 0;
    w->end = n <= 0;
    if (n > 0) {
        sha256_add(&w->digest, (str){w->bytes + w->to, (size_t)n});
        w->to += (size_t)n;
    }
    return n > 0;
}

/* The end of the line that begins at `w->at`, of which `seen` bytes hold none; 0 if it
 * is not there yet. */
static size_t find_end(const struct data_window *w, size_t seen)
{
    size_t i = w->at + seen;
    while (i < w->to && w->bytes[i] != '\n' && w->bytes[i] != '\r') {
        i++;
    }
    if (i + 1 < w->to) {
        return i + 1 + (w->bytes[i] == '\r' && w->bytes[i + 1] == '\n');
    }
    /* CR LF may be cut between its two. */
    return i < w->to && (w->end || w->bytes[i] == '\n') ? i + 1 : 0;
}

str data_window_line(struct data_window *w)
{
    size_t end, seen = 0;
    while ((end = find_end(w, seen)) == 0 && w->to - w->keep <= DATA_MAX_RECORD) {
        seen = w->to - w->at > 1 ? w->to - w->at - 1 : 0;
        if (!fill(w) && (end = find_end(w, seen)) == 0) {
            break;
        }
    }
    end = end ? end : w->to;
    str line = {w->bytes + w->at, end - w->at};
    w->at = end;
    return line;
}

str data_window_peek(struct data_window *w)
{
    while (w->to - w->at < FIRST_SIZE / 2 && fill(w)) {
    }
    return (str){w->bytes + w->at, w->to - w->at};
}

str data_window_kept(const struct data_window *w)
{
    return (str){w->bytes + w->keep, w->at - w->keep};
}

void data_window_digest(const struct data_window *w, char out[65])
{
    struct sha256 copy = w->digest;
    unsigned char bytes[32];
    sha256_end(&copy, bytes);
    sha256_hex(bytes, out);
}

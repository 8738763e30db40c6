/* SPDX-License-Identifier: MIT
 *
 * In: PDFs, as workers finish them. Out: an archive in the order of the records, so that
 * it does not depend on how many workers there were. Its form is that of GNU tar, where
 * names are bytes of any number; in pax, libarchive takes names by the locale.
 *
 * libarchive brings ten libraries along, which would cost every start of the program; so
 * it is loaded by the runs that want an archive. */
#include "bulk/tar.h"

#include <archive.h>
#include <archive_entry.h>
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "bulk/draft.h"

enum { HELD = 64 }; /* records, from the oldest that is not written */

/* What is needed of the library. */
struct library {
    struct archive *(*write_new)(void);
    int (*set_format)(struct archive *);
    int (*open_fd)(struct archive *, int fd);
    int (*write_header)(struct archive *, struct archive_entry *);
    la_ssize_t (*write_data)(struct archive *, const void *, size_t);
    int (*close)(struct archive *);
    int (*free)(struct archive *);
    int (*error)(struct archive *);
    struct archive_entry *(*entry_new)(void);
    void (*entry_free)(struct archive_entry *);
    void (*set_name)(struct archive_entry *, const char *);
    void (*set_size)(struct archive_entry *, la_int64_t);
    void (*set_type)(struct archive_entry *, unsigned int);
    void (*set_mode)(struct archive_entry *, __LA_MODE_T);
    void (*set_time)(struct archive_entry *, time_t, long);
};

struct held {
    struct arena arena;
    uint64_t number;
    bool settled;
    str name, pdf; /* no name: it failed */
};

struct bulk_tar {
    struct library library;
    struct archive *archive;
    struct arena arena;
    struct bulk_draft draft;
    int64_t date;             /* of all files in it */
    struct held held[HELD];
    size_t first, n;
    int error;
};

/* --- The library --- */

/* It stays loaded. */
static bool load(struct library *l)
{
    const struct {
        const char *name;
        void *to; /* a pointer to a function: ISO C has no cast for what dlsym gives */
    } NAMES[] = {
        {"archive_write_new", &l->write_new},
        {"archive_write_set_format_gnutar", &l->set_format},
        {"archive_write_open_fd", &l->open_fd},
        {"archive_write_header", &l->write_header},
        {"archive_write_data", &l->write_data},
        {"archive_write_close", &l->close},
        {"archive_write_free", &l->free},
        {"archive_errno", &l->error},
        {"archive_entry_new", &l->entry_new},
        {"archive_entry_free", &l->entry_free},
        {"archive_entry_set_pathname", &l->set_name},
        {"archive_entry_set_size", &l->set_size},
        {"archive_entry_set_filetype", &l->set_type},
        {"archive_entry_set_perm", &l->set_mode},
        {"archive_entry_set_mtime", &l->set_time},
    };
    void *library = dlopen("libarchive.so.13", RTLD_NOW | RTLD_LOCAL);
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        void *found = library ? dlsym(library, NAMES[i].name) : NULL;
        if (!found) {
            return false;
        }
        memcpy(NAMES[i].to, &found, sizeof found);
    }
    return true;
}

/* --- Beginning --- */

static int begin(struct bulk_tar *t, const char *path)
{
    struct library *l = &t->library;
    int error = bulk_draft_open(&t->draft, path, &t->arena);
    if (error) {
        return error;
    }
    t->archive = l->write_new();
    if (!t->archive || l->set_format(t->archive) != ARCHIVE_OK ||
        l->open_fd(t->archive, t->draft.fd) != ARCHIVE_OK) {
        return t->archive ? l->error(t->archive) : ENOMEM;
    }
    return 0;
}

struct bulk_tar *bulk_tar_open(const struct bulk_job *job)
{
    struct bulk_tar *t = calloc(1, sizeof *t);
    if (!t) {
        oom_report(sizeof *t);
    }
    arena_init(&t->arena);
    t->draft.fd = -1;
    t->date = job->date;
    for (size_t i = 0; i < HELD; i++) {
        arena_init(&t->held[i].arena);
    }
    bool loaded = load(&t->library);
    int error = loaded ? begin(t, job->tar) : 0;
    if (loaded && !error) {
        return t;
    }
    diag_report(job->sink, loaded ? DIAG_CANNOT_WRITE : DIAG_SYSTEM, PLACE_NONE,
                loaded ? NULL : "install libarchive", "cannot write `%s`: %s", job->tar,
                loaded ? strerror(error) : "there is no library that makes archives");
    bulk_tar_close(t, false);
    return NULL;
}

/* --- Records --- */

static struct held *held_at(struct bulk_tar *t, size_t i)
{
    return &t->held[(t->first + i) % HELD];
}

bool bulk_tar_has_room(const struct bulk_tar *t)
{
    return t->n < HELD;
}

void bulk_tar_expect(struct bulk_tar *t, uint64_t number)
{
    struct held *h = held_at(t, t->n++);
    arena_reset(&h->arena);
    h->number = number;
    h->settled = false;
    h->name = h->pdf = STR_NONE;
}

static int put(struct bulk_tar *t, const struct held *h)
{
    struct library *l = &t->library;
    struct archive_entry *e = l->entry_new();
    if (!e) {
        oom_report(1);
    }
    l->set_name(e, h->name.p);
    l->set_size(e, (la_int64_t)h->pdf.n);
    l->set_type(e, AE_IFREG);
    l->set_mode(e, 0644);
    l->set_time(e, (time_t)t->date, 0);
    int error = 0;
    if (l->write_header(t->archive, e) != ARCHIVE_OK ||
        l->write_data(t->archive, h->pdf.p, h->pdf.n) != (la_ssize_t)h->pdf.n) {
        error = l->error(t->archive);
        error = error ? error : EIO;
    }
    l->entry_free(e);
    return error;
}

int bulk_tar_take(struct bulk_tar *t, const struct bulk_result *result)
{
    for (size_t i = 0; i < t->n; i++) {
        struct held *h = held_at(t, i);
        if (h->number == result->number) {
            bool done = result->outcome == BULK_DONE;
            h->settled = true;
            h->name = done ? str_copy(&h->arena, result->file) : STR_NONE;
            h->pdf = done ? str_copy(&h->arena, result->pdf) : STR_NONE;
        }
    }
    while (t->n && held_at(t, 0)->settled && !t->error) {
        const struct held *h = held_at(t, 0);
        t->error = h->name.n ? put(t, h) : 0;
        t->first = (t->first + 1) % HELD;
        t->n--;
    }
    return t->error;
}

/* --- The end --- */

int bulk_tar_close(struct bulk_tar *t, bool whole)
{
    struct library *l = &t->library;
    int error = t->error;
    if (t->archive && l->close(t->archive) != ARCHIVE_OK && !error) {
        error = l->error(t->archive);
    }
    if (t->archive) {
        l->free(t->archive);
    }
    int failed = bulk_draft_close(&t->draft, whole && !error);
    error = error ? error : failed;
    for (size_t i = 0; i < HELD; i++) {
        arena_done(&t->held[i].arena);
    }
    arena_done(&t->arena);
    free(t);
    return error;
}

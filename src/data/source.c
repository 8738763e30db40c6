/* SPDX-License-Identifier: MIT
 *
 * In: the name of a file of data. Out: the source of its records. The end of the name
 * says what is in it, else the first bytes. */
#include "data/source.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "data/files.h"

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

static const struct data_kind *find_kind(str path)
{
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++) {
        for (const char *const *end = KINDS[i]->endings; *end; end++) {
            if (str_ends(path, str_from(*end))) {
                return KINDS[i];
            }
        }
    }
    return NULL;
}

static const struct data_kind *kind_of(str path, int fd)
{
    const struct data_kind *kind = find_kind(path);
    return kind ? kind : kind_of_bytes(fd);
}

bool data_is_records(const char *path)
{
    const struct data_kind *kind = find_kind(str_from(path));
    return kind && kind != &DATA_LIST; /* such a file may be one record as well */
}

/* How reports name it: the address of a database may hold a password. */
static struct source *name_of(const struct data_request *request, struct arena *a)
{
    struct source *file = NEW(a, struct source);
    str path = str_copy(a, str_from(request->path)), rest = STR_NONE;
    size_t at;
    if (str_is(path, "-")) {
        file->name = STR("<stdin>");
    } else if (request->query && str_find(path, STR("://"), &at)) {
        file->name = str_format(a, "<%.*s>", STR_ARG(str_cut(path, ':', &rest)));
    } else {
        file->name = file->path = path;
    }
    return file;
}

static int open_file(const struct data_request *request, const struct source *file,
                     struct diag_sink *sink)
{
    int fd = data_open_file(request->path);
    if (fd < 0) {
        diag_report(sink, DIAG_CANNOT_READ, (struct place){.source = file}, NULL,
                    "cannot read the data: %s",
                    errno == ENOENT ? "there is no such file" : strerror(errno));
    }
    return fd;
}

struct data_source *data_open(const struct data_request *request, struct diag_sink *sink)
{
    struct data_request asked = *request;
    struct source *file = name_of(request, sink->arena);
    int fd = request->query ? data_ask(request, file, sink)
                            : open_file(request, file, sink);
    if (fd < 0) {
        return NULL;
    }
    asked.separator = request->query ? ',' : request->separator;
    const struct data_kind *kind = request->query ? &DATA_CSV : kind_of(file->path, fd);
    struct data_source *s = kind->open(&asked, file, fd, sink);
    if (s) {
        s->lineless = request->query != NULL;
    }
    return s;
}

enum data_next data_next(struct data_source *s, struct data_row *row)
{
    enum data_next next = s->kind->next(s, row);
    if (next == DATA_ROW && s->lineless) {
        row->line = 0;
    }
    return next;
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

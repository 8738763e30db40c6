/* SPDX-License-Identifier: MIT
 *
 * In: an open CSV file. Out: its rows under the names of its header. */
#include "data/reader.h"

#include <stdlib.h>
#include <unistd.h>

struct csv_source {
    struct data_source source;
    struct arena arena;      /* names */
    struct arena scratch;    /* of the reader */
    struct data_csv_reader reader;
    char separator;          /* as asked for */
    uint64_t rows;
};

static bool begin(struct csv_source *c)
{
    arena_init(&c->scratch);
    struct data_window window = c->reader.window;
    c->reader = (struct data_csv_reader){
        .source = c->source.file, .separator = c->separator, .header = true,
        .arena = &c->scratch, .sink = c->source.sink, .window = window};
    c->rows = 0;
    const struct data_record *names = data_csv_begin(&c->reader);
    c->source.failed = c->source.failed || c->reader.failed;
    if (names && !c->source.names) {
        str *copies = NEW_ARRAY(&c->arena, str, names->n);
        for (uint32_t i = 0; i < names->n; i++) {
            copies[i] = str_copy(&c->arena, str_trim(names->fields[i]));
        }
        c->source.names = copies;
        c->source.n_names = names->n;
        c->source.head = str_copy(&c->arena, names->raw);
    }
    return names && names->n == c->source.n_names && !c->reader.failed;
}

static void end(struct csv_source *c)
{
    data_csv_end(&c->reader);
    arena_done(&c->scratch);
}

static void close_source(struct data_source *s)
{
    struct csv_source *c = (struct csv_source *)s;
    int fd = c->reader.window.fd;
    end(c);
    data_window_done(&c->reader.window);
    close(fd);
    arena_done(&c->arena);
    free(c);
}

static struct data_source *open_source(const struct data_request *request,
                                       const struct source *file, int fd,
                                       struct diag_sink *sink)
{
    struct csv_source *c = calloc(1, sizeof *c);
    if (!c) {
        oom_report(sizeof *c);
    }
    c->source = (struct data_source){.kind = &DATA_CSV, .file = file, .sink = sink};
    c->separator = request->separator;
    arena_init(&c->arena);
    data_window_init_file(&c->reader.window, fd);
    if (!begin(c)) {
        close_source(&c->source);
        return NULL;
    }
    return &c->source;
}

static enum data_next next_row(struct data_source *s, struct data_row *row)
{
    struct csv_source *c = (struct csv_source *)s;
    const struct data_record *record;
    enum data_next next = data_csv_next(&c->reader, &record);
    s->failed = s->failed || c->reader.failed;
    if (next == DATA_ROW) {
        *row = (struct data_row){.number = ++c->rows, .line = record->line,
                                 .n = record->n, .names = s->names,
                                 .values = record->fields, .raw = record->raw};
    }
    return next;
}

/* A file that was changed since may begin with another header. */
static bool rewind_source(struct data_source *s)
{
    struct csv_source *c = (struct csv_source *)s;
    end(c);
    bool begun = data_window_rewind(&c->reader.window);
    bool good = begin(c);
    if (!begun || (!good && !s->failed)) {
        diag_report(s->sink, DIAG_CANNOT_READ, (struct place){.source = s->file},
                    "leave the file as it is while it is used",
                    "the data cannot be read a second time");
        s->failed = true;
    }
    return begun && good;
}

static void digest(struct data_source *s, char out[65])
{
    data_window_digest(&((struct csv_source *)s)->reader.window, out);
}

static const char *const ENDINGS[] = {".csv", ".tsv", NULL};

const struct data_kind DATA_CSV = {"CSV", ENDINGS, open_source, next_row, rewind_source,
                                   digest, close_source};

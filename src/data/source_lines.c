/* SPDX-License-Identifier: MIT
 *
 * In: JSON Lines: an object on each line. Out: rows, with what is text in them as fields.
 * The note is made from the line itself, which YAML reads as it stands; the fields name
 * its file, and there a number with a fraction is spelled anew. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "data/data.h"
#include "data/flat.h"
#include "data/window.h"

struct lines_source {
    struct data_source source;
    struct data_window window;
    struct data_flat flat;
    uint32_t line; /* the one that was read last */
    uint64_t rows;
    bool stopped;
};

/* --- One line --- */

static str bytes_of(const json_t *v)
{
    return (str){json_string_value(v), json_string_length(v)};
}

static void add_number(struct data_flat *f, str name, json_t *v)
{
    char text[64];
    size_t flags = JSON_ENCODE_ANY | JSON_REAL_PRECISION(15);
    size_t n = json_dumpb(v, text, sizeof text, flags);
    if (n <= sizeof text) {
        data_flat_add(f, name, (str){text, n});
    }
}

static void add_members(struct data_flat *f, json_t *object)
{
    const char *key;
    json_t *v;
    json_object_foreach(object, key, v) {
        str name = str_from(key);
        switch (json_typeof(v)) {
        case JSON_STRING:  data_flat_add(f, name, bytes_of(v)); break;
        case JSON_INTEGER:
        case JSON_REAL:    add_number(f, name, v); break;
        case JSON_TRUE:    data_flat_add(f, name, STR("true")); break;
        case JSON_FALSE:   data_flat_add(f, name, STR("false")); break;
        case JSON_OBJECT:
            if (data_flat_enter(f, name)) {
                add_members(f, v);
                data_flat_leave(f);
            }
            break;
        case JSON_ARRAY:
        case JSON_NULL: break;
        }
    }
}

static struct place place_in(const struct lines_source *s, int column)
{
    return (struct place){.source = s->source.file, .line = s->line,
                          .column = column > 0 ? (uint32_t)column : 1};
}

/* False, and a report, if the line is no record. */
static bool read_fields(struct lines_source *s, str text)
{
    json_error_t error;
    json_t *v = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, &error);
    if (!v) {
        diag_report(s->source.sink, DIAG_BAD_DATA, place_in(s, error.column),
                    "write one JSON object a line: `{\"name\": \"value\"}`",
                    "the line is not JSON: %s", error.text);
        return false;
    }
    bool good = json_is_object(v);
    if (good) {
        add_members(&s->flat, v);
    } else {
        diag_report(s->source.sink, DIAG_BAD_DATA, place_in(s, 1),
                    "write one JSON object a line: `{\"name\": \"value\"}`",
                    "a record is an object, not a list");
    }
    json_decref(v);
    return good;
}

/* --- The source --- */

/* The next line that is not blank, without white space around it; empty at the end. */
static str next_line(struct lines_source *s)
{
    static const str MARK = {"\xEF\xBB\xBF", 3};
    str text = STR_NONE;
    while (!text.n) {
        s->window.keep = s->window.at;
        str line = data_window_line(&s->window);
        if (!line.n) {
            break;
        }
        s->line++;
        if (s->line == 1 && str_starts(line, MARK)) {
            line = str_sub(line, MARK.n, line.n);
        }
        text = str_trim(line);
    }
    return text;
}

static enum data_next stop(struct lines_source *s)
{
    s->source.failed = s->stopped = true;
    return DATA_STOP;
}

static enum data_next next_row(struct data_source *source, struct data_row *row)
{
    struct lines_source *s = (struct lines_source *)source;
    if (s->stopped) {
        return DATA_STOP;
    }
    str text = next_line(s);
    if (s->window.error) {
        diag_report(source->sink, DIAG_CANNOT_READ, place_in(s, 1), NULL,
                    "cannot read the data: %s", strerror(s->window.error));
        return stop(s);
    }
    if (!text.n) {
        return DATA_END;
    }
    if (text.n > DATA_MAX_RECORD) {
        diag_report(source->sink, DIAG_TOO_LARGE, place_in(s, 1), NULL,
                    "the record is longer than %d KiB", DATA_MAX_RECORD >> 10);
        return stop(s);
    }
    data_flat_begin(&s->flat);
    if (!read_fields(s, text)) {
        source->failed = true;
        return DATA_FAULT;
    }
    *row = (struct data_row){.number = ++s->rows, .line = s->line, .text = text,
                             .raw = data_window_kept(&s->window)};
    data_flat_give(&s->flat, row);
    return DATA_ROW;
}

static bool rewind_source(struct data_source *source)
{
    struct lines_source *s = (struct lines_source *)source;
    s->line = 0;
    s->rows = 0;
    s->stopped = false;
    if (data_window_rewind(&s->window)) {
        return true;
    }
    diag_report(source->sink, DIAG_CANNOT_READ, place_in(s, 1), NULL,
                "cannot read the data a second time: %s", strerror(s->window.error));
    source->failed = true;
    return false;
}

static void digest(struct data_source *source, char out[65])
{
    data_window_digest(&((struct lines_source *)source)->window, out);
}

static void close_source(struct data_source *source)
{
    struct lines_source *s = (struct lines_source *)source;
    close(s->window.fd);
    data_window_done(&s->window);
    data_flat_done(&s->flat);
    free(s);
}

static struct data_source *open_source(const struct data_request *request,
                                       const struct source *file, int fd,
                                       struct diag_sink *sink)
{
    (void)request;
    struct lines_source *s = calloc(1, sizeof *s);
    if (!s) {
        oom_report(sizeof *s);
    }
    s->source = (struct data_source){.kind = &DATA_LINES, .file = file, .sink = sink};
    data_window_init_file(&s->window, fd);
    data_flat_init(&s->flat);
    return &s->source;
}

static const char *const ENDINGS[] = {".jsonl", ".ndjson", NULL};

const struct data_kind DATA_LINES = {"JSON Lines", ENDINGS, open_source, next_row,
                                     rewind_source, digest, close_source};

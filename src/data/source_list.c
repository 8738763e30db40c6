/* SPDX-License-Identifier: MIT
 *
 * In: a list of mappings, in YAML or JSON. Out: rows, with what is text in them as fields
 * and all of them as JSON. The list is read whole, under the limits of notes; longer ones
 * are for JSON Lines. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/sha256.h"
#include "data/data.h"
#include "data/flat.h"
#include "yaml/value.h"

struct list_source {
    struct data_source source;
    struct arena arena;
    struct source *text;       /* `source.file` with its bytes; the sink's, for reports */
    const struct value *list;
    size_t at;                 /* of the next row */
    struct data_flat flat;
    char digest[65];
};

/* --- One record --- */

static bool is_bare(const struct value *v)
{
    str s = v->text, digits = str_starts(s, STR("-")) ? str_sub(s, 1, s.n) : s;
    if (v->style != VALUE_PLAIN) {
        return false;
    }
    bool number = digits.n > 0 && digits.n < 16;
    for (size_t i = 0; i < digits.n && number; i++) {
        number = digits.p[i] >= '0' && digits.p[i] <= '9';
    }
    bool padded = digits.n > 1 && digits.p[0] == '0'; /* 007 is no JSON */
    return (number && !padded) || str_is(s, "true") || str_is(s, "false");
}

static void put_json(struct buf *out, const struct value *v)
{
    switch (v->kind) {
    case VALUE_NULL:
        buf_puts(out, "null");
        break;
    case VALUE_SCALAR:
        if (is_bare(v)) {
            buf_put(out, v->text);
        } else {
            buf_json_string(out, v->text);
        }
        break;
    case VALUE_SEQUENCE:
        buf_char(out, '[');
        for (size_t i = 0; i < v->n; i++) {
            buf_puts(out, i ? ", " : "");
            put_json(out, v->items[i]);
        }
        buf_char(out, ']');
        break;
    case VALUE_MAPPING:
        buf_char(out, '{');
        for (size_t i = 0; i < v->n; i++) {
            buf_puts(out, i ? ", " : "");
            buf_json_string(out, v->pairs[i].key->text);
            buf_puts(out, ": ");
            put_json(out, v->pairs[i].value);
        }
        buf_char(out, '}');
        break;
    }
}

static void add_pairs(struct data_flat *f, const struct value *map)
{
    for (size_t i = 0; i < map->n; i++) {
        str name = map->pairs[i].key->text;
        const struct value *v = map->pairs[i].value;
        if (v->kind == VALUE_SCALAR) {
            data_flat_add(f, name, v->text);
        } else if (v->kind == VALUE_MAPPING && data_flat_enter(f, name)) {
            add_pairs(f, v);
            data_flat_leave(f);
        }
    }
}

static enum data_next next_row(struct data_source *source, struct data_row *row)
{
    struct list_source *s = (struct list_source *)source;
    if (s->at == s->list->n) {
        return DATA_END;
    }
    const struct value *v = s->list->items[s->at++];
    if (v->kind != VALUE_MAPPING) {
        diag_report(source->sink, DIAG_BAD_DATA, v->at, "write `- name: value`",
                    "a record is a mapping, not %s", value_kind_name(v));
        source->failed = true;
        return DATA_FAULT;
    }
    data_flat_begin(&s->flat);
    add_pairs(&s->flat, v);
    struct buf raw;
    buf_init(&raw, &s->flat.arena);
    buf_puts(&raw, "- ");
    put_json(&raw, v);
    buf_char(&raw, '\n');
    str item = buf_str(&raw);
    *row = (struct data_row){.number = s->at, .line = v->at.line, .raw = item,
                             .text = str_sub(item, 2, item.n - 1)};
    data_flat_give(&s->flat, row);
    return DATA_ROW;
}

/* --- The list --- */

/* All of it, at least one byte more than the limit if it is longer; -1 and errno. */
static int read_all(int fd, struct arena *a, str *out)
{
    struct buf text;
    char piece[64 << 10];
    ssize_t n;
    buf_init(&text, a);
    do {
        n = read(fd, piece, sizeof piece);
        if (n > 0) {
            buf_put(&text, (str){piece, (size_t)n});
        }
    } while ((n > 0 && buf_str(&text).n <= VALUE_LIMITS.max_bytes) ||
             (n < 0 && errno == EINTR));
    *out = str_copy(a, buf_str(&text));
    return n < 0 ? -1 : 0;
}

static bool read_list(struct list_source *s, int fd, struct diag_sink *sink)
{
    struct place at = {.source = s->text, .line = 1, .column = 1};
    if (read_all(fd, sink->arena, &s->text->text) != 0) {
        diag_report(sink, DIAG_CANNOT_READ, at, NULL, "cannot read the data: %s",
                    strerror(errno));
        return false;
    }
    if (s->text->text.n > VALUE_LIMITS.max_bytes) {
        diag_report(sink, DIAG_TOO_LARGE, at,
                    "write one JSON object a line, in a file that ends in .jsonl",
                    "a list of records has at most %zu MiB",
                    VALUE_LIMITS.max_bytes >> 20);
        return false;
    }
    str_sha256(s->text->text, s->digest);
    s->text->text = value_from_json(sink->arena, s->text->text);
    s->list = value_read(s->text, &VALUE_LIMITS, &s->arena, sink);
    if (s->list && s->list->kind != VALUE_SEQUENCE) {
        diag_report(sink, DIAG_BAD_DATA, s->list->at, "begin each record with `- `",
                    "the data are a list of records, not %s", value_kind_name(s->list));
        return false;
    }
    return s->list != NULL;
}

static bool rewind_source(struct data_source *source)
{
    ((struct list_source *)source)->at = 0;
    return true;
}

static void digest(struct data_source *source, char out[65])
{
    memcpy(out, ((struct list_source *)source)->digest, 65);
}

static void close_source(struct data_source *source)
{
    struct list_source *s = (struct list_source *)source;
    data_flat_done(&s->flat);
    arena_done(&s->arena);
    free(s);
}

static struct data_source *open_source(const struct data_request *request,
                                       const struct source *file, int fd,
                                       struct diag_sink *sink)
{
    (void)request;
    struct list_source *s = calloc(1, sizeof *s);
    if (!s) {
        oom_report(sizeof *s);
    }
    arena_init(&s->arena);
    data_flat_init(&s->flat);
    s->text = NEW(sink->arena, struct source);
    *s->text = *file;
    s->source = (struct data_source){.kind = &DATA_LIST, .file = file, .sink = sink};
    bool good = read_list(s, fd, sink);
    close(fd);
    if (!good) {
        close_source(&s->source);
        return NULL;
    }
    return &s->source;
}

static const char *const ENDINGS[] = {".yaml", ".yml", NULL};

const struct data_kind DATA_LIST = {"a list", ENDINGS, open_source, next_row,
                                    rewind_source, digest, close_source};

/* SPDX-License-Identifier: MIT
 *
 * In: a CSV file. Out: its records. libcsv does the quoting; it is fed line by line, so
 * that each record is known to begin at a line. Around it stands what it does not do:
 * the byte order mark, the separator, bytes that no text may hold, the header, records of
 * one length, empty lines, limits.
 *
 * The separator is the one that cuts most of the first lines into equally many fields;
 * of several, the one that makes most fields. */
#include "data/data.h"

#include <csv.h>

#include "base/utf8.h"

enum { SAMPLE_LINES = 16 };

static const char SEPARATORS[] = {',', ';', '\t', '|'};

struct reading {
    struct data_csv *csv;
    struct arena *arena;
    struct diag_sink *sink;
    struct csv_parser parser;
    struct buf bytes;        /* of the record at hand */
    VEC(uint32_t) ends;      /* of its fields */
    VEC(str) fields;
    size_t begin;            /* where it begins */
    uint32_t line, begin_line;
    uint32_t columns;        /* of every record; 0: not known yet */
    uint32_t empty_line;     /* the first of those before this record; 0: none */
    bool open;               /* the record goes on */
    bool failed, stopped;
};

static struct place place_of_line(const struct reading *r, uint32_t line)
{
    return (struct place){r->csv->source, line, 1, 0};
}

/* --- Bytes --- */

static bool is_control(uint32_t c)
{
    bool white = c == '\t' || c == '\n' || c == '\r';
    return (c < 0x20 && !white) || (c >= 0x7F && c <= 0x9F);
}

/* The first byte that no text may hold; false if there is none. */
static bool find_control(str text, size_t *at)
{
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if (c == 0xC2 && i + 1 < text.n) {
            c = (unsigned char)text.p[i + 1];
            c = c <= 0x9F ? c : 'x';
        } else if (c >= 0x80) {
            continue;
        }
        if (is_control(c)) {
            *at = i;
            return true;
        }
    }
    return false;
}

static bool bytes_are_good(const struct source *s, struct diag_sink *sink)
{
    size_t at;
    if (!utf8_valid(s->text, &at)) {
        diag_report(sink, DIAG_BAD_UTF8, diag_place_of_offset(s, at),
                    "save it as UTF-8", "the file of data is not UTF-8 (byte 0x%02X)",
                    (unsigned)(unsigned char)s->text.p[at]);
        return false;
    }
    if (find_control(s->text, &at)) {
        diag_report(sink, DIAG_BAD_CHARACTER, diag_place_of_offset(s, at),
                    "take it out of the file",
                    "a control character (byte 0x%02X) in the file of data",
                    (unsigned)(unsigned char)s->text.p[at]);
        return false;
    }
    return true;
}

/* --- Lines and separators --- */

static bool ends_line(char c)
{
    return c == '\n' || c == '\r';
}

/* Behind the line that begins at `at`. */
static size_t next_line(str text, size_t at)
{
    while (at < text.n && !ends_line(text.p[at])) {
        at++;
    }
    bool two = at + 1 < text.n && text.p[at] == '\r' && text.p[at + 1] == '\n';
    return at < text.n ? at + 1 + two : at;
}

static size_t skip_mark(str text)
{
    return str_starts(text, STR("\xEF\xBB\xBF")) ? 3 : 0;
}

/* The fields of the record at `*at`, which moves behind it. */
static uint32_t count_fields(str text, size_t *at, char separator)
{
    uint32_t n = 1;
    bool quoted = false;
    size_t end = text.n - *at > DATA_MAX_RECORD ? *at + DATA_MAX_RECORD : text.n;
    while (*at < end && (quoted || !ends_line(text.p[*at]))) {
        char c = text.p[(*at)++];
        quoted = quoted != (c == '"');
        n += !quoted && c == separator;
    }
    *at = next_line(text, *at);
    return n;
}

static char find_separator(str text)
{
    char best = ',';
    uint32_t best_alike = 0, best_fields = 1;
    for (size_t i = 0; i < sizeof SEPARATORS; i++) {
        size_t at = skip_mark(text);
        uint32_t fields = count_fields(text, &at, SEPARATORS[i]), alike = 1;
        for (int k = 1; k < SAMPLE_LINES && at < text.n; k++) {
            alike += count_fields(text, &at, SEPARATORS[i]) == fields;
        }
        if (fields > 1 && (alike > best_alike ||
                           (alike == best_alike && fields > best_fields))) {
            best = SEPARATORS[i];
            best_alike = alike;
            best_fields = fields;
        }
    }
    return best;
}

struct place data_csv_place(const struct data_csv *csv, const struct data_record *r,
                            uint32_t n)
{
    struct place at = {csv->source, r->line, 1, 1};
    str text = csv->source->text;
    bool quoted = false;
    for (size_t i = r->offset; i < text.n && n > 0;) {
        char c = text.p[i];
        if (!quoted && ends_line(c)) {
            break;
        }
        size_t line = ends_line(c) ? next_line(text, i) : 0;
        quoted = quoted != (c == '"');
        n -= !quoted && c == csv->separator;
        if (line) {
            at.line++;
            at.column = 0;
            i = line;
        } else {
            utf8_next(text, &i);
        }
        at.column++;
    }
    return at;
}

/* --- Records --- */

static void on_field(void *bytes, size_t n, void *user)
{
    struct reading *r = user;
    buf_put(&r->bytes, (str){bytes, bytes ? n : 0});
    vec_push(r->arena, &r->ends, (uint32_t)r->bytes.n);
}

static struct data_record make_record(struct reading *r)
{
    r->fields.n = 0;
    for (size_t i = 0; i < r->ends.n; i++) {
        uint32_t from = i ? r->ends.v[i - 1] : 0;
        str field = {r->bytes.p + from, r->ends.v[i] - from};
        vec_push(r->arena, &r->fields, field);
    }
    return (struct data_record){r->fields.v, (uint32_t)r->fields.n, r->begin_line,
                                r->begin};
}

/* A field without a name, or with one that another has, could not be asked for. */
static void check_names(struct reading *r, const struct data_record *names)
{
    for (uint32_t i = 0; i < names->n; i++) {
        str name = str_trim(names->fields[i]);
        if (name.n == 0) {
            diag_report(r->sink, DIAG_BAD_DATA, data_csv_place(r->csv, names, i),
                        "give it a name, or say `header: false`",
                        "field %u of the header has no name", i + 1);
            r->failed = true;
        }
        for (uint32_t k = 0; k < i && name.n; k++) {
            if (str_eq(name, str_trim(names->fields[k]))) {
                struct diag *d = diag_report(
                    r->sink, DIAG_BAD_DATA, data_csv_place(r->csv, names, i),
                    "rename one of them", "the header names `%.*s` twice", STR_ARG(name));
                diag_second(r->sink, d, data_csv_place(r->csv, names, k), "first here");
                r->failed = true;
                break;
            }
        }
    }
}

static void begin_table(struct reading *r, const struct data_record *first)
{
    r->columns = first->n;
    if (first->n > DATA_MAX_COLUMNS) {
        diag_report(r->sink, DIAG_TOO_LARGE, place_of_line(r, first->line),
                    "leave out those that are not needed",
                    "the data has %u fields in a row; %d is the limit", first->n,
                    DATA_MAX_COLUMNS);
        r->failed = r->stopped = true;
        return;
    }
    if (r->csv->header) {
        check_names(r, first);
    }
    if (r->csv->on_header) {
        r->csv->on_header(r->csv->user, first);
    }
}

static bool has_columns(struct reading *r, const struct data_record *record)
{
    if (record->n == r->columns) {
        return true;
    }
    diag_report(r->sink, DIAG_BAD_DATA, data_csv_place(r->csv, record, r->columns),
                "quote a field that holds the separator; write one field for each column",
                "the row has %u field%s, the first line %u", record->n,
                record->n == 1 ? "" : "s", r->columns);
    r->failed = true;
    return false;
}

static void report_empty_line(struct reading *r)
{
    if (r->empty_line) {
        diag_report(r->sink, DIAG_BAD_DATA, place_of_line(r, r->empty_line),
                    "take it out", "an empty line between the rows");
        r->empty_line = 0;
        r->failed = true;
    }
}

static void on_row(int end, void *user)
{
    struct reading *r = user;
    (void)end;
    if (!r->stopped) {
        report_empty_line(r);
        struct data_record record = make_record(r);
        bool first = r->columns == 0;
        if (first) {
            begin_table(r, &record);
        }
        if (!r->stopped && !(first && r->csv->header) && has_columns(r, &record) &&
            !r->csv->on_record(r->csv->user, &record)) {
            r->stopped = true;
        }
    }
    buf_clear(&r->bytes);
    r->ends.n = 0;
    r->open = false;
}

/* --- The file --- */

static void report_quote(struct reading *r, bool unclosed)
{
    diag_report(r->sink, DIAG_BAD_DATA, place_of_line(r, r->begin_line),
                unclosed ? "close it; a quotation mark inside is written twice"
                         : "put quotation marks around the whole field, and write those "
                           "inside it twice",
                unclosed ? "a quotation mark is not closed"
                         : "a quotation mark stands in the middle of a field");
    r->failed = r->stopped = true;
}

static bool is_too_long(struct reading *r, size_t end)
{
    if (end - r->begin <= DATA_MAX_RECORD) {
        return false;
    }
    diag_report(r->sink, DIAG_TOO_LARGE, place_of_line(r, r->begin_line),
                "look for a quotation mark that is not closed",
                "a row is longer than %d KiB", DATA_MAX_RECORD >> 10);
    r->failed = r->stopped = true;
    return true;
}

static void feed_line(struct reading *r, size_t from, size_t to)
{
    str text = r->csv->source->text;
    if (!r->open) {
        r->begin = from;
        r->begin_line = r->line;
        if (ends_line(text.p[from])) {
            r->empty_line = r->empty_line || !r->columns ? r->empty_line : r->line;
            return;
        }
    }
    r->open = true;
    if (is_too_long(r, to)) {
        return;
    }
    size_t n = to - from;
    if (csv_parse(&r->parser, text.p + from, n, on_field, on_row, r) != n) {
        report_quote(r, false);
    }
}

static void feed_all(struct reading *r)
{
    str text = r->csv->source->text;
    for (size_t at = skip_mark(text), next; at < text.n && !r->stopped; at = next) {
        next = next_line(text, at);
        r->line++;
        feed_line(r, at, next);
    }
    if (!r->stopped && csv_fini(&r->parser, on_field, on_row, r) != 0) {
        report_quote(r, true);
    }
}

bool data_csv_read(struct data_csv *csv, struct arena *scratch, struct diag_sink *sink)
{
    struct reading r = {.csv = csv, .arena = scratch, .sink = sink};
    if (!bytes_are_good(csv->source, sink)) {
        return false;
    }
    csv->separator = csv->separator ? csv->separator : find_separator(csv->source->text);
    if (csv_init(&r.parser, CSV_STRICT | CSV_STRICT_FINI) != 0) {
        oom_report(1);
    }
    csv_set_delim(&r.parser, (unsigned char)csv->separator);
    buf_init(&r.bytes, scratch);
    feed_all(&r);
    if (csv_error(&r.parser) == CSV_ENOMEM) {
        oom_report(1);
    }
    csv_free(&r.parser);
    if (!r.failed && r.columns == 0) {
        diag_report(sink, DIAG_BAD_DATA, (struct place){csv->source, 1, 1, 0},
                    "write its header and its rows", "the file of data is empty");
        return false;
    }
    return !r.failed;
}

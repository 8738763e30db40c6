/* SPDX-License-Identifier: MIT
 *
 * In: a CSV file. Out: its records, one when asked. libcsv does the quoting; it is fed
 * line by line, so that each record is known to begin at a line. Around it stands what it
 * does not do: the byte order mark, the separator, bytes that no text may hold, the
 * header, records of one length, empty lines, limits.
 *
 * The separator is the one that cuts most of the first lines into equally many fields;
 * of several, the one that makes most fields. */
#include "data/reader.h"

#include <string.h>

#include "base/utf8.h"

enum { SAMPLE_LINES = 16 };

static const char SEPARATORS[] = {',', ';', '\t', '|'};

/* Where a report points at. A file of which only a piece is in memory shows this piece,
 * as long as such reports are kept. */
static const struct source *source_here(struct data_csv_reader *r, enum diag_code code)
{
    bool kept = r->sink->per_code[code] < DIAG_KEPT_PER_CODE;
    if (r->window.fd < 0 || !kept) {
        return r->source;
    }
    struct source *piece = NEW(r->sink->arena, struct source);
    *piece = *r->source;
    piece->text = str_copy(r->sink->arena, data_window_kept(&r->window));
    piece->first_line = r->begin_line;
    return piece;
}

static struct place place_of_line(struct data_csv_reader *r, enum diag_code code,
                                  uint32_t line)
{
    return (struct place){source_here(r, code), line, 1, 0};
}

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

static struct place place_in(const struct source *source, const struct data_record *r,
                             char separator, uint32_t n)
{
    struct place at = {source, r->line, 1, 1};
    str text = r->raw;
    bool quoted = false;
    for (size_t i = 0; i < text.n && n > 0;) {
        char c = text.p[i];
        if (!quoted && ends_line(c)) {
            break;
        }
        size_t line = ends_line(c) ? next_line(text, i) : 0;
        quoted = quoted != (c == '"');
        n -= !quoted && c == separator;
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

struct place data_csv_place(const struct data_csv *csv, const struct data_record *r,
                            uint32_t n)
{
    return place_in(csv->source, r, csv->separator, n);
}

static struct place place_of_field(struct data_csv_reader *r, uint32_t n)
{
    return place_in(source_here(r, DIAG_BAD_DATA), &r->record, r->separator, n);
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

static void stop(struct data_csv_reader *r)
{
    r->failed = r->stopped = true;
}

static bool bytes_are_good(struct data_csv_reader *r, str line)
{
    size_t at;
    bool valid = utf8_valid(line, &at);
    if (valid && !find_control(line, &at)) {
        return true;
    }
    enum diag_code code = valid ? DIAG_BAD_CHARACTER : DIAG_BAD_UTF8;
    struct place place = place_of_line(r, code, r->line);
    place.column = (uint32_t)utf8_count(str_sub(line, 0, at)) + 1;
    diag_report(r->sink, code, place,
                valid ? "take it out of the file" : "save it as UTF-8",
                valid ? "a control character (byte 0x%02X) in the file of data"
                      : "the file of data is not UTF-8 (byte 0x%02X)",
                (unsigned)(unsigned char)line.p[at]);
    stop(r);
    return false;
}

/* --- Separators --- */

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

/* --- Records --- */

static void on_field(void *bytes, size_t n, void *user)
{
    struct data_csv_reader *r = user;
    buf_put(&r->bytes, (str){bytes, bytes ? n : 0});
    buf_char(&r->bytes, '\0');
    vec_push(r->arena, &r->ends, (uint32_t)r->bytes.n);
}

static void on_row(int end, void *user)
{
    (void)end;
    ((struct data_csv_reader *)user)->given = true;
}

static void make_record(struct data_csv_reader *r)
{
    r->fields.n = 0;
    for (size_t i = 0; i < r->ends.n; i++) {
        uint32_t from = i ? r->ends.v[i - 1] : 0;
        str field = {r->bytes.p + from, r->ends.v[i] - from - 1};
        vec_push(r->arena, &r->fields, field);
    }
    r->record = (struct data_record){r->fields.v, (uint32_t)r->fields.n, r->begin_line,
                                     data_window_kept(&r->window)};
}

/* A field without a name, or with one that another has, could not be asked for. */
static void check_names(struct data_csv_reader *r)
{
    const struct data_record *names = &r->record;
    for (uint32_t i = 0; i < names->n; i++) {
        str name = str_trim(names->fields[i]);
        if (name.n == 0) {
            diag_report(r->sink, DIAG_BAD_DATA, place_of_field(r, i),
                        "give it a name, or say `header: false`",
                        "field %u of the header has no name", i + 1);
            r->failed = true;
        }
        for (uint32_t k = 0; k < i && name.n; k++) {
            if (str_eq(name, str_trim(names->fields[k]))) {
                struct diag *d = diag_report(
                    r->sink, DIAG_BAD_DATA, place_of_field(r, i),
                    "rename one of them", "the header names `%.*s` twice", STR_ARG(name));
                diag_second(r->sink, d, place_of_field(r, k), "first here");
                r->failed = true;
                break;
            }
        }
    }
}

static bool has_columns(struct data_csv_reader *r)
{
    const struct data_record *record = &r->record;
    if (record->n == r->columns) {
        return true;
    }
    diag_report(r->sink, DIAG_BAD_DATA, place_of_field(r, r->columns),
                "quote a field that holds the separator; write one field for each column",
                "the row has %u field%s, the first line %u", record->n,
                record->n == 1 ? "" : "s", r->columns);
    r->failed = true;
    return false;
}

static void report_empty_line(struct data_csv_reader *r)
{
    if (r->empty_line) {
        struct place at = {r->source, r->empty_line, 1, 0};
        diag_report(r->sink, DIAG_BAD_DATA, at, "take it out",
                    "an empty line between the rows");
        r->empty_line = 0;
        r->failed = true;
    }
}

static void report_quote(struct data_csv_reader *r, bool unclosed)
{
    diag_report(r->sink, DIAG_BAD_DATA, place_of_line(r, DIAG_BAD_DATA, r->begin_line),
                unclosed ? "close it; a quotation mark inside is written twice"
                         : "put quotation marks around the whole field, and write those "
                           "inside it twice",
                unclosed ? "a quotation mark is not closed"
                         : "a quotation mark stands in the middle of a field");
    stop(r);
}

static bool is_too_long(struct data_csv_reader *r)
{
    if (data_window_kept(&r->window).n <= DATA_MAX_RECORD) {
        return false;
    }
    struct place at = {r->source, r->begin_line, 1, 0};
    diag_report(r->sink, DIAG_TOO_LARGE, at,
                "look for a quotation mark that is not closed",
                "a row is longer than %d KiB", DATA_MAX_RECORD >> 10);
    stop(r);
    return true;
}

/* The end of the file ends what is open. */
static void feed_end(struct data_csv_reader *r)
{
    r->ended = true;
    if (r->window.error) {
        diag_report(r->sink, DIAG_CANNOT_READ, (struct place){.source = r->source}, NULL,
                    "cannot read the data: %s", strerror(r->window.error));
        stop(r);
    } else if (csv_fini(&r->parser, on_field, on_row, r) != 0) {
        report_quote(r, true);
    }
}

static void feed_line(struct data_csv_reader *r, str line)
{
    if (!r->open) {
        r->begin_line = r->line;
        if (ends_line(line.p[0])) {
            r->empty_line = r->empty_line || !r->columns ? r->empty_line : r->line;
            return;
        }
    }
    r->open = true;
    if (!is_too_long(r) && bytes_are_good(r, line) &&
        csv_parse(&r->parser, line.p, line.n, on_field, on_row, r) != line.n) {
        report_quote(r, false);
    }
}

/* Reads up to the end of a record; false: there is none. */
static bool read_record(struct data_csv_reader *r)
{
    r->given = false;
    buf_clear(&r->bytes);
    r->ends.n = 0;
    while (!r->given && !r->stopped && !r->ended) {
        if (!r->open) {
            r->window.keep = r->window.at;
        }
        str line = data_window_line(&r->window);
        if (line.n) {
            r->line++;
            feed_line(r, line);
        } else {
            feed_end(r);
        }
    }
    r->open = false;
    if (csv_error(&r->parser) == CSV_ENOMEM) {
        oom_report(1);
    }
    if (r->given) {
        make_record(r);
    }
    return r->given && !r->stopped;
}

/* --- The file --- */

/* Whole lines are needed; what is cut at the end of what can be seen is none. */
static str sample_of(struct data_csv_reader *r)
{
    str seen = data_window_peek(&r->window);
    size_t n = seen.n;
    while (n > 0 && !ends_line(seen.p[n - 1])) {
        n--;
    }
    return n ? str_sub(seen, 0, n) : seen;
}

const struct data_record *data_csv_begin(struct data_csv_reader *r)
{
    str seen = sample_of(r);
    if (csv_init(&r->parser, CSV_STRICT | CSV_STRICT_FINI) != 0) {
        oom_report(1);
    }
    buf_init(&r->bytes, r->arena);
    r->separator = r->separator ? r->separator : find_separator(seen);
    csv_set_delim(&r->parser, (unsigned char)r->separator);
    r->window.at += skip_mark(seen);
    if (!read_record(r)) {
        if (!r->failed) {
            diag_report(r->sink, DIAG_BAD_DATA, (struct place){r->source, 1, 1, 0},
                        "write its header and its rows", "the file of data is empty");
            stop(r);
        }
        return NULL;
    }
    r->columns = r->record.n;
    if (r->record.n > DATA_MAX_COLUMNS) {
        struct place at = {r->source, r->record.line, 1, 0};
        diag_report(r->sink, DIAG_TOO_LARGE, at, "leave out those that are not needed",
                    "the data has %u fields in a row; %d is the limit", r->record.n,
                    DATA_MAX_COLUMNS);
        stop(r);
        return NULL;
    }
    if (r->header) {
        check_names(r);
    }
    r->pending = !r->header;
    return &r->record;
}

enum data_next data_csv_next(struct data_csv_reader *r, const struct data_record **out)
{
    *out = &r->record;
    if (r->pending) {
        r->pending = false;
        return DATA_ROW;
    }
    if (!read_record(r)) {
        return r->stopped ? DATA_STOP : DATA_END;
    }
    report_empty_line(r);
    return has_columns(r) ? DATA_ROW : DATA_FAULT;
}

void data_csv_end(struct data_csv_reader *r)
{
    csv_free(&r->parser);
}

bool data_csv_read(struct data_csv *csv, struct arena *scratch, struct diag_sink *sink)
{
    struct data_csv_reader r = {.source = csv->source, .separator = csv->separator,
                                .header = csv->header, .arena = scratch, .sink = sink};
    data_window_init_text(&r.window, csv->source->text);
    const struct data_record *record = data_csv_begin(&r);
    csv->separator = r.separator;
    if (record && csv->on_header) {
        csv->on_header(csv->user, record);
    }
    while (!r.stopped && record) {
        enum data_next next = data_csv_next(&r, &record);
        bool row = next == DATA_ROW;
        if (next == DATA_END || (row && !csv->on_record(csv->user, record))) {
            break;
        }
    }
    data_csv_end(&r);
    return !r.failed;
}

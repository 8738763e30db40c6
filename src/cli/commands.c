/* SPDX-License-Identifier: MIT
 *
 * What the commands do, through the public API. Results go to standard output, what
 * people are told to standard error. */
#include "cli/cli.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "bulk/clock.h"
#include "infonote.h"

/* --- what the environment says --- */

bool cli_color_wanted(FILE *out)
{
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
    return isatty(fileno(out)) && !(no_color && *no_color) && term &&
           strcmp(term, "dumb") != 0;
}

/* The last second of the year 9999; a date in a PDF has four digits for the year. */
static const int64_t LATEST = 253402300799;

/* SOURCE_DATE_EPOCH, digits only. False if it is set to anything else. */
bool cli_read_epoch(const struct cli_call *call, infonote_options *options)
{
    const char *text = getenv("SOURCE_DATE_EPOCH");
    if (!text) {
        return true;
    }
    size_t digits = strspn(text, "0123456789");
    bool good = digits > 0 && text[digits] == '\0' && digits <= 18;
    if (good) {
        options->date = (int64_t)strtoll(text, NULL, 10);
        good = options->date <= LATEST;
    }
    if (!good) {
        cli_wrong_use(call, "SOURCE_DATE_EPOCH is `%.40s`; it must be whole seconds "
                      "since 1970, 0 to %" PRId64, text, LATEST);
    }
    options->has_date = good;
    return good;
}

/* Standard input can be read once. */
bool cli_check_data(const struct cli_call *call)
{
    const char *data = call->values[CLI_DATA];
    bool many = call->n_args > 1 || strcmp(call->args[0], "-") == 0;
    if (data && strcmp(data, "-") == 0 && many) {
        cli_wrong_use(call, "standard input cannot be %s", call->n_args > 1
                      ? "the data of several notes" : "both the note and its data");
        return false;
    }
    return true;
}

static bool read_options(const struct cli_call *call, infonote_options *options)
{
    *options = (infonote_options){
        .layout = call->values[CLI_LAYOUT],
        .uncompressed = call->values[CLI_UNCOMPRESSED] != NULL,
        .data = call->values[CLI_DATA],
        .set = call->settings,
        .embed_source = call->values[CLI_EMBED_SOURCE] != NULL,
        .standard = call->values[CLI_STANDARD],
        .print = call->values[CLI_PRINT] != NULL,
        .print_profile = call->values[CLI_PRINT_PROFILE],
        .impose = call->values[CLI_IMPOSE],
        .sheet = call->values[CLI_SHEET],
        .paper_thickness = call->values[CLI_PAPER_THICKNESS],
        .signature = call->values[CLI_SIGNATURE],
        .root = call->values[CLI_ROOT],
        .show_boxes = call->values[CLI_SHOW_BOXES] != NULL,
        .explain = call->values[CLI_EXPLAIN] != NULL,
    };
    return cli_check_data(call) && cli_read_epoch(call, options);
}

/* --- reports --- */

infonote_format cli_format(const struct cli_call *call)
{
    static const infonote_format FORMATS[] = {INFONOTE_TEXT, INFONOTE_JSON,
                                              INFONOTE_SARIF};
    const char *name = call->values[CLI_FORMAT];
    return name ? FORMATS[cli_choice(CLI_OPTIONS[CLI_FORMAT].choices, name)]
                : INFONOTE_TEXT;
}

static infonote_printer *printer_new(const struct cli_call *call, FILE *out)
{
    unsigned flags = call->values[CLI_QUIET] ? INFONOTE_PRINT_ERRORS_ONLY : 0;
    flags |= cli_color_wanted(out) ? INFONOTE_PRINT_COLOR : 0;
    return infonote_printer_new(out, cli_format(call), flags);
}

/* What was reported about one note, to standard error; as JSON or SARIF even if there is
 * nothing, because a program that asked for it reads it. */
static void print_reports(const struct cli_call *call, infonote_note *note)
{
    if (infonote_report_count(note) || cli_format(call) != INFONOTE_TEXT) {
        infonote_printer *printer = printer_new(call, stderr);
        infonote_printer_add(printer, note);
        infonote_printer_free(printer);
    }
}

/* --- render --- */

bool cli_same_file(const char *a, const char *b)
{
    struct stat left, right;
    return stat(a, &left) == 0 && stat(b, &right) == 0 && left.st_dev == right.st_dev &&
           left.st_ino == right.st_ino;
}

/* Where the PDF goes; NULL if it must not go there. */
static const char *output_of(const struct cli_call *call)
{
    const char *note = call->args[0], *out = call->values[CLI_OUTPUT];
    bool from_input = strcmp(note, "-") == 0;
    if (!out) {
        str beside = file_with_extension(call->arena, str_from(note), ".pdf");
        out = from_input ? "-" : beside.p;
    }
    bool to_output = strcmp(out, "-") == 0;
    if (to_output && isatty(STDOUT_FILENO)) {
        cli_wrong_use(call, "a PDF is nothing for a terminal; name a file: -o FILE");
        return NULL;
    }
    if (!to_output && !from_input && cli_same_file(out, note)) {
        cli_wrong_use(call, "the PDF would replace the note `%s`", note);
        return NULL;
    }
    const char *layout = call->values[CLI_LAYOUT], *data = call->values[CLI_DATA];
    if (!to_output && layout && cli_same_file(out, layout)) {
        cli_wrong_use(call, "the PDF would replace the layout `%s`", layout);
        return NULL;
    }
    if (!to_output && data && cli_same_file(out, data)) {
        cli_wrong_use(call, "the PDF would replace the data `%s`", data);
        return NULL;
    }
    return out;
}

static void tell_result(infonote_note *note, const char *name, const char *out,
                        int64_t started)
{
    const char *bytes;
    size_t size, pages = infonote_page_count(note);
    infonote_write_bytes(note, &bytes, &size);
    fprintf(stderr, "%s: %zu page%s, %zu bytes, %" PRId64 " ms -> %s\n", name, pages,
            pages == 1 ? "" : "s", size, clock_milliseconds() - started, out);
}

/* Standard output, unless the PDF is there. */
static void print_explanation(const struct cli_call *call, infonote_note *note,
                              const char *pdf)
{
    const char *bytes;
    size_t size;
    infonote_explain(note, cli_format(call), &bytes, &size);
    if (size) {
        fwrite(bytes, 1, size, strcmp(pdf, "-") == 0 ? stderr : stdout);
    }
}

int cli_render(const struct cli_call *call)
{
    infonote_options options;
    bool verbose = call->values[CLI_VERBOSE] != NULL;
    int64_t started = verbose ? clock_milliseconds() : 0;
    const char *out = output_of(call);
    if (!out || !read_options(call, &options)) {
        return CLI_WRONG_USE;
    }
    infonote_engine *engine = infonote_engine_new(NULL);
    infonote_note *note = infonote_note_load(engine, call->args[0], &options);
    infonote_status status = infonote_write_file(note, out);
    if (options.explain) {
        print_explanation(call, note, out);
    }
    print_reports(call, note);
    if (verbose && status == INFONOTE_OK) {
        tell_result(note, call->args[0], out, started);
    }
    infonote_note_free(note);
    infonote_engine_free(engine);
    return (int)status;
}

/* --- check --- */

int cli_check(const struct cli_call *call)
{
    infonote_options options;
    if (call->n_args == 1 && cli_is_records(call)) {
        return cli_bulk_check(call);
    }
    if (!read_options(call, &options)) {
        return CLI_WRONG_USE;
    }
    infonote_engine *engine = infonote_engine_new(NULL);
    FILE *out = cli_format(call) == INFONOTE_TEXT ? stderr : stdout;
    infonote_printer *printer = printer_new(call, out);
    int worst = CLI_DONE;
    for (int i = 0; i < call->n_args; i++) {
        infonote_note *note = infonote_note_load(engine, call->args[i], &options);
        infonote_status status = infonote_check(note);
        infonote_printer_add(printer, note);
        if (call->values[CLI_VERBOSE] && status == INFONOTE_OK) {
            fprintf(stderr, "%s: no errors, %zu page%s\n", call->args[i],
                    infonote_page_count(note), infonote_page_count(note) == 1 ? "" : "s");
        }
        worst = (int)status > worst ? (int)status : worst;
        infonote_note_free(note);
    }
    infonote_printer_free(printer);
    infonote_engine_free(engine);
    return worst;
}

/* --- dump --- */

int cli_dump(const struct cli_call *call)
{
    static const infonote_stage STAGES[] = {INFONOTE_STAGE_YAML, INFONOTE_STAGE_NOTE,
                                            INFONOTE_STAGE_TREE, INFONOTE_STAGE_PAGES,
                                            INFONOTE_STAGE_TEXT, INFONOTE_STAGE_HTML};
    const char *name = call->values[CLI_STAGE];
    if (!name) {
        return cli_wrong_use(call, "`dump` needs a stage: --stage yaml|note|tree|pages|"
                                   "text|html");
    }
    infonote_options options = {
        .layout = call->values[CLI_LAYOUT],
        .data = call->values[CLI_DATA],
        .set = call->settings,
        .impose = call->values[CLI_IMPOSE],
        .sheet = call->values[CLI_SHEET],
        .paper_thickness = call->values[CLI_PAPER_THICKNESS],
        .signature = call->values[CLI_SIGNATURE],
        .root = call->values[CLI_ROOT],
    };
    if (!cli_check_data(call)) {
        return CLI_WRONG_USE;
    }
    infonote_engine *engine = infonote_engine_new(NULL);
    infonote_note *note = infonote_note_load(engine, call->args[0], &options);
    const char *bytes;
    size_t size;
    infonote_stage stage = STAGES[cli_choice(CLI_OPTIONS[CLI_STAGE].choices, name)];
    infonote_status status = infonote_dump(note, stage, &bytes, &size);
    if (size) {
        fwrite(bytes, 1, size, stdout);
    }
    print_reports(call, note);
    infonote_note_free(note);
    infonote_engine_free(engine);
    return (int)status;
}

/* --- lists and schemas --- */

static bool print_list(const char *list, const char *what)
{
    fputs(list, stdout);
    if (*list == '\0') {
        fprintf(stderr, "infonote: there are no %s; set INFONOTE_DATA to the folder that "
                        "holds layouts/ and fonts/\n", what);
    }
    return *list != '\0';
}

int cli_layouts(const struct cli_call *call)
{
    (void)call;
    infonote_engine *engine = infonote_engine_new(NULL);
    const char *list = infonote_list_layouts(engine);
    bool any = print_list(list, "layouts");
    infonote_engine_free(engine);
    return any ? CLI_DONE : CLI_FAILED;
}

int cli_fonts(const struct cli_call *call)
{
    bool verify = call->values[CLI_VERIFY] != NULL;
    bool complete = false;
    infonote_engine *engine = infonote_engine_new(NULL);
    const char *list = infonote_list_fonts(engine, verify, &complete);
    bool any = print_list(list, "font families");
    infonote_engine_free(engine);
    return any && (complete || !verify) ? CLI_DONE : CLI_FAILED;
}

int cli_schema(const struct cli_call *call)
{
    infonote_engine *engine = infonote_engine_new(NULL);
    bool note = strcmp(call->args[0], "note") == 0;
    fputs(note ? infonote_schema_note(engine) : infonote_schema_layout(engine), stdout);
    infonote_engine_free(engine);
    return CLI_DONE;
}

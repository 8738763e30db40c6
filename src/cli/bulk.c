/* SPDX-License-Identifier: MIT
 *
 * `bulk`, and `check` with records: options into a job, its end into an exit status. */
#include "cli/bulk.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "bulk/merge.h"

enum { DEFAULT_TIMEOUT = 60 };

/* --- Options --- */

bool cli_read_number(const struct cli_call *call, enum cli_option_id id, uint64_t low,
                     uint64_t high, uint64_t *out)
{
    const char *text = call->values[id];
    if (!text) {
        return true;
    }
    size_t digits = strspn(text, "0123456789");
    uint64_t n = digits <= 18 ? strtoull(text, NULL, 10) : UINT64_MAX;
    if (digits == 0 || text[digits] || n < low || n > high) {
        cli_wrong_use(call, "`--%s` takes a whole number, %" PRIu64 " to %" PRIu64
                      ", not `%s`", CLI_OPTIONS[id].name, low, high, text);
        return false;
    }
    *out = n;
    return true;
}

static bool read_separator(const struct cli_call *call, struct data_request *request)
{
    const char *text = call->values[CLI_SEPARATOR];
    if (!text) {
        return true;
    }
    request->separator = strcmp(text, "tab") == 0 ? '\t' : text[0];
    if ((text[1] && request->separator != '\t') || !strchr(",;|\t", request->separator)) {
        cli_wrong_use(call, "`--separator` takes , ; | or tab, not `%s`", text);
        return false;
    }
    return true;
}

static bool read_query(const struct cli_call *call, struct data_request *request)
{
    static const char NAME[] = "infonote-query";
    request->query = call->values[CLI_QUERY];
    if (!request->query) {
        return true;
    }
    str program = file_companion(call->arena, NAME);
    if (!program.n) {
        cli_wrong_use(call, "%s is not there: this infonote was built without SQLite",
                      NAME);
        return false;
    }
    request->query_program = program.p;
    return true;
}

static bool read_numbers(const struct cli_call *call, struct bulk_job *job)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    uint64_t workers = processors > 0 ? (uint64_t)processors : 1;
    uint64_t timeout = DEFAULT_TIMEOUT;
    workers = workers < BULK_MAX_WORKERS ? workers : BULK_MAX_WORKERS;
    bool good = cli_read_number(call, CLI_JOBS, 1, BULK_MAX_WORKERS, &workers) &&
                cli_read_number(call, CLI_LIMIT, 1, UINT32_MAX, &job->limit) &&
                cli_read_number(call, CLI_RECORD_TIMEOUT, 1, BULK_MAX_TIMEOUT, &timeout);
    job->workers = (unsigned)workers;
    job->timeout = (unsigned)timeout;
    return good && cli_read_shard(call, job);
}

static bool is_input(const struct cli_call *call, const char *file)
{
    const char *inputs[] = {call->args[0], call->values[CLI_DATA],
                            call->values[CLI_LAYOUT]};
    for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++) {
        if (file && inputs[i] && cli_same_file(file, inputs[i])) {
            cli_wrong_use(call, "`%s` would replace what the run is made of", file);
            return true;
        }
    }
    return false;
}

/* One file of all records, an archive or a PDF. */
static bool check_whole(const struct cli_call *call, enum cli_option_id id,
                        const char *what)
{
    const char *const *v = call->values;
    bool output = v[id] && strcmp(v[id], "-") == 0;
    if (v[id] && v[CLI_RESUME]) {
        cli_wrong_use(call, "%s is made as a whole: `--%s` without `--resume`", what,
                      CLI_OPTIONS[id].name);
        return false;
    }
    if (output && isatty(STDOUT_FILENO)) {
        cli_wrong_use(call, "%s is not for a terminal: --%s FILE, or a pipe", what,
                      CLI_OPTIONS[id].name);
        return false;
    }
    if (output && cli_format(call) == INFONOTE_JSON) {
        cli_wrong_use(call, "standard output cannot be both %s and JSON", what);
        return false;
    }
    return !is_input(call, v[id]);
}

static bool check_merge(const struct cli_call *call)
{
    static const enum cli_option_id WITHOUT[] = {CLI_OUTPUT, CLI_TAR, CLI_EMBED_SOURCE,
                                                 CLI_MAIL, CLI_IMPOSE};
    static const enum cli_option_id WITH[] = {CLI_DUPLEX, CLI_OUTLINE};
    const char *const *v = call->values;
    for (size_t i = 0; i < sizeof WITHOUT / sizeof *WITHOUT; i++) {
        if (v[CLI_MERGE] && v[WITHOUT[i]]) {
            bool sheets = WITHOUT[i] == CLI_IMPOSE;
            cli_wrong_use(call, "`--merge` makes one PDF of all records: without "
                          "`--%s`%s", CLI_OPTIONS[WITHOUT[i]].name, sheets
                          ? "; sheets are made of each record, in files of their own: "
                            "-o 'out/{{id}}.pdf'" : "");
            return false;
        }
    }
    for (size_t i = 0; i < sizeof WITH / sizeof *WITH; i++) {
        if (!v[CLI_MERGE] && v[WITH[i]]) {
            cli_wrong_use(call, "`--%s` is for one PDF of all records: --merge FILE",
                          CLI_OPTIONS[WITH[i]].name);
            return false;
        }
    }
    return check_whole(call, CLI_MERGE, "a PDF of all records");
}

static bool check_report(const struct cli_call *call)
{
    const char *const *v = call->values;
    if (v[CLI_RESUME] && !v[CLI_REPORT]) {
        cli_wrong_use(call, "`--resume` needs the report of the run: --report FILE");
        return false;
    }
    if (v[CLI_SEND] && !v[CLI_REPORT]) {
        cli_wrong_use(call, "`--send` needs a report, so that nothing is sent twice: "
                      "--report FILE");
        return false;
    }
    return true;
}

/* Files; or, of messages, another place. */
static bool check_place(const struct cli_call *call)
{
    const char *const *v = call->values;
    int n = (v[CLI_OUTPUT] != NULL) + (v[CLI_SEND] != NULL) + (v[CLI_MAILDIR] != NULL) +
            (v[CLI_MBOX] != NULL) + (v[CLI_MERGE] != NULL);
    for (int i = CLI_SEND; i <= CLI_PASSWORD_FIELD && !v[CLI_MAIL]; i++) {
        if (v[i]) {
            cli_wrong_use(call, "`--%s` is for messages: `--mail`", CLI_OPTIONS[i].name);
            return false;
        }
    }
    if (n == 0) {
        cli_wrong_use(call, "`bulk` needs %s", v[CLI_MAIL]
                      ? "a place: -o 'out/{{id}}.eml', --maildir, --mbox or --send"
                      : "names: -o 'out/{{id}}.pdf'");
        return false;
    }
    if (v[CLI_MAILDIR] && strcmp(v[CLI_MAILDIR], "-") == 0) {
        cli_wrong_use(call, "`--maildir` takes a folder; standard output is none");
        return false;
    }
    if (v[CLI_MERGE]) {
        return true; /* check_merge has more to say */
    }
    if (n > 1 || (v[CLI_TAR] && !v[CLI_OUTPUT])) {
        cli_wrong_use(call, "messages go to one place: -o, --maildir, --mbox or --send");
        return false;
    }
    return true;
}

/* What must be given, and what does not go together. */
static bool check_options(const struct cli_call *call, bool writes)
{
    const char *const *v = call->values;
    const char *data = v[CLI_DATA];
    if (writes && !data) {
        cli_wrong_use(call, "`bulk` needs records: --data FILE");
        return false;
    }
    if ((writes && !check_place(call)) || !check_report(call)) {
        return false;
    }
    if (strcmp(data, "-") == 0 && strcmp(call->args[0], "-") == 0) {
        cli_wrong_use(call, "standard input cannot be both the template and its data");
        return false;
    }
    if (v[CLI_ONLY] && (!strchr(v[CLI_ONLY], '=') || v[CLI_ONLY][0] == '=')) {
        cli_wrong_use(call, "`--only` takes FIELD=VALUE, not `%s`", v[CLI_ONLY]);
        return false;
    }
    if (cli_format(call) == INFONOTE_SARIF) {
        cli_wrong_use(call, "of records, `--format` takes text or json");
        return false;
    }
    return !is_input(call, v[CLI_REPORT]) && !is_input(call, v[CLI_FAILED_RECORDS]) &&
           check_whole(call, CLI_TAR, "an archive") &&
           check_whole(call, CLI_MBOX, "an mbox") && check_merge(call);
}

static bool read_job(const struct cli_call *call, bool writes, struct bulk_job *job,
                     infonote_options *options)
{
    const char *const *v = call->values;
    *job = (struct bulk_job){
        .output = writes ? v[CLI_OUTPUT] : NULL, .tar = v[CLI_TAR],
        .journal = v[CLI_REPORT], .failed = v[CLI_FAILED_RECORDS],
        .only = v[CLI_ONLY], .key = v[CLI_KEY], .label = v[CLI_OUTLINE],
        .resume = v[CLI_RESUME] != NULL, .stop_on_error = v[CLI_STOP_ON_ERROR] != NULL,
        .doubtful_again = v[CLI_DOUBTFUL_AGAIN] != NULL};
    *options = (infonote_options){
        .layout = v[CLI_LAYOUT], .uncompressed = v[CLI_UNCOMPRESSED] != NULL,
        .set = call->settings, .embed_source = v[CLI_EMBED_SOURCE] != NULL,
        .standard = v[CLI_STANDARD], .print = v[CLI_PRINT] != NULL,
        .print_profile = v[CLI_PRINT_PROFILE], .impose = v[CLI_IMPOSE],
        .sheet = v[CLI_SHEET], .paper_thickness = v[CLI_PAPER_THICKNESS],
        .signature = v[CLI_SIGNATURE],
        .root = v[CLI_ROOT]};
    bool good = check_options(call, writes) && read_numbers(call, job) &&
                cli_read_epoch(call, options);
    job->date = options->has_date ? options->date : 0;
    return good;
}

/* --- The run --- */

/* A template that cannot be read is told once, not with every record. */
static bool is_readable(struct cli_told *told, infonote_template *template)
{
    if (infonote_template_status(template) == INFONOTE_OK) {
        return true;
    }
    infonote_note *note = infonote_template_fill(template, NULL);
    unsigned flags = told->quiet ? INFONOTE_PRINT_ERRORS_ONLY : 0;
    flags |= cli_color_wanted(stderr) ? INFONOTE_PRINT_COLOR : 0;
    infonote_printer *printer = infonote_printer_new(
        told->json ? stdout : stderr, told->json ? INFONOTE_JSON : INFONOTE_TEXT, flags);
    infonote_printer_add(printer, note);
    infonote_printer_free(printer);
    infonote_note_free(note);
    return false;
}

/* "invitation" of "letters/invitation.yaml" */
static str title_of(const struct cli_call *call)
{
    str name = file_name(str_from(call->args[0]));
    return strcmp(call->args[0], "-") == 0
               ? STR_NONE
               : file_with_extension(call->arena, name, "");
}

static int merge(const struct cli_call *call, struct bulk_job *job,
                 struct bulk_progress *progress)
{
    struct bulk_merge_request request = {.path = call->values[CLI_MERGE],
                                         .title = title_of(call).p,
                                         .duplex = call->values[CLI_DUPLEX] != NULL};
    struct bulk_merge *m = bulk_merge_open(&request, job);
    int status = m ? bulk_run(job, progress) : CLI_FAILED;
    progress->bytes = bulk_merge_close(m);
    return status;
}

int cli_bulk_run(const struct cli_call *call, bool writes,
                 const struct cli_bulk_parts *parts)
{
    struct bulk_job job;
    struct bulk_progress progress = {0};
    struct data_request request = {.path = call->values[CLI_DATA]};
    infonote_options options;
    struct cli_told told;
    struct diag_sink sink;
    if (!read_job(call, writes, &job, &options) || !read_separator(call, &request) ||
        !read_query(call, &request)) {
        return CLI_WRONG_USE;
    }
    cli_told_init(&told, call);
    told.checking = !writes;
    diag_init(&sink, call->arena);
    job.sink = &sink;
    int begun = parts ? parts->begin(parts->user, call, &job, &options) : CLI_DONE;
    if (begun != CLI_DONE) {
        return begun;
    }
    job.watcher = (struct bulk_watcher){&told, cli_told_event};
    job.engine = infonote_engine_new(NULL);
    job.template = infonote_template_load(job.engine, call->args[0], &options);
    int status = (int)infonote_template_status(job.template);
    job.data = data_open(&request, &sink);
    if (is_readable(&told, job.template) && job.data) {
        told.data = job.data->file->name.p;
        status = call->values[CLI_MERGE] ? merge(call, &job, &progress)
                                         : bulk_run(&job, &progress);
    }
    status = status ? status : diag_exit_status(&sink);
    cli_told_reports(&told, &sink);
    cli_told_end(&told, &progress, status);
    data_close(job.data);
    infonote_template_free(job.template);
    infonote_engine_free(job.engine);
    return status;
}

int cli_bulk(const struct cli_call *call)
{
    return call->values[CLI_COLLECT] ? cli_collect(call)
           : call->values[CLI_MAIL]  ? cli_hand_over(call, "infonote-mail", "GMime")
                                     : cli_bulk_run(call, true, NULL);
}

bool cli_is_records(const struct cli_call *call)
{
    const char *data = call->values[CLI_DATA];
    return data && (call->values[CLI_QUERY] || data_is_records(data));
}

int cli_bulk_check(const struct cli_call *call)
{
    return cli_bulk_run(call, false, NULL);
}

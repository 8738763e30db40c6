/* SPDX-License-Identifier: MIT
 *
 * All commands and all options: the only place that names them. */
#include "cli/cli.h"

#include <string.h>

static const char *const FORMATS[] = {"text", "json", "sarif", NULL};
static const char *const STAGES[] = {"yaml", "note", "tree", "pages", "text", "html",
                                     NULL};
static const char *const IMPOSITIONS[] = {"2-up", "4-up", "booklet", NULL};
static const char *const SCHEMAS[] = {"note", "layout", NULL};
static const char *const ATTACHED[] = {"pdf", "source", "none", NULL};
static const char *const SHELLS[] = {"bash", "zsh", "fish", NULL};

const struct cli_option CLI_OPTIONS[CLI_OPTION_COUNT] = {
    [CLI_OUTPUT] = {"output", 'o', "FILE", NULL,
                    "write the PDF to FILE; `-` is standard output; of bulk, names "
                    "with {{fields}}"},
    [CLI_LAYOUT] = {"layout", 0, "NAME", NULL,
                    "use this layout, or this file, not the note's own"},
    [CLI_FORMAT] = {"format", 0, "FORMAT", FORMATS, "how problems are told"},
    [CLI_STAGE] = {"stage", 0, "STAGE", STAGES, "what to show"},
    [CLI_UNCOMPRESSED] = {"uncompressed", 0, NULL, NULL, "a PDF that people can read"},
    [CLI_STANDARD] = {"standard", 0, "LIST", NULL,
                      "what the PDF says that it is: a-2a,ua-1 or a-2u, a-3a, x-4, none"},
    [CLI_PRINT] = {"print", 0, NULL, NULL,
                   "make a file for a printer: PDF/X-4, plates in place of colours"},
    [CLI_PRINT_PROFILE] = {"print-profile", 0, "PROFILE", NULL,
                           "the same, for this press: an ICC file, or a name: FOGRA39"},
    [CLI_IMPOSE] = {"impose", 0, "WHAT", IMPOSITIONS,
                    "put several pages on a sheet, for a printer"},
    [CLI_SHEET] = {"sheet", 0, "SIZE", NULL,
                   "on sheets of this size: A3, 450x320mm; default: what pages need"},
    [CLI_PAPER_THICKNESS] = {"paper-thickness", 0, "LENGTH", NULL,
                             "of a booklet: 0.1mm; pages of inner sheets move inwards"},
    [CLI_SIGNATURE] = {"signature", 0, "PAGES", NULL,
                       "of a thick booklet: so many pages are folded together, as 16"},
    [CLI_EMBED_SOURCE] = {"embed-source", 0, NULL, NULL,
                          "put the note, its layout and pictures into the PDF"},
    [CLI_VERIFY] = {"verify", 0, NULL, NULL, "read the files, compare their checksums"},
    [CLI_DATA] = {"data", 0, "FILE", NULL,
                  "fill the merge fields from this record, YAML or JSON; of bulk, "
                  "from these records"},
    [CLI_SET] = {"set", 0, "NAME=VALUE", NULL, "fill one merge field; may be repeated"},
    [CLI_ROOT] = {"root", 0, "DIR", NULL,
                  "let the note name files anywhere below DIR, not its own folder"},
    [CLI_EXPLAIN] = {"explain", 0, NULL, NULL,
                     "say why each page ends where it does, and what else it would cost"},
    [CLI_SHOW_BOXES] = {"show-boxes", 0, NULL, NULL,
                        "draw boxes, baselines and the costs of breaks over the pages"},
    [CLI_JOBS] = {"jobs", 'j', "N", NULL,
                  "how many processes work; default: one for each processor"},
    [CLI_REPORT] = {"report", 0, "FILE", NULL,
                    "tell in FILE, line by line, what became of each record"},
    [CLI_RESUME] = {"resume", 0, NULL, NULL,
                    "make what the report of an earlier run does not have"},
    [CLI_FAILED_RECORDS] = {"failed", 0, "FILE", NULL,
                            "write the records that failed to FILE, to be run again"},
    [CLI_STOP_ON_ERROR] = {"stop-on-error", 0, NULL, NULL,
                           "begin no further record after one that failed"},
    [CLI_LIMIT] = {"limit", 0, "N", NULL, "take the first N records"},
    [CLI_ONLY] = {"only", 0, "FIELD=VALUE", NULL, "take the records with this value"},
    [CLI_KEY] = {"key", 0, "FIELD", NULL,
                 "the field that names a record; default: `id`, if there is one"},
    [CLI_SHARD] = {"shard", 0, "K/N", NULL, "take the K-th of N parts of the records"},
    [CLI_SHARDS] = {"shards", 0, "N", NULL,
                    "of how many parts; a scheduler says which one this is"},
    [CLI_RECORD_TIMEOUT] = {"record-timeout", 0, "SECONDS", NULL,
                            "give up a record that takes longer; default: 60"},
    [CLI_SEPARATOR] = {"separator", 0, "CHAR", NULL,
                       "what stands between fields of CSV; default: the one that fits"},
    [CLI_QUERY] = {"query", 0, "SQL", NULL,
                   "ask this of the database that --data names, SQLite or PostgreSQL"},
    [CLI_TAR] = {"tar", 0, "FILE", NULL,
                 "put the PDFs into this archive; `-` is standard output"},
    [CLI_FROM] = {"from", 0, "ADDRESS", NULL,
                  "who sends the message: 'Name <name@example.org>'"},
    [CLI_TO] = {"to", 0, "ADDRESS", NULL, "who gets it; may be repeated"},
    [CLI_CC] = {"cc", 0, "ADDRESS", NULL, "who gets a copy; may be repeated"},
    [CLI_BCC] = {"bcc", 0, "ADDRESS", NULL,
                 "who gets a copy without the others being told; may be repeated"},
    [CLI_REPLY_TO] = {"reply-to", 0, "ADDRESS", NULL,
                      "who gets the answers; may be repeated"},
    [CLI_SUBJECT] = {"subject", 0, "TEXT", NULL, "the subject; default: the title"},
    [CLI_BODY] = {"body", 0, "TEXT", NULL,
                  "a covering text, in Markdown, instead of the note"},
    [CLI_ATTACH] = {"attach", 0, "WHAT", ATTACHED,
                    "what of the note is attached; may be repeated"},
    [CLI_FILENAME] = {"filename", 0, "NAME", NULL, "the name of the attached PDF"},
    [CLI_MAILDIR] = {"maildir", 0, "DIR", NULL,
                     "put the message into this Maildir, made if it is not there"},
    [CLI_MAX_SIZE] = {"max-size", 0, "SIZE", NULL,
                      "warn about a larger message; default: 10MB"},
    [CLI_MAX_INK] = {"max-ink", 0, "PERCENT", NULL,
                     "how much ink may lie on one place; default: 300"},
    [CLI_MERGE] = {"merge", 0, "FILE", NULL,
                   "make one PDF of all records, for print; `-` is standard output"},
    [CLI_DUPLEX] = {"duplex", 0, NULL, NULL,
                    "let each record of it begin on a right page"},
    [CLI_OUTLINE] = {"outline", 0, "NAME", NULL,
                     "name records in its outline so, with {{fields}}; default: the key"},
    [CLI_COLLECT] = {"collect", 0, "FILES", NULL,
                     "make nothing; join the reports of all shards and tell what lacks"},
    [CLI_MAIL] = {"mail", 0, NULL, NULL, "make messages, as `infonote mail` does"},
    [CLI_SEND] = {"send", 0, "URL", NULL,
                  "send it by this server: smtp(s)://user@host:port"},
    [CLI_NO_TLS] = {"no-tls", 0, NULL, NULL, "send without TLS, and without a password"},
    [CLI_TLS_CA] = {"tls-ca", 0, "FILE", NULL,
                    "trust these certificates instead of the system's"},
    [CLI_SMTP_PASSWORD] = {"smtp-password", 0, "FILE", NULL,
                           "the server's password; or $INFONOTE_SMTP_PASSWORD"},
    [CLI_HELO] = {"helo", 0, "NAME", NULL,
                  "what to tell the server as this side's name; default: none"},
    [CLI_RETRIES] = {"retries", 0, "N", NULL,
                     "how often to try again what failed for a while; default: 6"},
    [CLI_TIMEOUT] = {"timeout", 0, "SECONDS", NULL,
                     "how long to wait for the server's answers; default: 60"},
    [CLI_RATE] = {"rate", 0, "N/s", NULL,
                  "send no more than so many a second, a minute (/min), an hour (/h)"},
    [CLI_MBOX] = {"mbox", 0, "FILE", NULL,
                  "put all messages into this mbox; `-` is standard output"},
    [CLI_DOUBTFUL_AGAIN] = {"doubtful-again", 0, NULL, NULL,
                            "send again what may have been sent when a run was cut off"},
    [CLI_SIGN] = {"sign", 0, "KEY.pem", NULL, "sign the PDF (PAdES); needs --cert"},
    [CLI_CERT] = {"cert", 0, "CERT.pem", NULL,
                  "the certificate of the key, and those that it leads to"},
    [CLI_SMIME] = {"smime", 0, "KEY.pem", NULL,
                   "sign the message (S/MIME); needs --cert"},
    [CLI_ENCRYPT_PDF] = {"encrypt-pdf", 0, NULL, NULL,
                         "lock the PDF with a password; it is no PDF/A then"},
    [CLI_PDF_PASSWORD] = {"pdf-password", 0, "FILE", NULL,
                          "the PDF's password; or $INFONOTE_PDF_PASSWORD"},
    [CLI_PASSWORD_FIELD] = {"password-field", 0, "NAME", NULL,
                            "the field that holds the password of each record's PDF"},
    [CLI_QUIET] = {"quiet", 'q', NULL, NULL, "only errors, no warnings"},
    [CLI_VERBOSE] = {"verbose", 'v', NULL, NULL, "say what was done"},
    [CLI_HELP] = {"help", 'h', NULL, NULL, "explain a command"},
    [CLI_VERSION] = {"version", 'V', NULL, NULL, "which infonote this is"},
};

#define ON(id) [CLI_##id] = true
#define TALK ON(QUIET), ON(VERBOSE)
#define PRINTING ON(PRINT), ON(PRINT_PROFILE), ON(IMPOSE), ON(SHEET), \
    ON(PAPER_THICKNESS), ON(SIGNATURE)
#define MERGE ON(DATA), ON(SET), ON(ROOT)
#define RECORDS ON(SEPARATOR), ON(QUERY)
#define SENDING ON(SEND), ON(NO_TLS), ON(TLS_CA), ON(SMTP_PASSWORD), ON(HELO), \
                ON(RETRIES), ON(TIMEOUT)
#define SEALING ON(SIGN), ON(CERT), ON(SMIME), ON(ENCRYPT_PDF), ON(PDF_PASSWORD)

const struct cli_command CLI_COMMANDS[] = {
    {"render", "NOTE.yaml", 1, 1, NULL,
     {ON(OUTPUT), ON(LAYOUT), ON(FORMAT), ON(UNCOMPRESSED), ON(STANDARD),
      ON(EMBED_SOURCE), ON(EXPLAIN), ON(SHOW_BOXES), PRINTING, MERGE, TALK},
     "make a PDF of a note, beside it", cli_render},
    {"check", "NOTE.yaml...", 1, -1, NULL,
     {ON(LAYOUT), ON(FORMAT), PRINTING, MERGE, RECORDS, TALK},
     "tell every problem, write nothing", cli_check},
    {"bulk", "TEMPLATE.yaml", 1, 1, NULL,
     {ON(DATA), ON(OUTPUT), ON(TAR), ON(MERGE), ON(DUPLEX), ON(OUTLINE),
      ON(COLLECT), ON(JOBS), ON(REPORT), ON(RESUME), ON(FAILED_RECORDS),
      ON(STOP_ON_ERROR), ON(LIMIT), ON(ONLY), ON(KEY), ON(SHARD), ON(SHARDS),
      ON(RECORD_TIMEOUT), RECORDS, ON(LAYOUT), ON(FORMAT), ON(UNCOMPRESSED),
      ON(STANDARD), PRINTING, ON(EMBED_SOURCE), ON(SET), ON(ROOT), ON(MAIL),
      ON(MAX_SIZE), SENDING, ON(RATE), ON(MAILDIR), ON(MBOX), ON(DOUBTFUL_AGAIN), SEALING,
      ON(PASSWORD_FIELD), TALK},
     "make a PDF for each record of the data", cli_bulk},
    {"dump", "NOTE.yaml", 1, 1, NULL, {ON(STAGE), ON(LAYOUT), MERGE, ON(QUIET)},
     "show what a stage made of a note", cli_dump},
    {"mail", "NOTE.yaml", 1, 1, NULL,
     {ON(OUTPUT), ON(FROM), ON(TO), ON(CC), ON(BCC), ON(REPLY_TO), ON(SUBJECT), ON(BODY),
      ON(ATTACH), ON(FILENAME), ON(MAX_SIZE), ON(MAILDIR), ON(LAYOUT), ON(FORMAT),
      ON(STANDARD), ON(EMBED_SOURCE), MERGE, SENDING, SEALING, TALK},
     "make a message of a note, with its PDF attached", cli_mail},
    {"extract", "FILE.pdf", 1, 1, NULL, {ON(OUTPUT), ON(QUIET)},
     "take the note and other files out of a PDF", cli_extract},
    {"preflight", "FILE.pdf", 1, 1, NULL,
     {ON(OUTPUT), ON(FORMAT), ON(STANDARD), ON(MAX_INK), ON(QUIET)},
     "tell what a printer would find in a PDF", cli_preflight},
    {"layouts", "", 0, 0, NULL, {0}, "list the layouts", cli_layouts},
    {"fonts", "", 0, 0, NULL, {ON(VERIFY)}, "list the font families", cli_fonts},
    {"schema", "note|layout", 1, 1, SCHEMAS, {0}, "print a JSON schema, for editors",
     cli_schema},
    {"completions", "bash|zsh|fish", 1, 1, SHELLS, {0},
     "print what a shell needs to complete commands", cli_completions},
    {"version", "", 0, 0, NULL, {0}, "print the version", cli_version},
    {"help", "[COMMAND]", 0, 1, NULL, {0}, "explain a command", cli_help},
};
const size_t CLI_COMMAND_COUNT = sizeof CLI_COMMANDS / sizeof *CLI_COMMANDS;

bool cli_takes(const struct cli_command *command, enum cli_option_id id)
{
    return command->options[id] || id == CLI_HELP || id == CLI_VERSION;
}

const struct cli_command *cli_find_command(const char *name)
{
    for (size_t i = 0; i < CLI_COMMAND_COUNT; i++) {
        if (strcmp(CLI_COMMANDS[i].name, name) == 0) {
            return &CLI_COMMANDS[i];
        }
    }
    return NULL;
}

int cli_choice(const char *const *choices, const char *value)
{
    for (int i = 0; choices[i]; i++) {
        if (strcmp(choices[i], value) == 0) {
            return i;
        }
    }
    return -1;
}

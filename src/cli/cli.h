/* cli/cli.h: the program's commands and options.
 *
 * One table of each (table.c) makes the parser, the help, the suggestions and the
 * completions of shells. Commands use the public API. */
#ifndef INFONOTE_CLI_CLI_H
#define INFONOTE_CLI_CLI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/arena.h"
#include "infonote.h"

enum cli_status { /* what the program exits with */
    CLI_DONE = 0,
    CLI_INVALID = 1,   /* the input has errors, nothing was written */
    CLI_WRONG_USE = 2,
    CLI_FAILED = 3,    /* file, disk, memory */
    CLI_SOME_FAILED = 4, /* of the records of a bulk run */
};

enum cli_option_id {
    CLI_OUTPUT, CLI_LAYOUT, CLI_FORMAT, CLI_STAGE, CLI_UNCOMPRESSED, CLI_STANDARD,
    CLI_PRINT, CLI_PRINT_PROFILE, CLI_IMPOSE, CLI_SHEET, CLI_PAPER_THICKNESS,
    CLI_SIGNATURE,
    CLI_EMBED_SOURCE, CLI_VERIFY, CLI_DATA, CLI_SET, CLI_ROOT, CLI_EXPLAIN,
    CLI_SHOW_BOXES, CLI_JOBS, CLI_REPORT, CLI_RESUME, CLI_FAILED_RECORDS,
    CLI_STOP_ON_ERROR, CLI_LIMIT, CLI_ONLY, CLI_KEY, CLI_SHARD, CLI_SHARDS,
    CLI_RECORD_TIMEOUT, CLI_SEPARATOR, CLI_QUERY, CLI_TAR, CLI_MERGE, CLI_DUPLEX,
    CLI_OUTLINE, CLI_COLLECT,
    CLI_FROM, CLI_TO, CLI_CC, CLI_BCC, CLI_REPLY_TO, CLI_SUBJECT, CLI_BODY, CLI_ATTACH,
    CLI_FILENAME, CLI_MAX_SIZE, CLI_MAX_INK, CLI_MAIL, CLI_SEND, CLI_NO_TLS, CLI_TLS_CA,
    CLI_SMTP_PASSWORD, CLI_HELO, CLI_RETRIES, CLI_TIMEOUT, CLI_RATE, CLI_MAILDIR,
    CLI_MBOX, CLI_DOUBTFUL_AGAIN, CLI_SIGN, CLI_CERT, CLI_SMIME, CLI_ENCRYPT_PDF,
    CLI_PDF_PASSWORD, CLI_PASSWORD_FIELD, CLI_QUIET, CLI_VERBOSE, CLI_HELP, CLI_VERSION,
    CLI_OPTION_COUNT
};

struct cli_option {
    const char *name;
    char letter;                /* 0: none */
    const char *argument;       /* what people are told it takes; NULL: a flag */
    const char *const *choices; /* all it may be, ended by NULL; NULL: anything */
    const char *help;
};

struct cli_call;

struct cli_command {
    const char *name;
    const char *arguments;      /* for people; may be empty */
    int min, max;               /* how many arguments; max < 0: any number */
    const char *const *choices; /* all that the arguments may be; NULL: notes */
    bool options[CLI_OPTION_COUNT]; /* that it takes, beside help and version */
    const char *help;           /* one line */
    int (*run)(const struct cli_call *call);
};

/* An option as it was written, and its value. */
struct cli_given {
    enum cli_option_id id;
    const char *value;
};

/* A parsed command line. */
struct cli_call {
    struct arena *arena;
    const struct cli_command *command;
    const char *values[CLI_OPTION_COUNT]; /* NULL: not given; flags: ""; the last one */
    const char **settings;                /* every value of --set, ended by NULL */
    int n_settings;
    struct cli_given *given;              /* all options, in their order */
    int n_given;
    char **args;                          /* borrowed from main's argv */
    int n_args;
};

extern const struct cli_option CLI_OPTIONS[CLI_OPTION_COUNT];
extern const struct cli_command CLI_COMMANDS[];
extern const size_t CLI_COMMAND_COUNT;

/* True if the command takes the option. */
bool cli_takes(const struct cli_command *command, enum cli_option_id id);

const struct cli_command *cli_find_command(const char *name); /* NULL: none */

/* Which of a list of choices `value` is, or -1. */
int cli_choice(const char *const *choices, const char *value);

/* Reads main's arguments, which it reorders. False if they are wrong, which it has then
 * said on standard error. */
bool cli_parse(struct cli_call *call, int argc, char **argv);

/* "; did you mean `x`?", or nothing; in the call's arena. */
const char *cli_suggest_command(const struct cli_call *call, const char *word);

/* Says what is wrong with a call; gives CLI_WRONG_USE. */
int cli_wrong_use(const struct cli_call *call, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* commands.c: what several commands ask. */
bool cli_color_wanted(FILE *out);
bool cli_read_epoch(const struct cli_call *call, infonote_options *options);
infonote_format cli_format(const struct cli_call *call);
bool cli_same_file(const char *a, const char *b);
bool cli_check_data(const struct cli_call *call); /* standard input is read once */

/* companion.c: runs `name`, which stands beside this program or in libexec/, with all
 * that was given, instead of this program. Returns only if it cannot: what `needs` says
 * was not there when this was built. */
int cli_hand_over(const struct cli_call *call, const char *name, const char *needs);

/* bulk.c: whether --data holds records, not one; `check` of each of them. */
bool cli_is_records(const struct cli_call *call);
int cli_bulk_check(const struct cli_call *call);

/* collect.c: the journals of a bulk run, joined. */
int cli_collect(const struct cli_call *call);

/* The commands; each gives the exit status. */
int cli_render(const struct cli_call *call);
int cli_check(const struct cli_call *call);
int cli_dump(const struct cli_call *call);
int cli_bulk(const struct cli_call *call);
int cli_extract(const struct cli_call *call);
int cli_mail(const struct cli_call *call);
int cli_preflight(const struct cli_call *call);
int cli_layouts(const struct cli_call *call);
int cli_fonts(const struct cli_call *call);
int cli_schema(const struct cli_call *call);
int cli_completions(const struct cli_call *call);
int cli_version(const struct cli_call *call);
int cli_help(const struct cli_call *call);

#endif

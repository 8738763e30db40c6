/* cli/bulk.h: what people and programs are told of a bulk run. */
#ifndef INFONOTE_CLI_BULK_H
#define INFONOTE_CLI_BULK_H

#include "bulk/bulk.h"
#include "cli/cli.h"

/* A whole number from `low` to `high`, if the option is given; false if it is none, which
 * is said. */
bool cli_read_number(const struct cli_call *call, enum cli_option_id id, uint64_t low,
                     uint64_t high, uint64_t *out);

/* Which part of the records: shard.c. */
bool cli_read_shard(const struct cli_call *call, struct bulk_job *job);

/* What another program makes of records; this one makes PDFs. */
struct cli_bulk_parts {
    void *user;
    /* Sets the maker and the post of the job, and what notes need for it. Gives the exit
     * status; other than 0, it has said why. */
    int (*begin)(void *user, const struct cli_call *call, struct bulk_job *job,
                 infonote_options *options);
};

/* `parts` may be NULL. */
int cli_bulk_run(const struct cli_call *call, bool writes,
                 const struct cli_bulk_parts *parts);

struct cli_told {
    const struct cli_call *call;
    bool json, quiet, terminal;
    bool checking;       /* nothing is written */
    const char *data;    /* its name, in front of lines */
    bool line;           /* a progress line stands on the terminal */
    uint64_t shown;      /* failed records whose reports were */
    bool warned;         /* reports of a record that was done were shown */
    int64_t next;        /* when a plain line is due, ms */
};

void cli_told_init(struct cli_told *t, const struct cli_call *call);

/* A bulk_watcher's function; `user` is the struct. */
void cli_told_event(void *user, enum bulk_event event, const struct bulk_progress *p,
                    const struct bulk_result *result);

/* What is wrong with the run as a whole. */
void cli_told_reports(struct cli_told *t, struct diag_sink *sink);
void cli_told_end(struct cli_told *t, const struct bulk_progress *p, int status);

#endif

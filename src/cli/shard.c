/* SPDX-License-Identifier: MIT
 *
 * In: `--shard`, `--shards`, and the environment that schedulers give to a task of many.
 * Out: which part of the records a run is for. Who asks for a part is believed; else the
 * number of the task decides, so that the same command line serves all of them. */
#include "cli/bulk.h"

#include <stdlib.h>
#include <string.h>

/* A whole number; false if the variable is not there, or none. */
static bool number_of(const char *variable, unsigned long *out)
{
    const char *text = getenv(variable);
    char *end = NULL;
    if (!text || text[0] < '0' || text[0] > '9') {
        return false;
    }
    *out = strtoul(text, &end, 10);
    return *end == '\0' && *out <= 10UL * BULK_MAX_SHARDS;
}

/* "3/8" */
static bool read_part(const struct cli_call *call, const char *text, struct bulk_job *job)
{
    char *end = NULL;
    unsigned long k = strtoul(text, &end, 10);
    bool slash = end != text && *end == '/';
    unsigned long n = slash ? strtoul(end + 1, &end, 10) : 0;
    if (!slash || *end || k < 1 || n < k || n > BULK_MAX_SHARDS) {
        cli_wrong_use(call, "`--shard` takes K/N, such as 1/8 to 8/8, not `%s`", text);
        return false;
    }
    job->shard = (unsigned)k;
    job->shards = (unsigned)n;
    return true;
}

/* Slurm: the tasks of an array may begin with any number, and count by steps; those that
 * are a mere list cannot be told apart from one that lost some. */
static bool read_slurm(const struct cli_call *call, struct bulk_job *job)
{
    unsigned long id, count, min, max, step = 1;
    if (!number_of("SLURM_ARRAY_TASK_ID", &id)) {
        return true;
    }
    bool known = number_of("SLURM_ARRAY_TASK_COUNT", &count) &&
                 number_of("SLURM_ARRAY_TASK_MIN", &min) && count > 0;
    bool bounded = number_of("SLURM_ARRAY_TASK_MAX", &max);
    number_of("SLURM_ARRAY_TASK_STEP", &step);
    step = step ? step : 1;
    bool even = known && count <= BULK_MAX_SHARDS && id >= min &&
                (id - min) % step == 0 && (id - min) / step < count &&
                (!bounded || (max >= min && (max - min) / step + 1 == count));
    if (!even) {
        cli_wrong_use(call, "the numbers of the Slurm array are no sequence; "
                      "write `--array=1-8`, or say `--shard K/N`");
        return false;
    }
    if (job->shards && job->shards != count) {
        cli_wrong_use(call, "`--shards` says %u, but the Slurm array has %lu tasks",
                      job->shards, count);
        return false;
    }
    job->shard = (unsigned)((id - min) / step) + 1;
    job->shards = (unsigned)count;
    return true;
}

/* Variables that hold the number of a task. `count`: how many there are; NULL: `--shards`
 * must say. `bound`: a task that does not say it would do the work of all. */
static const struct scheduler {
    const char *name, *index, *count;
    unsigned long first;
    bool bound;
} SCHEDULERS[] = {
    {"Kubernetes", "JOB_COMPLETION_INDEX", NULL, 0, true},
    {"AWS Batch", "AWS_BATCH_JOB_ARRAY_INDEX", "AWS_BATCH_JOB_ARRAY_SIZE", 0, true},
    {"GNU parallel", "PARALLEL_SEQ", NULL, 1, false},
};

static bool read_task(const struct cli_call *call, const struct scheduler *s,
                      unsigned long index, struct bulk_job *job)
{
    unsigned long n = job->shards;
    bool counted = n > 0 || (s->count && number_of(s->count, &n));
    if (!counted && !s->bound) {
        return true;
    }
    if (!counted || n == 0 || n > BULK_MAX_SHARDS) {
        cli_wrong_use(call, "this is one of the tasks of %s (%s): say `--shards N`, how "
                      "many there are", s->name, s->index);
        return false;
    }
    if (index < s->first || index - s->first >= n) {
        cli_wrong_use(call, "%s is %lu, but there are %lu shards", s->index, index, n);
        return false;
    }
    job->shard = (unsigned)(index - s->first) + 1;
    job->shards = (unsigned)n;
    return true;
}

static bool read_environment(const struct cli_call *call, struct bulk_job *job)
{
    unsigned long index;
    for (size_t i = 0; i < sizeof SCHEDULERS / sizeof *SCHEDULERS; i++) {
        if (number_of(SCHEDULERS[i].index, &index)) {
            return read_task(call, &SCHEDULERS[i], index, job);
        }
    }
    if (job->shards) {
        cli_wrong_use(call, "nothing says which of the %u shards this is: `--shard K/N`",
                      job->shards);
        return false;
    }
    return true;
}

bool cli_read_shard(const struct cli_call *call, struct bulk_job *job)
{
    uint64_t shards = 0;
    if (call->values[CLI_SHARD]) {
        return read_part(call, call->values[CLI_SHARD], job);
    }
    if (!cli_read_number(call, CLI_SHARDS, 1, BULK_MAX_SHARDS, &shards)) {
        return false;
    }
    job->shards = (unsigned)shards;
    if (!job->output && !call->values[CLI_MERGE]) {
        return true; /* records are checked, all of them */
    }
    return getenv("SLURM_ARRAY_TASK_ID") ? read_slurm(call, job)
                                         : read_environment(call, job);
}

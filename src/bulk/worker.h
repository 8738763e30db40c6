/* bulk/worker.h: what is done with a record. */
#ifndef INFONOTE_BULK_WORKER_H
#define INFONOTE_BULK_WORKER_H

#include "bulk/bulk.h"

/* A record on its way to a worker. */
void bulk_task_write(struct buf *out, const struct data_row *row, str file, str key);

/* What a task is about: number, line, file, key. */
void bulk_task_read(str message, struct bulk_result *result);

/* What came back; its texts are in the message. */
void bulk_result_read(str message, struct bulk_result *result);

/* A worker ends after so many tasks, with this status, and another is forked: what it has
 * learnt of the last records, and what libraries have lost, goes with it. So a run takes
 * no more memory after a million records than after a thousand. */
enum { BULK_TASKS_A_LIFE = 500, BULK_RETIRED = 100 };

/* Works on tasks that come over the socket, until there are no more, or it has done its
 * share. For a process of its own; does not return. */
_Noreturn void bulk_worker_run(const struct bulk_job *job, int socket);

/* Does what a worker does with a task, for what it leaves in the engine: fonts, layouts,
 * shaped words. Writes nothing. */
void bulk_worker_warm(const struct bulk_job *job, str task);

#endif

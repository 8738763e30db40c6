/* SPDX-License-Identifier: MIT
 *
 * In: which records failed. Out: a file of them, byte for byte as they stand in the data,
 * so that it can be mended and run as the data was. The data is read once more: failures
 * are few, and need no memory until then. */
#include "bulk/failed.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

void bulk_set_init(struct bulk_set *s, uint64_t n, struct arena *a)
{
    s->n = n;
    s->words = NEW_ARRAY(a, uint64_t, n / 64 + 1);
}

void bulk_set_add(struct bulk_set *s, uint64_t number)
{
    if (number < s->n) {
        s->words[number / 64] |= UINT64_C(1) << number % 64;
    }
}

bool bulk_set_has(const struct bulk_set *s, uint64_t number)
{
    return number < s->n && (s->words[number / 64] >> number % 64 & 1);
}

static void put(FILE *out, str text)
{
    if (text.n) {
        fwrite(text.p, 1, text.n, out);
    }
}

static void put_row(FILE *out, const struct data_row *row)
{
    put(out, row->raw);
    /* The last line of a file may lack its end; here it need not be the last. */
    if (row->raw.n && row->raw.p[row->raw.n - 1] != '\n' &&
        row->raw.p[row->raw.n - 1] != '\r') {
        put(out, STR("\n"));
    }
}

bool bulk_failed_write(const struct bulk_job *job, const struct bulk_set *failed)
{
    struct arena scratch;
    struct data_row row;
    enum data_next next;
    arena_init(&scratch);
    const char *draft = str_format(&scratch, "%s.part", job->failed).p;
    FILE *out = fopen(draft, "we");
    int error = out ? 0 : errno;
    if (out && data_rewind(job->data)) {
        put(out, job->data->head);
        while ((next = data_next(job->data, &row)) == DATA_ROW) {
            if (bulk_set_has(failed, row.number)) {
                put_row(out, &row);
            }
        }
    }
    if (out) {
        bool bad = ferror(out) != 0;
        error = fclose(out) != 0 || bad ? errno : 0;
    }
    if (!error && rename(draft, job->failed) != 0) {
        error = errno;
    }
    if (error) {
        unlink(draft);
        diag_report(job->sink, DIAG_CANNOT_WRITE, PLACE_NONE, NULL,
                    "cannot write `%s`: %s", job->failed, strerror(error));
    }
    arena_done(&scratch);
    return error == 0;
}

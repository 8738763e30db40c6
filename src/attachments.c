/* SPDX-License-Identifier: MIT
 *
 * In: what a note attaches. Out: attachments of the page list, in this order; behind
 * them, if it is asked for, what the note was made from (sources.c). */
#include "attachments.h"

#include <string.h>

#include "base/file.h"
#include "sources.h"

enum { MAX_BYTES = 64 << 20 };

static const size_t MAX_TOTAL = (size_t)256 << 20;

static size_t total_bytes(const struct page_list *pages)
{
    size_t n = 0;
    for (size_t i = 0; i < pages->attachments.n; i++) {
        n += pages->attachments.v[i].bytes.n;
    }
    return n;
}

static void report_unread(const struct attach_request *r,
                          const struct note_attachment *a, struct file_result file)
{
    if (file.status == FILE_TOO_LARGE) {
        diag_report(r->sink, DIAG_TOO_LARGE, a->at, "put it where readers can fetch it",
                    "the attachment is over %d MiB", MAX_BYTES >> 20);
    } else {
        diag_report(r->sink, DIAG_NO_FILE, a->at, NULL, "cannot read `%.*s`%s%s",
                    STR_ARG(a->file), file.errno_value ? ": " : "",
                    file.errno_value ? strerror(file.errno_value) : "");
    }
}

static void attach(const struct attach_request *r, const struct note_attachment *a)
{
    struct file_result file = file_read(r->arena, a->path, MAX_BYTES);
    if (file.status != FILE_OK) {
        report_unread(r, a, file);
        return;
    }
    struct page_attachment f = {
        .name = file_name(a->file), .type = a->type, .description = a->description,
        .relation = note_relation_name(a->relation), .bytes = file.bytes,
    };
    vec_push(r->arena, &r->pages->attachments, f);
    if (total_bytes(r->pages) > MAX_TOTAL) {
        diag_report(r->sink, DIAG_TOO_LARGE, a->at,
                    "put some where readers can fetch them",
                    "the attachments are over %zu MiB together", MAX_TOTAL >> 20);
    }
}

void attachments_collect(const struct attach_request *r)
{
    for (size_t i = 0; i < r->note->attachments.n; i++) {
        attach(r, &r->note->attachments.v[i]);
    }
    if ((r->source || r->layout->embed_source) && !diag_has_errors(r->sink)) {
        sources_attach(r);
    }
}

/* SPDX-License-Identifier: MIT
 *
 * In: what a note attaches, and if it is asked for what it was made from: its text, its
 * layout with all that this extends, its pictures. Out: attachments of the page list, in
 * this order. Sources keep their places below the note's folder, so that they can be
 * taken out into an empty folder and rendered there again; layouts from elsewhere stand
 * in a folder of their own, beside each other as before. */
#include "attachments.h"

#include <string.h>

#include "base/file.h"

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

static bool is_there(const struct page_list *pages, str name)
{
    for (size_t i = 0; i < pages->attachments.n; i++) {
        if (str_eq(pages->attachments.v[i].name, name)) {
            return true;
        }
    }
    return false;
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

/* Where a file was, counted from the note's folder; for others a place in layouts/. */
static str place_of(const struct attach_request *r, str path)
{
    str folder = r->note->source->path.n
        ? file_directory(r->arena, r->note->source->path) : STR(".");
    bool below = path.n > folder.n + 1 && str_starts(path, folder) &&
                 path.p[folder.n] == '/';
    str inside = below ? str_sub(path, folder.n + 1, path.n) : path;
    size_t at;
    bool plain = inside.n && inside.p[0] != '/' && !str_find(inside, STR(".."), &at);
    return plain ? inside : file_join(r->arena, STR("layouts"), file_name(path));
}

static void attach_source(const struct attach_request *r, str name, str bytes,
                          const char *description)
{
    str type = note_type_of_file(name);
    struct page_attachment f = {
        .name = name, .type = type.n ? type : STR("application/octet-stream"),
        .description = str_from(description), .relation = "Source", .bytes = bytes,
    };
    if (!is_there(r->pages, name)) {
        vec_push(r->arena, &r->pages->attachments, f);
    }
}

static void attach_sources(const struct attach_request *r)
{
    str path = r->note->source->path;
    attach_source(r, path.n ? file_name(path) : STR("note.yaml"), r->note->source->text,
                  "The note");
    for (size_t i = 0; i < r->layout->n_sources; i++) {
        const struct source *s = r->layout->sources[i];
        attach_source(r, place_of(r, s->path), s->text, "Its layout");
    }
    if (r->record && r->record->path.n) {
        attach_source(r, file_name(r->record->path), r->record->text, "Its data");
    }
    for (size_t i = 0; i < r->note->data_files.n; i++) {
        const struct source *s = r->note->data_files.v[i];
        attach_source(r, place_of(r, s->path), s->text, "Rows of a table");
    }
    for (size_t i = 0; i < r->tree->images.files.n; i++) {
        const struct image_file *f = &r->tree->images.files.v[i];
        attach_source(r, place_of(r, f->path), f->bytes, "A picture");
    }
}

void attachments_collect(const struct attach_request *r)
{
    for (size_t i = 0; i < r->note->attachments.n; i++) {
        attach(r, &r->note->attachments.v[i]);
    }
    if (r->source || r->layout->embed_source) {
        attach_sources(r);
    }
}

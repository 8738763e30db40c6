/* SPDX-License-Identifier: MIT
 *
 * In: tasks, one message each: a record and the name of its file. Out: the file, and a
 * message that says what became of it. A timer ends the process when a record takes too
 * long, so that even one whose parent was killed does not hang for ever. */
#include "bulk/worker.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/sha256.h"
#include "bulk/clock.h"
#include "bulk/wire.h"

enum {
    WARM_NOTES = 2,      /* caches keep what they meet for the second time */
    READ_SIZE = 64 << 10,
};

/* --- Messages --- */

void bulk_task_write(struct buf *out, const struct data_row *row, str file, str key)
{
    bulk_wire_begin(out);
    wire_put_number(out, row->number);
    wire_put_number(out, row->line);
    wire_put_text(out, file);
    wire_put_text(out, key);
    wire_put_text(out, row->text);
    wire_put_number(out, row->n);
    for (uint32_t i = 0; i < row->n; i++) {
        wire_put_text(out, row->names[i]);
        wire_put_text(out, row->values[i]);
    }
    bulk_wire_end(out);
}

/* Behind what the task is about. */
static struct wire open_task(str message, struct bulk_result *r)
{
    struct wire w = bulk_wire_open(message);
    *r = (struct bulk_result){.number = wire_number(&w)};
    r->line = (uint32_t)wire_number(&w);
    r->file = wire_text(&w);
    r->key = wire_text(&w);
    return w;
}

void bulk_task_read(str message, struct bulk_result *result)
{
    open_task(message, result);
}

static void write_result(struct buf *out, const struct bulk_result *r)
{
    bulk_wire_begin(out);
    wire_put_number(out, r->number);
    wire_put_number(out, r->line);
    wire_put_number(out, (uint64_t)r->outcome);
    wire_put_number(out, (uint64_t)r->error);
    wire_put_number(out, r->pages);
    wire_put_number(out, r->bytes);
    wire_put_number(out, r->microseconds);
    wire_put_text(out, str_from(r->sha256));
    wire_put_text(out, r->file);
    wire_put_text(out, r->key);
    wire_put_text(out, r->text);
    wire_put_number(out, r->warned);
    wire_put_text(out, r->json);
    wire_put_text(out, r->pdf);
    wire_put_text(out, r->extra);
    bulk_wire_end(out);
}

void bulk_result_read(str message, struct bulk_result *r)
{
    struct wire w = bulk_wire_open(message);
    *r = (struct bulk_result){.number = wire_number(&w)};
    r->line = (uint32_t)wire_number(&w);
    r->outcome = (enum bulk_outcome)wire_number(&w);
    r->error = (int)wire_number(&w);
    r->pages = wire_number(&w);
    r->bytes = wire_number(&w);
    r->microseconds = wire_number(&w);
    str digest = wire_text(&w);
    memcpy(r->sha256, digest.p, digest.n < 64 ? digest.n : 64);
    r->file = wire_text(&w);
    r->key = wire_text(&w);
    r->text = wire_text(&w);
    r->warned = wire_number(&w);
    r->json = wire_text(&w);
    r->pdf = wire_text(&w);
    r->extra = wire_text(&w);
}

/* A task as it was read; its texts are in the message. */
struct task {
    struct bulk_result result; /* what is known of it before */
    infonote_record record;
};

static void read_task(const struct bulk_job *job, str message, struct arena *a,
                      struct task *task)
{
    *task = (struct task){0};
    struct bulk_result *r = &task->result;
    struct wire w = open_task(message, r);
    str text = wire_text(&w);
    size_t n = (size_t)wire_number(&w);
    const char **names = NEW_ARRAY(a, const char *, n);
    const char **values = NEW_ARRAY(a, const char *, n);
    for (size_t i = 0; i < n; i++) {
        names[i] = wire_text(&w).p;
        values[i] = wire_text(&w).p;
    }
    str source = job->data->file->name;
    if (r->line == 0) { /* nothing else would say which record it is */
        source = str_format(a, "%.*s, record %llu", STR_ARG(source),
                            (unsigned long long)r->number);
    }
    task->record = (infonote_record){
        .source = source.p, .line = r->line, .n = n, .names = names,
        .values = values, .text = text.n ? text.p : NULL, .size = text.n};
}

/* --- Reports --- */

static str print(infonote_note *note, infonote_format format, unsigned flags,
                 struct arena *a)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    if (!out) {
        oom_report(1);
    }
    infonote_printer *printer = infonote_printer_new(out, format, flags);
    infonote_printer_add(printer, note);
    infonote_printer_free(printer);
    fclose(out);
    str copy = str_copy(a, (str){text, size});
    free(text);
    return copy;
}

/* The members of the object, on one line: a line end in it is no part of a text. */
static str as_members(str json)
{
    char *p = (char *)(uintptr_t)json.p;
    size_t n = 0;
    for (size_t i = 0; i < json.n; i++) {
        if (json.p[i] != '\n') {
            p[n++] = json.p[i];
        }
    }
    return n > 2 ? (str){json.p + 1, n - 2} : STR_NONE;
}

static void add_reports(infonote_note *note, struct bulk_result *r, struct arena *a)
{
    if (infonote_report_count(note) == 0) {
        return;
    }
    bool good = r->outcome == BULK_DONE;
    r->warned = infonote_warning_count(note) > 0;
    r->text = print(note, INFONOTE_TEXT, good ? 0 : INFONOTE_PRINT_ERRORS_ONLY, a);
    r->json = as_members(print(note, INFONOTE_JSON, 0, a));
}

/* --- Files --- */

static void make_folders(str file, struct arena *a)
{
    char *path = arena_copy(a, file.p, file.n);
    for (size_t i = 1; i < file.n; i++) {
        if (path[i] == '/') {
            path[i] = '\0';
            mkdir(path, 0777);
            path[i] = '/';
        }
    }
}

static int put_file(str file, str bytes, struct arena *a)
{
    int error = file_write_soon(file, bytes);
    if (error == ENOENT) {
        make_folders(file, a);
        error = file_write_soon(file, bytes);
    }
    return error;
}

/* To the parent, which writes the archive, or has the post. */
static int hand_over(struct bulk_result *r, const struct bulk_made *made,
                     struct arena *a)
{
    if (made->bytes.n + made->extra.n > BULK_MAX_MESSAGE / 2) {
        return EFBIG;
    }
    r->pdf = str_copy(a, made->bytes);
    r->extra = str_copy(a, made->extra);
    return 0;
}

/* --- Tasks --- */

static infonote_status make(const struct bulk_job *job, infonote_note *note,
                            const struct task *task, struct arena *a,
                            struct bulk_made *made)
{
    const struct bulk_maker *m = job->maker;
    *made = (struct bulk_made){.number = task->result.number};
    return m ? m->make(m->user, note, &task->record, a, made)
             : infonote_write_bytes(note, &made->bytes.p, &made->bytes.n);
}

/* What another made of the note is hashed; the PDF was, as it was written. */
static void put_digest(const struct bulk_job *job, const infonote_note *note,
                       const struct bulk_made *made, struct bulk_result *r)
{
    if (job->maker) {
        str_sha256(made->bytes, r->sha256);
    } else {
        memcpy(r->sha256, infonote_digest(note), sizeof r->sha256);
    }
}

static void render(const struct bulk_job *job, struct task *task, struct arena *a)
{
    struct bulk_result *r = &task->result;
    struct bulk_made made;
    infonote_note *note = infonote_template_fill(job->template, &task->record);
    infonote_status status = make(job, note, task, a, &made);
    r->outcome = status == INFONOTE_OK ? BULK_DONE : BULK_INVALID;
    if (r->outcome == BULK_DONE) {
        r->pages = infonote_page_count(note);
        r->bytes = made.bytes.n;
        if (job->output || job->post) {
            put_digest(job, note, &made, r);
            r->error = job->tar || job->post ? hand_over(r, &made, a)
                                             : put_file(r->file, made.bytes, a);
            r->outcome = r->error ? BULK_FAILED : BULK_DONE;
        }
    }
    add_reports(note, r, a);
    infonote_note_free(note);
}

void bulk_worker_warm(const struct bulk_job *job, str message)
{
    struct arena scratch;
    struct task task;
    const char *bytes;
    size_t size;
    arena_init(&scratch);
    read_task(job, message, &scratch, &task);
    for (int i = 0; i < WARM_NOTES; i++) {
        infonote_note *note = infonote_template_fill(job->template, &task.record);
        infonote_write_bytes(note, &bytes, &size);
        infonote_note_free(note);
    }
    arena_done(&scratch);
}

/* --- The process --- */

static void set_timer(unsigned seconds)
{
    struct itimerval timer = {.it_value.tv_sec = (time_t)seconds};
    setitimer(ITIMER_REAL, &timer, NULL);
}

/* What the parent has sent: several tasks at once, when it is ahead. */
struct inbox {
    int fd;
    struct buf bytes;
    size_t at; /* where the next message begins */
};

static bool fill(struct inbox *in)
{
    size_t rest = in->bytes.n - in->at;
    if (rest) {
        memmove(in->bytes.p, in->bytes.p + in->at, rest);
    }
    in->bytes.n = rest;
    in->at = 0;
    for (;;) {
        ssize_t n = read(in->fd, buf_room(&in->bytes, READ_SIZE), READ_SIZE);
        if (n >= 0 || errno != EINTR) {
            in->bytes.n += n > 0 ? (size_t)n : 0;
            return n > 0;
        }
    }
}

/* The next message; it stays until the one after it. False: there is none any more. */
static bool next_message(struct inbox *in, str *message)
{
    for (;;) {
        size_t there = in->bytes.n - in->at;
        uint64_t size = sizeof size;
        if (there >= sizeof size) {
            memcpy(&size, in->bytes.p + in->at, sizeof size);
            if (size < sizeof size || size > BULK_MAX_MESSAGE) {
                return false;
            }
            if (there >= size) {
                *message = (str){in->bytes.p + in->at, (size_t)size};
                in->at += (size_t)size;
                return true;
            }
        }
        if (!fill(in)) {
            return false;
        }
    }
}

static bool write_exactly(int fd, str bytes)
{
    return file_write_to(fd, bytes) == 0;
}

_Noreturn void bulk_worker_run(const struct bulk_job *job, int socket)
{
    struct arena kept, scratch;
    struct inbox in = {.fd = socket};
    struct buf out;
    str message;
    bool going = true;
    unsigned done = 0;
    arena_init(&kept);
    arena_init(&scratch);
    buf_init(&in.bytes, &kept);
    buf_init(&out, &kept);
    while (going && done < BULK_TASKS_A_LIFE && next_message(&in, &message)) {
        struct task task;
        int64_t began = clock_microseconds();
        set_timer(job->timeout);
        read_task(job, message, &scratch, &task);
        render(job, &task, &scratch);
        set_timer(0); /* the parent's time is not the record's */
        task.result.microseconds = (uint64_t)(clock_microseconds() - began);
        write_result(&out, &task.result);
        going = write_exactly(socket, buf_str(&out));
        arena_reset(&scratch);
        done++;
    }
    _exit(done == BULK_TASKS_A_LIFE ? BULK_RETIRED : 0);
}

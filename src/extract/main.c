/* SPDX-License-Identifier: MIT
 *
 * infonote-extract: reads the arguments, opens the PDF, writes its files, says what it
 * did. Standard output has a line for each file, or with `-o -` the note alone. */
#include "extract/extract.h"

#include <errno.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/file.h"

struct job {
    struct arena arena;
    const char *path, *folder; /* folder: "-" for standard output */
    bool quiet;
    qpdf_data pdf;
    struct extract_list files;
};

static int say(int status, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static int say(int status, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fputs("infonote: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    return status;
}

static const char USE[] = "use: infonote-extract [-q] [-o DIR|-] FILE.pdf";

static int read_arguments(struct job *j, int argc, char **argv)
{
    static const struct option OPTIONS[] = {
        {"quiet", no_argument, NULL, 'q'}, {"output", required_argument, NULL, 'o'},
        {NULL, 0, NULL, 0},
    };
    int c;
    opterr = 0;
    while ((c = getopt_long(argc, argv, "qo:", OPTIONS, NULL)) != -1) {
        if (c == 'o') {
            j->folder = optarg;
        } else if (c == 'q') {
            j->quiet = true;
        } else {
            return say(EXTRACT_WRONG_USE, "%s", USE);
        }
    }
    if (optind + 1 != argc) {
        return say(EXTRACT_WRONG_USE, "%s", USE);
    }
    j->path = argv[optind];
    if (!j->folder) {
        j->folder = file_with_extension(&j->arena, str_from(j->path), "").p;
    }
    if (strcmp(j->folder, j->path) == 0) {
        return say(EXTRACT_WRONG_USE, "name a folder: -o DIR");
    }
    return EXTRACT_DONE;
}

static int open_pdf(struct job *j)
{
    str path = str_from(j->path);
    if (!file_exists(path)) {
        return say(EXTRACT_FAILED, "cannot read `%s`: there is no such file", j->path);
    }
    j->pdf = qpdf_init();
    qpdf_set_suppress_warnings(j->pdf, QPDF_TRUE);
    qpdf_silence_errors(j->pdf);
    if (qpdf_read(j->pdf, j->path, NULL) & QPDF_ERRORS) {
        qpdf_error e = qpdf_get_error(j->pdf);
        bool locked = e && qpdf_get_error_code(j->pdf, e) == qpdf_e_password;
        return say(EXTRACT_INVALID, "`%s` is %s", j->path,
                   locked ? "encrypted; remove its password first"
                          : "no PDF that can be read");
    }
    extract_find(j->pdf, &j->arena, &j->files);
    if (!j->files.n) {
        return say(EXTRACT_INVALID, "`%s` holds no files; a PDF holds its note if it was "
                   "rendered with --embed-source", j->path);
    }
    return EXTRACT_DONE;
}

/* The note: the first source that is YAML. */
static int write_note(struct job *j)
{
    for (size_t i = 0; i < j->files.n; i++) {
        const struct extract_file *f = &j->files.v[i];
        str bytes;
        if (!str_is(f->relation, "Source") || !str_ends(f->name, STR(".yaml")) ||
            !str_is(f->description, "The note")) {
            continue;
        }
        if (!extract_read(j->pdf, f, &j->arena, &bytes)) {
            return say(EXTRACT_INVALID, "the note in `%s` is damaged", j->path);
        }
        fwrite(bytes.p, 1, bytes.n, stdout);
        return fflush(stdout) == 0
            ? EXTRACT_DONE : say(EXTRACT_FAILED, "cannot write: %s", strerror(errno));
    }
    return say(EXTRACT_INVALID, "`%s` does not hold its note", j->path);
}

static int write_file(struct job *j, const struct extract_file *f)
{
    str bytes, name = extract_safe_name(f->name, &j->arena);
    if (!name.n) {
        return say(EXTRACT_INVALID, "a file is left out: its name `%.*s` is not safe",
                   (int)(f->name.n < 80 ? f->name.n : 80), f->name.p);
    }
    if (!extract_read(j->pdf, f, &j->arena, &bytes)) {
        return say(EXTRACT_INVALID, "`%.*s` is damaged", STR_ARG(name));
    }
    int error = extract_write(j->folder, name, bytes);
    if (error) {
        return say(EXTRACT_FAILED, "cannot write `%s/%.*s`: %s", j->folder, STR_ARG(name),
                   error == EEXIST ? "there is a file of that name" : strerror(error));
    }
    if (!j->quiet) {
        printf("%s/%.*s: %zu bytes, %.*s\n", j->folder, STR_ARG(name), bytes.n,
               STR_ARG(f->relation.n ? f->relation : STR("Unspecified")));
    }
    return EXTRACT_DONE;
}

static int write_files(struct job *j)
{
    int worst = EXTRACT_DONE;
    for (size_t i = 0; i < j->files.n; i++) {
        int status = write_file(j, &j->files.v[i]);
        worst = status > worst ? status : worst;
    }
    return worst;
}

/* The address sanitizer needs more room than there is memory. */
static void limit_memory(void)
{
#if !defined(__SANITIZE_ADDRESS__)
    const rlim_t memory = (rlim_t)EXTRACT_MAX_MEMORY_MIB << 20;
    setrlimit(RLIMIT_AS, &(struct rlimit){memory, memory});
#endif
}

int main(int argc, char **argv)
{
    struct job j = {0};
    limit_memory();
    arena_init(&j.arena);
    int status = read_arguments(&j, argc, argv);
    if (status == EXTRACT_DONE) {
        status = open_pdf(&j);
    }
    if (status == EXTRACT_DONE) {
        status = strcmp(j.folder, "-") == 0 ? write_note(&j) : write_files(&j);
    }
    if (j.pdf) {
        qpdf_cleanup(&j.pdf);
    }
    arena_done(&j.arena);
    return status;
}
